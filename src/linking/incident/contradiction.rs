//! What in two reports contradicts.

use super::geography::Geography;
use super::report::{Report, common};

/// A month in days, at its longest.
pub(super) const MONTH: i64 = 31;

/// A week and a year in days, at their longest.
const WEEK: i64 = 8;
const YEAR: i64 = 366;

/// The days of an interval that has both its ends.
pub(super) fn closed(days: Option<(i64, i64)>) -> Option<(i64, i64)> {
    days.filter(|(first, last)| *first != i64::MIN && *last != i64::MAX)
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
        (Some(x), Some(y)) if gap(x, y) > 0 && !one_case(a, b, geography) && !next_day(a, b) => {
            return true;
        }
        // Nobody reports what has not happened yet.
        (Some(x), None) if b.real && b.published.is_some_and(|day| day + 1 < x.0) => return true,
        (None, Some(y)) if a.real && a.published.is_some_and(|day| day + 1 < y.0) => return true,
        _ => {}
    }
    // "killed since 2012": a sum of years is no day's attack.
    if is_sum(a) && is_of_days(b) || is_sum(b) && is_of_days(a) {
        return true;
    }
    geography.apart(&a.places, &b.places)
}

/// Whether a report is of more than a year that has both its ends: what was done in it is a sum.
fn is_sum(report: &Report) -> bool {
    closed(report.days).is_some_and(|(first, last)| last - first > YEAR)
}

/// Whether a report is of a few days.
fn is_of_days(report: &Report) -> bool {
    closed(report.days).is_some_and(|(first, last)| last - first < WEEK)
}

/// From this number on two incidents of two days hardly have the same number of dead.
const TOLL: f64 = 10.0;

/// Whether one report has the day after the other's, and the same number of dead: who writes of an
/// evening's attack in the morning may give either day.
pub(super) fn next_day(a: &Report, b: &Report) -> bool {
    let (Some(x), Some(y)) = (closed(a.days), closed(b.days)) else { return false };
    gap(x, y) == 1
        && x.1 - x.0 <= 1
        && y.1 - y.0 <= 1
        && common(&a.killed, &b.killed).any(|dead| f64::from_bits(*dead) >= TOLL)
}

/// How many days lie between two intervals; none or less where they overlap.
pub(super) fn gap(x: (i64, i64), y: (i64, i64)) -> i64 {
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
