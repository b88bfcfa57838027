//! Lists of people: "the victims were A, 45; B, a teacher; and C". A parser reads such lists as
//! almost anything, so they are read from the words between the names.

use std::iter::successors;

use crate::mention::{Mention, MentionForm};
use crate::ontology::Role;
use crate::span::MentionId;
use crate::text::{AnnotatedText, Dep, Pos};

use super::event::Event;
use super::mention_index::MentionIndex;

/// How many words may stand between two names of a list: an age, an occupation.
const GAP: usize = 14;

/// The longest list that is followed from one of its names, each way.
pub(super) const LENGTH: usize = 40;

/// Adds to an event the people who stand in one list with somebody who has a part in it.
pub(super) fn extend(text: &AnnotatedText<'_>, index: &MentionIndex<'_>, event: &mut Event) {
    for (role, mention) in event.roles.clone() {
        if !matches!(role, Role::Victim | Role::Target | Role::Perpetrator) {
            continue;
        }
        let told = &index.mentions[mention.index()];
        let Some(start) =
            Some(told).filter(|m| is_person(m)).or_else(|| counted(text, index, told))
        else {
            continue;
        };
        for name in listed_from(text, index, start) {
            event.push(role, name.id);
        }
        for name in successors(Some(start), |at| name_before(text, index, at)).take(LENGTH) {
            event.push(role, name.id);
        }
    }
}

/// The people of the list in which a name stands, from that name on.
pub(super) fn listed_from<'m>(
    text: &AnnotatedText<'_>,
    index: &MentionIndex<'m>,
    first: &'m Mention,
) -> impl Iterator<Item = &'m Mention> {
    successors(Some(first), |at| next_name(text, index, at)).take(LENGTH)
}

/// The people coordinated with a name by the parse, from that name on: "A, B and C fled".
pub(super) fn coordinated_from<'m>(
    text: &AnnotatedText<'_>,
    index: &MentionIndex<'m>,
    first: &'m Mention,
) -> impl Iterator<Item = &'m Mention> {
    let person = |token: usize| Some((token, index.name_over(token).filter(|m| is_person(m))?));
    let next = move |(at, _): &(usize, &'m Mention)| {
        text.children_by(*at, &[Dep::Conj]).next().and_then(person)
    };
    successors(Some((first.head as usize, first)), next).map(|(_, name)| name).take(LENGTH)
}

/// "The murders that took place in July: A, B and C": the people listed behind a colon at the end of
/// the sentence, where no victim is told and nobody else stands between.
pub(super) fn listed_after(
    text: &AnnotatedText<'_>,
    index: &MentionIndex<'_>,
    event: &Event,
) -> Vec<MentionId> {
    let noun = event.token;
    let several = text.tokens[noun].tag == "NNS" && event.in_role(Role::Victim).next().is_none();
    let Some(sentence) = text.sentences.get(text.sentence_of(noun)).filter(|_| several) else {
        return Vec::new();
    };
    let colon = (noun..sentence.tokens.end as usize).find(|t| text.surface(*t) == ":");
    let first = colon.and_then(|colon| index.name_starting(colon + 1));
    let Some(first) = first.filter(|m| is_person(m)) else { return Vec::new() };
    let people = |m: &Mention| matches!(m.entity_type.as_str(), "person" | "group");
    let between = noun + 1..first.tokens.start as usize;
    if between.clone().any(|t| index.headed(t).any(people)) {
        return Vec::new();
    }
    let victims: Vec<MentionId> = listed_from(text, index, first).map(|m| m.id).collect();
    if victims.len() > 1 { victims } else { Vec::new() }
}

pub(super) fn is_person(mention: &Mention) -> bool {
    mention.form == MentionForm::Name && mention.entity_type == "person"
}

/// The first name of those that a description counts out: "two reporters: **A** and B", "a young
/// couple, **A** and B".
fn counted<'m>(
    text: &AnnotatedText<'_>,
    index: &MentionIndex<'m>,
    description: &Mention,
) -> Option<&'m Mention> {
    let end = sentence_end(text, description);
    let after = description.tokens.end as usize;
    let opens = description.form == MentionForm::Nominal
        && after + 1 < end
        && matches!(text.surface(after), "," | ":" | "-" | "--" | "(" | "\u{2013}" | "\u{2014}");
    let first = index.name_starting(after + 1).filter(|m| opens && is_person(m))?;
    listed_from(text, index, first).nth(1).map(|_| first)
}

/// The next person of the list in which a name stands.
fn next_name<'m>(
    text: &AnnotatedText<'_>,
    index: &MentionIndex<'m>,
    from: &Mention,
) -> Option<&'m Mention> {
    let end = sentence_end(text, from);
    let first = from.tokens.end as usize;
    let next = (first..end.min(first + GAP))
        .find_map(|t| index.name_starting(t).filter(|m| is_person(m) && m.id != from.id))?;
    // "shot A, and B fled": the second does something of his own.
    let subject = matches!(text.tokens[next.head as usize].dep, Dep::Nsubj | Dep::NsubjPass);
    (!subject && is_list_gap(text, index, first, next.tokens.start as usize)).then_some(next)
}

fn name_before<'m>(
    text: &AnnotatedText<'_>,
    index: &MentionIndex<'m>,
    from: &Mention,
) -> Option<&'m Mention> {
    let begin = text.sentences.get(text.sentence_of(from.head as usize))?.tokens.start as usize;
    let end = from.tokens.start as usize;
    let before = (begin.max(end.saturating_sub(GAP))..end)
        .rev()
        .find_map(|t| index.name_ending(t + 1).filter(|m| is_person(m) && m.id != from.id))?;
    // "A said that B, C and D were killed": A is the subject of a verb of his own, told by the
    // verb that stands between.
    is_list_gap(text, index, before.tokens.end as usize, end).then_some(before)
}

fn sentence_end(text: &AnnotatedText<'_>, mention: &Mention) -> usize {
    let sentence = text.sentences.get(text.sentence_of(mention.head as usize));
    sentence.map_or(0, |s| s.tokens.end as usize)
}

/// Whether what stands between two names only tells the first from the second: it begins and ends
/// with a comma, a semicolon or "and", and holds no verb.
fn is_list_gap(text: &AnnotatedText<'_>, index: &MentionIndex<'_>, from: usize, to: usize) -> bool {
    if from >= to || to - from > GAP {
        return false;
    }
    let joins = |t: usize| matches!(text.surface(t), "," | ";" | "and" | "&" | "as" | ")");
    let opens = |t: usize| joins(t) || text.surface(t) == "(";
    let verb = |t: usize| matches!(text.tokens[t].pos, Pos::Verb | Pos::Aux);
    let names = |t: usize| index.name_over(t).is_some_and(is_person);
    // Titles and owners before the second name: "and his driver Luis".
    let close = (from..to).rev().find(|t| joins(*t));
    opens(from)
        && close.is_some_and(|c| {
            (c + 1..to).all(|t| {
                matches!(text.tokens[t].pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Det)
                    || matches!(text.tokens[t].dep, Dep::Poss | Dep::Punct | Dep::Case)
                    || text.tokens[t].tag.starts_with("PRP$")
                    || text.tokens[t].tag == "CD"
                    || text.surface(t) == "-"
            })
        })
        && !(from..to).any(|t| verb(t) || names(t) || matches!(text.surface(t), ":" | "by" | "who"))
}
