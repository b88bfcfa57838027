//! Chains of all documents to entities: one node for everything that is named, whatever it is
//! called.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::extraction::DocumentAnalysis;
use crate::ontology::EntityType;
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
    /// Whether it has a name, and not only descriptions.
    pub named: bool,
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

    /// The table of these entities.
    pub(super) fn new(entities: Vec<Entity>) -> Self {
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
