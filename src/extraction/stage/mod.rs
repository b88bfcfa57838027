//! Did it happen? The words around an event that tell, read up the tree from its trigger.
//!
//! The reading starts at the trigger and climbs from what is governed to what governs it:
//! "accused of *plotting* to **murder**", "the *attempt* to **bomb** ... was *foiled*". Words that
//! govern further out count over those further in where they end the matter (what was plotted
//! and then foiled was foiled), else the nearest counts.

mod climb;
mod noun;
mod preposition;
mod verb;

use crate::attribution::Attributions;
use crate::ontology::Stage;
use crate::pack::StageLexicon;
use crate::text::AnnotatedText;

use climb::Climb;

/// Whether an event happened, as its sentence tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StageReading {
    /// The stage; [`Stage::Threatened`] for what merely may happen.
    pub stage: Stage,
    /// Whether it is said not to have happened, to be or be planned.
    pub denied: bool,
    /// Whether it is told as a possibility, a condition or a habit, not as one event.
    pub hypothetical: bool,
    /// Whether it stands in a question.
    pub question: bool,
    /// The word that decided, if any did.
    pub cue: Option<u32>,
}

/// How many steps up the tree are read.
const STEPS: usize = 12;

/// Reads the stage of the event that the token `trigger` tells of. Takes time bounded by the words
/// of its sentence; a token that does not exist has occurred.
#[must_use]
pub fn stage_of(
    text: &AnnotatedText<'_>,
    trigger: usize,
    attributions: &Attributions,
    lexicon: &StageLexicon,
) -> StageReading {
    if trigger >= text.tokens.len() {
        return StageReading::default();
    }
    let mut climb =
        Climb { text, lexicon, stage: None, possible: None, read: StageReading::default() };
    climb.read.question = is_question(text, trigger);
    climb.start(trigger);
    let mut node = trigger;
    for _ in 0..STEPS {
        match climb.step(node) {
            Some(next) if next != node => node = next,
            _ => break,
        }
    }
    climb.finish(trigger, attributions)
}

fn is_question(text: &AnnotatedText<'_>, token: usize) -> bool {
    let Some(sentence) = text.sentences.get(text.sentence_of(token)) else { return false };
    let mut last = sentence.tokens.range().rev().map(|t| text.surface(t));
    last.by_ref()
        .take(4)
        .find(|s| !s.trim().is_empty() && !matches!(*s, "\"" | "'" | "\u{201d}" | "\u{2019}" | ")"))
        == Some("?")
}

#[cfg(test)]
mod tests;
