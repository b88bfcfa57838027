//! Folding: one form for spellings of a name that differ only in case, diacritics, hyphens,
//! apostrophes, full stops and the Arabic article.

use smol_str::{SmolStr, SmolStrBuilder};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Splits `text` into folded words and hands each to `emit`.
///
/// Letters lose case and diacritics (`Ḥasakah` → `hasaka`); full stops and apostrophes inside a
/// word vanish (`U.S.` → `us`, `Ba'ath` → `baath`); a possessive `'s` becomes a word `s` of its
/// own; `&` becomes `and`; a comma stays as a word; everything else separates words. A final
/// `-ah` or `-eh` of a longer word folds to `-a`, as transliterations of Arabic vary.
pub fn fold_words(text: &str, mut emit: impl FnMut(SmolStr)) {
    // Most names are ASCII, which is its own decomposition.
    if text.is_ascii() {
        fold_ascii(text, &mut emit);
    } else {
        fold_characters(text.nfkd(), &mut emit);
    }
}

/// As [`fold_characters`] does. A word that is written as it folds is taken over as a piece.
fn fold_ascii(text: &str, emit: &mut dyn FnMut(SmolStr)) {
    let bytes = text.as_bytes();
    let mut rest = 0;
    let mut end = 0;
    while end < bytes.len() {
        if bytes[end].is_ascii_alphanumeric() {
            end += 1;
            continue;
        }
        // Full stops, apostrophes and the like need a closer look at all that hangs together.
        if matches!(bytes[end], b' ' | b'-') {
            ascii_word(&text[rest..end], emit);
            end += 1;
            rest = end;
        } else {
            let piece = bytes[end..].iter().position(|b| matches!(b, b' ' | b'-'));
            end = piece.map_or(bytes.len(), |length| end + length);
            fold_characters(text[rest..end].chars(), emit);
            end = (end + 1).min(bytes.len());
            rest = end;
        }
    }
    ascii_word(&text[rest..], emit);
}

fn ascii_word(word: &str, emit: &mut dyn FnMut(SmolStr)) {
    if !word.is_empty() {
        let lower = SmolStr::from_iter(word.bytes().map(|b| char::from(b.to_ascii_lowercase())));
        emit(if lower.ends_with('h') { folded_ending(&lower) } else { lower });
    }
}

fn fold_characters(decomposed: impl Iterator<Item = char>, emit: &mut dyn FnMut(SmolStr)) {
    let mut word = String::new();
    let mut apostrophe = false;
    for character in decomposed {
        match character {
            c if c.is_alphanumeric() && !is_modifier(c) => {
                if apostrophe && matches!(c, 's' | 'S') {
                    // `'s`: told from an apostrophe within a word when the next sign is read.
                    word.push('\u{1}');
                }
                apostrophe = false;
                push_folded(&mut word, c);
            }
            c if is_apostrophe(c) => apostrophe = !word.is_empty(),
            c if c == '.' || is_combining_mark(c) || is_modifier(c) => {}
            '&' => {
                flush(&mut word, emit);
                emit(SmolStr::new_static("and"));
            }
            ',' => {
                flush(&mut word, emit);
                emit(SmolStr::new_static(","));
            }
            _ => {
                flush(&mut word, emit);
                apostrophe = false;
            }
        }
    }
    flush(&mut word, emit);
}

/// The folded words of a name, with the Arabic article brought to one form.
#[must_use]
pub fn fold_name(name: &str) -> Vec<SmolStr> {
    let mut words = Vec::new();
    fold_words(name, |word| words.push(word));
    for i in 0..words.len().saturating_sub(1) {
        if is_arabic_article(&words[i], &words[i + 1]) {
            words[i] = SmolStr::new_static("al");
        }
    }
    words
}

/// A name without case, diacritics, full stops and apostrophes, other signs as one blank between
/// words (`Al-Qaïda` → `al qaida`, `U.S.` → `us`). Keeps apart what [`fold_name`] joins by rules
/// of transliteration (`Basra` and `Basrah`).
#[must_use]
pub fn fold_spelling(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for character in name.nfkd() {
        match character {
            c if is_combining_mark(c) || is_modifier(c) || is_apostrophe(c) || c == '.' => {}
            c if c.is_alphanumeric() => push_folded(&mut folded, c),
            _ if folded.is_empty() || folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Whether `word` before `next` is the Arabic article: `al` or `el`, or a form assimilated to
/// the letter that follows (`ar-Raqqa`, `ash-Shaddadi`, `az-Zawr`). Both folded.
#[must_use]
pub fn is_arabic_article(word: &str, next: &str) -> bool {
    match word {
        "al" | "el" | "ul" => true,
        "ar" | "as" | "ash" | "ad" | "at" | "az" | "an" | "ath" | "adh" | "ed" | "er" | "es"
        | "ez" => next.starts_with(&word[1..]),
        _ => false,
    }
}

fn flush(word: &mut String, emit: &mut dyn FnMut(SmolStr)) {
    if word.is_empty() {
        return;
    }
    let possessive = word.strip_suffix("\u{1}s").filter(|stem| !stem.is_empty());
    match possessive {
        Some(stem) => {
            emit(folded_ending(&stem.replace('\u{1}', "")));
            emit(SmolStr::new_static("s"));
        }
        None if word.contains('\u{1}') => emit(folded_ending(&word.replace('\u{1}', ""))),
        None => emit(folded_ending(word)),
    }
    word.clear();
}

fn folded_ending(word: &str) -> SmolStr {
    match word.strip_suffix("ah").or_else(|| word.strip_suffix("eh")) {
        Some(stem) if stem.chars().count() >= 3 => {
            let mut folded = SmolStrBuilder::new();
            folded.push_str(stem);
            folded.push('a');
            folded.finish()
        }
        _ => SmolStr::new(word),
    }
}

fn push_folded(word: &mut String, character: char) {
    match character {
        c if c.is_ascii() => word.push(c.to_ascii_lowercase()),
        'ß' => word.push_str("ss"),
        'æ' | 'Æ' => word.push_str("ae"),
        'œ' | 'Œ' => word.push_str("oe"),
        'þ' | 'Þ' => word.push_str("th"),
        'ø' | 'Ø' => word.push('o'),
        'ł' | 'Ł' => word.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => word.push('d'),
        'ı' => word.push('i'),
        'ə' | 'Ə' => word.push('a'),
        c => word.extend(c.to_lowercase().filter(|c| !is_combining_mark(*c))),
    }
}

/// Modifier letters that transliterations use for Arabic and Hawaiian consonants.
fn is_modifier(character: char) -> bool {
    matches!(character, '\u{2b0}'..='\u{2ff}')
}

/// Signs that are written for an apostrophe, the half rings of transliteration among them.
pub(crate) fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | 'ʻ' | '′')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(name: &str) -> String {
        fold_name(name).join(" ")
    }

    #[test]
    fn spellings_of_one_name_fold_together() {
        assert_eq!(folded("U.S."), folded("US"));
        assert_eq!(folded("Al-Qa’ida"), folded("al Qaida"));
        assert_eq!(folded("Ar Raqqah"), folded("ar-Raqqa"));
        assert_eq!(folded("Ash-Shaddādī"), folded("al-Shaddadi"));
        assert_eq!(folded("El-Arish"), folded("Al Arish"));
        assert_eq!(folded("São Tomé & Príncipe"), folded("Sao Tome and Principe"));
        assert_eq!(folded("Łódź"), "lodz");
    }

    #[test]
    fn possessives_are_words_and_other_apostrophes_are_not() {
        assert_eq!(folded("People's Army"), "people s army");
        assert_eq!(folded("People’s"), "people s");
        assert_eq!(folded("Sana'a"), "sanaa");
        assert_eq!(folded("Cote d'Ivoire"), "cote divoire");
        assert_eq!(folded("Shi'ste"), "shiste");
    }

    #[test]
    fn ascii_folds_as_anything_else_does() {
        for text in [
            "",
            " ",
            "-",
            "People's Army",
            "U.S. Army",
            "U.S.-led Al-Raqqah",
            "a&b, c",
            "Basrah",
            "'s",
            "d'Ivoire's coast",
            "O'Neil-Smith s",
            "Fatah-",
            "x' s",
            "x'-s",
            "a - 's b",
            "Ah eh",
            "(Shin Bet)",
            "a.b.c d",
            "AT&T's",
            "1,000 men",
            "h",
            "Utah/Noah  No",
            "\t\nWord\u{1}s",
        ] {
            let (mut short, mut long) = (Vec::new(), Vec::new());
            fold_ascii(text, &mut |word| short.push(word));
            fold_characters(text.chars(), &mut |word| long.push(word));
            assert_eq!(short, long, "{text:?}");
        }
    }

    #[test]
    fn words_that_only_look_like_the_article_stay() {
        assert_eq!(folded("at Paris"), "at paris");
        assert_eq!(folded("an Example"), "an example");
        assert_eq!(folded("Utah"), "utah");
        assert_eq!(folded(""), "");
        assert_eq!(folded("’’ .. --"), "");
    }
}
