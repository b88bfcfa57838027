//! The TOML form of a frame file. Values that can be wrong keep their place in the file.

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::{self, Visitor};

use crate::pack::placed::Placed;

/// A file of the folder `frames`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrameFile {
    /// Word lists that conditions may name with `@`.
    #[serde(default)]
    pub(super) lists: IndexMap<String, Vec<String>>,
    /// Types and slots that hold where a frame says nothing else.
    #[serde(default)]
    pub(super) defaults: Option<Defaults>,
    #[serde(default)]
    pub(super) support: Vec<SupportEntry>,
    #[serde(default)]
    pub(super) frame: Vec<FrameEntry>,
}

/// What holds for every frame.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Defaults {
    /// Entity types of each role.
    pub(super) types: IndexMap<Placed<String>, Vec<Placed<String>>>,
    /// Roles that every incident frame has beside its own.
    pub(super) roles: IndexMap<Placed<String>, Placed<String>>,
}

/// One frame as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrameEntry {
    pub(super) id: Placed<String>,
    #[serde(default)]
    pub(super) incident: Option<Placed<String>>,
    #[serde(default)]
    pub(super) relation: Option<Placed<String>>,
    #[serde(default)]
    pub(super) verbs: Vec<Placed<String>>,
    #[serde(default)]
    pub(super) nouns: Vec<Placed<String>>,
    #[serde(default)]
    pub(super) roles: IndexMap<Placed<String>, Placed<String>>,
    #[serde(default)]
    pub(super) only: IndexMap<Placed<String>, Vec<Placed<String>>>,
    #[serde(default)]
    pub(super) never: IndexMap<Placed<String>, Vec<Placed<String>>>,
    #[serde(default)]
    pub(super) require: Vec<Placed<String>>,
    #[serde(default)]
    pub(super) require_also: Vec<Placed<String>>,
    #[serde(default)]
    pub(super) stage: Option<Placed<String>>,
    #[serde(default)]
    pub(super) stance: Option<Placed<String>>,
    #[serde(default)]
    pub(super) harm: Option<Placed<String>>,
    #[serde(default)]
    pub(super) tally: bool,
    #[serde(default)]
    pub(super) needs_event: bool,
    #[serde(default)]
    pub(super) undated: bool,
    #[serde(default)]
    pub(super) predicative: bool,
    #[serde(default)]
    pub(super) arms_only: bool,
    #[serde(default)]
    pub(super) unplaced: bool,
    #[serde(default)]
    pub(super) accomplished: bool,
    #[serde(default)]
    pub(super) when_denied: Option<Placed<String>>,
    #[serde(default)]
    pub(super) general: bool,
    #[serde(default)]
    pub(super) induce: IndexMap<Placed<String>, Placed<String>>,
    #[serde(default)]
    pub(super) count_of: Option<Placed<String>>,
    #[serde(default)]
    pub(super) counted: bool,
    #[serde(default)]
    pub(super) count_from: Option<Placed<f64>>,
    #[serde(default)]
    pub(super) confidence: Option<Placed<f64>>,
    #[serde(default)]
    pub(super) positive: Vec<Placed<IndexMap<String, ExampleValue>>>,
    #[serde(default)]
    pub(super) negative: Vec<String>,
}

/// One group of supporting verbs as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SupportEntry {
    #[serde(default)]
    pub(super) verbs: Vec<Placed<String>>,
    #[serde(default)]
    pub(super) nouns: Vec<Placed<String>>,
    pub(super) event: Placed<String>,
    #[serde(default)]
    pub(super) moves: IndexMap<Placed<String>, Placed<String>>,
    #[serde(default)]
    pub(super) stage: Option<Placed<String>>,
    #[serde(default)]
    pub(super) stance: Option<Placed<String>>,
}

/// What an example says of a part: the words that fill it, or how many.
#[derive(Clone, Debug)]
pub(super) enum ExampleValue {
    Text(String),
    Texts(Vec<String>),
    Number(i64),
}

impl<'de> Deserialize<'de> for ExampleValue {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyOfThem;
        impl<'de> Visitor<'de> for AnyOfThem {
            type Value = ExampleValue;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text, a list of texts or a whole number")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<ExampleValue, E> {
                Ok(ExampleValue::Text(text.to_owned()))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<ExampleValue, E> {
                Ok(ExampleValue::Number(number))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(
                self,
                mut seq: A,
            ) -> Result<ExampleValue, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = seq.next_element()? {
                    texts.push(text);
                }
                Ok(ExampleValue::Texts(texts))
            }
        }
        deserializer.deserialize_any(AnyOfThem)
    }
}
