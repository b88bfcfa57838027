//! Reading: what users put into a folder, and what must come out of it whatever it is.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use corkboard::date::Date;
use corkboard::document::{
    BlockForm, Document, Format, InputItem, Inputs, MetadataTable, ReadOptions,
};
use corkboard::error::ReadError;
use corkboard::pack::{FurnitureRules, PackFiles};
use corkboard::span::Span;
use proptest::prelude::*;

fn rules() -> &'static FurnitureRules {
    static RULES: std::sync::OnceLock<FurnitureRules> = std::sync::OnceLock::new();
    RULES.get_or_init(|| FurnitureRules::load(&PackFiles::builtin()).unwrap())
}

/// What came out of some inputs, in words.
#[derive(Debug, Default)]
struct Outcome {
    documents: Vec<Document>,
    skipped: Vec<String>,
    failed: Vec<String>,
    warnings: Vec<String>,
}

fn drain(inputs: Inputs<'_>, options: &ReadOptions) -> Outcome {
    let mut outcome = Outcome::default();
    for item in inputs {
        match item {
            InputItem::Document(raw) => match raw.read(rules(), options) {
                Ok(document) => outcome.documents.push(document),
                Err(error) => outcome.failed.push(error.to_string()),
            },
            InputItem::Skipped { path, reason } => {
                outcome.skipped.push(format!("{path}: {reason}"))
            }
            InputItem::Failed(error) => outcome.failed.push(error.to_string()),
            InputItem::Warning(text) => outcome.warnings.push(text),
        }
    }
    outcome
}

fn read(paths: &[&Path], options: &ReadOptions) -> Outcome {
    let paths: Vec<PathBuf> = paths.iter().map(|p| p.to_path_buf()).collect();
    drain(Inputs::new(&paths, options), options)
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn ids(outcome: &Outcome) -> Vec<&str> {
    outcome.documents.iter().map(|d| d.id.as_str()).collect()
}

#[test]
fn a_folder_is_read_in_the_order_of_its_paths_without_hidden_files() {
    let folder = folder(&[
        ("b.txt", b"Police held two men in Oslo."),
        ("a/b.txt", b"A court in Turin freed the mayor."),
        ("a/c.md", b"# A title\n\nThe port of Izmir was shut."),
        (".git/x.txt", b"hidden"),
        (".gitignore", b"*.md\n"),
        ("photo.jpg", b"\xFF\xD8\xFF\xE0"),
        ("notes", b"A file without an extension is text too."),
    ]);
    let options = ReadOptions::default();
    let outcome = read(&[folder.path()], &options);
    assert_eq!(
        ids(&outcome),
        ["a/b", "c", "b", "notes"].map(|id| {
            // The two files of one name carry their folders.
            if id == "b" {
                format!("{}/b", folder.path().file_name().unwrap().to_str().unwrap())
            } else {
                id.to_owned()
            }
        })
    );
    assert_eq!(outcome.skipped.len(), 1, "{:?}", outcome.skipped);
    assert!(outcome.skipped[0].contains("photo.jpg: not a format that is read"));
    assert_eq!(outcome.failed, Vec::<String>::new());
    let twice = read(&[&folder.path().join("b.txt"), folder.path(), folder.path()], &options);
    assert_eq!(ids(&twice), ids(&outcome), "naming a file twice reads it once");
}

#[test]
fn bad_inputs_are_told_and_lose_nothing() {
    let long = vec![b'x'; 3 << 20];
    let folder = folder(&[
        ("good.txt", b"Soldiers left the town of Sebha on Sunday."),
        ("archive.txt", b"PK\x03\x04\x14\x00\x00\x00"),
        ("noise.txt", &[7u8, 0, 1, 2, 3, 250, 128, 0, 5, 6]),
        ("empty.txt", b" \n"),
        ("long.txt", &long),
        ("docs.jsonl", b"{\"text\": \"Rebels took a bridge near Goma.\", \"id\": \"r1\"}\n\n{\"text\": \nnot json\n{\"body\": \"x\"}\n{\"text\": \"Rebels left the bridge.\", \"published\": \"2024-02-03\"}\n"),
        ("table.csv", b"title,body\nT,B\n"),
    ]);
    let options = ReadOptions { max_document_bytes: 2 << 20, ..ReadOptions::default() };
    let missing = folder.path().join("missing.txt");
    let outcome = read(&[folder.path(), &missing], &options);
    assert_eq!(ids(&outcome), ["r1", "docs-000005", "good"]);
    assert_eq!(outcome.documents[1].published, Date::new(2024, 2, 3));
    let failed = |part: &str| {
        assert!(outcome.failed.iter().any(|f| f.contains(part)), "{part}: {:#?}", outcome.failed);
    };
    failed("missing.txt: ");
    failed("archive.txt: a ZIP archive (or an Office document), whatever its name says");
    failed("noise.txt: binary data");
    failed("empty.txt: the file holds no text");
    failed("long.txt: 3 MB; the limit for one document is 2 MB");
    failed("docs.jsonl:3: not JSON");
    failed("docs.jsonl:4: not JSON");
    failed("docs.jsonl:5: no \"text\"; the keys are \"body\"");
    failed("table.csv: no column \"text\"; the columns are \"title\", \"body\"");
    assert_eq!(outcome.failed.len(), 9, "{:#?}", outcome.failed);
}

#[test]
fn an_empty_folder_and_a_hopeless_stream_are_errors() {
    let empty = tempfile::tempdir().unwrap();
    let options = ReadOptions::default();
    let outcome = read(&[empty.path()], &options);
    assert!(outcome.failed[0].contains("the folder holds no files"), "{:?}", outcome.failed);
    let stream = Box::new(Cursor::new(b"\x89PNG\r\n\x1a\n".to_vec()));
    let outcome = drain(Inputs::from_reader("-", stream, None, &options), &options);
    assert!(outcome.failed[0].contains("a PNG image"), "{:?}", outcome.failed);
}

#[test]
fn a_line_of_many_megabytes_is_refused_where_it_stands() {
    let mut lines = b"{\"text\": \"Before it.\"}\n{\"text\": \"".to_vec();
    lines.resize(lines.len() + (5 << 20), b'y');
    lines.extend_from_slice(b"\"}\n{\"text\": \"After it.\"}\n");
    let options = ReadOptions { max_document_bytes: 1 << 20, ..ReadOptions::default() };
    let stream = Box::new(Cursor::new(lines));
    let inputs = Inputs::from_reader("big.jsonl", stream, Some(Format::JsonLines), &options);
    let outcome = drain(inputs, &options);
    assert_eq!(outcome.documents.len(), 2);
    assert_eq!(outcome.failed, ["big.jsonl:2: a record of 5 MB; the limit is 1 MB"]);
}

#[test]
fn records_carry_their_columns_and_unique_ids() {
    let csv = "id,headline,text,published,url\n7,Raid in Cork,\"Guards searched a farm.\nNobody was held.\",2023-01-09,https://x.example/7\n7,Again,Guards came back.,03/04/2023,\n,No id,Guards left.,,\n";
    let utf16: Vec<u8> =
        [0xFEFFu16].into_iter().chain(csv.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let mut options = ReadOptions::default();
    options.columns.title = "headline".to_owned();
    for bytes in [csv.as_bytes().to_vec(), utf16] {
        let folder = folder(&[("farm.csv", &bytes)]);
        let outcome = read(&[folder.path()], &options);
        assert_eq!(ids(&outcome), ["7", "7-2", "farm-000003"]);
        let first = &outcome.documents[0];
        assert_eq!(first.title.as_deref(), Some("Raid in Cork"));
        assert_eq!(first.text, "Guards searched a farm.\nNobody was held.");
        assert_eq!(first.published, Date::new(2023, 1, 9));
        assert_eq!(first.url.as_deref(), Some("https://x.example/7"));
        let second = &outcome.documents[1];
        assert_eq!(second.published, None);
        assert!(second.warnings.iter().any(|w| w.contains("ambiguous date \"03/04/2023\"")));
    }
}

#[test]
fn json_is_read_as_an_object_an_array_or_lines() {
    let folder = folder(&[
        ("one.json", b"{\"id\": 3, \"text\": \"A ship was boarded.\"}"),
        ("two.json", b"[{\"text\": \"A ship was freed.\"}, {\"text\": \"A crew went home.\"}]"),
        ("lines.json", b"{\"text\": \"A port was shut.\"}\n{\"text\": \"It opened.\"}\n"),
        ("broken.json", b"{\"text\": "),
    ]);
    let outcome = read(&[folder.path()], &ReadOptions::default());
    assert_eq!(ids(&outcome), ["lines-000001", "lines-000002", "3", "two-000001", "two-000002"]);
    assert!(outcome.failed[0].contains("broken.json: not JSON"), "{:?}", outcome.failed);
}

#[test]
fn the_metadata_table_describes_files_and_warns_of_strangers() {
    let folder = folder(&[
        ("in/a.txt", b"Bombs fell on the depot."),
        ("in/b.txt", b"PORT SUDAN, March 4 2024 (Strait News) - Bombs fell on the port."),
        ("metadata.csv", b"path,title,publisher,published\na.txt,Depot hit,Gazette,2024-03-05\ngone.txt,T,P,2024-01-01\n"),
    ]);
    let table = MetadataTable::read(&folder.path().join("metadata.csv")).unwrap();
    let options = ReadOptions {
        metadata: Some(table),
        published: Date::new(2020, 1, 1),
        ..ReadOptions::default()
    };
    let outcome = read(&[folder.path()], &options);
    assert_eq!(outcome.documents.len(), 2, "{outcome:?}");
    let [a, b] = &outcome.documents[..] else { panic!("two documents") };
    assert_eq!(a.title.as_deref(), Some("Depot hit"));
    assert_eq!((a.publisher.as_deref(), a.published), (Some("Gazette"), Date::new(2024, 3, 5)));
    assert_eq!((b.publisher.as_deref(), b.published), (Some("Strait News"), Date::new(2024, 3, 4)));
    assert_eq!(b.dateline.map(|s| s.of(&b.text)), Some("PORT SUDAN"));
    assert_eq!(b.blocks[0].span.of(&b.text), "Bombs fell on the port.");
    assert_eq!(outcome.warnings.len(), 1);
    assert!(outcome.warnings[0].contains(":3: no document \"gone.txt\""), "{:?}", outcome.warnings);
}

#[test]
fn the_day_comes_from_the_surest_source() {
    let folder = folder(&[
        ("2024-10-08-raid.txt", b"Police raided a flat."),
        ("undated.txt", b"Police raided a house."),
        ("front.txt", b"---\ntitle: A raid\ndate: 8 March 2021\n---\nPolice raided a shop."),
        ("line.txt", b"A raid in Graz\n\nPublished 9 May 2022\n\nPolice raided a barn."),
    ]);
    let outcome = read(&[folder.path()], &ReadOptions::default());
    let days: Vec<_> = outcome.documents.iter().map(|d| d.published).collect();
    assert_eq!(days, [Date::new(2024, 10, 8), Date::new(2021, 3, 8), Date::new(2022, 5, 9), None]);
    let front = &outcome.documents[1];
    assert_eq!(front.blocks.len(), 1, "front matter is no story");
    assert_eq!(front.blocks[0].span.of(&front.text), "Police raided a shop.");
    let default = ReadOptions { published: Date::new(2019, 7, 1), ..ReadOptions::default() };
    let outcome = read(&[folder.path()], &default);
    assert_eq!(outcome.documents[3].published, Date::new(2019, 7, 1));
    assert_eq!(outcome.documents[0].published, Date::new(2024, 10, 8));
}

#[test]
fn offsets_agree_with_a_text_mode_read_of_the_file() {
    let folder =
        folder(&[("a.txt", "\u{FEFF}Café raid\r\nTwo “held”\0 in Łódź.\rEnd.".as_bytes())]);
    let outcome = read(&[folder.path()], &ReadOptions::default());
    let document = &outcome.documents[0];
    assert_eq!(document.text, "Café raid\nTwo “held”  in Łódź.\nEnd.");
    assert!(document.warnings[0].contains("control character"));
}

#[test]
fn a_story_keeps_every_sentence_when_its_furniture_goes() {
    let text = "Two held over warehouse fire\n\nBy Jane Doe\n\nPublished: 4 June 2024\n\nPolice in Cardiff have arrested two men after a fire at a warehouse.\n\nREAD MORE: Ten best beaches\n\nThe fire was started on purpose, police said.\n\nWe use cookies to improve our site. You can change your settings.\n\n“Nobody was hurt,” said Inspector Ann Rees.\n\nThe men are 24 and 31.\n\nRelated topics\nCardiff\nFires\n\nSource: https://news.example/1\n\n© 2024 The Courier. All rights reserved.";
    let document = Document::from_text("fire", text, rules());
    let story: Vec<&str> = document.blocks.iter().map(|b| b.span.of(text)).collect();
    assert_eq!(
        story,
        [
            "Two held over warehouse fire",
            "Police in Cardiff have arrested two men after a fire at a warehouse.",
            "The fire was started on purpose, police said.",
            "“Nobody was hurt,” said Inspector Ann Rees.",
            "The men are 24 and 31.",
        ]
    );
    assert_eq!(document.blocks[0].form, BlockForm::Heading);
    assert_eq!(document.published, Date::new(2024, 6, 4));
    assert_eq!(document.furniture.len(), 9, "{:#?}", document.furniture);
}

/// Lines around a story, and sentences of stories that sound like them.
const AROUND: [&str; 24] = [
    "We use cookies to improve your experience. By continuing you agree to our cookie policy.",
    "Accept all cookies",
    "Sign up for our daily newsletter",
    "Subscribe to The Crier for just £1 a week",
    "See also: Minister resigns over leak",
    "Don't miss",
    "Most read",
    "You may like",
    "Related articles",
    "Share this article",
    "Share on Facebook Twitter WhatsApp Email",
    "Leave a comment",
    "12 comments",
    "Your email address will not be published.",
    "Source: Reuters",
    "Photograph: Ann Lee/AP",
    "Follow us on Twitter",
    "Advertisement",
    "Read more: Five killed in blast",
    "© 2024 The Crier. All rights reserved.",
    "Skip to main content",
    "Copy link",
    "Listen to this article",
    "3 min read",
];
const STORY: [&str; 12] = [
    "Police arrested two men in Leeds on Friday after a raid on a flat in the north of the city.",
    "\"Sign up to the group and you will be paid,\" one message told recruits, prosecutors said.",
    "See also the report of the inquiry, which blamed the ministry for the attack.",
    "The attackers shared the video on Facebook and Twitter before the police took it down.",
    "Source: the ministry said that 12 people were killed.",
    "Cookies found on the laptop showed that he had visited the site of the group.",
    "You may like to think that the threat has passed, the minister said; it has not.",
    "Read more than 300 pages of evidence, the judge told the jury.",
    "The most read newspaper of the country was bombed on Monday.",
    "Comments by the minister angered Iran.",
    "Advertisement of the attack on social media drew recruits.",
    "Don't miss the meaning of this attack, the general said.",
];

#[test]
fn lines_around_a_story_are_cut_and_sentences_that_sound_like_them_are_not() {
    let mut lines: Vec<&str> = Vec::new();
    for (i, line) in AROUND.iter().enumerate() {
        lines.extend([*line]);
        lines.extend(STORY.get(i));
    }
    let document = Document::from_text("page", lines.join("\n\n"), rules());
    let kept: Vec<&str> = document.blocks.iter().map(|b| b.span.of(&document.text)).collect();
    assert_eq!(kept, STORY);
    let cut: Vec<&str> = document.furniture.iter().map(|f| f.span.of(&document.text)).collect();
    assert_eq!(cut, AROUND);
    let bare = Document::from_text("bare", STORY.join("\n\n"), rules());
    assert_eq!(bare.furniture.len(), 0, "{:?}", bare.furniture);
}

#[test]
fn a_line_that_is_a_day_dates_a_text_and_a_chronology_does_not() {
    let story = "Police arrested two men in the north of the city. They were held after a raid.";
    let read = |text: String| Document::from_text("d", text, rules());
    let dated = read(format!("Arrests in Leeds\n\nLeeds, 12 June 2023\n\n{story}\n"));
    assert_eq!(dated.published, Date::new(2023, 6, 12));
    assert_eq!(dated.title.as_deref(), Some("Arrests in Leeds"));
    assert_eq!(dated.dateline.map(|span| span.of(&dated.text)), Some("Leeds"));
    assert_eq!(dated.furniture.len(), 1);
    let untitled = read(format!("12 June 2023\n\n{story}\n"));
    assert_eq!((untitled.published, untitled.title), (Date::new(2023, 6, 12), None));
    let chronology = read(format!("12 June 2023\n\n{story}\n\n14 June 2023\n\nBoth men left.\n"));
    assert_eq!(chronology.published, None, "the headings of a chronology");
    let below = read(format!("{story}\n\n12 June 2023\n\nBoth men left the city.\n"));
    assert_eq!(below.published, None, "a line below the first paragraph");
}

#[test]
fn every_encoding_gives_the_same_words() {
    let story = "Police arrested two men in Malmö on Friday.\n\nThe men were held after a raid.\n";
    let latin: Vec<u8> = story.chars().map(|c| u32::from(c) as u8).collect();
    let wide =
        |pair: fn(u16) -> [u8; 2]| -> Vec<u8> { story.encode_utf16().flat_map(pair).collect() };
    let with_mark = |mark: &[u8], body: Vec<u8>| [mark, &body].concat();
    let folder = folder(&[
        ("bom.txt", &with_mark(b"\xEF\xBB\xBF", story.as_bytes().to_vec())),
        ("crlf.txt", story.replace('\n', "\r\n").as_bytes()),
        ("mac.txt", story.replace('\n', "\r").as_bytes()),
        ("latin.txt", &latin),
        ("little.txt", &with_mark(b"\xFF\xFE", wide(u16::to_le_bytes))),
        ("big.txt", &wide(u16::to_be_bytes)),
        ("utf8.txt", story.as_bytes()),
    ]);
    let outcome = read(&[folder.path()], &ReadOptions::default());
    assert_eq!(outcome.documents.len(), 7, "{:?}", outcome.failed);
    for document in &outcome.documents {
        assert_eq!(document.text, story, "{}", document.id);
        assert_eq!(document.warnings, Vec::<String>::new(), "{}", document.id);
    }
}

#[test]
fn languages_are_told_only_where_it_is_sure() {
    let english = "The ministry said on Tuesday that the two ships had been stopped by the coast guard near the island, and that nobody had been hurt.";
    let german = "Das Ministerium teilte am Dienstag mit, dass die beiden Schiffe von der Küstenwache in der Nähe der Insel angehalten worden seien.";
    let language = |text: &str| Document::from_text("x", text, rules()).language;
    assert_eq!(language(english).as_deref(), Some("eng"));
    assert_eq!(language(german).as_deref(), Some("deu"));
    assert_eq!(language("Xq 12."), None);
}

#[test]
fn a_deeply_nested_page_is_refused_before_it_costs_minutes() {
    let page = |depth: usize| {
        format!("<html><body>{}Police held a man.{}", "<div>".repeat(depth), "</div>".repeat(depth))
    };
    let folder =
        folder(&[("deep.html", page(500).as_bytes()), ("deeper.html", page(200_000).as_bytes())]);
    let outcome = read(&[folder.path()], &ReadOptions::default());
    assert_eq!(ids(&outcome), ["deep"]);
    assert!(outcome.failed[0].contains("deeper.html: HTML with more than"), "{:?}", outcome.failed);
}

/// Blocks and furniture lie in the text, on character boundaries, in order, and apart.
fn check_layout(document: &Document) {
    let mut spans: Vec<Span> = Vec::new();
    for list in [
        document.blocks.iter().map(|b| b.span).collect::<Vec<_>>(),
        document.furniture.iter().map(|f| f.span).collect(),
    ] {
        assert!(list.windows(2).all(|w| w[0].end <= w[1].start), "{list:?}");
        spans.extend(list);
    }
    spans.sort();
    assert!(spans.windows(2).all(|w| w[0].end <= w[1].start), "{spans:?}");
    for span in spans {
        let text = document.text.get(span.range());
        assert!(text.is_some_and(|t| !t.trim().is_empty()), "{span:?}");
    }
    if let Some(place) = document.dateline {
        assert!(document.text.get(place.range()).is_some());
    }
}

fn read_bytes(name: &str, bytes: Vec<u8>) {
    let options = ReadOptions::default();
    let format = Format::of_name(Path::new(name));
    for item in Inputs::from_reader(name, Box::new(Cursor::new(bytes)), format, &options) {
        match item {
            InputItem::Document(raw) => {
                if let Ok(document) = raw.read(rules(), &options) {
                    check_layout(&document);
                }
            }
            InputItem::Failed(ReadError::Io { error, .. }) => panic!("{error}"),
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_in_any_format_are_read_or_refused(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        name in prop_oneof!["a\\.(txt|md|html|jsonl|json|csv|tsv|eml)"],
    ) {
        read_bytes(&name, bytes);
    }

    #[test]
    fn any_text_gets_disjoint_blocks_and_furniture(
        parts in proptest::collection::vec(prop_oneof![
            "\\PC{0,40}",
            "[A-Z]{3,8}, (Oct 8|4 Feb 90) \\((AP|Reuters)\\) (-|--|—) [A-Z][a-z ]{5,30}\\.",
            Just("Read more:\n".to_owned()),
            Just("Most read\nOne thing\nOther thing\n".to_owned()),
            Just("Two men were held at the border on Friday.Two men were held at the border on Friday.".to_owned()),
            Just("Café “owner” said so. READ MORE: Another story\n".to_owned()),
            Just("   ".to_owned()),
            Just("\n".to_owned()),
            Just("\n\n- item\n".to_owned()),
            Just("\t|\t".to_owned()),
        ], 0..14),
    ) {
        let text = parts.concat();
        check_layout(&Document::from_text("t", text.clone(), rules()));
        for name in ["a.txt", "a.md", "a.html"] {
            read_bytes(name, text.clone().into_bytes());
        }
    }
}
