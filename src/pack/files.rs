//! The files of a pack, from the binary or from disk.

use std::borrow::Cow;
use std::path::Path;

use serde::de::DeserializeOwned;

use super::placed::{self, Fault};
use crate::error::DataError;

/// Path and text of every file of the built-in pack.
static SECURITY: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/security_pack.rs"));

/// The text files of a pack by their path inside it, with `/` between folders, ordered.
#[derive(Clone, Debug, Default)]
pub struct PackFiles {
    files: Vec<(String, Cow<'static, str>)>,
}

impl PackFiles {
    /// The files of the built-in pack `security`.
    #[must_use]
    pub fn builtin() -> Self {
        let mut pack = Self::default();
        for (path, text) in SECURITY {
            pack.put((*path).to_owned(), Cow::Borrowed(text));
        }
        pack
    }

    /// The text files below a folder.
    ///
    /// # Errors
    /// If the folder or a file in it cannot be read, or a file is not UTF-8.
    pub fn from_directory(folder: &Path) -> Result<Self, DataError> {
        let io = |file: &Path, error| DataError::Io { file: file.to_owned(), error };
        let mut pack = Self::default();
        let mut open = vec![folder.to_owned()];
        while let Some(directory) = open.pop() {
            for entry in std::fs::read_dir(&directory).map_err(|e| io(&directory, e))? {
                let path = entry.map_err(|e| io(&directory, e))?.path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let text = std::fs::read_to_string(&path).map_err(|e| io(&path, e))?;
                    let inside = path.strip_prefix(folder).unwrap_or(&path);
                    pack.put(inside.to_string_lossy().replace('\\', "/"), Cow::Owned(text));
                }
            }
        }
        Ok(pack)
    }

    /// A pack of texts held in memory, by path.
    #[must_use]
    pub fn from_texts<P: Into<String>, T: Into<String>>(
        texts: impl IntoIterator<Item = (P, T)>,
    ) -> Self {
        let mut pack = Self::default();
        for (path, text) in texts {
            pack.insert(path, text.into());
        }
        pack
    }

    /// Adds a file, or replaces it: a pack put together in memory.
    pub fn insert(&mut self, path: impl Into<String>, text: String) {
        self.put(path.into(), Cow::Owned(text));
    }

    fn put(&mut self, path: String, text: Cow<'static, str>) {
        match self.files.binary_search_by(|(known, _)| known.cmp(&path)) {
            Ok(at) => self.files[at].1 = text,
            Err(at) => self.files.insert(at, (path, text)),
        }
    }

    /// A file's text.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        let at = self.files.binary_search_by(|(known, _)| known.as_str().cmp(path)).ok()?;
        Some(self.files[at].1.as_ref())
    }

    /// The files in a folder of the pack that end in `.extension`, ordered by path.
    pub fn in_folder<'s>(
        &'s self,
        folder: &'s str,
        extension: &'s str,
    ) -> impl Iterator<Item = (&'s str, &'s str)> {
        self.files
            .iter()
            .filter(move |(path, _)| {
                path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
                    && path.rsplit_once('.').is_some_and(|(_, e)| e == extension)
            })
            .map(|(path, text)| (path.as_str(), text.as_ref()))
    }

    /// Parses a TOML file of the pack.
    ///
    /// # Errors
    /// If the file is missing, or holds something that the type does not allow: with the line
    /// and column.
    pub fn parse_toml<T: DeserializeOwned>(&self, path: &str) -> Result<T, DataError> {
        let text =
            self.get(path).ok_or_else(|| DataError::in_file(path, "the pack lacks this file"))?;
        parse_toml(path, text)
    }
}

/// Parses TOML; errors name the file, line and column.
///
/// # Errors
/// If the text is not TOML, or not what the type allows.
pub(super) fn parse_toml<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, DataError> {
    placed::read(text).map_err(|error| in_toml(path, text, error.into_fault()))
}

/// A fault with the line and column at which it stands.
fn in_toml(path: &str, text: &str, fault: Fault) -> DataError {
    let position = fault.at.map(|offset| {
        let before = &text[..offset.min(text.len())];
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        let column = before.len() - before.rfind('\n').map_or(0, |i| i + 1) + 1;
        (line, column)
    });
    DataError::Invalid {
        file: path.to_owned(),
        line: position.map(|p| p.0),
        column: position.map(|p| p.1),
        message: fault.message,
    }
}
