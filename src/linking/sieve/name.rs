//! Names: chains that share one, once folded.

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::LinkingSieve;
use crate::linking::linker::{Linker, NameClass};
use crate::order;

/// Joins chains of one class that share a folded name. A name that two gazetteer entries use in
/// these documents is ambiguous and joins nothing; one word is no full name of a person.
pub(super) struct SameName;

impl LinkingSieve for SameName {
    fn apply(&self, linker: &mut Linker<'_>) {
        let mut holders: FxHashMap<(NameClass, &str), Vec<usize>> = FxHashMap::default();
        let folded = std::mem::take(&mut linker.folded);
        for (i, names) in folded.iter().enumerate() {
            let class = NameClass::of(&linker.facts[i].entity_type);
            for name in names {
                let lone_name = class == NameClass::Person
                    && !name.contains(' ')
                    && linker.facts[i].entry.is_none();
                let has_full_name = names.iter().any(|n| n.contains(' '));
                if !(lone_name && has_full_name)
                    && (class != NameClass::Person || name.contains(' '))
                {
                    holders.entry((class, name)).or_default().push(i);
                }
            }
        }
        let mut keys: Vec<_> = holders.keys().copied().collect();
        order::ascending(&mut keys);
        for key in keys {
            let holders = &holders[&key];
            let entries: FxHashSet<&SmolStr> =
                holders.iter().filter_map(|i| linker.facts[*i].entry.as_ref()).collect();
            if entries.len() > 1 {
                continue;
            }
            for pair in holders.windows(2) {
                linker.join(pair[0], pair[1], String::new);
            }
        }
        linker.folded = folded;
    }
}
