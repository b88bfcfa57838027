//! Corkboard reads news and security reports and builds a knowledge graph out of them: agency,
//! threat, incident, with the people, groups, states and places around them. Every node and edge
//! can be proved by a quote.
//!
//! The modules stand in the order in which data flows through them; each uses only those above.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod error;
pub mod span;
pub mod date;
mod order;
pub mod ontology;
pub mod pack;
pub mod document;
pub mod text;
pub mod mention;
pub mod attribution;
pub mod coreference;
pub mod extraction;
pub mod linking;
pub mod graph;
pub mod export;
pub mod pipeline;
