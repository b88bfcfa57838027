//! Names to the entities that they name: agencies, threat actors, countries, places. Compiled
//! once into a trie over folded words.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::fold::fold_name;
use super::table;
use super::vocabulary::{PhraseTrie, Vocabulary, WordId};
use super::{PackFiles, countries};
use crate::error::DataError;
use crate::ontology::{EntityType, Ontology};

/// A thing that the pack knows by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GazetteerEntry {
    /// Node id: `agency:mi5`.
    pub id: SmolStr,
    /// The name under which it is shown.
    pub name: SmolStr,
    /// Its type.
    pub entity_type: EntityType,
    /// A finer type, where the pack gives one.
    pub subtype: Option<SmolStr>,
    /// Other names, without the marks for case and weakness.
    pub aliases: Vec<SmolStr>,
    /// Id of the country that it belongs to.
    pub country: Option<SmolStr>,
    /// Id of the body that it is a part or an affiliate of.
    pub part_of: Option<SmolStr>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Inhabitants.
    pub population: Option<u64>,
    /// Id of the country whose capital it is: its name may stand for the government.
    pub capital_of: Option<SmolStr>,
    /// ISO 3166-1 code of two letters, for a country.
    pub iso2: Option<SmolStr>,
}

/// In which way a name points to its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameSense {
    /// It names the entry itself.
    Name,
    /// It is the adjective of a country: `British`.
    Demonym,
    /// It names the people of a country: `Britons`.
    People,
    /// It is the seat of a government and stands for it: `Downing Street`.
    Seat,
}

/// A name in the gazetteer, with the conditions under which it counts.
#[derive(Clone, Debug, PartialEq)]
pub struct GazetteerName {
    /// Index of its entry, see [`Gazetteer::at`].
    pub entry: u32,
    /// How it points to the entry.
    pub sense: NameSense,
    /// It counts only where others agree or the context supports it.
    pub weak: bool,
    /// If not empty: the letters and digits that the text must show, case and all.
    pub exact: SmolStr,
    /// Whether any of its words is written with a capital.
    pub capitalised: bool,
}

/// All names of a pack, compiled for search.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    entries: Vec<GazetteerEntry>,
    by_id: FxHashMap<SmolStr, u32>,
    names: PhraseTrie<GazetteerName>,
    /// The agencies of a country that are part of no other body.
    agencies_of: FxHashMap<SmolStr, Vec<u32>>,
    /// Countries to their capitals.
    capitals: FxHashMap<SmolStr, u32>,
}

/// The columns of a gazetteer file.
const COLUMNS: [&str; 10] = [
    "id",
    "name",
    "type",
    "subtype",
    "aliases",
    "country",
    "part_of",
    "latitude",
    "longitude",
    "population",
];

/// A name with its marks read off.
struct MarkedName<'n> {
    name: &'n str,
    exact: bool,
    weak: bool,
}

impl<'n> MarkedName<'n> {
    fn read(cell: &'n str) -> Self {
        let mut marked = Self { name: cell.trim(), exact: false, weak: false };
        loop {
            if let Some(rest) = marked.name.strip_prefix('=') {
                (marked.name, marked.exact) = (rest, true);
            } else if let Some(rest) = marked.name.strip_prefix('~') {
                (marked.name, marked.weak) = (rest, true);
            } else {
                break;
            }
        }
        let letters = || marked.name.chars().filter(|c| c.is_alphanumeric());
        let acronym = letters().all(|c| c.is_uppercase() || c.is_numeric())
            && letters().any(char::is_uppercase)
            && letters().count() <= 5
            && !marked.name.contains(' ');
        marked.exact |= acronym;
        marked
    }
}

/// The letters and digits of a name, case kept: what an exact name is compared by.
#[must_use]
pub fn exact_form(name: &str) -> SmolStr {
    name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().into()
}

impl Gazetteer {
    /// Reads and compiles `gazetteers/*.csv` of a pack.
    ///
    /// # Errors
    /// A type that the ontology lacks, an id that is given twice, a name without letters, a
    /// capital or country that no entry has: with file and line.
    pub fn load(
        files: &PackFiles,
        ontology: &Ontology,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, DataError> {
        let mut gazetteer = Self::default();
        let mut countries_of = Vec::new();
        for (path, text) in files.in_folder("gazetteers", "csv") {
            if path == countries::PATH {
                continue;
            }
            table::for_each_row(path, text, &COLUMNS, &mut |row| {
                let entry = gazetteer.add_row(path, &row, ontology, vocabulary)?;
                countries_of.push((path, row.line, entry));
                Ok(())
            })?;
        }
        countries::load(files, &mut gazetteer, vocabulary)?;
        for (path, line, entry) in countries_of {
            if let Some(country) = &gazetteer.at(entry).country
                && gazetteer.index(country).is_none()
            {
                let message = format!("unknown country {country:?}; see {}", countries::PATH);
                return Err(DataError::at(path, line, message));
            }
        }
        Ok(gazetteer)
    }

    fn add_row(
        &mut self,
        path: &str,
        row: &table::Row<'_>,
        ontology: &Ontology,
        vocabulary: &mut Vocabulary,
    ) -> Result<u32, DataError> {
        let entity_type = ontology.entity_types.get_key_value(row.cell(2));
        let Some((entity_type, _)) = entity_type else {
            let allowed: Vec<&str> = ontology.entity_types.keys().map(EntityType::as_str).collect();
            let message =
                format!("unknown type {:?}; allowed are {}", row.cell(2), allowed.join(", "));
            return Err(row.error(message));
        };
        let given = |column: usize| row.given(column).map(SmolStr::new);
        let entry = GazetteerEntry {
            id: SmolStr::new(row.cell(0)),
            name: SmolStr::new(MarkedName::read(row.cell(1)).name),
            entity_type: entity_type.clone(),
            subtype: given(3),
            country: given(5),
            part_of: given(6),
            latitude: row.number(7)?,
            longitude: row.number(8)?,
            population: row.number(9)?,
            ..GazetteerEntry::default()
        };
        let on_earth = |degrees: Option<f64>, most: f64| degrees.is_none_or(|d| d.abs() <= most);
        if !on_earth(entry.latitude, 90.0) || !on_earth(entry.longitude, 180.0) {
            let message = "a latitude lies between -90 and 90, a longitude between -180 and 180";
            return Err(row.error(message.to_owned()));
        }
        let agency_of = entry.country.clone().filter(|_| entry.entity_type == "agency");
        let independent = entry.part_of.is_none();
        let index = self.add_entry(path, row.line, entry)?;
        if let Some(country) = agency_of.filter(|_| independent) {
            self.agencies_of.entry(country).or_default().push(index);
        }
        self.add_name(path, row.line, index, NameSense::Name, row.cell(1), vocabulary)?;
        for alias in table::listed(row.cell(4)) {
            self.add_name(path, row.line, index, NameSense::Name, alias, vocabulary)?;
        }
        Ok(index)
    }

    pub(super) fn add_entry(
        &mut self,
        path: &str,
        line: usize,
        entry: GazetteerEntry,
    ) -> Result<u32, DataError> {
        let shape_fits = entry.id.split_once(':').is_some_and(|(prefix, slug)| {
            let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
            !prefix.is_empty()
                && !slug.is_empty()
                && (prefix.chars().chain(slug.chars())).all(allowed)
        });
        if !shape_fits {
            let message = format!("id {:?} is not of the form type:slug in ASCII", entry.id);
            return Err(DataError::at(path, line, message));
        }
        let index = self.entries.len() as u32;
        if self.by_id.insert(entry.id.clone(), index).is_some() {
            return Err(DataError::at(path, line, format!("id {:?} is given twice", entry.id)));
        }
        self.entries.push(entry);
        Ok(index)
    }

    /// Adds a name with its marks (`=` exact case, `~` weak) to an entry.
    pub(super) fn add_name(
        &mut self,
        path: &str,
        line: usize,
        entry: u32,
        sense: NameSense,
        cell: &str,
        vocabulary: &mut Vocabulary,
    ) -> Result<(), DataError> {
        let marked = MarkedName::read(cell);
        let words: Vec<WordId> =
            fold_name(marked.name).into_iter().map(|word| vocabulary.add(word)).collect();
        if words.is_empty() {
            return Err(DataError::at(path, line, format!("name {cell:?} has no letters")));
        }
        let shown = &mut self.entries[entry as usize];
        if sense == NameSense::Name
            && shown.name != marked.name
            && !shown.aliases.iter().any(|alias| alias == marked.name)
        {
            shown.aliases.push(SmolStr::new(marked.name));
        }
        let name = GazetteerName {
            entry,
            sense,
            weak: marked.weak,
            exact: if marked.exact { exact_form(marked.name) } else { SmolStr::default() },
            capitalised: marked.name.chars().any(char::is_uppercase),
        };
        if !self.names.get(words.iter().copied()).contains(&name) {
            self.names.insert(words, name);
        }
        Ok(())
    }

    pub(super) fn set_capital(&mut self, place: u32, country: SmolStr) {
        // A state that is no more (without an ISO code) yields its capital to the one that is.
        self.capitals.entry(country.clone()).or_insert(place);
        let current = self.entries[place as usize].capital_of.as_deref();
        let coded = |id: &str| self.entry(id).is_some_and(|entry| entry.iso2.is_some());
        if current.is_none_or(|id| !coded(id)) && (current.is_none() || coded(&country)) {
            self.entries[place as usize].capital_of = Some(country);
        }
    }

    pub(super) fn index(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// The entry with this id.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<&GazetteerEntry> {
        self.index(id).map(|index| &self.entries[index as usize])
    }

    /// The entry that a [`GazetteerName`] points to.
    #[must_use]
    pub fn at(&self, index: u32) -> &GazetteerEntry {
        &self.entries[index as usize]
    }

    /// All entries, in the order of the pack's files.
    #[must_use]
    pub fn entries(&self) -> &[GazetteerEntry] {
        &self.entries
    }

    /// The capital of a country.
    #[must_use]
    pub fn capital(&self, country: &str) -> Option<&GazetteerEntry> {
        self.capitals.get(country).map(|index| self.at(*index))
    }

    /// The agencies of a country that are of a finer type and part of no other body: those that
    /// `Norland's domestic intelligence agency` may mean.
    pub fn agencies_of<'s>(
        &'s self,
        country: &str,
        subtype: &'s str,
    ) -> impl Iterator<Item = &'s GazetteerEntry> {
        let agencies = self.agencies_of.get(country).map_or(&[][..], Vec::as_slice);
        agencies
            .iter()
            .map(|index| self.at(*index))
            .filter(move |entry| entry.subtype.as_deref() == Some(subtype))
    }

    /// What a whole name may point to, whatever its case; [`fold_name`] spellings count.
    #[must_use]
    pub fn lookup(&self, name: &str, vocabulary: &Vocabulary) -> &[GazetteerName] {
        self.names.get(fold_name(name).iter().map(|word| vocabulary.id(word)))
    }

    /// Hands every name that starts at the first of `words` to `found`, the shortest first, with
    /// its length in words.
    pub fn prefixes<'s>(
        &'s self,
        words: impl IntoIterator<Item = WordId>,
        found: impl FnMut(usize, &'s [GazetteerName]),
    ) {
        self.names.prefixes(words, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(rows: &str) -> Result<(Gazetteer, Vocabulary), DataError> {
        let header = "id,name,type,subtype,aliases,country,part_of,latitude,longitude,population\n";
        let files = PackFiles::from_texts([
            ("gazetteers/bodies.csv", format!("{header}{rows}")),
            (
                "gazetteers/countries.csv",
                format!(
                    "{}{}",
                    countries::HEADER,
                    "country:norland,Norland,=NL|Kingdom of Norland,Norlandic,Norlander|Norlanders,place:norburg,Oak House,60.5,10,NL\n"
                ),
            ),
        ]);
        let ontology = PackFiles::builtin().parse_toml("ontology.toml")?;
        let mut vocabulary = Vocabulary::default();
        Gazetteer::load(&files, &ontology, &mut vocabulary).map(|g| (g, vocabulary))
    }

    const NORBURG: &str =
        "place:norburg,Norburg,place,city,~Burg,country:norland,,60.1,10.2,500000\n";

    #[test]
    fn names_senses_and_marks() {
        let (gazetteer, vocabulary) = load(&format!(
            "{NORBURG}agency:nis,Norlandic Intelligence Service,agency,intelligence,NIS|=It,country:norland,,,,\n"
        ))
        .expect("a valid gazetteer");
        let only = |name: &str| {
            let found = gazetteer.lookup(name, &vocabulary);
            assert_eq!(found.len(), 1, "{name}: {found:?}");
            (gazetteer.at(found[0].entry).id.as_str(), found[0].clone())
        };
        assert_eq!(only("norlandic intelligence service").0, "agency:nis");
        assert_eq!(only("NIS").1.exact, "NIS");
        assert_eq!(only("It").1.exact, "It");
        assert!(only("Burg").1.weak);
        assert_eq!(only("Norlandic").1.sense, NameSense::Demonym);
        assert_eq!(only("Norlanders").1.sense, NameSense::People);
        assert_eq!(only("Oak House").1.sense, NameSense::Seat);
        assert_eq!(only("kingdom of norland").0, "country:norland");
        let capital = gazetteer.entry("place:norburg").expect("an entry");
        assert_eq!(capital.capital_of.as_deref(), Some("country:norland"));
        assert!(gazetteer.lookup("", &vocabulary).is_empty());
    }

    #[test]
    fn errors_name_file_line_and_what_is_allowed() {
        let error = |rows: String| load(&rows).expect_err("invalid").to_string();
        let wrong_type = error(format!("{NORBURG}x:y,Why,agancy,,,,,,,\n"));
        assert!(
            wrong_type.starts_with("gazetteers/bodies.csv:3: unknown type \"agancy\""),
            "{wrong_type}"
        );
        assert!(wrong_type.contains("threat_actor"));
        assert!(
            error(format!("{NORBURG}{NORBURG}"))
                .contains("bodies.csv:3: id \"place:norburg\" is given twice")
        );
        assert!(error("place:x,X,place,,,country:nowhere,,,,\n".into()).contains("unknown c"));
        assert!(error(format!("{NORBURG}place:y,Y,place,,,,,north,,\n")).contains("bodies.csv:3"));
        assert!(error("norburg,X,place,,,,,,,\n".into()).contains("type:slug"));
    }
}
