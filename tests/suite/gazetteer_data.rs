//! What the lists of the security pack owe to one another, beyond the soundness of single rows
//! (see `pack_data`): names across types, phrases as the matcher folds them, threats and actors.

use std::collections::{BTreeMap, BTreeSet};

use corkboard::ontology::Ontology;
use corkboard::pack::{PackFiles, exact_form, fold_name};

type Row = BTreeMap<String, String>;

fn rows(files: &PackFiles, path: &str) -> Vec<Row> {
    let text = files.get(path).unwrap_or_else(|| panic!("the pack lacks {path}"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.unwrap_or_else(|e| panic!("{path}: {e}"))).collect()
}

/// The gazetteers whose names must not be shared: towns and regions may be namesakes.
const BODIES: [&str; 5] = [
    "gazetteers/agencies.csv",
    "gazetteers/facilities.csv",
    "gazetteers/organizations.csv",
    "gazetteers/persons.csv",
    "gazetteers/threat_actors.csv",
];

fn cell<'r>(row: &'r Row, column: &str) -> &'r str {
    row.get(column).map_or("", String::as_str)
}

fn is_acronym(name: &str) -> bool {
    (2..=5).contains(&name.chars().count()) && name.chars().all(|c| c.is_ascii_uppercase())
}

#[test]
fn a_name_counts_by_itself_for_one_body_only() {
    let files = PackFiles::builtin();
    let mut owners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in BODIES.iter().flat_map(|path| rows(&files, path)) {
        for name in [cell(&row, "name")].into_iter().chain(cell(&row, "aliases").split('|')) {
            let bare = name.trim_start_matches(['=', '~']);
            let weak = name.trim_start_matches('=').starts_with('~');
            if bare.is_empty() || weak {
                continue;
            }
            let key = if name.starts_with('=') || is_acronym(bare) {
                format!("={}", exact_form(bare))
            } else {
                fold_name(bare).join(" ")
            };
            owners.entry(key).or_default().insert(cell(&row, "id").to_owned());
        }
    }
    let shared: Vec<_> = owners.iter().filter(|(_, owners)| owners.len() > 1).collect();
    assert!(shared.is_empty(), "mark all but one as weak (~): {shared:#?}");
}

#[test]
fn a_lexicon_gives_a_phrase_once() {
    let files = PackFiles::builtin();
    for (path, column) in [
        ("lexicons/titles.csv", "phrase"),
        ("lexicons/equipment.csv", "phrase"),
        ("lexicons/org_suffixes.csv", "word"),
    ] {
        let rows = rows(&files, path);
        let mut folded = BTreeMap::new();
        for phrase in rows.iter().map(|row| cell(row, column)) {
            if let Some(other) = folded.insert(fold_name(phrase).join(" "), phrase) {
                panic!("{path}: {phrase:?} and {other:?} are one phrase");
            }
        }
    }
}

#[test]
fn threats_speak_of_subtypes_that_actors_have() {
    #[derive(serde::Deserialize)]
    struct Threats {
        threat: Vec<corkboard::pack::Threat>,
    }
    let files = PackFiles::builtin();
    let ontology: Ontology = files.parse_toml("ontology.toml").unwrap();
    let threats: Threats = files.parse_toml("lexicons/threats.toml").unwrap();
    let actors = rows(&files, "gazetteers/threat_actors.csv");
    let subtypes: BTreeSet<&str> = actors.iter().map(|row| cell(row, "subtype")).collect();
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    for threat in &threats.threat {
        for subtype in &threat.actor_subtypes {
            assert!(subtypes.contains(subtype.as_str()), "{}: {subtype}", threat.id);
        }
        for entity_type in &threat.actor_types {
            assert!(ontology.is_actor(entity_type), "{}: {entity_type}", threat.id);
        }
        assert!(!threat.names.is_empty(), "{}", threat.id);
        for name in &threat.names {
            let other = names.insert(name.to_string(), &threat.id);
            assert!(other.is_none(), "{name:?} names {other:?} and {}", threat.id);
        }
    }
    let covered: BTreeSet<&str> =
        threats.threat.iter().flat_map(|t| &t.actor_subtypes).map(|s| s.as_str()).collect();
    let bare: Vec<_> = subtypes.difference(&covered).collect();
    assert!(bare.iter().all(|s| **s == "mercenary"), "no threat for actors of subtype {bare:?}");
}
