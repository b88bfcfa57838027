//! The layers of the networks, each in its file.

mod linear;
mod maxout;
mod tok2vec;
mod transition;

pub(super) use linear::Linear;
pub(super) use maxout::Maxout;
pub(super) use tok2vec::{Scratch, Tok2Vec};
pub(super) use transition::{Precomputed, TransitionScorer};
