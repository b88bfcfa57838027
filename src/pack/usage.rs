//! `lexicons/usage.toml`: the words around a name that tell how it is used: whether a country acts
//! or is a place, what may stand for a name, what a body does.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use smol_str::SmolStr;

use super::PackFiles;
use crate::error::DataError;

const PATH: &str = "lexicons/usage.toml";

/// Words that tell a country as an actor from a country as a place. All are lemmas.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsageLexicon {
    /// Prepositions before a place: `in`.
    pub place_prepositions: FxHashSet<SmolStr>,
    /// Prepositions before an actor: `by`, `against`.
    pub actor_prepositions: FxHashSet<SmolStr>,
    /// Verbs whose subject does nothing: `be`, `suffer`.
    pub stative_verbs: FxHashSet<SmolStr>,
    /// Nouns of what only an actor has or does: `government`, `aggression`.
    pub actor_nouns: FxHashSet<SmolStr>,
    /// Nouns that may belong to the name of a place: `province` in `Anbar province`.
    pub naming_nouns: FxHashSet<SmolStr>,
    /// Prefixes of the names of ships: `HMS`.
    pub vessel_prefixes: FxHashSet<SmolStr>,
    /// Nouns for a body that may stand beside its name or for it: `group`, `agency`.
    pub identity_nouns: FxHashSet<SmolStr>,
    /// Nouns for the government of a country, which stand for the country: `government`.
    pub government_nouns: FxHashSet<SmolStr>,
    /// Nouns that stand before the name that they are part of, with what it then names: `hotel`.
    #[serde(default)]
    pub front_nouns: FxHashMap<SmolStr, SmolStr>,
    /// Other spellings of a given name to the one under which they meet, folded: `aleksandr` to
    /// `alexander`.
    #[serde(default)]
    pub name_forms: FxHashMap<SmolStr, SmolStr>,
    /// Nouns for people by their part in a deed, which stand for those who did it: `gunman`.
    #[serde(default)]
    pub deed_people: FxHashSet<SmolStr>,
    /// Nouns that say no more than that somebody is a person: `man`.
    #[serde(default)]
    pub plain_people: FxHashSet<SmolStr>,
    /// Nouns for a body that are people where they are counted: `police` in "seven police".
    #[serde(default)]
    pub people_if_counted: FxHashSet<SmolStr>,
    /// Verbs whose object is charged with what `of` tells: `accuse`.
    #[serde(default)]
    pub charging_verbs: FxHashSet<SmolStr>,
    /// Words that stand alone for one of those told before: `another`.
    #[serde(default)]
    pub elliptic_words: FxHashSet<SmolStr>,
    /// Those among both that are some of several: `one`, `the first`. The rest tell of a further one.
    #[serde(default)]
    pub elliptic_firsts: FxHashSet<SmolStr>,
    /// Adjectives that stand so behind an article: `the other`.
    #[serde(default)]
    pub elliptic_adjectives: FxHashSet<SmolStr>,
    /// Nouns for so many people: `trio`.
    #[serde(default)]
    pub counted_people: FxHashMap<SmolStr, u8>,
    /// Possessives that stand for one person, or for those who speak or are spoken to: `his`.
    #[serde(default)]
    pub one_persons: FxHashSet<SmolStr>,
    /// Adjectives that a second telling may add: `alleged`.
    #[serde(default)]
    pub repeated_words: FxHashSet<SmolStr>,
    /// Nouns for the first city of a country, which stand with its name for the city: `capital`.
    #[serde(default)]
    pub capital_nouns: FxHashSet<SmolStr>,
    /// Verbs whose object is an actor: `accuse`, `warn`.
    pub addressing_verbs: FxHashSet<SmolStr>,
    /// Verbs after which `to` leads to an actor, particle and all: `appeal`, `reach out`.
    #[serde(default)]
    pub approaching_verbs: FxHashSet<SmolStr>,
    /// Words for people that stand for a part of the body behind a preposition: head.
    pub body_parts: FxHashSet<SmolStr>,
    /// Nouns for a body that stand in the plural for one: `service` in `the X services`.
    #[serde(default)]
    pub plural_identity_nouns: FxHashSet<SmolStr>,
    /// What a body does, as folded words, to the finer type of the bodies that do it: `domestic
    /// intelligence agency` to `security-service`.
    #[serde(default)]
    pub body_functions: FxHashMap<SmolStr, SmolStr>,
    /// Nouns followed by `in` and the name of a body, not of a place: `share`.
    #[serde(default)]
    pub holding_nouns: FxHashSet<SmolStr>,
    /// Plural nouns that are verbs where a headline has no other: `suspects`.
    #[serde(default)]
    pub headline_verbs: FxHashSet<SmolStr>,
    /// Words that make their holder the head of his kind: `top`, `most senior`.
    #[serde(default)]
    pub topmost_words: FxHashSet<SmolStr>,
    /// Words that are no name when they stand alone, however they are written: `National`, `GMT`.
    #[serde(default)]
    pub bare_words: FxHashSet<SmolStr>,
    /// Everyday words that are names or acronyms too; in text that is all capitals they are words.
    #[serde(default)]
    pub lowercase_words: FxHashSet<SmolStr>,
    /// Words without a vowel that are no acronyms: `Mr`, `by`.
    #[serde(default)]
    pub vowelless_words: FxHashSet<SmolStr>,
    /// Words inside a name that are written small: `of`.
    #[serde(default)]
    pub small_name_words: FxHashSet<SmolStr>,
    /// Words of no lexicon that are written large in headlines alone: `amid`.
    #[serde(default)]
    pub headline_words: FxHashSet<SmolStr>,
    /// Endings of words, and what stands in their place in the dictionary: `ies` for `y`.
    #[serde(default)]
    pub word_endings: FxHashMap<SmolStr, Vec<SmolStr>>,
    /// Words before a noun that tell what it means from what was named before: `another group`.
    #[serde(default)]
    pub contrasting_words: FxHashSet<SmolStr>,
    /// Nouns of what a state alone has or does: `our embassy` in the words of an agency's head is
    /// the country's.
    #[serde(default)]
    pub state_nouns: FxHashSet<SmolStr>,
    /// Verbs of what a state alone does: `we expelled them`.
    #[serde(default)]
    pub state_verbs: FxHashSet<SmolStr>,
    /// Participles that give a name to the thing that they follow: `named as X`.
    #[serde(default)]
    pub naming_verbs: FxHashSet<SmolStr>,
    /// Nouns that name a thing only with an article, an owner or in the plural: `the home of X`.
    #[serde(default)]
    pub articled_nouns: FxHashSet<SmolStr>,
    /// Words that open a list, beside the colon: "namely".
    #[serde(default)]
    pub listing_words: FxHashSet<SmolStr>,
    /// Words for whoever of a group is left when some are named: "the other is A".
    pub others: FxHashSet<SmolStr>,
    /// Words that open what follows the noun of a description: `a hall near Lyon`, `men who`.
    #[serde(default)]
    pub words_after_noun: FxHashSet<SmolStr>,
}

impl UsageLexicon {
    /// Reads the file; empty if the pack has none.
    ///
    /// # Errors
    /// If the file is not what it should be.
    pub fn load(files: &PackFiles) -> Result<Self, DataError> {
        files.get(PATH).map_or_else(|| Ok(Self::default()), |_| files.parse_toml(PATH))
    }
}
