//! Room for nodes and their labels: distances that suit what is drawn, and nothing over anything
//! else.

use super::force::Rows;

/// Layout units for a pixel of a picture in which labels have their usual size.
pub const UNITS_PER_PIXEL: f64 = 2.5;
/// Graphs of up to so many nodes get room for every label; in larger ones nobody could read them
/// all at a time, and discs alone are kept apart.
pub const LABELLED: usize = 600;
/// Width of a character and height of a line of a label, in pixels.
const CHARACTER: f64 = 6.4;
const LINE: f64 = 14.0;
/// Characters on a line, and lines, at most.
const LONGEST: usize = 24;
const LINES: usize = 3;
/// Space between two boxes, at least.
const GAP: f64 = 12.0;
/// Mean length of an edge where labels have room.
const EDGE: f64 = 330.0;

/// What a node takes up around its position: left, top, right, bottom.
pub(super) type Extent = [f64; 4];

/// A disc alone.
pub(super) fn disc(radius: f64) -> Extent {
    [-radius, -radius, radius, radius]
}

/// A disc with its label below it.
pub(super) fn labelled(radius: f64, label: &str) -> Extent {
    let characters = label.chars().count();
    let lines = characters.div_ceil(LONGEST - 3).clamp(1, LINES);
    let half = characters.min(LONGEST) as f64 * CHARACTER / 2.0 * UNITS_PER_PIXEL;
    let below = lines as f64 * LINE * UNITS_PER_PIXEL;
    let half = half.max(radius);
    [-half, -radius, half, radius + below]
}

/// Scales the points of a component so that edges have a readable length, or, where only discs
/// are drawn, so that these fill no more than a tenth of the picture; then removes overlaps.
pub(super) fn make(points: &mut [(f64, f64)], extents: &[Extent], rows: &Rows, labels: bool) {
    let scale = if labels { for_edges(points, rows) } else { for_discs(points, extents) };
    points.iter_mut().for_each(|p| *p = (p.0 * scale, p.1 * scale));
    separate(points, extents);
}

fn for_edges(points: &[(f64, f64)], rows: &Rows) -> f64 {
    let (sum, count) = rows.edges().fold((0.0, 0usize), |(sum, count), (i, j)| {
        let (dx, dy) = (points[i].0 - points[j].0, points[i].1 - points[j].1);
        (sum + (dx * dx + dy * dy).sqrt(), count + 1)
    });
    if count == 0 || sum < 1e-9 { 1.0 } else { EDGE * count as f64 / sum }
}

fn for_discs(points: &[(f64, f64)], extents: &[Extent]) -> f64 {
    let discs: f64 = extents.iter().map(|e| (e[2] + GAP) * (e[2] + GAP) * 3.2).sum();
    let reach = |pick: fn(&(f64, f64)) -> f64| {
        let low = points.iter().map(pick).fold(f64::INFINITY, f64::min);
        let high = points.iter().map(pick).fold(f64::NEG_INFINITY, f64::max);
        high - low
    };
    let (across, down) = (reach(|p| p.0), reach(|p| p.1));
    // A chain has hardly any area, and would be blown up for it.
    let area = (across * down.max(across / 4.0)).max(1.0);
    (discs * 10.0 / area).sqrt().max(1.0)
}

/// Pushes overlapping boxes apart, pair by pair in order, over a grid of the largest box, each
/// time along the axis on which less is in the way.
fn separate(points: &mut [(f64, f64)], extents: &[Extent]) {
    let widest = extents.iter().fold(0.0, |w: f64, e| w.max(e[2] - e[0]).max(e[3] - e[1]));
    let cell = widest + GAP;
    let key = |p: (f64, f64)| ((p.0 / cell).floor() as i64, (p.1 / cell).floor() as i64);
    for round in 0..300 {
        let mut grid: Vec<((i64, i64), u32)> =
            points.iter().zip(0u32..).map(|(p, i)| (key(*p), i)).collect();
        grid.sort();
        let row_of = |wanted: (i64, i64)| {
            let from = grid.partition_point(|(k, _)| *k < wanted);
            // Three cells of a column stand together, for the key's second part runs fastest.
            let upto = (wanted.0, wanted.1 + 2);
            from..grid.partition_point(|(k, _)| *k <= upto)
        };
        let mut moved = false;
        for i in 0..points.len() {
            let (column, row) = key(points[i]);
            for column in column - 1..=column + 1 {
                for slot in row_of((column, row - 1)) {
                    let j = grid[slot].1 as usize;
                    if j > i {
                        moved |= part(points, extents, i, j, round);
                    }
                }
            }
        }
        if !moved {
            break;
        }
    }
}

/// Parts two boxes if they overlap; whether they did.
fn part(points: &mut [(f64, f64)], extents: &[Extent], i: usize, j: usize, round: usize) -> bool {
    let (a, b) = (extents[i], extents[j]);
    let middle = |p: (f64, f64), e: Extent| (p.0 + (e[0] + e[2]) / 2.0, p.1 + (e[1] + e[3]) / 2.0);
    let ((ax, ay), (bx, by)) = (middle(points[i], a), middle(points[j], b));
    let across = (a[2] - a[0] + b[2] - b[0]) / 2.0 + GAP - (bx - ax).abs();
    let down = (a[3] - a[1] + b[3] - b[1]) / 2.0 + GAP - (by - ay).abs();
    if across <= 1e-6 || down <= 1e-6 {
        return false;
    }
    // Two boxes at one place part along an axis that their numbers choose.
    let level = if (across - down).abs() < 1e-6 {
        (i + j + round).is_multiple_of(2)
    } else {
        across < down
    };
    let sign = |d: f64| if d < 0.0 { -1.0 } else { 1.0 };
    let (dx, dy) = if level { (across * sign(bx - ax), 0.0) } else { (0.0, down * sign(by - ay)) };
    // The larger one stays nearer to where it is.
    let (wide_a, wide_b) = ((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]));
    let share = wide_b / (wide_a + wide_b).max(1e-9);
    points[i] = (points[i].0 - dx * share, points[i].1 - dy * share);
    points[j] = (points[j].0 + dx * (1.0 - share), points[j].1 + dy * (1.0 - share));
    true
}
