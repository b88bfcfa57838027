//! GraphML (<http://graphml.graphdrawing.org>), strict, as every reader takes it.

use std::io::{self, Write};

use super::attributes::{EDGE, NODE, Value, ValueType, of_edge, of_node};
use super::escape::{XmlAttribute, XmlText};
use super::presentation::Presentation;

/// Keys of nodes that the table of attributes does not hold, with their types.
const NODE_KEYS: &[(&str, &str)] = &[
    ("label", "string"),
    ("color", "string"),
    ("size", "double"),
    ("x", "double"),
    ("y", "double"),
];
/// The same for edges: id, name, type. `weight` must be spelt exactly so, in id and name.
const EDGE_KEYS: &[(&str, &str, &str)] = &[
    ("e_label", "label", "string"),
    ("weight", "weight", "double"),
    ("e_interaction", "interaction", "string"),
    ("e_color", "color", "string"),
];

pub(super) fn type_name(value_type: ValueType) -> &'static str {
    match value_type {
        ValueType::Text | ValueType::List => "string",
        ValueType::Integer => "long",
        ValueType::Number => "double",
        ValueType::Boolean => "boolean",
    }
}

/// A list becomes a JSON array: a type for lists would break most readers.
pub(super) fn value_text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Integer(n) => n.to_string(),
        Value::Number(x) => x.to_string(),
        Value::Boolean(b) => b.to_string(),
        Value::List(items) => serde_json::Value::from(items.clone()).to_string(),
    }
}

fn data(out: &mut dyn Write, key: &str, value: &str) -> io::Result<()> {
    writeln!(out, r#"      <data key="{key}">{}</data>"#, XmlText(value))
}

/// Writes the graph as GraphML. With `edge_labels` every edge has an XML attribute `label` with
/// its relation, from which Gephi takes the edge's type; the standard does not allow it, though
/// every known reader accepts it.
pub(super) fn write(
    presentation: &Presentation<'_>,
    edge_labels: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Presentation { nodes, edges, .. } = presentation;
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns""#)?;
    writeln!(out, r#"  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#)?;
    writeln!(
        out,
        r#"  xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">"#
    )?;
    let mut key = |id: &str, domain: &str, name: &str, value_type: &str| {
        writeln!(
            out,
            r#"  <key id="{id}" for="{domain}" attr.name="{name}" attr.type="{value_type}"/>"#
        )
    };
    for (name, value_type) in NODE_KEYS {
        key(name, "node", name, value_type)?;
    }
    for attribute in NODE {
        key(attribute.name, "node", attribute.name, type_name(attribute.value_type))?;
    }
    for (id, name, value_type) in EDGE_KEYS {
        key(id, "edge", name, value_type)?;
    }
    for attribute in EDGE {
        let id = format!("e_{}", attribute.name);
        key(&id, "edge", attribute.name, type_name(attribute.value_type))?;
    }
    writeln!(out, r#"  <graph id="corkboard" edgedefault="directed">"#)?;
    for node in nodes {
        writeln!(out, r#"    <node id="{}">"#, node.id)?;
        writeln!(out, "      <desc>{}</desc>", XmlText(&node.label))?;
        data(out, "label", &node.label)?;
        data(out, "color", &node.color.hex())?;
        data(out, "size", &node.size.to_string())?;
        data(out, "x", &node.position.0.to_string())?;
        data(out, "y", &node.position.1.to_string())?;
        for (name, value) in of_node(node) {
            data(out, name, &value_text(&value))?;
        }
        writeln!(out, "    </node>")?;
    }
    for edge in edges {
        let (source, target) = (&nodes[edge.source].id, &nodes[edge.target].id);
        write!(out, r#"    <edge id="{}" source="{source}" target="{target}""#, edge.id)?;
        if edge_labels {
            write!(out, r#" label="{}""#, XmlAttribute(edge.relation))?;
        }
        writeln!(out, ">")?;
        data(out, "e_label", &edge.label)?;
        data(out, "weight", &edge.weight.to_string())?;
        data(out, "e_interaction", edge.relation)?;
        data(out, "e_color", &edge.color.hex())?;
        for (name, value) in of_edge(edge) {
            data(out, &format!("e_{name}"), &value_text(&value))?;
        }
        writeln!(out, "    </edge>")?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}
