//! Verbs that tell of an event named by a noun: "carried out the attack", "the attack blamed on
//! X", "Iran-backed plots". The pack lists them as `[[support]]`.

use crate::ontology::{Role, Stage, Stance};
use crate::pack::{Destination, Slot};
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
    /// The verbs, for the quote and for dates and places that hang on them.
    pub(super) verbs: Vec<usize>,
}

/// Looks at the verb that governs the noun and at the participles and relative clauses below it.
pub(super) fn supported(clauses: &Clauses<'_, '_>, cluster: &[usize]) -> Supported {
    let mut found = Supported::default();
    let mut verbs: Vec<usize> = Vec::new();
    for noun in cluster {
        let below = clauses.text.children_by(*noun, &[Dep::Acl, Dep::Relcl, Dep::Amod]);
        verbs.extend(
            below.filter(|child| clauses.is_verb(*child) || clauses.lower(*child).ends_with("ed")),
        );
    }
    let top = cluster.last().copied().unwrap_or_default();
    verbs.extend(clauses.governing_verb(top).or_else(|| clauses.verb_over_object(top)));
    // A verb that shares the noun with the one it is coordinated with: "planned and carried out".
    let shared: Vec<usize> = verbs
        .iter()
        .flat_map(|verb| clauses.text.children_by(*verb, &[Dep::Conj]))
        .filter(|verb| clauses.is_verb(*verb))
        .collect();
    verbs.extend(shared);
    for verb in verbs {
        add(clauses, cluster, verb, &mut found);
    }
    found
}

fn add(clauses: &Clauses<'_, '_>, cluster: &[usize], verb: usize, found: &mut Supported) {
    let triggers = clauses.frames.support_triggers(clauses.lemma(verb));
    if triggers.is_empty() {
        return;
    }
    let mut own: Option<Vec<Filler>> = None;
    for trigger in triggers {
        let Some(hit) = match_trigger(clauses, verb, trigger) else { continue };
        let support = &clauses.frames.supports[trigger.owner];
        let own = own.get_or_insert_with(|| {
            let mut fillers = Vec::new();
            clauses.verb_fillers(verb, &mut fillers);
            fillers
        });
        let mut fillers = own.clone();
        for word in &hit.phrase {
            clauses.phrase_fillers(*word, &mut fillers);
        }
        // "blamed the rebels of the ELN for the murder": the phrase may hang on the object.
        if matches!(support.event, Slot::Preposition(_)) {
            for object in own.iter().filter(|f| f.slot == Slot::Object) {
                clauses.phrase_fillers(object.token, &mut fillers);
            }
        }
        // "No group has claimed responsibility": nothing is told of who did it.
        if fillers.iter().any(|f| f.slot == Slot::Subject && clauses.is_none(f.token)) {
            return;
        }
        let top = cluster.last().map(|t| clauses.first_conjunct(*t));
        let tells = fillers.iter().any(|f| {
            f.slot == support.event && (cluster.contains(&f.token) || Some(f.token) == top)
        });
        if !tells {
            continue;
        }
        for (from, to) in &support.moves {
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
        let passed = fillers.iter().filter(|f| {
            matches!(f.slot, Slot::Preposition(_))
                && f.slot != support.event
                && !support.moves.iter().any(|(from, _)| *from == f.slot)
                && !cluster.contains(&f.token)
        });
        found.fillers.extend(passed);
        found.stage = found.stage.or(support.stage);
        found.stance = found.stance.or(support.stance);
        found.verbs.push(verb);
        return;
    }
}
