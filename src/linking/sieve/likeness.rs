//! Misspelt and misread names.

use rustc_hash::{FxHashMap, FxHashSet};

use super::LinkingSieve;
use crate::linking::linker::{Cluster, Linker, NameClass};
use crate::linking::names::deconfused;
use crate::order;

/// Joins names a letter apart, or with a digit for a letter, of one class, that keep company with
/// the same entities.
pub(super) struct Likeness;

/// A block of this many names is a common word, no name misread: it is not compared.
const LARGEST_BLOCK: usize = 50;

/// In how many documents the company of an entity is looked at.
const DOCUMENTS: usize = 24;

/// How many entities of one document are looked at.
const COMPANY: usize = 400;

impl LinkingSieve for Likeness {
    fn apply(&self, linker: &mut Linker<'_>) {
        let clusters = linker.clusters();
        let mut blocks: FxHashMap<(NameClass, String), Vec<(usize, &str)>> = FxHashMap::default();
        for (root, cluster) in &clusters {
            let class = linker.class(*root);
            if matches!(class, NameClass::Person | NameClass::Body | NameClass::Territory) {
                for name in &cluster.names {
                    for key in keys(name) {
                        blocks.entry((class, key)).or_default().push((*root, name));
                    }
                }
            }
        }
        blocks.retain(|_, block| (2..=LARGEST_BLOCK).contains(&block.len()));
        let mut pairs: Vec<(usize, usize, &str, &str)> = Vec::new();
        for block in blocks.values() {
            for (i, (a, name_a)) in block.iter().enumerate() {
                let others = block[i + 1..].iter().filter(|(b, _)| b != a);
                pairs.extend(
                    others
                        .filter(|(b, _)| clusters[a].entry.is_none() || clusters[b].entry.is_none())
                        .filter(|(_, name_b)| alike(name_a, name_b))
                        .map(|(b, name_b)| (*a, *b, *name_a, *name_b)),
                );
            }
        }
        if pairs.is_empty() {
            return;
        }
        order::unique(&mut pairs);
        let mut entities_of: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for (root, cluster) in &clusters {
            for document in &cluster.documents {
                entities_of.entry(*document).or_default().push(*root);
            }
        }
        let mut known: FxHashMap<usize, FxHashSet<usize>> = FxHashMap::default();
        for (a, b, x, y) in pairs {
            for root in [a, b] {
                known.entry(root).or_insert_with(|| company(&clusters[&root], &entities_of));
            }
            if share_company(&known[&a], &known[&b], a, b) {
                linker.join(a, b, || {
                    format!("{x:?} and {y:?} are one letter apart and keep the same company")
                });
            }
        }
    }
}

/// The keys by which names that may be alike meet: what is left when letters and digits of one
/// look are one and, for one letter apart, either half of the name.
fn keys(name: &str) -> Vec<String> {
    let mut keys = vec![deconfused(name)];
    let length = name.chars().count();
    if length >= 6 {
        let half = name.char_indices().nth(length / 2).map_or(0, |x| x.0);
        keys.push(format!("<{}", &name[..half]));
        keys.push(format!(">{}", &name[half..]));
        // A letter more or less in the first half moves the middle by one.
        let next = name.char_indices().nth(length / 2 + 1).map_or(name.len(), |x| x.0);
        keys.push(format!(">{}", &name[next..]));
        keys.push(format!("<{}", &name[..next]));
    }
    keys
}

/// Whether two folded names are one letter apart (from six letters on) or differ only by
/// characters that scanning confuses.
fn alike(a: &str, b: &str) -> bool {
    if a == b {
        return false;
    }
    let digits = |s: &str| s.chars().any(|c| c.is_ascii_digit());
    // A number is part of the name: the 5th Corps is not the 6th. A digit for a letter is not.
    if deconfused(a) == deconfused(b) && digits(a) != digits(b) {
        return true;
    }
    if deconfused(a) == deconfused(b) {
        let strip = |s: &str| s.chars().filter(char::is_ascii_digit).count();
        return strip(a) != strip(b);
    }
    let shortest = a.chars().count().min(b.chars().count());
    shortest >= 6
        && !digits(a)
        && !digits(b)
        && a.split(' ').count() == b.split(' ').count()
        && strsim::osa_distance(a, b) == 1
        // A plural, and the ends that tell sisters from brothers, are no slips.
        && a.split(' ').zip(b.split(' ')).all(|(x, y)| x == y || stem(x) != stem(y))
}

/// A folded word without the endings that number and gender give.
fn stem(word: &str) -> &str {
    word.trim_end_matches('s').trim_end_matches(['a', 'o', 'e'])
}

/// The entities beside which a cluster appears, in a bounded number of documents and of entities.
fn company(cluster: &Cluster, entities_of: &FxHashMap<usize, Vec<usize>>) -> FxHashSet<usize> {
    cluster
        .documents
        .iter()
        .take(DOCUMENTS)
        .filter_map(|document| entities_of.get(document))
        .flat_map(|entities| entities.iter().take(COMPANY))
        .copied()
        .collect()
}

/// Whether two clusters appear beside the same third entities, in one document or in two.
fn share_company(x: &FxHashSet<usize>, y: &FxHashSet<usize>, a: usize, b: usize) -> bool {
    let third = |entity: &&usize| **entity != a && **entity != b;
    let shared = x.intersection(y).filter(third).count();
    let fewest = x.iter().filter(third).count().min(y.iter().filter(third).count());
    shared >= 2 && shared * 4 >= fewest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misread_names() {
        assert!(alike("m15", "mi5"));
        assert!(alike("mccallum", "mccalum"));
        assert!(!alike("5th corps", "6th corps"));
        assert!(!alike("iran", "iraq"));
        assert!(!alike("mario", "maria"));
        assert!(!alike("francisco", "francisca"), "a letter for a letter at the end");
        assert!(!alike("francisco almeida", "francisca almeida"), "of any word");
    }

    #[test]
    fn names_that_are_alike_share_a_key() {
        for (a, b) in [
            ("mccallum", "mccalum"),
            ("karsten", "carsten"),
            ("harbour watch", "harbor watch"),
            ("m15", "mi5"),
        ] {
            assert!(alike(a, b), "{a} {b}");
            assert!(keys(a).iter().any(|key| keys(b).contains(key)), "{a} {b}");
        }
    }
}
