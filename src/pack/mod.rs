//! Pack files to a compiled [`Pack`]: the vocabulary, the gazetteer, the lexicons and the frames.
//! A pack is a folder; the built-in one is embedded in the binary.

mod files;
mod values;

pub use files::PackFiles;
pub use values::{
    Bound, Direction, Edge, Holiday, Join, Offset, Relator, TimeUnit, ValueLexicon, ValuePhrase,
    ValueSense,
};

use crate::error::DataError;
use crate::ontology::Ontology;

/// A domain pack, parsed, checked and compiled for search. Made once, shared by all documents.
#[derive(Clone, Debug, Default)]
pub struct Pack {
    /// The vocabulary.
    pub ontology: Ontology,
    /// The words of dates, numbers and money.
    pub values: ValueLexicon,
}

impl Pack {
    /// The built-in pack `security`.
    ///
    /// # Errors
    /// Never for a released binary: a test loads the pack.
    pub fn builtin() -> Result<Self, DataError> {
        Self::load(&PackFiles::builtin())
    }

    /// Parses and compiles the files of a pack.
    ///
    /// # Errors
    /// The first file that does not hold what it should, with its line.
    pub fn load(files: &PackFiles) -> Result<Self, DataError> {
        let ontology = files.parse_toml("ontology.toml")?;
        let values = ValueLexicon::load(files)?;
        Ok(Self { ontology, values })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_pack_loads() {
        let pack = Pack::builtin().expect("the built-in pack is valid");
        assert!(pack.ontology.incident_is_a("assassination", "attack"));
        for (name, info) in &pack.ontology.incident_types {
            assert!(pack.ontology.incident_families.contains_key(&info.family), "{name}");
        }
    }
}
