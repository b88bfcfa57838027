//! The language model's named entities, typed by the ontology, with the small model's known
//! errors repaired: articles and possessives inside, abbreviations called persons, common nouns.

mod person;

use super::context::DetectionContext;
use super::located::Located;
use super::organization;
use super::phrase::head_of;
use super::{Mention, MentionDetector, MentionForm};
use crate::ontology::EntityType;
use crate::pack::{TitleForm, fold_name};
use crate::span::TokenRange;
use crate::text::{AnnotatedText, Dep, Pos};
use person::{
    is_common_word, is_full_name, is_named_relative, person, person_behind, person_behind_date,
    person_named, without_nationality,
};
pub(super) use person::{is_family_name_alone, is_personal_name};

/// Turns OntoNotes entities into mentions.
pub struct ModelDetector;

const RULE: &str = "detector:model";

impl MentionDetector for ModelDetector {
    fn detect(&self, context: &DetectionContext<'_, '_>, found: &mut Vec<Mention>) {
        let mut located = Located::new(context.text, found);
        for entity in &context.text.entities {
            let Some(tokens) = trimmed(context.text, entity.tokens) else { continue };
            // Whatever is known of these words and the one before them.
            let before = TokenRange { start: tokens.start.saturating_sub(1), end: tokens.end };
            let beside = located.beside(found, before);
            let known = beside.iter().any(|mention| mention.tokens == tokens);
            let of_people = entity.label == "PERSON";
            if known || entity.label != "NORP" && is_common_word(context, tokens, of_people) {
                continue;
            }
            // `the Novichok poisonings`: a weapon by its name, whatever the model takes it for.
            let weapon = context.is_capitalised(tokens.start as usize)
                && super::person::names_weapon(context, tokens);
            if weapon || is_run_of_names(tokens, &beside) {
                continue;
            }
            let mention = match entity.label.as_str() {
                "ORG" | "GPE" | "LOC" | "FAC" if is_full_name(context, tokens, &entity.label) => {
                    typed(context, tokens, "person", 0.75)
                }
                "PERSON" => person(context, without_nationality(context, tokens, &beside)),
                "ORG" | "GPE" | "LOC" if is_named_relative(context, tokens) => {
                    typed(context, tokens, "person", 0.8)
                }
                "ORG" => person_behind(context, tokens, &beside)
                    .or_else(|| body(context, tokens, &beside)),
                "GPE" | "LOC" => place(context, tokens),
                "FAC" => typed(context, tokens, "facility", 0.7),
                "NORP" => people(context, tokens),
                "DATE" => person_behind_date(context, tokens, &beside),
                _ => None,
            };
            if let Some(mention) = mention {
                located.push(found, mention);
            }
        }
    }
}

/// `Kenya Al-Shabaab`: two names that the gazetteers know, one after the other as in a headline,
/// of which the last is a body. They stay two.
fn is_run_of_names(tokens: TokenRange, found: &[&Mention]) -> bool {
    let known = |m: &&&Mention| m.entry.is_some() && tokens.contains(m.tokens);
    found.iter().filter(known).any(|last| {
        matches!(last.entity_type.as_str(), "threat_actor" | "agency" | "organization")
            && last.tokens.end == tokens.end
            && found.iter().filter(known).any(|first| {
                first.tokens.start == tokens.start && first.tokens.end == last.tokens.start
            })
    })
}

/// An entity without the article, quotation marks and possessive mark that the model takes in.
pub(super) fn trimmed(text: &AnnotatedText<'_>, tokens: TokenRange) -> Option<TokenRange> {
    let (mut start, mut end) = (tokens.start as usize, tokens.end as usize);
    let is_noise = |t: usize| {
        matches!(text.tokens[t].pos, Pos::Punct | Pos::Space | Pos::Det)
            || text.tokens[t].tag == "POS"
            || matches!(text.tokens[t].lower.as_str(), "'s" | "’s" | "'" | "’" | "the" | "a" | "an")
    };
    let opens_phrase = |t: usize| {
        text.tokens[t].pos == Pos::Adp && t + 1 < end && !text.tokens[t].lower.contains("al")
            || matches!(text.tokens[t].lower.as_str(), "near" | "in" | "at" | "from") && t + 1 < end
    };
    while start < end && (is_noise(start) || opens_phrase(start)) {
        start += 1;
    }
    let closes = |t: usize| matches!(text.surface(t), ")" | "]");
    while start < end && is_noise(end - 1) && !closes(end - 1) {
        end -= 1;
    }
    // A bracket that is opened inside and not closed: what stands in it is another name.
    if let Some(open) = (start + 1..end).find(|t| matches!(text.surface(*t), "(" | "["))
        && !(open..end).any(closes)
    {
        end = open;
    }
    // A bracket that is opened outside does not close inside.
    if start < end
        && closes(end - 1)
        && !text.slice(TokenRange::new(start, end)).contains(['(', '['])
    {
        end -= 1;
    }
    (start < end).then(|| TokenRange::new(start, end))
}

fn typed(
    context: &DetectionContext<'_, '_>,
    tokens: TokenRange,
    entity_type: &str,
    confidence: f32,
) -> Option<Mention> {
    let named = tokens.range().any(|t| context.text.surface(t).chars().any(char::is_uppercase));
    named.then(|| {
        let entity_type = EntityType::from(entity_type);
        Mention::new(context.text, tokens, entity_type, MentionForm::Name, RULE, confidence)
    })
}

/// Where a name ends that the model has run on with its place: "the Shining Path in Ayacucho" is a
/// body that the pack knows, and where it is.
fn known_before_place(
    context: &DetectionContext<'_, '_>,
    found: &[&Mention],
    start: usize,
    end: usize,
) -> usize {
    let known = found.iter().find(|m| {
        m.tokens.start as usize == start
            && (m.tokens.end as usize) < end
            && m.entry.is_some()
            && matches!(m.entity_type.as_str(), "agency" | "threat_actor" | "organization")
    });
    let in_place = |m: &&&Mention| {
        let next = m.tokens.end as usize;
        matches!(context.text.tokens[next].lower.as_str(), "in" | "from" | "at" | "near")
    };
    known.filter(in_place).map_or(end, |m| m.tokens.end as usize)
}

fn body(
    context: &DetectionContext<'_, '_>,
    tokens: TokenRange,
    found: &[&Mention],
) -> Option<Mention> {
    let text = context.text;
    if let Some((title, values)) =
        context.phrase_at(&context.pack.lexicons.titles, tokens.start as usize)
        && title.contains(tokens)
        && values.iter().any(|t| t.form != TitleForm::Honorific)
    {
        return None;
    }
    let mut start = tokens.start as usize;
    // A verb in lower case ends the name: the model has run on.
    let runs_on = |t: &usize| {
        matches!(text.tokens[*t].tag.as_str(), "VBD" | "VBZ" | "VBP" | "MD")
            && !context.is_capitalised(*t)
    };
    let end = tokens.range().skip(1).find(runs_on).unwrap_or(tokens.end as usize);
    // A common noun that only the start of the sentence, or emphasis, writes large: `State actors`.
    let emphasised = || {
        let over = text.tokens[start].head as usize;
        text.tokens[start].dep == Dep::Compound
            && over == start + 1
            && text.tokens[over].pos == Pos::Noun
            && !context.is_capitalised(over)
    };
    if end == start + 1
        && (context.is_sentence_initial(start) || emphasised())
        && context
            .phrase_ending_at(&context.pack.lexicons.nominals, start)
            .is_some_and(|(phrase, _)| phrase.start as usize == start)
        && text.surface(start).chars().skip(1).any(char::is_lowercase)
    {
        return None;
    }
    // `the group Hezbollah`: the common noun before the name is not of it.
    while start + 1 < end && !context.is_capitalised(start) && text.tokens[start].pos != Pos::Propn
    {
        start += 1;
    }
    let tokens = TokenRange::new(start, known_before_place(context, found, start, end));
    let end = tokens.end as usize;
    if let Some(nominal) = context.phrase_ending_at(&context.pack.lexicons.nominals, end - 1)
        && nominal.1.iter().any(|n| n.entity_type == "equipment")
    {
        return None;
    }
    if let Some(entity_type) = organization::type_by_name(context, tokens) {
        return typed(context, tokens, entity_type.as_str(), 0.7);
    }
    // `a blast in Sarno`: where it happened, whatever the model takes it for.
    let titlecase = text.surface(start).chars().skip(1).all(char::is_lowercase);
    let place = tokens.len() == 1
        && titlecase
        && context.preposition_of(head_of(text, tokens)).is_some_and(|preposition| {
            matches!(text.tokens[preposition].lower.as_str(), "in" | "near" | "outside")
        });
    if place {
        typed(context, tokens, "place", 0.5)
    } else {
        typed(context, tokens, "organization", 0.7)
    }
}

fn place(context: &DetectionContext<'_, '_>, tokens: TokenRange) -> Option<Mention> {
    // `Foreign Secretary Ann Marsh`: after a title, or with a given and a family name, a person.
    let start = tokens.start as usize;
    let given = fold_name(context.text.surface(start)).join(" ");
    let lexicons = &context.pack.lexicons;
    let titled = start > 0
        && context.phrase_ending_at(&lexicons.titles, start - 1).is_some()
        && context.text.tokens[start - 1].dep == Dep::Compound;
    if tokens.len() >= 2 && titled && lexicons.first_names.contains_key(given.as_str()) {
        return person_named(context, tokens);
    }
    if let Some(entity_type) = organization::type_by_name(context, tokens) {
        return typed(context, tokens, entity_type.as_str(), 0.6);
    }
    typed(context, tokens, "place", 0.7)
}

fn people(context: &DetectionContext<'_, '_>, tokens: TokenRange) -> Option<Mention> {
    let text = context.text;
    // `Colombian Guerrillas`: a nationality and a common noun.
    let last = tokens.end - 1;
    if last > tokens.start && context.is_common_plural(last as usize) {
        return typed(context, TokenRange { end: last, ..tokens }, "nationality", 0.7);
    }
    let head = head_of(text, tokens);
    let plural = matches!(text.tokens[head].tag.as_str(), "NNS" | "NNPS");
    let modifies = matches!(text.tokens[head].dep, Dep::Compound | Dep::Amod | Dep::Nmod);
    if plural && !modifies {
        let group = typed(context, tokens, "group", 0.7)?;
        return Some(Mention { form: MentionForm::Nominal, ..group });
    }
    typed(context, tokens, "nationality", 0.7)
}
