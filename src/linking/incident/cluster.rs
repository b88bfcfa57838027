//! Clusters of reports in the making.

use rustc_hash::FxHashMap;

use super::IncidentCluster;
use super::agreement::Comparison;
use super::contradiction;
use super::pairs::Pair;
use super::report::{Report, common};
use crate::extraction::{AnalysedIncident, DocumentAnalysis};
use crate::linking::sets::DisjointSets;
use crate::order;

/// Sets of reports, each with what its reports say together.
pub(super) struct Clusters<'a> {
    reports: &'a [Report],
    comparison: &'a Comparison<'a>,
    sets: DisjointSets,
    /// What the reports of a set say together, at its root.
    together: Vec<Report>,
    /// The reports of a set with their documents, at its root. Sorted.
    members: Vec<Vec<(usize, usize)>>,
    reasons: Vec<(usize, String)>,
}

impl<'a> Clusters<'a> {
    pub(super) fn new(reports: &'a [Report], comparison: &'a Comparison<'a>) -> Self {
        Self {
            reports,
            comparison,
            sets: DisjointSets::new(reports.len()),
            together: reports.to_vec(),
            members: reports.iter().enumerate().map(|(i, r)| vec![(r.document, i)]).collect(),
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
        self.together[kept].absorb(other, &self.comparison.geography.pack.ontology);
        let members = std::mem::take(&mut self.members[dropped]);
        self.members[kept].extend(members);
        order::ascending(&mut self.members[kept]);
        self.reasons.push((kept, reason));
    }

    /// Joins the sets of two reports that agree, unless what one set says contradicts the other, or a
    /// document tells a report of one apart from a report of the other.
    pub(super) fn join_if_one(&mut self, a: usize, b: usize) {
        let (x, y) = (self.sets.find(a), self.sets.find(b));
        if !self.contradict(a, b) && !self.are_told_apart(x, y) {
            self.join_for(a, b, "");
        }
    }

    fn join_for(&mut self, a: usize, b: usize, also: &str) {
        if self.sets.find(a) == self.sets.find(b) {
            return;
        }
        if let Some(found) = self.comparison.agreement(&self.reports[a], &self.reports[b]) {
            let mut reasons = found.reasons;
            reasons.extend((!also.is_empty()).then(|| also.to_owned()));
            self.join(a, b, reasons.join(", "));
        }
    }

    fn contradict(&mut self, a: usize, b: usize) -> bool {
        let (x, y) = (self.sets.find(a), self.sets.find(b));
        contradiction::contradict(&self.together[x], &self.together[y], self.comparison.geography)
    }

    /// Joins a set to the only other one that it fits, of pairs that agree in something, the surest
    /// first. Sets that may be one with each other are no rivals.
    pub(super) fn join_only_candidates(&mut self, pairs: &[Pair]) {
        // Root to the roots that it fits, with the best pair of reports that says so.
        let mut fitting: FxHashMap<usize, FxHashMap<usize, Pair>> = FxHashMap::default();
        let mut order: Vec<Pair> = Vec::new();
        for pair in pairs {
            let (x, y) = (self.sets.find(pair.a), self.sets.find(pair.b));
            if x == y || self.told_apart(pair) || self.contradict(x, y) {
                continue;
            }
            order.push(*pair);
            for (from, to) in [(x, y), (y, x)] {
                let best = fitting.entry(from).or_default().entry(to).or_insert(*pair);
                if pair.score > best.score {
                    *best = *pair;
                }
            }
        }
        order::by_key(&mut order, |pair| (std::cmp::Reverse(pair.score), pair.a, pair.b));
        for pair in order {
            let (x, y) = (self.sets.find(pair.a), self.sets.find(pair.b));
            if x == y || self.contradict(x, y) || self.are_told_apart(x, y) {
                continue;
            }
            let (of_x, of_y) =
                (self.has_rival(&fitting, x, y, &pair), self.has_rival(&fitting, y, x, &pair));
            // The vaguer report is the one that is joined: the exact one may fit several.
            let joins = match (of_x, of_y) {
                (false, false) => true,
                (false, true) => self.is_vaguer(x, y),
                (true, false) => self.is_vaguer(y, x),
                (true, true) => false,
            };
            if joins {
                self.join_for(pair.a, pair.b, "nothing else in these documents fits");
                let (kept, dropped) = (x.min(y), x.max(y));
                for (other, pair) in fitting.remove(&dropped).unwrap_or_default() {
                    let best = fitting.entry(kept).or_default().entry(other).or_insert(pair);
                    if pair.score > best.score {
                        *best = pair;
                    }
                }
            }
        }
    }

    /// Whether a set fits another one too, of which the first it fits cannot be.
    fn has_rival(
        &mut self,
        fitting: &FxHashMap<usize, FxHashMap<usize, Pair>>,
        set: usize,
        best: usize,
        pair: &Pair,
    ) -> bool {
        // A headline tells what the story tells: what fits it best.
        let least = if self.reports[set].in_headline { pair.score } else { i32::MIN };
        let mut others = fitting.get(&set).into_iter().flatten();
        others.any(|(other, rival)| {
            let other = self.sets.find(*other);
            other != set
                && other != best
                && rival.score >= least.max(pair.score - self.comparison.weights().margin + 1)
                && !self.contradict(other, set)
                && !self.are_told_apart(other, set)
                && (self.contradict(other, best) || self.are_told_apart(other, best))
        })
    }

    /// Whether one set says less of its day than another, or is told in a headline.
    fn is_vaguer(&self, set: usize, than: usize) -> bool {
        let exactness = |report: &Report| {
            report.days.map_or(i64::MAX, |(first, last)| last.saturating_sub(first))
        };
        self.reports[set].in_headline
            || exactness(&self.reports[set]) > exactness(&self.reports[than])
    }

    /// Whether a document tells a report of one set apart from one of the other.
    fn are_told_apart(&self, x: usize, y: usize) -> bool {
        let (x, y) = (&self.members[x], &self.members[y]);
        let (few, many) = if x.len() <= y.len() { (x, y) } else { (y, x) };
        few.iter().any(|(document, a)| {
            let from = many.partition_point(|(d, _)| d < document);
            many[from..]
                .iter()
                .take_while(|(d, _)| d == document)
                .any(|(_, b)| self.told_apart(&Pair { a: *a, b: *b, score: 0, suffices: false }))
        })
    }

    /// Whether two reports are of one document that does not join them itself: it is believed,
    /// unless one of them is the headline's, or the same was done to the same person.
    pub(super) fn told_apart(&self, pair: &Pair) -> bool {
        let (a, b) = (&self.reports[pair.a], &self.reports[pair.b]);
        let entities = &self.comparison.geography.entities.entities;
        let person = |e: &&usize| entities[**e].entity_type == "person";
        a.document == b.document
            && !a.in_headline
            && !b.in_headline
            && !a.is_set()
            && (a.incident_type != b.incident_type
                || common(&a.sufferers, &b.sufferers).find(person).is_none())
    }

    /// The clusters, in the order of their first reports.
    pub(super) fn finish(mut self, analyses: &[DocumentAnalysis]) -> Vec<IncidentCluster> {
        let mut clusters: Vec<IncidentCluster> = Vec::new();
        // The place of a set among them.
        let mut places: FxHashMap<usize, usize> = FxHashMap::default();
        for (i, report) in self.reports.iter().enumerate() {
            let root = self.sets.find(i);
            let place = *places.entry(root).or_insert(clusters.len());
            if place == clusters.len() {
                clusters.push(IncidentCluster {
                    incident_type: self.together[root].incident_type.clone(),
                    ..IncidentCluster::default()
                });
            }
            let cluster = &mut clusters[place];
            cluster.mentions.extend(report.incidents.iter().map(|n| (report.document, *n)));
            cluster.participants.extend(report.participants.iter().copied());
            cluster.merges.extend(retellings(&analyses[report.document], report));
        }
        for (report, reason) in std::mem::take(&mut self.reasons) {
            if let Some(place) = places.get(&self.sets.find(report)) {
                clusters[*place].merges.push(reason);
            }
        }
        for cluster in &mut clusters {
            order::ascending(&mut cluster.mentions);
            order::unique(&mut cluster.participants);
            order::unique(&mut cluster.merges);
        }
        clusters
    }
}

/// Why a document's own tellings are of one incident, a sentence each.
fn retellings<'a>(
    analysis: &'a DocumentAnalysis,
    report: &'a Report,
) -> impl Iterator<Item = String> + 'a {
    let told_again = report.incidents.iter().map(|n| &analysis.incidents[*n]);
    told_again.filter(|incident| !incident.again.is_empty()).map(|incident| {
        let first = analysis.incidents.get(incident.same_as).map_or("", AnalysedIncident::words);
        let shared: Vec<&str> = incident.again.iter().map(|sign| sign.words()).collect();
        let (doc, words) = (&analysis.doc, incident.words());
        format!("in {doc} {words:?} tells again of {first:?}: {}", shared.join(", "))
    })
}
