//! The [`KnowledgeGraph`]: nodes, and one edge per (subject, relation, object) that gathers all
//! its evidence. Knows nothing of files.

use indexmap::IndexMap;
use jiff::civil::Date;
use petgraph::stable_graph::{NodeIndex, StableDiGraph};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::date::PartialDate;
use crate::extraction::{Stage, Stance};
use crate::ontology::{EntityType, IncidentType, RelationType};
use crate::span::{DocumentId, EntityId, RuleId};

/// Entities and incidents, and what connects them, each with its proof.
#[derive(Clone, Debug, Default)]
pub struct KnowledgeGraph {
    /// What the graph is called.
    pub name: String,
    /// The documents that it was made of, ordered by id.
    pub documents: IndexMap<DocumentId, DocumentRecord>,
    /// The graph itself. At most one edge per (source, relation, target).
    pub graph: StableDiGraph<Node, Edge>,
    by_id: IndexMap<EntityId, NodeIndex>,
}

/// What the graph keeps of a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Its identifier.
    pub id: DocumentId,
    /// Headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Path as given on the command line.
    pub path: String,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Words of the story.
    pub words: usize,
    /// The document of which this is a copy; copies count once as a source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<DocumentId>,
}

/// Something that the documents tell of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Readable and stable: `agency:mi5`.
    pub id: EntityId,
    /// The fullest common name, or a short description of an incident; never blank.
    pub label: String,
    /// Type.
    #[serde(rename = "type")]
    pub entity_type: EntityType,
    /// A finer type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtype: Option<SmolStr>,
    /// Other names that the documents use, with how often, most frequent first.
    #[serde(with = "aliases")]
    pub aliases: Vec<Alias>,
    /// How often the documents mention it.
    pub mentions: usize,
    /// The documents that mention it, ordered.
    pub documents: Vec<DocumentId>,
    /// 0 to 1, combined over independent sources.
    pub confidence: f64,
    /// First day or period that evidence of it tells of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<PartialDate>,
    /// Last day or period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<PartialDate>,
    /// Degrees north, for a place where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latitude: Option<f64>,
    /// Degrees east.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longitude: Option<f64>,
    /// What only an incident has.
    #[serde(flatten)]
    pub incident: Option<IncidentAttributes>,
    /// Where the documents name it; every incident mention, and the first mentions of others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// Why names or reports were joined in this node, one sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merges: Vec<String>,
    /// Where the layout put it; `None` before a layout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct IncidentAttributes {
    /// Type of incident.
    pub incident_type: IncidentType,
    /// Did it happen? The best supported answer.
    pub stage: Stage,
    /// Who says so: the strongest stance among the evidence.
    pub stance: Stance,
    /// First day, month or year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_start: Option<PartialDate>,
    /// Last day, month or year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_end: Option<PartialDate>,
    /// The words that say when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_text: Option<String>,
    /// How many, for a counted set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<f64>,
    /// At least so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count_min: Option<f64>,
    /// At most so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count_max: Option<f64>,
    /// How many people were killed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub killed: Option<f64>,
    /// How many people were injured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub injured: Option<f64>,
    /// Values of other documents that disagree with the ones above.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
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

/// A connection between two nodes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edge {
    /// Type.
    pub relation: RelationType,
    /// Pieces of evidence; above 0.
    pub weight: f64,
    /// 0 to 1, combined over independent sources.
    pub confidence: f64,
    /// The documents that prove it, ordered.
    pub documents: Vec<DocumentId>,
    /// The strongest stance among the evidence.
    pub stance: Stance,
    /// First day or period that the evidence tells of.
    pub first_seen: Option<PartialDate>,
    /// Last day or period.
    pub last_seen: Option<PartialDate>,
    /// Whether it follows from the pack's taxonomy and not from the words alone.
    pub inferred: bool,
    /// The proof, ordered by document and offset; never empty.
    pub evidence: Vec<Evidence>,
}

/// One place in one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Which document.
    pub document: DocumentId,
    /// First code point of the quote.
    pub begin: usize,
    /// One past its last.
    pub end: usize,
    /// The words.
    pub quote: String,
    /// Who says so, and how.
    pub stance: Stance,
    /// The node that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<EntityId>,
    /// The rule that read it.
    pub rule: RuleId,
}

impl KnowledgeGraph {
    /// An empty graph.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Adds a node, or gives the one that has its id already (which stays as it is).
    pub fn add_node(&mut self, node: Node) -> NodeIndex {
        if let Some(index) = self.by_id.get(&node.id) {
            return *index;
        }
        let id = node.id.clone();
        let index = self.graph.add_node(node);
        self.by_id.insert(id, index);
        index
    }

    /// The node with this id.
    #[must_use]
    pub fn node_index(&self, id: &str) -> Option<NodeIndex> {
        self.by_id.get(id).copied()
    }

    /// Number of nodes.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.graph.node_count()
    }

    /// Number of edges.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.graph.edge_count()
    }
}

mod aliases {
    //! Aliases as a list of strings, the form that `graph.json` documents.

    use serde::ser::SerializeSeq;
    use serde::{Deserialize, Deserializer, Serializer};

    use super::Alias;

    pub(super) fn serialize<S: Serializer>(aliases: &[Alias], s: S) -> Result<S::Ok, S::Error> {
        let mut list = s.serialize_seq(Some(aliases.len()))?;
        for alias in aliases {
            list.serialize_element(&alias.name)?;
        }
        list.end()
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<Alias>, D::Error> {
        let names = Vec::<String>::deserialize(d)?;
        Ok(names.into_iter().map(|name| Alias { name, count: 0 }).collect())
    }
}
