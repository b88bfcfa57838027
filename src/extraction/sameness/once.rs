//! What a text tells twice in other words: two events that nothing tells apart are one where neither
//! can be a third.

use rustc_hash::FxHashMap;

use crate::date::DateInterval;
use crate::extraction::again::{Again, Shared};
use crate::ontology::Ontology;
use crate::order;
use crate::pack::Pack;

use super::Novelty;
use super::cluster::Cluster;
use super::described::{alike, differ};
use super::facts::{DOERS, Facts, PLACES};
use super::retold;

/// With how many events, told before and after it, an event is compared.
const WINDOW: usize = 32;

/// How many sentences after an event a further telling of it is less likely.
const FAR: usize = 8;

/// In how many sentences a text dates what it tells first.
const LEAD: usize = 3;

/// The longest time, in days, in which one event is said to have been.
const MONTH: i64 = 31;

/// Joins events that are told twice. For every event that is joined to one told before: the first
/// telling of it, that of the one it is joined to, and what the two share.
pub(super) fn join(
    pack: &Pack,
    mut clusters: Vec<Cluster>,
) -> FxHashMap<usize, (usize, Vec<Again>)> {
    let ontology = &pack.ontology;
    let mut joined: Vec<usize> = (0..clusters.len()).collect();
    let mut shared: FxHashMap<usize, Vec<Again>> = FxHashMap::default();
    for i in 1..clusters.len() {
        let may_be = |a: usize, b: usize| clusters[a.min(b)].may_be(&clusters[a.max(b)], ontology);
        let mut near: Vec<usize> = (i.saturating_sub(WINDOW)..(i + WINDOW).min(clusters.len()))
            .filter(|c| *c != i)
            .map(|c| if c < i { root(&joined, c) } else { c })
            .collect();
        order::unique(&mut near);
        let near: Vec<usize> = near.into_iter().filter(|c| may_be(*c, i)).collect();
        let likeness =
            |a: usize, b: usize| clusters[a.min(b)].likeness(&clusters[a.max(b)], ontology);
        let told = near.iter().filter(|c| **c < i);
        let best = told.filter_map(|c| Some((likeness(*c, i)?, *c))).max();
        let Some((_, best)) = best else { continue };
        // Where it could be another event too, the text leaves open which of them is told.
        let rival = near.iter().any(|c| *c != best && !may_be(*c, best));
        if !rival {
            joined[i] = best;
            shared.insert(i, clusters[best].shares(&clusters[i], ontology));
            merge(&mut clusters, best, i);
        }
    }
    // What is still told apart is weighed.
    let open: Vec<usize> = (0..clusters.len()).filter(|c| joined[*c] == *c).collect();
    for (n, i) in open.iter().copied().enumerate() {
        let before = &open[n.saturating_sub(WINDOW)..n];
        let told: Vec<usize> = before.iter().copied().filter(|c| joined[*c] == *c).collect();
        if let Some((best, again)) = retold::best(&clusters, &told, i, pack) {
            joined[i] = best;
            shared.insert(i, again);
            merge(&mut clusters, best, i);
        }
    }
    (0..clusters.len())
        .filter(|i| joined[*i] != *i)
        .map(|i| {
            let again = shared.remove(&i).unwrap_or_default();
            (clusters[i].first, (clusters[root(&joined, i)].first, again))
        })
        .collect()
}

/// Makes one event of two. Where the second stands in the text stays known.
fn merge(clusters: &mut [Cluster], into: usize, from: usize) {
    let other = std::mem::take(&mut clusters[from]);
    clusters[from].first = other.first;
    clusters[into].absorb(other);
}

/// The event that an event was joined to.
fn root(joined: &[usize], mut event: usize) -> usize {
    while joined[event] != event {
        event = joined[event];
    }
    event
}

impl Cluster {
    /// Whether nothing tells this event from one whose telling begins later. What tells most pairs
    /// apart is asked first: in a text of one kind of event this is asked 64 times for each.
    fn may_be(&self, other: &Cluster, ontology: &Ontology) -> bool {
        if let (Some(a), Some(b)) = (&self.date, &other.date)
            && !a.overlaps(b)
        {
            return false;
        }
        if !self.tellings.iter().all(|a| other.tellings.iter().all(|b| b.may_be(a, ontology))) {
            return false;
        }
        // "has killed 2,000 people this year": a sum, of which a day's attack is a part.
        let sums = |a: &Cluster, b: &Cluster| {
            let long = |c: &Cluster| c.date.is_some_and(|d| days(&d).is_none_or(|n| n > MONTH));
            long(a) && !long(b) && b.date.is_some()
        };
        let definite = other.tellings.first().is_some_and(|first| first.definite);
        if !definite && (sums(self, other) || sums(other, self)) {
            return false;
        }
        // An event that is told again and again has many doers: the fewer are looked for.
        let turned = !self.doers.is_disjoint(&other.hit) || !other.doers.is_disjoint(&self.hit);
        // "to avenge the killing": not the deed that answers it.
        let answered = other.first_sentence == self.last_sentence
            && other.tellings.first().is_some_and(|first| first.answered);
        !turned
            && !answered
            && self.triggers.is_disjoint(&other.triggers)
            && self
                .tellings
                .iter()
                .any(|a| other.tellings.iter().any(|b| a.types_meet(b, ontology)))
    }

    /// What two events that are one share.
    fn shares(&self, other: &Cluster, ontology: &Ontology) -> Vec<Again> {
        let mut shared = Shared::default();
        shared.add(self.date.is_some() && self.date == other.date, 1, Again::Day);
        let definite = other.tellings.first().is_some_and(|first| first.definite);
        shared.add(definite, 1, Again::Definite);
        for a in &self.tellings {
            for b in &other.tellings {
                let meet = |a: &[usize], b: &[usize]| a.iter().any(|thing| b.contains(thing));
                let aims = b.aims_alike(a, ontology);
                shared.add(b.is_exactly(a, ontology), 1, Again::Kind);
                shared.add(b.same_spot(a), 1, Again::Spot);
                shared.add(aims && meet(&a.doers, &b.doers), 1, Again::Doer);
                shared.add(aims && meet(&a.bands, &b.bands), 1, Again::Band);
                shared.add(alike(&a.doers_described, &b.doers_described), 1, Again::Doer);
                shared.add(alike(&a.described, &b.described), 1, Again::HitAlike);
                shared.add(meet(&a.hit, &b.hit), 1, Again::Hit);
            }
        }
        shared.signs()
    }

    /// How much speaks for two events that nothing tells apart to be one; `None` where too little.
    fn likeness(&self, other: &Cluster, ontology: &Ontology) -> Option<i32> {
        let pairs = self
            .tellings
            .iter()
            .flat_map(|a| other.tellings.iter().map(move |b| b.likeness(a, ontology)));
        let dated = self.date.is_some() && self.date == other.date;
        // "the attack": but for its first telling it is told of what stands before it.
        let definite = other.tellings.first().is_some_and(|first| first.definite);
        // A date that comes late is of what the text looks back on.
        let looks_back = self.date.is_none()
            && other.date.is_some()
            && other.first_sentence > self.first_sentence + LEAD;
        let score = pairs.max()? + 3 * i32::from(dated) + i32::from(definite)
            - 2 * i32::from(looks_back)
            - i32::from(other.first_sentence > self.last_sentence + FAR);
        // Of what hurts nobody, many may be told in one text: acts of espionage, plans.
        let kind = other.tellings.first()?.incident_type.as_str();
        let real = other.tellings.iter().all(|telling| telling.real);
        let many = !(ontology.has_casualties(kind) && real) && !ontology.is_lawful(kind);
        (score > i32::from(many)).then_some(score)
    }
}

impl Facts {
    /// Whether nothing tells this telling from an earlier one, and neither is vague.
    fn may_be(&self, known: &Facts, ontology: &Ontology) -> bool {
        if self.novelty != Novelty::Open || known.novelty != Novelty::Open {
            return false;
        }
        if self.is_some_deeds() != known.is_some_deeds() {
            return false;
        }
        if self.is_elsewhere(known) || self.sums_others(known) || self.is_habit(known) {
            return false;
        }
        if self.count != known.count {
            return false;
        }
        if self.real != known.real {
            return false;
        }
        let share = |a: &[usize], b: &[usize]| a.iter().any(|thing| b.contains(thing));
        let disputed = self.disputed || known.disputed;
        let meet = |a: &[usize], b: &[usize]| a.is_empty() || b.is_empty() || share(a, b);
        let same_place = share(&self.places, &known.places);
        let free =
            |part: usize| PLACES.contains(&part) && same_place || DOERS.contains(&part) && disputed;
        let mut parts = self.sharp.iter().zip(&known.sharp).enumerate();
        if !parts.all(|(part, (a, b))| free(part) || meet(a, b)) {
            return false;
        }
        let kind = self.incident_type.as_str();
        // Deaths are told one by one and in sum; who is jailed or taken is told once. Somebody who
        // is introduced late is none of those told of before.
        let others = self.others_than(known) || self.described.iter().any(|d| d.new);
        if others && !ontology.incident_is_a(kind, "attack") {
            return false;
        }
        if ontology.is_lawful(kind) {
            return !self.is_act_on_others(known);
        }
        !self.is_another_deed(known, ontology)
    }

    /// Whether something tells this deed from an earlier one, unless it is an authority's act.
    fn is_another_deed(&self, known: &Facts, ontology: &Ontology) -> bool {
        if self.sometime || known.sometime {
            return true;
        }
        if let (Some(a), Some(b)) = (self.officials, known.officials)
            && a != b
        {
            return true;
        }
        let same_hit = self.hit.iter().any(|thing| known.hit.contains(thing));
        // "Seven policemen died", "nine policemen were killed".
        if !same_hit && self.others_than(known) && !self.same_spot(known) {
            return true;
        }
        if !same_hit && !self.aims_alike(known, ontology) {
            return true;
        }
        // Of one who was murdered by name, and of many, later: they are others.
        let [.., named] = &known.sharp;
        if !named.is_empty()
            && self.incident_type == known.incident_type
            && !ontology.is_general(self.incident_type.as_str())
            && known.described.is_empty()
            && self.people.is_some_and(|(least, _)| f64::from_bits(least) > named.len() as f64)
            && !same_hit
        {
            return true;
        }
        if self.hits_hostile() != known.hits_hostile() {
            return true;
        }
        matches!((self.toll, known.toll), (Some(a), Some(b))
            if tolls_differ(f64::from_bits(a), f64::from_bits(b)))
    }

    /// Whether those who did a deed, or fight, were hit: "shot the suspect".
    pub(super) fn hits_hostile(&self) -> bool {
        self.described.iter().any(|d| d.hostile)
    }

    /// "has convicted twelve people" is not the conviction of somebody who is named.
    pub(super) fn is_act_on_others(&self, known: &Facts) -> bool {
        let same_hit = self.hit.iter().any(|thing| known.hit.contains(thing));
        let named = self.named_dead() != known.named_dead();
        named && !same_hit && self.others_than(known)
    }

    /// Whether the two speak of so many people that they cannot be the same.
    pub(super) fn others_than(&self, known: &Facts) -> bool {
        let (Some(a), Some(b)) = (self.people, known.people) else { return false };
        f64::from_bits(a.1) < f64::from_bits(b.0) || f64::from_bits(b.1) < f64::from_bits(a.0)
    }

    /// Whether both name one place that is smaller than a country.
    pub(super) fn same_spot(&self, known: &Facts) -> bool {
        let spots = |f: &Facts| -> Vec<usize> {
            let named = PLACES.iter().flat_map(|kind| &f.sharp[*kind]);
            named.chain(&f.nameless_places).copied().collect()
        };
        let there = spots(known);
        spots(self).iter().any(|spot| there.contains(spot))
    }

    /// Whether this tells of the death of one, and the other of an attack on a thing.
    fn one_death(&self, other: &Facts) -> bool {
        self.people == Some((1.0_f64.to_bits(), 1.0_f64.to_bits()))
            && other.people.is_none()
            && !other.hit.is_empty()
    }

    /// Whether both are of one exact type, of which a text hardly tells twice.
    fn is_exactly(&self, known: &Facts, ontology: &Ontology) -> bool {
        let kind = self.incident_type.as_str();
        self.incident_type == known.incident_type
            && !ontology.is_general(kind)
            && (ontology.has_casualties(kind) || ontology.is_lawful(kind))
    }

    /// How much speaks for two tellings that may be of one event.
    fn likeness(&self, known: &Facts, ontology: &Ontology) -> i32 {
        let share = |a: &[usize], b: &[usize]| i32::from(a.iter().any(|thing| b.contains(thing)));
        let doers = share(&self.doers, &known.doers) + 2 * share(&self.bands, &known.bands);
        i32::from(self.is_exactly(known, ontology))
            + 2 * i32::from(self.same_spot(known))
            + if self.aims_alike(known, ontology) { doers } else { 0 }
            + i32::from(alike(&self.doers_described, &known.doers_described))
            + 3 * i32::from(alike(&self.described, &known.described))
            - i32::from(differ(&self.described, &known.described, true))
            - 2 * i32::from(differ(&self.described, &known.described, false))
            - 2 * i32::from(self.one_death(known) || known.one_death(self))
    }
}

/// Whether two numbers of dead are of two events: tolls rise, and some reports count a part.
pub(super) fn tolls_differ(a: f64, b: f64) -> bool {
    a.max(b) > 2.0 * a.min(b)
}

/// How many days an interval has; `None` where it has no first or no last.
pub(super) fn days(interval: &DateInterval) -> Option<i64> {
    let (first, last) = (interval.start?.first_day(), interval.end?.last_day());
    Some(first.days_until(last) + 1)
}
