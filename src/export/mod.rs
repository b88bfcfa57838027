//! [`KnowledgeGraph`] to files: a writer per file, and the reader of `graph.json`.
//!
//! What each program really reads, and what breaks it, is written beside the code that heeds it.

mod attributes;
mod cytoscape;
mod dot;
mod escape;
mod gexf;
mod graphml;
pub mod json;
mod neo4j;
mod presentation;
mod styled_dot;
mod svg;
mod table;
mod temporary;
mod yed;

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use indexmap::IndexSet;
use rayon::prelude::*;

use crate::error::WriteError;
use crate::graph::{KnowledgeGraph, View};
use crate::ontology::Ontology;
use presentation::Presentation;
use temporary::TemporaryFile;

/// What files say that they were made by.
const GENERATOR: &str = concat!("corkboard ", env!("CARGO_PKG_VERSION"));

/// A kind of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum GraphFormat {
    /// `graph.gexf`, for Gephi: colours, sizes, positions, edge kinds, timeline.
    Gexf,
    /// `graph.graphml`, for every library.
    Graphml,
    /// `graph.dot`, plain enough for Gephi.
    Dot,
    /// `graph.styled.dot`, for Graphviz.
    StyledDot,
    /// `nodes.csv` and `edges.csv`, for Gephi's tables and spreadsheets.
    Csv,
    /// `evidence.csv`: a row for every quote.
    EvidenceCsv,
    /// `graph.json`: node-link, with everything.
    Json,
    /// `graph.svg`: a picture.
    Svg,
    /// `graph.yed.graphml`, for yEd.
    Yed,
    /// `neo4j.nodes.csv` and `neo4j.relationships.csv`, for `neo4j-admin database import`.
    Neo4j,
    /// `graph.cyjs`, for Cytoscape and Cytoscape.js.
    Cytoscape,
}

impl GraphFormat {
    /// Every format with its name on the command line, in the order in which files are written.
    pub const ALL: &[(&'static str, GraphFormat)] = &[
        ("gexf", Self::Gexf),
        ("graphml", Self::Graphml),
        ("dot", Self::Dot),
        ("styled-dot", Self::StyledDot),
        ("csv", Self::Csv),
        ("evidence", Self::EvidenceCsv),
        ("json", Self::Json),
        ("svg", Self::Svg),
        ("yed", Self::Yed),
        ("neo4j", Self::Neo4j),
        ("cytoscape", Self::Cytoscape),
    ];

    /// What is written where nothing else is asked for.
    pub const DEFAULT: &[GraphFormat] = &[
        Self::Gexf,
        Self::Graphml,
        Self::Dot,
        Self::StyledDot,
        Self::Csv,
        Self::EvidenceCsv,
        Self::Json,
        Self::Svg,
    ];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, format)| *format == self).map_or("", |(name, _)| name)
    }

    /// The files that it consists of.
    #[must_use]
    pub fn files(self) -> &'static [&'static str] {
        match self {
            Self::Gexf => &["graph.gexf"],
            Self::Graphml => &["graph.graphml"],
            Self::Dot => &["graph.dot"],
            Self::StyledDot => &["graph.styled.dot"],
            Self::Csv => &["nodes.csv", "edges.csv"],
            Self::EvidenceCsv => &["evidence.csv"],
            Self::Json => &["graph.json"],
            Self::Svg => &["graph.svg"],
            Self::Yed => &["graph.yed.graphml"],
            Self::Neo4j => &["neo4j.nodes.csv", "neo4j.relationships.csv"],
            Self::Cytoscape => &["graph.cyjs"],
        }
    }
}

/// A name that no format has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown format {0:?}; there are {known}", known = known())]
pub struct UnknownFormat(pub String);

fn known() -> String {
    let names: Vec<&str> = GraphFormat::ALL.iter().map(|(name, _)| *name).collect();
    names.join(", ")
}

impl FromStr for GraphFormat {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, format)| *format)
            .ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

/// How to write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExportOptions {
    /// Which view the graph is (it must have been cut to it before, see
    /// [`KnowledgeGraph::view`]): the incidents view is drawn in ranks.
    pub view: View,
    /// Whether edges in GraphML have the XML attribute `label` from which Gephi takes their type;
    /// the standard does not know it.
    pub graphml_edge_labels: bool,
}

/// Writes one file of a format (see [`GraphFormat::files`]) into a stream.
///
/// # Errors
/// If the stream fails, or `file` is not a file of the format.
pub fn write_file(
    graph: &KnowledgeGraph,
    ontology: &Ontology,
    options: ExportOptions,
    file: &str,
    mut out: impl Write,
) -> io::Result<()> {
    let presentation = Presentation::of(graph, ontology, options.view);
    write_into(&presentation, options, file, &mut out)
}

/// What is gathered before it goes to the stream: the files of a large graph are several times
/// larger than the graph, and none is held in memory.
const BUFFER: usize = 1 << 16;

/// Writes a file into a stream, piece by piece.
fn write_into(
    presentation: &Presentation<'_>,
    options: ExportOptions,
    file: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let out = &mut BufWriter::with_capacity(BUFFER, out);
    match file {
        "graph.gexf" => gexf::write(presentation, out),
        "graph.graphml" => graphml::write(presentation, options.graphml_edge_labels, out),
        "graph.dot" => dot::write(presentation, out),
        "graph.styled.dot" => styled_dot::write(presentation, out),
        "nodes.csv" => table::write_nodes(presentation, out),
        "edges.csv" => table::write_edges(presentation, out),
        "evidence.csv" => table::write_evidence(presentation, out),
        "graph.json" => json::write(presentation, out),
        "graph.svg" => svg::write(presentation, out),
        "graph.yed.graphml" => yed::write(presentation, out),
        "neo4j.nodes.csv" => neo4j::write_nodes(presentation, out),
        "neo4j.relationships.csv" => neo4j::write_relationships(presentation, out),
        "graph.cyjs" => cytoscape::write(presentation, out),
        other => Err(io::Error::other(format!("no format has a file {other}"))),
    }?;
    out.flush()
}

/// Makes a folder to write to, and finds out whether files can be made in it.
///
/// # Errors
/// If it is not there and cannot be made, is no folder, or takes no files.
pub fn prepare_folder(folder: &Path) -> Result<(), WriteError> {
    let failed = |error| WriteError::Io { path: folder.to_owned(), error };
    if folder.exists() && !folder.is_dir() {
        return Err(failed(io::Error::other("a file, where a folder to write to is needed")));
    }
    std::fs::create_dir_all(folder).map_err(failed)?;
    TemporaryFile::create_in(folder).map_err(failed)?;
    Ok(())
}

/// Writes the files of `formats` into a folder, which is made if need be, and gives their paths.
///
/// Everything is written under temporary names in that folder first, and renamed only when all
/// of it is there: a run that is killed or fails leaves the old files or the new ones, never a
/// part of one.
///
/// # Errors
/// If the folder or a file cannot be written.
pub fn write_all(
    graph: &KnowledgeGraph,
    ontology: &Ontology,
    options: ExportOptions,
    folder: &Path,
    formats: &[GraphFormat],
) -> Result<Vec<PathBuf>, WriteError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| WriteError::Io { path, error }
    };
    prepare_folder(folder)?;
    let presentation = Presentation::of(graph, ontology, options.view);
    let files: IndexSet<&str> = formats.iter().flat_map(|format| format.files()).copied().collect();
    let files: Vec<&str> = files.into_iter().collect();
    let mut ready: Vec<Result<(PathBuf, TemporaryFile), WriteError>> = Vec::new();
    files
        .par_iter()
        .map(|file| {
            let path = folder.join(file);
            let written = || {
                let mut temporary = TemporaryFile::create_in(folder)?;
                write_into(&presentation, options, file, &mut temporary)?;
                Ok(temporary)
            };
            let temporary = written().map_err(failed(&path))?;
            Ok((path, temporary))
        })
        .collect_into_vec(&mut ready);
    let mut written = Vec::new();
    for (path, temporary) in ready.into_iter().collect::<Result<Vec<_>, _>>()? {
        temporary.persist(&path).map_err(failed(&path))?;
        written.push(path);
    }
    Ok(written)
}

/// Writes one file through `fill`: under a temporary name beside it, renamed when it is whole.
/// What is no regular file (a terminal, a pipe, `/dev/null`) is written to as it is.
///
/// # Errors
/// If the file cannot be written, or `fill` fails.
pub fn write_atomically<E: From<WriteError>>(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(), E> {
    let failed = |error| E::from(WriteError::Io { path: path.to_owned(), error });
    if path.metadata().is_ok_and(|found| !found.is_file()) {
        let mut out = BufWriter::new(std::fs::File::create(path).map_err(failed)?);
        fill(&mut out)?;
        return out.flush().map_err(failed);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let temporary = TemporaryFile::create_in(folder.unwrap_or(Path::new("."))).map_err(failed)?;
    let mut out = BufWriter::new(temporary);
    fill(&mut out)?;
    let temporary = out.into_inner().map_err(|error| failed(error.into_error()))?;
    temporary.persist(path).map_err(failed)
}
