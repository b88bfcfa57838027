//! Names as linking compares them.

use smol_str::SmolStr;

use crate::pack::{UsageLexicon, fold_spelling};

/// A name without case, diacritics, punctuation, a leading article and a trailing possessive;
/// tokens are parted by one blank.
pub(super) fn folded(name: &str) -> String {
    fold_spelling(bare(name))
}

/// A name as written, without a leading article, a trailing possessive and surrounding quotes.
pub(super) fn bare(name: &str) -> &str {
    let quotes: &[char] = &['"', '“', '”', '‘', '«', '»', ' ', '\u{a0}', ',', ';', ':', '\n', '\t'];
    let mut name = name.trim_matches(quotes);
    for article in ["the ", "The ", "THE ", "a ", "A ", "an ", "An "] {
        if let Some(rest) = name.strip_prefix(article) {
            name = rest.trim_start();
            break;
        }
    }
    for ending in ["'s", "’s", "'S", "’S"] {
        if let Some(rest) = name.strip_suffix(ending) {
            name = rest;
        }
    }
    name.trim_end_matches(['\'', '’']).trim_matches(quotes)
}

/// Whether a name is written like an acronym: two to eight capitals or digits, dots allowed.
pub(super) fn is_acronym(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphanumeric()).count();
    (2..=8).contains(&letters)
        && name.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '-'))
        && name.chars().any(char::is_uppercase)
}

/// The initials of a name's capitalised words, lower case: `Kurdistan Workers' Party` → `kwp`.
pub(super) fn initials(name: &str) -> String {
    bare(name)
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
        .filter(|c| c.is_uppercase())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A folded name with characters that scanning and retyping confuse made one: `M15` and `MI5`.
pub(super) fn deconfused(folded: &str) -> String {
    folded
        .chars()
        .map(|c| match c {
            '1' | 'l' | 'i' => 'i',
            '0' | 'o' => 'o',
            '5' | 's' => 's',
            '8' | 'b' => 'b',
            other => other,
        })
        .collect()
}

/// Letters and digits of a text as an ASCII slug for an identifier, transliterated, at most
/// `limit` characters and cut between words where that is possible; empty where nothing is left.
pub(crate) fn slug(text: &str, limit: usize) -> String {
    let mut out = String::new();
    for c in deunicode::deunicode(text).chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c != '\'' && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let mut end = out.len().min(limit);
    if end < out.len()
        && let Some(cut) = out[..end].rfind('-').filter(|cut| *cut > limit / 2)
    {
        end = cut;
    }
    out.truncate(end);
    out.trim_matches('-').to_owned()
}

/// The noun on which a description hangs, lower case and in the singular: the last word before what
/// follows it ("at least nine wounded students of a college" → `student`).
pub(super) fn head_noun(description: &str, usage: &UsageLexicon) -> Option<SmolStr> {
    let opens = |word: &str| usage.words_after_noun.contains(word);
    let first = bare(description).split([',', '(', '–', '—']).next()?;
    // "at least 60 people", "over 400 spies": what comes first bounds a number.
    let bound = usize::from(first.split_whitespace().next().is_some_and(opens));
    let words = first.split_whitespace().skip(bound);
    let word = words.take_while(|word| !opens(word)).last()?;
    let word = fold_spelling(word);
    let singular = match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 1 => format!("{stem}y"),
        _ => match word.strip_suffix('s') {
            Some(stem) if stem.len() > 2 && !stem.ends_with('s') => stem.to_owned(),
            _ => word,
        },
    };
    let singular =
        singular.strip_suffix("men").map_or(singular.clone(), |stem| format!("{stem}man"));
    (!singular.is_empty()).then(|| singular.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::PackFiles;

    #[test]
    fn folding_drops_what_does_not_tell_names_apart() {
        for (a, b) in [
            ("the Élysée's", "Elysee"),
            ("U.S.", "US"),
            ("Al-Qaeda", "al Qaeda"),
            ("“Tupac Amaru”", "Tupac Amaru"),
        ] {
            assert_eq!(folded(a), folded(b));
        }
        assert_ne!(folded("Basra"), folded("Basrah"));
    }

    #[test]
    fn acronyms_and_initials() {
        assert!(is_acronym("MI5") && is_acronym("U.N.") && is_acronym("ISIS-K"));
        assert!(!is_acronym("Isis") && !is_acronym("2024") && !is_acronym("A"));
        assert_eq!(initials("the Farabundo Marti National Liberation Front"), "fmnlf");
        assert_eq!(deconfused("m15"), deconfused("mi5"));
    }

    #[test]
    fn descriptions_have_a_head() {
        let usage = UsageLexicon::load(&PackFiles::builtin()).unwrap();
        for (description, head) in [
            ("a concert hall near Moscow", "hall"),
            ("at least nine wounded students of a college", "student"),
            ("Gunmen", "gunman"),
            ("two embassies", "embassy"),
            ("the boss", "boss"),
        ] {
            assert_eq!(head_noun(description, &usage).as_deref(), Some(head), "{description}");
        }
        assert_eq!(head_noun(" ", &usage), None);
    }

    #[test]
    fn slugs_are_ascii_and_bounded() {
        assert_eq!(slug("Deir ez-Zor (city)", 40), "deir-ez-zor-city");
        assert_eq!(slug("Łódź — Москва", 40), "lodz-moskva");
        assert!(slug(&"long name ".repeat(30), 40).len() <= 40);
    }
}
