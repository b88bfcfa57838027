//! Incidents that make a threat real, by the pack's taxonomy: an attack by a jihadist group is
//! Islamist terrorism. The text need not say so; such edges are marked as inferred.

use super::entity::{Entity, EntityTable};
use super::incident::IncidentCluster;
use crate::extraction::{DocumentAnalysis, Role};
use crate::pack::Pack;
use crate::span::EntityId;

/// A threat that an incident makes real.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ThreatInference {
    /// The threat, an index of the entity table.
    pub threat: usize,
    /// The incident, an index of the clusters.
    pub incident: usize,
    /// Whether the incident's own words name the threat ("a right-wing terror plot"); otherwise
    /// it follows from the type of the incident and of who is behind it.
    pub worded: bool,
}

/// Finds the threats that incidents make real: those that the incidents' words name; else, from
/// the types of the incident and of its perpetrators or supporters, the most exact threats of
/// the taxonomy. A threat that no document names becomes an entity when an incident needs it.
#[must_use]
pub fn infer_threats(
    analyses: &[DocumentAnalysis],
    incidents: &[IncidentCluster],
    entities: &mut EntityTable,
    pack: &Pack,
) -> Vec<ThreatInference> {
    let mut found = Vec::new();
    for (i, incident) in incidents.iter().enumerate() {
        let mut worded: Vec<&str> = incident
            .mentions
            .iter()
            .filter_map(|(document, n)| analyses[*document].incidents[*n].threat.as_deref())
            .collect();
        worded.sort_unstable();
        worded.dedup();
        let says_so = !worded.is_empty();
        let ids: Vec<&str> = if says_so {
            worded
        } else {
            let backers: Vec<(&str, Option<&str>)> = incident
                .participants
                .iter()
                .filter(|(role, _)| matches!(role, Role::Perpetrator | Role::Supporter))
                .map(|(_, entity)| &entities.entities[*entity])
                .map(|e| (e.entity_type.as_str(), e.subtype.as_deref()))
                .collect();
            pack.threats.made_real_by(incident.incident_type.as_str(), &backers)
        };
        let ids: Vec<String> = ids.into_iter().map(str::to_owned).collect();
        for id in ids {
            let Some(threat) = pack.threats.get(&id) else { continue };
            let threat = entities.ensure(Entity {
                id: EntityId::from(id.as_str()),
                label: threat.label.clone(),
                entity_type: "threat".into(),
                subtype: threat.subtype.clone(),
                entry: Some(id.as_str().into()),
                aliases: Vec::new(),
                mentions: 0,
                chains: Vec::new(),
                merges: Vec::new(),
                confidence: 0.5,
            });
            found.push(ThreatInference { threat, incident: i, worded: says_so });
        }
    }
    found
}
