//! The `key: value` lines between `---` at the head of a text.

use super::day::{self, DayReading};
use super::metadata::DocumentMetadata;

/// What a front matter says, and the offset at which the text after it begins. `None` where the
/// text has none; lines that are not understood are passed over.
pub(super) fn read(text: &str) -> Option<(DocumentMetadata, usize)> {
    let mut at = text.find("---").filter(|at| text[..*at].trim().is_empty())? + 3;
    at += text[at..].find('\n').filter(|end| text[at..at + end].trim().is_empty())? + 1;
    let mut metadata = DocumentMetadata::default();
    let mut fields = 0;
    for line in text[at..].split_inclusive('\n').take(64) {
        at += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return (fields > 0).then_some((metadata, at));
        }
        let Some((key, value)) = line.split_once(':') else {
            // A list or the like may follow a key; running text may not.
            if line.trim().is_empty() || line.starts_with([' ', '\t', '-', '#']) {
                continue;
            }
            return None;
        };
        let value = value.trim().trim_matches(['"', '\'']).trim();
        let known = || (!value.is_empty()).then(|| value.to_owned());
        fields += 1;
        match key.trim().to_ascii_lowercase().as_str() {
            "id" => metadata.id = known(),
            "title" | "headline" => metadata.title = known(),
            "publisher" | "source" | "site" => metadata.publisher = known(),
            "date" | "published" | "publishdate" | "pubdate" => {
                metadata.published = day::read(value).and_then(DayReading::day);
            }
            "url" | "link" | "canonical" => metadata.url = known(),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_read_and_a_rule_is_not_one() {
        let text = "---\ntitle: \"Valve: shut\"\ndate: 2021-05-10\ntags:\n  - oil\n---\nText.";
        let (metadata, at) = read(text).expect("front matter");
        assert_eq!(metadata.title.as_deref(), Some("Valve: shut"));
        assert_eq!(metadata.published, crate::date::Date::new(2021, 5, 10));
        assert_eq!(&text[at..], "Text.");
        assert_eq!(read("---\nA rule, then prose.\n---\n"), None);
        assert_eq!(read("Prose --- with dashes\n"), None);
    }
}
