//! What each format forbids, and how it is avoided.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

/// Whether XML 1.0 allows the character, even as a reference.
fn xml_allows(c: char) -> bool {
    !matches!(c, '\u{0}'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Text as the value of an XML attribute: what XML 1.0 forbids is left out, and white space is
/// written as references, since parsers turn it into blanks otherwise.
#[derive(Clone, Copy, Debug)]
pub(super) struct XmlAttribute<'t>(pub(super) &'t str);

impl fmt::Display for XmlAttribute<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars().filter(|c| xml_allows(*c)) {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\n' => f.write_str("&#10;")?,
                '\r' => f.write_str("&#13;")?,
                '\t' => f.write_str("&#9;")?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// Text as the content of an XML element: within CDATA where it has `&`, `<` or `>`, because one
/// of the parsers that Gephi may use loses the blanks between entities.
#[derive(Clone, Copy, Debug)]
pub(super) struct XmlText<'t>(pub(super) &'t str);

impl fmt::Display for XmlText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A bare carriage return would be read as a line feed, and CDATA holds no references.
        let clean = |text: &str| -> String {
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            text.chars().filter(|c| xml_allows(*c)).collect()
        };
        if !self.0.contains(['&', '<', '>']) {
            return f.write_str(&clean(self.0));
        }
        write!(f, "<![CDATA[{}]]>", clean(self.0).replace("]]>", "]]]]><![CDATA[>"))
    }
}

/// Longest string in a DOT file, in bytes: Graphviz 2.43 fails at 16,384.
const DOT_LIMIT: usize = 16_000;

/// Text as a quoted DOT string, cut at 16,000 bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct DotString<'t>(pub(super) &'t str);

impl fmt::Display for DotString<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        let (mut written, mut run) = (0, 0);
        for (at, c) in self.0.char_indices() {
            // What stands for the character, if it cannot stay as it is.
            let escaped = match c {
                '\\' => Some("\\\\"),
                '"' => Some("\\\""),
                '\n' => Some("\\n"),
                '\t' => Some(" "),
                '\r' => Some(""),
                c if !xml_allows(c) => Some(""),
                _ => None,
            };
            let length = escaped.map_or(c.len_utf8(), str::len);
            if written + length > DOT_LIMIT - 4 {
                f.write_str(&self.0[run..at])?;
                run = self.0.len();
                f.write_str("…")?;
                break;
            }
            written += length;
            if let Some(escaped) = escaped {
                f.write_str(&self.0[run..at])?;
                f.write_str(escaped)?;
                run = at + c.len_utf8();
            }
        }
        f.write_str(&self.0[run..])?;
        f.write_char('"')
    }
}

fn in_nmtoken(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':')
}

/// Whether text is an NMTOKEN of ASCII letters, digits and `. - _ :` that does not begin with
/// `-`, which a spreadsheet would take for a formula.
pub(super) fn is_nmtoken(id: &str) -> bool {
    !id.is_empty() && !id.starts_with('-') && id.chars().all(in_nmtoken)
}

/// An NMTOKEN that resembles `id`: other characters become `_` with their code (`é` is `_e9`).
pub(super) fn nmtoken(id: &str) -> String {
    let mut token = String::with_capacity(id.len());
    for c in id.chars() {
        if in_nmtoken(c) && !(token.is_empty() && c == '-') {
            token.push(c);
        } else {
            let _ = write!(token, "_{:x}", u32::from(c));
        }
    }
    if token.is_empty() { "_".to_owned() } else { token }
}

/// Text on one line: control characters and runs of white space become one blank.
pub(super) fn one_line(text: &str) -> String {
    let blank = |c: char| c.is_whitespace() || c.is_control() || !xml_allows(c);
    let words: Vec<&str> = text.split(blank).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A list in the form that GEXF 1.3 readers agree on: `["a", "b"]` without blanks, every item
/// quoted, only `\` and `"` escaped, no empty items.
pub(super) fn list_string<'t>(items: impl Iterator<Item = &'t str>) -> String {
    let mut list = String::from("[");
    for item in items.map(one_line).filter(|item| !item.is_empty()) {
        if list.len() > 1 {
            list.push(',');
        }
        let _ = write!(list, "\"{}\"", item.replace('\\', "\\\\").replace('"', "\\\""));
    }
    list.push(']');
    list
}

/// A cell that a spreadsheet would run as a formula gets an apostrophe before it, and so does one
/// that begins with apostrophes and then so. Taking one apostrophe away from every cell that fits
/// `^'+[=+\-@\t\r]` undoes it exactly.
pub(super) fn neutral_cell(cell: &str) -> Cow<'_, str> {
    if cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_characters_go() {
        let nasty = "a\u{1}b\u{FFFE}<&>\"\n]]>";
        assert_eq!(XmlAttribute(nasty).to_string(), "ab&lt;&amp;&gt;&quot;&#10;]]&gt;");
        assert_eq!(XmlText(nasty).to_string(), "<![CDATA[ab<&>\"\n]]]]><![CDATA[>]]>");
        assert_eq!(XmlText("plain \u{8}é").to_string(), "plain é");
    }

    #[test]
    fn dot_strings_are_escaped_and_bounded() {
        assert_eq!(DotString("a\\b\"c\nd").to_string(), r#""a\\b\"c\nd""#);
        let long = DotString(&"é\"".repeat(9_000)).to_string();
        assert!(long.len() <= 16_002 && long.ends_with("…\""));
    }

    #[test]
    fn tokens_lists_and_cells() {
        assert!(is_nmtoken("agency:mi5") && !is_nmtoken("") && !is_nmtoken("a b"));
        assert_eq!(nmtoken("é b"), "_e9_20b");
        assert_eq!(nmtoken("-1-"), "_2d1-");
        assert_eq!(list_string(["a\"b\\", "", "c\nd"].into_iter()), r#"["a\"b\\","c d"]"#);
        for (cell, safe) in [("=1+1", "'=1+1"), ("'@x", "''@x"), ("it's", "it's"), ("'s", "'s")] {
            assert_eq!(neutral_cell(cell), safe);
        }
        assert_eq!(one_line(" a\u{0}\n b\t"), "a b");
    }
}
