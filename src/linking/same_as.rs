//! The analyst's own word on which names are one node and which are not.

use serde::Deserialize;

use super::names::folded;
use crate::error::DataError;

/// Merges that the analyst forces or forbids, read from a CSV file with the columns
/// `name,same_as` and, optionally, `different_from`.
///
/// ```
/// # use corkboard::linking::SameAs;
/// let rules = SameAs::parse("names.csv", "name,same_as,different_from\nM15,MI5,\nIIRO,,IRO\n")?;
/// assert!(rules.forces("m15", "MI5"));
/// assert!(rules.forbids("IRO", "IIRO"));
/// # Ok::<(), corkboard::error::DataError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct SameAs {
    same: Vec<(String, String)>,
    different: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    #[serde(default)]
    same_as: String,
    #[serde(default)]
    different_from: String,
}

impl SameAs {
    /// Parses the text of such a file; `file` is named in errors.
    ///
    /// # Errors
    /// If it lacks the column `name` or has a row without a second name.
    pub fn parse(file: &str, text: &str) -> Result<Self, DataError> {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .comment(Some(b'#'))
            .trim(csv::Trim::All)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let headers = reader.headers().cloned().unwrap_or_default();
        if !headers.iter().any(|h| h == "name") {
            let found: Vec<&str> = headers.iter().collect();
            let message = format!(
                "no column `name`; the file has {found:?}, it needs name and same_as or different_from"
            );
            return Err(DataError::at(file, 1, message));
        }
        let mut rules = Self::default();
        for record in reader.deserialize::<Row>() {
            let row = record.map_err(|error| {
                let line = error.position().map_or(0, |p| p.line() as usize);
                DataError::at(file, line, error.to_string())
            })?;
            let (name, same) = (folded(&row.name), folded(&row.same_as));
            let different = folded(&row.different_from);
            if name.is_empty() || (same.is_empty() && different.is_empty()) {
                let message = format!(
                    "row {:?} names nothing to compare with: fill same_as or different_from",
                    row.name
                );
                return Err(DataError::in_file(file, message));
            }
            if !same.is_empty() {
                rules.same.push((name.clone(), same));
            }
            if !different.is_empty() {
                rules.different.push((name, different));
            }
        }
        Ok(rules)
    }

    /// Whether the analyst says that two names are one.
    #[must_use]
    pub fn forces(&self, a: &str, b: &str) -> bool {
        holds(&self.same, &folded(a), &folded(b))
    }

    /// Whether the analyst says that two names are not one.
    #[must_use]
    pub fn forbids(&self, a: &str, b: &str) -> bool {
        holds(&self.different, &folded(a), &folded(b))
    }

    /// The pairs that are to be one, as folded names.
    pub(super) fn forced(&self) -> impl Iterator<Item = (&str, &str)> {
        self.same.iter().map(|(a, b)| (a.as_str(), b.as_str()))
    }

    /// Whether any pair is forbidden at all.
    pub(super) fn forbids_any(&self) -> bool {
        !self.different.is_empty()
    }
}

fn holds(pairs: &[(String, String)], a: &str, b: &str) -> bool {
    pairs.iter().any(|(x, y)| (x == a && y == b) || (x == b && y == a))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_its_column_says_what_it_has() {
        let error = SameAs::parse("f.csv", "who,whom\na,b\n").expect_err("no column name");
        assert!(error.to_string().starts_with("f.csv:1: no column `name`"), "{error}");
        assert!(SameAs::parse("f.csv", "name,same_as\nMI5,\n").is_err());
    }
}
