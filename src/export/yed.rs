//! `graph.yed.graphml`: GraphML with yEd's own graphics, which yEd needs to show anything but
//! empty boxes.

use std::io::{self, Write};

use super::escape::{XmlAttribute, XmlText};
use super::presentation::Presentation;
use crate::extraction::Stance;

/// yEd's name for a Graphviz shape.
fn shape(name: &str) -> &'static str {
    match name {
        "box" | "rect" | "rectangle" | "square" => "rectangle",
        "diamond" => "diamond",
        "octagon" => "octagon",
        "hexagon" => "hexagon",
        "house" => "trapezoid",
        "component" => "roundrectangle",
        _ => "ellipse",
    }
}

/// Writes the file.
pub(super) fn write(p: &Presentation<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns""#)?;
    writeln!(out, r#"  xmlns:y="http://www.yworks.com/xml/graphml">"#)?;
    for (id, domain, name) in [("d0", "node", "nodegraphics"), ("d1", "edge", "edgegraphics")] {
        writeln!(
            out,
            r#"  <key id="{id}" for="{domain}" yfiles.type="{name}" attr.name="{name}" attr.type="string"/>"#
        )?;
    }
    for (id, domain, name) in [
        ("d2", "node", "type"),
        ("d3", "node", "description"),
        ("d4", "edge", "relation"),
        ("d5", "edge", "description"),
    ] {
        writeln!(
            out,
            r#"  <key id="{id}" for="{domain}" attr.name="{name}" attr.type="string"/>"#
        )?;
    }
    writeln!(out, r#"  <graph id="corkboard" edgedefault="directed">"#)?;
    for node in &p.nodes {
        let info = p.ontology.entity_types.get(&node.node.entity_type);
        let shape = shape(info.map_or("", |info| &info.shape));
        let ((x, y), side) = (node.position, 20.0 + node.size / 2.0);
        let (fill, text) = (node.color.hex(), XmlText(&node.label));
        let letters = if node.color.is_dark() { "#FFFFFF" } else { "#000000" };
        // A label wider than its node stands below it, in black.
        let wide = node.label.chars().count() as f32 * 6.5 > side;
        let (place, letters) = if wide { ("s", "#000000") } else { ("c", letters) };
        let model = if wide { "sides" } else { "internal" };
        writeln!(out, r#"    <node id="{}">"#, node.id)?;
        writeln!(out, r#"      <data key="d0"><y:ShapeNode>"#)?;
        writeln!(
            out,
            r#"        <y:Geometry height="{side}" width="{side}" x="{}" y="{}"/>"#,
            x - side / 2.0,
            y - side / 2.0
        )?;
        writeln!(out, r#"        <y:Fill color="{fill}" transparent="false"/>"#)?;
        writeln!(out, r##"        <y:BorderStyle color="#333333" type="line" width="1.0"/>"##)?;
        writeln!(
            out,
            r#"        <y:NodeLabel modelName="{model}" modelPosition="{place}" textColor="{letters}">{text}</y:NodeLabel>"#
        )?;
        writeln!(out, r#"        <y:Shape type="{shape}"/>"#)?;
        writeln!(out, "      </y:ShapeNode></data>")?;
        let entity_type = node.node.entity_type.as_str();
        writeln!(out, r#"      <data key="d2">{}</data>"#, XmlText(entity_type))?;
        writeln!(out, r#"      <data key="d3">{}</data>"#, XmlText(&node.quote()))?;
        writeln!(out, "    </node>")?;
    }
    for edge in &p.edges {
        let (source, target) = (&p.nodes[edge.source].id, &p.nodes[edge.target].id);
        let line = match edge.edge.stance {
            Stance::Denied => "dotted",
            Stance::Alleged => "dashed",
            _ => "line",
        };
        let (id, color, width) = (XmlAttribute(&edge.id), edge.color.hex(), edge.weight.sqrt());
        writeln!(out, r#"    <edge id="{id}" source="{source}" target="{target}">"#)?;
        writeln!(out, r#"      <data key="d1"><y:PolyLineEdge>"#)?;
        writeln!(
            out,
            r#"        <y:LineStyle color="{color}" type="{line}" width="{:.1}"/>"#,
            width.clamp(1.0, 5.0)
        )?;
        writeln!(out, r#"        <y:Arrows source="none" target="standard"/>"#)?;
        writeln!(out, r#"        <y:EdgeLabel>{}</y:EdgeLabel>"#, XmlText(&edge.label))?;
        writeln!(out, "      </y:PolyLineEdge></data>")?;
        writeln!(out, r#"      <data key="d4">{}</data>"#, XmlText(edge.relation))?;
        writeln!(out, r#"      <data key="d5">{}</data>"#, XmlText(&edge.quote()))?;
        writeln!(out, "    </edge>")?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}
