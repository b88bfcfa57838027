//! Sorting that is compiled once. The sort of the standard library is compiled anew for every type
//! and every comparison, some thousand instructions each; here both are called through a table, and
//! what is compiled for a list is how two of its items compare and how they change places. That
//! costs a few nanoseconds a comparison: where very many numbers are sorted, the standard sort
//! stays.
//!
//! Every sort is stable: what compares equal keeps its order.

use std::cmp::Ordering;

/// Items up to which a list is sorted in place, by insertion.
const FEW: usize = 20;

/// Sorts from the least to the greatest.
pub(crate) fn ascending<T: Ord>(items: &mut [T]) {
    by(items, T::cmp);
}

/// Sorts by what `key` gives for an item, from the least to the greatest.
pub(crate) fn by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    by(items, |a, b| key(a).cmp(&key(b)));
}

/// Sorts by a comparison, which must be a total order.
pub(crate) fn by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let count = items.len();
    if count > 1 {
        arrange(count, &mut List { items, compare });
    }
}

/// Sorts and removes what stands there twice.
pub(crate) fn unique<T: Ord>(items: &mut Vec<T>) {
    ascending(items);
    items.dedup();
}

/// What belongs to each key, in the order in which it was given, from the least key to the greatest.
pub(crate) fn gathered<K: Ord, V>(mut pairs: Vec<(K, V)>) -> Vec<(K, Vec<V>)> {
    by(&mut pairs, |a, b| a.0.cmp(&b.0));
    let mut groups: Vec<(K, Vec<V>)> = Vec::new();
    for (key, value) in pairs {
        match groups.last_mut() {
            Some((last, values)) if *last == key => values.push(value),
            _ => groups.push((key, vec![value])),
        }
    }
    groups
}

/// A list that can be sorted without knowing what it holds.
trait Arrange {
    fn compare(&self, a: usize, b: usize) -> Ordering;
    fn swap(&mut self, a: usize, b: usize);
}

struct List<'a, T, F> {
    items: &'a mut [T],
    compare: F,
}

impl<T, F: Fn(&T, &T) -> Ordering> Arrange for List<'_, T, F> {
    fn compare(&self, a: usize, b: usize) -> Ordering {
        (self.compare)(&self.items[a], &self.items[b])
    }

    fn swap(&mut self, a: usize, b: usize) {
        self.items.swap(a, b);
    }
}

fn arrange(count: usize, list: &mut dyn Arrange) {
    if count <= FEW {
        for end in 1..count {
            let mut at = end;
            while at > 0 && list.compare(at - 1, at) == Ordering::Greater {
                list.swap(at - 1, at);
                at -= 1;
            }
        }
        return;
    }
    // Where each item comes from; then every circle of items that take each other's places is
    // gone round once.
    let mut from: Vec<usize> = (0..count).collect();
    from.sort_by(|a, b| list.compare(*a, *b));
    for start in 0..count {
        let mut at = start;
        while from[at] != start {
            let next = std::mem::replace(&mut from[at], at);
            list.swap(at, next);
            at = next;
        }
        from[at] = at;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library(items in prop::collection::vec((0u8..9, any::<String>()), 0..60)) {
            let (mut ours, mut theirs) = (items.clone(), items.clone());
            ascending(&mut ours);
            theirs.sort();
            prop_assert_eq!(&ours, &theirs);
            // By a key that many share, so that only a stable sort gives the same.
            let (mut ours, mut theirs) = (items.clone(), items);
            by_key(&mut ours, |item| std::cmp::Reverse(item.0));
            theirs.sort_by_key(|item| std::cmp::Reverse(item.0));
            prop_assert_eq!(&ours, &theirs);
            let groups = gathered(ours.clone());
            prop_assert!(groups.is_sorted_by(|a, b| a.0 < b.0));
            for (key, values) in groups {
                let own: Vec<String> =
                    ours.iter().filter(|item| item.0 == key).map(|item| item.1.clone()).collect();
                prop_assert_eq!(values, own);
            }
        }
    }
}
