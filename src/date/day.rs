//! Days of the calendar: reckoned by `jiff-core`, written and read as ISO 8601.

use std::fmt;
use std::str::FromStr;

pub use jiff_core::civil::Weekday;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::InvalidDate;

/// A day of the Gregorian calendar, of the years -9999 to 9999. Written as `2024-03-22`, before the
/// year 0 as `-000044-03-15`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff_core::civil::Date);

impl Date {
    /// The first day of the year 0.
    pub const ZERO: Date = Date(jiff_core::civil::date(0, 1, 1));

    /// The day of a month (1 to 12) of a year; `None` where there is no such day.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff_core::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Year, -9999 to 9999.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Month, 1 to 12.
    #[must_use]
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        self.0.weekday()
    }

    /// The first day of the same month.
    #[must_use]
    pub fn first_of_month(self) -> Self {
        Self(self.0.first_of_month())
    }

    /// The last day of the same month.
    #[must_use]
    pub fn last_of_month(self) -> Self {
        Self(self.0.last_of_month())
    }

    /// 31 December of the same year.
    #[must_use]
    pub fn last_of_year(self) -> Self {
        Self(self.0.last_of_year())
    }

    /// So many days after this one, or before it where the number is negative; `None` where that
    /// leaves the calendar.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Option<Self> {
        self.0.checked_add(i32::try_from(days).ok()?).ok().map(Self)
    }

    /// The same day so many months later (or earlier), or the last day of that month where it is
    /// shorter; `None` where that leaves the calendar.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let month =
            (i64::from(self.year()) * 12 + i64::from(self.month()) - 1).checked_add(months)?;
        let year = i16::try_from(month.div_euclid(12)).ok()?;
        let month = month.rem_euclid(12) as i8 + 1;
        jiff_core::civil::Date::new_constrain(year, month, self.day()).ok().map(Self)
    }

    /// The next such day of the week after this day, this day not included.
    #[must_use]
    pub fn next(self, weekday: Weekday) -> Option<Self> {
        self.0.nth_weekday(1, weekday).ok().map(Self)
    }

    /// The last such day of the week before this day, this day not included.
    #[must_use]
    pub fn previous(self, weekday: Weekday) -> Option<Self> {
        self.0.nth_weekday(-1, weekday).ok().map(Self)
    }

    /// Days from this day to `other`; negative where that is before it.
    #[must_use]
    pub fn days_until(self, other: Self) -> i64 {
        i64::from(self.0.until(other.0))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year() {
            year @ 0.. => write!(f, "{year:04}")?,
            year => write!(f, "{year:07}")?,
        }
        write!(f, "-{:02}-{:02}", self.month(), self.day())
    }
}

impl FromStr for Date {
    type Err = InvalidDate;

    /// Reads `YYYY-MM-DD`; a time after it, parted by `T` or a space, is passed over.
    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let day = text.split(['T', 't', ' ']).next().unwrap_or(text);
        let (sign, digits) = day.strip_prefix('-').map_or((1, day), |digits| (-1, digits));
        let number = |part: &str, width: usize| -> Option<i16> {
            let fits = part.len() == width && part.bytes().all(|b| b.is_ascii_digit());
            fits.then(|| part.parse().ok()).flatten()
        };
        let read = || {
            let mut parts = digits.splitn(3, '-');
            let year = number(parts.next()?, if sign < 0 { 6 } else { 4 })?;
            let month = number(parts.next()?, 2)?;
            let day = number(parts.next()?, 2)?;
            Self::new(sign * year, month as i8, day as i8)
        };
        read().ok_or_else(|| InvalidDate(text.to_owned()))
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_and_read() {
        for text in ["2024-02-29", "0000-01-01", "0987-12-31", "-000044-03-15"] {
            assert_eq!(text.parse::<Date>().expect(text).to_string(), text);
        }
        let day = Date::new(2024, 3, 5).expect("a day");
        assert_eq!("2024-03-05T23:59:00Z".parse(), Ok(day));
        for text in
            ["", "2024", "2024-3-5", "2023-02-29", "-0044-03-15", "2024-03-05-01", "+024-03-05"]
        {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn months_are_added_to_the_end_of_shorter_ones() {
        let day = |text: &str| text.parse::<Date>().expect(text);
        assert_eq!(day("2024-01-31").plus_months(1), Some(day("2024-02-29")));
        assert_eq!(day("2024-01-15").plus_months(-13), Some(day("2022-12-15")));
        assert_eq!(day("9999-12-01").plus_months(1), None);
        assert_eq!(day("2024-02-28").plus_days(2), Some(day("2024-03-01")));
        assert_eq!(day("2024-03-01").days_until(day("2024-02-01")), -29);
        // A Wednesday: the next one is a week away.
        let wednesday = day("2024-10-09");
        assert_eq!(wednesday.next(Weekday::Wednesday), Some(day("2024-10-16")));
        assert_eq!(wednesday.previous(Weekday::Monday), Some(day("2024-10-07")));
    }
}
