//! The facts in the built-in pack: every row parses, refers to what exists, and no name is claimed
//! twice without one of the claims being marked as weak.

use std::collections::{BTreeMap, BTreeSet};

use corkboard::ontology::Ontology;
use corkboard::pack::PackFiles;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const ENTRY_COLUMNS: &[&str] = &[
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
const COUNTRY_COLUMNS: &[&str] = &[
    "id",
    "name",
    "aliases",
    "demonyms",
    "people",
    "capital",
    "seats",
    "latitude",
    "longitude",
    "iso2",
];
const COUNTRIES: &str = "gazetteers/countries.csv";

/// One row of a data file, by column, with where it stands for messages.
struct Row {
    at: String,
    cells: BTreeMap<String, String>,
}

impl Row {
    fn get(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// The names in the given columns, in the pack's notation.
    fn names<'r>(&'r self, columns: &'r [&str]) -> impl Iterator<Item = Name<'r>> {
        columns
            .iter()
            .flat_map(|column| self.get(column).split('|'))
            .filter(|name| !name.is_empty())
            .map(Name)
    }
}

/// A name as the pack writes it: `~Reading` is weak, `=US` exact.
#[derive(Clone, Copy)]
struct Name<'r>(&'r str);

impl<'r> Name<'r> {
    fn is_weak(self) -> bool {
        self.0.starts_with('~')
    }

    fn text(self) -> &'r str {
        self.0.trim_start_matches(['~', '='])
    }

    fn is_exact(self) -> bool {
        let text = self.text();
        let acronym = text.len() <= 5 && text.chars().all(|c| c.is_ascii_uppercase());
        self.0.starts_with('=') || acronym
    }

    /// What two names share that match the same text: letters and digits without case and accents,
    /// or the name as it stands where its case decides.
    fn key(self) -> String {
        if self.is_exact() {
            return format!("={}", self.text());
        }
        let plain = self.text().nfkd().filter(|c| !is_combining_mark(*c));
        plain.flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
    }
}

fn read(path: &str, text: &str) -> (Vec<String>, Vec<Row>) {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .unwrap_or_else(|error| panic!("{path}: {error}"))
        .iter()
        .map(ToOwned::to_owned)
        .collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.unwrap_or_else(|error| panic!("{path}: {error}"));
        let line = record.position().map_or(0, csv::Position::line);
        let cells = header.iter().cloned().zip(record.iter().map(ToOwned::to_owned)).collect();
        rows.push(Row { at: format!("{path}:{line}"), cells });
    }
    (header, rows)
}

/// All gazetteer files but the countries, with their rows.
fn entries(files: &PackFiles) -> Vec<(String, Vec<Row>)> {
    files
        .in_folder("gazetteers", "csv")
        .filter(|(path, _)| *path != COUNTRIES)
        .map(|(path, text)| {
            let (header, rows) = read(path, text);
            assert_eq!(header, ENTRY_COLUMNS, "{path}: header");
            (path.to_owned(), rows)
        })
        .collect()
}

fn countries(files: &PackFiles) -> Vec<Row> {
    let (header, rows) = read(COUNTRIES, files.get(COUNTRIES).unwrap());
    assert_eq!(header, COUNTRY_COLUMNS, "{COUNTRIES}: header");
    rows
}

/// Fails with every complaint at once: a data file is mended in one go.
fn none(complaints: &[String]) {
    let shown = complaints.iter().take(60).cloned().collect::<Vec<_>>().join("\n");
    assert!(complaints.is_empty(), "{} complaints:\n{shown}", complaints.len());
}

fn is_slug(slug: &str) -> bool {
    let part =
        |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    slug.split('-').all(part)
}

fn check_coordinates(row: &Row, complaints: &mut Vec<String>) {
    for (column, limit) in [("latitude", 90.0), ("longitude", 180.0)] {
        let text = row.get(column);
        let sound = text.is_empty() || text.parse::<f64>().is_ok_and(|v| v.abs() <= limit);
        if !sound {
            complaints.push(format!("{}: {column} {text:?}", row.at));
        }
    }
    if row.get("latitude").is_empty() != row.get("longitude").is_empty() {
        complaints.push(format!("{}: half a coordinate", row.at));
    }
}

fn check_names(row: &Row, columns: &[&str], complaints: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for name in row.names(columns) {
        let text = name.text();
        if text.trim() != text || text.is_empty() || name.key().trim_start_matches('=').is_empty() {
            complaints.push(format!("{}: name {:?}", row.at, name.0));
        }
        if !seen.insert(text) {
            complaints.push(format!("{}: name twice: {text}", row.at));
        }
    }
}

#[test]
fn gazetteer_rows_are_sound() {
    let files = PackFiles::builtin();
    let ontology: Ontology = files.parse_toml("ontology.toml").unwrap();
    let states: BTreeSet<String> =
        countries(&files).iter().map(|row| row.get("id").to_owned()).collect();
    let tables = entries(&files);
    assert!(!tables.is_empty());
    let ids: BTreeSet<&str> =
        tables.iter().flat_map(|(_, rows)| rows.iter().map(|row| row.get("id"))).collect();
    let mut complaints = Vec::new();
    let mut seen = BTreeSet::new();
    for (_, rows) in &tables {
        for pair in rows.windows(2) {
            if pair[0].get("id") >= pair[1].get("id") {
                complaints.push(format!("{}: not sorted by id", pair[1].at));
            }
        }
        for row in rows {
            let (id, entity_type) = (row.get("id"), row.get("type"));
            let info = ontology.entity_types.iter().find(|(name, _)| name.as_str() == entity_type);
            if info.is_none_or(|(_, info)| info.value) {
                complaints.push(format!("{}: no such type {entity_type:?}", row.at));
            }
            let slug = id.strip_prefix(entity_type).and_then(|rest| rest.strip_prefix(':'));
            if !slug.is_some_and(is_slug) {
                complaints.push(format!("{}: id {id:?} is not {entity_type}:slug", row.at));
            }
            if !seen.insert(id) {
                complaints.push(format!("{}: id {id} is taken", row.at));
            }
            let country = row.get("country");
            if !country.is_empty() && !states.contains(country) {
                complaints.push(format!("{}: no country {country}", row.at));
            }
            let parent = row.get("part_of");
            let known = ids.contains(parent) || states.contains(parent);
            if !parent.is_empty() && (!known || parent == id) {
                complaints.push(format!("{}: no parent {parent}", row.at));
            }
            let population = row.get("population");
            if !population.is_empty() && population.parse::<u64>().is_err() {
                complaints.push(format!("{}: population {population:?}", row.at));
            }
            if row.get("name").is_empty() {
                complaints.push(format!("{}: no name", row.at));
            }
            check_coordinates(row, &mut complaints);
            check_names(row, &["name", "aliases"], &mut complaints);
        }
    }
    none(&complaints);
}

#[test]
fn countries_are_sound() {
    let files = PackFiles::builtin();
    let rows = countries(&files);
    let tables = entries(&files);
    let ids: BTreeSet<&str> =
        tables.iter().flat_map(|(_, rows)| rows.iter().map(|row| row.get("id"))).collect();
    let mut complaints = Vec::new();
    let mut codes = BTreeSet::new();
    for pair in rows.windows(2) {
        if pair[0].get("id") >= pair[1].get("id") {
            complaints.push(format!("{}: not sorted by id", pair[1].at));
        }
    }
    for row in &rows {
        let id = row.get("id");
        if !id.strip_prefix("country:").is_some_and(is_slug) {
            complaints.push(format!("{}: id {id:?}", row.at));
        }
        let capital = row.get("capital");
        if !(capital.is_empty() || ids.contains(capital)) {
            complaints.push(format!("{}: no capital {capital}", row.at));
        }
        let code = row.get("iso2");
        let sound =
            code.is_empty() || code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
        if !sound || !code.is_empty() && !codes.insert(code) {
            complaints.push(format!("{}: iso2 {code:?}", row.at));
        }
        check_coordinates(row, &mut complaints);
        for columns in [&["name", "aliases"][..], &["demonyms"], &["people"], &["seats"]] {
            check_names(row, columns, &mut complaints);
        }
    }
    assert!(rows.len() > 190, "every sovereign state is listed");
    none(&complaints);
}

/// Complains of every key that more than one id claims by a name that is not weak.
fn claimed_twice<'r>(claims: impl Iterator<Item = (&'r Row, Name<'r>)>) -> Vec<String> {
    let mut owners: BTreeMap<String, BTreeMap<&str, &str>> = BTreeMap::new();
    for (row, name) in claims.filter(|(_, name)| !name.is_weak()) {
        owners.entry(name.key()).or_default().insert(row.get("id"), name.0);
    }
    owners
        .values()
        .filter(|owners| owners.len() > 1)
        .map(|owners| format!("{owners:?}: mark all but one with ~"))
        .collect()
}

#[test]
fn no_name_has_two_owners_of_one_type() {
    let files = PackFiles::builtin();
    let tables = entries(&files);
    let rows: Vec<&Row> = tables.iter().flat_map(|(_, rows)| rows).collect();
    let types: BTreeSet<&str> = rows.iter().map(|row| row.get("type")).collect();
    let mut complaints = Vec::new();
    for entity_type in types {
        let of_type = rows.iter().filter(|row| row.get("type") == entity_type);
        complaints.extend(claimed_twice(
            of_type.flat_map(|row| row.names(&["name", "aliases"]).map(move |name| (*row, name))),
        ));
    }
    none(&complaints);
}

#[test]
fn a_demonym_and_a_state_name_mean_one_country() {
    let files = PackFiles::builtin();
    let rows = countries(&files);
    for columns in [&["name", "aliases", "seats"][..], &["demonyms", "people"]] {
        let claims = rows.iter().flat_map(|row| row.names(columns).map(move |name| (row, name)));
        none(&claimed_twice(claims));
    }
}

#[test]
fn lexicons_are_sound() {
    let files = PackFiles::builtin();
    let ontology: Ontology = files.parse_toml("ontology.toml").unwrap();
    let allowed: &[(&str, &str, &[&str])] = &[
        ("lexicons/nominals.csv", "number", &["singular", "plural", "collective", "any"]),
        ("lexicons/first_names.csv", "gender", &["any", "female", "male"]),
        ("lexicons/titles.csv", "form", &["role", "rank", "honorific"]),
    ];
    let keys = ["lemma", "phrase", "noun", "name", "word"];
    let mut complaints = Vec::new();
    let mut paths = BTreeSet::new();
    for (path, text) in files.in_folder("lexicons", "csv") {
        paths.insert(path);
        let (header, rows) = read(path, text);
        let key = header.first().filter(|first| keys.contains(&first.as_str()));
        let key = key.unwrap_or_else(|| panic!("{path}: header {header:?}"));
        let order = |row: &Row| (row.get(key).to_lowercase(), row.get(key).to_owned());
        for pair in rows.windows(2) {
            if order(&pair[0]) >= order(&pair[1]) {
                complaints.push(format!("{}: not sorted without case, or twice", pair[1].at));
            }
        }
        for row in &rows {
            if row.get(key).is_empty() || row.get(key).trim() != row.get(key) {
                complaints.push(format!("{}: {key} {:?}", row.at, row.get(key)));
            }
            let entity_type = row.get("type");
            let known = ontology.entity_types.keys().any(|name| name.as_str() == entity_type);
            if header.iter().any(|column| column == "type") && !known {
                complaints.push(format!("{}: no such type {entity_type:?}", row.at));
            }
            for (_, column, values) in allowed.iter().filter(|(file, _, _)| *file == path) {
                if !values.contains(&row.get(column)) {
                    complaints.push(format!("{}: {column} {:?}", row.at, row.get(column)));
                }
            }
        }
    }
    for (path, _, _) in allowed {
        assert!(paths.contains(path), "{path} is missing");
    }
    none(&complaints);
}

#[test]
fn every_data_file_names_its_source() {
    let files = PackFiles::builtin();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/packs/security/SOURCES.md");
    let sources = std::fs::read_to_string(path).unwrap();
    let data = files.in_folder("gazetteers", "csv").chain(files.in_folder("lexicons", "csv"));
    let unnamed: Vec<&str> = data
        .map(|(path, _)| path)
        .filter(|path| !sources.contains(path.rsplit('/').next().unwrap_or(path)))
        .collect();
    assert!(unnamed.is_empty(), "SOURCES.md says nothing of {unnamed:?}");
}
