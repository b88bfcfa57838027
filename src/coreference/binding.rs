//! What one clause keeps apart: its subject and its objects are different things, unless a reflexive
//! says otherwise (the binding principles B and C of Chomsky 1981).

use super::resolution::Resolution;
use crate::mention::MentionForm;
use crate::text::Dep;

/// `X warned him`: an object is not the subject of its own verb unless it is reflexive.
pub(super) fn bound_apart(
    resolution: &Resolution<'_, '_>,
    pronoun: usize,
    candidate: usize,
) -> bool {
    let text = resolution.text;
    let head = resolution.mentions[pronoun].head as usize;
    let token = &text.tokens[head];
    if token.lower.ends_with("self") || token.lower.ends_with("selves") || token.dep == Dep::Poss {
        return false;
    }
    let verb = match token.dep {
        Dep::Dobj | Dep::Dative => text.head(head),
        // `a woman named as X`: what somebody is called is what he is.
        Dep::Pobj => text
            .head(head)
            .filter(|preposition| text.tokens[*preposition].lower != "as")
            .and_then(|preposition| text.head(preposition)),
        // `the jury found him guilty`: the subject of what he is found, and no subject by its form.
        Dep::Nsubj if matches!(token.lower.as_str(), "him" | "them" | "her") => {
            text.head(head).and_then(|found| text.head(found))
        }
        _ => None,
    };
    let other = resolution.mentions[candidate].head as usize;
    verb.is_some_and(|verb| {
        text.tokens[other].head as usize == verb
            && matches!(text.tokens[other].dep, Dep::Nsubj | Dep::NsubjPass)
    })
}

/// `The president met the prime minister`, `France denounced the regime`: two descriptions, or a
/// name and a description, in one clause.
pub(super) fn told_apart(resolution: &Resolution<'_, '_>, one: usize, other: usize) -> bool {
    let (a, b) = (&resolution.mentions[one], &resolution.mentions[other]);
    let described = a.form == MentionForm::Nominal || b.form == MentionForm::Nominal;
    let pronoun = a.form == MentionForm::Pronoun || b.form == MentionForm::Pronoun;
    described
        && !pronoun
        && (bound_apart(resolution, one, other) || bound_apart(resolution, other, one))
}
