//! People known by an office alone.

use smol_str::SmolStr;

use super::LinkingSieve;
use crate::linking::linker::{Linker, NameClass};
use crate::order;

/// Joins a person known only by an office ("the head of MI5") to the one person who is named as its
/// holder in these documents.
pub(super) struct Office;

impl LinkingSieve for Office {
    fn apply(&self, linker: &mut Linker<'_>) {
        // For each body its holders: the roots of people, with or without a name.
        let mut holders: Vec<(usize, usize)> = Vec::new();
        for (document, analysis) in linker.analyses.iter().enumerate() {
            for relation in analysis.relations.iter().filter(|r| r.relation == "leads") {
                if let (Some(person), Some(body)) = (
                    linker.chain_of(document, relation.subject),
                    linker.chain_of(document, relation.object),
                ) && linker.class(body) == NameClass::Body
                {
                    let (person, body) = (linker.root(person), linker.root(body));
                    holders.push((body, person));
                }
            }
        }
        let clusters = linker.clusters();
        // An office is no name, even where capitals make it look like one.
        let has_name = |root: usize| {
            clusters.get(&root).is_some_and(|c| {
                c.entry.is_some() || c.members.iter().any(|m| is_personal_name(linker, *m))
            })
        };
        let mut joins = Vec::new();
        for (body, mut people) in order::gathered(holders) {
            order::unique(&mut people);
            let (named, unnamed): (Vec<usize>, Vec<usize>) =
                people.into_iter().partition(|p| has_name(*p));
            if let [holder] = named.as_slice() {
                joins.extend(unnamed.into_iter().map(|p| (*holder, p, body)));
            }
        }
        for (holder, person, body) in joins {
            let (who, office) = (linker.shown_name(holder), linker.shown_name(person));
            let body = linker.shown_name(body);
            linker.join(holder, person, || {
                format!("{office:?}: {who:?} is the only head of {body:?} in these documents")
            });
        }
    }
}

/// Whether a chain is called by a name that is more than titles and the names of bodies.
fn is_personal_name(linker: &Linker<'_>, fact: usize) -> bool {
    linker.facts[fact].entity_type == "person"
        && linker.facts[fact].names.keys().any(|name| {
            let last = name.rsplit(' ').next().unwrap_or(name);
            let word = pack_word(last);
            linker.pack.lexicons.titles.get([linker.pack.vocabulary.id(&word)]).is_empty()
                && last.chars().next().is_some_and(char::is_uppercase)
        })
}

/// A word as the pack's vocabulary knows it.
fn pack_word(word: &str) -> SmolStr {
    crate::pack::fold_name(word).into_iter().next().unwrap_or_default()
}
