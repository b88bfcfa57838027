//! A force-directed layout after ForceAtlas2 (Jacomy, Venturini, Heymann, Bastian 2014): nodes
//! push one another away in proportion to their degrees, edges pull, and each node's speed
//! follows how steadily it moves. Written from the paper.

use crate::order;

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
/// Up to so many nodes every pair is looked at, which is exact and, for so few, faster than a tree
/// over them; above, far groups act as one, and it pays to share the work among threads.
const ALL_PAIRS: usize = 512;
/// Pairs that are looked at side by side: their sums are kept apart, so that they can be taken
/// together by the machine's wide registers and are the same on any machine.
const LANES: usize = 4;
/// A layout has settled when for so many steps the nodes, on average, have moved by less than this
/// part of the picture's half width.
const SETTLED: (usize, f64) = (6, 5e-4);

/// Places the nodes of one component around (0, 0), its longest way level, in units of which the
/// caller makes what it needs.
pub(super) fn place(rows: &Rows, ids: &[&str]) -> Vec<(f64, f64)> {
    let n = ids.len();
    let masses: Vec<f64> = (0..n).map(|i| rows.weights[i]).collect();
    let side = 40.0 * (n as f64).sqrt();
    let mut points: Vec<(f64, f64)> = ids.iter().map(|id| scattered(id, side)).collect();
    if n > 1 {
        run(rows, &masses, &mut points, steps(n));
        level(&mut points);
    }
    points
}

/// Turns the points so that they reach furthest from left to right: labels run that way too. By
/// the first eigenvector of their covariance, without trigonometry.
fn level(points: &mut [(f64, f64)]) {
    let n = points.len() as f64;
    let middle = points.iter().fold((0.0, 0.0), |m, p| (m.0 + p.0 / n, m.1 + p.1 / n));
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for p in points.iter() {
        let (x, y) = difference(*p, middle);
        (xx, xy, yy) = (xx + x * x, xy + x * y, yy + y * y);
    }
    let half = (xx - yy) / 2.0;
    let axis = (half + (half * half + xy * xy).sqrt(), xy);
    let long = length(axis);
    let axis = if long > 1e-9 {
        (axis.0 / long, axis.1 / long)
    } else if yy > xx {
        (0.0, 1.0)
    } else {
        (1.0, 0.0)
    };
    for p in points.iter_mut() {
        let (x, y) = difference(*p, middle);
        *p = (x * axis.0 + y * axis.1, y * axis.0 - x * axis.1);
    }
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
pub(super) struct Rows {
    offsets: Vec<u32>,
    /// Neighbour and how strongly it pulls.
    neighbours: Vec<(u32, f64)>,
    /// One more than the degree of each node.
    weights: Vec<f64>,
}

impl Rows {
    pub(super) fn of(adjacency: &Adjacency, component: &[u32]) -> Self {
        let mut offsets = vec![0];
        let mut neighbours: Vec<(u32, f64)> = Vec::new();
        let mut row: Vec<u32> = Vec::new();
        for (me, node) in (0u32..).zip(component) {
            row.clear();
            row.extend(adjacency.row(*node as usize).filter_map(|slot| {
                let at = component.binary_search(&adjacency.targets[slot]).ok()? as u32;
                (at != me).then_some(at)
            }));
            order::ascending(&mut row);
            for group in row.chunk_by(|a, b| a == b) {
                neighbours.push((group[0], (group.len() as f64).sqrt()));
            }
            offsets.push(neighbours.len() as u32);
        }
        let weights =
            component.iter().map(|i| adjacency.degree(*i as usize) as f64 + 1.0).collect();
        Self { offsets, neighbours, weights }
    }

    /// Every edge once, the smaller end first.
    pub(super) fn edges(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let ends = |i: usize| self.row(i).iter().map(move |(j, _)| (i, *j as usize));
        (0..self.weights.len()).flat_map(ends).filter(|(i, j)| i < j)
    }

    fn row(&self, node: usize) -> &[(u32, f64)] {
        &self.neighbours[self.offsets[node] as usize..self.offsets[node + 1] as usize]
    }
}

fn run(edges: &Rows, masses: &[f64], points: &mut [(f64, f64)], steps: usize) {
    let n = points.len();
    let mut repulsion = Repulsion::default();
    let mut forces = vec![(0.0, 0.0); n];
    let mut before = vec![(0.0, 0.0); n];
    let (mut speed, mut efficiency) = (1.0, 1.0);
    let mut still = 0;
    for _ in 0..steps {
        repulsion.prepare(points, masses);
        let here: &[(f64, f64)] = points;
        let force_on = |i: usize| force(i, edges, masses, here, &repulsion);
        if n > ALL_PAIRS {
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
        let (mut moved, mut extent) = (0.0, 0.0);
        for i in 0..n {
            let swinging = masses[i] * length(difference(forces[i], before[i]));
            let factor = speed / (1.0 + (speed * swinging).sqrt());
            // No node moves further in a step than a tenth of the picture.
            let reach = 4.0 * (n as f64).sqrt() + 10.0;
            let factor = factor.min(reach / length(forces[i]).max(1e-9));
            let step = (forces[i].0 * factor, forces[i].1 * factor);
            points[i] = sum(points[i], step);
            moved += length(step);
            extent += length(points[i]);
        }
        before.copy_from_slice(&forces);
        still = if moved < SETTLED.1 * extent { still + 1 } else { 0 };
        if still >= SETTLED.0 {
            break;
        }
    }
}

/// What pushes a node away: all others, or a tree over them.
#[derive(Debug, Default)]
struct Repulsion {
    /// Coordinates and masses, each in a row of its own, filled up with nothing to whole lanes.
    x: Vec<[f64; LANES]>,
    y: Vec<[f64; LANES]>,
    mass: Vec<[f64; LANES]>,
    tree: Quadtree,
}

impl Repulsion {
    fn prepare(&mut self, points: &[(f64, f64)], masses: &[f64]) {
        if points.len() > ALL_PAIRS {
            return self.tree.build(points, masses);
        }
        let fill = |row: &mut Vec<[f64; LANES]>, value: &dyn Fn(usize) -> f64| {
            row.clear();
            row.resize(points.len().div_ceil(LANES), [0.0; LANES]);
            (0..points.len()).for_each(|i| row[i / LANES][i % LANES] = value(i));
        };
        fill(&mut self.x, &|i| points[i].0);
        fill(&mut self.y, &|i| points[i].1);
        fill(&mut self.mass, &|i| masses[i]);
    }

    /// The sum over the others of the way from them over its square, times their mass.
    fn on(&self, i: usize, points: &[(f64, f64)], masses: &[f64]) -> (f64, f64) {
        let here = points[i];
        if points.len() > ALL_PAIRS {
            let (mut fx, mut fy) = (0.0, 0.0);
            self.tree.visit(i as u32, here, THETA, points, masses, |x, y, mass| {
                let (dx, dy) = (here.0 - x, here.1 - y);
                let push = mass / (dx * dx + dy * dy).max(1.0);
                (fx, fy) = (fx + dx * push, fy + dy * push);
            });
            return (fx, fy);
        }
        let (mut fx, mut fy) = ([0.0; LANES], [0.0; LANES]);
        // The node itself is at no distance, and what fills up the lanes has no mass: neither pushes.
        for ((xs, ys), masses) in self.x.iter().zip(&self.y).zip(&self.mass) {
            for lane in 0..LANES {
                let (dx, dy) = (here.0 - xs[lane], here.1 - ys[lane]);
                let squared = dx * dx + dy * dy;
                let push = masses[lane] / if squared > 1.0 { squared } else { 1.0 };
                fx[lane] += dx * push;
                fy[lane] += dy * push;
            }
        }
        (fx.iter().sum(), fy.iter().sum())
    }
}

fn force(
    i: usize,
    edges: &Rows,
    masses: &[f64],
    points: &[(f64, f64)],
    repulsion: &Repulsion,
) -> (f64, f64) {
    let (here, mass) = (points[i], masses[i]);
    let (push_x, push_y) = repulsion.on(i, points, masses);
    let (mut fx, mut fy) = (push_x * REPULSION * mass, push_y * REPULSION * mass);
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
