//! How many: incidents, dead and injured.

use crate::extraction::clause::Filler;
use crate::extraction::mention_index::MentionIndex;
use crate::extraction::trigger::TriggerHit;
use crate::mention::{Mention, MentionForm, Quantity, Value};
use crate::ontology::Role;
use crate::pack::{Frame, Harm, Part, Slot, TriggerForm};
use crate::span::MentionId;
use crate::text::{AnnotatedText, Dep, Pos};

use super::tally;
use super::{Event, Reading};

/// Numbers: of incidents, of dead and injured.
pub(super) fn counts(
    reading: &Reading<'_, '_>,
    frame: &Frame,
    hit: &TriggerHit,
    company: &[MentionId],
    event: &mut Event,
) {
    // "11 dead": a number of people, not of incidents.
    let people = frame.harm.is_some() && frame.general;
    if event.form == TriggerForm::Noun && !people {
        event.count = event.cluster.iter().find_map(|noun| number_of(reading, *noun));
        if event.count.is_none() && reading.ontology.is_of_one(event.incident_type.as_str()) {
            event.count = charged(reading, event.token);
        }
    }
    if let Some(Part::Role(role)) = frame.count_of
        && event.count.is_none()
    {
        event.count = role_number(reading, event, role)
            .or_else(|| object_number(reading, event))
            .or_else(|| elided(reading, event).and_then(|number| number_of(reading, number)))
            .filter(|number| number.value >= frame.count_from);
    }
    if event.form == TriggerForm::Verb && event.count.is_none() {
        event.count = planned_number(reading, event);
    }
    match event.harm {
        Some(Harm::Killed) => event.killed = harmed_in_all(reading, frame, hit, company, event),
        Some(Harm::Injured) => event.injured = harmed_in_all(reading, frame, hit, company, event),
        None => {}
    }
}

/// "**A judge** was killed along with **two guards**": those harmed and their company together, where
/// both numbers are told.
fn harmed_in_all(
    reading: &Reading<'_, '_>,
    frame: &Frame,
    hit: &TriggerHit,
    company: &[MentionId],
    event: &Event,
) -> Option<Quantity> {
    let first = event.in_role(Role::Victim).next().filter(|first| !company.contains(first));
    let Some(first) = first.filter(|_| !company.is_empty()) else {
        return harmed(reading, frame, hit, event);
    };
    let people = |mention: MentionId| {
        let mention = &reading.index.mentions[mention.index()];
        let named = mention.form == MentionForm::Name && mention.entity_type == "person";
        let head = mention.head as usize;
        mention_number(mention)
            .or_else(|| number_of(reading, head))
            .or_else(|| one(reading, head))
            .or_else(|| named.then(|| Quantity { value: 1.0, ..Quantity::default() }))
    };
    let mut all = sum_from(reading, reading.index.mentions[first.index()].head as usize)
        .or_else(|| people(first))?;
    for mention in company {
        all.value += people(*mention)?.value;
    }
    let exact = all.min.is_none() && all.max.is_none() && !all.approximate;
    exact.then_some(all)
}

/// "51 counts of **murder**": as many as the charges.
fn charged(reading: &Reading<'_, '_>, noun: usize) -> Option<Quantity> {
    let clauses = &reading.clauses;
    let of = clauses.text.head(noun).filter(|of| clauses.lower(*of) == "of")?;
    let charges = clauses.text.head(of)?;
    let charged = clauses.frames.lists.charges.contains(clauses.lemma(charges));
    number_of(reading, charges).filter(|_| charged)
}

fn role_number(reading: &Reading<'_, '_>, event: &Event, role: Role) -> Option<Quantity> {
    let mentions = event.in_role(role).collect::<Vec<_>>();
    mentions.iter().find_map(|m| {
        let mention = &reading.index.mentions[m.index()];
        mention_number(mention).or_else(|| number_of(reading, mention.head as usize))
    })
}

/// How many were killed or hurt: the number of the victims, a bare number in their place, or what
/// their count came to.
fn harmed(
    reading: &Reading<'_, '_>,
    frame: &Frame,
    hit: &TriggerHit,
    event: &Event,
) -> Option<Quantity> {
    if frame.tally {
        return tally::of_count(reading, event.token);
    }
    let slots = [Slot::Object, Slot::Possessive];
    let of = reading.clauses.frames.slots.preposition("of");
    let victims: Vec<usize> = event
        .fillers
        .iter()
        .filter(|f| {
            slots.contains(&f.slot) || (event.form == TriggerForm::Noun && Some(f.slot) == of)
        })
        .map(|f| f.token)
        .collect();
    number_before(reading, event)
        .or_else(|| victims.iter().find_map(|victim| sum_from(reading, *victim)))
        // "two Germans and a Swede **died**": the victims, wherever they stand.
        .or_else(|| {
            let first = event.in_role(Role::Victim).next()?;
            let head = reading.index.mentions[first.index()].head as usize;
            reading.clauses.text.children_by(head, &[Dep::Conj]).next()?;
            sum_from(reading, head)
        })
        .or_else(|| role_number(reading, event, Role::Victim))
        .or_else(|| {
            let counted = frame.general && event.form == TriggerForm::Noun;
            number_of(reading, event.token).filter(|_| counted)
        })
        // "left 20 **dead**": the number stands on the word itself.
        .or_else(|| hit.phrase.iter().find_map(|word| number_of(reading, *word)))
        .or_else(|| victims.iter().find_map(|victim| tally::over(reading, *victim)))
}

/// "**four** soldiers and **two** civilians": together; "seven people, four soldiers and three
/// civilians" are seven, told apart in at least two parts.
fn sum_from(reading: &Reading<'_, '_>, first: usize) -> Option<Quantity> {
    let text = reading.clauses.text;
    let row = text.children_by(first, &[Dep::Conj]).next().is_some();
    let mut total = number_of(reading, first).or_else(|| one(reading, first).filter(|_| row))?;
    let mut rest = 0.0;
    let mut parts = 0;
    let mut exact = true;
    let mut at = first;
    while let Some(next) = text.children_by(at, &[Dep::Conj]).next().filter(|n| *n > at) {
        if !text.tokens[next].tag.starts_with("NN") {
            break;
        }
        let number = number_of(reading, next).or_else(|| one(reading, next));
        let Some(number) = number else {
            // "a farmer and his sons": how many is not told.
            return number_of(reading, first);
        };
        exact &= number.min.is_none() && number.max.is_none() && !number.approximate;
        rest += number.value;
        parts += 1;
        at = next;
    }
    let plain = total.min.is_none() && total.max.is_none() && !total.approximate;
    let told_apart = parts > 1 && (total.value - rest).abs() < 0.5;
    if exact && plain && !told_apart {
        total.value += rest;
    }
    Some(total)
}

/// "two Germans and **a Swede**": one.
fn one(reading: &Reading<'_, '_>, noun: usize) -> Option<Quantity> {
    let text = reading.clauses.text;
    let mut articles = text.children_by(noun, &[Dep::Det]);
    let single = text.tokens[noun].tag == "NN"
        && articles.any(|t| matches!(text.tokens[t].lower.as_str(), "a" | "an"));
    single.then(|| Quantity { value: 1.0, ..Quantity::default() })
}

/// "24 dead and **28 wounded**": the number right before a participle that has nobody else of whom
/// it could be told.
pub(super) fn number_before(reading: &Reading<'_, '_>, event: &Event) -> Option<Quantity> {
    let text = reading.clauses.text;
    let token = event.token;
    let participle = event.form == TriggerForm::Verb
        && matches!(text.tokens[token].tag.as_str(), "VBN" | "VBD" | "JJ")
        && text.children_by(token, &[Dep::Dobj, Dep::AuxPass]).next().is_none()
        // "two murdered women": it is told of the women.
        && !(text.tokens[token].dep == Dep::Amod && text.head(token) > Some(token));
    let before = token.checked_sub(1).filter(|_| participle)?;
    reading.index.headed(before).find_map(mention_number)
}

/// "Norway expelled **one**", after "Denmark expelled two envoys": a number alone stands for what was
/// named before.
pub(super) fn elided(reading: &Reading<'_, '_>, event: &Event) -> Option<usize> {
    let text = reading.clauses.text;
    let alone = |token: &usize| {
        text.tokens[*token].tag == "CD"
            && text.children_by(*token, &[Dep::Prep]).all(|p| reading.clauses.lower(p) != "of")
    };
    let mut objects = event.fillers.iter().filter(|f| f.slot == Slot::Object).map(|f| f.token);
    objects.find(alone)
}

/// "refused 100 visa **applications**": the number of what the trigger's own noun names.
fn object_number(reading: &Reading<'_, '_>, event: &Event) -> Option<Quantity> {
    let text = reading.clauses.text;
    let inside = |f: &&Filler| {
        let mut before = text.children_by(f.token, &[Dep::Compound]);
        f.slot == Slot::Object
            && (event.words.contains_token(f.token)
                || before.any(|noun| event.words.contains_token(noun)))
    };
    event.fillers.iter().filter(inside).find_map(|f| number_of(reading, f.token))
}

/// "ten **threats** to kidnap exiles": the number of what the infinitive completes.
fn planned_number(reading: &Reading<'_, '_>, event: &Event) -> Option<Quantity> {
    let clauses = &reading.clauses;
    let mut verb = event.token;
    for _ in 0..3 {
        match clauses.text.head(verb) {
            Some(head) if clauses.dep(verb) == Dep::Conj && clauses.is_verb(head) => verb = head,
            _ => break,
        }
    }
    let infinitive = clauses.text.tokens[verb].tag == "VB";
    let noun = clauses.text.head(verb).filter(|_| infinitive && clauses.dep(verb) == Dep::Acl)?;
    let plans = &clauses.frames.lists.eventive;
    let counted = clauses.text.tokens[noun].tag == "NNS" && plans.contains(clauses.lemma(noun));
    number_of(reading, noun).filter(|number| counted && number.value > 1.0)
}

pub(super) fn mention_number(mention: &Mention) -> Option<Quantity> {
    match &mention.value {
        Some(Value::Quantity(quantity)) if quantity.unit.is_none() => Some(quantity.clone()),
        _ => None,
    }
}

/// The number of a noun: a quantity mention that it heads, that stands on it, or of which it is
/// the part ("dozens of attacks").
pub(super) fn number_of(reading: &Reading<'_, '_>, noun: usize) -> Option<Quantity> {
    number_at(reading.clauses.text, reading.index, noun)
}

/// [`number_of`] a noun of a text.
pub(in crate::extraction) fn number_at(
    text: &AnnotatedText<'_>,
    index: &MentionIndex<'_>,
    noun: usize,
) -> Option<Quantity> {
    let at = |token: usize| index.headed(token).find_map(mention_number);
    if let Some(number) = at(noun) {
        return Some(number);
    }
    let below =
        text.children_by(noun, &[Dep::NumMod, Dep::Amod, Dep::Det, Dep::Compound, Dep::Nmod]);
    // "his 24-year-old son": an age, not how many.
    let hyphenated = |c: &usize| *c > 0 && text.surface(*c - 1) == "-";
    // "Two dead in stabbing spree": so many dead, not so many sprees.
    let closes = |t: usize| text.tokens.get(t + 1).is_some_and(|next| next.pos == Pos::Punct);
    let of_itself = |c: &usize| text.children_by(*c, &[Dep::Amod]).any(closes);
    let below = below.filter(|c| *c < noun && !hyphenated(c) && !of_itself(c));
    let mut numbers = below.filter_map(at);
    if let Some(number) = numbers.next() {
        return Some(number);
    }
    let of = text.head(noun).filter(|_| text.tokens[noun].dep == Dep::Pobj)?;
    let above = text.head(of).filter(|_| text.tokens[of].lower == "of")?;
    at(above)
}
