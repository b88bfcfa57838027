//! What linking found out to the [`KnowledgeGraph`]: nodes with their attributes, edges with
//! their evidence.

mod incident;
mod label;
mod proof;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Alias, DocumentRecord, Evidence, KnowledgeGraph, Node, combine_confidence};
use crate::date::PartialDate;
use crate::extraction::DocumentAnalysis;
use crate::linking::{Entity, Linked};
use crate::ontology::{RelationType, Stance};
use crate::order;
use crate::pack::Pack;
use crate::span::{DocumentId, EntityId, MentionId};
use proof::Proof;

/// At most so many places of naming are kept as evidence of a node that is no incident: the
/// first of every document come first. Edges and incidents keep all.
const NODE_EVIDENCE: usize = 24;

/// Builds the graph of a set of documents from their analyses, sorted by document id, and from
/// what linking found in them.
#[must_use]
pub fn build(
    name: &str,
    analyses: &[DocumentAnalysis],
    linked: &Linked,
    pack: &Pack,
) -> KnowledgeGraph {
    let mut builder = Builder::new(name, analyses, linked, pack);
    builder.incident_edges();
    builder.relation_edges();
    builder.threat_edges();
    builder.finish()
}

/// Where an edge or a node ends: an entity or an incident cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum End {
    Entity(usize),
    Incident(usize),
}

/// A graph in the making.
struct Builder<'a> {
    graph: KnowledgeGraph,
    analyses: &'a [DocumentAnalysis],
    linked: &'a Linked,
    pack: &'a Pack,
    /// The incident that a mention of a document tells of.
    incident_of: FxHashMap<(usize, MentionId), usize>,
    incident_ids: Vec<EntityId>,
    incident_nodes: Vec<Node>,
    edges: FxHashMap<(End, RelationType, End), Vec<Proof>>,
    speakers: FxHashSet<usize>,
}

impl<'a> Builder<'a> {
    fn new(
        name: &str,
        analyses: &'a [DocumentAnalysis],
        linked: &'a Linked,
        pack: &'a Pack,
    ) -> Self {
        let mut incident_of = FxHashMap::default();
        for (i, cluster) in linked.incidents.iter().enumerate() {
            for (document, n) in &cluster.mentions {
                let analysis = &analyses[*document];
                let mention = analysis.incidents[*n].mention;
                incident_of.insert((*document, mention), i);
            }
        }
        let mut builder = Self {
            graph: KnowledgeGraph::new(name),
            analyses,
            linked,
            pack,
            incident_of,
            incident_ids: Vec::new(),
            incident_nodes: Vec::new(),
            edges: FxHashMap::default(),
            speakers: FxHashSet::default(),
        };
        for (i, analysis) in analyses.iter().enumerate() {
            let original = linked.sources.original(i);
            builder.graph.add_document(DocumentRecord {
                id: analysis.doc.clone(),
                title: analysis.title.clone(),
                publisher: analysis.publisher.clone(),
                published: analysis.published,
                path: analysis.path.clone(),
                url: analysis.url.clone(),
                words: analysis.words,
                copy_of: (original != i).then(|| analyses[original].doc.clone()),
            });
        }
        builder.name_incidents();
        builder
    }

    fn entity(&self, index: usize) -> &'a Entity {
        &self.linked.entities.entities[index]
    }

    fn end(&self, document: usize, mention: MentionId) -> Option<End> {
        if let Some(incident) = self.incident_of.get(&(document, mention)) {
            return Some(End::Incident(*incident));
        }
        let analysis = &self.analyses[document];
        self.linked.entities.of_mention(document, analysis, mention).map(End::Entity)
    }

    fn end_type(&self, end: End) -> &'a str {
        match end {
            End::Entity(e) => self.entity(e).entity_type.as_str(),
            End::Incident(_) => "incident",
        }
    }

    fn speaker(&mut self, document: usize, mention: Option<MentionId>) -> Option<EntityId> {
        let analysis = &self.analyses[document];
        let entity = self.linked.entities.of_mention(document, analysis, mention?)?;
        if !self.pack.ontology.is_actor(self.entity(entity).entity_type.as_str()) {
            return None;
        }
        self.speakers.insert(entity);
        Some(self.entity(entity).id.clone())
    }

    fn document_ids(&self, documents: impl Iterator<Item = usize>) -> Vec<DocumentId> {
        let mut documents: Vec<usize> = documents.collect();
        order::unique(&mut documents);
        documents.into_iter().map(|d| self.analyses[d].doc.clone()).collect()
    }

    fn finish(mut self) -> KnowledgeGraph {
        let mut touched: FxHashSet<End> = FxHashSet::default();
        for (subject, _, object) in self.edges.keys() {
            touched.insert(*subject);
            touched.insert(*object);
        }
        let mut index = FxHashMap::default();
        for (i, entity) in self.linked.entities.entities.iter().enumerate() {
            let end = End::Entity(i);
            if touched.contains(&end)
                || self.speakers.contains(&i)
                || (entity.named && entity.mentions > 0)
            {
                let node = self.entity_node(entity);
                index.insert(end, self.graph.add_node(node));
            }
        }
        for (i, node) in std::mem::take(&mut self.incident_nodes).into_iter().enumerate() {
            // A word such as "the attack" of which neither place, time, number nor participant is
            // told says nothing that a graph could show.
            let told = node.incident.as_ref().is_some_and(|a| {
                a.date_start.is_some() || a.date_end.is_some() || a.count.is_some()
            });
            if !told && !touched.contains(&End::Incident(i)) {
                continue;
            }
            index.insert(End::Incident(i), self.graph.add_node(node));
        }
        let mut edges: Vec<_> = std::mem::take(&mut self.edges).into_iter().collect();
        order::by(&mut edges, |a, b| a.0.cmp(&b.0));
        for ((subject, relation, object), proofs) in edges {
            let edge = self.edge(relation, proofs);
            self.graph.add_edge(index[&subject], index[&object], edge);
        }
        self.graph
    }

    fn entity_node(&self, entity: &Entity) -> Node {
        let entry = entity.entry.as_ref().and_then(|id| self.pack.gazetteer.entry(id));
        let mut published: Vec<PartialDate> = entity
            .chains
            .iter()
            .filter_map(|(d, _, _)| self.analyses[*d].published)
            .map(PartialDate::from)
            .collect();
        order::ascending(&mut published);
        let mut evidence: Vec<Evidence> = Vec::new();
        let most = entity.chains.iter().map(|(_, _, mentions)| mentions.len()).max().unwrap_or(0);
        'full: for round in 0..most {
            for (document, _, mentions) in &entity.chains {
                if let Some(id) = mentions.get(round) {
                    let analysis = &self.analyses[*document];
                    let mention = &analysis.mentions[id.index()];
                    evidence.push(Evidence {
                        document: analysis.doc.clone(),
                        begin: mention.begin,
                        end: mention.end,
                        quote: mention.text.clone(),
                        stance: Stance::Reported,
                        speaker: None,
                        rule: mention.joined.as_ref().map_or(&mention.rule, |(r, _)| r).clone(),
                    });
                    if evidence.len() == NODE_EVIDENCE {
                        break 'full;
                    }
                }
            }
        }
        Evidence::sort(&mut evidence);
        let sources = entity
            .chains
            .iter()
            .map(|(d, _, _)| (self.linked.sources.original(*d), f64::from(entity.confidence)));
        Node {
            id: entity.id.clone(),
            label: if entity.label.trim().is_empty() {
                entity.id.to_string()
            } else {
                entity.label.clone()
            },
            entity_type: entity.entity_type.clone(),
            subtype: entity.subtype.clone(),
            aliases: entity
                .aliases
                .iter()
                .map(|(name, count)| Alias { name: name.clone(), count: *count })
                .collect(),
            mentions: entity.mentions,
            documents: self.document_ids(entity.chains.iter().map(|(d, _, _)| *d)),
            confidence: rounded(combine_confidence(sources)),
            first_seen: published.first().copied(),
            last_seen: published.last().copied(),
            latitude: entry.and_then(|e| e.latitude),
            longitude: entry.and_then(|e| e.longitude),
            evidence,
            merges: entity.merges.clone(),
            ..Node::default()
        }
    }
}

/// Four decimals: more say nothing, and the last bits would differ between machines.
fn rounded(confidence: f64) -> f64 {
    (confidence * 10_000.0).round() / 10_000.0
}
