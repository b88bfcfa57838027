//! Which documents tell one story: published within days, and half of whom and what the shorter
//! names, the other names too.

use rustc_hash::FxHashSet;

use super::report::{common, day_number};
use crate::extraction::DocumentAnalysis;
use crate::linking::entity::EntityTable;

/// How many days lie at most between two tellings of one story.
const DAYS: i64 = 3;

/// How many names the two share at least; countries do not count.
const NAMES: usize = 2;

/// With how many documents, next to it in time, a document is compared for one name.
const WINDOW: usize = 24;

/// What documents name, and when they were published.
pub(super) struct Stories {
    /// The entities with a name, but for countries, of each document. Sorted.
    names: Vec<Vec<usize>>,
    published: Vec<Option<i64>>,
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
        Self { names, published: analyses.iter().map(|a| a.published.map(day_number)).collect() }
    }

    /// Whether two documents tell one story.
    pub(super) fn are_one(&self, a: usize, b: usize) -> bool {
        let (Some(x), Some(y)) = (self.published[a], self.published[b]) else { return false };
        if a == b || (x - y).abs() > DAYS {
            return false;
        }
        let (here, there) = (&self.names[a], &self.names[b]);
        let shared = common(here, there).count();
        shared >= NAMES && 2 * shared >= here.len().min(there.len())
    }

    /// The pairs of documents that tell one story.
    pub(super) fn pairs(&self) -> FxHashSet<(usize, usize)> {
        let mut by_name: Vec<(usize, i64, usize)> = Vec::new();
        for (document, names) in self.names.iter().enumerate() {
            if let Some(day) = self.published[document] {
                by_name.extend(names.iter().map(|name| (*name, day, document)));
            }
        }
        by_name.sort_unstable();
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
