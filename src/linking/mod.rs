//! Document analyses to one [`EntityTable`] and clusters of incidents: which mentions of
//! different documents refer to the same thing.

mod condense;
mod describe;
mod entity;
mod facts;
mod incident;
mod linker;
mod names;
mod part;
mod same_as;
mod sets;
mod sieve;
mod source;
mod threat;

pub use condense::condense;
pub use entity::{Entity, EntityTable};
pub use incident::{IncidentCluster, cluster_incidents};
pub(crate) use names::{UniqueIds, slug};
pub use same_as::SameAs;
pub use source::Sources;
pub use threat::{ThreatInference, infer_threats};

use crate::extraction::DocumentAnalysis;
use crate::pack::Pack;
use linker::Linker;

/// Everything that the documents have in common, found out.
#[derive(Debug)]
pub struct Linked {
    /// The entities, and which chain of which document names which.
    pub entities: EntityTable,
    /// The incidents, each with the mentions that tell of it.
    pub incidents: Vec<IncidentCluster>,
    /// Threats made real by incidents, by the pack's taxonomy.
    pub threats: Vec<ThreatInference>,
    /// Which documents are copies of which.
    pub sources: Sources,
}

/// Links the analyses of a set of documents. The result depends on the set, not on the order:
/// `analyses` must be sorted by document id.
#[must_use]
pub fn link(analyses: &[DocumentAnalysis], pack: &Pack, same_as: &SameAs) -> Linked {
    debug_assert!(analyses.is_sorted_by(|a, b| a.doc <= b.doc), "analyses are sorted by document");
    let sources = Sources::find(analyses);
    let facts = facts::all(analyses, &pack.ontology);
    let mut linker = Linker::new(analyses, &facts, pack, same_as);
    for sieve in sieve::IN_ORDER {
        sieve.apply(&mut linker);
    }
    part::join_in_copies(&mut linker, &sources);
    let mut entities = EntityTable::new(linker.entities());
    let mut incidents = cluster_incidents(analyses, &entities, &sources, pack);
    // Who has one part in one incident is one, which only now can be seen.
    if part::join(&mut linker, &incidents) {
        entities = EntityTable::new(linker.entities());
        incident::rename_participants(&mut incidents, analyses, &entities);
    }
    let threats = infer_threats(analyses, &incidents, &mut entities, pack);
    Linked { entities, incidents, threats, sources }
}
