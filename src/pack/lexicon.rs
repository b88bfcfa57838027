//! Words with properties: titles, nominals, equipment, facilities, names of people, and the
//! words that tell what kind of body a name names.

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::PackFiles;
use super::fold::fold_name;
use super::table::{self, Row};
use super::vocabulary::{PhraseTrie, Vocabulary};
use crate::error::DataError;
use crate::ontology::{EntityType, Ontology};

/// What a title is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
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
        let entity_type = |row: &Row<'_>, column: usize| {
            let name = row.cell(column);
            let found = ontology.entity_types.get_key_value(name).map(|(known, _)| known.clone());
            found.ok_or_else(|| {
                let allowed: Vec<&str> =
                    ontology.entity_types.keys().map(EntityType::as_str).collect();
                row.error(format!("unknown type {name:?}; allowed are {}", allowed.join(", ")))
            })
        };
        let mut words = |phrase: &str| -> (SmolStr, Vec<u32>) {
            let folded = fold_name(phrase);
            let shown = folded.join(" ").into();
            (shown, folded.into_iter().map(|word| vocabulary.add(word)).collect())
        };

        let columns = ["phrase", "form", "gender", "leads", "body"];
        read(files, "lexicons/titles.csv", &columns, &mut |row| {
            let forms = [
                ("role", TitleForm::Role),
                ("rank", TitleForm::Rank),
                ("honorific", TitleForm::Honorific),
            ];
            let form = choice(&row, "form", row.cell(1), &forms)?;
            let gender = gender(&row, 2)?;
            let leads = [("yes", true), ("no", false), ("", false)];
            let leads = choice(&row, "leads", row.cell(3), &leads)?;
            let body = row.given(4).map(|_| entity_type(&row, 4)).transpose()?;
            let (phrase, ids) = words(row.cell(0));
            lexicons.titles.insert(ids, Title { phrase, form, gender, leads, body });
            Ok(())
        })?;

        let mut add_nominal =
            |phrase: &str, entity_type: EntityType, subtype: Option<&str>, number| {
                let (lemma, ids) = words(phrase);
                let subtype = subtype.map(SmolStr::new);
                lexicons.nominals.insert(ids, Nominal { lemma, entity_type, subtype, number });
            };
        let columns = ["lemma", "type", "subtype", "number"];
        read(files, "lexicons/nominals.csv", &columns, &mut |row| {
            let numbers = [
                ("singular", NominalNumber::Singular),
                ("plural", NominalNumber::Plural),
                ("collective", NominalNumber::Collective),
                ("any", NominalNumber::Any),
                ("", NominalNumber::Any),
            ];
            let number = choice(&row, "number", row.cell(3), &numbers)?;
            add_nominal(row.cell(0), entity_type(&row, 1)?, row.given(2), number);
            Ok(())
        })?;
        let nouns: [(&str, &[&str], &str); 3] = [
            ("lexicons/equipment.csv", &["phrase", "subtype"], "equipment"),
            ("lexicons/facilities.csv", &["noun", "subtype"], "facility"),
            ("lexicons/places_nouns.csv", &["noun"], "place"),
        ];
        for (path, columns, entity_type) in nouns {
            read(files, path, columns, &mut |row| {
                let entity_type = EntityType::from(entity_type);
                add_nominal(row.cell(0), entity_type, row.given(1), NominalNumber::Any);
                Ok(())
            })?;
        }

        read(files, "lexicons/org_suffixes.csv", &["word", "type"], &mut |row| {
            let (_, ids) = words(row.cell(0));
            lexicons.name_nouns.insert(ids, entity_type(&row, 1)?);
            Ok(())
        })?;
        read(files, "lexicons/first_names.csv", &["name", "gender"], &mut |row| {
            lexicons.first_names.insert(folded_line(row.cell(0)), gender(&row, 1)?);
            Ok(())
        })?;
        read(files, "lexicons/surnames.csv", &["name"], &mut |row| {
            lexicons.surnames.insert(folded_line(row.cell(0)));
            Ok(())
        })?;
        Ok(lexicons)
    }
}

/// The folded words of a name, joined by blanks.
fn folded_line(name: &str) -> SmolStr {
    match &mut fold_name(name)[..] {
        [word] => std::mem::take(word),
        words => words.join(" ").into(),
    }
}

fn gender(row: &Row<'_>, column: usize) -> Result<Option<Gender>, DataError> {
    let genders =
        [("male", Some(Gender::Male)), ("female", Some(Gender::Female)), ("any", None), ("", None)];
    choice(row, "gender", row.cell(column), &genders)
}

/// What a cell that holds one of a few words stands for.
fn choice<T: Copy>(
    row: &Row<'_>,
    column: &str,
    cell: &str,
    allowed: &[(&str, T)],
) -> Result<T, DataError> {
    let found = allowed.iter().find(|(word, _)| *word == cell).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let words: Vec<&str> =
            allowed.iter().map(|(word, _)| *word).filter(|word| !word.is_empty()).collect();
        row.error(format!("{column} is {cell:?}; allowed are {}", words.join(", ")))
    })
}

/// Hands the rows of a file to `take`; none where the pack lacks it.
fn read(
    files: &PackFiles,
    path: &str,
    columns: &[&str],
    take: &mut dyn FnMut(Row<'_>) -> Result<(), DataError>,
) -> Result<(), DataError> {
    files.get(path).map_or(Ok(()), |text| table::for_each_row(path, text, columns, take))
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
