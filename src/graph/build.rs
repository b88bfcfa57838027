//! What linking found out to the [`KnowledgeGraph`]: nodes with their attributes, edges with
//! their evidence.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Alias, Disagreement, DocumentRecord, Edge, Evidence, IncidentAttributes, KnowledgeGraph, Node,
    combine_confidence, earliest, latest,
};
use crate::date::{DateInterval, PartialDate};
use crate::extraction::{
    AnalysedIncident, AnalysedRelation, DocumentAnalysis, Role, Stage, Stance,
};
use crate::linking::{Entity, IncidentCluster, Linked, slug};
use crate::mention::Quantity;
use crate::ontology::RelationType;
use crate::pack::Pack;
use crate::span::{DocumentId, EntityId, MentionId};

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

/// A piece of evidence with what only building needs.
struct Proof {
    document: usize,
    evidence: Evidence,
    confidence: f32,
    date: Option<DateInterval>,
    inferred: bool,
}

struct Builder<'a> {
    graph: KnowledgeGraph,
    analyses: &'a [DocumentAnalysis],
    linked: &'a Linked,
    pack: &'a Pack,
    /// The incident that a mention of a document tells of.
    incident_of: FxHashMap<(usize, MentionId), usize>,
    incident_ids: Vec<EntityId>,
    incident_nodes: Vec<Node>,
    edges: BTreeMap<(End, RelationType, End), Vec<Proof>>,
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
            edges: BTreeMap::new(),
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

    fn incident_evidence(&mut self, document: usize, incident: &AnalysedIncident) -> Evidence {
        Evidence {
            document: self.analyses[document].doc.clone(),
            begin: incident.range.begin,
            end: incident.range.end,
            quote: incident.quote.clone(),
            stance: incident.stance,
            speaker: self.speaker(document, incident.speaker),
            rule: incident.rule.clone(),
        }
    }

    /// Makes the nodes of the incidents, with readable ids.
    fn name_incidents(&mut self) {
        let mut taken: FxHashSet<EntityId> = FxHashSet::default();
        for cluster in &self.linked.incidents {
            let mut node = self.incident_node(cluster);
            let base = self.incident_slug(cluster, &node);
            let mut id = EntityId::from(format!("incident:{base}"));
            let mut n = 1;
            while !taken.insert(id.clone()) {
                n += 1;
                id = EntityId::from(format!("incident:{base}-{n}"));
            }
            node.id = id.clone();
            self.incident_ids.push(id);
            self.incident_nodes.push(node);
        }
    }

    fn incident_node(&mut self, cluster: &IncidentCluster) -> Node {
        let told: Vec<(usize, &AnalysedIncident)> = cluster
            .mentions
            .iter()
            .map(|(document, n)| (*document, &self.analyses[*document].incidents[*n]))
            .collect();
        let mut attributes = IncidentAttributes {
            incident_type: cluster.incident_type.clone(),
            stage: self.best_stage(&told),
            stance: told.iter().map(|(_, i)| i.stance).min().unwrap_or_default(),
            ..Default::default()
        };
        if let Some(date) = self.best_date(&told, &mut attributes.disagreements) {
            attributes.date_start = date.start;
            attributes.date_end = date.end;
            attributes.date_text = told
                .iter()
                .find(|(_, i)| i.date == Some(date) && i.date_text.is_some())
                .and_then(|(_, i)| i.date_text.clone());
        } else {
            attributes.date_text = told.iter().find_map(|(_, i)| i.date_text.clone());
        }
        let lists = &mut attributes.disagreements;
        let count = self.best_quantity("count", &told, |i| i.count.as_ref(), lists);
        attributes.killed =
            self.best_quantity("killed", &told, |i| i.killed.as_ref(), lists).map(|q| q.value);
        attributes.injured =
            self.best_quantity("injured", &told, |i| i.injured.as_ref(), lists).map(|q| q.value);
        if let Some(count) = count {
            attributes.count = Some(count.value);
            attributes.count_min = count.min;
            attributes.count_max = count.max;
        }
        let mut evidence: Vec<Evidence> =
            told.iter().map(|(d, i)| self.incident_evidence(*d, i)).collect();
        Evidence::sort(&mut evidence);
        let sources =
            told.iter().map(|(d, i)| (self.linked.sources.original(*d), f64::from(i.confidence)));
        Node {
            label: self.incident_label(cluster, &attributes),
            entity_type: "incident".into(),
            subtype: Some(cluster.incident_type.0.clone()),
            mentions: told.len(),
            documents: self.document_ids(told.iter().map(|(d, _)| *d)),
            confidence: rounded(combine_confidence(sources)),
            first_seen: attributes.date_start,
            last_seen: attributes.date_end,
            incident: Some(attributes),
            evidence,
            merges: cluster.merges.clone(),
            ..Node::default()
        }
    }

    /// The stage that most independent sources give; an exact one before the default.
    fn best_stage(&self, told: &[(usize, &AnalysedIncident)]) -> Stage {
        let mut support: BTreeMap<Stage, BTreeSet<usize>> = BTreeMap::new();
        for (document, incident) in told {
            let source = self.linked.sources.original(*document);
            support.entry(incident.stage).or_default().insert(source);
        }
        support
            .iter()
            .max_by_key(|(stage, sources)| (sources.len(), **stage != Stage::Occurred))
            .map_or(Stage::Occurred, |(stage, _)| *stage)
    }

    /// The most exact of the dates that most sources agree with.
    fn best_date(
        &self,
        told: &[(usize, &AnalysedIncident)],
        disagreements: &mut Vec<Disagreement>,
    ) -> Option<DateInterval> {
        let dated: Vec<(usize, DateInterval)> =
            told.iter().filter_map(|(d, i)| Some((*d, i.date?))).collect();
        let support = |date: &DateInterval| {
            let agreeing = dated.iter().filter(|(_, other)| other.overlaps(date));
            agreeing.map(|(d, _)| self.linked.sources.original(*d)).collect::<BTreeSet<_>>().len()
        };
        let length = |date: &DateInterval| match (date.start, date.end) {
            (Some(a), Some(b)) => a.first_day().until(b.last_day()).map_or(0, |s| s.get_days()),
            _ => i32::MAX,
        };
        let (_, best) = dated
            .iter()
            .min_by_key(|(_, date)| (std::cmp::Reverse(support(date)), length(date), *date))?;
        let mut others: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (document, date) in dated.iter().filter(|(_, date)| !date.overlaps(best)) {
            others.entry(interval_text(date)).or_default().push(*document);
        }
        for (value, documents) in others {
            let documents = self.document_ids(documents.into_iter());
            disagreements.push(Disagreement { attribute: "date".into(), value, documents });
        }
        Some(*best)
    }

    /// The number that most independent sources give, then the higher; the others are kept.
    fn best_quantity(
        &self,
        attribute: &str,
        told: &[(usize, &AnalysedIncident)],
        of: impl Fn(&AnalysedIncident) -> Option<&Quantity>,
        disagreements: &mut Vec<Disagreement>,
    ) -> Option<Quantity> {
        let mut values: BTreeMap<String, (Quantity, BTreeSet<usize>, Vec<usize>)> = BTreeMap::new();
        for (document, incident) in told {
            if let Some(quantity) = of(incident) {
                let slot = values
                    .entry(quantity_text(quantity))
                    .or_insert_with(|| (quantity.clone(), BTreeSet::new(), Vec::new()));
                slot.1.insert(self.linked.sources.original(*document));
                slot.2.push(*document);
            }
        }
        let (best, _) = values.iter().max_by(|(_, a), (_, b)| {
            a.1.len().cmp(&b.1.len()).then_with(|| a.0.value.total_cmp(&b.0.value))
        })?;
        let best = best.clone();
        for (value, (_, _, documents)) in values.iter().filter(|(text, _)| **text != best) {
            disagreements.push(Disagreement {
                attribute: attribute.into(),
                value: value.clone(),
                documents: self.document_ids(documents.iter().copied()),
            });
        }
        values.remove(&best).map(|(quantity, _, _)| quantity)
    }

    fn document_ids(&self, documents: impl Iterator<Item = usize>) -> Vec<DocumentId> {
        let set: BTreeSet<usize> = documents.collect();
        set.into_iter().map(|d| self.analyses[d].doc.clone()).collect()
    }

    /// Participants in a part, the named before the described.
    fn in_role(&self, cluster: &IncidentCluster, roles: &[Role]) -> Option<&'a Entity> {
        roles
            .iter()
            .flat_map(|role| cluster.participants.iter().filter(move |(r, _)| r == role))
            .map(|(_, entity)| self.entity(*entity))
            .min_by_key(|e| {
                (e.entry.is_none(), e.entity_type == "group", e.entity_type == "country")
            })
    }

    fn incident_label(&self, cluster: &IncidentCluster, attributes: &IncidentAttributes) -> String {
        let info = self.pack.ontology.incident_types.get(cluster.incident_type.as_str());
        let noun = info.map_or(cluster.incident_type.as_str(), |info| info.label.as_str());
        let target = self.in_role(cluster, &[Role::Victim, Role::Target]);
        let mut label = String::new();
        match attributes.stance {
            Stance::Alleged => label.push_str("alleged "),
            Stance::Denied => label.push_str("denied "),
            _ => {}
        }
        if attributes.stage != Stage::Occurred {
            label.push_str(stage_word(attributes.stage));
            label.push(' ');
        }
        // "expulsion of 23 diplomats", not "23 expulsions of 23 diplomats".
        let counted_target = target.is_some_and(|t| t.label.chars().any(|c| c.is_ascii_digit()));
        match attributes.count {
            Some(count) if count != 1.0 && !counted_target => {
                let counted: Quantity = Quantity {
                    value: count,
                    min: attributes.count_min,
                    max: attributes.count_max,
                    ..Default::default()
                };
                label.push_str(&format!("{} {}", quantity_text(&counted), plural(noun)));
            }
            _ => label.push_str(noun),
        }
        let place = self.in_role(cluster, &[Role::Place]);
        let doer = self.in_role(cluster, &[Role::Perpetrator, Role::Supporter]);
        if let Some(target) = target {
            label.push_str(" of ");
            label.push_str(&shortened(&target.label));
        }
        if let Some(place) = place {
            label.push_str(" in ");
            label.push_str(&shortened(&place.label));
        } else if let (Some(doer), None) = (doer, target) {
            label.push_str(" by ");
            label.push_str(&shortened(&doer.label));
        }
        let when = match (attributes.date_start, attributes.date_end) {
            (Some(start), Some(end)) if start == end => Some(start.to_string()),
            (Some(start), Some(end)) => Some(format!("{start} to {end}")),
            (Some(start), None) => Some(format!("since {start}")),
            (None, Some(end)) => Some(format!("until {end}")),
            (None, None) => None,
        };
        if let Some(when) = when {
            label.push_str(", ");
            label.push_str(&when);
        }
        label
    }

    fn incident_slug(&self, cluster: &IncidentCluster, node: &Node) -> String {
        let mut parts = vec![slug(cluster.incident_type.as_str(), 24)];
        let anchor = self
            .in_role(cluster, &[Role::Place])
            .or_else(|| self.in_role(cluster, &[Role::Victim, Role::Target]))
            .or_else(|| self.in_role(cluster, &[Role::Perpetrator, Role::Supporter]));
        if let Some(anchor) = anchor {
            parts.push(slug(&anchor.label, 28));
        }
        if let Some(attributes) = &node.incident {
            if let Some(count) = attributes.count.filter(|c| *c != 1.0) {
                parts.push(slug(&count.to_string(), 12));
            }
            if let Some(date) = attributes.date_start.or(attributes.date_end) {
                parts.push(date.to_string());
            }
        }
        parts.retain(|part| !part.is_empty());
        parts.join("-")
    }

    fn prove(&mut self, subject: End, relation: &str, object: End, proof: Proof) {
        let ontology = &self.pack.ontology;
        if subject == object
            || !ontology.relation_admits(relation, self.end_type(subject), self.end_type(object))
        {
            return;
        }
        let symmetric = ontology.relation_types.get(relation).is_some_and(|info| info.symmetric);
        let (subject, object) =
            if symmetric && object < subject { (object, subject) } else { (subject, object) };
        self.edges.entry((subject, relation.into(), object)).or_default().push(proof);
    }

    fn incident_edges(&mut self) {
        for (i, cluster) in self.linked.incidents.iter().enumerate() {
            let ontology = &self.pack.ontology;
            let doing = ontology
                .incident_types
                .get(cluster.incident_type.as_str())
                .and_then(|info| ontology.incident_families.get(&info.family))
                .map_or("perpetrates", |family| family.actor_relation.as_str());
            for (document, n) in &cluster.mentions {
                let analysis = &self.analyses[*document];
                let incident = &analysis.incidents[*n];
                let evidence = self.incident_evidence(*document, incident);
                for argument in &incident.arguments {
                    let entities = &self.linked.entities;
                    let Some(entity) = entities.of_mention(*document, analysis, argument.mention)
                    else {
                        continue;
                    };
                    let (entity, incident_end) = (End::Entity(entity), End::Incident(i));
                    let (subject, relation, object) = match argument.role {
                        Role::Perpetrator => (entity, doing, incident_end),
                        Role::Supporter => (entity, "supports", incident_end),
                        Role::Disruptor => (entity, "disrupts", incident_end),
                        Role::Target | Role::Victim => (incident_end, "targets", entity),
                        Role::Weapon => (incident_end, "uses", entity),
                        Role::Place => (incident_end, "occurred_in", entity),
                        Role::Time => continue,
                    };
                    let proof = Proof {
                        document: *document,
                        evidence: evidence.clone(),
                        confidence: incident.confidence,
                        date: incident.date,
                        inferred: false,
                    };
                    self.prove(subject, relation, object, proof);
                }
            }
        }
    }

    fn relation_edges(&mut self) {
        for (document, analysis) in self.analyses.iter().enumerate() {
            for relation in &analysis.relations {
                let (Some(subject), Some(object)) =
                    (self.end(document, relation.subject), self.end(document, relation.object))
                else {
                    continue;
                };
                let proof = self.relation_proof(document, relation);
                self.prove(subject, relation.relation.as_str(), object, proof);
            }
        }
    }

    fn relation_proof(&mut self, document: usize, relation: &AnalysedRelation) -> Proof {
        Proof {
            document,
            evidence: Evidence {
                document: self.analyses[document].doc.clone(),
                begin: relation.range.begin,
                end: relation.range.end,
                quote: relation.quote.clone(),
                stance: relation.stance,
                speaker: self.speaker(document, relation.speaker),
                rule: relation.rule.clone(),
            },
            confidence: relation.confidence,
            date: relation.date,
            inferred: false,
        }
    }

    fn threat_edges(&mut self) {
        for inference in &self.linked.threats {
            let cluster = &self.linked.incidents[inference.incident];
            for (document, n) in &cluster.mentions {
                let incident = &self.analyses[*document].incidents[*n];
                let mut evidence = self.incident_evidence(*document, incident);
                if !inference.worded {
                    evidence.rule = "taxonomy:threat".into();
                }
                let proof = Proof {
                    document: *document,
                    evidence,
                    confidence: if inference.worded { incident.confidence } else { 0.5 },
                    date: incident.date,
                    inferred: !inference.worded,
                };
                let (threat, incident) =
                    (End::Entity(inference.threat), End::Incident(inference.incident));
                self.prove(threat, "manifests_as", incident, proof);
            }
        }
    }

    fn finish(mut self) -> KnowledgeGraph {
        let mut touched: FxHashSet<End> = FxHashSet::default();
        for (subject, _, object) in self.edges.keys() {
            touched.insert(*subject);
            touched.insert(*object);
        }
        let mut index = FxHashMap::default();
        for (i, entity) in self.linked.entities.entities.iter().enumerate() {
            let named = entity.entry.is_some()
                || entity.chains.iter().any(|(d, c, _)| {
                    self.analyses[*d]
                        .mentions
                        .iter()
                        .any(|m| m.chain == *c && m.form == crate::mention::MentionForm::Name)
                });
            let end = End::Entity(i);
            if touched.contains(&end)
                || self.speakers.contains(&i)
                || (named && entity.mentions > 0)
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
        for ((subject, relation, object), proofs) in std::mem::take(&mut self.edges) {
            let edge = self.edge(relation, proofs);
            self.graph.add_edge(index[&subject], index[&object], edge);
        }
        self.graph
    }

    fn edge(&self, relation: RelationType, proofs: Vec<Proof>) -> Edge {
        let sources = proofs
            .iter()
            .map(|p| (self.linked.sources.original(p.document), f64::from(p.confidence)));
        let confidence = rounded(combine_confidence(sources));
        let seen = |p: &Proof| -> (Option<PartialDate>, Option<PartialDate>) {
            let published = self.analyses[p.document].published.map(PartialDate::from);
            match p.date {
                Some(date) => (date.start.or(date.end), date.end.or(published).or(date.start)),
                None => (published, published),
            }
        };
        let first_seen = proofs.iter().map(|p| seen(p).0).fold(None, earliest);
        let last_seen = proofs.iter().map(|p| seen(p).1).fold(None, latest);
        let stance = proofs.iter().map(|p| p.evidence.stance).min().unwrap_or_default();
        let documents = self.document_ids(proofs.iter().map(|p| p.document));
        let inferred = proofs.iter().all(|p| p.inferred);
        let mut evidence: Vec<Evidence> = proofs.into_iter().map(|p| p.evidence).collect();
        Evidence::sort(&mut evidence);
        Edge {
            relation,
            weight: evidence.len() as f64,
            confidence,
            documents,
            stance,
            first_seen,
            last_seen,
            inferred,
            evidence,
        }
    }

    fn entity_node(&self, entity: &Entity) -> Node {
        let entry = entity.entry.as_ref().and_then(|id| self.pack.gazetteer.entry(id));
        let mut published: Vec<PartialDate> = entity
            .chains
            .iter()
            .filter_map(|(d, _, _)| self.analyses[*d].published)
            .map(PartialDate::from)
            .collect();
        published.sort_unstable();
        let mut evidence: Vec<Evidence> = Vec::new();
        let most = entity.chains.iter().map(|(_, _, mentions)| mentions.len()).max().unwrap_or(0);
        'full: for round in 0..most {
            for (document, _, mentions) in &entity.chains {
                if let Some(id) = mentions.get(round) {
                    let analysis = &self.analyses[*document];
                    let mention = &analysis.mentions[id.index()];
                    evidence.push(Evidence {
                        document: analysis.doc.clone(),
                        begin: mention.range.begin,
                        end: mention.range.end,
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

fn stage_word(stage: Stage) -> &'static str {
    match stage {
        Stage::Occurred => "",
        Stage::Ongoing => "ongoing",
        Stage::Attempted => "attempted",
        Stage::Foiled => "foiled",
        Stage::Planned => "planned",
        Stage::Threatened => "threatened",
    }
}

/// The English plural of an incident type's label.
fn plural(noun: &str) -> String {
    if noun.ends_with(['s', 'x']) || noun.ends_with("ch") {
        format!("{noun}es")
    } else if let Some(stem) = noun.strip_suffix('y') {
        format!("{stem}ies")
    } else {
        format!("{noun}s")
    }
}

/// At most forty characters of a label inside another, cut between words.
fn shortened(label: &str) -> String {
    const LIMIT: usize = 40;
    if label.chars().count() <= LIMIT {
        return label.to_owned();
    }
    let end = label.char_indices().nth(LIMIT).map_or(label.len(), |(i, _)| i);
    let cut = label[..end].rfind(' ').unwrap_or(end);
    format!("{}…", &label[..cut])
}

fn interval_text(date: &DateInterval) -> String {
    match (date.start, date.end) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a} to {b}"),
        (Some(a), None) => format!("since {a}"),
        (None, Some(b)) => format!("until {b}"),
        (None, None) => "unknown".to_owned(),
    }
}

/// A number as a person writes it: `12`, `at least 15`, `about 100`.
fn quantity_text(quantity: &Quantity) -> String {
    let value = quantity.value;
    let number = if value.fract() == 0.0 && value.abs() < 1e15 {
        format!("{}", value as i64)
    } else {
        format!("{value}")
    };
    match (quantity.min, quantity.max) {
        (Some(min), Some(max)) if min != max => format!("{min} to {max}"),
        (Some(_), None) => format!("at least {number}"),
        (None, Some(_)) => format!("up to {number}"),
        _ if quantity.approximate => format!("about {number}"),
        _ => number,
    }
}
