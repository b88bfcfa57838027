//! Reports of one event to one incident: clusters of incident mentions, within a document and
//! across documents.

mod agreement;
mod cluster;
mod contradiction;
mod geography;
mod pairs;
mod report;
mod stories;

use super::entity::EntityTable;
use super::source::Sources;
use crate::extraction::DocumentAnalysis;
use crate::ontology::{IncidentType, Role};
use crate::order;
use crate::pack::Pack;
use agreement::Comparison;
use cluster::Clusters;
use geography::Geography;
use pairs::Pair;
use stories::Stories;

/// One incident and all that tells of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IncidentCluster {
    /// The most exact type that its mentions agree on.
    pub incident_type: IncidentType,
    /// Its mentions: document, index among the document's incidents; in order.
    pub mentions: Vec<(usize, usize)>,
    /// Who and what had which part, as entities, in order of role and entity.
    pub participants: Vec<(Role, usize)>,
    /// Why reports were joined in it, and what each document tells of again.
    pub merges: Vec<String>,
}

/// Joins incident mentions that tell of one event.
///
/// Copies of one text tell the same. Else two reports are one incident when their types may be of
/// one event, nothing in them contradicts (places, days, counts), and enough agrees: what agrees
/// is weighed (see `agreement.rs`), and place, day, people or numbers must be among it. Where less
/// agrees, or the documents tell one story, a report is joined to the only incident in these
/// documents that it fits. A document that tells two events apart is believed, except for its
/// headline, which tells what the story tells. A counted set is never one with a single event.
#[must_use]
pub fn cluster_incidents(
    analyses: &[DocumentAnalysis],
    entities: &EntityTable,
    sources: &Sources,
    pack: &Pack,
) -> Vec<IncidentCluster> {
    let reports = report::reports(analyses, entities, pack);
    let geography = Geography { entities, pack };
    let stories = Stories::new(analyses, entities);
    let comparison = Comparison { geography: &geography, stories: &stories };
    let mut clusters = Clusters::new(&reports, &comparison);
    for (a, b, reason) in pairs::copies(&reports, analyses, sources) {
        clusters.join(a, b, reason);
    }
    let mut close = pairs::compared(&reports, &comparison);
    // The surest first; the order of the documents decides among equals.
    order::by_key(&mut close, |pair| (std::cmp::Reverse(pair.score), pair.a, pair.b));
    for pair in close.iter().filter(|pair| pair.suffices) {
        if !clusters.told_apart(pair) {
            clusters.join_if_one(pair.a, pair.b);
        }
    }
    // Headlines first: they are told with their stories, and rivals to nothing.
    let (within, across): (Vec<Pair>, Vec<Pair>) =
        close.iter().partition(|pair| reports[pair.a].document == reports[pair.b].document);
    clusters.join_only_candidates(&within);
    clusters.join_only_candidates(&across);
    clusters.finish(analyses)
}

/// Gives the clusters the entities that their participants are now that more are joined.
pub(super) fn rename_participants(
    clusters: &mut [IncidentCluster],
    analyses: &[DocumentAnalysis],
    entities: &EntityTable,
) {
    for cluster in clusters {
        let told = cluster.mentions.iter().flat_map(|(document, n)| {
            let analysis = &analyses[*document];
            let arguments = analysis.incidents[*n].arguments.iter();
            arguments.filter_map(move |argument| {
                let entity = entities.of_mention(*document, analysis, argument.mention)?;
                Some((argument.role, entity))
            })
        });
        let mut participants: Vec<(Role, usize)> = told.collect();
        order::unique(&mut participants);
        cluster.participants = participants;
    }
}
