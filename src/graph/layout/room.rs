//! Room for nodes and their labels: distances that suit what is drawn, and nothing over anything
//! else.

use std::ops::Range;

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

/// A cell of the grid, by column and row.
type Cell = (i64, i64);

/// Points in the order of their cells, columns first, and for each cell that holds any what stands
/// in the three columns around it.
struct Grid {
    points: Vec<(Cell, u32)>,
    cells: Vec<(Cell, [Range<usize>; 3])>,
    /// The cell of each point, among `cells`.
    cell_of: Vec<u32>,
}

impl Grid {
    fn of(keys: impl Iterator<Item = Cell>) -> Self {
        let mut points: Vec<(Cell, u32)> = keys.zip(0u32..).collect();
        points.sort_unstable();
        let mut cells: Vec<(Cell, [Range<usize>; 3])> = Vec::new();
        let mut cell_of = vec![0; points.len()];
        // The cells come in order, so that what stands around them moves on with them.
        let mut around = [0..0, 0..0, 0..0];
        for (cell, point) in &points {
            if cells.last().is_none_or(|(last, _)| last != cell) {
                for (next, column) in around.iter_mut().zip(cell.0 - 1..) {
                    let before = |at: usize, end: Cell| points.get(at).is_some_and(|p| p.0 < end);
                    while before(next.start, (column, cell.1 - 1)) {
                        next.start += 1;
                    }
                    next.end = next.end.max(next.start);
                    while before(next.end, (column, cell.1 + 2)) {
                        next.end += 1;
                    }
                }
                cells.push((*cell, around.clone()));
            }
            cell_of[*point as usize] = cells.len() as u32 - 1;
        }
        Self { points, cells, cell_of }
    }

    /// The places in the order of points that stand in three columns around where point `i` is
    /// now, which may be another cell than when the grid was made.
    fn around(&self, i: usize, now: Cell) -> [Range<usize>; 3] {
        let (cell, around) = &self.cells[self.cell_of[i] as usize];
        if *cell == now {
            return around.clone();
        }
        [now.0 - 1, now.0, now.0 + 1].map(|column| {
            let place = |end: Cell| self.points.partition_point(|(cell, _)| *cell < end);
            place((column, now.1 - 1))..place((column, now.1 + 2))
        })
    }
}

/// Pushes overlapping boxes apart, pair by pair in order, over a grid of the largest box, each
/// time along the axis on which less is in the way.
fn separate(points: &mut [(f64, f64)], extents: &[Extent]) {
    let widest = extents.iter().fold(0.0, |w: f64, e| w.max(e[2] - e[0]).max(e[3] - e[1]));
    let cell = widest + GAP;
    let key = |p: (f64, f64)| ((p.0 / cell).floor() as i64, (p.1 / cell).floor() as i64);
    for round in 0..300 {
        let grid = Grid::of(points.iter().map(|p| key(*p)));
        let mut moved = false;
        for i in 0..points.len() {
            for range in grid.around(i, key(points[i])) {
                for (_, j) in &grid.points[range] {
                    if *j as usize > i {
                        moved |= part(points, extents, i, *j as usize, round);
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
