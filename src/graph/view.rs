//! Parts of a graph: by what is of interest, by neighbourhood, by confidence.

use std::collections::VecDeque;
use std::str::FromStr;

use petgraph::stable_graph::NodeIndex;
use rustc_hash::FxHashSet;

use super::{EdgeView, KnowledgeGraph};
use crate::ontology::Ontology;

/// Which part of a graph to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// All of it.
    #[default]
    Full,
    /// The backbone agency → threat → incident: nodes of the types to which the ontology gives
    /// a rank, and the edges that lead from a lower rank to a higher one (`warns_of`,
    /// `investigates` and `counters` to a threat or an incident, `poses`, `manifests_as`,
    /// `disrupts`, `responds_to`, `carries_out`, `perpetrates`). Edges within a rank or back up
    /// (`part_of`, `related_to`, an incident that `targets` an agency) are left out, and so are
    /// nodes that nothing connects to the backbone: three ranks can then be read from one side
    /// to the other.
    Incidents,
    /// The actors (agencies, threat actors, people, groups, organizations, countries) and what
    /// the documents say directly of one actor and another. Roles in the same incident are not
    /// folded into edges between actors: nobody said so, and no quote could prove it.
    Actors,
}

impl View {
    /// Every view with its name on the command line.
    pub const ALL: [(&'static str, View); 3] =
        [("full", View::Full), ("incidents", View::Incidents), ("actors", View::Actors)];
}

/// A name that no view has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown view {0:?}; there are full, incidents and actors")]
pub struct UnknownView(pub String);

impl FromStr for View {
    type Err = UnknownView;

    fn from_str(name: &str) -> Result<Self, UnknownView> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, view)| *view)
            .ok_or_else(|| UnknownView(name.to_owned()))
    }
}

impl KnowledgeGraph {
    /// The part of the graph that a view shows. Nodes that a view leaves without any edge are
    /// left out, except in the full view.
    #[must_use]
    pub fn view(&self, view: View, ontology: &Ontology) -> KnowledgeGraph {
        let rank = |index: NodeIndex| {
            let entity_type = &self.graph[index].entity_type;
            ontology.entity_types.get(entity_type).and_then(|info| info.rank)
        };
        let actor = |index: NodeIndex| ontology.is_actor(self.graph[index].entity_type.as_str());
        match view {
            View::Full => self.clone(),
            View::Incidents => self.of_edges(|edge| {
                let ranks = (rank(edge.source_index), rank(edge.target_index));
                matches!(ranks, (Some(from), Some(to)) if from < to)
            }),
            View::Actors => {
                self.of_edges(|edge| actor(edge.source_index) && actor(edge.target_index))
            }
        }
    }

    /// The nodes at most `hops` edges away from one of `centres`, in either direction, and the
    /// edges among them.
    #[must_use]
    pub fn neighbourhood(&self, centres: &[NodeIndex], hops: usize) -> KnowledgeGraph {
        let mut near: FxHashSet<NodeIndex> = centres.iter().copied().collect();
        let mut open: VecDeque<(NodeIndex, usize)> = centres.iter().map(|c| (*c, 0)).collect();
        while let Some((index, distance)) = open.pop_front() {
            if distance == hops {
                continue;
            }
            for next in self.graph.neighbors_undirected(index) {
                if near.insert(next) {
                    open.push_back((next, distance + 1));
                }
            }
        }
        self.part(|index| near.contains(&index), |_| true)
    }

    /// The nodes and edges that are at least so sure, 0 to 1. A node that had edges and loses
    /// all of them goes too.
    #[must_use]
    pub fn at_least(&self, confidence: f64) -> KnowledgeGraph {
        let sure = |index: NodeIndex| self.graph[index].confidence >= confidence;
        let mut connected = FxHashSet::default();
        let keep = |edge: &EdgeView<'_>| {
            edge.edge.confidence >= confidence && sure(edge.source_index) && sure(edge.target_index)
        };
        for edge in self.edges().iter().filter(|edge| keep(edge)) {
            connected.extend([edge.source_index, edge.target_index]);
        }
        let lone = |index: NodeIndex| self.graph.neighbors_undirected(index).next().is_none();
        self.part(|index| sure(index) && (connected.contains(&index) || lone(index)), keep)
    }

    /// The edges that pass, and their ends.
    fn of_edges(&self, keep: impl Fn(&EdgeView<'_>) -> bool) -> KnowledgeGraph {
        let mut ends = FxHashSet::default();
        for edge in self.edges().iter().filter(|edge| keep(edge)) {
            ends.extend([edge.source_index, edge.target_index]);
        }
        self.part(|index| ends.contains(&index), keep)
    }

    /// The nodes that pass, and the edges that pass among them. Documents stay, for quotes and
    /// disagreements of any node may name them.
    fn part(
        &self,
        keep_node: impl Fn(NodeIndex) -> bool,
        keep_edge: impl Fn(&EdgeView<'_>) -> bool,
    ) -> KnowledgeGraph {
        let mut part = KnowledgeGraph::new(self.name.clone());
        part.documents = self.documents.clone();
        for (index, node) in self.nodes() {
            if keep_node(index) {
                part.add_node(node.clone());
            }
        }
        for view in self.edges() {
            if !keep_edge(&view) {
                continue;
            }
            let ends = (part.node_index(&view.source.id.0), part.node_index(&view.target.id.0));
            if let (Some(source), Some(target)) = ends {
                part.add_edge(source, target, view.edge.clone());
            }
        }
        part
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Edge, Node};
    use super::*;
    use crate::pack::Pack;

    fn graph() -> KnowledgeGraph {
        let mut graph = KnowledgeGraph::new("test");
        let nodes = [
            ("agency", "a"),
            ("threat", "t"),
            ("incident", "i"),
            ("incident", "j"),
            ("threat_actor", "x"),
            ("country", "c"),
            ("place", "p"),
        ];
        for (entity_type, id) in nodes {
            let entity_type = entity_type.into();
            graph.add_node(Node { id: id.into(), entity_type, confidence: 0.9, ..Node::default() });
        }
        let edges = [
            ("a", "warns_of", "t", 0.9),
            ("t", "manifests_as", "i", 0.4),
            ("i", "targets", "a", 0.9),
            ("i", "related_to", "j", 0.9),
            ("x", "perpetrates", "i", 0.9),
            ("x", "affiliate_of", "c", 0.3),
            ("i", "occurred_in", "p", 0.9),
        ];
        for (source, relation, target, confidence) in edges {
            let ends = (graph.find(source).expect(source), graph.find(target).expect(target));
            let relation = relation.into();
            let edge = Edge { relation, confidence, weight: 1.0, ..Edge::default() };
            graph.add_edge(ends.0, ends.1, edge);
        }
        graph
    }

    fn ids(graph: &KnowledgeGraph) -> String {
        graph.nodes().iter().map(|(_, node)| node.id.as_str()).collect()
    }

    #[test]
    fn views_keep_what_they_say() {
        let (graph, pack) = (graph(), Pack::builtin().expect("the pack"));
        assert!(graph.view(View::Full, &pack.ontology) == graph);
        let incidents = graph.view(View::Incidents, &pack.ontology);
        assert_eq!((ids(&incidents).as_str(), incidents.edge_count()), ("ait", 2));
        let actors = graph.view(View::Actors, &pack.ontology);
        assert_eq!((ids(&actors).as_str(), actors.edge_count()), ("cx", 1));
        assert_eq!("incidents".parse(), Ok(View::Incidents));
        assert!("incident".parse::<View>().is_err());
    }

    #[test]
    fn neighbourhoods_grow_by_hops() {
        let graph = graph();
        let centre = [graph.find("c").expect("c")];
        let at = |hops| ids(&graph.neighbourhood(&centre, hops));
        assert_eq!([at(0), at(1), at(2), at(9)], ["c", "cx", "cix", "acijptx"]);
    }

    #[test]
    fn unsure_edges_go_with_the_nodes_they_alone_held() {
        let sure = graph().at_least(0.5);
        assert_eq!((ids(&sure).as_str(), sure.edge_count()), ("aijptx", 5));
    }
}
