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
