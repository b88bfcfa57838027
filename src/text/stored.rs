//! The model's data as MessagePack: structures as arrays of their fields, numbers of a layer as
//! little-endian bytes in half precision (IEEE 754 binary16), a variant with data as a map from
//! its name.

use rmpv::{Value, ValueRef};

use super::data::{
    Attribute, EmbeddingData, LemmaTable, LinearData, MaxoutData, ModelData, RuleData, RuleTest,
    TaggerData, Tensor, Tok2VecData, TokenizerData, TransitionData, VectorData,
};

/// Data that is kept in a model file.
pub(super) trait Stored: Sized {
    /// The data as it is written.
    fn store(&self) -> Value;
    /// The data, unless the value is of another form.
    fn restore(value: &ValueRef<'_>) -> Option<Self>;
}

macro_rules! stored {
    ($name:ident { $($field:ident),+ }) => {
        impl Stored for $name {
            fn store(&self) -> Value {
                Value::Array(vec![$(self.$field.store()),+])
            }

            fn restore(value: &ValueRef<'_>) -> Option<Self> {
                let [$($field),+] = &value.as_array()?[..] else { return None };
                Some(Self { $($field: Stored::restore($field)?),+ })
            }
        }
    };
}

stored!(ModelData {
    name,
    tokenizer,
    norms,
    vectors,
    tok2vec,
    tagger,
    parser,
    ner,
    ner_tok2vec,
    rules,
    lemmas
});
stored!(TokenizerData { prefix, suffix, infix, domain, exceptions });
stored!(EmbeddingData { attribute, seed, table });
stored!(MaxoutData { inputs, pieces, weights, bias, gain, shift });
stored!(Tok2VecData { width, embeddings, vectors, mix, convolutions });
stored!(VectorData { width, rows, keys });
stored!(LinearData { inputs, weights, bias });
stored!(TaggerData { labels, output });
stored!(TransitionData { actions, project, features, pieces, lower, lower_bias, padding, upper });
stored!(RuleData { patterns, index, tag, pos, morph, lemma, dep });
stored!(LemmaTable { pos, index, exceptions, rules });

macro_rules! stored_numbers {
    ($($number:ty),+) => {$(
        impl Stored for $number {
            fn store(&self) -> Value {
                Value::from(*self)
            }

            fn restore(value: &ValueRef<'_>) -> Option<Self> {
                value.as_u64()?.try_into().ok()
            }
        }
    )+};
}

stored_numbers!(u8, u32, u64, usize);

impl Stored for bool {
    fn store(&self) -> Value {
        Value::Boolean(*self)
    }

    fn restore(value: &ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Boolean(value) => Some(*value),
            _ => None,
        }
    }
}

impl Stored for String {
    fn store(&self) -> Value {
        Value::from(self.as_str())
    }

    fn restore(value: &ValueRef<'_>) -> Option<Self> {
        text(value).map(str::to_owned)
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn store(&self) -> Value {
        Value::Array(self.iter().map(Stored::store).collect())
    }

    fn restore(value: &ValueRef<'_>) -> Option<Self> {
        value.as_array()?.iter().map(Stored::restore).collect()
    }
}

impl<T: Stored> Stored for Option<T> {
    fn store(&self) -> Value {
        self.as_ref().map_or(Value::Nil, Stored::store)
    }

    fn restore(value: &ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Nil => Some(None),
            value => T::restore(value).map(Some),
        }
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    fn store(&self) -> Value {
        Value::Array(vec![self.0.store(), self.1.store()])
    }

    fn restore(value: &ValueRef<'_>) -> Option<Self> {
        let [a, b] = &value.as_array()?[..] else { return None };
        Some((A::restore(a)?, B::restore(b)?))
    }
}

impl Stored for Tensor {
    fn store(&self) -> Value {
        Value::Binary(self.0.iter().flat_map(|x| to_half(*x).to_le_bytes()).collect())
    }

    fn restore(value: &ValueRef<'_>) -> Option<Self> {
        let ValueRef::Binary(bytes) = value else { return None };
        let (pairs, rest) = bytes.as_chunks::<2>();
        let numbers = pairs.iter().map(|pair| from_half(u16::from_le_bytes(*pair)));
        rest.is_empty().then(|| Tensor(numbers.collect()))
    }
}

const ATTRIBUTES: [(&str, Attribute); 8] = [
    ("Orth", Attribute::Orth),
    ("Lower", Attribute::Lower),
    ("Norm", Attribute::Norm),
    ("Shape", Attribute::Shape),
    ("Prefix", Attribute::Prefix),
    ("Suffix", Attribute::Suffix),
    ("IsSpace", Attribute::IsSpace),
    ("Spacy", Attribute::Spacy),
];

impl Stored for Attribute {
    fn store(&self) -> Value {
        let name = ATTRIBUTES.iter().find(|(_, attribute)| attribute == self);
        Value::from(name.map_or("", |(name, _)| name))
    }

    fn restore(value: &ValueRef<'_>) -> Option<Self> {
        let name = text(value)?;
        ATTRIBUTES.iter().find(|(known, _)| *known == name).map(|(_, attribute)| *attribute)
    }
}

impl Stored for RuleTest {
    fn store(&self) -> Value {
        let (name, value) = match self {
            RuleTest::TagIn(values) => ("TagIn", values.store()),
            RuleTest::TagNotIn(values) => ("TagNotIn", values.store()),
            RuleTest::LowerIn(values) => ("LowerIn", values.store()),
            RuleTest::LowerMatches(pattern) => ("LowerMatches", pattern.store()),
            RuleTest::DepIn(values) => ("DepIn", values.store()),
            RuleTest::DepNotIn(values) => ("DepNotIn", values.store()),
            RuleTest::IsSpace(is) => ("IsSpace", is.store()),
        };
        Value::Map(vec![(Value::from(name), value)])
    }

    fn restore(value: &ValueRef<'_>) -> Option<Self> {
        let ValueRef::Map(entries) = value else { return None };
        let [(name, value)] = &entries[..] else { return None };
        Some(match text(name)? {
            "TagIn" => RuleTest::TagIn(Stored::restore(value)?),
            "TagNotIn" => RuleTest::TagNotIn(Stored::restore(value)?),
            "LowerIn" => RuleTest::LowerIn(Stored::restore(value)?),
            "LowerMatches" => RuleTest::LowerMatches(Stored::restore(value)?),
            "DepIn" => RuleTest::DepIn(Stored::restore(value)?),
            "DepNotIn" => RuleTest::DepNotIn(Stored::restore(value)?),
            "IsSpace" => RuleTest::IsSpace(Stored::restore(value)?),
            _ => return None,
        })
    }
}

fn text<'v>(value: &'v ValueRef<'_>) -> Option<&'v str> {
    match value {
        ValueRef::String(text) => text.as_str(),
        _ => None,
    }
}

/// The nearest number of half precision, the even one of two.
fn to_half(x: f32) -> u16 {
    let sign = (x.to_bits() >> 16 & 0x8000) as u16;
    let magnitude = x.abs();
    if magnitude.is_nan() {
        return sign | 0x7e00;
    }
    // The steps of half precision in a number's range; below the smallest normal number they no
    // longer shrink. Both the quotient and the product are exact.
    let exponent = (magnitude.to_bits() >> 23).max(127 - 14);
    if exponent > 127 + 15 {
        return sign | 0x7c00;
    }
    let step = f32::from_bits((exponent - 10) << 23);
    let steps = (magnitude / step).round_ties_even() as u32;
    // A carry out of the mantissa raises the exponent, up to infinity.
    let normal = exponent - (127 - 14);
    sign | (((normal << 10) + steps) as u16)
}

/// The number that a half stands for. Infinities, which no model holds, become finite.
fn from_half(half: u16) -> f32 {
    // The exponents differ by 112; the product also makes subnormal halves normal.
    let magnitude = f32::from_bits(u32::from(half & 0x7fff) << 13) * f32::from_bits(0x7780_0000);
    f32::from_bits(u32::from(half & 0x8000) << 16 | magnitude.to_bits())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_those_of_the_standard() {
        let known = [
            (0.0, 0x0000),
            (-0.0, 0x8000),
            (1.0, 0x3c00),
            (-2.0, 0xc000),
            (65504.0, 0x7bff),
            (f32::from_bits(0x3380_0000), 0x0001),
            (f32::from_bits(0x387f_c000), 0x03ff),
            (f32::from_bits(0x3880_0000), 0x0400),
            (0.333_251_95, 0x3555),
        ];
        for (number, half) in known {
            assert_eq!(to_half(number), half, "{number}");
            assert_eq!(from_half(half).to_bits(), number.to_bits(), "{half:#x}");
        }
        // Ties go to the even neighbour, and what is too large to infinity.
        assert_eq!(to_half(1.0 + 1.0 / 2048.0), 0x3c00);
        assert_eq!(to_half(1.0 + 3.0 / 2048.0), 0x3c02);
        assert_eq!(to_half(65520.0), 0x7c00);
        assert_eq!(to_half(f32::INFINITY), 0x7c00);
        assert_eq!(to_half(1e-9), 0);
    }

    #[test]
    fn every_finite_half_comes_back() {
        for half in (0..0x7c00u16).flat_map(|half| [half, half | 0x8000]) {
            assert_eq!(to_half(from_half(half)), half);
        }
    }
}
