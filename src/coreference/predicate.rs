//! Predicate nominatives: `X is the head of Y`; `the dead man was identified as X`.

use super::CoreferenceSieve;
use super::resolution::{Resolution, is_value};
use crate::mention::MentionForm;
use crate::text::Dep;

/// Joins the subject of `be` to the noun phrase that says what it is.
pub(super) struct PredicateNominative;

impl CoreferenceSieve for PredicateNominative {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        identified(resolution);
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

/// Verbs that give the name of somebody described: "identified as X".
const NAMING: [&str; 3] = ["identify", "name", "know"];

/// Joins a description to the name that it is said to have: `a man identified as X`.
fn identified(resolution: &mut Resolution<'_, '_>) {
    let text = resolution.text;
    for mention in 0..resolution.mentions.len() {
        let here = &resolution.mentions[mention];
        let head = here.head as usize;
        if here.form != MentionForm::Name
            || is_value(here)
            || text.tokens[head].dep != Dep::Pobj
            || text.children_by(head, &[Dep::Conj]).next().is_some()
        {
            continue;
        }
        let as_word = text.head(head).filter(|t| text.tokens[*t].lower == "as");
        let Some(verb) = as_word.and_then(|t| text.head(t)) else { continue };
        if !NAMING.contains(&text.tokens[verb].lemma.as_str())
            || text.children_by(verb, &[Dep::Neg]).next().is_some()
        {
            continue;
        }
        let object = text.children_by(verb, &[Dep::NsubjPass, Dep::Dobj]).next();
        let object = object.or_else(|| text.head(verb).filter(|_| text.tokens[verb].dep == Dep::Acl));
        if let Some(object) = object
            && let Some(described) = resolution.mention_covering(object)
            && resolution.mentions[described].form == MentionForm::Nominal
            && resolution.mentions[described].entity_type == here.entity_type
            && text.tokens[object].tag == "NN"
        {
            resolution.join(described, mention, "sieve:identified");
        }
    }
}
