//! `corkboard extract`: documents to analyses, one a line, streamed.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::Args;
use indicatif::ProgressBar;
use rayon::prelude::*;

use super::options::{AnalystArgs, InputArgs};
use super::progress;
use super::{Outcome, tell};
use corkboard::document::{InputItem, Inputs, RawDocument, ReadOptions};
use corkboard::export::write_atomically;
use corkboard::extraction::DocumentAnalysis;
use corkboard::pipeline::Analyst;

/// Arguments of `extract`.
#[derive(Debug, Args)]
pub(super) struct ExtractArgs {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    analyst: AnalystArgs,
    /// Where to write; standard output without it.
    #[arg(short, long, value_name = "FILE.jsonl")]
    output: Option<PathBuf>,
}

/// Documents in memory at one time, for each thread: enough to keep all threads busy, few enough
/// that memory does not grow with the corpus.
const IN_FLIGHT: usize = 16;

/// What became of the inputs.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) documents: usize,
    pub(super) words: usize,
    pub(super) sentences: usize,
    /// Files that are no documents, with the reason.
    pub(super) skipped: Vec<(String, String)>,
    /// Inputs that should have been read and could not.
    pub(super) failed: Vec<String>,
}

impl Tally {
    /// Says on standard error what was skipped, for the commands that end without a table.
    fn tell_skipped(&self) {
        for (path, reason) in &self.skipped {
            tell(format_args!("skipped {path}: {reason}"));
        }
    }

    pub(super) fn outcome(&self) -> Outcome {
        if self.failed.is_empty() { Outcome::Done } else { Outcome::Incomplete }
    }
}

pub(super) fn run(args: &ExtractArgs) -> anyhow::Result<Outcome> {
    let options = args.input.read_options()?;
    // Never freed: the process ends with it, and giving back its many small parts takes time.
    let analyst = Box::leak(Box::new(args.analyst.analyst()?));
    let bar = if args.output.is_some() { progress::documents() } else { ProgressBar::hidden() };
    let mut tally = Tally::default();
    let mut extract = |out: &mut dyn Write| {
        tally = analyse_inputs(&args.input, &options, analyst, &bar, |analysis| {
            serde_json::to_writer(&mut *out, &analysis).map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
            Ok(())
        })?;
        anyhow::Ok(())
    };
    match &args.output {
        Some(path) => write_atomically(path, extract)?,
        None => {
            let mut out = BufWriter::new(std::io::stdout().lock());
            let done = extract(&mut out);
            done.and(out.flush().map_err(anyhow::Error::from))?;
        }
    }
    bar.finish_and_clear();
    tally.tell_skipped();
    Ok(tally.outcome())
}

/// Reads the inputs, analyses them on all threads and hands the analyses on in order.
pub(super) fn analyse_inputs(
    input: &InputArgs,
    options: &ReadOptions,
    analyst: &Analyst,
    bar: &ProgressBar,
    mut take: impl FnMut(DocumentAnalysis) -> anyhow::Result<()>,
) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    let mut inputs = Inputs::new(&input.paths(), options);
    let batch_size = IN_FLIGHT * rayon::current_num_threads();
    let mut batch: Vec<RawDocument> = Vec::with_capacity(batch_size);
    loop {
        let item = inputs.next();
        let ended = item.is_none();
        match item {
            Some(InputItem::Document(raw)) => batch.push(*raw),
            Some(InputItem::Skipped { path, reason }) => tally.skipped.push((path, reason)),
            Some(InputItem::Failed(error)) => {
                bar.suspend(|| tell(&error));
                tally.failed.push(error.to_string());
            }
            Some(InputItem::Warning(text)) => {
                bar.suspend(|| tell(format_args!("warning: {text}")));
            }
            None => {}
        }
        if batch.len() == batch_size || (ended && !batch.is_empty()) {
            let mut analysed = Vec::new();
            std::mem::take(&mut batch)
                .into_par_iter()
                .map(|raw| {
                    let result = raw
                        .read(&analyst.pack().furniture, options)
                        .map(|document| analyst.analyse(&document));
                    bar.inc(1);
                    result
                })
                .collect_into_vec(&mut analysed);
            for result in analysed {
                match result {
                    Ok(analysis) => {
                        report(&analysis, input.verbose, bar);
                        tally.documents += 1;
                        tally.words += analysis.words;
                        tally.sentences += analysis.sentences;
                        take(analysis)?;
                    }
                    Err(error) => {
                        bar.suspend(|| tell(&error));
                        tally.failed.push(error.to_string());
                    }
                }
            }
        }
        if ended {
            return Ok(tally);
        }
    }
}

/// Says what was repaired in a document, and what was cut from it if that is asked for.
fn report(analysis: &DocumentAnalysis, verbose: bool, bar: &ProgressBar) {
    bar.suspend(|| {
        for warning in &analysis.warnings {
            tell(format_args!("warning: {}: {warning}", analysis.path));
        }
        if verbose {
            for cut in &analysis.furniture {
                tell(format_args!(
                    "{}: cut {}..{} as {:?}",
                    analysis.path, cut.begin, cut.end, cut.reason
                ));
            }
        }
    });
}
