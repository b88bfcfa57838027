//! `lexicons/stage.toml`: the words that tell whether something happened.

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use smol_str::SmolStr;

use super::PackFiles;
use crate::error::DataError;
use crate::ontology::Stage;

const PATH: &str = "lexicons/stage.toml";

type Words = FxHashSet<SmolStr>;
type Stages = FxHashMap<SmolStr, Stage>;

/// Words that tell whether an event happened. Lemmas, but for the adjectives, which are
/// surfaces in lower case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StageLexicon {
    /// Verbs by the stage of what they govern.
    pub verbs: Stages,
    /// Verbs by which their infinitive does not happen: `refuse`.
    pub negative_verbs: Words,
    /// Verbs, with their particle, whose infinitive of purpose was carried out: `use`, `go on`.
    pub deeds: Words,
    /// Verbs of what a deed is meant as, and so done with it: "blocked the road to protest".
    pub purposes: Words,
    /// Verbs by whose past what their object plans or orders was done: `carried out the order to`.
    pub fulfilling: Words,
    /// Stopping verbs that foil only as told of the past.
    pub cease: Words,
    /// Verbs by the stage of their subject.
    pub subjects: Stages,
    /// Verbs that say of their subject that it happens.
    pub occurrence: Words,
    /// Verbs that merely carry their object.
    pub light: Words,
    /// Verbs that are themselves the event, by its stage.
    pub own: Stages,
    /// Nouns by the stage of what they are of.
    pub nouns: Stages,
    /// Nouns by the stage of the word that modifies them.
    pub compounds: Stages,
    /// Nouns for what may lead to something: information.
    pub clues: Words,
    /// Nouns that stand for what they are of.
    pub partitives: Words,
    /// Adjectives by the stage of their noun.
    pub adjectives: Stages,
    /// Verbs before whose "before" the event did not come: "found before it exploded".
    pub before: Words,
    /// Words for an ability that after "before" was not used: "before he could strike".
    pub before_modals: Words,
    /// Adjectives that govern an infinitive, by what they make of it: about, likely.
    pub predicates: Stages,
    /// Adjectives by whose infinitive nothing happens: unable.
    pub unable: Words,
    /// Adjectives with a preposition and a gerund that did not come to pass: capable of.
    pub unreal: Words,
    /// Verbs that in the progressive say what is planned: "is going to".
    pub progressive: Words,
    /// Adverbs by the stage of their verb.
    pub adverbs: Stages,
    /// Adverbs of what happens again and again.
    pub general: Words,
    /// Verbs whose for-phrase tells of a deed done, whatever they do to an infinitive: wanted for.
    pub done_for: Words,
    /// Words for whoever it may be: anyone, whoever.
    pub anyone: Words,
    /// Auxiliaries of what may happen.
    pub hypothetical: Words,
    /// Auxiliaries of what is to happen.
    pub future: Words,
    /// Auxiliaries by which others tell what somebody says will happen: `said it would expel`.
    pub reported: Words,
    /// Conjunctions of conditions.
    pub conditions: Words,
    /// Prepositions by which a verb takes the event it governs.
    pub prepositions: Words,
    /// Prepositions before what did not happen.
    pub negating: Words,
    /// Words that deny what they determine.
    pub none: Words,
    /// Examples, run as tests.
    pub examples: Vec<StageExample>,
}

/// An example of a stage, positive or (stage `occurred`) negative.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageExample {
    /// A sentence.
    pub text: String,
    /// The word in it that tells of the event.
    pub word: String,
    /// Its stage.
    pub stage: Stage,
    /// Whether the event is said not to have happened.
    #[serde(default)]
    pub denied: bool,
    /// Whether it is told as a mere possibility.
    #[serde(default)]
    pub hypothetical: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StageFile {
    verbs: IndexMap<Stage, Vec<SmolStr>>,
    subjects: Subjects,
    light: Light,
    own: IndexMap<Stage, Vec<SmolStr>>,
    nouns: IndexMap<Stage, Vec<SmolStr>>,
    compounds: IndexMap<Stage, Vec<SmolStr>>,
    partitives: Partitives,
    adjectives: IndexMap<Stage, Vec<SmolStr>>,
    before: Before,
    predicates: Predicates,
    adverbs: Adverbs,
    modals: Modals,
    conditions: Conditions,
    example: Vec<StageExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Subjects {
    attempted: Vec<SmolStr>,
    ongoing: Vec<SmolStr>,
    occurrence: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Light {
    verbs: Words,
    cease: Words,
    negative: Words,
    done_for: Words,
    deeds: Words,
    purposes: Words,
    fulfilling: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Partitives {
    nouns: Words,
    clues: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Before {
    verbs: Words,
    modals: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Predicates {
    planned: Vec<SmolStr>,
    threatened: Vec<SmolStr>,
    unable: Words,
    unreal: Words,
    progressive: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Adverbs {
    attempted: Vec<SmolStr>,
    general: Words,
    anyone: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Modals {
    reported: Words,
    hypothetical: Words,
    future: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Conditions {
    marks: Words,
    prepositions: Words,
    negating: Words,
    none: Words,
}

/// One stage a word: a word under two stages is an error of the file.
fn by_word(
    section: &str,
    entries: impl IntoIterator<Item = (Stage, Vec<SmolStr>)>,
) -> Result<Stages, DataError> {
    let mut stages = Stages::default();
    for (stage, words) in entries {
        for word in words {
            if let Some(other) = stages.insert(word.clone(), stage)
                && other != stage
            {
                let message = format!("{word:?} in [{section}] is both {other:?} and {stage:?}");
                return Err(DataError::in_file(PATH, message));
            }
        }
    }
    Ok(stages)
}

impl StageLexicon {
    /// Reads the file of a pack.
    ///
    /// # Errors
    /// If the file is missing, is not what it should be, or lists a word under two stages.
    pub fn load(files: &PackFiles) -> Result<Self, DataError> {
        let file: StageFile = files.parse_toml(PATH)?;
        let subjects =
            [(Stage::Attempted, file.subjects.attempted), (Stage::Ongoing, file.subjects.ongoing)];
        let predicates = [
            (Stage::Planned, file.predicates.planned),
            (Stage::Threatened, file.predicates.threatened),
        ];
        Ok(Self {
            before: file.before.verbs,
            before_modals: file.before.modals,
            predicates: by_word("predicates", predicates)?,
            unable: file.predicates.unable,
            unreal: file.predicates.unreal,
            progressive: file.predicates.progressive,
            verbs: by_word("verbs", file.verbs)?,
            negative_verbs: file.light.negative,
            deeds: file.light.deeds,
            purposes: file.light.purposes,
            fulfilling: file.light.fulfilling,
            cease: file.light.cease,
            subjects: by_word("subjects", subjects)?,
            occurrence: file.subjects.occurrence,
            light: file.light.verbs,
            own: by_word("own", file.own)?,
            nouns: by_word("nouns", file.nouns)?,
            compounds: by_word("compounds", file.compounds)?,
            clues: file.partitives.clues,
            partitives: file.partitives.nouns,
            adjectives: by_word("adjectives", file.adjectives)?,
            adverbs: by_word("adverbs", [(Stage::Attempted, file.adverbs.attempted)])?,
            general: file.adverbs.general,
            anyone: file.adverbs.anyone,
            done_for: file.light.done_for,
            hypothetical: file.modals.hypothetical,
            future: file.modals.future,
            reported: file.modals.reported,
            conditions: file.conditions.marks,
            prepositions: file.conditions.prepositions,
            negating: file.conditions.negating,
            none: file.conditions.none,
            examples: file.example,
        })
    }
}
