//! From a trigger to an event: its frame, its arguments, its circumstances.

use crate::date::DateInterval;
use crate::mention::{Mention, MentionForm, Quantity, Value};
use crate::ontology::{EntityType, IncidentType, Ontology, Role, Stage, Stance};
use crate::pack::{Frame, Harm, Part, PartSlots, Slot, TriggerForm, WordCondition, Yield};
use crate::span::{MentionId, TokenRange};
use crate::text::Dep;
use smol_str::SmolStr;

use super::circumstances::{self, dedupe};
use super::clause::{Clauses, Filler};
use super::fillers::MentionIndex;
use super::lists;
use super::support::{Supported, supported};
use super::trigger::TriggerHit;

/// What a stage of the reading shares: text, frames, mentions, vocabulary.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a, 't> {
    pub(super) clauses: Clauses<'a, 't>,
    pub(super) index: &'a MentionIndex<'a>,
    pub(super) ontology: &'a Ontology,
}

/// An incident as its trigger and clause tell it, before those of one sentence are put together.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) frame: usize,
    pub(super) form: TriggerForm,
    pub(super) incident_type: IncidentType,
    pub(super) token: usize,
    pub(super) words: TokenRange,
    pub(super) cluster: Vec<usize>,
    pub(super) verbs: Vec<usize>,
    pub(super) fillers: Vec<Filler>,
    pub(super) roles: Vec<(Role, MentionId)>,
    /// Arguments that no detector knows, by the head of their phrase.
    pub(super) induced: Vec<Induced>,
    pub(super) date: Option<DateInterval>,
    pub(super) date_mention: Option<MentionId>,
    pub(super) count: Option<Quantity>,
    pub(super) killed: Option<Quantity>,
    pub(super) injured: Option<Quantity>,
    pub(super) harm: Option<Harm>,
    pub(super) general: bool,
    pub(super) stage: Option<Stage>,
    pub(super) stance: Option<Stance>,
    /// Kind of danger that the words around the trigger name: "right-wing terror plot".
    pub(super) threat: Option<SmolStr>,
    pub(super) definite: bool,
    pub(super) confidence: f32,
    /// Tokens whose subtrees the quote covers.
    pub(super) told_by: Vec<usize>,
}

impl Event {
    /// The mentions in a role.
    pub(super) fn in_role(&self, role: Role) -> impl Iterator<Item = MentionId> + '_ {
        self.roles.iter().filter(move |(r, _)| *r == role).map(|(_, m)| *m)
    }

    /// Whether somebody or something has a part in it, place and time left out.
    pub(super) fn has_arguments(&self) -> bool {
        self.roles.iter().any(|(role, _)| !matches!(role, Role::Place | Role::Time))
            || !self.induced.is_empty()
    }

    pub(super) fn push(&mut self, role: Role, mention: MentionId) {
        if !self.roles.iter().any(|(_, m)| *m == mention) {
            self.roles.push((role, mention));
        }
    }
}

/// An argument whose head no detector took as a mention.
#[derive(Clone, Debug)]
pub(super) struct Induced {
    pub(super) role: Role,
    pub(super) token: usize,
    pub(super) entity_type: EntityType,
    /// A mention that a detector gave another type.
    pub(super) misread: Option<MentionId>,
}

/// What stands around one trigger word, whichever frame reads it.
pub(super) struct Surroundings {
    pub(super) fillers: Vec<Filler>,
    pub(super) cluster: Vec<usize>,
    pub(super) support: Supported,
    /// Whether the trigger is a noun that modifies another.
    pub(super) modifies: bool,
}

/// Reads what stands around a hit.
pub(super) fn surroundings(clauses: &Clauses<'_, '_>, hit: &TriggerHit) -> Option<Surroundings> {
    let mut fillers = Vec::new();
    match hit.form {
        TriggerForm::Verb => {
            clauses.verb_fillers(hit.token, &mut fillers);
            for word in &hit.phrase {
                clauses.phrase_fillers(*word, &mut fillers);
            }
            fillers.push(Filler { slot: Slot::Itself, token: hit.token });
            Some(Surroundings {
                fillers,
                cluster: vec![hit.token],
                support: Supported::default(),
                modifies: false,
            })
        }
        TriggerForm::Noun => {
            let cluster = clauses.noun_cluster(hit.token);
            let top = cluster.last().copied().unwrap_or(hit.token);
            // A noun that merely modifies another is not the event itself: "attack helicopter".
            let modifies = matches!(clauses.dep(top), Dep::Compound | Dep::Nmod)
                && clauses.text.head(top).is_some_and(|h| clauses.is_noun(h));
            for noun in &cluster {
                clauses.noun_fillers(*noun, &mut fillers);
            }
            shared_phrases(clauses, hit.token, &mut fillers);
            for noun in &cluster {
                clauses.nested_phrases(*noun, &mut fillers);
            }
            let support = supported(clauses, &cluster);
            fillers.extend(support.fillers.iter().copied());
            Some(Surroundings { fillers, cluster, support, modifies })
        }
    }
}

/// "the bombing and shooting in Lagos": the phrase hangs on the last noun and goes for all.
fn shared_phrases(clauses: &Clauses<'_, '_>, noun: usize, fillers: &mut Vec<Filler>) {
    let own = clauses.text.children_by(noun, &[Dep::Prep]).next().is_some();
    // "the disappearance and kidnapping of X": the phrase may hang on the first.
    if let Some(first) = clauses.text.head(noun).filter(|_| clauses.dep(noun) == Dep::Conj)
        && !own
        && clauses.is_noun(first)
    {
        let after = clauses.text.children_by(first, &[Dep::Prep]).filter(|p| *p > noun);
        for preposition in after {
            clauses.preposition(preposition, fillers);
        }
    }
    let mut at = noun;
    for _ in 0..4 {
        let next = clauses.text.children_by(at, &[Dep::Conj]).find(|c| clauses.is_noun(*c));
        let Some(next) = next else { break };
        if !own {
            clauses.phrase_fillers(next, fillers);
        }
        at = next;
    }
}

/// Whether the frame's conditions on words hold.
pub(super) fn conditions_hold(
    clauses: &Clauses<'_, '_>,
    frame: &Frame,
    hit: &TriggerHit,
    fillers: &[Filler],
) -> bool {
    let met = |condition: &WordCondition| {
        let word = |t: usize| {
            condition.words.contains(clauses.lemma(t)) || condition.words.contains(clauses.lower(t))
        };
        match condition.slot {
            // "hold X responsible": the parser may hang the word on the object.
            Slot::Any => {
                let objects = clauses.text.children_by(hit.token, &[Dep::Dobj, Dep::NsubjPass]);
                clauses.text.children(hit.token).any(word)
                    || objects.flat_map(|o| clauses.text.children(o)).any(|t| {
                        t > hit.token && matches!(clauses.dep(t), Dep::Amod | Dep::Prt) && word(t)
                    })
            }
            slot => fillers.iter().any(|f| f.slot == slot && word(f.token)),
        }
    };
    frame.only.iter().all(met) && !frame.never.iter().any(met)
}

/// A mention with the part that it got, and the slot in which it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Assigned {
    pub(super) part: Part,
    pub(super) slot: Slot,
    pub(super) mention: MentionId,
}

/// Gives each part of a frame its mentions; a mention goes to the first part that takes it.
pub(super) fn assign(
    reading: &Reading<'_, '_>,
    parts: &[PartSlots],
    fillers: &[Filler],
) -> Vec<Assigned> {
    let mut assigned: Vec<Assigned> = Vec::new();
    let mut found = Vec::new();
    for part in parts {
        for slot in &part.slots {
            for filler in fillers.iter().filter(|f| f.slot == *slot) {
                found.clear();
                let (index, ontology) = (reading.index, reading.ontology);
                if *slot == Slot::Itself {
                    index.fill_alone(ontology, filler.token, &part.types, &mut found);
                } else {
                    index.fill(&reading.clauses, ontology, filler.token, &part.types, &mut found);
                }
                found.retain(|m| suits(reading, part, *slot, &index.mentions[m.index()]));
                for mention in &found {
                    if !assigned.iter().any(|a| a.mention == *mention) {
                        assigned.push(Assigned { part: part.part, slot: *slot, mention: *mention });
                    }
                }
            }
        }
    }
    assigned
}

/// A bomb is no target, a street only where it is the object, and a bus no weapon unless the
/// frame is about buses as weapons.
fn suits(reading: &Reading<'_, '_>, part: &PartSlots, slot: Slot, mention: &Mention) -> bool {
    let lists = &reading.clauses.frames.lists;
    if part.part == Part::Role(Role::Target)
        && matches!(slot, Slot::Preposition(_))
        && lists.open_ground.contains(reading.clauses.lower(mention.head as usize))
    {
        return false;
    }
    let Some(subtype) = mention.subtype.as_ref().filter(|_| mention.entity_type == "equipment")
    else {
        return true;
    };
    match part.part {
        Part::Role(Role::Target) => !lists.weapon_subtypes.contains(subtype),
        Part::Role(Role::Weapon) => !part.inherited || !lists.vehicle_subtypes.contains(subtype),
        _ => true,
    }
}

/// Reads a hit of an incident frame; `None` where the frame's conditions do not hold.
pub(super) fn read_event(
    reading: &Reading<'_, '_>,
    frame: &Frame,
    hit: &TriggerHit,
    around: &Surroundings,
    dates: &[&Mention],
    other_events: &[usize],
) -> Option<Event> {
    let Yield::Incident(incident_type) = &frame.yields else { return None };
    let clauses = &reading.clauses;
    if hit.form == TriggerForm::Verb && clauses.is_imperative(hit.token) {
        return None;
    }
    if around.modifies || !conditions_hold(clauses, frame, hit, &around.fillers) {
        return None;
    }
    let assigned = assign(reading, &frame.parts, &around.fillers);
    let mut event = Event {
        frame: hit.frame,
        form: hit.form,
        incident_type: incident_type.clone(),
        token: hit.token,
        words: hit.words,
        cluster: around.cluster.clone(),
        verbs: circumstances::clause_verbs(
            clauses,
            around.cluster.last().copied().unwrap_or(hit.token),
        ),
        fillers: around.fillers.clone(),
        roles: Vec::new(),
        induced: Vec::new(),
        date: None,
        date_mention: None,
        count: None,
        killed: None,
        injured: None,
        harm: frame.harm,
        general: frame.general,
        stage: around.support.stage.or(frame.stage),
        stance: around.support.stance.or(frame.stance),
        threat: named_threat(reading, &around.fillers),
        definite: is_definite(clauses, &around.cluster),
        confidence: frame.confidence,
        told_by: around.support.verbs.clone(),
    };
    for Assigned { part, mention, .. } in &assigned {
        if let Part::Role(role) = part {
            event.push(*role, *mention);
        }
    }
    add_companions(reading, frame, &mut event);
    lists::extend(reading.clauses.text, reading.index, &mut event);
    add_own_group(reading, &mut event);
    add_named_weapon(reading, &mut event);
    narrow_by_weapon(reading, &mut event);
    induce(reading, frame, &around.fillers, &mut event);
    supported_roles(reading, &around.support, &mut event);
    drop_other_events(clauses, other_events, &mut event);
    add_place(reading, &mut event);
    counts(reading, frame, &mut event);
    // "wounding 17" tells of victims without a word for them.
    let harmed = event.killed.is_some() || event.injured.is_some();
    let filled = |wanted: &[Part]| {
        wanted.is_empty()
            || wanted.iter().any(|part| {
                event.roles.iter().any(|(role, _)| *part == Part::Role(*role))
                    || event.induced.iter().any(|i| *part == Part::Role(i.role))
                    || harmed && *part == Part::Role(Role::Victim)
            })
    };
    // "eight plots were disrupted": the number tells enough.
    let counted =
        hit.form == TriggerForm::Noun && event.count.as_ref().is_some_and(|c| c.value > 1.0);
    if !counted && !(filled(&frame.require) && filled(&frame.require_also)) {
        return None;
    }
    if hit.form == TriggerForm::Verb && !event.has_arguments() && !harmed {
        return None;
    }
    if let Some(date) =
        circumstances::date(clauses, dates, &event.cluster, &event.verbs, other_events)
    {
        event.date_mention = Some(date.id);
        event.date = circumstances::interval(date);
        event.push(Role::Time, date.id);
    }
    Some(event)
}

/// "was killed along with two guards", "abducted together with his driver": the company shares
/// the part of the subject of a passive, else of the object.
fn add_companions(reading: &Reading<'_, '_>, frame: &Frame, event: &mut Event) {
    if event.form != TriggerForm::Verb {
        return;
    }
    let clauses = &reading.clauses;
    let text = clauses.text;
    let Some(part) = frame.parts.iter().find(|p| p.part == Part::Role(Role::Victim)) else {
        return;
    };
    let Some(last) = event.in_role(Role::Victim).map(|m| reading.index.mentions[m.index()].head).max()
    else {
        return;
    };
    let after = |t: usize| clauses.is_passive(event.token) || t > last as usize;
    let mut found = Vec::new();
    let below = text.children(event.token).chain(text.children(last as usize));
    for word in below.filter(|t| after(*t)) {
        let with = match clauses.lower(word).as_str() {
            "along" | "together" => {
                text.children(word).chain([word + 1]).find(|t| {
                    text.tokens.get(*t).is_some_and(|t| t.lower == "with" && t.dep == Dep::Prep)
                })
            }
            "alongside" => Some(word),
            _ => None,
        };
        for object in with.into_iter().flat_map(|with| text.children_by(with, &[Dep::Pobj])) {
            reading.index.fill(clauses, reading.ontology, object, &part.types, &mut found);
        }
    }
    for mention in found {
        event.push(Role::Victim, mention);
    }
}

/// What "FMLN guerrillas" and "members of the army" do, the FMLN and the army do.
fn add_own_group(reading: &Reading<'_, '_>, event: &mut Event) {
    let clauses = &reading.clauses;
    let mentions = reading.index.mentions;
    let doers: Vec<MentionId> = event.in_role(Role::Perpetrator).collect();
    for doer in doers {
        let doer = &mentions[doer.index()];
        let head = doer.head as usize;
        let members = &clauses.frames.lists.members;
        let last = (doer.tokens.end as usize).saturating_sub(1).max(head);
        let of_members = |token: usize| members.contains(clauses.lemma(token));
        if doer.form != MentionForm::Nominal || !(of_members(head) || of_members(last)) {
            continue;
        }
        for token in doer.tokens.range() {
            if let Some(body) = own_body(reading, token, doer.id)
                && doer.tokens.contains(mentions[body.index()].tokens)
            {
                event.push(Role::Perpetrator, body);
            }
        }
        let mut open = vec![(head, 0)];
        while let Some((noun, depth)) = open.pop() {
            let own = clauses.text.children_by(noun, &[Dep::Compound, Dep::Nmod, Dep::Poss]);
            let mut tokens: Vec<usize> = own.filter(|t| *t < noun).collect();
            for of in clauses.text.children_by(noun, &[Dep::Prep]) {
                if matches!(clauses.lower(of).as_str(), "of" | "from") {
                    tokens.extend(clauses.text.children_by(of, &[Dep::Pobj]));
                }
            }
            for token in tokens {
                match own_body(reading, token, doer.id) {
                    Some(body) => event.push(Role::Perpetrator, body),
                    // "a group of FMLN members"
                    None if depth < 2
                        && clauses.frames.lists.members.contains(clauses.lemma(token)) =>
                    {
                        open.push((token, depth + 1));
                    }
                    None => {}
                }
            }
        }
    }
}

/// An attack with explosives is a bombing: the most exact type that the weapon tells.
fn narrow_by_weapon(reading: &Reading<'_, '_>, event: &mut Event) {
    let mentions = reading.index.mentions;
    let subtypes: Vec<&SmolStr> = event
        .in_role(Role::Weapon)
        .filter_map(|m| mentions[m.index()].subtype.as_ref())
        .collect();
    let narrower = reading.ontology.incident_types.iter().find(|(name, info)| {
        info.is_a.contains(&event.incident_type)
            && **name != event.incident_type
            && subtypes.iter().any(|subtype| info.weapons.contains(subtype))
    });
    if let Some((name, _)) = narrower {
        event.incident_type = name.clone();
    }
}

/// The weapon that the trigger itself names: "**dynamite** attack", "**car bomb** explosion".
fn add_named_weapon(reading: &Reading<'_, '_>, event: &mut Event) {
    if event.form != TriggerForm::Noun || event.words.len() < 2 {
        return;
    }
    let lists = &reading.clauses.frames.lists;
    let weapon = event.words.range().flat_map(|token| reading.index.headed(token)).find(|m| {
        m.entity_type == "equipment"
            && event.words.contains(m.tokens)
            && m.subtype.as_ref().is_some_and(|s| lists.weapon_subtypes.contains(s))
    });
    if let Some(weapon) = weapon {
        event.push(Role::Weapon, weapon.id);
    }
}

/// The name of an armed group, a force or another body at a token.
fn own_body(reading: &Reading<'_, '_>, token: usize, besides: MentionId) -> Option<MentionId> {
    let named = |m: &&Mention| {
        m.form == MentionForm::Name
            && m.id != besides
            && matches!(m.entity_type.as_str(), "threat_actor" | "agency" | "organization")
    };
    let headed = reading.index.headed(token).filter(named).min_by_key(|m| (m.tokens.len(), m.id));
    headed.or_else(|| reading.index.name_over(token).filter(named)).map(|m| m.id)
}

/// Takes common nouns of unknown type as what the frame says they must be.
fn induce(reading: &Reading<'_, '_>, frame: &Frame, fillers: &[Filler], event: &mut Event) {
    let clauses = &reading.clauses;
    for (part, entity_type) in &frame.induce {
        let Part::Role(role) = part else { continue };
        let slots = frame.parts.iter().filter(|p| p.part == *part).flat_map(|p| &p.slots);
        for slot in slots {
            for filler in fillers.iter().filter(|f| f.slot == *slot) {
                let mut open = vec![filler.token];
                let conjuncts = clauses.text.children_by(filler.token, &[Dep::Conj]);
                open.extend(conjuncts.filter(|c| clauses.is_noun(*c)));
                for token in open {
                    if event.induced.iter().any(|i| i.token == token) {
                        continue;
                    }
                    let misread = misread_person(reading, entity_type, token);
                    if misread.is_some() || is_unknown_thing(reading, event, token) {
                        event.induced.push(Induced {
                            role: *role,
                            token,
                            entity_type: entity_type.clone(),
                            misread,
                        });
                    }
                }
            }
        }
    }
}

/// A name that no gazetteer knows and that the model took for an organization or a place: whom
/// one murders is a person.
fn misread_person(
    reading: &Reading<'_, '_>,
    entity_type: &EntityType,
    token: usize,
) -> Option<MentionId> {
    if !matches!(entity_type.as_str(), "group" | "person") {
        return None;
    }
    let tag = reading.clauses.text.tokens[token].tag.as_str();
    let mention = reading.index.headed(token).min_by_key(|m| (m.tokens.len(), m.id))?;
    let surface = reading.clauses.text.surface(token);
    let acronym = surface.chars().all(|c| !c.is_lowercase());
    let misread = mention.form == MentionForm::Name
        && tag == "NNP"
        && mention.entry.is_none()
        && mention.subtype.is_none()
        && matches!(mention.entity_type.as_str(), "organization" | "place")
        && !acronym;
    misread.then_some(mention.id)
}

/// Whether a token heads a common noun phrase that no detector and no frame knows.
fn is_unknown_thing(reading: &Reading<'_, '_>, event: &Event, token: usize) -> bool {
    let clauses = &reading.clauses;
    let tag = clauses.text.tokens[token].tag.as_str();
    let lemma = clauses.lemma(token);
    let lists = &clauses.frames.lists;
    // "six Jesuits", "two Marines": people named by what they belong to.
    let named_people = tag == "NNPS"
        && clauses.text.children_by(token, &[Dep::NumMod]).next().is_some()
        && reading.index.headed(token).all(|m| m.entry.is_none() && m.value.is_none());
    let unknown = matches!(tag, "NN" | "NNS")
        && reading.index.headed(token).next().is_none()
        && reading.index.name_over(token).is_none();
    (unknown || named_people)
        && !clauses.is_none(token)
        && !event.cluster.contains(&token)
        && !event.words.contains_token(token)
        && !lists.abstract_nouns.contains(lemma)
        && !lists.partitive.contains(lemma)
        && clauses.frames.triggers(lemma).is_empty()
}

/// A noun inside the clause of a verb that tells of another event ("jailed on Monday **for an
/// attack**") has neither its date nor its place from that verb.
fn drop_other_events(clauses: &Clauses<'_, '_>, other_events: &[usize], event: &mut Event) {
    let first = event.verbs.iter().position(|verb| {
        *verb != event.token && other_events.contains(verb) && clauses.is_verb(*verb)
    });
    if let Some(first) = first {
        event.verbs.truncate(first);
    }
}

/// The kind of danger that a modifier of the trigger names, or an of-phrase ("act of terrorism").
fn named_threat(reading: &Reading<'_, '_>, fillers: &[Filler]) -> Option<SmolStr> {
    let of = reading.clauses.frames.slots.preposition("of");
    let near = fillers.iter().filter(|f| f.slot == Slot::Compound || Some(f.slot) == of);
    let mut entries = near
        .flat_map(|f| reading.index.headed(f.token))
        .filter_map(|m| if m.entity_type == "threat" { m.entry.clone() } else { None });
    entries.next()
}

fn supported_roles(reading: &Reading<'_, '_>, support: &Supported, event: &mut Event) {
    for (role, token) in &support.roles {
        let mut found = Vec::new();
        let actor = [SmolStr::new_static("actor")];
        reading.index.fill(&reading.clauses, reading.ontology, *token, &actor, &mut found);
        for mention in found {
            event.push(*role, mention);
        }
    }
}

fn add_place(reading: &Reading<'_, '_>, event: &mut Event) {
    let where_told = |m: &MentionId| circumstances::tells_where(&reading.index.mentions[m.index()]);
    event.roles.retain(|(role, m)| *role != Role::Place || where_told(m));
    let mut places: Vec<MentionId> = event.in_role(Role::Place).collect();
    let more = circumstances::places(
        &reading.clauses,
        reading.index,
        reading.ontology,
        &event.fillers,
        if places.is_empty() { &event.verbs } else { &[] },
    );
    if places.is_empty() || !more.is_empty() {
        places.extend(more);
    }
    places.retain(where_told);
    // What was hit is not also where it was hit.
    places.retain(|place| event.roles.iter().all(|(role, m)| m != place || *role == Role::Place));
    if places.is_empty() {
        places = places_inside(reading, event);
    }
    dedupe(&mut places);
    for place in places {
        event.push(Role::Place, place);
    }
}

/// Place names inside what was hit: "an attack on a **Moscow** concert hall".
fn places_inside(reading: &Reading<'_, '_>, event: &Event) -> Vec<MentionId> {
    let mentions = reading.index.mentions;
    let mut found = Vec::new();
    for target in event.in_role(Role::Target) {
        let target = &mentions[target.index()];
        if target.entity_type != "facility" && target.entity_type != "organization" {
            continue;
        }
        let whole = reading.clauses.text.subtree(target.head as usize);
        for token in whole.range().take(24) {
            let inside = reading.index.headed(token).filter(|m| {
                m.id != target.id
                    && m.form == MentionForm::Name
                    && matches!(m.entity_type.as_str(), "place" | "country")
                    && target.tokens.contains(m.tokens)
            });
            found.extend(inside.map(|m| m.id));
        }
    }
    found
}

/// "the attack", "this attack", "Friday's attack": an event already known.
fn is_definite(clauses: &Clauses<'_, '_>, cluster: &[usize]) -> bool {
    // "the first attack", "the other bombs": told apart from those told before.
    let other = cluster.iter().any(|noun| {
        let words = clauses.text.children_by(*noun, &[Dep::Amod]);
        words.filter(|w| w < noun).any(|w| clauses.frames.lists.others.contains(clauses.lower(w)))
    });
    !other && cluster.iter().any(|noun| {
        clauses.text.children_by(*noun, &[Dep::Det, Dep::Poss]).any(|child| {
            clauses.dep(child) == Dep::Poss
                || matches!(
                    clauses.lower(child).as_str(),
                    "the" | "this" | "that" | "these" | "those"
                )
        })
    })
}

/// Numbers: of incidents, of dead and injured.
fn counts(reading: &Reading<'_, '_>, frame: &Frame, event: &mut Event) {
    if event.form == TriggerForm::Noun {
        event.count = event.cluster.iter().find_map(|noun| number_of(reading, *noun));
    }
    if let Some(Part::Role(role)) = frame.count_of
        && event.count.is_none()
    {
        event.count = role_number(reading, event, role);
    }
    match event.harm {
        Some(Harm::Killed) => event.killed = harmed(reading, event),
        Some(Harm::Injured) => event.injured = harmed(reading, event),
        None => {}
    }
}

fn role_number(reading: &Reading<'_, '_>, event: &Event, role: Role) -> Option<Quantity> {
    let mentions = event.in_role(role).collect::<Vec<_>>();
    mentions.iter().find_map(|m| {
        let mention = &reading.index.mentions[m.index()];
        mention_number(mention).or_else(|| number_of(reading, mention.head as usize))
    })
}

/// How many were killed or hurt: the number of the victims, or a bare number in their place.
fn harmed(reading: &Reading<'_, '_>, event: &Event) -> Option<Quantity> {
    let slots = [Slot::Object, Slot::Possessive];
    let of = reading.clauses.frames.slots.preposition("of");
    event
        .fillers
        .iter()
        .filter(|f| {
            slots.contains(&f.slot) || (event.form == TriggerForm::Noun && Some(f.slot) == of)
        })
        .find_map(|f| number_of(reading, f.token))
        .or_else(|| role_number(reading, event, Role::Victim))
}

fn mention_number(mention: &Mention) -> Option<Quantity> {
    match &mention.value {
        Some(Value::Quantity(quantity)) if quantity.unit.is_none() => Some(quantity.clone()),
        _ => None,
    }
}

/// The number of a noun: a quantity mention that it heads, that stands on it, or of which it is
/// the part ("dozens of attacks").
pub(super) fn number_of(reading: &Reading<'_, '_>, noun: usize) -> Option<Quantity> {
    let at = |token: usize| {
        let mut headed = reading.index.headed(token);
        headed.find_map(mention_number)
    };
    if let Some(number) = at(noun) {
        return Some(number);
    }
    let text = reading.clauses.text;
    let below =
        text.children_by(noun, &[Dep::NumMod, Dep::Amod, Dep::Det, Dep::Compound, Dep::Nmod]);
    if let Some(number) = below.filter(|c| *c < noun).find_map(at) {
        return Some(number);
    }
    let of = text.head(noun).filter(|_| reading.clauses.dep(noun) == Dep::Pobj)?;
    let above = text.head(of).filter(|_| reading.clauses.lower(of) == "of")?;
    at(above)
}
