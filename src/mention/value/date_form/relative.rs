//! Periods told from now: `last year`, `in the past two weeks`.

use super::day::{article, day_parts};
use super::named::named;
use super::{DateForm, Reading};
use crate::mention::value::number::cardinal;
use crate::mention::value::words::{WordForm, Words};
use crate::pack::{Direction, Edge, Offset, TimeUnit, ValueSense};

pub(super) fn unit(words: &Words, i: usize) -> Option<(TimeUnit, f64, usize)> {
    let ((unit, count), end) = words.sense(i, |sense| match sense {
        ValueSense::Unit(unit, count) => Some((*unit, f64::from(*count))),
        _ => None,
    })?;
    Some((unit, count, end))
}

/// "last March", "last year", "the past 12 months", "the previous day", "that year".
pub(super) fn directed(words: &Words, i: usize) -> Reading {
    let at = article(words, i);
    let with_article = at != i;
    let (direction, mut next) = words.sense(at, |sense| match sense {
        ValueSense::Direction(direction) => Some(*direction),
        _ => None,
    })?;
    if !with_article
        && i > 0
        && words.is_any(i - 1, &["these", "those", "his", "her", "their", "its"])
    {
        // "in their last year" is not the year before this one.
        return None;
    }
    if words.is(next, "-") {
        return None;
    }
    // A name: "last March", "next Monday", "last summer", "this Christmas".
    if !with_article || matches!(direction, Direction::Previous | Direction::Following) {
        let mut names = next;
        let parts = part_of_named(words, names);
        if let Some((_, after)) = parts {
            names = after;
        }
        if let Some((named, end)) = named(words, names) {
            let form = DateForm::Named { direction, named: Box::new(named) };
            return Some((
                match parts {
                    Some((edge, _)) => DateForm::Part { edge, whole: Box::new(form) },
                    None => form,
                },
                end,
            ));
        }
    }
    // A counted stretch: "the past 12 months", "the next two days", "the last few weeks".
    let few = words.is(next, "few") || words.is(next, "couple");
    let counted = cardinal(words, next);
    if let Some((count, end)) = counted {
        let end = if words.is(end, "of") && few { end + 1 } else { end };
        let end = if words.is(end, "-") && words.is(end + 1, "plus") { end + 2 } else { end };
        let end = if words.is(end, "full") { end + 1 } else { end };
        let (unit, size, end) = unit(words, end)?;
        let count = count.value * size;
        let form = match direction {
            Direction::Last | Direction::Past | Direction::This | Direction::Recent => {
                DateForm::Past { count, unit }
            }
            Direction::Next | Direction::Coming => DateForm::Coming { count, unit },
            Direction::Previous | Direction::Following | Direction::Same => DateForm::Unanchored,
        };
        return Some((form, end));
    }
    if words.is(next, "half") && words.is(next + 1, "-") {
        next += 2;
    }
    let (unit, size, mut end) = unit(words, next)?;
    end = day_parts(words, end);
    let form = match direction {
        Direction::Recent => DateForm::Unanchored,
        Direction::Past => DateForm::Past { count: size, unit },
        Direction::Last if with_article => DateForm::Past { count: size, unit },
        Direction::Last if size > 1.0 => DateForm::Past { count: size, unit },
        Direction::Last => DateForm::Calendar { unit, offset: -1 },
        Direction::This if size == 1.0 => DateForm::Calendar { unit, offset: 0 },
        Direction::Next if size == 1.0 => {
            // "the next day" follows what was told; "next year" follows now.
            if with_article {
                DateForm::Shift { count: 1.0, unit, vague: false }
            } else {
                DateForm::Calendar { unit, offset: 1 }
            }
        }
        Direction::Next | Direction::Coming => DateForm::Coming { count: size, unit },
        Direction::Previous => DateForm::Shift { count: -size, unit, vague: false },
        Direction::Following => DateForm::Shift { count: size, unit, vague: false },
        Direction::Same if matches!(unit, TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour) => {
            return None;
        }
        Direction::Same => DateForm::Same(unit),
        Direction::This => DateForm::Unanchored,
    };
    // "last-minute talks", "at the last minute", "this hour" date nothing.
    let short = matches!(unit, TimeUnit::Second | TimeUnit::Minute);
    if short || (unit == TimeUnit::Hour && !with_article) {
        return None;
    }
    Some((form, end))
}

fn part_of_named(words: &Words, i: usize) -> Option<(Edge, usize)> {
    let (edge, end) = words.sense(i, |sense| match sense {
        ValueSense::Edge(edge @ (Edge::Early | Edge::Middle | Edge::Late)) => Some(*edge),
        _ => None,
    })?;
    Some((edge, if words.is_hyphen(end) { end + 1 } else { end }))
}

/// "two years ago", "a few weeks earlier", "the day before", "four days later", and the bare
/// length of time: "seven days".
pub(super) fn stretch(words: &Words, i: usize) -> Reading {
    // Softening words do not belong to the number here: "almost a decade ago" dates loosely
    // anyhow.
    let mut at = i;
    if let Some((_, end)) = words.sense(at, |s| matches!(s, ValueSense::Bound(_)).then_some(())) {
        at = end;
    }
    let the = words.is(at, "the");
    let single = words.is_any(at, &["a", "an", "one"]) || the;
    let (count, vague, next) = match cardinal(words, at) {
        Some((count, end)) => (count.value, count.vague, end),
        None if single => (1.0, false, at + 1),
        None => return None,
    };
    let next = if words.is_any(next, &["full", "whole", "more", "further", "consecutive", "long"]) {
        next + 1
    } else {
        next
    };
    let half = words.is(next, "and") && words.is(next + 1, "a") && words.is(next + 2, "half");
    let (count, next) = if half { (count + 0.5, next + 3) } else { (count, next) };
    let (unit, size, end) = unit(words, next)?;
    // "a year and a half ago".
    let half = words.is(end, "and") && words.is(end + 1, "a") && words.is(end + 2, "half");
    let (count, end) = if half { (count + 0.5, end + 3) } else { (count, end) };
    let count = count * size;
    let offset = words.sense(end, |sense| match sense {
        ValueSense::Offset(offset) => Some(*offset),
        _ => None,
    });
    if let Some((offset, after)) = offset {
        // "two days after the attack", "a week before the vote": the event is the anchor, and
        // that is for whoever knows the event.
        let tied = words.is_any(end, &["before", "after", "prior"])
            && after == end + 1
            && words.get(after).is_some_and(|w| w.form == WordForm::Letters || !is_stop(&w.lower));
        let form = match offset {
            _ if tied => DateForm::Unanchored,
            Offset::Ago => DateForm::FromNow { count: -count, unit },
            Offset::Ahead => DateForm::FromNow { count, unit },
            Offset::Earlier => DateForm::Shift { count: -count, unit, vague },
            Offset::Later => DateForm::Shift { count, unit, vague },
        };
        return Some((form, if tied { end } else { after }));
    }
    let plural = words.words[end - 1].lower.ends_with('s');
    // A length of time needs a count; "the week", "a day" and "a 12-month ban" date nothing.
    let length = plural && !the && at < next && !words.is_hyphen(next);
    length.then_some((DateForm::Unanchored, end))
}

fn is_stop(lower: &str) -> bool {
    matches!(lower, "." | "," | ";" | ":" | "!" | "?" | ")" | "\"" | "\u{201d}" | "\u{2019}" | "'")
}
