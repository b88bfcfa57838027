//! GEXF 1.3 (<https://gexf.net/1.3>): the file for Gephi, with colours, sizes, positions, edge
//! kinds and the timeline.

use std::io::{self, Write};

use super::attributes::{Attribute, EDGE, NODE, Value, ValueType, of_edge, of_node};
use super::escape::{XmlAttribute, XmlText, list_string};
use super::presentation::{Color, Days, Presentation};

fn type_name(value_type: ValueType) -> &'static str {
    match value_type {
        ValueType::Text => "string",
        ValueType::Integer => "long",
        ValueType::Number => "double",
        ValueType::Boolean => "boolean",
        ValueType::List => "liststring",
    }
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Integer(n) => n.to_string(),
        Value::Number(x) => x.to_string(),
        Value::Boolean(b) => b.to_string(),
        Value::List(items) => list_string(items.iter().map(String::as_str)),
    }
}

fn declare<T>(out: &mut dyn Write, class: &str, table: &[Attribute<T>]) -> io::Result<()> {
    writeln!(out, r#"    <attributes class="{class}">"#)?;
    for attribute in table {
        let (name, value_type) = (attribute.name, type_name(attribute.value_type));
        writeln!(out, r#"      <attribute id="{name}" title="{name}" type="{value_type}"/>"#)?;
    }
    writeln!(out, "    </attributes>")
}

fn write_values(
    out: &mut dyn Write,
    values: impl Iterator<Item = (&'static str, Value)>,
) -> io::Result<()> {
    writeln!(out, "        <attvalues>")?;
    for (name, value) in values {
        let value = value_text(&value);
        let value = XmlAttribute(&value);
        writeln!(out, r#"          <attvalue for="{name}" value="{value}"/>"#)?;
    }
    writeln!(out, "        </attvalues>")
}

fn days(days: Days) -> String {
    let part = |name: &str, day: Option<crate::date::Date>| {
        day.map(|day| format!(r#" {name}="{day}""#)).unwrap_or_default()
    };
    part("start", days.first) + &part("end", days.last)
}

fn color(out: &mut dyn Write, Color { r, g, b }: Color) -> io::Result<()> {
    writeln!(out, r#"        <viz:color r="{r}" g="{g}" b="{b}"/>"#)
}

/// Writes the graph as GEXF 1.3.
pub(super) fn write(presentation: &Presentation<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Presentation { nodes, edges, .. } = presentation;
    let timed = nodes.iter().any(|n| n.days.known()) || edges.iter().any(|e| e.days.known());
    let mode = if timed {
        r#"mode="dynamic" timeformat="date" timerepresentation="interval""#
    } else {
        r#"mode="static""#
    };
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">"#
    )?;
    writeln!(out, "  <meta>\n    <creator>{}</creator>", super::GENERATOR)?;
    writeln!(out, "    <description>{}</description>", XmlText(&presentation.name()))?;
    writeln!(out, "  </meta>")?;
    writeln!(out, r#"  <graph defaultedgetype="directed" {mode}>"#)?;
    declare(out, "node", NODE)?;
    declare(out, "edge", EDGE)?;
    writeln!(out, "    <nodes>")?;
    for node in nodes {
        let (id, label) = (&node.id, XmlAttribute(&node.label));
        writeln!(out, r#"      <node id="{id}" label="{label}"{}>"#, days(node.days))?;
        write_values(out, of_node(node))?;
        color(out, node.color)?;
        let (x, y) = node.position;
        writeln!(out, r#"        <viz:size value="{}"/>"#, node.size)?;
        writeln!(out, r#"        <viz:position x="{x}" y="{y}" z="0"/>"#)?;
        writeln!(out, "      </node>")?;
    }
    writeln!(out, "    </nodes>\n    <edges>")?;
    for edge in edges {
        let (source, target) = (&nodes[edge.source].id, &nodes[edge.target].id);
        write!(out, r#"      <edge id="{}" source="{source}" target="{target}""#, edge.id)?;
        write!(out, r#" kind="{}""#, XmlAttribute(edge.relation))?;
        write!(out, r#" label="{}" weight="{}""#, XmlAttribute(&edge.label), edge.weight)?;
        writeln!(out, "{}>", days(edge.days))?;
        write_values(out, of_edge(edge))?;
        color(out, edge.color)?;
        writeln!(out, "      </edge>")?;
    }
    writeln!(out, "    </edges>\n  </graph>\n</gexf>")
}
