//! What a cluster of chains is as an entity: its type, its label, its aliases, its id.

use indexmap::IndexMap;

use super::entity::Entity;
use super::facts::ChainFacts;
use super::linker::Cluster;
use super::names::{UniqueIds, slug};
use crate::ontology::EntityType;
use crate::order;
use crate::pack::{Pack, fold_name};
use crate::span::EntityId;

/// The entity that a cluster of chains is.
pub(super) fn entity(
    all: &[ChainFacts],
    pack: &Pack,
    cluster: &Cluster,
    merges: Vec<String>,
) -> Entity {
    let facts: Vec<&ChainFacts> = cluster.members.iter().map(|m| &all[*m]).collect();
    let mut names: IndexMap<&str, usize> = IndexMap::new();
    let mut descriptions: IndexMap<&str, usize> = IndexMap::new();
    for fact in &facts {
        for (name, count) in &fact.names {
            *names.entry(name).or_default() += count;
        }
        for (text, count) in &fact.descriptions {
            *descriptions.entry(text).or_default() += count;
        }
    }
    let entry = cluster.entry.as_ref().and_then(|id| pack.gazetteer.entry(id));
    let mut entity_type = entry.map_or_else(|| majority_type(&facts), |e| e.entity_type.clone());
    // A person has a name or an office; who is known only as "the gunman" is one of a group.
    if entity_type == "person"
        && entry.is_none()
        && names.is_empty()
        && !descriptions.keys().any(|text| tells_office(pack, text))
    {
        entity_type = EntityType::from("group");
    }
    // "Countries", "a hostile state": states that nothing names are a group of them.
    if entity_type == "country" && entry.is_none() && names.is_empty() {
        entity_type = EntityType::from("group");
    }
    let threat = cluster.entry.as_ref().and_then(|id| pack.threats.get(id));
    let known = entry.map(|e| &e.name).or(threat.map(|t| &t.label));
    let label = known
        .map(ToString::to_string)
        .unwrap_or_else(|| if names.is_empty() { fullest(&descriptions) } else { fullest(&names) });
    // Descriptions such as "the agency" are no names; they label what has none.
    let shown = if names.is_empty() { &descriptions } else { &names };
    let mut aliases: Vec<(String, usize)> = shown
        .iter()
        .filter(|(name, _)| **name != label)
        .map(|(name, count)| ((*name).to_owned(), *count))
        .collect();
    order::by(&mut aliases, |a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let id = match cluster.entry.as_ref() {
        Some(entry) => EntityId::from(entry.as_str()),
        None => {
            let slug = slug(&label, 48);
            let slug = if slug.is_empty() { "unnamed".to_owned() } else { slug };
            EntityId::from(format!("{entity_type}:{slug}"))
        }
    };
    Entity {
        id,
        label,
        subtype: entry
            .and_then(|e| e.subtype.clone())
            .or_else(|| facts.iter().find_map(|f| f.subtype.clone())),
        entity_type,
        entry: cluster.entry.clone(),
        named: entry.is_some() || !names.is_empty(),
        aliases,
        mentions: facts.iter().map(|f| f.mentions.len()).sum(),
        chains: facts.iter().map(|f| (f.document, f.chain, f.mentions.clone())).collect(),
        merges,
        confidence: facts.iter().map(|f| f.confidence).fold(0.0, f32::max),
    }
}

/// Whether a description holds a title whose bearer heads a body or speaks for one.
fn tells_office(pack: &Pack, description: &str) -> bool {
    let words: Vec<_> =
        fold_name(description).iter().map(|word| pack.vocabulary.id(word)).collect();
    (0..words.len()).any(|first| {
        (first + 1..=words.len().min(first + 4)).any(|end| {
            let titles = pack.lexicons.titles.get(words[first..end].iter().copied());
            titles.iter().any(|title| title.leads || title.body.is_some())
        })
    })
}

/// Ids that two entities would share get a number, in order of first appearance.
pub(super) fn make_unique(entities: &mut [Entity]) {
    let mut order: Vec<usize> = (0..entities.len()).collect();
    order::by_key(&mut order, |i| entities[*i].chains.first().map(|c| (c.0, c.1)));
    // Gazetteer ids are never renumbered.
    let known = entities.iter().filter(|e| e.entry.is_some()).map(|e| e.id.clone());
    let mut ids = UniqueIds::besides(known);
    for i in order {
        if entities[i].entry.is_none() {
            entities[i].id = ids.give(entities[i].id.clone());
        }
    }
}

fn majority_type(facts: &[&ChainFacts]) -> EntityType {
    let mut votes: IndexMap<&EntityType, usize> = IndexMap::new();
    for fact in facts {
        *votes.entry(&fact.entity_type).or_default() += fact.mentions.len();
    }
    votes
        .into_iter()
        .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)))
        .map(|(t, _)| t.clone())
        .unwrap_or_default()
}

/// The fullest common name: of the names used at least a fifth as often as the commonest one,
/// the one with the most words, then the most frequent, then the longest.
fn fullest(names: &IndexMap<&str, usize>) -> String {
    let most = names.values().copied().max().unwrap_or(0);
    names
        .iter()
        .filter(|(_, count)| **count * 5 >= most)
        .max_by_key(|(name, count)| {
            let words = name.split(' ').count().min(6);
            // `ANN LEE` is how a headline shouts, `Ann Lee` the name.
            let shouted = words > 1 && !name.chars().any(char::is_lowercase);
            (words, !shouted, **count, name.len(), std::cmp::Reverse(**name))
        })
        .map(|(name, _)| (*name).to_owned())
        .unwrap_or_default()
}
