//! The examples that every frame carries: what it must read, and what it must leave alone.

use smol_str::SmolStr;

use crate::ontology::{Stage, Stance};

use super::Part;

/// A text that the frame must read, and what it must find there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PositiveExample {
    /// The text.
    pub text: String,
    /// Each part with the texts of the mentions that must fill it. Parts not named are not
    /// looked at; a part with no texts must stay empty.
    pub parts: Vec<(Part, Vec<SmolStr>)>,
    /// The stage that must be found, where the example tells one.
    pub stage: Option<Stage>,
    /// The stance that must be found, where the example tells one.
    pub stance: Option<Stance>,
    /// Number of dead that must be found.
    pub killed: Option<i64>,
    /// Number of injured that must be found.
    pub injured: Option<i64>,
    /// Number of incidents that must be found.
    pub count: Option<i64>,
}

/// A text in which the frame must find nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NegativeExample {
    /// The text.
    pub text: String,
}
