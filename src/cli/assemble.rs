//! `corkboard assemble`: analyses to one graph.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use super::options::{GraphArgs, load_pack};
use super::{Outcome, summary};
use crate::extraction::DocumentAnalysis;
use crate::pipeline::Assembler;

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
    let mut assembler = Assembler::new(&pack);
    let mut failed = 0;
    for path in &args.files {
        let name = path.display();
        let reader: Box<dyn BufRead> = if path.as_os_str() == "-" {
            Box::new(std::io::stdin().lock())
        } else {
            let file = File::open(path).with_context(|| format!("cannot read {name}"))?;
            Box::new(BufReader::new(file))
        };
        for (i, line) in reader.lines().enumerate() {
            let line = line.with_context(|| format!("{name}:{}", i + 1))?;
            if line.trim().is_empty() {
                continue;
            }
            match serde_json::from_str::<DocumentAnalysis>(&line)
                .map_err(|error| error.to_string())
                .and_then(|analysis| analysis.checked())
            {
                Ok(analysis) => assembler.add(analysis),
                Err(error) => {
                    eprintln!("corkboard: {name}:{}: not an analysis: {error}", i + 1);
                    failed += 1;
                }
            }
        }
    }
    anyhow::ensure!(!assembler.is_empty(), "no analysis could be read; nothing is written");
    let graph = assembler.finish(&args.graph.name, &same_as);
    let (graph, written) = args.graph.write(graph, &pack)?;
    summary::print(&graph, None, &written)?;
    Ok(if failed == 0 { Outcome::Done } else { Outcome::Incomplete })
}
