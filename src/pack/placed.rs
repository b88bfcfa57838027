//! TOML to the types of a pack, with the place of each value in its file.
//!
//! The `toml` crate's own deserialiser is compiled anew for every type that it reads, each time
//! for tables, dates and places apart; with the hundred types of a pack that was a sixth of the
//! crate's code. This one reads the parsed tree through a single type, and asks it for what the
//! type that is read expects and nothing else, for every question asked is compiled anew too.

use std::borrow::Cow;
use std::convert::Infallible;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, Visitor};
use toml::Spanned as Located;
use toml::de::{DeString, DeTable, DeValue};

/// The name by which [`Placed`] asks for the place of a value.
const PLACED: &str = "corkboard::Placed";

/// A value and the byte of the file at which it stands. Two are equal if their values are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Placed<T> {
    pub(super) at: usize,
    value: T,
}

impl<T> Placed<T> {
    pub(super) fn new(at: usize, value: T) -> Self {
        Self { at, value }
    }

    pub(super) fn get(&self) -> &T {
        &self.value
    }
}

impl<T: PartialEq> PartialEq for Placed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Placed<T> {}

impl<T: Hash> Hash for Placed<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl<'de, T: de::Deserialize<'de>> de::Deserialize<'de> for Placed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PlaceAndValue<T>(PhantomData<T>);
        impl<'de, T: de::Deserialize<'de>> Visitor<'de> for PlaceAndValue<T> {
            type Value = Placed<T>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a value of a TOML file")
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Placed<T>, A::Error> {
                let missing = || de::Error::custom("a value without its place");
                let at = seq.next_element()?.ok_or_else(missing)?;
                let value = seq.next_element()?.ok_or_else(missing)?;
                Ok(Placed { at, value })
            }
        }
        deserializer.deserialize_newtype_struct(PLACED, PlaceAndValue(PhantomData))
    }
}

/// What is wrong, and the byte at which it stands. In a box, for every function that reads a value
/// hands it on.
#[derive(Debug)]
pub(super) struct TomlError(Box<Fault>);

#[derive(Debug)]
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) at: Option<usize>,
}

impl TomlError {
    fn new(message: String, at: Option<usize>) -> Self {
        Self(Box::new(Fault { message, at }))
    }

    pub(super) fn into_fault(self) -> Fault {
        *self.0
    }

    /// Gives an error the place of the value in which it arose, unless it has a closer one.
    fn within(mut self, node: Node<'_>) -> Self {
        self.0.at = self.0.at.or(node.at());
        self
    }
}

impl std::fmt::Display for TomlError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for TomlError {}

impl de::Error for TomlError {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::new(message.to_string(), None)
    }
}

/// Reads a TOML text.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, TomlError> {
    let table = DeTable::parse(text).map_err(|error| {
        TomlError::new(error.message().to_owned(), error.span().map(|span| span.start))
    })?;
    let span = table.span();
    let root = Located::new(span, DeValue::Table(table.into_inner()));
    Node::Value(&root).read(PhantomData)
}

/// Whatever a value can be read from.
#[derive(Clone, Copy)]
enum Node<'a> {
    Value(&'a Located<DeValue<'a>>),
    Key(&'a Located<DeString<'a>>),
    /// The place of a value, as [`Placed`] asks for it.
    Place(usize),
}

impl<'a> Node<'a> {
    fn at(self) -> Option<usize> {
        match self {
            Self::Value(value) => Some(value.span().start),
            Self::Key(key) => Some(key.span().start),
            Self::Place(_) => None,
        }
    }

    fn text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Value(value) => match value.get_ref() {
                DeValue::String(text) => Some(Cow::Borrowed(text)),
                DeValue::Datetime(date) => Some(Cow::Owned(date.to_string())),
                _ => None,
            },
            Self::Key(key) => Some(Cow::Borrowed(key.get_ref())),
            Self::Place(_) => None,
        }
    }

    fn value(self) -> Option<&'a DeValue<'a>> {
        match self {
            Self::Value(value) => Some(value.get_ref()),
            Self::Key(_) | Self::Place(_) => None,
        }
    }

    /// Reads what `seed` reads; an error says where. Not inlined: a table has dozens of lists of
    /// words, and a copy of the reader for each was most of its code.
    #[inline(never)]
    fn read<'de, S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, TomlError> {
        match seed.deserialize(self) {
            Ok(value) => Ok(value),
            Err(error) => Err(error.within(self)),
        }
    }

    /// What is said where something else stands than what is expected.
    fn unexpected(self, expected: &dyn de::Expected) -> TomlError {
        match self.deserialize_any(Rejecting(expected)) {
            Ok(never) => match never {},
            Err(error) => error,
        }
    }
}

/// Takes no value at all.
struct Rejecting<'e>(&'e dyn de::Expected);

impl Visitor<'_> for Rejecting<'_> {
    type Value = Infallible;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserializer<'de> for Node<'_> {
    type Error = TomlError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TomlError> {
        let value = match self {
            Self::Key(key) => return visitor.visit_str(key.get_ref()),
            Self::Place(at) => return visitor.visit_u64(at as u64),
            Self::Value(value) => value.get_ref(),
        };
        match value {
            DeValue::String(text) => visitor.visit_str(text),
            DeValue::Boolean(yes) => visitor.visit_bool(*yes),
            DeValue::Array(items) => visitor.visit_seq(Items::of(items)),
            DeValue::Table(table) => visitor.visit_map(Entries::of(table)),
            DeValue::Datetime(date) => visitor.visit_str(&date.to_string()),
            DeValue::Integer(n) => match i64::from_str_radix(n.as_str(), n.radix()) {
                Ok(n) => visitor.visit_i64(n),
                Err(_) => Err(de::Error::custom(format_args!("number {n} is too large"))),
            },
            DeValue::Float(x) => match x.as_str().parse() {
                Ok(x) => visitor.visit_f64(x),
                Err(_) => Err(de::Error::custom(format_args!("{x} is not a number"))),
            },
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TomlError> {
        match self.text() {
            Some(text) => visitor.visit_str(&text),
            None => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TomlError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TomlError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TomlError> {
        match self.value() {
            Some(DeValue::Boolean(yes)) => visitor.visit_bool(*yes),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TomlError> {
        match self.value() {
            Some(DeValue::Array(items)) => visitor.visit_seq(Items::of(items)),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, TomlError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TomlError> {
        match self.value() {
            Some(DeValue::Table(table)) => visitor.visit_map(Entries::of(table)),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TomlError> {
        self.deserialize_map(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TomlError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, TomlError> {
        if name == PLACED {
            visitor.visit_seq(Items::placed(self))
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TomlError> {
        let text = self.text().ok_or_else(|| de::Error::custom("expected a text"))?;
        let text: StrDeserializer<'_, TomlError> = text.as_ref().into_deserializer();
        visitor.visit_enum(text)
    }

    serde::forward_to_deserialize_any! {
        u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 char bytes byte_buf unit ignored_any unit_struct
        tuple_struct
    }
}

/// The members of an array, or a place and the value that stands there.
struct Items<'a> {
    first: [Option<Node<'a>>; 2],
    rest: std::slice::Iter<'a, Located<DeValue<'a>>>,
}

impl<'a> Items<'a> {
    fn of(items: &'a [Located<DeValue<'a>>]) -> Self {
        Self { first: [None, None], rest: items.iter() }
    }

    fn placed(node: Node<'a>) -> Self {
        let place = Node::Place(node.at().unwrap_or_default());
        Self { first: [Some(place), Some(node)], rest: [].iter() }
    }

    fn next(&mut self) -> Option<Node<'a>> {
        let first = self.first.iter_mut().find_map(Option::take);
        first.or_else(|| self.rest.next().map(Node::Value))
    }
}

impl<'de> de::SeqAccess<'de> for Items<'_> {
    type Error = TomlError;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, TomlError> {
        match self.next() {
            Some(node) => node.read(seed).map(Some),
            None => Ok(None),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// The keys and values of a table.
struct Entries<'a> {
    rest: toml::map::Iter<'a, Located<DeString<'a>>, Located<DeValue<'a>>>,
    /// The value of the key that was read last.
    value: Node<'a>,
}

impl<'a> Entries<'a> {
    fn of(table: &'a DeTable<'a>) -> Self {
        Self { rest: table.iter(), value: Node::Place(0) }
    }

    fn next(&mut self) -> Option<Node<'a>> {
        let (key, value) = self.rest.next()?;
        self.value = Node::Value(value);
        Some(Node::Key(key))
    }
}

impl<'de> de::MapAccess<'de> for Entries<'_> {
    type Error = TomlError;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, TomlError> {
        match self.next() {
            Some(node) => node.read(seed).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, TomlError> {
        self.value.read(seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use indexmap::IndexMap;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "snake_case")]
    enum Side {
        Left,
        Right,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Row {
        name: Placed<String>,
        #[serde(default)]
        side: Option<Side>,
        #[serde(default)]
        weights: Vec<f64>,
        #[serde(default)]
        parts: IndexMap<Placed<String>, Placed<i64>>,
    }

    #[derive(Debug, Deserialize)]
    struct File {
        row: Vec<Row>,
    }

    #[test]
    fn values_keep_their_places_and_their_order() {
        let text = "[[row]]\nname = 'a'\nside = \"left\"\nweights = [1.5, -2e3]\n\
                    parts = { z = 1_000, b = 0x10 }\n[[row]]\nname = \"\"\"\nb\"\"\"\n";
        let file: File = read(text).unwrap();
        let [a, b] = &file.row[..] else { panic!("{file:?}") };
        assert_eq!((a.name.at, a.name.get().as_str()), (text.find("'a'").unwrap(), "a"));
        assert_eq!((&a.side, &a.weights[..]), (&Some(Side::Left), &[1.5, -2000.0][..]));
        let parts: Vec<_> =
            a.parts.iter().map(|(k, v)| (k.at, k.get().as_str(), v.at, *v.get())).collect();
        let place = |what: &str| text.find(what).unwrap();
        assert_eq!(
            parts,
            [(place("z = "), "z", place("1_000"), 1000), (place("b = 0x"), "b", place("0x10"), 16)]
        );
        assert_eq!((b.name.get().as_str(), &b.side, b.parts.len()), ("b", &None, 0));
    }

    #[test]
    fn errors_tell_the_closest_place() {
        let cases = [
            ("[[row]]\nname = 3\n", "3", "invalid type: integer `3`, expected a string"),
            ("[[row]]\nname = 'a'\nside = 'up'\n", "'up'", "unknown variant `up`"),
            ("[[row]]\nname = 'a'\nweights = [1.0, true]\n", "true", "invalid type: boolean"),
            ("[[row]]\nname = 'a'\nnmae = 'b'\n", "nmae", "unknown field `nmae`"),
            ("[[row]]\nname = 'a'\nparts = { q = 'x' }\n", "'x'", "invalid type: string"),
            ("[[row]]\nside = 'left'\n", "[[row]]", "missing field `name`"),
            ("[[row]]\nname = 99999999999999999999\n", "9999", "number 99999999999999999999"),
            ("[[row]]\nname = \n", "\n[", ""),
        ];
        for (text, place, message) in cases {
            let error = read::<File>(text).unwrap_err().into_fault();
            assert!(error.message.contains(message), "{text}: {error:?}");
            if let Some(place) = text.find(place) {
                assert_eq!(error.at, Some(place), "{text}: {error:?}");
            }
        }
    }
}
