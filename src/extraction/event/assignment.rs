//! Which mention gets which part of a frame, by the slots in which it stands and its type.

use crate::extraction::clause::Filler;
use crate::mention::Mention;
use crate::ontology::Role;
use crate::pack::{Part, PartSlots, Slot, Yield};
use crate::span::{MentionId, TokenRange};

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
    trigger: TokenRange,
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
                found.retain(|m| {
                    let mention = &index.mentions[m.index()];
                    // "killed two members of the army": the army is not what was hit.
                    let of_victims = part.part == Part::Role(Role::Target)
                        && assigned.iter().any(|a| {
                            a.part == Part::Role(Role::Victim)
                                && index.mentions[a.mention.index()].tokens.contains(mention.tokens)
                        });
                    suits(reading, part, *slot, mention)
                        && !of_victims
                        && !(*slot == Slot::Compound && is_of_next_noun(reading, mention, trigger))
                });
                // "the man's stabbing of two girls": an owner undergoes it only if nobody else does.
                if *slot == Slot::Possessive && is_undergone(&assigned, part.part) {
                    found.clear();
                }
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

/// Whether what a noun's phrases name already undergoes what it tells, so that its owner does not.
fn is_undergone(assigned: &[Assigned], part: Part) -> bool {
    let undergoes = |part: Part| matches!(part, Part::Role(Role::Victim | Role::Target));
    undergoes(part)
        && assigned.iter().any(|a| undergoes(a.part) && matches!(a.slot, Slot::Preposition(_)))
}

/// "the **Danish** embassy attack", "a **Dutch** tourist killing": a nationality before another noun
/// than that of the event is that noun's. One before a weapon or a kind of danger ("Russian drone
/// attack", "Iranian assassination plot") is the event's.
fn is_of_next_noun(reading: &Reading<'_, '_>, mention: &Mention, trigger: TokenRange) -> bool {
    let (clauses, index) = (&reading.clauses, reading.index);
    let incident = |t: usize| {
        clauses.frames.triggers(clauses.lemma(t)).iter().any(|trigger| {
            matches!(clauses.frames.frames[trigger.owner].yields, Yield::Incident(_))
        })
    };
    let of_event = |t: usize| {
        index.headed(t).chain(index.name_over(t)).any(|m| {
            matches!(m.entity_type.as_str(), "equipment" | "threat" | "threat_actor")
                || reading.ontology.is_value(m.entity_type.as_str())
        })
    };
    mention.entity_type == "nationality"
        && (mention.tokens.end as usize..trigger.start as usize)
            .any(|t| clauses.text.tokens[t].tag.starts_with("NN") && !incident(t) && !of_event(t))
}

/// A bomb is no target, a street only where it is the object, and a bus no weapon unless the
/// frame is about buses as weapons.
fn suits(reading: &Reading<'_, '_>, part: &PartSlots, slot: Slot, mention: &Mention) -> bool {
    let lists = &reading.clauses.frames.lists;
    if part.part == Part::Role(Role::Target)
        && matches!(slot, Slot::Preposition(_) | Slot::Compound)
        && lists.open_ground.contains(reading.clauses.lower(mention.head as usize))
    {
        return false;
    }
    let Some(subtype) = mention.subtype.as_ref().filter(|_| mention.entity_type == "equipment")
    else {
        return true;
    };
    match part.part {
        // "detonated the vest": nobody attacks what he wears.
        Part::Role(Role::Target) => {
            !lists.weapon_subtypes.contains(subtype) && subtype.as_str() != "protective"
        }
        Part::Role(Role::Weapon) => !part.inherited || !lists.vehicle_subtypes.contains(subtype),
        _ => true,
    }
}
