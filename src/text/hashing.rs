//! The two hashes that spaCy's models are keyed by (Appleby's MurmurHash2 and MurmurHash3).

/// MurmurHash64A of `bytes`: how spaCy numbers strings, with seed 1.
pub(super) fn murmur64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mut h = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        let mut k = u64::from_le_bytes(*word).wrapping_mul(M);
        k ^= k >> 47;
        h = (h ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !rest.is_empty() {
        for (i, byte) in rest.iter().enumerate() {
            h ^= u64::from(*byte) << (8 * i);
        }
        h = h.wrapping_mul(M);
    }
    h ^= h >> 47;
    h = h.wrapping_mul(M);
    h ^ (h >> 47)
}

/// The four table rows of an id in a hash embedding (Svenstrup et al. 2017), before the modulus:
/// MurmurHash3 x64-128 of the id's eight bytes, read as four words.
pub(super) fn embedding_keys(id: u64, seed: u32) -> [u32; 4] {
    const C1: u64 = 0x87c3_7b91_1142_53d5;
    const C2: u64 = 0x4cf5_ad43_2745_937f;
    let mix = |mut k: u64| {
        k ^= k >> 33;
        k = k.wrapping_mul(0xff51_afd7_ed55_8ccd);
        k ^= k >> 33;
        k = k.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        k ^ (k >> 33)
    };
    let (mut h1, mut h2) = (u64::from(seed), u64::from(seed));
    h1 ^= id.wrapping_mul(C1).rotate_left(31).wrapping_mul(C2);
    h1 ^= 8;
    h2 ^= 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = mix(h1);
    h2 = mix(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_hash_as_in_spacy() {
        // nlp.vocab.strings["apple"] and ["coffee"], as spaCy's documentation prints them.
        assert_eq!(murmur64a(b"apple", 1), 8_566_208_034_543_834_098);
        assert_eq!(murmur64a(b"coffee", 1), 3_197_928_453_018_144_401);
    }
}
