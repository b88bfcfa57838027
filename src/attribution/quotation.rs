//! Quotation marks to quotations: straight, curly and single, over several paragraphs, with a
//! closing mark missing.
//!
//! A quotation that is not closed ends with its paragraph. A paragraph that opens with a mark
//! after one that was left open goes on with the same quotation (each paragraph of a long speech
//! opens anew, the last alone closes).

use crate::span::TokenRange;
use crate::text::AnnotatedText;

/// Words between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The tokens between the marks.
    pub tokens: TokenRange,
    /// Head token of the noun phrase that names the speaker.
    pub speaker: Option<u32>,
    /// The verb of saying.
    pub verb: Option<u32>,
    /// Whether a closing mark was found.
    pub closed: bool,
    /// Whether it goes on with the quotation before it: it opens a paragraph after one that was
    /// not closed.
    pub continues: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// `"`: opens or closes by its neighbours.
    Straight,
    Open(Style),
    Close(Style),
    /// `'` and `’`: perhaps an apostrophe.
    Single,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Double,
    Single,
    Guillemet,
}

fn mark(surface: &str) -> Option<Mark> {
    Some(match surface {
        "\"" | "\"\"" | "''" => Mark::Straight,
        "\u{201c}" | "\u{201e}" | "``" | "\u{201f}" => Mark::Open(Style::Double),
        "\u{201d}" => Mark::Close(Style::Double),
        "\u{ab}" => Mark::Open(Style::Guillemet),
        "\u{bb}" => Mark::Close(Style::Guillemet),
        "\u{2018}" | "`" => Mark::Open(Style::Single),
        "'" | "\u{2019}" => Mark::Single,
        _ => return None,
    })
}

struct Pending {
    style: Style,
    first: usize,
    continues: bool,
}

/// Finds the quotations of a text, in text order, disjoint; speakers are not yet known.
pub(super) fn quotations(text: &AnnotatedText<'_>) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut left_open = false;
    let mut first = 0;
    while first < text.sentences.len() {
        let block = text.sentences[first].block;
        let last = first + text.sentences[first..].partition_point(|s| s.block == block);
        let tokens = TokenRange {
            start: text.sentences[first].tokens.start,
            end: text.sentences[last - 1].tokens.end,
        };
        left_open = paragraph(text, tokens, left_open, &mut found);
        first = last;
    }
    found
}

/// Reads one paragraph; returns whether it ends within a quotation.
fn paragraph(
    text: &AnnotatedText<'_>,
    range: TokenRange,
    left_open: bool,
    found: &mut Vec<Quotation>,
) -> bool {
    let mut pending: Option<Pending> = None;
    let is_word = |t: usize| !text.surface(t).trim().is_empty();
    let start = range.range().find(|t| is_word(*t)).unwrap_or(range.start as usize);
    for token in range.range() {
        let Some(mark) = mark(text.surface(token)) else { continue };
        let opening = match (mark, &pending) {
            (Mark::Open(style), None) => Some(style),
            (Mark::Straight, None) => {
                (token == start || opens(text, token, range)).then_some(Style::Double)
            }
            (Mark::Single, None) => single_opens(text, token, range).then_some(Style::Single),
            _ => None,
        };
        if let Some(style) = opening {
            let continues = left_open && token == start;
            pending = Some(Pending { style, first: token + 1, continues });
            continue;
        }
        let Some(open) = &pending else { continue };
        let closing = match (mark, open.style) {
            (Mark::Close(style), open) => style == open,
            (Mark::Straight, Style::Double) => true,
            (Mark::Single, Style::Single) => single_closes(text, token, range),
            // A text that mixes marks opens again what was never closed.
            (Mark::Open(Style::Double), Style::Double) => {
                let first = open.first;
                push(text, first, token, open.continues, false, found);
                pending =
                    Some(Pending { style: Style::Double, first: token + 1, continues: false });
                continue;
            }
            _ => false,
        };
        if closing {
            push(text, open.first, token, open.continues, true, found);
            pending = None;
        }
    }
    match pending {
        // An apostrophe that looked like a mark: nothing was quoted.
        Some(open) if open.style == Style::Single && !open.continues => {
            let curly = text.surface(open.first - 1) == "\u{2018}" && open.first == start + 1;
            if curly {
                push(text, open.first, range.end as usize, open.continues, false, found);
            }
            curly
        }
        Some(open) => {
            push(text, open.first, range.end as usize, open.continues, false, found);
            true
        }
        None => false,
    }
}

fn push(
    text: &AnnotatedText<'_>,
    first: usize,
    end: usize,
    continues: bool,
    closed: bool,
    found: &mut Vec<Quotation>,
) {
    let mut end = end;
    while end > first && text.surface(end - 1).trim().is_empty() {
        end -= 1;
    }
    if end > first {
        let tokens = TokenRange::new(first, end);
        found.push(Quotation { tokens, speaker: None, verb: None, closed, continues });
    }
}

fn space_before(text: &AnnotatedText<'_>, token: usize, range: TokenRange) -> bool {
    token == range.start as usize
        || text.tokens[token - 1].span.end < text.tokens[token].span.start
        || text.surface(token - 1).trim().is_empty()
}

fn space_after(text: &AnnotatedText<'_>, token: usize, range: TokenRange) -> bool {
    token + 1 >= range.end as usize
        || text.tokens[token].span.end < text.tokens[token + 1].span.start
        || text.surface(token + 1).trim().is_empty()
}

/// A straight mark with no quotation open: one that clings to the word before it closes what was
/// never opened, and is passed over.
fn opens(text: &AnnotatedText<'_>, token: usize, range: TokenRange) -> bool {
    let (before, after) = (space_before(text, token, range), space_after(text, token, range));
    before || !after || matches!(text.surface(token - 1), "(" | "[" | "-" | "\u{2013}" | "\u{2014}")
}

/// Elisions that start with an apostrophe.
fn is_elision(next: &str) -> bool {
    next.starts_with(|c: char| c.is_ascii_digit())
        || matches!(
            next.to_lowercase().as_str(),
            "em" | "tis" | "twas" | "cause" | "n" | "s" | "til" | "round"
        )
}

fn single_opens(text: &AnnotatedText<'_>, token: usize, range: TokenRange) -> bool {
    let bracket = token > range.start as usize && matches!(text.surface(token - 1), "(" | "[");
    (space_before(text, token, range) || bracket)
        && !space_after(text, token, range)
        && token + 1 < range.end as usize
        && !is_elision(text.surface(token + 1))
        && (text.surface(token) == "'" || text.surface(token) == "\u{2018}")
        // A mark that never closes is an apostrophe.
        && (token + 2..range.end as usize).any(|t| {
            matches!(text.surface(t), "'" | "\u{2019}") && single_closes(text, t, range)
        })
}

/// A single mark closes unless it is the genitive of a plural, which the tagger knows.
fn single_closes(text: &AnnotatedText<'_>, token: usize, range: TokenRange) -> bool {
    let stop_before = token > range.start as usize
        && matches!(text.surface(token - 1), "." | "," | "!" | "?" | "\u{2026}");
    (text.tokens[token].tag != "POS" || stop_before)
        && !space_before(text, token, range)
        && (space_after(text, token, range)
            || token + 1 >= range.end as usize
            || !text.surface(token + 1).starts_with(char::is_alphanumeric))
}
