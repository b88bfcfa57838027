//! The adapters, one a benchmark.

pub(crate) mod muc4;
pub(crate) mod re3d;
