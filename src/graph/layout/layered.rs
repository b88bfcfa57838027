//! Ranks in columns, ordered by barycentres (Sugiyama, Tagawa and Toda 1981) so that few edges
//! cross.

use crate::order;

use super::super::metrics::Adjacency;

/// Sweeps over the columns; the order with the fewest crossings is kept.
const SWEEPS: usize = 24;
/// Distance between columns for a column of ten nodes; long columns stand further apart.
const COLUMN: f64 = 600.0;
/// Space between the rims of two nodes of a column.
const GAP: f64 = 24.0;

/// Places node `i` in the column of `ranks[i]`; a node without rank goes to the last.
pub(super) fn place(adjacency: &Adjacency, ranks: &[Option<u8>], sizes: &[f32]) -> Vec<(f64, f64)> {
    let last = ranks.iter().flatten().copied().max().unwrap_or(0);
    let mut used: Vec<u8> = ranks.iter().map(|rank| rank.unwrap_or(last)).collect();
    order::unique(&mut used);
    let mut columns: Vec<Vec<u32>> = vec![Vec::new(); used.len()];
    let column_of: Vec<usize> =
        ranks.iter().map(|rank| used.partition_point(|u| *u < rank.unwrap_or(last))).collect();
    for (i, column) in (0u32..).zip(&column_of) {
        columns[*column].push(i);
    }
    order(adjacency, &column_of, &mut columns);
    spread(&columns, sizes, adjacency.len())
}

/// Orders the nodes of each column by the middle of their neighbours in the others.
fn order(adjacency: &Adjacency, column_of: &[usize], columns: &mut [Vec<u32>]) {
    let mut at = vec![0.0f64; column_of.len()];
    let settle = |column: &[u32], at: &mut [f64]| {
        // Between 0 and 1, so that columns of different lengths compare.
        for (place, node) in column.iter().enumerate() {
            at[*node as usize] = (place as f64 + 0.5) / column.len() as f64;
        }
    };
    columns.iter().for_each(|column| settle(column, &mut at));
    let mut best = (crossings(adjacency, column_of, &at), columns.to_vec());
    for sweep in 0..SWEEPS {
        let forward: Vec<usize> = (0..columns.len()).collect();
        let turn = if sweep % 2 == 0 { forward } else { forward.into_iter().rev().collect() };
        for c in turn {
            let mut keyed: Vec<(f64, u32)> = columns[c]
                .iter()
                .map(|node| {
                    let i = *node as usize;
                    let others = adjacency
                        .row(i)
                        .map(|slot| adjacency.targets[slot] as usize)
                        .filter(|other| column_of[*other] != c);
                    let (sum, count) =
                        others.fold((0.0, 0usize), |(sum, n), other| (sum + at[other], n + 1));
                    (if count == 0 { at[i] } else { sum / count as f64 }, *node)
                })
                .collect();
            order::by(&mut keyed, |a, b| a.0.total_cmp(&b.0));
            columns[c] = keyed.into_iter().map(|(_, node)| node).collect();
            settle(&columns[c], &mut at);
        }
        let crossed = crossings(adjacency, column_of, &at);
        if crossed < best.0 {
            best = (crossed, columns.to_vec());
        }
    }
    columns.clone_from_slice(&best.1);
}

/// How many pairs of edges between the same two columns cross, counted by inversions
/// (Barth, Jünger and Mutzel 2002, with a Fenwick tree).
fn crossings(adjacency: &Adjacency, column_of: &[usize], at: &[f64]) -> u64 {
    let mut edges: Vec<(usize, usize, f64, f64)> = Vec::new();
    for i in 0..adjacency.len() {
        for slot in adjacency.row(i) {
            let j = adjacency.targets[slot] as usize;
            if column_of[i] < column_of[j] {
                edges.push((column_of[i], column_of[j], at[i], at[j]));
            }
        }
    }
    order::by(&mut edges, |a, b| {
        (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)).then(a.3.total_cmp(&b.3))
    });
    let mut total = 0;
    for group in edges.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let mut ends: Vec<f64> = group.iter().map(|e| e.3).collect();
        order::by(&mut ends, f64::total_cmp);
        ends.dedup();
        let mut tree = vec![0u64; ends.len() + 1];
        for (seen, edge) in group.iter().enumerate() {
            let place = ends.partition_point(|end| *end < edge.3) + 1;
            let mut before = 0;
            let mut i = place;
            while i > 0 {
                before += tree[i];
                i -= i & i.wrapping_neg();
            }
            total += seen as u64 - before;
            let mut i = place;
            while i < tree.len() {
                tree[i] += 1;
                i += i & i.wrapping_neg();
            }
        }
    }
    total
}

/// Gives each column its height, all centred on one line, and the shorter ones more air.
fn spread(columns: &[Vec<u32>], sizes: &[f32], count: usize) -> Vec<(f64, f64)> {
    let mut points = vec![(0.0, 0.0); count];
    let radius = |node: &u32| f64::from(sizes[*node as usize]);
    let height =
        |column: &Vec<u32>| column.iter().map(|node| 2.0 * radius(node) + GAP).sum::<f64>();
    let tallest = columns.iter().map(height).fold(0.0, f64::max);
    let distance = COLUMN.max(tallest / 3.0);
    for (c, column) in columns.iter().enumerate() {
        // A short column takes up at most half of the height that is free.
        let spare = (tallest - height(column)) / 2.0 / column.len().max(1) as f64;
        let total = height(column) + spare * column.len() as f64;
        let mut y = -total / 2.0;
        for node in column {
            let slot = 2.0 * radius(node) + GAP + spare;
            points[*node as usize] = (c as f64 * distance, y + slot / 2.0);
            y += slot;
        }
    }
    points
}
