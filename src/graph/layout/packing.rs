//! Puts separately laid out components beside one another: the largest in the middle, the others
//! where they fit nearest to it (after the polyomino packing of Freivalds, Dogrusoz and Kikusts
//! 2002), and nodes without any edge in rows below.

use crate::order;

use rustc_hash::{FxHashMap, FxHashSet};

use super::room::Extent;

/// Space around what a component covers.
const GAP: f64 = 40.0;
/// Width of the picture over its height.
const ASPECT: f64 = 1.5;
/// Cells that all components together cover, about: finer packs closer and takes longer.
const CELLS: f64 = 4_000.0;
/// Components that are packed by their outline. Of more, the smaller ones are packed as boxes:
/// these have few forms, and what one of a form did not find need not be sought again.
const OUTLINED: usize = 500;

/// A place in the order in which places are tried: the ring, and the number in it.
type Turn = (i64, usize);

/// One component.
pub(super) struct Part {
    /// Its nodes.
    pub(super) nodes: Vec<u32>,
    /// Where they are, each in its own frame.
    pub(super) points: Vec<(f64, f64)>,
    /// What they take up around these points.
    pub(super) extents: Vec<Extent>,
    /// Its edges, as positions in `nodes`.
    pub(super) edges: Vec<(usize, usize)>,
}

impl Part {
    /// Left, top, right and bottom rim.
    fn bounds(&self) -> [f64; 4] {
        let far = f64::INFINITY;
        self.points.iter().zip(&self.extents).fold([far, far, -far, -far], |b, ((x, y), e)| {
            [b[0].min(x + e[0]), b[1].min(y + e[1]), b[2].max(x + e[2]), b[3].max(y + e[3])]
        })
    }

    fn area(&self) -> f64 {
        let b = self.bounds();
        (b[2] - b[0] + GAP) * (b[3] - b[1] + GAP)
    }

    /// The cells that its nodes, labels and edges touch, its middle in cell (0, 0).
    fn cells(&self, cell: f64) -> Vec<(i64, i64)> {
        let middle = self.middle();
        let at = |v: f64| (v / cell).floor() as i64;
        let mut cells = FxHashSet::default();
        for ((x, y), e) in self.points.iter().zip(&self.extents) {
            let (x, y) = (x - middle.0, y - middle.1);
            for column in at(x + e[0] - GAP / 2.0)..=at(x + e[2] + GAP / 2.0) {
                for row in at(y + e[1] - GAP / 2.0)..=at(y + e[3] + GAP / 2.0) {
                    cells.insert((column, row));
                }
            }
        }
        for (i, j) in &self.edges {
            let (a, b) = (self.points[*i], self.points[*j]);
            let steps = ((b.0 - a.0).abs().max((b.1 - a.1).abs()) / cell * 2.0).ceil().max(1.0);
            for step in 0..=steps as usize {
                let t = step as f64 / steps;
                let (x, y) = (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
                cells.insert((at(x - middle.0), at(y - middle.1)));
            }
        }
        let mut cells: Vec<_> = cells.into_iter().collect();
        order::ascending(&mut cells);
        cells
    }

    /// The cells of the box around [`cells`](Self::cells): columns, then rows.
    fn cell_box(&self, cell: f64) -> CellBox {
        let b = self.bounds();
        let middle = self.middle();
        let at = |v: f64| (v / cell).floor() as i64;
        CellBox {
            columns: (at(b[0] - middle.0 - GAP / 2.0), at(b[2] - middle.0 + GAP / 2.0)),
            rows: (at(b[1] - middle.1 - GAP / 2.0), at(b[3] - middle.1 + GAP / 2.0)),
        }
    }

    fn middle(&self) -> (f64, f64) {
        let b = self.bounds();
        ((b[0] + b[2]) / 2.0, (b[1] + b[3]) / 2.0)
    }
}

/// The first and last column and row of a box of cells.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct CellBox {
    columns: (i64, i64),
    rows: (i64, i64),
}

impl CellBox {
    fn cells(self) -> Vec<(i64, i64)> {
        let rows = self.rows;
        (self.columns.0..=self.columns.1)
            .flat_map(|column| (rows.0..=rows.1).map(move |row| (column, row)))
            .collect()
    }

    fn holds(self, other: CellBox) -> bool {
        let within = |a: (i64, i64), b: (i64, i64)| a.0 <= b.0 && b.1 <= a.1;
        within(self.columns, other.columns) && within(self.rows, other.rows)
    }
}

/// Packs the parts. Gives the point of every node.
pub(super) fn pack(count: usize, parts: Vec<Part>) -> Vec<(f64, f64)> {
    let mut points = vec![(0.0, 0.0); count];
    let (lone, mut joined): (Vec<Part>, Vec<Part>) =
        parts.into_iter().partition(|part| part.nodes.len() == 1);
    // Largest first; the sort is stable, so that equal ones keep their order.
    order::by(&mut joined, |a, b| b.area().total_cmp(&a.area()));
    let total: f64 = joined.iter().map(Part::area).sum();
    let cell = (total / CELLS.max(joined.len() as f64 * 4.0)).sqrt().max(1.0);
    let mut taken: FxHashSet<(i64, i64)> = FxHashSet::default();
    let mut reach = [0.0f64; 4];
    // Where a box found its place, no box that holds it finds one earlier: cells are only taken.
    let mut found: FxHashMap<CellBox, Turn> = FxHashMap::default();
    for (number, part) in joined.iter().enumerate() {
        let form = (number >= OUTLINED).then(|| part.cell_box(cell));
        let cells = form.map_or_else(|| part.cells(cell), CellBox::cells);
        let earlier = found.iter().filter(|(known, _)| form.is_some_and(|f| f.holds(**known)));
        let first = earlier.map(|(_, turn)| *turn).max().unwrap_or_default();
        let free = |(column, row): (i64, i64)| {
            !cells.iter().any(|(c, r)| taken.contains(&(c + column, r + row)))
        };
        let (turn, (column, row)) = first_place(first, free);
        if let Some(form) = form {
            found.insert(form, turn);
        }
        taken.extend(cells.iter().map(|(c, r)| (c + column, r + row)));
        let middle = part.middle();
        let shift = (column as f64 * cell - middle.0, row as f64 * cell - middle.1);
        for (node, (x, y)) in part.nodes.iter().zip(&part.points) {
            points[*node as usize] = (x + shift.0, y + shift.1);
        }
        let b = part.bounds();
        reach = [
            reach[0].min(b[0] + shift.0),
            reach[1].min(b[1] + shift.1),
            reach[2].max(b[2] + shift.0),
            reach[3].max(b[3] + shift.1),
        ];
    }
    set_in_rows(&lone, reach, &mut points);
    points
}

/// The first place from a turn on that is free, and its turn.
fn first_place(first: Turn, free: impl Fn((i64, i64)) -> bool) -> (Turn, (i64, i64)) {
    let (mut ring, mut passed) = first;
    loop {
        let mut places = around(ring).enumerate().skip(passed);
        if let Some((number, place)) = places.find(|(_, place)| free(*place)) {
            return ((ring, number), place);
        }
        (ring, passed) = (ring + 1, 0);
    }
}

/// The places at distance `ring` from the middle, in a frame as wide as the picture shall be.
fn around(ring: i64) -> impl Iterator<Item = (i64, i64)> {
    let wide = (ring as f64 * ASPECT).floor() as i64;
    let inner = ((ring - 1) as f64 * ASPECT).floor() as i64;
    (-ring..=ring).flat_map(move |row| {
        let edge = row.abs() == ring;
        (-wide..=wide)
            .filter(move |column| edge || column.abs() > inner)
            .map(move |column| (column, row))
    })
}

/// Sets nodes without edges in rows below what stands, as wide as that, at least as wide as they
/// need to make a picture.
fn set_in_rows(lone: &[Part], reach: [f64; 4], points: &mut [(f64, f64)]) {
    let area: f64 = lone.iter().map(Part::area).sum();
    let width = (reach[2] - reach[0]).max((area * ASPECT).sqrt());
    let (mut x, mut y, mut high) = (0.0, reach[3] + GAP, 0.0f64);
    for part in lone {
        let b = part.bounds();
        let (across, down) = (b[2] - b[0] + GAP, b[3] - b[1] + GAP);
        if x > 0.0 && x + across > width {
            (x, y, high) = (0.0, y + high, 0.0);
        }
        for (node, (px, py)) in part.nodes.iter().zip(&part.points) {
            points[*node as usize] = (reach[0] + x + px - b[0], y + py - b[1]);
        }
        x += across;
        high = high.max(down);
    }
}
