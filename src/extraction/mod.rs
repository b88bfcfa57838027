//! Mentions, chains and the pack's frames to relations and incidents, each with its stance (who
//! says so) and its stage (did it happen).

mod analysis;

pub use analysis::{
    AnalysedIncident, AnalysedMention, AnalysedRelation, Argument, Cut, DocumentAnalysis, Range,
};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::date::DateInterval;
use crate::mention::Quantity;
use crate::ontology::{IncidentType, RelationType};
use crate::span::{MentionId, RuleId, Span};

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

/// A relation between two mentions, as one place in the text states it.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationMention {
    /// Type of the relation.
    pub relation: RelationType,
    /// Who or what.
    pub subject: MentionId,
    /// Whom or what.
    pub object: MentionId,
    /// The words that prove it: they cover trigger, subject and object, within one sentence
    /// wherever both are in one.
    pub span: Span,
    /// Who says so, and how.
    pub stance: Stance,
    /// Whom the text names as saying so.
    pub speaker: Option<MentionId>,
    /// When it held, where the text tells.
    pub date: Option<DateInterval>,
    /// The frame or rule that read it.
    pub rule: RuleId,
    /// 0 to 1.
    pub confidence: f32,
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

/// An incident as one place in the text tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct IncidentMention {
    /// The mention of type `incident` at its trigger; relations to the incident name it.
    pub mention: MentionId,
    /// Type of incident.
    pub incident_type: IncidentType,
    /// Did it happen?
    pub stage: Stage,
    /// Who says so, and how.
    pub stance: Stance,
    /// Whom the text names as saying so.
    pub speaker: Option<MentionId>,
    /// The word or words that tell of it.
    pub trigger: Span,
    /// The words that prove it: clause or sentence.
    pub span: Span,
    /// Who and what had which part, in text order.
    pub arguments: Vec<(Role, MentionId)>,
    /// When.
    pub date: Option<DateInterval>,
    /// The words that say when.
    pub date_text: Option<String>,
    /// How many such incidents, for a counted set ("43 late-stage plots").
    pub count: Option<Quantity>,
    /// How many people were killed.
    pub killed: Option<Quantity>,
    /// How many people were injured.
    pub injured: Option<Quantity>,
    /// A threat of the pack's taxonomy that the incident makes real by its own words or its
    /// actor ("right-wing terror plot"), by gazetteer id.
    pub threat: Option<SmolStr>,
    /// The frame or rule that read it.
    pub rule: RuleId,
    /// Other mentions of incidents in this document that are the same event: the index into the
    /// document's incidents of the first of them, or its own index.
    pub same_as: usize,
    /// 0 to 1.
    pub confidence: f32,
}
