//! Names: the same gazetteer entry, or the same words once folded.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::CoreferenceSieve;
use super::resolution::{Resolution, is_value};
use crate::mention::MentionForm;
use crate::pack::fold_name;

/// Mentions of one entry of the gazetteer.
pub(super) struct SameEntry;

impl CoreferenceSieve for SameEntry {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        let mut first: FxHashMap<SmolStr, usize> = FxHashMap::default();
        for mention in 0..resolution.mentions.len() {
            if is_value(&resolution.mentions[mention]) {
                continue;
            }
            let Some(entry) = resolution.chain(mention).entry.clone() else { continue };
            match first.get(&entry) {
                Some(antecedent) => {
                    resolution.join(mention, *antecedent, "sieve:same-entry");
                }
                None => {
                    first.insert(entry, mention);
                }
            }
        }
    }
}

/// Names that are the same once folded.
pub(super) struct SameName;

impl CoreferenceSieve for SameName {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        let mut earlier: FxHashMap<Vec<SmolStr>, Vec<usize>> = FxHashMap::default();
        for mention in 0..resolution.mentions.len() {
            let here = &resolution.mentions[mention];
            if here.form != MentionForm::Name || is_value(here) {
                continue;
            }
            let mut name = fold_name(resolution.text.slice(here.name_tokens()));
            // The article and a possessive mark do not make another name.
            if name.last().is_some_and(|word| word == "s") {
                name.pop();
            }
            if name.len() > 1 && name[0] == "al" {
                name.remove(0);
            }
            let antecedents = earlier.entry(name).or_default();
            if !antecedents
                .iter()
                .any(|antecedent| resolution.join(mention, *antecedent, "sieve:same-name"))
            {
                antecedents.push(mention);
            }
        }
    }
}
