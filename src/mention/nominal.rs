//! Common noun phrases that denote people, bodies, places, facilities and equipment, by the
//! lexicon entry of their head noun.

use super::context::DetectionContext;
use super::phrase::{noun_phrase, noun_phrase_with};
use super::{Mention, MentionDetector, MentionForm};
use crate::ontology::EntityType;
use crate::pack::{Nominal, TitleForm};
use crate::span::TokenRange;
use crate::text::{Dep, Pos};

/// Finds nominals and the people who are called by their office.
pub struct NominalDetector;

const NOMINAL: &str = "detector:nominal";
pub(super) const TITLE: &str = "detector:title";
const EQUIPMENT: &str = "detector:equipment";

impl MentionDetector for NominalDetector {
    fn detect(&self, context: &DetectionContext<'_, '_>, found: &mut Vec<Mention>) {
        let text = context.text;
        for token in 0..text.tokens.len() {
            let pos = text.tokens[token].pos;
            let common = matches!(pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Verb);
            let tag = text.tokens[token].tag.as_str();
            // "One of the wounded": a participle behind an article.
            let participle = || tag == "VBN" && token > 0 && text.tokens[token - 1].dep == Dep::Det;
            if !common
                || pos == Pos::Verb && !participle()
                || matches!(pos, Pos::Adj | Pos::Verb) && !is_nominal_use(context, token)
            {
                continue;
            }
            let plural = matches!(tag, "NNS" | "NNPS") || context.is_common_plural(token);
            if plural && is_headline_verb(context, token) {
                continue;
            }
            let title = context
                .phrase_ending_at(&context.pack.lexicons.titles, token)
                .filter(|(_, titles)| titles.iter().any(|t| t.form != TitleForm::Honorific));
            let nominal = context.phrase_ending_at(&context.pack.lexicons.nominals, token);
            let mention = match (title, nominal) {
                // The longer phrase knows more: `defence minister` over `minister`.
                (Some((phrase, _)), other)
                    if other.is_none_or(|(nominal, _)| {
                        phrase.len() > nominal.len() || phrase.len() == nominal.len() && !plural
                    }) =>
                {
                    office(context, token, phrase, plural)
                }
                (_, Some((phrase, _))) if phrase.len() == 1 && is_adverbial(context, token) => None,
                (_, Some((phrase, nominals))) => {
                    let mut nominal = &nominals[0];
                    // `A group of armed men` are men.
                    if matches!(nominal.entity_type.as_str(), "threat_actor" | "organization") {
                        nominal = people_of(context, token).unwrap_or(nominal);
                    }
                    let state = nominal.entity_type == "country" && is_condition(context, token);
                    // `Seven police`: people.
                    let counted =
                        context.pack.usage.people_if_counted.contains(&text.tokens[token].lower)
                            && text.children_by(token, &[Dep::NumMod]).next().is_some();
                    let group = EntityType::from("group");
                    let entity_type = if counted { &group } else { &nominal.entity_type };
                    let mention = common_noun(context, token, phrase, entity_type);
                    mention.filter(|_| !state).map(|m| Mention {
                        subtype: nominal.subtype.clone().filter(|_| !counted),
                        ..m
                    })
                }
                _ => None,
            };
            found.extend(mention);
        }
    }
}

/// Whether a noun names no thing where it stands alone: `at home`, `returned home`, `home to many`, but
/// `his home`, `the home of the mayor`.
fn is_adverbial(context: &DetectionContext<'_, '_>, token: usize) -> bool {
    let text = context.text;
    let opened = text.children_by(token, &[Dep::Det, Dep::Poss, Dep::NumMod, Dep::Amod]);
    text.tokens[token].tag == "NN"
        && context.pack.usage.articled_nouns.contains(&text.tokens[token].lower)
        && opened.into_iter().next().is_none()
}

/// Whether what the model reads as a noun is the verb of a headline: `Norland suspects sabotage`.
fn is_headline_verb(context: &DetectionContext<'_, '_>, token: usize) -> bool {
    let text = context.text;
    let here = &text.tokens[token];
    let before_noun = here.dep == Dep::Compound && here.head as usize > token
        || here.dep == Dep::Root
            && text.tokens.get(token + 1).is_some_and(|next| {
                matches!(next.pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Det | Pos::Num)
            });
    context.pack.usage.headline_verbs.contains(&here.lower)
        && !context.is_capitalised(token)
        && before_noun
        && token > 0
        && context.is_capitalised(token - 1)
        && text.tokens[token - 1].pos == Pos::Propn
        && text
            .ancestry(token)
            .last()
            .is_some_and(|root| !matches!(text.tokens[root].pos, Pos::Verb | Pos::Aux))
}

/// Whether an adjective stands for a noun: `the wounded`, tagged as an adjective that is an
/// argument itself.
fn is_nominal_use(context: &DetectionContext<'_, '_>, token: usize) -> bool {
    matches!(context.text.tokens[token].dep, Dep::Nsubj | Dep::NsubjPass | Dep::Dobj | Dep::Pobj)
}

/// Whether the noun modifies another noun: `drone` in `drone strike`.
fn modifies(context: &DetectionContext<'_, '_>, token: usize) -> bool {
    let text = context.text;
    matches!(text.tokens[token].dep, Dep::Compound | Dep::Nmod | Dep::Amod | Dep::NpAdvmod)
        && text.tokens[token].head as usize > token
}

/// The people of whom a group consists: `a group of armed men`, `a gang of smugglers`.
fn people_of<'a>(context: &DetectionContext<'a, '_>, head: usize) -> Option<&'a Nominal> {
    let object = object_of(context, head)?;
    let tag = context.text.tokens[object].tag.as_str();
    let (_, nominals) = context.phrase_ending_at(&context.pack.lexicons.nominals, object)?;
    nominals.iter().find(|n| n.entity_type == "group" && matches!(tag, "NNS" | "NNPS"))
}

/// `The state of emergency` is no country: what follows `of` is a common noun.
fn is_condition(context: &DetectionContext<'_, '_>, head: usize) -> bool {
    object_of(context, head).is_some_and(|object| context.text.tokens[object].pos == Pos::Noun)
        && context.text.tokens[head].tag == "NN"
}

/// The noun of the `of` phrase directly after a noun.
fn object_of(context: &DetectionContext<'_, '_>, head: usize) -> Option<usize> {
    let text = context.text;
    let of = text
        .children_by(head, &[Dep::Prep])
        .find(|c| *c == head + 1 && text.tokens[*c].lower == "of")?;
    text.children_by(of, &[Dep::Pobj]).next()
}

/// The people who hold an office: `the director general of the service`.
fn office(
    context: &DetectionContext<'_, '_>,
    head: usize,
    phrase: TokenRange,
    plural: bool,
) -> Option<Mention> {
    if modifies(context, head) {
        return None;
    }
    let text = context.text;
    // "shot in the head": nobody's office.
    if context.pack.usage.body_parts.contains(&text.tokens[head].lemma)
        && context.preposition_of(head).is_some_and(|p| {
            matches!(text.tokens[p].lower.as_str(), "in" | "on" | "to" | "through" | "from")
        })
        && object_of(context, head).is_none()
    {
        return None;
    }
    let range = noun_phrase_with(text, head, &["of", "for", "to"]).cover(phrase);
    let entity_type = EntityType::from(if plural { "group" } else { "person" });
    let mention = Mention::new(text, range, entity_type, MentionForm::Nominal, TITLE, 0.7);
    Some(Mention { head: head as u32, ..mention })
}

fn common_noun(
    context: &DetectionContext<'_, '_>,
    head: usize,
    phrase: TokenRange,
    entity_type: &EntityType,
) -> Option<Mention> {
    let text = context.text;
    let equipment = *entity_type == "equipment";
    let rule = if equipment { EQUIPMENT } else { NOMINAL };
    let range = if modifies(context, head) {
        // As a modifier it stands for means or doers: `drone strike`, `militant attack`.
        if !(equipment || matches!(entity_type.as_str(), "group" | "threat_actor" | "agency")) {
            return None;
        }
        phrase
    } else {
        noun_phrase(text, head).cover(phrase)
    };
    let confidence = if range == phrase { 0.6 } else { 0.7 };
    let mention =
        Mention::new(text, range, entity_type.clone(), MentionForm::Nominal, rule, confidence);
    Some(Mention { head: head as u32, ..mention })
}
