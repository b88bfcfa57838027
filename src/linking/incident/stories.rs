//! Which documents tell one story: published within days, and half of whom and what the shorter
//! names, the other names too, among it somebody of whom other days hardly speak.

use rustc_hash::FxHashSet;

use super::report::{common, day_number};
use crate::extraction::DocumentAnalysis;
use crate::linking::entity::EntityTable;
use crate::order;

/// How many days lie at most between two tellings of one story.
const DAYS: i64 = 3;

/// How many names the two share at least; countries do not count.
const NAMES: usize = 2;

/// How many of them are names of those days at least.
const OF_THESE_DAYS: usize = 1;

/// With how many documents, next to it in time, a document is compared for one name.
const WINDOW: usize = 24;

/// What documents name, and when they were published.
pub(super) struct Stories {
    /// The entities with a name, but for countries, of each document. Sorted.
    names: Vec<Vec<usize>>,
    published: Vec<Option<i64>>,
    /// On which days the documents were published that name an entity. Sorted.
    days: Vec<Vec<i64>>,
}

impl Stories {
    pub(super) fn new(analyses: &[DocumentAnalysis], entities: &EntityTable) -> Self {
        let mut names: Vec<Vec<usize>> = vec![Vec::new(); analyses.len()];
        for (index, entity) in entities.entities.iter().enumerate() {
            if entity.named && entity.entity_type != "country" {
                for (document, _, _) in &entity.chains {
                    names[*document].push(index);
                }
            }
        }
        names.iter_mut().for_each(|named| named.dedup());
        let published: Vec<Option<i64>> =
            analyses.iter().map(|a| a.published.map(day_number)).collect();
        let mut days: Vec<Vec<i64>> = vec![Vec::new(); entities.entities.len()];
        for (named, day) in names.iter().zip(&published) {
            for (name, day) in named.iter().zip(std::iter::repeat(day)) {
                days[*name].extend(day);
            }
        }
        days.iter_mut().for_each(|days| order::ascending(days));
        Self { names, published, days }
    }

    /// Whether two documents tell one story.
    pub(super) fn are_one(&self, a: usize, b: usize) -> bool {
        let (Some(x), Some(y)) = (self.published[a], self.published[b]) else { return false };
        if a == b || (x - y).abs() > DAYS {
            return false;
        }
        let (here, there) = (&self.names[a], &self.names[b]);
        let (mut shared, mut of_these_days) = (0, 0);
        for name in common(here, there) {
            shared += 1;
            of_these_days += usize::from(self.is_of_days(*name, x.min(y), x.max(y)));
        }
        shared >= NAMES
            && 2 * shared >= here.len().min(there.len())
            && of_these_days >= OF_THESE_DAYS
    }

    /// Whether half of the documents that name an entity are of these days: a band that is always in
    /// the news tells no story from another.
    fn is_of_days(&self, name: usize, first: i64, last: i64) -> bool {
        let days = &self.days[name];
        let from = days.partition_point(|day| *day < first - DAYS);
        let to = days.partition_point(|day| *day <= last + DAYS);
        2 * (to - from) >= days.len()
    }

    /// The pairs of documents that tell one story.
    pub(super) fn pairs(&self) -> FxHashSet<(usize, usize)> {
        let mut by_name: Vec<(usize, i64, usize)> = Vec::new();
        for (document, names) in self.names.iter().enumerate() {
            if let Some(day) = self.published[document] {
                by_name.extend(names.iter().map(|name| (*name, day, document)));
            }
        }
        order::ascending(&mut by_name);
        let (mut seen, mut found) = (FxHashSet::default(), FxHashSet::default());
        for (n, (name, _, a)) in by_name.iter().enumerate() {
            let next = by_name[n + 1..].iter().take(WINDOW);
            for (_, _, b) in next.take_while(|(other, _, _)| other == name) {
                let pair = (*a.min(b), *a.max(b));
                if seen.insert(pair) && self.are_one(*a, *b) {
                    found.insert(pair);
                }
            }
        }
        found
    }
}
