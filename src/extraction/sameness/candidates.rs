//! Which events a telling may speak of: those that share something with it, or were told just before.

use rustc_hash::FxHashMap;

use crate::date::DateInterval;
use crate::order;

use super::Telling;
use super::cluster::{ANAPHOR_REACH, Cluster};
use super::facts::Facts;

/// How many of the events that share a place, a day, a doer with a telling it is compared with: those
/// told last.
const LATEST: usize = 256;

/// The part of a thing in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    Doer,
    Hit,
    Place,
    Weapon,
}

/// The events told so far, by what they can share with a further telling.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    by_thing: FxHashMap<(Part, usize), Vec<usize>>,
    by_date: FxHashMap<DateInterval, Vec<usize>>,
    by_toll: FxHashMap<u64, Vec<usize>>,
    recent: Vec<usize>,
}

impl Candidates {
    /// The events that a telling may speak of, each once.
    pub(super) fn of(
        &self,
        clusters: &[Cluster],
        facts: &Facts,
        date: Option<DateInterval>,
        telling: &Telling,
    ) -> Vec<usize> {
        let parts = [
            (Part::Doer, &facts.doers),
            (Part::Hit, &facts.hit),
            (Part::Place, &facts.places),
            (Part::Weapon, &facts.plain_weapons),
        ];
        let mut found: Vec<usize> = Vec::new();
        for (part, things) in parts {
            for thing in things {
                found.extend(latest(self.by_thing.get(&(part, *thing))));
            }
        }
        found.extend(latest(date.and_then(|date| self.by_date.get(&date))));
        found.extend(latest(facts.toll.and_then(|toll| self.by_toll.get(&toll))));
        if telling.definite || telling.bare_harm || telling.needs_event {
            let near = |c: &&usize| {
                telling.sentence.saturating_sub(clusters[**c].last_sentence) <= ANAPHOR_REACH
            };
            found.extend(self.recent.iter().rev().take(LATEST).take_while(near));
        }
        order::unique(&mut found);
        found
    }

    /// Notes that an event has been told once more. `date` is that of the event.
    pub(super) fn told(&mut self, cluster: usize, facts: &Facts, date: Option<DateInterval>) {
        let parts = [
            (Part::Doer, &facts.doers),
            (Part::Hit, &facts.hit),
            (Part::Place, &facts.places),
            (Part::Weapon, &facts.weapons),
        ];
        for (part, things) in parts {
            for thing in things {
                move_last(self.by_thing.entry((part, *thing)).or_default(), cluster);
            }
        }
        if let Some(toll) = facts.toll {
            move_last(self.by_toll.entry(toll).or_default(), cluster);
        }
        if let Some(date) = date {
            move_last(self.by_date.entry(date).or_default(), cluster);
        }
        move_last(&mut self.recent, cluster);
    }
}

fn latest(clusters: Option<&Vec<usize>>) -> &[usize] {
    let clusters = clusters.map_or(&[][..], Vec::as_slice);
    &clusters[clusters.len().saturating_sub(LATEST)..]
}

/// Puts a cluster last, once among the last of them.
fn move_last(clusters: &mut Vec<usize>, cluster: usize) {
    let start = clusters.len().saturating_sub(LATEST);
    if let Some(at) = clusters[start..].iter().rposition(|c| *c == cluster) {
        clusters.remove(start + at);
    }
    clusters.push(cluster);
}
