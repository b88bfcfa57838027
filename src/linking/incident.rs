//! Reports of one event to one incident: clusters of incident mentions, within a document and
//! across documents.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::entity::EntityTable;
use super::sets::DisjointSets;
use crate::date::DateInterval;
use crate::extraction::{AnalysedIncident, DocumentAnalysis, Role, Stage};
use crate::mention::{MentionForm, Quantity};
use crate::ontology::{IncidentType, Ontology};
use crate::pack::Pack;
use crate::span::MentionId;

/// One incident and all that tells of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IncidentCluster {
    /// The most exact type that its mentions agree on.
    pub incident_type: IncidentType,
    /// Its mentions: document, index among the document's incidents; in order.
    pub mentions: Vec<(usize, usize)>,
    /// Who and what had which part, as entities, in order of role and entity.
    pub participants: BTreeSet<(Role, usize)>,
    /// Why reports were joined in it.
    pub merges: Vec<String>,
}

/// What one document says of one incident: the mentions that the document itself joins.
struct Report {
    document: usize,
    incidents: Vec<usize>,
    incident_type: IncidentType,
    family: String,
    stages: BTreeSet<Stage>,
    dates: Vec<DateInterval>,
    participants: BTreeSet<(Role, usize)>,
    /// Participants that have a name.
    named: BTreeSet<(Role, usize)>,
    places: BTreeSet<usize>,
    count: Option<Quantity>,
    killed: Option<Quantity>,
    injured: Option<Quantity>,
}

/// Joins incident mentions that tell of one event.
///
/// Two reports are one incident when their types are of one kind, nothing in them contradicts
/// (places, days, counts), and enough agrees: a town and a day; a town, a doer or victim, and a
/// month; a day and two named participants; for counted sets the number and who stands behind.
/// A counted set is never one with a single event.
#[must_use]
pub fn cluster_incidents(
    analyses: &[DocumentAnalysis],
    entities: &EntityTable,
    pack: &Pack,
) -> Vec<IncidentCluster> {
    let reports = reports(analyses, entities, pack);
    let geography = Geography { entities, pack };
    let mut sets = DisjointSets::new(reports.len());
    let mut members: Vec<Vec<usize>> = (0..reports.len()).map(|i| vec![i]).collect();
    let mut reasons: Vec<(usize, String)> = Vec::new();
    for (a, b) in candidate_pairs(&reports) {
        let (root_a, root_b) = (sets.find(a), sets.find(b));
        if root_a == root_b {
            continue;
        }
        let Some(reason) = same_event(&reports[a], &reports[b], &geography, &pack.ontology) else {
            continue;
        };
        // What contradicts any report of a cluster contradicts the cluster.
        let clash = members[root_a].iter().any(|x| {
            members[root_b]
                .iter()
                .any(|y| contradicts(&reports[*x], &reports[*y], &geography, &pack.ontology))
        });
        if !clash {
            sets.union(a, b);
            let (kept, dropped) = (root_a.min(root_b), root_a.max(root_b));
            let moved = std::mem::take(&mut members[dropped]);
            members[kept].extend(moved);
            reasons.push((a, reason));
        }
    }
    let mut clusters: std::collections::BTreeMap<usize, IncidentCluster> = Default::default();
    for (i, report) in reports.iter().enumerate() {
        let cluster = clusters.entry(sets.find(i)).or_default();
        cluster.mentions.extend(report.incidents.iter().map(|n| (report.document, *n)));
        cluster.participants.extend(report.participants.iter().copied());
        cluster.incident_type = if cluster.incident_type.as_str().is_empty() {
            report.incident_type.clone()
        } else {
            more_exact(&cluster.incident_type, &report.incident_type, &pack.ontology)
        };
    }
    for (report, reason) in reasons {
        if let Some(cluster) = clusters.get_mut(&sets.find(report)) {
            cluster.merges.push(reason);
        }
    }
    clusters
        .into_values()
        .map(|mut cluster| {
            cluster.mentions.sort_unstable();
            cluster.merges.sort_unstable();
            cluster.merges.dedup();
            cluster
        })
        .collect()
}

/// The more exact of two types of which one is a form of the other; else the first.
fn more_exact(a: &IncidentType, b: &IncidentType, ontology: &Ontology) -> IncidentType {
    let general = |t: &IncidentType| matches!(t.as_str(), "plot" | "threat" | "attack");
    if ontology.incident_is_a(b.as_str(), a.as_str()) || (general(a) && !general(b)) {
        b.clone()
    } else {
        a.clone()
    }
}

fn reports(analyses: &[DocumentAnalysis], entities: &EntityTable, pack: &Pack) -> Vec<Report> {
    let mut reports = Vec::new();
    for (document, analysis) in analyses.iter().enumerate() {
        let mut by_first: FxHashMap<usize, usize> = FxHashMap::default();
        for (i, incident) in analysis.incidents.iter().enumerate() {
            let index = *by_first.entry(incident.same_as).or_insert_with(|| {
                reports.push(Report::new(document, incident, pack));
                reports.len() - 1
            });
            reports[index].add(i, incident, analysis, entities, pack);
        }
    }
    reports
}

impl Report {
    fn new(document: usize, incident: &AnalysedIncident, pack: &Pack) -> Self {
        let family = pack
            .ontology
            .incident_types
            .get(incident.incident_type.as_str())
            .map(|info| info.family.to_string())
            .unwrap_or_default();
        Self {
            document,
            incidents: Vec::new(),
            incident_type: incident.incident_type.clone(),
            family,
            stages: BTreeSet::new(),
            dates: Vec::new(),
            participants: BTreeSet::new(),
            named: BTreeSet::new(),
            places: BTreeSet::new(),
            count: None,
            killed: None,
            injured: None,
        }
    }

    fn add(
        &mut self,
        index: usize,
        incident: &AnalysedIncident,
        analysis: &DocumentAnalysis,
        entities: &EntityTable,
        pack: &Pack,
    ) {
        self.incidents.push(index);
        self.incident_type =
            more_exact(&self.incident_type, &incident.incident_type, &pack.ontology);
        self.stages.insert(incident.stage);
        self.dates.extend(incident.date);
        for argument in &incident.arguments {
            let Some(entity) = entities.of_mention(self.document, analysis, argument.mention)
            else {
                continue;
            };
            self.participants.insert((argument.role, entity));
            if argument.role == Role::Place {
                self.places.insert(entity);
            }
            if is_named(analysis, argument.mention) {
                self.named.insert((argument.role, entity));
            }
        }
        let keep = |slot: &mut Option<Quantity>, new: &Option<Quantity>| {
            if slot.is_none() {
                slot.clone_from(new);
            }
        };
        keep(&mut self.count, &incident.count);
        keep(&mut self.killed, &incident.killed);
        keep(&mut self.injured, &incident.injured);
    }

    fn is_set(&self) -> bool {
        self.count.as_ref().is_some_and(|c| c.value != 1.0)
    }

    /// The participants in the part of doers, sufferers or backers, by name.
    fn named_actors(&self) -> BTreeSet<usize> {
        self.named.iter().filter(|(role, _)| *role != Role::Place).map(|(_, e)| *e).collect()
    }
}

/// Whether the chain of a mention has a name anywhere in the document.
fn is_named(analysis: &DocumentAnalysis, mention: MentionId) -> bool {
    analysis.mentions.get(mention.index()).is_some_and(|m| {
        m.entity.is_some()
            || m.form == MentionForm::Name
            || analysis
                .mentions
                .iter()
                .any(|other| other.chain == m.chain && other.form == MentionForm::Name)
    })
}

/// Pairs of reports worth comparing: they share a participant, a place or a number. In order.
fn candidate_pairs(reports: &[Report]) -> Vec<(usize, usize)> {
    let mut blocks: FxHashMap<(u8, u64), Vec<usize>> = FxHashMap::default();
    for (i, report) in reports.iter().enumerate() {
        for (_, entity) in &report.participants {
            blocks.entry((0, *entity as u64)).or_default().push(i);
        }
        if let Some(count) = &report.count {
            blocks.entry((1, count.value.to_bits())).or_default().push(i);
        }
        if let Some(killed) = &report.killed {
            blocks.entry((2, killed.value.to_bits())).or_default().push(i);
        }
    }
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for block in blocks.values_mut() {
        block.dedup();
        // Everything happens somewhere in a country of thousands of reports: pairs are compared
        // within a window, in document order, so that the work stays linear.
        for (n, a) in block.iter().enumerate() {
            for b in block[n + 1..].iter().take(200) {
                pairs.insert((*a.min(b), *a.max(b)));
            }
        }
    }
    pairs.into_iter().filter(|(a, b)| a != b).collect()
}

/// Places and what they lie in.
struct Geography<'a> {
    entities: &'a EntityTable,
    pack: &'a Pack,
}

impl Geography<'_> {
    fn is_country(&self, entity: usize) -> bool {
        self.entities.entities[entity].entity_type == "country"
    }

    /// Whether one place is the other or the country that the other lies in, as far as known.
    fn compatible(&self, a: usize, b: usize) -> bool {
        if a == b {
            return true;
        }
        let within = |narrow: usize, wide: usize| {
            let entry = |e: usize| self.entities.entities[e].entry.as_ref();
            let (Some(wide), Some(narrow)) = (entry(wide), entry(narrow)) else { return false };
            self.pack.gazetteer.entry(narrow).is_some_and(|e| {
                e.country.as_ref() == Some(wide) || e.part_of.as_ref() == Some(wide)
            })
        };
        within(a, b) || within(b, a)
    }

    /// Whether two sets of places cannot be one event's: each names a town or a building, and no
    /// two of them fit.
    fn apart(&self, a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> bool {
        if a.is_empty() || b.is_empty() {
            return false;
        }
        // A building says nothing against the town that it stands in.
        let kind = |e: &usize| self.entities.entities[*e].entity_type.clone();
        let comparable = a.iter().any(|x| {
            b.iter().any(|y| kind(x) == kind(y) || kind(x) == "country" || kind(y) == "country")
        });
        comparable && !a.iter().any(|x| b.iter().any(|y| self.compatible(*x, *y)))
    }

    /// Whether the two share a place smaller than a country.
    fn share_town(&self, a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> bool {
        a.intersection(b).any(|e| !self.is_country(*e))
    }
}

/// Days in a date interval that is closed at both ends.
fn days(interval: &DateInterval) -> Option<i64> {
    let (start, end) = (interval.start?.first_day(), interval.end?.last_day());
    start.until(end).ok().map(|span| i64::from(span.get_days()) + 1)
}

/// How far two reports agree in time: the longer of two overlapping intervals in days, `None`
/// where either is unknown or open.
fn agreement_days(a: &Report, b: &Report) -> Option<i64> {
    a.dates
        .iter()
        .flat_map(|x| b.dates.iter().map(move |y| (x, y)))
        .filter(|(x, y)| x.overlaps(y))
        .filter_map(|(x, y)| Some(days(x)?.max(days(y)?)))
        .min()
}

fn types_fit(a: &Report, b: &Report, ontology: &Ontology) -> bool {
    let (x, y) = (a.incident_type.as_str(), b.incident_type.as_str());
    if ontology.incident_is_a(x, y) || ontology.incident_is_a(y, x) {
        return true;
    }
    // A plot or a threat may be told as the deed that it aimed at.
    let unfinished = |r: &Report| {
        r.stages.iter().any(|s| {
            matches!(s, Stage::Foiled | Stage::Planned | Stage::Threatened | Stage::Attempted)
        })
    };
    let vague = |t: &str| matches!(t, "plot" | "threat");
    (vague(x) && unfinished(b) && b.family == "violent")
        || (vague(y) && unfinished(a) && a.family == "violent")
}

fn contradicts(a: &Report, b: &Report, geography: &Geography<'_>, ontology: &Ontology) -> bool {
    if !types_fit(a, b, ontology) || a.is_set() != b.is_set() {
        return true;
    }
    if let (Some(x), Some(y)) = (&a.count, &b.count)
        && x.value != y.value
    {
        return true;
    }
    let dated = !a.dates.is_empty() && !b.dates.is_empty();
    if dated && !a.dates.iter().any(|x| b.dates.iter().any(|y| x.overlaps(y))) {
        return true;
    }
    geography.apart(&a.places, &b.places)
}

/// Why two reports are of one event; `None` where they are not, or too little says so.
fn same_event(
    a: &Report,
    b: &Report,
    geography: &Geography<'_>,
    ontology: &Ontology,
) -> Option<String> {
    if contradicts(a, b, geography, ontology) {
        return None;
    }
    // A document that tells two events apart by not joining them is believed, unless both are
    // the same counted set told again.
    let one_document = a.document == b.document;
    let name = |e: usize| geography.entities.entities[e].label.as_str();
    if a.is_set() {
        let (actors_a, actors_b) = (a.named_actors(), b.named_actors());
        let shared: Vec<&str> = actors_a.intersection(&actors_b).map(|e| name(*e)).collect();
        let number = a.count.as_ref().map_or(0.0, |c| c.value);
        let stages_meet = a.stages.intersection(&b.stages).next().is_some();
        let times_meet = agreement_days(a, b).is_some();
        return match shared.as_slice() {
            [first, ..] => Some(format!("both tell of {number} and name {first}")),
            [] if stages_meet && times_meet && number > 1.0 => {
                Some(format!("both tell of {number} in one period"))
            }
            [] => None,
        };
    }
    if one_document {
        return None;
    }
    let town = geography.share_town(&a.places, &b.places);
    let agreement = agreement_days(a, b);
    let (actors_a, actors_b) = (a.named_actors(), b.named_actors());
    let shared: Vec<usize> = actors_a.intersection(&actors_b).copied().collect();
    let losses = |x: &Option<Quantity>, y: &Option<Quantity>| matches!((x, y), (Some(x), Some(y)) if x.value == y.value && x.value > 1.0);
    let same_losses = losses(&a.killed, &b.killed) || losses(&a.injured, &b.injured);
    let place = || {
        a.places
            .intersection(&b.places)
            .find(|e| !geography.is_country(**e))
            .map_or_else(String::new, |e| name(*e).to_owned())
    };
    match agreement {
        Some(n) if n <= 2 && town => Some(format!("same place ({}) and day", place())),
        Some(n) if n <= 31 && town && (!shared.is_empty() || same_losses) => {
            let what = shared.first().map_or("number of victims", |e| name(*e));
            Some(format!("same place ({}), month and {what}", place()))
        }
        Some(n) if n <= 2 && shared.len() >= 2 => {
            Some(format!("same day, {} and {}", name(shared[0]), name(shared[1])))
        }
        Some(n) if n <= 31 && town && a.incident_type == b.incident_type => {
            Some(format!("same place ({}), month and kind of incident", place()))
        }
        Some(n) if n <= 31 && !shared.is_empty() && same_losses => {
            Some(format!("same month, number of victims and {}", name(shared[0])))
        }
        None if town && same_losses => {
            Some(format!("same place ({}) and number of victims", place()))
        }
        None if town && shared.len() >= 2 => {
            Some(format!("same place ({}), {} and {}", place(), name(shared[0]), name(shared[1])))
        }
        None if town && !shared.is_empty() && a.incident_type == b.incident_type => {
            Some(format!("same place ({}), kind of incident and {}", place(), name(shared[0])))
        }
        _ => None,
    }
}
