//! Builds the text of a marked-up document: one block a line, with what each line is.

use super::BlockForm;
use super::blocks::Layout;

/// A text under construction. White space inside a line is collapsed.
#[derive(Debug, Default)]
pub(super) struct LineBuilder {
    text: String,
    forms: Vec<(usize, BlockForm)>,
    line: String,
}

impl LineBuilder {
    /// Adds running text to the current line.
    pub(super) fn add(&mut self, text: &str) {
        for (i, word) in text.split(|c: char| c.is_whitespace() || c.is_control()).enumerate() {
            if i > 0 && !self.line.is_empty() && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
            self.line.push_str(word);
        }
    }

    /// Ends the current line; an empty one leaves no trace.
    pub(super) fn end(&mut self, form: BlockForm) {
        let line = self.line.trim();
        if !line.is_empty() {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            if form != BlockForm::Paragraph {
                self.forms.push((self.text.len(), form));
            }
            self.text.push_str(line);
        }
        self.line.clear();
    }

    /// The text and its layout.
    pub(super) fn finish(mut self, form: BlockForm) -> (String, Layout) {
        self.end(form);
        (self.text, Layout::Lines(self.forms))
    }

    /// Whether nothing has been added.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.line.trim().is_empty()
    }
}
