use super::super::{Edge, Node};
use super::*;
use crate::pack::Pack;

/// A ring of `n` nodes with chords, `lone` nodes without edges, and a pair.
fn ring(n: usize, lone: usize) -> KnowledgeGraph {
    let mut graph = KnowledgeGraph::new("ring");
    let node = |graph: &mut KnowledgeGraph, id: String, entity_type: &str| {
        let entity_type = entity_type.into();
        graph.add_node(Node { id: id.into(), entity_type, ..Node::default() })
    };
    let types = ["agency", "threat", "incident"];
    let ring: Vec<_> = (0..n).map(|i| node(&mut graph, format!("n{i:05}"), types[i % 3])).collect();
    let edge = || Edge { relation: "counters".into(), weight: 1.0, ..Edge::default() };
    for i in 0..n {
        graph.add_edge(ring[i], ring[(i + 1) % n], edge());
        if i % 7 == 0 {
            graph.add_edge(ring[0], ring[(i * 3) % n], edge());
        }
    }
    for i in 0..lone {
        node(&mut graph, format!("lone{i}"), "person");
    }
    let pair =
        [node(&mut graph, "p".to_owned(), "person"), node(&mut graph, "q".to_owned(), "place")];
    graph.add_edge(pair[0], pair[1], edge());
    graph
}

fn positions(graph: &KnowledgeGraph) -> Vec<(f32, f32)> {
    graph.nodes().iter().map(|(_, node)| node.position.expect("laid out")).collect()
}

#[test]
fn nodes_do_not_overlap_and_stay_in_bounds() {
    for (n, lone) in [(3, 0), (30, 12), (800, 300)] {
        let mut graph = ring(n, lone);
        graph.arrange_by_force();
        let radii = sizes(&Adjacency::of(&graph));
        let points = positions(&graph);
        let mut touching = 0;
        for i in 0..points.len() {
            assert!(points[i].0.abs() < 5_000.0 && points[i].1.abs() < 5_000.0);
            for j in 0..i {
                let (dx, dy) = (points[i].0 - points[j].0, points[i].1 - points[j].1);
                touching += usize::from((dx * dx + dy * dy).sqrt() < radii[i] + radii[j]);
            }
        }
        assert_eq!(touching, 0, "{n} nodes in a ring");
    }
}

#[test]
fn positions_do_not_depend_on_threads() {
    let lay_out = |threads: usize| {
        let mut graph = ring(900, 5);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| graph.arrange_by_force());
        positions(&graph)
    };
    assert_eq!(lay_out(1), lay_out(3));
}

#[test]
fn sizes_span_the_scale() {
    let graph = ring(30, 2);
    let sizes = sizes(&Adjacency::of(&graph));
    let fold = |f: fn(f32, f32) -> f32, from| sizes.iter().copied().fold(from, f);
    assert_eq!((fold(f32::min, f32::INFINITY), fold(f32::max, 0.0)), SIZES);
    assert!(super::sizes(&Adjacency::default()).is_empty());
}

#[test]
fn ranks_stand_in_columns() {
    let pack = Pack::builtin().expect("the pack");
    let mut graph = ring(30, 0).view(View::Incidents, &pack.ontology);
    graph.arrange(View::Incidents, &pack.ontology);
    let mut columns: Vec<(String, f32)> = graph
        .nodes()
        .iter()
        .map(|(_, node)| (node.entity_type.to_string(), node.position.expect("laid out").0))
        .collect();
    columns.sort_by(|a, b| a.1.total_cmp(&b.1));
    columns.dedup();
    let order: Vec<_> = columns.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(order, ["agency", "threat", "incident"]);
    let mut empty = KnowledgeGraph::default();
    empty.arrange(View::Incidents, &pack.ontology);
    empty.arrange(View::Full, &pack.ontology);
}
