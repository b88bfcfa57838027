//! [`AnnotatedText`](crate::text::AnnotatedText) to who says what: quotations, reported speech, their speakers and their stance.

pub use crate::ontology::Stance;
