//! Incidents that make a threat real, by the pack's taxonomy: an attack by a jihadist group is
//! Islamist terrorism. The text need not say so; such edges are marked as inferred.

use super::entity::{Entity, EntityTable};
use super::incident::IncidentCluster;
use crate::extraction::{DocumentAnalysis, Role, Stance};
use crate::order;
use crate::pack::{Pack, Threat};
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
        order::unique(&mut worded);
        let says_so = !worded.is_empty();
        let ids: Vec<&str> = if says_so {
            worded
        } else if denied(analyses, incident) {
            // Nobody says that it happened at all, so it makes nothing real.
            Vec::new()
        } else {
            let doers: Vec<(&str, Option<&str>)> = incident
                .participants
                .iter()
                .filter(|(role, _)| matches!(role, Role::Perpetrator | Role::Supporter))
                .map(|(_, entity)| &entities.entities[*entity])
                .filter(|entity| is_told_to_have_done(analyses, incident, entity))
                .map(|e| (e.entity_type.as_str(), e.subtype.as_deref()))
                .collect();
            made_real_by(incident.incident_type.as_str(), &doers, pack)
        };
        let ids: Vec<String> = ids.into_iter().map(str::to_owned).collect();
        for id in ids {
            let Some(threat) = pack.threats.get(&id) else { continue };
            let threat = entities.ensure(Entity {
                id: EntityId::from(id.as_str()),
                label: threat.label.to_string(),
                entity_type: "threat".into(),
                subtype: None,
                entry: Some(id.as_str().into()),
                named: true,
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

/// Whether all that tells of an incident denies it.
fn denied(analyses: &[DocumentAnalysis], incident: &IncidentCluster) -> bool {
    incident
        .mentions
        .iter()
        .all(|(document, n)| analyses[*document].incidents[*n].stance == Stance::Denied)
}

/// Whether anybody tells that an actor did it or stood behind it, rather than that he did not.
fn is_told_to_have_done(
    analyses: &[DocumentAnalysis],
    incident: &IncidentCluster,
    actor: &Entity,
) -> bool {
    let tellings = incident.mentions.iter().map(|(d, n)| (*d, &analyses[*d], *n));
    tellings
        .map(|(document, analysis, n)| (document, analysis, &analysis.incidents[n]))
        .filter(|(_, _, telling)| telling.stance != Stance::Denied)
        .any(|(document, analysis, telling)| {
            telling.arguments.iter().any(|argument| {
                matches!(argument.role, Role::Perpetrator | Role::Supporter)
                    && analysis.mentions.get(argument.mention.index()).is_some_and(|mention| {
                        actor.chains.iter().any(|(d, c, _)| (*d, *c) == (document, mention.chain))
                    })
            })
        })
}

/// The ids of the threats that an incident of a type, done or backed by actors of these types
/// and subtypes, makes real; a threat gives way to its more exact forms.
fn made_real_by<'p>(
    incident_type: &str,
    doers: &[(&str, Option<&str>)],
    pack: &'p Pack,
) -> Vec<&'p str> {
    let fits = |threat: &Threat| {
        let by_kind = threat
            .incident_types
            .iter()
            .any(|t| pack.ontology.incident_is_a(incident_type, t.as_str()));
        let asks_for_doer = !threat.actor_subtypes.is_empty() || !threat.actor_types.is_empty();
        let by_doer = doers.iter().any(|(entity_type, subtype)| {
            threat.actor_types.iter().any(|t| t == entity_type)
                || subtype.is_some_and(|s| threat.actor_subtypes.iter().any(|t| t == s))
        });
        by_kind && (by_doer || !asks_for_doer)
    };
    let fitting: Vec<&Threat> = pack.threats.threats().iter().filter(|t| fits(t)).collect();
    fitting
        .iter()
        .filter(|threat| !fitting.iter().any(|other| is_below(other, threat, pack)))
        .map(|threat| threat.id.as_str())
        .collect()
}

/// Whether one threat is a form of another, at any depth.
fn is_below(narrow: &Threat, wide: &Threat, pack: &Pack) -> bool {
    let parents = std::iter::successors(Some(narrow), |t| pack.threats.get(t.parent.as_ref()?));
    parents.skip(1).take(pack.threats.threats().len()).any(|t| t.id == wide.id)
}
