//! The analysis of one document in the form in which it is written to `analysis.jsonl`, one
//! document a line. All that building the graph needs is in it. Offsets count code points.

use crate::date::Date;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::{Again, Role, Stage, Stance};
use crate::date::DateInterval;
use crate::document::FurnitureReason;
use crate::mention::{MentionForm, MentionUse, Quantity, Value};
use crate::ontology::{EntityType, IncidentType, RelationType};
use crate::span::{DocumentId, MentionId, RuleId};

/// Everything that one document says. Depends on that document, the model and the pack alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DocumentAnalysis {
    /// The document.
    pub doc: DocumentId,
    /// Day of publication.
    pub published: Option<Date>,
    /// Headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Path as given on the command line.
    #[serde(default)]
    pub path: String,
    /// Language of the story, ISO 639-3, where it is told reliably.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<SmolStr>,
    /// Words of the story.
    #[serde(default)]
    pub words: usize,
    /// Sentences of the story.
    #[serde(default)]
    pub sentences: usize,
    /// MinHash signature of the story.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fingerprint: Vec<u32>,
    /// What was cut as web furniture.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub furniture: Vec<Cut>,
    /// What had to be repaired while reading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// The mentions; a mention's id is its index.
    pub mentions: Vec<AnalysedMention>,
    /// The relations.
    pub relations: Vec<AnalysedRelation>,
    /// The incidents.
    pub incidents: Vec<AnalysedIncident>,
}

impl DocumentAnalysis {
    /// The analysis itself, if its parts fit together: mentions are numbered from 0, and
    /// relations and incidents name mentions that exist. A file from elsewhere may hold anything.
    ///
    /// # Errors
    /// What does not fit.
    pub fn checked(self) -> Result<Self, String> {
        if self.doc.as_str().is_empty() {
            return Err("the document has no id".to_owned());
        }
        for (i, mention) in self.mentions.iter().enumerate() {
            if mention.id.index() != i {
                return Err(format!("mention {} stands at place {i}", mention.id.0));
            }
        }
        let known = |id: MentionId| {
            let count = self.mentions.len();
            if id.index() < count {
                Ok(())
            } else {
                Err(format!("there is no mention {}; the document has {count}", id.0))
            }
        };
        for relation in &self.relations {
            known(relation.subject)?;
            known(relation.object)?;
            relation.speaker.map_or(Ok(()), known)?;
        }
        for (i, incident) in self.incidents.iter().enumerate() {
            known(incident.mention)?;
            incident.speaker.map_or(Ok(()), known)?;
            incident.arguments.iter().try_for_each(|a| known(a.mention))?;
            if incident.id != i || incident.same_as > i {
                return Err(format!(
                    "incident {} at place {i} is the same as {}; ids count from 0 and same_as names an earlier incident or itself",
                    incident.id, incident.same_as
                ));
            }
        }
        Ok(self)
    }
}

/// A range in code points.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Range {
    /// First code point.
    pub begin: usize,
    /// One past the last.
    pub end: usize,
}

/// A stretch that was cut before reading.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cut {
    /// Its first code point.
    pub begin: usize,
    /// One past its last.
    pub end: usize,
    /// Why.
    pub reason: FurnitureReason,
}

/// See [`Mention`](crate::mention::Mention).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnalysedMention {
    /// Index in the document.
    pub id: MentionId,
    /// Its first code point.
    pub begin: usize,
    /// One past its last.
    pub end: usize,
    /// The words.
    pub text: SmolStr,
    /// Type of what it refers to.
    #[serde(rename = "type")]
    pub entity_type: EntityType,
    /// A finer type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtype: Option<SmolStr>,
    /// Name, nominal or pronoun.
    pub form: MentionForm,
    /// How a country is used here.
    #[serde(default, rename = "use", skip_serializing_if = "Option::is_none")]
    pub usage: Option<MentionUse>,
    /// Number of its coreference chain in the document.
    pub chain: usize,
    /// Gazetteer entry of its chain, where one is certain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<SmolStr>,
    /// What it says, for a value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The name proper inside a longer mention ("Foreign Secretary Ann Lee" → "Ann Lee").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The sieve that joined it to its chain, and the mention it was joined to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined: Option<(RuleId, MentionId)>,
    /// The detector that found it.
    pub rule: RuleId,
    /// 0 to 1.
    pub confidence: f32,
}

/// See [`RelationMention`](super::RelationMention).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnalysedRelation {
    /// Type of the relation.
    pub relation: RelationType,
    /// Who or what.
    pub subject: MentionId,
    /// Whom or what.
    pub object: MentionId,
    /// First code point of the words that prove it.
    pub begin: usize,
    /// One past their last.
    pub end: usize,
    /// Those words.
    pub quote: SmolStr,
    /// Who says so, and how.
    pub stance: Stance,
    /// Whom the text names as saying so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<MentionId>,
    /// When it held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<DateInterval>,
    /// The frame or rule that read it.
    pub rule: RuleId,
    /// 0 to 1.
    pub confidence: f32,
}

/// One part in an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Argument {
    /// Which part.
    pub role: Role,
    /// Who or what has it.
    pub mention: MentionId,
}

/// See [`IncidentMention`](super::IncidentMention).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnalysedIncident {
    /// Index in the document's incidents.
    pub id: usize,
    /// The mention of type `incident` at its trigger.
    pub mention: MentionId,
    /// Type of incident.
    pub incident_type: IncidentType,
    /// Did it happen?
    pub stage: Stage,
    /// Who says so, and how.
    pub stance: Stance,
    /// Whom the text names as saying so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<MentionId>,
    /// The word or words that tell of it.
    pub trigger: Range,
    /// First code point of the words that prove it.
    pub begin: usize,
    /// One past their last.
    pub end: usize,
    /// Those words.
    pub quote: SmolStr,
    /// Who and what had which part.
    pub arguments: Vec<Argument>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<DateInterval>,
    /// The words that say when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_text: Option<String>,
    /// How many, for a counted set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<Quantity>,
    /// How many people were killed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub killed: Option<Quantity>,
    /// How many people were injured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub injured: Option<Quantity>,
    /// Threat of the pack's taxonomy that it makes real.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threat: Option<SmolStr>,
    /// First incident of the document that is the same event, or its own id.
    pub same_as: usize,
    /// What it shares with what was told of that event before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub again: Vec<Again>,
    /// The frame or rule that read it.
    pub rule: RuleId,
    /// 0 to 1.
    pub confidence: f32,
}

impl AnalysedIncident {
    /// The word or words that tell of it.
    #[must_use]
    pub fn words(&self) -> &str {
        let place = |at: usize| {
            let characters = at.saturating_sub(self.begin);
            self.quote.char_indices().nth(characters).map_or(self.quote.len(), |(byte, _)| byte)
        };
        let (first, last) = (place(self.trigger.begin), place(self.trigger.end));
        self.quote.get(first..last).unwrap_or_default()
    }
}
