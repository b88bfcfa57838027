//! Which event told before a telling most likely tells again: signs for and against, weighed by the
//! pack's weights (`retelling.toml`).

use crate::extraction::again::{Again, Shared};
use crate::ontology::Ontology;
use crate::pack::{Pack, RetellingWeights};

use super::Novelty;
use super::cluster::Cluster;
use super::described::alike;
use super::facts::{DOERS, Facts, PLACES};
use super::once::{days, tolls_differ};

/// In how many sentences a text tells its news first.
const LEAD: usize = 2;

/// How many sentences after an event a text looks back on others.
const LATER: usize = 3;

/// The longest time, in days, that a text gives for one event whose day it knows.
const WEEK: i64 = 8;

/// How far numbers of dead of one event may lie apart.
const TENFOLD: f64 = 10.0;

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
    let fits = |c: &usize| clusters[*c].may_be_told_by(later, ontology);
    let candidates: Vec<usize> = told.iter().copied().filter(fits).collect();
    // The one of which most was told; the earlier one of two.
    let main = candidates.iter().max_by_key(|c| (clusters[**c].tellings.len(), usize::MAX - **c));
    let last = candidates.last();
    let only = candidates.len() == 1;
    let weighed = candidates.iter().map(|c| {
        let mut signs = Signs::default();
        signs.see(only, weights.only_one, Some(Again::Only));
        signs.see(last == Some(c), weights.last_told, None);
        signs.see(main == Some(c), weights.most_told, Some(Again::Main));
        clusters[*c].signs(later, ontology, weights, &mut signs);
        (signs, *c)
    });
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
    /// Whether no names, days or words of the text tell this event from one told later.
    fn may_be_told_by(&self, later: &Cluster, ontology: &Ontology) -> bool {
        let dates = match (&self.date, &later.date) {
            (Some(a), Some(b)) => a.overlaps(b),
            _ => true,
        };
        let pairs =
            || self.tellings.iter().flat_map(|a| later.tellings.iter().map(move |b| (a, b)));
        let turned = self.doers.iter().any(|doer| later.hit.contains(doer))
            || later.doers.iter().any(|doer| self.hit.contains(doer));
        dates
            && !turned
            && self.triggers.is_disjoint(&later.triggers)
            && pairs().any(|(a, b)| a.types_meet(b, ontology))
            && pairs().all(|(a, b)| a.real == b.real && !a.is_apart_from(b))
    }

    /// Sees what speaks for and against a later event being this one.
    fn signs(
        &self,
        later: &Cluster,
        ontology: &Ontology,
        weights: &RetellingWeights,
        signs: &mut Signs,
    ) {
        let Some(first) = later.tellings.first() else { return };
        let any = |meet: &dyn Fn(&Facts, &Facts) -> bool| {
            self.tellings.iter().any(|a| later.tellings.iter().any(|b| meet(a, b)))
        };
        let share = |a: &[usize], b: &[usize]| a.iter().any(|thing| b.contains(thing));
        let both = |a: &[usize], b: &[usize]| !a.is_empty() && !b.is_empty();
        let long = |c: &Cluster| c.date.is_some_and(|d| days(&d).is_none_or(|n| n > WEEK));
        let lead = self.first_sentence == 0 && later.first_sentence <= LEAD;
        let next = later.first_sentence == self.last_sentence + 1;
        let looks_back = self.date.is_none()
            && later.date.is_some()
            && later.first_sentence > self.first_sentence + LATER;
        let general =
            any(&|a, b| a.incident_type == b.incident_type && ontology.is_general(a.kind()));
        let hit = any(&|a, b| share(&a.hit, &b.hit));
        let called = any(&|a, b| a.called.iter().any(|word| b.called.contains(word)));
        let dead = any(&|a, b| a.dead.is_some() && a.dead == b.dead);

        signs.see(lead, weights.lead, Some(Again::Lead));
        signs.see(next, weights.next_sentence, Some(Again::Next));
        signs.see(general, weights.same_general_kind, None);
        signs.see(hit, weights.same_hit, Some(Again::Hit));
        signs.see(
            any(&|a, b| alike(&a.described, &b.described)),
            weights.hit_alike,
            Some(Again::HitAlike),
        );
        signs.see(called, weights.called_alike, Some(Again::Called));
        signs.see(dead, weights.same_dead, Some(Again::Dead));
        signs.see(any(&|a, b| a.bare_harm != b.bare_harm), weights.harm_of_deed, Some(Again::Harm));
        signs.see(self.tellings.iter().all(|t| t.noun), weights.told_by_noun, None);
        signs.see(first.noun, weights.noun, None);
        let nobody = first.doers.is_empty() && first.hit.is_empty() && first.places.is_empty();
        signs.see(nobody, weights.nobody, None);
        let whole = !first.noun && !first.doers.is_empty() && !first.hit.is_empty();
        signs.see(whole, weights.whole, None);
        signs.see(ontology.is_lawful(first.kind()), weights.lawful, None);
        signs.see(looks_back, weights.looks_back, None);
        signs.see(long(later) && !long(self), weights.long_time, None);
        let elsewhere = any(&|a, b| both(&a.places, &b.places) && !share(&a.places, &b.places));
        signs.see(elsewhere, weights.other_place, None);
        let others = any(&|a, b| !share(&a.hit, &b.hit) && b.others_than(a) && !b.same_spot(a));
        signs.see(others, weights.other_people, None);
        signs.see(any(&|a, b| a.count != b.count), weights.other_count, None);
        signs.see(any(&|a, b| a.is_some_deeds() != b.is_some_deeds()), weights.some, None);
        let offices = any(&|a, b| a.officials.is_some_and(|x| b.officials.is_some_and(|y| x != y)));
        signs.see(offices, weights.other_office, None);
    }
}

impl Facts {
    fn kind(&self) -> &str {
        self.incident_type.as_str()
    }

    /// Whether names or words tell two tellings apart: both name their town, or the body that did it,
    /// and they are others; one is told as done beside another deed.
    fn is_apart_from(&self, later: &Facts) -> bool {
        let share = |a: &[usize], b: &[usize]| a.iter().any(|thing| b.contains(thing));
        let same_place = share(&self.places, &later.places);
        let disputed = self.disputed || later.disputed;
        let free =
            |part: usize| PLACES.contains(&part) && same_place || DOERS.contains(&part) && disputed;
        let named = PLACES.into_iter().chain(DOERS);
        let apart = named.filter(|part| !free(*part)).any(|part| {
            let (a, b) = (&self.sharp[part], &later.sharp[part]);
            !a.is_empty() && !b.is_empty() && !share(a, b)
        });
        let both = |a: Option<u64>, b: Option<u64>, apart: fn(f64, f64) -> bool| {
            a.zip(b).is_some_and(|(a, b)| apart(f64::from_bits(a), f64::from_bits(b)))
        };
        let tolls = both(self.toll, later.toll, tolls_differ)
            || both(self.dead, later.dead, |a, b| a.max(b) > TENFOLD * a.min(b));
        let beside = [self, later].iter().any(|telling| telling.novelty == Novelty::Beside);
        apart || tolls || beside
    }

    /// "attacks" of which neither a number nor anything else is told.
    pub(super) fn is_some_deeds(&self) -> bool {
        let nothing = self.count.is_none() && self.hit.is_empty() && self.places.is_empty();
        self.plural && !self.definite && nothing
    }
}
