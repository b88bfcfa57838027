//! Words: the attributes that do not depend on context, found once for each word.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use unicode_normalization::char::is_combining_mark;

use super::data::{Attribute, VectorData};
use super::strings::string_id;
use super::tokenizer::is_space;

/// Norms that spaCy gives to every language (`lang/norm_exceptions.py`).
const BASE_NORMS: &str = include_str!("data/base_norms.tsv");

/// A word and what follows from its spelling.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) text: SmolStr,
    pub(super) lower: SmolStr,
    pub(super) is_space: bool,
    /// Row of its vector, in models that have vectors.
    pub(super) vector: Option<u32>,
    norm: u64,
    shape: u64,
    prefix: u64,
    suffix: u64,
}

impl Word {
    /// The value of an attribute, given whether a space follows.
    pub(super) fn id(&self, attribute: Attribute, space_after: bool) -> u64 {
        match attribute {
            Attribute::Orth => string_id(&self.text),
            Attribute::Lower => string_id(&self.lower),
            Attribute::Norm => self.norm,
            Attribute::Shape => self.shape,
            Attribute::Prefix => self.prefix,
            Attribute::Suffix => self.suffix,
            Attribute::IsSpace => u64::from(self.is_space),
            Attribute::Spacy => u64::from(space_after),
        }
    }
}

/// What a model knows about words.
#[derive(Debug)]
pub(super) struct Lexicon {
    norms: FxHashMap<u64, SmolStr>,
    vectors: Option<VectorData>,
}

impl Lexicon {
    pub(super) fn new(norms: Vec<(u64, String)>, vectors: Option<VectorData>) -> Self {
        let mut all: FxHashMap<u64, SmolStr> = BASE_NORMS
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .map(|(word, norm)| (string_id(word), norm.into()))
            .collect();
        all.extend(norms.into_iter().map(|(word, norm)| (word, norm.into())));
        Self { norms: all, vectors }
    }

    /// The word of a token. `norm` is the norm that a tokeniser exception gives it.
    pub(super) fn word(&self, text: &str, norm: Option<&str>) -> Word {
        let lower = SmolStr::from(text.to_lowercase());
        let id = string_id(text);
        let norm = norm.or_else(|| self.norms.get(&id).map(SmolStr::as_str)).unwrap_or(&lower);
        let prefix = text.char_indices().nth(1).map_or(text, |(end, _)| &text[..end]);
        let suffix = text.char_indices().rev().nth(2).map_or(text, |(start, _)| &text[start..]);
        let vector = self.vectors.as_ref().and_then(|vectors| {
            let at = vectors.keys.binary_search_by_key(&id, |(key, _)| *key).ok()?;
            Some(vectors.keys[at].1)
        });
        Word {
            norm: string_id(norm),
            shape: string_id(&shape(text)),
            prefix: string_id(prefix),
            suffix: string_id(suffix),
            is_space: text.chars().all(is_space),
            vector,
            text: text.into(),
            lower,
        }
    }

    /// A row of the vector table.
    pub(super) fn vector(&self, row: u32) -> Option<&[f32]> {
        let vectors = self.vectors.as_ref()?;
        let start = row as usize * vectors.width;
        vectors.rows.0.get(start..start + vectors.width)
    }
}

/// The shape of a word: letters become x or X, digits d, and runs end after four.
fn shape(word: &str) -> String {
    if word.len() >= 100 && word.chars().count() >= 100 {
        return "LONG".into();
    }
    let mut shape = String::with_capacity(word.len());
    let mut last = '\0';
    let mut run = 0;
    for c in word.chars() {
        let c = match c {
            _ if is_letter(c) => {
                if c.is_uppercase() {
                    'X'
                } else {
                    'x'
                }
            }
            _ if is_digit(c) => 'd',
            _ => c,
        };
        run = if c == last { run + 1 } else { 0 };
        last = c;
        if run < 4 {
            shape.push(c);
        }
    }
    shape
}

/// Letters as Python's `str.isalpha` has them: Unicode's alphabetic characters without marks,
/// letter-like numbers and circled letters.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphabetic()
        && (c.is_ascii()
            || !(is_combining_mark(c)
                || matches!(c, '\u{2160}'..='\u{2182}' | '\u{2185}'..='\u{2188}'
                    | '\u{24b6}'..='\u{24e9}' | '\u{3007}' | '\u{3021}'..='\u{3029}')))
}

/// Digits as Python's `str.isdigit` has them, in the scripts that occur beside English.
fn is_digit(c: char) -> bool {
    matches!(c,
        '0'..='9' | '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '₀'..='₉' | '①'..='⑨'
        | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '\u{966}'..='\u{96f}'
        | '\u{ff10}'..='\u{ff19}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_cap_their_runs() {
        assert_eq!(shape("Ministers"), "Xxxxx");
        assert_eq!(shape("UNITED"), "XXXX");
        assert_eq!(shape("C-130s"), "X-dddx");
        assert_eq!(shape(&"a".repeat(100)), "LONG");
    }

    #[test]
    fn norms_come_from_the_exception_then_the_tables_then_the_lower_case() {
        let lexicon = Lexicon::new(vec![(string_id("colour"), "color".into())], None);
        assert_eq!(lexicon.word("’s", Some("us")).norm, string_id("us"));
        assert_eq!(lexicon.word("£", None).norm, string_id("$"));
        assert_eq!(lexicon.word("colour", None).norm, string_id("color"));
        assert_eq!(lexicon.word("Rome", None).norm, string_id("rome"));
    }
}
