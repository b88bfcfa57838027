//! Which incidents of one document are the same event: "the attack" two sentences on, a second
//! telling with more detail. Different events stay apart, and a counted set never meets one of
//! its members.

use rustc_hash::FxHashSet;

use crate::coreference::CoreferenceChain;
use crate::date::DateInterval;
use crate::mention::{Mention, MentionForm};
use crate::ontology::{Ontology, Role, Stage};
use crate::span::MentionId;

use super::IncidentMention;

/// What is known of one event from all its tellings so far.
#[derive(Debug)]
struct Cluster {
    first: usize,
    members: Vec<usize>,
    last_sentence: usize,
    date: Option<DateInterval>,
    places: FxHashSet<usize>,
    doers: FxHashSet<usize>,
    hit: FxHashSet<usize>,
    weapons: FxHashSet<usize>,
}

/// What an incident needs beside its own fields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Telling {
    /// Sentence of the trigger.
    pub(super) sentence: usize,
    /// A noun with "the", "this" or an owner.
    pub(super) definite: bool,
    /// Tells only who was killed or hurt, not how.
    pub(super) bare_harm: bool,
    /// Tells nothing without another telling of the same event.
    pub(super) needs_event: bool,
    /// The trigger does not say which type of incident it was.
    pub(super) general: bool,
    /// Tells how the weapon was brought into place, not what it did.
    pub(super) prepares: bool,
    /// A noun in the plural: "the strikes" may be a counted set told before.
    pub(super) plural: bool,
}

/// How many sentences back a definite noun without detail may point.
const ANAPHOR_REACH: usize = 12;

/// How many sentences back it may point where it tells more of the event than was told.
const ADDING_REACH: usize = 3;

/// Sets `same_as` of every incident.
pub(super) fn resolve(
    ontology: &Ontology,
    mentions: &[Mention],
    chains: &[CoreferenceChain],
    tellings: &[Telling],
    incidents: &mut [IncidentMention],
) {
    let mut chain_of = vec![usize::MAX; mentions.len()];
    for (number, chain) in chains.iter().enumerate() {
        for mention in &chain.mentions {
            if let Some(slot) = chain_of.get_mut(mention.index()) {
                *slot = number;
            }
        }
    }
    let world = World { ontology, mentions, chain_of: &chain_of };
    let mut clusters: Vec<Cluster> = Vec::new();
    for i in 0..incidents.len() {
        let best = clusters
            .iter()
            .enumerate()
            .filter_map(|(c, cluster)| {
                let score = world.score(cluster, incidents, tellings, i)?;
                Some((score, cluster.last_sentence, c))
            })
            .max();
        match best {
            Some((_, _, c)) => {
                incidents[i].same_as = clusters[c].first;
                world.join(&mut clusters[c], incidents, tellings, i);
            }
            None => {
                incidents[i].same_as = i;
                let mut cluster = Cluster {
                    first: i,
                    members: Vec::new(),
                    last_sentence: tellings[i].sentence,
                    date: None,
                    places: FxHashSet::default(),
                    doers: FxHashSet::default(),
                    hit: FxHashSet::default(),
                    weapons: FxHashSet::default(),
                };
                world.join(&mut cluster, incidents, tellings, i);
                clusters.push(cluster);
            }
        }
    }
}

/// A bomb that was planted, and of which a later telling says that it did not go off, was planted
/// for an attempt: what is told of its planting gets that stage.
pub(super) fn settle_preparations(
    mentions: &[Mention],
    chains: &[CoreferenceChain],
    tellings: &[Telling],
    incidents: &mut [IncidentMention],
) {
    let chain_of = super::relations::chain_table(mentions.len(), chains);
    // A weapon is its chain, or itself where nothing else in the text stands for it.
    let weapons = |incident: &IncidentMention| -> FxHashSet<usize> {
        let weapons = incident.arguments.iter().filter(|(role, _)| *role == Role::Weapon);
        let thing = |m: &MentionId| match chain_of.get(m.index()) {
            Some(chain) if *chain != usize::MAX => *chain,
            _ => usize::MAX / 2 + m.index(),
        };
        weapons.map(|(_, m)| thing(m)).collect()
    };
    let failed: Vec<(usize, Stage, FxHashSet<usize>)> = incidents
        .iter()
        .filter(|i| matches!(i.stage, Stage::Foiled | Stage::Attempted))
        .map(|i| (i.same_as, i.stage, weapons(i)))
        .collect();
    for (i, telling) in tellings.iter().enumerate() {
        if !telling.prepares || incidents[i].stage != Stage::Occurred {
            continue;
        }
        let own = weapons(&incidents[i]);
        let event = incidents[i].same_as;
        let same = failed.iter().find(|(e, _, theirs)| *e == event && !own.is_disjoint(theirs));
        if let Some((_, stage, _)) = same {
            incidents[i].stage = *stage;
        }
    }
}

struct World<'a> {
    ontology: &'a Ontology,
    mentions: &'a [Mention],
    chain_of: &'a [usize],
}

impl World<'_> {
    /// A number for the thing that a mention refers to: its chain, or itself.
    fn thing(&self, mention: MentionId) -> usize {
        match self.chain_of.get(mention.index()) {
            Some(chain) if *chain != usize::MAX => *chain,
            _ => usize::MAX / 2 + mention.index(),
        }
    }

    fn things(&self, incident: &IncidentMention, roles: &[Role]) -> Vec<(usize, MentionId)> {
        let with = incident.arguments.iter().filter(|(role, _)| roles.contains(role));
        with.map(|(_, mention)| (self.thing(*mention), *mention)).collect()
    }

    fn join(
        &self,
        cluster: &mut Cluster,
        incidents: &[IncidentMention],
        tellings: &[Telling],
        i: usize,
    ) {
        let incident = &incidents[i];
        cluster.members.push(i);
        cluster.last_sentence = tellings[i].sentence;
        cluster.date = cluster.date.or(incident.date);
        let add = |set: &mut FxHashSet<usize>, roles: &[Role]| {
            set.extend(self.things(incident, roles).into_iter().map(|(thing, _)| thing));
        };
        add(&mut cluster.places, &[Role::Place]);
        add(&mut cluster.doers, &[Role::Perpetrator]);
        add(&mut cluster.hit, &[Role::Victim, Role::Target]);
        add(&mut cluster.weapons, &[Role::Weapon]);
    }

    /// How strongly the text says that incident `i` is the cluster's event; `None` where it may
    /// not be, or nothing says so.
    fn score(
        &self,
        cluster: &Cluster,
        incidents: &[IncidentMention],
        tellings: &[Telling],
        i: usize,
    ) -> Option<u32> {
        let (incident, telling) = (&incidents[i], &tellings[i]);
        let members = || cluster.members.iter().map(|m| &incidents[*m]);
        let exact = members().any(|m| m.incident_type == incident.incident_type);
        let typed = exact
            || cluster
                .members
                .iter()
                .any(|m| self.types_meet(&incidents[*m], &tellings[*m], incident, telling));
        // "A bomb left at the bank was defused": one bomb, whatever came of it.
        let weapon = self.things(incident, &[Role::Weapon]).iter().any(|(thing, m)| {
            cluster.weapons.contains(thing) && self.mentions[m.index()].form != MentionForm::Name
        });
        if !typed || !members().all(|m| self.compatible(m, incident, telling, weapon)) {
            return None;
        }
        if let (Some(a), Some(b)) = (&cluster.date, &incident.date)
            && !a.overlaps(b)
        {
            return None;
        }
        let shares = |set: &FxHashSet<usize>, roles: &[Role]| {
            self.things(incident, roles).iter().any(|(thing, _)| set.contains(thing))
        };
        let hit = shares(&cluster.hit, &[Role::Victim, Role::Target]);
        let place = shares(&cluster.places, &[Role::Place]);
        let doer = shares(&cluster.doers, &[Role::Perpetrator]);
        let dated = cluster.date.is_some() && cluster.date == incident.date;
        let near = telling.sentence.saturating_sub(cluster.last_sentence);
        let anaphor = telling.definite && near <= ANAPHOR_REACH && incident.count.is_none();
        let follows = (telling.bare_harm || telling.needs_event) && near <= 1;
        let bare = incident.arguments.iter().all(|(role, _)| *role == Role::Time);
        // "four people were killed in the attack": tells only what was not told before.
        let adds = near <= ADDING_REACH
            && incident.arguments.iter().all(|(role, mention)| match role {
                Role::Time | Role::Weapon | Role::Supporter | Role::Disruptor => true,
                Role::Perpetrator => cluster.doers.is_empty(),
                Role::Place => cluster.places.is_empty(),
                Role::Victim => self.mentions[mention.index()].form == MentionForm::Nominal,
                Role::Target => cluster.hit.is_empty(),
            });
        let score = 4 * u32::from(hit)
            + 4 * u32::from(weapon)
            + 3 * u32::from(place && (dated || doer || exact))
            + 2 * u32::from(doer && (dated || exact && near <= 2))
            + 2 * u32::from(dated && (exact || anaphor))
            + 2 * u32::from(
                anaphor && (bare || adds || telling.needs_event || hit || place || doer || exact),
            )
            + u32::from(follows);
        (score > 0).then_some(score + u32::from(exact))
    }

    fn types_meet(
        &self,
        member: &IncidentMention,
        member_telling: &Telling,
        incident: &IncidentMention,
        telling: &Telling,
    ) -> bool {
        let (a, b) = (member.incident_type.as_str(), incident.incident_type.as_str());
        if self.ontology.may_be_one(a, b) {
            return true;
        }
        // "attack", "killed" say too little to be another kind of event than a bombing.
        let attack = |t: &str| self.ontology.incident_is_a(t, "attack");
        attack(a) && attack(b) && (telling.general || member_telling.general)
    }

    /// Whether nothing that the two tell contradicts.
    fn compatible(
        &self,
        member: &IncidentMention,
        incident: &IncidentMention,
        telling: &Telling,
        weapon: bool,
    ) -> bool {
        // "expelled two Italians and two Finns": one word tells of both.
        if member.trigger == incident.trigger {
            return false;
        }
        let number = |i: &IncidentMention| i.count.as_ref().map(|q| q.value.to_bits());
        let same_set = telling.definite && telling.plural && incident.count.is_none();
        if number(member) != number(incident) && !same_set {
            return false;
        }
        let real = |stage: Stage| matches!(stage, Stage::Occurred | Stage::Ongoing);
        if real(member.stage) != real(incident.stage)
            && !weapon
            && (!telling.definite || self.hits_others(member, incident))
        {
            return false;
        }
        let killed = |i: &IncidentMention| {
            i.killed.as_ref().map(|q| (q.value, q.min.is_some() || q.approximate))
        };
        if let (Some((a, loose_a)), Some((b, loose_b))) = (killed(member), killed(incident))
            && !loose_a
            && !loose_b
            && (a - b).abs() > 0.5
            && !telling.definite
        {
            return false;
        }
        self.agree(member, incident, &[Role::Place], &|m| m.entity_type != "country")
            && self.agree(member, incident, &[Role::Perpetrator], &|m| m.form == MentionForm::Name)
            && self.agree(member, incident, &[Role::Target], &|m| m.form == MentionForm::Name)
            && self.agree(member, incident, &[Role::Victim], &|m| {
                m.form == MentionForm::Name && m.entity_type == "person"
            })
    }

    /// Whether an incident hit somebody named whom the other does not name: "the death of X" is
    /// not the killing of others that somebody plans.
    fn hits_others(&self, member: &IncidentMention, incident: &IncidentMention) -> bool {
        let roles = [Role::Victim, Role::Target];
        let known: Vec<usize> = self.things(member, &roles).into_iter().map(|(t, _)| t).collect();
        self.things(incident, &roles).into_iter().any(|(thing, mention)| {
            self.mentions[mention.index()].form == MentionForm::Name && !known.contains(&thing)
        })
    }

    /// Whether the two share a filler, or one of them has none that tells events apart.
    fn agree(
        &self,
        a: &IncidentMention,
        b: &IncidentMention,
        roles: &[Role],
        telling: &dyn Fn(&Mention) -> bool,
    ) -> bool {
        let sharp = |i: &IncidentMention| -> Vec<usize> {
            let things = self.things(i, roles);
            let sharp = things.into_iter().filter(|(_, m)| telling(&self.mentions[m.index()]));
            sharp.map(|(thing, _)| thing).collect()
        };
        let (a, b) = (sharp(a), sharp(b));
        a.is_empty() || b.is_empty() || a.iter().any(|thing| b.contains(thing))
    }
}
