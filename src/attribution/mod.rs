//! [`AnnotatedText`] to who says what: quotations, reported speech,
//! their speakers and their stance.
//!
//! Every word of saying puts a *layer* on what is said: its speaker, its verb, its stance. Layers
//! pass down the tree. Where one lies within another, the inner one counts ("police said he
//! admitted ..." is his admission), except that what is said within a denial or an allegation
//! stays denied or alleged ("denied that Y had said"). Quotations add their speaker to the
//! sentences that no verb of saying reaches.

mod layer;
mod quotation;
mod speaker;

pub use crate::ontology::Stance;
pub(crate) use layer::negated;
pub use quotation::Quotation;

use crate::pack::{Pack, SpeechLexicon};
use crate::text::AnnotatedText;

/// Who says a word, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// Head token of the noun phrase that names the speaker.
    pub speaker: Option<u32>,
    /// The word of saying.
    pub verb: Option<u32>,
    /// Whether the word stands between quotation marks.
    pub quoted: bool,
    /// The stance of what is said; [`Stance::Reported`] for the document's own voice.
    pub stance: Stance,
}

/// Who says what in one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributions {
    tokens: Vec<Attribution>,
    quotations: Vec<Quotation>,
}

impl Attributions {
    /// Who says a token; the document itself for a token that does not exist.
    #[must_use]
    pub fn at(&self, token: usize) -> Attribution {
        self.tokens.get(token).copied().unwrap_or_default()
    }

    /// The quotations, in text order, disjoint.
    #[must_use]
    pub fn quotations(&self) -> &[Quotation] {
        &self.quotations
    }

    /// The quotation that holds a token.
    #[must_use]
    pub fn quotation_at(&self, token: usize) -> Option<&Quotation> {
        let next = self.quotations.partition_point(|q| q.tokens.end as usize <= token);
        self.quotations.get(next).filter(|q| q.tokens.contains_token(token))
    }
}

/// Finds who says what in a text. Takes time linear in the text.
#[must_use]
pub fn attribute(text: &AnnotatedText<'_>, pack: &Pack) -> Attributions {
    attribute_by(text, &pack.speech)
}

/// As [`attribute`], with a lexicon of one's own.
#[must_use]
pub fn attribute_by(text: &AnnotatedText<'_>, lexicon: &SpeechLexicon) -> Attributions {
    let layers = layer::layers(text, lexicon);
    let mut tokens = layer::pass_down(text, &layers);
    let mut quotations = quotation::quotations(text);
    speaker::of_quotations(text, lexicon, &tokens, &mut quotations);
    for quotation in &quotations {
        let words = quotation.tokens.len();
        for token in &mut tokens[quotation.tokens.range()] {
            token.quoted = true;
            if token.speaker.is_none() && token.stance <= Stance::Stated {
                token.speaker = quotation.speaker;
                token.verb = token.verb.or(quotation.verb);
            }
            // Words in scare quotes that nobody is said to have spoken are the document's.
            let spoken = quotation.speaker.is_some() || words > SCARE_QUOTE;
            if token.stance == Stance::Reported && spoken {
                token.stance = Stance::Stated;
            }
        }
    }
    Attributions { tokens, quotations }
}

/// The longest quotation, in tokens, that may be a name or a word held at arm's length.
const SCARE_QUOTE: usize = 5;

#[cfg(test)]
mod tests;
