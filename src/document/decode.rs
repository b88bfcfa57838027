//! Bytes of any encoding to clean text.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes a guess at the encoding looks at.
const SNIFFED: usize = 1 << 20;

/// A text and what had to be repaired to get it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// The text: line ends are `\n`, other control characters are spaces.
    pub text: String,
    /// The encoding's name as the Encoding Standard writes it.
    pub encoding: &'static str,
    /// Repairs, in words.
    pub warnings: Vec<String>,
}

/// Decodes a whole file. The encoding is, in this order: what a byte order mark says, UTF-8
/// where the bytes are valid or nearly so, UTF-16 where every second byte is NUL, `declared`
/// (a charset that the format names), else a guess by chardetng.
///
/// Line ends become `\n` as Python's text mode has it, so that offsets agree with
/// `open(path).read()`; other control characters become spaces, one for one.
#[must_use]
pub fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> Decoded {
    let (encoding, mark) = detect(bytes, declared);
    let body = &bytes[mark..];
    let mut warnings = Vec::new();
    let (text, invalid) = match std::str::from_utf8(body) {
        Ok(text) if encoding == UTF_8 => (text.to_owned(), false),
        _ => {
            let (text, invalid) = encoding.decode_without_bom_handling(body);
            (text.into_owned(), invalid)
        }
    };
    if invalid {
        let places = text.matches('\u{FFFD}').count();
        warnings.push(format!("{places} invalid byte sequences for {}", encoding.name()));
    }
    let text = without_carriage_returns(text);
    let (text, controls) = without_controls(text);
    if controls > 0 {
        warnings.push(format!("{controls} control characters read as spaces"));
    }
    Decoded { text, encoding: encoding.name(), warnings }
}

/// The encoding of a file of which `bytes` is the beginning, and the length of its byte order
/// mark.
#[must_use]
pub fn detect(bytes: &[u8], declared: Option<&'static Encoding>) -> (&'static Encoding, usize) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return (encoding, length);
    }
    if let Some(encoding) = utf16_by_nuls(bytes) {
        return (encoding, 0);
    }
    if nearly_utf8(bytes) {
        return (UTF_8, 0);
    }
    if let Some(encoding) = declared.filter(|e| *e != UTF_8) {
        return (encoding, 0);
    }
    let mut detector = chardetng::EncodingDetector::new();
    detector.feed(&bytes[..bytes.len().min(SNIFFED)], true);
    (detector.guess(None, false), 0)
}

/// UTF-16 without a mark: in Latin text nearly every second byte is NUL.
fn utf16_by_nuls(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let nuls = |first: usize| head.iter().skip(first).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    let pairs = head.len() / 2;
    let dense = |n: usize| pairs >= 2 && n * 10 >= pairs * 7;
    match (dense(even), dense(odd)) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether the bytes are UTF-8, or UTF-8 with few broken sequences among many good ones.
fn nearly_utf8(bytes: &[u8]) -> bool {
    let mut rest = &bytes[..bytes.len().min(SNIFFED)];
    let (mut good, mut broken) = (0usize, 0usize);
    loop {
        match std::str::from_utf8(rest) {
            Ok(valid) => {
                good += multibyte(valid);
                return broken == 0 || good >= 4 * broken;
            }
            Err(error) => {
                let (valid, after) = rest.split_at(error.valid_up_to());
                good += std::str::from_utf8(valid).map_or(0, multibyte);
                let Some(length) = error.error_len() else {
                    // The buffer ends inside a sequence.
                    return broken == 0 || good >= 4 * broken;
                };
                broken += 1;
                if broken > 64 && good < 4 * broken {
                    return false;
                }
                rest = &after[length..];
            }
        }
    }
}

fn multibyte(text: &str) -> usize {
    if text.is_ascii() { 0 } else { text.bytes().filter(|b| *b >= 0xC0).count() }
}

/// `\r\n` and lone `\r` become `\n`.
pub(super) fn without_carriage_returns(text: String) -> String {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    let mut clean = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = memchr::memchr(b'\r', rest.as_bytes()) {
        clean.push_str(&rest[..at]);
        clean.push('\n');
        rest = &rest[at + 1..];
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    clean.push_str(rest);
    clean
}

/// Replaces control characters one for one, so that offsets in code points stay: carriage
/// returns, form feeds and Unicode's line and paragraph separators end lines, all others are
/// spaces. Also the number of those others.
#[must_use]
pub fn without_controls(text: String) -> (String, usize) {
    let suspicious = |b: u8| (b < 0x20 && b != b'\t' && b != b'\n') || b == 0x7F || b == 0xE2;
    if !text.bytes().any(suspicious) {
        return (text, 0);
    }
    let mut replaced = 0;
    let mut changed = false;
    let mut clean = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let d = match c {
            '\t' | '\n' => c,
            '\r' if characters.peek() == Some(&'\n') => ' ',
            '\r' | '\x0b' | '\x0c' | '\u{2028}' | '\u{2029}' => '\n',
            '\0'..='\x1f' | '\x7f' => {
                replaced += 1;
                ' '
            }
            _ => c,
        };
        changed |= d != c;
        clean.push(d);
    }
    if changed { (clean, replaced) } else { (text, 0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_found() {
        let text = "Café raid — “two held” in Łódź\n";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [&[0xFF, 0xFE][..], &utf16].concat();
        let utf8_marked = [&[0xEF, 0xBB, 0xBF][..], text.as_bytes()].concat();
        for bytes in [text.as_bytes(), &utf8_marked, &marked, &utf16, &big] {
            let decoded = decode(bytes, None);
            assert_eq!(decoded.text, text, "{}", decoded.encoding);
            assert_eq!(decoded.warnings, Vec::<String>::new());
        }
        let windows =
            b"The minister\x92s convoy was hit near \x93Camp Alpha\x94, a caf\xe9 owner said.";
        assert_eq!(
            decode(windows, None).text,
            "The minister’s convoy was hit near “Camp Alpha”, a café owner said."
        );
    }

    #[test]
    fn line_ends_and_controls_are_normalised_with_a_warning() {
        let decoded = decode(b"one\r\ntwo\rthree\0four\n", None);
        assert_eq!(decoded.text, "one\ntwo\nthree four\n");
        assert_eq!(decoded.warnings, ["1 control characters read as spaces"]);
    }

    #[test]
    fn broken_utf8_keeps_the_rest() {
        let mut bytes = "naïve façade – déjà vu, Zoë’s café".as_bytes().to_vec();
        bytes.push(0xC3);
        let decoded = decode(&bytes, None);
        assert!(decoded.text.starts_with("naïve façade – déjà vu"), "{}", decoded.text);
        assert_eq!(decoded.warnings.len(), 1);
    }

    #[test]
    fn controls_in_given_text_keep_code_point_offsets() {
        let text = "a\r\nb\u{2028}c\u{1}d";
        let (clean, replaced) = without_controls(text.to_owned());
        assert_eq!(clean, "a \nb\nc d");
        assert_eq!(clean.chars().count(), text.chars().count());
        assert_eq!(replaced, 1);
    }
}
