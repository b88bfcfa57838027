//! `corkboard path GRAPH.json A B`: how two nodes are connected.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::options::{read_graph, write_out};
use super::{Outcome, tell};

/// Arguments of `path`.
#[derive(Debug, Args)]
pub(super) struct PathArgs {
    /// A graph.json.
    graph: PathBuf,
    /// Where to start: a label, an alias or an id.
    from: String,
    /// Where to end.
    to: String,
}

pub(super) fn run(args: &PathArgs) -> anyhow::Result<Outcome> {
    let graph = read_graph(&args.graph)?;
    let (from, to) = (graph.find(&args.from)?, graph.find(&args.to)?);
    let Some(path) = graph.shortest_path(from, to) else {
        tell(format_args!(
            "no path joins {} and {}",
            graph.graph[from].label, graph.graph[to].label
        ));
        return Ok(Outcome::Incomplete);
    };
    let mut text = format!("{}\n", graph.graph[from].label);
    for step in &path {
        let edge = &graph.graph[step.edge];
        let arrow = if step.forward {
            format!("—{}→", edge.relation)
        } else {
            format!("←{}—", edge.relation)
        };
        let _ = writeln!(text, "  {arrow} {}", graph.graph[step.to].label);
        if let Some(evidence) = edge.evidence.first() {
            let words = evidence.quote.split_whitespace().collect::<Vec<_>>().join(" ");
            let _ = writeln!(text, "      “{words}” ({})", evidence.document);
        }
    }
    write_out(&text)?;
    Ok(Outcome::Done)
}
