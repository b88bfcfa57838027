//! `corkboard check-pack [DIR]`: whether a pack holds what it should, and whether its frames do
//! what their examples say.

use std::path::PathBuf;

use clap::Args;

use super::options::{load_pack, write_out};
use super::{Outcome, tell};
use corkboard::extraction::check_examples;
use corkboard::text::LanguageModel;

/// Arguments of `check-pack`.
#[derive(Debug, Args)]
pub(super) struct CheckPackArgs {
    /// The folder of the pack; the built-in one without it.
    folder: Option<PathBuf>,
}

pub(super) fn run(args: &CheckPackArgs) -> anyhow::Result<Outcome> {
    let pack = load_pack(args.folder.as_deref())?;
    let model = LanguageModel::builtin()?;
    let report = check_examples(&pack, &model);
    for failure in &report.failures {
        tell(failure);
    }
    write_out(&format!(
        "{} names, {} frames, {} examples, {} problems\n",
        pack.gazetteer.entries().len(),
        pack.frames.frames.len(),
        report.run,
        report.failures.len()
    ))?;
    Ok(if report.failures.is_empty() { Outcome::Done } else { Outcome::Incomplete })
}
