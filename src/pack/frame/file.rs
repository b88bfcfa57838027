//! The TOML form of a frame file. Values that can be wrong keep their place in the file.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

/// A file of the folder `frames`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrameFile {
    /// Word lists that conditions may name with `@`.
    #[serde(default)]
    pub(super) lists: BTreeMap<String, Vec<String>>,
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
    pub(super) types: IndexMap<Spanned<String>, Vec<Spanned<String>>>,
    /// Roles that every incident frame has beside its own.
    pub(super) roles: IndexMap<Spanned<String>, Spanned<String>>,
}

/// One frame as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrameEntry {
    pub(super) id: Spanned<String>,
    #[serde(default)]
    pub(super) incident: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) relation: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) verbs: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) nouns: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) roles: IndexMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    pub(super) only: IndexMap<Spanned<String>, Vec<Spanned<String>>>,
    #[serde(default)]
    pub(super) never: IndexMap<Spanned<String>, Vec<Spanned<String>>>,
    #[serde(default)]
    pub(super) require: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) require_also: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) stage: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) stance: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) harm: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) result_only: bool,
    #[serde(default)]
    pub(super) needs_event: bool,
    #[serde(default)]
    pub(super) when_denied: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) general: bool,
    #[serde(default)]
    pub(super) induce: IndexMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    pub(super) count_of: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) confidence: Option<Spanned<f64>>,
    #[serde(default)]
    pub(super) positive: Vec<Spanned<BTreeMap<String, toml::Value>>>,
    #[serde(default)]
    pub(super) negative: Vec<String>,
}

/// One group of supporting verbs as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SupportEntry {
    #[serde(default)]
    pub(super) verbs: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) nouns: Vec<Spanned<String>>,
    pub(super) event: Spanned<String>,
    #[serde(default)]
    pub(super) moves: IndexMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    pub(super) stage: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) stance: Option<Spanned<String>>,
}
