//! What is told again without its verb: "expelled two Italian diplomats, four Polish and one
//! Czech", "Norway expelled nine envoys and Denmark four".

use crate::mention::{MentionForm, Quantity};
use crate::ontology::Role;
use crate::order;
use crate::pack::{Frame, Part};
use crate::span::MentionId;
use crate::text::Dep;

use super::number::number_of;
use super::{Event, Induced, Reading};

/// How many members of a row are read.
const ROW: usize = 24;

/// The further events of a row whose first is `event`, each with its own number; what belongs to
/// them is taken from `event`.
pub(in crate::extraction) fn continued(
    reading: &Reading<'_, '_>,
    frame: &Frame,
    event: &mut Event,
) -> Vec<Event> {
    let (Some(Part::Role(role)), Some(_)) = (frame.count_of, &event.count) else {
        return Vec::new();
    };
    let mut found = row(reading, role, event);
    found.extend(gapped(reading, role, event));
    found
}

/// "two Italian diplomats, four **Polish** and one **Czech**": numbers with nouns or adjectives in
/// a row.
fn row(reading: &Reading<'_, '_>, role: Role, event: &mut Event) -> Vec<Event> {
    let text = reading.clauses.text;
    let heads: Vec<usize> =
        event.in_role(role).map(|m| reading.index.mentions[m.index()].head as usize).collect();
    let Some(first) = heads.first().copied() else { return Vec::new() };
    let mut members: Vec<usize> = Vec::new();
    let mut open = vec![first];
    while let Some(at) = open.pop() {
        for next in text.children_by(at, &[Dep::Conj, Dep::Appos]) {
            if next > at && !reading.clauses.is_verb(next) && members.len() < ROW {
                members.push(next);
                open.push(next);
            }
        }
    }
    order::unique(&mut members);
    let mut found = Vec::new();
    for member in members {
        let counted = text.children_by(member, &[Dep::NumMod]).any(|n| n < member);
        let Some(number) = number_of(reading, member).filter(|_| counted) else { continue };
        let own = reading
            .index
            .headed(member)
            .find(|m| matches!(m.entity_type.as_str(), "group" | "person"))
            .map(|m| m.id);
        let nationality = reading.index.headed(member).any(|m| m.entity_type == "nationality");
        if own.is_none() && !nationality && !text.tokens[member].tag.starts_with("JJ") {
            continue;
        }
        if let Some(own) = own {
            event.roles.retain(|(_, m)| *m != own);
        }
        let mut other = without(event, role);
        other.count = Some(number);
        match own {
            Some(own) => other.push(role, own),
            None => other.induced.push(Induced {
                role,
                token: member,
                entity_type: "group".into(),
                misread: None,
            }),
        }
        found.push(other);
    }
    found
}

/// "and **Denmark four**": another doer with another number, the verb and the noun left out.
fn gapped(reading: &Reading<'_, '_>, role: Role, event: &Event) -> Vec<Event> {
    let clauses = &reading.clauses;
    let text = clauses.text;
    let mut found = Vec::new();
    let mut open = vec![event.token];
    // "expelled two envoys **on Monday** and Denmark four": the parser may hang it on the day.
    for phrase in text.children_by(event.token, &[Dep::Prep]).filter(|p| *p > event.token) {
        open.extend(text.children_by(phrase, &[Dep::Pobj]));
    }
    open.extend(event.in_role(role).map(|m| reading.index.mentions[m.index()].head as usize));
    while let Some(at) = open.pop() {
        for next in text.children_by(at, &[Dep::Conj, Dep::Appos, Dep::NpAdvmod]) {
            if next <= at || clauses.is_verb(next) || found.len() >= ROW {
                continue;
            }
            open.push(next);
            let behind = text.children_by(next, &[Dep::NumMod, Dep::Appos, Dep::NpAdvmod]);
            let number = behind
                .into_iter()
                .filter(|n| *n > next)
                .find_map(|n| number_of(reading, n).or_else(|| bare_number(reading, n)));
            let doer = |m: &MentionId| {
                let mention = &reading.index.mentions[m.index()];
                mention.form == MentionForm::Name
                    && reading.ontology.is_actor(mention.entity_type.as_str())
            };
            let actor = reading.index.headed(next).map(|m| m.id).find(doer);
            if let (Some(number), Some(actor)) = (number, actor) {
                let mut other = without(event, role);
                other.roles.retain(|(r, _)| *r != Role::Perpetrator);
                other.count = Some(number);
                other.push(Role::Perpetrator, actor);
                found.push(other);
            }
        }
    }
    found
}

/// A number in digits with no noun behind it, which no detector takes for a quantity.
fn bare_number(reading: &Reading<'_, '_>, token: usize) -> Option<Quantity> {
    let text = reading.clauses.text;
    let digits = text.surface(token).replace(',', "");
    let value = digits.parse::<u32>().ok().filter(|_| text.tokens[token].tag == "CD")?;
    Some(Quantity { value: f64::from(value), ..Quantity::default() })
}

/// The event without those whom the first of the row counts.
fn without(event: &Event, role: Role) -> Event {
    let mut other = event.clone();
    other.roles.retain(|(r, _)| *r != role);
    other.induced.retain(|induced| induced.role != role);
    other
}
