//! Clusters of reports in the making.

use std::collections::BTreeMap;

use super::IncidentCluster;
use super::agreement;
use super::geography::Geography;
use super::pairs::Pair;
use super::report::{Report, common};
use crate::linking::sets::DisjointSets;

/// Sets of reports, each with what its reports say together.
pub(super) struct Clusters<'a> {
    reports: &'a [Report],
    geography: &'a Geography<'a>,
    sets: DisjointSets,
    /// What the reports of a set say together, at its root.
    together: Vec<Report>,
    reasons: Vec<(usize, String)>,
}

impl<'a> Clusters<'a> {
    pub(super) fn new(reports: &'a [Report], geography: &'a Geography<'a>) -> Self {
        Self {
            reports,
            geography,
            sets: DisjointSets::new(reports.len()),
            together: reports.to_vec(),
            reasons: Vec::new(),
        }
    }

    /// Joins the sets of two reports.
    pub(super) fn join(&mut self, a: usize, b: usize, reason: String) {
        let (x, y) = (self.sets.find(a), self.sets.find(b));
        if x == y {
            return;
        }
        self.sets.union(x, y);
        let (kept, dropped) = (x.min(y), x.max(y));
        let other = std::mem::take(&mut self.together[dropped]);
        self.together[kept].absorb(other, &self.geography.pack.ontology);
        self.reasons.push((kept, reason));
    }

    /// Joins the sets of two reports that agree, unless what one set says contradicts the other.
    pub(super) fn join_if_one(&mut self, a: usize, b: usize) {
        if !self.contradict(a, b) {
            self.join_for(a, b, "");
        }
    }

    fn join_for(&mut self, a: usize, b: usize, also: &str) {
        if self.sets.find(a) == self.sets.find(b) {
            return;
        }
        if let Some(found) = agreement::of(&self.reports[a], &self.reports[b], self.geography) {
            let mut reasons = found.reasons;
            reasons.extend((!also.is_empty()).then(|| also.to_owned()));
            self.join(a, b, reasons.join(", "));
        }
    }

    fn contradict(&mut self, a: usize, b: usize) -> bool {
        let (x, y) = (self.sets.find(a), self.sets.find(b));
        agreement::contradict(&self.together[x], &self.together[y], self.geography)
    }

    /// Joins a set to the only other one that it fits, of pairs that agree in something.
    pub(super) fn join_only_candidates(&mut self, pairs: &[Pair]) {
        // Root to the roots that it fits, with the best pair of reports that says so.
        let mut fitting: BTreeMap<usize, BTreeMap<usize, Pair>> = BTreeMap::new();
        for pair in pairs {
            let (x, y) = (self.sets.find(pair.a), self.sets.find(pair.b));
            if x == y || self.told_apart(pair) || self.contradict(x, y) {
                continue;
            }
            for (from, to) in [(x, y), (y, x)] {
                let best = fitting.entry(from).or_default().entry(to).or_insert(*pair);
                if pair.score > best.score {
                    *best = *pair;
                }
            }
        }
        let exactness = |report: &Report| {
            report.days.map_or(i64::MAX, |(first, last)| last.saturating_sub(first))
        };
        for (root, others) in &fitting {
            let mut ranked: Vec<(usize, Pair)> = others.iter().map(|(o, p)| (*o, *p)).collect();
            ranked.sort_by_key(|(other, pair)| (std::cmp::Reverse(pair.score), *other));
            let Some((other, pair)) = ranked.first() else { continue };
            let in_headline = self.reports[*root].in_headline;
            let rival = match ranked.get(1) {
                // A headline tells what the story tells: what fits it best.
                Some((_, second)) if in_headline => second.score == pair.score,
                second => second.is_some(),
            };
            if rival {
                continue;
            }
            // The vaguer report is the one that is joined: the exact one may fit several.
            let mutual = fitting.get(other).is_some_and(|back| back.len() == 1);
            let vaguer = exactness(&self.reports[*root]) > exactness(&self.reports[*other]);
            if (mutual || vaguer || in_headline) && !self.contradict(pair.a, pair.b) {
                self.join_for(pair.a, pair.b, "nothing else in these documents fits");
            }
        }
    }

    /// Whether two reports are of one document that does not join them itself: it is believed,
    /// unless one of them is the headline's, or the same was done to the same person.
    pub(super) fn told_apart(&self, pair: &Pair) -> bool {
        let (a, b) = (&self.reports[pair.a], &self.reports[pair.b]);
        let person = |e: &&usize| self.geography.entities.entities[**e].entity_type == "person";
        a.document == b.document
            && !a.in_headline
            && !b.in_headline
            && !a.is_set()
            && (a.incident_type != b.incident_type
                || common(&a.sufferers, &b.sufferers).find(person).is_none())
    }

    /// The clusters, in the order of their first reports.
    pub(super) fn finish(mut self) -> Vec<IncidentCluster> {
        let mut clusters: BTreeMap<usize, IncidentCluster> = BTreeMap::new();
        for (i, report) in self.reports.iter().enumerate() {
            let root = self.sets.find(i);
            let cluster = clusters.entry(root).or_insert_with(|| IncidentCluster {
                incident_type: self.together[root].incident_type.clone(),
                ..IncidentCluster::default()
            });
            cluster.mentions.extend(report.incidents.iter().map(|n| (report.document, *n)));
            cluster.participants.extend(report.participants.iter().copied());
        }
        for (report, reason) in std::mem::take(&mut self.reasons) {
            if let Some(cluster) = clusters.get_mut(&self.sets.find(report)) {
                cluster.merges.push(reason);
            }
        }
        let mut clusters: Vec<IncidentCluster> = clusters.into_values().collect();
        for cluster in &mut clusters {
            cluster.mentions.sort();
            cluster.merges.sort_unstable();
            cluster.merges.dedup();
        }
        clusters
    }
}
