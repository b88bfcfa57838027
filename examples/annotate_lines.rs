//! Reads texts, one JSON object `{"text": ...}` a line, and writes their analysis, one a line:
//! the Rust side of `tests/agreement/compare.py`. Tells on stderr how fast it read, on one core,
//! without the JSON on either side.

use std::io::{BufRead, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use corkboard::span::Span;
use corkboard::text::LanguageModel;
use serde_json::json;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let begin = Instant::now();
    let model = match std::env::args().nth(1) {
        Some(path) => LanguageModel::from_path(Path::new(&path))?,
        None => LanguageModel::builtin()?,
    };
    let loaded = begin.elapsed();
    let mut annotator = model.annotator();
    let (mut tokens_read, mut reading) = (0, Duration::ZERO);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let input: serde_json::Value = serde_json::from_str(&line?)?;
        let text = input["text"].as_str().ok_or("a line without a text")?;
        let begin = Instant::now();
        let read = annotator.annotate(text, &blocks(text));
        reading += begin.elapsed();
        tokens_read += read.tokens.len();
        let tokens = read.tokens.iter().map(|token| {
            json!([
                text[..token.span.start as usize].chars().count(),
                token.span.of(text),
                token.tag,
                token.pos.as_str(),
                token.dep.as_str(),
                token.head,
                token.lemma,
            ])
        });
        let starts = read.sentences.iter().map(|sentence| sentence.tokens.start);
        let entities = read
            .entities
            .iter()
            .map(|entity| json!([entity.tokens.start, entity.tokens.end, entity.label]));
        let analysis = json!({
            "tokens": tokens.collect::<Vec<_>>(),
            "sentences": starts.collect::<Vec<_>>(),
            "entities": entities.collect::<Vec<_>>(),
        });
        writeln!(out, "{analysis}")?;
    }
    let speed = tokens_read as f64 / reading.as_secs_f64();
    eprintln!("{} loaded in {loaded:.1?}; {speed:.0} tokens/s", model.name());
    Ok(())
}

/// Paragraphs: what empty lines separate.
fn blocks(text: &str) -> Vec<Span> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for block in text.split("\n\n") {
        if !block.is_empty() {
            blocks.push(Span::new(start, start + block.len()));
        }
        start += block.len() + 2;
    }
    blocks
}
