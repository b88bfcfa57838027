//! A frame file and the places in it, and the values that mean the same in every kind of entry.

use std::fmt::Display;

use indexmap::IndexMap;
use serde::de::value::{Error as ValueError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};

use crate::error::DataError;
use crate::order;
use crate::pack::placed::Placed;

/// A file under compilation, for messages.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
}

impl Source<'_> {
    pub(super) fn position(self, offset: usize) -> (usize, usize) {
        let before = &self.text[..offset.min(self.text.len())];
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        (line, before.len() - before.rfind('\n').map_or(0, |i| i + 1) + 1)
    }

    pub(super) fn error(self, offset: usize, message: impl Display) -> DataError {
        let (line, column) = self.position(offset);
        DataError::Invalid {
            file: self.path.to_owned(),
            line: Some(line),
            column: Some(column),
            message: message.to_string(),
        }
    }
}

/// Reads a name of a closed scale; the message lists the scale.
pub(super) fn parse_name<T: DeserializeOwned>(
    source: Source<'_>,
    name: Option<&Placed<String>>,
) -> Result<Option<T>, DataError> {
    let Some(name) = name else { return Ok(None) };
    let text: StrDeserializer<'_, ValueError> = name.get().as_str().into_deserializer();
    T::deserialize(text).map(Some).map_err(|e| source.error(name.at, e))
}

/// TOML tables are sorted by key when parsed; the order of the file decides which part takes a
/// filler first, so it is restored from the keys' places.
pub(super) fn in_file_order<V>(
    table: &IndexMap<Placed<String>, V>,
) -> impl Iterator<Item = (&Placed<String>, &V)> {
    let mut entries: Vec<(&Placed<String>, &V)> = table.iter().collect();
    order::by_key(&mut entries, |(key, _)| key.at);
    entries.into_iter()
}
