//! The stream of documents below the paths of a command line.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::date::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::format::{Format, binary};
use super::listing::{ListedFile, list};
use super::metadata::{DocumentMetadata, MetadataTable};
use super::raw::{Content, RawDocument};
use super::records::{RecordColumns, RecordStream, Refusal};
use crate::error::ReadError;
use crate::span::DocumentId;

/// How documents are read.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Column names of JSON Lines and CSV files.
    pub columns: RecordColumns,
    /// What is known about the documents (`--metadata`).
    pub metadata: Option<MetadataTable>,
    /// The day of every document that tells none itself and has none in the table
    /// (`--published`).
    pub published: Option<Date>,
    /// A document of more bytes is refused. Files of many documents may be larger; the limit
    /// then holds for each record.
    pub max_document_bytes: u64,
    /// The format of standard input; `None` looks at its first bytes.
    pub stdin_format: Option<Format>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            columns: RecordColumns::default(),
            metadata: None,
            published: None,
            max_document_bytes: 64 << 20,
            stdin_format: None,
        }
    }
}

/// One step of reading the inputs.
#[derive(Debug)]
pub enum InputItem {
    /// A document to be read, with its bytes in memory.
    Document(Box<RawDocument>),
    /// A file in a folder that is no document, and why; no mistake of the user's.
    Skipped {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// An input that should have been read and cannot be.
    Failed(ReadError),
    /// Something that the user should know; nothing is lost.
    Warning(String),
}

/// The documents below some paths, one after the other, in the order of their paths whatever
/// the order of the arguments. Listing and loading happen here, in sequence; the costly part is
/// [`RawDocument::read`], which may run in parallel (`inputs.par_bridge()`).
///
/// Memory: the list of paths and identifiers, and one file or record at a time.
pub struct Inputs<'o> {
    options: &'o ReadOptions,
    pending: VecDeque<InputItem>,
    files: std::vec::IntoIter<ListedFile>,
    streams: VecDeque<(String, Option<Format>, Box<dyn Read + Send>)>,
    records: Option<OpenRecords>,
    /// Identifiers given out, each with the number to try next where it is wanted again.
    claimed: FxHashMap<String, usize>,
    used_rows: FxHashSet<usize>,
    ended: bool,
}

/// A file of many documents that is being read.
struct OpenRecords {
    stream: RecordStream,
    id: String,
    path: PathBuf,
    shown: String,
    number: usize,
}

impl<'o> Inputs<'o> {
    /// The documents below `paths`: files, folders (recursive, hidden files left out) and `-`
    /// for standard input. Never fails as a whole: a path that is missing is an item.
    #[must_use]
    pub fn new(paths: &[PathBuf], options: &'o ReadOptions) -> Self {
        let mut inputs = Self::empty(options);
        let is_stdin = |path: &&PathBuf| path.as_os_str() == "-";
        let listing = list(paths.iter().filter(|p| !is_stdin(p)).map(PathBuf::as_path));
        for (path, error) in listing.failed {
            inputs.pending.push_back(InputItem::Failed(ReadError::Io { path, error }));
        }
        for path in listing.empty {
            let reason = "the folder holds no files (hidden ones are left out)".to_owned();
            inputs.pending.push_back(InputItem::Failed(ReadError::Unreadable { path, reason }));
        }
        for (path, reason) in listing.skipped {
            inputs.pending.push_back(InputItem::Skipped { path, reason });
        }
        inputs.files = listing.files.into_iter();
        if paths.iter().any(|p| is_stdin(&p)) {
            inputs.push_stream("-", options.stdin_format, Box::new(io::stdin()));
        }
        inputs
    }

    /// The documents in one stream; `name` is the path that they and messages show. Without a
    /// format the first bytes tell it.
    #[must_use]
    pub fn from_reader(
        name: &str,
        source: Box<dyn Read + Send>,
        format: Option<Format>,
        options: &'o ReadOptions,
    ) -> Self {
        let mut inputs = Self::empty(options);
        inputs.push_stream(name, format, source);
        inputs
    }

    fn empty(options: &'o ReadOptions) -> Self {
        Self {
            options,
            pending: VecDeque::new(),
            files: Vec::new().into_iter(),
            streams: VecDeque::new(),
            records: None,
            claimed: FxHashMap::default(),
            used_rows: FxHashSet::default(),
            ended: false,
        }
    }

    /// The number of files and streams still to be opened, for a progress bar.
    #[must_use]
    pub fn remaining_files(&self) -> usize {
        self.files.len() + self.streams.len()
    }

    fn push_stream(&mut self, name: &str, format: Option<Format>, source: Box<dyn Read + Send>) {
        self.streams.push_back((name.to_owned(), format, source));
    }

    fn open_file(&mut self, file: ListedFile) -> Option<InputItem> {
        let io = |error| Some(InputItem::Failed(ReadError::Io { path: file.path.clone(), error }));
        if let Some(table) = &self.options.metadata
            && super::listing::clean_path(table.file()) == file.shown
        {
            return None;
        }
        let source = match File::open(&file.path) {
            Ok(source) => source,
            Err(error) => return io(error),
        };
        let size = source.metadata().map_or(0, |m| m.len());
        let format = Format::of_name(&file.path);
        self.open(file, format, Box::new(source), size)
    }

    fn open(
        &mut self,
        file: ListedFile,
        format: Option<Format>,
        mut source: Box<dyn Read + Send>,
        size: u64,
    ) -> Option<InputItem> {
        let path = file.path.clone();
        let mut head = Vec::new();
        if let Err(error) = (&mut source).take(8192).read_to_end(&mut head) {
            return Some(InputItem::Failed(ReadError::Io { path, error }));
        }
        if let Some(what) = binary(&head) {
            // A promise broken by its content is an error; any other file in a folder is not.
            return Some(if format.is_some() || file.named {
                let reason = match format {
                    Some(_) => format!("{what}, whatever its name says; not read"),
                    None => format!("{what}; not read"),
                };
                InputItem::Failed(ReadError::Unreadable { path, reason })
            } else {
                InputItem::Skipped { path: file.shown, reason: what.to_owned() }
            });
        }
        let format = format.unwrap_or_else(|| Format::of_content(&head));
        let source: Box<dyn Read + Send> = Box::new(io::Cursor::new(head).chain(source));
        if format.is_records() {
            return self.open_records(file, format, source);
        }
        let limit = self.options.max_document_bytes;
        let mut bytes = Vec::with_capacity(size.min(limit) as usize + 1);
        if size <= limit
            && let Err(error) = source.take(limit + 1).read_to_end(&mut bytes)
        {
            return Some(InputItem::Failed(ReadError::Io { path, error }));
        }
        if size > limit || bytes.len() as u64 > limit {
            let reason = format!(
                "{} MB; the limit for one document is {} MB (JSON Lines and CSV files of many \
                 documents may be larger)",
                size.max(bytes.len() as u64) >> 20,
                limit >> 20
            );
            return Some(InputItem::Failed(ReadError::Unreadable { path, reason }));
        }
        if format == Format::Json {
            return self.open_json(file, &bytes);
        }
        Some(self.document(
            &file,
            Content::Bytes(bytes, format),
            DocumentMetadata::default(),
            Vec::new(),
        ))
    }

    fn open_json(&mut self, file: ListedFile, bytes: &[u8]) -> Option<InputItem> {
        let text = super::decode::decode(bytes, None).text;
        let columns = &self.options.columns;
        match RecordStream::of_json(&text, columns) {
            Ok(stream) => {
                self.records = Some(OpenRecords::new(file, stream));
                None
            }
            Err(reason) => {
                let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
                if serde_json::from_str::<serde_json::Value>(first).is_ok() {
                    let source = Box::new(io::Cursor::new(text.into_bytes()));
                    return self.open_records(file, Format::JsonLines, source);
                }
                Some(InputItem::Failed(ReadError::Unreadable { path: file.path, reason }))
            }
        }
    }

    fn open_records(
        &mut self,
        file: ListedFile,
        format: Format,
        source: Box<dyn Read + Send>,
    ) -> Option<InputItem> {
        let limit = self.options.max_document_bytes;
        let path = file.path.clone();
        match RecordStream::open(source, format, &self.options.columns, limit) {
            Ok(stream) => {
                self.records = Some(OpenRecords::new(file, stream));
                None
            }
            Err(Refusal::Io(error)) => Some(InputItem::Failed(ReadError::Io { path, error })),
            Err(Refusal::Metadata(_)) if !file.named => Some(InputItem::Skipped {
                reason: format!(
                    "a table about documents, without their text; to use it, say --metadata {}",
                    file.shown
                ),
                path: file.shown,
            }),
            Err(Refusal::NoText(reason) | Refusal::Metadata(reason)) => {
                Some(InputItem::Failed(ReadError::Unreadable { path, reason }))
            }
        }
    }

    fn next_record(&mut self) -> Option<InputItem> {
        let open = self.records.as_mut()?;
        let Some((line, record)) = open.stream.next() else {
            self.records = None;
            return None;
        };
        open.number += 1;
        let record = match record {
            Ok(record) if !record.text.trim().is_empty() => record,
            Ok(_) => return Some(failed_record(&open.path, line, "the text is empty".to_owned())),
            Err(reason) => return Some(failed_record(&open.path, line, reason)),
        };
        if record.text.len() as u64 > self.options.max_document_bytes {
            let reason = format!("a text of {} MB is over the limit", record.text.len() >> 20);
            return Some(failed_record(&open.path, line, reason));
        }
        let file = ListedFile {
            path: open.path.clone(),
            shown: record.path.unwrap_or_else(|| open.shown.clone()),
            id: format!("{}-{:06}", open.id, open.number),
            named: true,
        };
        let content = Content::Text(record.text);
        Some(self.document(&file, content, record.metadata, record.warnings))
    }

    fn document(
        &mut self,
        file: &ListedFile,
        content: Content,
        known: DocumentMetadata,
        mut warnings: Vec<String>,
    ) -> InputItem {
        let mut metadata = DocumentMetadata::default();
        if let Some(table) = &self.options.metadata {
            let id = known.id.as_deref().unwrap_or(&file.id);
            if let Some(row) = table.find(&file.shown, Some(id)) {
                self.used_rows.insert(row);
                metadata = table.metadata(row);
            }
        }
        metadata.fill_from(known);
        let wanted = metadata.id.clone().unwrap_or_else(|| file.id.clone());
        let id = self.claim(wanted, &mut warnings);
        InputItem::Document(Box::new(RawDocument {
            id: DocumentId::from(id),
            path: file.shown.clone(),
            content,
            metadata,
            warnings,
        }))
    }

    /// An identifier that no document of this run has yet.
    fn claim(&mut self, wanted: String, warnings: &mut Vec<String>) -> String {
        let Some(mut number) = self.claimed.get(&wanted).copied() else {
            self.claimed.insert(wanted.clone(), 2);
            return wanted;
        };
        let mut id = format!("{wanted}-{number}");
        while self.claimed.contains_key(&id) {
            number += 1;
            id = format!("{wanted}-{number}");
        }
        self.claimed.insert(wanted.clone(), number + 1);
        warnings.push(format!("another document has the id {wanted:?}; this one is {id:?}"));
        self.claimed.insert(id.clone(), 2);
        id
    }
}

impl OpenRecords {
    fn new(file: ListedFile, stream: RecordStream) -> Self {
        Self { stream, id: file.id, path: file.path, shown: file.shown, number: 0 }
    }
}

fn failed_record(path: &Path, line: usize, reason: String) -> InputItem {
    InputItem::Failed(ReadError::Record { path: path.to_owned(), line, reason })
}

impl Iterator for Inputs<'_> {
    type Item = InputItem;

    fn next(&mut self) -> Option<InputItem> {
        loop {
            if let Some(item) = self.pending.pop_front() {
                return Some(item);
            }
            if let Some(item) = self.next_record() {
                return Some(item);
            }
            let opened = if let Some(file) = self.files.next() {
                self.open_file(file)
            } else if let Some((name, format, source)) = self.streams.pop_front() {
                let id = if name == "-" { "stdin".to_owned() } else { name.clone() };
                let path = PathBuf::from(&name);
                let file = ListedFile { path, shown: name, id, named: true };
                self.open(file, format, source, 0)
            } else if !self.ended {
                self.ended = true;
                if let Some(table) = &self.options.metadata {
                    self.pending.extend(table.warnings(&self.used_rows).map(InputItem::Warning));
                }
                None
            } else {
                return None;
            };
            if opened.is_some() {
                return opened;
            }
        }
    }
}

impl std::fmt::Debug for Inputs<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inputs").field("remaining_files", &self.remaining_files()).finish()
    }
}
