//! From a trigger to an event: its frame, its arguments, its circumstances.

mod answered;
mod assignment;
mod company;
mod induced;
mod number;
mod place;
mod series;
mod sponsor;
mod surroundings;
mod tally;
mod weapon;

pub(super) use tally::add_dead;

use smol_str::SmolStr;

use crate::date::DateInterval;
use crate::mention::{Mention, MentionForm, Quantity};
use crate::ontology::{IncidentType, Ontology, Role, Stage, Stance};
use crate::pack::{Frame, Harm, Part, Slot, TriggerForm, Yield};
use crate::span::{MentionId, TokenRange};
use crate::text::Dep;

use super::clause::{Clauses, Filler};
use super::mention_index::MentionIndex;
use super::support::Supported;
use super::trigger::TriggerHit;
use super::{circumstances, lists};
pub(super) use assignment::{Assigned, assign};
use company::{
    add_companions, add_own_group, add_owners, add_senders, add_weapon_site, speak_for_others,
};
pub(super) use induced::Induced;
use induced::induce;
use number::counts;
pub(super) use number::number_at;
use place::add_place;
pub(super) use series::continued;
use sponsor::add_sponsors;
pub(super) use surroundings::{Surroundings, conditions_hold, surroundings};
use weapon::{add_named_weapon, narrow_by_weapon};

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
    /// Whether it tells something on its own, by its own frame or by one that was put to it.
    pub(super) sure: bool,
    pub(super) stage: Option<Stage>,
    pub(super) stance: Option<Stance>,
    /// Kind of danger that the words around the trigger name: "right-wing terror plot".
    pub(super) threat: Option<SmolStr>,
    pub(super) definite: bool,
    /// Said to be another than those told before: "the first attack".
    pub(super) other: bool,
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
    // "a designated group": what it is, not what was done now.
    if frame.predicative && hit.form == TriggerForm::Verb && clauses.dep(hit.token) == Dep::Amod {
        return None;
    }
    // "The bomb would have killed hundreds": it killed nobody.
    if frame.harm.is_some() && clauses.is_counterfactual(hit.token) {
        return None;
    }
    if around.modifies || !conditions_hold(clauses, frame, hit, &around.fillers) {
        return None;
    }
    let mut assigned = assign(reading, &frame.parts, &around.fillers, hit.words);
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
        sure: !frame.needs_event,
        stage: around.support.stage.or(frame.stage),
        stance: around.support.stance.or(frame.stance),
        threat: named_threat(reading, &around.fillers),
        definite: is_definite(clauses, &around.cluster),
        other: is_other(clauses, &around.cluster),
        confidence: frame.confidence,
        told_by: around.support.verbs.clone(),
    };
    // Neither the day nor the place of what answers it.
    if event.is_answered(clauses.text, &clauses.frames.lists) {
        event.verbs.clear();
    }
    // "arrested in Perth, near the sea": there, and not at what it lies near to.
    let beside = |slot: Slot| {
        let mut words = clauses.frames.lists.beside.iter();
        words.any(|word| clauses.frames.slots.preposition(word) == Some(slot))
    };
    let there = assigned.iter().any(|a| {
        let mention = &reading.index.mentions[a.mention.index()];
        a.part == Part::Role(Role::Place) && !beside(a.slot) && mention.form == MentionForm::Name
    });
    assigned.retain(|a| a.part != Part::Role(Role::Place) || !there || !beside(a.slot));
    let worst = is_superlative(clauses, &around.cluster);
    // "killed in a **Somalia** air strike": where, not who, unless it is told on whom or where.
    let directed = assigned.iter().any(|a| {
        matches!(a.slot, Slot::Preposition(_) | Slot::Object)
            && matches!(a.part, Part::Role(Role::Target | Role::Victim | Role::Place))
    });
    for a in assigned.iter_mut().filter(|_| !directed) {
        let mention = &reading.index.mentions[a.mention.index()];
        if a.part == Part::Role(Role::Perpetrator)
            && a.slot == Slot::Compound
            && mention.entity_type == "country"
            && !reading.index.is_letters(mention.id)
        {
            a.part = Part::Role(Role::Place);
        }
    }
    for Assigned { part, slot, mention } in &assigned {
        if let Part::Role(role) = part {
            event.push(place_of_worst(reading, *role, *slot, *mention, worst), *mention);
        }
    }
    if frame.arms_only {
        let vehicles = &clauses.frames.lists.vehicle_subtypes;
        event.roles.retain(|(role, m)| {
            let subtype = reading.index.mentions[m.index()].subtype.as_ref();
            *role != Role::Weapon || !subtype.is_some_and(|s| vehicles.contains(s))
        });
    }
    // "blew himself up": the doer, not somebody whom the deed was meant for.
    let itself = |m: &MentionId| {
        let mention = &reading.index.mentions[m.index()];
        let word = clauses.lower(mention.head as usize);
        mention.form == MentionForm::Pronoun && (word.ends_with("self") || word.ends_with("selves"))
    };
    let parts = event.roles.len();
    event.roles.retain(|(role, m)| !matches!(role, Role::Target | Role::Victim) || !itself(m));
    let reflexive = event.roles.len() < parts;
    // "a truck bombing" is no bombing of a truck.
    let noun = hit.form == TriggerForm::Noun;
    let inside =
        |m: &MentionId| noun && hit.words.contains(reading.index.mentions[m.index()].tokens);
    event.roles.retain(|(role, m)| !matches!(role, Role::Target | Role::Victim) || !inside(m));
    if number::number_before(reading, &event).is_some() {
        // "counted 21 **injured**": those counted, not those who counted.
        let counted =
            |m: &MentionId| reading.index.mentions[m.index()].tokens.end as usize == hit.token;
        event.roles.retain(|(role, m)| *role != Role::Victim || counted(m));
    }
    let company = add_companions(reading, frame, &mut event);
    lists::extend(reading.clauses.text, reading.index, &mut event);
    if frame.parts.iter().any(|part| part.part == Part::Role(Role::Victim)) {
        for victim in lists::listed_after(clauses.text, reading.index, &event) {
            event.push(Role::Victim, victim);
        }
    }
    add_senders(reading, frame, &mut event);
    add_owners(reading, frame, &mut event);
    add_weapon_site(reading, frame, &mut event);
    speak_for_others(reading, frame, &mut event);
    add_own_group(reading, frame, &mut event);
    add_sponsors(reading, &mut event);
    add_named_weapon(reading, &mut event);
    narrow_by_weapon(reading, &mut event);
    induce(reading, frame, &around.fillers, &mut event);
    supported_roles(reading, &around.support, &mut event);
    drop_other_events(clauses, other_events, &mut event);
    if !frame.unplaced {
        add_place(reading, &mut event);
    }
    counts(reading, frame, hit, &company, &mut event);
    // "wounding 17" tells of victims without a word for them.
    let harmed = event.killed.is_some() || event.injured.is_some();
    let elided = number::elided(reading, &event).is_some();
    let filled = |wanted: &[Part]| {
        wanted.is_empty()
            || wanted.iter().any(|part| {
                event.roles.iter().any(|(role, _)| *part == Part::Role(*role))
                    || event.induced.iter().any(|i| *part == Part::Role(i.role))
                    // "the arson was ordered by the service": it tells who is behind it.
                    || *part == Part::Role(Role::Perpetrator)
                        && event.in_role(Role::Supporter).next().is_some()
                    || (harmed || reflexive) && *part == Part::Role(Role::Victim)
                    || elided && frame.count_of == Some(*part)
            })
    };
    // "eight plots were disrupted": the number tells enough.
    let counted =
        hit.form == TriggerForm::Noun && event.count.as_ref().is_some_and(|c| c.value > 1.0);
    let enough = counted && !frame.counted || filled(&frame.require);
    if frame.counted && !counted || !enough || !filled(&frame.require_also) {
        return None;
    }
    let tells = event.has_arguments() || harmed || reflexive || frame.needs_event;
    if hit.form == TriggerForm::Verb && !tells {
        return None;
    }
    if frame.undated {
        return Some(event);
    }
    let timed: Vec<&Mention> =
        dates.iter().copied().filter(|d| !is_span(reading, &event, d)).collect();
    let dates = &timed[..];
    if let Some(date) = circumstances::date_of_when(clauses, dates, &event.verbs) {
        event.date_mention = Some(date.id);
        event.date = circumstances::interval(date)
            .map(|when| DateInterval { end: when.end.or(when.start), ..when });
        event.push(Role::Time, date.id);
    } else if let Some(date) =
        circumstances::date(clauses, dates, &event.cluster, &event.verbs, other_events)
    {
        event.date_mention = Some(date.id);
        event.date = circumstances::interval(date);
        event.push(Role::Time, date.id);
    }
    Some(event)
}

/// How long, not when: "jailed for **ten years**", "the first bombing in **three years**".
fn is_span(reading: &Reading<'_, '_>, event: &Event, date: &Mention) -> bool {
    let clauses = &reading.clauses;
    let last = date.tokens.end as usize - 1;
    // "two weeks **after**" tells when, from another time.
    let next = clauses.text.tokens.get(last + 1);
    let shifts = next.is_some_and(|t| clauses.frames.lists.shifts.contains(&t.lower));
    if clauses.text.tokens[last].tag != "NNS"
        || shifts
        || !clauses.frames.lists.terms.contains(clauses.lemma(last))
    {
        return false;
    }
    let first = event.cluster.iter().any(|noun| {
        let mut words = clauses.text.children_by(*noun, &[Dep::Amod]);
        words.any(|w| matches!(clauses.lower(w).as_str(), "first" | "only"))
    });
    circumstances::interval(date).is_none() || first || is_superlative(clauses, &event.cluster)
}

/// "the **worst** attack", "the **deadliest** bombing".
fn is_superlative(clauses: &Clauses<'_, '_>, cluster: &[usize]) -> bool {
    let words = cluster.iter().flat_map(|noun| clauses.text.children_by(*noun, &[Dep::Amod]));
    words.into_iter().any(|word| {
        let most = clauses.text.children_by(word, &[Dep::Advmod]);
        clauses.text.tokens[word].tag == "JJS"
            || most.into_iter().any(|t| clauses.text.tokens[t].tag == "RBS")
    })
}

/// "Spain's deadliest attack" happened in Spain; "the group's deadliest attack" is the group's.
fn place_of_worst(
    reading: &Reading<'_, '_>,
    role: Role,
    slot: Slot,
    mention: MentionId,
    worst: bool,
) -> Role {
    let entity_type = reading.index.mentions[mention.index()].entity_type.as_str();
    let land = reading.ontology.is_location(entity_type);
    if worst && land && role == Role::Perpetrator && slot == Slot::Possessive {
        return Role::Place;
    }
    role
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

/// "the attack", "this attack", "Friday's attack": an event already known.
fn is_definite(clauses: &Clauses<'_, '_>, cluster: &[usize]) -> bool {
    !is_other(clauses, cluster)
        && cluster.iter().any(|noun| {
            clauses.text.children_by(*noun, &[Dep::Det, Dep::Poss]).any(|child| {
                clauses.dep(child) == Dep::Poss
                    || matches!(
                        clauses.lower(child).as_str(),
                        "the" | "this" | "that" | "these" | "those"
                    )
            })
        })
}

/// "the first attack", "the other bombs": told apart from those told before.
fn is_other(clauses: &Clauses<'_, '_>, cluster: &[usize]) -> bool {
    cluster.iter().any(|noun| {
        let words = clauses.text.children_by(*noun, &[Dep::Amod, Dep::Det]);
        words.filter(|w| w < noun).any(|w| clauses.frames.lists.others.contains(clauses.lower(w)))
    })
}
