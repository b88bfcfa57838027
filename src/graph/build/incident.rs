//! The nodes of incidents: what most sources agree on, and what the others say.

use std::collections::{BTreeMap, BTreeSet};

use super::label::{interval_text, quantity_text};
use super::{Builder, rounded};
use crate::date::DateInterval;
use crate::extraction::AnalysedIncident;
use crate::graph::{Disagreement, Evidence, IncidentAttributes, Node, combine_confidence};
use crate::linking::{IncidentCluster, UniqueIds};
use crate::mention::Quantity;
use crate::ontology::Stage;
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
        // What some tell as planned or tried and others as stopped was stopped.
        let sources = |stage: Stage| support.get(&stage).map_or(0, BTreeSet::len);
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
}
