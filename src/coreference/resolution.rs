//! The chains as the sieves build them, with what must agree within a chain.

use smol_str::SmolStr;

use super::agreement::{self, Number};
use super::country_body;
use super::{CoreferenceChain, CoreferenceLink};
use crate::attribution::Attributions;
use crate::mention::{Mention, MentionForm};
use crate::ontology::EntityType;
use crate::pack::{Gender, Pack, fold_name};
use crate::span::RuleId;
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
}

/// What is known of a chain.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    pub(super) members: Vec<usize>,
    pub(super) entry: Option<SmolStr>,
    pub(super) gender: Option<Gender>,
    pub(super) number: Number,
    /// Folded names of people, word by word.
    names: Vec<Vec<SmolStr>>,
}

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
            .map(|(index, mention)| Chain {
                members: vec![index],
                entry: mention
                    .entry
                    .clone()
                    .or_else(|| country_body::body_of(text, mentions, pack, mention, &named)),
                gender: agreement::gender(text, pack, mention),
                number: agreement::number(text, pack, mention),
                names: if mention.entity_type == "person" && mention.form == MentionForm::Name {
                    vec![fold_name(text.slice(mention.name_tokens()))]
                } else {
                    Vec::new()
                },
            })
            .collect();
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
            sentence_of: mentions.iter().map(|m| text.sentence_of(m.head as usize)).collect(),
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
        self.chain(mention).members.iter().any(|m| self.mentions[*m].form == MentionForm::Name)
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
            && names_agree(one, other)
            && self.chain_types_agree(a, b)
            && !self.any_overlap(one, other)
    }

    fn chain_types_agree(&self, a: usize, b: usize) -> bool {
        let pronoun = |m: usize| {
            self.chain(m).members.iter().all(|i| self.mentions[*i].form == MentionForm::Pronoun)
        };
        if pronoun(a) || pronoun(b) {
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
    fn any_overlap(&self, one: &Chain, other: &Chain) -> bool {
        one.members.iter().any(|a| {
            let a = &self.mentions[*a];
            other.members.iter().any(|b| {
                let b = &self.mentions[*b];
                a.tokens.overlaps(b.tokens) && !is_identity_phrase(self.text, a, b)
            })
        })
    }

    /// Joins the chain of `mention` to that of `antecedent` if they may be one; tells whether
    /// they are one now.
    pub(super) fn join(&mut self, mention: usize, antecedent: usize, sieve: &'static str) -> bool {
        if !self.may_join(mention, antecedent) {
            return self.chain_of[mention] == self.chain_of[antecedent];
        }
        let (from, to) = (self.chain_of[mention], self.chain_of[antecedent]);
        let moved = std::mem::take(&mut self.chains[from].members);
        for member in &moved {
            self.chain_of[*member] = to;
        }
        let gained = self.chains[from].clone();
        let chain = &mut self.chains[to];
        chain.members.extend(moved);
        chain.members.sort_unstable();
        chain.entry = chain.entry.take().or(gained.entry);
        chain.gender = chain.gender.or(gained.gender);
        if chain.number == Number::Either {
            chain.number = gained.number;
        }
        chain.names.extend(gained.names);
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
        let forms = [MentionForm::Name, MentionForm::Nominal, MentionForm::Pronoun];
        let of_form = |form: MentionForm| {
            chain.members.iter().map(|m| &self.mentions[*m]).filter(move |m| m.form == form)
        };
        let Some(surest) = forms.iter().find_map(|form| {
            of_form(*form)
                .max_by(|a, b| a.confidence.total_cmp(&b.confidence).then(b.id.cmp(&a.id)))
        }) else {
            return (EntityType::default(), None);
        };
        // A name that the pack does not know is what the text calls it: "X, a militant group".
        let told = of_form(MentionForm::Nominal).find(|m| {
            surest.entity_type == "organization"
                && matches!(m.entity_type.as_str(), "threat_actor" | "agency")
        });
        let by = told.unwrap_or(surest);
        (by.entity_type.clone(), by.subtype.clone())
    }

    pub(super) fn into_chains(self) -> Vec<CoreferenceChain> {
        let mut chains: Vec<CoreferenceChain> = self
            .chains
            .iter()
            .filter(|chain| !chain.members.is_empty())
            .map(|chain| {
                let (entity_type, subtype) = self.type_of(chain);
                let links = chain
                    .members
                    .iter()
                    .enumerate()
                    .map(|(place, m)| (place > 0).then(|| self.link_of(chain, *m)));
                CoreferenceChain {
                    mentions: chain.members.iter().map(|m| self.mentions[*m].id).collect(),
                    representative: self.mentions[self.representative(chain)].id,
                    entity_type,
                    subtype,
                    entry: chain.entry.clone(),
                    links: links.collect(),
                }
            })
            .collect();
        chains.sort_by_key(|chain| chain.mentions[0]);
        chains
    }

    /// The link of a member; one that only later ones were joined to points to the first.
    fn link_of(&self, chain: &Chain, member: usize) -> CoreferenceLink {
        self.links[member].clone().unwrap_or_else(|| {
            let first = self.mentions[chain.members[0]].id;
            let sieve = chain
                .members
                .iter()
                .find_map(|m| {
                    self.links[*m].as_ref().filter(|l| l.antecedent == self.mentions[member].id)
                })
                .map_or_else(|| RuleId::from("sieve:same-chain"), |link| link.sieve.clone());
            CoreferenceLink { antecedent: first, sieve }
        })
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

/// Names of people agree if the family names do and no given names differ.
fn names_agree(one: &Chain, other: &Chain) -> bool {
    // A family name alone says no more than the fullest name of its chain.
    let fullest = |chain: &Chain| chain.names.iter().map(Vec::len).max().unwrap_or_default();
    let (most_a, most_b) = (fullest(one), fullest(other));
    one.names.iter().filter(|a| a.len() == most_a).all(|a| {
        other
            .names
            .iter()
            .filter(|b| b.len() == most_b)
            .all(|b| super::person_name::compatible(a, b))
    })
}
