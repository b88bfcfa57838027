//! `lexicons/speech.toml` and `lexicons/stance.toml`: the words that tell who says what, and how
//! sure it is.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use smol_str::SmolStr;

use super::PackFiles;
use crate::error::DataError;
use crate::ontology::Stance;

const SPEECH: &str = "lexicons/speech.toml";
const STANCE: &str = "lexicons/stance.toml";

/// Words that attribute. All are lemmas.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpeechLexicon {
    verbs: FxHashMap<SmolStr, Vec<SpeechWord>>,
    nouns: FxHashMap<SmolStr, SpeechWord>,
    adverbs: FxHashMap<SmolStr, Stance>,
    adjectives: FxHashMap<SmolStr, Stance>,
    responsibility: Vec<Responsibility>,
    /// Phrases before a speaker, as lower-case words: `according to`.
    pub sources: Vec<Vec<SmolStr>>,
    /// Nouns of what somebody wrote or said: a `statement` by its author.
    pub documents: FxHashSet<SmolStr>,
    /// Prepositions before the author of a document.
    pub document_prepositions: FxHashSet<SmolStr>,
    /// Adjectives that say of their subject what their phrase tells: `guilty of`.
    predicates: FxHashMap<SmolStr, Predicate>,
    /// Words that deny what they are said of.
    pub denials: Denials,
    /// Examples, run as tests.
    pub examples: Vec<StanceExample>,
}

/// What a word of saying does to what is said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpeechWord {
    /// The stance of what is said.
    pub stance: Stance,
    /// Whether its direct object is said, not only its clause.
    pub object: bool,
    /// Prepositions whose object is said.
    pub prepositions: Vec<SmolStr>,
    /// Whether nothing but its prepositional phrases is said: `wanted for`, not `wanted to`.
    pub phrases_only: bool,
    /// Whether it counts in the passive alone: `is believed to`.
    pub passive: bool,
    /// Whether the stance holds for the speaker's own deeds alone; what is said of others is
    /// alleged.
    pub own_deed: bool,
    /// The stance of what is then said of others, where that is not "alleged": who admits what others
    /// did states it.
    pub of_others: Option<Stance>,
}

/// A verb with an object that together attribute: `claim responsibility for`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Responsibility {
    /// The verbs.
    pub verbs: Vec<SmolStr>,
    /// Their objects.
    pub objects: Vec<SmolStr>,
    /// Prepositions before the deed.
    pub prepositions: Vec<SmolStr>,
    /// The stance of the deed.
    pub stance: Stance,
}

/// What an adjective says of its subject: `guilty of`, `innocent of`.
#[derive(Clone, Debug, PartialEq)]
pub struct Predicate {
    /// The stance of what its phrase tells, where it has one of its own.
    pub stance: Option<Stance>,
    /// The stance where it is negated.
    pub negated: Option<Stance>,
    /// Prepositions before what is told.
    pub prepositions: Vec<SmolStr>,
}

/// Words that deny.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Denials {
    /// `silly`, `untrue`.
    pub adjectives: FxHashSet<SmolStr>,
    /// `nonsense`.
    pub nouns: FxHashSet<SmolStr>,
    /// Nouns that deny their clause where there is none of them: `no evidence that`.
    #[serde(default)]
    pub evidence: FxHashSet<SmolStr>,
    /// These deny when negated: `true`.
    pub truths: FxHashSet<SmolStr>,
    /// Verbs between a denial and what it denies: `silly to say that`.
    pub saying: FxHashSet<SmolStr>,
}

/// An example of a stance, positive or (stance `reported`) negative.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StanceExample {
    /// A sentence.
    pub text: String,
    /// The word in it whose stance is told.
    pub word: String,
    /// Its stance.
    pub stance: Stance,
    /// The head word of its speaker.
    #[serde(default)]
    pub speaker: Option<String>,
}

impl SpeechLexicon {
    /// Reads the two files of a pack.
    ///
    /// # Errors
    /// If a file is missing or is not what it should be.
    pub fn load(files: &PackFiles) -> Result<Self, DataError> {
        let speech: SpeechFile = files.parse_toml(SPEECH)?;
        let stance: StanceFile = files.parse_toml(STANCE)?;
        let mut lexicon = Self {
            responsibility: speech.responsibility,
            sources: speech.sources.phrases,
            documents: speech.documents.lemmas.into_iter().collect(),
            document_prepositions: speech.documents.prepositions.into_iter().collect(),
            denials: stance.denials,
            examples: speech.example.into_iter().chain(stance.example).collect(),
            ..Self::default()
        };
        for entry in speech.verb {
            let (lemmas, word) = entry.split();
            for lemma in lemmas {
                lexicon.verbs.entry(lemma).or_default().push(word.clone());
            }
        }
        for entry in speech.noun {
            let (lemmas, word) = entry.split();
            lexicon.nouns.extend(lemmas.into_iter().map(|lemma| (lemma, word.clone())));
        }
        for entry in stance.predicate {
            let predicate = Predicate {
                stance: entry.stance,
                negated: entry.negated,
                prepositions: entry.prepositions,
            };
            let each = entry.lemmas.into_iter().map(|lemma| (lemma, predicate.clone()));
            lexicon.predicates.extend(each);
        }
        let each = |entries: Vec<StanceWords>| {
            entries.into_iter().flat_map(|e| e.lemmas.into_iter().map(move |l| (l, e.stance)))
        };
        lexicon.adverbs = each(stance.adverb).collect();
        lexicon.adjectives = each(stance.adjective).collect();
        Ok(lexicon)
    }

    /// What a verb of saying can do, in the order of the file.
    #[must_use]
    pub fn verb(&self, lemma: &str) -> &[SpeechWord] {
        self.verbs.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// What a noun of saying does.
    #[must_use]
    pub fn noun(&self, lemma: &str) -> Option<&SpeechWord> {
        self.nouns.get(lemma)
    }

    /// The stance that an adverb gives to its clause.
    #[must_use]
    pub fn adverb(&self, lemma: &str) -> Option<Stance> {
        self.adverbs.get(lemma).copied()
    }

    /// The stance that an adjective gives to its noun.
    #[must_use]
    pub fn adjective(&self, lemma: &str) -> Option<Stance> {
        self.adjectives.get(lemma).copied()
    }

    /// What an adjective says of its subject.
    #[must_use]
    pub fn predicate(&self, lemma: &str) -> Option<&Predicate> {
        self.predicates.get(lemma)
    }

    /// What a verb and its object say together.
    #[must_use]
    pub fn responsibility(&self, verb: &str, object: &str) -> Option<&Responsibility> {
        self.responsibility
            .iter()
            .find(|r| r.verbs.iter().any(|v| v == verb) && r.objects.iter().any(|o| o == object))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpeechFile {
    verb: Vec<SpeechEntry>,
    responsibility: Vec<Responsibility>,
    noun: Vec<SpeechEntry>,
    sources: Sources,
    documents: Documents,
    example: Vec<StanceExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpeechEntry {
    stance: Stance,
    lemmas: Vec<SmolStr>,
    #[serde(default)]
    object: bool,
    #[serde(default)]
    prepositions: Vec<SmolStr>,
    #[serde(default)]
    phrases_only: bool,
    #[serde(default)]
    passive: bool,
    #[serde(default)]
    own_deed: bool,
    of_others: Option<Stance>,
}

impl SpeechEntry {
    fn split(self) -> (Vec<SmolStr>, SpeechWord) {
        let word = SpeechWord {
            stance: self.stance,
            object: self.object,
            prepositions: self.prepositions,
            phrases_only: self.phrases_only,
            passive: self.passive,
            own_deed: self.own_deed,
            of_others: self.of_others,
        };
        (self.lemmas, word)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sources {
    phrases: Vec<Vec<SmolStr>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Documents {
    lemmas: Vec<SmolStr>,
    prepositions: Vec<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StanceFile {
    adverb: Vec<StanceWords>,
    adjective: Vec<StanceWords>,
    #[serde(default)]
    predicate: Vec<PredicateEntry>,
    denials: Denials,
    example: Vec<StanceExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PredicateEntry {
    lemmas: Vec<SmolStr>,
    prepositions: Vec<SmolStr>,
    #[serde(default)]
    stance: Option<Stance>,
    #[serde(default)]
    negated: Option<Stance>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StanceWords {
    stance: Stance,
    lemmas: Vec<SmolStr>,
}
