//! Text in capitals throughout, as telegrams, wire services and headlines have it, brought to the
//! case that the language model was trained on.

use std::borrow::Cow;
use std::ops::Range;

use super::title_case::{Usage, is_title_case, recase_title};
use crate::pack::{NameSense, Pack, fold_name, is_arabic_article};
use crate::span::Span;

/// How a word is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Lower,
    Title,
    Upper,
}

/// A block counts as written in capitals from this many letters on.
const FEWEST_LETTERS: usize = 16;

/// The longest name that is looked for, in words.
const LONGEST: usize = 10;

/// The text with its blocks in capitals, and its headlines in title case, brought to ordinary case: the starts of sentences, the
/// names that the pack knows and names of people are written large, acronyms stay, all else is
/// written small. Every character keeps its place and its length in bytes, so that spans hold for
/// both. Text in ordinary case comes back as it is.
#[must_use]
pub fn truecase<'t>(text: &'t str, blocks: &[Span], pack: &Pack) -> Cow<'t, str> {
    let mut out: Option<String> = None;
    for block in blocks.iter().filter(|block| is_in_capitals(block.of(text))) {
        let out = out.get_or_insert_with(|| text.to_owned());
        let range = block.start as usize..block.end as usize;
        out.replace_range(range, &recase(block.of(text), pack));
    }
    let mut usage: Option<Usage<'_>> = None;
    for block in blocks.iter().filter(|block| is_title_case(block.of(text))) {
        let usage = usage.get_or_insert_with(|| Usage::read(text, blocks));
        let recased = recase_title(block.of(text), usage, pack);
        let out = out.get_or_insert_with(|| text.to_owned());
        out.replace_range(block.start as usize..block.end as usize, &recased);
    }
    out.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Whether nearly all letters of a text are capitals, and there are words enough to tell.
fn is_in_capitals(text: &str) -> bool {
    let (mut upper, mut lower) = (0, 0);
    for character in text.chars() {
        upper += usize::from(character.is_uppercase());
        lower += usize::from(character.is_lowercase());
    }
    upper >= FEWEST_LETTERS && upper >= 20 * lower && text.split_whitespace().count() >= 3
}

/// The words of a text and how each is written as far as the pack knows it: names large, others small.
pub(super) fn known_cases(text: &str, pack: &Pack) -> (Vec<Range<usize>>, Vec<Case>) {
    let words = words(text);
    let mut cases = vec![Case::Lower; words.len()];
    people(text, &words, pack, &mut cases);
    names(text, &words, pack, &mut cases);
    (words, cases)
}

fn recase(text: &str, pack: &Pack) -> String {
    let (words, mut cases) = known_cases(text, pack);
    for (i, word) in words.iter().enumerate() {
        let surface = &text[word.clone()];
        let after = text[word.end..].chars().next();
        let before = text[..word.start].chars().next_back();
        let letter = surface.chars().count() == 1;
        let vowel = |c: char| "AEIOUYÁÉÍÓÚÄÖÜ".contains(c);
        // `U.S.`, `J. Smith`; `BBC`, which nobody could say as a word; `FTR` in brackets.
        let initial = letter && after == Some('.') || surface == "I";
        let unsayable = (2..=6).contains(&surface.chars().count()) && !surface.chars().any(vowel);
        let bracketed = before == Some('(') && after == Some(')') && surface.len() <= 8;
        let has_digit = surface.chars().any(|c| c.is_ascii_digit());
        let word_all_the_same =
            || pack.usage.vowelless_words.contains(surface.to_lowercase().as_str());
        if initial || unsayable && !word_all_the_same() || bracketed || has_digit {
            cases[i] = Case::Upper;
        } else if cases[i] == Case::Lower && (i == 0 || ends_sentence(&text[..word.start])) {
            cases[i] = Case::Title;
        }
    }
    write(text, &words, &cases)
}

/// Runs of letters and digits, with the apostrophes inside them.
pub(super) fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    for (at, character) in text.char_indices() {
        let inside = character.is_alphanumeric();
        match (open, inside) {
            (None, true) => open = Some(at),
            (Some(start), false) => {
                words.push(start..at);
                open = None;
            }
            _ => {}
        }
    }
    words.extend(open.map(|start| start..text.len()));
    words
}

/// Whether what stands before a word ends a sentence.
pub(super) fn ends_sentence(before: &str) -> bool {
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || "\"“”'‘’([".contains(c));
    before.is_empty() || before.ends_with(['.', '!', '?', '\n']) && !ends_with_initial(before)
}

/// `U.S.` or `J.` ends no sentence for sure.
fn ends_with_initial(before: &str) -> bool {
    let mut letters = before.trim_end_matches('.').chars().rev();
    letters.next().is_some_and(char::is_alphabetic)
        && letters.next().is_none_or(|c| c.is_whitespace() || c == '.')
}

/// Whether two neighbouring words may be of one name: only blanks, hyphens, stops and apostrophes
/// stand between them.
fn is_joined(text: &str, words: &[Range<usize>], word: usize) -> bool {
    words.get(word + 1).is_some_and(|next| {
        text[words[word].end..next.start].chars().all(|c| " -.'’&\u{a0}".contains(c))
    })
}

/// Names of people: a known name beside another.
fn people(text: &str, words: &[Range<usize>], pack: &Pack, cases: &mut [Case]) {
    let lexicons = &pack.lexicons;
    let known: Vec<bool> = words
        .iter()
        .map(|word| {
            let folded = fold_name(&text[word.clone()]).join(" ");
            folded.chars().count() > 1
                && !pack.usage.lowercase_words.contains(folded.as_str())
                && (lexicons.first_names.contains_key(folded.as_str())
                    || lexicons.surnames.contains(folded.as_str()))
        })
        .collect();
    for word in 0..words.len() {
        if known[word] && known.get(word + 1) == Some(&true) && is_joined(text, words, word) {
            cases[word] = Case::Title;
            cases[word + 1] = Case::Title;
        }
    }
}

/// Names that the pack knows: acronyms as they are, the words of others with a capital but for
/// small ones such as `of`.
fn names(text: &str, words: &[Range<usize>], pack: &Pack, cases: &mut [Case]) {
    let mut folded: Vec<String> =
        words.iter().map(|word| fold_name(&text[word.clone()]).join(" ")).collect();
    // As names are folded as wholes: `El Salvador`, `al-Qaeda`.
    for word in 1..folded.len() {
        if is_arabic_article(&folded[word - 1], &folded[word]) {
            folded[word - 1] = "al".to_owned();
        }
    }
    let ids: Vec<u32> = folded.iter().map(|word| pack.vocabulary.id(word)).collect();
    let mut word = 0;
    while word < words.len() {
        let reach = (word..(word + LONGEST).min(words.len()))
            .take_while(|w| *w == word || is_joined(text, words, *w - 1))
            .count();
        let mut found: Option<(usize, bool)> = None;
        pack.gazetteer.prefixes(ids[word..word + reach].iter().copied(), |length, names| {
            let surface = &text[words[word].start..words[word + length - 1].end];
            let everyday =
                length == 1 && pack.usage.lowercase_words.contains(surface.to_lowercase().as_str());
            let fitting = |n: &&crate::pack::GazetteerName| n.capitalised && !n.weak;
            if !everyday && let Some(name) = names.iter().find(fitting) {
                let acronym = length == 1
                    && name.sense == NameSense::Name
                    && !name.exact.is_empty()
                    && name.exact.chars().all(|c| !c.is_lowercase());
                found = Some((length, acronym));
            }
        });
        let Some((length, acronym)) = found else {
            word += 1;
            continue;
        };
        for (place, case) in cases[word..word + length].iter_mut().enumerate() {
            let surface = &text[words[word + place].clone()];
            let small =
                place > 0 && pack.usage.small_name_words.contains(surface.to_lowercase().as_str());
            *case = match (acronym, small) {
                (true, _) => Case::Upper,
                (false, true) => Case::Lower,
                (false, false) => Case::Title,
            };
        }
        word += length;
    }
}

pub(super) fn write(text: &str, words: &[Range<usize>], cases: &[Case]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (word, case) in words.iter().zip(cases) {
        out.push_str(&text[at..word.start]);
        let surface = &text[word.clone()];
        for (place, character) in surface.chars().enumerate() {
            let keeps = *case == Case::Upper || *case == Case::Title && place == 0;
            out.push(if keeps { character } else { lowered(character) });
        }
        at = word.end;
    }
    out.push_str(&text[at..]);
    out
}

/// The small letter, where it is one character of the same length in bytes.
fn lowered(character: char) -> char {
    let mut lower = character.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(small), None) if small.len_utf8() == character.len_utf8() => small,
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cased(text: &str) -> String {
        let pack = Pack::builtin().expect("the built-in pack");
        let block = Span { start: 0, end: text.len() as u32 };
        truecase(text, &[block], &pack).into_owned()
    }

    #[test]
    fn capitals_become_ordinary_text() {
        assert_eq!(
            cased("THE MI5 CHIEF SAID IN LONDON THAT CARLOS GARCIA HAD LEFT. HE GAVE NO REASON."),
            "The MI5 chief said in London that Carlos Garcia had left. He gave no reason."
        );
        assert_eq!(
            cased("MEMBERS OF THE ISLAMIC STATE ATTACKED THE U.S. EMBASSY IN EL SALVADOR."),
            "Members of the Islamic State attacked the U.S. embassy in El Salvador."
        );
        assert_eq!(
            cased("THE RED FRONT (FTR) TOLD US NOTHING."),
            "The red front (FTR) told us nothing."
        );
    }

    #[test]
    fn ordinary_text_and_short_shouts_stay() {
        for text in ["The FBI and MI5 met in Rome.", "NATO, EU, UN", "BREAKING NEWS", "", "İ ß ŉ"]
        {
            assert_eq!(cased(text), text);
        }
    }

    #[test]
    fn every_character_keeps_its_place() {
        for text in
            ["İSTANBUL'DA ÜÇ KİŞİ VE BİR POLİS YARALANDI ǅ ß ẞ", "ÉLYSÉE PALACE AND THE “GRUPO X”"]
        {
            let cased = cased(text);
            assert_eq!(cased.len(), text.len());
            assert!(cased.char_indices().map(|(i, _)| i).eq(text.char_indices().map(|(i, _)| i)));
        }
    }
}
