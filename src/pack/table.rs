//! Rows of the pack's CSV files (RFC 4180), with the line of each for error messages. The files
//! hold tens of thousands of rows and are read at every start, so cells are borrowed from the
//! text where they can be.

use std::borrow::Cow;
use std::fmt::Display;
use std::str::FromStr;

use crate::error::DataError;

/// A row of a table, with blanks around its cells trimmed.
pub(super) struct Row<'a> {
    path: &'a str,
    /// 1-based line on which it begins.
    pub(super) line: usize,
    columns: &'a [&'a str],
    cells: &'a [Cow<'a, str>],
}

impl Row<'_> {
    /// The cell of a column by its number in the list given to [`for_each_row`].
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", AsRef::as_ref)
    }

    /// The cell, unless it is empty.
    pub(super) fn given(&self, column: usize) -> Option<&str> {
        Some(self.cell(column)).filter(|cell| !cell.is_empty())
    }

    /// The cell as a number, unless it is empty.
    ///
    /// # Errors
    /// If it is none, with the line.
    pub(super) fn number<T: FromStr<Err: Display>>(
        &self,
        column: usize,
    ) -> Result<Option<T>, DataError> {
        let parse = |cell: &str| {
            cell.parse().map_err(|error| {
                self.error(format!("{} is {cell:?}: {error}", self.columns[column]))
            })
        };
        self.given(column).map(parse).transpose()
    }

    /// An error in this row.
    pub(super) fn error(&self, message: String) -> DataError {
        DataError::at(self.path, self.line, message)
    }
}

/// Hands every row of a CSV file with a header to `take`, its cells in the order of `columns`.
///
/// # Errors
/// If the header lacks a column or has another, a row has more or fewer cells than the header, a
/// quote is not closed, or `take` fails: with the line.
pub(super) fn for_each_row(
    path: &str,
    text: &str,
    columns: &[&str],
    take: &mut dyn FnMut(Row<'_>) -> Result<(), DataError>,
) -> Result<(), DataError> {
    let mut records = Records { path, rest: text, line: 1 };
    let mut record = Vec::new();
    let Some(line) = records.next(&mut record)? else {
        return Err(DataError::at(path, 1, "the file has no header"));
    };
    let mut places = Vec::with_capacity(record.len());
    for name in &record {
        let place = columns.iter().position(|column| *column == name.as_ref());
        places.push(place.ok_or_else(|| {
            let message = format!("unknown column {name:?}; allowed are {}", columns.join(", "));
            DataError::at(path, line, message)
        })?);
    }
    if let Some(missing) = (0..columns.len()).find(|column| !places.contains(column)) {
        let message = format!("the header lacks the column {:?}", columns[missing]);
        return Err(DataError::at(path, line, message));
    }
    let in_order = places.iter().copied().eq(0..columns.len());
    let mut cells: Vec<Cow<'_, str>> = vec![Cow::Borrowed(""); columns.len()];
    while let Some(line) = records.next(&mut record)? {
        if record.len() != places.len() {
            let message = format!("{} columns where the header has {}", record.len(), places.len());
            return Err(DataError::at(path, line, message));
        }
        let cells = if in_order {
            &record
        } else {
            for (place, cell) in places.iter().zip(&mut record) {
                cells[*place] = std::mem::take(cell);
            }
            &cells
        };
        take(Row { path, line, columns, cells })?;
    }
    Ok(())
}

/// The records of a CSV text that have not been read yet.
struct Records<'a> {
    path: &'a str,
    rest: &'a str,
    line: usize,
}

impl<'a> Records<'a> {
    /// Reads the next record, leaving out empty lines; gives the line on which it begins.
    fn next(&mut self, cells: &mut Vec<Cow<'a, str>>) -> Result<Option<usize>, DataError> {
        loop {
            let line = self.line;
            if self.rest.is_empty() {
                return Ok(None);
            }
            let end = memchr::memchr(b'\n', self.rest.as_bytes());
            let (record, rest) = match end {
                Some(end) => (&self.rest[..end], &self.rest[end + 1..]),
                None => (self.rest, ""),
            };
            cells.clear();
            if memchr::memchr(b'"', record.as_bytes()).is_some() {
                self.quoted(cells)?;
                return Ok(Some(line));
            }
            (self.rest, self.line) = (rest, line + 1);
            if !record.trim().is_empty() {
                cells.extend(record.split(',').map(|cell| Cow::Borrowed(cell.trim())));
                return Ok(Some(line));
            }
        }
    }

    /// Reads a record with quotation marks, which may hold commas, line ends and, doubled, marks.
    fn quoted(&mut self, cells: &mut Vec<Cow<'a, str>>) -> Result<(), DataError> {
        let line = self.line;
        loop {
            let blank = |c: char| c == ' ' || c == '\t' || c == '\r';
            let cell = self.rest.trim_start_matches(blank);
            let after = if let Some(mut inside) = cell.strip_prefix('"') {
                let mut value = String::new();
                loop {
                    let Some(end) = inside.find('"') else {
                        return Err(DataError::at(self.path, line, "a quote is not closed"));
                    };
                    value.push_str(&inside[..end]);
                    self.line += inside[..end].matches('\n').count();
                    inside = &inside[end + 1..];
                    let Some(more) = inside.strip_prefix('"') else { break };
                    value.push('"');
                    inside = more;
                }
                cells.push(Cow::Owned(value.trim().to_owned()));
                inside.trim_start_matches(blank)
            } else {
                let end = cell.find([',', '\n']).unwrap_or(cell.len());
                cells.push(Cow::Borrowed(cell[..end].trim()));
                &cell[end..]
            };
            if let Some(rest) = after.strip_prefix(',') {
                self.rest = rest;
            } else if after.is_empty() || after.starts_with('\n') {
                self.rest = after.get(1..).unwrap_or("");
                self.line += 1;
                return Ok(());
            } else {
                return Err(DataError::at(self.path, line, "text after a closing quote"));
            }
        }
    }
}

/// The parts of a cell that lists several values between `|`, blanks trimmed, empty ones left out.
pub(super) fn listed(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(usize, Vec<String>)>, String> {
        let mut rows = Vec::new();
        for_each_row("x.csv", text, &["name", "note"], &mut |row| {
            rows.push((row.line, vec![row.cell(0).to_owned(), row.cell(1).to_owned()]));
            Ok(())
        })
        .map(|()| rows)
        .map_err(|error| error.to_string())
    }

    fn cells(line: usize, name: &str, note: &str) -> (usize, Vec<String>) {
        (line, vec![name.to_owned(), note.to_owned()])
    }

    #[test]
    fn cells_are_trimmed_and_quotes_undone() {
        let text =
            "name,note\r\n a , b\r\n\r\n\"x, y\",\"he said \"\"no\"\"\"\n\"two\nlines\" ,\nz,\"\"";
        let expected = vec![
            cells(2, "a", "b"),
            cells(4, "x, y", "he said \"no\""),
            cells(5, "two\nlines", ""),
            cells(7, "z", ""),
        ];
        assert_eq!(read(text), Ok(expected));
        assert_eq!(read("note,name\n1,2\n"), Ok(vec![cells(2, "2", "1")]));
        assert_eq!(read("name,note\n"), Ok(Vec::new()));
    }

    #[test]
    fn what_is_no_table_is_refused_with_its_line() {
        assert_eq!(read(""), Err("x.csv:1: the file has no header".into()));
        assert_eq!(read("name\na\n"), Err("x.csv:1: the header lacks the column \"note\"".into()));
        let unknown = read("name,nota\n").expect_err("unknown column");
        assert_eq!(unknown, "x.csv:1: unknown column \"nota\"; allowed are name, note");
        let short = read("name,note\na,b\nc\n").expect_err("a short row");
        assert_eq!(short, "x.csv:3: 1 columns where the header has 2");
        assert_eq!(read("name,note\n\"a,b\n"), Err("x.csv:2: a quote is not closed".into()));
        assert!(read("name,note\n\"a\"b,c\n").is_err());
        assert!(read("name,note\na,\"b\" c\n").is_err());
    }
}
