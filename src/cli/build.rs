//! `corkboard build`: the main job.

use clap::Args;

use super::extract::analyse_inputs;
use super::options::{AnalystArgs, GraphArgs, InputArgs};
use super::{Outcome, progress, summary};
use corkboard::pipeline::Assembler;

/// Arguments of `build`.
#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    analyst: AnalystArgs,
    #[command(flatten)]
    graph: GraphArgs,
}

pub(super) fn run(args: &BuildArgs) -> anyhow::Result<Outcome> {
    let options = args.input.read_options()?;
    let same_as = args.graph.same_as()?;
    // Never freed: the process ends with it, and giving back its many small parts takes time.
    let analyst = Box::leak(Box::new(args.analyst.analyst()?));
    args.graph.prepare_output()?;
    let bar = progress::documents();
    let mut assembler = Assembler::new(analyst.pack());
    let tally = analyse_inputs(&args.input, &options, analyst, &bar, |analysis| {
        assembler.add(analysis);
        Ok(())
    })?;
    bar.finish_and_clear();
    anyhow::ensure!(
        !assembler.is_empty(),
        "no document could be read; nothing is written{}",
        summary::why_nothing(&tally)
    );
    let graph = assembler.finish(&args.graph.name, &same_as);
    let (graph, written) = args.graph.write(graph, analyst.pack())?;
    summary::print(&graph, Some(&tally), &written)?;
    Ok(tally.outcome())
}
