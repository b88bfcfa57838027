//! [`AnnotatedText`] and the pack's gazetteer to mentions: every
//! stretch of text that refers to something, typed. A detector per file; one overlap policy.

pub mod value;

mod charge;
mod context;
mod country_name;
mod elided;
mod family_name;
mod gazetteer;
mod located;
mod model;
mod nominal;
mod organization;
mod overlap;
mod person;
pub(crate) mod phrase;
mod place;
mod pronoun;
mod self_named;
mod threat;
mod title_case;
mod truecase;
mod usage;

pub use charge::with_charges;
pub use context::DetectionContext;
pub use elided::ElidedDetector;
pub use gazetteer::GazetteerDetector;
pub use model::ModelDetector;
pub use nominal::NominalDetector;
pub use organization::{NamePatternDetector, is_acronym_of, needed_initials, shares_initials};
pub use person::PersonDetector;
pub use place::PlaceDetector;
pub use pronoun::PronounDetector;
pub use threat::ThreatDetector;
pub use truecase::truecase;

use crate::date::Date;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::date::DateInterval;
use crate::ontology::EntityType;
use crate::pack::Pack;
use crate::span::{MentionId, RuleId, Span, TokenRange};
use crate::text::AnnotatedText;

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
    /// The tokens of the name proper inside a longer mention: `Ann Lee` in `Foreign Secretary
    /// Ann Lee`. `None` where the whole mention is the name, or there is none.
    pub name: Option<TokenRange>,
    /// How sure the detector is, 0 to 1.
    pub confidence: f32,
}

impl Mention {
    /// A mention of a range of tokens, its span and head worked out, without entry, use or value.
    #[must_use]
    pub fn new(
        text: &AnnotatedText<'_>,
        tokens: TokenRange,
        entity_type: EntityType,
        form: MentionForm,
        detector: &str,
        confidence: f32,
    ) -> Self {
        Self {
            id: MentionId::default(),
            span: text.span(tokens),
            tokens,
            head: phrase::head_of(text, tokens) as u32,
            entity_type,
            subtype: None,
            form,
            usage: None,
            entry: None,
            value: None,
            detector: detector.into(),
            name: None,
            confidence,
        }
    }

    /// Moves the mention to other tokens.
    fn reshape(&mut self, text: &AnnotatedText<'_>, tokens: TokenRange) {
        self.tokens = tokens;
        self.span = text.span(tokens);
        self.head = phrase::head_of(text, tokens) as u32;
    }

    /// The tokens of its name: the name proper where a title stands before it, else all.
    #[must_use]
    pub fn name_tokens(&self) -> TokenRange {
        self.name.unwrap_or(self.tokens)
    }
}

/// Finds mentions of some sort. Detectors run in a fixed order; each sees what those before it
/// found and may complete it.
pub trait MentionDetector {
    /// Adds its mentions to `found`, which the overlap policy reads afterwards.
    fn detect(&self, context: &DetectionContext<'_, '_>, found: &mut Vec<Mention>);
}

/// All mentions of a document, in order of start, then of length (longest first); a mention's id
/// is its index.
///
/// `published` anchors relative dates.
#[must_use]
pub fn detect(text: &AnnotatedText<'_>, published: Option<Date>, pack: &Pack) -> Vec<Mention> {
    let context = DetectionContext::new(text, pack, published);
    let detectors: [&dyn MentionDetector; 9] = [
        &GazetteerDetector,
        &ModelDetector,
        &NamePatternDetector,
        &PersonDetector,
        &PlaceDetector,
        &NominalDetector,
        &PronounDetector,
        &ElidedDetector,
        &ThreatDetector,
    ];
    // Values first: `May` and `March` are known for dates before names are looked for.
    let mut found = value::detect_values(text, published, &pack.values);
    for detector in detectors {
        detector.detect(&context, &mut found);
    }
    let mut mentions = overlap::resolve(text, found);
    country_name::complete(&context, &mut mentions);
    self_named::complete(&context, &mut mentions);
    usage::assign(&context, &mut mentions);
    for (index, mention) in mentions.iter_mut().enumerate() {
        mention.id = MentionId(index as u32);
    }
    mentions
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
