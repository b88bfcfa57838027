//! Entries of the gazetteer: chains of one entry are one entity.

use rustc_hash::FxHashMap;

use super::LinkingSieve;
use crate::linking::linker::Linker;

/// Joins the chains of one entry; says why where they are called by different names.
pub(super) struct SameEntry;

impl LinkingSieve for SameEntry {
    fn apply(&self, linker: &mut Linker<'_>) {
        let mut first: FxHashMap<&str, usize> = FxHashMap::default();
        for (i, fact) in linker.facts.iter().enumerate() {
            let Some(entry) = fact.entry.as_deref() else { continue };
            let other = *first.entry(entry).or_insert(i);
            let shared = linker.folded[other].iter().any(|name| linker.folded[i].contains(name));
            let (here, there) = (linker.shown_name(other), linker.shown_name(i));
            let known = linker.pack.gazetteer.entry(entry).map(|entry| entry.name.clone());
            linker.join(other, i, || match known {
                Some(known) if !shared => {
                    format!("the pack knows {here:?} and {there:?} as names of {known:?}")
                }
                _ => String::new(),
            });
        }
    }
}
