//! Whether a thing told happened, who says so, and how: stage and attribution of one trigger.

use crate::attribution::Attributions;
use crate::mention::Mention;
use crate::ontology::{Stage, Stance};
use crate::pack::Pack;
use crate::span::MentionId;
use crate::text::AnnotatedText;

use super::mention_index::MentionIndex;
use super::stage::stage_of;

/// Stage and stance of what one trigger tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judgement {
    pub(super) stage: Stage,
    pub(super) stance: Stance,
    pub(super) speaker: Option<MentionId>,
    /// Whether the text itself says that it did not happen.
    pub(super) negated: bool,
    /// Whether somebody says that it will be done, as others tell it: "said it would expel".
    pub(super) announced: bool,
    /// How much is left of the confidence: a possibility or a question tells little.
    pub(super) weight: f32,
}

/// What the judgement of a trigger rests on.
#[derive(Clone, Copy)]
pub(super) struct Judge<'a, 't> {
    pub(super) text: &'a AnnotatedText<'t>,
    pub(super) attributions: &'a Attributions,
    pub(super) pack: &'a Pack,
    pub(super) index: &'a MentionIndex<'a>,
}

impl Judge<'_, '_> {
    /// Judges what the token `trigger` tells. `stage` and `stance` are what its frame and the
    /// verbs around it give: the words of the sentence count more, except that the sentence's
    /// voice ("reported", "stated") never hides that the doer claims or somebody alleges it.
    pub(super) fn judge(
        &self,
        trigger: usize,
        stage: Option<Stage>,
        stance: Option<Stance>,
    ) -> Judgement {
        let read = stage_of(self.text, trigger, self.attributions, &self.pack.stages);
        let said = self.attributions.at(trigger);
        let stage = match (read.stage, stage) {
            (Stage::Occurred | Stage::Ongoing, Some(stage)) => stage,
            // What was planned or tried and then stopped was stopped.
            (_, Some(Stage::Foiled)) => Stage::Foiled,
            (read, _) => read,
        };
        let stance = match (said.stance, stance) {
            _ if read.denied => Stance::Denied,
            (Stance::Reported | Stance::Stated, Some(stance)) => stance,
            (said, _) => said,
        };
        let speaker = said.speaker.and_then(|token| self.speaker(token as usize));
        let weight = if read.hypothetical || read.question { 0.5 } else { 1.0 };
        let reported = |cue: u32| {
            let word = self.text.tokens.get(cue as usize);
            word.is_some_and(|w| self.pack.stages.reported.contains(&w.lower))
        };
        let announced = stage == Stage::Threatened && read.cue.is_some_and(reported);
        let negated = read.denied;
        Judgement { stage, stance, speaker: speaker.map(|m| m.id), negated, announced, weight }
    }

    /// The smallest mention that names the speaker.
    fn speaker(&self, token: usize) -> Option<&Mention> {
        if token >= self.text.tokens.len() {
            return None;
        }
        let headed = self
            .index
            .headed(token)
            .filter(|m| m.value.is_none() && !self.pack.ontology.is_value(m.entity_type.as_str()));
        headed.min_by_key(|m| (m.tokens.len(), m.id)).or_else(|| self.index.name_over(token))
    }
}
