//! Where nodes and lines stand in the picture, in pixels.

use rustc_hash::FxHashMap;

use super::super::presentation::Presentation;
use super::labels::size_of;
use super::shape;
use crate::graph::View;
use crate::graph::layout::{LABELLED, UNITS_PER_PIXEL};
use crate::order;

/// Square pixels for a node in a large picture, where not every label finds room.
const ROOM: f64 = 7_000.0;
/// Sides of the picture, at most.
const LARGEST: f64 = 7_000.0;
/// Distance between columns of the incidents view.
const COLUMN: f64 = 400.0;
/// Distance between rows of the incidents view, at least.
const ROW: f64 = 30.0;
/// Space between parallel lines.
const PARALLEL: f64 = 22.0;
/// Length of an arrowhead.
const ARROW: f64 = 8.0;

/// A node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'s> {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) r: f64,
    /// The ontology's name for its outline.
    pub(super) shape: &'s str,
}

impl Spot<'_> {
    /// Pixels from the middle to the rim in the direction of a unit vector.
    pub(super) fn rim(&self, direction: (f64, f64)) -> f64 {
        self.r * shape::reach(self.shape, direction)
    }
}

/// A line: a cubic curve from rim to arrowhead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Curve {
    from: (f64, f64),
    control: [(f64, f64); 2],
    /// Where the line ends and the arrowhead begins.
    to: (f64, f64),
    /// Its point.
    tip: (f64, f64),
    size: f64,
}

/// The picture before it is written.
#[derive(Debug, Default)]
pub(super) struct Scene<'s> {
    pub(super) spots: Vec<Spot<'s>>,
    pub(super) curves: Vec<Curve>,
    /// Names of columns.
    pub(super) headings: Vec<(String, (f64, f64))>,
    /// Whether nodes stand in columns.
    pub(super) columns: bool,
    /// Width of lines, 1 in a small picture.
    pub(super) line: f64,
}

impl<'s> Scene<'s> {
    pub(super) fn of(p: &Presentation<'s>) -> Self {
        let columns = p.view == View::Incidents;
        let n = p.nodes.len();
        // Nodes of a large picture are small, or they would cover it.
        let shrink = (120.0 / (n as f64).max(120.0)).sqrt().max(0.3);
        let widest = if columns { 8.0 } else { 20.0 };
        let radius = |size: f32| (6.0 + widest * ((f64::from(size) - 4.0) / 96.0)) * shrink.sqrt();
        let spots = p
            .nodes
            .iter()
            .map(|node| {
                let info = p.ontology.entity_types.get(&node.node.entity_type);
                let shape = info.map_or("", |info| info.shape.as_str());
                Spot { x: 0.0, y: 0.0, r: radius(node.size), shape }
            })
            .collect();
        let mut scene = Self { spots, columns, line: shrink.sqrt(), ..Self::default() };
        if columns {
            scene.stand_in_columns(p);
        } else {
            scene.stand_freely(p);
        }
        scene.draw_lines(p);
        scene
    }

    /// Scales the layout: to pixels where it has room for every label, else to a picture whose
    /// area grows with the number of nodes.
    fn stand_freely(&mut self, p: &Presentation<'_>) {
        let bound = |pick: fn(&(f32, f32)) -> f32| {
            let values = p.nodes.iter().map(|node| pick(&node.position));
            let (low, high) =
                values.fold((f32::INFINITY, f32::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
            f64::from((high - low).max(1.0))
        };
        let n = p.graph.node_count();
        let scale = if n <= LABELLED {
            1.0 / UNITS_PER_PIXEL
        } else {
            let (across, down) = (bound(|p| p.0), bound(|p| p.1));
            (n as f64 * ROOM / (across * down)).sqrt().min(LARGEST / across.max(down))
        };
        for (spot, node) in self.spots.iter_mut().zip(&p.nodes) {
            (spot.x, spot.y) =
                (f64::from(node.position.0) * scale, f64::from(node.position.1) * scale);
        }
    }

    /// Columns by rank, rows in the order of the layout with room for a label each.
    fn stand_in_columns(&mut self, p: &Presentation<'_>) {
        let mut ranks: Vec<Option<u8>> = p.nodes.iter().map(|node| node.rank).collect();
        order::by_key(&mut ranks, |rank| rank.unwrap_or(u8::MAX));
        ranks.dedup();
        let members = |rank: &Option<u8>| {
            let mut nodes: Vec<usize> =
                (0..p.nodes.len()).filter(|i| p.nodes[*i].rank == *rank).collect();
            order::by(&mut nodes, |a, b| p.nodes[*a].position.1.total_cmp(&p.nodes[*b].position.1));
            nodes
        };
        let columns: Vec<Vec<usize>> = ranks.iter().map(members).collect();
        // Outer columns are labelled beside the node, inner ones below it.
        let inner =
            |i: usize| p.nodes[i].rank != ranks[0] && ranks.last() != Some(&p.nodes[i].rank);
        let below: Vec<f64> = (0..p.nodes.len())
            .map(|i| if inner(i) { size_of(&p.nodes[i]).1 + 4.0 } else { 0.0 })
            .collect();
        let spots = &mut self.spots;
        let tall: Vec<f64> = (0..p.nodes.len())
            .map(|i| {
                let beside = if inner(i) { 0.0 } else { size_of(&p.nodes[i]).1 };
                (2.5 * spots[i].r + below[i]).max(beside).max(ROW - 8.0) + 8.0
            })
            .collect();
        let slot = |i: usize| tall[i];
        let height = |column: &Vec<usize>| column.iter().map(|i| slot(*i)).sum::<f64>();
        let tallest = columns.iter().map(height).fold(0.0, f64::max);
        // Tall columns need distance, or lines become too steep to follow.
        let distance = COLUMN.max(tallest * 0.28).min(1_400.0);
        for (c, column) in columns.iter().enumerate() {
            let spare = (tallest - height(column)) * 0.7 / column.len().max(1) as f64;
            let mut y = -(height(column) + spare * column.len() as f64) / 2.0;
            for i in column {
                let room = slot(*i) + spare;
                spots[*i].x = c as f64 * distance;
                spots[*i].y = y + (room - below[*i]) / 2.0;
                y += room;
            }
            let types = p.ontology.entity_types.values();
            let names: Vec<&str> = types
                .filter(|info| info.rank.is_some() && info.rank == ranks[c])
                .map(|info| info.label.as_str())
                .collect();
            self.headings.push((names.join(", "), (c as f64 * distance, -tallest / 2.0 - 16.0)));
        }
    }

    fn draw_lines(&mut self, p: &Presentation<'_>) {
        let mut lanes: FxHashMap<(usize, usize), usize> = FxHashMap::default();
        let pair = |a: usize, b: usize| (a.min(b), a.max(b));
        for edge in &p.edges {
            *lanes.entry(pair(edge.source, edge.target)).or_default() += 1;
        }
        let mut used: FxHashMap<(usize, usize), usize> = FxHashMap::default();
        for edge in &p.edges {
            let key = pair(edge.source, edge.target);
            let lane = used.entry(key).or_default();
            let offset = *lane as f64 - (lanes[&key] as f64 - 1.0) / 2.0;
            *lane += 1;
            let (a, b) = (self.spots[edge.source], self.spots[edge.target]);
            let size = ARROW * self.line.max(0.6);
            self.curves.push(if edge.source == edge.target {
                Curve::around(a, *lane as f64, size)
            } else if self.columns && a.x < b.x {
                Curve::across(a, b, offset, size)
            } else {
                // One side for both directions, or the lanes of A → B and B → A would meet.
                let side = if edge.source < edge.target { 1.0 } else { -1.0 };
                Curve::between(a, b, offset * side * PARALLEL, size)
            });
        }
    }
}

fn unit(from: (f64, f64), to: (f64, f64)) -> (f64, f64) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = (dx * dx + dy * dy).sqrt();
    if length < 1e-9 { (1.0, 0.0) } else { (dx / length, dy / length) }
}

fn step(from: (f64, f64), (ux, uy): (f64, f64), length: f64) -> (f64, f64) {
    (from.0 + ux * length, from.1 + uy * length)
}

impl Curve {
    /// From one node to another, bent to the side by `bend` pixels in the middle.
    fn between(a: Spot<'_>, b: Spot<'_>, bend: f64, size: f64) -> Self {
        let (from, to) = ((a.x, a.y), (b.x, b.y));
        let along = unit(from, to);
        let middle = ((a.x + b.x) / 2.0, (a.y + b.y) / 2.0);
        // A quadratic curve reaches half as far as its control point.
        let control = step(middle, (-along.1, along.0), bend * 2.0);
        let ahead = unit(from, control);
        let start = step(from, ahead, a.rim(ahead) + 1.0);
        let back = unit(to, control);
        let tip = step(to, back, b.rim(back) + 1.5);
        let end = step(tip, back, size * 0.8);
        let third = |p: (f64, f64)| (p.0 + (control.0 - p.0) / 1.5, p.1 + (control.1 - p.1) / 1.5);
        Self { from: start, control: [third(start), third(end)], to: end, tip, size }
    }

    /// From one column to another, level at both ends.
    fn across(a: Spot<'_>, b: Spot<'_>, lane: f64, size: f64) -> Self {
        let shift = lane * 6.0;
        let side = |spot: &Spot<'_>, sign: f64| {
            let level = shift.clamp(-0.6 * spot.r, 0.6 * spot.r);
            let towards = unit((0.0, 0.0), (sign * spot.r, level));
            (spot.x + towards.0 * (spot.rim(towards) + 1.5), spot.y + level)
        };
        let (from, tip) = (side(&a, 1.0), side(&b, -1.0));
        let to = (tip.0 - size * 0.8, tip.1);
        let middle = (from.0 + to.0) / 2.0;
        let control = [(middle, from.1 + shift), (middle, to.1 + shift)];
        Self { from, control, to, tip, size }
    }

    /// From a node to itself: a loop at its upper right, the larger the higher its number.
    fn around(a: Spot<'_>, number: f64, size: f64) -> Self {
        let reach = a.r + 16.0 + 8.0 * number;
        let from = (a.x + a.r * 0.35, a.y - a.r);
        let tip = (a.x + a.r + 1.0, a.y - a.r * 0.35);
        let to = (tip.0 + size * 0.8, tip.1);
        let control = [(a.x + a.r * 0.35, a.y - reach), (a.x + reach, a.y - a.r * 0.35)];
        Self { from, control, to, tip, size }
    }

    /// The line, as SVG path data.
    pub(super) fn path(&self) -> String {
        let pair = |p: (f64, f64)| format!("{} {}", super::n(p.0), super::n(p.1));
        let [one, two] = self.control;
        format!("M{}C{} {} {}", pair(self.from), pair(one), pair(two), pair(self.to))
    }

    /// The arrowhead, as SVG path data.
    pub(super) fn arrow(&self) -> String {
        let (ux, uy) = unit(self.tip, self.to);
        let base = step(self.tip, (ux, uy), self.size);
        let half = self.size * 0.42;
        let corner = |sign: f64| (base.0 - uy * half * sign, base.1 + ux * half * sign);
        let pair = |p: (f64, f64)| format!("{} {}", super::n(p.0), super::n(p.1));
        format!("M{}L{}L{}Z", pair(self.tip), pair(corner(1.0)), pair(corner(-1.0)))
    }

    /// The point at share `t` of the way.
    pub(super) fn at(&self, t: f64) -> (f64, f64) {
        let s = 1.0 - t;
        let weights = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
        let points = [self.from, self.control[0], self.control[1], self.to];
        points
            .iter()
            .zip(weights)
            .fold((0.0, 0.0), |sum, (p, w)| (sum.0 + p.0 * w, sum.1 + p.1 * w))
    }
}
