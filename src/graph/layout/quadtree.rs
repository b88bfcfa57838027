//! A Barnes-Hut tree (Barnes and Hut 1986): far groups of points act as one.

/// Cells deeper than this hold their points together: they stand at nearly the same place.
const DEEPEST: u32 = 32;
/// Marks a cell without children.
const NONE: u32 = u32::MAX;

/// A square of the plane with all the mass in it.
#[derive(Clone, Copy, Debug)]
struct Cell {
    /// Centre of mass.
    x: f64,
    y: f64,
    mass: f64,
    /// Side of the square.
    side: f64,
    /// First of four children that stand together, or `NONE`.
    children: u32,
    /// First of the points in it, for a cell without children.
    first: u32,
    /// One past the last.
    last: u32,
}

/// The tree, rebuilt for every step; keeps its memory.
#[derive(Debug, Default)]
pub(super) struct Quadtree {
    cells: Vec<Cell>,
    /// Points in the order of the cells.
    sorted: Vec<u32>,
    scratch: Vec<u32>,
}

impl Quadtree {
    /// Builds the tree over points and their masses.
    pub(super) fn build(&mut self, points: &[(f64, f64)], masses: &[f64]) {
        self.cells.clear();
        self.sorted.clear();
        self.sorted.extend(0..points.len() as u32);
        let bound = |pick: fn(&(f64, f64)) -> f64| {
            let low = points.iter().map(pick).fold(f64::INFINITY, f64::min);
            let high = points.iter().map(pick).fold(f64::NEG_INFINITY, f64::max);
            (low, high)
        };
        let ((left, right), (top, bottom)) = (bound(|p| p.0), bound(|p| p.1));
        let side = (right - left).max(bottom - top).max(1e-9);
        self.push(0, points.len() as u32, side, points, masses);
        let mut open = vec![(0usize, left, top, 0u32)];
        while let Some((index, x, y, depth)) = open.pop() {
            let cell = self.cells[index];
            if cell.last - cell.first <= 1 || depth >= DEEPEST {
                continue;
            }
            let half = cell.side / 2.0;
            let (mid_x, mid_y) = (x + half, y + half);
            let quarter = |i: u32| {
                let (px, py) = points[i as usize];
                usize::from(px >= mid_x) + 2 * usize::from(py >= mid_y)
            };
            let range = cell.first as usize..cell.last as usize;
            self.scratch.clear();
            self.scratch.extend_from_slice(&self.sorted[range.clone()]);
            let mut starts = [0u32; 5];
            for i in &self.scratch {
                starts[quarter(*i) + 1] += 1;
            }
            for q in 0..4 {
                starts[q + 1] += starts[q];
            }
            let mut free = starts;
            for i in &self.scratch {
                let q = quarter(*i);
                self.sorted[range.start + free[q] as usize] = *i;
                free[q] += 1;
            }
            let children = self.cells.len();
            self.cells[index].children = children as u32;
            for q in 0..4 {
                let (first, last) = (cell.first + starts[q], cell.first + starts[q + 1]);
                self.push(first, last, half, points, masses);
                let corner_x = if q % 2 == 1 { mid_x } else { x };
                let corner_y = if q >= 2 { mid_y } else { y };
                open.push((children + q, corner_x, corner_y, depth + 1));
            }
        }
    }

    fn push(&mut self, first: u32, last: u32, side: f64, points: &[(f64, f64)], masses: &[f64]) {
        let (mut x, mut y, mut mass) = (0.0, 0.0, 0.0);
        for i in &self.sorted[first as usize..last as usize] {
            let ((px, py), m) = (points[*i as usize], masses[*i as usize]);
            (x, y, mass) = (x + px * m, y + py * m, mass + m);
        }
        let (x, y) = if mass > 0.0 { (x / mass, y / mass) } else { (0.0, 0.0) };
        self.cells.push(Cell { x, y, mass, side, children: NONE, first, last });
    }

    /// Calls `act(x, y, mass)` for every point but `me`, or for groups of them that are seen from
    /// `at` under an angle of less than `theta` (side over distance).
    pub(super) fn visit(
        &self,
        me: u32,
        at: (f64, f64),
        theta: f64,
        points: &[(f64, f64)],
        masses: &[f64],
        mut act: impl FnMut(f64, f64, f64),
    ) {
        let mut open = [0u32; 4 * DEEPEST as usize + 4];
        let mut depth = 1;
        while depth > 0 {
            depth -= 1;
            let cell = &self.cells[open[depth] as usize];
            if cell.mass <= 0.0 {
                continue;
            }
            let (dx, dy) = (cell.x - at.0, cell.y - at.1);
            let far = cell.side * cell.side < theta * theta * (dx * dx + dy * dy);
            if cell.children != NONE && !far {
                for q in (0..4).rev() {
                    open[depth] = cell.children + q;
                    depth += 1;
                }
            } else if far && cell.last - cell.first > 1 {
                act(cell.x, cell.y, cell.mass);
            } else {
                for i in &self.sorted[cell.first as usize..cell.last as usize] {
                    if *i != me {
                        let (x, y) = points[*i as usize];
                        act(x, y, masses[*i as usize]);
                    }
                }
            }
        }
    }
}
