//! Fuller names of people.

use rustc_hash::FxHashMap;

use super::LinkingSieve;
use crate::linking::linker::{Cluster, Linker, NameClass};

/// Joins "Ann Lee" to "Annabel Jane Lee": the same last word, and the first names of one are found
/// in the other, whole or shortened. Only where one longer name fits.
pub(super) struct LongerPersonName;

impl LinkingSieve for LongerPersonName {
    fn apply(&self, linker: &mut Linker<'_>) {
        let clusters = linker.clusters();
        let people: Vec<(usize, &Cluster)> = clusters
            .iter()
            .filter(|(root, _)| linker.class(**root) == NameClass::Person)
            .map(|(root, cluster)| (*root, cluster))
            .collect();
        // By last word and each other word of a name, whole and its first letters.
        let mut by_words: FxHashMap<(&str, &str), Vec<(usize, &str)>> = FxHashMap::default();
        for (root, cluster) in &people {
            for name in &cluster.names {
                let Some((given, surname)) = name.rsplit_once(' ') else { continue };
                for word in given.split(' ') {
                    for key in [word, beginning(word)] {
                        let bearers = by_words.entry((surname, key)).or_default();
                        if bearers.last() != Some(&(*root, name)) {
                            bearers.push((*root, name));
                        }
                    }
                }
            }
        }
        for (root, cluster) in &people {
            for name in &cluster.names {
                let Some((given, surname)) = name.rsplit_once(' ') else { continue };
                // Of the words that a longer name must have the one that fewest have.
                let rarest = given
                    .split(' ')
                    .filter_map(|word| by_words.get(&(surname, beginning(word))))
                    .min_by_key(|bearers| bearers.len());
                let mut fitting = rarest
                    .into_iter()
                    .flatten()
                    .filter(|(other, longer)| other != root && extends_name(longer, name));
                let Some((other, longer)) = fitting.next() else { continue };
                if fitting.all(|(another, _)| another == other) {
                    let reason = format!(
                        "{name:?} shortens {longer:?}, the only such name in these documents"
                    );
                    linker.join(*other, *root, || reason);
                }
            }
        }
    }
}

/// The first three letters of a word, by which its long form is found.
fn beginning(word: &str) -> &str {
    word.char_indices().nth(3).map_or(word, |(at, _)| &word[..at])
}

/// Whether folded name `longer` says more than `shorter` and contradicts nothing of it: equal
/// last words, and every other word of the shorter is, in order, one of the longer or its
/// beginning of at least three letters.
fn extends_name(longer: &str, shorter: &str) -> bool {
    if longer.len() <= shorter.len() {
        return false;
    }
    let (long, short): (Vec<&str>, Vec<&str>) =
        (longer.split(' ').collect(), shorter.split(' ').collect());
    if long.last() != short.last() || short.len() < 2 || short.len() > long.len() {
        return false;
    }
    let mut rest = long[..long.len() - 1].iter();
    short[..short.len() - 1]
        .iter()
        .all(|word| rest.any(|other| other == word || (word.len() >= 3 && other.starts_with(word))))
}

#[cfg(test)]
mod tests {
    use super::extends_name;

    #[test]
    fn longer_names_of_one_person() {
        assert!(extends_name("kenneth mccallum", "ken mccallum"));
        assert!(extends_name("luis arturo isaacs", "luis isaacs"));
        assert!(!extends_name("maria lopez", "mario lopez"));
        assert!(!extends_name("john smith", "jane smith"));
        assert!(!extends_name("anna lee", "lee"));
    }
}
