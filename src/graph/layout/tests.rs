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

/// Pairs and triples, each for itself.
fn scattered(n: usize) -> KnowledgeGraph {
    let mut graph = KnowledgeGraph::new("scattered");
    for i in 0..n {
        let mut before = None;
        for j in 0..2 + i % 3 {
            let id = format!("n{i:06}-{j}");
            let entity_type = "person".into();
            let node = graph.add_node(Node { id: id.into(), entity_type, ..Node::default() });
            let edge = Edge { relation: "counters".into(), weight: 1.0, ..Edge::default() };
            if let Some(before) = before.replace(node) {
                graph.add_edge(before, node, edge);
            }
        }
    }
    graph
}

#[test]
fn small_components_are_packed_close_and_in_time_that_grows_with_their_number() {
    let seconds = |n: usize| {
        let mut graph = scattered(n);
        let started = std::time::Instant::now();
        graph.arrange_by_force();
        (started.elapsed().as_secs_f64(), graph)
    };
    let (few, _) = seconds(2_000);
    let (many, graph) = seconds(8_000);
    assert!(many < few * 8.0, "{few} s for 2,000 components, {many} s for 8,000");
    let points = positions(&graph);
    let reach = |axis: fn(&(f32, f32)) -> f32| {
        let low = points.iter().map(axis).fold(f32::INFINITY, f32::min);
        points.iter().map(axis).fold(f32::NEG_INFINITY, f32::max) - low
    };
    let (across, down) = (reach(|p| p.0), reach(|p| p.1));
    assert!((1.2..1.8).contains(&(across / down)), "{across} by {down}");
    // A tenth of the picture at least is within a node's width of one.
    let width = across / (points.len() as f32).sqrt() / 2.0;
    let cells: std::collections::HashSet<(i32, i32)> =
        points.iter().map(|p| ((p.0 / width) as i32, (p.1 / width) as i32)).collect();
    let share = cells.len() as f32 * width * width / (across * down);
    assert!(share > 0.1, "{share}");
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
