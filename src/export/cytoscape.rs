//! `graph.cyjs`: Cytoscape.js JSON, which Cytoscape Desktop reads too.

use std::io::{self, Write};

use serde_json::{Map, json};

use super::attributes::{Value, of_edge, of_node};
use super::presentation::Presentation;

fn value(value: Value) -> serde_json::Value {
    match value {
        Value::Text(text) => text.into(),
        Value::Integer(n) => n.into(),
        Value::Number(x) => x.into(),
        Value::Boolean(b) => b.into(),
        Value::List(items) => items.into(),
    }
}

/// A number with two decimals.
fn decimal(x: f32) -> serde_json::Value {
    ((f64::from(x) * 100.0).round() / 100.0).into()
}

fn data(
    fixed: &[(&str, serde_json::Value)],
    attributes: impl Iterator<Item = (&'static str, Value)>,
) -> serde_json::Value {
    let fixed = fixed.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    let rest = attributes.map(|(name, v)| (name.to_owned(), value(v)));
    serde_json::Value::Object(fixed.chain(rest).collect::<Map<_, _>>())
}

/// Writes the file. An edge's id is no node's, and all its ends exist.
pub(super) fn write(p: &Presentation<'_>, out: &mut dyn Write) -> io::Result<()> {
    let name = json!({ "name": p.name(), "shared_name": p.name() });
    writeln!(out, "{{\"format_version\": \"1.0\", \"generated_by\": \"{}\",", super::GENERATOR)?;
    writeln!(out, "\"data\": {name},\n\"elements\": {{\n\"nodes\": [")?;
    let nodes = p.nodes.iter().map(|node| {
        let fixed = [
            ("id", node.id.as_ref().into()),
            ("name", node.label.as_str().into()),
            ("label", node.label.as_str().into()),
            ("color", node.color.hex().into()),
            ("size", decimal(node.size)),
        ];
        let (x, y) = node.position;
        json!({ "data": data(&fixed, of_node(node)), "position": { "x": decimal(x), "y": decimal(y) } })
    });
    super::json::lines(out, nodes)?;
    writeln!(out, "],\n\"edges\": [")?;
    let edges = p.edges.iter().map(|edge| {
        let fixed = [
            ("id", edge.id.as_str().into()),
            ("source", p.nodes[edge.source].id.as_ref().into()),
            ("target", p.nodes[edge.target].id.as_ref().into()),
            ("name", edge.label.as_ref().into()),
            ("label", edge.label.as_ref().into()),
            ("interaction", edge.relation.into()),
            ("weight", edge.weight.into()),
            ("color", edge.color.hex().into()),
        ];
        json!({ "data": data(&fixed, of_edge(edge)) })
    });
    super::json::lines(out, edges)?;
    writeln!(out, "]}}}}")
}
