//! The attributes of nodes and edges as a typed table: one list for GEXF, GraphML, DOT and CSV, so
//! that a new attribute is one line here.

use ValueType::{Boolean, Integer, List, Number, Text};

use super::escape::one_line;
use super::presentation::{PresentedEdge, PresentedNode};
use crate::graph::IncidentAttributes;
use crate::order;

/// A value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A finite number.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// Several texts.
    List(Vec<String>),
}

/// The type of all values of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueType {
    Text,
    Integer,
    Number,
    Boolean,
    List,
}

/// An attribute: its name, its type, and how it is read off a thing. A thing that lacks it gives
/// `None`. No name is one that Gephi keeps for itself (`id`, `label`, `timeset`, `weight`,
/// `interval`) or that its statistics write (`degree`), and no two differ in case alone.
pub(super) struct Attribute<Reader> {
    pub(super) name: &'static str,
    pub(super) value_type: ValueType,
    pub(super) read: Reader,
}

/// How an attribute is read off a node.
pub(super) type NodeReader = for<'a, 'g> fn(&'a PresentedNode<'g>) -> Option<Value>;
/// How an attribute is read off an edge.
pub(super) type EdgeReader = for<'a, 'g> fn(&'a PresentedEdge<'g>) -> Option<Value>;

/// The attributes that a node has, with their names.
pub(super) fn of_node(node: &PresentedNode<'_>) -> impl Iterator<Item = (&'static str, Value)> {
    NODE.iter().filter_map(|a| (a.read)(node).map(|value| (a.name, value)))
}

/// The attributes that an edge has, with their names.
pub(super) fn of_edge(edge: &PresentedEdge<'_>) -> impl Iterator<Item = (&'static str, Value)> {
    EDGE.iter().filter_map(|a| (a.read)(edge).map(|value| (a.name, value)))
}

fn text(text: impl ToString) -> Option<Value> {
    let text = text.to_string();
    (!text.is_empty()).then_some(Value::Text(text))
}

fn number(number: Option<f64>) -> Option<Value> {
    number.filter(|n| n.is_finite()).map(Value::Number)
}

fn count(count: usize) -> Option<Value> {
    Some(Value::Integer(i64::try_from(count).unwrap_or(i64::MAX)))
}

fn list<S: ToString>(items: impl Iterator<Item = S>) -> Option<Value> {
    let items: Vec<String> =
        items.map(|item| one_line(&item.to_string())).filter(|item| !item.is_empty()).collect();
    (!items.is_empty()).then_some(Value::List(items))
}

/// What is read off an incident; nothing where the node is none.
fn incident<T>(
    node: &PresentedNode<'_>,
    read: impl FnOnce(&IncidentAttributes) -> Option<T>,
) -> Option<T> {
    node.node.incident.as_ref().and_then(read)
}

const fn on_node(
    name: &'static str,
    value_type: ValueType,
    read: NodeReader,
) -> Attribute<NodeReader> {
    Attribute { name, value_type, read }
}

const fn on_edge(
    name: &'static str,
    value_type: ValueType,
    read: EdgeReader,
) -> Attribute<EdgeReader> {
    Attribute { name, value_type, read }
}

/// The attributes of nodes, in the order in which files list them.
pub(super) const NODE: &[Attribute<NodeReader>] = &[
    on_node("type", Text, |n| text(&n.node.entity_type)),
    on_node("subtype", Text, |n| n.node.subtype.as_ref().and_then(text)),
    on_node("aliases", List, |n| list(n.node.aliases.iter().map(|alias| &alias.name))),
    on_node("mentions", Integer, |n| count(n.node.mentions)),
    on_node("documents", List, |n| list(n.node.documents.iter())),
    on_node("confidence", Number, |n| number(Some(n.node.confidence))),
    on_node("first_seen", Text, |n| n.node.first_seen.and_then(text)),
    on_node("last_seen", Text, |n| n.node.last_seen.and_then(text)),
    on_node("latitude", Number, |n| number(n.node.latitude)),
    on_node("longitude", Number, |n| number(n.node.longitude)),
    on_node("incident_type", Text, |n| incident(n, |i| text(&i.incident_type))),
    on_node("stage", Text, |n| incident(n, |i| text(i.stage.as_str()))),
    on_node("stance", Text, |n| incident(n, |i| text(i.stance.as_str()))),
    on_node("date_start", Text, |n| incident(n, |i| i.date_start).and_then(text)),
    on_node("date_end", Text, |n| incident(n, |i| i.date_end).and_then(text)),
    on_node("date_text", Text, |n| incident(n, |i| text(one_line(i.date_text.as_ref()?)))),
    on_node("count", Number, |n| incident(n, |i| number(i.count))),
    on_node("count_min", Number, |n| incident(n, |i| number(i.count_min))),
    on_node("count_max", Number, |n| incident(n, |i| number(i.count_max))),
    on_node("killed", Number, |n| incident(n, |i| number(i.killed))),
    on_node("injured", Number, |n| incident(n, |i| number(i.injured))),
    on_node("disagreements", List, |n| {
        incident(n, |i| {
            list(i.disagreements.iter().map(|d| {
                let documents: Vec<&str> = d.documents.iter().map(AsRef::as_ref).collect();
                format!("{}: {} ({})", d.attribute, d.value, documents.join(", "))
            }))
        })
    }),
    on_node("quote", Text, |n| text(n.quote())),
];

/// The attributes of edges, in the order in which files list them.
pub(super) const EDGE: &[Attribute<EdgeReader>] = &[
    on_edge("relation", Text, |e| text(e.relation)),
    on_edge("confidence", Number, |e| number(Some(e.edge.confidence))),
    on_edge("stance", Text, |e| text(e.edge.stance.as_str())),
    on_edge("inferred", Boolean, |e| Some(Value::Boolean(e.edge.inferred))),
    on_edge("documents", List, |e| list(e.edge.documents.iter())),
    on_edge("speakers", List, |e| {
        let evidence = e.edge.evidence.iter();
        let mut speakers: Vec<&str> =
            evidence.filter_map(|e| Some(e.speaker.as_ref()?.as_str())).collect();
        order::unique(&mut speakers);
        list(speakers.into_iter())
    }),
    on_edge("first_seen", Text, |e| e.edge.first_seen.and_then(text)),
    on_edge("last_seen", Text, |e| e.edge.last_seen.and_then(text)),
    on_edge("evidence", Integer, |e| count(e.edge.evidence.len())),
    on_edge("quote", Text, |e| text(e.quote())),
];
