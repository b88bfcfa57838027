//! Predicate nominatives: `X is the head of Y`.

use super::CoreferenceSieve;
use super::resolution::{Resolution, is_value};
use crate::mention::MentionForm;
use crate::text::Dep;

/// Joins the subject of `be` to the noun phrase that says what it is.
pub(super) struct PredicateNominative;

impl CoreferenceSieve for PredicateNominative {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        let text = resolution.text;
        for mention in 0..resolution.mentions.len() {
            let here = &resolution.mentions[mention];
            let head = here.head as usize;
            if here.form != MentionForm::Nominal
                || is_value(here)
                || text.tokens[head].dep != Dep::Attr
            {
                continue;
            }
            let Some(verb) = text.head(head) else { continue };
            let plain = text.tokens[verb].lemma == "be"
                && matches!(text.tokens[verb].tag.as_str(), "VBZ" | "VBP" | "VBD")
                && !text.children(verb).any(|c| {
                    matches!(text.tokens[c].dep, Dep::Neg | Dep::Expl | Dep::Mark)
                        || text.tokens[c].tag == "MD"
                })
                && !text.slice(text.sentences[resolution.sentence(mention)].tokens).ends_with('?');
            let subject = text.children_by(verb, &[Dep::Nsubj]).next();
            if plain
                && let Some(subject) = subject.and_then(|s| resolution.mention_covering(s))
                && !is_value(&resolution.mentions[subject])
                && resolution.mentions[subject].form == MentionForm::Name
            {
                resolution.join(mention, subject, "sieve:predicate");
            }
        }
    }
}
