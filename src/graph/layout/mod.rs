//! Where a picture puts the nodes: force-directed for the whole, in ranks for the backbone.
//!
//! The same graph gets the same positions whatever the number of threads and the order in which
//! it was built; only arithmetic that IEEE 754 fixes to the bit is used.

mod force;
mod layered;
mod packing;
mod quadtree;
mod room;

use rayon::prelude::*;

use super::metrics::Adjacency;
use super::{KnowledgeGraph, View};
use crate::ontology::Ontology;

pub use room::{LABELLED, UNITS_PER_PIXEL};

/// Positions stay below this in either direction: Gephi rescales a graph that reaches 5,000.
pub const EXTENT: f32 = 4_900.0;

/// Smallest and largest radius of a node: Gephi rescales unless sizes span exactly these.
pub const SIZES: (f32, f32) = (4.0, 100.0);

/// The radius of every node by degree, ordered by id: area grows with degree, the least connected
/// node has the smallest size and the best connected one the largest. Where all are equal there
/// is no scale, and all get a tenth of the span.
#[must_use]
pub fn sizes(adjacency: &Adjacency) -> Vec<f32> {
    let (small, large) = SIZES;
    let roots: Vec<f32> =
        (0..adjacency.len()).map(|i| (adjacency.degree(i) as f32).sqrt()).collect();
    let low = roots.iter().copied().fold(f32::INFINITY, f32::min);
    let high = roots.iter().copied().fold(0.0, f32::max);
    roots
        .into_iter()
        .map(|root| {
            if high <= low {
                small + (large - small) / 10.0
            } else if root == high {
                large
            } else {
                small + (large - small) * ((root - low) / (high - low))
            }
        })
        .collect()
}

/// A position with two decimals, so that files stay short and the same.
fn rounded(x: f64) -> f32 {
    let x = (x * 100.0).round() / 100.0;
    if x == 0.0 { 0.0 } else { x as f32 }
}

impl KnowledgeGraph {
    /// Gives every node a position: in ranks for [`View::Incidents`], force-directed otherwise.
    pub fn arrange(&mut self, view: View, ontology: &Ontology) {
        match view {
            View::Incidents => self.arrange_in_ranks(ontology),
            View::Full | View::Actors => self.arrange_by_force(),
        }
    }

    /// Lays the graph out by forces (see [`arrange`](Self::arrange)): components each for itself,
    /// then packed beside one another, the largest first; no two nodes overlap.
    pub fn arrange_by_force(&mut self) {
        let adjacency = Adjacency::of(self);
        let radii: Vec<f64> = sizes(&adjacency).into_iter().map(f64::from).collect();
        let labels = adjacency.len() <= LABELLED;
        let mut parts: Vec<packing::Part> = Vec::new();
        adjacency
            .components()
            .into_par_iter()
            .map(|component| {
                let node = |i: &u32| &self.graph[adjacency.order[*i as usize]];
                let ids: Vec<&str> = component.iter().map(|i| node(i).id.as_str()).collect();
                let extents: Vec<room::Extent> = component
                    .iter()
                    .map(|i| match radii[*i as usize] {
                        radius if labels => room::labelled(radius, &node(i).label),
                        radius => room::disc(radius),
                    })
                    .collect();
                let rows = force::Rows::of(&adjacency, &component);
                let mut points = force::place(&rows, &ids);
                room::make(&mut points, &extents, &rows, labels);
                let edges = rows.edges().collect();
                packing::Part { nodes: component, points, extents, edges }
            })
            .collect_into_vec(&mut parts);
        let points = packing::pack(adjacency.len(), parts);
        self.take_positions(&adjacency, &points);
    }

    /// Lays the graph out in columns, one for each rank of the ontology's types, from left to
    /// right; a node whose type has no rank goes to the last column.
    pub fn arrange_in_ranks(&mut self, ontology: &Ontology) {
        let adjacency = Adjacency::of(self);
        let ranks: Vec<Option<u8>> = adjacency
            .order
            .iter()
            .map(|index| {
                let entity_type = &self.graph[*index].entity_type;
                ontology.entity_types.get(entity_type).and_then(|info| info.rank)
            })
            .collect();
        let points = layered::place(&adjacency, &ranks, &sizes(&adjacency));
        self.take_positions(&adjacency, &points);
    }

    /// Centres the points, scales them down where they reach beyond [`EXTENT`], and stores them.
    fn take_positions(&mut self, adjacency: &Adjacency, points: &[(f64, f64)]) {
        let range = |axis: fn(&(f64, f64)) -> f64| {
            let low = points.iter().map(axis).fold(f64::INFINITY, f64::min);
            let high = points.iter().map(axis).fold(f64::NEG_INFINITY, f64::max);
            ((low + high) / 2.0, (high - low) / 2.0)
        };
        let ((middle_x, half_x), (middle_y, half_y)) = (range(|p| p.0), range(|p| p.1));
        let scale = (f64::from(EXTENT) / half_x.max(half_y).max(1.0)).min(1.0);
        for (index, (x, y)) in adjacency.order.iter().zip(points) {
            let position = (rounded((x - middle_x) * scale), rounded((y - middle_y) * scale));
            self.graph[*index].position = Some(position);
        }
    }
}

#[cfg(test)]
mod tests;
