//! The [`KnowledgeGraph`]: nodes, and one edge per (subject, relation, object) that gathers all
//! its evidence; views of it, figures about it, and where a picture puts its nodes. Knows nothing
//! of files.

mod document;
mod edge;
mod find;
pub mod layout;
pub mod metrics;
mod node;
mod view;
mod build;

use indexmap::IndexMap;
use petgraph::stable_graph::{EdgeIndex, NodeIndex, StableDiGraph};
use petgraph::visit::{EdgeRef as _, IntoEdgeReferences as _};
use rustc_hash::FxHashMap;

use crate::ontology::RelationType;
use crate::order;
use crate::span::{DocumentId, EntityId};

pub use build::build;
pub use document::DocumentRecord;
pub use edge::{Edge, Evidence, combine_confidence, earliest, latest};
pub use find::FindError;
pub use node::{Alias, Disagreement, IncidentAttributes, Node};
pub use view::{UnknownView, View};

/// Entities and incidents, and what connects them, each with its proof.
#[derive(Clone, Debug, Default)]
pub struct KnowledgeGraph {
    /// What the graph is called.
    pub name: String,
    /// The documents that it was made of, ordered by id.
    pub documents: IndexMap<DocumentId, DocumentRecord>,
    /// The graph itself. At most one edge per (source, relation, target).
    pub graph: StableDiGraph<Node, Edge>,
    by_id: IndexMap<EntityId, NodeIndex>,
    by_ends: FxHashMap<(NodeIndex, RelationType, NodeIndex), EdgeIndex>,
}

/// An edge with its ends.
#[derive(Clone, Copy, Debug)]
pub struct EdgeView<'g> {
    /// Where the edge is in the petgraph.
    pub index: EdgeIndex,
    /// Where its source is.
    pub source_index: NodeIndex,
    /// Where its target is.
    pub target_index: NodeIndex,
    /// The subject.
    pub source: &'g Node,
    /// The object.
    pub target: &'g Node,
    /// The edge itself.
    pub edge: &'g Edge,
}

impl KnowledgeGraph {
    /// An empty graph.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Adds a node, or gives the one that has its id already (which stays as it is).
    pub fn add_node(&mut self, node: Node) -> NodeIndex {
        if let Some(index) = self.by_id.get(&node.id) {
            return *index;
        }
        let id = node.id.clone();
        let index = self.graph.add_node(node);
        self.by_id.insert(id, index);
        index
    }

    /// Adds an edge, or merges it into the one of the same relation between the same nodes
    /// (see [`Edge::merge`]). A weight that is not a number above 0 becomes the number of pieces
    /// of evidence, at least 1.
    ///
    /// # Panics
    /// If a node index is not of this graph.
    pub fn add_edge(&mut self, source: NodeIndex, target: NodeIndex, mut edge: Edge) -> EdgeIndex {
        Evidence::sort(&mut edge.evidence);
        if !(edge.weight.is_finite() && edge.weight > 0.0) {
            edge.weight = edge.evidence.len().max(1) as f64;
        }
        let ends = (source, edge.relation.clone(), target);
        if let Some(index) = self.by_ends.get(&ends)
            && let Some(held) = self.graph.edge_weight_mut(*index)
        {
            held.merge(edge);
            return *index;
        }
        let index = self.graph.add_edge(source, target, edge);
        self.by_ends.insert(ends, index);
        index
    }

    /// Adds what is known of a document, keeping the documents ordered by id. A record of the
    /// same id is replaced.
    pub fn add_document(&mut self, record: DocumentRecord) {
        self.documents.insert_sorted(record.id.clone(), record);
    }

    /// The node with this id.
    #[must_use]
    pub fn node_index(&self, id: &str) -> Option<NodeIndex> {
        self.by_id.get(id).copied()
    }

    /// The node with this id.
    #[must_use]
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.node_index(id).and_then(|index| self.graph.node_weight(index))
    }

    /// The edge of this relation between two nodes.
    #[must_use]
    pub fn edge_index(
        &self,
        source: NodeIndex,
        relation: &RelationType,
        target: NodeIndex,
    ) -> Option<EdgeIndex> {
        self.by_ends.get(&(source, relation.clone(), target)).copied()
    }

    /// The nodes ordered by id, whatever the order in which they were added.
    #[must_use]
    pub fn nodes(&self) -> Vec<(NodeIndex, &Node)> {
        let mut nodes: Vec<_> = self
            .graph
            .node_indices()
            .filter_map(|index| self.graph.node_weight(index).map(|node| (index, node)))
            .collect();
        order::by(&mut nodes, |a, b| a.1.id.cmp(&b.1.id));
        nodes
    }

    /// The edges ordered by (source, relation, target), whatever the order in which they were
    /// added.
    #[must_use]
    pub fn edges(&self) -> Vec<EdgeView<'_>> {
        let mut edges: Vec<_> = self
            .graph
            .edge_references()
            .map(|edge| EdgeView {
                index: edge.id(),
                source_index: edge.source(),
                target_index: edge.target(),
                source: &self.graph[edge.source()],
                target: &self.graph[edge.target()],
                edge: edge.weight(),
            })
            .collect();
        order::by(&mut edges, |a, b| {
            (&a.source.id, &a.edge.relation, &a.target.id).cmp(&(
                &b.source.id,
                &b.edge.relation,
                &b.target.id,
            ))
        });
        edges
    }

    /// Number of nodes.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.graph.node_count()
    }

    /// Number of edges.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.graph.edge_count()
    }
}

impl PartialEq for KnowledgeGraph {
    /// Whether both hold the same name, documents, nodes and edges, in whatever order.
    fn eq(&self, other: &Self) -> bool {
        let edge_eq = |(a, b): (EdgeView<'_>, EdgeView<'_>)| {
            a.source.id == b.source.id && a.target.id == b.target.id && a.edge == b.edge
        };
        self.name == other.name
            && self.documents == other.documents
            && self.node_count() == other.node_count()
            && self.edge_count() == other.edge_count()
            && self.nodes().iter().zip(other.nodes()).all(|(a, b)| a.1 == b.1)
            && self.edges().into_iter().zip(other.edges()).all(edge_eq)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: &str) -> Node {
        Node { id: id.into(), label: id.to_uppercase(), ..Node::default() }
    }

    fn edge(relation: &str, document: &str, begin: usize) -> Edge {
        let evidence = Evidence {
            document: document.into(),
            begin,
            end: begin + 3,
            quote: "abc".into(),
            ..Evidence::default()
        };
        Edge {
            relation: relation.into(),
            weight: 1.0,
            confidence: 0.5,
            documents: vec![document.into()],
            evidence: vec![evidence],
            ..Edge::default()
        }
    }

    #[test]
    fn edges_of_one_relation_merge_whatever_their_order() {
        let readings =
            [("r", "d1", 4), ("r", "d1", 9), ("r", "d2", 0), ("s", "d1", 4), ("r", "d1", 4)];
        let build = |order: &[usize]| {
            let mut graph = KnowledgeGraph::new("test");
            let (b, a) = (graph.add_node(node("b")), graph.add_node(node("a")));
            for i in order {
                let (relation, document, begin) = readings[*i];
                graph.add_edge(a, b, edge(relation, document, begin));
            }
            graph
        };
        let graph = build(&[0, 1, 2, 3, 4]);
        assert_eq!(graph.edge_count(), 2);
        let merged = graph.edges()[0];
        assert_eq!(merged.edge.weight, 3.0, "the repeated evidence counts once");
        assert_eq!(merged.edge.evidence.len(), 3);
        assert_eq!(merged.edge.documents.len(), 2);
        assert!(graph == build(&[4, 3, 2, 1, 0]));
        assert!(graph == build(&[2, 4, 0, 3, 1]));
    }

    #[test]
    fn a_node_stays_as_it_was_first_added() {
        let mut graph = KnowledgeGraph::new("test");
        let first = graph.add_node(node("a"));
        let again = graph.add_node(Node { label: "other".to_owned(), ..node("a") });
        assert_eq!(first, again);
        assert_eq!(graph.node("a").map(|n| n.label.as_str()), Some("A"));
    }

    #[test]
    fn dates_widen_to_the_outermost() {
        let date = |text: &str| text.parse().ok();
        assert_eq!(earliest(date("2024-03"), date("2024-03-01")), date("2024-03"));
        assert_eq!(latest(date("2024"), date("2024-12-31")), date("2024"));
        assert_eq!(latest(None, date("2023")), date("2023"));
    }
}
