//! Where an event happened.

use crate::extraction::circumstances;
use crate::extraction::circumstances::dedupe;
use crate::mention::MentionForm;
use crate::ontology::Role;
use crate::span::MentionId;

use super::{Event, Reading};

pub(super) fn add_place(reading: &Reading<'_, '_>, event: &mut Event) {
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
