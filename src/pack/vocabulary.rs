//! The words of all the pack's phrases, numbered, and tries over them.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// The number of a word in the pack's [`Vocabulary`]; [`UNKNOWN`] for a word of no phrase.
pub type WordId = u32;

/// A word that occurs in no phrase of the pack.
pub const UNKNOWN: WordId = u32::MAX;

/// Every folded word of every phrase of the pack, numbered.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    ids: FxHashMap<SmolStr, WordId>,
}

impl Vocabulary {
    /// The number of a folded word; [`UNKNOWN`] if no phrase holds it.
    #[must_use]
    pub fn id(&self, folded: &str) -> WordId {
        self.ids.get(folded).copied().unwrap_or(UNKNOWN)
    }

    /// The number of a folded word, given now if it has none.
    pub fn add(&mut self, folded: SmolStr) -> WordId {
        let next = self.ids.len() as WordId;
        *self.ids.entry(folded).or_insert(next)
    }
}

/// A word of a text in the forms under which a phrase may hold it.
#[derive(Clone, Copy, Debug)]
pub struct WordForms {
    /// As written, folded.
    pub surface: WordId,
    /// Its lemma, folded.
    pub lemma: WordId,
}

/// Phrases as sequences of words, found from their first word on.
#[derive(Clone, Debug)]
pub struct PhraseTrie<V> {
    edges: FxHashMap<(u32, WordId), u32>,
    values: Vec<Vec<V>>,
}

impl<V> Default for PhraseTrie<V> {
    fn default() -> Self {
        Self { edges: FxHashMap::default(), values: vec![Vec::new()] }
    }
}

impl<V> PhraseTrie<V> {
    /// Adds a phrase; one phrase may carry several values. A phrase without words is left out.
    pub fn insert(&mut self, phrase: impl IntoIterator<Item = WordId>, value: V) {
        let mut node = 0u32;
        for word in phrase {
            let next = self.values.len() as u32;
            node = *self.edges.entry((node, word)).or_insert(next);
            if node == next {
                self.values.push(Vec::new());
            }
        }
        if node != 0 {
            self.values[node as usize].push(value);
        }
    }

    /// Follows `words` as written and hands every phrase that starts at their first word to
    /// `found`, with its length in words, the shortest first.
    pub fn prefixes<'s>(
        &'s self,
        words: impl IntoIterator<Item = WordId>,
        mut found: impl FnMut(usize, &'s [V]),
    ) {
        let mut node = 0u32;
        for (i, word) in words.into_iter().enumerate() {
            match self.edges.get(&(node, word)) {
                Some(next) => node = *next,
                None => return,
            }
            let values = &self.values[node as usize];
            if !values.is_empty() {
                found(i + 1, values);
            }
        }
    }

    /// The longest phrase at the start of `words`, where each word may stand as written or as
    /// its lemma: its length in words and its values.
    #[must_use]
    pub fn longest(&self, words: &[WordForms]) -> Option<(usize, &[V])> {
        self.longest_from(0, words).map(|(length, node)| (length, &*self.values[node as usize]))
    }

    fn longest_from(&self, node: u32, words: &[WordForms]) -> Option<(usize, u32)> {
        let (word, rest) = words.split_first()?;
        let by_surface = self.edges.get(&(node, word.surface));
        let by_lemma = self.edges.get(&(node, word.lemma)).filter(|n| Some(*n) != by_surface);
        let mut best: Option<(usize, u32)> = None;
        for next in [by_surface, by_lemma].into_iter().flatten() {
            let here = (!self.values[*next as usize].is_empty()).then_some((1, *next));
            let deeper = self.longest_from(*next, rest).map(|(length, n)| (length + 1, n));
            for candidate in [deeper, here].into_iter().flatten() {
                if best.is_none_or(|b| candidate.0 > b.0) {
                    best = Some(candidate);
                }
            }
        }
        best
    }

    /// The values of exactly this phrase.
    #[must_use]
    pub fn get(&self, phrase: impl IntoIterator<Item = WordId>) -> &[V] {
        let mut node = 0u32;
        for word in phrase {
            match self.edges.get(&(node, word)) {
                Some(next) => node = *next,
                None => return &[],
            }
        }
        &self.values[node as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins_and_lemmas_count() {
        let mut vocabulary = Vocabulary::default();
        let mut trie = PhraseTrie::default();
        let mut add = |words: &[&str], value: u8| {
            let ids: Vec<_> = words.iter().map(|w| vocabulary.add(SmolStr::new(w))).collect();
            trie.insert(ids, value);
        };
        add(&["rocket"], 1);
        add(&["rocket", "launcher"], 2);
        add(&[], 3);
        let word = |surface: &str, lemma: &str| WordForms {
            surface: vocabulary.id(surface),
            lemma: vocabulary.id(lemma),
        };
        let words = [word("rocket", "rocket"), word("launchers", "launcher"), word("x", "x")];
        assert_eq!(trie.longest(&words), Some((2, &[2][..])));
        assert_eq!(trie.longest(&words[..1]), Some((1, &[1][..])));
        assert_eq!(trie.longest(&words[1..]), None);
        assert_eq!(trie.longest(&[]), None);
    }
}
