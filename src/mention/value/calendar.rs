//! A [`DateForm`] to days, counted from the day on which the text was written and from the date
//! told just before.
//!
//! How relative dates are read, for a text of 2024-10-09 (a Wednesday):
//!
//! | words | interval | why |
//! |---|---|---|
//! | last March | 2024-03 | the most recent one that is over |
//! | last October | 2023-10 | the current month is not the last |
//! | March, in March | 2024-03 | the most recent, the current month included |
//! | Monday | 2024-10-07 | the most recent, today included |
//! | last year | 2023 | the calendar year before |
//! | the last year, the past year | 2023-10 to 2024-10 | the stretch up to now |
//! | the past 12 months | 2023-10 to 2024-10 | the same, as precise as its unit |
//! | two years ago | 2022 | as precise as its unit |
//! | since January 2022 | 2022-01, end open | |
//! | before 2017 | start open, to 2016 | the named period is excluded |
//! | early, mid, late 2014 | months 1-4, 5-8, 9-12 | thirds |
//! | a few weeks earlier | shifted from the date told before | rough: by the month |
//!
//! A year-less date that a word such as "will" puts into the future is the next one instead.

use super::date_form::DateForm;
use crate::date::{Date, DateInterval, PartialDate, Weekday};
use crate::pack::{Direction, Edge, Holiday, Relator, TimeUnit};

/// What relative dates are counted from.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Anchor {
    /// The day on which the text was written.
    pub(super) now: Option<Date>,
    /// The date told just before.
    pub(super) told: Option<DateInterval>,
    /// Whether the sentence speaks of what is to come.
    pub(super) ahead: bool,
}

/// Longest shift in years, so that no count of a text leaves the calendar.
const LONGEST: f64 = 2000.0;

/// The days that a form covers; `None` where it needs an anchor that is missing, or cannot be
/// computed.
pub(super) fn resolve(form: &DateForm, anchor: &Anchor) -> Option<DateInterval> {
    match form {
        DateForm::Absolute { start, end } => {
            let valid = |d: &PartialDate| {
                Date::new(d.year, d.month.unwrap_or(1), d.day.unwrap_or(1)).is_some()
            };
            (valid(start) && valid(end)).then_some(between(*start, *end))
        }
        DateForm::MonthDay { .. }
        | DateForm::Months(..)
        | DateForm::Holiday(..)
        | DateForm::Weekday(_) => {
            if let DateForm::Holiday(holiday, Some(year)) = form {
                return in_year(&DateForm::Holiday(*holiday, None), *year);
            }
            // A day of the week counts from now; a month without a year may belong to the year
            // of the story told, but news means the nearest.
            nearest(form, anchor.now?, anchor.ahead)
        }
        DateForm::Day(offset) => {
            let day = anchor.now?.plus_days(i64::from(*offset))?;
            Some(DateInterval::at(day.into()))
        }
        DateForm::Calendar { unit, offset } => calendar_unit(anchor.now?, *unit, *offset),
        DateForm::Named { direction, named } => directed(*direction, named, anchor),
        DateForm::OfYear { named, offset } => {
            in_year(named, anchor.now?.year().checked_add(i16::try_from(*offset).ok()?)?)
        }
        DateForm::Past { count, unit } => {
            let now = anchor.now?;
            let start = shift(now, -count, *unit)?;
            Some(between(trim(start, *unit), trim(now, *unit)))
        }
        DateForm::Coming { count, unit } => {
            let now = anchor.now?;
            Some(between(trim(now, *unit), trim(shift(now, *count, *unit)?, *unit)))
        }
        DateForm::FromNow { count, unit } => {
            let day = shift(anchor.now?, *count, *unit)?;
            match unit {
                TimeUnit::Week => calendar_unit(day, TimeUnit::Week, 0),
                TimeUnit::Weekend => calendar_unit(day, TimeUnit::Weekend, 0),
                // Nobody says "twenty months ago" of a day, nor "a decade ago" of a month.
                TimeUnit::Month | TimeUnit::Year => Some(DateInterval::at(coarse(day, *unit))),
                _ => Some(DateInterval::at(day.into())),
            }
        }
        DateForm::Shift { count, unit, vague } => shift_told(anchor.told?, *count, *unit, *vague),
        DateForm::Same(unit) => {
            let told = anchor.told?;
            let first = told.start.or(told.end)?;
            match unit {
                TimeUnit::Year => Some(DateInterval::at(PartialDate::year(first.year))),
                TimeUnit::Month => {
                    first.month.map(|m| DateInterval::at(PartialDate::month(first.year, m)))
                }
                TimeUnit::Week | TimeUnit::Weekend => {
                    first.day?;
                    calendar_unit(first.first_day(), *unit, 0)
                }
                _ => first.day.map(|_| DateInterval::at(first)),
            }
        }
        DateForm::Part { edge, whole } => part(*edge, resolve(whole, anchor)?, anchor.now),
        DateForm::Open { relator, date } => {
            let date = resolve(date, anchor)?;
            Some(match relator {
                Relator::Since | Relator::From | Relator::After | Relator::Between => {
                    DateInterval { start: date.start, end: None }
                }
                Relator::Until | Relator::By => DateInterval { start: None, end: date.end },
                Relator::Before => DateInterval { start: None, end: Some(before(date.start?)?) },
            })
        }
        DateForm::Between(first, second) => {
            let end = resolve(second, anchor);
            // "between March and May 2014": the year of the second holds for the first.
            let start = match (first.as_ref(), end) {
                (DateForm::MonthDay { .. } | DateForm::Months(..), Some(end))
                    if !matches!(**second, DateForm::MonthDay { .. } | DateForm::Months(..)) =>
                {
                    let end = end.end?;
                    let same = in_year(first, end.year)?;
                    if same.start? <= end { Some(same) } else { in_year(first, end.year - 1) }
                }
                _ => resolve(first, anchor),
            };
            let (start, end) = (start?.start?, end?.end?);
            // "from November to March": the first lies before the second.
            if start.first_day() <= end.last_day() {
                Some(between(start, end))
            } else if matches!(**first, DateForm::MonthDay { .. }) {
                Some(between(PartialDate { year: start.year - 1, ..start }, end))
            } else {
                None
            }
        }
        DateForm::Unanchored => None,
    }
}

fn between(start: PartialDate, end: PartialDate) -> DateInterval {
    DateInterval { start: Some(start), end: Some(end) }
}

/// A day cut to the precision that a count of such units deserves.
fn trim(day: Date, unit: TimeUnit) -> PartialDate {
    match unit {
        TimeUnit::Month | TimeUnit::Year => PartialDate::month(day.year(), day.month()),
        _ => day.into(),
    }
}

fn coarse(day: Date, unit: TimeUnit) -> PartialDate {
    match unit {
        TimeUnit::Year => PartialDate::year(day.year()),
        _ => PartialDate::month(day.year(), day.month()),
    }
}

/// `count` units after a day; parts of a unit count in the next smaller one.
fn shift(day: Date, count: f64, unit: TimeUnit) -> Option<Date> {
    match unit {
        TimeUnit::Second | TimeUnit::Minute => Some(day),
        TimeUnit::Hour => day.plus_days(whole(count / 24.0, LONGEST * 366.0)?),
        TimeUnit::Day => day.plus_days(whole(count, LONGEST * 366.0)?),
        TimeUnit::Week | TimeUnit::Weekend => day.plus_days(whole(count * 7.0, LONGEST * 366.0)?),
        TimeUnit::Month => day.plus_months(whole(count, LONGEST * 12.0)?),
        TimeUnit::Year => day.plus_months(whole(count * 12.0, LONGEST * 12.0)?),
    }
}

fn whole(count: f64, most: f64) -> Option<i64> {
    let rounded = count.round();
    (rounded.abs() <= most).then_some(rounded as i64)
}

/// The calendar unit `offset` units from the one that holds `now`.
fn calendar_unit(now: Date, unit: TimeUnit, offset: i32) -> Option<DateInterval> {
    let offset64 = i64::from(offset);
    match unit {
        TimeUnit::Year => {
            let year = now.year().checked_add(i16::try_from(offset).ok()?)?;
            Some(DateInterval::at(PartialDate::year(year)))
        }
        TimeUnit::Month => {
            let day = now.first_of_month().plus_months(offset64)?;
            Some(DateInterval::at(PartialDate::month(day.year(), day.month())))
        }
        TimeUnit::Week | TimeUnit::Weekend => {
            let monday =
                now.plus_days(offset64 * 7 - i64::from(now.weekday().to_monday_zero_offset()))?;
            let sunday = monday.plus_days(6)?;
            let first = match unit {
                TimeUnit::Weekend => monday.plus_days(5)?,
                _ => monday,
            };
            Some(between(first.into(), sunday.into()))
        }
        _ => Some(DateInterval::at(now.plus_days(offset64)?.into())),
    }
}

/// A month, season or holiday of one year.
fn in_year(form: &DateForm, year: i16) -> Option<DateInterval> {
    match form {
        DateForm::MonthDay { month, day, last_day } => {
            let at = |day: Option<i8>| {
                Date::new(year, *month, day.unwrap_or(1))?;
                Some(PartialDate { year, month: Some(*month), day })
            };
            Some(between(at(*day)?, at(last_day.or(*day))?))
        }
        DateForm::Months(first, last) => {
            let end_year = if last < first { year.checked_add(1)? } else { year };
            Some(between(PartialDate::month(year, *first), PartialDate::month(end_year, *last)))
        }
        DateForm::Holiday(holiday, None) => {
            let day = match holiday {
                Holiday::Fixed(month, day) => Date::new(year, *month, *day)?,
                Holiday::Easter(offset) => easter(year)?.plus_days(i64::from(*offset))?,
                Holiday::Moving => return None,
            };
            Some(DateInterval::at(day.into()))
        }
        DateForm::Part { edge, whole } => part(*edge, in_year(whole, year)?, None),
        _ => None,
    }
}

/// Days by which a date may lie after the day of publication and still be that of this year: time
/// zones, and papers dated a day or two early.
const SLACK: i64 = 3;

/// The nearest of a recurring date: the most recent one, or with `ahead` the next; the one that
/// holds `now` counts as either.
fn nearest(form: &DateForm, now: Date, ahead: bool) -> Option<DateInterval> {
    if let DateForm::Weekday(day) = form {
        let weekday = Weekday::from_monday_one_offset(*day).ok()?;
        if now.weekday() == weekday {
            return Some(DateInterval::at(now.into()));
        }
        let day = if ahead { now.next(weekday)? } else { now.previous(weekday)? };
        return Some(DateInterval::at(day.into()));
    }
    let year = now.year();
    let candidate = |year: i16| in_year(form, year);
    if ahead {
        let this = candidate(year)?;
        return if this.end?.last_day() >= now { Some(this) } else { candidate(year + 1) };
    }
    let latest = now.plus_days(SLACK)?;
    [year, year - 1]
        .into_iter()
        .filter_map(candidate)
        .find(|interval| interval.start.is_some_and(|start| start.first_day() <= latest))
        .or_else(|| {
            // 29 February of the last leap year.
            (1..=8).filter_map(|back| candidate(year - back)).next()
        })
}

/// "last March", "next Monday", "this September".
fn directed(direction: Direction, named: &DateForm, anchor: &Anchor) -> Option<DateInterval> {
    let now = anchor.now?;
    if let DateForm::Weekday(day) = named {
        let weekday = Weekday::from_monday_one_offset(*day).ok()?;
        let in_week = |offset| {
            let week = calendar_unit(now, TimeUnit::Week, offset)?;
            let monday = week.start?.first_day();
            let day = monday.plus_days(i64::from(*day - 1))?;
            Some(DateInterval::at(day.into()))
        };
        let day = match direction {
            Direction::Next | Direction::Coming => now.next(weekday)?,
            Direction::Last | Direction::Past => now.previous(weekday)?,
            Direction::Previous => return in_week(-1),
            Direction::Following => return in_week(1),
            Direction::Same => return in_week(0),
            _ => return nearest(named, now, anchor.ahead),
        };
        return Some(DateInterval::at(day.into()));
    }
    let year = now.year();
    let over = |interval: &DateInterval| interval.end.is_some_and(|end| end.last_day() < now);
    match direction {
        Direction::Last | Direction::Past | Direction::Previous => {
            [year, year - 1, year - 2].into_iter().filter_map(|y| in_year(named, y)).find(over)
        }
        Direction::Next | Direction::Coming | Direction::Following => [year, year + 1]
            .into_iter()
            .filter_map(|y| in_year(named, y))
            .find(|i| i.start.is_some_and(|start| start.first_day() > now)),
        _ => in_year(named, year),
    }
}

fn shift_told(told: DateInterval, count: f64, unit: TimeUnit, vague: bool) -> Option<DateInterval> {
    // "later" counts from the end of what was told, "earlier" from its begin; a period keeps
    // both ends, so that what was uncertain stays so.
    let move_one = |date: PartialDate, day: Date| {
        let moved = shift(day, count, unit)?;
        Some(match (unit, vague, date.month, date.day) {
            (_, _, None, _) => PartialDate::year(moved.year()),
            (TimeUnit::Year, ..) if count.abs() >= 1.0 => PartialDate::year(moved.year()),
            (TimeUnit::Month, ..) | (_, true, ..) | (_, _, _, None) => {
                PartialDate::month(moved.year(), moved.month())
            }
            _ => moved.into(),
        })
    };
    let start = told.start.map(|d| move_one(d, d.first_day()));
    let end = told.end.map(|d| move_one(d, d.last_day()));
    match (start, end) {
        (Some(start), Some(end)) => Some(between(start?, end?)),
        (Some(only), None) | (None, Some(only)) => Some(DateInterval::at(only?)),
        (None, None) => None,
    }
}

/// The early, middle or late third of a period; of a month by its days, else by months.
fn part(edge: Edge, whole: DateInterval, now: Option<Date>) -> Option<DateInterval> {
    let (start, end) = (whole.start?, whole.end?);
    let (first, last) = (start.first_day(), end.last_day());
    if start.day.is_some() && start == end {
        return Some(whole);
    }
    match edge {
        Edge::Earlier => {
            let now = now.filter(|now| *now >= first && *now <= last)?;
            return Some(between(start, trim_like(now, start)));
        }
        Edge::Later => {
            let now = now.filter(|now| *now >= first && *now <= last);
            return Some(now.map_or(whole, |now| between(trim_like(now, start), end)));
        }
        _ => {}
    }
    if start.day.is_none() && start.month.is_some() && start == end {
        let day = |d: i8| PartialDate { day: Some(d), ..start };
        return Some(match edge {
            Edge::Early => between(day(1), day(10)),
            Edge::Middle => between(day(11), day(20)),
            _ => between(day(21), day(last.day())),
        });
    }
    if start.day.is_some() {
        // A week: too short to cut.
        return Some(whole);
    }
    // The early 1990s are years, not months.
    if start.month.is_none() && start.year != end.year {
        let (from, to) = third(edge, i32::from(start.year), i32::from(end.year));
        let year = |year: i32| i16::try_from(year).ok().map(PartialDate::year);
        return Some(between(year(from)?, year(to)?));
    }
    let index = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
    let (from, to) = third(edge, index(first), index(last));
    let month = |index: i32| {
        let year = i16::try_from(index.div_euclid(12)).ok()?;
        Some(PartialDate::month(year, index.rem_euclid(12) as i8 + 1))
    };
    Some(between(month(from)?, month(to)?))
}

/// The first, middle or last third of a range of whole numbers, never empty.
fn third(edge: Edge, low: i32, high: i32) -> (i32, i32) {
    let third = ((high - low + 1) / 3).max(1);
    match edge {
        Edge::Early => (low, low + third - 1),
        Edge::Middle => ((low + third).min(high), (high - third).max(low + third).min(high)),
        _ => (high - third + 1, high),
    }
}

/// Now, for the other end of a period: by the month for a year, by the day below that.
fn trim_like(now: Date, start: PartialDate) -> PartialDate {
    match start.month {
        None => PartialDate::month(now.year(), now.month()),
        Some(_) => now.into(),
    }
}

/// The date just before one, of the same precision.
fn before(date: PartialDate) -> Option<PartialDate> {
    let day = date.first_day().plus_days(-1)?;
    Some(match (date.month, date.day) {
        (_, Some(_)) => day.into(),
        (Some(_), None) => PartialDate::month(day.year(), day.month()),
        (None, None) => PartialDate::year(day.year()),
    })
}

/// Easter Sunday of the Gregorian calendar (Meeus, *Astronomical Algorithms*, 1991, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    if y < 1583 {
        return None;
    }
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    Date::new(year, (sum / 31) as i8, (sum % 31 + 1) as i8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_is_where_the_almanacs_have_it() {
        for (year, day) in [(1961, "1961-04-02"), (2016, "2016-03-27"), (2024, "2024-03-31")] {
            assert_eq!(easter(year).map(|d| d.to_string()).as_deref(), Some(day));
        }
    }
}
