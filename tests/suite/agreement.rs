//! The language layer against spaCy, on raw text: the fixture holds spaCy's analysis of the
//! project's own texts, recorded by `tests/agreement/compare.py --save`.

use std::collections::BTreeSet;

use corkboard::span::Span;
use corkboard::text::LanguageModel;
use serde_json::Value;

const FIXTURE: &str = include_str!("../agreement/spacy.jsonl");

/// Counts of what is the same, out of how many.
#[derive(Default)]
struct Score {
    same: usize,
    all: usize,
}

impl Score {
    fn count(&mut self, same: bool) {
        self.same += usize::from(same);
        self.all += 1;
    }

    fn reaches(&self, bar: f64) -> bool {
        self.all > 0 && 100.0 * self.same as f64 >= bar * self.all as f64
    }
}

#[test]
fn every_annotation_agrees_with_spacy() {
    let model = LanguageModel::builtin().unwrap();
    let mut annotator = model.annotator();
    let mut scores: [Score; 8] = std::array::from_fn(|_| Score::default());
    for line in FIXTURE.lines() {
        let expected: Value = serde_json::from_str(line).unwrap();
        let text = expected["text"].as_str().unwrap();
        let read = annotator.annotate(text, &[Span::new(0, text.len())]);
        let tokens = expected["tokens"].as_array().unwrap();
        let words: Vec<&str> = (0..read.tokens.len()).map(|t| read.surface(t)).collect();
        let theirs: Vec<&str> = tokens.iter().map(|t| t[1].as_str().unwrap()).collect();
        assert_eq!(words, theirs);
        let starts: BTreeSet<u64> = read.sentences.iter().map(|s| s.tokens.start.into()).collect();
        let their_starts = expected["sentences"].as_array().unwrap();
        let their_starts: BTreeSet<u64> =
            their_starts.iter().map(|s| s.as_u64().unwrap()).collect();
        for (i, (token, theirs)) in read.tokens.iter().zip(tokens).enumerate() {
            let text_of = |i: usize| theirs[i].as_str().unwrap();
            scores[0].count(token.tag == text_of(2));
            scores[1].count(token.pos.as_str() == text_of(3));
            scores[2].count(token.dep.as_str() == text_of(4));
            scores[3].count(u64::from(token.head) == theirs[5].as_u64().unwrap());
            scores[4].count(token.lemma == text_of(6));
            let i = i as u64;
            scores[5].count(starts.contains(&i) == their_starts.contains(&i));
        }
        let ours: BTreeSet<(u64, u64, &str)> = read
            .entities
            .iter()
            .map(|e| (e.tokens.start.into(), e.tokens.end.into(), e.label.as_str()))
            .collect();
        let theirs = expected["entities"].as_array().unwrap();
        let theirs: BTreeSet<(u64, u64, &str)> = theirs
            .iter()
            .map(|e| (e[0].as_u64().unwrap(), e[1].as_u64().unwrap(), e[2].as_str().unwrap()))
            .collect();
        ours.iter().for_each(|entity| scores[6].count(theirs.contains(entity)));
        theirs.iter().for_each(|entity| scores[7].count(ours.contains(entity)));
    }
    let names = ["tags", "pos", "labels", "heads", "lemmas", "sentences", "entities", "recall"];
    for (name, score) in names.iter().zip(&scores) {
        assert!(score.reaches(99.8), "{name}: {} of {}", score.same, score.all);
    }
}
