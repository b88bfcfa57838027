//! Days by name or part: `yesterday`, `on Monday`, `the night of 3 May`.

use super::written::{day_month, month_at, month_day};
use super::{DateForm, Reading, is_moment, point};
use crate::mention::value::words::{WordForm, Words};
use crate::pack::{Direction, ValueSense};

pub(super) fn article(words: &Words, i: usize) -> usize {
    if words.is(i, "the") { i + 1 } else { i }
}

/// "today", "yesterday morning", "last night", "the day before yesterday".
pub(super) fn day_name(words: &Words, i: usize) -> Reading {
    let day = |at| {
        words.sense(at, |sense| match sense {
            ValueSense::Day(offset) => Some(*offset),
            _ => None,
        })
    };
    let edge = words.is_any(i, &["early", "late"]) || (words.is_any(i, &["earlier", "later"]));
    let (offset, end) = day(i).or_else(|| if edge { day(i + 1) } else { None })?;
    Some((DateForm::Day(offset), day_parts(words, end)))
}

/// Skips the words for a part of the day.
pub(super) fn day_parts(words: &Words, i: usize) -> usize {
    words.sense(i, |s| (*s == ValueSense::DayPart).then_some(())).map_or(i, |(_, end)| end)
}

/// "the night of 4 May", "the early hours of Sunday".
pub(super) fn day_part_of(words: &Words, i: usize, depth: u8) -> Reading {
    let at = article(words, i);
    let (_, end) = words.sense(at, |s| (*s == ValueSense::DayPart).then_some(()))?;
    let next = if words.is_any(end, &["of", "on"]) { end + 1 } else { return None };
    let (form, end) = point(words, next, depth + 1)?;
    is_moment(&form).then_some((form, end))
}

/// "early 2014", "mid-January", "the end of last year", "later this month".
pub(super) fn part(words: &Words, i: usize, depth: u8) -> Reading {
    let edge = |at| {
        words.sense(at, |sense| match sense {
            ValueSense::Edge(edge) => Some(*edge),
            _ => None,
        })
    };
    let (edge, end) = edge(i).or_else(|| edge(article(words, i)))?;
    let next = if words.is_hyphen(end) { end + 1 } else { end };
    let next = if words.is(next, "in") { next + 1 } else { next };
    let (whole, end) = point(words, next, depth + 1)?;
    // "early Monday" is Monday.
    let form = match whole {
        DateForm::Weekday(_) | DateForm::Day(_) => whole,
        DateForm::Unanchored | DateForm::Past { .. } | DateForm::Open { .. } => return None,
        whole => DateForm::Part { edge, whole: Box::new(whole) },
    };
    Some((form, end))
}

pub(super) fn weekday_at(words: &Words, i: usize) -> Option<(i8, usize)> {
    if !words.get(i)?.capital {
        return None;
    }
    let (day, mut end) = words.sense(i, |sense| match sense {
        ValueSense::Weekday(day) => Some(*day),
        _ => None,
    })?;
    if words.is(end, ".") && words.words[end].glued && words.words[i].lower.len() <= 5 {
        let number_after =
            matches!(words.get(end + 1).map(|w| w.form), Some(WordForm::Number { .. }));
        if number_after || month_at(words, end + 1).is_some() {
            end += 1;
        }
    }
    Some((day, end))
}

/// "Monday", "Monday night", "Monday, 4 May 2015".
pub(super) fn weekday(words: &Words, i: usize, depth: u8) -> Reading {
    let (day, end) = weekday_at(words, i)?;
    let end = day_parts(words, end);
    let next = if words.is(end, ",") { end + 1 } else { end };
    let next = if words.is(next, "the") { next + 1 } else { next };
    if depth < 3
        && let Some((
            form @ (DateForm::Absolute { .. } | DateForm::MonthDay { day: Some(_), .. }),
            end,
        )) = day_month(words, next).or_else(|| month_day(words, next))
    {
        return Some((form, end));
    }
    let bare = end == i + 1;
    // "the TE-SAT 2016" is a report; "Friday 13th" is a day of a month that nobody names.
    let compound = i.checked_sub(1).is_some_and(|before| words.is_hyphen(before));
    let ordinal = matches!(words.get(next).map(|w| w.form), Some(WordForm::Ordinal(_)));
    if bare && words.has(i, &ValueSense::Doubtful) && (compound || !introduced(words, i)) || ordinal
    {
        return None;
    }
    for (week, offset) in [("last", -1), ("this", 0), ("next", 1)] {
        if words.is(end, week) && words.is(end + 1, "week") {
            let named = Box::new(DateForm::Weekday(day));
            let direction = if offset < 0 {
                Direction::Previous
            } else if offset == 0 {
                Direction::Same
            } else {
                Direction::Following
            };
            return Some((DateForm::Named { direction, named }, end + 2));
        }
    }
    Some((DateForm::Weekday(day), end))
}

pub(super) fn introduced(words: &Words, i: usize) -> bool {
    i.checked_sub(1).is_some_and(|before| {
        words.has(before, &ValueSense::Introduction) || words.is_hyphen(before)
    })
}
