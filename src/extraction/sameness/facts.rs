//! What one telling says of its event, as numbers that two tellings share where they speak of the
//! same.

use crate::coreference::CoreferenceChain;
use crate::extraction::IncidentMention;
use crate::extraction::relations::chain_table;
use crate::mention::{Mention, MentionForm};
use crate::ontology::{IncidentType, Ontology, Role, Stage, Stance};
use crate::span::MentionId;

use super::Telling;

/// A number for each thing that mentions refer to: their chain, or themselves where they are in none.
pub(super) struct Things {
    chain_of: Vec<usize>,
}

impl Things {
    pub(super) fn new(mentions: &[Mention], chains: &[CoreferenceChain]) -> Self {
        Self { chain_of: chain_table(mentions.len(), chains) }
    }

    pub(super) fn of(&self, mention: MentionId) -> usize {
        match self.chain_of.get(mention.index()) {
            Some(chain) if *chain != usize::MAX => *chain,
            _ => usize::MAX / 2 + mention.index(),
        }
    }
}

/// Where named places and named doers stand in [`Facts::sharp`].
const PLACES: usize = 0;
const DOERS: usize = 1;

/// The least number of dead that tells one incident of a text from another.
const TOLL: f64 = 4.0;

/// What an incident tells that another telling can share or contradict. Two tellings with the same
/// facts contradict the same tellings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Facts {
    pub(super) incident_type: IncidentType,
    /// The trigger does not say which type of incident it was.
    pub(super) general: bool,
    /// How many incidents, as bits of the number.
    pub(super) count: Option<u64>,
    /// How many dead, as bits of the number, where it is exact.
    pub(super) killed: Option<u64>,
    /// How many dead, as bits of the number, where they are so many that the number tells the
    /// incident from others of the text.
    pub(super) toll: Option<u64>,
    /// Whether it happened.
    pub(super) real: bool,
    pub(super) places: Vec<usize>,
    pub(super) doers: Vec<usize>,
    /// Victims and targets.
    pub(super) hit: Vec<usize>,
    pub(super) weapons: Vec<usize>,
    /// The weapons that are no names of a make.
    pub(super) plain_weapons: Vec<usize>,
    named_hit: Vec<usize>,
    /// Whether it is alleged or denied.
    pub(super) disputed: bool,
    /// Places that have no name: "the building" may be in the town that another telling names.
    nameless_places: Vec<usize>,
    /// What tells one event from another: named places but for countries, named doers, named
    /// targets, people by name.
    sharp: [Vec<usize>; 4],
}

impl Facts {
    pub(super) fn new(
        incident: &IncidentMention,
        telling: &Telling,
        mentions: &[Mention],
        things: &Things,
    ) -> Self {
        let of = |roles: &[Role], suits: &dyn Fn(&Mention) -> bool| -> Vec<usize> {
            let with = incident.arguments.iter().filter(|(role, _)| roles.contains(role));
            let suiting = with.filter(|(_, m)| suits(&mentions[m.index()]));
            let mut found: Vec<usize> = suiting.map(|(_, m)| things.of(*m)).collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let any = |_: &Mention| true;
        let name = |m: &Mention| m.form == MentionForm::Name;
        let (weapon, hit) = ([Role::Weapon], [Role::Victim, Role::Target]);
        let killed = incident.killed.as_ref().filter(|q| q.min.is_none() && !q.approximate);
        Self {
            incident_type: incident.incident_type.clone(),
            general: telling.general,
            count: incident.count.as_ref().map(|q| q.value.to_bits()),
            killed: killed.map(|q| q.value.to_bits()),
            toll: incident.killed.as_ref().filter(|q| q.value >= TOLL).map(|q| q.value.to_bits()),
            real: matches!(incident.stage, Stage::Occurred | Stage::Ongoing),
            places: of(&[Role::Place], &any),
            doers: of(&[Role::Perpetrator], &any),
            hit: of(&hit, &any),
            weapons: of(&weapon, &any),
            plain_weapons: of(&weapon, &|m| !name(m)),
            named_hit: of(&hit, &name),
            disputed: matches!(incident.stance, Stance::Alleged | Stance::Denied),
            nameless_places: of(&[Role::Place], &|m| !name(m) && m.entity_type != "country"),
            sharp: [
                of(&[Role::Place], &|m| name(m) && m.entity_type != "country"),
                of(&[Role::Perpetrator], &name),
                of(&[Role::Target], &name),
                of(&[Role::Victim], &|m| name(m) && m.entity_type == "person"),
            ],
        }
    }

    /// Whether the types of two tellings may be of one event.
    pub(super) fn types_meet(&self, known: &Facts, ontology: &Ontology) -> bool {
        let (a, b) = (known.incident_type.as_str(), self.incident_type.as_str());
        if ontology.may_be_one(a, b) {
            return true;
        }
        // "attack", "killed" say too little to be another kind of event than a bombing.
        let attack = |t: &str| ontology.incident_is_a(t, "attack");
        attack(a) && attack(b) && (self.general || known.general)
    }

    /// Whether nothing contradicts what was told before. `one` says that what was planned and what
    /// happened may be one: they share a weapon, or a court decides and carries out.
    pub(super) fn agree(&self, known: &Facts, telling: &Telling, one: bool) -> bool {
        let same_set = telling.definite && telling.plural && self.count.is_none();
        if known.count != self.count && !same_set {
            return false;
        }
        if known.real != self.real && !one && (!telling.definite || self.hits_others(known)) {
            return false;
        }
        if let (Some(a), Some(b)) = (known.killed, self.killed)
            && (f64::from_bits(a) - f64::from_bits(b)).abs() > 0.5
            && !telling.definite
        {
            return false;
        }
        // The two share a filler, or one of them has none that tells events apart.
        let meet = |a: &[usize], b: &[usize]| {
            a.is_empty() || b.is_empty() || a.iter().any(|thing| b.contains(thing))
        };
        let places_named = |facts: &Facts| !facts.sharp[PLACES].is_empty();
        let same_place = self.places.iter().any(|place| known.places.contains(place));
        // "Kyiv denied any part in the attack": whose deed it was is what they differ on.
        let disputed = telling.definite && self.disputed;
        let free = |part: usize| part == PLACES && same_place || part == DOERS && disputed;
        let mut parts = self.sharp.iter().zip(&known.sharp).enumerate();
        parts.all(|(part, (a, b))| free(part) || meet(a, b))
            && (same_place
                || places_named(self) != places_named(known)
                || meet(&self.nameless_places, &known.nameless_places))
    }

    /// Whether somebody named was hit whom the other telling does not name: "the death of X" is not
    /// the killing of others that somebody plans.
    fn hits_others(&self, known: &Facts) -> bool {
        self.named_hit.iter().any(|thing| !known.hit.contains(thing))
    }
}
