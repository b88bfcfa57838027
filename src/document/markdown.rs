//! Markdown to the text that a reader sees, one block a line.
//!
//! A light reading of CommonMark with GitHub's tables: enough for reports, not a renderer. Code
//! blocks, images, comments and HTML tags are left out.

use super::BlockForm;
use super::blocks::{Layout, list_marker};
use super::lines::LineBuilder;

/// The text without its markup.
pub(super) fn read(markdown: &str) -> (String, Layout) {
    let mut lines = LineBuilder::default();
    let mut form = BlockForm::Paragraph;
    let mut fence: Option<&str> = None;
    let mut source = markdown.lines().peekable();
    while let Some(raw) = source.next() {
        let line = raw.trim();
        if let Some(mark) = fence {
            if line.starts_with(mark) {
                fence = None;
            }
            continue;
        }
        if let Some(mark) = ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark)) {
            lines.end(form);
            form = BlockForm::Paragraph;
            fence = Some(mark);
            continue;
        }
        let line = line.trim_start_matches('>').trim_start();
        if line.is_empty() || is_break(line) || is_definition(line) {
            lines.end(form);
            form = BlockForm::Paragraph;
            continue;
        }
        if let Some(title) = heading(line) {
            lines.end(form);
            add_inline(title, &mut lines);
            lines.end(BlockForm::Heading);
            form = BlockForm::Paragraph;
            continue;
        }
        if line.starts_with('|') {
            lines.end(form);
            let divider = line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
            if !divider {
                for cell in line.trim_matches('|').split('|') {
                    add_inline(cell, &mut lines);
                    lines.add(" ");
                }
            }
            lines.end(BlockForm::ListItem);
            form = BlockForm::Paragraph;
            continue;
        }
        let mut content = line;
        if let Some(marker) = list_marker(line) {
            lines.end(form);
            form = BlockForm::ListItem;
            content = &line[marker..];
        }
        let underlined = form == BlockForm::Paragraph
            && source.peek().is_some_and(|next| is_underline(next.trim()));
        add_inline(content, &mut lines);
        if underlined {
            source.next();
            lines.end(BlockForm::Heading);
        } else if raw.ends_with("  ") || raw.ends_with('\\') {
            lines.end(form);
            form = BlockForm::Paragraph;
        } else {
            lines.add(" ");
        }
    }
    lines.finish(form)
}

fn heading(line: &str) -> Option<&str> {
    let title = line.trim_start_matches('#');
    let level = line.len() - title.len();
    ((1..=6).contains(&level) && title.starts_with([' ', '\t']))
        .then(|| title.trim().trim_end_matches('#').trim_end())
}

fn is_break(line: &str) -> bool {
    let marks = line.chars().filter(|c| !c.is_whitespace()).count();
    marks >= 3 && ['-', '*', '_'].iter().any(|m| line.chars().all(|c| c == *m || c.is_whitespace()))
}

fn is_underline(line: &str) -> bool {
    line.len() >= 3 && (line.chars().all(|c| c == '=') || line.chars().all(|c| c == '-'))
}

/// `[name]: https://...`
fn is_definition(line: &str) -> bool {
    line.starts_with('[')
        && line.split_once("]:").is_some_and(|(_, to)| {
            let to = to.trim_start();
            to.starts_with("http") || to.starts_with('<') || to.starts_with('/')
        })
}

/// Adds running text without emphasis, links, images, tags and escapes.
fn add_inline(text: &str, lines: &mut LineBuilder) {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let before = clean.chars().next_back();
        let (kept, length) = match c {
            '\\' => match after.chars().next() {
                Some(escaped) if escaped.is_ascii_punctuation() => (&after[..1], 2),
                _ => ("", 1),
            },
            '!' if after.starts_with('[') => match link(after) {
                Some((_, length)) => ("", 1 + length),
                None => ("!", 1),
            },
            '[' => match link(rest) {
                // The words of a link may hold emphasis themselves.
                Some((label, length)) => {
                    add_label(label, &mut clean);
                    ("", length)
                }
                None => ("[", 1),
            },
            '<' => match after.find('>') {
                Some(end) if is_tag(&after[..end]) => {
                    let address = &after[..end];
                    let shown = if address.contains("://") { address } else { "" };
                    (shown, end + 2)
                }
                _ => ("<", 1),
            },
            '*' | '`' => ("", 1),
            // `snake_case` keeps its underscores.
            '_' if !before.is_some_and(char::is_alphanumeric)
                || !after.starts_with(char::is_alphanumeric) =>
            {
                ("", 1)
            }
            _ => (&rest[..c.len_utf8()], c.len_utf8()),
        };
        clean.push_str(kept);
        rest = &rest[length..];
    }
    lines.add(&clean);
}

fn add_label(label: &str, clean: &mut String) {
    clean.extend(label.chars().filter(|c| !matches!(c, '*' | '`' | '[' | ']')));
}

/// The words of a link at the start of `text`, and the length of the whole.
fn link(text: &str) -> Option<(&str, usize)> {
    let close = text.find(']')?;
    let label = &text[1..close];
    let after = &text[close + 1..];
    if let Some(target) = after.strip_prefix('(') {
        return Some((label, close + 2 + target.find(')')? + 1));
    }
    if let Some(target) = after.strip_prefix('[') {
        return Some((label, close + 2 + target.find(']')? + 1));
    }
    // A footnote mark says nothing; other brackets are the writer's own.
    label.starts_with('^').then_some(("", close + 1))
}

fn is_tag(inside: &str) -> bool {
    inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_taken_off() {
        let markdown = "# Pipeline *closed*\n\nThe operator shut its **main line** on\n[Friday](https://x.example/a), a spokes\\_person said.\n\n> It is the first\n> time.\n\n- fuel `diesel`\n- crude\n\n| City | Hours |\n|---|---|\n| Mobile | 12 |\n\n```\ncode\n```\n![A valve](v.png)\nSetext\n------\n<!-- note -->Use snake_case.[^1]\n";
        let (text, layout) = read(markdown);
        assert_eq!(
            text,
            "Pipeline closed\nThe operator shut its main line on Friday, a spokes_person said.\nIt is the first time.\nfuel diesel\ncrude\nCity Hours\nMobile 12\nSetext\nUse snake_case."
        );
        let Layout::Lines(forms) = layout else { panic!("lines") };
        assert_eq!(forms[0], (0, BlockForm::Heading));
        assert_eq!(forms.iter().filter(|f| f.1 == BlockForm::ListItem).count(), 4);
        assert_eq!(forms.iter().filter(|f| f.1 == BlockForm::Heading).count(), 2);
    }

    #[test]
    fn prose_that_looks_like_markup_stays() {
        let (text, _) = read("He said [sic] that 3 < 5 and a > b.\n\n#hashtag stays");
        assert_eq!(text, "He said [sic] that 3 < 5 and a > b.\n#hashtag stays");
    }
}
