//! Edges and the evidence that proves them.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::date::PartialDate;
use crate::extraction::Stance;
use crate::ontology::RelationType;
use crate::order;
use crate::span::{DocumentId, EntityId, RuleId};

/// A connection between two nodes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edge {
    /// Type.
    pub relation: RelationType,
    /// Pieces of evidence; above 0.
    pub weight: f64,
    /// 0 to 1, combined over independent sources.
    pub confidence: f64,
    /// The documents that prove it, ordered.
    pub documents: Vec<DocumentId>,
    /// The strongest stance among the evidence.
    pub stance: Stance,
    /// First day or period that the evidence tells of.
    pub first_seen: Option<PartialDate>,
    /// Last day or period.
    pub last_seen: Option<PartialDate>,
    /// Whether it follows from the pack's taxonomy and not from the words alone.
    pub inferred: bool,
    /// The proof, ordered by document and offset; never empty.
    pub evidence: Vec<Evidence>,
}

/// One place in one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Which document.
    pub document: DocumentId,
    /// First code point of the quote.
    pub begin: usize,
    /// One past its last.
    pub end: usize,
    /// The words.
    pub quote: SmolStr,
    /// Who says so, and how.
    pub stance: Stance,
    /// The node that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<EntityId>,
    /// The rule that read it.
    pub rule: RuleId,
}

impl Evidence {
    /// The order of evidence in a list: by document, then place, then how it was read.
    fn rank(&self) -> (&DocumentId, usize, usize, &RuleId, Stance, &Option<EntityId>, &str) {
        let Self { document, begin, end, quote, stance, speaker, rule } = self;
        (document, *begin, *end, rule, *stance, speaker, quote)
    }

    /// Sorts a list by document and offset and removes exact repetitions.
    pub fn sort(list: &mut Vec<Evidence>) {
        order::by(list, |a, b| a.rank().cmp(&b.rank()));
        list.dedup();
    }
}

impl Edge {
    /// Takes up what another edge between the same nodes, of the same relation, proves.
    ///
    /// The result does not depend on the order in which edges are merged: evidence is a sorted
    /// set, `weight` grows by the evidence that is new, `confidence` is the higher of the two
    /// (see [`combine_confidence`](super::combine_confidence) for independent sources), the
    /// stance is the stronger, and an edge is inferred only if nothing states it.
    pub fn merge(&mut self, other: Edge) {
        let before = self.evidence.len() + other.evidence.len();
        self.evidence.extend(other.evidence);
        Evidence::sort(&mut self.evidence);
        let repeated = before - self.evidence.len();
        self.weight = (self.weight + other.weight - repeated as f64).max(f64::MIN_POSITIVE);
        self.confidence = self.confidence.max(other.confidence);
        self.documents.extend(other.documents);
        order::unique(&mut self.documents);
        self.stance = self.stance.min(other.stance);
        self.first_seen = earliest(self.first_seen, other.first_seen);
        self.last_seen = latest(self.last_seen, other.last_seen);
        self.inferred &= other.inferred;
    }
}

/// The date that begins first; where both begin on one day, the wider one. Unknown dates give way.
#[must_use]
pub fn earliest(a: Option<PartialDate>, b: Option<PartialDate>) -> Option<PartialDate> {
    let key = |d: &PartialDate| (d.first_day(), std::cmp::Reverse(d.last_day()));
    a.into_iter().chain(b).min_by_key(key)
}

/// The date that ends last; where both end on one day, the wider one. Unknown dates give way.
#[must_use]
pub fn latest(a: Option<PartialDate>, b: Option<PartialDate>) -> Option<PartialDate> {
    let key = |d: &PartialDate| (d.last_day(), std::cmp::Reverse(d.first_day()));
    a.into_iter().chain(b).max_by_key(key)
}

/// Combines confidences over independent sources: one minus the chance that all of them err.
/// Only the best reading of each source counts, so that a source cannot corroborate itself;
/// copies of one agency text should be given one source name.
///
/// ```
/// use corkboard::graph::combine_confidence;
/// assert_eq!(combine_confidence([("reuters", 0.5), ("reuters", 0.4), ("afp", 0.5)]), 0.75);
/// assert_eq!(combine_confidence::<&str>([]), 0.0);
/// ```
pub fn combine_confidence<S: Ord>(readings: impl IntoIterator<Item = (S, f64)>) -> f64 {
    let mut readings: Vec<(S, f64)> =
        readings.into_iter().map(|(source, c)| (source, c.clamp(0.0, 1.0))).collect();
    order::by(&mut readings, |a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    readings.dedup_by(|worse, best| worse.0 == best.0);
    // Sorted, so that rounding does not depend on the order of the sources' names either.
    let mut doubts: Vec<f64> = readings.into_iter().map(|(_, c)| 1.0 - c).collect();
    order::by(&mut doubts, f64::total_cmp);
    1.0 - doubts.into_iter().product::<f64>()
}
