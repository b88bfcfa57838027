//! Half-open ranges of text and of tokens, and the small identifiers that the stages share.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// A half-open range of **bytes** of a document's text; both ends lie on character boundaries.
///
/// Inside the library offsets are bytes. The JSON files count Unicode code points instead
/// (see [`CodePoints`]), so that a quote is `text[begin:end]` in Python.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte `start` to byte `end` (exclusive).
    ///
    /// # Panics
    /// If an offset exceeds 4 GiB; documents are limited far below that when they are read.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end} is inverted");
        let narrow = |x: usize| u32::try_from(x).expect("a document's text is below 4 GiB");
        Self { start: narrow(start), end: narrow(end) }
    }

    /// The part of `text` that the span covers.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether every byte of `other` lies inside this span.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span as a `usize` range, for indexing.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A half-open range of token indices of one [`AnnotatedText`](crate::text::AnnotatedText).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenRange {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

impl TokenRange {
    /// The range from token `start` to token `end` (exclusive).
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "token range {start}..{end} is inverted");
        Self { start: start as u32, end: end as u32 }
    }

    /// Number of tokens.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the range holds no token.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether token `index` lies in the range.
    #[must_use]
    pub fn contains_token(self, index: usize) -> bool {
        (self.start as usize..self.end as usize).contains(&index)
    }

    /// Whether every token of `other` lies in the range.
    #[must_use]
    pub fn contains(self, other: TokenRange) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn cover(self, other: TokenRange) -> TokenRange {
        TokenRange { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether the two ranges share a token.
    #[must_use]
    pub fn overlaps(self, other: TokenRange) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The token indices.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Converts byte offsets of one text into offsets in Unicode code points.
///
/// Pure ASCII text costs nothing; otherwise one checkpoint is kept every 64 bytes.
#[derive(Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    checkpoints: Vec<u32>,
}

const CHECKPOINT: usize = 64;

impl<'t> CodePoints<'t> {
    /// Indexes `text` once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut checkpoints = Vec::new();
        if !text.is_ascii() {
            let mut seen = 0u32;
            for (i, byte) in text.bytes().enumerate() {
                if i % CHECKPOINT == 0 {
                    checkpoints.push(seen);
                }
                if byte & 0xC0 != 0x80 {
                    seen += 1;
                }
            }
        }
        Self { text, checkpoints }
    }

    /// The number of code points before byte `offset`.
    #[must_use]
    pub fn at(&self, offset: usize) -> usize {
        if self.checkpoints.is_empty() {
            return offset.min(self.text.len());
        }
        let offset = offset.min(self.text.len());
        let block = (offset / CHECKPOINT).min(self.checkpoints.len() - 1);
        let tail = &self.text.as_bytes()[block * CHECKPOINT..offset];
        self.checkpoints[block] as usize + tail.iter().filter(|b| **b & 0xC0 != 0x80).count()
    }

    /// A span as (begin, end) in code points.
    #[must_use]
    pub fn span(&self, span: Span) -> (usize, usize) {
        (self.at(span.start as usize), self.at(span.end as usize))
    }
}

macro_rules! name_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub SmolStr);

        impl $name {
            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                Self(SmolStr::new(name))
            }
        }
        impl From<String> for $name {
            fn from(name: String) -> Self {
                Self(SmolStr::from(name))
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }
        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}
pub(crate) use name_type;

name_type! {
    /// A document's stable identifier: its file name without the extension, made unique by its
    /// folder, or what the metadata gives.
    DocumentId
}
name_type! {
    /// The identifier of a node of the graph: readable, stable, an ASCII NMTOKEN such as
    /// `agency:mi5` or `incident:attack-moscow-2024-03`.
    EntityId
}
name_type! {
    /// The name of the rule, frame, sieve or detector that produced something, as an analyst
    /// finds it in the pack or the code: `frame:attack/verb`, `detector:title-name`.
    RuleId
}

/// The index of a [`Mention`](crate::mention::Mention) in its document, in text order.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct MentionId(pub u32);

impl MentionId {
    /// The id as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_count_characters_not_bytes() {
        let text = "é".repeat(100) + "abc";
        let points = CodePoints::new(&text);
        for (i, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(byte), i);
        }
        assert_eq!(points.at(text.len()), 103);
        assert_eq!(CodePoints::new("plain").at(3), 3);
    }
}
