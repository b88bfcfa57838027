//! The vocabulary: which types of node, relation and incident there are, as the pack declares them;
//! and the two closed scales on which every statement stands, [`Stage`] and [`Stance`].

use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::span::name_type;

name_type! {
    /// A type of node, such as `agency` or `threat_actor`; declared in the pack's `ontology.toml`.
    EntityType
}
name_type! {
    /// A type of edge, such as `warns_of`; declared in the pack's `ontology.toml`.
    RelationType
}
name_type! {
    /// A type of incident, such as `bombing`; declared in the pack's `ontology.toml`.
    IncidentType
}

/// Whether what is told happened.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It happened.
    #[default]
    Occurred,
    /// It is happening.
    Ongoing,
    /// It was tried and did not succeed, or its success is not told.
    Attempted,
    /// It was stopped by somebody before it succeeded.
    Foiled,
    /// It was or is planned.
    Planned,
    /// Somebody said that they would do it, or it is feared.
    Threatened,
}

impl Stage {
    /// The name in files and messages.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Occurred => "occurred",
            Self::Ongoing => "ongoing",
            Self::Attempted => "attempted",
            Self::Foiled => "foiled",
            Self::Planned => "planned",
            Self::Threatened => "threatened",
        }
    }
}

/// Who says it, and how.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// The document says it in its own voice.
    #[default]
    Reported,
    /// Somebody says so.
    Stated,
    /// The actor admits it or boasts of it.
    Claimed,
    /// Somebody is accused, suspected or believed to be the doer.
    Alleged,
    /// Somebody says that it is not so, or the document does.
    Denied,
}

impl Stance {
    /// The name in files and messages.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Stated => "stated",
            Self::Claimed => "claimed",
            Self::Alleged => "alleged",
            Self::Denied => "denied",
        }
    }

    /// Whether it is in doubt that the thing is so.
    #[must_use]
    pub fn in_doubt(self) -> bool {
        matches!(self, Self::Alleged | Self::Denied)
    }
}

/// The part that a filler plays in an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Who did it, or is to do it.
    Perpetrator,
    /// What or whom it hits or is aimed at.
    Target,
    /// Who was killed or hurt or taken.
    Victim,
    /// What it was done with.
    Weapon,
    /// Where.
    Place,
    /// When.
    Time,
    /// Who backs, orders or pays for it.
    Supporter,
    /// Who stopped it.
    Disruptor,
}

impl Role {
    /// Every role, in the order in which messages list them.
    pub const ALL: [Role; 8] = [
        Role::Disruptor,
        Role::Perpetrator,
        Role::Place,
        Role::Supporter,
        Role::Target,
        Role::Time,
        Role::Victim,
        Role::Weapon,
    ];

    /// The role as files write it: `perpetrator`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Perpetrator => "perpetrator",
            Role::Target => "target",
            Role::Victim => "victim",
            Role::Weapon => "weapon",
            Role::Place => "place",
            Role::Time => "time",
            Role::Supporter => "supporter",
            Role::Disruptor => "disruptor",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

/// What the vocabulary says of each type, in the order of the pack's file.
pub type OrderedMap<K, V> = indexmap::IndexMap<K, V, FxBuildHasher>;

/// The vocabulary of one pack.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ontology {
    /// Node types, in the order in which legends and tables show them.
    pub entity_types: OrderedMap<EntityType, EntityTypeInfo>,
    /// Edge types.
    pub relation_types: OrderedMap<RelationType, RelationTypeInfo>,
    /// Incident families, each with its types.
    pub incident_families: OrderedMap<SmolStr, IncidentFamily>,
    /// Incident types.
    pub incident_types: OrderedMap<IncidentType, IncidentTypeInfo>,
}

/// What the ontology says of a type of node.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntityTypeInfo {
    /// How a person reads it: `threat actor`.
    pub label: String,
    /// What it covers, one sentence.
    #[serde(default)]
    pub description: String,
    /// Whether it can act: be the subject of a deed or an opinion.
    #[serde(default)]
    pub actor: bool,
    /// Whether something can happen in it.
    #[serde(default)]
    pub location: bool,
    /// Subtypes in which something can happen, where the type itself is none: a union of states.
    #[serde(default)]
    pub location_subtypes: Vec<SmolStr>,
    /// Whether it is a value (a date, a sum), which never becomes a node.
    #[serde(default)]
    pub value: bool,
    /// Whether what it names is nobody, and so no person is described by it: a car, a day.
    #[serde(default)]
    pub inanimate: bool,
    /// Whether a row of them ("the exchange, a hotel, a shop and two clinics") tells of several, where
    /// a row about a person ("X, a father, a friend and a teacher") tells of one.
    #[serde(default)]
    pub in_rows: bool,
    /// Fill colour, `#rrggbb`.
    #[serde(default)]
    pub color: String,
    /// Graphviz node shape.
    #[serde(default)]
    pub shape: String,
    /// Rank in the incidents view: 1 agency, 2 threat, 3 incident; absent elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u8>,
}

/// What the ontology says of a type of edge.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationTypeInfo {
    /// How a person reads it: `warns of`.
    pub label: String,
    /// Entity types that the subject may have; `actor` stands for all that can act,
    /// `location` for all in which something can happen.
    pub subject: Vec<SmolStr>,
    /// Entity types that the object may have; the same two words stand for groups.
    pub object: Vec<SmolStr>,
    /// Whether `A r B` says the same as `B r A`.
    #[serde(default)]
    pub symmetric: bool,
    /// Whether it holds only where it is told as a fact: who tried to join is no member.
    #[serde(default)]
    pub factual: bool,
    /// Line colour, `#rrggbb`.
    #[serde(default)]
    pub color: String,
}

/// A family of incident types: `violent`, `state-hostile`, `counter-action`, `other`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentFamily {
    /// How a person reads it.
    pub label: String,
    /// The relation from the doer to an incident of the family: `perpetrates` or `carries_out`.
    pub actor_relation: RelationType,
    /// Whether people may be killed or hurt in its incidents.
    #[serde(default)]
    pub casualties: bool,
}

/// What the ontology says of a type of incident.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentTypeInfo {
    /// How a person reads it: `hostage taking`.
    pub label: String,
    /// Its family.
    pub family: SmolStr,
    /// The word between its label and what it hit: attack `on`; `of` where nothing is said.
    #[serde(default)]
    pub preposition: Option<SmolStr>,
    /// Subtypes of equipment that make a less exact type this one: an attack with an `explosive`
    /// is a bombing.
    #[serde(default)]
    pub weapons: Vec<SmolStr>,
    /// Types of which it is a more exact form: a `bombing` is an `attack`.
    #[serde(default)]
    pub is_a: Vec<IncidentType>,
    /// Types as which it may be told although it is none of them: `sabotage` as an `attack`.
    #[serde(default)]
    pub told_as: Vec<IncidentType>,
    /// Whether the type says so little that a report may mean any of its kind: an `attack` or a
    /// `killing` may be a bombing elsewhere.
    #[serde(default)]
    pub general: bool,
    /// Whether it is told of what is still to come, and may be told elsewhere as the deed that it
    /// aims at: a `plot`, a `threat`.
    #[serde(default)]
    pub prospect: bool,
    /// How many days may lie between parts of one such incident that are told apart: the plea and
    /// the sentence of one trial.
    #[serde(default)]
    pub lasts: u16,
    /// Whether people may be killed or hurt in it; so it is in all types of a family that says so.
    #[serde(default)]
    pub casualties: bool,
    /// Whether it hurts nobody by itself, so that a killing told beside it is another deed: "they
    /// robbed a bank **and** killed a guard".
    #[serde(default)]
    pub harmless: bool,
    /// Whether it is done to things, not to people; so are its more exact forms.
    #[serde(default)]
    pub against_things: bool,
    /// Whether each is of one person, so that so many of them are so many dead: a `killing`.
    #[serde(default)]
    pub of_one: bool,
}

impl Ontology {
    /// Whether entities of this type can act.
    #[must_use]
    pub fn is_actor(&self, entity_type: &str) -> bool {
        self.entity_types.get(entity_type).is_some_and(|info| info.actor)
    }

    /// Whether something can happen in an entity of this type.
    #[must_use]
    pub fn is_location(&self, entity_type: &str) -> bool {
        self.entity_types.get(entity_type).is_some_and(|info| info.location)
    }

    /// Whether something can happen in an entity of this type and subtype.
    #[must_use]
    pub fn is_located(&self, entity_type: &str, subtype: &str) -> bool {
        self.entity_types.get(entity_type).is_some_and(|info| {
            info.location || info.location_subtypes.iter().any(|known| known == subtype)
        })
    }

    /// Whether mentions of this type are values that never become nodes.
    #[must_use]
    pub fn is_value(&self, entity_type: &str) -> bool {
        self.entity_types.get(entity_type).is_some_and(|info| info.value)
    }

    /// Whether `entity_type` is admitted by a list of type names that may hold the group words
    /// `actor`, `location` and `any`. An empty list admits every type.
    #[must_use]
    pub fn admits<S: AsRef<str>>(&self, allowed: &[S], entity_type: &str) -> bool {
        allowed.is_empty()
            || allowed.iter().any(|word| match word.as_ref() {
                "any" => true,
                "actor" => self.is_actor(entity_type),
                "location" => self.is_location(entity_type),
                name => name == entity_type,
            })
    }

    /// Whether the relation may hold between a subject and an object of these types.
    #[must_use]
    pub fn relation_admits(&self, relation: &str, subject: &str, object: &str) -> bool {
        self.relation_types.get(relation).is_some_and(|info| {
            self.admits(&info.subject, subject) && self.admits(&info.object, object)
        })
    }

    /// Subject and object in the direction in which the graph holds the relation: as they are,
    /// or the smaller first where both directions say the same.
    #[must_use]
    pub fn direction<E: PartialOrd>(&self, relation: &str, subject: E, object: E) -> (E, E) {
        let symmetric = self.relation_types.get(relation).is_some_and(|info| info.symmetric);
        if symmetric && object < subject { (object, subject) } else { (subject, object) }
    }

    /// Whether incident type `narrow` is `wide` or one of its more exact forms.
    #[must_use]
    pub fn incident_is_a(&self, narrow: &str, wide: &str) -> bool {
        narrow == wide
            || self.incident_types.get(narrow).is_some_and(|info| {
                info.is_a.iter().any(|parent| self.incident_is_a(parent.as_str(), wide))
            })
    }

    /// Whether an incident of type `narrow` is one of type `wide` too, or may be told as one.
    #[must_use]
    pub fn is_told_as(&self, narrow: &str, wide: &str) -> bool {
        self.incident_is_a(narrow, wide)
            || self
                .incident_types
                .get(narrow)
                .is_some_and(|info| info.told_as.iter().any(|other| other.as_str() == wide))
    }

    /// Whether people may be killed or hurt in an incident of this type.
    #[must_use]
    pub fn has_casualties(&self, incident: &str) -> bool {
        self.incident_types.get(incident).is_some_and(|info| {
            info.casualties
                || self.incident_families.get(&info.family).is_some_and(|family| family.casualties)
        })
    }

    /// Whether incidents of this type hurt nobody by themselves.
    #[must_use]
    pub fn is_harmless(&self, incident: &str) -> bool {
        self.incident_types.get(incident).is_some_and(|info| info.harmless)
    }

    /// Whether incidents of this type are done to things, not to people.
    #[must_use]
    pub fn is_against_things(&self, incident: &str) -> bool {
        self.incident_types.get(incident).is_some_and(|info| {
            info.against_things
                || info.is_a.iter().any(|above| self.is_against_things(above.as_str()))
        })
    }

    /// Whether an incident of this type, where they are counted, is of one person.
    #[must_use]
    pub fn is_of_one(&self, incident: &str) -> bool {
        self.incident_types.get(incident).is_some_and(|info| info.of_one)
    }

    /// Whether incidents of this type are acts of an authority: their doers carry them out.
    #[must_use]
    pub fn is_lawful(&self, incident: &str) -> bool {
        self.incident_types.get(incident).is_some_and(|info| {
            self.incident_families
                .get(&info.family)
                .is_some_and(|family| family.actor_relation.as_str() == "carries_out")
        })
    }

    /// Whether reports of these two types may tell of one incident: one is a form of the other or
    /// may be told as it, or both are forms of one type and one says too little to be another.
    #[must_use]
    pub fn may_be_one(&self, a: &str, b: &str) -> bool {
        if self.is_told_as(a, b) || self.is_told_as(b, a) {
            return true;
        }
        (self.is_general(a) || self.is_general(b))
            && self.incident_types.iter().any(|(above, info)| {
                info.general
                    && self.incident_is_a(a, above.as_str())
                    && self.incident_is_a(b, above.as_str())
            })
    }

    /// Whether the type says so little that a report may mean any of its kind.
    #[must_use]
    pub fn is_general(&self, incident: &str) -> bool {
        self.incident_types.get(incident).is_some_and(|info| info.general)
    }

    /// Whether the type is told of what is still to come.
    #[must_use]
    pub fn is_prospect(&self, incident: &str) -> bool {
        self.incident_types.get(incident).is_some_and(|info| info.prospect)
    }
}
