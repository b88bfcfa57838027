//! DOT (<https://graphviz.org/doc/info/lang.html>), twice: `graph.dot` keeps to what Gephi's
//! parser survives, `graph.styled.dot` is for Graphviz.

use std::io::{self, Write};

use super::escape::DotString;
use super::presentation::Presentation;

/// Writes the plain file. Its first line holds a character beyond ASCII, from which Gephi guesses
/// the charset; every id is quoted, every statement has a line and one list of attributes; no
/// defaults, clusters or ports, which make Gephi read nothing without saying so.
pub(super) fn write(presentation: &Presentation<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Presentation { nodes, edges, .. } = presentation;
    writeln!(out, "// {} — {} nodes, {} edges", super::GENERATOR, nodes.len(), edges.len())?;
    writeln!(out, "digraph \"G\" {{")?;
    for node in nodes {
        let (id, label) = (DotString(&node.id), DotString(&node.label));
        write!(out, "{id} [label={label}, type={}", DotString(node.node.entity_type.as_str()))?;
        if let Some(subtype) = &node.node.subtype {
            write!(out, ", subtype={}", DotString(subtype))?;
        }
        let (mentions, confidence) = (node.node.mentions, node.node.confidence);
        write!(out, ", mentions=\"{mentions}\", confidence=\"{confidence}\"")?;
        let (x, y) = node.position;
        writeln!(out, ", color=\"{}\", pos=\"{x},{y}\"];", node.color.hsv())?;
    }
    for edge in edges {
        let (source, target) = (&nodes[edge.source].id, &nodes[edge.target].id);
        write!(out, "{} -> {}", DotString(source), DotString(target))?;
        write!(out, " [eid={}, label={}", DotString(&edge.id), DotString(&edge.label))?;
        write!(out, ", relation={}", DotString(edge.relation))?;
        let (stance, confidence) = (edge.edge.stance.as_str(), edge.edge.confidence);
        write!(out, ", weight=\"{}\", confidence=\"{confidence}\"", edge.weight)?;
        writeln!(out, ", stance=\"{stance}\", color=\"{}\"];", edge.color.hsv())?;
    }
    writeln!(out, "}}")
}
