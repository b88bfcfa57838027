//! Chains of all documents on their way to entities: disjoint sets of chains, what may not be
//! joined, and why sets were.

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::describe;
use super::entity::Entity;
use super::facts::{ChainFacts, Renaming};
use super::same_as::SameAs;
use super::sets::DisjointSets;
use crate::extraction::DocumentAnalysis;
use crate::ontology::EntityType;
use crate::pack::Pack;
use crate::span::MentionId;

/// Types between which a name may be shared by one entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum NameClass {
    Person,
    Body,
    Group,
    Territory,
    Facility,
    Equipment,
    Threat,
    Other,
}

impl NameClass {
    pub(super) fn of(entity_type: &EntityType) -> Self {
        match entity_type.as_str() {
            "person" => Self::Person,
            "agency" | "organization" | "threat_actor" => Self::Body,
            "group" => Self::Group,
            "country" | "place" => Self::Territory,
            "facility" => Self::Facility,
            "equipment" => Self::Equipment,
            "threat" => Self::Threat,
            _ => Self::Other,
        }
    }
}

/// The sets of chains as the sieves build them.
pub(super) struct Linker<'a> {
    pub(super) analyses: &'a [DocumentAnalysis],
    pub(super) facts: &'a [ChainFacts],
    /// Folded names of each chain.
    pub(super) folded: Vec<Vec<String>>,
    pub(super) pack: &'a Pack,
    pub(super) same_as: &'a SameAs,
    /// The chain, an index of `facts`, by its document and its number there.
    by_chain: FxHashMap<(usize, usize), usize>,
    sets: DisjointSets,
    /// The chains of each set, at its root.
    members: Vec<Vec<usize>>,
    /// The gazetteer entry of each set, at its root.
    entries: Vec<Option<SmolStr>>,
    reasons: Vec<(usize, String)>,
}

/// What a set of chains has come to be while it is linked.
#[derive(Debug, Default)]
pub(super) struct Cluster {
    pub(super) members: Vec<usize>,
    /// Folded names, sorted.
    pub(super) names: Vec<String>,
    pub(super) entry: Option<SmolStr>,
    /// Indices of documents, sorted.
    pub(super) documents: Vec<usize>,
}

impl<'a> Linker<'a> {
    pub(super) fn new(
        analyses: &'a [DocumentAnalysis],
        facts: &'a [ChainFacts],
        pack: &'a Pack,
        same_as: &'a SameAs,
    ) -> Self {
        Self {
            analyses,
            facts,
            folded: facts.iter().map(|fact| fact.folded_names(&pack.usage)).collect(),
            pack,
            same_as,
            by_chain: facts
                .iter()
                .enumerate()
                .map(|(i, fact)| ((fact.document, fact.chain), i))
                .collect(),
            sets: DisjointSets::new(facts.len()),
            members: (0..facts.len()).map(|i| vec![i]).collect(),
            entries: facts.iter().map(|fact| fact.entry.clone()).collect(),
            reasons: Vec::new(),
        }
    }

    /// The root of the set of a chain.
    pub(super) fn root(&mut self, chain: usize) -> usize {
        self.sets.find(chain)
    }

    /// Joins the sets of two chains unless the analyst forbids it or their entries differ. An
    /// empty reason is none: the two are called the same.
    pub(super) fn join(&mut self, a: usize, b: usize, reason: impl FnOnce() -> String) {
        if self.sets.find(a) != self.sets.find(b) && !self.is_forbidden(a, b) {
            self.unite(a, b, reason());
        }
    }

    /// Joins the sets of two chains on the analyst's word, which stands above the gazetteer's.
    pub(super) fn force(&mut self, a: usize, b: usize, reason: String) {
        if self.sets.find(a) != self.sets.find(b) {
            self.unite(a, b, reason);
        }
    }

    fn unite(&mut self, a: usize, b: usize, reason: String) {
        let (x, y) = (self.sets.find(a), self.sets.find(b));
        let entry = self.entries[x].take().or_else(|| self.entries[y].take());
        self.sets.union(x, y);
        let root = self.sets.find(x);
        self.entries[root] = entry;
        let mut moved = std::mem::take(&mut self.members[x.max(y)]);
        let kept = &mut self.members[root];
        // The fewer move, so that many unions stay cheap.
        if moved.len() > kept.len() {
            std::mem::swap(&mut moved, kept);
        }
        kept.append(&mut moved);
        if !reason.is_empty() {
            self.reasons.push((root, reason));
        }
    }

    fn is_forbidden(&mut self, a: usize, b: usize) -> bool {
        let (x, y) = (self.sets.find(a), self.sets.find(b));
        if let (Some(one), Some(other)) = (&self.entries[x], &self.entries[y])
            && one != other
        {
            return true;
        }
        if !self.same_as.forbids_any() {
            return false;
        }
        let names_of = |root: usize| -> Vec<&'a String> {
            self.members[root].iter().flat_map(|i| self.facts[*i].names.keys()).collect()
        };
        let (here, there) = (names_of(x), names_of(y));
        here.iter().any(|one| there.iter().any(|other| self.same_as.forbids(one, other)))
    }

    /// The clusters as they stand, by their root, in order of it.
    pub(super) fn clusters(&mut self) -> IndexMap<usize, Cluster> {
        let mut clusters: IndexMap<usize, Cluster> = IndexMap::new();
        for (i, fact) in self.facts.iter().enumerate() {
            let root = self.sets.find(i);
            let cluster = clusters.entry(root).or_default();
            cluster.members.push(i);
            cluster.documents.push(fact.document);
            cluster.names.extend(self.folded[i].iter().cloned());
        }
        for (root, cluster) in &mut clusters {
            cluster.entry.clone_from(&self.entries[*root]);
            cluster.names.sort_unstable();
            cluster.names.dedup();
            cluster.documents.sort();
            cluster.documents.dedup();
        }
        clusters
    }

    /// The chain to which a mention of a document belongs, if it can become a node.
    pub(super) fn chain_of(&self, document: usize, mention: MentionId) -> Option<usize> {
        let chain = self.analyses.get(document)?.mentions.get(mention.index())?.chain;
        self.by_chain.get(&(document, chain)).copied()
    }

    /// The chains that are one with a chain.
    pub(super) fn set_of(&mut self, chain: usize) -> &[usize] {
        let root = self.sets.find(chain);
        &self.members[root]
    }

    /// The class of a cluster, by the type of its first chain.
    pub(super) fn class(&self, root: usize) -> NameClass {
        NameClass::of(&self.facts[root].entity_type)
    }

    /// The name by which a reason calls a chain.
    pub(super) fn shown_name(&self, chain: usize) -> String {
        let fact = &self.facts[chain];
        fact.names.keys().chain(fact.descriptions.keys()).next().cloned().unwrap_or_default()
    }

    /// The entities, ordered by id, of the sets as they stand.
    pub(super) fn entities(&mut self) -> Vec<Entity> {
        let clusters = self.clusters();
        let mut merges: FxHashMap<usize, Vec<String>> = FxHashMap::default();
        for (member, reason) in &self.reasons {
            merges.entry(self.sets.find(*member)).or_default().push(reason.clone());
        }
        let mut entities: Vec<Entity> = clusters
            .into_iter()
            .map(|(root, cluster)| {
                let mut reasons: FxHashSet<String> =
                    merges.remove(&root).unwrap_or_default().into_iter().collect();
                for fact in cluster.members.iter().map(|m| &self.facts[*m]) {
                    let document = &self.analyses[fact.document].doc;
                    let one = |renaming: &Renaming| {
                        let Renaming { name, earlier, sieve } = renaming;
                        format!("{name:?} is {earlier:?} in {document}, by the sieve {sieve}")
                    };
                    reasons.extend(fact.renamed.iter().map(one));
                }
                let mut reasons: Vec<String> = reasons.into_iter().collect();
                reasons.sort_unstable();
                describe::entity(self.facts, self.pack, &cluster, reasons)
            })
            .collect();
        describe::make_unique(&mut entities);
        entities.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        entities
    }
}
