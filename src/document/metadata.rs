//! What is known about a document besides its text, and the `--metadata` table.

use std::path::Path;

use crate::date::Date;
use rustc_hash::FxHashMap;

use super::day::{self, DayReading};
use super::listing::clean_path;
use crate::error::DataError;

/// What a table, a record or the format says about a document. A field that is not known is
/// `None`; blank cells count as not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentMetadata {
    /// Identifier.
    pub id: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Where it was published.
    pub url: Option<String>,
}

impl DocumentMetadata {
    /// Takes from `other` what is not known here.
    pub fn fill_from(&mut self, other: DocumentMetadata) {
        self.id = self.id.take().or(other.id);
        self.title = self.title.take().or(other.title);
        self.publisher = self.publisher.take().or(other.publisher);
        self.published = self.published.or(other.published);
        self.url = self.url.take().or(other.url);
    }
}

/// The `--metadata` table: a CSV file with a column `path` and any of `id`, `title`,
/// `publisher`, `published` and `url`. A row is about the file whose path ends in the row's
/// path (or the other way round), so a file name is enough where it is unique.
#[derive(Clone, Debug, Default)]
pub struct MetadataTable {
    file: String,
    rows: Vec<MetadataRow>,
    by_name: FxHashMap<String, Vec<usize>>,
    /// Warnings about dates that are none.
    undated: Vec<String>,
}

/// A row of the table.
#[derive(Clone, Debug)]
struct MetadataRow {
    line: usize,
    path: String,
    metadata: DocumentMetadata,
}

const COLUMNS: [&str; 6] = ["path", "id", "title", "publisher", "published", "url"];

impl MetadataTable {
    /// Reads the table.
    ///
    /// # Errors
    /// If the file cannot be read, is no CSV or has no column `path`: with the line, the value, and
    /// what is allowed. A date that is none is a warning: its document has no date.
    pub fn read(path: &Path) -> Result<Self, DataError> {
        let bytes =
            std::fs::read(path).map_err(|error| DataError::Io { file: path.to_owned(), error })?;
        Self::parse(&path.display().to_string(), &super::decode::decode(&bytes, None).text)
    }

    /// Parses the table; `file` names it in errors.
    ///
    /// # Errors
    /// As [`MetadataTable::read`].
    pub fn parse(file: &str, text: &str) -> Result<Self, DataError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let headers = reader.headers().map_err(|e| broken(file, &e))?.clone();
        let column =
            |name: &str| headers.iter().position(|header| header.trim().eq_ignore_ascii_case(name));
        let columns = COLUMNS.map(column);
        if columns[0].is_none() {
            let there: Vec<&str> = headers.iter().collect();
            return Err(DataError::at(
                file,
                1,
                format!(
                    "no column \"path\"; the columns are {}; allowed are {}",
                    quoted(&there),
                    quoted(&COLUMNS)
                ),
            ));
        }
        let mut table = Self { file: file.to_owned(), ..Self::default() };
        for record in reader.records() {
            let record = record.map_err(|e| broken(file, &e))?;
            let line = record.position().map_or(0, |p| p.line() as usize);
            let cell = |i: usize| {
                let value = columns[i].and_then(|c| record.get(c)).map(str::trim);
                value.filter(|v| !v.is_empty()).map(str::to_owned)
            };
            let Some(path) = cell(0) else { continue };
            let published = cell(4).and_then(|value| {
                let day = day_of(&value);
                table.undated.extend(day.as_ref().err().map(|e| format!("{file}:{line}: {e}")));
                day.ok()
            });
            let metadata = DocumentMetadata {
                id: cell(1),
                title: cell(2),
                publisher: cell(3),
                published,
                url: cell(5),
            };
            table.push(MetadataRow { line, path: clean_path(&path), metadata });
        }
        Ok(table)
    }

    fn push(&mut self, row: MetadataRow) {
        let name = last_component(&row.path).to_owned();
        self.by_name.entry(name).or_default().push(self.rows.len());
        self.rows.push(row);
    }

    /// The row about a document: the one that shares the most of the path. `id` is tried where
    /// no path fits, so that records can be described too.
    #[must_use]
    pub fn find(&self, path: &str, id: Option<&str>) -> Option<usize> {
        let path = clean_path(path);
        let fits = |row: usize| {
            let other = &self.rows[row].path;
            ends_with_path(&path, other) || ends_with_path(other, &path)
        };
        let candidates = self.by_name.get(last_component(&path)).map_or(&[][..], Vec::as_slice);
        let shared = |row: usize| self.rows[row].path.len().min(path.len());
        let best = candidates
            .iter()
            .copied()
            .filter(|row| fits(*row))
            .max_by_key(|row| (shared(*row), std::cmp::Reverse(*row)));
        best.or_else(|| self.by_name.get(id?).and_then(|rows| rows.first().copied()))
    }

    /// What a row says.
    #[must_use]
    pub fn metadata(&self, row: usize) -> DocumentMetadata {
        self.rows.get(row).map(|row| row.metadata.clone()).unwrap_or_default()
    }

    /// A warning for every date that is none and for every row that no document `used`, in table order.
    pub fn warnings<'s>(
        &'s self,
        used: &'s rustc_hash::FxHashSet<usize>,
    ) -> impl Iterator<Item = String> + 's {
        let unused = self.rows.iter().enumerate().filter(|(i, _)| !used.contains(i));
        let unused = unused.map(|(_, row)| {
            format!("{}:{}: no document {:?} among the inputs", self.file, row.line, row.path)
        });
        self.undated.iter().cloned().chain(unused)
    }

    /// The table's file as the user named it.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }
}

/// Reads a date that a person wrote into a table or an option.
///
/// # Errors
/// A message with the value and what is allowed, where it is no date or not one day.
pub fn day_of(value: &str) -> Result<Date, String> {
    match day::read(value) {
        Some(DayReading::Day(date)) => Ok(date),
        Some(DayReading::Ambiguous) => {
            Err(format!("ambiguous date {value:?}: day or month first? write YYYY-MM-DD"))
        }
        None => Err(format!("not a date: {value:?}; write YYYY-MM-DD")),
    }
}

fn broken(file: &str, error: &csv::Error) -> DataError {
    let line = error.position().map_or(1, |p| p.line() as usize);
    DataError::at(file, line, format!("not CSV: {error}"))
}

/// Names in quotes with commas, for messages.
pub(super) fn quoted<S: AsRef<str>>(names: &[S]) -> String {
    let names: Vec<String> = names.iter().map(|n| format!("{:?}", n.as_ref())).collect();
    names.join(", ")
}

fn last_component(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn ends_with_path(path: &str, tail: &str) -> bool {
    path.strip_suffix(tail).is_some_and(|head| head.is_empty() || head.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_path_by_name_and_by_id() {
        let table = MetadataTable::parse(
            "m.csv",
            "path,publisher,published\na/x.txt,Gazette,2024-01-02\nb/x.txt,Courier,2 Feb 2023\ny.txt,Herald,\nrec-7,Wire,\n",
        )
        .expect("a table");
        let publisher = |path: &str, id: Option<&str>| {
            table.find(path, id).and_then(|row| table.metadata(row).publisher)
        };
        assert_eq!(publisher("corpus/a/x.txt", None).as_deref(), Some("Gazette"));
        assert_eq!(publisher("./b/x.txt", None).as_deref(), Some("Courier"));
        assert_eq!(publisher("deep/er/y.txt", None).as_deref(), Some("Herald"));
        assert_eq!(publisher("all.jsonl", Some("rec-7")).as_deref(), Some("Wire"));
        assert_eq!(publisher("c/x.txt", None), None, "another folder's file");
        assert_eq!(table.metadata(1).published, crate::date::Date::new(2023, 2, 2));
    }

    #[test]
    fn mistakes_name_file_line_value_and_what_is_allowed() {
        let error = |text: &str| MetadataTable::parse("m.csv", text).expect_err(text).to_string();
        let message = error("file,title\nx.txt,T\n");
        assert!(
            message.starts_with("m.csv:1: no column \"path\"; the columns are \"file\", \"title\""),
            "{message}"
        );
        let rows =
            "path,published\nx.txt,03/04/2024\ny.txt,soon\nz.txt,2020-12\nw.txt,2024-05-06\n";
        let table = MetadataTable::parse("m.csv", rows).expect("a table");
        let used = (0..4).collect();
        let warnings: Vec<String> = table.warnings(&used).collect();
        assert!(warnings[0].starts_with("m.csv:2: ambiguous date \"03/04/2024\""), "{warnings:?}");
        assert!(warnings[1].starts_with("m.csv:3: not a date: \"soon\""), "{warnings:?}");
        assert!(warnings[2].starts_with("m.csv:4: not a date: \"2020-12\""), "{warnings:?}");
        let published = (0..4).map(|row| table.metadata(row).published.is_some());
        assert_eq!(published.collect::<Vec<_>>(), [false, false, false, true]);
    }
}
