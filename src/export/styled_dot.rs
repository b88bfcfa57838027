//! `graph.styled.dot`, for Graphviz: colours, shapes, a legend, dashes for what is in doubt. The
//! incidents view is left to `dot` in ranks from left to right; any other stands where the layout
//! put it, which `neato -n` and `dot` (through `layout=neato`) both heed.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::escape::{DotString, XmlAttribute};
use super::presentation::{Presentation, PresentedEdge, PresentedNode};
use crate::extraction::Stance;
use crate::graph::View;
use crate::order;

/// Points of Graphviz for a unit of the layout: nodes are drawn round their labels, which need
/// more room across than labels below discs.
const SCALE: (f32, f32) = (0.75, 0.55);
/// Longest line of a label, in characters.
const LINE: usize = 24;
/// Longest tooltip, in characters.
const TOOLTIP: usize = 400;
/// Relations that the legend names at most.
const LEGEND_RELATIONS: usize = 14;

/// Breaks a label into lines of about 24 characters.
fn broken(label: &str) -> String {
    let mut lines = String::new();
    let mut width = 0;
    for word in label.split(' ') {
        let length = word.chars().count();
        if width > 0 {
            let fits = width + 1 + length <= LINE;
            lines.push(if fits { ' ' } else { '\n' });
            width = if fits { width + 1 } else { 0 };
        }
        lines.push_str(word);
        width += length;
    }
    lines
}

fn cut(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    text.chars().take(limit - 1).chain(['…']).collect()
}

fn style(edge: &PresentedEdge<'_>) -> &'static str {
    match edge.edge.stance {
        Stance::Denied => "dotted",
        _ if edge.in_doubt() => "dashed",
        _ => "solid",
    }
}

fn node_line(p: &Presentation<'_>, node: &PresentedNode<'_>, pinned: bool) -> String {
    let info = p.ontology.entity_types.get(&node.node.entity_type);
    let shape = info.map(|info| info.shape.as_str()).filter(|shape| !shape.is_empty());
    let letters = if node.color.is_dark() { "#ffffff" } else { "#000000" };
    let quote = node.quote();
    let tooltip = if quote.is_empty() { node.label.clone() } else { format!("“{quote}”") };
    let mut line = format!(
        "  {} [label={}, shape={}, fillcolor=\"{}\", fontcolor=\"{letters}\", fontsize=\"{}\", tooltip={}",
        DotString(&node.id),
        DotString(&broken(&node.label)),
        DotString(shape.unwrap_or("ellipse")),
        node.color.hex(),
        (10.0 + node.size / 16.0).round(),
        DotString(&cut(&tooltip, TOOLTIP)),
    );
    let in_doubt = node.node.incident.as_ref().is_some_and(|incident| incident.stance.in_doubt());
    if in_doubt {
        line.push_str(", style=\"filled,dashed\"");
    }
    if pinned && node.degree == 0 && !p.edges.is_empty() {
        // A node without edges would only push the picture apart.
        line.push_str(", style=invis, pos=\"0,0!\"");
    } else if pinned {
        let (x, y) = node.position;
        // Graphviz counts upwards, screens downwards.
        let _ = write!(line, ", pos=\"{},{}!\"", x * SCALE.0 / 72.0, -y * SCALE.1 / 72.0);
    }
    line + "];"
}

fn edge_line(p: &Presentation<'_>, edge: &PresentedEdge<'_>) -> String {
    let color = edge.color.hex();
    let stance = edge.edge.stance.as_str();
    let tooltip = cut(&format!("{}, {stance}: “{}”", edge.label, edge.quote()), TOOLTIP);
    let tooltip = DotString(&tooltip);
    format!(
        "  {} -> {} [label={}, color=\"{color}\", style=\"{}\", penwidth=\"{:.1}\", tooltip={tooltip}, labeltooltip={tooltip}];",
        DotString(&p.nodes[edge.source].id),
        DotString(&p.nodes[edge.target].id),
        DotString(&edge.label),
        style(edge),
        pen(edge.weight),
    )
}

/// Width of a line by weight, 1 to 4.
fn pen(weight: f64) -> f64 {
    weight.sqrt().clamp(1.0, 4.0)
}

/// The legend as one node that holds a table, which every Graphviz engine draws.
fn legend(p: &Presentation<'_>) -> String {
    let mut rows = String::new();
    for (_, label, color, _) in p.types() {
        let label = XmlAttribute(&label).to_string();
        let _ = write!(
            rows,
            "<TR><TD BGCOLOR=\"{}\" WIDTH=\"24\"> </TD><TD ALIGN=\"LEFT\">{label}</TD></TR>",
            color.hex()
        );
    }
    for (_, label, color, _) in p.relations().into_iter().take(LEGEND_RELATIONS) {
        let label = XmlAttribute(&label).to_string();
        let _ = write!(
            rows,
            "<TR><TD><FONT COLOR=\"{}\">→</FONT></TD><TD ALIGN=\"LEFT\">{label}</TD></TR>",
            color.hex()
        );
    }
    rows.push_str("<TR><TD>- -</TD><TD ALIGN=\"LEFT\">alleged</TD></TR>");
    rows.push_str("<TR><TD>· ·</TD><TD ALIGN=\"LEFT\">denied</TD></TR>");
    format!(
        "<<TABLE BORDER=\"1\" COLOR=\"#999999\" CELLBORDER=\"0\" CELLSPACING=\"2\">{rows}</TABLE>>"
    )
}

/// Writes the styled file.
pub(super) fn write(p: &Presentation<'_>, out: &mut dyn Write) -> io::Result<()> {
    let pinned = p.view != View::Incidents;
    writeln!(out, "// {} — {} nodes, {} edges", super::GENERATOR, p.nodes.len(), p.edges.len())?;
    writeln!(out, "digraph {} {{", DotString(&p.name()))?;
    let font = "fontname=\"Helvetica,Arial,sans-serif\"";
    if pinned {
        writeln!(out, "  graph [layout=neato, splines=line, outputorder=edgesfirst, {font}];")?;
    } else {
        writeln!(out, "  graph [rankdir=LR, ranksep=2, nodesep=0.2, newrank=true, {font}];")?;
    }
    writeln!(out, "  node [style=filled, color=\"#555555\", margin=\"0.08,0.04\", {font}];")?;
    writeln!(out, "  edge [arrowsize=0.7, fontsize=9, fontcolor=\"#555555\", {font}];")?;
    let shown = || p.nodes.iter().filter(|node| node.degree > 0 || p.edges.is_empty());
    let rim = |pick: fn(&PresentedNode<'_>) -> f32| shown().map(pick).fold(0.0, f32::min);
    let left = rim(|n| n.position.0 - n.size) * SCALE.0;
    let top = rim(|n| n.position.1 - n.size) * SCALE.1;
    // As tall as a tenth of the picture's half, or nobody could read it in a large one.
    let font = if pinned { (-top / 60.0).clamp(11.0, 30.0).round() } else { 11.0 };
    write!(
        out,
        "  \"--legend\" [shape=plain, style=\"\", fontsize=\"{font}\", label={}",
        legend(p)
    )?;
    if pinned {
        // Left of everything: its column is about eleven letters wide.
        let (x, y) = ((left - 11.0 * font) / 72.0, (-top - 14.0 * font) / 72.0);
        write!(out, ", pos=\"{x},{y}!\"")?;
    }
    writeln!(out, "];")?;
    if pinned {
        for node in &p.nodes {
            writeln!(out, "{}", node_line(p, node, true))?;
        }
    } else {
        write_ranks(p, out)?;
    }
    for edge in &p.edges {
        writeln!(out, "{}", edge_line(p, edge))?;
    }
    writeln!(out, "}}")
}

/// The nodes, those of each rank in a column under a heading.
fn write_ranks(p: &Presentation<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut ranks: Vec<u8> = p.nodes.iter().filter_map(|node| node.rank).collect();
    order::unique(&mut ranks);
    for rank in &ranks {
        writeln!(out, "  subgraph \"--rank-{rank}\" {{\n  rank=same;")?;
        for node in p.nodes.iter().filter(|node| node.rank == Some(*rank)) {
            writeln!(out, "{}", node_line(p, node, false))?;
        }
        writeln!(out, "  }}")?;
    }
    for node in p.nodes.iter().filter(|node| node.rank.is_none()) {
        writeln!(out, "{}", node_line(p, node, false))?;
    }
    // With ranks from left to right Graphviz stacks what is not connected from the bottom up, in
    // the order of the file: the legend comes first, the headings last.
    for rank in &ranks {
        let heads = p.ontology.entity_types.values().filter(|info| info.rank == Some(*rank));
        let heads: Vec<&str> = heads.map(|info| info.label.as_str()).collect();
        let head = DotString(&heads.join(", ")).to_string();
        writeln!(
            out,
            "  subgraph \"--rank-{rank}\" {{ \"--head-{rank}\" [shape=plaintext, style=\"\", fontsize=18, label={head}]; }}"
        )?;
    }
    for pair in ranks.windows(2) {
        writeln!(out, "  \"--head-{}\" -> \"--head-{}\" [style=invis];", pair[0], pair[1])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_break_between_words() {
        assert_eq!(broken("Joint Terrorism Analysis Centre"), "Joint Terrorism Analysis\nCentre");
        assert_eq!(broken("MI5"), "MI5");
        assert_eq!(cut("abcdef", 4), "abc…");
    }
}
