//! Numbers of strings: attribute values enter the networks as ids.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::hashing::murmur64a;

/// Names to which spaCy gives small fixed numbers instead of hashes (`spacy/symbols.pyx`).
const SYMBOLS: &str = include_str!("data/symbols.tsv");

/// spaCy's id of a string: 0 for the empty one, the symbol's number for one of the fixed names,
/// and the hash otherwise.
pub(super) fn string_id(text: &str) -> u64 {
    static TABLE: OnceLock<FxHashMap<&'static str, u64>> = OnceLock::new();
    if text.is_empty() {
        return 0;
    }
    let table = TABLE.get_or_init(|| {
        SYMBOLS
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(name, id)| Some((name, id.parse().ok()?)))
            .collect()
    });
    table.get(text).copied().unwrap_or_else(|| murmur64a(text.as_bytes(), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_have_fixed_ids() {
        assert_eq!(string_id(""), 0);
        assert_eq!(string_id("ORTH"), 65);
        assert_eq!(string_id("apple"), 8_566_208_034_543_834_098);
    }
}
