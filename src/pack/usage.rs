//! `lexicons/usage.toml`: the words around the name of a country that tell whether it acts or is
//! a place.

use rustc_hash::FxHashSet;
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
    /// Verbs whose object is an actor: `accuse`, `warn`.
    pub addressing_verbs: FxHashSet<SmolStr>,
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
