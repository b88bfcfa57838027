//! The attributes of nodes and edges as a typed table: one list for GEXF, GraphML, DOT and CSV, so
//! that a new attribute is one line here.

use serde::Serialize;

use super::escape::one_line;
use super::presentation::{PresentedEdge, PresentedNode};

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

/// The name of a value of an enum, as `graph.json` writes it.
pub(super) fn variant<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
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

/// The attributes of nodes, in the order in which files list them.
pub(super) const NODE: &[Attribute<NodeReader>] = &[
    Attribute { name: "type", value_type: ValueType::Text, read: |n| text(&n.node.entity_type) },
    Attribute {
        name: "subtype",
        value_type: ValueType::Text,
        read: |n| n.node.subtype.as_ref().and_then(text),
    },
    Attribute {
        name: "aliases",
        value_type: ValueType::List,
        read: |n| list(n.node.aliases.iter().map(|alias| &alias.name)),
    },
    Attribute {
        name: "mentions",
        value_type: ValueType::Integer,
        read: |n| count(n.node.mentions),
    },
    Attribute {
        name: "documents",
        value_type: ValueType::List,
        read: |n| list(n.node.documents.iter()),
    },
    Attribute {
        name: "confidence",
        value_type: ValueType::Number,
        read: |n| number(Some(n.node.confidence)),
    },
    Attribute {
        name: "first_seen",
        value_type: ValueType::Text,
        read: |n| n.node.first_seen.and_then(text),
    },
    Attribute {
        name: "last_seen",
        value_type: ValueType::Text,
        read: |n| n.node.last_seen.and_then(text),
    },
    Attribute {
        name: "latitude",
        value_type: ValueType::Number,
        read: |n| number(n.node.latitude),
    },
    Attribute {
        name: "longitude",
        value_type: ValueType::Number,
        read: |n| number(n.node.longitude),
    },
    Attribute {
        name: "incident_type",
        value_type: ValueType::Text,
        read: |n| n.node.incident.as_ref().and_then(|i| text(&i.incident_type)),
    },
    Attribute {
        name: "stage",
        value_type: ValueType::Text,
        read: |n| n.node.incident.as_ref().and_then(|i| text(variant(&i.stage))),
    },
    Attribute {
        name: "stance",
        value_type: ValueType::Text,
        read: |n| n.node.incident.as_ref().and_then(|i| text(variant(&i.stance))),
    },
    Attribute {
        name: "date_start",
        value_type: ValueType::Text,
        read: |n| n.node.incident.as_ref().and_then(|i| i.date_start).and_then(text),
    },
    Attribute {
        name: "date_end",
        value_type: ValueType::Text,
        read: |n| n.node.incident.as_ref().and_then(|i| i.date_end).and_then(text),
    },
    Attribute {
        name: "date_text",
        value_type: ValueType::Text,
        read: |n| n.node.incident.as_ref().and_then(|i| text(one_line(i.date_text.as_ref()?))),
    },
    Attribute {
        name: "count",
        value_type: ValueType::Number,
        read: |n| n.node.incident.as_ref().and_then(|i| number(i.count)),
    },
    Attribute {
        name: "count_min",
        value_type: ValueType::Number,
        read: |n| n.node.incident.as_ref().and_then(|i| number(i.count_min)),
    },
    Attribute {
        name: "count_max",
        value_type: ValueType::Number,
        read: |n| n.node.incident.as_ref().and_then(|i| number(i.count_max)),
    },
    Attribute {
        name: "killed",
        value_type: ValueType::Number,
        read: |n| n.node.incident.as_ref().and_then(|i| number(i.killed)),
    },
    Attribute {
        name: "injured",
        value_type: ValueType::Number,
        read: |n| n.node.incident.as_ref().and_then(|i| number(i.injured)),
    },
    Attribute {
        name: "disagreements",
        value_type: ValueType::List,
        read: |n| {
            list(n.node.incident.as_ref()?.disagreements.iter().map(|d| {
                let documents: Vec<&str> = d.documents.iter().map(AsRef::as_ref).collect();
                format!("{}: {} ({})", d.attribute, d.value, documents.join(", "))
            }))
        },
    },
    Attribute { name: "quote", value_type: ValueType::Text, read: |n| text(n.quote()) },
];

/// The attributes of edges, in the order in which files list them.
pub(super) const EDGE: &[Attribute<EdgeReader>] = &[
    Attribute { name: "relation", value_type: ValueType::Text, read: |e| text(e.relation) },
    Attribute {
        name: "confidence",
        value_type: ValueType::Number,
        read: |e| number(Some(e.edge.confidence)),
    },
    Attribute {
        name: "stance",
        value_type: ValueType::Text,
        read: |e| text(variant(&e.edge.stance)),
    },
    Attribute {
        name: "inferred",
        value_type: ValueType::Boolean,
        read: |e| Some(Value::Boolean(e.edge.inferred)),
    },
    Attribute {
        name: "documents",
        value_type: ValueType::List,
        read: |e| list(e.edge.documents.iter()),
    },
    Attribute {
        name: "speakers",
        value_type: ValueType::List,
        read: |e| {
            let mut speakers: Vec<&str> = e
                .edge
                .evidence
                .iter()
                .filter_map(|evidence| evidence.speaker.as_ref().map(AsRef::as_ref))
                .collect();
            speakers.sort_unstable();
            speakers.dedup();
            list(speakers.into_iter())
        },
    },
    Attribute {
        name: "first_seen",
        value_type: ValueType::Text,
        read: |e| e.edge.first_seen.and_then(text),
    },
    Attribute {
        name: "last_seen",
        value_type: ValueType::Text,
        read: |e| e.edge.last_seen.and_then(text),
    },
    Attribute {
        name: "evidence",
        value_type: ValueType::Integer,
        read: |e| count(e.edge.evidence.len()),
    },
    Attribute { name: "quote", value_type: ValueType::Text, read: |e| text(e.quote()) },
];
