//! Personal and possessive pronouns. What they refer to is for coreference to tell; until then
//! their type is what the word itself tells.

use super::context::DetectionContext;
use super::{Mention, MentionDetector, MentionForm};
use crate::ontology::EntityType;
use crate::span::TokenRange;
use crate::text::{AnnotatedText, Dep, Pos};

/// Finds pronouns that refer.
pub struct PronounDetector;

const RULE: &str = "detector:pronoun";

impl MentionDetector for PronounDetector {
    fn detect(&self, context: &DetectionContext<'_, '_>, found: &mut Vec<Mention>) {
        let text = context.text;
        for (i, token) in text.tokens.iter().enumerate() {
            let entity_type = match token.lower.as_str() {
                "i" | "me" | "my" | "mine" | "myself"
                    if token.lower != "i" || text.surface(i) == "I" =>
                {
                    "person"
                }
                "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => "person",
                "we" | "our" | "ours" | "ourselves" | "they" | "them" | "their" | "theirs"
                | "themselves" => "group",
                "us" if text.surface(i) != "US" || context.is_shouted(i) => "group",
                "it" | "its" | "itself" => "organization",
                _ => continue,
            };
            let pronoun = matches!(token.pos, Pos::Pron | Pos::Det)
                || matches!(token.tag.as_str(), "PRP" | "PRP$");
            if !pronoun || token.lower == "it" && is_empty_subject(text, i) {
                continue;
            }
            found.push(Mention::new(
                text,
                TokenRange::new(i, i + 1),
                EntityType::from(entity_type),
                MentionForm::Pronoun,
                RULE,
                0.6,
            ));
        }
    }
}

/// `It is clear that ...`, `it remains to be seen`, `it rained`: nothing is referred to.
fn is_empty_subject(text: &AnnotatedText<'_>, token: usize) -> bool {
    if text.tokens[token].dep == Dep::Expl {
        return true;
    }
    if !matches!(text.tokens[token].dep, Dep::Nsubj | Dep::NsubjPass) {
        return false;
    }
    let Some(verb) = text.head(token) else { return false };
    let copula =
        matches!(text.tokens[verb].lemma.as_str(), "be" | "remain" | "seem" | "appear" | "become");
    let predicate = text.children_by(verb, &[Dep::Acomp, Dep::Attr]).next();
    let clause_of = |t: usize| {
        text.children(t).any(|c| {
            matches!(text.tokens[c].dep, Dep::Ccomp | Dep::Xcomp | Dep::Csubj | Dep::Advcl)
        })
    };
    let clause = text.children(verb).any(|c| {
        matches!(text.tokens[c].dep, Dep::Ccomp | Dep::Csubj)
            || text.tokens[c].dep == Dep::Xcomp && text.tokens[verb].lemma == "be"
    }) || predicate.is_some_and(clause_of);
    let passive = text.tokens[token].dep == Dep::NsubjPass && clause;
    copula && clause || passive
}
