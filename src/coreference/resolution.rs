//! The chains as the sieves build them, with what must agree within a chain.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::agreement;
use super::binding::told_apart;
use super::chain::Chain;
use super::country_body;
use super::{CoreferenceChain, CoreferenceLink};
use crate::attribution::Attributions;
use crate::mention::{Mention, MentionForm};
use crate::ontology::EntityType;
use crate::order;
use crate::pack::Pack;
use crate::span::{MentionId, RuleId};
use crate::text::AnnotatedText;

/// Chains under construction: disjoint sets of mentions, and what is known of each.
pub(super) struct Resolution<'a, 't> {
    pub(super) text: &'a AnnotatedText<'t>,
    pub(super) mentions: &'a [Mention],
    pub(super) attributions: &'a Attributions,
    pub(super) pack: &'a Pack,
    /// Index of its chain, per mention.
    chain_of: Vec<usize>,
    chains: Vec<Chain>,
    links: Vec<Option<CoreferenceLink>>,
    /// The mention whose head a token is, the longest of them.
    by_head: Vec<Option<u32>>,
    /// The first named mention that covers a token.
    name_over: Vec<Option<u32>>,
    sentence_of: Vec<usize>,
    /// The mentions of each sentence, in text order.
    by_sentence: Vec<Vec<usize>>,
    /// The smallest mention around each mention.
    around: Vec<Option<usize>>,
}

/// How many mentions back an antecedent is looked for, whatever the sentences: a sentence with more
/// is a list or a text without full stops, and what stands so far back is not meant.
pub(super) const NEAREST: usize = 400;

impl<'a, 't> Resolution<'a, 't> {
    pub(super) fn new(
        text: &'a AnnotatedText<'t>,
        mentions: &'a [Mention],
        attributions: &'a Attributions,
        pack: &'a Pack,
    ) -> Self {
        let mut by_head = vec![None; text.tokens.len()];
        let mut name_over = vec![None; text.tokens.len()];
        for (index, mention) in mentions.iter().enumerate() {
            by_head[mention.head as usize].get_or_insert(index as u32);
            if mention.form == MentionForm::Name && !is_value(mention) {
                for slot in &mut name_over[mention.tokens.range()] {
                    slot.get_or_insert(index as u32);
                }
            }
        }
        let named = mentions.iter().filter_map(|m| m.entry.as_ref()).collect();
        let chains = mentions
            .iter()
            .enumerate()
            .map(|(index, mention)| {
                let entry = mention.entry.clone();
                let entry =
                    entry.or_else(|| country_body::body_of(text, mentions, pack, mention, &named));
                Chain::new(text, pack, index, mention, entry)
            })
            .collect();
        let sentence_of: Vec<usize> =
            mentions.iter().map(|m| text.sentence_of(m.head as usize)).collect();
        let mut by_sentence = vec![Vec::new(); text.sentences.len()];
        for (mention, sentence) in sentence_of.iter().enumerate() {
            if let Some(inside) = by_sentence.get_mut(*sentence) {
                inside.push(mention);
            }
        }
        Self {
            text,
            mentions,
            attributions,
            pack,
            chain_of: (0..mentions.len()).collect(),
            chains,
            links: vec![None; mentions.len()],
            by_head,
            name_over,
            sentence_of,
            by_sentence,
            around: enclosing(mentions),
        }
    }

    /// The chain of a mention.
    pub(super) fn chain(&self, mention: usize) -> &Chain {
        &self.chains[self.chain_of[mention]]
    }

    /// A number that two mentions share if they are in one chain.
    pub(super) fn chain_number(&self, mention: usize) -> usize {
        self.chain_of[mention]
    }

    /// Whether a mention is alone in its chain.
    pub(super) fn is_single(&self, mention: usize) -> bool {
        self.chain(mention).members.len() == 1
    }

    /// Whether a mention has been joined to one before it, or has been given an entry.
    pub(super) fn is_resolved(&self, mention: usize) -> bool {
        self.links[mention].is_some()
    }

    /// The index of the sentence of a mention's head.
    pub(super) fn sentence(&self, mention: usize) -> usize {
        self.sentence_of[mention]
    }

    /// The longest mention with this head token.
    pub(super) fn mention_at(&self, token: usize) -> Option<usize> {
        self.by_head.get(token).copied().flatten().map(|m| m as usize)
    }

    /// The longest mention whose head is this token, or that covers the token as part of its name.
    pub(super) fn mention_covering(&self, token: usize) -> Option<usize> {
        self.mention_at(token)
            .or_else(|| self.name_over.get(token).copied().flatten().map(|m| m as usize))
    }

    /// Type of what a chain refers to: what the pack says, else its surest member.
    pub(super) fn entity_type(&self, mention: usize) -> EntityType {
        self.type_of(self.chain(mention)).0
    }

    /// Whether a chain holds a name.
    pub(super) fn has_name(&self, mention: usize) -> bool {
        self.chain(mention).has_name()
    }

    /// The chain with a number, and none where it has been joined to another.
    pub(super) fn chain_numbered(&self, number: usize) -> Option<&Chain> {
        self.chains.get(number).filter(|chain| !chain.members.is_empty())
    }

    /// The mentions of a sentence that stand before a mention, in text order; the nearest where
    /// there are very many.
    pub(super) fn before_in(&self, sentence: usize, mention: usize) -> &[usize] {
        let inside = self.by_sentence.get(sentence).map_or(&[][..], Vec::as_slice);
        let before = &inside[..inside.partition_point(|m| *m < mention)];
        &before[before.len().saturating_sub(NEAREST)..]
    }

    /// Whether the chains of two mentions may be one.
    pub(super) fn may_join(&self, a: usize, b: usize) -> bool {
        let (one, other) = (self.chain(a), self.chain(b));
        if self.chain_of[a] == self.chain_of[b] {
            return false;
        }
        let entries_agree = match (&one.entry, &other.entry) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        let genders_agree =
            one.gender.is_none() || other.gender.is_none() || one.gender == other.gender;
        entries_agree
            && genders_agree
            && one.number.agrees(other.number)
            && one.names_agree(other)
            && self.chain_types_agree(a, b)
            && !told_apart(self, a, b)
            && !self.any_overlap(a, b)
    }

    fn chain_types_agree(&self, a: usize, b: usize) -> bool {
        if self.chain(a).is_pronoun() || self.chain(b).is_pronoun() {
            return true;
        }
        let (one, other) = (self.entity_type(a), self.entity_type(b));
        if self.has_name(a) && self.has_name(b) {
            return agreement::name_types_agree(&one, &other)
                || self.chain(a).entry.is_some() && self.chain(a).entry == self.chain(b).entry;
        }
        agreement::types_agree(&one, &other)
    }

    /// A phrase cannot be the same thing as a phrase inside it.
    fn any_overlap(&self, a: usize, b: usize) -> bool {
        let (few, many) = if self.chain(a).members.len() <= self.chain(b).members.len() {
            (self.chain(a), self.chain_of[b])
        } else {
            (self.chain(b), self.chain_of[a])
        };
        few.members.iter().any(|one| {
            let around = std::iter::successors(self.around[*one], |m| self.around[*m]);
            around.chain(self.inside(*one)).any(|other| {
                self.chain_of[other] == many
                    && !is_identity_phrase(self.text, &self.mentions[*one], &self.mentions[other])
            })
        })
    }

    /// The mentions inside a mention.
    fn inside(&self, mention: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.mentions[mention].tokens.end;
        let later = mention + 1..self.mentions.len();
        later.take_while(move |m| self.mentions[*m].tokens.start < end)
    }

    /// Joins the chain of `mention` to that of `antecedent` if they may be one; tells whether
    /// they are one now.
    pub(super) fn join(&mut self, mention: usize, antecedent: usize, sieve: &'static str) -> bool {
        if !self.may_join(mention, antecedent) {
            return self.chain_of[mention] == self.chain_of[antecedent];
        }
        let (from, to) = (self.chain_of[mention], self.chain_of[antecedent]);
        // The larger chain keeps its place, so that few mentions change theirs.
        let (from, to) = if self.chains[from].members.len() > self.chains[to].members.len() {
            (to, from)
        } else {
            (from, to)
        };
        for member in &self.chains[from].members {
            self.chain_of[*member] = to;
        }
        let gained = std::mem::take(&mut self.chains[from]);
        self.chains[to].absorb(gained, self.mentions);
        // The later of the two is the one that was joined; the first of a chain has no link.
        let (later, earlier) =
            if mention > antecedent { (mention, antecedent) } else { (antecedent, mention) };
        if self.links[later].is_none() {
            let link = CoreferenceLink {
                antecedent: self.mentions[earlier].id,
                sieve: RuleId::from(sieve),
            };
            self.links[later] = Some(link);
        }
        true
    }

    /// The type of a chain and the finer type.
    fn type_of(&self, chain: &Chain) -> (EntityType, Option<SmolStr>) {
        if let Some(entry) = chain.entry.as_deref().and_then(|id| self.pack.gazetteer.entry(id)) {
            return (entry.entity_type.clone(), entry.subtype.clone());
        }
        let Some(by) = chain.typed_by(self.mentions).map(|m| &self.mentions[m]) else {
            return (EntityType::default(), None);
        };
        (by.entity_type.clone(), by.subtype.clone())
    }

    pub(super) fn into_chains(mut self) -> Vec<CoreferenceChain> {
        let mut chains = std::mem::take(&mut self.chains);
        chains.retain(|chain| !chain.members.is_empty());
        order::by_key(&mut chains, |chain| chain.first);
        let finished = chains.iter_mut().map(|chain| {
            order::ascending(&mut chain.members);
            let (entity_type, subtype) = self.type_of(chain);
            CoreferenceChain {
                mentions: chain.members.iter().map(|m| self.mentions[*m].id).collect(),
                representative: self.mentions[self.representative(chain)].id,
                entity_type,
                subtype,
                entry: chain.entry.clone(),
                links: self.links_of(chain),
            }
        });
        finished.collect()
    }

    /// The links of a chain's members, which are in text order; the first has none. A member that
    /// only later ones were joined to points to the first.
    fn links_of(&self, chain: &Chain) -> Vec<Option<CoreferenceLink>> {
        let first = self.mentions[chain.first].id;
        // The sieve by which the first of the later ones was joined to each.
        let mut joined_to: FxHashMap<MentionId, &RuleId> = FxHashMap::default();
        for link in chain.members.iter().filter_map(|m| self.links[*m].as_ref()) {
            joined_to.entry(link.antecedent).or_insert(&link.sieve);
        }
        let link = |m: &usize| {
            self.links[*m].clone().unwrap_or_else(|| {
                let sieve = joined_to.get(&self.mentions[*m].id).copied().cloned();
                let sieve = sieve.unwrap_or_else(|| RuleId::from("sieve:same-chain"));
                CoreferenceLink { antecedent: first, sieve }
            })
        };
        chain.members.iter().enumerate().map(|(place, m)| (place > 0).then(|| link(m))).collect()
    }

    fn representative(&self, chain: &Chain) -> usize {
        let names =
            chain.members.iter().copied().filter(|m| self.mentions[*m].form == MentionForm::Name);
        let fullest = names.max_by_key(|m| {
            let mention = &self.mentions[*m];
            let name = self.text.slice(mention.name_tokens());
            (mention.name_tokens().len(), name.chars().count(), std::cmp::Reverse(*m))
        });
        let first_nominal = || {
            chain.members.iter().copied().find(|m| self.mentions[*m].form == MentionForm::Nominal)
        };
        fullest.or_else(first_nominal).unwrap_or(chain.members[0])
    }
}

/// Whether mentions of this sort are never joined: what they say is all they are.
pub(super) fn is_value(mention: &Mention) -> bool {
    matches!(mention.entity_type.as_str(), "date" | "quantity" | "money" | "nationality")
}

/// Whether a phrase and a name inside it are one thing: `the city of X`, `the X group`.
fn is_identity_phrase(text: &AnnotatedText<'_>, a: &Mention, b: &Mention) -> bool {
    let (inner, outer) = if b.tokens.contains(a.tokens) { (a, b) } else { (b, a) };
    outer.form == MentionForm::Nominal
        && inner.form == MentionForm::Name
        && (super::apposition::is_named_by_of(text, outer, inner)
            || super::apposition::is_named_by_modifier(text, outer, inner))
}

/// The smallest mention around each mention. Mentions are in text order, the longer of two that
/// begin together first, and none crosses another.
fn enclosing(mentions: &[Mention]) -> Vec<Option<usize>> {
    let mut around = Vec::with_capacity(mentions.len());
    let mut open: Vec<usize> = Vec::new();
    for (index, mention) in mentions.iter().enumerate() {
        while open.last().is_some_and(|m| mentions[*m].tokens.end <= mention.tokens.start) {
            open.pop();
        }
        around.push(open.last().copied());
        open.push(index);
    }
    around
}
