//! Noun phrases: from a head noun to the tokens that a mention covers.

use crate::span::TokenRange;
use crate::text::{AnnotatedText, Dep, Pos};

/// The longest noun phrase that is read as one mention, in tokens.
const LONGEST: usize = 24;

/// The noun phrase of `head`: determiners, modifiers and possessors before it, and `of` phrases
/// after it; relative clauses, appositions and other prepositional phrases stay outside.
#[must_use]
pub(crate) fn noun_phrase(text: &AnnotatedText<'_>, head: usize) -> TokenRange {
    extended(text, head, 0, &["of"])
}

/// As [`noun_phrase`], with the prepositions whose phrases belong to it: a title also takes `for`.
#[must_use]
pub(crate) fn noun_phrase_with(
    text: &AnnotatedText<'_>,
    head: usize,
    prepositions: &[&str],
) -> TokenRange {
    extended(text, head, 0, prepositions)
}

fn extended(
    text: &AnnotatedText<'_>,
    head: usize,
    depth: usize,
    prepositions: &[&str],
) -> TokenRange {
    let start = left_edge(text, head);
    let mut end = head + 1;
    if depth < 3 {
        for child in text.children_by(head, &[Dep::Prep]) {
            // Directly after the phrase so far, so that a stray attachment takes in nothing.
            if child != end || !prepositions.contains(&text.tokens[child].lower.as_str()) {
                continue;
            }
            if let Some(object) = text.children_by(child, &[Dep::Pobj]).next()
                && object > child
                && !is_gerund(text, child + 1)
            {
                let inner = extended(text, object, depth + 1, &["of"]);
                if inner.start as usize == child + 1 {
                    end = inner.end as usize;
                }
            }
        }
    }
    // "three ‘terrorists’": the phrase holds both marks or none.
    if is_quoting(text, start, end) && text.tokens.get(end).is_some_and(|t| t.tag == "''") {
        end += 1;
    }
    if end - start > LONGEST {
        TokenRange::new(head, head + 1)
    } else {
        TokenRange::new(start, end)
    }
}

/// "accused the rebels **of planning the attack**": what they did is not who they are, though the
/// parser may take the gerund for an adjective. "Groups of visiting students" are such groups.
fn is_gerund(text: &AnnotatedText<'_>, token: usize) -> bool {
    let next = text.tokens.get(token + 1);
    text.tokens[token].tag == "VBG"
        && next.is_some_and(|next| matches!(next.pos, Pos::Det | Pos::Adj | Pos::Pron | Pos::Num))
}

/// The first token of the modifiers that stand before a noun.
#[must_use]
pub(crate) fn left_edge(text: &AnnotatedText<'_>, head: usize) -> usize {
    let mut start = head;
    for child in text.children(head).rev() {
        if child >= head {
            continue;
        }
        let modifies = matches!(
            text.tokens[child].dep,
            Dep::Det
                | Dep::Amod
                | Dep::Compound
                | Dep::Poss
                | Dep::NumMod
                | Dep::Nmod
                | Dep::Predet
                | Dep::Quantmod
                | Dep::Case
        );
        let subtree = text.subtree(child);
        let inner = matches!(text.tokens[child].dep, Dep::Punct);
        if inner && child + 1 == start && (start < head || is_opening_inside(text, child, head)) {
            start = child;
        } else if modifies && subtree.end as usize == start {
            start = subtree.start as usize;
        } else {
            break;
        }
    }
    // A bracket that is opened but not closed before the noun: the phrase starts inside it.
    if let Some(open) =
        (start..head).rev().find(|t| matches!(text.surface(*t), "(" | ")" | "[" | "]"))
        && matches!(text.surface(open), "(" | "[")
    {
        start = open + 1;
    }
    // "May 11 - Eleven people": a dash between blanks parts a phrase from what stands before it.
    let parts = |t: &usize| {
        matches!(text.surface(*t), "-" | "–" | "—" | "--")
            && text.tokens[*t].space_after
            && t.checked_sub(1).is_some_and(|before| text.tokens[before].space_after)
    };
    if let Some(dash) = (start..head).rev().find(parts) {
        start = dash + 1;
    }
    while start < head && is_edge_noise(text, start) {
        start += 1;
    }
    if head - start > LONGEST { head } else { start }
}

/// "at least ten ‘**enemies** of the regime’": a mark of quotation between a noun and its modifiers.
fn is_opening_inside(text: &AnnotatedText<'_>, mark: usize, head: usize) -> bool {
    let modifiers = [Dep::Det, Dep::Amod, Dep::NumMod, Dep::Nmod, Dep::Poss];
    text.tokens[mark].tag == "``"
        && text.children_by(head, &modifiers).any(|m| text.subtree(m).end as usize == mark)
}

/// Whether a mark of quotation is opened in a range and not closed.
fn is_quoting(text: &AnnotatedText<'_>, start: usize, end: usize) -> bool {
    let mark = (start..end).rev().find(|t| matches!(text.tokens[*t].tag.as_str(), "``" | "''"));
    mark.is_some_and(|mark| text.tokens[mark].tag == "``")
}

fn is_edge_noise(text: &AnnotatedText<'_>, token: usize) -> bool {
    matches!(text.tokens[token].pos, Pos::Space)
        || (matches!(text.tokens[token].pos, Pos::Punct)
            && !matches!(text.surface(token), "'" | "’" | "(" | "["))
        || (matches!(text.tokens[token].pos, Pos::Adv)
            && text.tokens[token].dep == Dep::Advmod
            && text.tokens[token].head as usize > token
            && matches!(
                text.tokens[token].lower.as_str(),
                "also" | "now" | "then" | "just" | "only" | "even" | "still" | "not" | "meanwhile"
            ))
}

/// The token of a range on which the others depend: the one whose own head lies outside; where
/// several do, the last of them that is a noun.
#[must_use]
pub(crate) fn head_of(text: &AnnotatedText<'_>, tokens: TokenRange) -> usize {
    let outside = |t: usize| {
        let head = text.tokens[t].head as usize;
        head == t || !tokens.contains_token(head)
    };
    let is_noun =
        |t: &usize| matches!(text.tokens[*t].pos, Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num);
    let mut tops = tokens.range().filter(|t| outside(*t));
    let nouns: Option<usize> = tops.clone().rfind(is_noun);
    nouns.or_else(|| tops.next_back()).unwrap_or(tokens.start as usize)
}

/// Whether the noun phrase of `head` starts with `the`, `this`, `that`, `these`, `those`, a
/// possessor, or is a bare capitalised noun.
#[must_use]
pub(crate) fn is_definite(text: &AnnotatedText<'_>, head: usize) -> bool {
    text.children(head).any(|child| {
        let token = &text.tokens[child];
        token.dep == Dep::Poss
            || (token.dep == Dep::Det
                && matches!(token.lower.as_str(), "the" | "this" | "that" | "these" | "those"))
    })
}
