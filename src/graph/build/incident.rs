//! The nodes of incidents: what most sources agree on, and what the others say.

use super::label::{interval_text, quantity_text};
use super::{Builder, rounded};
use crate::date::DateInterval;
use crate::extraction::AnalysedIncident;
use crate::graph::{Disagreement, Evidence, IncidentAttributes, Node, combine_confidence};
use crate::linking::{IncidentCluster, UniqueIds};
use crate::mention::Quantity;
use crate::ontology::Stage;
use crate::order;
use crate::span::EntityId;

impl Builder<'_> {
    /// Makes the nodes of the incidents, with readable ids.
    pub(super) fn name_incidents(&mut self) {
        let mut ids = UniqueIds::default();
        for cluster in &self.linked.incidents {
            let mut node = self.incident_node(cluster);
            let base = self.incident_slug(cluster, &node);
            let id = ids.give(EntityId::from(format!("incident:{base}")));
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
        if let Some(count) = &count {
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
            label: self.incident_label(cluster, &attributes, count.as_ref()),
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
        let told_of = |(document, incident): &(usize, &AnalysedIncident)| {
            (incident.stage, self.linked.sources.original(*document))
        };
        let mut support = order::gathered(told.iter().map(told_of).collect());
        support.iter_mut().for_each(|(_, sources)| order::unique(sources));
        // What some tell as planned or tried and others as stopped was stopped.
        let sources = |stage: Stage| {
            support
                .iter()
                .find(|(known, _)| *known == stage)
                .map_or(0, |(_, sources)| sources.len())
        };
        let done = sources(Stage::Occurred).max(sources(Stage::Ongoing));
        if sources(Stage::Foiled) > 0 && sources(Stage::Foiled) >= done {
            return Stage::Foiled;
        }
        // What an authority said it would do, and did, is done.
        let lawful = told
            .first()
            .is_some_and(|(_, i)| self.pack.ontology.is_lawful(i.incident_type.as_str()));
        if lawful && sources(Stage::Occurred) > 0 {
            return Stage::Occurred;
        }
        support
            .iter()
            .max_by_key(|(stage, sources)| (sources.len(), *stage != Stage::Occurred))
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
            let mut sources: Vec<usize> =
                agreeing.map(|(d, _)| self.linked.sources.original(*d)).collect();
            order::unique(&mut sources);
            sources.len()
        };
        let length = |date: &DateInterval| match (date.start, date.end) {
            (Some(a), Some(b)) => a.first_day().days_until(b.last_day()),
            _ => i64::MAX,
        };
        let (_, best) = dated
            .iter()
            .min_by_key(|(_, date)| (std::cmp::Reverse(support(date)), length(date), *date))?;
        let others = dated.iter().filter(|(_, date)| !date.overlaps(best));
        let others = others.map(|(document, date)| (interval_text(date), *document)).collect();
        for (value, documents) in order::gathered(others) {
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
        let mut values: Vec<(String, (&Quantity, usize))> = Vec::new();
        for (document, incident) in told {
            if let Some(quantity) = of(incident) {
                values.push((quantity_text(quantity, &self.pack.values), (quantity, *document)));
            }
        }
        let values = order::gathered(values);
        // Sources, then the number itself; of equal ones the last by its text.
        let mut best: Option<(usize, usize)> = None;
        for (i, (_, given)) in values.iter().enumerate() {
            let mut sources: Vec<usize> =
                given.iter().map(|(_, document)| self.linked.sources.original(*document)).collect();
            order::unique(&mut sources);
            let number = |i: usize| values[i].1[0].0.value;
            let better = best.is_none_or(|(most, known)| {
                most.cmp(&sources.len()).then(number(known).total_cmp(&number(i))).is_le()
            });
            if better {
                best = Some((sources.len(), i));
            }
        }
        let (_, best) = best?;
        for (_, (value, given)) in values.iter().enumerate().filter(|(i, _)| *i != best) {
            disagreements.push(Disagreement {
                attribute: attribute.into(),
                value: value.clone(),
                documents: self.document_ids(given.iter().map(|(_, document)| *document)),
            });
        }
        Some(values[best].1[0].0.clone())
    }
}
