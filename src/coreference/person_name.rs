//! People: a family name, or a name with a title, to the full name.

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::CoreferenceSieve;
use super::resolution::Resolution;
use crate::mention::MentionForm;
use crate::order;
use crate::pack::fold_name;

/// Joins shorter names of people to the one longer name that they fit.
pub(super) struct PersonName;

impl CoreferenceSieve for PersonName {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        let people: Vec<(usize, Vec<SmolStr>)> = (0..resolution.mentions.len())
            .filter(|m| {
                let mention = &resolution.mentions[*m];
                mention.entity_type == "person" && mention.form == MentionForm::Name
            })
            .map(|m| (m, fold_name(resolution.text.slice(resolution.mentions[m].name_tokens()))))
            .collect();
        let by_family = by_family(resolution, &people);
        let longest = people.iter().map(|(_, name)| name.len()).max().unwrap_or_default();
        for (mention, name) in &people {
            let Some(family) = name.last() else { continue };
            let fuller = (name.len() + 1..=longest)
                .filter_map(|words| by_family.get(&(family, words)))
                .flatten();
            let mut fitting: Vec<usize> = fuller
                .take(MOST)
                .map(|at| &people[*at])
                .filter(|(other, full)| {
                    extends(full, name) && resolution.may_join(*mention, *other)
                })
                .map(|(other, _)| *other)
                .collect();
            order::ascending(&mut fitting);
            let Some(first) = fitting.first().copied() else { continue };
            let chain = resolution.chain_number(first);
            if fitting.iter().all(|other| resolution.chain_number(*other) == chain) {
                resolution.join(*mention, first, "sieve:person-name");
            }
        }
    }
}

/// How many fuller names of one family a name is compared with: who shares it with more people is
/// told from them by other words.
const MOST: usize = 256;

/// The names of people by each word that may be their family name, and by how many words they
/// have; in text order, of the same name in one chain the first.
fn by_family<'n>(
    resolution: &Resolution<'_, '_>,
    people: &'n [(usize, Vec<SmolStr>)],
) -> FxHashMap<(&'n SmolStr, usize), Vec<usize>> {
    let mut by_family: FxHashMap<(&SmolStr, usize), Vec<usize>> = FxHashMap::default();
    let mut seen: FxHashSet<(&[SmolStr], usize)> = FxHashSet::default();
    for (at, (mention, name)) in people.iter().enumerate() {
        if !seen.insert((name, resolution.chain_number(*mention))) {
            continue;
        }
        let second = first_family_name(name).filter(|word| Some(*word) != name.last());
        for family in name.last().into_iter().chain(second) {
            by_family.entry((family, name.len())).or_default().push(at);
        }
    }
    by_family
}

/// Whether `full` is a fuller form of `name`: the same family name, and the words of `name` in
/// their order. A given name alone is not enough. Of two family names, as in Spanish and
/// Portuguese, the first may stand alone: `Pablo Escobar` is `Pablo Escobar Gaviria`.
fn extends(full: &[SmolStr], name: &[SmolStr]) -> bool {
    let (Some(last), Some(family)) = (name.last(), full.last()) else { return false };
    let mut words = full.iter();
    (last == family || first_family_name(full) == Some(last))
        && name.iter().filter(|w| *w != "al").all(|word| words.any(|w| fits(w, word)))
}

/// The last but one of at least three names.
fn first_family_name(full: &[SmolStr]) -> Option<&SmolStr> {
    full.len().checked_sub(2).filter(|at| *at > 0).map(|at| &full[at])
}

/// Whether two words of given names may be one: equal, an initial of it, or a short form that
/// starts it.
fn fits(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short == long || long.starts_with(short) && (short.len() == 1 || short.len() >= 3)
}

/// Whether two names may be of one person: one extends the other, or the family names are equal,
/// and given names, where both have them, fit.
pub(super) fn compatible(a: &[SmolStr], b: &[SmolStr]) -> bool {
    let (Some(family_a), Some(family_b)) = (a.last(), b.last()) else { return true };
    if extends(a, b) || extends(b, a) {
        return true;
    }
    if family_a != family_b {
        return false;
    }
    match (a.first().filter(|_| a.len() > 1), b.first().filter(|_| b.len() > 1)) {
        (Some(given_a), Some(given_b)) if given_a != "al" && given_b != "al" => {
            fits(given_a, given_b)
        }
        _ => true,
    }
}
