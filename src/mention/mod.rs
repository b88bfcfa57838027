//! [`AnnotatedText`](crate::text::AnnotatedText) and the pack's gazetteer to mentions: every
//! stretch of text that refers to something, typed. A detector per file; one overlap policy.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::date::DateInterval;
use crate::ontology::EntityType;
use crate::span::{MentionId, RuleId, Span, TokenRange};

/// A stretch of text that refers to an entity, or states a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Its index in the document, in order of start, then of length (longest first).
    pub id: MentionId,
    /// Its bytes.
    pub span: Span,
    /// Its tokens.
    pub tokens: TokenRange,
    /// The token that the rest of the mention depends on.
    pub head: u32,
    /// Type of what it refers to.
    pub entity_type: EntityType,
    /// A finer type, where known: `islamist`, `firearm`.
    pub subtype: Option<SmolStr>,
    /// Name, nominal or pronoun.
    pub form: MentionForm,
    /// Whether a country acts here or is a place.
    pub usage: Option<MentionUse>,
    /// The gazetteer entry that it names, where one is certain.
    pub entry: Option<SmolStr>,
    /// What it says, where it is a value or holds a number.
    pub value: Option<Value>,
    /// The detector that found it.
    pub detector: RuleId,
    /// How sure the detector is, 0 to 1.
    pub confidence: f32,
}

/// How a mention refers.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum MentionForm {
    /// By a proper name.
    #[default]
    Name,
    /// By a common noun phrase: `the agency`, `two brothers`.
    Nominal,
    /// By a pronoun.
    Pronoun,
}

/// How a country, or a capital that stands for one, is used in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MentionUse {
    /// It does, says or suffers something.
    Actor,
    /// Something happens in it.
    Place,
}

/// What a text states as a value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Value {
    /// A date or period.
    Date {
        /// When; `None` where it is relative and nothing anchors it.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        interval: Option<DateInterval>,
    },
    /// A number of things, a share, or a measure.
    Quantity(Quantity),
    /// A sum of money.
    Money {
        /// The sum.
        amount: f64,
        /// ISO 4217 code where the text tells it, else the sign.
        currency: SmolStr,
    },
    /// A nationality, as the id of its country.
    Nationality {
        /// Gazetteer id of the country.
        country: SmolStr,
    },
}

/// A number as people write them: a value and, where the text bounds it, the bounds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// The number itself: 750 for "more than 750", 0.75 for "three-quarters".
    pub value: f64,
    /// At least this, where the text says so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub min: Option<f64>,
    /// At most this, where the text says so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub max: Option<f64>,
    /// Whether the text calls it approximate: "around", "some", "dozens".
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub approximate: bool,
    /// `%` or `share` for fractions of a whole, a unit of measure, else absent for a count.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<SmolStr>,
}
