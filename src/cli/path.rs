//! `corkboard path GRAPH.json A B`: how two nodes are connected.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use super::options::{read_graph, write_out};

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
        eprintln!(
            "No path joins {} and {}.",
            graph.graph[from].label, graph.graph[to].label
        );
        return Ok(Outcome::Incomplete);
    };
    let mut text = format!("{}\n", graph.graph[from].label);
    for pair in path.windows(2) {
        let between: Vec<_> = graph
            .edges()
            .into_iter()
            .filter(|e| {
                (e.source_index == pair[0] && e.target_index == pair[1])
                    || (e.source_index == pair[1] && e.target_index == pair[0])
            })
            .collect();
        for (i, edge) in between.iter().enumerate() {
            let arrow = if edge.source_index == pair[0] {
                format!("—{}→", edge.edge.relation)
            } else {
                format!("←{}—", edge.edge.relation)
            };
            let label = if i == 0 { graph.graph[pair[1]].label.as_str() } else { "" };
            let _ = writeln!(text, "  {arrow} {label}");
            if let Some(evidence) = edge.edge.evidence.first() {
                let words = evidence.quote.split_whitespace().collect::<Vec<_>>().join(" ");
                let _ = writeln!(text, "      “{words}” ({})", evidence.document);
            }
        }
    }
    write_out(&text)?;
    Ok(Outcome::Done)
}
