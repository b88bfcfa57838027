//! Bytes to [`Document`]: which files are read, in which encoding and format, what in them is
//! story and what web furniture, when they were published.

mod blocks;
mod dateline;
pub mod day;
pub mod decode;
mod email;
pub mod fingerprint;
mod format;
mod front_matter;
mod furniture;
#[cfg(feature = "html")]
mod html;
mod inputs;
mod lines;
mod listing;
mod markdown;
mod metadata;
mod raw;
mod records;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::date::Date;
use crate::order;

pub use self::format::Format;
pub use self::inputs::{InputItem, Inputs, ReadOptions};
pub use self::metadata::{DocumentMetadata, MetadataTable, day_of};
pub use self::raw::RawDocument;
pub use self::records::RecordColumns;
pub use crate::pack::FurnitureReason;
use crate::span::{DocumentId, Span};

/// One report as read: its text, and what is known about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Its identifier, unique in a run.
    pub id: DocumentId,
    /// Headline, where metadata or the format gives one.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Day of publication; relative dates are counted from it.
    pub published: Option<Date>,
    /// Where it was published.
    pub url: Option<String>,
    /// Path as given on the command line, with `/` between folders.
    pub path: String,
    /// The whole text as read, decoded; offsets everywhere count from its start. Furniture is
    /// still in it.
    pub text: String,
    /// Parts of the text that are not the story, in text order, disjoint.
    pub furniture: Vec<Furniture>,
    /// The place that the dateline names (`LONDON` in `LONDON, Oct 8 (Reuters) -`): where the
    /// report was filed. The dateline itself is furniture.
    pub dateline: Option<Span>,
    /// The story: paragraphs, headings and list lines in text order, disjoint, furniture left
    /// out. A sentence never crosses from one block into the next.
    pub blocks: Vec<Block>,
    /// Language of the story where it is told reliably, ISO 639-3 (`eng`).
    pub language: Option<SmolStr>,
    /// MinHash signature of the story, for recognising copies; empty for a text too short.
    pub fingerprint: Vec<u32>,
    /// What had to be repaired while reading, in words.
    pub warnings: Vec<String>,
}

/// A part of a text that is not the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Furniture {
    /// Where it is.
    pub span: Span,
    /// Which rule cut it.
    pub reason: FurnitureReason,
}

impl Furniture {
    /// Puts parts into the order of the text; those of one span stay as they are.
    fn sort(parts: &mut [Furniture]) {
        order::by_key(parts, |part| part.span);
    }
}

/// A stretch of story that is read on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it is.
    pub span: Span,
    /// What it is.
    pub form: BlockForm,
}

/// What a block of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockForm {
    /// Running text.
    Paragraph,
    /// A headline or a heading between paragraphs; often without a verb.
    Heading,
    /// An item of a list, or a row of a table.
    ListItem,
}
