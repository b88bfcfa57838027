//! `lexicons/time.toml` and `lexicons/numbers.toml`: the words of dates, numbers and money,
//! compiled into one table of phrases by their first word.

use indexmap::IndexMap;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use smol_str::SmolStr;

use super::PackFiles;
use crate::error::DataError;
use crate::order;

const TIME: &str = "lexicons/time.toml";
const NUMBERS: &str = "lexicons/numbers.toml";

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum TimeUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    Month,
    Year,
}

/// Where a period lies, seen from now or from the date told before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The one before now; with an article and no preposition of its own, the stretch up to now.
    Last,
    /// The stretch up to now.
    Past,
    /// The one before the date told before.
    Previous,
    /// The one that holds now.
    This,
    /// The one after now.
    Next,
    /// The stretch from now.
    Coming,
    /// The one after the date told before.
    Following,
    /// The one that holds the date told before.
    Same,
    /// Some time before now, how long is not said.
    Recent,
}

/// Which part of a longer period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    /// The first third.
    Early,
    /// The second third.
    Middle,
    /// The last third.
    Late,
    /// From its begin until now.
    Earlier,
    /// From now until its end.
    Later,
}

/// A word before a date that opens it to one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relator {
    /// From then on.
    Since,
    /// From then on, or up to an end that follows.
    From,
    /// Up to then.
    Until,
    /// Up to then, then excluded.
    Before,
    /// From then on.
    After,
    /// Up to then.
    By,
    /// From one date to another.
    Between,
}

/// A word that joins the two ends of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Join {
    /// `to`, `until`.
    To,
    /// `and`, after `between`.
    And,
}

/// A word after a stretch of time that makes it a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Offset {
    /// Before now.
    Ago,
    /// Before the date told before.
    Earlier,
    /// After the date told before.
    Later,
    /// After now.
    Ahead,
}

/// How a word before or after a number bounds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// The number is the least.
    AtLeast,
    /// The number is the most.
    AtMost,
    /// The number is rough.
    About,
    /// The number is rough, and not reached.
    Nearly,
    /// The word says nothing about the number: `only`.
    Exactly,
}

/// What a word or phrase can mean in a date or a number.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum ValueSense {
    Month(i8),
    Weekday(i8),
    Season(i8, i8),
    YearPart(i8, i8),
    Holiday(Holiday),
    Unit(TimeUnit, u16),
    Day(i32),
    DayPart,
    Direction(Direction),
    Edge(Edge),
    Relator(Relator),
    Join(Join),
    Offset(Offset),
    Cardinal(f64),
    Scale(f64),
    GluedScale(f64),
    Ordinal(i8),
    Fraction(f64),
    Vague {
        value: f64,
        min: Option<f64>,
    },
    Bound(Bound),
    PostBound(Bound),
    Measure(SmolStr),
    Percent,
    CurrencySign(SmolStr),
    Currency(SmolStr),
    /// What follows is a label, not a count.
    Label,
    /// A date may follow.
    Introduction,
    /// A date that follows without a year lies ahead.
    Future,
    /// Alone, this is rarely a date.
    Doubtful,
    /// After a number: a time of day.
    Clock,
    /// Before `of` the currency is a weight.
    Weight,
}

/// When a holiday is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holiday {
    /// The same month and day each year.
    Fixed(i8, i8),
    /// Days after Easter Sunday of the Gregorian calendar.
    Easter(i16),
    /// By a calendar that is not computed here.
    Moving,
}

/// The words of dates, numbers and money of a pack.
#[derive(Clone, Debug, Default)]
pub struct ValueLexicon {
    first_words: FxHashMap<SmolStr, u32>,
    phrases: Vec<Vec<ValuePhrase>>,
}

/// A phrase of the lexicon.
#[derive(Clone, Debug, PartialEq)]
pub struct ValuePhrase {
    /// Its words after the first, lower case.
    pub rest: Vec<SmolStr>,
    /// What it can mean.
    pub sense: ValueSense,
}

impl ValueLexicon {
    /// Compiles the two files of a pack.
    ///
    /// # Errors
    /// If a file is missing, does not parse, or holds a value out of range.
    pub fn load(files: &PackFiles) -> Result<Self, DataError> {
        let time: TimeFile = files.parse_toml(TIME)?;
        let numbers: NumbersFile = files.parse_toml(NUMBERS)?;
        let mut lexicon = Self::default();
        time.compile(&mut lexicon)?;
        numbers.compile(&mut lexicon)?;
        for phrases in &mut lexicon.phrases {
            // The longest phrase is tried first; equal lengths keep the order of the files.
            order::by_key(phrases, |phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        Ok(lexicon)
    }

    /// The number under which the phrases that start with this lower-case word are kept.
    #[must_use]
    pub fn first_word(&self, lower: &str) -> Option<u32> {
        self.first_words.get(lower).copied()
    }

    /// The phrases of a first word, the longest first.
    #[must_use]
    pub fn phrases(&self, first_word: u32) -> &[ValuePhrase] {
        self.phrases.get(first_word as usize).map_or(&[], Vec::as_slice)
    }

    /// The word for a number that is told only roughly and from below: `hundreds` for 200. Of several
    /// the first by its letters.
    #[must_use]
    pub fn vague_word(&self, number: f64) -> Option<String> {
        let words = self.first_words.iter().flat_map(|(first, id)| {
            let of_number = |phrase: &&ValuePhrase| match phrase.sense {
                ValueSense::Vague { value, min } => value == number && min == Some(number),
                _ => false,
            };
            let phrases = self.phrases(*id).iter().filter(of_number);
            phrases.map(move |phrase| {
                let words = std::iter::once(first).chain(&phrase.rest).map(SmolStr::as_str);
                words.collect::<Vec<_>>().join(" ")
            })
        });
        words.min()
    }

    fn add(&mut self, phrase: &str, sense: ValueSense) {
        let mut words = value_words(phrase);
        let Some(first) = words.next() else { return };
        let next = self.phrases.len() as u32;
        let id = *self.first_words.entry(first).or_insert(next);
        if id == next {
            self.phrases.push(Vec::new());
        }
        self.phrases[id as usize].push(ValuePhrase { rest: words.collect(), sense });
    }
}

/// Cuts a phrase into the words by which values are matched: runs of letters and digits, every
/// other character but white space alone.
fn value_words(phrase: &str) -> impl Iterator<Item = SmolStr> + '_ {
    let mut rest = phrase.trim_start();
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let alphanumeric = |c: char| c.is_alphanumeric();
        let end = if alphanumeric(first) {
            rest.find(|c| !alphanumeric(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let word = SmolStr::new(&rest[..end]);
        rest = rest[end..].trim_start();
        Some(word)
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TimeFile {
    doubtful: Vec<String>,
    introductions: Vec<String>,
    future_cues: Vec<String>,
    clock: Vec<String>,
    months: IndexMap<String, i8>,
    weekdays: IndexMap<String, i8>,
    seasons: IndexMap<String, (i8, i8)>,
    year_parts: IndexMap<String, (i8, i8)>,
    units: IndexMap<String, (TimeUnit, u16)>,
    days: IndexMap<String, i32>,
    day_parts: Words,
    directions: IndexMap<String, Direction>,
    edges: IndexMap<String, Edge>,
    relators: IndexMap<String, Relator>,
    joins: IndexMap<String, Join>,
    offsets: IndexMap<String, Offset>,
    holiday: Vec<HolidayEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayEntry {
    names: Vec<String>,
    month: Option<i8>,
    day: Option<i8>,
    easter: Option<i16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NumbersFile {
    labels: Vec<String>,
    weights: Vec<String>,
    cardinals: IndexMap<String, f64>,
    scales: IndexMap<String, f64>,
    glued_scales: IndexMap<String, f64>,
    ordinals: IndexMap<String, i8>,
    fractions: IndexMap<String, f64>,
    vague: IndexMap<String, VagueEntry>,
    bounds: IndexMap<String, Bound>,
    post_bounds: IndexMap<String, Bound>,
    measures: IndexMap<String, SmolStr>,
    percent: Words,
    currency_signs: IndexMap<String, SmolStr>,
    currencies: IndexMap<String, SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VagueEntry {
    value: f64,
    min: Option<f64>,
}

impl TimeFile {
    fn compile(self, lexicon: &mut ValueLexicon) -> Result<(), DataError> {
        let in_range = |what: &str, name: &str, value: i8, most: i8| {
            if (1..=most).contains(&value) {
                return Ok(());
            }
            let message = format!("{what} {value} of {name:?} is not in 1 to {most}");
            Err(DataError::in_file(TIME, message))
        };
        for (name, month) in &self.months {
            in_range("month", name, *month, 12)?;
            lexicon.add(name, ValueSense::Month(*month));
        }
        for (name, day) in &self.weekdays {
            in_range("weekday", name, *day, 7)?;
            lexicon.add(name, ValueSense::Weekday(*day));
        }
        for (name, (first, last)) in &self.seasons {
            in_range("month", name, *first, 12)?;
            in_range("month", name, *last, 12)?;
            lexicon.add(name, ValueSense::Season(*first, *last));
        }
        for (name, (first, last)) in &self.year_parts {
            in_range("month", name, *first, 12)?;
            in_range("month", name, *last, 12)?;
            lexicon.add(name, ValueSense::YearPart(*first, *last));
        }
        for entry in &self.holiday {
            let holiday = match (entry.month, entry.day, entry.easter) {
                (Some(month), Some(day), None) => {
                    in_range("month", &entry.names.join("|"), month, 12)?;
                    in_range("day", &entry.names.join("|"), day, 31)?;
                    Holiday::Fixed(month, day)
                }
                (None, None, Some(offset)) => Holiday::Easter(offset),
                (None, None, None) => Holiday::Moving,
                _ => {
                    let names = entry.names.join(", ");
                    let message =
                        format!("holiday {names}: give month and day, or easter, or neither");
                    return Err(DataError::in_file(TIME, message));
                }
            };
            for name in &entry.names {
                lexicon.add(name, ValueSense::Holiday(holiday));
            }
        }
        let mut add_all = |words: &[String], sense: ValueSense| {
            for word in words {
                lexicon.add(word, sense.clone());
            }
        };
        add_all(&self.doubtful, ValueSense::Doubtful);
        add_all(&self.introductions, ValueSense::Introduction);
        add_all(&self.future_cues, ValueSense::Future);
        add_all(&self.clock, ValueSense::Clock);
        add_all(&self.day_parts.words, ValueSense::DayPart);
        for (word, (unit, count)) in &self.units {
            lexicon.add(word, ValueSense::Unit(*unit, *count));
        }
        add_map(lexicon, &self.days, |days| ValueSense::Day(*days));
        add_map(lexicon, &self.directions, |d| ValueSense::Direction(*d));
        add_map(lexicon, &self.edges, |e| ValueSense::Edge(*e));
        add_map(lexicon, &self.relators, |r| ValueSense::Relator(*r));
        add_map(lexicon, &self.joins, |j| ValueSense::Join(*j));
        add_map(lexicon, &self.offsets, |o| ValueSense::Offset(*o));
        Ok(())
    }
}

impl NumbersFile {
    fn compile(self, lexicon: &mut ValueLexicon) -> Result<(), DataError> {
        let numbers = self.cardinals.iter().chain(&self.scales).chain(&self.fractions);
        let vague = self.vague.iter().map(|(name, entry)| (name, &entry.value));
        for (name, value) in numbers.chain(vague) {
            if !value.is_finite() || *value < 0.0 {
                let message = format!("{name:?} is {value}, not a number from zero up");
                return Err(DataError::in_file(NUMBERS, message));
            }
        }
        for word in &self.labels {
            lexicon.add(word, ValueSense::Label);
        }
        for word in &self.weights {
            lexicon.add(word, ValueSense::Weight);
        }
        for word in &self.percent.words {
            lexicon.add(word, ValueSense::Percent);
        }
        for (word, entry) in &self.vague {
            lexicon.add(word, ValueSense::Vague { value: entry.value, min: entry.min });
        }
        add_map(lexicon, &self.cardinals, |v| ValueSense::Cardinal(*v));
        add_map(lexicon, &self.scales, |v| ValueSense::Scale(*v));
        add_map(lexicon, &self.glued_scales, |v| ValueSense::GluedScale(*v));
        add_map(lexicon, &self.ordinals, |v| ValueSense::Ordinal(*v));
        add_map(lexicon, &self.fractions, |v| ValueSense::Fraction(*v));
        add_map(lexicon, &self.bounds, |b| ValueSense::Bound(*b));
        add_map(lexicon, &self.post_bounds, |b| ValueSense::PostBound(*b));
        add_map(lexicon, &self.measures, |m| ValueSense::Measure(m.clone()));
        add_map(lexicon, &self.currency_signs, |c| ValueSense::CurrencySign(c.clone()));
        add_map(lexicon, &self.currencies, |c| ValueSense::Currency(c.clone()));
        Ok(())
    }
}

fn add_map<V>(
    lexicon: &mut ValueLexicon,
    map: &IndexMap<String, V>,
    sense: impl Fn(&V) -> ValueSense,
) {
    for (phrase, value) in map {
        lexicon.add(phrase, sense(value));
    }
}
