//! Chains of all documents to entities: one node for everything that is named, whatever it is
//! called.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::facts::{ChainFacts, chains};
use super::linker::Linker;
use super::same_as::SameAs;
use super::sieve;
use crate::extraction::DocumentAnalysis;
use crate::ontology::EntityType;
use crate::pack::Pack;
use crate::span::{EntityId, MentionId};

/// Something that the documents tell of and that is no incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Identifier of its node.
    pub id: EntityId,
    /// Its fullest common name.
    pub label: String,
    /// Type.
    pub entity_type: EntityType,
    /// A finer type.
    pub subtype: Option<SmolStr>,
    /// Gazetteer entry.
    pub entry: Option<SmolStr>,
    /// Every name but the label, with how often it was used, most frequent first.
    pub aliases: Vec<(String, usize)>,
    /// How often it is mentioned.
    pub mentions: usize,
    /// Where: document, chain, mentions.
    pub chains: Vec<(usize, usize, Vec<MentionId>)>,
    /// Why names were joined in it.
    pub merges: Vec<String>,
    /// How sure its detectors were, the best of them.
    pub confidence: f32,
}

/// The entities of a set of documents.
#[derive(Clone, Debug, Default)]
pub struct EntityTable {
    /// The entities, ordered by id.
    pub entities: Vec<Entity>,
    by_chain: FxHashMap<(usize, usize), usize>,
    by_id: FxHashMap<EntityId, usize>,
}

impl EntityTable {
    /// The entity to which a chain of a document refers.
    #[must_use]
    pub fn of_chain(&self, document: usize, chain: usize) -> Option<usize> {
        self.by_chain.get(&(document, chain)).copied()
    }

    /// The entity to which a mention of a document refers.
    #[must_use]
    pub fn of_mention(
        &self,
        document: usize,
        analysis: &DocumentAnalysis,
        mention: MentionId,
    ) -> Option<usize> {
        let mention = analysis.mentions.get(mention.index())?;
        self.of_chain(document, mention.chain)
    }

    /// The entity with this id.
    #[must_use]
    pub fn with_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Adds an entity that no document names, or gives the one with that id.
    pub(super) fn ensure(&mut self, entity: Entity) -> usize {
        if let Some(index) = self.by_id.get(&entity.id) {
            return *index;
        }
        self.by_id.insert(entity.id.clone(), self.entities.len());
        self.entities.push(entity);
        self.entities.len() - 1
    }

    /// Links the chains of documents sorted by id, by the sieves of `src/linking/sieve/` in order
    /// of their precision. What the analyst forbids is never joined, what the analyst forces
    /// always is.
    #[must_use]
    pub fn link(analyses: &[DocumentAnalysis], pack: &Pack, same_as: &SameAs) -> Self {
        let facts: Vec<ChainFacts> = analyses
            .iter()
            .enumerate()
            .flat_map(|(i, analysis)| chains(i, analysis, &pack.ontology))
            .collect();
        let mut linker = Linker::new(analyses, &facts, pack, same_as);
        for sieve in sieve::IN_ORDER {
            sieve.apply(&mut linker);
        }
        Self::of(linker.into_entities())
    }

    fn of(entities: Vec<Entity>) -> Self {
        let mut table = Self::default();
        for (i, entity) in entities.iter().enumerate() {
            table.by_id.insert(entity.id.clone(), i);
            for (document, chain, _) in &entity.chains {
                table.by_chain.insert((*document, *chain), i);
            }
        }
        table.entities = entities;
        table
    }
}
