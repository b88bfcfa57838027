//! Rows of the pack's CSV files, with the line of each for error messages.

use serde::de::DeserializeOwned;

use crate::error::DataError;

/// Parses a CSV file with a header into typed rows, each with its 1-based line.
///
/// # Errors
/// If a column is missing or unknown, or a value does not parse: with the line.
pub(super) fn rows<T: DeserializeOwned>(
    path: &str,
    text: &str,
) -> Result<Vec<(usize, T)>, DataError> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| invalid(path, 1, &e))?.clone();
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        let line = reader.position().line() as usize;
        match reader.read_record(&mut record) {
            Ok(false) => return Ok(rows),
            Ok(true) => {
                let line = record.position().map_or(line, |p| p.line() as usize);
                let row = record.deserialize(Some(&header)).map_err(|e| invalid(path, line, &e))?;
                rows.push((line, row));
            }
            Err(error) => return Err(invalid(path, line, &error)),
        }
    }
}

fn invalid(path: &str, line: usize, error: &csv::Error) -> DataError {
    let message = match error.kind() {
        csv::ErrorKind::Deserialize { err, .. } => err.to_string(),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} columns where the header has {expected_len}")
        }
        _ => error.to_string(),
    };
    let line = error.position().map_or(line, |p| p.line() as usize);
    DataError::at(path, line, message)
}

/// The parts of a cell that lists several values between `|`, blanks trimmed, empty ones left out.
pub(super) fn listed(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|part| !part.is_empty())
}
