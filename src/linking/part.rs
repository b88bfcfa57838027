//! Who and what has one part in one incident, told of in several documents.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::incident::IncidentCluster;
use super::linker::{Linker, NameClass};
use super::names::head_noun;
use crate::ontology::Role;

/// What makes participants of different documents comparable: their class, their part, and a word
/// that says what they are.
type Key = (NameClass, Part, SmolStr);

/// Parts in which a participant may stand in one report or in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Doer,
    Hit,
    Backer,
    Stopper,
}

/// Joins groups and buildings that have no name where documents tell of one incident and each has
/// one such participant: the gunmen of one report are the gunmen of the other, "a concert hall" is
/// the hall that the other names. Two of a kind in one document stay two. Returns whether anything
/// was joined.
pub(super) fn join(linker: &mut Linker<'_>, incidents: &[IncidentCluster]) -> bool {
    let mut joined = false;
    for incident in incidents.iter().filter(|i| i.mentions.len() > 1) {
        for words in [heads, subtype] {
            // The chains of each kind, by document.
            let mut kinds: BTreeMap<Key, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
            for (document, n) in &incident.mentions {
                for argument in &linker.analyses[*document].incidents[*n].arguments {
                    let Some(chain) = linker.chain_of(*document, argument.mention) else {
                        continue;
                    };
                    let class = NameClass::of(&linker.facts[chain].entity_type);
                    let Some(part) = part(argument.role, class) else { continue };
                    for word in words(linker, chain) {
                        let kind = kinds.entry((class, part, word)).or_default();
                        let chains = kind.entry(*document).or_default();
                        if !chains.contains(&chain) {
                            chains.push(chain);
                        }
                    }
                }
            }
            for documents in kinds.into_values() {
                joined |= join_kind(linker, documents);
            }
        }
    }
    joined
}

/// Joins the chains of one kind, one a document.
fn join_kind(linker: &mut Linker<'_>, documents: BTreeMap<usize, Vec<usize>>) -> bool {
    let mut alone: Vec<usize> = Vec::new();
    for chains in documents.into_values() {
        let mut roots: Vec<usize> = chains.iter().map(|chain| linker.root(*chain)).collect();
        roots.sort_unstable();
        roots.dedup();
        if roots.len() == 1 {
            alone.extend(chains.first());
        }
    }
    let mut named: Vec<usize> = Vec::new();
    for chain in &alone {
        let facts = linker.facts;
        let has_name = linker
            .set_of(*chain)
            .iter()
            .any(|i| !facts[*i].names.is_empty() || facts[*i].entry.is_some());
        if has_name {
            named.push(linker.root(*chain));
        }
    }
    named.dedup();
    // Two names are two things.
    if named.len() > 1 {
        return false;
    }
    let mut joined = false;
    for pair in alone.windows(2) {
        if linker.root(pair[0]) != linker.root(pair[1]) {
            let (here, there) = (linker.shown_name(pair[0]), linker.shown_name(pair[1]));
            linker.join(pair[0], pair[1], || {
                format!("{here:?} and {there:?} have the same part in one incident")
            });
            joined = true;
        }
    }
    joined
}

/// The part of a participant that may be joined.
fn part(role: Role, class: NameClass) -> Option<Part> {
    match (class, role) {
        // One report says that a hall was hit, another that people died in it.
        (NameClass::Facility, Role::Target | Role::Victim | Role::Place) => Some(Part::Hit),
        (NameClass::Group, Role::Perpetrator) => Some(Part::Doer),
        (NameClass::Group, Role::Target | Role::Victim) => Some(Part::Hit),
        (NameClass::Group, Role::Supporter) => Some(Part::Backer),
        (NameClass::Group, Role::Disruptor) => Some(Part::Stopper),
        _ => None,
    }
}

/// The head nouns of the names and descriptions of a chain.
fn heads(linker: &Linker<'_>, chain: usize) -> Vec<SmolStr> {
    let fact = &linker.facts[chain];
    let mut heads: Vec<SmolStr> = fact
        .names
        .keys()
        .chain(fact.descriptions.keys())
        .filter_map(|text| head_noun(text))
        .collect();
    heads.sort_unstable();
    heads.dedup();
    heads
}

/// What kind of building a chain is.
fn subtype(linker: &Linker<'_>, chain: usize) -> Vec<SmolStr> {
    let fact = &linker.facts[chain];
    let building = NameClass::of(&fact.entity_type) == NameClass::Facility;
    fact.subtype.iter().filter(|_| building).cloned().collect()
}
