//! Dates and periods as people write them, read into a [`DateForm`]; `calendar` turns that into
//! days once it is known when the text was written.

use super::number::cardinal;
use super::words::{WordForm, Words};
use crate::date::PartialDate;
use crate::pack::{Direction, Edge, Holiday, Join, Offset, Relator, TimeUnit, ValueSense};

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

fn article(words: &Words, i: usize) -> usize {
    if words.is(i, "the") { i + 1 } else { i }
}

/// "today", "yesterday morning", "last night", "the day before yesterday".
fn day_name(words: &Words, i: usize) -> Reading {
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
fn day_parts(words: &Words, i: usize) -> usize {
    words.sense(i, |s| (*s == ValueSense::DayPart).then_some(())).map_or(i, |(_, end)| end)
}

/// "the night of 4 May", "the early hours of Sunday".
fn day_part_of(words: &Words, i: usize, depth: u8) -> Reading {
    let at = article(words, i);
    let (_, end) = words.sense(at, |s| (*s == ValueSense::DayPart).then_some(()))?;
    let next = if words.is_any(end, &["of", "on"]) { end + 1 } else { return None };
    let (form, end) = point(words, next, depth + 1)?;
    is_moment(&form).then_some((form, end))
}

/// "early 2014", "mid-January", "the end of last year", "later this month".
fn part(words: &Words, i: usize, depth: u8) -> Reading {
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

fn weekday_at(words: &Words, i: usize) -> Option<(i8, usize)> {
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
fn weekday(words: &Words, i: usize, depth: u8) -> Reading {
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
    if bare && words.has(i, &ValueSense::Doubtful) && !introduced(words, i) {
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

fn introduced(words: &Words, i: usize) -> bool {
    i.checked_sub(1).is_some_and(|before| {
        words.has(before, &ValueSense::Introduction) || words.is_hyphen(before)
    })
}

fn month_at(words: &Words, i: usize) -> Option<(i8, usize)> {
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

fn day_number(words: &Words, i: usize) -> Option<(i8, usize)> {
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
enum YearAfter {
    Given(i16),
    Offset(i32),
}

fn year_after(words: &Words, i: usize, day_given: bool) -> Option<(YearAfter, usize)> {
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
fn day_month(words: &Words, i: usize) -> Reading {
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
fn month_day(words: &Words, i: usize) -> Reading {
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
fn iso(words: &Words, i: usize) -> Reading {
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
        let valid = jiff::civil::Date::new(year, month as i8, day as i8).is_ok();
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

fn holiday(words: &Words, i: usize) -> Reading {
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
fn season(words: &Words, i: usize) -> Reading {
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

fn unit(words: &Words, i: usize) -> Option<(TimeUnit, f64, usize)> {
    let ((unit, count), end) = words.sense(i, |sense| match sense {
        ValueSense::Unit(unit, count) => Some((*unit, f64::from(*count))),
        _ => None,
    })?;
    Some((unit, count, end))
}

/// "last March", "last year", "the past 12 months", "the previous day", "that year".
fn directed(words: &Words, i: usize) -> Reading {
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

/// What "last", "this" and "next" can stand before.
fn named(words: &Words, i: usize) -> Reading {
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

/// "two years ago", "a few weeks earlier", "the day before", "four days later", and the bare
/// length of time: "seven days".
fn stretch(words: &Words, i: usize) -> Reading {
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

/// "2017", "2016-17", "the 1990s", "the early 1980s" (its `early` read before).
fn year(words: &Words, i: usize) -> Reading {
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
