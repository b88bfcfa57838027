//! From a name that somebody types to a node.

use petgraph::stable_graph::NodeIndex;

use super::KnowledgeGraph;
use crate::order;
use crate::pack::fold_spelling;
use crate::span::EntityId;

/// How many suggestions an error makes.
const SUGGESTIONS: usize = 5;
/// Jaro-Winkler similarity from which a name is worth suggesting.
const SIMILAR: f64 = 0.84;

/// Why a name does not lead to a node.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FindError {
    /// No node has the name.
    #[error("no node is called {name:?}{}", suggest(.suggestions))]
    Unknown {
        /// What was asked for.
        name: String,
        /// Ids and labels of the nodes with the most similar names, best first.
        suggestions: Vec<(EntityId, String)>,
    },
    /// Several nodes have the name equally.
    #[error("{name:?} is the name of several nodes; give an id: {}", list(.candidates))]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// Ids and labels of the nodes, most mentioned first.
        candidates: Vec<(EntityId, String)>,
    },
}

fn list(nodes: &[(EntityId, String)]) -> String {
    let parts: Vec<_> = nodes.iter().map(|(id, label)| format!("{id} ({label})")).collect();
    parts.join(", ")
}

fn suggest(nodes: &[(EntityId, String)]) -> String {
    if nodes.is_empty() { String::new() } else { format!("; did you mean {}?", list(nodes)) }
}

impl KnowledgeGraph {
    /// Finds a node by its id, its label or one of its aliases, in this order, the names compared
    /// by [`fold_spelling`].
    ///
    /// # Errors
    /// If no node has the name, with suggestions, or if several have it.
    pub fn find(&self, name: &str) -> Result<NodeIndex, FindError> {
        if let Some(index) = self.node_index(name.trim()) {
            return Ok(index);
        }
        let wanted = fold_spelling(name);
        let nodes = self.nodes();
        let (mut by_id, mut by_label, mut by_alias) = (Vec::new(), Vec::new(), Vec::new());
        let mut similar: Vec<(f64, usize)> = Vec::new();
        for (i, (_, node)) in nodes.iter().enumerate() {
            let label = fold_spelling(&node.label);
            let local = node.id.as_str().split_once(':').map_or(node.id.as_str(), |(_, s)| s);
            let mut best = likeness(&wanted, &label);
            if fold_spelling(node.id.as_str()) == wanted || fold_spelling(local) == wanted {
                by_id.push(i);
            }
            if label == wanted {
                by_label.push(i);
            }
            let mut alias_fits = false;
            for alias in &node.aliases {
                let alias = fold_spelling(&alias.name);
                alias_fits |= alias == wanted;
                best = best.max(likeness(&wanted, &alias));
            }
            if alias_fits {
                by_alias.push(i);
            }
            if best >= SIMILAR {
                similar.push((best, i));
            }
        }
        let named = |i: usize| (nodes[i].1.id.clone(), nodes[i].1.label.clone());
        for mut hits in [by_label, by_id, by_alias] {
            match hits.as_slice() {
                [] => {}
                [one] => return Ok(nodes[*one].0),
                _ => {
                    order::by_key(&mut hits, |i| (std::cmp::Reverse(nodes[*i].1.mentions), *i));
                    let candidates = hits.into_iter().map(named).collect();
                    return Err(FindError::Ambiguous { name: name.to_owned(), candidates });
                }
            }
        }
        order::by(&mut similar, |a, b| {
            let mentions = |i: usize| std::cmp::Reverse(nodes[i].1.mentions);
            b.0.total_cmp(&a.0).then_with(|| (mentions(a.1), a.1).cmp(&(mentions(b.1), b.1)))
        });
        let suggestions = similar.into_iter().take(SUGGESTIONS).map(|(_, i)| named(i)).collect();
        Err(FindError::Unknown { name: name.to_owned(), suggestions })
    }
}

/// How alike two folded names are, 0 to 1; a name that holds all the words asked for is alike.
fn likeness(wanted: &str, name: &str) -> f64 {
    if wanted.is_empty() {
        return 0.0;
    }
    let holds_all = wanted.split(' ').all(|word| name.split(' ').any(|other| other == word));
    let similarity = strsim::jaro_winkler(wanted, name);
    if holds_all { similarity.max(0.95) } else { similarity }
}

#[cfg(test)]
mod tests {
    use super::super::{Alias, Node};
    use super::*;

    fn graph() -> KnowledgeGraph {
        let mut graph = KnowledgeGraph::new("test");
        let nodes = [
            ("agency:mi5", "MI5", "Security Service", 9),
            ("person:jose-alvarez", "José Álvarez", "Alvarez", 3),
            ("person:ana-alvarez", "Ana Alvarez", "Alvarez", 5),
            ("place:london", "London", "the capital", 4),
        ];
        for (id, label, alias, mentions) in nodes {
            let aliases = vec![Alias { name: alias.to_owned(), count: 1 }];
            let label = label.to_owned();
            graph.add_node(Node { id: id.into(), label, aliases, mentions, ..Node::default() });
        }
        graph
    }

    #[test]
    fn names_are_found_without_case_and_accents() {
        let graph = graph();
        let id = |name: &str| graph.find(name).map(|i| graph.graph[i].id.to_string());
        for name in ["agency:mi5", "mi5", "M.I.5", "security service", " MI5 "] {
            assert_eq!(id(name).as_deref(), Ok("agency:mi5"), "{name}");
        }
        assert_eq!(id("jose alvarez").as_deref(), Ok("person:jose-alvarez"));
        assert_eq!(id("jose-alvarez").as_deref(), Ok("person:jose-alvarez"));
    }

    #[test]
    fn errors_help() {
        let graph = graph();
        let error = graph.find("Alvarez").expect_err("two people").to_string();
        assert!(error.contains("person:ana-alvarez (Ana Alvarez), person:jose"), "{error}");
        let error = graph.find("Lodnon").expect_err("misspelt").to_string();
        assert!(error.contains("did you mean place:london (London)?"), "{error}");
        let error = graph.find("zzz").expect_err("nothing like it").to_string();
        assert_eq!(error, "no node is called \"zzz\"");
        assert!(graph.find("").is_err());
    }
}
