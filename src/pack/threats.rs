//! `lexicons/threats.toml`: kinds of danger, the phrases that name them, the incidents that make
//! them real.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use smol_str::SmolStr;

use super::PackFiles;
use super::fold::fold_name;
use super::vocabulary::{PhraseTrie, Vocabulary};
use crate::error::DataError;
use crate::ontology::{IncidentType, Ontology};

const PATH: &str = "lexicons/threats.toml";

/// A kind of danger.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threat {
    /// Node id: `threat:terrorism`.
    pub id: SmolStr,
    /// How a person reads it.
    pub label: SmolStr,
    /// Id of the wider threat, if it is a form of one.
    #[serde(default)]
    pub parent: Option<SmolStr>,
    /// Phrases that name it; words match by their lemmas.
    #[serde(default)]
    pub names: Vec<SmolStr>,
    /// Types of incident that make it real.
    #[serde(default)]
    pub incident_types: Vec<IncidentType>,
    /// Subtypes of actor whose hostile acts make it real: `islamist`.
    #[serde(default)]
    pub actor_subtypes: Vec<SmolStr>,
    /// Types of actor that fit: `threat_actor` only with one of the subtypes above (any where
    /// there is none), others by themselves.
    #[serde(default)]
    pub actor_types: Vec<SmolStr>,
}

/// The taxonomy of threats, compiled for search.
#[derive(Clone, Debug, Default)]
pub struct ThreatTaxonomy {
    threats: Vec<Threat>,
    by_id: FxHashMap<SmolStr, usize>,
    names: PhraseTrie<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThreatFile {
    #[serde(default)]
    threat: Vec<Threat>,
}

impl ThreatTaxonomy {
    /// Reads the taxonomy of a pack; empty if the pack has none.
    ///
    /// # Errors
    /// A parent or incident type that does not exist, or an id given twice.
    pub fn load(
        files: &PackFiles,
        ontology: &Ontology,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, DataError> {
        if files.get(PATH).is_none() {
            return Ok(Self::default());
        }
        let file: ThreatFile = files.parse_toml(PATH)?;
        let at = |id: &str, message: String| {
            let id = format!("id = \"{id}\"");
            let text = files.get(PATH).unwrap_or_default();
            match text.lines().position(|line| line.trim() == id) {
                Some(line) => DataError::at(PATH, line + 1, message),
                None => DataError::in_file(PATH, message),
            }
        };
        let mut taxonomy = Self { threats: file.threat, ..Self::default() };
        for (index, threat) in taxonomy.threats.iter().enumerate() {
            if taxonomy.by_id.insert(threat.id.clone(), index).is_some() {
                return Err(at(&threat.id, format!("id {:?} is given twice", threat.id)));
            }
            if let Some(unknown) =
                threat.incident_types.iter().find(|t| !ontology.incident_types.contains_key(*t))
            {
                let allowed: Vec<&str> =
                    ontology.incident_types.keys().map(IncidentType::as_str).collect();
                let message = format!(
                    "threat {:?}: unknown incident type {:?}; allowed are {}",
                    threat.id,
                    unknown.0,
                    allowed.join(", ")
                );
                return Err(at(&threat.id, message));
            }
            for name in threat.names.iter().chain([&threat.label]) {
                // A hyphen may be written as a blank, which folding sees to, or not at all.
                for spelling in [name.as_str(), &name.replace('-', "")] {
                    let words: Vec<_> =
                        fold_name(spelling).into_iter().map(|word| vocabulary.add(word)).collect();
                    if !taxonomy.names.get(words.iter().copied()).contains(&index) {
                        taxonomy.names.insert(words, index);
                    }
                }
            }
        }
        for threat in &taxonomy.threats {
            let mut above = threat;
            let mut steps = 0;
            while let Some(parent) = &above.parent {
                let Some(next) = taxonomy.get(parent) else {
                    let message = format!("threat {:?}: unknown parent {parent:?}", above.id);
                    return Err(at(&above.id, message));
                };
                steps += 1;
                if steps > taxonomy.threats.len() {
                    let message = format!("threat {:?} is above itself", threat.id);
                    return Err(at(&threat.id, message));
                }
                above = next;
            }
        }
        Ok(taxonomy)
    }

    /// The threat with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Threat> {
        self.by_id.get(id).map(|index| &self.threats[*index])
    }

    /// All threats, in the order of the file.
    #[must_use]
    pub fn threats(&self) -> &[Threat] {
        &self.threats
    }

    /// Phrases to indices into [`Self::threats`].
    #[must_use]
    pub fn names(&self) -> &PhraseTrie<usize> {
        &self.names
    }
}
