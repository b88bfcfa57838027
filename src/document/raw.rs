//! A loaded file or record to a [`Document`].

use super::blocks::{Layout, ends_sentence, segment};
use super::day::{self, DayReading};
use super::decode::{decode, without_controls};
use super::format::Format;
use super::inputs::ReadOptions;
use super::metadata::DocumentMetadata;
use super::{Block, BlockForm, Document, Furniture, FurnitureReason};
use super::{dateline, fingerprint, furniture};
use crate::error::ReadError;
use crate::pack::FurnitureRules;
use crate::span::{DocumentId, Span};

/// A document's bytes, and what is known of it before they are looked at.
#[derive(Clone, Debug)]
pub struct RawDocument {
    /// Its identifier, unique among the documents of its [`Inputs`](super::Inputs).
    pub id: DocumentId,
    /// Its path as given.
    pub path: String,
    pub(super) content: Content,
    /// What the metadata table and its record say.
    pub(super) metadata: DocumentMetadata,
    pub(super) warnings: Vec<String>,
}

/// What a document is read from.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// A file.
    Bytes(Vec<u8>, Format),
    /// The text of a record, decoded.
    Text(String),
}

/// A text out of a format, with what the format says about it.
#[derive(Clone, Debug)]
pub(super) struct FormattedText {
    pub(super) text: String,
    pub(super) layout: Layout,
    /// What the format's own fields say, the day only where a person wrote it for this document.
    pub(super) metadata: DocumentMetadata,
    /// The day that the page itself gives, such as HTML's `article:published_time`.
    pub(super) page_day: Option<crate::date::Date>,
    /// Bytes of front matter at the head of the text.
    pub(super) head: usize,
}

impl RawDocument {
    /// Decodes the bytes, takes the text out of its format, and finds out what of it is story,
    /// where its paragraphs are, when it was published and in which language it is.
    ///
    /// # Errors
    /// If the bytes hold no text.
    pub fn read(
        self,
        rules: &FurnitureRules,
        options: &ReadOptions,
    ) -> Result<Document, ReadError> {
        let unreadable =
            |reason: String| ReadError::Unreadable { path: self.path.clone().into(), reason };
        let mut warnings = self.warnings;
        let formatted = match self.content {
            Content::Text(text) => {
                let (text, controls) = without_controls(text);
                if controls > 0 {
                    warnings.push(format!("{controls} control characters read as spaces"));
                }
                FormattedText::plain(text)
            }
            Content::Bytes(bytes, Format::Email) => {
                super::email::read(&bytes).map_err(unreadable)?
            }
            Content::Bytes(bytes, format) => {
                let declared = if format == Format::Html { declared_charset(&bytes) } else { None };
                let decoded = decode(&bytes, declared);
                warnings.extend(decoded.warnings);
                match format {
                    Format::Html => {
                        let (page, warning) = read_html(&decoded.text).map_err(unreadable)?;
                        warnings.extend(warning);
                        page
                    }
                    Format::Markdown => FormattedText::markdown(&decoded.text),
                    _ => FormattedText::plain_file(decoded.text),
                }
            }
        };
        if formatted.text.trim().is_empty() {
            return Err(unreadable("the file holds no text".to_owned()));
        }
        let mut metadata = self.metadata;
        metadata.fill_from(formatted.metadata);
        let mut document = Document {
            id: self.id,
            title: metadata.title,
            publisher: metadata.publisher,
            published: metadata.published.or(formatted.page_day),
            url: metadata.url,
            path: self.path,
            text: formatted.text,
            warnings,
            ..Document::default()
        };
        document.analyse(&formatted.layout, formatted.head, rules);
        document.published = document.published.or(options.published);
        Ok(document)
    }
}

impl FormattedText {
    /// A text of which the format tells nothing.
    fn plain(text: String) -> Self {
        let metadata = DocumentMetadata::default();
        Self { text, layout: Layout::Plain, metadata, page_day: None, head: 0 }
    }

    /// A text file, which may begin with front matter.
    fn plain_file(text: String) -> Self {
        match super::front_matter::read(&text) {
            Some((metadata, head)) => Self { metadata, head, ..Self::plain(text) },
            None => Self::plain(text),
        }
    }

    fn markdown(source: &str) -> Self {
        let (metadata, head) = super::front_matter::read(source).unwrap_or_default();
        let (text, layout) = super::markdown::read(&source[head..]);
        Self { text, layout, metadata, page_day: None, head: 0 }
    }
}

/// Reads a page, with a warning where its main text could not be told.
#[cfg(feature = "html")]
pub(super) fn read_html(html: &str) -> Result<(FormattedText, Option<String>), String> {
    super::html::read(html)
}

/// Says that this build cannot read pages.
#[cfg(not(feature = "html"))]
pub(super) fn read_html(_html: &str) -> Result<(FormattedText, Option<String>), String> {
    Err("HTML; this build is without the feature \"html\"".to_owned())
}

/// The encoding that a page names in its first bytes (`<meta charset=...>`).
fn declared_charset(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes[..bytes.len().min(2048)].to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset=")? + b"charset=".len();
    let label = head[at..].trim_ascii_start();
    let label = label.strip_prefix(b"\"").or(label.strip_prefix(b"'")).unwrap_or(label);
    let end = label.iter().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')));
    encoding_rs::Encoding::for_label(&label[..end?])
}

/// Enough text to tell its language by, in bytes; telling it is slow.
const LANGUAGE_SAMPLE: usize = 600;

impl Document {
    /// A document of a text that is in memory, taken as it is. Its blocks, furniture, day and
    /// language are found as for a plain text file.
    #[must_use]
    pub fn from_text(
        id: impl Into<DocumentId>,
        text: impl Into<String>,
        rules: &FurnitureRules,
    ) -> Self {
        let mut document = Self { id: id.into(), text: text.into(), ..Self::default() };
        document.analyse(&Layout::Plain, 0, rules);
        document
    }

    /// Finds blocks, furniture, dateline, title, day, language and fingerprint. `head` bytes at
    /// the start are front matter.
    fn analyse(&mut self, layout: &Layout, head: usize, rules: &FurnitureRules) {
        let mut blocks = segment(&self.text[head..], layout);
        for block in &mut blocks {
            block.span.start += head as u32;
            block.span.end += head as u32;
        }
        let mut found = furniture::find(&self.text, &blocks, rules);
        if head > 0 {
            let span = Span::new(0, self.text[..head].trim_end().len());
            let matter = Furniture { span, reason: FurnitureReason::Boilerplate };
            found.furniture.insert(0, matter);
        }
        let mut story = furniture::without(&self.text, &blocks, &found.furniture);
        let dated = self.take_day_line(&mut story, &mut found.furniture);
        let filed = self.take_dateline(&mut story, &mut found.furniture);
        if self.title.is_none()
            && let Some(first) = story.first().filter(|b| b.form == BlockForm::Heading)
        {
            let line = first.span.of(&self.text);
            let label = ["Title:", "TITLE:", "Headline:", "HEADLINE:"];
            let title = label.iter().find_map(|label| line.strip_prefix(label)).unwrap_or(line);
            self.title = Some(title.trim().to_owned());
        }
        self.published = self
            .published
            .or_else(|| self.url.as_deref().and_then(day::in_url))
            .or_else(|| {
                let name = self.path.rsplit('/').next().unwrap_or_default();
                day::find(name).and_then(DayReading::day)
            })
            .or_else(|| {
                let line = found.published?.of(&self.text);
                day::find(line).and_then(DayReading::day)
            })
            .or(dated)
            .or(filed);
        self.fingerprint = fingerprint::signature(story.iter().map(|b| b.span.of(&self.text)));
        self.language = self.tell_language(&story);
        self.furniture = found.furniture;
        self.blocks = story;
    }

    /// Moves a line that is nothing but a day, above the first paragraph, into the furniture; its
    /// day. A text with several such lines is a chronology, and they are its headings.
    fn take_day_line(
        &mut self,
        story: &mut Vec<Block>,
        furniture: &mut Vec<Furniture>,
    ) -> Option<crate::date::Date> {
        let mut lines = story.iter().enumerate().filter_map(|(i, block)| {
            let (place, day) = dateline::alone(block.span.of(&self.text))?;
            Some((i, place, day))
        });
        let (at, place, day) = lines.next()?;
        let above = story[..at].iter().all(|b| !ends_sentence(b.span.of(&self.text)));
        if lines.next().is_some() || at > 5 || !above {
            return None;
        }
        let span = story.remove(at).span;
        if !place.is_empty() && self.dateline.is_none() {
            let start = span.start as usize;
            self.dateline = Some(Span::new(start + place.start, start + place.end));
        }
        furniture.push(Furniture { span, reason: FurnitureReason::Dateline });
        Furniture::sort(furniture);
        Some(day)
    }

    /// Moves a dateline from one of the first paragraphs into the furniture; its day.
    fn take_dateline(
        &mut self,
        story: &mut [Block],
        furniture: &mut Vec<Furniture>,
    ) -> Option<crate::date::Date> {
        let mut first = true;
        for block in story.iter_mut().take(5).filter(|b| b.form == BlockForm::Paragraph) {
            let Some(line) = dateline::read(block.span.of(&self.text), first) else {
                first = false;
                continue;
            };
            let start = block.span.start as usize;
            if !line.place.is_empty() {
                self.dateline = Some(Span::new(start + line.place.start, start + line.place.end));
            }
            if self.publisher.is_none() {
                self.publisher = line.agency.map(str::to_owned);
            }
            let day = line.day;
            let end = start + line.length;
            let span = Span::new(start, start + self.text[start..end].trim_end().len());
            furniture.push(Furniture { span, reason: FurnitureReason::Dateline });
            Furniture::sort(furniture);
            block.span.start = Span::new(end, end).start;
            return day;
        }
        None
    }

    fn tell_language(&self, story: &[Block]) -> Option<smol_str::SmolStr> {
        let mut sample = String::new();
        for block in story.iter().filter(|b| b.form == BlockForm::Paragraph) {
            let part = block.span.of(&self.text);
            let room = LANGUAGE_SAMPLE.saturating_sub(sample.len());
            let end = (0..=room.min(part.len())).rev().find(|i| part.is_char_boundary(*i))?;
            sample.push_str(&part[..end]);
            sample.push(' ');
            if sample.len() >= LANGUAGE_SAMPLE {
                break;
            }
        }
        let info = whatlang::detect(&sample)?;
        info.is_reliable().then(|| smol_str::SmolStr::new_static(info.lang().code()))
    }
}
