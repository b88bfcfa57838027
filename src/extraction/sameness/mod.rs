//! Which incidents of one document are the same event: "the attack" two sentences on, a second
//! telling with more detail. Different events stay apart, and a counted set never meets one of
//! its members.

mod candidates;
mod cluster;
mod counted;
mod described;
mod facts;
mod once;
mod retold;
mod things;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::ontology::{Role, Stage};

use super::IncidentMention;
use candidates::Candidates;
use cluster::Cluster;
use facts::Facts;
pub(super) use things::Things;

/// What an incident needs beside its own fields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Telling {
    /// The word that tells of it.
    pub(super) token: usize,
    /// Sentence of the trigger.
    pub(super) sentence: usize,
    /// The block of the text in which it stands.
    pub(super) block: u32,
    /// A noun with "the", "this" or an owner.
    pub(super) definite: bool,
    /// Tells only who was killed or hurt, not how.
    pub(super) bare_harm: bool,
    /// Tells nothing without another telling of the same event.
    pub(super) needs_event: bool,
    /// The trigger does not say which type of incident it was.
    pub(super) general: bool,
    /// Tells how the weapon was brought into place, not what it did.
    pub(super) prepares: bool,
    /// A noun in the plural: "the strikes" may be a counted set told before.
    pub(super) plural: bool,
    /// What its words say of whether it was told before.
    pub(super) novelty: Novelty,
    /// A deed that another of its sentence answers: "to avenge the killing".
    pub(super) answered: bool,
}

/// What the words of a telling say of whether its event was told before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Novelty {
    /// Nothing.
    #[default]
    Open,
    /// It is another than those told before, or no single one: "a second blast", "frequent
    /// attacks". Only one victim, weapon or toll can make it one of them.
    Other,
    /// It was done beside another deed ("the rebels also burned") or in former times ("in the
    /// past"): it is none of those told before.
    Beside,
    /// The text turns to another story ("in another incident", "elsewhere"), or the dead are those of
    /// another event ("the war has claimed 900 lives"): what it shares with one told before must tell
    /// that it is that one.
    Turn,
}

/// Sets `same_as` of every incident.
pub(super) fn resolve(
    things: &Things<'_, '_>,
    tellings: &[Telling],
    incidents: &mut [IncidentMention],
) {
    let (ontology, mentions) = (&things.pack.ontology, things.mentions);
    counted::settle(things, incidents);
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut candidates = Candidates::default();
    for (i, (incident, telling)) in incidents.iter_mut().zip(tellings).enumerate() {
        let facts = Facts::new(incident, telling, things);
        let best = candidates
            .of(&clusters, &facts, incident.date, telling)
            .into_iter()
            .filter_map(|c| {
                let cluster = &clusters[c];
                let shared = cluster.score(ontology, mentions, incident, telling, &facts)?;
                Some((shared, cluster.last_sentence, c))
            })
            .max_by_key(|(shared, last, c)| (shared.score, *last, *c));
        let event = best.map_or(clusters.len(), |(_, _, c)| c);
        incident.again = best.map_or_else(Vec::new, |(shared, ..)| shared.signs());
        if event == clusters.len() {
            clusters.push(Cluster::new(i, telling.sentence));
        }
        let cluster = &mut clusters[event];
        incident.same_as = cluster.first;
        cluster.join(incident, telling, &facts);
        candidates.told(event, &facts, cluster.date);
    }
    let joined = once::join(things.pack, clusters);
    for (i, incident) in incidents.iter_mut().enumerate() {
        if let Some((first, again)) = joined.get(&incident.same_as) {
            incident.same_as = *first;
            if incident.again.is_empty() && i != *first {
                incident.again.clone_from(again);
            }
        }
    }
}

/// A bomb that was planted, and of which a later telling says that it did not go off, was planted
/// for an attempt: what is told of its planting gets that stage. So was one that was found, where
/// nothing but its planting is told.
pub(super) fn settle_preparations(
    things: &Things<'_, '_>,
    tellings: &[Telling],
    incidents: &mut [IncidentMention],
) {
    let weapons = |incident: &IncidentMention| -> Vec<usize> {
        let weapons = incident.arguments.iter().filter(|(role, _)| *role == Role::Weapon);
        weapons.map(|(_, m)| things.of(*m)).collect()
    };
    // The first telling that says that an event's weapon failed, with its place among them.
    let mut failed: FxHashMap<(usize, usize), (usize, Stage)> = FxHashMap::default();
    let stopped = incidents.iter().filter(|i| matches!(i.stage, Stage::Foiled | Stage::Attempted));
    for (place, incident) in stopped.enumerate() {
        for weapon in weapons(incident) {
            failed.entry((incident.same_as, weapon)).or_insert((place, incident.stage));
        }
    }
    let mut found: FxHashSet<usize> = FxHashSet::default();
    for seizure in
        incidents.iter().filter(|i| things.pack.ontology.is_lawful(i.incident_type.as_str()))
    {
        found.extend(weapons(seizure).into_iter().filter(|_| seizure.stage == Stage::Occurred));
    }
    // Events that are told by more than their preparation.
    let mut done: FxHashSet<usize> = FxHashSet::default();
    for (incident, telling) in incidents.iter().zip(tellings) {
        let harmed = incident.killed.is_some() || incident.injured.is_some();
        if !telling.prepares || harmed {
            done.insert(incident.same_as);
        }
    }
    for (incident, telling) in incidents.iter_mut().zip(tellings) {
        if telling.prepares && incident.stage == Stage::Occurred {
            let event = incident.same_as;
            let told = weapons(incident);
            let first = told.iter().filter_map(|w| failed.get(&(event, *w))).min_by_key(|f| f.0);
            let seized = !done.contains(&event) && told.iter().any(|w| found.contains(w));
            let unsettled = if seized { Stage::Foiled } else { incident.stage };
            incident.stage = first.map_or(unsettled, |(_, stage)| *stage);
        }
    }
}

/// "Iran was behind the plots ... the plots, which Tehran backed": whoever did it, as one telling says,
/// did not merely support it.
pub(super) fn settle_supporters(things: &Things<'_, '_>, incidents: &mut [IncidentMention]) {
    let has = |incident: &IncidentMention, wanted: Role| {
        incident.arguments.iter().any(|(role, _)| *role == wanted)
    };
    if !incidents.iter().any(|incident| has(incident, Role::Supporter)) {
        return;
    }
    let mut doers: FxHashSet<(usize, usize)> = FxHashSet::default();
    for incident in incidents.iter() {
        let with = incident.arguments.iter().filter(|(role, _)| *role == Role::Perpetrator);
        doers.extend(with.map(|(_, m)| (incident.same_as, things.of(*m))));
    }
    for incident in incidents {
        let event = incident.same_as;
        incident.arguments.retain(|(role, m)| {
            *role != Role::Supporter || !doers.contains(&(event, things.of(*m)))
        });
    }
}
