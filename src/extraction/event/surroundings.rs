//! What stands around a trigger word, whichever frame reads it, and whether a frame's conditions on
//! those words hold.

use crate::extraction::clause::{Clauses, Filler};
use crate::extraction::support::{Supported, supported};
use crate::extraction::trigger::TriggerHit;
use crate::ontology::{Role, Stage};
use crate::pack::{Frame, Slot, TriggerForm, WordCondition};
use crate::text::Dep;

/// What stands around one trigger word, whichever frame reads it.
pub(in crate::extraction) struct Surroundings {
    pub(in crate::extraction) fillers: Vec<Filler>,
    pub(in crate::extraction) cluster: Vec<usize>,
    pub(in crate::extraction) support: Supported,
    /// Whether the trigger is a noun that modifies another.
    pub(in crate::extraction) modifies: bool,
}

/// Reads what stands around a hit.
pub(in crate::extraction) fn surroundings(
    clauses: &Clauses<'_, '_>,
    hit: &TriggerHit,
) -> Option<Surroundings> {
    let mut fillers = Vec::new();
    match hit.form {
        TriggerForm::Verb => {
            clauses.verb_fillers(hit.token, &mut fillers);
            for word in &hit.phrase {
                clauses.phrase_fillers(*word, &mut fillers);
                // "declared **two envoys** persona non grata": the parser may take the word for a verb.
                if clauses.dep(*word) == Dep::Ccomp {
                    let subjects = clauses.text.children_by(*word, &[Dep::Nsubj, Dep::NsubjPass]);
                    fillers.extend(subjects.map(|token| Filler { slot: Slot::Object, token }));
                }
            }
            taken_from(clauses, &mut fillers);
            // "was held hostage by rebels": the phrase may hang on the word that goes with the verb.
            let by = clauses.frames.slots.preposition("by");
            if clauses.is_passive(hit.token) && !fillers.iter().any(|f| f.slot == Slot::Subject) {
                let agent = fillers.iter().find(|f| by == Some(f.slot)).map(|f| f.token);
                fillers.extend(agent.map(|token| Filler { slot: Slot::Subject, token }));
            }
            fillers.push(Filler { slot: Slot::Itself, token: hit.token });
            let cluster = vec![hit.token];
            let mut support = of_attempt(clauses, hit.token);
            if let Some(guard) = stopped_by(clauses, hit.token) {
                support.roles.push((Role::Disruptor, guard));
            }
            Some(Surroundings { fillers, cluster, support, modifies: false })
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
            fillers.retain(|f| !support.lent.contains(&f.token));
            fillers.extend(support.fillers.iter().copied());
            Some(Surroundings { fillers, cluster, support, modifies })
        }
    }
}

/// "stole rifles **from a depot**": the parser may hang the phrase on what was taken.
fn taken_from(clauses: &Clauses<'_, '_>, fillers: &mut Vec<Filler>) {
    let Some(from) = clauses.frames.slots.preposition("from") else { return };
    if fillers.iter().any(|f| f.slot == from) {
        return;
    }
    let objects: Vec<usize> =
        fillers.iter().filter(|f| f.slot == Slot::Object).map(|f| f.token).collect();
    for object in objects {
        let phrases = clauses.text.children_by(object, &[Dep::Prep]);
        for preposition in phrases.filter(|p| *p > object && clauses.lower(*p) == "from") {
            clauses.preposition(preposition, fillers);
        }
    }
}

/// "Police foiled an attempt **to kill** the mayor": what a verb tells of the attempt, it tells of
/// the deed.
fn of_attempt(clauses: &Clauses<'_, '_>, verb: usize) -> Supported {
    let attempt = clauses.text.head(verb).filter(|noun| {
        clauses.dep(verb) == Dep::Acl
            && clauses.text.tokens[verb].tag == "VB"
            && clauses.frames.lists.eventive.contains(clauses.lemma(*noun))
    });
    let Some(attempt) = attempt else { return Supported::default() };
    let Supported { roles, verbs, stage, .. } = supported(clauses, &[attempt]);
    let stage = stage.filter(|stage| *stage == Stage::Foiled);
    Supported { roles, verbs, stage, ..Supported::default() }
}

/// "They tried to burn the mosque but were stopped by **a guard**": who did.
fn stopped_by(clauses: &Clauses<'_, '_>, verb: usize) -> Option<usize> {
    let tried = clauses.text.head(verb).filter(|_| clauses.dep(verb) == Dep::Xcomp)?;
    let stopped = clauses.text.children_by(tried, &[Dep::Conj]).find(|next| {
        clauses.is_passive(*next)
            && clauses
                .frames
                .support_triggers(clauses.lemma(*next))
                .iter()
                .any(|t| clauses.frames.supports[t.owner].stage == Some(Stage::Foiled))
    })?;
    let by = clauses.text.children_by(stopped, &[Dep::Agent]).next()?;
    clauses.text.children_by(by, &[Dep::Pobj]).next()
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
pub(in crate::extraction) fn conditions_hold(
    clauses: &Clauses<'_, '_>,
    frame: &Frame,
    hit: &TriggerHit,
    fillers: &[Filler],
) -> bool {
    let met = |condition: &WordCondition| {
        let is = |t: usize| {
            condition.words.contains(clauses.lemma(t)) || condition.words.contains(clauses.lower(t))
        };
        // "They" in "they blew up a bridge" is the rebels of the sentence before.
        let word = |t: usize| {
            condition.any
                || is(t)
                || clauses.contents(t).is_some_and(is)
                || clauses.heads.referent(t).is_some_and(is)
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
