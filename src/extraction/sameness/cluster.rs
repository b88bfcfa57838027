//! One event and what is known of it from all its tellings so far.

use rustc_hash::FxHashSet;

use crate::date::DateInterval;
use crate::extraction::IncidentMention;
use crate::mention::{Mention, MentionForm};
use crate::ontology::{Ontology, Role};
use crate::span::Span;

use super::Telling;
use super::facts::Facts;

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
    /// The sentence that told it last.
    pub(super) last_sentence: usize,
    pub(super) date: Option<DateInterval>,
    /// What its tellings say, each once.
    tellings: Vec<Facts>,
    triggers: FxHashSet<Span>,
    places: FxHashSet<usize>,
    doers: FxHashSet<usize>,
    hit: FxHashSet<usize>,
    weapons: FxHashSet<usize>,
}

impl Cluster {
    /// An event that an incident will be the first to tell.
    pub(super) fn new(first: usize) -> Self {
        Self { first, ..Self::default() }
    }

    /// Adds a telling.
    pub(super) fn join(&mut self, incident: &IncidentMention, telling: &Telling, facts: &Facts) {
        self.last_sentence = telling.sentence;
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

    /// How strongly the text says that an incident is this event; `None` where it may not be, or
    /// nothing says so.
    pub(super) fn score(
        &self,
        ontology: &Ontology,
        mentions: &[Mention],
        incident: &IncidentMention,
        telling: &Telling,
        facts: &Facts,
    ) -> Option<u32> {
        let exact = self.tellings.iter().any(|known| known.incident_type == facts.incident_type);
        let typed = exact || self.tellings.iter().any(|known| facts.types_meet(known, ontology));
        let shares = |known: &FxHashSet<usize>, told: &[usize]| {
            told.iter().any(|thing| known.contains(thing))
        };
        // "A bomb left at the bank was defused": one bomb, whatever came of it.
        let weapon = shares(&self.weapons, &facts.plain_weapons);
        let one = weapon || ontology.is_lawful(incident.incident_type.as_str());
        // "expelled two Italians and two Finns": one word tells of both.
        if !typed
            || telling.another
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
        let planned = !facts.real && self.tellings.iter().all(|known| !known.real);
        let near = telling.sentence.saturating_sub(self.last_sentence);
        let anaphor = telling.definite && near <= ANAPHOR_REACH && incident.count.is_none();
        // "two soldiers died" again, a few sentences on
        let same_dead = telling.bare_harm
            && near <= ADDING_REACH
            && facts.killed.is_some()
            && self.tellings.iter().any(|known| known.killed == facts.killed);
        let follows = (telling.bare_harm || telling.needs_event) && near <= 1;
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
        let score = 4 * u32::from(hit)
            + 4 * u32::from(weapon)
            + 4 * u32::from(toll)
            + 2 * u32::from(doer && near <= 2 && planned)
            + 3 * u32::from(place && (dated || doer || exact))
            + 2 * u32::from(doer && (dated || exact && near <= 2))
            + 2 * u32::from(dated && (exact || anaphor))
            + 2 * u32::from(
                anaphor && (bare || adds || telling.needs_event || hit || place || doer || exact),
            )
            + 2 * u32::from(same_dead)
            + u32::from(follows);
        (score > 0).then_some(score + u32::from(exact))
    }
}
