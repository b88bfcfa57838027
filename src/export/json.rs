//! `graph.json`: node-link, as NetworkX reads it, with all the evidence; and its reader, the only
//! way back from a file to a graph.
//!
//! A line holds one node or one edge, so that the file can be searched and compared by line, and
//! errors can name a line that says something.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use smol_str::SmolStr;

use super::presentation::Presentation;
use crate::date::PartialDate;
use crate::error::DataError;
use crate::extraction::{Stage, Stance};
use crate::graph::{
    Alias, Disagreement, DocumentRecord, Edge, Evidence, IncidentAttributes, KnowledgeGraph, Node,
};
use crate::ontology::{EntityType, IncidentType, RelationType};
use crate::order;
use crate::span::{DocumentId, EntityId};

/// The attributes of the whole graph.
#[derive(Deserialize)]
struct JsonHead {
    #[serde(default)]
    name: String,
    #[serde(default)]
    documents: Vec<DocumentRecord>,
}

/// A node as the file holds it. Flat: what only an incident has stands beside the rest.
#[derive(Serialize, Deserialize)]
struct JsonNode {
    id: EntityId,
    label: String,
    #[serde(rename = "type")]
    entity_type: EntityType,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subtype: Option<SmolStr>,
    #[serde(default)]
    aliases: Vec<String>,
    /// How often each alias is used, in the order of `aliases`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    alias_counts: Vec<usize>,
    #[serde(default)]
    mentions: usize,
    #[serde(default)]
    documents: Vec<DocumentId>,
    #[serde(default)]
    confidence: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_seen: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_seen: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    latitude: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    longitude: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    incident_type: Option<IncidentType>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stage: Option<Stage>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stance: Option<Stance>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date_start: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date_end: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date_text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    count: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    count_min: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    count_max: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    killed: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    injured: Option<f64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    disagreements: Vec<Disagreement>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<Evidence>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    merges: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    position: Option<(f32, f32)>,
}

/// An edge as the file holds it.
#[derive(Serialize, Deserialize)]
struct JsonEdge {
    #[serde(default)]
    key: String,
    source: EntityId,
    target: EntityId,
    relation: RelationType,
    weight: f64,
    #[serde(default)]
    confidence: f64,
    #[serde(default)]
    documents: Vec<DocumentId>,
    #[serde(default)]
    stance: Stance,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_seen: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_seen: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    inferred: bool,
    #[serde(default)]
    evidence: Vec<Evidence>,
}

/// The file, its nodes and edges not yet parsed, so that an error can tell their line.
#[derive(Deserialize)]
struct JsonFile<'f> {
    #[serde(default = "yes")]
    directed: bool,
    graph: Option<JsonHead>,
    #[serde(borrow)]
    nodes: Vec<&'f RawValue>,
    #[serde(borrow, alias = "links")]
    edges: Vec<&'f RawValue>,
}

fn yes() -> bool {
    true
}

impl From<&Node> for JsonNode {
    fn from(node: &Node) -> Self {
        let incident = node.incident.clone();
        let known = incident.is_some();
        let incident = incident.unwrap_or_default();
        let finite = |x: Option<f64>| x.filter(|x| x.is_finite());
        Self {
            id: node.id.clone(),
            label: node.label.clone(),
            entity_type: node.entity_type.clone(),
            subtype: node.subtype.clone(),
            aliases: node.aliases.iter().map(|alias| alias.name.clone()).collect(),
            alias_counts: node.aliases.iter().map(|alias| alias.count).collect(),
            mentions: node.mentions,
            documents: node.documents.clone(),
            confidence: finite(Some(node.confidence)).unwrap_or(0.0),
            first_seen: node.first_seen,
            last_seen: node.last_seen,
            latitude: finite(node.latitude),
            longitude: finite(node.longitude),
            incident_type: known.then_some(incident.incident_type),
            stage: known.then_some(incident.stage),
            stance: known.then_some(incident.stance),
            date_start: incident.date_start,
            date_end: incident.date_end,
            date_text: incident.date_text,
            count: finite(incident.count),
            count_min: finite(incident.count_min),
            count_max: finite(incident.count_max),
            killed: finite(incident.killed),
            injured: finite(incident.injured),
            disagreements: incident.disagreements,
            evidence: node.evidence.clone(),
            merges: node.merges.clone(),
            position: node.position.filter(|(x, y)| x.is_finite() && y.is_finite()),
        }
    }
}

impl JsonNode {
    /// The node, or what is wrong with it.
    fn into_node(self) -> Result<Node, String> {
        let id = &self.id;
        if id.as_str().is_empty() {
            return Err("a node without an id".to_owned());
        }
        if !self.alias_counts.is_empty() && self.alias_counts.len() != self.aliases.len() {
            return Err(format!(
                "node {id}: {} aliases but {} alias_counts",
                self.aliases.len(),
                self.alias_counts.len()
            ));
        }
        check_confidence(self.confidence).map_err(|what| format!("node {id}: {what}"))?;
        let counts = self.alias_counts.into_iter().chain(std::iter::repeat(0));
        let aliases = self.aliases.into_iter().zip(counts);
        let incident = self.incident_type.map(|incident_type| IncidentAttributes {
            incident_type,
            stage: self.stage.unwrap_or_default(),
            stance: self.stance.unwrap_or_default(),
            date_start: self.date_start,
            date_end: self.date_end,
            date_text: self.date_text,
            count: self.count,
            count_min: self.count_min,
            count_max: self.count_max,
            killed: self.killed,
            injured: self.injured,
            disagreements: self.disagreements,
        });
        Ok(Node {
            id: self.id,
            label: self.label,
            entity_type: self.entity_type,
            subtype: self.subtype,
            aliases: aliases.map(|(name, count)| Alias { name, count }).collect(),
            mentions: self.mentions,
            documents: self.documents,
            confidence: self.confidence,
            first_seen: self.first_seen,
            last_seen: self.last_seen,
            latitude: self.latitude,
            longitude: self.longitude,
            incident,
            evidence: self.evidence,
            merges: self.merges,
            position: self.position,
        })
    }
}

fn check_confidence(confidence: f64) -> Result<(), String> {
    if (0.0..=1.0).contains(&confidence) {
        Ok(())
    } else {
        Err(format!("confidence {confidence} is not between 0 and 1"))
    }
}

/// Writes the graph as `graph.json`. Ids stay as they are in the graph.
pub(super) fn write(presentation: &Presentation<'_>, out: &mut dyn Write) -> io::Result<()> {
    let graph = presentation.graph;
    let mut documents: Vec<DocumentRecord> = graph.documents.values().cloned().collect();
    order::by(&mut documents, |a, b| a.id.cmp(&b.id));
    writeln!(out, "{{\"directed\": true, \"multigraph\": true, \"graph\": {{")?;
    write!(out, "\"name\": {}, ", serde_json::to_string(&graph.name)?)?;
    writeln!(out, "\"generator\": {}, \"documents\": [", serde_json::to_string(super::GENERATOR)?)?;
    lines(out, documents.iter())?;
    writeln!(out, "]}},\n\"nodes\": [")?;
    lines(out, presentation.nodes.iter().map(|presented| JsonNode::from(presented.node)))?;
    writeln!(out, "],\n\"edges\": [")?;
    lines(
        out,
        presentation.edges.iter().map(|presented| {
            let edge = presented.edge;
            JsonEdge {
                key: presented.id.clone(),
                source: presentation.nodes[presented.source].node.id.clone(),
                target: presentation.nodes[presented.target].node.id.clone(),
                relation: edge.relation.clone(),
                weight: presented.weight,
                confidence: if edge.confidence.is_finite() { edge.confidence } else { 0.0 },
                documents: edge.documents.clone(),
                stance: edge.stance,
                first_seen: edge.first_seen,
                last_seen: edge.last_seen,
                inferred: edge.inferred,
                evidence: edge.evidence.clone(),
            }
        }),
    )?;
    writeln!(out, "]}}")
}

/// Writes items one a line, with commas between them.
pub(super) fn lines<T: Serialize>(
    out: &mut dyn Write,
    items: impl ExactSizeIterator<Item = T>,
) -> io::Result<()> {
    let count = items.len();
    for (i, item) in items.enumerate() {
        serde_json::to_writer(&mut *out, &item)?;
        out.write_all(if i + 1 < count { b",\n" } else { b"\n" })?;
    }
    Ok(())
}

/// Reads a graph back from the text of a `graph.json`; `file` is what errors call it. Attributes
/// that the format does not know are passed over.
///
/// # Errors
/// If the text is not JSON, a value is not one that its place allows, an id occurs twice, or an
/// edge names a node that is not there: with the line.
pub fn read(file: &str, text: &str) -> Result<KnowledgeGraph, DataError> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let parsed: JsonFile<'_> = serde_json::from_str(text).map_err(|e| locate(file, 0, &e))?;
    if !parsed.directed {
        return Err(DataError::in_file(file, "\"directed\" is false; edges must have a direction"));
    }
    let head = parsed.graph;
    let mut graph = KnowledgeGraph::new(head.as_ref().map_or("", |head| head.name.as_str()));
    for record in head.map(|head| head.documents).unwrap_or_default() {
        graph.add_document(record);
    }
    for raw in parsed.nodes {
        let line = || line_of(text, raw.get());
        let node: JsonNode =
            serde_json::from_str(raw.get()).map_err(|e| locate(file, line() - 1, &e))?;
        let node = node.into_node().map_err(|what| DataError::at(file, line(), what))?;
        if graph.node_index(node.id.as_str()).is_some() {
            return Err(DataError::at(
                file,
                line(),
                format!("the id {:?} occurs twice", node.id.0),
            ));
        }
        graph.add_node(node);
    }
    for raw in parsed.edges {
        let line = || line_of(text, raw.get());
        let invalid = |what: String| DataError::at(file, line(), what);
        let edge: JsonEdge =
            serde_json::from_str(raw.get()).map_err(|e| locate(file, line() - 1, &e))?;
        let end = |id: &EntityId, which: &str| {
            graph
                .node_index(id.as_str())
                .ok_or_else(|| invalid(format!("the {which} {:?} is not a node's id", id.0)))
        };
        let (source, target) = (end(&edge.source, "source")?, end(&edge.target, "target")?);
        if !(edge.weight.is_finite() && edge.weight > 0.0) {
            return Err(invalid(format!("weight {} is not above 0", edge.weight)));
        }
        check_confidence(edge.confidence).map_err(invalid)?;
        graph.add_edge(
            source,
            target,
            Edge {
                relation: edge.relation,
                weight: edge.weight,
                confidence: edge.confidence,
                documents: edge.documents,
                stance: edge.stance,
                first_seen: edge.first_seen,
                last_seen: edge.last_seen,
                inferred: edge.inferred,
                evidence: edge.evidence,
            },
        );
    }
    Ok(graph)
}

/// An error of the parser, `lines` further down.
fn locate(file: &str, lines: usize, error: &serde_json::Error) -> DataError {
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or(&text);
    DataError::Invalid {
        file: file.to_owned(),
        line: Some(lines + error.line().max(1)),
        column: Some(error.column()),
        message: message.to_owned(),
    }
}

/// The 1-based line at which a part of the text begins.
fn line_of(text: &str, part: &str) -> usize {
    let offset = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let before = text.as_bytes().get(..offset).unwrap_or_default();
    before.iter().filter(|b| **b == b'\n').count() + 1
}
