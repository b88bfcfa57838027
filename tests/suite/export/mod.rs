//! The exporters: goldens, round trips, safety.

pub(crate) mod synthetic;

mod goldens;
mod round_trips;
mod nasty;
