//! Seasons and holidays, with or without a year.

use super::day::{article, day_parts, weekday_at};
use super::written::{YearAfter, day_number, month_at, year_after};
use super::{DateForm, Reading};
use crate::date::PartialDate;
use crate::mention::value::words::{WordForm, Words};
use crate::pack::ValueSense;

pub(super) fn holiday(words: &Words, i: usize) -> Reading {
    if !words.get(i)?.capital {
        return None;
    }
    let (holiday, end) = words.sense(i, |sense| match sense {
        ValueSense::Holiday(holiday) => Some(*holiday),
        _ => None,
    })?;
    Some(match year_after(words, end, false) {
        Some((YearAfter::Given(year), end)) => (DateForm::Holiday(holiday, Some(year)), end),
        Some((YearAfter::Offset(offset), end)) => {
            let named = Box::new(DateForm::Holiday(holiday, None));
            (DateForm::OfYear { named, offset }, end)
        }
        None => (DateForm::Holiday(holiday, None), end),
    })
}

/// "spring 2015", "the summer of 2014", "the first quarter of 2023", "Q1 2023".
pub(super) fn season(words: &Words, i: usize) -> Reading {
    let at = article(words, i);
    let (months, end, needs_year) = words
        .sense(at, |sense| match sense {
            ValueSense::Season(first, last) => Some(((*first, *last), false)),
            ValueSense::YearPart(first, last) => Some(((*first, *last), true)),
            _ => None,
        })
        .map(|((months, needs_year), end)| (months, end, needs_year))?;
    let named = DateForm::Months(months.0, months.1);
    match year_after(words, end, false) {
        Some((YearAfter::Given(year), end)) => {
            let end_year = if months.1 < months.0 { year + 1 } else { year };
            let start = PartialDate::month(year, months.0);
            let form = DateForm::Absolute { start, end: PartialDate::month(end_year, months.1) };
            Some((form, end))
        }
        Some((YearAfter::Offset(offset), end)) => {
            Some((DateForm::OfYear { named: Box::new(named), offset }, end))
        }
        None if needs_year => None,
        // "in spring", "the summer"; never the verb in "troops spring a trap".
        None => {
            let placed = at != i
                || i.checked_sub(1)
                    .is_some_and(|b| words.is_any(b, &["in", "since", "by", "during", "until"]));
            placed.then_some((named, end))
        }
    }
}

/// What "last", "this" and "next" can stand before.
pub(super) fn named(words: &Words, i: usize) -> Reading {
    if let Some((month, end)) = month_at(words, i) {
        // "last March 5".
        if let Some((day, end)) = day_number(words, end)
            && words.words[end - 1].form != WordForm::Letters
        {
            return Some((DateForm::MonthDay { month, day: Some(day), last_day: None }, end));
        }
        return Some((DateForm::MonthDay { month, day: None, last_day: None }, end));
    }
    if let Some((day, end)) = weekday_at(words, i) {
        return Some((DateForm::Weekday(day), day_parts(words, end)));
    }
    let season = words.sense(i, |sense| match sense {
        ValueSense::Season(first, last) => Some(DateForm::Months(*first, *last)),
        _ => None,
    });
    season.or_else(|| {
        words.sense(i, |sense| match sense {
            ValueSense::Holiday(holiday) => Some(DateForm::Holiday(*holiday, None)),
            _ => None,
        })
    })
}
