//! What a file is, by its name and its first bytes.

use std::path::Path;

/// A format that documents are read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// HTML; only the main text is read.
    Html,
    /// One JSON object a line, a document each.
    JsonLines,
    /// One JSON object, or an array of them.
    Json,
    /// Comma-separated values, a document a row.
    Csv,
    /// Tab-separated values, a document a row.
    Tsv,
    /// An e-mail message (RFC 5322).
    Email,
}

impl Format {
    /// The file name extensions that are read, for messages.
    pub const EXTENSIONS: &'static str =
        "txt, text, md, markdown, html, htm, xhtml, jsonl, ndjson, json, csv, tsv, eml";

    /// The format that a file name's extension promises.
    #[must_use]
    pub fn of_name(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match extension.as_str() {
            "txt" | "text" => Format::Text,
            "md" | "markdown" => Format::Markdown,
            "html" | "htm" | "xhtml" => Format::Html,
            "jsonl" | "ndjson" => Format::JsonLines,
            "json" => Format::Json,
            "csv" => Format::Csv,
            "tsv" => Format::Tsv,
            "eml" => Format::Email,
            _ => return None,
        })
    }

    /// The format that text without a telling name looks like.
    #[must_use]
    pub fn of_content(bytes: &[u8]) -> Format {
        let head = &bytes[..bytes.len().min(1024)];
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
        let lower = head.to_ascii_lowercase();
        if head.starts_with(b"{\"") || head.starts_with(b"{ \"") {
            return Format::JsonLines;
        }
        let is_html = lower.starts_with(b"<!doctype html")
            || lower.starts_with(b"<html")
            || lower.starts_with(b"<?xml") && memchr::memmem::find(&lower, b"<html").is_some();
        if is_html { Format::Html } else { Format::Text }
    }

    /// Whether a file of this format holds many documents and is read record by record.
    #[must_use]
    pub fn is_records(self) -> bool {
        matches!(self, Format::JsonLines | Format::Csv | Format::Tsv)
    }
}

/// Says what a file is that holds no text: by its magic bytes, or because it is full of control
/// characters. `None` for text.
#[must_use]
pub(super) fn binary(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "a ZIP archive (or an Office document)"),
        (b"PK\x05\x06", "an empty ZIP archive"),
        (b"%PDF-", "a PDF file"),
        (b"\x89PNG", "a PNG image"),
        (b"\xFF\xD8\xFF", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"\x1F\x8B", "gzip-compressed"),
        (b"BZh", "bzip2-compressed"),
        (b"\x28\xB5\x2F\xFD", "zstd-compressed"),
        (b"\xFD7zXZ\0", "xz-compressed"),
        (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
        (b"Rar!", "a RAR archive"),
        (b"\x7FELF", "a program"),
        (b"MZ\x90\0", "a program"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office document"),
        (b"{\\rtf", "an RTF document"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"OggS", "an Ogg recording"),
        (b"ID3", "an MP3 recording"),
        (b"RIFF", "a RIFF recording or image"),
        (b"PAR1", "a Parquet file"),
        (b"II*\0", "a TIFF image"),
        (b"MM\0*", "a TIFF image"),
    ];
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        // A text may begin with these letters; the formats go on with other bytes.
        let letters = bytes.starts_with(b"RIFF") || bytes.starts_with(b"ID3");
        if !letters || bytes[..bytes.len().min(64)].iter().any(|b| *b < 9) {
            return Some(what);
        }
    }
    let head = &bytes[..bytes.len().min(8192)];
    if super::decode::detect(head, None).0.name().starts_with("UTF-16") {
        return None;
    }
    let controls =
        head.iter().filter(|b| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0C)).count();
    (controls * 10 > head.len()).then_some("binary data")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_and_noise_are_binary_but_text_with_a_nul_is_not() {
        assert_eq!(binary(b"PK\x03\x04rest"), Some("a ZIP archive (or an Office document)"));
        assert_eq!(binary(&[0u8, 1, 2, 3, 200, 255, 7, 8]), Some("binary data"));
        assert_eq!(binary(b"ID3 cards were seized at the border."), None);
        assert_eq!(binary(b"Police held two men.\0"), None);
        let utf16: Vec<u8> = "Police".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(binary(&utf16), None);
    }

    #[test]
    fn content_tells_what_a_nameless_stream_is() {
        assert_eq!(Format::of_content(b"\n<!DOCTYPE html><p>x"), Format::Html);
        assert_eq!(Format::of_content(b"{\"text\": \"x\"}\n"), Format::JsonLines);
        assert_eq!(Format::of_content(b"{curly} words"), Format::Text);
    }
}
