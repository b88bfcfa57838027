//! Text cut into the words that dates and numbers are matched by: finer than the tokens, so that
//! `$100m`, `three-quarters` and `last October's` read the same whatever the tokeniser does.

use smol_str::SmolStr;

use crate::pack::{ValueLexicon, ValuePhrase, ValueSense};
use crate::text::AnnotatedText;

/// One word, number or sign.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Lower case.
    pub(super) lower: SmolStr,
    pub(super) end: u32,
    /// Token that holds it; 0 for plain text.
    pub(super) token: u32,
    pub(super) form: WordForm,
    /// Whether it starts with a capital.
    pub(super) capital: bool,
    /// Whether it follows the word before it without a space.
    pub(super) glued: bool,
    entry: Option<u32>,
}

/// What a word is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum WordForm {
    /// Digits: the number, how many digits it has, whether it has neither comma nor point.
    Number { value: f64, digits: u8, plain: bool },
    /// `3rd`.
    Ordinal(u32),
    /// `1990s`, `80s`.
    Decade(u16),
    /// Letters, with or without digits.
    Letters,
    /// Any other character, or digits that are no number.
    Sign,
}

/// The words of one sentence or string, with the lexicon that tells what they can mean.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) words: &'a [Word],
    pub(super) lexicon: &'a ValueLexicon,
}

impl Words<'_> {
    pub(super) fn get(&self, i: usize) -> Option<&Word> {
        self.words.get(i)
    }

    pub(super) fn is(&self, i: usize, lower: &str) -> bool {
        self.words.get(i).is_some_and(|word| word.lower == lower)
    }

    pub(super) fn is_any(&self, i: usize, lower: &[&str]) -> bool {
        self.words.get(i).is_some_and(|word| lower.contains(&word.lower.as_str()))
    }

    /// The longest phrase at `i` of which `pick` takes the sense, and the index after it.
    pub(super) fn sense<T>(
        &self,
        i: usize,
        pick: impl Fn(&ValueSense) -> Option<T>,
    ) -> Option<(T, usize)> {
        let mut picked = None;
        let end = self.phrase(i, &mut |sense| {
            picked = pick(sense);
            picked.is_some()
        })?;
        Some((picked?, end))
    }

    /// The index after the longest phrase at `i` whose sense is wanted.
    fn phrase(&self, i: usize, wanted: &mut dyn FnMut(&ValueSense) -> bool) -> Option<usize> {
        let phrases = self.lexicon.phrases(self.words.get(i)?.entry?);
        phrases.iter().find_map(|phrase| {
            let end = self.end_of(i, phrase)?;
            wanted(&phrase.sense).then_some(end)
        })
    }

    /// The index after a phrase that starts with the word at `i`, if the rest of it follows.
    fn end_of(&self, i: usize, phrase: &ValuePhrase) -> Option<usize> {
        let end = i + 1 + phrase.rest.len();
        let rest = self.words.get(i + 1..end)?;
        let stands = rest.iter().zip(&phrase.rest).all(|(word, lower)| word.lower == *lower);
        stands.then_some(end)
    }

    /// Whether a phrase with this very sense starts at `i`.
    pub(super) fn has(&self, i: usize, sense: &ValueSense) -> bool {
        self.sense(i, |s| (s == sense).then_some(())).is_some()
    }

    /// Whether the lexicon knows a phrase that starts with the word at `i`.
    pub(super) fn is_known(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(|word| word.entry.is_some())
    }

    /// A hyphen or dash at `i`, glued to the word before it.
    pub(super) fn is_hyphen(&self, i: usize) -> bool {
        self.is_any(i, &["-", "\u{2010}", "\u{2011}"]) && self.words[i].glued
    }

    /// A hyphen or dash at `i`, spaced or not, as between the ends of a period.
    pub(super) fn is_dash(&self, i: usize) -> bool {
        self.is_any(i, &["-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}"])
    }
}

/// The words of a string.
pub(super) fn words_of_str(text: &str, lexicon: &ValueLexicon) -> Vec<Word> {
    let mut words = Vec::new();
    let mut offset = 0;
    for chunk in text.split_inclusive(char::is_whitespace) {
        cut(chunk.trim_end(), offset, 0, lexicon, &mut words);
        offset += chunk.len();
    }
    words
}

/// The words of the tokens in `range`, into `words`, which is cleared first.
pub(super) fn words_of_tokens(
    text: &AnnotatedText,
    range: std::ops::Range<usize>,
    lexicon: &ValueLexicon,
    words: &mut Vec<Word>,
) {
    words.clear();
    for (token, index) in text.tokens[range.clone()].iter().zip(range) {
        let surface = token.span.of(text.text);
        let whole = surface.bytes().all(|b| b.is_ascii_alphabetic());
        if whole && !surface.is_empty() {
            let entry = lexicon.first_word(&token.lower);
            push(words, token.lower.clone(), surface, token.span.start, index, entry);
        } else if !surface.trim().is_empty() {
            cut(surface, token.span.start as usize, index, lexicon, words);
        }
    }
}

fn push(
    words: &mut Vec<Word>,
    lower: SmolStr,
    surface: &str,
    start: u32,
    token: usize,
    entry: Option<u32>,
) {
    let glued = words.last().is_some_and(|word: &Word| word.end == start);
    let capital = surface.chars().next().is_some_and(char::is_uppercase);
    let form = match surface.chars().next() {
        Some(c) if c.is_alphabetic() => WordForm::Letters,
        _ => WordForm::Sign,
    };
    let end = start + surface.len() as u32;
    words.push(Word { lower, end, token: token as u32, form, capital, glued, entry });
}

fn cut(surface: &str, offset: usize, token: usize, lexicon: &ValueLexicon, words: &mut Vec<Word>) {
    let mut rest = surface;
    while let Some(first) = rest.chars().next() {
        let start = offset + surface.len() - rest.len();
        let end = if first.is_ascii_digit() {
            push_number(rest, start, token, lexicon, words)
        } else {
            let end = if first.is_alphanumeric() {
                rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
            } else {
                first.len_utf8()
            };
            if !first.is_whitespace() {
                let piece = &rest[..end];
                // One form of apostrophe, so that "new year's" is one phrase.
                let lower = if first == '\u{2019}' {
                    "'".into()
                } else {
                    SmolStr::from(piece.to_lowercase())
                };
                let entry = lexicon.first_word(&lower);
                push(words, lower, piece, start as u32, token, entry);
            }
            end
        };
        rest = &rest[end..];
    }
}

/// Pushes the number that `text` starts with, and the letters glued to it where they are a word of
/// their own. Returns the length read.
fn push_number(
    text: &str,
    start: usize,
    token: usize,
    lexicon: &ValueLexicon,
    words: &mut Vec<Word>,
) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while is_digit(end) || (matches!(bytes.get(end), Some(b',' | b'.')) && is_digit(end + 1)) {
        end += 1;
    }
    let tail_end =
        end + text[end..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - end);
    let tail = text[end..tail_end].to_lowercase();
    let number = number(&text[..end]);
    let form = match (number, tail.as_str()) {
        (None, _) => WordForm::Sign,
        (Some(n), "") => n,
        (Some(WordForm::Number { value, digits, plain: true }), tail) => match tail {
            "st" | "nd" | "rd" | "th" if digits <= 3 => WordForm::Ordinal(value as u32),
            "s" if matches!(digits, 2 | 4) && value % 10.0 == 0.0 => WordForm::Decade(value as u16),
            _ => WordForm::Sign,
        },
        _ => WordForm::Sign,
    };
    let splits = number.is_some()
        && lexicon.first_word(&tail).is_some_and(|entry| {
            lexicon.phrases(entry).iter().any(|phrase| {
                matches!(
                    phrase.sense,
                    ValueSense::GluedScale(_)
                        | ValueSense::Measure(_)
                        | ValueSense::Clock
                        | ValueSense::Unit(..)
                        | ValueSense::Month(_)
                        | ValueSense::Currency(_)
                )
            })
        });
    let length = if splits { end } else { tail_end };
    let piece = &text[..length];
    push(words, SmolStr::new(piece), piece, start as u32, token, None);
    if let (Some(word), Some(form)) = (words.last_mut(), if splits { number } else { Some(form) }) {
        word.form = form;
    }
    length
}

/// Reads digits with grouping commas and a decimal point; `None` for anything else that is made
/// of digits, commas and points (`1.2.3`, `5,6`).
fn number(text: &str) -> Option<WordForm> {
    let (whole, decimals) = match text.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (text, None),
    };
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let mut grouped = false;
    for group in groups {
        grouped = true;
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
    }
    if decimals.is_some_and(|d| !d.bytes().all(|b| b.is_ascii_digit())) || text.len() > 24 {
        return None;
    }
    let value = text.replace(',', "").parse().ok()?;
    let digits = whole.bytes().filter(u8::is_ascii_digit).count() as u8;
    Some(WordForm::Number { value, digits, plain: !grouped && decimals.is_none() })
}
