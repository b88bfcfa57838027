//! Ways through the tree of a sentence. The iterators are types of their own rather than chains of
//! closures, so that each of the hundreds of places that ask for dependents compiles to one loop.

use super::{Dep, Token};

/// The dependents of every token.
#[derive(Clone, Debug, Default)]
pub(super) struct Children {
    /// Where the dependents of a token begin; those of the next one begin where they end.
    starts: Vec<u32>,
    children: Vec<u32>,
}

impl Children {
    /// Turns the heads round. They must be valid indices.
    pub(super) fn of(tokens: &[Token]) -> Self {
        let mut starts = vec![0u32; tokens.len() + 1];
        for (i, token) in tokens.iter().enumerate() {
            if token.head as usize != i {
                starts[token.head as usize + 1] += 1;
            }
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut children = vec![0u32; starts[tokens.len()] as usize];
        for (i, token) in tokens.iter().enumerate() {
            if token.head as usize != i {
                let slot = &mut next[token.head as usize];
                children[*slot as usize] = i as u32;
                *slot += 1;
            }
        }
        Self { starts, children }
    }

    /// The dependents of one token, in text order.
    pub(super) fn row(&self, token: usize) -> &[u32] {
        &self.children[self.starts[token] as usize..self.starts[token + 1] as usize]
    }
}

/// The direct dependents of a token, in text order; of some kinds only, where it is told which.
#[derive(Clone, Debug)]
pub struct Dependents<'s> {
    pub(super) rest: std::slice::Iter<'s, u32>,
    pub(super) tokens: &'s [Token],
    pub(super) by: Option<&'s [Dep]>,
}

impl Dependents<'_> {
    fn fits(&self, child: usize) -> bool {
        self.by.is_none_or(|deps| deps.contains(&self.tokens[child].dep))
    }
}

impl Iterator for Dependents<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while let Some(child) = self.rest.next() {
            if self.fits(*child as usize) {
                return Some(*child as usize);
            }
        }
        None
    }
}

impl DoubleEndedIterator for Dependents<'_> {
    fn next_back(&mut self) -> Option<usize> {
        while let Some(child) = self.rest.next_back() {
            if self.fits(*child as usize) {
                return Some(*child as usize);
            }
        }
        None
    }
}

/// The tokens from a token up to its root.
#[derive(Clone, Debug)]
pub struct Ancestry<'s> {
    pub(super) tokens: &'s [Token],
    pub(super) next: Option<usize>,
    /// Tokens still to be given: heads that go round in a circle end somewhere.
    pub(super) left: usize,
}

impl Iterator for Ancestry<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let token = self.next?;
        self.left = self.left.checked_sub(1)?;
        let head = self.tokens[token].head as usize;
        self.next = (head != token).then_some(head);
        Some(token)
    }
}
