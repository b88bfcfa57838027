//! What a count of the dead or the injured came to: "the toll rose to 40", "put the number of the
//! dead at nine", "20 dead in a blast".

use crate::mention::Quantity;
use crate::span::TokenRange;
use crate::text::Dep;

use super::number::{mention_number, number_of};
use super::{Event, Reading};

/// How many verbs a count passes through: "is reported to have risen to".
const VERBS: usize = 3;

/// The number that a noun that counts is said to have come to.
pub(super) fn of_count(reading: &Reading<'_, '_>, noun: usize) -> Option<Quantity> {
    let text = reading.clauses.text;
    let over = text.head(noun).filter(|head| *head != noun);
    let said = match (text.tokens[noun].dep, over) {
        (Dep::Nsubj | Dep::NsubjPass | Dep::Dobj, Some(verb)) => reached(reading, noun, verb),
        _ => None,
    };
    said.or_else(|| phrase_number(reading, noun, &["of", "to", "at"]))
}

/// The number of those of whom a count is told: "the number of **people** killed rose to 41".
pub(super) fn over(reading: &Reading<'_, '_>, people: usize) -> Option<Quantity> {
    let clauses = &reading.clauses;
    let of = clauses.text.head(people).filter(|of| clauses.lower(*of) == "of")?;
    let count = clauses.text.head(of)?;
    let counts = clauses.frames.lists.tallies.contains(clauses.lemma(count));
    counts.then(|| of_count(reading, count)).flatten()
}

/// What a verb says that a count came to. What it "could" come to is not told.
fn reached(reading: &Reading<'_, '_>, noun: usize, verb: usize) -> Option<Quantity> {
    let clauses = &reading.clauses;
    let text = clauses.text;
    let is_subject = text.tokens[noun].dep != Dep::Dobj;
    let mut at = verb;
    for _ in 0..VERBS {
        if text.children_by(at, &[Dep::Aux, Dep::Neg]).any(|aux| unsure(text, aux)) {
            return None;
        }
        let number =
            phrase_number(reading, at, &["to", "at", "past", "above", "beyond"]).or_else(|| {
                let complement = text
                    .children_by(at, &[Dep::Attr, Dep::Acomp, Dep::Dobj, Dep::Oprd])
                    .filter(|c| is_subject && *c > at);
                complement.into_iter().find_map(|c| number_of(reading, c))
            });
        if number.is_some() {
            return number;
        }
        // "has risen again, to 41"; "is reported to have risen to 41".
        at = text.children_by(at, &[Dep::Xcomp]).next()?;
    }
    None
}

fn unsure(text: &crate::text::AnnotatedText<'_>, aux: usize) -> bool {
    let token = &text.tokens[aux];
    token.tag == "MD" || token.dep == Dep::Neg
}

/// The number in one of a word's phrases.
fn phrase_number(reading: &Reading<'_, '_>, word: usize, names: &[&str]) -> Option<Quantity> {
    let clauses = &reading.clauses;
    let phrases = clauses.text.children_by(word, &[Dep::Prep, Dep::Dative]);
    phrases
        .filter(|p| *p > word && names.contains(&clauses.lower(*p).as_str()))
        .flat_map(|p| clauses.text.children_by(p, &[Dep::Pobj]))
        .find_map(|object| number_of(reading, object))
}

/// "**20 dead** in a hotel blast": a headline's number of the dead is that of the one event that
/// its sentence tells. Words that tell the fate of somebody are left out where another word tells
/// what happened.
pub(in crate::extraction) fn add_dead(
    reading: &Reading<'_, '_>,
    sentence: TokenRange,
    events: &mut [Event],
) {
    let clauses = &reading.clauses;
    let suits = |event: &Event| {
        reading.ontology.has_casualties(event.incident_type.as_str()) && event.killed.is_none()
    };
    let bare = events.iter().any(|event| event.harm.is_none() && suits(event));
    let mut hosts = events.iter_mut().filter(|e| suits(e) && !(bare && e.harm.is_some()));
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return };
    let number = sentence.range().skip(1).find_map(|token| {
        let dead = clauses.frames.lists.dead.contains(clauses.lower(token));
        let before = dead.then(|| reading.index.headed(token - 1).find_map(mention_number));
        before.flatten()
    });
    host.killed = number;
}
