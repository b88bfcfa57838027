//! The analyst's word.

use rustc_hash::FxHashMap;

use super::LinkingSieve;
use crate::linking::linker::Linker;

/// Joins what the analyst says is one, even against the gazetteer.
pub(super) struct Forced;

impl LinkingSieve for Forced {
    fn apply(&self, linker: &mut Linker<'_>) {
        let pairs: Vec<(String, String)> =
            linker.same_as.forced().map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
        let mut bearers: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        bearers
            .extend(pairs.iter().flat_map(|(a, b)| [a, b]).map(|name| (name.clone(), Vec::new())));
        for (i, names) in linker.folded.iter().enumerate() {
            for name in names {
                if let Some(bearers) = bearers.get_mut(name) {
                    bearers.push(i);
                }
            }
        }
        for (a, b) in pairs {
            let all = [bearers[&a].as_slice(), &bearers[&b]].concat();
            for pair in all.windows(2) {
                linker.force(pair[0], pair[1], format!("the analyst says that {a:?} is {b:?}"));
            }
        }
    }
}
