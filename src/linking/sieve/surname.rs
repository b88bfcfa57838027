//! People known by one word.

use rustc_hash::FxHashMap;

use super::LinkingSieve;
use crate::linking::linker::Linker;
use crate::order;

/// Joins a person known by one word to the one person in these documents who bears it last; where
/// nobody does, equal words are one person.
pub(super) struct Surname;

impl LinkingSieve for Surname {
    fn apply(&self, linker: &mut Linker<'_>) {
        let clusters = linker.clusters();
        let mut bearers: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        let facts = linker.facts;
        let is_person = |root: usize| facts[root].entity_type == "person";
        for (root, cluster) in clusters.iter().filter(|(root, _)| is_person(**root)) {
            let mut surnames: Vec<&str> = cluster
                .names
                .iter()
                .filter_map(|name| name.rsplit_once(' ').map(|(_, surname)| surname))
                .collect();
            order::unique(&mut surnames);
            for surname in surnames {
                bearers.entry(surname).or_default().push(*root);
            }
        }
        let mut joins = Vec::new();
        for (root, cluster) in clusters.iter().filter(|(root, _)| is_person(**root)) {
            if let [name] = cluster.names.as_slice()
                && !name.contains(' ')
            {
                match bearers.get(name.as_str()).map(Vec::as_slice) {
                    Some([bearer]) => joins.push((*bearer, *root, Some(name.clone()))),
                    Some(_) => {}
                    None => joins.extend(cluster.members.iter().map(|m| (*root, *m, None))),
                }
            }
        }
        // Chains of one word that nobody bears as a surname: equal words are one person.
        let mut lone: FxHashMap<&str, usize> = FxHashMap::default();
        for (root, cluster) in clusters.iter().filter(|(root, _)| is_person(**root)) {
            if let [name] = cluster.names.as_slice()
                && !name.contains(' ')
                && !bearers.contains_key(name.as_str())
            {
                let first = *lone.entry(name).or_insert(*root);
                joins.push((first, *root, None));
            }
        }
        for (a, b, surname) in joins {
            linker.join(a, b, || {
                surname.map_or_else(String::new, |surname| {
                    format!("one person in these documents bears the surname {surname:?}")
                })
            });
        }
    }
}
