//! A loaded file or record to a [`Document`].

use super::blocks::{Layout, segment};
use super::decode::{decode, without_controls};
use super::format::Format;
use super::inputs::ReadOptions;
use super::metadata::DocumentMetadata;
use super::{Document, day};
use crate::error::ReadError;
use crate::pack::FurnitureRules;
use crate::span::DocumentId;

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
    pub(super) page_day: Option<jiff::civil::Date>,
}

impl RawDocument {
    /// Decodes the bytes, takes the text out of its format, and finds out what of it is story,
    /// where its paragraphs are, when it was published and in which language it is.
    ///
    /// # Errors
    /// If the bytes hold no text.
    pub fn read(self, rules: &FurnitureRules, options: &ReadOptions) -> Result<Document, ReadError> {
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
            Content::Bytes(bytes, format) => {
                let decoded = decode(&bytes, None);
                warnings.extend(decoded.warnings);
                let _ = format;
                FormattedText::plain(decoded.text)
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
            published: metadata.published.or(options.published).or(formatted.page_day),
            url: metadata.url,
            path: self.path,
            text: formatted.text,
            warnings,
            ..Document::default()
        };
        document.analyse_layout(&formatted.layout, rules);
        Ok(document)
    }
}

impl FormattedText {
    /// A text of which the format tells nothing.
    pub(super) fn plain(text: String) -> Self {
        Self { text, layout: Layout::Plain, metadata: DocumentMetadata::default(), page_day: None }
    }
}

impl Document {
    /// A document of a text that is in memory, taken as it is. Its blocks, furniture, day and
    /// language are found as for a plain text file.
    #[must_use]
    pub fn from_text(id: impl Into<DocumentId>, text: impl Into<String>, rules: &FurnitureRules) -> Self {
        let mut document = Self { id: id.into(), text: text.into(), ..Self::default() };
        document.analyse_layout(&Layout::Plain, rules);
        document
    }

    fn analyse_layout(&mut self, layout: &Layout, rules: &FurnitureRules) {
        let _ = rules;
        self.blocks = segment(&self.text, layout);
        if self.published.is_none() {
            self.published = self.url.as_deref().and_then(day::in_url).or_else(|| {
                let name = self.path.rsplit('/').next().unwrap_or_default();
                day::find(name).and_then(day::DayReading::day)
            });
        }
    }
}
