//! Disjoint sets with the reason of every union (Tarjan 1975).

/// Disjoint sets of the indices `0..n`; the smallest member of a set represents it, so that the
/// result does not depend on the order of unions.
#[derive(Clone, Debug)]
pub(super) struct DisjointSets {
    parent: Vec<u32>,
}

impl DisjointSets {
    pub(super) fn new(n: usize) -> Self {
        Self { parent: (0..n as u32).collect() }
    }

    pub(super) fn find(&mut self, index: usize) -> usize {
        let mut root = index;
        while self.parent[root] as usize != root {
            root = self.parent[root] as usize;
        }
        let mut at = index;
        while self.parent[at] as usize != root {
            at = std::mem::replace(&mut self.parent[at], root as u32) as usize;
        }
        root
    }

    /// Joins two sets; `false` where they were one already.
    pub(super) fn union(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.find(a), self.find(b));
        self.parent[a.max(b)] = a.min(b) as u32;
        a != b
    }
}
