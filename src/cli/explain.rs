//! `corkboard explain GRAPH.json NAME [NAME]`: the proof behind edges and merges.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use super::options::{read_graph, write_out};
use corkboard::graph::{EdgeView, Evidence, KnowledgeGraph, Node};

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// A graph.json.
    graph: PathBuf,
    /// A node: its label, an alias or its id.
    name: String,
    /// A second node: show only the edges between the two, in either direction.
    other: Option<String>,
}

pub(super) fn run(args: &ExplainArgs) -> anyhow::Result<Outcome> {
    let graph = read_graph(&args.graph)?;
    let node = graph.find(&args.name)?;
    let other = args.other.as_deref().map(|name| graph.find(name)).transpose()?;
    let mut text = String::new();
    describe(&graph, &graph.graph[node], &mut text);
    let edges: Vec<EdgeView<'_>> = graph
        .edges()
        .into_iter()
        .filter(|e| e.source_index == node || e.target_index == node)
        .filter(|e| other.is_none_or(|o| e.source_index == o || e.target_index == o))
        .collect();
    if let Some(other) = other {
        describe(&graph, &graph.graph[other], &mut text);
        if edges.is_empty() {
            text.push_str(
                "\nNo edge joins the two; `corkboard path` shows how they are connected.\n",
            );
        }
    }
    for edge in &edges {
        explain_edge(&graph, edge, &mut text);
    }
    write_out(&text)?;
    Ok(Outcome::Done)
}

fn describe(graph: &KnowledgeGraph, node: &Node, out: &mut String) {
    let _ = write!(out, "{} ({}", node.label, node.entity_type);
    if let Some(subtype) = &node.subtype {
        let _ = write!(out, ", {subtype}");
    }
    let _ = writeln!(out, ")  {}", node.id);
    let plural = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
    let _ = writeln!(
        out,
        "  {} in {}, confidence {:.2}",
        plural(node.mentions, "mention"),
        plural(node.documents.len(), "document"),
        node.confidence
    );
    if !node.aliases.is_empty() {
        let names: Vec<String> =
            node.aliases.iter().map(|a| format!("{} ({}x)", a.name, a.count)).collect();
        let _ = writeln!(out, "  also called {}", names.join(", "));
    }
    if let Some(incident) = &node.incident {
        let (stage, stance) = (incident.stage.as_str(), incident.stance.as_str());
        let _ = writeln!(out, "  stage {stage}, stance {stance}");
        for other in &incident.disagreements {
            let documents: Vec<&str> = other.documents.iter().map(|d| d.as_str()).collect();
            let _ = writeln!(
                out,
                "  but {} is {} according to {}",
                other.attribute,
                other.value,
                documents.join(", ")
            );
        }
    }
    for reason in &node.merges {
        let _ = writeln!(out, "  one node because: {reason}");
    }
    let sieves: Vec<&Evidence> =
        node.evidence.iter().filter(|e| e.rule.as_str().starts_with("sieve:")).collect();
    for evidence in sieves.iter().take(6) {
        let _ = writeln!(
            out,
            "  {:?} is this node by {} ({})",
            evidence.quote, evidence.rule, evidence.document
        );
    }
    if node.incident.is_some() {
        for evidence in &node.evidence {
            quote(graph, evidence, out);
        }
    }
}

fn explain_edge(graph: &KnowledgeGraph, view: &EdgeView<'_>, out: &mut String) {
    let edge = view.edge;
    let _ = writeln!(out, "\n{} —{}→ {}", view.source.label, edge.relation, view.target.label);
    let inferred = if edge.inferred { ", inferred from the pack's taxonomy" } else { "" };
    let _ = writeln!(
        out,
        "  {}, confidence {:.2}, weight {}{inferred}",
        edge.stance.as_str(),
        edge.confidence,
        edge.weight
    );
    for evidence in &edge.evidence {
        quote(graph, evidence, out);
    }
}

fn quote(graph: &KnowledgeGraph, evidence: &Evidence, out: &mut String) {
    let record = graph.documents.get(&evidence.document);
    let published =
        record.and_then(|r| r.published).map(|date| format!(", {date}")).unwrap_or_default();
    let speaker = evidence
        .speaker
        .as_ref()
        .map(|id| graph.node(id.as_str()).map_or(id.to_string(), |n| n.label.clone()))
        .map(|name| format!(", says {name}"))
        .unwrap_or_default();
    let words = evidence.quote.split_whitespace().collect::<Vec<_>>().join(" ");
    let _ = writeln!(out, "  “{words}”");
    let _ = writeln!(
        out,
        "    {}[{}..{}]{published}  {}{speaker}  {}",
        evidence.document,
        evidence.begin,
        evidence.end,
        evidence.stance.as_str(),
        evidence.rule
    );
}
