//! Slips of the parser that are known and can be told from the parse itself, mended in one pass before
//! anything is read from it. Phrases that only one frame misses, where the parse may stand as it is, are
//! looked for by the reader (`astray`).

mod objects;
mod participles;
mod said;
mod subjects;

use crate::pack::FrameSet;
use crate::text::{AnnotatedText, Dep};

use super::Clauses;
use crate::extraction::phrase_heads::PhraseHeads;

/// An arc as it should be: a token, its head, its label. A root is its own head.
type Arc = (usize, usize, Dep);

/// The text with its slips mended; `None` where there are none.
pub(in crate::extraction) fn mended<'t>(
    text: &AnnotatedText<'t>,
    frames: &FrameSet,
    heads: &PhraseHeads,
) -> Option<AnnotatedText<'t>> {
    let clauses = Clauses { text, frames, heads };
    let mut arcs: Vec<Arc> = Vec::new();
    for token in 0..text.tokens.len() {
        if clauses.is_verb(token) {
            arcs.extend(clauses.subject_astray(token));
        }
        arcs.extend(clauses.preposition_astray(token));
        clauses.object_behind_bound(token, &mut arcs);
        clauses.sources_astray(token, &mut arcs);
        clauses.object_relative(token, &mut arcs);
        clauses.inverted_subject(token, &mut arcs);
        clauses.participle_astray(token, &mut arcs);
        clauses.garden_path(token, &mut arcs);
        clauses.clause_as_object(token, &mut arcs);
        clauses.said_participle(token, &mut arcs);
        clauses.conjunction_astray(token, &mut arcs);
    }
    (!arcs.is_empty()).then(|| text.rehung(&arcs))
}

impl Clauses<'_, '_> {
    fn is_finite(&self, verb: usize) -> bool {
        matches!(self.text.tokens[verb].tag.as_str(), "VBD" | "VBZ" | "VBP")
    }

    fn is_hyphen(&self, token: usize) -> bool {
        self.text.tokens[token].tag == "HYPH"
    }
}
