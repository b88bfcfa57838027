//! `LONDON, Oct 8 (Reuters) -`: where, when and by whom a report was filed.

use crate::date::Date;

use super::day::{self, DayReading};

/// A dateline at the head of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dateline<'t> {
    /// Bytes up to the first word of the story.
    pub(super) length: usize,
    /// The place, with its country where that is named; empty for `(CNN) -`.
    pub(super) place: std::ops::Range<usize>,
    /// The agency in brackets.
    pub(super) agency: Option<&'t str>,
    /// The day, where its year is given.
    pub(super) day: Option<Date>,
}

/// A dateline is no longer than this, in bytes.
const LONGEST: usize = 140;

/// Reads a dateline at the head of a paragraph. Without a day or an agency the place must be in
/// capitals (`MOSCOW -`), or, where `first` says that this is the first paragraph, be followed
/// by a country (`Beirut, Lebanon –`).
pub(super) fn read(paragraph: &str, first: bool) -> Option<Dateline<'_>> {
    let reach = paragraph.char_indices().map(|(i, _)| i).take_while(|i| *i < LONGEST).last()?;
    let dashed = dash(&paragraph[..reach]);
    let (end, after) = dashed.or_else(|| colon(&paragraph[..reach]))?;
    let story = &paragraph[after..];
    let length = after + (story.len() - story.trim_start().len());
    let opens = story.trim_start().trim_start_matches(['"', '“', '\'', '‘', '[', '(']);
    if !opens.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) {
        return None;
    }
    let head = paragraph[..end].trim_end();
    let (head, agency) = match head.strip_suffix(')').and_then(|h| h.rfind('(').map(|at| (h, at))) {
        Some((h, at)) if is_agency(&h[at + 1..]) => (h[..at].trim_end(), Some(&h[at + 1..])),
        _ => (head, None),
    };
    if head.is_empty() && dashed.is_some() {
        return agency.map(|name| Dateline { length, place: 0..0, agency: Some(name), day: None });
    }
    let mut place_end = head.len();
    let mut dated = false;
    for (at, part) in parts(head) {
        if at > 0 && starts_day(part) {
            place_end = head[..at].trim_end().trim_end_matches(',').trim_end().len();
            dated = true;
            break;
        }
    }
    let place = &head[..place_end];
    let written_day = &head[place_end..];
    let day = day::find(written_day).and_then(DayReading::day);
    let town = place.split([',', '(']).next().unwrap_or_default().trim();
    if ["In", "At", "On", "From", "By", "After", "Before", "For"].contains(&town.split(' ').next()?)
    {
        return None;
    }
    let letters = town.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = letters >= 3 && !town.contains(char::is_lowercase);
    let with_country = first && place.contains(',') && dash(story).is_none();
    // "Imphal, 02 September: ..."; a colon without a day may follow anything.
    if dashed.is_none() && !dated {
        return None;
    }
    let trusted = dated || agency.is_some() || capitals || with_country;
    (trusted && is_place(place)).then_some(Dateline { length, place: 0..place_end, agency, day })
}

/// Reads a line that is a day and nothing else but where, at what hour and for whom it was filed:
/// `London, 12 June 2023`, `Monday 12 June 2023 10:23 BST`, `June 12, 2023 / 10:23 AM / The Wire`.
/// The range is that of the place.
pub(super) fn alone(line: &str) -> Option<(std::ops::Range<usize>, Date)> {
    if line.len() > LONGEST || line.ends_with(['!', '?', ';', ':']) {
        return None;
    }
    let first = line.split(['/', '|', '·']).next().unwrap_or(line).trim_end();
    let beside = line[first.len()..].trim_start_matches([' ', '/', '|', '·']);
    for part in [line, first] {
        if part != line && (beside.split_whitespace().count() > 6 || beside.ends_with('.')) {
            continue;
        }
        if let Some(day) = day::read(part).and_then(DayReading::day) {
            return Some((0..0, day));
        }
        // The comma before the day, not the one within it (`June 12, 2023`).
        for (at, _) in part.match_indices(',') {
            if let Some(day) = day::read(&part[at + 1..]).and_then(DayReading::day)
                && is_place(&part[..at])
            {
                return Some((0..at, day));
            }
        }
    }
    None
}

/// The first dash with spaces around it (or a long one without): where it begins and ends.
fn dash(head: &str) -> Option<(usize, usize)> {
    let marks = [" --", " -", " —", " –", " _", "—", "\n--", "\n-"];
    let found = marks.iter().filter_map(|mark| {
        let at = head.find(mark)?;
        let end = at + mark.len();
        let spaced = head[end..].starts_with(char::is_whitespace) || mark.ends_with('—');
        spaced.then_some((at, end))
    });
    found.min_by_key(|(at, end)| (*at, std::cmp::Reverse(*end)))
}

/// The first colon with a space after it.
fn colon(head: &str) -> Option<(usize, usize)> {
    let at = head.find(": ")?;
    Some((at, at + 1))
}

/// The stretches between commas, with their offsets.
fn parts(head: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    head.split(',').map(move |part| {
        let start = at + (part.len() - part.trim_start().len());
        at += part.len() + 1;
        (start, part.trim())
    })
}

/// Whether a part is a day: a month with a number (`Oct 8`, `4 Feb 90`), a weekday before one,
/// or a day in digits.
fn starts_day(part: &str) -> bool {
    let words = || part.split(|c: char| c.is_whitespace() || c == '.').filter(|w| !w.is_empty());
    let is_number = |w: &str| w.starts_with(|c: char| c.is_ascii_digit());
    let with_month = words().any(|w| day::month(w).is_some()) && words().any(is_number);
    let weekday = part.ends_with("day") && words().count() == 1 && part.len() <= 9;
    with_month && words().count() <= 4 || weekday || day::read(part).is_some()
}

/// An agency's name: short, and not a remark such as `(left)`.
fn is_agency(name: &str) -> bool {
    name.len() <= 40 && name.starts_with(char::is_uppercase) && !name.contains(['.', ';', '('])
}

/// One to six words in capitals or with a capital in front, small words within set aside.
fn is_place(place: &str) -> bool {
    const SMALL: [&str; 12] =
        ["of", "the", "de", "del", "la", "el", "al", "on", "and", "upon", "du", "di"];
    let words = || place.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '/'));
    let words = || words().filter(|w| !w.is_empty());
    let named = |w: &str| {
        w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | 'ʼ'))
            && (w.starts_with(char::is_uppercase) || SMALL.contains(&w) || w.starts_with("al-"))
    };
    (1..=6).contains(&words().count())
        && words().all(named)
        && words().next().is_some_and(|w| w.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_a_day_is_told_from_one_that_holds_a_day() {
        let found = |line: &str| alone(line).map(|(at, day)| (line[at].to_owned(), day));
        let day = Date::new(2023, 6, 12).unwrap();
        for (line, place) in [
            ("12 June 2023", ""),
            ("Monday 12 June 2023 10:23 BST", ""),
            ("London, 12 June 2023", "London"),
            ("Port-au-Prince, Haiti, June 12, 2023", "Port-au-Prince, Haiti"),
            ("June 12, 2023 / 10:23 AM / The Wire", ""),
            ("2023-06-12 | By Ann Lee", ""),
        ] {
            assert_eq!(found(line), Some((place.to_owned(), day)), "{line}");
        }
        for line in [
            "The raid of 12 June 2023",
            "12/06/2023",
            "12 June 2023: the day that changed Leeds",
            "Police raided a flat on 12 June 2023",
            "12 June 2023 / The police raided a flat in the north of the city.",
            "June 2023",
            "",
        ] {
            assert_eq!(found(line), None, "{line}");
        }
    }

    #[test]
    fn datelines_give_place_agency_and_day() {
        for (text, place, agency, day, story) in [
            (
                "LONDON, Oct 8 (Reuters) - Police held two men.",
                "LONDON",
                Some("Reuters"),
                None,
                "Police",
            ),
            (
                "Guatemala City, 4 Feb 90 (ACAN-EFE) -- The army denied it.",
                "Guatemala City",
                Some("ACAN-EFE"),
                Date::new(1990, 2, 4),
                "The army",
            ),
            (
                "GAZA CITY, Gaza Strip (AP) — A strike hit a school.",
                "GAZA CITY, Gaza Strip",
                Some("AP"),
                None,
                "A strike",
            ),
            ("MOSCOW - Investigators named a suspect.", "MOSCOW", None, None, "Investigators"),
            (
                "KYIV, Ukraine, March 3, 2022 – Shells fell on the port.",
                "KYIV, Ukraine",
                None,
                Date::new(2022, 3, 3),
                "Shells",
            ),
            (
                "Beirut, Lebanon – “We heard a blast,” she said.",
                "Beirut, Lebanon",
                None,
                None,
                "“We heard",
            ),
            ("(CNN) -- The bank closed its doors.", "", Some("CNN"), None, "The bank"),
            (
                "Managua (Nicaragua), 11 Dec 89 (Radio Uno) -- Ships left.",
                "Managua (Nicaragua)",
                Some("Radio Uno"),
                Date::new(1989, 12, 11),
                "Ships",
            ),
        ] {
            let read = read(text, true).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(&text[read.place.clone()], place, "{text}");
            assert_eq!(read.agency, agency, "{text}");
            assert_eq!(read.day, day, "{text}");
            assert!(text[read.length..].starts_with(story), "{text}");
        }
    }

    #[test]
    fn sentences_with_dashes_are_no_datelines() {
        for text in [
            "The group – known as the Brigade – said nothing.",
            "ISIS - also known as Daesh - has lost ground.",
            "Smith — The man who ran the network — was held.",
            "MI5 — Britain's security service — said so.",
            "In London, Paris and Rome – Three cities – police met.",
            "He was tired - Nobody helped.",
            "London - the capital - was quiet.",
            "Two men (one armed) - Both brothers - fled.",
            "",
        ] {
            assert_eq!(read(text, true), None, "{text}");
        }
    }
}
