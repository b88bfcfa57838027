//! Acronyms: a body known by one alone, and the one body whose name has those initials.

use rustc_hash::FxHashMap;

use super::LinkingSieve;
use crate::linking::linker::{Linker, NameClass};
use crate::linking::names::{initials, is_acronym};
use crate::order;

/// Joins a chain known by an acronym alone to the one body in these documents whose name has those
/// initials.
pub(super) struct Initials;

impl LinkingSieve for Initials {
    fn apply(&self, linker: &mut Linker<'_>) {
        let clusters = linker.clusters();
        let mut expansions: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (root, cluster) in &clusters {
            if linker.class(*root) != NameClass::Body {
                continue;
            }
            let mut keys: Vec<String> = cluster
                .members
                .iter()
                .flat_map(|m| linker.facts[*m].names.keys())
                .filter(|name| name.contains(' '))
                .map(|name| initials(name))
                .filter(|key| key.len() >= 3)
                .collect();
            order::unique(&mut keys);
            for key in keys {
                expansions.entry(key).or_default().push(*root);
            }
        }
        for (root, cluster) in &clusters {
            let fact = &linker.facts[*root];
            let acronym = cluster.names.len() == 1
                && cluster.entry.is_none()
                && fact.names.keys().next().is_some_and(|name| is_acronym(name));
            if linker.class(*root) != NameClass::Body || !acronym {
                continue;
            }
            if let Some([expansion]) = expansions.get(&cluster.names[0]).map(Vec::as_slice)
                && expansion != root
            {
                let (short, long) = (&cluster.names[0], *expansion);
                let long_name = linker.facts[long].names.keys().next().cloned().unwrap_or_default();
                let reason = format!(
                    "{:?} has the initials of {long_name:?}, the only such body in these documents",
                    short.to_uppercase()
                );
                linker.join(long, *root, || reason);
            }
        }
    }
}
