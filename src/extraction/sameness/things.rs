//! What the mentions of a document refer to.

use crate::coreference::CoreferenceChain;
use crate::extraction::mention_index::MentionIndex;
use crate::extraction::relations::chain_table;
use crate::mention::{Mention, MentionForm};
use crate::pack::Pack;
use crate::span::MentionId;
use crate::text::AnnotatedText;

/// What a document speaks of: its words, its mentions, and a number for each thing that mentions
/// refer to.
pub(in crate::extraction) struct Things<'a, 't> {
    pub(in crate::extraction) text: &'a AnnotatedText<'t>,
    pub(in crate::extraction) pack: &'a Pack,
    pub(in crate::extraction) mentions: &'a [Mention],
    pub(in crate::extraction) index: &'a MentionIndex<'a>,
    chain_of: Vec<usize>,
    chains: &'a [CoreferenceChain],
}

impl<'a, 't> Things<'a, 't> {
    pub(in crate::extraction) fn new(
        text: &'a AnnotatedText<'t>,
        pack: &'a Pack,
        index: &'a MentionIndex<'a>,
        chains: &'a [CoreferenceChain],
    ) -> Self {
        let mentions = index.mentions;
        Self { text, pack, mentions, index, chain_of: chain_table(mentions.len(), chains), chains }
    }

    /// What a mention refers to, as its whole chain tells.
    pub(in crate::extraction) fn entity_type(&self, mention: &'a Mention) -> &'a str {
        self.index.resolved_type(mention).unwrap_or(&mention.entity_type).as_str()
    }

    /// The chain of a mention, or the mention itself where it is in none.
    pub(in crate::extraction) fn of(&self, mention: MentionId) -> usize {
        self.chain_of.get(mention.index()).copied().unwrap_or(usize::MAX)
    }

    /// What a mention refers to in the gazetteer, by itself or by its chain.
    pub(super) fn entry(&self, mention: MentionId) -> Option<&'a str> {
        let own = self.mentions.get(mention.index()).and_then(|m| m.entry.as_deref());
        own.or_else(|| self.chains.get(self.of(mention)).and_then(|chain| chain.entry.as_deref()))
    }

    /// How narrow a named place is; `None` for a country, for part of a town ("East London"), and
    /// for what has no name.
    pub(super) fn is_named_place(&self, mention: &Mention) -> Option<Extent> {
        let first = self.text.tokens.get(mention.tokens.start as usize)?;
        let part = self.pack.frames.lists.directions.contains(&first.lower);
        if mention.form != MentionForm::Name || part {
            return None;
        }
        match (mention.entity_type.as_str(), mention.subtype.as_deref()) {
            ("country", _) => None,
            ("facility", _) => Some(Extent::Building),
            (_, Some("city" | "town" | "capital") | None) => Some(Extent::Town),
            _ => Some(Extent::Area),
        }
    }

    /// "two weeks" before "after", "a day" before "earlier": a time that only another time fixes.
    pub(super) fn is_shift(&self, mention: &Mention) -> bool {
        let next = self.text.tokens.get(mention.tokens.end as usize);
        next.is_some_and(|token| self.pack.frames.lists.shifts.contains(&token.lower))
    }
}

/// How narrow a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    Building,
    Town,
    Area,
}
