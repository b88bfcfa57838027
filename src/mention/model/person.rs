//! Which of the model's entities are people, and what of the words it marks is their name.

use super::typed;
use crate::mention::Mention;
use crate::mention::context::DetectionContext;
use crate::mention::organization;
use crate::mention::phrase::head_of;
use crate::pack::{Nominal, fold_name};
use crate::span::TokenRange;
use crate::text::{Dep, Pos};

pub(super) fn person(context: &DetectionContext<'_, '_>, tokens: TokenRange) -> Option<Mention> {
    let text = context.text;
    let mut start = tokens.start as usize;
    let mut end = tokens.end as usize;
    // `X, commander of Y`: a name ends at a comma or bracket.
    if let Some(stop) =
        (start..end).find(|t| matches!(text.surface(*t), "," | "(" | ":" | ";" | "–" | "—" | "/"))
    {
        end = stop;
    }
    while start < end && !context.is_capitalised(start) && text.tokens[start].pos != Pos::Propn {
        start += 1;
    }
    // `Ivan K. under`: the model has run on.
    while start < end && text.tokens[end - 1].pos == Pos::Adp && !context.is_capitalised(end - 1) {
        end -= 1;
    }
    if start >= end {
        return None;
    }
    let tokens = TokenRange::new(start, end);
    if tokens.range().any(|t| text.surface(t).chars().any(|c| c.is_ascii_digit())) {
        return None;
    }
    let titled =
        start > 0 && context.phrase_ending_at(&context.pack.lexicons.titles, start - 1).is_some();
    // The name of the building begins with the title and is found there.
    if titled && organization::is_building(context, end - 1) {
        return None;
    }
    if let Some(entity_type) = organization::type_by_name(context, tokens)
        && !titled
    {
        return typed(context, tokens, entity_type.as_str(), 0.6);
    }
    let head = head_of(text, tokens);
    let single = tokens.len() == 1;
    let surface = text.surface(start);
    let shout = surface.chars().count() > 1 && surface.chars().all(char::is_uppercase);
    if single && shout && !context.is_shouted(start) {
        // An abbreviation: a body, more often than not.
        return typed(context, tokens, "organization", 0.5);
    }
    let known = tokens.range().any(|t| is_personal_name(context, t));
    if single && !known {
        if let Some(preposition) = context.preposition_of(head)
            && matches!(
                text.tokens[preposition].lower.as_str(),
                "in" | "near" | "at" | "outside" | "inside" | "across" | "around" | "towards"
            )
        {
            return typed(context, tokens, "place", 0.5);
        }
        if text.tokens[head].pos != Pos::Propn {
            return None;
        }
    }
    // A title alone is no name.
    let titled = context.phrase_at(&context.pack.lexicons.titles, start);
    if titled.is_some_and(|(title, _)| title.contains(tokens)) {
        return None;
    }
    let confidence = if known || tokens.len() > 1 { 0.85 } else { 0.6 };
    typed(context, tokens, "person", confidence)
}

/// A person whose last name reads like a noun for places.
pub(super) fn person_named(
    context: &DetectionContext<'_, '_>,
    tokens: TokenRange,
) -> Option<Mention> {
    typed(context, tokens, "person", 0.8)
}

/// Whether a single word is no name, however it is written: an adjective such as `National`, a
/// common noun behind an article, or a plural. A word that is also the name of a person may be
/// one where the model says so.
pub(super) fn is_common_word(
    context: &DetectionContext<'_, '_>,
    tokens: TokenRange,
    people: bool,
) -> bool {
    let text = context.text;
    let word = tokens.start as usize;
    if tokens.len() != 1 || context.is_shouted(word) {
        return false;
    }
    let lexicons = &context.pack.lexicons;
    if context.pack.usage.bare_words.contains(&text.tokens[word].lower) {
        return !people || !text.surface(word).chars().skip(1).any(char::is_lowercase);
    }
    let titlecase = text.surface(word).chars().skip(1).all(|c| !c.is_uppercase());
    let alone = |range: TokenRange| range.start as usize == word;
    // `The Department` is a body to the model, a place to the lexicon: the model knows better.
    let fits = |nominals: &[Nominal]| {
        people || !nominals.iter().all(|n| matches!(n.entity_type.as_str(), "place" | "country"))
    };
    let noun = context
        .phrase_ending_at(&lexicons.nominals, word)
        .is_some_and(|(r, nominals)| alone(r) && fits(nominals))
        || context.phrase_ending_at(&lexicons.titles, word).is_some_and(|(r, _)| alone(r));
    if !titlecase || !noun {
        return false;
    }
    let plural = matches!(text.tokens[word].tag.as_str(), "NNS" | "NNPS");
    let article = text.children_by(word, &[Dep::Det]).next().is_some();
    let modifies =
        text.tokens[word].dep == Dep::Compound && text.tokens[word].head as usize == word + 1;
    let opens = context.is_sentence_initial(word);
    if people { !is_personal_name(context, word) } else { plural || article || modifies || opens }
}

/// Whether what the model takes for something else is the name of a person: a given name and
/// further names, each known or a word that the pack has for nothing else, and not where a place
/// would stand.
pub(super) fn is_full_name(
    context: &DetectionContext<'_, '_>,
    tokens: TokenRange,
    label: &str,
) -> bool {
    let text = context.text;
    let lexicons = &context.pack.lexicons;
    let first = tokens.start as usize;
    let given = fold_name(text.surface(first)).join(" ");
    if !(2..=6).contains(&tokens.len()) || !lexicons.first_names.contains_key(given.as_str()) {
        return false;
    }
    let named = tokens.range().all(|t| {
        let titlecase = text.surface(t).chars().skip(1).all(|c| !c.is_uppercase());
        crate::mention::person::is_particle(&text.tokens[t].lower)
            || titlecase && (is_personal_name(context, t) || is_strange(context, t))
    });
    let located = label != "ORG"
        && first > 0
        && matches!(text.tokens[first - 1].lower.as_str(), "in" | "at" | "near" | "from" | "to");
    named && !located && organization::type_by_name(context, tokens).is_none()
}

/// Whether the pack has a word for nothing at all.
pub(super) fn is_strange(context: &DetectionContext<'_, '_>, token: usize) -> bool {
    let text = context.text;
    let alphabetic = text.surface(token).chars().all(char::is_alphabetic);
    let words = fold_name(text.surface(token));
    alphabetic
        && text.surface(token).chars().count() > 2
        && words.iter().all(|word| context.pack.vocabulary.id(word) == crate::pack::UNKNOWN)
}

/// `Spaniard Ann Lee`: the name without the nationality before it.
pub(super) fn without_nationality(
    context: &DetectionContext<'_, '_>,
    tokens: TokenRange,
    found: &[&Mention],
) -> TokenRange {
    let told = found
        .iter()
        .find(|m| m.value.is_some() && m.tokens.start == tokens.start && m.tokens.end < tokens.end);
    // `Finn` may be a given name as well: another one must follow.
    let is_given = |m: &&&Mention| {
        let given = fold_name(context.text.surface(m.tokens.end as usize)).join(" ");
        context.pack.lexicons.first_names.contains_key(given.as_str())
    };
    let told = told.filter(is_given);
    told.map_or(tokens, |m| TokenRange { start: m.tokens.end, end: tokens.end })
}

/// `his daughter Anna`: a given name right after a noun for one person.
pub(super) fn is_named_relative(context: &DetectionContext<'_, '_>, tokens: TokenRange) -> bool {
    let text = context.text;
    let first = tokens.start as usize;
    let given = fold_name(text.surface(first)).join(" ");
    if first == 0
        || !context.pack.lexicons.first_names.contains_key(given.as_str())
        || text.sentence_of(first - 1) != text.sentence_of(first)
    {
        return false;
    }
    let noun = &text.tokens[first - 1];
    let person = |phrase: Option<(TokenRange, &[Nominal])>| {
        phrase.is_some_and(|(_, nominals)| nominals.iter().any(|n| n.entity_type == "group"))
    };
    let head = head_of(text, tokens);
    noun.tag == "NN"
        && !context.is_capitalised(first - 1)
        && person(context.phrase_ending_at(&context.pack.lexicons.nominals, first - 1))
        && (text.tokens[head].dep == Dep::Appos && text.tokens[head].head as usize == first - 1
            || noun.dep == Dep::Compound && noun.head as usize == head)
}

/// Whether the token is a given name or a family name that the pack lists.
pub(in crate::mention) fn is_personal_name(
    context: &DetectionContext<'_, '_>,
    token: usize,
) -> bool {
    if !context.is_capitalised(token) {
        return false;
    }
    let lexicons = &context.pack.lexicons;
    let folded = fold_name(context.text.surface(token)).join(" ");
    lexicons.first_names.contains_key(folded.as_str())
        || lexicons.surnames.contains(folded.as_str())
}

/// Whether a word is a family name and nobody's given name.
pub(in crate::mention) fn is_family_name_alone(
    context: &DetectionContext<'_, '_>,
    token: usize,
) -> bool {
    let lexicons = &context.pack.lexicons;
    let folded = fold_name(context.text.surface(token)).join(" ");
    lexicons.surnames.contains(folded.as_str())
        && !lexicons.first_names.contains_key(folded.as_str())
}

/// The person in `the Middle East Ann Lee` and `Foreign Secretary Ann Lee`, where the model runs a
/// known name or a title and the name of a person together.
pub(super) fn person_behind(
    context: &DetectionContext<'_, '_>,
    tokens: TokenRange,
    found: &[&Mention],
) -> Option<Mention> {
    let title = context.phrase_at(&context.pack.lexicons.titles, tokens.start as usize);
    let titled = title.map(|(title, _)| title.end).filter(|end| *end < tokens.end);
    let known = found.iter().find(|m| {
        m.entry.is_some()
            && m.tokens.end < tokens.end
            && (m.tokens.start == tokens.start || m.tokens.end == tokens.start)
            || m.entry.is_some()
                && m.tokens.start < tokens.start
                && m.tokens.overlaps(tokens)
                && m.tokens.end < tokens.end
    });
    let start = titled.or_else(|| known.map(|m| m.tokens.end.max(tokens.start)))?;
    let name = TokenRange { start, end: tokens.end };
    let given = fold_name(context.text.surface(name.start as usize)).join(" ");
    let is_name = name.len() >= 2
        && name.range().all(|t| context.is_capitalised(t))
        && context.pack.lexicons.first_names.contains_key(given.as_str());
    if is_name { person(context, name) } else { None }
}

/// The person in `3 May Ann Lee`, which the model takes for a day.
pub(super) fn person_behind_date(
    context: &DetectionContext<'_, '_>,
    tokens: TokenRange,
    found: &[&Mention],
) -> Option<Mention> {
    let date = found.iter().find(|m| {
        m.entity_type == "date" && m.tokens.start == tokens.start && m.tokens.end < tokens.end
    })?;
    let name = TokenRange { start: date.tokens.end, end: tokens.end };
    let given = fold_name(context.text.surface(name.start as usize)).join(" ");
    let is_name = name.len() >= 2
        && name.range().all(|t| context.is_capitalised(t))
        && context.pack.lexicons.first_names.contains_key(given.as_str());
    if is_name { person(context, name) } else { None }
}
