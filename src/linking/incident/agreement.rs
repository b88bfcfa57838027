//! What two reports have in common, weighed by the pack's weights.

use super::contradiction::{MONTH, closed, contradict, gap, next_day};
use super::geography::{Extent, Geography};
use super::report::{Report, common};
use super::stories::Stories;
use crate::linking::entity::Entity;
use crate::pack::AgreementWeights;

/// How many days after an event a report of it still is news.
const FRESH: i64 = 3;

/// From this number on a counted set of one people is hardly told twice by chance.
const LARGE: f64 = 10.0;

/// What agrees in two reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Agreement {
    /// The sum of the weights of what agrees.
    pub(super) score: i32,
    /// Whether something agrees that few other incidents share: a place smaller than a country,
    /// a person that it hit, a number of victims, two actors.
    pub(super) anchored: bool,
    /// Whether their documents tell one story.
    pub(super) one_story: bool,
    /// Whether both are news of the same days.
    fresh: bool,
    /// What agrees, for people.
    pub(super) reasons: Vec<String>,
}

impl Agreement {
    fn add(&mut self, weight: i32, reason: impl FnOnce() -> String) {
        self.score += weight;
        self.reasons.push(reason());
    }

    /// Whether two reports that agree so are of one incident, whatever else is told.
    pub(super) fn suffices(&self, weights: &AgreementWeights) -> bool {
        self.anchored && self.score >= weights.enough
    }

    /// Whether they are, where nothing else fits.
    pub(super) fn suffices_alone(&self, weights: &AgreementWeights) -> bool {
        self.anchored && self.score >= weights.few
            || self.one_story && self.score >= weights.few_in_one_story
    }
}

/// What the agreement of reports is reckoned from.
pub(super) struct Comparison<'a> {
    pub(super) geography: &'a Geography<'a>,
    pub(super) stories: &'a Stories,
}

impl Comparison<'_> {
    /// What agrees in two single incidents or two sets of them; `None` where something contradicts.
    pub(super) fn agreement(&self, a: &Report, b: &Report) -> Option<Agreement> {
        if contradict(a, b, self.geography) {
            return None;
        }
        let mut found = Agreement::default();
        if a.is_set() {
            self.sets(a, b, &mut found);
            return Some(found);
        }
        self.times(a, b, &mut found);
        self.places(a, b, &mut found);
        self.people(a, b, &mut found);
        self.numbers(a, b, &mut found);
        self.kinds(a, b, &mut found);
        let weights = self.weights();
        if a.document == b.document && (a.in_headline || b.in_headline) {
            found.add(weights.headline, || "the headline tells what the story tells".to_owned());
            found.anchored = true;
        }
        if self.stories.are_one(a.document, b.document) {
            found.one_story = true;
            found.add(weights.one_story, || "both tell one story".to_owned());
        }
        Some(found)
    }

    pub(super) fn weights(&self) -> &AgreementWeights {
        &self.geography.pack.agreement
    }

    fn entity(&self, entity: usize) -> &Entity {
        &self.geography.entities.entities[entity]
    }

    fn is_person(&self, entity: usize) -> bool {
        self.entity(entity).entity_type == "person"
    }

    /// Counted sets: the number, and who stands behind or when.
    fn sets(&self, a: &Report, b: &Report, found: &mut Agreement) {
        let number = f64::from_bits(a.count.unwrap_or_default());
        if a.count != b.count || number <= 1.0 {
            return;
        }
        let one_period = || {
            a.stages.intersection(&b.stages).next().is_some()
                && closed(a.days).is_some()
                && closed(b.days).is_some()
        };
        let reason = if let Some(actor) = common(&a.actors, &b.actors).next() {
            format!("both tell of {number} and name {}", self.entity(*actor).label)
        } else if number >= LARGE && common(&a.hit_lands, &b.hit_lands).next().is_some() {
            format!("both tell of {number} of one people")
        } else if one_period() {
            format!("both tell of {number} in one period")
        } else {
            return;
        };
        found.add(self.weights().enough, || reason);
        found.anchored = true;
    }

    fn times(&self, a: &Report, b: &Report, found: &mut Agreement) {
        let weights = self.weights();
        if let (Some(x), Some(y)) = (closed(a.days), closed(b.days)) {
            if next_day(a, b) {
                found.add(weights.next_day, || "one day and the next".to_owned());
            }
            if gap(x, y) > 0 {
                return;
            }
            let length = (x.1 - x.0).max(y.1 - y.0) + 1;
            match length {
                ..=2 => found.add(weights.same_day, || "same day".to_owned()),
                3..=8 => {
                    found.fresh = true;
                    found.add(weights.same_week, || "same week".to_owned());
                }
                9..=MONTH => found.add(weights.same_month, || "same month".to_owned()),
                32..=366 => found.add(weights.same_year, || "same year".to_owned()),
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
            found.add(weights.reported_within_days, || "reported within days".to_owned());
        } else if gap <= MONTH {
            found.add(weights.reported_within_month, || "reported within a month".to_owned());
        } else {
            found.score += weights.reported_later;
        }
    }

    fn places(&self, a: &Report, b: &Report, found: &mut Agreement) {
        let shared = common(&a.places, &b.places);
        let narrowest = shared.map(|place| (self.geography.extent(*place), *place)).max();
        let weights = self.weights();
        let Some((extent, place)) = narrowest else {
            if self.geography.elsewhere(&a.places, &b.places) {
                found.score += weights.elsewhere;
            }
            return;
        };
        let weight = match extent {
            Extent::Building => weights.same_building,
            Extent::Town => weights.same_town,
            Extent::Area => weights.same_area,
            Extent::Country => weights.same_country,
        };
        found.anchored |= extent != Extent::Country;
        found.add(weight, || format!("same place ({})", self.entity(place).label));
    }

    fn people(&self, a: &Report, b: &Report, found: &mut Agreement) {
        let weights = self.weights();
        let (mut weight, mut names) = (0, Vec::new());
        for actor in common(&a.actors, &b.actors) {
            let hit = a.sufferers.binary_search(actor).is_ok()
                && b.sufferers.binary_search(actor).is_ok();
            let person = self.is_person(*actor);
            found.anchored |= hit && person;
            weight += match (self.entity(*actor).entity_type.as_str(), hit) {
                ("person", true) => weights.victim,
                ("person", false) => weights.person,
                ("country", _) => weights.country,
                _ => weights.body,
            };
            names.push(self.entity(*actor).label.as_str());
        }
        let person = |e: &&usize| self.is_person(**e);
        if a.sufferers.iter().any(|e| self.is_person(*e))
            && b.sufferers.iter().any(|e| self.is_person(*e))
            && common(&a.sufferers, &b.sufferers).find(person).is_none()
        {
            // Each names its dead, and they are others: only much else can outweigh that.
            found.score += weights.other_victims;
        }
        let body =
            |e: &usize| !matches!(self.entity(*e).entity_type.as_str(), "person" | "country");
        let bodies = |report: &Report| -> Vec<usize> {
            report.sufferers.iter().copied().filter(body).collect()
        };
        let (here, there) = (bodies(a), bodies(b));
        if !here.is_empty() && !there.is_empty() && common(&here, &there).next().is_none() {
            // Two deeds of one band in one month: each has its target.
            found.score += weights.other_targets;
        }
        if !names.is_empty() {
            found.anchored |= names.len() > 1;
            names.truncate(2);
            found.add(weight.min(weights.actors_at_most), || names.join(" and "));
        }
        if let Some(noun) = common(&a.doer_nouns, &b.doer_nouns).next() {
            found.add(weights.doers_alike, || format!("{noun} did it"));
        }
        if let Some(weapon) = common(&a.weapons, &b.weapons).next() {
            found.add(weights.weapon, || self.entity(*weapon).label.clone());
        }
    }

    fn numbers(&self, a: &Report, b: &Report, found: &mut Agreement) {
        let weights = self.weights();
        if let Some(dead) = common(&a.killed, &b.killed).last() {
            found.anchored = true;
            // Few incidents share a high toll.
            let weight = match f64::from_bits(*dead) {
                dead if dead >= 50.0 => weights.dead_from_50,
                dead if dead >= 10.0 => weights.dead_from_10,
                _ => weights.dead,
            };
            found.add(weight, || "number of dead".to_owned());
        } else if let (Some(x), Some(y)) = (a.killed.last(), b.killed.last()) {
            // Tolls rise; three dead are not sixty.
            let (x, y) = (f64::from_bits(*x), f64::from_bits(*y));
            if x.max(y) > 3.0 * x.min(y) {
                found.score += weights.dead_apart;
            }
        }
        if common(&a.injured, &b.injured).next().is_some() {
            found.anchored = true;
            found.add(weights.injured, || "number of injured".to_owned());
        }
        if let Some(noun) = common(&a.hit_nouns, &b.hit_nouns).next() {
            found.add(weights.hit_alike, || format!("{noun} hit"));
            // "a U.S. citizen": of one land and of one kind.
            if common(&a.hit_lands, &b.hit_lands).next().is_some() {
                found.anchored = true;
                found.add(weights.hit_of_one_people, || "of one people".to_owned());
            }
        }
        if let Some((number, noun)) = common(&a.hit_counted, &b.hit_counted).next() {
            let number = f64::from_bits(*number);
            found.add(weights.hit_counted_alike, || format!("{number} of one kind hit ({noun})"));
        }
    }

    fn kinds(&self, a: &Report, b: &Report, found: &mut Agreement) {
        let (weights, ontology) = (self.weights(), &self.geography.pack.ontology);
        let (x, y) = (a.incident_type.as_str(), b.incident_type.as_str());
        let exact = !ontology.is_general(x) && !ontology.is_prospect(x);
        if x != y {
            let told = ontology.is_told_as(x, y) || ontology.is_told_as(y, x);
            found.score += i32::from(told) * weights.told_as;
        } else if exact {
            found.add(weights.same_kind, || "kind of incident".to_owned());
        } else {
            found.score += weights.same_general_kind;
        }
        if x == y && exact && a.document == b.document {
            // One story tells once that a person was convicted, taken or poisoned.
            let person = |e: &&usize| self.is_person(**e);
            if let Some(hit) = common(&a.sufferers, &b.sufferers).find(person) {
                let label = &self.entity(*hit).label;
                found.add(weights.one_person, || format!("one story of {label}"));
            }
        }
        // A band that strikes in one way, in the news of a few days.
        if x == y && exact && found.fresh {
            let body = |e: &&usize| self.entity(**e).entity_type != "country";
            found.anchored |= common(&a.actors, &b.actors).any(|e| body(&e));
        }
    }
}
