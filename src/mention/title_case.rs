//! Headlines In Title Case, whose common words are taken for names: brought to ordinary case by what
//! the rest of the text and the pack know of each word.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::truecase::{Case, ends_sentence, known_cases, words, write};
use crate::pack::{Pack, fold_name};
use crate::span::Span;

/// A headline has this many words or more.
const FEWEST_WORDS: usize = 4;

/// A headline is no longer than this, in bytes.
const LONGEST: usize = 240;

/// Words shorter than this may be small in any headline.
const SHORT: usize = 4;

/// Whether a block is a headline whose words all begin with a capital, but for short ones.
pub(super) fn is_title_case(block: &str) -> bool {
    let block = block.trim();
    if block.len() > LONGEST || block.ends_with('.') || block.contains('\n') {
        return false;
    }
    let (mut all, mut long, mut small) = (0, 0, 0);
    for word in words(block) {
        let word = &block[word];
        let Some(first) = word.chars().next().filter(|c| c.is_alphabetic()) else { continue };
        all += 1;
        if word.chars().count() >= SHORT {
            long += 1;
            small += usize::from(first.is_lowercase());
        }
    }
    all >= FEWEST_WORDS && long >= 3 && small == 0
}

/// How words are written in the running text of a document.
#[derive(Debug, Default)]
pub(super) struct Usage<'t> {
    small: FxHashSet<&'t str>,
    /// Written large where no sentence begins, as names are.
    large: FxHashSet<String>,
}

impl<'t> Usage<'t> {
    /// Reads the blocks that are no headlines.
    pub(super) fn read(text: &'t str, blocks: &[Span]) -> Self {
        let mut usage = Self::default();
        for block in blocks.iter().map(|block| block.of(text)) {
            if is_title_case(block) {
                continue;
            }
            for word in words(block) {
                let surface = &block[word.clone()];
                if surface.starts_with(char::is_lowercase) {
                    usage.small.insert(surface);
                } else if !ends_sentence(&block[..word.start]) {
                    usage.large.insert(surface.to_lowercase());
                }
            }
        }
        usage
    }
}

/// The headline in ordinary case: a word stays large that is, or may be, a name.
pub(super) fn recase_title(block: &str, usage: &Usage<'_>, pack: &Pack) -> String {
    let (words, mut cases) = known_cases(block, pack);
    for (i, word) in words.iter().enumerate() {
        let surface = &block[word.clone()];
        let acronym = surface.chars().skip(1).any(char::is_uppercase)
            || surface.chars().any(|c| c.is_ascii_digit());
        let begins = i == 0 || ends_sentence(&block[..word.start]) || after_dash(block, word);
        if acronym {
            cases[i] = Case::Upper;
        } else if begins || cases[i] == Case::Lower && is_name(surface, usage, pack) {
            cases[i] = Case::Title;
        }
    }
    write(block, &words, &cases)
}

fn after_dash(block: &str, word: &Range<usize>) -> bool {
    block[..word.start].trim_end().ends_with([':', '–', '—', '|'])
}

/// Whether a word is written large in the running text, or is known to nobody.
fn is_name(surface: &str, usage: &Usage<'_>, pack: &Pack) -> bool {
    let lower = surface.to_lowercase();
    usage.large.contains(&lower) || !usage.small.contains(lower.as_str()) && !is_known(&lower, pack)
}

/// Whether the pack knows a word in small letters: an everyday word, a noun for people or things, or
/// one that tells of something.
fn is_known(lower: &str, pack: &Pack) -> bool {
    let known = |word: &str| {
        let noun = fold_name(word).join(" ");
        let id = pack.vocabulary.id(&noun);
        pack.usage.lowercase_words.contains(word)
            || pack.usage.headline_words.contains(word)
            || pack.lexicons.nominals.get([id]).iter().next().is_some()
            || !pack.frames.triggers(word).is_empty()
    };
    known(lower)
        || pack.usage.word_endings.iter().any(|(ending, stems)| {
            let root = lower.strip_suffix(ending.as_str());
            root.filter(|root| root.chars().count() > 2)
                .is_some_and(|root| stems.iter().any(|stem| known(&format!("{root}{stem}"))))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::truecase;

    fn cased(title: &str, body: &str) -> String {
        let pack = Pack::builtin().expect("the built-in pack");
        let text = format!("{title}\n\n{body}");
        let end = title.len() as u32;
        let blocks = [Span { start: 0, end }, Span { start: end + 2, end: text.len() as u32 }];
        truecase(&text, &blocks, &pack)[..title.len()].to_owned()
    }

    #[test]
    fn common_words_of_headlines_become_small() {
        assert_eq!(
            cased("Gunmen Attack Police Station In Borno, Kill Five Officers", "It was a raid."),
            "Gunmen attack police station in Borno, kill five officers"
        );
        assert_eq!(
            cased("Ransomware Gang Hits Hospital In Prague", "The hospital in Prague was hit."),
            "Ransomware gang hits hospital in Prague"
        );
        assert_eq!(
            cased("Suicide Bomber Kills Twelve At Wedding In Kabul", "Guests at a wedding died."),
            "Suicide bomber kills twelve at wedding in Kabul"
        );
    }

    #[test]
    fn names_and_ordinary_lines_stay() {
        assert_eq!(
            cased("Bomb Hits Grand Marwa Hotel", "The Grand Marwa was full."),
            "Bomb hits Grand Marwa hotel"
        );
        for line in ["Police arrested two men in Leeds on Monday", "Ann Lee Met Paul Orr."] {
            assert_eq!(cased(line, "It rained."), line);
        }
    }
}
