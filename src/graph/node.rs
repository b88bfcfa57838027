//! Nodes: entities and incidents, with what the documents say of each.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::Evidence;
use crate::date::PartialDate;
use crate::extraction::{Stage, Stance};
use crate::ontology::{EntityType, IncidentType};
use crate::span::{DocumentId, EntityId};

/// Something that the documents tell of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// Readable and stable: `agency:mi5`.
    pub id: EntityId,
    /// The fullest common name, or a short description of an incident; never blank.
    pub label: String,
    /// Type.
    pub entity_type: EntityType,
    /// A finer type.
    pub subtype: Option<SmolStr>,
    /// Other names that the documents use, with how often, most frequent first.
    pub aliases: Vec<Alias>,
    /// How often the documents mention it.
    pub mentions: usize,
    /// The documents that mention it, ordered.
    pub documents: Vec<DocumentId>,
    /// 0 to 1, combined over independent sources.
    pub confidence: f64,
    /// First day or period that evidence of it tells of.
    pub first_seen: Option<PartialDate>,
    /// Last day or period.
    pub last_seen: Option<PartialDate>,
    /// Degrees north, for a place where known.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// What only an incident has.
    pub incident: Option<IncidentAttributes>,
    /// Where the documents name it; every incident mention, and the first mentions of others.
    pub evidence: Vec<Evidence>,
    /// Why names or reports were joined in this node, one sentence each.
    pub merges: Vec<String>,
    /// Where the layout put it; `None` before a layout.
    pub position: Option<(f32, f32)>,
}

/// A name and how often it was used. In `graph.json` aliases are plain strings and the counts
/// stand beside them, under `alias_counts`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alias {
    /// As written.
    pub name: String,
    /// How often.
    pub count: usize,
}

/// What only an incident has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IncidentAttributes {
    /// Type of incident.
    pub incident_type: IncidentType,
    /// Did it happen? The best supported answer.
    pub stage: Stage,
    /// Who says so: the strongest stance among the evidence.
    pub stance: Stance,
    /// First day, month or year.
    pub date_start: Option<PartialDate>,
    /// Last day, month or year.
    pub date_end: Option<PartialDate>,
    /// The words that say when.
    pub date_text: Option<String>,
    /// How many, for a counted set.
    pub count: Option<f64>,
    /// At least so many.
    pub count_min: Option<f64>,
    /// At most so many.
    pub count_max: Option<f64>,
    /// How many people were killed.
    pub killed: Option<f64>,
    /// How many people were injured.
    pub injured: Option<f64>,
    /// Values of other documents that disagree with the ones above.
    pub disagreements: Vec<Disagreement>,
}

/// A value that some documents give and that is not the one the node shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Disagreement {
    /// Which attribute: `killed`.
    pub attribute: SmolStr,
    /// The other value, as text: `at least 15`.
    pub value: String,
    /// The documents that give it.
    pub documents: Vec<DocumentId>,
}
