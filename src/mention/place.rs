//! Names of places that their surroundings tell: `the town of X`, `Near X, ...`, `X province`.

use super::context::DetectionContext;
use super::located::Located;
use super::phrase::head_of;
use super::{Mention, MentionDetector, MentionForm};
use crate::ontology::EntityType;
use crate::span::TokenRange;
use crate::text::{Dep, Pos};

/// Finds and completes names of places.
pub struct PlaceDetector;

const RULE: &str = "detector:place-context";

impl MentionDetector for PlaceDetector {
    fn detect(&self, context: &DetectionContext<'_, '_>, found: &mut Vec<Mention>) {
        with_noun(context, found);
        after_preposition(context, found);
    }
}

fn is_place_noun(context: &DetectionContext<'_, '_>, token: usize) -> bool {
    context
        .phrase_ending_at(&context.pack.lexicons.nominals, token)
        .is_some_and(|(_, nominals)| nominals.iter().any(|n| n.entity_type == "place"))
}

/// Takes the noun into the name: `Anbar province`, `Hasaka Governorate`. Only nouns for what is
/// itself called by the name; a suburb of a city is not the city.
fn with_noun(context: &DetectionContext<'_, '_>, found: &mut [Mention]) {
    let text = context.text;
    for mention in found.iter_mut() {
        let noun = mention.tokens.end as usize;
        let location = matches!(mention.entity_type.as_str(), "place" | "organization" | "person");
        if !location || mention.form != MentionForm::Name || noun >= text.tokens.len() {
            continue;
        }
        let naming = context.pack.usage.naming_nouns.contains(&text.tokens[noun].lower);
        let head = head_of(text, mention.tokens);
        let joined =
            text.tokens[head].dep == Dep::Compound && text.tokens[head].head as usize == noun;
        let both_proper = text.tokens[noun].pos == Pos::Propn && context.is_capitalised(noun);
        let certain = mention.entry.is_some() || mention.entity_type == "place" || both_proper;
        if naming && certain && (joined || both_proper) {
            mention.reshape(text, TokenRange::new(mention.tokens.start as usize, noun + 1));
            if mention.entity_type != "place" {
                mention.entity_type = EntityType::from("place");
                mention.entry = None;
            }
        }
    }
}

/// Whether a word has one capital, its first letter: no acronym or brand.
fn is_written_as_word(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() == 1 && word.chars().count() > 2
}

/// Whether the noun that an `in` depends on tells of holdings and offices, which are in a body:
/// `shares in X`.
fn holds_in(context: &DetectionContext<'_, '_>, preposition: usize) -> bool {
    let text = context.text;
    text.head(preposition).is_some_and(|over| {
        let lemma = &text.tokens[over].lemma;
        context.pack.usage.holding_nouns.contains(lemma)
            || matches!(lemma.as_str(), "invest" | "believe" | "trust" | "work" | "serve" | "sit")
    })
}

/// Whether somebody else in the text bears a name as the last of several, or does something or has
/// something done to him under it.
fn is_named(context: &DetectionContext<'_, '_>, found: &[Mention], name: usize) -> bool {
    let text = context.text;
    let lower = &text.tokens[found[name].tokens.start as usize].lower;
    found.iter().enumerate().any(|(i, other)| {
        let last = &text.tokens[other.tokens.end as usize - 1];
        i != name
            && other.entity_type == "person"
            && other.form == MentionForm::Name
            && last.lower == *lower
            && (other.tokens.len() > 1
                || matches!(
                    text.tokens[other.head as usize].dep,
                    Dep::Nsubj | Dep::NsubjPass | Dep::Dobj | Dep::Poss | Dep::Appos
                ))
    })
}

/// Unknown names after `near`, `in` and after `the town of`.
fn after_preposition(context: &DetectionContext<'_, '_>, found: &mut Vec<Mention>) {
    let text = context.text;
    let mut located = Located::new(text, found);
    for token in 0..text.tokens.len() {
        let lower = text.tokens[token].lower.as_str();
        let opens = match lower {
            "near" | "outside" => true,
            "in" | "at" | "from" | "around" => text.tokens[token].pos == Pos::Adp,
            "of" => token > 0 && is_place_noun(context, token - 1),
            _ => false,
        };
        if !opens || context.is_shouted(token) {
            continue;
        }
        let sentence_end = text.sentences[text.sentence_of(token)].tokens.end as usize;
        let start = token + 1;
        let mut end = start;
        while end < sentence_end
            && end - start < 5
            && (text.tokens[end].pos == Pos::Propn && context.is_capitalised(end)
                || end > start && text.surface(end) == "-" && !text.tokens[end].space_after)
        {
            end += 1;
        }
        if end == start || text.surface(end - 1) == "-" {
            continue;
        }
        let tokens = TokenRange::new(start, end);
        let certain = matches!(lower, "near" | "of");
        let mut beside = located.places(found, tokens).into_iter();
        let taken = beside.find(|place| found[*place].form == MentionForm::Name);
        match taken {
            Some(index) => {
                // What the model called a person or a body stands where only a place can.
                let other = &found[index];
                let weak = other.entry.is_none()
                    && matches!(other.entity_type.as_str(), "person" | "organization")
                    && tokens.contains(other.tokens)
                    && (other.tokens.len() == 1 || certain)
                    && super::organization::type_by_name(context, tokens).is_none();
                // "near Gao": of one name that a family too may have, "near" says more.
                let full_name = super::model::is_personal_name(context, start)
                    && super::model::is_personal_name(context, end - 1)
                    && (end - start > 1 || !super::model::is_family_name_alone(context, start));
                let stands_in = lower == "in"
                    && other.entity_type == "organization"
                    && other.tokens.len() == 1
                    && is_written_as_word(text.surface(start))
                    && !holds_in(context, token);
                // "a farmer in Mora": of one name that a family too may have, if nobody has it here.
                let town = lower == "in"
                    && other.entity_type == "person"
                    && weak
                    && other.tokens == tokens
                    && is_written_as_word(text.surface(start))
                    && text.tokens.get(end).is_none_or(|t| t.tag != "POS")
                    && !holds_in(context, token)
                    && !is_named(context, found, index);
                let other = &mut found[index];
                if (certain || stands_in) && weak && !full_name || town {
                    other.entity_type = EntityType::from("place");
                    other.reshape(text, tokens);
                    located.add(index, tokens);
                }
            }
            None => {
                let head = head_of(text, tokens);
                let heads_phrase = text.tokens[head].dep == Dep::Pobj;
                let acronym = tokens.len() == 1
                    && text.surface(start).chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
                if heads_phrase && (certain || lower == "in" && !acronym) {
                    let confidence = if certain { 0.7 } else { 0.4 };
                    let place = EntityType::from("place");
                    let form = MentionForm::Name;
                    let name = Mention::new(text, tokens, place, form, RULE, confidence);
                    located.push(found, name);
                }
            }
        }
    }
}
