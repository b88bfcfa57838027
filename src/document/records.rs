//! Files of many documents, read record by record: JSON Lines, JSON arrays, CSV and TSV.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{CoderResult, Decoder, UTF_8};
use serde_json::Value;

use super::day::{self, DayReading};
use super::format::Format;
use super::metadata::{DocumentMetadata, quoted};

/// The names of the columns (CSV) or keys (JSON) that a record's parts are in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordColumns {
    /// The text; the only one that must be there.
    pub text: String,
    /// Identifier.
    pub id: String,
    /// Headline.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Day of publication.
    pub published: String,
    /// Where it was published.
    pub url: String,
    /// A path to show instead of the file's.
    pub path: String,
}

impl Default for RecordColumns {
    fn default() -> Self {
        let name = |name: &str| name.to_owned();
        Self {
            text: name("text"),
            id: name("id"),
            title: name("title"),
            publisher: name("publisher"),
            published: name("published"),
            url: name("url"),
            path: name("path"),
        }
    }
}

/// A document out of a file of many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) text: String,
    pub(super) path: Option<String>,
    pub(super) metadata: DocumentMetadata,
    pub(super) warnings: Vec<String>,
}

/// What a record stream yields: the 1-based line, and the record or what is wrong with it.
pub(super) type RecordResult = (usize, Result<Record, String>);

/// Why a file of records cannot be read at all.
#[derive(Debug)]
pub(super) enum Refusal {
    Io(io::Error),
    /// It lacks the text column.
    NoText(String),
    /// It is a table about documents, not of documents.
    Metadata(String),
}

/// A source of records.
pub(super) enum RecordStream {
    Lines(JsonLines),
    Rows(Box<Rows>),
    Values(JsonValues),
}

impl RecordStream {
    /// Opens a stream of `format`. A record longer than `limit` bytes is refused, not kept in
    /// memory.
    pub(super) fn open(
        source: Box<dyn Read + Send>,
        format: Format,
        columns: &RecordColumns,
        limit: u64,
    ) -> Result<Self, Refusal> {
        let source = Transcoder::open(source).map_err(Refusal::Io)?;
        let columns = columns.clone();
        Ok(match format {
            Format::Csv => Self::Rows(Box::new(Rows::open(source, b',', &columns)?)),
            Format::Tsv => Self::Rows(Box::new(Rows::open(source, b'\t', &columns)?)),
            _ => Self::Lines(JsonLines {
                source: BufReader::with_capacity(1 << 16, source),
                line: 0,
                limit,
                columns,
            }),
        })
    }

    /// The documents of one JSON text: an object, or an array of objects.
    pub(super) fn of_json(text: &str, columns: &RecordColumns) -> Result<Self, String> {
        let values = match serde_json::from_str(text) {
            Ok(Value::Array(values)) => values,
            Ok(value) => vec![value],
            Err(error) => return Err(format!("not JSON: {error}")),
        };
        Ok(Self::Values(JsonValues { values: values.into_iter(), columns: columns.clone() }))
    }
}

impl Iterator for RecordStream {
    type Item = RecordResult;

    fn next(&mut self) -> Option<RecordResult> {
        match self {
            Self::Lines(lines) => lines.next(),
            Self::Rows(rows) => rows.next(),
            Self::Values(values) => {
                let value = values.values.next()?;
                Some((1, record_of(value, &values.columns)))
            }
        }
    }
}

/// Values of a JSON array that is in memory.
pub(super) struct JsonValues {
    values: std::vec::IntoIter<Value>,
    columns: RecordColumns,
}

/// JSON Lines: one object a line.
pub(super) struct JsonLines {
    source: BufReader<Transcoder>,
    line: usize,
    limit: u64,
    columns: RecordColumns,
}

impl JsonLines {
    fn next(&mut self) -> Option<RecordResult> {
        loop {
            let mut bytes = Vec::new();
            let read = (&mut self.source).take(self.limit + 1).read_until(b'\n', &mut bytes);
            self.line += 1;
            match read {
                Ok(0) => return None,
                Ok(n) if n as u64 > self.limit && bytes.last() != Some(&b'\n') => {
                    let skipped = skip_line(&mut self.source).unwrap_or(0);
                    let megabytes = (n as u64 + skipped) >> 20;
                    let limit = self.limit >> 20;
                    let message = format!("a record of {megabytes} MB; the limit is {limit} MB");
                    return Some((self.line, Err(message)));
                }
                Ok(_) => {
                    let text = String::from_utf8_lossy(&bytes);
                    let text = text.trim_start_matches('\u{FEFF}').trim();
                    if text.is_empty() {
                        continue;
                    }
                    let record = serde_json::from_str(text)
                        .map_err(|error| {
                            // serde_json counts lines inside the record; there is but one.
                            let message =
                                error.to_string().replace(" at line 1 column", " at column");
                            format!("not JSON: {message}")
                        })
                        .and_then(|value| record_of(value, &self.columns));
                    return Some((self.line, record));
                }
                Err(error) => {
                    self.limit = 0;
                    self.source = BufReader::new(Transcoder::empty());
                    return Some((self.line, Err(format!("reading stopped: {error}"))));
                }
            }
        }
    }
}

/// Drops the rest of a line; its length.
fn skip_line(source: &mut impl BufRead) -> io::Result<u64> {
    let mut skipped = 0;
    loop {
        let buffer = source.fill_buf()?;
        if buffer.is_empty() {
            return Ok(skipped);
        }
        let (used, done) = match memchr::memchr(b'\n', buffer) {
            Some(at) => (at + 1, true),
            None => (buffer.len(), false),
        };
        source.consume(used);
        skipped += used as u64;
        if done {
            return Ok(skipped);
        }
    }
}

fn record_of(value: Value, columns: &RecordColumns) -> Result<Record, String> {
    let Value::Object(mut fields) = value else {
        return Err("not a JSON object".to_owned());
    };
    let text = match fields.remove(columns.text.as_str()) {
        Some(Value::String(text)) => text,
        Some(_) => return Err(format!("{:?} is not a string", columns.text)),
        None => {
            let keys: Vec<&String> = fields.keys().collect();
            return Err(format!("no {:?}; the keys are {}", columns.text, quoted(&keys)));
        }
    };
    let mut field = |name: &str| match fields.remove(name)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let cells = columns.metadata_names().map(&mut field);
    Ok(Record::new(text, cells))
}

impl RecordColumns {
    fn metadata_names(&self) -> [&str; 6] {
        [&self.id, &self.title, &self.publisher, &self.published, &self.url, &self.path]
    }
}

impl Record {
    /// A record from its text and the cells in the order of `metadata_names`.
    fn new(text: String, cells: [Option<String>; 6]) -> Self {
        let [id, title, publisher, published, url, path] = cells.map(|cell| {
            cell.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
        });
        let mut warnings = Vec::new();
        let published = published.and_then(|value| match day::read(&value) {
            Some(DayReading::Day(date)) => Some(date),
            Some(DayReading::Ambiguous) => {
                warnings.push(format!("ambiguous date {value:?}: day or month first?"));
                None
            }
            None => {
                warnings.push(format!("not a date: {value:?}"));
                None
            }
        });
        let metadata = DocumentMetadata { id, title, publisher, published, url };
        Self { text, path, metadata, warnings }
    }
}

/// CSV or TSV: one document a row.
pub(super) struct Rows {
    reader: csv::Reader<Transcoder>,
    text: usize,
    cells: [Option<usize>; 6],
    record: csv::ByteRecord,
    failed: bool,
}

impl Rows {
    fn open(source: Transcoder, delimiter: u8, columns: &RecordColumns) -> Result<Self, Refusal> {
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(source);
        let headers = reader.byte_headers().map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => Refusal::Io(error),
            other => Refusal::NoText(format!("not CSV: {other:?}")),
        })?;
        let headers: Vec<String> = headers
            .iter()
            .map(|h| String::from_utf8_lossy(h).trim_start_matches('\u{FEFF}').trim().to_owned())
            .collect();
        let position =
            |name: &str| headers.iter().position(|header| header.eq_ignore_ascii_case(name));
        let Some(text) = position(&columns.text) else {
            let message =
                format!("no column {:?}; the columns are {}", columns.text, quoted(&headers));
            let about = position(&columns.path).is_some();
            return Err(if about { Refusal::Metadata(message) } else { Refusal::NoText(message) });
        };
        let cells = columns.metadata_names().map(position);
        Ok(Self { reader, text, cells, record: csv::ByteRecord::new(), failed: false })
    }

    fn next(&mut self) -> Option<RecordResult> {
        if self.failed {
            return None;
        }
        let line = self.reader.position().line() as usize;
        match self.reader.read_byte_record(&mut self.record) {
            Ok(false) => None,
            Ok(true) => {
                let line = self.record.position().map_or(line, |p| p.line() as usize);
                let cell = |i: usize| {
                    self.record.get(i).map(|value| String::from_utf8_lossy(value).into_owned())
                };
                let Some(text) = cell(self.text) else {
                    let message = format!("a row of {} cells, without its text", self.record.len());
                    return Some((line, Err(message)));
                };
                let cells = self.cells.map(|i| i.and_then(cell));
                Some((line, Ok(Record::new(text, cells))))
            }
            Err(error) => {
                self.failed = true;
                Some((line, Err(format!("reading stopped: {error}"))))
            }
        }
    }
}

/// Bytes of any encoding as UTF-8, without reading the whole.
pub(super) struct Transcoder {
    source: Box<dyn Read + Send>,
    decoder: Option<Decoder>,
    ready: Vec<u8>,
    used: usize,
    ended: bool,
}

impl Transcoder {
    fn empty() -> Self {
        let source = Box::new(io::empty());
        Self { source, decoder: None, ready: Vec::new(), used: 0, ended: true }
    }

    /// Tells the encoding from the first 64 KB.
    fn open(mut source: Box<dyn Read + Send>) -> io::Result<Self> {
        let mut head = Vec::new();
        (&mut source).take(1 << 16).read_to_end(&mut head)?;
        let (encoding, mark) = super::decode::detect(&head, None);
        let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling());
        let mut this = Self { source, decoder, ready: Vec::new(), used: 0, ended: false };
        this.take_in(&head[mark..], false);
        Ok(this)
    }

    fn take_in(&mut self, bytes: &[u8], last: bool) {
        self.used = 0;
        self.ready.clear();
        let Some(decoder) = &mut self.decoder else {
            self.ready.extend_from_slice(bytes);
            return;
        };
        let mut rest = bytes;
        loop {
            let filled = self.ready.len();
            let room = decoder.max_utf8_buffer_length(rest.len()).unwrap_or(rest.len() * 3 + 16);
            self.ready.resize(filled + room.max(16), 0);
            let (result, read, written, _) =
                decoder.decode_to_utf8(rest, &mut self.ready[filled..], last);
            self.ready.truncate(filled + written);
            rest = &rest[read..];
            if result == CoderResult::InputEmpty {
                return;
            }
        }
    }
}

impl Read for Transcoder {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.used == self.ready.len() {
            if self.ended {
                return Ok(0);
            }
            let mut bytes = [0; 1 << 14];
            let n = self.source.read(&mut bytes)?;
            self.ended = n == 0;
            self.take_in(&bytes[..n], self.ended);
        }
        let n = out.len().min(self.ready.len() - self.used);
        out[..n].copy_from_slice(&self.ready[self.used..self.used + n]);
        self.used += n;
        Ok(n)
    }
}
