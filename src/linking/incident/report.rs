//! What one document says of one incident, in the form in which reports are compared.

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::date::DateInterval;
use crate::extraction::{AnalysedIncident, DocumentAnalysis};
use crate::linking::entity::EntityTable;
use crate::linking::names::head_noun;
use crate::mention::value::parse_quantity;
use crate::ontology::{IncidentType, Ontology, Role, Stage};
use crate::order;
use crate::pack::{NameSense, Pack};
use crate::span::MentionId;

/// What one document says of one incident: the tellings that the document itself joins; or what
/// several such reports say together.
#[derive(Clone, Debug, Default)]
pub(super) struct Report {
    pub(super) document: usize,
    /// Indices among the document's incidents.
    pub(super) incidents: Vec<usize>,
    pub(super) incident_type: IncidentType,
    /// Whether the headline tells of it.
    pub(super) in_headline: bool,
    /// Whether it is told as done or going on.
    pub(super) real: bool,
    /// Whether it is told as planned, threatened, tried or foiled.
    pub(super) unfinished: bool,
    /// Stages in which it is told. Sorted.
    pub(super) stages: Vec<Stage>,
    /// First and last day on which it may have been; an open end is the first or last of days.
    pub(super) days: Option<(i64, i64)>,
    /// Day on which the document was published.
    pub(super) published: Option<i64>,
    /// First and last day on which those of its reports were published that give no day.
    pub(super) undated: Option<(i64, i64)>,
    /// Entities, in every role. Sorted.
    pub(super) participants: Vec<(Role, usize)>,
    /// Where: places, and what encloses the buildings that it names. Sorted.
    pub(super) places: Vec<usize>,
    /// Doers, sufferers and backers that have a name. Sorted.
    pub(super) actors: Vec<usize>,
    /// Of these the ones that it hit. Sorted.
    pub(super) sufferers: Vec<usize>,
    /// Of the actors the ones that did it. Sorted.
    pub(super) doers: Vec<usize>,
    /// Head nouns of doers that have no name: "gunman". Sorted.
    pub(super) doer_nouns: Vec<SmolStr>,
    /// The weapons. Sorted.
    pub(super) weapons: Vec<usize>,
    /// Head nouns of what was hit and has no name: "mosque", "student". Sorted.
    pub(super) hit_nouns: Vec<SmolStr>,
    /// Those whom it hit that have no name and are counted: their number as bits, and their noun.
    /// Sorted.
    pub(super) hit_counted: Vec<(u64, SmolStr)>,
    /// Countries of those whom it hit, by their nationality: "400 Russian spies". Sorted.
    pub(super) hit_lands: Vec<SmolStr>,
    /// How many, where it is a counted set.
    pub(super) count: Option<u64>,
    /// The numbers of dead that it gives, as bits. Sorted.
    pub(super) killed: Vec<u64>,
    /// The numbers of injured, as bits. Sorted.
    pub(super) injured: Vec<u64>,
}

/// A set as a sorted list without doubles.
fn insert<T: Ord>(list: &mut Vec<T>, item: T) {
    if let Err(at) = list.binary_search(&item) {
        list.insert(at, item);
    }
}

/// What two sorted lists have in common.
pub(super) fn common<'a, T: Ord>(a: &'a [T], b: &'a [T]) -> impl Iterator<Item = &'a T> {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    few.iter().filter(move |item| many.binary_search(item).is_ok())
}

/// Days from 1970-01-01.
pub(super) fn day_number(date: crate::date::Date) -> i64 {
    crate::date::Date::ZERO.days_until(date)
}

/// The days of an interval.
fn days_of(interval: &DateInterval) -> (i64, i64) {
    let first = interval.start.map_or(i64::MIN, |date| day_number(date.first_day()));
    (first, interval.end.map_or(i64::MAX, |date| day_number(date.last_day())))
}

/// The reports of all documents, in their order.
pub(super) fn reports(
    analyses: &[DocumentAnalysis],
    entities: &EntityTable,
    pack: &Pack,
) -> Vec<Report> {
    let mut reports: Vec<Report> = Vec::new();
    for (document, analysis) in analyses.iter().enumerate() {
        if analysis.incidents.is_empty() {
            continue;
        }
        let reader = Reader { document, analysis, entities, pack, around: enclosing(analysis) };
        let mut by_first: FxHashMap<usize, usize> = FxHashMap::default();
        for (i, incident) in analysis.incidents.iter().enumerate() {
            let index = *by_first.entry(incident.same_as).or_insert_with(|| {
                reports.push(Report {
                    document,
                    incident_type: incident.incident_type.clone(),
                    published: analysis.published.map(day_number),
                    undated: None,
                    ..Report::default()
                });
                reports.len() - 1
            });
            reader.add(&mut reports[index], i, incident);
        }
        for index in by_first.into_values() {
            let report = &mut reports[index];
            report.undated = report.published.filter(|_| report.days.is_none()).map(|d| (d, d));
        }
    }
    reports
}

/// For every mention of a facility that has a part in an incident the mentions of places that its
/// document says it stands in: inside its words ("the Leeds bus station"), or by a relation ("a hall
/// near Moscow").
fn enclosing(analysis: &DocumentAnalysis) -> FxHashMap<MentionId, Vec<MentionId>> {
    let wanted: FxHashSet<MentionId> = analysis
        .incidents
        .iter()
        .flat_map(|incident| incident.arguments.iter().map(|argument| argument.mention))
        .collect();
    let mut found: FxHashMap<MentionId, Vec<MentionId>> = FxHashMap::default();
    let (mut outer, mut inner) = (Vec::new(), Vec::new());
    for mention in &analysis.mentions {
        match mention.entity_type.as_str() {
            "facility" if wanted.contains(&mention.id) => outer.push(mention),
            "place" | "country" => inner.push(mention),
            _ => {}
        }
    }
    for relation in analysis.relations.iter().filter(|r| r.relation == "located_in") {
        if wanted.contains(&relation.subject) {
            found.entry(relation.subject).or_default().push(relation.object);
        }
    }
    order::by_key(&mut inner, |mention| (mention.begin, mention.end));
    for facility in outer {
        let from = inner.partition_point(|place| place.begin < facility.begin);
        let within = inner[from..]
            .iter()
            .take_while(|place| place.begin < facility.end)
            .filter(|place| place.end <= facility.end);
        found.entry(facility.id).or_default().extend(within.map(|place| place.id));
    }
    found
}

/// Reads the reports of one document.
struct Reader<'a> {
    document: usize,
    analysis: &'a DocumentAnalysis,
    entities: &'a EntityTable,
    pack: &'a Pack,
    around: FxHashMap<MentionId, Vec<MentionId>>,
}

impl Reader<'_> {
    fn entity(&self, mention: MentionId) -> Option<usize> {
        self.entities.of_mention(self.document, self.analysis, mention)
    }

    fn add(&self, report: &mut Report, index: usize, incident: &AnalysedIncident) {
        report.incidents.push(index);
        report.incident_type =
            more_exact(&report.incident_type, &incident.incident_type, &self.pack.ontology);
        let headline = self.analysis.title.as_deref().map(str::trim);
        report.in_headline |= headline.is_some_and(|title| title == incident.quote.trim());
        report.real |= matches!(incident.stage, Stage::Occurred | Stage::Ongoing);
        report.unfinished |= !matches!(incident.stage, Stage::Occurred | Stage::Ongoing);
        insert(&mut report.stages, incident.stage);
        if let Some(date) = &incident.date {
            report.narrow(days_of(date));
        }
        for argument in &incident.arguments {
            let Some(index) = self.entity(argument.mention) else { continue };
            let entity = &self.entities.entities[index];
            insert(&mut report.participants, (argument.role, index));
            let hit = matches!(argument.role, Role::Target | Role::Victim);
            match argument.role {
                Role::Time => {}
                Role::Weapon => insert(&mut report.weapons, index),
                Role::Place => insert(&mut report.places, index),
                _ if entity.entity_type == "facility" => {}
                _ if entity.named => {
                    insert(&mut report.actors, index);
                    if hit {
                        insert(&mut report.sufferers, index);
                    }
                    if argument.role == Role::Perpetrator {
                        insert(&mut report.doers, index);
                    }
                }
                _ => {}
            }
            // What was hit stands somewhere.
            if entity.entity_type == "facility" && hit {
                insert(&mut report.places, index);
            }
            for inner in self.around.get(&argument.mention).into_iter().flatten() {
                if let Some(place) = self.entity(*inner) {
                    insert(&mut report.places, place);
                }
            }
            let description = self.analysis.mentions.get(argument.mention.index());
            if let (Some(mention), true) = (description, hit) {
                for land in nationalities(&mention.text, self.pack) {
                    insert(&mut report.hit_lands, land);
                }
            }
            let did = argument.role == Role::Perpetrator;
            if let (Some(mention), true, false) = (description, hit || did, entity.named)
                && let Some(noun) = head_noun(&mention.text, &self.pack.usage)
            {
                if did {
                    insert(&mut report.doer_nouns, noun);
                } else {
                    let number = parse_quantity(&mention.text, &self.pack.values);
                    if let Some(number) = number.filter(|number| number.value > 1.0) {
                        insert(&mut report.hit_counted, (number.value.to_bits(), noun.clone()));
                    }
                    insert(&mut report.hit_nouns, noun);
                }
            }
        }
        report.count = report.count.or(incident.count.as_ref().map(|c| c.value.to_bits()));
        for (list, told) in
            [(&mut report.killed, &incident.killed), (&mut report.injured, &incident.injured)]
        {
            if let Some(number) = told.as_ref().map(|q| q.value).filter(|n| *n > 1.0) {
                insert(list, number.to_bits());
            }
        }
    }
}

/// The countries whose nationality stands in the words of a mention: "400 Russian spies".
fn nationalities<'p>(words: &'p str, pack: &'p Pack) -> impl Iterator<Item = SmolStr> + 'p {
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    // "U.S." keeps its stops.
    words.split(|c: char| !c.is_alphanumeric() && c != '.').filter(capital).filter_map(|word| {
        let names = pack.gazetteer.lookup(word, &pack.vocabulary);
        let land = names
            .iter()
            .find(|name| matches!(name.sense, NameSense::Demonym | NameSense::People))?;
        Some(pack.gazetteer.at(land.entry).id.clone())
    })
}

impl Report {
    /// Whether it is a counted set of incidents, not one.
    pub(super) fn is_set(&self) -> bool {
        self.count.is_some_and(|bits| f64::from_bits(bits) != 1.0)
    }

    /// Keeps of the days those that another telling gives too. Intervals of which every two
    /// overlap have a day in common (Helly's theorem on the line), so that one interval stands for
    /// all of them.
    pub(super) fn narrow(&mut self, other: (i64, i64)) {
        self.days = Some(match self.days {
            None => other,
            Some((first, last)) => {
                let both = (first.max(other.0), last.min(other.1));
                // A document that contradicts itself is believed where it speaks first.
                if both.0 <= both.1 { both } else { (first, last) }
            }
        });
    }

    /// Takes in what another report says of the same incident.
    pub(super) fn absorb(&mut self, other: Report, ontology: &Ontology) {
        self.incident_type = more_exact(&self.incident_type, &other.incident_type, ontology);
        self.in_headline |= other.in_headline;
        self.real |= other.real;
        self.unfinished |= other.unfinished;
        other.stages.into_iter().for_each(|stage| insert(&mut self.stages, stage));
        if let Some(days) = other.days {
            self.narrow(days);
        }
        self.undated = match (self.undated, other.undated) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
        self.published = match (self.published, other.published) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        for (mine, theirs) in [
            (&mut self.places, other.places),
            (&mut self.actors, other.actors),
            (&mut self.sufferers, other.sufferers),
            (&mut self.weapons, other.weapons),
        ] {
            theirs.into_iter().for_each(|item| insert(mine, item));
        }
        other.hit_lands.into_iter().for_each(|land| insert(&mut self.hit_lands, land));
        for (mine, theirs) in [(&mut self.killed, other.killed), (&mut self.injured, other.injured)]
        {
            theirs.into_iter().for_each(|item| insert(mine, item));
        }
        self.count = self.count.or(other.count);
    }
}

/// The more exact of two types of which one is a form of the other or says less; else the first.
pub(super) fn more_exact(a: &IncidentType, b: &IncidentType, ontology: &Ontology) -> IncidentType {
    let vague =
        |t: &IncidentType| ontology.is_general(t.as_str()) || ontology.is_prospect(t.as_str());
    if ontology.incident_is_a(b.as_str(), a.as_str()) || (vague(a) && !vague(b)) {
        b.clone()
    } else {
        a.clone()
    }
}
