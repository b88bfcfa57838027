//! Whose war it is: a war told without its sides, right after one side was said to have invaded.

use crate::mention::MentionForm;
use crate::ontology::{Ontology, Role};
use crate::span::MentionId;

use super::event::Event;
use super::mention_index::MentionIndex;

/// How many sentences on a war has the sides told before.
const REACH: usize = 2;

/// "**Russia** invaded its neighbour in 2022. The war in Ukraine has ...": who invaded fights the war
/// that is told next, where nothing says that it is another.
pub(super) fn add_invaders(
    ontology: &Ontology,
    index: &MentionIndex<'_>,
    chain_of: &[usize],
    events: &mut [(Event, usize)],
) {
    for at in 0..events.len() {
        let (war, sentence) = &events[at];
        let bare = war.incident_type.as_str() == "war"
            && war.in_role(Role::Perpetrator).next().is_none()
            && war.definite;
        let lands = lands(index, chain_of, war);
        if !bare || lands.is_empty() {
            continue;
        }
        let before = events[..at].iter().rev().take_while(|(_, s)| s + REACH >= *sentence);
        let mut wars = before.filter(|(e, _)| {
            ontology.incident_is_a(e.incident_type.as_str(), "war")
                && e.in_role(Role::Perpetrator).next().is_some()
        });
        let Some((invasion, _)) = wars.next() else { continue };
        let others = self::lands(index, chain_of, invasion);
        let doers: Vec<MentionId> = invasion.in_role(Role::Perpetrator).collect();
        let own = |m: &MentionId| chain_of.get(m.index()).is_some_and(|c| lands.contains(c));
        let one = others.is_empty() || others.iter().any(|c| lands.contains(c));
        if one && !doers.iter().any(own) {
            for doer in doers {
                events[at].0.push(Role::Perpetrator, doer);
            }
        }
    }
}

/// The chains of the countries and places that an event names as its place or its target.
fn lands(index: &MentionIndex<'_>, chain_of: &[usize], event: &Event) -> Vec<usize> {
    let named = event.in_role(Role::Place).chain(event.in_role(Role::Target)).filter(|m| {
        let mention = &index.mentions[m.index()];
        mention.form == MentionForm::Name
            && matches!(mention.entity_type.as_str(), "country" | "place")
    });
    named.filter_map(|m| chain_of.get(m.index()).copied()).collect()
}
