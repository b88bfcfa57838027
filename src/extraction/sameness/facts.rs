//! What one telling says of its event, as numbers that two tellings share where they speak of the
//! same.

use smol_str::{SmolStr, format_smolstr};

use crate::extraction::IncidentMention;
use crate::mention::{Mention, MentionForm};
use crate::ontology::{IncidentType, Ontology, Role, Stage, Stance};
use crate::order;
use crate::text::Dep;

use super::described::{Described, alike, described, owner_of, people};
use super::once::days;
use super::things::{Extent, Things};
use super::{Novelty, Telling};

/// Where named places and named doers stand in [`Facts::sharp`].
pub(super) const PLACES: [usize; 3] = [0, 1, 2];
pub(super) const DOERS: [usize; 2] = [3, 4];

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
    /// Who and what was hit and has no name.
    pub(super) described: Vec<Described>,
    /// Its doers that have no name, by what they are called.
    pub(super) doers_described: Vec<Described>,
    /// Its weapons that have no name.
    pub(super) weapons_described: Vec<Described>,
    /// The doers that the text knows by nothing but what they did: people and groups.
    pub(super) bands: Vec<usize>,
    /// Whether it is claimed, alleged or denied.
    pub(super) disputed: bool,
    /// Whether those who did it serve a state: police, soldiers, an agency; none where nobody is
    /// told.
    pub(super) officials: Option<bool>,
    /// "the attack", "the attacks", or "attacks" where no number is told.
    pub(super) definite: bool,
    pub(super) plural: bool,
    /// What its words say of whether it was told before.
    pub(super) novelty: Novelty,
    /// Whether it is only told as what another deed answers.
    pub(super) answered: bool,
    /// Whether the text says when, in words that no calendar resolves: "two weeks before".
    pub(super) sometime: bool,
    /// How many people it hit, at least and at most, as bits of the numbers; none where nobody is
    /// told.
    pub(super) people: Option<(u64, u64)>,
    /// Places that have no name: "the building" may be in the town that another telling names.
    pub(super) nameless_places: Vec<usize>,
    /// What tells one event from another: named places but for countries, named people and named
    /// bodies that did it, named targets, people by name whom it hit.
    pub(super) sharp: [Vec<usize>; 7],
    /// The countries in which it was, by their ids in the gazetteer.
    pub(super) countries: Vec<SmolStr>,
    /// Whether it is a sum over a long time: "more than 60 mayors have been killed since 2006".
    pub(super) sum: bool,
    /// Whether it is told by a noun.
    pub(super) noun: bool,
    /// Whether it tells only who was killed or hurt, not how.
    pub(super) bare_harm: bool,
    /// How many dead, as bits of the number, exact or not.
    pub(super) dead: Option<u64>,
    /// What those are called who did it or had it done, and who and what it hit, with its places: head
    /// nouns and names.
    pub(super) called: [Vec<SmolStr>; 2],
}

impl Facts {
    pub(super) fn new(
        incident: &IncidentMention,
        telling: &Telling,
        things: &Things<'_, '_>,
    ) -> Self {
        let (mentions, tokens) = (things.mentions, &things.text.tokens);
        let of = |roles: &[Role], suits: &dyn Fn(&Mention) -> bool| -> Vec<usize> {
            let with = incident.arguments.iter().filter(|(role, _)| roles.contains(role));
            let suiting = with.filter(|(_, m)| suits(&mentions[m.index()]));
            let mut found: Vec<usize> = suiting.map(|(_, m)| things.of(*m)).collect();
            order::unique(&mut found);
            found
        };
        let any = |_: &Mention| true;
        let name = |m: &Mention| m.form == MentionForm::Name;
        let (weapon, hit) = ([Role::Weapon], [Role::Victim, Role::Target]);
        let named_people = of(&[Role::Victim], &|m| name(m) && m.entity_type == "person");
        let hit_described = described(incident, &hit, things);
        let pronouns =
            of(&[Role::Victim], &|m| m.form == MentionForm::Pronoun && m.entity_type == "person");
        let named = (named_people.len() + pronouns.len()) as f64;
        let unnamed = people(&hit_described);
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
            described: hit_described,
            officials: officials(incident, things),
            definite: telling.definite,
            plural: telling.plural,
            novelty: telling.novelty,
            answered: telling.answered,
            sometime: incident.date.is_none()
                && incident.arguments.iter().any(|(role, mention)| {
                    *role == Role::Time && things.is_shift(&mentions[mention.index()])
                }),
            // "three men: A, B and C" are three.
            people: (named + unnamed.1 > 0.0)
                .then(|| (named.max(unnamed.0).to_bits(), (named + unnamed.1).to_bits())),
            doers_described: described(incident, &[Role::Perpetrator], things),
            weapons_described: described(incident, &weapon, things),
            bands: of(&[Role::Perpetrator], &|m| {
                !name(m) && matches!(things.entity_type(m), "person" | "group")
            }),
            disputed: matches!(incident.stance, Stance::Claimed | Stance::Alleged | Stance::Denied),
            nameless_places: of(&[Role::Place], &|m| !name(m) && m.entity_type != "country"),
            sharp: [
                of(&[Role::Place], &|m| things.is_named_place(m) == Some(Extent::Building)),
                of(&[Role::Place], &|m| things.is_named_place(m) == Some(Extent::Town)),
                of(&[Role::Place], &|m| things.is_named_place(m) == Some(Extent::Area)),
                of(&[Role::Perpetrator], &|m| name(m) && m.entity_type == "person"),
                of(&[Role::Perpetrator], &|m| name(m) && m.entity_type != "person"),
                of(&[Role::Target], &name),
                named_people,
            ],
            countries: countries(incident, things),
            sum: is_sum(incident, telling, things),
            noun: tokens.get(telling.token).is_some_and(|token| token.tag.starts_with("NN")),
            bare_harm: telling.bare_harm,
            dead: incident.killed.as_ref().map(|q| q.value.to_bits()),
            called: [
                called(incident, &[Role::Perpetrator, Role::Supporter, Role::Disruptor], things),
                called(incident, &[Role::Victim, Role::Target, Role::Place], things),
            ],
        }
    }

    /// Whether the types of two tellings may be of one event.
    pub(super) fn types_meet(&self, known: &Facts, ontology: &Ontology) -> bool {
        let (a, b) = (known.incident_type.as_str(), self.incident_type.as_str());
        if ontology.may_be_one(a, b) {
            return true;
        }
        // "a plot to bomb the port": the plot is the bombing that did not come. "plotted to burn a
        // restaurant and to kidnap its owner": neither, where it is told of others.
        let others = !self.hit.is_empty()
            && !known.hit.is_empty()
            && !self.hit.iter().any(|thing| known.hit.contains(thing));
        let plan = |t: &str, of: &Facts| {
            ontology.is_prospect(t)
                && !of.real
                && ontology.has_casualties(of.incident_type.as_str())
        };
        if !others && (plan(a, self) || plan(b, known)) {
            return true;
        }
        // "attack", "killed" say too little to be another kind of event than a bombing.
        let attack = |t: &str| ontology.incident_is_a(t, "attack");
        attack(a) && attack(b) && (self.general || known.general)
    }

    /// Whether nothing contradicts what was told before. `one` says that what was planned and what
    /// happened may be one: they share a weapon, or a court decides and carries out.
    pub(super) fn agree(&self, known: &Facts, telling: &Telling, one: bool) -> bool {
        if self.is_elsewhere(known) || self.sums_others(known) || self.is_habit(known) {
            return false;
        }
        let same_set = telling.definite && telling.plural && self.count.is_none();
        if known.count != self.count && !same_set {
            return false;
        }
        // "arrested before Monday's attack in Vienna": not the one that they planned.
        let elsewhere = !self.places.is_empty()
            && !self.places.iter().any(|place| known.places.contains(place));
        let another = !telling.definite || elsewhere || self.hits_others(known);
        if known.real != self.real && !one && another {
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
        let places_named = |facts: &Facts| PLACES.iter().any(|kind| !facts.sharp[*kind].is_empty());
        let same_place = self.places.iter().any(|place| known.places.contains(place));
        // "Kyiv denied any part in the attack": whose deed it was is what they differ on.
        let disputed = telling.definite && self.disputed;
        let free =
            |part: usize| PLACES.contains(&part) && same_place || DOERS.contains(&part) && disputed;
        let mut parts = self.sharp.iter().zip(&known.sharp).enumerate();
        parts.all(|(part, (a, b))| free(part) || meet(a, b))
            && (same_place
                || places_named(self) != places_named(known)
                || meet(&self.nameless_places, &known.nameless_places))
    }

    /// Whether the two are in different countries.
    pub(super) fn is_elsewhere(&self, known: &Facts) -> bool {
        let same_place = self.places.iter().any(|place| known.places.contains(place));
        !same_place
            && !self.countries.is_empty()
            && !known.countries.is_empty()
            && !self.countries.iter().any(|country| known.countries.contains(country))
    }

    /// Whether one is a sum over a long time, and the other no telling of that sum.
    pub(super) fn sums_others(&self, known: &Facts) -> bool {
        let share = |a: &[usize], b: &[usize]| a.iter().any(|thing| b.contains(thing));
        self.sum != known.sum
            && !(self.definite && self.plural)
            && !share(&self.hit, &known.hit)
            && !(self.toll.is_some() && self.toll == known.toll)
    }

    /// Whether this tells of what happens again and again, and the other of one time: "attacks on
    /// pipelines are frequent".
    pub(super) fn is_habit(&self, known: &Facts) -> bool {
        let counted = |f: &Facts| f.count.is_some() || f.dead.is_some();
        let habit = |f: &Facts| f.noun && f.plural && !f.definite && !counted(f);
        habit(self) && !known.plural && known.count.is_none()
    }

    /// Whether both are deeds against people, or both against things. An attack may be either, until
    /// the text tells what it hit.
    pub(super) fn aims_alike(&self, known: &Facts, ontology: &Ontology) -> bool {
        let thing = |f: &Facts| ontology.is_against_things(f.incident_type.as_str());
        let open = |f: &Facts, other: &Facts| {
            f.described.iter().all(|d| !d.person)
                && !f.named_dead()
                && f.toll.is_none()
                && (f.hit.is_empty() || other.hit.is_empty())
        };
        thing(self) == thing(known) || open(self, known) || open(known, self)
    }

    /// Whether it tells of one dead, by name or by what he was, of whom no other telling speaks.
    pub(super) fn one_other_dead(&self, tellings: &[Facts]) -> bool {
        let one = self.people == Some((1.0_f64.to_bits(), 1.0_f64.to_bits()));
        one && !tellings.iter().any(|known| alike(&known.described, &self.described))
    }

    /// Whether the dead have names.
    pub(super) fn named_dead(&self) -> bool {
        self.sharp.last().is_some_and(|named| !named.is_empty())
    }

    /// Whether somebody named was hit whom the other telling does not name: "the death of X" is not
    /// the killing of others that somebody plans.
    fn hits_others(&self, known: &Facts) -> bool {
        self.named_hit.iter().any(|thing| !known.hit.contains(thing))
    }
}

fn called(incident: &IncidentMention, roles: &[Role], things: &Things<'_, '_>) -> Vec<SmolStr> {
    let parts = incident.arguments.iter().filter(|(role, _)| roles.contains(role));
    let mut called: Vec<SmolStr> = parts
        .filter_map(|(_, mention)| word_for(&things.mentions[mention.index()], things))
        .collect();
    called.sort_unstable();
    called.dedup();
    called
}

/// The noun of a mention, and whose it is where the text says so of a thing: "the home of the speaker"
/// is not called like another's.
fn word_for(mention: &Mention, things: &Things<'_, '_>) -> Option<SmolStr> {
    let noun = &things.text.tokens.get(mention.head as usize)?.lemma;
    Some(match owner_of(mention, things) {
        Some(owner) => format_smolstr!("{noun} of {owner}"),
        None => noun.clone(),
    })
}

/// The countries of the places that a telling names.
fn countries(incident: &IncidentMention, things: &Things<'_, '_>) -> Vec<SmolStr> {
    let places = incident.arguments.iter().filter(|(role, _)| *role == Role::Place);
    let mut countries: Vec<SmolStr> = places
        .filter_map(|(_, mention)| {
            let entry = things.entry(*mention)?;
            let known = things.pack.gazetteer.entry(entry)?;
            if known.entity_type == "country" {
                Some(known.id.clone())
            } else {
                known.country.clone()
            }
        })
        .collect();
    order::unique(&mut countries);
    countries
}

/// The longest time, in days, of which a text tells as of one event.
const MONTH: i64 = 31;

/// Whether a telling says in the perfect what has come about in a long time, with how many it hit.
fn is_sum(incident: &IncidentMention, telling: &Telling, things: &Things<'_, '_>) -> bool {
    let long = incident.date.is_some_and(|date| days(&date).is_none_or(|days| days > MONTH));
    let several =
        incident.killed.as_ref().or(incident.injured.as_ref()).or(incident.count.as_ref());
    let text = things.text;
    long && several.is_some_and(|number| number.value > 1.0)
        && text.children_by(telling.token, &[Dep::Aux]).any(|aux| {
            text.tokens[aux].lemma == "have"
                && matches!(text.tokens[aux].tag.as_str(), "VBP" | "VBZ")
        })
}

fn officials(incident: &IncidentMention, things: &Things<'_, '_>) -> Option<bool> {
    let doers = incident.arguments.iter().filter(|(role, _)| *role == Role::Perpetrator);
    let mut official = doers.map(|(_, mention)| {
        let mention = &things.mentions[mention.index()];
        mention.entity_type == "agency"
            || matches!(mention.subtype.as_deref(), Some("police" | "military"))
    });
    official.next().map(|first| first || official.any(|other| other))
}
