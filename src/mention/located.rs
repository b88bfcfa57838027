//! Where the mentions found so far stand: what is beside a word is looked up, not searched for.

use rustc_hash::FxHashSet;

use super::Mention;
use crate::order;
use crate::span::TokenRange;
use crate::text::AnnotatedText;

/// The mentions over each token, by their place in the list of those found.
#[derive(Debug)]
pub(super) struct Located {
    over: Vec<Vec<u32>>,
    dropped: FxHashSet<u32>,
}

impl Located {
    pub(super) fn new(text: &AnnotatedText<'_>, found: &[Mention]) -> Self {
        let over = vec![Vec::new(); text.tokens.len()];
        let mut located = Self { over, dropped: FxHashSet::default() };
        for (place, mention) in found.iter().enumerate() {
            located.add(place, mention.tokens);
        }
        located
    }

    /// Notes that the mention at a place covers these tokens (too).
    pub(super) fn add(&mut self, place: usize, tokens: TokenRange) {
        let end = (tokens.end as usize).min(self.over.len());
        for over in &mut self.over[(tokens.start as usize).min(end)..end] {
            over.push(place as u32);
        }
    }

    /// Adds a mention to those found.
    pub(super) fn push(&mut self, found: &mut Vec<Mention>, mention: Mention) {
        self.add(found.len(), mention.tokens);
        found.push(mention);
    }

    /// Takes no further notice of the mention at a place; [`Located::finish`] removes it.
    pub(super) fn drop(&mut self, place: usize) {
        self.dropped.insert(place as u32);
    }

    /// Removes what was dropped.
    pub(super) fn finish(self, found: &mut Vec<Mention>) {
        let mut place = 0;
        found.retain(|_| {
            place += 1;
            !self.dropped.contains(&(place - 1))
        });
    }

    /// The places of the mentions that overlap some tokens, in the order in which they were found.
    pub(super) fn places(&self, found: &[Mention], tokens: TokenRange) -> Vec<usize> {
        let end = (tokens.end as usize).min(self.over.len());
        let over = &self.over[(tokens.start as usize).min(end)..end];
        let mut places: Vec<usize> = over
            .iter()
            .flatten()
            .filter(|place| !self.dropped.contains(place))
            .map(|place| *place as usize)
            .filter(|place| found[*place].tokens.overlaps(tokens))
            .collect();
        order::unique(&mut places);
        places
    }

    /// The mentions that overlap some tokens, in the order in which they were found.
    pub(super) fn beside<'f>(&self, found: &'f [Mention], tokens: TokenRange) -> Vec<&'f Mention> {
        self.places(found, tokens).into_iter().map(|place| &found[place]).collect()
    }
}
