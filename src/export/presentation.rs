//! What every format needs of a node and an edge: a token as id, a label that is not blank, a
//! colour, a size, a position, and the days between which it holds.

use std::borrow::Cow;

use crate::date::Date;
use crate::order;
use indexmap::IndexMap;
use petgraph::stable_graph::NodeIndex;
use rustc_hash::{FxHashMap, FxHashSet};

use super::escape::{is_nmtoken, nmtoken, one_line};
use crate::date::PartialDate;
use crate::graph::layout::sizes;
use crate::graph::metrics::Adjacency;
use crate::graph::{Edge, KnowledgeGraph, Node, View, earliest, latest};
use crate::ontology::Ontology;

/// Colour of a type that the ontology gives none.
const GREY: Color = Color { r: 0x80, g: 0x80, b: 0x80 };

/// A colour, 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Color {
    pub(super) r: u8,
    pub(super) g: u8,
    pub(super) b: u8,
}

impl Color {
    /// From `#rrggbb`.
    pub(super) fn parse(hex: &str) -> Option<Self> {
        let digits = hex.strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
        let part = |i: usize| u8::from_str_radix(&digits[i..i + 2], 16).ok();
        Some(Self { r: part(0)?, g: part(2)?, b: part(4)? })
    }

    /// As `#rrggbb`.
    pub(super) fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }

    /// As hue, saturation and value, each 0 to 1, in the form `0.611 1.000 0.698`.
    pub(super) fn hsv(self) -> String {
        let [r, g, b] = [self.r, self.g, self.b].map(|x| f64::from(x) / 255.0);
        let (high, low) = (r.max(g).max(b), r.min(g).min(b));
        let span = high - low;
        let hue = if span == 0.0 {
            0.0
        } else if high == r {
            ((g - b) / span).rem_euclid(6.0)
        } else if high == g {
            (b - r) / span + 2.0
        } else {
            (r - g) / span + 4.0
        };
        let saturation = if high == 0.0 { 0.0 } else { span / high };
        format!("{:.3} {saturation:.3} {high:.3}", hue / 6.0)
    }

    /// Whether white letters are easier to read on it than black ones (the contrast of WCAG 2, with
    /// a gamma of 2).
    pub(super) fn is_dark(self) -> bool {
        let linear =
            [self.r, self.g, self.b].map(|x| (f64::from(x) / 255.0) * (f64::from(x) / 255.0));
        let luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
        1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05
    }
}

/// A node as the formats show it.
#[derive(Clone, Debug)]
pub(super) struct PresentedNode<'g> {
    /// An ASCII NMTOKEN, unique.
    pub(super) id: Cow<'g, str>,
    /// On one line, never blank.
    pub(super) label: String,
    pub(super) node: &'g Node,
    pub(super) color: Color,
    /// Radius, 4 to 100.
    pub(super) size: f32,
    pub(super) position: (f32, f32),
    pub(super) degree: usize,
    /// Rank of its type in the ontology.
    pub(super) rank: Option<u8>,
    pub(super) days: Days,
}

impl PresentedNode<'_> {
    /// The first quote, on one line; empty where there is none.
    pub(super) fn quote(&self) -> String {
        self.node.evidence.first().map(|e| one_line(&e.quote)).unwrap_or_default()
    }
}

/// An edge as the formats show it.
#[derive(Clone, Debug)]
pub(super) struct PresentedEdge<'g> {
    /// An ASCII NMTOKEN, unique, and no node's id.
    pub(super) id: String,
    /// Positions in [`Presentation::nodes`].
    pub(super) source: usize,
    pub(super) target: usize,
    pub(super) relation: &'g str,
    /// How a person reads the relation.
    pub(super) label: Cow<'g, str>,
    pub(super) edge: &'g Edge,
    /// Above 0.
    pub(super) weight: f64,
    pub(super) color: Color,
    pub(super) days: Days,
}

impl PresentedEdge<'_> {
    /// Whether it is in doubt whether the edge holds: alleged or denied.
    pub(super) fn in_doubt(&self) -> bool {
        self.edge.stance.in_doubt()
    }

    /// The first quote, on one line.
    pub(super) fn quote(&self) -> String {
        self.edge.evidence.first().map(|e| one_line(&e.quote)).unwrap_or_default()
    }
}

/// The days between which something holds, open where they are not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) first: Option<Date>,
    pub(super) last: Option<Date>,
}

impl Days {
    /// From the first day of one date to the last day of another; a last day before the first,
    /// which Gephi refuses, counts as unknown. A single date on either side is both.
    fn between(first: Option<PartialDate>, last: Option<PartialDate>) -> Self {
        // No calendar that the readers know has a year 0 or below.
        let usable = |d: &Date| d.year() > 0;
        let first = first.map(PartialDate::first_day).filter(usable);
        let last = last.map(PartialDate::last_day).filter(usable);
        Self { first, last: last.filter(|last| first.is_none_or(|first| first <= *last)) }
    }

    /// Whether anything is known.
    pub(super) fn known(self) -> bool {
        self.first.is_some() || self.last.is_some()
    }
}

/// A whole graph, ready to be written: nodes ordered by id, edges by (source, relation, target).
#[derive(Debug)]
pub(super) struct Presentation<'g> {
    pub(super) graph: &'g KnowledgeGraph,
    pub(super) ontology: &'g Ontology,
    pub(super) view: View,
    pub(super) nodes: Vec<PresentedNode<'g>>,
    pub(super) edges: Vec<PresentedEdge<'g>>,
}

impl<'g> Presentation<'g> {
    /// Prepares a graph. Nodes without a position stand on a grid.
    pub(super) fn of(graph: &'g KnowledgeGraph, ontology: &'g Ontology, view: View) -> Self {
        let adjacency = Adjacency::of(graph);
        let sizes = sizes(&adjacency);
        let mut taken = FxHashSet::default();
        let mut place: FxHashMap<NodeIndex, usize> = FxHashMap::default();
        let across = (adjacency.len() as f64).sqrt().ceil().max(1.0) as usize;
        let step = (9_000.0 / across as f32).min(250.0);
        let mut nodes = Vec::with_capacity(adjacency.len());
        // Proper ids first, so that none has to give way to an improper one made proper.
        for (_, node) in graph.nodes().iter().filter(|(_, node)| is_nmtoken(node.id.as_str())) {
            taken.insert(Cow::Borrowed(node.id.as_str()));
        }
        for (i, (index, node)) in graph.nodes().into_iter().enumerate() {
            let id = if is_nmtoken(node.id.as_str()) {
                Cow::Borrowed(node.id.as_str())
            } else {
                unique(nmtoken(node.id.as_str()), &mut taken)
            };
            let label = Some(one_line(&node.label)).filter(|label| !label.is_empty());
            let info = ontology.entity_types.get(&node.entity_type);
            let on_grid = || {
                let (column, row) = (i % across, i / across);
                let middle = (across - 1) as f32 / 2.0;
                ((column as f32 - middle) * step, (row as f32 - middle) * step)
            };
            let finite = |p: &(f32, f32)| p.0.is_finite() && p.1.is_finite();
            let incident = node.incident.as_ref();
            let first = earliest(node.first_seen, incident.and_then(|i| i.date_start));
            let last = latest(node.last_seen, incident.and_then(|i| i.date_end));
            place.insert(index, i);
            nodes.push(PresentedNode {
                label: label.unwrap_or_else(|| id.to_string()),
                id,
                node,
                color: info.and_then(|info| Color::parse(&info.color)).unwrap_or(GREY),
                size: sizes[i],
                position: node.position.filter(finite).unwrap_or_else(on_grid),
                degree: adjacency.degree(i),
                rank: info.and_then(|info| info.rank),
                days: Days::between(first, last),
            });
        }
        let edges = graph
            .edges()
            .into_iter()
            .map(|view| {
                let (source, target) = (place[&view.source_index], place[&view.target_index]);
                let relation = view.edge.relation.as_str();
                let info = ontology.relation_types.get(relation);
                let id =
                    format!("{}--{}--{}", nodes[source].id, nmtoken(relation), nodes[target].id);
                let label = match info {
                    Some(info) => Cow::Borrowed(info.label.as_str()),
                    None => Cow::Owned(one_line(&relation.replace('_', " "))),
                };
                let weight = view.edge.weight;
                PresentedEdge {
                    id: unique(id, &mut taken).into_owned(),
                    source,
                    target,
                    relation,
                    label,
                    edge: view.edge,
                    weight: if weight.is_finite() && weight > 0.0 { weight } else { 1.0 },
                    color: info.and_then(|info| Color::parse(&info.color)).unwrap_or(GREY),
                    days: Days::between(view.edge.first_seen, view.edge.last_seen),
                }
            })
            .collect();
        Self { graph, ontology, view, nodes, edges }
    }

    /// The part that a picture shows: the nodes with edges, or all where none has any. A node
    /// without edges tells a reader nothing by where it stands; the data files hold it.
    pub(super) fn connected(&self) -> Self {
        let shown = |node: &PresentedNode<'_>| node.degree > 0 || self.edges.is_empty();
        let mut places = Vec::with_capacity(self.nodes.len());
        let mut nodes = Vec::new();
        for node in &self.nodes {
            places.push(nodes.len());
            if shown(node) {
                nodes.push(node.clone());
            }
        }
        let mut edges = self.edges.clone();
        for edge in &mut edges {
            (edge.source, edge.target) = (places[edge.source], places[edge.target]);
        }
        Self { nodes, edges, ..*self }
    }

    /// The graph's name, or a word for it.
    pub(super) fn name(&self) -> String {
        let name = one_line(&self.graph.name);
        if name.is_empty() { "corkboard".to_owned() } else { name }
    }

    /// The node types that occur, in the ontology's order, then others by name, each with its
    /// label, colour and Graphviz shape.
    pub(super) fn types(&self) -> Vec<(&'g str, String, Color, &'g str)> {
        let used: FxHashSet<&str> =
            self.nodes.iter().map(|n| n.node.entity_type.as_str()).collect();
        let declared =
            self.ontology.entity_types.iter().filter(|(name, _)| used.contains(name.as_str()));
        let mut types: Vec<_> = declared
            .map(|(name, info)| {
                let color = Color::parse(&info.color).unwrap_or(GREY);
                let shape = if info.shape.is_empty() { "ellipse" } else { info.shape.as_str() };
                (name.as_str(), one_line(&info.label), color, shape)
            })
            .collect();
        let mut others: Vec<&str> = used
            .into_iter()
            .filter(|name| !self.ontology.entity_types.contains_key(*name))
            .collect();
        order::ascending(&mut others);
        types.extend(others.into_iter().map(|name| (name, one_line(name), GREY, "ellipse")));
        types
    }

    /// The relations that occur, with label and colour, the most frequent first.
    pub(super) fn relations(&self) -> Vec<(&'g str, String, Color, usize)> {
        let mut counts: IndexMap<&str, (String, Color, usize)> = IndexMap::new();
        for edge in &self.edges {
            let entry = counts
                .entry(edge.relation)
                .or_insert_with(|| (edge.label.to_string(), edge.color, 0));
            entry.2 += 1;
        }
        let mut relations: Vec<_> =
            counts.into_iter().map(|(name, (label, color, n))| (name, label, color, n)).collect();
        order::by(&mut relations, |a, b| b.3.cmp(&a.3).then(a.0.cmp(b.0)));
        relations
    }
}

/// The id itself, or with a number behind it where it is taken.
fn unique<'g>(id: String, taken: &mut FxHashSet<Cow<'g, str>>) -> Cow<'g, str> {
    let mut candidate = id.clone();
    let mut number = 2;
    while !taken.insert(Cow::Owned(candidate.clone())) {
        candidate = format!("{id}--{number}");
        number += 1;
    }
    Cow::Owned(candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_convert() {
        let blue = Color::parse("#0072b2").expect("a colour");
        assert_eq!((blue.hex().as_str(), blue.hsv().as_str()), ("#0072b2", "0.560 1.000 0.698"));
        assert!(blue.is_dark() && !Color { r: 240, g: 228, b: 66 }.is_dark());
        assert!(Color::parse("#12é456").is_none() && Color::parse("red").is_none());
    }

    #[test]
    fn partial_dates_become_whole_days() {
        let date = |text: &str| text.parse::<PartialDate>().ok();
        let text = |days: Days| {
            [days.first, days.last].map(|d| d.map(|d| d.to_string()).unwrap_or_default())
        };
        assert_eq!(
            text(Days::between(date("2024-02"), date("2024-02"))),
            ["2024-02-01", "2024-02-29"]
        );
        assert_eq!(text(Days::between(date("2024"), None)), ["2024-01-01", ""]);
        assert_eq!(text(Days::between(date("2024"), date("2023"))), ["2024-01-01", ""]);
        assert!(!Days::between(None, None).known());
    }
}
