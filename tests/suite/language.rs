//! The language layer on text of every sort: it never fails, and its spans always fit.

use std::path::PathBuf;
use std::sync::LazyLock;

use corkboard::span::Span;
use corkboard::text::{AnnotatedText, LanguageModel};
use proptest::prelude::*;

static MODEL: LazyLock<LanguageModel> = LazyLock::new(|| LanguageModel::builtin().unwrap());

fn read(text: &str) -> AnnotatedText<'_> {
    MODEL.annotate(text, &[Span::new(0, text.len())])
}

/// Tokens stand in order and cover all but the single spaces; sentences cover the tokens; heads
/// and entities stay inside their sentence.
fn check(read: &AnnotatedText) {
    let mut at = 0;
    for token in &read.tokens {
        assert!(!token.span.is_empty());
        assert!(read.text[at..token.span.start as usize].chars().all(|c| c == ' '));
        at = token.span.end as usize;
        assert!((token.head as usize) < read.tokens.len());
    }
    let mut next = 0;
    for sentence in &read.sentences {
        assert_eq!(sentence.tokens.start, next);
        assert!(!sentence.tokens.is_empty());
        next = sentence.tokens.end;
    }
    assert_eq!(next as usize, read.tokens.len());
    for entity in &read.entities {
        let sentence = read.sentences[read.sentence_of(entity.tokens.start as usize)];
        assert!(sentence.tokens.contains(entity.tokens));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read(text in "\\PC{0,80}") {
        check(&read(&text));
    }

    #[test]
    fn any_characters_are_read(text in proptest::collection::vec(any::<char>(), 0..60)) {
        check(&read(&text.into_iter().collect::<String>()));
    }

    #[test]
    fn punctuation_and_spaces_are_read(text in "[-a-zA-Z0-9 \\n\\t\\x00.,:;!?'\"()<>@/’“”…$%+*]{0,60}") {
        check(&read(&text));
    }

    #[test]
    fn a_block_is_read_as_if_it_stood_alone(a in "[A-Za-z ,.]{1,40}", b in "[A-Za-z ,.]{1,40}") {
        let both = format!("{a}\n\n{b}");
        let blocks = [Span::new(0, a.len()), Span::new(a.len() + 2, both.len())];
        let together = MODEL.annotate(&both, &blocks);
        let alone = [read(&a).tokens, read(&b).tokens];
        let alone: Vec<_> = alone.iter().flatten().map(|t| (&t.tag, t.dep, &t.lemma)).collect();
        let together: Vec<_> = together.tokens.iter().map(|t| (&t.tag, t.dep, &t.lemma)).collect();
        prop_assert_eq!(together, alone);
    }
}

#[test]
fn nothing_gives_nothing() {
    assert!(read("").tokens.is_empty());
    assert!(MODEL.annotate("Not read.", &[]).tokens.is_empty());
    let empty = MODEL.annotate("A. B.", &[Span::new(0, 0), Span::new(3, 5), Span::new(5, 5)]);
    assert_eq!(empty.sentences.len(), 1);
    assert_eq!(empty.sentences[0].block, 1);
}

#[test]
fn a_sentence_of_ten_thousand_words_takes_bounded_work() {
    let text = "and the men of the north said that they had ".repeat(1000);
    let read = read(text.trim_end());
    assert_eq!(read.tokens.len(), 10_000);
    check(&read);
}

#[test]
fn a_long_chunk_of_signs_takes_bounded_work() {
    for sign in ["(", ".", "a.", "a@", "'", "-a", "’s", "://"] {
        check(&read(&sign.repeat(10_000 / sign.len())));
    }
}

#[test]
fn an_annotator_forgets_nothing_that_matters() {
    let mut annotator = MODEL.annotator();
    let text = "The U.S. hasn't answered. “We’ll see,” said the president.";
    let first = annotator.annotate(text, &[Span::new(0, text.len())]);
    let again = annotator.annotate(text, &[Span::new(0, text.len())]);
    assert_eq!(first.tokens, again.tokens);
    assert_eq!(first.entities, again.entities);
}

#[test]
fn damaged_and_foreign_models_are_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let error = |path: PathBuf| LanguageModel::from_path(&path).unwrap_err().to_string();
    let written = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let model = std::fs::read(root.join("src/text/en_core_web_sm.model")).unwrap();
    assert!(error(written("short", &model[..model.len() - 1])).contains("cut short"));
    assert!(error(written("head", &model[..10])).contains("cut short"));
    let mut altered = model;
    altered[5_000_000] ^= 1;
    assert!(error(written("altered", &altered)).contains("checksum"));
    assert!(error(written("other", b"hello")).contains("neither"));
    assert!(error(folder.path().join("missing")).contains("missing"));
    assert!(error(folder.path().to_path_buf()).contains("meta.json"));
    let meta =
        br#"{"lang":"en","name":"core_web_trf","version":"3.8.0","pipeline":["transformer"]}"#;
    written("meta.json", meta);
    assert!(error(folder.path().to_path_buf()).contains("transformer pipeline"));
    let old = br#"{"lang":"en","name":"core_web_sm","version":"2.3.1","pipeline":["tagger"]}"#;
    written("meta.json", old);
    assert!(error(folder.path().to_path_buf()).contains("2.3.1 is not of spaCy 3"));
    let german = br#"{"lang":"de","name":"core_news_sm","version":"3.8.0","pipeline":["tagger"]}"#;
    written("meta.json", german);
    assert!(error(folder.path().to_path_buf()).contains("another language"));
    let partial = br#"{"lang":"en","name":"x","version":"3.8.0","pipeline":["tok2vec","tagger"]}"#;
    written("meta.json", partial);
    assert!(error(folder.path().to_path_buf()).contains("has no parser"));
    // An installed package holds the pipeline in a folder of its own.
    std::fs::create_dir(folder.path().join("en_core_web_trf-3.8.0")).unwrap();
    written("en_core_web_trf-3.8.0/meta.json", meta);
    written("en_core_web_trf-3.8.0/config.cfg", b"");
    assert!(error(folder.path().to_path_buf()).contains("transformer pipeline"));
}

/// An archive of members that are stored as they are, each with the checksum given.
fn archive(members: &[(&str, &[u8], u32)]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content, checksum) in members {
        let begin = bytes.len() as u32;
        let size = (content.len() as u32).to_le_bytes();
        let fields = [&[20, 0, 0, 0, 0, 0, 0, 0, 0, 0], &checksum.to_le_bytes()[..], &size, &size];
        let fields = [fields.concat(), (name.len() as u16).to_le_bytes().to_vec(), vec![0, 0]];
        let fields = fields.concat();
        bytes.extend([b"PK\x03\x04", &fields[..], name.as_bytes(), content].concat());
        let rest = [&[0; 10], &begin.to_le_bytes()[..], name.as_bytes()].concat();
        directory.extend([b"PK\x01\x02\x14\0", &fields[..], &rest].concat());
    }
    let count = (members.len() as u16).to_le_bytes();
    let (size, at) = ((directory.len() as u32).to_le_bytes(), (bytes.len() as u32).to_le_bytes());
    [&bytes[..], &directory, b"PK\x05\x06\0\0\0\0", &count, &count, &size, &at, &[0, 0]].concat()
}

#[test]
fn damaged_wheels_are_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let error = |bytes: &[u8]| {
        let path = folder.path().join("model.whl");
        std::fs::write(&path, bytes).unwrap();
        LanguageModel::from_path(&path).unwrap_err().to_string()
    };
    const META: &[u8] = br#"{"lang":"en","name":"x","version":"2.0"}"#;
    const CHECKSUM: u32 = 0x1bca_c28a;
    let whole = |checksum| archive(&[("p/config.cfg", b"", 0), ("p/meta.json", META, checksum)]);
    assert!(error(&whole(CHECKSUM)).contains("en_x 2.0 is not of spaCy 3"));
    assert!(error(&whole(CHECKSUM ^ 1)).contains("meta.json: damaged"));
    let sound = whole(CHECKSUM);
    assert!(error(&sound[..sound.len() - 30]).contains("cut short"));
    assert!(error(&sound[..40]).contains("cut short"));
    assert!(error(&archive(&[("other.txt", b"", 0)])).contains("holds no spaCy pipeline"));
}
