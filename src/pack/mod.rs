//! Pack files to a compiled [`Pack`]: the vocabulary, the gazetteer, the lexicons and the frames.
//! A pack is a folder; the built-in one is embedded in the binary.

mod countries;
mod files;
mod fold;
mod frame;
mod furniture;
mod gazetteer;
mod lexicon;
mod linking;
mod ontology;
mod placed;
mod retelling;
mod speech;
mod stage;
mod table;
mod threats;
mod usage;
mod values;
mod vocabulary;

pub use files::PackFiles;
pub(crate) use fold::is_apostrophe;
pub use fold::{fold_name, fold_spelling, fold_words, is_arabic_article};
pub use frame::{
    Destination, EngineLists, Frame, FrameSet, Harm, NegativeExample, Part, PartSlots,
    PositiveExample, Slot, SlotTable, Support, Trigger, TriggerForm, WordCondition, Yield,
};
pub use furniture::{FurnitureExtent, FurnitureReason, FurnitureRule, FurnitureRules};
pub use gazetteer::{Gazetteer, GazetteerEntry, GazetteerName, NameSense, exact_form};
pub use lexicon::{Gender, Lexicons, Nominal, NominalNumber, Title, TitleForm};
pub use linking::AgreementWeights;
pub use retelling::RetellingWeights;
pub use speech::{Denials, Responsibility, SpeechLexicon, SpeechWord, StanceExample};
pub use stage::{StageExample, StageLexicon};
pub use threats::{Threat, ThreatTaxonomy};
pub use usage::UsageLexicon;
pub use values::{
    Bound, Direction, Edge, Holiday, Join, Offset, Relator, TimeUnit, ValueLexicon, ValuePhrase,
    ValueSense,
};
pub use vocabulary::{PhraseTrie, UNKNOWN, Vocabulary, WordForms, WordId};

use crate::error::DataError;
use crate::ontology::Ontology;

/// A domain pack, parsed, checked and compiled for search. Made once, shared by all documents.
#[derive(Clone, Debug, Default)]
pub struct Pack {
    /// The vocabulary.
    pub ontology: Ontology,
    /// The words of all phrases below, numbered.
    pub vocabulary: Vocabulary,
    /// Names of entities.
    pub gazetteer: Gazetteer,
    /// Words with properties.
    pub lexicons: Lexicons,
    /// Kinds of danger.
    pub threats: ThreatTaxonomy,
    /// Words that tell a country as an actor from a country as a place.
    pub usage: UsageLexicon,
    /// The wording of web furniture.
    pub furniture: FurnitureRules,
    /// What tells of an incident or a relation.
    pub frames: FrameSet,
    /// The words of dates, numbers and money.
    pub values: ValueLexicon,
    /// The words that tell who says what.
    pub speech: SpeechLexicon,
    /// The words that tell whether something happened.
    pub stages: StageLexicon,
    /// What agreement of reports weighs.
    pub agreement: AgreementWeights,
    /// What weighs in tellings of one text.
    pub retelling: RetellingWeights,
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
        let ontology: Ontology = ontology::load(files)?;
        // What adds to the vocabulary goes one after the other, the rest beside it.
        let named = || {
            let mut vocabulary = Vocabulary::default();
            let gazetteer = Gazetteer::load(files, &ontology, &mut vocabulary)?;
            let lexicons = Lexicons::load(files, &ontology, &mut vocabulary)?;
            let threats = ThreatTaxonomy::load(files, &ontology, &mut vocabulary)?;
            Ok::<_, DataError>((vocabulary, gazetteer, lexicons, threats))
        };
        let worded = || {
            let usage = UsageLexicon::load(files)?;
            let furniture = FurnitureRules::load(files)?;
            let values = ValueLexicon::load(files)?;
            let speech = SpeechLexicon::load(files)?;
            let stages = StageLexicon::load(files)?;
            let agreement = AgreementWeights::load(files)?;
            let retelling = RetellingWeights::load(files)?;
            let frames = FrameSet::load(files, &ontology)?;
            let weights = (agreement, retelling);
            Ok::<_, DataError>((usage, furniture, values, speech, stages, weights, frames))
        };
        let (named, worded) = rayon::join(named, worded);
        let (vocabulary, gazetteer, lexicons, threats) = named?;
        let (usage, furniture, values, speech, stages, (agreement, retelling), frames) = worded?;
        Ok(Self {
            ontology,
            vocabulary,
            gazetteer,
            lexicons,
            threats,
            usage,
            furniture,
            values,
            speech,
            stages,
            agreement,
            retelling,
            frames,
        })
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
