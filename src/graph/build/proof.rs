//! The evidence of edges: roles in incidents, relations, and the threats that incidents make real.

use rustc_hash::FxHashMap;

use super::{Builder, End, rounded};
use crate::date::{DateInterval, PartialDate};
use crate::extraction::{AnalysedIncident, AnalysedRelation};
use crate::graph::{Edge, Evidence, combine_confidence, earliest, latest};
use crate::linking::IncidentCluster;
use crate::ontology::{RelationType, Role};

/// A piece of evidence with what only building needs.
pub(super) struct Proof {
    document: usize,
    evidence: Evidence,
    confidence: f32,
    date: Option<DateInterval>,
    inferred: bool,
}

impl Builder<'_> {
    pub(super) fn incident_evidence(
        &mut self,
        document: usize,
        incident: &AnalysedIncident,
    ) -> Evidence {
        Evidence {
            document: self.analyses[document].doc.clone(),
            begin: incident.begin,
            end: incident.end,
            quote: incident.quote.clone(),
            stance: incident.stance,
            speaker: self.speaker(document, incident.speaker),
            rule: incident.rule.clone(),
        }
    }

    /// Adds evidence to an edge that the ontology admits. Of the two directions of a symmetric
    /// relation one is kept.
    fn prove(&mut self, subject: End, relation: &str, object: End, proof: Proof) {
        let ontology = &self.pack.ontology;
        if subject == object
            || !ontology.relation_admits(relation, self.end_type(subject), self.end_type(object))
        {
            return;
        }
        let (subject, object) = ontology.direction(relation, subject, object);
        self.edges.entry((subject, relation.into(), object)).or_default().push(proof);
    }

    /// Edges from the parts that participants have in incidents.
    pub(super) fn incident_edges(&mut self) {
        for (i, cluster) in self.linked.incidents.iter().enumerate() {
            let ontology = &self.pack.ontology;
            let doing = ontology
                .incident_types
                .get(cluster.incident_type.as_str())
                .and_then(|info| ontology.incident_families.get(&info.family))
                .map_or("perpetrates", |family| family.actor_relation.as_str());
            let backers = self.mere_backers(cluster);
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
                    // Somebody backs a deed or does it: nobody is told to be both.
                    let backs = backers.get(&entity).copied();
                    let (entity, incident_end) = (End::Entity(entity), End::Incident(i));
                    let (subject, relation, object) = match argument.role {
                        Role::Perpetrator if backs == Some(true) => {
                            (entity, "supports", incident_end)
                        }
                        Role::Supporter if backs == Some(false) => continue,
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

    /// Those whom some reports of an incident make its doers ("X was behind the plots") and others its
    /// backers ("X-backed plots"): whether more say that they backed it.
    fn mere_backers(&self, cluster: &IncidentCluster) -> FxHashMap<usize, bool> {
        let mut told: FxHashMap<usize, (usize, usize)> = FxHashMap::default();
        for (document, n) in &cluster.mentions {
            let analysis = &self.analyses[*document];
            for argument in &analysis.incidents[*n].arguments {
                let entities = &self.linked.entities;
                let (does, backs) = match argument.role {
                    Role::Perpetrator => (1, 0),
                    Role::Supporter => (0, 1),
                    _ => continue,
                };
                if let Some(entity) = entities.of_mention(*document, analysis, argument.mention) {
                    let slot = told.entry(entity).or_default();
                    *slot = (slot.0 + does, slot.1 + backs);
                }
            }
        }
        let both = told.into_iter().filter(|(_, (does, backs))| *does > 0 && *backs > 0);
        both.map(|(entity, (does, backs))| (entity, backs > does)).collect()
    }

    /// Edges from the relations that the texts tell.
    pub(super) fn relation_edges(&mut self) {
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
                begin: relation.begin,
                end: relation.end,
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

    /// Edges from threats to the incidents that make them real.
    pub(super) fn threat_edges(&mut self) {
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

    /// An edge of all its evidence.
    pub(super) fn edge(&self, relation: RelationType, proofs: Vec<Proof>) -> Edge {
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
}
