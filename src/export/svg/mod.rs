//! `graph.svg`: a picture that needs no other program. Types differ in shape as well as in colour;
//! the quote behind a node or an edge shows when the pointer rests on it.

mod labels;
mod scene;
mod shape;

use std::fmt::Write as _;
use std::io::{self, Write};

use super::escape::XmlAttribute;
use super::presentation::{Presentation, PresentedEdge, PresentedNode};
use crate::extraction::Stance;
use labels::{Label, Labels};
use scene::{Curve, Scene, Spot};

/// Relations that the legend names at most; the rest share one line.
const LEGEND_RELATIONS: usize = 14;
/// Width of the legend and space around the picture, in pixels.
const LEGEND: f64 = 190.0;
const MARGIN: f64 = 24.0;
const HEADER: f64 = 40.0;
/// Edges up to which each is named.
const NAMED_EDGES: usize = 90;
/// Longest tooltip, in characters.
const TOOLTIP: usize = 500;

/// Escaped for text and attributes.
fn x(text: &str) -> String {
    XmlAttribute(text).to_string()
}

/// A coordinate with one decimal.
fn n(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

fn cut(text: &str) -> String {
    if text.chars().count() <= TOOLTIP {
        return text.to_owned();
    }
    text.chars().take(TOOLTIP - 1).chain(['…']).collect()
}

/// Writes the picture.
pub(super) fn write(whole: &Presentation<'_>, out: &mut dyn Write) -> io::Result<()> {
    let p = &whole.connected();
    let scene = Scene::of(p);
    let mut labels = Labels::new(&scene);
    let node_labels = labels.place_nodes(p, &scene);
    let edge_labels =
        if p.edges.len() <= NAMED_EDGES { labels.place_edges(p, &scene) } else { Vec::new() };
    let legend = legend(p);
    let reach = labels.bounds();
    let (left, top) = (reach[0] - MARGIN, reach[1] - MARGIN - HEADER);
    let width = reach[2] - left + MARGIN + LEGEND;
    let height = (reach[3] - top + MARGIN).max(legend.1 + HEADER + MARGIN);
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="{2} {3} {0} {1}" role="img" font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif">"#,
        n(width),
        n(height),
        n(left),
        n(top)
    )?;
    writeln!(out, "<title>{}</title>", x(&p.name()))?;
    writeln!(
        out,
        r##"<rect x="{}" y="{}" width="{}" height="{}" fill="#ffffff"/>"##,
        n(left),
        n(top),
        n(width),
        n(height)
    )?;
    let many =
        |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let mut counts = vec![
        many(p.nodes.len(), "node"),
        many(p.edges.len(), "edge"),
        many(p.graph.documents.len(), "document"),
    ];
    let hidden = whole.nodes.len() - p.nodes.len();
    if hidden > 0 {
        counts.push(format!("{} without edges not shown", many(hidden, "node")));
    }
    let counts = counts.join(", ");
    writeln!(
        out,
        r##"<text x="{}" y="{}" font-size="17" font-weight="bold" fill="#222222">{}<tspan font-size="12" font-weight="normal" fill="#555555" dx="12">{counts}</tspan></text>"##,
        n(left + MARGIN),
        n(top + 30.0),
        x(&p.name())
    )?;
    let opacity = if p.edges.len() > 1_000 { 0.35 } else { 0.75 };
    writeln!(out, r#"<g fill="none" stroke-linecap="round" opacity="{opacity}">"#)?;
    for (edge, curve) in p.edges.iter().zip(&scene.curves) {
        writeln!(out, "{}", edge_mark(p, edge, curve, &scene))?;
    }
    writeln!(out, "</g>\n<g stroke=\"#333333\" stroke-width=\"0.8\">")?;
    for (node, spot) in p.nodes.iter().zip(&scene.spots) {
        writeln!(out, "{}", node_mark(node, spot))?;
    }
    writeln!(out, "</g>")?;
    // Under each word a white rim, so that it can be read over lines.
    writeln!(
        out,
        r##"<g fill="#555555" font-style="italic" text-anchor="middle" stroke="#ffffff" stroke-width="2.5" paint-order="stroke" stroke-linejoin="round" pointer-events="none">"##
    )?;
    for label in &edge_labels {
        writeln!(out, "{}", text_mark(label, "middle"))?;
    }
    writeln!(out, "</g>")?;
    writeln!(
        out,
        r##"<g fill="#111111" stroke="#ffffff" stroke-width="3" paint-order="stroke" stroke-linejoin="round" pointer-events="none">"##
    )?;
    for label in &node_labels {
        writeln!(out, "{}", text_mark(label, label.anchor))?;
    }
    for (text, at) in &scene.headings {
        writeln!(
            out,
            r#"<text x="{}" y="{}" font-size="15" font-weight="bold" text-anchor="middle">{}</text>"#,
            n(at.0),
            n(at.1),
            x(text)
        )?;
    }
    writeln!(out, "</g>")?;
    writeln!(
        out,
        r##"<g transform="translate({} {})" font-size="12" fill="#222222">{}</g>"##,
        n(left + width - LEGEND),
        n(top + HEADER + MARGIN),
        legend.0
    )?;
    writeln!(out, "</svg>")
}

/// The legend and its height.
fn legend(p: &Presentation<'_>) -> (String, f64) {
    let (mut marks, mut y) = (String::new(), 0.0);
    for (name, label, color, shape_name) in p.types() {
        let count = p.nodes.iter().filter(|n| n.node.entity_type == *name).count();
        let outline = shape::outline(shape_name, 10.0, y, 7.0);
        let _ = write!(
            marks,
            r##"<path d="{outline}" fill="{}" stroke="#333333" stroke-width="0.8"/><text x="26" y="{}">{} <tspan fill="#666666">{count}</tspan></text>"##,
            color.hex(),
            n(y + 4.0),
            x(&label)
        );
        y += 21.0;
    }
    y += 8.0;
    let mut line = |y: f64, color: &str, dashes: &str, label: &str, count: &str| {
        let _ = write!(
            marks,
            r##"<path d="M2 {0}H20" stroke="{color}" stroke-width="2" stroke-dasharray="{dashes}"/><text x="26" y="{1}">{2} <tspan fill="#666666">{count}</tspan></text>"##,
            n(y),
            n(y + 4.0),
            x(label)
        );
    };
    let relations = p.relations();
    for (_, label, color, count) in relations.iter().take(LEGEND_RELATIONS) {
        line(y, &color.hex(), "none", label, &count.to_string());
        y += 18.0;
    }
    if relations.len() > LEGEND_RELATIONS {
        let rest: usize = relations.iter().skip(LEGEND_RELATIONS).map(|r| r.3).sum();
        line(y, "#ffffff", "none", "other relations", &rest.to_string());
        y += 18.0;
    }
    for (stance, dashes) in [(Stance::Alleged, "6 4"), (Stance::Denied, "1.5 4")] {
        let count = p.edges.iter().filter(|e| e.edge.stance == stance).count();
        if count > 0 {
            line(y, "#333333", dashes, stance.as_str(), &count.to_string());
            y += 18.0;
        }
    }
    (marks, y)
}

fn node_mark(node: &PresentedNode<'_>, spot: &Spot<'_>) -> String {
    let outline = shape::outline(spot.shape, spot.x, spot.y, spot.r);
    let mut tooltip = format!("{} ({})", node.label, node.node.entity_type);
    if let Some(incident) = &node.node.incident {
        let _ = write!(tooltip, "\n{}, {}", incident.stage.as_str(), incident.stance.as_str());
    }
    let quote = node.quote();
    if !quote.is_empty() {
        let _ = write!(tooltip, "\n“{quote}”");
    }
    let in_doubt = node.node.incident.as_ref().is_some_and(|incident| incident.stance.in_doubt());
    let dashes = if in_doubt { r#" stroke-dasharray="3 2" stroke-width="1.4""# } else { "" };
    format!(
        r#"<path d="{outline}" fill="{}"{dashes}><title>{}</title></path>"#,
        node.color.hex(),
        x(&cut(&tooltip))
    )
}

fn edge_mark(
    p: &Presentation<'_>,
    edge: &PresentedEdge<'_>,
    curve: &Curve,
    scene: &Scene<'_>,
) -> String {
    let (source, target) = (&p.nodes[edge.source].label, &p.nodes[edge.target].label);
    let stance = edge.edge.stance.as_str();
    let mut tooltip = format!("{source} — {} — {target} ({stance})", edge.label);
    if let Some(evidence) = edge.edge.evidence.first() {
        let _ = write!(tooltip, "\n“{}”\n{}", edge.quote(), evidence.document);
    }
    let dashes = match edge.edge.stance {
        Stance::Alleged => r#" stroke-dasharray="6 4""#,
        Stance::Denied => r#" stroke-dasharray="1.5 4""#,
        _ => "",
    };
    let width = (0.8 + 0.5 * edge.weight.sqrt()).min(4.0) * scene.line;
    let color = edge.color.hex();
    format!(
        r#"<g stroke="{color}" stroke-width="{}"><title>{}</title><path d="{}"{dashes}/><path d="{}" fill="{color}" stroke="none"/></g>"#,
        n(width),
        x(&cut(&tooltip)),
        curve.path(),
        curve.arrow()
    )
}

fn text_mark(label: &Label, anchor: &str) -> String {
    let mut lines = String::new();
    for (i, line) in label.lines.iter().enumerate() {
        let y = label.baseline + i as f64 * label.font * 1.1;
        let _ = write!(lines, r#"<tspan x="{}" y="{}">{}</tspan>"#, n(label.x), n(y), x(line));
    }
    format!(r#"<text font-size="{}" text-anchor="{anchor}">{lines}</text>"#, n(label.font))
}
