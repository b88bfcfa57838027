//! Copies of one text count as one source.

use crate::extraction::DocumentAnalysis;

/// Which documents are copies of which.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// For each document the one it is a copy of, itself where it is no copy.
    original: Vec<usize>,
    /// For each document whether another one is a copy of it.
    copied: Vec<bool>,
}

impl Sources {
    /// Finds exact and near copies by their fingerprints.
    #[must_use]
    pub fn find(analyses: &[DocumentAnalysis]) -> Self {
        let fingerprints: Vec<&[u32]> = analyses.iter().map(|a| a.fingerprint.as_slice()).collect();
        let order: Vec<(Option<crate::date::Date>, &str)> =
            analyses.iter().map(|a| (a.published, a.doc.as_str())).collect();
        let original = crate::document::fingerprint::find_copies(&fingerprints, &order);
        let mut copied = vec![false; original.len()];
        for (document, source) in original.iter().enumerate() {
            copied[*source] |= document != *source;
        }
        Self { original, copied }
    }

    /// The document of which `document` is a copy; itself where it is none.
    #[must_use]
    pub fn original(&self, document: usize) -> usize {
        self.original[document]
    }

    /// Whether another document is a copy of this one.
    #[must_use]
    pub fn has_copies(&self, document: usize) -> bool {
        self.copied[document]
    }
}
