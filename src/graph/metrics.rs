//! Figures about a graph: degrees, components, PageRank, betweenness, shortest paths.
//!
//! All of them see the nodes in the order of their ids, so that no figure depends on the order in
//! which the graph was built.

use crate::order;

use std::collections::VecDeque;

use petgraph::algo::astar;
use petgraph::graph::UnGraph;
use petgraph::stable_graph::{EdgeIndex, NodeIndex};
use rustc_hash::FxHashMap;

use super::KnowledgeGraph;

/// Damping of PageRank: Brin and Page (1998).
const DAMPING: f64 = 0.85;
/// PageRank stops when all ranks together move by less.
const TOLERANCE: f64 = 1e-10;
/// PageRank stops after so many rounds at the latest.
const ROUNDS: usize = 200;
/// Betweenness is exact up to so many nodes, sampled above.
const EXACT_BETWEENNESS: usize = 1_000;
/// Sources from which betweenness is sampled in a larger graph.
const PIVOTS: usize = 256;

/// The neighbours of every node in compressed rows: node `i` is the `i`th by id, its neighbours
/// in either direction stand at `targets[offsets[i]..offsets[i + 1]]`. Parallel edges each count,
/// and an edge from a node to itself counts twice, as in a degree.
#[derive(Clone, Debug, Default)]
pub struct Adjacency {
    /// Where the nodes are in the petgraph.
    pub order: Vec<NodeIndex>,
    /// Start of each row; one more than there are nodes.
    pub offsets: Vec<u32>,
    /// Neighbours, as positions in `order`.
    pub targets: Vec<u32>,
    /// Weights of the edges to them.
    pub weights: Vec<f64>,
    /// Whether the edge leads from the row's node to the neighbour.
    pub outward: Vec<bool>,
}

impl Adjacency {
    /// Of a whole graph.
    #[must_use]
    pub fn of(graph: &KnowledgeGraph) -> Self {
        let order: Vec<NodeIndex> = graph.nodes().into_iter().map(|(index, _)| index).collect();
        let position: FxHashMap<NodeIndex, u32> =
            order.iter().zip(0u32..).map(|(index, i)| (*index, i)).collect();
        let edges: Vec<(u32, u32, f64)> = graph
            .edges()
            .into_iter()
            .map(|e| (position[&e.source_index], position[&e.target_index], e.edge.weight))
            .collect();
        let mut offsets = vec![0u32; order.len() + 1];
        for (source, target, _) in &edges {
            offsets[*source as usize + 1] += 1;
            offsets[*target as usize + 1] += 1;
        }
        for i in 1..offsets.len() {
            offsets[i] += offsets[i - 1];
        }
        let mut free = offsets.clone();
        let mut adjacency = Self {
            targets: vec![0; edges.len() * 2],
            weights: vec![0.0; edges.len() * 2],
            outward: vec![false; edges.len() * 2],
            order,
            offsets,
        };
        for (source, target, weight) in edges {
            for (from, to, outward) in [(source, target, true), (target, source, false)] {
                let slot = free[from as usize] as usize;
                free[from as usize] += 1;
                adjacency.targets[slot] = to;
                adjacency.weights[slot] = weight;
                adjacency.outward[slot] = outward;
            }
        }
        adjacency
    }

    /// Number of nodes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there are no nodes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The slots of a node's row.
    #[must_use]
    pub fn row(&self, node: usize) -> std::ops::Range<usize> {
        self.offsets[node] as usize..self.offsets[node + 1] as usize
    }

    /// Edges at a node, in and out.
    #[must_use]
    pub fn degree(&self, node: usize) -> usize {
        self.row(node).len()
    }

    /// The components, as lists of positions: the largest first, of equal ones the one with the
    /// first node.
    #[must_use]
    pub fn components(&self) -> Vec<Vec<u32>> {
        let mut seen = vec![false; self.len()];
        let mut components = Vec::new();
        for start in 0..self.len() {
            if std::mem::replace(&mut seen[start], true) {
                continue;
            }
            let mut component = vec![start as u32];
            let mut next = 0;
            while next < component.len() {
                for slot in self.row(component[next] as usize) {
                    let target = self.targets[slot];
                    if !std::mem::replace(&mut seen[target as usize], true) {
                        component.push(target);
                    }
                }
                next += 1;
            }
            order::ascending(&mut component);
            components.push(component);
        }
        order::by_key(&mut components, |component| {
            (std::cmp::Reverse(component.len()), component[0])
        });
        components
    }

    /// PageRank by power iteration over edge weights, in the direction of the edges; sums to 1.
    /// What a node without outgoing edges holds is spread over all (Langville and Meyer 2006).
    #[must_use]
    pub fn page_rank(&self) -> Vec<f64> {
        let n = self.len();
        if n == 0 {
            return Vec::new();
        }
        let slots = |node: usize, outward: bool| {
            self.row(node).filter(move |slot| self.outward[*slot] == outward)
        };
        let out_weight: Vec<f64> =
            (0..n).map(|i| slots(i, true).map(|slot| self.weights[slot]).sum()).collect();
        let mut rank = vec![1.0 / n as f64; n];
        for _ in 0..ROUNDS {
            let stuck: f64 = (0..n).filter(|i| out_weight[*i] == 0.0).map(|i| rank[i]).sum();
            let base = (1.0 - DAMPING + DAMPING * stuck) / n as f64;
            let next: Vec<f64> = (0..n)
                .map(|i| {
                    let received: f64 = slots(i, false)
                        .map(|slot| {
                            let from = self.targets[slot] as usize;
                            rank[from] * self.weights[slot] / out_weight[from]
                        })
                        .sum();
                    base + DAMPING * received
                })
                .collect();
            let moved: f64 = rank.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
            rank = next;
            if moved < TOLERANCE {
                break;
            }
        }
        rank
    }

    /// Betweenness of every node (Brandes 2001), edges without direction or weight, as a share
    /// of the pairs of other nodes, 0 to 1. Exact up to 1,000 nodes; above, estimated from the
    /// paths that start at 256 nodes spread evenly over the order of ids.
    #[must_use]
    pub fn betweenness(&self) -> Vec<f64> {
        let n = self.len();
        let pivots = if n <= EXACT_BETWEENNESS { n } else { PIVOTS };
        let mut score = vec![0.0; n];
        if n < 3 {
            return score;
        }
        let mut order: Vec<u32> = Vec::with_capacity(n);
        for pivot in 0..pivots {
            let source = pivot * n / pivots;
            let (mut distance, mut paths) = (vec![u32::MAX; n], vec![0.0f64; n]);
            order.clear();
            order.push(source as u32);
            (distance[source], paths[source]) = (0, 1.0);
            let mut next = 0;
            while next < order.len() {
                let node = order[next] as usize;
                next += 1;
                for slot in self.row(node) {
                    let target = self.targets[slot] as usize;
                    if distance[target] == u32::MAX {
                        distance[target] = distance[node] + 1;
                        order.push(target as u32);
                    }
                    if distance[target] == distance[node] + 1 {
                        paths[target] += paths[node];
                    }
                }
            }
            let mut dependency = vec![0.0f64; n];
            for node in order.iter().rev().map(|node| *node as usize) {
                for slot in self.row(node) {
                    let target = self.targets[slot] as usize;
                    if distance[target] == distance[node].wrapping_add(1) {
                        dependency[node] +=
                            paths[node] / paths[target] * (1.0 + dependency[target]);
                    }
                }
                if node != source {
                    score[node] += dependency[node];
                }
            }
        }
        let pairs = (n - 1) as f64 * (n - 2) as f64;
        let scale = n as f64 / pivots as f64 / pairs;
        score.iter_mut().for_each(|s| *s *= scale);
        score
    }
}

/// The figures of one node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NodeMetrics {
    /// Where the node is in the petgraph.
    pub index: NodeIndex,
    /// Edges in and out.
    pub degree: usize,
    /// Edges that lead to it.
    pub in_degree: usize,
    /// Weights of the edges in and out together.
    pub weighted_degree: f64,
    /// Number of its component, from 0 for the largest.
    pub component: usize,
    /// PageRank; sums to 1 over the graph.
    pub page_rank: f64,
}

/// The figures of a graph.
#[derive(Clone, Debug, Default)]
pub struct Metrics {
    /// Of each node, ordered by id.
    pub nodes: Vec<NodeMetrics>,
    /// Number of components.
    pub components: usize,
}

impl Metrics {
    /// Of a whole graph.
    #[must_use]
    pub fn of(graph: &KnowledgeGraph) -> Self {
        let adjacency = Adjacency::of(graph);
        let components = adjacency.components();
        let mut component_of = vec![0; adjacency.len()];
        for (number, component) in components.iter().enumerate() {
            for node in component {
                component_of[*node as usize] = number;
            }
        }
        let page_rank = adjacency.page_rank();
        let nodes = (0..adjacency.len())
            .map(|i| NodeMetrics {
                index: adjacency.order[i],
                degree: adjacency.degree(i),
                in_degree: adjacency.row(i).filter(|slot| !adjacency.outward[*slot]).count(),
                weighted_degree: adjacency.row(i).map(|slot| adjacency.weights[slot]).sum(),
                component: component_of[i],
                page_rank: page_rank[i],
            })
            .collect();
        Self { nodes, components: components.len() }
    }

    /// The `count` nodes with the highest degree; of equal ones the heavier, then the first by
    /// id.
    #[must_use]
    pub fn best_connected(&self, count: usize) -> Vec<NodeMetrics> {
        let mut nodes = self.nodes.clone();
        order::by(&mut nodes, |a, b| {
            b.degree.cmp(&a.degree).then(b.weighted_degree.total_cmp(&a.weighted_degree))
        });
        nodes.truncate(count);
        nodes
    }
}

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The edge taken.
    pub edge: EdgeIndex,
    /// Whether it was taken from its source to its target.
    pub forward: bool,
    /// The node arrived at.
    pub to: NodeIndex,
}

/// What an entirely unsure edge costs more than a sure one: less than one hop of any path that
/// has fewer than a thousand.
const DOUBT: f64 = 0.001;

impl KnowledgeGraph {
    /// A path of the fewest edges between two nodes, whatever their direction; of several the
    /// surest. `None` where nothing connects them, an empty path from a node to itself.
    #[must_use]
    pub fn shortest_path(&self, from: NodeIndex, to: NodeIndex) -> Option<Vec<Step>> {
        let mut plain: UnGraph<NodeIndex, (EdgeIndex, f64)> =
            UnGraph::with_capacity(self.node_count(), self.edge_count());
        let place: FxHashMap<NodeIndex, _> =
            self.nodes().into_iter().map(|(index, _)| (index, plain.add_node(index))).collect();
        for e in self.edges() {
            let cost = 1.0 + DOUBT * (1.0 - e.edge.confidence.clamp(0.0, 1.0));
            plain.add_edge(place[&e.source_index], place[&e.target_index], (e.index, cost));
        }
        let (start, goal) = (*place.get(&from)?, *place.get(&to)?);
        let (_, nodes) = astar(&plain, start, |n| n == goal, |e| e.weight().1, |_| 0.0)?;
        let steps = nodes.windows(2).filter_map(|pair| {
            let (edge, _) = plain
                .edges_connecting(pair[0], pair[1])
                .map(|e| e.weight())
                .min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)))?;
            let (source, _) = self.graph.edge_endpoints(*edge)?;
            let (here, next) = (plain[pair[0]], plain[pair[1]]);
            Some(Step { edge: *edge, forward: source == here, to: next })
        });
        Some(steps.collect())
    }

    /// Distance in edges from a node to every node that it reaches, whatever their direction.
    #[must_use]
    pub fn distances(&self, from: NodeIndex) -> FxHashMap<NodeIndex, usize> {
        let mut distances = FxHashMap::from_iter([(from, 0)]);
        let mut open = VecDeque::from([from]);
        while let Some(node) = open.pop_front() {
            let next = distances[&node] + 1;
            for neighbour in self.graph.neighbors_undirected(node) {
                distances.entry(neighbour).or_insert_with(|| {
                    open.push_back(neighbour);
                    next
                });
            }
        }
        distances
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Edge, Node};
    use super::*;

    /// Nodes are the letters; an edge is two of them, with its confidence.
    fn graph(edges: &[(&str, f64)]) -> KnowledgeGraph {
        let mut graph = KnowledgeGraph::new("test");
        let node = |graph: &mut KnowledgeGraph, c: char| {
            graph.add_node(Node { id: c.to_string().into(), ..Node::default() })
        };
        for (i, (ends, confidence)) in edges.iter().enumerate() {
            let mut ends = ends.chars().map(|c| node(&mut graph, c)).collect::<Vec<_>>();
            let (target, source) = (ends.pop().expect("two"), ends.pop().expect("two"));
            let relation = format!("r{i}").as_str().into();
            let confidence = *confidence;
            graph.add_edge(
                source,
                target,
                Edge { relation, confidence, weight: 1.0, ..Edge::default() },
            );
        }
        graph
    }

    #[test]
    fn degrees_components_and_ranks() {
        let graph = graph(&[("ab", 1.0), ("ab", 1.0), ("bc", 1.0), ("xy", 1.0), ("zz", 1.0)]);
        let metrics = Metrics::of(&graph);
        let degrees: Vec<_> = metrics.nodes.iter().map(|n| n.degree).collect();
        assert_eq!(degrees, [2, 3, 1, 1, 1, 2]);
        let components: Vec<_> = metrics.nodes.iter().map(|n| n.component).collect();
        assert_eq!(components, [0, 0, 0, 1, 1, 2]);
        assert_eq!(metrics.components, 3);
        let sum: f64 = metrics.nodes.iter().map(|n| n.page_rank).sum();
        assert!((sum - 1.0).abs() < 1e-9);
        assert!(metrics.nodes[1].page_rank > metrics.nodes[0].page_rank);
        assert_eq!(metrics.best_connected(2)[0].degree, 3);
        assert!(Metrics::of(&KnowledgeGraph::default()).nodes.is_empty());
    }

    #[test]
    fn betweenness_of_a_path_and_a_star() {
        let path = Adjacency::of(&graph(&[("ab", 1.0), ("bc", 1.0)])).betweenness();
        assert_eq!(path, [0.0, 1.0, 0.0]);
        let star = Adjacency::of(&graph(&[("ab", 1.0), ("ac", 1.0), ("ad", 1.0)])).betweenness();
        assert_eq!(star, [1.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn paths_are_short_then_sure() {
        let graph =
            graph(&[("ab", 0.2), ("bd", 0.9), ("ca", 0.9), ("cd", 0.9), ("dz", 1.0), ("qr", 1.0)]);
        let at = |id: &str| graph.node_index(id).expect(id);
        let path = graph.shortest_path(at("a"), at("z")).expect("connected");
        let through: Vec<_> = path.iter().map(|s| graph.graph[s.to].id.as_str()).collect();
        assert_eq!(through, ["c", "d", "z"]);
        assert_eq!(path.iter().map(|s| s.forward).collect::<Vec<_>>(), [false, true, true]);
        assert_eq!(graph.shortest_path(at("a"), at("q")), None);
        assert_eq!(graph.shortest_path(at("a"), at("a")), Some(Vec::new()));
        assert_eq!(graph.distances(at("a"))[&at("z")], 3);
    }
}
