//! `corkboard verify GRAPH.json PATHS...`: finds every quote again.

use std::path::PathBuf;

use clap::Args;
use rustc_hash::FxHashMap;

use super::options::{InputArgs, load_pack, read_graph, write_out};
use super::{Outcome, tell};
use corkboard::document::{Document, InputItem, Inputs};
use corkboard::graph::Evidence;
use corkboard::span::DocumentId;

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// A graph.json.
    graph: PathBuf,
    #[command(flatten)]
    input: InputArgs,
    /// A folder with a pack instead of the built-in one.
    #[arg(long, value_name = "DIR")]
    pack: Option<PathBuf>,
}

pub(super) fn run(args: &VerifyArgs) -> anyhow::Result<Outcome> {
    let graph = read_graph(&args.graph)?;
    // What is to be found in each document: who needs it, and the evidence.
    let mut wanted: FxHashMap<&DocumentId, Vec<(String, &Evidence)>> = FxHashMap::default();
    let mut total = 0;
    for (_, node) in graph.nodes() {
        for evidence in &node.evidence {
            wanted.entry(&evidence.document).or_default().push((node.id.to_string(), evidence));
            total += 1;
        }
    }
    for view in graph.edges() {
        for evidence in &view.edge.evidence {
            let name = format!("{} {} {}", view.source.id, view.edge.relation, view.target.id);
            wanted.entry(&evidence.document).or_default().push((name, evidence));
            total += 1;
        }
    }
    let pack = load_pack(args.pack.as_deref())?;
    let options = args.input.read_options()?;
    let mut by_path: FxHashMap<&str, Vec<&DocumentId>> = FxHashMap::default();
    for record in graph.documents.values() {
        by_path.entry(record.path.as_str()).or_default().push(&record.id);
    }
    let mut wrong = 0;
    let mut found = 0;
    for item in Inputs::new(&args.input.paths(), &options) {
        match item {
            InputItem::Document(raw) => {
                let document = match raw.read(&pack.furniture, &options) {
                    Ok(document) => document,
                    Err(error) => {
                        tell(error);
                        continue;
                    }
                };
                let Some(list) = wanted.remove(held_as(&by_path, &document)) else { continue };
                let chars: Vec<(usize, char)> = document.text.char_indices().collect();
                let byte =
                    |i: usize| chars.get(i).map_or(document.text.len(), |(offset, _)| *offset);
                for (name, evidence) in list {
                    let in_range = evidence.begin <= evidence.end && evidence.end <= chars.len();
                    let there = in_range
                        && document.text[byte(evidence.begin)..byte(evidence.end)]
                            == evidence.quote;
                    if there {
                        found += 1;
                    } else {
                        wrong += 1;
                        tell(format_args!(
                            "{}[{}..{}] is not {:?}, the proof of {name}",
                            document.id, evidence.begin, evidence.end, evidence.quote
                        ));
                    }
                }
            }
            InputItem::Failed(error) => tell(error),
            InputItem::Skipped { .. } | InputItem::Warning(_) => {}
        }
    }
    let mut missing: Vec<_> = wanted.into_iter().collect();
    missing.sort_by(|a, b| a.0.cmp(b.0));
    for (document, list) in missing {
        tell(format_args!("document {document} with {} quotes was not found", list.len()));
        wrong += list.len();
    }
    write_out(&format!("{found} of {total} quotes found\n"))?;
    Ok(if wrong == 0 { Outcome::Done } else { Outcome::Incomplete })
}

/// The name under which the graph holds a document. Names depend on the files that were read
/// together, so that of a run that read others may differ: then the path tells.
fn held_as<'d>(
    by_path: &FxHashMap<&'d str, Vec<&'d DocumentId>>,
    document: &'d Document,
) -> &'d DocumentId {
    let known = by_path.get(document.path.as_str()).map_or(&[][..], Vec::as_slice);
    // Assembling numbers documents of one name (`report~2`).
    let base = |id: &'d DocumentId| id.as_str().rsplit_once('~').map_or(id.as_str(), |(b, _)| b);
    let same = known.iter().find(|id| **id == &document.id);
    let numbered = || known.iter().find(|id| base(id) == document.id.as_str());
    let only = || known.first().filter(|_| known.len() == 1);
    same.or_else(numbered).or_else(only).copied().unwrap_or(&document.id)
}
