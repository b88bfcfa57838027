//! Who and what has one part in one incident, told of in several documents.

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::incident::IncidentCluster;
use super::linker::{Linker, NameClass};
use super::names::{folded, head_noun};
use super::source::Sources;
use crate::ontology::Role;
use crate::order;

/// What makes participants of different documents comparable: their class, their part, and a word
/// that says what they are.
type Key = (NameClass, Part, SmolStr);

/// Parts in which a participant may stand in one report or in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
        joined |= join_headline(linker, incident);
        for words in [heads, subtype] {
            // The chains of each kind, each with its document.
            let mut kinds: FxHashMap<Key, Vec<(usize, usize)>> = FxHashMap::default();
            for (document, n) in &incident.mentions {
                for argument in &linker.analyses[*document].incidents[*n].arguments {
                    let Some(chain) = linker.chain_of(*document, argument.mention) else {
                        continue;
                    };
                    let class = NameClass::of(&linker.facts[chain].entity_type);
                    let Some(part) = part(argument.role, class) else { continue };
                    for word in words(linker, chain) {
                        kinds.entry((class, part, word)).or_default().push((*document, chain));
                    }
                }
            }
            let mut kinds: Vec<(Key, Vec<(usize, usize)>)> = kinds.into_iter().collect();
            order::by(&mut kinds, |a, b| a.0.cmp(&b.0));
            for (_, chains) in kinds {
                joined |= join_kind(linker, chains);
            }
        }
    }
    joined
}

/// Joins whom a headline describes ("Mosque attacker jailed") to the one person whom the story names
/// in that part. Returns whether anybody was joined.
fn join_headline(linker: &mut Linker<'_>, incident: &IncidentCluster) -> bool {
    // Described in the headline, and named in the story, by document and part.
    let mut described: Vec<((usize, Part), usize)> = Vec::new();
    let mut named: Vec<((usize, Part), usize)> = Vec::new();
    for (document, n) in &incident.mentions {
        let analysis = &linker.analyses[*document];
        let telling = &analysis.incidents[*n];
        let in_headline =
            analysis.title.as_deref().is_some_and(|title| title.trim() == telling.quote.trim());
        for argument in &telling.arguments {
            let Some(chain) = linker.chain_of(*document, argument.mention) else { continue };
            let fact = &linker.facts[chain];
            let Some(part) = part(argument.role, NameClass::Group) else { continue };
            if fact.entity_type != "person" {
                continue;
            }
            if !fact.names.is_empty() || fact.entry.is_some() {
                named.push(((*document, part), chain));
            } else if in_headline {
                described.push(((*document, part), chain));
            }
        }
    }
    let mut joined = false;
    let named = order::gathered(named);
    for (part, mut described) in order::gathered(described) {
        let Ok(at) = named.binary_search_by(|(other, _)| other.cmp(&part)) else { continue };
        let mut named = named[at].1.clone();
        order::unique(&mut described);
        order::unique(&mut named);
        if let ([described], [named]) = (described.as_slice(), named.as_slice()) {
            let (role, name) = (linker.shown_name(*described), linker.shown_name(*named));
            linker.join(*named, *described, || {
                format!("{role:?} in the headline is {name:?} in the story")
            });
            joined = true;
        }
    }
    joined
}

/// Joins the chains of one kind, given with their documents, one a document.
fn join_kind(linker: &mut Linker<'_>, mut chains: Vec<(usize, usize)>) -> bool {
    let mut joined = false;
    let mut alone: Vec<usize> = Vec::new();
    // Those of a document stay in the order in which it tells of them.
    order::by_key(&mut chains, |(document, _)| *document);
    for chains in chains.chunk_by(|a, b| a.0 == b.0) {
        let mut seen: FxHashSet<usize> = FxHashSet::default();
        let chains: Vec<usize> =
            chains.iter().map(|(_, chain)| *chain).filter(|chain| seen.insert(*chain)).collect();
        // Two that a document describes in the same words are one.
        let mut described: FxHashMap<String, usize> = FxHashMap::default();
        for (i, chain) in chains.iter().enumerate() {
            let first = descriptions(linker, *chain)
                .map(|text| *described.entry(text).or_insert(i))
                .min()
                .filter(|first| *first < i);
            if let Some(other) = first.map(|first| chains[first]) {
                joined |= linker.root(other) != linker.root(*chain);
                linker.join(other, *chain, String::new);
            }
        }
        let mut roots: Vec<usize> = chains.iter().map(|chain| linker.root(*chain)).collect();
        order::unique(&mut roots);
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
        return joined;
    }
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

/// The descriptions, folded, of a chain without a name.
fn descriptions<'l>(linker: &'l Linker<'_>, chain: usize) -> impl Iterator<Item = String> + 'l {
    let fact = &linker.facts[chain];
    fact.descriptions.keys().filter(|_| fact.names.is_empty()).map(|text| folded(text))
}

/// Joins what copies of one text describe in the same words, once in each.
pub(super) fn join_in_copies(linker: &mut Linker<'_>, sources: &Sources) {
    let mut described: Vec<((usize, NameClass, String), usize)> = Vec::new();
    for (i, fact) in linker.facts.iter().enumerate() {
        let source = sources.original(fact.document);
        if sources.has_copies(source) && fact.names.is_empty() && fact.entry.is_none() {
            let class = NameClass::of(&fact.entity_type);
            for text in fact.descriptions.keys() {
                described.push(((source, class, folded(text)), i));
            }
        }
    }
    for (_, chains) in order::gathered(described) {
        let facts = linker.facts;
        let once = chains.windows(2).all(|pair| facts[pair[0]].document != facts[pair[1]].document);
        for pair in chains.windows(2).filter(|_| once) {
            linker.join(pair[0], pair[1], String::new);
        }
    }
}

/// The part of a participant that may be joined.
fn part(role: Role, class: NameClass) -> Option<Part> {
    match (class, role) {
        // One report says that a hall was hit, another that people died in it.
        (NameClass::Facility, Role::Target | Role::Victim | Role::Place) => Some(Part::Hit),
        (NameClass::Group | NameClass::Body, Role::Perpetrator) => Some(Part::Doer),
        (NameClass::Group | NameClass::Body, Role::Target | Role::Victim) => Some(Part::Hit),
        (NameClass::Group | NameClass::Body, Role::Supporter) => Some(Part::Backer),
        (NameClass::Group | NameClass::Body, Role::Disruptor) => Some(Part::Stopper),
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
        .filter_map(|text| head_noun(text, &linker.pack.usage))
        .collect();
    order::unique(&mut heads);
    heads
}

/// What kind of building a chain is.
fn subtype(linker: &Linker<'_>, chain: usize) -> Vec<SmolStr> {
    let fact = &linker.facts[chain];
    let building = NameClass::of(&fact.entity_type) == NameClass::Facility;
    fact.subtype.iter().filter(|_| building).cloned().collect()
}
