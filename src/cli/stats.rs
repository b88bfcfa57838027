//! `corkboard stats GRAPH.json`.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use rustc_hash::FxHashMap;

use super::options::{read_graph, write_out};
use super::{Outcome, summary};
use corkboard::graph::metrics::Metrics;

/// Arguments of `stats`.
#[derive(Debug, Args)]
pub(super) struct StatsArgs {
    /// A graph.json.
    graph: PathBuf,
}

pub(super) fn run(args: &StatsArgs) -> anyhow::Result<Outcome> {
    let graph = read_graph(&args.graph)?;
    let mut types: FxHashMap<String, usize> = FxHashMap::default();
    let mut incidents: FxHashMap<String, usize> = FxHashMap::default();
    for (_, node) in graph.nodes() {
        *types.entry(node.entity_type.to_string()).or_default() += 1;
        if let Some(incident) = &node.incident {
            *incidents.entry(incident.incident_type.to_string()).or_default() += 1;
        }
    }
    let mut relations: FxHashMap<String, usize> = FxHashMap::default();
    let mut stances: FxHashMap<String, usize> = FxHashMap::default();
    let mut evidence = 0;
    for edge in graph.edges() {
        *relations.entry(edge.edge.relation.to_string()).or_default() += 1;
        *stances.entry(edge.edge.stance.as_str().to_owned()).or_default() += 1;
        evidence += edge.edge.evidence.len();
    }
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{} documents, {} nodes, {} edges, {evidence} pieces of evidence, {} components",
        graph.documents.len(),
        graph.node_count(),
        graph.edge_count(),
        Metrics::of(&graph).components
    );
    for (title, counts) in
        [("nodes", types), ("incidents", incidents), ("edges", relations), ("stances", stances)]
    {
        let _ = writeln!(text, "\n{title}");
        let mut rows: Vec<_> = counts.into_iter().collect();
        rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        for (name, count) in rows {
            let _ = writeln!(text, "  {name:<22}{count}");
        }
    }
    text.push_str(&summary::best_connected(&graph));
    write_out(&text)?;
    Ok(Outcome::Done)
}
