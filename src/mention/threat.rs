//! Kinds of danger, by the phrases of the pack's taxonomy.

use super::context::DetectionContext;
use super::{Mention, MentionDetector, MentionForm};
use crate::ontology::EntityType;
use crate::text::Pos;

/// Finds threats: `Islamist terrorism`, `state aggression`.
pub struct ThreatDetector;

const RULE: &str = "detector:threat";

impl MentionDetector for ThreatDetector {
    fn detect(&self, context: &DetectionContext<'_, '_>, found: &mut Vec<Mention>) {
        let text = context.text;
        let threats = &context.pack.threats;
        let mut token = 0;
        while token < text.tokens.len() {
            let Some((tokens, values)) = context.phrase_at(threats.names(), token) else {
                token += 1;
                continue;
            };
            token = tokens.end as usize;
            let last = &text.tokens[tokens.end as usize - 1];
            let nominal = matches!(last.pos, Pos::Noun | Pos::Propn | Pos::Adj)
                || last.tag == "VBG" && tokens.len() > 1;
            let Some(threat) = values.first().map(|index| &threats.threats()[*index]) else {
                continue;
            };
            if nominal {
                let mention = Mention::new(
                    text,
                    tokens,
                    EntityType::from("threat"),
                    MentionForm::Nominal,
                    RULE,
                    0.8,
                );
                found.push(Mention { entry: Some(threat.id.clone()), ..mention });
            }
        }
    }
}
