//! Which mention gets which part of a frame, by the slots in which it stands and its type.

use crate::extraction::clause::Filler;
use crate::mention::Mention;
use crate::ontology::Role;
use crate::pack::{Part, PartSlots, Slot};
use crate::span::MentionId;

use super::Reading;

/// A mention with the part that it got, and the slot in which it stands.
#[derive(Clone, Copy, Debug)]
pub(in crate::extraction) struct Assigned {
    pub(in crate::extraction) part: Part,
    pub(in crate::extraction) slot: Slot,
    pub(in crate::extraction) mention: MentionId,
}

/// Gives each part of a frame its mentions; a mention goes to the first part that takes it.
pub(in crate::extraction) fn assign(
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
