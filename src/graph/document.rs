//! What the graph keeps of the documents that it was made of.

use crate::date::Date;
use serde::{Deserialize, Serialize};

use crate::span::DocumentId;

/// What the graph keeps of a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Its identifier.
    pub id: DocumentId,
    /// Headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Path as given on the command line.
    pub path: String,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Words of the story.
    pub words: usize,
    /// The document of which this is a copy; copies count once as a source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<DocumentId>,
}
