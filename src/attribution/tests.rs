use super::*;
use crate::pack::PackFiles;
use crate::span::Span;
use crate::text::LanguageModel;

struct Reader {
    model: LanguageModel,
    lexicon: SpeechLexicon,
}

impl Reader {
    fn new() -> Self {
        Self {
            model: LanguageModel::builtin().expect("the built-in model loads"),
            lexicon: SpeechLexicon::load(&PackFiles::builtin()).expect("the lexicon is valid"),
        }
    }

    /// One paragraph a line.
    fn read<R>(&self, text: &str, then: impl FnOnce(&AnnotatedText<'_>, &Attributions) -> R) -> R {
        let mut blocks = Vec::new();
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            let content = line.trim_end();
            if !content.is_empty() {
                blocks.push(Span::new(offset, offset + content.len()));
            }
            offset += line.len();
        }
        let annotated = self.model.annotate(text, &blocks);
        let attributions = attribute_by(&annotated, &self.lexicon);
        then(&annotated, &attributions)
    }
}

fn token(text: &AnnotatedText<'_>, word: &str) -> usize {
    (0..text.tokens.len()).find(|t| text.surface(*t) == word).expect(word)
}

#[test]
fn the_examples_of_the_lexicons_hold() {
    let reader = Reader::new();
    let mut wrong = Vec::new();
    for example in &reader.lexicon.examples {
        reader.read(&example.text, |text, attributions| {
            let found = attributions.at(token(text, &example.word));
            let speaker = found.speaker.map(|s| text.surface(s as usize));
            if found.stance != example.stance
                || (example.speaker.is_some() && speaker != example.speaker.as_deref())
            {
                wrong.push(format!(
                    "{:?}: {} is {:?} by {speaker:?}",
                    example.text, example.word, found.stance
                ));
            }
        });
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn quotations_find_their_bounds_and_speakers() {
    // Paragraphs are lines; then the quotations, each with the head word of its speaker.
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("\"We found the device,\" said the sheriff.", &[("We found the device,", "sheriff")]),
        ("The sheriff said: “We found the device.”", &[("We found the device.", "sheriff")]),
        (
            "'They came at night,' the widow told reporters. 'Nobody's house was safe.'",
            &[("They came at night,", "widow"), ("Nobody's house was safe.", "widow")],
        ),
        (
            "\"The men,\" the mayor said, \"had come from the hills.\"",
            &[("The men,", "mayor"), ("had come from the hills.", "mayor")],
        ),
        (
            "The general said: \"The north is quiet.\n\"The south is not.\n\"We shall see.\"",
            &[
                ("The north is quiet.", "general"),
                ("The south is not.", "general"),
                ("We shall see.", "general"),
            ],
        ),
        (
            "The general said: “The north is quiet.\nReporters left the base at noon.",
            &[("The north is quiet.", "general")],
        ),
        (
            "The judge told the court: “This was a brutal crime.”\n“It will not be forgotten.”",
            &[("This was a brutal crime.", "judge"), ("It will not be forgotten.", "judge")],
        ),
        (
            "The minister said that the border was closed.\n\"We shall open it in May.\"",
            &[("We shall open it in May.", "minister")],
        ),
        ("The envoy recalled the raid as a “senseless act”.", &[("senseless act", "envoy")]),
        ("The officers' cars were burnt in the 1990s' riots.", &[]),
        ("Rock 'n' roll fans were at the club.", &[]),
        ("The so-called “volunteers” crossed the border.", &[("volunteers", "-")]),
    ];
    let reader = Reader::new();
    for (source, expected) in cases {
        reader.read(source, |text, attributions| {
            let found: Vec<(String, String)> = attributions
                .quotations()
                .iter()
                .map(|q| {
                    let speaker = q.speaker.map_or("-", |s| text.surface(s as usize));
                    (text.slice(q.tokens).to_owned(), speaker.to_owned())
                })
                .collect();
            let expected: Vec<(String, String)> =
                expected.iter().map(|(q, s)| ((*q).to_owned(), (*s).to_owned())).collect();
            assert_eq!(found, expected, "{source}");
        });
    }
}

#[test]
fn scare_quotes_are_the_documents_words_and_quoted_speech_is_not() {
    let reader = Reader::new();
    reader.read("The so-called “volunteers” attacked the port.", |text, attributions| {
        let at = attributions.at(token(text, "volunteers"));
        assert!(at.quoted);
        assert_eq!(at.stance, Stance::Reported);
        assert_eq!(attributions.at(token(text, "attacked")), Attribution::default());
    });
    reader.read("The clerk said the “volunteers” attacked the port.", |text, attributions| {
        let at = attributions.at(token(text, "volunteers"));
        assert_eq!(at.stance, Stance::Stated);
        assert_eq!(at.speaker, Some(token(text, "clerk") as u32));
    });
}

#[test]
fn a_denial_outlasts_what_is_said_within_it() {
    let reader = Reader::new();
    let text = "The ministry denied that its envoy had said the army bombed the school.";
    reader.read(text, |text, attributions| {
        let at = attributions.at(token(text, "bombed"));
        assert_eq!(at.stance, Stance::Denied);
        assert_eq!(at.speaker, Some(token(text, "ministry") as u32));
    });
}

#[test]
fn any_text_is_attributed_without_panic() {
    let reader = Reader::new();
    let marks = "\" ' ” “ ’ ‘ « » ".repeat(300);
    let said = "he said ".repeat(300);
    for text in ["", "\"", "'", "said", "according to", "“", "”\n“\n”", &marks, &said] {
        reader.read(text, |text, attributions| {
            for (i, quotation) in attributions.quotations().iter().enumerate() {
                assert!(
                    !quotation.tokens.is_empty()
                        && quotation.tokens.end as usize <= text.tokens.len()
                );
                if let Some(next) = attributions.quotations().get(i + 1) {
                    assert!(quotation.tokens.end <= next.tokens.start);
                }
            }
            assert_eq!(attributions.at(text.tokens.len()), Attribution::default());
        });
    }
}
