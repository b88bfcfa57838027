//! Verbs that tell of an event named by a noun: "carried out the attack", "the attack blamed on
//! X", "Iran-backed plots". The pack lists them as `[[support]]`.

use crate::ontology::{Role, Stage, Stance};
use crate::pack::{Destination, Slot, TriggerForm};
use crate::text::Dep;

use super::clause::{Clauses, Filler};
use super::trigger::match_trigger;

/// What the verbs around an event noun add to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Supported {
    /// Fillers for the slots of the noun's frame.
    pub(super) fillers: Vec<Filler>,
    /// Fillers that go straight into a role.
    pub(super) roles: Vec<(Role, usize)>,
    /// The stage that a verb gives.
    pub(super) stage: Option<Stage>,
    /// The stance that a verb gives.
    pub(super) stance: Option<Stance>,
    /// What hangs on the noun by a phrase that belongs to a verb: no part of the noun's own.
    pub(super) lent: Vec<usize>,
    /// The verbs, for the quote and for dates and places that hang on them.
    pub(super) verbs: Vec<usize>,
}

/// Looks at the nouns above ("**involvement** in the murder"), at the verb that governs them, and
/// at the participles and relative clauses below.
pub(super) fn supported(clauses: &Clauses<'_, '_>, cluster: &[usize]) -> Supported {
    let mut found = Supported::default();
    let mut told = cluster.to_vec();
    let mut of_nouns = Supported::default();
    for _ in 0..NOUNS {
        let Some(noun) = noun_above(clauses, &told) else { break };
        if !add(clauses, &told, noun, TriggerForm::Noun, &mut of_nouns) {
            break;
        }
        told.push(noun);
    }
    of_adjective(clauses, &told, &mut found);
    let mut verbs: Vec<usize> = Vec::new();
    for noun in cluster {
        let below = clauses.text.children_by(*noun, &[Dep::Acl, Dep::Relcl, Dep::Amod]);
        verbs.extend(
            below.filter(|child| clauses.is_verb(*child) || clauses.lower(*child).ends_with("ed")),
        );
    }
    let top = told.last().copied().unwrap_or_default();
    verbs.extend(clauses.governing_verb(top).or_else(|| clauses.verb_over_object(top)));
    // A verb that shares the noun with those it is coordinated with: "planned by X, approved by Y
    // and carried out by Z".
    let mut last = 0;
    for _ in 0..SHARED {
        let shared: Vec<usize> = verbs[last..]
            .iter()
            .flat_map(|verb| clauses.text.children_by(*verb, &[Dep::Conj]))
            .filter(|verb| clauses.is_verb(*verb))
            .collect();
        last = verbs.len();
        verbs.extend(shared);
    }
    // "the attack is said to have been planned by": the infinitive tells of what is said.
    let raised: Vec<usize> = verbs
        .iter()
        .flat_map(|verb| clauses.text.children_by(*verb, &[Dep::Xcomp]))
        .filter(|verb| clauses.is_verb(*verb) && clauses.is_passive(*verb))
        .collect();
    verbs.extend(raised);
    for verb in verbs {
        add(clauses, &told, verb, TriggerForm::Verb, &mut found);
    }
    committed(clauses, cluster, &mut found);
    // What the verb says goes before what the noun implies: "denied involvement".
    found.fillers.extend(of_nouns.fillers);
    found.roles.extend(of_nouns.roles);
    found.stage = found.stage.or(of_nouns.stage);
    found.stance = found.stance.or(of_nouns.stance);
    found.lent.extend(of_nouns.lent);
    found.verbs.extend(of_nouns.verbs);
    found
}

/// How many coordinated verbs are followed.
const SHARED: usize = 3;

/// "the murder of the deputy **perpetrated by** rebels", "condemned the attack on the bank, **carried
/// out on Monday by** rebels": the parser hangs the participle on the deputy, of whom it cannot be
/// told, or on the verb.
fn committed(clauses: &Clauses<'_, '_>, cluster: &[usize], found: &mut Supported) {
    let below = |word: usize, deps: &'static [Dep]| clauses.text.children_by(word, deps);
    for noun in cluster {
        let last = (*noun + 1 + PARTICIPLE).min(clauses.text.tokens.len());
        let over = clauses.governing_verb(*noun);
        let hangs = |t: usize| match clauses.dep(t) {
            Dep::Acl => clauses.text.ancestry(t).skip(2).take(NESTED).any(|above| above == *noun),
            Dep::Advcl => over.is_some() && clauses.text.head(t) == over,
            _ => false,
        };
        let verbs: Vec<usize> =
            (*noun + 1..last).filter(|t| hangs(*t) && tells_of_deed(clauses, *t)).collect();
        // The nearest deed before it is meant.
        let nearest = |verb: &usize| !(*noun + 1..*verb).any(|t| clauses.is_event_noun(t));
        for verb in verbs.into_iter().filter(nearest) {
            let by = below(verb, &[Dep::Agent, Dep::Prep]).filter(|p| clauses.lower(*p) == "by");
            let doers = by.flat_map(|p| below(p, &[Dep::Pobj]));
            found.fillers.extend(doers.map(|token| Filler { slot: Slot::Subject, token }));
            found.verbs.push(verb);
        }
    }
}

/// How many words behind a deed a participle that tells of it is looked for, and how deep in its phrases.
const PARTICIPLE: usize = 60;
const NESTED: usize = 12;

/// Whether a participle is one that can be told of deeds alone: "perpetrated", "carried out".
fn tells_of_deed(clauses: &Clauses<'_, '_>, verb: usize) -> bool {
    let lemma = clauses.lemma(verb);
    let particle = clauses.text.children_by(verb, &[Dep::Prt]).next();
    let phrase = particle.map(|p| format!("{lemma} {}", clauses.lower(p)));
    let word = phrase.as_deref().unwrap_or(lemma);
    let own = [Dep::Nsubj, Dep::NsubjPass, Dep::Aux, Dep::AuxPass, Dep::Dobj];
    clauses.frames.lists.committing.contains(word)
        && matches!(clauses.text.tokens[verb].tag.as_str(), "VBN" | "VBD")
        && clauses.text.children_by(verb, &own).next().is_none()
}

/// "a commander **responsible for** bombings": an adjective on a noun says of it what "be" with the
/// adjective says of its subject.
fn of_adjective(clauses: &Clauses<'_, '_>, told: &[usize], found: &mut Supported) {
    let Some(top) = told.last().map(|top| clauses.first_conjunct(*top)) else { return };
    let preposition = clauses.text.head(top).filter(|_| clauses.dep(top) == Dep::Pobj);
    let adjective = preposition.and_then(|p| clauses.text.head(p)).filter(|adjective| {
        clauses.text.tokens[*adjective].tag.starts_with("JJ")
            && matches!(clauses.dep(*adjective), Dep::Amod | Dep::Acl | Dep::Relcl | Dep::Appos)
    });
    let (Some(preposition), Some(adjective)) = (preposition, adjective) else { return };
    let slot = clauses.frames.slots.phrase(clauses.lemma(adjective), clauses.lower(preposition));
    // "the persons responsible" are whoever did it.
    let somebody = |who: &usize| {
        clauses.is_noun(*who) && !clauses.frames.lists.anyone.contains(clauses.lemma(*who))
    };
    let Some(noun) = clauses.text.head(adjective) else { return };
    // "X is named as the person responsible", "X is the one responsible".
    let equated = || {
        let mut fillers = Vec::new();
        clauses.noun_fillers(noun, &mut fillers);
        let same = |f: &&Filler| f.slot == Slot::Holder && clauses.dep(noun) != Dep::Compound;
        fillers.iter().find(same).map(|f| f.token)
    };
    let Some(who) = Some(noun).filter(somebody).or_else(equated) else { return };
    let supports = clauses.frames.support_triggers("be").iter();
    let told_of = supports
        .map(|trigger| &clauses.frames.supports[trigger.owner])
        .find(|support| slot.is_some_and(|slot| support.event.contains(&slot)));
    let Some(support) = told_of else { return };
    for (_, to) in support.moves.iter().filter(|(from, _)| *from == Slot::Subject) {
        match to {
            Destination::Slot(slot) => found.fillers.push(Filler { slot: *slot, token: who }),
            Destination::Role(role) => found.roles.push((*role, who)),
        }
    }
    found.stage = support.stage;
    found.stance = support.stance;
}

/// How many supporting nouns may stand above an event: "on **suspicion** of **involvement** in".
const NOUNS: usize = 2;

/// The noun on which the event hangs by a preposition.
fn noun_above(clauses: &Clauses<'_, '_>, told: &[usize]) -> Option<usize> {
    let top = clauses.first_conjunct(told.last().copied()?);
    let preposition = clauses.text.head(top).filter(|_| clauses.dep(top) == Dep::Pobj)?;
    let mut above = clauses.text.head(preposition)?;
    // "arrested a suspect **in the murder**": the parser may hang the phrase on the verb.
    if clauses.is_verb(above) {
        let supports = |noun: &usize| {
            clauses.is_noun(*noun)
                && clauses.text.subtree(*noun).end as usize == preposition
                && clauses
                    .frames
                    .support_triggers(clauses.lemma(*noun))
                    .iter()
                    .any(|trigger| trigger.form == TriggerForm::Noun)
        };
        let mut beside =
            clauses.text.children_by(above, &[Dep::Dobj, Dep::NsubjPass, Dep::Nsubj, Dep::Attr]);
        return beside.find(supports);
    }
    // "the involvement of troops **in the murder**": the phrase may hang on the troops.
    if clauses.dep(above) == Dep::Pobj
        && clauses.frames.support_triggers(clauses.lemma(above)).is_empty()
    {
        above = clauses.text.head(above).and_then(|of| clauses.text.head(of))?;
    }
    clauses.is_noun(above).then_some(above)
}

/// Reads what a supporting word adds; tells whether it supports the event.
fn add(
    clauses: &Clauses<'_, '_>,
    cluster: &[usize],
    word: usize,
    form: TriggerForm,
    found: &mut Supported,
) -> bool {
    let triggers = clauses.frames.support_triggers(clauses.lemma(word));
    if triggers.is_empty() {
        return false;
    }
    let mut own: Option<Vec<Filler>> = None;
    for trigger in triggers.iter().filter(|t| t.form == form) {
        let Some(hit) = match_trigger(clauses, word, trigger) else { continue };
        let support = &clauses.frames.supports[trigger.owner];
        let own = own.get_or_insert_with(|| {
            let mut fillers = Vec::new();
            match form {
                TriggerForm::Verb => clauses.verb_fillers(word, &mut fillers),
                TriggerForm::Noun => {
                    clauses.noun_fillers(word, &mut fillers);
                    clauses.nested_phrases(word, &mut fillers);
                    // "a suspect **in the murder**", where the phrase hangs on the verb
                    let last = cluster.last().and_then(|event| clauses.text.head(*event));
                    if let Some(preposition) = last.filter(|p| {
                        clauses.dep(*p) == Dep::Prep
                            && clauses.text.subtree(word).end as usize == *p
                    }) {
                        clauses.preposition(preposition, &mut fillers);
                    }
                }
            }
            fillers
        });
        let mut fillers = own.clone();
        let wanted = |slot: Slot, fillers: &[Filler]| {
            matches!(slot, Slot::Preposition(_)) && !fillers.iter().any(|f| f.slot == slot)
        };
        // "blamed the attack on the rebels": the phrase hangs on the event, and is the verb's.
        let lent: Vec<Filler> = if support.event.contains(&Slot::Object)
            && support.moves.iter().any(|(from, _)| wanted(*from, &fillers))
        {
            let mut of_event = Vec::new();
            for noun in cluster {
                clauses.phrase_fillers(*noun, &mut of_event);
            }
            let moved = |f: &Filler| {
                support.moves.iter().any(|(from, _)| *from == f.slot && wanted(*from, &fillers))
            };
            of_event.retain(moved);
            // "blamed the murder of two nuns on the rebels": it may hang on the nuns.
            if of_event.is_empty() {
                for noun in cluster {
                    clauses.nested_phrases(*noun, &mut of_event);
                }
                of_event.retain(moved);
            }
            // "the attack on the bank ... on the rebels": the last is the verb's.
            of_event.split_off(of_event.len().saturating_sub(1))
        } else {
            Vec::new()
        };
        fillers.extend(&lent);
        for word in &hit.phrase {
            clauses.phrase_fillers(*word, &mut fillers);
        }
        let of_verb = fillers.len();
        // "blamed the rebels of the ELN for the murder": the phrase may hang on the object.
        if support.event.iter().any(|slot| matches!(slot, Slot::Preposition(_))) {
            for object in own.iter().filter(|f| f.slot == Slot::Object) {
                for noun in clauses.right_edge(object.token) {
                    clauses.phrase_fillers(noun, &mut fillers);
                }
            }
        }
        // "No group has claimed responsibility": nothing is told of who did it.
        if fillers.iter().any(|f| f.slot == Slot::Subject && clauses.is_none(f.token)) {
            return false;
        }
        // "claimed these two acts: **the kidnapping** of A and **the murder** of B"
        let announced = |t: usize| {
            let first = clauses.first_conjunct(t);
            let over = clauses.text.head(first).filter(|_| clauses.dep(first) == Dep::Appos);
            over.filter(|o| clauses.frames.lists.eventive.contains(clauses.lemma(*o)))
                .unwrap_or(first)
        };
        let tops: Vec<usize> = cluster.iter().map(|t| announced(*t)).collect();
        let tells = fillers.iter().any(|f| {
            support.event.contains(&f.slot)
                && (cluster.contains(&f.token) || tops.contains(&f.token))
        });
        if !tells {
            continue;
        }
        // "was accused of being the mastermind of it": he, and not one mastermind more.
        let held = fillers.iter().any(|f| f.slot == Slot::Holder)
            && support.moves.iter().any(|(from, _)| *from == Slot::Holder);
        for (from, to) in &support.moves {
            if held && *from == Slot::Itself {
                continue;
            }
            for filler in fillers.iter().filter(|f| f.slot == *from) {
                if cluster.contains(&filler.token) {
                    continue;
                }
                match to {
                    Destination::Slot(slot) => {
                        found.fillers.push(Filler { slot: *slot, token: filler.token });
                    }
                    Destination::Role(role) => found.roles.push((*role, filler.token)),
                }
            }
        }
        // Phrases of the verb are phrases of the event: "launched an attack against X".
        if form == TriggerForm::Verb {
            // Where somebody spoke is not where it happened: "in a call to a paper in Lima, the
            // rebels claimed".
            // "In Spain, police arrested two men over a murder": nor where somebody was held for it.
            let lists = &clauses.frames.lists;
            let lemma = clauses.lemma(word);
            let claiming = lists.claiming.contains(lemma) || lists.accusing.contains(lemma);
            // "the killing was ordered by X": he is what the verb makes of its subject.
            let by = clauses.frames.slots.preposition("by").filter(|_| {
                clauses.is_passive(word)
                    && support.moves.iter().any(|(from, to)| {
                        *from == Slot::Subject && *to != Destination::Slot(Slot::Subject)
                    })
            });
            let passed = fillers[..of_verb].iter().filter(|f| {
                matches!(f.slot, Slot::Preposition(_))
                    && Some(f.slot) != by
                    && !(claiming && f.token < word)
                    && !support.event.contains(&f.slot)
                    && !support.moves.iter().any(|(from, _)| *from == f.slot)
                    && !cluster.contains(&f.token)
            });
            found.fillers.extend(passed);
        }
        found.lent.extend(lent.iter().map(|f| f.token));
        // "the attack was planned by agents": what is told as known came to pass.
        let known = support.stage == Some(Stage::Planned)
            && clauses.is_passive(word)
            && cluster.iter().any(|noun| {
                let mut determiners = clauses.text.children_by(*noun, &[Dep::Det]);
                determiners.any(|d| clauses.lower(d) == "the")
            });
        found.stage = found.stage.or(support.stage.filter(|_| !known));
        // "the attack could have been the work of rebels": that there was one is not in doubt.
        let names_doer =
            support.moves.iter().any(|(_, to)| *to == Destination::Slot(Slot::Subject));
        let doubtful = clauses
            .text
            .children_by(word, &[Dep::Aux])
            .any(|aux| clauses.text.tokens[aux].tag == "MD");
        let stated = form == TriggerForm::Verb && clauses.lemma(word) == "be";
        let perhaps = Some(Stance::Alleged).filter(|_| stated && names_doer && doubtful);
        found.stance = found.stance.or(support.stance).or(perhaps);
        found.verbs.push(word);
        return true;
    }
    false
}
