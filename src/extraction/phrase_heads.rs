//! What the head word of a phrase stands for, beyond the word itself.

use crate::coreference::CoreferenceChain;
use crate::mention::{Mention, MentionForm};
use crate::ontology::Ontology;
use crate::text::AnnotatedText;

const NONE: u32 = u32::MAX;

/// Per token of a text: whether it heads a phrase for something that is nobody, for somebody who can
/// act, the name of a person or a common noun, and the word that a pronoun stands for.
pub(super) struct PhraseHeads {
    things: Vec<bool>,
    actors: Vec<bool>,
    people: Vec<bool>,
    common: Vec<bool>,
    referents: Vec<u32>,
}

impl PhraseHeads {
    pub(super) fn new(
        text: &AnnotatedText<'_>,
        mentions: &[Mention],
        chains: &[CoreferenceChain],
        ontology: &Ontology,
    ) -> Self {
        let tokens = text.tokens.len();
        let mut things = vec![false; tokens];
        let mut actors = vec![false; tokens];
        let mut people = vec![false; tokens];
        let mut common = vec![false; tokens];
        for mention in mentions {
            let info = ontology.entity_types.get(&mention.entity_type);
            let thing = info.is_some_and(|info| info.location || info.inanimate);
            if let Some(slot) = things.get_mut(mention.head as usize).filter(|_| thing) {
                *slot = true;
            }
            let acts = info.is_some_and(|info| info.actor && !info.location);
            if let Some(slot) = actors.get_mut(mention.head as usize).filter(|_| acts) {
                *slot = true;
            }
        }
        for mention in mentions {
            let slots = match mention.form {
                MentionForm::Name if mention.entity_type == "person" => &mut people,
                MentionForm::Nominal => &mut common,
                _ => continue,
            };
            if let Some(slot) = slots.get_mut(mention.head as usize) {
                *slot = true;
            }
        }
        let mut referents = vec![NONE; tokens];
        for chain in chains.iter().filter(|c| c.mentions.len() > 1) {
            let mut before = NONE;
            for mention in chain.mentions.iter().filter_map(|m| mentions.get(m.index())) {
                if mention.form != MentionForm::Pronoun {
                    before = mention.head;
                } else if let Some(slot) = referents.get_mut(mention.head as usize) {
                    *slot = before;
                }
            }
        }
        Self { things, actors, people, common, referents }
    }

    /// Whether a token heads a phrase for something that is nobody: a car, a town, a day.
    pub(super) fn is_thing(&self, token: usize) -> bool {
        self.things.get(token) == Some(&true)
    }

    /// Whether a token heads a phrase for somebody who can act: a person, a group, a body, no country.
    pub(super) fn is_actor(&self, token: usize) -> bool {
        self.actors.get(token) == Some(&true)
    }

    /// Whether a token heads the name of a person.
    pub(super) fn is_somebody(&self, token: usize) -> bool {
        self.people.get(token) == Some(&true)
    }

    /// Whether a token heads a phrase with a common noun.
    pub(super) fn is_common(&self, token: usize) -> bool {
        self.common.get(token) == Some(&true)
    }

    /// The head of the last phrase before a pronoun that names or describes what it stands for.
    pub(super) fn referent(&self, pronoun: usize) -> Option<usize> {
        let word = *self.referents.get(pronoun)?;
        (word != NONE).then_some(word as usize)
    }
}
