//! Subjects whose noun is left out: `one was killed`, `the other escaped`, `another went off`. They are
//! pronouns that stand for no one told before, but are of the type of those.

use super::context::DetectionContext;
use super::{Mention, MentionDetector, MentionForm};
use crate::span::TokenRange;
use crate::text::{Dep, Pos};

/// Finds subjects whose noun is left out.
pub struct ElidedDetector;

const RULE: &str = "detector:elided";

/// How many sentences back the noun is looked for.
const WINDOW: usize = 2;

impl MentionDetector for ElidedDetector {
    fn detect(&self, context: &DetectionContext<'_, '_>, found: &mut Vec<Mention>) {
        let text = context.text;
        let elided: Vec<usize> =
            (0..text.tokens.len()).filter(|token| is_elided(context, *token)).collect();
        if elided.is_empty() {
            return;
        }
        let mut nouns: Vec<usize> = (0..found.len())
            .filter(|m| found[*m].form == MentionForm::Nominal && found[*m].value.is_none())
            .collect();
        crate::order::by_key(&mut nouns, |m| found[*m].head);
        for token in elided {
            if let Some(noun) = antecedent(context, found, &nouns, token) {
                let (entity_type, subtype) =
                    (found[noun].entity_type.clone(), found[noun].subtype.clone());
                let tokens = TokenRange::new(token, token + 1);
                let form = MentionForm::Pronoun;
                let mention = Mention::new(text, tokens, entity_type, form, RULE, 0.5);
                found.push(Mention { subtype, ..mention });
            }
        }
    }
}

/// Whether a word is the subject of a verb in place of the noun that it is a word on.
fn is_elided(context: &DetectionContext<'_, '_>, token: usize) -> bool {
    let text = context.text;
    let usage = &context.pack.usage;
    let word = &text.tokens[token];
    let alone = usage.elliptic_words.contains(&word.lower);
    let behind_article = || {
        usage.elliptic_adjectives.contains(&word.lower)
            && text.children_by(token, &[Dep::Det]).next().is_some()
    };
    matches!(word.dep, Dep::Nsubj | Dep::NsubjPass)
        && (alone && matches!(word.tag.as_str(), "CD" | "DT") || behind_article())
        && text.children(token).all(|c| matches!(text.tokens[c].dep, Dep::Det | Dep::Advmod))
        && text.head(token).is_some_and(|verb| {
            text.tokens[verb].pos == Pos::Verb
                // "One could say"
                && text.children_by(verb, &[Dep::Aux]).all(|aux| text.tokens[aux].tag != "MD")
        })
}

/// The nearest noun that a word may be short for: several things or people, counted ones and subjects
/// first; what goes off is an explosive.
fn antecedent(
    context: &DetectionContext<'_, '_>,
    found: &[Mention],
    nouns: &[usize],
    token: usize,
) -> Option<usize> {
    let text = context.text;
    let here = text.sentence_of(token);
    let explodes = text.head(token).is_some_and(|verb| {
        let exploding = &context.pack.frames.lists.exploding;
        let lemma = &text.tokens[verb].lemma;
        let particle = text.children_by(verb, &[Dep::Prt]).next();
        let phrase = particle.map(|p| format!("{lemma} {}", text.tokens[p].lower));
        exploding.contains(phrase.as_deref().unwrap_or(lemma))
    });
    let last = nouns.partition_point(|m| (found[*m].head as usize) < token);
    let near = nouns[..last]
        .iter()
        .copied()
        .rev()
        .take_while(|m| text.sentence_of(found[*m].head as usize) + WINDOW >= here);
    near.filter_map(|m| {
        let mention = &found[m];
        let head = mention.head as usize;
        let plural = matches!(text.tokens[head].tag.as_str(), "NNS" | "NNPS");
        let equipment = mention.entity_type == "equipment";
        let explosive = equipment
            && mention
                .subtype
                .as_ref()
                .is_some_and(|subtype| context.pack.frames.lists.weapon_subtypes.contains(subtype));
        // "another" and "the second" may be one more of one.
        let first = &context.pack.usage.elliptic_firsts;
        if !plural && first.contains(&text.tokens[token].lower) || explodes != explosive && explodes
        {
            return None;
        }
        let counted = text.children_by(head, &[Dep::NumMod]).next().is_some();
        let subject = matches!(text.tokens[head].dep, Dep::Nsubj | Dep::NsubjPass);
        let back = here - text.sentence_of(head);
        Some(((back, !counted, !subject), m))
    })
    // Of several alike the nearest.
    .min_by_key(|(rank, _)| *rank)
    .map(|(_, m)| m)
}
