//! What can go wrong. Messages name the file, the line, the value, and what is allowed there.

use std::io;
use std::path::PathBuf;

/// A pack, metadata file, analysis or graph file that does not hold what it should.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DataError {
    /// A value that is not allowed where it stands.
    #[error("{file}{}: {message}", position(.line, .column))]
    Invalid {
        /// The file as the user named it, or its path inside the pack.
        file: String,
        /// 1-based line, where known.
        line: Option<usize>,
        /// 1-based column, where known.
        column: Option<usize>,
        /// What is wrong, the value, and the values allowed.
        message: String,
    },
    /// The file could not be read at all.
    #[error("{}: {error}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// Why.
        error: io::Error,
    },
}

fn position(line: &Option<usize>, column: &Option<usize>) -> String {
    let part = |n: &Option<usize>| n.map(|n| format!(":{n}")).unwrap_or_default();
    format!("{}{}", part(line), part(column))
}

impl DataError {
    /// A value at `line` of `file` that is not allowed there.
    pub fn at(file: impl Into<String>, line: usize, message: impl Into<String>) -> Self {
        Self::Invalid { file: file.into(), line: Some(line), column: None, message: message.into() }
    }

    /// A file that is wrong as a whole.
    pub fn in_file(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid { file: file.into(), line: None, column: None, message: message.into() }
    }
}

/// An input that could not be read as a document; the rest of the run goes on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The operating system refused.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The bytes are not a format that can be read.
    #[error("{}: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the bytes are, or what is wrong with them.
        reason: String,
    },
    /// One record of a file of many is malformed.
    #[error("{}:{line}: {reason}", path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// 1-based line of the record.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
}

/// An output that could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The operating system refused.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Writing into a stream failed.
    #[error("cannot write: {0}")]
    Stream(#[from] io::Error),
}
