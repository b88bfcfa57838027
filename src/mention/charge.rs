//! Of what somebody is accused: the parser hangs the phrase on the last noun before it.

use super::context::DetectionContext;
use crate::pack::{Pack, TriggerForm, Yield};
use crate::text::{AnnotatedText, Dep, Pos};

/// How many `of` phrases may stand in one another: `the head of the police of the state of X`.
const NESTED: usize = 4;

/// The text with what people are charged with hung on the verb: `accused the head of the militia of
/// the attack` is of the head of a militia, and there is no militia of the attack. Made before any
/// phrase is read.
#[must_use]
pub fn with_charges<'t>(text: AnnotatedText<'t>, pack: &Pack) -> AnnotatedText<'t> {
    let accused: Vec<(usize, Vec<usize>)> = (0..text.tokens.len())
        .filter(|verb| {
            let verb = &text.tokens[*verb];
            verb.pos == Pos::Verb && pack.usage.charging_verbs.contains(&verb.lemma)
        })
        .filter_map(|verb| Some((verb, nested(&text, verb)?)))
        .collect();
    if accused.is_empty() {
        return text;
    }
    let context = DetectionContext::new(&text, pack, None);
    let arcs: Vec<_> = accused
        .into_iter()
        .filter_map(|(verb, phrases)| {
            let several = phrases.len() > 1;
            let charge = phrases.into_iter().find(|of| is_charge(&context, *of, several))?;
            Some((charge, verb, Dep::Prep))
        })
        .collect();
    if arcs.is_empty() { text } else { text.rehung(&arcs) }
}

/// The `of` phrases behind the object of a verb that has none of its own.
fn nested(text: &AnnotatedText<'_>, verb: usize) -> Option<Vec<usize>> {
    let is_of = |p: usize| text.tokens[p].dep == Dep::Prep && text.tokens[p].lower == "of";
    let object = text.children_by(verb, &[Dep::Dobj]).find(|o| *o > verb)?;
    if text.children(verb).any(is_of) {
        return None;
    }
    let hung = |of: usize| {
        let mut between = text.ancestry(of).take_while(|t| *t != object);
        between.all(|t| matches!(text.tokens[t].dep, Dep::Prep | Dep::Pobj))
    };
    let behind = object + 1..text.subtree(object).end as usize;
    let phrases: Vec<usize> = behind.filter(|t| is_of(*t) && hung(*t)).take(NESTED).collect();
    (!phrases.is_empty()).then_some(phrases)
}

/// Whether a phrase tells a deed; or, where `several` stand in one another, anything but somebody or
/// something that a phrase before it may belong to.
fn is_charge(context: &DetectionContext<'_, '_>, of: usize, several: bool) -> bool {
    let (text, pack) = (context.text, context.pack);
    if text.children_by(of, &[Dep::Pcomp]).next().is_some() {
        return true;
    }
    let Some(object) = text.children_by(of, &[Dep::Pobj]).next() else { return false };
    let told = &text.tokens[object];
    let deed = pack.frames.triggers(&told.lemma).iter().any(|trigger| {
        trigger.form == TriggerForm::Noun
            && trigger.words.is_empty()
            && matches!(pack.frames.frames[trigger.owner].yields, Yield::Incident(_))
    });
    let known = || {
        let lexicons = &pack.lexicons;
        context.phrase_ending_at(&lexicons.nominals, object).is_some()
            || context.phrase_ending_at(&lexicons.titles, object).is_some()
    };
    told.pos == Pos::Noun && (deed || several && !known())
}
