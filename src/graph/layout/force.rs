//! A force-directed layout after ForceAtlas2 (Jacomy, Venturini, Heymann, Bastian 2014): nodes
//! push one another away in proportion to their degrees, edges pull, and each node's speed
//! follows how steadily it moves. Written from the paper.

use rayon::prelude::*;

use super::super::metrics::Adjacency;
use super::quadtree::Quadtree;

/// Strength of repulsion; sets the scale of the picture.
const REPULSION: f64 = 60.0;
/// Strength of the pull to the centre, which keeps branches from drifting out.
const GRAVITY: f64 = 0.6;
/// Groups seen under a smaller angle act as one.
const THETA: f64 = 1.0;
/// How much swinging is tolerated: speed rises with it.
const TOLERANCE: f64 = 1.0;
/// Space between the rims of two nodes, at least.
pub(super) const GAP: f64 = 12.0;
/// From so many nodes on it pays to share the work among threads.
const PARALLEL: usize = 512;

/// Places the nodes of one component around (0, 0), without overlap.
pub(super) fn place(
    adjacency: &Adjacency,
    component: &[u32],
    ids: &[&str],
    radii: &[f64],
) -> Vec<(f64, f64)> {
    let n = component.len();
    if n == 1 {
        return vec![(0.0, 0.0)];
    }
    let edges = Rows::of(adjacency, component);
    let masses: Vec<f64> =
        component.iter().map(|i| adjacency.degree(*i as usize) as f64 + 1.0).collect();
    let side = 40.0 * (n as f64).sqrt();
    let mut points: Vec<(f64, f64)> =
        component.iter().map(|i| scattered(ids[*i as usize], side)).collect();
    run(&edges, &masses, &mut points, steps(n));
    spread(&mut points, radii);
    separate(&mut points, radii);
    points
}

/// How many steps a component of `n` nodes gets: enough to settle, bounded for large ones.
fn steps(n: usize) -> usize {
    match n {
        0..=1_000 => 600,
        1_001..=5_000 => 300,
        5_001..=20_000 => 150,
        _ => 100,
    }
}

/// A start position that depends on the node's id alone: FNV-1a, then SplitMix64.
fn scattered(id: &str, side: f64) -> (f64, f64) {
    let mut state = id
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64 - 0.5
    };
    (next() * side, next() * side)
}

/// The rows of one component, renumbered from 0, parallel edges joined, no loops.
struct Rows {
    offsets: Vec<u32>,
    /// Neighbour and how strongly it pulls.
    neighbours: Vec<(u32, f64)>,
}

impl Rows {
    fn of(adjacency: &Adjacency, component: &[u32]) -> Self {
        let mut offsets = vec![0];
        let mut neighbours: Vec<(u32, f64)> = Vec::new();
        let mut row: Vec<u32> = Vec::new();
        for (me, node) in (0u32..).zip(component) {
            row.clear();
            row.extend(adjacency.row(*node as usize).filter_map(|slot| {
                let at = component.binary_search(&adjacency.targets[slot]).ok()? as u32;
                (at != me).then_some(at)
            }));
            row.sort_unstable();
            for group in row.chunk_by(|a, b| a == b) {
                neighbours.push((group[0], (group.len() as f64).sqrt()));
            }
            offsets.push(neighbours.len() as u32);
        }
        Self { offsets, neighbours }
    }

    fn row(&self, node: usize) -> &[(u32, f64)] {
        &self.neighbours[self.offsets[node] as usize..self.offsets[node + 1] as usize]
    }
}

fn run(edges: &Rows, masses: &[f64], points: &mut [(f64, f64)], steps: usize) {
    let n = points.len();
    let mut tree = Quadtree::default();
    let mut forces = vec![(0.0, 0.0); n];
    let mut before = vec![(0.0, 0.0); n];
    let (mut speed, mut efficiency) = (1.0, 1.0);
    for _ in 0..steps {
        tree.build(points, masses);
        let here: &[(f64, f64)] = points;
        let tree = &tree;
        let force_on = |i: usize| force(i, edges, masses, here, tree);
        if n >= PARALLEL {
            forces.par_iter_mut().enumerate().for_each(|(i, f)| *f = force_on(i));
        } else {
            forces.iter_mut().enumerate().for_each(|(i, f)| *f = force_on(i));
        }
        // Sums run in order on one thread: rounding must not depend on how work is shared.
        let (mut swing, mut traction) = (0.0, 0.0);
        for i in 0..n {
            let (d, s) = (difference(forces[i], before[i]), sum(forces[i], before[i]));
            swing += masses[i] * length(d);
            traction += 0.5 * masses[i] * length(s);
        }
        let estimate = 0.05 * (n as f64).sqrt();
        let jitter = TOLERANCE
            * (estimate * traction / (n * n) as f64).min(10.0).max(estimate.sqrt().min(1.0));
        if swing > 2.0 * traction {
            efficiency = f64::max(efficiency * 0.5, 0.05);
        } else if speed < 1_000.0 {
            efficiency *= 1.3;
        }
        let target = jitter * efficiency * traction / swing.max(1e-9);
        speed += (target - speed).min(0.5 * speed);
        for i in 0..n {
            let swinging = masses[i] * length(difference(forces[i], before[i]));
            let factor = speed / (1.0 + (speed * swinging).sqrt());
            // No node moves further in a step than a tenth of the picture.
            let reach = 4.0 * (n as f64).sqrt() + 10.0;
            let factor = factor.min(reach / length(forces[i]).max(1e-9));
            points[i] = (points[i].0 + forces[i].0 * factor, points[i].1 + forces[i].1 * factor);
        }
        before.copy_from_slice(&forces);
    }
}

fn force(
    i: usize,
    edges: &Rows,
    masses: &[f64],
    points: &[(f64, f64)],
    tree: &Quadtree,
) -> (f64, f64) {
    let (here, mass) = (points[i], masses[i]);
    let (mut fx, mut fy) = (0.0, 0.0);
    tree.visit(i as u32, here, THETA, points, masses, |x, y, m| {
        let (dx, dy) = (here.0 - x, here.1 - y);
        let squared = dx * dx + dy * dy;
        if squared > 0.0 {
            let push = REPULSION * mass * m / squared.max(1.0);
            (fx, fy) = (fx + dx * push, fy + dy * push);
        }
    });
    for (j, weight) in edges.row(i) {
        let (x, y) = points[*j as usize];
        (fx, fy) = (fx + (x - here.0) * weight, fy + (y - here.1) * weight);
    }
    let distance = length(here).max(1e-9);
    let pull = GRAVITY * mass / distance;
    (fx - here.0 * pull, fy - here.1 * pull)
}

fn length((x, y): (f64, f64)) -> f64 {
    (x * x + y * y).sqrt()
}

fn difference(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 - b.0, a.1 - b.1)
}

fn sum(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 + b.0, a.1 + b.1)
}

/// Blows the picture up until the discs of the nodes fill no more than a tenth of it: then
/// removing overlaps moves little.
fn spread(points: &mut [(f64, f64)], radii: &[f64]) {
    let discs: f64 = radii.iter().map(|r| (r + GAP) * (r + GAP) * 3.2).sum();
    let extent = |pick: fn(&(f64, f64)) -> f64| {
        let low = points.iter().map(pick).fold(f64::INFINITY, f64::min);
        let high = points.iter().map(pick).fold(f64::NEG_INFINITY, f64::max);
        high - low
    };
    let area = (extent(|p| p.0) * extent(|p| p.1)).max(1.0);
    let scale = (discs * 10.0 / area).sqrt().max(1.0);
    points.iter_mut().for_each(|p| *p = (p.0 * scale, p.1 * scale));
}

/// Pushes overlapping discs apart, pair by pair in order, over a grid of the largest radius.
fn separate(points: &mut [(f64, f64)], radii: &[f64]) {
    let widest = radii.iter().copied().fold(0.0, f64::max);
    let cell = 2.0 * widest + GAP;
    let key = |p: (f64, f64)| ((p.0 / cell).floor() as i64, (p.1 / cell).floor() as i64);
    for round in 0..200 {
        let mut grid: Vec<((i64, i64), u32)> =
            points.iter().zip(0u32..).map(|(p, i)| (key(*p), i)).collect();
        grid.sort_unstable();
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
                    if j <= i {
                        continue;
                    }
                    let (dx, dy) = difference(points[j], points[i]);
                    let apart = length((dx, dy));
                    let wanted = radii[i] + radii[j] + GAP;
                    if apart >= wanted - 1e-6 {
                        continue;
                    }
                    moved = true;
                    // Two nodes at one place part along an axis that their numbers choose.
                    let (ux, uy) = if apart > 1e-6 {
                        (dx / apart, dy / apart)
                    } else if (i + j + round).is_multiple_of(2) {
                        (1.0, 0.0)
                    } else {
                        (0.0, 1.0)
                    };
                    let overlap = wanted - apart;
                    // The larger disc stays nearer to where it is.
                    let share = radii[i] / (radii[i] + radii[j]);
                    points[i] = sum(
                        points[i],
                        (-ux * overlap * (1.0 - share), -uy * overlap * (1.0 - share)),
                    );
                    points[j] = sum(points[j], (ux * overlap * share, uy * overlap * share));
                }
            }
        }
        if !moved {
            break;
        }
    }
}
