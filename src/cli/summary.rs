//! The short table at the end of a run.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::extract::Tally;
use super::options::write_out;
use corkboard::graph::KnowledgeGraph;
use corkboard::graph::metrics::Metrics;

/// Reasons for skipping that are listed one by one; the rest is counted.
const REASONS: usize = 5;

/// Characters of a label that the table has room for.
const LABEL: usize = 42;

/// Prints what was read, what was found and where it was written.
pub(super) fn print(
    graph: &KnowledgeGraph,
    tally: Option<&Tally>,
    written: &[PathBuf],
) -> anyhow::Result<()> {
    let mut text = String::new();
    let mut row = |name: &str, value: String| {
        let _ = writeln!(text, "{name:<12}{value}");
    };
    let copies = graph.documents.values().filter(|d| d.copy_of.is_some()).count();
    let copies = match copies {
        0 => String::new(),
        1 => ", one of them a copy".to_owned(),
        n => format!(", {n} of them copies"),
    };
    let documents = graph.documents.len();
    match tally {
        Some(tally) => {
            let mut read = format!("{} read{copies}", tally.documents);
            if !tally.skipped.is_empty() {
                let _ = write!(read, ", {} skipped", tally.skipped.len());
            }
            if !tally.failed.is_empty() {
                let _ = write!(read, ", {} failed", tally.failed.len());
            }
            row("documents", read);
            row("words", tally.words.to_string());
            row("sentences", tally.sentences.to_string());
        }
        None => row("documents", format!("{documents}{copies}")),
    }
    let incidents = graph.nodes().iter().filter(|(_, n)| n.entity_type == "incident").count();
    row("entities", (graph.node_count() - incidents).to_string());
    row("incidents", incidents.to_string());
    row("relations", graph.edge_count().to_string());
    if let Some(tally) = tally {
        for (path, reason) in tally.skipped.iter().take(REASONS) {
            let _ = writeln!(text, "skipped     {path}: {reason}");
        }
        if tally.skipped.len() > REASONS {
            let _ = writeln!(text, "skipped     {} more", tally.skipped.len() - REASONS);
        }
    }
    text.push_str(&best_connected(graph));
    if let Some(picture) = written.iter().find(|p| p.extension().is_some_and(|e| e == "svg")) {
        let _ = writeln!(text, "\nThe picture is {}.", picture.display());
    } else if let Some(first) = written.first() {
        let _ = writeln!(text, "\nWritten: {} and {} more.", first.display(), written.len() - 1);
    }
    write_out(&text)
}

/// The ten nodes with the most edges, as a table.
pub(super) fn best_connected(graph: &KnowledgeGraph) -> String {
    let best = Metrics::of(graph).best_connected(10);
    let mut text = String::new();
    if best.is_empty() {
        return text;
    }
    let _ = writeln!(text, "\n{:<44}{:<14}edges", "best connected", "type");
    for metrics in best {
        let node = &graph.graph[metrics.index];
        let label = if node.label.chars().count() > LABEL {
            node.label.chars().take(LABEL - 1).chain(['…']).collect()
        } else {
            node.label.clone()
        };
        let _ = writeln!(text, "{label:<44}{:<14}{}", node.entity_type.as_str(), metrics.degree);
    }
    text
}

/// The reason why a run read nothing, for its error message.
pub(super) fn why_nothing(tally: &Tally) -> String {
    match (tally.failed.first(), tally.skipped.first()) {
        (Some(_), _) => String::new(),
        (None, Some((path, reason))) => format!(" ({path}: {reason})"),
        (None, None) => String::new(),
    }
}
