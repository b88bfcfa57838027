//! Which event told before a telling most likely tells again: signs for and against, weighed by the
//! pack's weights (`retelling.toml`), where nothing rules it out.

use crate::extraction::again::{Again, Shared};
use crate::ontology::Ontology;
use crate::pack::{Pack, RetellingWeights};

use super::Novelty;
use super::cluster::Cluster;
use super::described::{alike, numbers_differ, told_apart};
use super::facts::{DOERS, Facts, PLACES};
use super::once::{days, tolls_differ};

/// In how many sentences a text tells its news first.
const LEAD: usize = 2;

/// How many sentences after an event a text looks back on others.
const LATER: usize = 3;

/// The longest time, in days, that a text gives for one event whose day it knows.
const WEEK: i64 = 8;

/// The event among `told`, events that stand before event `event`, that it tells again, and what says
/// so; `None` where no event is likely enough.
pub(super) fn best(
    clusters: &[Cluster],
    told: &[usize],
    event: usize,
    pack: &Pack,
) -> Option<(usize, Vec<Again>)> {
    let (weights, ontology) = (&pack.retelling, &pack.ontology);
    let later = &clusters[event];
    let fits = told.iter().filter(|c| clusters[**c].may_be_told_by(later, ontology));
    let weighed = fits.map(|c| (clusters[*c].signs(later, ontology, weights), *c));
    let (signs, best) = weighed.max_by_key(|(signs, c)| (signs.sum, *c))?;
    (signs.sum >= weights.enough).then(|| (best, signs.shared.signs()))
}

/// The weight of the signs that were seen, and those that are a reason.
#[derive(Clone, Copy, Debug, Default)]
struct Signs {
    sum: i32,
    shared: Shared,
}

impl Signs {
    fn see(&mut self, there: bool, weight: i32, reason: Option<Again>) {
        if there {
            self.sum += weight;
            if let Some(reason) = reason {
                self.shared.add(true, 1, reason);
            }
        }
    }
}

impl Cluster {
    /// Whether nothing tells this event from one told later: no names, days, numbers or words of the
    /// text, and not where the two stand in it.
    fn may_be_told_by(&self, later: &Cluster, ontology: &Ontology) -> bool {
        let dates = match (&self.date, &later.date) {
            (Some(a), Some(b)) => a.overlaps(b),
            _ => true,
        };
        // What is told in one sentence and is no part of the same deed is another: what it answers,
        // what followed. Of the same doers surer rules have told already what is one.
        dates
            && self.last_sentence != later.first_sentence
            && self.triggers.is_disjoint(&later.triggers)
            && self.doers.is_disjoint(&later.doers)
            && self.doers.is_disjoint(&later.hit)
            && self.hit.is_disjoint(&later.doers)
            && self.pairs(later).any(|(a, b)| a.types_meet(b, ontology))
            && self.pairs(later).all(|(a, b)| !a.is_apart_from(b, ontology))
            && !self.is_another_story(later)
    }

    fn pairs<'c>(&'c self, later: &'c Cluster) -> impl Iterator<Item = (&'c Facts, &'c Facts)> {
        self.tellings.iter().flat_map(|a| later.tellings.iter().map(move |b| (a, b)))
    }

    /// Whether both are told at the head of the text.
    fn leads_to(&self, later: &Cluster) -> bool {
        self.first_sentence == 0 && later.first_sentence <= LEAD
    }

    /// Whether the two have nothing to do with one another: each hit something else, or a paragraph of
    /// its own tells it.
    fn is_another_story(&self, later: &Cluster) -> bool {
        let hit_others = !self.hit.is_empty() && !later.hit.is_empty();
        let by_verb = later.tellings.first().is_some_and(|first| !first.noun);
        let paragraph = by_verb && self.blocks.is_disjoint(&later.blocks);
        // What a text tells first it tells again in other words, unless they are of others.
        let lead = self.leads_to(later) && !self.pairs(later).any(|(a, b)| a.hits_others_than(b));
        (hit_others || paragraph) && !lead && !self.has_part_of(later)
    }

    /// Whether anything with a part in the one has a part in the other, or is called like it.
    fn has_part_of(&self, later: &Cluster) -> bool {
        self.date.is_some() && self.date == later.date
            || !self.hit.is_disjoint(&later.hit)
            || !self.places.is_disjoint(&later.places)
            || !self.weapons.is_disjoint(&later.weapons)
            || self.pairs(later).any(|(a, b)| {
                a.called_like(b)
                    || a.bare_harm != b.bare_harm
                    || a.dead.is_some() && a.dead == b.dead
                    || alike(&a.described, &b.described)
                    || alike(&a.doers_described, &b.doers_described)
            })
    }

    /// What speaks for and against a later event being this one.
    fn signs(&self, later: &Cluster, ontology: &Ontology, weights: &RetellingWeights) -> Signs {
        let mut signs = Signs::default();
        let Some(first) = later.tellings.first() else { return signs };
        let any =
            |meet: &dyn Fn(&Facts, &Facts) -> bool| self.pairs(later).any(|(a, b)| meet(a, b));
        let long = |c: &Cluster| c.date.is_some_and(|d| days(&d).is_none_or(|n| n > WEEK));
        let general =
            any(&|a, b| a.incident_type == b.incident_type && ontology.is_general(a.kind()));
        let looks_back = self.date.is_none()
            && later.date.is_some()
            && later.first_sentence > self.first_sentence + LATER;
        let elsewhere = !self.places.is_empty()
            && !later.places.is_empty()
            && self.places.is_disjoint(&later.places);
        let whole = !first.noun && !first.doers.is_empty() && !first.hit.is_empty();
        let hit_alike = any(&|a, b| alike(&a.described, &b.described));

        signs.see(self.leads_to(later), weights.lead, Some(Again::Lead));
        signs.see(general, weights.same_general_kind, Some(Again::Kind));
        signs.see(!self.hit.is_disjoint(&later.hit), weights.same_hit, Some(Again::Hit));
        signs.see(hit_alike, weights.hit_alike, Some(Again::HitAlike));
        signs.see(any(&Facts::called_like), weights.called_alike, Some(Again::Called));
        signs.see(ontology.is_lawful(first.kind()), weights.lawful, Some(Again::Kind));
        signs.see(self.tellings.iter().all(|t| t.noun), weights.told_by_noun, None);
        signs.see(first.noun, weights.noun, None);
        signs.see(whole, weights.whole, None);
        signs.see(looks_back, weights.looks_back, None);
        signs.see(long(later) && !long(self), weights.long_time, None);
        signs.see(elsewhere, weights.other_place, None);
        signs
    }
}

impl Facts {
    fn kind(&self) -> &str {
        self.incident_type.as_str()
    }

    /// Whether some that have the same part in the two are called alike.
    fn called_like(&self, other: &Facts) -> bool {
        let sides = self.called.iter().zip(&other.called);
        sides.into_iter().any(|(a, b)| a.iter().any(|word| b.contains(word)))
    }

    /// Whether those and that which the two hit are told of as others: more or fewer, others by name, or
    /// somebody who is introduced late.
    fn hits_others_than(&self, later: &Facts) -> bool {
        let introduced = self.named_dead() && later.described.iter().any(|d| d.person && d.new);
        introduced
            || self.named_dead() && later.named_dead()
            || later.others_than(self)
            || told_apart(&self.described, &later.described)
    }

    /// Whether names, numbers or words tell two tellings apart.
    fn is_apart_from(&self, later: &Facts, ontology: &Ontology) -> bool {
        let differ = |a: Option<u64>, b: Option<u64>| a.is_some() && b.is_some() && a != b;
        let tolls = self
            .toll
            .zip(later.toll)
            .is_some_and(|(a, b)| tolls_differ(f64::from_bits(a), f64::from_bits(b)));
        let doers = self.officials.is_some()
            && later.officials.is_some()
            && self.officials != later.officials;
        self.real != later.real
            || self.count != later.count
            || differ(self.dead, later.dead)
            || tolls
            || doers
            || [self, later].iter().any(|telling| {
                telling.novelty != Novelty::Open || telling.sometime || telling.answered
            })
            || later.described.iter().any(|d| d.another)
            || numbers_differ(&self.doers_described, &later.doers_described, true)
            || numbers_differ(&self.weapons_described, &later.weapons_described, false)
            || self.is_some_deeds() != later.is_some_deeds()
            || later.is_elsewhere(self)
            || later.sums_others(self)
            || later.is_habit(self)
            || later.is_act_on_others(self) && ontology.is_lawful(later.kind())
            || self.hits_hostile() != later.hits_hostile() && !ontology.is_lawful(later.kind())
            || self.names_others_than(later)
            || !later.aims_alike(self, ontology)
    }

    /// Whether both name their town, or the body that did it, and they are others.
    fn names_others_than(&self, later: &Facts) -> bool {
        let share = |a: &[usize], b: &[usize]| a.iter().any(|thing| b.contains(thing));
        let same_place = share(&self.places, &later.places);
        let disputed = self.disputed || later.disputed;
        let free =
            |part: usize| PLACES.contains(&part) && same_place || DOERS.contains(&part) && disputed;
        PLACES.into_iter().chain(DOERS).filter(|part| !free(*part)).any(|part| {
            let (a, b) = (&self.sharp[part], &later.sharp[part]);
            !a.is_empty() && !b.is_empty() && !share(a, b)
        })
    }

    /// "attacks" of which neither a number nor anything else is told.
    pub(super) fn is_some_deeds(&self) -> bool {
        let nothing = self.count.is_none() && self.hit.is_empty() && self.places.is_empty();
        self.plural && !self.definite && nothing
    }
}
