//! The adapters, one a benchmark.

pub mod muc4;
pub mod re3d;
