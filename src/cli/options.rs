//! Arguments that several commands share, and what is made of them.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use corkboard::date::Date;

use corkboard::document::{MetadataTable, ReadOptions};
use corkboard::export::{ExportOptions, GraphFormat, write_all};
use corkboard::graph::{KnowledgeGraph, View};
use corkboard::linking::SameAs;
use corkboard::pack::{Pack, PackFiles};
use corkboard::pipeline::Analyst;
use corkboard::text::LanguageModel;

/// What is read, and what is known of it.
#[derive(Debug, Args)]
pub(super) struct InputArgs {
    /// Files and folders to read; `-` for standard input.
    ///
    /// Plain text, Markdown, HTML, JSON Lines, CSV with a text column, and mail files. Other
    /// files in folders are skipped with the reason.
    #[arg(required_unless_present = "stdin_jsonl")]
    pub(super) paths: Vec<PathBuf>,
    /// A CSV file with the columns path, title, publisher, published, url.
    ///
    /// Without it, a file metadata.csv in a folder given is used.
    #[arg(long, value_name = "FILE.csv")]
    metadata: Option<PathBuf>,
    /// The day of publication of every document that does not tell its own, YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    published: Option<Date>,
    /// The column that holds the text in JSON Lines and CSV files.
    #[arg(long, value_name = "NAME", default_value = "text")]
    text_column: String,
    /// Read documents from standard input, one JSON object a line.
    #[arg(long)]
    pub(super) stdin_jsonl: bool,
    /// Say what was cut from each document as web furniture, and other details.
    #[arg(short, long)]
    pub(super) verbose: bool,
}

impl InputArgs {
    /// The options for reading.
    pub(super) fn read_options(&self) -> anyhow::Result<ReadOptions> {
        let mut options = ReadOptions { published: self.published, ..ReadOptions::default() };
        options.columns.text = self.text_column.clone();
        if self.stdin_jsonl {
            options.stdin_format = Some(corkboard::document::Format::JsonLines);
        }
        let found = self.paths.iter().map(|p| p.join("metadata.csv")).find(|p| p.is_file());
        if let Some(path) = self.metadata.as_ref().or(found.as_ref()) {
            options.metadata = Some(MetadataTable::read(path)?);
        }
        Ok(options)
    }

    /// The paths to read.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        let mut paths = self.paths.clone();
        if self.stdin_jsonl && !paths.iter().any(|p| p.as_os_str() == "-") {
            paths.push("-".into());
        }
        paths
    }
}

/// With what documents are read.
#[derive(Debug, Args)]
pub(super) struct AnalystArgs {
    /// A folder with a pack instead of the built-in one.
    #[arg(long, value_name = "DIR")]
    pub(super) pack: Option<PathBuf>,
    /// A spaCy v3 pipeline (folder or wheel) instead of the built-in language model.
    #[arg(long, value_name = "DIR")]
    model: Option<PathBuf>,
    /// Number of threads; all cores without it. The output is the same for any number.
    #[arg(short = 'j', long, value_name = "N")]
    threads: Option<usize>,
}

impl AnalystArgs {
    /// Loads model and pack, and sets the number of threads.
    pub(super) fn analyst(&self) -> anyhow::Result<Analyst> {
        if let Some(threads) = self.threads {
            rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build_global()
                .context("cannot start the threads")?;
        }
        if self.pack.is_none() && self.model.is_none() {
            return Ok(Analyst::builtin()?);
        }
        let model = match &self.model {
            Some(path) => LanguageModel::from_path(path)?,
            None => LanguageModel::builtin()?,
        };
        Ok(Analyst::new(model, load_pack(self.pack.as_deref())?))
    }
}

/// The pack in a folder, or the built-in one.
pub(super) fn load_pack(folder: Option<&Path>) -> anyhow::Result<Pack> {
    let pack = match folder {
        Some(folder) => Pack::load(&PackFiles::from_directory(folder)?)
            .with_context(|| format!("the pack in {}", folder.display()))?,
        None => Pack::builtin()?,
    };
    Ok(pack)
}

/// What is written, and which part of it.
#[derive(Debug, Args)]
pub(super) struct GraphArgs {
    /// The folder to write to; made if need be.
    #[arg(short, long, value_name = "DIR")]
    pub(super) output: PathBuf,
    /// Formats to write, separated by commas.
    ///
    /// By default gexf, graphml, dot, styled-dot, csv, evidence, json and svg.
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    format: Vec<GraphFormat>,
    /// Which part to show: full, incidents (agency, threat, incident in three ranks) or actors.
    #[arg(long, value_name = "VIEW", default_value = "full")]
    view: View,
    /// Leave out edges and nodes less sure than this, 0 to 1.
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = confidence)]
    min_confidence: f64,
    /// Show only the neighbourhood of a node.
    #[arg(long, value_name = "NAME")]
    focus: Option<String>,
    /// How far the neighbourhood reaches.
    #[arg(long, value_name = "N", default_value_t = 2, requires = "focus")]
    hops: usize,
    /// A CSV file with the columns name, same_as, different_from: which names are one node and
    /// which are not.
    #[arg(long, value_name = "FILE.csv")]
    same_as: Option<PathBuf>,
    /// What the graph is called.
    #[arg(long, default_value = "Corkboard")]
    pub(super) name: String,
    /// Give GraphML edges the attribute from which Gephi takes their type; not in the standard.
    #[arg(long)]
    graphml_edge_labels: bool,
}

impl GraphArgs {
    /// What the analyst says of names.
    pub(super) fn same_as(&self) -> anyhow::Result<SameAs> {
        let Some(path) = &self.same_as else { return Ok(SameAs::default()) };
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).with_context(|| name.clone())?;
        Ok(SameAs::parse(&name, &text)?)
    }

    /// Makes the folder to write to and tries it, before hours of reading are spent on a graph
    /// that then cannot be written.
    pub(super) fn prepare_output(&self) -> anyhow::Result<()> {
        Ok(corkboard::export::prepare_folder(&self.output)?)
    }

    /// Cuts the graph to the part asked for, lays it out and writes it. Gives what was written.
    pub(super) fn write(
        &self,
        graph: KnowledgeGraph,
        pack: &Pack,
    ) -> anyhow::Result<(KnowledgeGraph, Vec<PathBuf>)> {
        let mut graph = graph;
        if self.min_confidence > 0.0 {
            graph = graph.at_least(self.min_confidence);
        }
        if let Some(name) = &self.focus {
            let node = graph.find(name).context("--focus")?;
            graph = graph.neighbourhood(&[node], self.hops);
        }
        if self.view != View::Full {
            graph = graph.view(self.view, &pack.ontology);
        }
        graph.arrange(self.view, &pack.ontology);
        let options =
            ExportOptions { view: self.view, graphml_edge_labels: self.graphml_edge_labels };
        let formats =
            if self.format.is_empty() { GraphFormat::DEFAULT } else { self.format.as_slice() };
        let written = write_all(&graph, &pack.ontology, options, &self.output, formats)?;
        Ok((graph, written))
    }
}

/// A number from 0 to 1.
fn confidence(text: &str) -> Result<f64, String> {
    text.parse::<f64>()
        .ok()
        .filter(|number| (0.0..=1.0).contains(number))
        .ok_or_else(|| "a confidence is a number from 0 to 1".to_owned())
}

/// Reads a graph.json; of a folder, the one in it.
pub(super) fn read_graph(path: &Path) -> anyhow::Result<KnowledgeGraph> {
    let inside = path.join("graph.json");
    let path = if path.is_dir() { &inside } else { path };
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(corkboard::export::json::read(&path.display().to_string(), &text)?)
}

/// Writes text to standard output.
pub(super) fn write_out(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}
