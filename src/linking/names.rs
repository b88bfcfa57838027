//! Names as linking compares them.

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::pack::{UsageLexicon, fold_spelling};
use crate::span::EntityId;

/// A name without case, diacritics, punctuation, a leading article and a trailing possessive;
/// tokens are parted by one blank.
pub(super) fn folded(name: &str) -> String {
    fold_spelling(bare(name))
}

/// A person's folded full name with the given names, of which other alphabets and languages have other
/// spellings, each in one of them (`aleksandr petrov` → `alexander petrov`); `None` where it is so
/// already, and for a single word, which is no full name.
pub(super) fn common_form(folded: &str, usage: &UsageLexicon) -> Option<String> {
    let form = |word: &str| usage.name_forms.get(word).cloned().unwrap_or_else(|| word.into());
    let mut words = folded.split(' ');
    (folded.contains(' ') && words.any(|word| usage.name_forms.contains_key(word)))
        .then(|| folded.split(' ').map(form).collect::<Vec<_>>().join(" "))
}

/// A building's folded name with the noun that stands before it behind it: `hotel sahafi` → `sahafi
/// hotel`; `None` where no such noun stands there.
pub(super) fn noun_last(folded: &str, usage: &UsageLexicon) -> Option<String> {
    let (noun, name) = folded.split_once(' ')?;
    let named = !name.starts_with("of ") && !name.is_empty();
    (named && usage.front_nouns.contains_key(noun)).then(|| format!("{name} {noun}"))
}

/// A name as written, without a leading article, a trailing possessive and surrounding quotes.
pub(super) fn bare(name: &str) -> &str {
    let quotes: &[char] = &['"', '“', '”', '‘', '«', '»', ' ', '\u{a0}', ',', ';', ':', '\n', '\t'];
    let inner = name.trim_start_matches(quotes);
    let mut name = name.trim_matches(quotes);
    if inner.ends_with('”') && inner.contains('“') {
        name = inner;
    }
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
    // "at least ten ‘enemies of the regime’": a mark that closes what the name opens belongs to it.
    let closes =
        |open: char, close: char| name.ends_with(close) && name.find(open).is_some_and(|at| at > 0);
    if closes('‘', '’') || closes('“', '”') {
        return name;
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

/// Ids given so far: one that is taken gets the next number that is free.
#[derive(Debug, Default)]
pub(crate) struct UniqueIds {
    taken: FxHashSet<EntityId>,
    /// The last number that an id got.
    last: FxHashMap<EntityId, usize>,
}

impl UniqueIds {
    /// Ids of which some are given already.
    pub(crate) fn besides(taken: impl Iterator<Item = EntityId>) -> Self {
        Self { taken: taken.collect(), last: FxHashMap::default() }
    }

    /// The id itself where it is free, else with a number: `place:herat-2`.
    pub(crate) fn give(&mut self, id: EntityId) -> EntityId {
        if self.taken.insert(id.clone()) {
            return id;
        }
        let last = self.last.entry(id.clone()).or_insert(1);
        loop {
            *last += 1;
            let numbered = EntityId::from(format!("{id}-{last}"));
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
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
    fn spellings_of_one_name_have_a_common_form() {
        let usage = UsageLexicon::load(&PackFiles::builtin()).unwrap();
        let same = |a: &str, b: &str| {
            let form = |name: &str| common_form(name, &usage).unwrap_or_else(|| name.to_owned());
            form(a) == form(b)
        };
        assert!(same("aleksandr petrov", "alexander petrov"));
        assert!(same("sergey orlov", "sergei orlov"));
        assert!(same("mohammad ali hassan", "muhammad ali hasan"));
        assert!(!same("aleksandr petrov", "aleksei petrov"));
        assert!(!same("mohammed hassan", "mahmoud hassan"));
        assert!(!same("ibrahim yusuf", "ibrahim youssoufa"));
        assert_eq!(common_form("aleksandr", &usage), None, "one word is no full name");
    }

    #[test]
    fn the_noun_of_a_building_stands_last() {
        let usage = UsageLexicon::load(&PackFiles::builtin()).unwrap();
        assert_eq!(noun_last("hotel makka", &usage).as_deref(), Some("makka hotel"));
        for other in ["makka hotel", "hotel", "hotel of kings"] {
            assert_eq!(noun_last(other, &usage), None, "{other}");
        }
    }

    #[test]
    fn ids_that_are_taken_get_the_next_number() {
        let mut ids = UniqueIds::besides([EntityId::from("a"), EntityId::from("b-2")].into_iter());
        let given: Vec<String> = ["a", "a", "b", "b", "a-2", "c"]
            .into_iter()
            .map(|id| ids.give(EntityId::from(id)).to_string())
            .collect();
        assert_eq!(given, ["a-2", "a-3", "b", "b-3", "a-2-2", "c"]);
    }

    #[test]
    fn slugs_are_ascii_and_bounded() {
        assert_eq!(slug("Deir ez-Zor (city)", 40), "deir-ez-zor-city");
        assert_eq!(slug("Łódź — Москва", 40), "lodz-moskva");
        assert!(slug(&"long name ".repeat(30), 40).len() <= 40);
    }
}
