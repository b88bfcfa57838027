//! The mentions of a text by their words, and which of them may fill a part.

use crate::coreference::CoreferenceChain;
use crate::mention::{Mention, MentionForm};
use crate::ontology::{EntityType, Ontology};
use crate::order;
use crate::span::MentionId;
use crate::text::AnnotatedText;
use smol_str::SmolStr;

const NONE: u32 = u32::MAX;

/// The mentions of a text by their head token.
pub(super) struct MentionIndex<'m> {
    pub(super) mentions: &'m [Mention],
    starts: Vec<u32>,
    by_head: Vec<u32>,
    covering: Vec<u32>,
    /// What the chain of each mention refers to, where it is in one.
    chain_types: Vec<Option<&'m EntityType>>,
    /// Whether a mention is a country's letters: "US", "U.K.".
    letters: Vec<bool>,
}

impl<'m> MentionIndex<'m> {
    pub(super) fn new(
        text: &AnnotatedText<'_>,
        mentions: &'m [Mention],
        chains: &'m [CoreferenceChain],
    ) -> Self {
        let mut chain_types = vec![None; mentions.len()];
        for chain in chains.iter().filter(|c| c.mentions.len() > 1) {
            for mention in &chain.mentions {
                if let Some(slot) = chain_types.get_mut(mention.index()) {
                    *slot = Some(&chain.entity_type);
                }
            }
        }
        let tokens = text.tokens.len();
        let mut starts = vec![0u32; tokens + 1];
        let heads =
            || mentions.iter().map(|m| m.head as usize).enumerate().filter(|(_, h)| *h < tokens);
        for (_, head) in heads() {
            starts[head + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut by_head = vec![0u32; starts[tokens] as usize];
        for (mention, head) in heads() {
            by_head[next[head] as usize] = mention as u32;
            next[head] += 1;
        }
        // Smallest name over each token: written from the longest to the shortest.
        let mut covering = vec![NONE; tokens];
        let mut names: Vec<usize> = (0..mentions.len())
            .filter(|m| mentions[*m].form == MentionForm::Name && mentions[*m].value.is_none())
            .collect();
        order::by_key(&mut names, |m| std::cmp::Reverse(mentions[*m].tokens.len()));
        for name in names {
            for token in mentions[name].tokens.range() {
                if let Some(slot) = covering.get_mut(token) {
                    *slot = name as u32;
                }
            }
        }
        let letters = mentions
            .iter()
            .map(|m| {
                m.entity_type == "country"
                    && m.form == MentionForm::Name
                    && m.span.of(text.text).chars().all(|c| c.is_ascii_uppercase() || c == '.')
            })
            .collect();
        Self { mentions, starts, by_head, covering, chain_types, letters }
    }

    /// The mentions whose head is `token`.
    pub(super) fn headed(&self, token: usize) -> impl Iterator<Item = &'m Mention> + '_ {
        let range = self.starts[token] as usize..self.starts[token + 1] as usize;
        self.by_head[range].iter().map(|m| &self.mentions[*m as usize])
    }

    /// The smallest name that begins at `token`.
    pub(super) fn name_starting(&self, token: usize) -> Option<&'m Mention> {
        self.name_over(token).filter(|m| m.tokens.start as usize == token)
    }

    /// The smallest name that ends before `token`.
    pub(super) fn name_ending(&self, token: usize) -> Option<&'m Mention> {
        let last = token.checked_sub(1)?;
        self.name_over(last).filter(|m| m.tokens.end as usize == token)
    }

    /// The smallest name that covers `token`, values left out.
    pub(super) fn name_over(&self, token: usize) -> Option<&'m Mention> {
        let mention = *self.covering.get(token)?;
        (mention != NONE).then(|| &self.mentions[mention as usize])
    }

    /// Whether a mention is a country's letters, which stand for its adjective: "the US raid".
    pub(super) fn is_letters(&self, mention: MentionId) -> bool {
        self.letters.get(mention.index()) == Some(&true)
    }

    /// What the chain of a mention refers to, where it is in one.
    pub(super) fn resolved_type(&self, mention: &Mention) -> Option<&'m EntityType> {
        self.chain_types.get(mention.id.index()).copied().flatten()
    }

    /// Whether a mention may fill a part that takes these types. A pronoun or a nominal may have
    /// the type of what it stands for; a pronoun that stands for nothing known may be any actor.
    pub(super) fn admits(&self, ontology: &Ontology, types: &[SmolStr], mention: &Mention) -> bool {
        if mention.form == MentionForm::Name {
            // "the US raid": the letters of a country stand for its adjective.
            let adjective = self.is_letters(mention.id) && types.iter().any(|t| t == "nationality");
            return adjective || admits(ontology, types, mention);
        }
        let resolved = self.chain_types.get(mention.id.index()).copied().flatten();
        match (resolved, mention.form) {
            (Some(resolved), MentionForm::Pronoun) => {
                admits_type(ontology, types, resolved.as_str())
            }
            (Some(resolved), _) => {
                admits(ontology, types, mention) || admits_type(ontology, types, resolved.as_str())
            }
            (None, MentionForm::Pronoun) if mention.entity_type == "equipment" => {
                admits(ontology, types, mention)
            }
            (None, MentionForm::Pronoun) => {
                let guesses = [mention.entity_type.as_str(), "group", "agency", "person"];
                // "before it exploded": "it" is typed as a body until it stands for a thing.
                let thing = mention.entity_type == "organization";
                guesses.iter().any(|guess| admits_type(ontology, types, guess))
                    || thing && admits_type(ontology, types, "equipment")
            }
            (None, _) => admits(ontology, types, mention),
        }
    }
}

/// Whether a mention may fill a part that takes these types. A nationality stands for its
/// country; a date or number fills only a part that names its type.
fn admits(ontology: &Ontology, types: &[SmolStr], mention: &Mention) -> bool {
    // "Shiite" is no country's.
    if mention.entity_type == "nationality" && mention.value.is_none() {
        return types.iter().any(|t| t == "nationality" && types.len() == 1);
    }
    let subtype = mention.subtype.as_deref().unwrap_or_default();
    admits_type(ontology, types, mention.entity_type.as_str())
        || ontology.is_located(mention.entity_type.as_str(), subtype)
            && types.iter().any(|t| t == "location")
}

fn admits_type(ontology: &Ontology, types: &[SmolStr], name: &str) -> bool {
    if name == "nationality" {
        return ontology.admits(types, "country") || types.iter().any(|t| t == name);
    }
    if ontology.is_value(name) || name == "incident" {
        return types.iter().any(|t| t == name);
    }
    ontology.admits(types, name)
}
