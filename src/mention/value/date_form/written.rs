//! Dates by number and month: `3 May 2024`, `May 3`, `2024-05-03`, `2024`.

use super::day::{article, introduced};
use super::{DateForm, Reading};
use crate::date::PartialDate;
use crate::mention::value::words::{WordForm, Words};
use crate::pack::ValueSense;

pub(super) fn month_at(words: &Words, i: usize) -> Option<(i8, usize)> {
    if !words.get(i)?.capital {
        return None;
    }
    let (month, end) = words.sense(i, |sense| match sense {
        ValueSense::Month(month) => Some(*month),
        _ => None,
    })?;
    let point = words.is(end, ".") && words.words[end].glued && words.words[i].lower.len() <= 4;
    let same_token = point && words.words[end].token == words.words[i].token;
    let number_after = matches!(
        words.get(end + 1).map(|w| w.form),
        Some(WordForm::Number { .. } | WordForm::Ordinal(_))
    );
    Some((month, if point && (same_token || number_after) { end + 1 } else { end }))
}

pub(super) fn day_number(words: &Words, i: usize) -> Option<(i8, usize)> {
    match words.get(i)?.form {
        WordForm::Number { value, plain: true, digits: 1 | 2 } if (1.0..=31.0).contains(&value) => {
            Some((value as i8, i + 1))
        }
        WordForm::Ordinal(n) if (1..=31).contains(&n) => Some((n as i8, i + 1)),
        _ => words.sense(i, |sense| match sense {
            ValueSense::Ordinal(n) => Some(*n),
            _ => None,
        }),
    }
}

fn year_number(words: &Words, i: usize) -> Option<(i16, usize)> {
    let WordForm::Number { value, digits: 4, plain: true } = words.get(i)?.form else {
        return None;
    };
    // "2016-17" and "2016/17" are for the period reader; "2016.5" never gets here.
    (1000.0..=2199.0).contains(&value).then_some((value as i16, i + 1))
}

/// A year of two digits, after a month: "4 Feb 90", "Feb '16".
fn short_year(words: &Words, i: usize) -> Option<(i16, usize)> {
    let at = if words.is_any(i, &["'", "\u{2018}"]) { i + 1 } else { i };
    let WordForm::Number { value, digits: 2, plain: true } = words.get(at)?.form else {
        return None;
    };
    if at == i && value < 32.0 {
        return None;
    }
    let year = value as i16;
    Some((if year < 50 { 2000 + year } else { 1900 + year }, at + 1))
}

/// The year after a month: "March 2024", "March, 2024", "March of last year", "September this
/// year".
pub(super) enum YearAfter {
    Given(i16),
    Offset(i32),
}

pub(super) fn year_after(words: &Words, i: usize, day_given: bool) -> Option<(YearAfter, usize)> {
    let comma = if words.is(i, ",") || words.is(i, "of") || words.is(i, "in") { i + 1 } else { i };
    if let Some((year, end)) = year_number(words, comma)
        && year >= 1500
    {
        return Some((YearAfter::Given(year), end));
    }
    if (day_given || words.is_any(i, &["'", "\u{2018}"]))
        && let Some((year, end)) = short_year(words, i)
    {
        return Some((YearAfter::Given(year), end));
    }
    let at = if words.is_any(i, &["of", "in"]) { i + 1 } else { i };
    for (word, offset) in [("this", 0), ("last", -1), ("next", 1)] {
        if words.is(at, word) && words.is(at + 1, "year") {
            return Some((YearAfter::Offset(offset), at + 2));
        }
    }
    None
}

fn with_year(
    words: &Words,
    end: usize,
    month: i8,
    day: Option<i8>,
    last_day: Option<i8>,
) -> (DateForm, usize) {
    let named = DateForm::MonthDay { month, day, last_day };
    match year_after(words, end, day.is_some()) {
        Some((YearAfter::Given(year), end)) => {
            let at = |day| PartialDate { year, month: Some(month), day };
            let form = DateForm::Absolute { start: at(day), end: at(last_day.or(day)) };
            (form, end)
        }
        Some((YearAfter::Offset(offset), end)) => {
            (DateForm::OfYear { named: Box::new(named), offset }, end)
        }
        None => (named, end),
    }
}

/// "4 May", "the 4th of May 2015", "5-6 April 2016".
pub(super) fn day_month(words: &Words, i: usize) -> Reading {
    let (day, end) = day_number(words, article(words, i))?;
    if words.words[article(words, i)].form == WordForm::Letters && !words.is(end, "of") {
        // "first" and "second" are days only in "the second of May".
        return None;
    }
    let mut last = None;
    let mut next = end;
    if words.is_dash(end) || words.is_any(end, &["to", "and"]) {
        if let Some((second, after)) = day_number(words, end + 1)
            && second > day
        {
            (last, next) = (Some(second), after);
        } else if month_at(words, end + 1).is_some() && words.is_hyphen(end) {
            next = end + 1;
        } else {
            return None;
        }
    }
    let next = if words.is(next, "of") { next + 1 } else { next };
    let (month, end) = month_at(words, next)?;
    let hyphen = words.is_hyphen(end) && year_number(words, end + 1).is_some();
    let (form, end) = with_year(words, if hyphen { end + 1 } else { end }, month, Some(day), last);
    Some((form, end))
}

/// "May 4", "May 4th, 2015", "November 16 - 17", "May 2015", "May".
pub(super) fn month_day(words: &Words, i: usize) -> Reading {
    let (month, end) = month_at(words, i)?;
    let number_at = if words.is(end, "the") { end + 1 } else { end };
    if let Some((day, after)) = day_number(words, number_at)
        && words.words[number_at].form != WordForm::Letters
        && !words.has(after, &ValueSense::Percent)
    {
        let mut last = None;
        let mut next = after;
        if (words.is_dash(after) || words.is(after, "to") || words.is(after, "and"))
            && let Some((second, end)) = day_number(words, after + 1)
            && second > day
            && month_at(words, end).is_none()
            && words.words[after + 1].form != WordForm::Letters
        {
            (last, next) = (Some(second), end);
        }
        return Some(with_year(words, next, month, Some(day), last));
    }
    let (form, after) = with_year(words, end, month, None, None);
    let bare = after == end;
    if bare && words.has(i, &ValueSense::Doubtful) && !introduced(words, i) {
        return None;
    }
    Some((form, after))
}

/// "2024-03-05", "05/03/2024": where day and month cannot be told apart, the year alone.
pub(super) fn iso(words: &Words, i: usize) -> Reading {
    let number = |at: usize| match words.get(at)?.form {
        WordForm::Number { value, digits, plain: true } => Some((value as i16, digits)),
        _ => None,
    };
    let sign = words.get(i + 1)?.lower.as_str();
    if !matches!(sign, "-" | "/" | ".") || !words.is(i + 3, sign) {
        return None;
    }
    let ((a, a_digits), (b, _), (c, c_digits)) = (number(i)?, number(i + 2)?, number(i + 4)?);
    if !words.words[i + 1..i + 5].iter().all(|word| word.glued) {
        return None;
    }
    let form = |year: i16, month: i16, day: i16| {
        let date = PartialDate { year, month: Some(month as i8), day: Some(day as i8) };
        let valid = crate::date::Date::new(year, month as i8, day as i8).is_some();
        valid.then_some((DateForm::Absolute { start: date, end: date }, i + 5))
    };
    if a_digits == 4 && (1..=12).contains(&b) && (1..=31).contains(&c) {
        return form(a, b, c);
    }
    if c_digits != 4 || !(1..=31).contains(&a) || !(1..=31).contains(&b) {
        return None;
    }
    if a > 12 || a == b {
        form(c, b, a)
    } else if b > 12 {
        form(c, a, b)
    } else {
        let year = PartialDate::year(c);
        Some((DateForm::Absolute { start: year, end: year }, i + 5))
    }
}

/// "2017", "2016-17", "the 1990s", "the early 1980s" (its `early` read before).
pub(super) fn year(words: &Words, i: usize) -> Reading {
    let at = if words.is(i, "the") { i + 1 } else { i };
    let at = if words.is_any(at, &["'", "\u{2018}"]) { at + 1 } else { at };
    let decade = |first: i16| {
        let (start, end) = (PartialDate::year(first), PartialDate::year(first + 9));
        DateForm::Absolute { start, end }
    };
    match words.get(at)?.form {
        WordForm::Decade(first) => {
            let first = if first < 100 { 1900 + first as i16 } else { first as i16 };
            let genitive = words.is(at + 1, "'") && words.is(at + 2, "s");
            return (1000..=2190)
                .contains(&first)
                .then_some((decade(first), at + if genitive { 3 } else { 1 }));
        }
        // "1980's".
        WordForm::Number { value, digits: 4, plain: true }
            if value % 10.0 == 0.0 && words.is(at + 1, "'") && words.is(at + 2, "s") && at != i =>
        {
            let first = value as i16;
            return (1000..=2190).contains(&first).then_some((decade(first), at + 3));
        }
        _ => {}
    }
    let (first, end) = year_number(words, i)?;
    let clock = words.sense(end, |s| (*s == ValueSense::Clock).then_some(())).is_some();
    if !(1500..=2100).contains(&first) || clock {
        return None;
    }
    let start = PartialDate::year(first);
    // "2016-17", "2011/12".
    if (words.is_hyphen(end) || words.is(end, "\u{2013}") || words.is(end, "/"))
        && let Some(WordForm::Number { value, digits: 2, plain: true }) =
            words.get(end + 1).map(|w| w.form)
    {
        let last = first / 100 * 100 + value as i16;
        if last > first && last - first < 60 && !words.is_hyphen(end + 2) {
            let form = DateForm::Absolute { start, end: PartialDate::year(last) };
            return Some((form, end + 2));
        }
    }
    Some((DateForm::Absolute { start, end: start }, end))
}
