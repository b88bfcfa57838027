//! Where labels stand so that they cover neither one another nor a node.

use crate::order;

use rustc_hash::FxHashMap;

use super::super::presentation::{Presentation, PresentedNode};
use super::scene::Scene;

/// Nodes up to which every one is labelled, if need be over something else.
const ALL_LABELLED: usize = 120;
/// Longest line, in characters, and most lines.
const LINE: usize = 24;
const LINES: usize = 3;
/// Side of a cell of the grid that finds what is near.
const CELL: f64 = 64.0;

/// A label with its place.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) lines: Vec<String>,
    pub(super) x: f64,
    /// Of the first line.
    pub(super) baseline: f64,
    pub(super) font: f64,
    /// SVG's `text-anchor`.
    pub(super) anchor: &'static str,
}

/// Left, top, right, bottom.
type Area = [f64; 4];

fn overlap(a: &Area, b: &Area) -> f64 {
    let across = a[2].min(b[2]) - a[0].max(b[0]);
    let down = a[3].min(b[3]) - a[1].max(b[1]);
    if across > 0.0 && down > 0.0 { across * down } else { 0.0 }
}

/// The areas that are taken, in a grid.
#[derive(Debug)]
pub(super) struct Labels {
    taken: Vec<Area>,
    grid: FxHashMap<(i64, i64), Vec<u32>>,
    bounds: Area,
}

impl Labels {
    /// With all nodes and headings taken.
    pub(super) fn new(scene: &Scene<'_>) -> Self {
        let far = f64::INFINITY;
        let mut labels =
            Self { taken: Vec::new(), grid: FxHashMap::default(), bounds: [far, far, -far, -far] };
        for spot in &scene.spots {
            let rim = |direction| spot.rim(direction) + 1.0;
            let (left, right) = (spot.x - rim((-1.0, 0.0)), spot.x + rim((1.0, 0.0)));
            let (top, bottom) = (spot.y - rim((0.0, -1.0)), spot.y + rim((0.0, 1.0)));
            labels.take([left, top, right, bottom]);
        }
        for (text, (x, y)) in &scene.headings {
            let half = width(text, 15.0) / 2.0;
            labels.take([x - half, y - 15.0, x + half, y + 4.0]);
        }
        if labels.taken.is_empty() {
            labels.bounds = [0.0, 0.0, 300.0, 100.0];
        }
        labels
    }

    /// What everything placed so far covers.
    pub(super) fn bounds(&self) -> Area {
        self.bounds
    }

    fn cells(area: &Area) -> impl Iterator<Item = (i64, i64)> + use<> {
        let cell = |v: f64| (v / CELL).floor() as i64;
        let (left, top, right, bottom) =
            (cell(area[0]), cell(area[1]), cell(area[2]), cell(area[3]));
        (left..=right).flat_map(move |column| (top..=bottom).map(move |row| (column, row)))
    }

    fn take(&mut self, area: Area) {
        let number = self.taken.len() as u32;
        for cell in Self::cells(&area) {
            self.grid.entry(cell).or_default().push(number);
        }
        self.taken.push(area);
        let b = &mut self.bounds;
        *b = [b[0].min(area[0]), b[1].min(area[1]), b[2].max(area[2]), b[3].max(area[3])];
    }

    /// How many square pixels of the area are taken.
    fn cost(&self, area: &Area) -> f64 {
        let mut near: Vec<u32> =
            Self::cells(area).filter_map(|cell| self.grid.get(&cell)).flatten().copied().collect();
        order::unique(&mut near);
        near.into_iter().map(|i| overlap(area, &self.taken[i as usize])).sum()
    }

    /// Labels for the nodes, the best connected first; where there is no room in a large picture
    /// a node goes without, its name still in its tooltip.
    pub(super) fn place_nodes(&mut self, p: &Presentation<'_>, scene: &Scene<'_>) -> Vec<Label> {
        let mut order: Vec<usize> = (0..p.nodes.len()).collect();
        order::by_key(&mut order, |i| std::cmp::Reverse(p.nodes[*i].degree));
        let last = p.nodes.iter().filter_map(|node| node.rank).max();
        let first = p.nodes.iter().filter_map(|node| node.rank).min();
        let mut labels = Vec::new();
        for i in order {
            let (node, spot) = (&p.nodes[i], scene.spots[i]);
            let font = font_of(node);
            let lines = broken(&node.label);
            let (wide, high) = size_of(node);
            let rim = |direction| spot.rim(direction);
            let right = ("start", spot.x + rim((1.0, 0.0)) + 4.0, spot.y - high / 2.0);
            let left = ("end", spot.x - rim((-1.0, 0.0)) - 4.0, spot.y - high / 2.0);
            let below = ("middle", spot.x, spot.y + rim((0.0, 1.0)) + 2.0);
            let above = ("middle", spot.x, spot.y - rim((0.0, -1.0)) - 3.0 - high);
            let slant = rim((0.6, 0.8)) * 0.7 + 2.0;
            let candidates: Vec<(&'static str, f64, f64)> = match node.rank {
                // In columns, the outer ones are labelled outside, away from the lines.
                rank if scene.columns && (rank == last || rank.is_none()) => vec![right],
                rank if scene.columns && rank == first => vec![left],
                _ if scene.columns => vec![below],
                _ => vec![
                    below,
                    right,
                    left,
                    above,
                    ("start", spot.x + slant, spot.y + slant),
                    ("start", spot.x + slant, spot.y - slant - high),
                    ("end", spot.x - slant, spot.y + slant),
                    ("end", spot.x - slant, spot.y - slant - high),
                ],
            };
            let area = |(anchor, x, top): &(&'static str, f64, f64)| {
                let left = match *anchor {
                    "start" => *x,
                    "end" => x - wide,
                    _ => x - wide / 2.0,
                };
                [left, *top, left + wide, top + high]
            };
            let mut best: Option<(f64, usize)> = None;
            for (c, candidate) in candidates.iter().enumerate() {
                let cost = self.cost(&area(candidate));
                if best.is_none_or(|(least, _)| cost < least - 1.0) {
                    best = Some((cost, c));
                }
            }
            let Some((cost, c)) = best else { continue };
            if cost > 1.0 && p.nodes.len() > ALL_LABELLED && !scene.columns {
                continue;
            }
            let (anchor, x, top) = candidates[c];
            self.take(area(&candidates[c]));
            labels.push(Label { lines, x, baseline: top + font * 0.86, font, anchor });
        }
        labels
    }

    /// Names of relations on the lines, where there is room for them.
    pub(super) fn place_edges(&mut self, p: &Presentation<'_>, scene: &Scene<'_>) -> Vec<Label> {
        let font = 10.0;
        let mut labels = Vec::new();
        for (edge, curve) in p.edges.iter().zip(&scene.curves) {
            let half = width(&edge.label, font) / 2.0;
            let free = [0.5, 0.4, 0.6, 0.3, 0.7].into_iter().find_map(|t| {
                let (x, y) = curve.at(t);
                let area = [x - half, y - font * 0.6, x + half, y + font * 0.6];
                (self.cost(&area) < 1.0).then_some((x, y, area))
            });
            if let Some((x, y, area)) = free {
                self.take(area);
                let lines = vec![edge.label.to_string()];
                labels.push(Label { lines, x, baseline: y + font * 0.33, font, anchor: "middle" });
            }
        }
        labels
    }
}

fn font_of(node: &PresentedNode<'_>) -> f64 {
    if node.size > 55.0 { 14.0 } else { 12.0 }
}

/// Width and height of a node's label.
pub(super) fn size_of(node: &PresentedNode<'_>) -> (f64, f64) {
    let (font, lines) = (font_of(node), broken(&node.label));
    let wide = lines.iter().map(|line| width(line, font)).fold(0.0, f64::max);
    (wide, lines.len() as f64 * font * 1.1)
}

/// About how wide text is in a sans-serif font, in pixels.
fn width(text: &str, font: f64) -> f64 {
    let of = |c: char| match c {
        'i' | 'j' | 'l' | '\'' | '.' | ',' | ':' | ';' | '|' | '!' => 0.28,
        'f' | 't' | 'r' | ' ' | '-' | '(' | ')' | '/' | 'I' => 0.36,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' | '…' => 0.92,
        'A'..='Z' | '&' => 0.7,
        '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => 0.0,
        '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' => 1.05,
        '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}' | '\u{1F000}'..='\u{1FAFF}' => 1.15,
        _ => 0.57,
    };
    text.chars().map(of).sum::<f64>() * font
}

/// A label in up to three lines of about 24 characters, the rest cut off.
fn broken(label: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in label.split(' ') {
        let word: String = if word.chars().count() > LINE {
            word.chars().take(LINE - 1).chain(['…']).collect()
        } else {
            word.to_owned()
        };
        let full = lines.len() == LINES;
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= LINE => {
                line.push(' ');
                line.push_str(&word);
            }
            Some(line) if full => {
                line.push('…');
                break;
            }
            _ => lines.push(word),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_labels_take_lines_and_are_cut() {
        assert_eq!(
            broken("bombing in Westport, March 2024"),
            ["bombing in Westport,", "March 2024"]
        );
        let long = broken(&"attack upon the harbour ".repeat(9));
        assert_eq!(long.len(), LINES);
        assert!(long[2].ends_with('…'));
        assert_eq!(broken(&"x".repeat(60))[0].chars().count(), LINE);
    }

    #[test]
    fn taken_areas_cost() {
        let mut labels = Labels::new(&Scene::default());
        labels.take([0.0, 0.0, 100.0, 20.0]);
        assert_eq!(labels.cost(&[90.0, 10.0, 200.0, 30.0]), 100.0);
        assert_eq!(labels.cost(&[300.0, 10.0, 400.0, 30.0]), 0.0);
    }
}
