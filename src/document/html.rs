//! HTML: the main text (Readability, by dom_smoothie), and what the page says about itself.

use crate::date::Date;
use dom_smoothie::{Config, Readability};
use serde_json::Value;

use super::BlockForm;
use super::blocks::Layout;
use super::day::{self, DayReading};
use super::lines::LineBuilder;
use super::metadata::DocumentMetadata;
use super::raw::FormattedText;

/// Elements of a page beyond which it is not searched for its main text: that search is not
/// linear in the size of the page.
const MOST_ELEMENTS: usize = 200_000;

/// Elements inside one another beyond which a page is refused: the time that parsers take grows
/// with the square of the depth, and real pages stay below a hundred.
const DEEPEST: usize = 1500;

/// Reads a page. The second value is a warning where its main text could not be told and the
/// text of the whole body stands in.
pub(super) fn read(html: &str) -> Result<(FormattedText, Option<String>), String> {
    if depth(html) > DEEPEST {
        return Err(format!("HTML with more than {DEEPEST} elements inside one another"));
    }
    let config = Config { max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
    let mut page = Readability::new(html, None, Some(config)).map_err(|e| e.to_string())?;
    let linked = LinkedData::read(&page);
    let facts = page.get_article_metadata(page.parse_json_ld());
    let meta = |selector: &str, attribute: &str| {
        page.doc.select_single(selector).attr(attribute).map(|value| value.to_string())
    };
    let published = [
        linked.published,
        facts.published_time.clone(),
        meta("meta[property='article:published_time']", "content"),
        meta("meta[itemprop='datePublished']", "content"),
        meta("meta[name='date'], meta[name='pubdate'], meta[name='publishdate']", "content"),
        meta("meta[name='DC.date'], meta[name='dc.date'], meta[name='DC.date.issued']", "content"),
        meta("meta[name='parsely-pub-date'], meta[name='sailthru.date']", "content"),
        meta("article time[datetime]", "datetime"),
        meta("time[datetime]", "datetime"),
    ];
    let metadata = DocumentMetadata {
        id: None,
        title: known(linked.title).or_else(|| known(Some(facts.title.clone()))),
        publisher: known(facts.site_name.clone())
            .or_else(|| known(linked.publisher))
            .or_else(|| known(meta("meta[property='og:site_name']", "content"))),
        published: None,
        url: known(meta("link[rel='canonical']", "href"))
            .or_else(|| known(meta("meta[property='og:url']", "content")))
            .filter(|url| url.contains("://")),
    };
    let page_day = published.into_iter().flatten().find_map(|value| day_in(&value));
    let whole = text_of(&page);
    let (text, layout, warning) = match page.parse() {
        Ok(article) => {
            let main = Readability::new(article.content, None, None).map_err(|e| e.to_string())?;
            let (text, layout) = text_of(&main);
            (text, layout, None)
        }
        Err(error) => {
            let warning = format!("main text not told from the page around it ({error})");
            (whole.0, whole.1, Some(warning))
        }
    };
    Ok((FormattedText { text, layout, metadata, page_day, head: 0 }, warning))
}

/// About how deeply elements are nested, counting only those that a page must close.
fn depth(html: &str) -> usize {
    const NEVER_CLOSED: [&str; 32] = [
        "p", "li", "td", "tr", "th", "dt", "dd", "br", "hr", "img", "meta", "link", "input",
        "option", "source", "area", "base", "col", "embed", "track", "param", "wbr", "thead",
        "tbody", "tfoot", "html", "body", "head", "path", "use", "rect", "circle",
    ];
    let bytes = html.as_bytes();
    let (mut open, mut deepest) = (0usize, 0usize);
    for at in memchr::memchr_iter(b'<', bytes) {
        let ends = bytes.get(at + 1) == Some(&b'/');
        let from = at + 1 + usize::from(ends);
        let rest = bytes.get(from..).unwrap_or_default();
        let length = rest.iter().take(12).take_while(|b| b.is_ascii_alphanumeric()).count();
        let name = html.get(from..from + length).unwrap_or_default();
        if name.is_empty() || NEVER_CLOSED.iter().any(|n| n.eq_ignore_ascii_case(name)) {
            continue;
        }
        open = if ends { open.saturating_sub(1) } else { open + 1 };
        deepest = deepest.max(open);
    }
    deepest
}

fn known(value: Option<String>) -> Option<String> {
    let value = value?;
    let words: Vec<&str> = value.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn day_in(value: &str) -> Option<Date> {
    day::read(value).or_else(|| day::find(value)).and_then(DayReading::day)
}

/// What the page's JSON-LD says of its article.
#[derive(Debug, Default)]
struct LinkedData {
    title: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
}

impl LinkedData {
    fn read(page: &Readability) -> Self {
        let mut data = Self::default();
        for script in page.doc.select("script[type='application/ld+json']").nodes() {
            let text = script.text();
            let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
            if let Ok(value) = serde_json::from_str::<Value>(text) {
                data.take(&value);
            }
        }
        data
    }

    /// Articles may be nested in lists and in `@graph`. serde_json bounds the depth.
    fn take(&mut self, value: &Value) {
        match value {
            Value::Array(values) => values.iter().for_each(|value| self.take(value)),
            Value::Object(fields) => {
                let text = |key: &str| fields.get(key).and_then(Value::as_str).map(str::to_owned);
                if let Some(published) = text("datePublished") {
                    if self.published.is_none() {
                        self.title = text("headline");
                        let publisher = fields.get("publisher").and_then(|p| p.get("name"));
                        self.publisher = publisher.and_then(Value::as_str).map(str::to_owned);
                        self.published = Some(published);
                    }
                } else {
                    fields.values().for_each(|value| self.take(value));
                }
            }
            _ => {}
        }
    }
}

/// The text of a page, one block a line. Walks without recursion: pages may be nested deeply.
fn text_of(page: &Readability) -> (String, Layout) {
    let mut lines = LineBuilder::default();
    let root = page.doc.body().unwrap_or_else(|| page.doc.root());
    let mut form = BlockForm::Paragraph;
    let mut node = root;
    let mut open = true;
    loop {
        if open {
            if node.is_text() {
                lines.add(&node.text());
            }
            let name = node.node_name().unwrap_or_default();
            if let Some(inside) = block_form(&name) {
                lines.end(form);
                form = inside;
            }
            if is_cell(&name) && !lines.is_empty() {
                lines.add(" ");
            }
            if !is_left_out(&name)
                && let Some(child) = node.first_child()
            {
                node = child;
                continue;
            }
        }
        // The node is done.
        let name = node.node_name().unwrap_or_default();
        if block_form(&name).is_some() || &*name == "br" {
            lines.end(form);
            if &*name != "br" {
                form = BlockForm::Paragraph;
            }
        }
        if node.id == root.id {
            return lines.finish(form);
        }
        if let Some(next) = node.next_sibling() {
            node = next;
            open = true;
        } else if let Some(parent) = node.parent() {
            node = parent;
            open = false;
        } else {
            return lines.finish(form);
        }
    }
}

/// What the content of a block-level element is; `None` for elements inside a line.
fn block_form(name: &str) -> Option<BlockForm> {
    Some(match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockForm::Heading,
        "li" | "tr" | "dt" | "dd" => BlockForm::ListItem,
        "p" | "div" | "section" | "article" | "blockquote" | "ul" | "ol" | "dl" | "table"
        | "tbody" | "thead" | "pre" | "hr" | "main" | "header" | "footer" | "aside" | "figure"
        | "body" | "address" => BlockForm::Paragraph,
        _ => return None,
    })
}

fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th")
}

/// Elements that hold no story: scripts, forms, navigation, and the captions of pictures, which
/// stand between paragraphs and repeat them.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "iframe"
            | "form"
            | "button"
            | "select"
            | "nav"
            | "figcaption"
            | "video"
            | "audio"
            | "head"
            | "textarea"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn main_text_and_metadata_are_taken_from_a_page() {
        let body: String = (1..6)
            .map(|i| format!("<p>Paragraph {i} tells at length, with commas, how the coast guard of the strait stopped a vessel, and what was in its hold.</p>"))
            .collect();
        let html = format!(
            r#"<!DOCTYPE html><html><head><title>Vessel stopped | Strait Times Daily</title>
            <meta property="og:title" content="Vessel stopped in the strait">
            <meta property="og:site_name" content="Strait Daily">
            <link rel="canonical" href="https://strait.example/vessel">
            <script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"NewsArticle","headline":"Vessel stopped in the strait","datePublished":"2023-05-04T22:10:00+03:00"}}]}}</script>
            </head><body><nav><ul><li>Home</li><li>World</li></ul></nav><article><h1>Vessel stopped</h1>{body}
            <h2>What was found</h2><ul><li>two crates of rifles</li><li>a drone</li></ul>
            <figure><img src="x.jpg"><figcaption>The vessel in port.</figcaption></figure></article>
            <footer>All rights reserved</footer></body></html>"#
        );
        let (page, warning) = read(&html).expect("a page");
        assert_eq!(warning, None);
        assert_eq!(page.metadata.title.as_deref(), Some("Vessel stopped in the strait"));
        assert_eq!(page.metadata.publisher.as_deref(), Some("Strait Daily"));
        assert_eq!(page.metadata.url.as_deref(), Some("https://strait.example/vessel"));
        assert_eq!(page.page_day, crate::date::Date::new(2023, 5, 4));
        assert!(page.text.contains("Paragraph 3 tells at length"), "{}", page.text);
        assert!(
            page.text.contains("\nWhat was found\ntwo crates of rifles\na drone"),
            "{}",
            page.text
        );
        for furniture in ["Home", "All rights", "in port"] {
            assert!(!page.text.contains(furniture), "{}", page.text);
        }
        let Layout::Lines(forms) = &page.layout else { panic!("lines") };
        assert!(
            forms
                .iter()
                .any(|(at, f)| *f == BlockForm::Heading && page.text[*at..].starts_with("What"))
        );
        assert!(
            forms
                .iter()
                .any(|(at, f)| *f == BlockForm::ListItem && page.text[*at..].starts_with("two"))
        );
    }

    #[test]
    fn a_page_without_an_article_gives_what_it_has() {
        let (page, _) = read("<p>Short note: the checkpoint is closed.</p><script>x()</script>")
            .expect("a page");
        assert_eq!(page.text, "Short note: the checkpoint is closed.");
    }
}
