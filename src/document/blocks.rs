//! Text to blocks: paragraphs, headings and list items, whether the text is wrapped at a fixed
//! width, has one paragraph a line, or marks paragraphs by runs of spaces.

use super::{Block, BlockForm};
use crate::order;
use crate::span::Span;

/// What the format tells about the lines of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Nothing: paragraphs must be recognised.
    Plain,
    /// Every line is a block of its own; those that begin at these offsets are no paragraphs.
    Lines(Vec<(usize, BlockForm)>),
}

/// A line of the file, without its leading and trailing white space.
#[derive(Clone, Copy, Debug)]
struct Line {
    start: usize,
    end: usize,
    indent: usize,
    /// Width in characters, the indentation included.
    width: usize,
    /// Whether a blank line, or nothing, stands before it.
    opens: bool,
}

/// Lines are narrower than this where a text is wrapped at a fixed width.
const WIDEST_WRAP: usize = 130;
const NARROWEST_WRAP: usize = 40;
/// A line of more bytes is text with gaps, not a row of cells.
const LONGEST_ROW: usize = 240;

/// Divides a text into blocks, in text order. Nothing but white space, list markers and rules
/// (`----`) lies outside of them.
pub(super) fn segment(text: &str, layout: &Layout) -> Vec<Block> {
    let lines = lines(text);
    let mut blocks = Vec::new();
    match layout {
        Layout::Lines(forms) => {
            let mut forms = forms.iter().peekable();
            for line in &lines {
                while forms.next_if(|(at, _)| *at < line.start).is_some() {}
                let form = forms.peek().filter(|(at, _)| *at == line.start).map(|(_, form)| *form);
                let span = Span::new(line.start, line.end);
                match form {
                    Some(form) => blocks.push(Block { span, form }),
                    None => push_paragraph(text, span, &mut blocks),
                }
            }
        }
        Layout::Plain => {
            let wrap = wrap_width(text, &lines);
            let mut i = 0;
            while i < lines.len() {
                let mut last = i;
                while last + 1 < lines.len() && continues(text, &lines, last, wrap) {
                    last += 1;
                }
                let span = Span::new(lines[i].start, lines[last].end);
                let first = blocks.is_empty();
                push_plain(text, span, last == i, first, &mut blocks);
                i = last + 1;
            }
        }
    }
    blocks
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut opens = true;
    let mut at = 0;
    for line in text.split('\n') {
        let content = line.trim_matches(is_blank);
        if content.is_empty() {
            opens = true;
        } else {
            let indent = line.len() - line.trim_start_matches(is_blank).len();
            let start = at + indent;
            let width = indent + content.chars().count();
            lines.push(Line { start, end: start + content.len(), indent, width, opens });
            opens = false;
        }
        at += line.len() + 1;
    }
    lines
}

/// White space, and characters that print nothing at a line's edge.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{AD}')
}

/// The width at which the text is wrapped, where it is: most lines that another line of the same
/// paragraph follows are so full that the next word did not fit, and many break a sentence.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let inner: Vec<usize> =
        (0..lines.len().saturating_sub(1)).filter(|i| !lines[i + 1].opens).take(4000).collect();
    if inner.len() < 2 {
        return None;
    }
    let mut widths: Vec<usize> = inner.iter().map(|i| lines[*i].width).collect();
    order::ascending(&mut widths);
    let width = widths[(widths.len() - 1) * 9 / 10];
    if !(NARROWEST_WRAP..=WIDEST_WRAP).contains(&width) {
        return None;
    }
    let full = inner.iter().filter(|i| is_full(text, lines, **i, width)).count();
    // Lines of like length are no proof: where each is a sentence, none goes on in the next.
    let broken = inner
        .iter()
        .filter(|i| text[lines[**i + 1].start..].starts_with(char::is_lowercase))
        .count();
    let capitals = !text.contains(char::is_lowercase);
    let broken_often = broken * 4 >= inner.len() || capitals;
    (full * 10 >= inner.len() * 6 && broken_often).then_some(width)
}

/// Whether the first word of the next line would not have fitted on line `i`.
fn is_full(text: &str, lines: &[Line], i: usize, width: usize) -> bool {
    let next = &text[lines[i + 1].start..lines[i + 1].end];
    let word = next.split_whitespace().next().unwrap_or_default().chars().count();
    lines[i].width + 1 + word > width
}

/// Whether line `i + 1` goes on with the paragraph of line `i`.
fn continues(text: &str, lines: &[Line], i: usize, wrap: Option<usize>) -> bool {
    let (line, next) = (lines[i], lines[i + 1]);
    if next.opens {
        return false;
    }
    let after = &text[next.start..next.end];
    if list_marker(after).is_some() || is_rule(after) || is_rule(&text[line.start..line.end]) {
        return false;
    }
    let goes_on = line.width >= NARROWEST_WRAP
        && text[line.start..line.end]
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '–' | '—'))
        && after.starts_with(char::is_lowercase);
    match wrap {
        None => goes_on,
        Some(_) if goes_on => true,
        Some(_) if next.indent > line.indent + 1 => false,
        Some(_) if speaker_label(after).is_some() => false,
        Some(width) => is_full(text, lines, i, width),
    }
}

fn push_plain(text: &str, span: Span, one_line: bool, first: bool, blocks: &mut Vec<Block>) {
    let content = span.of(text);
    if is_rule(content) {
        return;
    }
    if let Some(marker) = list_marker(content) {
        let span = Span::new(span.start as usize + marker, span.end as usize);
        if !span.is_empty() {
            blocks.push(Block { span, form: BlockForm::ListItem });
        }
        return;
    }
    if one_line && is_table_row(content) {
        blocks.push(Block { span, form: BlockForm::ListItem });
        return;
    }
    if one_line && looks_like_heading(content, first) {
        blocks.push(Block { span, form: BlockForm::Heading });
        return;
    }
    push_paragraph(text, span, blocks);
}

/// A paragraph, divided where three or more spaces follow the end of a sentence, or four a
/// lead-in (`as follows:`) or a remark in brackets.
fn push_paragraph(text: &str, span: Span, blocks: &mut Vec<Block>) {
    let content = span.of(text);
    let mut from = 0;
    let mut search = 0;
    while let Some(at) = memchr::memmem::find(&content.as_bytes()[search..], b"   ") {
        let gap = search + at;
        let rest = &content[gap..];
        let next = gap + (rest.len() - rest.trim_start().len());
        let before = &content[from..gap];
        let lead_in = next - gap > 3 && before.ends_with([':', ')', ']']);
        let ends = ends_sentence(before) || lead_in;
        let starts =
            content[next..].starts_with(|c: char| !c.is_lowercase() && !matches!(c, ',' | ';'));
        if ends && starts {
            push_part(span, content, from, gap, blocks);
            from = next;
        }
        search = next.max(gap + 3);
    }
    push_part(span, content, from, content.len(), blocks);
}

fn push_part(span: Span, content: &str, from: usize, to: usize, blocks: &mut Vec<Block>) {
    let part = content[from..to].trim_end();
    if !part.is_empty() {
        let start = span.start as usize + from;
        let span = Span::new(start, start + part.len());
        blocks.push(Block { span, form: BlockForm::Paragraph });
    }
}

/// Whether a text ends as a sentence does, closing quotes and brackets set aside.
pub(super) fn ends_sentence(text: &str) -> bool {
    let body = text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*')
    });
    body.ends_with(['.', '!', '?', '…'])
}

/// Bytes of a list marker and the space after it: a bullet, a number, or a letter in brackets.
pub(super) fn list_marker(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let after = &text[first.len_utf8()..];
    let marker = match first {
        '•' | '◦' | '▪' | '■' | '●' | '‣' | '·' | '►' | '*' | '-' | '–' | '+' => {
            first.len_utf8()
        }
        '0'..='9' => {
            let digits = text.find(|c: char| !c.is_ascii_digit())?;
            // A year or a count may begin a sentence; a number of a list has one or two digits.
            if digits > 2 || !text[digits..].starts_with(['.', ')']) {
                return None;
            }
            digits + 1
        }
        '(' => {
            let inside = after.find(')')?;
            let short = inside <= 3 && after[..inside].chars().all(char::is_alphanumeric);
            if !short || inside == 0 {
                return None;
            }
            inside + 2
        }
        _ => return None,
    };
    let rest = &text[marker..];
    let space = rest.len() - rest.trim_start().len();
    (space > 0 && !rest.trim_start().is_empty()).then_some(marker + space)
}

/// A label that begins a speaker's turn in a transcript: `MR SMITH:`, `Q:`, `Jane Doe:`. Its
/// length with the colon.
pub(super) fn speaker_label(text: &str) -> Option<usize> {
    let colon = text.char_indices().take(48).find(|(_, c)| *c == ':').map(|(i, _)| i)?;
    let label = &text[..colon];
    let words = label.split_whitespace().count();
    let capitals = label
        .split_whitespace()
        .all(|w| w.starts_with(|c: char| c.is_uppercase() || c == '(' || c.is_ascii_digit()));
    let spoken = text[colon + 1..].starts_with([' ', '\t', '\u{A0}']);
    ((1..=5).contains(&words) && capitals && spoken).then_some(colon + 1)
}

/// A line of dashes, stars, equals signs or underscores.
fn is_rule(text: &str) -> bool {
    text.chars().all(|c| !c.is_alphanumeric() && !matches!(c, '"' | '“' | '”' | '.' | '?' | '!'))
        || text.chars().all(|c| matches!(c, '.' | ' '))
}

/// A row of a table: cells divided by tabs, bars, or wide gaps that end no sentence.
fn is_table_row(text: &str) -> bool {
    let bars = text.matches(" | ").count() + usize::from(text.starts_with('|'));
    if text.matches('\t').count() >= 1 || bars >= 2 {
        return !ends_sentence(text) || bars >= 2;
    }
    if text.len() > LONGEST_ROW || ends_sentence(text) {
        return false;
    }
    let mut gaps = 0;
    let mut rest = text;
    while let Some(at) = rest.find("   ") {
        if ends_sentence(&rest[..at]) {
            return false;
        }
        gaps += 1;
        rest = rest[at..].trim_start();
    }
    gaps >= 2
}

/// A short line that begins with a capital and does not end as a sentence, a lead-in (`he said:`)
/// or a clause does. The first line of a text may be longer: it is the headline.
pub(super) fn looks_like_heading(text: &str, first: bool) -> bool {
    let most = if first { 20 } else { 12 };
    let words = text.split_whitespace().take(most + 1).count();
    let open = text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
    let starts = text
        .trim_start_matches(['"', '\'', '“', '‘', '«', '(', '['])
        .starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let ends = open.ends_with(['.', '!', '?', '…', ':', ';', ',', '-', '–', '—']);
    let spoken = text.starts_with(['"', '“']);
    words <= most
        && text.len() <= 160
        && starts
        && !ends
        && (!spoken || first)
        && text.contains(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use BlockForm::{Heading, ListItem, Paragraph};

    fn blocks(text: &str) -> Vec<(BlockForm, &str)> {
        segment(text, &Layout::Plain).iter().map(|b| (b.form, b.span.of(text))).collect()
    }

    #[test]
    fn one_paragraph_a_line() {
        let text = "Two held after raid\nOfficers searched a flat in Leeds on Friday.\nWhat was found\n“We found a pistol,” the force said, adding:\n“Nobody was hurt.”";
        assert_eq!(
            blocks(text),
            [
                (Heading, "Two held after raid"),
                (Paragraph, "Officers searched a flat in Leeds on Friday."),
                (Heading, "What was found"),
                (Paragraph, "“We found a pistol,” the force said, adding:"),
                (Paragraph, "“Nobody was hurt.”"),
            ]
        );
    }

    #[test]
    fn text_wrapped_at_a_width_is_joined_to_paragraphs() {
        let text = "MANILA, May 3 - Gunmen in two boats boarded a cargo ship off the coast of\nBasilan on Tuesday night and took six of its crew, the navy said in a\nstatement.\n   A spokesman said that patrols had been sent to the area, and that the\nship was now in port.\n\nThe crew are from three countries. Nobody has said that it was behind\nthe attack.\n";
        let found = blocks(text);
        assert_eq!(found.len(), 3, "{found:#?}");
        assert!(found.iter().all(|(form, _)| *form == Paragraph));
        assert!(found[0].1.ends_with("statement."));
        assert!(found[1].1.ends_with("in port."));
    }

    #[test]
    fn wide_gaps_after_a_sentence_end_divide_paragraphs() {
        let text =
            "The army denied the report.    A unit was \"nearby.\"   It left.  Two spaces stay.";
        assert_eq!(
            blocks(text),
            [
                (Paragraph, "The army denied the report."),
                (Paragraph, "A unit was \"nearby.\""),
                (Paragraph, "It left.  Two spaces stay."),
            ]
        );
    }

    #[test]
    fn lists_and_tables_are_items_and_rules_nothing() {
        let text = "Seized in the raid were:\n- two rifles\n• a van\n1. cash\n(b) phones\n-----\nCity\tKilled\tHurt\nKano\t3\t12\n2016 was a hard year for the force.";
        let found = blocks(text);
        let items: Vec<&str> =
            found.iter().filter(|(f, _)| *f == ListItem).map(|(_, t)| *t).collect();
        assert_eq!(
            items,
            ["two rifles", "a van", "cash", "phones", "City\tKilled\tHurt", "Kano\t3\t12"]
        );
        assert_eq!(found.last().map(|b| b.0), Some(Paragraph));
        assert_eq!(found.len(), 8);
    }

    #[test]
    fn turns_of_a_transcript_stay_apart_in_wrapped_text() {
        let text = "MR OKORO: The committee asked in March how many officers had been sent to\nthe border, and we have had no answer.\nTHE MINISTER: There were forty, and a further ten were sent last week to the\ncrossing at Seme.\nMR OKORO: Thank you. We will come back to the matter of how they were paid\nat the next meeting.";
        assert_eq!(blocks(text).len(), 3, "{:#?}", blocks(text));
    }

    #[test]
    fn formats_that_know_their_lines_are_believed() {
        let text = "Headline\nA paragraph.\nAn item";
        let layout = Layout::Lines(vec![(0, Heading), (22, ListItem)]);
        let forms: Vec<BlockForm> = segment(text, &layout).iter().map(|b| b.form).collect();
        assert_eq!(forms, [Heading, Paragraph, ListItem]);
    }
}
