//! Dates and periods as people write them, read into a [`DateForm`]; `calendar` turns that into
//! days once it is known when the text was written.

mod day;
mod named;
mod relative;
mod written;

use super::words::{WordForm, Words};
use crate::date::PartialDate;
use crate::pack::{Direction, Edge, Holiday, Join, Relator, TimeUnit, ValueSense};
use day::{day_name, day_part_of, part, weekday};
use named::{holiday, season};
use relative::{directed, stretch};
use written::{day_month, iso, month_day, year};

/// What a date expression says, before it is anchored.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum DateForm {
    /// Fully given.
    Absolute { start: PartialDate, end: PartialDate },
    /// A month, or a day of it or several, without a year.
    MonthDay { month: i8, day: Option<i8>, last_day: Option<i8> },
    /// A day of the week; Monday is 1.
    Weekday(i8),
    /// First and last month of a season or quarter without a year.
    Months(i8, i8),
    /// A holiday, with or without its year.
    Holiday(Holiday, Option<i16>),
    /// Days from today.
    Day(i32),
    /// The unit that lies so many units from the one that holds today: last year is -1.
    Calendar { unit: TimeUnit, offset: i32 },
    /// A month, season, weekday or holiday, the one before, in or after now.
    Named { direction: Direction, named: Box<DateForm> },
    /// A month, season or holiday of the year so many years from this one.
    OfYear { named: Box<DateForm>, offset: i32 },
    /// The stretch up to now.
    Past { count: f64, unit: TimeUnit },
    /// The stretch from now.
    Coming { count: f64, unit: TimeUnit },
    /// So long before now (negative) or after it.
    FromNow { count: f64, unit: TimeUnit },
    /// So long before (negative) or after the date told before.
    Shift { count: f64, unit: TimeUnit, vague: bool },
    /// The unit that holds the date told before.
    Same(TimeUnit),
    /// A part of a period.
    Part { edge: Edge, whole: Box<DateForm> },
    /// Open to one side.
    Open { relator: Relator, date: Box<DateForm> },
    /// From one date to another.
    Between(Box<DateForm>, Box<DateForm>),
    /// How long, not when; or a date that cannot be computed.
    Unanchored,
}

/// A date expression in words `start..end`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DateReading {
    pub(super) end: usize,
    pub(super) form: DateForm,
}

type Reading = Option<(DateForm, usize)>;

/// Reads the date expression that starts at word `i`, its opening word included ("since").
pub(super) fn date(words: &Words, i: usize) -> Option<DateReading> {
    let relator = words.sense(i, |sense| match sense {
        ValueSense::Relator(relator) => Some(*relator),
        _ => None,
    });
    if let Some((relator, next)) = relator
        && let Some((form, end)) = related(words, relator, next)
    {
        return Some(DateReading { end, form });
    }
    let (first, end) = point(words, i, 0)?;
    if is_moment(&first) {
        let joined = if words.is_dash(end) { Some(end + 1) } else { join(words, end, Join::To) };
        if let Some((second, end)) = joined.and_then(|at| point(words, at, 0))
            && is_moment(&second)
        {
            let form = DateForm::Between(Box::new(first), Box::new(second));
            return Some(DateReading { end, form });
        }
    }
    Some(DateReading { end, form: first })
}

/// What can be an end of a period.
fn is_moment(form: &DateForm) -> bool {
    !matches!(
        form,
        DateForm::Unanchored
            | DateForm::Past { .. }
            | DateForm::Coming { .. }
            | DateForm::Open { .. }
            | DateForm::Between(..)
    )
}

fn join(words: &Words, i: usize, wanted: Join) -> Option<usize> {
    let (_, end) = words.sense(i, |sense| match sense {
        ValueSense::Join(join) if *join == wanted => Some(()),
        _ => None,
    })?;
    Some(end)
}

fn related(words: &Words, relator: Relator, i: usize) -> Reading {
    let (first, end) = point(words, i, 0)?;
    match relator {
        Relator::Between => {
            let (second, end) = point(words, join(words, end, Join::And)?, 0)?;
            Some((DateForm::Between(Box::new(first), Box::new(second)), end))
        }
        Relator::From => {
            let to = if words.is_dash(end) { Some(end + 1) } else { join(words, end, Join::To) };
            if let Some((second, end)) = to.and_then(|at| point(words, at, 0)) {
                return Some((DateForm::Between(Box::new(first), Box::new(second)), end));
            }
            // "from Monday" opens a period; "from yesterday's attack" does not.
            let possessive = words.is(end, "'");
            let opens = is_moment(&first) && !possessive && !matches!(first, DateForm::Day(_));
            opens.then(|| (DateForm::Open { relator: Relator::Since, date: Box::new(first) }, end))
        }
        // "after seven days" and "before two weeks" say how long, not when.
        _ if first == DateForm::Unanchored => None,
        _ => {
            // "by Monday's attack", "after last year's talks": what is named is no date.
            if words.is(end, "'") && words.is(end + 1, "s") {
                return None;
            }
            Some((DateForm::Open { relator, date: Box::new(first) }, end))
        }
    }
}

/// A date or period without an opening word. `depth` counts nested parts ("the end of the ...").
fn point(words: &Words, i: usize, depth: u8) -> Reading {
    if depth > 3 {
        return None;
    }
    let sensible = words.get(i).is_some_and(|w| w.form != WordForm::Letters)
        || words.is_known(i)
        || words.is_any(i, &["the", "a", "an"])
        || words.is(i, "'");
    if !sensible {
        return None;
    }
    day_name(words, i)
        .or_else(|| day_part_of(words, i, depth))
        .or_else(|| part(words, i, depth))
        .or_else(|| weekday(words, i, depth))
        .or_else(|| iso(words, i))
        .or_else(|| day_month(words, i))
        .or_else(|| month_day(words, i))
        .or_else(|| holiday(words, i))
        .or_else(|| season(words, i))
        .or_else(|| directed(words, i))
        .or_else(|| stretch(words, i))
        .or_else(|| year(words, i))
}
