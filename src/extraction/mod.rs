//! Mentions, chains and the pack's frames to relations and incidents, each with its stance (who
//! says so) and its stage (did it happen).

mod again;
mod analysis;
mod assembly;
mod belligerents;
mod circumstances;
mod clause;
mod event;
mod examples;
mod extract;
mod fillers;
mod mention_index;
mod incident;
mod induction;
mod judgement;
mod lists;
mod members;
mod phrase_heads;
mod relations;
mod sameness;
mod sentence;
mod stage;
mod support;
mod trigger;

pub use again::Again;
pub use analysis::{
    AnalysedIncident, AnalysedMention, AnalysedRelation, Argument, Cut, DocumentAnalysis, Range,
};
pub use examples::{ExampleFailure, ExampleReport, check_examples};
pub use extract::{Extraction, extract};
use smol_str::SmolStr;
pub use stage::{StageReading, stage_of};

use crate::date::DateInterval;
use crate::mention::Quantity;
use crate::ontology::{IncidentType, RelationType};
pub use crate::ontology::{Role, Stage, Stance};
use crate::span::{MentionId, RuleId, Span};

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
    /// What it shares with what was told of that event before; empty where it is the first to tell
    /// of it.
    pub again: Vec<Again>,
    /// 0 to 1.
    pub confidence: f32,
}
