//! Words with properties: titles, nominals, equipment, facilities, names of people, and the
//! words that tell what kind of body a name names.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use smol_str::SmolStr;

use super::fold::fold_name;
use super::vocabulary::{PhraseTrie, Vocabulary};
use super::{PackFiles, table};
use crate::error::DataError;
use crate::ontology::{EntityType, Ontology};

/// What a title is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TitleForm {
    /// An office or a job: `foreign secretary`.
    Role,
    /// A rank: `Lt. Gen.`
    Rank,
    /// A form of address: `Mr`.
    Honorific,
}

/// Grammatical gender of a person, as far as words tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// `he`.
    Male,
    /// `she`.
    Female,
}

/// A title, by which people are called and named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// The title itself, folded words joined by blanks.
    pub phrase: SmolStr,
    /// What it is.
    pub form: TitleForm,
    /// The gender that it tells.
    pub gender: Option<Gender>,
    /// Whether its holder heads the body.
    pub leads: bool,
    /// Type of the body that it heads, if telling.
    pub body: Option<EntityType>,
}

/// Grammatical number of a common noun.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NominalNumber {
    /// One thing.
    Singular,
    /// Several.
    Plural,
    /// One body of many people: `agency`.
    Collective,
    /// The form of the noun tells.
    #[default]
    Any,
}

/// A common noun that denotes an entity of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nominal {
    /// The noun, folded words joined by blanks.
    pub lemma: SmolStr,
    /// Type of what it denotes.
    pub entity_type: EntityType,
    /// A finer type.
    pub subtype: Option<SmolStr>,
    /// Its number.
    pub number: NominalNumber,
}

/// All lexicons of a pack.
#[derive(Clone, Debug, Default)]
pub struct Lexicons {
    /// Titles, ranks and forms of address.
    pub titles: PhraseTrie<Title>,
    /// Common nouns for people, bodies, places, facilities and equipment.
    pub nominals: PhraseTrie<Nominal>,
    /// The last word of a name that tells what it names: `Brigade`, or the first: `Ministry`.
    pub name_nouns: PhraseTrie<EntityType>,
    /// Given names with the gender that they tell; `None` for names of either.
    pub first_names: FxHashMap<SmolStr, Option<Gender>>,
    /// Family names.
    pub surnames: FxHashSet<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TitleRow {
    phrase: String,
    form: TitleForm,
    gender: Option<String>,
    leads: Option<String>,
    body: Option<EntityType>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NominalRow {
    lemma: String,
    r#type: EntityType,
    subtype: Option<SmolStr>,
    number: Option<NominalNumber>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EquipmentRow {
    phrase: String,
    subtype: Option<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FacilityRow {
    noun: String,
    subtype: Option<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NounRow {
    noun: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SuffixRow {
    word: String,
    r#type: EntityType,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FirstNameRow {
    name: SmolStr,
    gender: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SurnameRow {
    name: SmolStr,
}

impl Lexicons {
    /// Reads `lexicons/*.csv` of a pack; a lexicon that the pack lacks is empty.
    ///
    /// # Errors
    /// A malformed row, or a type that the ontology lacks, with file and line.
    pub fn load(
        files: &PackFiles,
        ontology: &Ontology,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, DataError> {
        let mut lexicons = Self::default();
        let check = |path: &str, line: usize, entity_type: &EntityType| {
            if ontology.entity_types.contains_key(entity_type) {
                return Ok(());
            }
            let allowed: Vec<&str> = ontology.entity_types.keys().map(EntityType::as_str).collect();
            let message =
                format!("unknown type {:?}; allowed are {}", entity_type.0, allowed.join(", "));
            Err(DataError::at(path, line, message))
        };
        let mut words = |phrase: &str| -> (SmolStr, Vec<u32>) {
            let folded = fold_name(phrase);
            let shown = folded.join(" ").into();
            (shown, folded.into_iter().map(|word| vocabulary.add(word)).collect())
        };
        let filled = |cell: Option<SmolStr>| cell.filter(|text| !text.is_empty());

        let path = "lexicons/titles.csv";
        for (line, row) in read::<TitleRow>(files, path)? {
            let body = row.body.filter(|body| !body.0.is_empty());
            if let Some(body) = &body {
                check(path, line, body)?;
            }
            let leads = match row.leads.as_deref() {
                Some("yes") => true,
                Some("no" | "") | None => false,
                Some(other) => {
                    let message = format!("leads is {other:?}; allowed are yes, no");
                    return Err(DataError::at(path, line, message));
                }
            };
            let gender = gender(path, line, row.gender.as_deref())?;
            let (phrase, ids) = words(&row.phrase);
            lexicons.titles.insert(ids, Title { phrase, form: row.form, gender, leads, body });
        }

        let mut add_nominal =
            |phrase: &str, entity_type: &str, subtype: Option<SmolStr>, number: NominalNumber| {
                let (lemma, ids) = words(phrase);
                let entity_type = EntityType::from(entity_type);
                let nominal = Nominal { lemma, entity_type, subtype: filled(subtype), number };
                lexicons.nominals.insert(ids, nominal);
            };
        let path = "lexicons/nominals.csv";
        for (line, row) in read::<NominalRow>(files, path)? {
            check(path, line, &row.r#type)?;
            let number = row.number.unwrap_or_default();
            add_nominal(&row.lemma, row.r#type.as_str(), row.subtype, number);
        }
        for (_, row) in read::<EquipmentRow>(files, "lexicons/equipment.csv")? {
            add_nominal(&row.phrase, "equipment", row.subtype, NominalNumber::Any);
        }
        for (_, row) in read::<FacilityRow>(files, "lexicons/facilities.csv")? {
            add_nominal(&row.noun, "facility", row.subtype, NominalNumber::Any);
        }
        for (_, row) in read::<NounRow>(files, "lexicons/places_nouns.csv")? {
            add_nominal(&row.noun, "place", None, NominalNumber::Any);
        }

        let path = "lexicons/org_suffixes.csv";
        for (line, row) in read::<SuffixRow>(files, path)? {
            check(path, line, &row.r#type)?;
            let (_, ids) = words(&row.word);
            lexicons.name_nouns.insert(ids, row.r#type);
        }
        let path = "lexicons/first_names.csv";
        for (line, row) in read::<FirstNameRow>(files, path)? {
            let gender = gender(path, line, row.gender.as_deref())?;
            lexicons.first_names.insert(fold_name(&row.name).join(" ").into(), gender);
        }
        for (_, row) in read::<SurnameRow>(files, "lexicons/surnames.csv")? {
            lexicons.surnames.insert(fold_name(&row.name).join(" ").into());
        }
        Ok(lexicons)
    }
}

fn gender(path: &str, line: usize, cell: Option<&str>) -> Result<Option<Gender>, DataError> {
    match cell {
        Some("male") => Ok(Some(Gender::Male)),
        Some("female") => Ok(Some(Gender::Female)),
        Some("" | "any") | None => Ok(None),
        Some(other) => {
            let message = format!("gender is {other:?}; allowed are male, female, any");
            Err(DataError::at(path, line, message))
        }
    }
}

fn read<T: DeserializeOwned>(files: &PackFiles, path: &str) -> Result<Vec<(usize, T)>, DataError> {
    files.get(path).map_or(Ok(Vec::new()), |text| table::rows(path, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(texts: &[(&str, &str)]) -> Result<(Lexicons, Vocabulary), DataError> {
        let ontology = PackFiles::builtin().parse_toml("ontology.toml")?;
        let mut vocabulary = Vocabulary::default();
        let files = PackFiles::from_texts(texts.iter().copied());
        Lexicons::load(&files, &ontology, &mut vocabulary).map(|l| (l, vocabulary))
    }

    #[test]
    fn rows_become_phrases() {
        let (lexicons, vocabulary) = load(&[
            ("lexicons/titles.csv", "phrase,form,gender,leads,body\nDirector General,role,,yes,agency\nMr,honorific,male,,\n"),
            ("lexicons/nominals.csv", "lemma,type,subtype,number\nfighter,group,,any\n"),
            ("lexicons/first_names.csv", "name,gender\nAda,female\n"),
        ])
        .expect("valid lexicons");
        let ids = ["director", "general"].map(|w| vocabulary.id(w));
        let title = &lexicons.titles.get(ids)[0];
        assert!(title.leads && title.form == TitleForm::Role && title.gender.is_none());
        assert_eq!(lexicons.titles.get([vocabulary.id("mr")])[0].gender, Some(Gender::Male));
        assert_eq!(lexicons.nominals.get([vocabulary.id("fighter")])[0].entity_type, "group");
        assert_eq!(lexicons.first_names["ada"], Some(Gender::Female));
    }

    #[test]
    fn errors_say_what_is_allowed() {
        let error = |path, text| load(&[(path, text)]).expect_err("invalid").to_string();
        let form = error("lexicons/titles.csv", "phrase,form,gender,leads,body\nMr,adress,,,\n");
        assert!(form.starts_with("lexicons/titles.csv:2") && form.contains("honorific"), "{form}");
        let leads =
            error("lexicons/titles.csv", "phrase,form,gender,leads,body\nMr,role,,maybe,\n");
        assert!(leads.contains("allowed are yes, no"), "{leads}");
        let kind = error("lexicons/nominals.csv", "lemma,type,subtype,number\nman,human,,any\n");
        assert!(kind.contains("unknown type \"human\""), "{kind}");
    }
}
