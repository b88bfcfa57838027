//! The integration tests, one binary. Add a file and its `mod` line.

#![allow(clippy::unwrap_used)]
mod agreement;
mod architecture;
mod cases;
mod cli;
mod language;
mod document_scale;
mod linking_scale;
mod export;
mod gazetteer_data;
mod reading;
mod pack_data;
mod proof;
mod reports;
mod hostile_text;
mod interop;
