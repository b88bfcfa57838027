//! Dates, numbers, shares, measures and sums of money as people write them, to
//! [`Value`]s.
//!
//! The reading goes by the words alone, from the lexicons `time.toml` and `numbers.toml`; the
//! parse only tells a count ("one strike") from a pronoun ("one of them") and from a label
//! ("Channel 4"). A span holds the words that a reader would call the date or the number: "since"
//! and "between ... and ..." belong to it, "in", "on" and "during" do not; "at least" and "more
//! than" do, "about" and "almost" do not, though the value knows of them.

mod calendar;
mod date_form;
mod number;
mod words;

use crate::date::Date;

use crate::date::DateInterval;
use crate::mention::{Mention, MentionForm, Quantity, Value};
use crate::pack::{Bound, ValueLexicon, ValueSense};
use crate::span::{MentionId, RuleId, TokenRange};
use crate::text::{AnnotatedText, Dep, Pos};
use calendar::{Anchor, resolve};
use date_form::{DateForm, DateReading};
use number::NumberReading;
use words::{Word, WordForm, Words};

/// For how many sentences the date told last anchors "the next day" and "a few weeks earlier".
const MEMORY: usize = 2;

/// Finds every date, quantity and sum of money in a text, in text order, disjoint.
///
/// `published` anchors relative dates; without it "last March" has no interval. "A few weeks
/// earlier" counts from the date told last, in the same sentence or the two before. Ids are 0:
/// they are given when all detectors have spoken.
#[must_use]
pub fn detect_values(
    text: &AnnotatedText,
    published: Option<Date>,
    lexicon: &ValueLexicon,
) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut buffer = Vec::new();
    let mut told: Option<(DateInterval, usize)> = None;
    for (index, sentence) in text.sentences.iter().enumerate() {
        words::words_of_tokens(text, sentence.tokens.range(), lexicon, &mut buffer);
        let words = Words { words: &buffer, lexicon };
        let mut i = 0;
        while i < buffer.len() {
            let Some((found, next)) = value_at(&words, i, Some(text)) else {
                i += 1;
                continue;
            };
            let next = next.max(i + 1);
            if let Some((range, value)) = found {
                if matches!(value, Found::Date(DateForm::MonthDay { day: None, .. }))
                    && is_given_name(text, &words, range)
                {
                    i = next;
                    continue;
                }
                let value = match value {
                    Found::Number(reading) => number_value(&reading),
                    Found::Date(form) => {
                        let anchor = Anchor {
                            now: published,
                            told: told
                                .filter(|(_, at)| index.saturating_sub(*at) <= MEMORY)
                                .map(|(interval, _)| interval),
                            ahead: lies_ahead(&words, range.0),
                        };
                        let interval = resolve(&form, &anchor);
                        if let Some(interval) = interval
                            && anchors_what_follows(&form)
                        {
                            told = Some((interval, index));
                        }
                        Value::Date { interval }
                    }
                };
                mentions.push(mention(text, &buffer[range.0..range.1], value));
            }
            i = next;
        }
    }
    mentions
}

/// Reads the first date expression in a string: "since January 2022", "the night of 4 May".
///
/// `None` where there is none, or where it is relative and `published` is not given.
#[must_use]
pub fn parse_date_expression(
    text: &str,
    published: Option<Date>,
    lexicon: &ValueLexicon,
) -> Option<DateInterval> {
    parse_date_after(text, published, None, lexicon)
}

/// As [`parse_date_expression`], for a text that follows one in which the date `told` was told:
/// "the next day" is the day after it.
#[must_use]
pub fn parse_date_after(
    text: &str,
    published: Option<Date>,
    told: Option<DateInterval>,
    lexicon: &ValueLexicon,
) -> Option<DateInterval> {
    let buffer = words::words_of_str(text, lexicon);
    let words = Words { words: &buffer, lexicon };
    let (at, DateReading { form, .. }) =
        (0..buffer.len()).find_map(|i| Some((i, date_form::date(&words, i)?)))?;
    resolve(&form, &Anchor { now: published, told, ahead: lies_ahead(&words, at) })
}

/// Reads the first number, share or measure in a string: "more than 750", "one in three".
#[must_use]
pub fn parse_quantity(text: &str, lexicon: &ValueLexicon) -> Option<Quantity> {
    let buffer = words::words_of_str(text, lexicon);
    let words = Words { words: &buffer, lexicon };
    (0..buffer.len()).find_map(|i| number::number(&words, i)).map(|reading| reading.quantity)
}

enum Found {
    Date(DateForm),
    Number(NumberReading),
}

/// The value that starts at word `i` as a range of words, and where to go on; without a value
/// where words are to be passed over as one ("17-year-old").
#[allow(clippy::type_complexity)]
fn value_at(
    words: &Words,
    i: usize,
    text: Option<&AnnotatedText>,
) -> Option<(Option<((usize, usize), Found)>, usize)> {
    let word = words.get(i)?;
    let digit = !matches!(word.form, WordForm::Letters | WordForm::Sign);
    if !digit && !words.is_known(i) && !matches!(word.lower.as_str(), "the" | "a" | "an" | "'") {
        return None;
    }
    if digit && (is_label(words, i) || is_military_time(words, i)) {
        return Some((None, i + 1));
    }
    if let Some((bound, next)) = words.sense(i, |sense| match sense {
        ValueSense::Bound(bound) => Some(*bound),
        _ => None,
    }) && !matches!(bound, Bound::AtLeast | Bound::AtMost)
        && date_form::date(words, next).is_some()
    {
        // "almost a decade ago", "just a few weeks earlier": as with numbers, the word that merely
        // softens stays outside.
        return Some((None, next));
    }
    if let Some(reading) = date_form::date(words, i)
        && !is_count_of_things(words, i, &reading, text)
    {
        let hyphen = words.is_hyphen(reading.end)
            && words.get(reading.end + 1).is_some_and(|w| w.form == WordForm::Letters);
        let unit_compound = hyphen && reading.form == DateForm::Unanchored;
        if !unit_compound {
            return Some((Some(((i, reading.end), Found::Date(reading.form))), reading.end));
        }
    }
    let reading = number::number(words, i)?;
    let end = reading.end;
    if is_time_of_day(words, i, end) || is_military_time(words, end.saturating_sub(1)) {
        return Some((None, end + 1));
    }
    if words.is_hyphen(end)
        && words.get(end + 1).is_some_and(|w| w.form == WordForm::Letters)
        && reading.quantity.unit.is_none()
    {
        // "a 17-year-old", "a 10-man team", "a two-week truce": the number describes.
        let mut after = end;
        while words.is_hyphen(after) {
            after += 2;
        }
        return Some((None, after));
    }
    if reading.bare && !stands_for_a_count(words, &reading, text) {
        return Some((None, end));
    }
    Some((Some(((reading.start, end), Found::Number(reading))), end))
}

/// Whether a month alone is the given name before a family name: "**Jan** Prokop", "**April** Moss".
fn is_given_name(text: &AnnotatedText, words: &Words, (start, end): (usize, usize)) -> bool {
    let tokens = words.get(start).zip(words.get(end));
    let Some((month, after)) = tokens.filter(|_| end == start + 1) else { return false };
    let (month, after) = (month.token as usize, after.token as usize);
    let names = |token: usize| {
        let word = text.surface(token);
        text.tokens[token].tag == "NNP"
            && word.starts_with(char::is_uppercase)
            && word.chars().skip(1).any(char::is_lowercase)
    };
    let introduced = start.checked_sub(1).is_some_and(|before| {
        let joined = words.is_any(before, &["and", "or"]);
        words.has(before, &ValueSense::Introduction) && !joined
            || words.is_any(before, &["the", "'", "s"])
    });
    after == month + 1
        && !introduced
        && names(month)
        && names(after)
        && text.tokens[month].dep == Dep::Compound
        && text.head(month) == Some(after)
}

/// Whether digits at `i` name something: "Unit 7", "No. 10", "AK-47", "12:30", "020 7946".
fn is_label(words: &Words, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else {
        // "1. The talks": the number of a paragraph.
        return words.is_any(1, &[".", ")"]) && words.words.len() > 2;
    };
    let is_label_word = |at: usize| words.has(at, &ValueSense::Label);
    if is_label_word(before)
        || (words.is(before, ".") && before > 0 && is_label_word(before - 1))
        || words.is(before, "#")
    {
        // "in this area 12 people died": only a word with a capital, or one that labels always,
        // takes the number after it.
        let label = if words.is(before, ".") { before - 1 } else { before };
        return words.words[label].capital
            || words.is(before, "#")
            || words
                .is_any(label, &["no", "number", "page", "pages", "aged", "age", "resolution"]);
    }
    let sign_before = words.words[i].glued && words.words[before].form == WordForm::Sign;
    // ".45 calibre"; a point after digits is part of their number.
    if sign_before && words.is(before, ".") {
        return true;
    }
    if sign_before && words.words[before].glued {
        if words.is_any(before, &["/", ":"]) {
            return true;
        }
        // "AK-47" is a name, "mid-2014" and "May-2014" are dates, "twenty-5" is nothing at all.
        return words.is_hyphen(before)
            && before > 0
            && words.words[before - 1].form == WordForm::Letters
            && !opens_date(words, before - 1);
    }
    false
}

fn opens_date(words: &Words, i: usize) -> bool {
    words
        .sense(i, |s| {
            matches!(s, ValueSense::Month(_) | ValueSense::Edge(_) | ValueSense::Season(..))
                .then_some(())
        })
        .is_some()
}

/// Whether what reads as a year is a count: "2000 people".
fn is_count_of_things(
    words: &Words,
    i: usize,
    reading: &DateReading,
    text: Option<&AnnotatedText>,
) -> bool {
    let Some(WordForm::Number { value, digits: 4, .. }) = words.get(i).map(|w| w.form) else {
        return false;
    };
    if reading.end != i + 1 {
        return false;
    }
    let Some(next) = words.get(reading.end) else { return false };
    let measured = words
        .sense(reading.end, |sense| {
            matches!(
                sense,
                ValueSense::Measure(_)
                    | ValueSense::Percent
                    | ValueSense::Currency(_)
                    | ValueSense::Scale(_)
                    | ValueSense::Clock
                    | ValueSense::Unit(..)
            )
            .then_some(())
        })
        .is_some();
    if measured && (words.words[reading.end].lower.len() > 1 || next.glued) {
        return true;
    }
    let clock = words.is(i.wrapping_sub(1), "at") && value < 2400.0;
    if clock || (value % 1.0 != 0.0) {
        return true;
    }
    let thing = match text.and_then(|text| text.tokens.get(next.token as usize)) {
        Some(token) if !token.tag.is_empty() => matches!(token.tag.as_str(), "NNS" | "NN" | "JJ"),
        _ => next.form == WordForm::Letters && !next.capital,
    };
    let before = i.checked_sub(1);
    let introduced = before.is_some_and(|b| words.has(b, &ValueSense::Introduction));
    let determined = before.is_some_and(|b| words.is_any(b, &["the", "s", "'", "its", "their"]))
        // "a 2013 attack"
        || before.is_some_and(|b| words.is_any(b, &["a", "an"]) && value < 2100.0)
        || value < 2100.0 && text.is_some_and(|text| dates_one_thing(text, words.words[i].token as usize));
    let round = value % 50.0 == 0.0;
    thing
        && !determined
        && (!introduced
            || (round && words.is_any(i - 1, &["of", "to", "and", "about", "around", "for"])))
}

/// "a deadly **2019** attack": whether a number stands before a singular noun, behind its article and
/// adjectives, so that it cannot count it.
fn dates_one_thing(text: &AnnotatedText, number: usize) -> bool {
    let Some(noun) = text.head(number).filter(|noun| *noun > number) else { return false };
    let mut before = text.tokens[..number].iter().rev();
    let article = before.find(|token| !matches!(token.tag.as_str(), "JJ" | "VBN" | "VBG" | "RB"));
    text.tokens[noun].tag == "NN"
        && article.is_some_and(|token| matches!(token.lower.as_str(), "a" | "an" | "the"))
}

/// "1900 GMT", "7.30 pm", "12:30", "at 2330".
fn is_time_of_day(words: &Words, i: usize, end: usize) -> bool {
    let digits = matches!(words.get(i).map(|w| w.form), Some(WordForm::Number { .. }));
    if !digits {
        return false;
    }
    let clock = words.sense(end, |s| (*s == ValueSense::Clock).then_some(())).is_some();
    let colon = words.is(end, ":")
        && words.words[end].glued
        && matches!(words.get(end + 1), Some(w) if w.glued && matches!(w.form, WordForm::Number { .. }));
    clock || colon
}

/// "at 2330", "at about 0600": four digits after "at", or with a nought in front, that are an hour
/// and a minute and measure nothing.
fn is_military_time(words: &Words, i: usize) -> bool {
    let Some(word) = words.get(i) else { return false };
    let WordForm::Number { value, digits: 4, plain: true } = word.form else { return false };
    let of_a_day = value < 2400.0 && value % 100.0 < 60.0;
    let mut before = i.checked_sub(1);
    while let Some(at) = before
        && words.sense(at, |s| matches!(s, ValueSense::Bound(_)).then_some(())).is_some()
    {
        before = at.checked_sub(1);
    }
    let measures = words
        .sense(i + 1, |s| {
            matches!(s, ValueSense::Measure(_) | ValueSense::Unit(..) | ValueSense::Percent)
                .then_some(())
        })
        .is_some();
    of_a_day
        && !measures
        && (word.lower.starts_with('0') || before.is_some_and(|b| words.is(b, "at")))
}

/// Whether one bare word or group of digits counts something.
fn stands_for_a_count(
    words: &Words,
    reading: &NumberReading,
    text: Option<&AnnotatedText>,
) -> bool {
    let first = &words.words[reading.start];
    let before = reading.start.checked_sub(1);
    if reading.quantity.unit.is_some() {
        // A bare share: "half of them", "a third of the cases"; not "a third man", "in half".
        let opposed = before.is_some_and(|b| {
            words.is_any(b, &["in", "first", "second", "other", "by", "the", "this", "that"])
        });
        let shared = words.is_any(reading.end, &["of", "the", "their", "its", "his", "all"]);
        return !opposed && shared;
    }
    if words.words[reading.start..reading.end].iter().any(|w| w.form == WordForm::Letters)
        && words.has(reading.start, &ValueSense::Vague { value: 3.0, min: None })
    {
        return false;
    }
    let number_beside = |at: Option<usize>| {
        at.and_then(|at| words.get(at)).is_some_and(|w| {
            matches!(w.form, WordForm::Number { .. } | WordForm::Ordinal(_) | WordForm::Decade(_))
        })
    };
    if number_beside(before) || number_beside(Some(reading.end)) {
        return false;
    }
    // An age: "Ann Lee, 45, said".
    let age = before.is_some_and(|b| words.is(b, ",") && b > 0 && words.words[b - 1].capital)
        && words.is_any(reading.end, &[",", "."])
        && reading.quantity.value < 120.0;
    if age {
        return false;
    }
    let Some(token) = text.and_then(|text| text.tokens.get(first.token as usize)) else {
        return true;
    };
    let index = first.token;
    let after_its_noun = token.dep == Dep::NumMod && token.head < index;
    let after_name = after_its_noun && before.is_some_and(|b| words.words[b].capital);
    // "Norway expelled two envoys and Denmark **four**": a word written small, behind a country.
    let land = || {
        text.zip(before.map(|b| words.words[b].token)).is_some_and(|(text, name)| {
            let next = text.entities.partition_point(|e| e.tokens.start <= name);
            let entity = next.checked_sub(1).map(|at| &text.entities[at]);
            entity.is_some_and(|e| e.label == "GPE" && e.tokens.end > name)
        })
    };
    let gapped = after_name && first.form == WordForm::Letters && !first.capital && land();
    if first.lower == "one" {
        return token.dep == Dep::NumMod && token.head > index || gapped;
    }
    // The number after its noun is a name's: "Channel 4", "Falcon 9".
    !after_name || gapped
}

fn number_value(reading: &NumberReading) -> Value {
    match &reading.currency {
        Some(currency) => {
            Value::Money { amount: reading.quantity.value, currency: currency.clone() }
        }
        None => Value::Quantity(reading.quantity.clone()),
    }
}

/// Whether the next sentence's "a week later" counts from such a date.
fn anchors_what_follows(form: &DateForm) -> bool {
    !matches!(
        form,
        DateForm::Open { .. } | DateForm::Past { .. } | DateForm::Coming { .. } | DateForm::Same(_)
    )
}

/// How many words before a date the cue that puts it ahead may stand.
const CUE_DISTANCE: usize = 12;

fn lies_ahead(words: &Words, date: usize) -> bool {
    (date.saturating_sub(CUE_DISTANCE)..date).any(|i| words.has(i, &ValueSense::Future))
        // "On Friday the court will decide".
        || (date <= 1 && (date..words.words.len().min(date + 8)).any(|i| words.has(i, &ValueSense::Future)))
}

fn mention(text: &AnnotatedText, words: &[Word], value: Value) -> Mention {
    let (first, last) = match words {
        [] => (0, 0),
        [first, .., last] => (first.token as usize, last.token as usize),
        [only] => (only.token as usize, only.token as usize),
    };
    let tokens = TokenRange::new(first, last + 1);
    let outside = |t: &usize| {
        !tokens.contains_token(text.tokens[*t].head as usize) || text.head(*t).is_none()
    };
    // "over 40": the number, though the parser may hang the bound elsewhere.
    let mut tops = tokens.range().filter(outside);
    let number = tops.clone().find(|t| text.tokens[*t].pos != Pos::Adp);
    let head = number.or_else(|| tops.next()).unwrap_or(last);
    let (entity_type, detector) = match &value {
        Value::Date { .. } => ("date", "detector:date"),
        Value::Money { .. } => ("money", "detector:money"),
        _ => ("quantity", "detector:quantity"),
    };
    let confidence = match &value {
        Value::Date { interval: None } => 0.7,
        _ => 0.95,
    };
    Mention {
        id: MentionId::default(),
        span: text.span(tokens),
        tokens,
        head: head as u32,
        entity_type: entity_type.into(),
        subtype: None,
        form: MentionForm::Name,
        usage: None,
        entry: None,
        name: None,
        value: Some(value),
        detector: RuleId::from(detector),
        confidence,
    }
}

#[cfg(test)]
mod tests;
