//! The analyst's word.

use super::LinkingSieve;
use crate::linking::linker::Linker;

/// Joins what the analyst says is one, even against the gazetteer.
pub(super) struct Forced;

impl LinkingSieve for Forced {
    fn apply(&self, linker: &mut Linker<'_>) {
        let pairs: Vec<(String, String)> =
            linker.same_as.forced().map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
        for (a, b) in pairs {
            let bearers = |name: &str| -> Vec<usize> {
                (0..linker.facts.len())
                    .filter(|i| linker.folded[*i].iter().any(|n| n == name))
                    .collect()
            };
            let all = [bearers(&a), bearers(&b)].concat();
            for pair in all.windows(2) {
                linker.force(pair[0], pair[1], format!("the analyst says that {a:?} is {b:?}"));
            }
        }
    }
}
