//! Descriptions that say all there is: threats, kinds of equipment, people of a nationality.

use rustc_hash::FxHashMap;

use super::LinkingSieve;
use crate::linking::linker::{Linker, NameClass};
use crate::linking::names::folded;

/// Threats and kinds of equipment are their words: equal descriptions are one node. People
/// described by a nationality or an affiliation ("Russian diplomats") are one set as well;
/// "gunmen" of two documents are not.
pub(super) struct SameDescription;

impl LinkingSieve for SameDescription {
    fn apply(&self, linker: &mut Linker<'_>) {
        let mut first: FxHashMap<(NameClass, String), usize> = FxHashMap::default();
        for (i, fact) in linker.facts.iter().enumerate() {
            if fact.entry.is_some() || !fact.names.is_empty() {
                continue;
            }
            let class = NameClass::of(&fact.entity_type);
            for description in fact.descriptions.keys() {
                let telling = match class {
                    NameClass::Equipment | NameClass::Threat => true,
                    NameClass::Group => names_someone(description),
                    _ => false,
                };
                if telling {
                    let key = (class, folded(description));
                    let other = *first.entry(key).or_insert(i);
                    linker.join(other, i, String::new);
                }
            }
        }
    }
}

/// Whether a description holds a capitalised word after its first: "suspected Russian spies".
fn names_someone(description: &str) -> bool {
    let capital = |w: &str| w.chars().next().is_some_and(char::is_uppercase);
    let words: Vec<&str> = description.split(' ').collect();
    words.len() > 1
        && words.iter().any(|w| capital(w))
        && !words.iter().any(|w| w.chars().any(|c| c.is_ascii_digit()))
}
