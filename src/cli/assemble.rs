//! `corkboard assemble`: analyses to one graph.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use clap::Args;

use super::options::{GraphArgs, load_pack};
use super::{Outcome, summary, tell};
use corkboard::extraction::DocumentAnalysis;
use corkboard::pipeline::Assembler;

/// Arguments of `assemble`.
#[derive(Debug, Args)]
pub(super) struct AssembleArgs {
    /// Files that `corkboard extract` wrote; `-` for standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// A folder with a pack instead of the built-in one.
    #[arg(long, value_name = "DIR")]
    pack: Option<PathBuf>,
    #[command(flatten)]
    graph: GraphArgs,
}

pub(super) fn run(args: &AssembleArgs) -> anyhow::Result<Outcome> {
    let same_as = args.graph.same_as()?;
    let pack = load_pack(args.pack.as_deref())?;
    args.graph.prepare_output()?;
    let mut assembler = Assembler::new(&pack);
    let mut failed = 0;
    for path in &args.files {
        if let Err(error) = read_analyses(path, &mut assembler, &mut failed) {
            tell(format_args!("{}: {error}", path.display()));
            failed += 1;
        }
    }
    anyhow::ensure!(!assembler.is_empty(), "no analysis could be read; nothing is written");
    let graph = assembler.finish(&args.graph.name, &same_as);
    let (graph, written) = args.graph.write(graph, &pack)?;
    summary::print(&graph, None, &written)?;
    Ok(if failed == 0 { Outcome::Done } else { Outcome::Incomplete })
}

/// Reads a file of analyses; says which lines are none, and counts them.
fn read_analyses(
    path: &Path,
    assembler: &mut Assembler<'_>,
    failed: &mut usize,
) -> std::io::Result<()> {
    let reader: Box<dyn BufRead> = if path.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(path)?))
    };
    for (i, line) in reader.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<DocumentAnalysis>(&line)
            .map_err(|error| error.to_string())
            .and_then(|analysis| analysis.checked())
        {
            Ok(analysis) => assembler.add(analysis),
            Err(error) => {
                tell(format_args!("{}:{}: not an analysis: {error}", path.display(), i + 1));
                *failed += 1;
            }
        }
    }
    Ok(())
}
