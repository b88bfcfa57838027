//! Reads and checks `ontology.toml`: every name that it uses it also declares.

use std::fmt::Display;

use super::files::PackFiles;
use crate::error::DataError;
use crate::ontology::{IncidentType, Ontology};

const PATH: &str = "ontology.toml";

/// Words that stand for several entity types.
const GROUPS: [&str; 3] = ["actor", "location", "any"];

/// Reads the vocabulary.
///
/// # Errors
/// A name that is not declared, a colour that is none, or an incident type above itself, with
/// the line.
pub(super) fn load(files: &PackFiles) -> Result<Ontology, DataError> {
    let ontology: Ontology = files.parse_toml(PATH)?;
    let text = files.get(PATH).unwrap_or_default();
    let check = Check { text };
    for (name, info) in &ontology.entity_types {
        check.color("entity_types", name.as_str(), &info.color)?;
    }
    for (name, info) in &ontology.relation_types {
        check.color("relation_types", name.as_str(), &info.color)?;
        for end in info.subject.iter().chain(&info.object) {
            if !GROUPS.contains(&end.as_str()) && !ontology.entity_types.contains_key(end.as_str())
            {
                let types = ontology.entity_types.keys().map(AsRef::as_ref).chain(GROUPS);
                let section = format!("relation_types.{name}");
                return Err(check.unknown(&section, "entity type", end, types));
            }
        }
    }
    for (name, family) in &ontology.incident_families {
        if !ontology.relation_types.contains_key(&family.actor_relation) {
            let types = ontology.relation_types.keys().map(AsRef::as_ref);
            let section = format!("incident_families.{name}");
            return Err(check.unknown(&section, "relation", family.actor_relation.as_str(), types));
        }
    }
    for (name, info) in &ontology.incident_types {
        let section = format!("incident_types.{name}");
        if !ontology.incident_families.contains_key(&info.family) {
            let families = ontology.incident_families.keys().map(AsRef::as_ref);
            return Err(check.unknown(&section, "family", &info.family, families));
        }
        let mut named = info.is_a.iter().chain(&info.told_as);
        if let Some(parent) = named.find(|p| !ontology.incident_types.contains_key(*p)) {
            let types = ontology.incident_types.keys().map(AsRef::as_ref);
            return Err(check.unknown(&section, "incident type", parent.as_str(), types));
        }
        if stands_above_itself(&ontology, name) {
            let message = format!("incident type \"{name}\" is above itself by way of its is_a");
            return Err(DataError::at(PATH, check.line(&section, "is_a"), message));
        }
    }
    Ok(ontology)
}

/// Whether going up from a type leads back to it.
fn stands_above_itself(ontology: &Ontology, name: &IncidentType) -> bool {
    let parents = |name: &IncidentType| {
        ontology.incident_types.get(name).map_or(&[][..], |info| info.is_a.as_slice())
    };
    let mut seen: Vec<&IncidentType> = Vec::new();
    let mut open: Vec<&IncidentType> = parents(name).iter().collect();
    while let Some(above) = open.pop() {
        if above == name {
            return true;
        }
        if !seen.contains(&above) {
            seen.push(above);
            open.extend(parents(above));
        }
    }
    false
}

struct Check<'t> {
    text: &'t str,
}

impl Check<'_> {
    /// The line in a section (`[section]` or `section = {...}` under its parent's heading) that
    /// holds some words; the first of the file where neither is found.
    fn line(&self, section: &str, words: &str) -> usize {
        let heading = format!("[{section}]");
        let (parent, own) = section.split_once('.').unwrap_or(("", section));
        let parent = format!("[{parent}]");
        let (mut inside, mut below) = (false, false);
        let mut start = 1;
        for (number, line) in self.text.lines().enumerate() {
            let line = line.trim();
            if line.starts_with('[') {
                inside = line == heading;
                below = line == parent;
            }
            let here = below && line.split(['=', ' ', '.']).next() == Some(own);
            if inside || here {
                if start == 1 {
                    start = number + 1;
                }
                if line.contains(words) {
                    return number + 1;
                }
            }
        }
        start
    }

    fn unknown<'n>(
        &self,
        section: &str,
        what: &str,
        value: impl Display,
        allowed: impl Iterator<Item = &'n str>,
    ) -> DataError {
        let allowed: Vec<&str> = allowed.collect();
        let line = self.line(section, &format!("\"{value}\""));
        let message = format!("unknown {what} \"{value}\"; allowed: {}", allowed.join(", "));
        DataError::at(PATH, line, message)
    }

    fn color(&self, table: &str, name: &str, color: &str) -> Result<(), DataError> {
        let digits = color.strip_prefix('#').unwrap_or_default();
        if color.is_empty() || digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Ok(());
        }
        let line = self.line(&format!("{table}.{name}"), &format!("\"{color}\""));
        let message = format!("\"{color}\" is not a colour; write it as \"#rrggbb\"");
        Err(DataError::at(PATH, line, message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(from: &str, to: &str) -> String {
        let mut files = PackFiles::builtin();
        let text = files.get(PATH).unwrap().to_owned();
        assert!(text.contains(from), "{from}");
        files.insert(PATH, text.replacen(from, to, 1));
        load(&files).expect_err(to).to_string()
    }

    #[test]
    fn names_that_are_not_declared_are_refused_with_their_line() {
        let error = refused("family = \"violent\"", "family = \"violnet\"");
        assert!(error.starts_with("ontology.toml:"), "{error}");
        assert!(error.contains("unknown family \"violnet\"; allowed: violent, "), "{error}");
        let error = refused("actor_relation = \"perpetrates\"", "actor_relation = \"does\"");
        assert!(error.contains("unknown relation \"does\"; allowed: warns_of"), "{error}");
        let error = refused("subject = [\"agency\"", "subject = [\"agancy\"");
        assert!(error.contains("unknown entity type \"agancy\"; allowed: agency"), "{error}");
        let error = refused("color = \"#0072b2\"", "color = \"blue\"");
        assert_eq!(error, "ontology.toml:9: \"blue\" is not a colour; write it as \"#rrggbb\"");
        let error = refused("is_a = [\"attack\"]", "is_a = [\"bombing\"]");
        assert!(error.contains("incident type \"bombing\" is above itself"), "{error}");
    }

    #[test]
    fn the_line_is_that_of_the_value() {
        let mut files = PackFiles::default();
        let text = "[entity_types.a]\nlabel = \"a\"\n\n[relation_types.r]\nlabel = \"r\"\n\
                    subject = [\"a\"]\nobject = [\"b\"]\n\n[incident_families]\n[incident_types]\n";
        files.insert(PATH, text.to_owned());
        let error = load(&files).expect_err("b is not declared").to_string();
        let allowed = "allowed: a, actor, location, any";
        assert_eq!(error, format!("ontology.toml:7: unknown entity type \"b\"; {allowed}"));
    }
}
