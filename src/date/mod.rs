//! Days of the calendar, dates as precise as a text gives them, and intervals of them.

mod day;

use std::fmt;
use std::str::FromStr;

pub use self::day::{Date, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A date of which the day, or the day and the month, may be unknown. Written as ISO 8601 with
/// reduced precision: `2024`, `2024-03`, `2024-03-22`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// Year of the Gregorian calendar, -9999 to 9999.
    pub year: i16,
    /// 1 to 12.
    pub month: Option<i8>,
    /// 1 to 31; only where the month is known.
    pub day: Option<i8>,
}

impl PartialDate {
    /// A whole year.
    #[must_use]
    pub fn year(year: i16) -> Self {
        Self { year, month: None, day: None }
    }

    /// A whole month.
    #[must_use]
    pub fn month(year: i16, month: i8) -> Self {
        Self { year, month: Some(month), day: None }
    }

    /// The first day that the date covers.
    #[must_use]
    pub fn first_day(self) -> Date {
        let month = self.month.unwrap_or(1);
        Date::new(self.year, month, self.day.unwrap_or(1)).unwrap_or(Date::ZERO)
    }

    /// The last day that the date covers.
    #[must_use]
    pub fn last_day(self) -> Date {
        match (self.month, self.day) {
            (_, Some(_)) => self.first_day(),
            (Some(_), None) => self.first_day().last_of_month(),
            (None, None) => self.first_day().last_of_year(),
        }
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

/// A date text that is not `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a date: {0:?} (write YYYY, YYYY-MM or YYYY-MM-DD)")]
pub struct InvalidDate(pub String);

impl FromStr for PartialDate {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let invalid = || InvalidDate(text.to_owned());
        let parts: Vec<&str> = text.split('-').collect();
        let widths_fit = parts
            .iter()
            .zip([4, 2, 2])
            .all(|(part, width)| part.len() == width && part.bytes().all(|b| b.is_ascii_digit()));
        if parts.len() > 3 || !widths_fit {
            return Err(invalid());
        }
        let year = parts[0].parse().map_err(|_| invalid())?;
        let month = parts.get(1).map(|p| p.parse().map_err(|_| invalid())).transpose()?;
        let day = parts.get(2).map(|p| p.parse().map_err(|_| invalid())).transpose()?;
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok_or_else(invalid)?;
        Ok(Self { year, month, day })
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// When something was: from the first day of `start` to the last day of `end`. An end that the
/// text leaves open (`since January 2022`, `before 2017`) is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DateInterval {
    /// First date, `None` where the text leaves it open.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub start: Option<PartialDate>,
    /// Last date, `None` where the text leaves it open.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub end: Option<PartialDate>,
}

impl DateInterval {
    /// The interval that one date covers.
    #[must_use]
    pub fn at(date: PartialDate) -> Self {
        Self { start: Some(date), end: Some(date) }
    }

    /// Whether the two intervals share a day; an open end reaches for ever.
    #[must_use]
    pub fn overlaps(&self, other: &DateInterval) -> bool {
        let starts_by = |a: Option<PartialDate>, b: Option<PartialDate>| match (a, b) {
            (Some(start), Some(end)) => start.first_day() <= end.last_day(),
            _ => true,
        };
        starts_by(self.start, other.end) && starts_by(other.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_dates_round_trip_and_widen() {
        for text in ["2024", "2024-02", "2024-02-29"] {
            assert_eq!(text.parse::<PartialDate>().expect(text).to_string(), text);
        }
        for text in ["", "24", "2024-13", "2023-02-29", "2024-2", "2024-02-29T00"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
        let february: PartialDate = "2024-02".parse().expect("a month");
        assert_eq!(february.last_day().to_string(), "2024-02-29");
    }
}
