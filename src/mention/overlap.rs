//! One policy for candidates that overlap.
//!
//! 1. Of two candidates for the same tokens, and of two that cross, one stays: the longer, then
//!    the one that the pack names, then the surer, then the earlier.
//! 2. Of two nominals with one head, and of a nominal and a name with one head, one stays: the
//!    name, else the longer.
//! 3. Inside a longer mention another stays only if it is a value, a nationality, a pronoun; a
//!    name or a threat inside a nominal; a nominal that is not a modifier of the longer one's
//!    head; equipment that modifies it; a body that modifies an office, or stands before the name
//!    proper of a titled name; a name before the name proper of a titled name (the body
//!    in `X chief Ann Lee`); or a name inside a name that the pack does not list (the place in
//!    `University of X`).
//! 4. A nominal whose number is kept with a bound before it ("over 40 activists") starts at the bound.

use super::{Mention, MentionForm};
use crate::order;
use crate::span::TokenRange;
use crate::text::{AnnotatedText, Dep};

/// Applies the policy; the result is ordered by start, the longest first.
pub(super) fn resolve(text: &AnnotatedText<'_>, mut candidates: Vec<Mention>) -> Vec<Mention> {
    order::by(&mut candidates, |a, b| {
        let key = |m: &Mention| {
            (
                std::cmp::Reverse(m.tokens.len()),
                m.entry.is_none(),
                std::cmp::Reverse((m.confidence * 100.0) as i32),
                m.tokens.start,
            )
        };
        (rank(a), key(a)).cmp(&(rank(b), key(b)))
    });
    let mut kept: Vec<Mention> = Vec::with_capacity(candidates.len());
    // Per token, the kept mentions that cover it: overlap tests stay local.
    let mut covering: Vec<Vec<u32>> = vec![Vec::new(); text.tokens.len()];
    for mut candidate in candidates {
        let number = covering[candidate.tokens.start as usize].iter().find_map(|r| {
            let kept = &kept[*r as usize];
            is_cut_off_number(text, &candidate, kept)
                .then_some((kept.tokens.start, kept.span.start))
        });
        if let Some((token, byte)) = number {
            candidate.tokens = TokenRange::new(token as usize, candidate.tokens.end as usize);
            candidate.span.start = byte;
        }
        let mut rivals: Vec<u32> =
            candidate.tokens.range().flat_map(|t| covering[t].iter().copied()).collect();
        order::unique(&mut rivals);
        if rivals.iter().all(|r| may_stand_beside(text, &candidate, &kept[*r as usize])) {
            for token in candidate.tokens.range() {
                covering[token].push(kept.len() as u32);
            }
            kept.push(candidate);
        }
    }
    in_text_order(&mut kept);
    kept
}

/// "detained on Monday **over 40** activists": a number of a noun whose bound the parser hangs elsewhere.
fn is_cut_off_number(text: &AnnotatedText<'_>, nominal: &Mention, number: &Mention) -> bool {
    let last = number.tokens.end as usize - 1;
    nominal.form == MentionForm::Nominal
        && number.entity_type == "quantity"
        && number.tokens.start < nominal.tokens.start
        && number.tokens.end < nominal.tokens.end
        && text.tokens[last].dep == Dep::NumMod
        && text.head(last) == Some(nominal.head as usize)
}

/// Orders mentions by start, the longest first.
pub(super) fn in_text_order(mentions: &mut [Mention]) {
    order::by_key(mentions, |m| (m.span.start, std::cmp::Reverse(m.span.end)));
}

/// Names are placed first, then values, then nominals and what is left.
fn rank(mention: &Mention) -> u8 {
    match mention.form {
        _ if mention.entity_type == "nationality" => 2,
        _ if is_value(mention) => 1,
        MentionForm::Name => 0,
        MentionForm::Nominal => 3,
        MentionForm::Pronoun => 4,
    }
}

fn is_value(mention: &Mention) -> bool {
    matches!(mention.entity_type.as_str(), "date" | "quantity" | "money" | "nationality")
}

fn may_stand_beside(text: &AnnotatedText<'_>, candidate: &Mention, kept: &Mention) -> bool {
    let (a, b) = (candidate.tokens, kept.tokens);
    if a == b || !a.overlaps(b) {
        return a != b;
    }
    let (inner, outer) = match (b.contains(a), a.contains(b)) {
        (true, _) => (candidate, kept),
        (_, true) => (kept, candidate),
        _ => return false,
    };
    // "May Lopez" names no month.
    if inner.entity_type == "date" && outer.entity_type == "person" {
        return false;
    }
    if is_value(inner) {
        // A year inside a date, a number inside a sum are parts of one value.
        return !is_value(outer)
            || inner.entity_type == "nationality" && outer.entity_type != "nationality";
    }
    if is_value(outer) {
        return false;
    }
    match (inner.form, outer.form) {
        (MentionForm::Pronoun, _) => true,
        (_, MentionForm::Pronoun) => false,
        (MentionForm::Name, MentionForm::Nominal) => inner.head != outer.head,
        (MentionForm::Name, MentionForm::Name) => {
            (outer.entry.is_none() || outer.name.is_some())
                && inner.head != outer.head
                && outer.name.is_none_or(|name| !name.overlaps(inner.tokens))
                && (outer.entity_type != "person" || outer.name.is_some())
        }
        // "army spokesman Ann Lee": the body before the name proper.
        (MentionForm::Nominal, MentionForm::Name) => {
            inner.entity_type == "agency"
                && outer.name.is_some_and(|name| inner.tokens.end <= name.start)
        }
        (MentionForm::Nominal, MentionForm::Nominal) => {
            let threat = |m: &Mention| m.entity_type == "threat";
            if inner.head == outer.head && threat(inner) == threat(outer) {
                return false;
            }
            if threat(outer) {
                return false;
            }
            threat(inner)
                || inner.entity_type == "equipment"
                // "the local police chief"
                || inner.entity_type == "agency" && outer.detector.0 == super::nominal::TITLE
                || !is_modifier_of(text, inner.tokens, outer)
        }
    }
}

/// Whether a range stands directly among the modifiers before the head of a longer mention.
fn is_modifier_of(text: &AnnotatedText<'_>, inner: TokenRange, outer: &Mention) -> bool {
    let head = super::phrase::head_of(text, inner);
    matches!(text.tokens[head].dep, Dep::Compound | Dep::Amod | Dep::Nmod)
        && text.tokens[head].head == outer.head
}
