//! What two reports have in common, and what in them contradicts.

use super::geography::{Extent, Geography};
use super::report::{Report, common};

/// From this weight on two reports are of one incident.
pub(super) const ENOUGH: u8 = 9;

/// From this weight on a report is of the only incident that it fits.
pub(super) const FEW: u8 = 6;

/// How many days after an event a report of it still is news.
const FRESH: i64 = 3;

/// From this number on a counted set of one people is hardly told twice by chance.
const LARGE: f64 = 10.0;

/// A month in days, at its longest.
const MONTH: i64 = 31;

/// What agrees in two reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Agreement {
    /// The sum of the weights of what agrees.
    pub(super) score: u8,
    /// Whether something agrees that few other incidents share: a place smaller than a country,
    /// a person that it hit, a number of victims, two actors.
    pub(super) anchored: bool,
    /// Whether both are news of the same days.
    fresh: bool,
    /// What agrees, for people.
    pub(super) reasons: Vec<String>,
}

impl Agreement {
    fn add(&mut self, weight: u8, reason: impl FnOnce() -> String) {
        self.score = self.score.saturating_add(weight);
        self.reasons.push(reason());
    }
}

/// Whether two reports, or what several say together, cannot be of one incident.
pub(super) fn contradict(a: &Report, b: &Report, geography: &Geography<'_>) -> bool {
    if a.is_set() != b.is_set() || !types_fit(a, b, geography) {
        return true;
    }
    // What was done is not what is planned or was stopped; what an authority decides, it does.
    let lawful = geography.pack.ontology.is_lawful(a.incident_type.as_str());
    // Russia expels Britons, Britain Russians.
    let (lands, others) = (&a.hit_lands, &b.hit_lands);
    if lawful && !lands.is_empty() && !others.is_empty() && common(lands, others).next().is_none() {
        return true;
    }
    if !lawful && !(a.real && b.real || a.unfinished && b.unfinished) {
        return true;
    }
    if let (Some(x), Some(y)) = (a.count, b.count)
        && x != y
    {
        return true;
    }
    // News of one day leads to news of the next, but not on and on.
    if let (None, None, Some(x), Some(y)) = (a.days, b.days, a.undated, b.undated)
        && x.1.max(y.1) - x.0.min(y.0) > MONTH
    {
        return true;
    }
    match (a.days, b.days) {
        (Some(x), Some(y)) if gap(x, y) > 0 && !one_case(a, b, geography) => return true,
        // Nobody reports what has not happened yet.
        (Some(x), None) if b.real && b.published.is_some_and(|day| day + 1 < x.0) => return true,
        (None, Some(y)) if a.real && a.published.is_some_and(|day| day + 1 < y.0) => return true,
        _ => {}
    }
    geography.apart(&a.places, &b.places)
}

/// How many days lie between two intervals; none or less where they overlap.
fn gap(x: (i64, i64), y: (i64, i64)) -> i64 {
    x.0.max(y.0).saturating_sub(x.1.min(y.1))
}

/// Whether two reports tell of parts of one case: of one person, the plea in March and the sentence
/// in August.
fn one_case(a: &Report, b: &Report, geography: &Geography<'_>) -> bool {
    let (Some(x), Some(y)) = (closed(a.days), closed(b.days)) else { return false };
    let ontology = &geography.pack.ontology;
    let lasts = ontology.incident_types.get(a.incident_type.as_str()).map_or(0, |info| info.lasts);
    let person = |e: &&usize| geography.entities.entities[**e].entity_type == "person";
    a.incident_type == b.incident_type
        && gap(x, y) <= i64::from(lasts)
        && common(&a.sufferers, &b.sufferers).find(person).is_some()
}

fn types_fit(a: &Report, b: &Report, geography: &Geography<'_>) -> bool {
    let ontology = &geography.pack.ontology;
    let (x, y) = (a.incident_type.as_str(), b.incident_type.as_str());
    let violent = |t: &str| ontology.has_casualties(t);
    ontology.may_be_one(x, y)
        || (ontology.is_prospect(x) && b.unfinished && violent(y))
        || (ontology.is_prospect(y) && a.unfinished && violent(x))
}

/// What agrees in two single incidents or two sets of them; `None` where something contradicts.
pub(super) fn of(a: &Report, b: &Report, geography: &Geography<'_>) -> Option<Agreement> {
    if contradict(a, b, geography) {
        return None;
    }
    let mut found = Agreement::default();
    if a.is_set() {
        sets(a, b, geography, &mut found);
        return Some(found);
    }
    times(a, b, &mut found);
    places(a, b, geography, &mut found);
    people(a, b, geography, &mut found);
    numbers(a, b, &mut found);
    kinds(a, b, geography, &mut found);
    if a.document == b.document && (a.in_headline || b.in_headline) {
        found.add(5, || "the headline tells what the story tells".to_owned());
        found.anchored = true;
    }
    Some(found)
}

/// Counted sets: the number, and who stands behind or when.
fn sets(a: &Report, b: &Report, geography: &Geography<'_>, found: &mut Agreement) {
    let number = f64::from_bits(a.count.unwrap_or_default());
    if a.count != b.count || number <= 1.0 {
        return;
    }
    let label = |e: &usize| geography.entities.entities[*e].label.clone();
    if let Some(actor) = common(&a.actors, &b.actors).next() {
        found.add(ENOUGH, || format!("both tell of {number} and name {}", label(actor)));
        found.anchored = true;
    } else if number >= LARGE && common(&a.hit_lands, &b.hit_lands).next().is_some() {
        found.add(ENOUGH, || format!("both tell of {number} of one people"));
        found.anchored = true;
    } else if a.stages.intersection(&b.stages).next().is_some()
        && closed(a.days).is_some()
        && closed(b.days).is_some()
    {
        found.add(ENOUGH, || format!("both tell of {number} in one period"));
        found.anchored = true;
    }
}

/// The days of an interval that has both its ends.
fn closed(days: Option<(i64, i64)>) -> Option<(i64, i64)> {
    days.filter(|(first, last)| *first != i64::MIN && *last != i64::MAX)
}

fn times(a: &Report, b: &Report, found: &mut Agreement) {
    if let (Some(x), Some(y)) = (closed(a.days), closed(b.days)) {
        if gap(x, y) > 0 {
            return;
        }
        let length = (x.1 - x.0).max(y.1 - y.0) + 1;
        match length {
            ..=2 => found.add(6, || "same day".to_owned()),
            3..=8 => {
                found.fresh = true;
                found.add(4, || "same week".to_owned());
            }
            9..=MONTH => found.add(3, || "same month".to_owned()),
            32..=366 => found.add(1, || "same year".to_owned()),
            _ => {}
        }
        return;
    }
    // A report that gives no day is of something new, more often than not. Within a document that
    // says nothing.
    if a.document == b.document {
        return;
    }
    let gap = match (closed(a.days), closed(b.days), a.published, b.published) {
        (Some(x), None, _, Some(day)) if b.days.is_none() => day - x.1,
        (None, Some(y), Some(day), _) if a.days.is_none() => day - y.1,
        (None, None, Some(x), Some(y)) if a.days.is_none() && b.days.is_none() => (x - y).abs(),
        _ => return,
    };
    if gap <= FRESH {
        found.fresh = true;
        found.add(4, || "reported within days".to_owned());
    } else if gap <= MONTH {
        found.add(2, || "reported within a month".to_owned());
    }
}

fn places(a: &Report, b: &Report, geography: &Geography<'_>, found: &mut Agreement) {
    let shared = common(&a.places, &b.places).map(|place| (geography.extent(*place), *place));
    let Some((extent, place)) = shared.max() else { return };
    let weight = match extent {
        Extent::Building => 5,
        Extent::Town => 4,
        Extent::Area => 2,
        Extent::Country => 1,
    };
    found.anchored |= extent != Extent::Country;
    found.add(weight, || format!("same place ({})", geography.entities.entities[place].label));
}

fn people(a: &Report, b: &Report, geography: &Geography<'_>, found: &mut Agreement) {
    let (mut weight, mut names) = (0, Vec::new());
    for actor in common(&a.actors, &b.actors) {
        let entity = &geography.entities.entities[*actor];
        let hit =
            a.sufferers.binary_search(actor).is_ok() && b.sufferers.binary_search(actor).is_ok();
        let person = entity.entity_type == "person";
        found.anchored |= hit && person;
        weight += match (entity.entity_type.as_str(), hit) {
            ("person", true) => 5,
            ("person", false) => 3,
            ("country", _) => 1,
            _ => 2,
        };
        names.push(entity.label.as_str());
    }
    let person = |e: &&usize| geography.entities.entities[**e].entity_type == "person";
    let (hit_a, hit_b) = (a.sufferers.iter().find(person), b.sufferers.iter().find(person));
    if hit_a.is_some()
        && hit_b.is_some()
        && common(&a.sufferers, &b.sufferers).find(person).is_none()
    {
        // Each names its dead, and they are others: only much else can outweigh that.
        found.score = found.score.saturating_sub(8);
    }
    if !names.is_empty() {
        found.anchored |= names.len() > 1;
        names.truncate(2);
        found.add(weight.min(8), || names.join(" and "));
    }
    if let Some(weapon) = common(&a.weapons, &b.weapons).next() {
        found.add(1, || geography.entities.entities[*weapon].label.clone());
    }
}

fn numbers(a: &Report, b: &Report, found: &mut Agreement) {
    if let Some(dead) = common(&a.killed, &b.killed).last() {
        found.anchored = true;
        // Few incidents share a high toll.
        let weight = match f64::from_bits(*dead) {
            dead if dead >= 50.0 => 6,
            dead if dead >= 10.0 => 4,
            _ => 3,
        };
        found.add(weight, || "number of dead".to_owned());
    } else if let (Some(x), Some(y)) = (a.killed.last(), b.killed.last()) {
        // Tolls rise; three dead are not sixty.
        let (x, y) = (f64::from_bits(*x), f64::from_bits(*y));
        if x.max(y) > 3.0 * x.min(y) {
            found.score = found.score.saturating_sub(4);
        }
    }
    if common(&a.injured, &b.injured).next().is_some() {
        found.anchored = true;
        found.add(2, || "number of injured".to_owned());
    }
    if let Some(noun) = common(&a.hit_nouns, &b.hit_nouns).next() {
        found.add(1, || format!("{noun} hit"));
        // "a U.S. citizen": of one land and of one kind.
        if common(&a.hit_lands, &b.hit_lands).next().is_some() {
            found.anchored = true;
            found.add(2, || "of one people".to_owned());
        }
    }
}

fn kinds(a: &Report, b: &Report, geography: &Geography<'_>, found: &mut Agreement) {
    let ontology = &geography.pack.ontology;
    let (x, y) = (a.incident_type.as_str(), b.incident_type.as_str());
    let exact = !ontology.is_general(x) && !ontology.is_prospect(x);
    if x != y {
        let told = ontology.is_told_as(x, y) || ontology.is_told_as(y, x);
        found.score = found.score.saturating_add(u8::from(told));
    } else if exact {
        found.add(2, || "kind of incident".to_owned());
    } else {
        found.score = found.score.saturating_add(1);
    }
    let label = |e: &usize| geography.entities.entities[*e].label.as_str();
    let person = |e: &&usize| geography.entities.entities[**e].entity_type == "person";
    if x == y && exact && a.document == b.document {
        // One story tells once that a person was convicted, taken or poisoned.
        if let Some(hit) = common(&a.sufferers, &b.sufferers).find(person) {
            found.add(2, || format!("one story of {}", label(hit)));
        }
    }
    // A band that strikes in one way, in the news of a few days.
    if x == y && exact && found.fresh {
        let body = |e: &&usize| geography.entities.entities[**e].entity_type != "country";
        found.anchored |= common(&a.actors, &b.actors).any(|e| body(&e));
    }
}
