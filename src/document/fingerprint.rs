//! MinHash signatures: which documents are copies of one text.
//!
//! A signature holds, for 64 hash functions, the smallest hash of any five consecutive words of
//! the story; the share of equal entries of two signatures estimates the Jaccard similarity of
//! their sets of five-word shingles, with a standard error of at most 0.06 (Broder 1997, "On the
//! resemblance and containment of documents").

use crate::date::Date;
use crate::order;
use rustc_hash::FxHashMap;

/// Number of hash functions, and of entries of a signature.
pub const ENTRIES: usize = 64;
/// Words in a shingle.
const SHINGLE: usize = 5;
/// A text of fewer words has no signature: too many short texts are alike.
const FEWEST_WORDS: usize = 8;
/// Texts at least this similar are copies. Two reporters at one press conference share quotes
/// and stay below 0.2; one agency text cut by a quarter, with another headline, is at 0.7.
const COPY: f64 = 0.5;
/// Entries in a band. Sixteen bands of four find a pair of similarity 0.5 with a probability
/// of 0.64, one of 0.7 with 0.99.
const BAND: usize = 4;

/// The signature of a text given in parts; empty where it has fewer than eight words. Letter
/// case, punctuation and line breaks make no difference.
#[must_use]
pub fn signature<'t>(parts: impl Iterator<Item = &'t str>) -> Vec<u32> {
    let mut smallest = [u32::MAX; ENTRIES];
    let mut words = 0usize;
    let mut recent = [0u64; SHINGLE];
    for part in parts {
        for word in part.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            recent[words % SHINGLE] = hash_word(word);
            words += 1;
            if words >= SHINGLE {
                let mut shingle = 0u64;
                for i in 0..SHINGLE {
                    shingle = mix(shingle ^ recent[(words + i) % SHINGLE]);
                }
                for (entry, seed) in smallest.iter_mut().zip(SEEDS) {
                    let hash = ((shingle ^ seed).wrapping_mul(MULTIPLIER) >> 32) as u32;
                    *entry = (*entry).min(hash);
                }
            }
        }
    }
    if words < FEWEST_WORDS { Vec::new() } else { smallest.to_vec() }
}

const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

/// One seed for each hash function, by splitmix64.
const SEEDS: [u64; ENTRIES] = {
    let mut seeds = [0u64; ENTRIES];
    let mut i = 0;
    while i < ENTRIES {
        seeds[i] = mix((i as u64 + 1).wrapping_mul(MULTIPLIER));
        i += 1;
    }
    seeds
};

/// The finaliser of splitmix64.
const fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// FNV-1a over the lower-cased word: the same on every machine, unlike the hashers of hash maps.
fn hash_word(word: &str) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325u64;
    let mut add = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    if word.is_ascii() {
        word.bytes().for_each(|b| add(b.to_ascii_lowercase()));
    } else {
        let mut bytes = [0; 4];
        for c in word.chars().flat_map(char::to_lowercase) {
            c.encode_utf8(&mut bytes).bytes().for_each(&mut add);
        }
    }
    hash
}

/// The estimated Jaccard similarity of two texts, 0 to 1; 0 where one has no signature.
#[must_use]
pub fn similarity(a: &[u32], b: &[u32]) -> f64 {
    if a.len() != b.len() || a.is_empty() {
        return 0.0;
    }
    let equal = a.iter().zip(b).filter(|(a, b)| a == b).count();
    equal as f64 / a.len() as f64
}

/// For each document the one that it is a copy of: itself where it is the original. `order`
/// holds each document's day and identifier; of copies the original is the one published first
/// (those without a day last), then the one with the smallest identifier. The result does not
/// depend on the order of the slices.
///
/// Both slices must be of one length; a document without a signature is an original.
#[must_use]
pub fn find_copies(signatures: &[&[u32]], order: &[(Option<Date>, &str)]) -> Vec<usize> {
    let mut original: Vec<usize> = (0..signatures.len()).collect();
    let mut queue = original.clone();
    order::by_key(&mut queue, |i| order.get(*i).map(|(day, id)| (day.is_none(), *day, *id)));
    let mut bands: FxHashMap<(usize, u64), Vec<usize>> = FxHashMap::default();
    let mut candidates = Vec::new();
    for document in queue {
        let signature = signatures[document];
        let keys = || {
            signature.chunks(BAND).enumerate().map(|(band, entries)| {
                (band, entries.iter().fold(0, |key, entry| mix(key ^ u64::from(*entry))))
            })
        };
        candidates.clear();
        for key in keys() {
            candidates.extend(bands.get(&key).into_iter().flatten().copied());
        }
        order::unique(&mut candidates);
        // The most similar original; of equals, the first in order.
        let best = candidates
            .iter()
            .map(|other| (similarity(signature, signatures[*other]), *other))
            .filter(|(similarity, _)| *similarity >= COPY)
            .min_by(|a, b| {
                b.0.total_cmp(&a.0).then_with(|| rank(order, a.1).cmp(&rank(order, b.1)))
            });
        match best {
            Some((_, other)) => original[document] = other,
            None => keys().for_each(|key| bands.entry(key).or_default().push(document)),
        }
    }
    original
}

fn rank<'o>(order: &[(Option<Date>, &'o str)], i: usize) -> Option<(bool, Option<Date>, &'o str)> {
    order.get(i).map(|(day, id)| (day.is_none(), *day, *id))
}

#[cfg(test)]
mod tests {
    use super::*;

    const AGENCY: &str = "Gunmen on motorcycles attacked a village market in the north-west on \
        Sunday and killed at least eleven people, a local official said. Soldiers reached the \
        place two hours later. The governor, who was abroad, promised help for the families and \
        said that the raiders would be found. Nobody has said that it was behind the raid.";

    fn sign(text: &str) -> Vec<u32> {
        signature(std::iter::once(text))
    }

    #[test]
    fn copies_are_alike_and_reports_of_one_event_are_not() {
        let cut = AGENCY.replace(" Soldiers reached the place two hours later.", "");
        let headline = format!("Eleven dead in market raid\n{}", cut.to_uppercase());
        assert!(similarity(&sign(AGENCY), &sign(&headline)) > 0.6);
        let other = "At least eleven people died when armed men raided a market in the north-west \
            of the country on Sunday, officials told this newspaper. Residents said that help came \
            late and that the shops were burnt down. The governor is abroad.";
        assert!(similarity(&sign(AGENCY), &sign(other)) < 0.2);
        assert_eq!(sign("Too short to tell."), Vec::<u32>::new());
        assert!(similarity(&[], &[]) < 0.1);
    }

    #[test]
    fn the_original_is_the_first_published_whatever_the_order() {
        let other = sign(
            "The bank said on Monday that its systems were back after a cyber attack on its payment service.",
        );
        let texts = [sign(AGENCY), other, sign(&format!("{AGENCY} More soon.")), sign(AGENCY)];
        let order = [
            (None, "a"),
            (Date::new(2024, 1, 1), "b"),
            (Date::new(2024, 1, 3), "c"),
            (Date::new(2024, 1, 2), "d"),
        ];
        let signatures: Vec<&[u32]> = texts.iter().map(Vec::as_slice).collect();
        assert_eq!(find_copies(&signatures, &order), [3, 1, 3, 3]);
        let backwards: Vec<&[u32]> = signatures.iter().rev().copied().collect();
        let order_backwards: Vec<_> = order.iter().rev().copied().collect();
        assert_eq!(find_copies(&backwards, &order_backwards), [0, 0, 2, 0]);
    }
}
