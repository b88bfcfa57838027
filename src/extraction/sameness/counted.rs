//! Murders by number: "pleaded guilty to 51 murders" tells of the shooting that killed 51.

use rustc_hash::FxHashMap;

use crate::extraction::IncidentMention;
use crate::ontology::{Role, Stage};

use super::things::Things;

/// From this number on one number of dead is of one event, whoever is said to have done it.
const MANY: f64 = 20.0;

/// With how many doers of events with one number of dead a set is compared.
const LATEST: usize = 64;

/// Makes of a counted set of killings the dead of one event, where the text tells of an event with so
/// many dead, and whoever did the one did the other, or they are too many for chance.
pub(super) fn settle(things: &Things<'_, '_>, incidents: &mut [IncidentMention]) {
    let ontology = &things.pack.ontology;
    let happened = |i: &IncidentMention| matches!(i.stage, Stage::Occurred | Stage::Ongoing);
    let doers = |incident: &IncidentMention| -> Vec<usize> {
        let with = incident.arguments.iter().filter(|(role, _)| *role == Role::Perpetrator);
        with.map(|(_, mention)| things.of(*mention)).collect()
    };
    // Who did what killed so many; the latest of them.
    let mut tolls: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for incident in incidents.iter().filter(|i| i.count.is_none() && happened(i)) {
        if let Some(dead) = &incident.killed {
            let told = tolls.entry(dead.value.to_bits()).or_default();
            told.extend(doers(incident));
            told.drain(..told.len().saturating_sub(LATEST));
        }
    }
    for set in incidents {
        let each_dies = ontology.is_of_one(set.incident_type.as_str());
        let Some(count) = set.count.as_ref().filter(|_| each_dies && happened(set)) else {
            continue;
        };
        let told = tolls.get(&count.value.to_bits()).filter(|_| count.value > 1.0);
        let did = doers(set);
        let one = told
            .is_some_and(|told| count.value >= MANY || told.iter().any(|doer| did.contains(doer)));
        if one && set.killed.is_none() {
            set.killed = set.count.take();
        }
    }
}
