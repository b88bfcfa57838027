//! One event and what is known of it from all its tellings so far.

use rustc_hash::FxHashSet;

use crate::date::DateInterval;
use crate::extraction::IncidentMention;
use crate::extraction::again::{Again, Shared};
use crate::mention::{Mention, MentionForm};
use crate::ontology::{Ontology, Role};
use crate::span::Span;

use super::described::alike;
use super::facts::Facts;
use super::{Novelty, Telling};

/// How many sentences back a definite noun without detail may point.
pub(super) const ANAPHOR_REACH: usize = 12;

/// How many sentences back it may point where it tells more of the event than was told.
const ADDING_REACH: usize = 3;

/// How many different tellings of an event a further one is compared with.
const TELLINGS: usize = 64;

/// What is known of one event from all its tellings so far.
#[derive(Debug, Default)]
pub(super) struct Cluster {
    /// The incident that told it first.
    pub(super) first: usize,
    /// The sentence that told it first.
    pub(super) first_sentence: usize,
    /// The sentence that told it last.
    pub(super) last_sentence: usize,
    /// The blocks of the text that tell it.
    pub(super) blocks: FxHashSet<u32>,
    pub(super) date: Option<DateInterval>,
    /// What its tellings say, each once.
    pub(super) tellings: Vec<Facts>,
    pub(super) triggers: FxHashSet<Span>,
    pub(super) places: FxHashSet<usize>,
    pub(super) doers: FxHashSet<usize>,
    pub(super) hit: FxHashSet<usize>,
    pub(super) weapons: FxHashSet<usize>,
}

impl Cluster {
    /// An event that an incident will be the first to tell.
    pub(super) fn new(first: usize, first_sentence: usize) -> Self {
        Self { first, first_sentence, ..Self::default() }
    }

    /// Adds a telling.
    pub(super) fn join(&mut self, incident: &IncidentMention, telling: &Telling, facts: &Facts) {
        self.last_sentence = telling.sentence;
        self.blocks.insert(telling.block);
        self.date = self.date.or(incident.date);
        self.triggers.insert(incident.trigger);
        self.places.extend(&facts.places);
        self.doers.extend(&facts.doers);
        self.hit.extend(&facts.hit);
        self.weapons.extend(&facts.weapons);
        if self.tellings.len() < TELLINGS && !self.tellings.contains(facts) {
            self.tellings.push(facts.clone());
        }
    }

    /// What the text gives to say that an incident is this event, and how strongly; `None` where it may not be, or
    /// nothing says so.
    pub(super) fn score(
        &self,
        ontology: &Ontology,
        mentions: &[Mention],
        incident: &IncidentMention,
        telling: &Telling,
        facts: &Facts,
    ) -> Option<Shared> {
        let exact = self.tellings.iter().any(|known| known.incident_type == facts.incident_type);
        // Two deeds of one plan are two.
        let deed = |f: &Facts| !ontology.is_prospect(f.incident_type.as_str());
        let deeds = deed(facts) && self.tellings.iter().any(deed);
        let mut compared = self.tellings.iter().filter(|known| !deeds || deed(known));
        let typed = exact || compared.any(|known| facts.types_meet(known, ontology));
        let shares = |known: &FxHashSet<usize>, told: &[usize]| {
            told.iter().any(|thing| known.contains(thing))
        };
        // "A bomb left at the bank was defused": one bomb, whatever came of it.
        let weapon = shares(&self.weapons, &facts.plain_weapons);
        let lawful = ontology.is_lawful(incident.incident_type.as_str());
        let one = weapon || lawful;
        // "expelled two Italians and two Finns": one word tells of both.
        if !typed
            || telling.novelty == Novelty::Beside
            || telling.answered && self.last_sentence == telling.sentence
            || self.triggers.contains(&incident.trigger)
            || !self.tellings.iter().all(|known| facts.agree(known, telling, one))
        {
            return None;
        }
        if let (Some(a), Some(b)) = (&self.date, &incident.date)
            && !a.overlaps(b)
        {
            return None;
        }
        let hit = shares(&self.hit, &facts.hit);
        let place = shares(&self.places, &facts.places);
        let doer = shares(&self.doers, &facts.doers);
        let dated = self.date.is_some() && self.date == incident.date;
        // "killing at least 59 people" and, further on, "the death toll of 59".
        let toll = facts.toll.is_some() && self.tellings.iter().any(|k| k.toll == facts.toll);
        // "kidnapped three women" and, further on, "took the three women": nobody knows them by
        // name. The gunmen of whom a text tells one deed did that.
        let like = self.tellings.iter().any(|known| alike(&known.described, &facts.described));
        let band = self.tellings.iter().any(|known| {
            known.bands.iter().any(|doer| facts.bands.contains(doer))
                && known.aims_alike(facts, ontology)
        });
        let planned = !facts.real && self.tellings.iter().all(|known| !known.real);
        let near = telling.sentence.saturating_sub(self.last_sentence);
        // "to avenge the killing of their leader": a noun that names another dead is no pointer.
        let another = !hit && !self.hit.is_empty() && facts.one_other_dead(&self.tellings);
        let anaphor =
            telling.definite && near <= ANAPHOR_REACH && incident.count.is_none() && !another;
        let follows =
            (telling.bare_harm && !facts.named_dead() || telling.needs_event) && near <= 1;
        // "two soldiers died" again, a few sentences on
        let same_dead = telling.bare_harm
            && near <= ADDING_REACH
            && facts.killed.is_some()
            && self.tellings.iter().any(|known| known.killed == facts.killed);
        let bare = incident.arguments.iter().all(|(role, _)| *role == Role::Time);
        // "four people were killed in the attack": tells only what was not told before.
        let adds = near <= ADDING_REACH
            && incident.arguments.iter().all(|(role, mention)| match role {
                Role::Time | Role::Weapon | Role::Supporter | Role::Disruptor => true,
                // Whose deed it was is what a denial is about.
                Role::Perpetrator => self.doers.is_empty() || facts.disputed,
                Role::Place => self.places.is_empty(),
                Role::Victim => mentions[mention.index()].form == MentionForm::Nominal,
                Role::Target => self.hit.is_empty(),
            });
        // "a second blast", "two weeks later": only what it shares with the first can make them one.
        let same_hit = hit || weapon || toll || like;
        if (telling.novelty == Novelty::Other || facts.sometime && !telling.definite) && !same_hit {
            return None;
        }
        // Two sanctions of one office in a row are two, if they name whom they hit.
        let others = lawful && !self.hit.is_empty() && !facts.hit.is_empty() && !same_hit;
        let points =
            anaphor && (bare || adds || telling.needs_event || hit || place || doer || exact);
        let mut shared = Shared::default();
        shared.add(hit, 4, Again::Hit);
        shared.add(like && typed, 3, Again::HitAlike);
        shared.add(band, 2, Again::Band);
        shared.add(weapon, 4, Again::Weapon);
        shared.add(toll, 4, Again::Toll);
        shared.add(doer && near <= 2 && planned, 2, Again::Doer);
        shared.add(place && (dated || doer || exact), 3, Again::Place);
        shared.add(doer && (dated || exact && near <= 2) && !others, 2, Again::Doer);
        shared.add(dated && (exact || anaphor), 2, Again::Day);
        shared.add(points, 2, Again::Definite);
        shared.add(same_dead, 2, Again::Dead);
        shared.add(follows, 1, Again::Follows);
        if shared.score == 0 {
            return None;
        }
        let alike = self.tellings.iter().all(|known| known.real == facts.real);
        shared.score += u32::from(exact) + u32::from(alike);
        Some(shared)
    }

    /// Takes in what is told of an event that is this one.
    pub(super) fn absorb(&mut self, other: Cluster) {
        self.last_sentence = self.last_sentence.max(other.last_sentence);
        self.blocks.extend(other.blocks);
        self.date = self.date.or(other.date);
        self.triggers.extend(other.triggers);
        self.places.extend(other.places);
        self.doers.extend(other.doers);
        self.hit.extend(other.hit);
        self.weapons.extend(other.weapons);
        for facts in other.tellings {
            if self.tellings.len() < TELLINGS && !self.tellings.contains(&facts) {
                self.tellings.push(facts);
            }
        }
    }
}
