//! The examples of `lexicons/stage.toml`.

use super::*;
use crate::attribution::attribute_by;
use crate::pack::{PackFiles, SpeechLexicon};
use crate::span::Span;
use crate::text::LanguageModel;

#[test]
fn the_examples_of_the_lexicon_hold() {
    let model = LanguageModel::builtin().expect("the built-in model loads");
    let files = PackFiles::builtin();
    let speech = SpeechLexicon::load(&files).expect("the lexicon of speech is valid");
    let lexicon = StageLexicon::load(&files).expect("the lexicon of stages is valid");
    let mut wrong = Vec::new();
    for example in &lexicon.examples {
        let text = model.annotate(&example.text, &[Span::new(0, example.text.len())]);
        let attributions = attribute_by(&text, &speech);
        let trigger = (0..text.tokens.len()).find(|t| text.surface(*t) == example.word);
        let read = stage_of(&text, trigger.expect(&example.word), &attributions, &lexicon);
        let fits = read.stage == example.stage
            && read.denied == example.denied
            && example.hypothetical.is_none_or(|h| h == read.hypothetical);
        if !fits {
            wrong.push(format!("{:?} ({}): {read:?}", example.text, example.word));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
