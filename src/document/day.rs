//! The day a document was published, as files, pages and datelines write it.
//!
//! This reads whole calendar days only; the dates inside sentences are read by the mention
//! layer, which knows the document's day.

use crate::date::Date;

/// What a text that looks like a day turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayReading {
    /// A day.
    Day(Date),
    /// Numbers of which either could be the month: `03/04/2024`.
    Ambiguous,
}

impl DayReading {
    /// The day, where it is one.
    #[must_use]
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Day(date) => Some(date),
            Self::Ambiguous => None,
        }
    }
}

/// Reads a text that is a day and nothing else but a weekday, a time or a zone: ISO 8601,
/// RFC 3339, RFC 5322, `8 October 2024`, `Oct. 8th, 2024`, `4 Feb 90`, `08.10.2024`,
/// `25/12/2024`.
#[must_use]
pub fn read(text: &str) -> Option<DayReading> {
    let tokens = tokenise(text);
    let (start, end, reading) = scan(&tokens)?;
    let rest = tokens[..start].iter().chain(&tokens[end..]);
    let only_clock = rest.clone().all(|t| match t.form {
        Form::Number { .. } | Form::Mark(',' | ':' | '.' | '+' | '-' | '(' | ')' | ' ') => true,
        Form::Mark(_) => false,
        Form::Word => is_clock_word(t.text),
    });
    only_clock.then_some(reading)
}

/// The first day anywhere in a text; an ambiguous one only where no other follows.
#[must_use]
pub fn find(text: &str) -> Option<DayReading> {
    let tokens = tokenise(text);
    let (_, mut from, first) = scan(&tokens)?;
    if first == DayReading::Ambiguous {
        while let Some((_, end, reading)) = scan(&tokens[from..]) {
            if reading != DayReading::Ambiguous {
                return Some(reading);
            }
            from += end;
        }
    }
    Some(first)
}

/// Finds the day of a web address whose path holds it: `/2024/10/08/`, `/2024/oct/08/`,
/// `-2024-10-08`.
#[must_use]
pub fn in_url(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split_once('/').map_or("", |(_, path)| path);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    find(path).and_then(DayReading::day)
}

/// The month, 1 to 12, that an English name or its abbreviation means.
#[must_use]
pub fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_ascii_lowercase();
    let fits = |name: &str| {
        name == word
            || word.len() == 3 && name.starts_with(&word)
            || word == "sept" && name == "september"
    };
    MONTHS.iter().position(|name| fits(name)).map(|i| i as i8 + 1)
}

fn is_clock_word(word: &str) -> bool {
    const WORDS: [&str; 24] = [
        "t", "z", "at", "on", "am", "pm", "gmt", "utc", "bst", "est", "edt", "cet", "cest", "pst",
        "pdt", "ist", "mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat",
    ];
    let lower = word.to_ascii_lowercase();
    WORDS.contains(&lower.as_str()) || lower == "sun" || lower.ends_with("day")
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Number { value: u32, width: usize },
    Word,
    Mark(char),
}

#[derive(Clone, Copy, Debug)]
struct Token<'t> {
    form: Form,
    text: &'t str,
    glued: bool,
}

/// Runs of digits, runs of letters, and single marks; runs of spaces are one mark.
fn tokenise(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let run = |test: fn(char) -> bool| rest.find(|c| !test(c)).unwrap_or(rest.len());
        let (length, form) = if c.is_ascii_digit() {
            let length = run(|c| c.is_ascii_digit());
            let value = rest[..length].parse().unwrap_or(u32::MAX);
            (length, Form::Number { value, width: length })
        } else if c.is_alphabetic() {
            (run(char::is_alphabetic), Form::Word)
        } else if c.is_whitespace() {
            (run(char::is_whitespace), Form::Mark(' '))
        } else {
            (c.len_utf8(), Form::Mark(c))
        };
        let glued = tokens.last().is_some_and(|t| t.form == Form::Word);
        tokens.push(Token { form, text: &rest[..length], glued });
        rest = &rest[length..];
    }
    tokens
}

fn scan(tokens: &[Token<'_>]) -> Option<(usize, usize, DayReading)> {
    (0..tokens.len()).find_map(|i| {
        let (length, reading) = reading_at(&tokens[i..])?;
        Some((i, i + length, reading))
    })
}

/// A day at the start of `tokens`, with the number of tokens it takes.
fn reading_at(tokens: &[Token<'_>]) -> Option<(usize, DayReading)> {
    let day = |y: i32, m: u32, d: u32| {
        let date = Date::new(i16::try_from(y).ok()?, m as i8, d as i8);
        (m < 13 && d < 32 && (1800..2200).contains(&y))
            .then_some(date)
            .flatten()
            .map(DayReading::Day)
    };
    let number = |i: usize| match tokens.get(i).map(|t| t.form) {
        Some(Form::Number { value, width }) => Some((value, width)),
        _ => None,
    };
    let mark = |i: usize| match tokens.get(i).map(|t| t.form) {
        Some(Form::Mark(c)) => Some(c),
        _ => None,
    };
    let word_month = |i: usize| {
        tokens.get(i).filter(|t| t.form == Form::Word).and_then(|t| month(t.text)).map(|m| m as u32)
    };
    // The next token that is neither space, comma nor full stop (nor a hyphen or slash), at
    // most three on.
    let skip = |mut i: usize, also: &[char]| {
        let from = i;
        while i < from + 3 && mark(i).is_some_and(|c| " ,.".contains(c) || also.contains(&c)) {
            i += 1;
        }
        i
    };
    let ordinal = |i: usize| {
        let suffix = tokens.get(i).filter(|t| ["st", "nd", "rd", "th"].contains(&t.text));
        i + usize::from(suffix.is_some())
    };
    if let Some((value, width)) = number(0) {
        if width == 8 && !tokens[0].glued {
            let (y, m, d) = ((value / 10_000) as i32, value / 100 % 100, value % 100);
            return Some((1, day(y, m, d)?));
        }
        if width == 4
            && let Some(first) = mark(1).filter(|c| "-/._".contains(*c))
        {
            let (m, m_width) = number(2).or_else(|| word_month(2).map(|m| (m, 2)))?;
            let (d, d_width) = number(4)?;
            if mark(3) == Some(first) && m_width <= 2 && d_width <= 2 {
                return Some((5, day(value as i32, m, d)?));
            }
            return None;
        }
        if width > 2 || tokens[0].glued {
            return None;
        }
        if let (Some(first @ ('/' | '-' | '.')), Some((second, w2))) = (mark(1), number(2))
            && mark(3) == Some(first)
            && let Some((year, w3 @ (2 | 4))) = number(4)
            && w2 <= 2
        {
            let year = full_year(year, w3);
            return match (value, second) {
                (d, m) if first == '.' || d > 12 || d == m => Some((5, day(year, m, d)?)),
                (m, d) if d > 12 => Some((5, day(year, m, d)?)),
                _ => day(year, second, value).map(|_| (5, DayReading::Ambiguous)),
            };
        }
        let at = skip(ordinal(1), &['-', '/']);
        let m = word_month(at)?;
        let at = skip(at + 1, &['-', '/', '\'', '’']);
        let (year, width) = number(at).filter(|(_, w)| *w == 4 || *w == 2)?;
        // `8 Oct 10:30` is a time, not a year.
        if width == 2 && mark(at + 1) == Some(':') {
            return None;
        }
        return Some((at + 1, day(full_year(year, width), m, value)?));
    }
    let m = word_month(0)?;
    let at = skip(1, &['-']);
    let (d, _) = number(at).filter(|(_, w)| *w <= 2)?;
    let at = skip(ordinal(at + 1), &['-']);
    let (year, _) = number(at).filter(|(_, w)| *w == 4)?;
    Some((at + 1, day(year as i32, m, d)?))
}

/// Two digits mean 1970 to 2069, as in POSIX but for 69.
fn full_year(value: u32, width: usize) -> i32 {
    match (width, value) {
        (2, 70..) => 1900 + value as i32,
        (2, _) => 2000 + value as i32,
        _ => value as i32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_the_forms_that_the_press_uses() {
        for text in [
            "2024-10-08",
            "2024/10/8",
            "20241008",
            "2024-10-08T23:30:00+01:00",
            "8 October 2024",
            "8th Oct, 2024",
            "October 8, 2024",
            "Oct. 8 2024 10:30 GMT",
            "Tue, 08 Oct 2024 09:12:44 +0000",
            "08.10.2024",
            "8-Oct-24",
        ] {
            assert_eq!(read(text), Date::new(2024, 10, 8).map(DayReading::Day), "{text}");
        }
        assert_eq!(read("4 Feb 90"), Date::new(1990, 2, 4).map(DayReading::Day));
        assert_eq!(read("25/12/2023"), Date::new(2023, 12, 25).map(DayReading::Day));
        assert_eq!(read("12/25/2023"), Date::new(2023, 12, 25).map(DayReading::Day));
        assert_eq!(read("03/04/2024"), Some(DayReading::Ambiguous));
        for text in [
            "",
            "soon",
            "October 2024",
            "2024",
            "31 Feb 2024",
            "0f20241008",
            "8 Oct 10:30",
            "5 killed 2024-10-08",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_found_in_names_and_addresses() {
        let day = Date::new(2024, 10, 8);
        for name in ["2024-10-08-plots", "mi5_20241008", "plots-8-october-2024", "003-2024_10_08"] {
            assert_eq!(find(name).and_then(DayReading::day), day, "{name}");
        }
        for name in ["000_ef4cea8ee6d34e49", "plots-2024", "case-1234567", "99999999", "10-08-2024"]
        {
            assert_eq!(find(name).and_then(DayReading::day), None, "{name}");
        }
        assert_eq!(in_url("https://news.example/uk/2024/oct/08/plots"), day);
        assert_eq!(in_url("https://news.example/2024/10/08/plots.html?v=20200101"), day);
        assert_eq!(in_url("https://news.example/plots"), None);
    }
}
