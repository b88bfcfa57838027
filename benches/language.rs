//! How fast the language layer loads and reads, on one core, over the project's own texts:
//! `cargo bench --bench language`. `tests/agreement/speed.py` times spaCy in the same run.

use std::path::PathBuf;

use corkboard::span::Span;
use corkboard::text::LanguageModel;
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// The texts of `tests/agreement`, each with its paragraphs.
fn texts() -> Vec<(String, Vec<Span>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/agreement/texts");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the texts are in the repository")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).expect("a text")).map(blocks).collect()
}

fn blocks(text: String) -> (String, Vec<Span>) {
    let mut blocks = Vec::new();
    let mut start = 0;
    for block in text.split("\n\n") {
        if !block.is_empty() {
            blocks.push(Span::new(start, start + block.len()));
        }
        start += block.len() + 2;
    }
    (text, blocks)
}

#[divan::bench(sample_count = 20)]
fn load() -> LanguageModel {
    LanguageModel::builtin().expect("the built-in model loads")
}

/// Tokens, tags, arcs, lemmas and entities, with the words of the texts already known.
#[divan::bench(sample_count = 50)]
fn annotate(bencher: Bencher) {
    let model = LanguageModel::builtin().expect("the built-in model loads");
    let texts = texts();
    let mut annotator = model.annotator();
    let mut tokens = 0;
    for (text, blocks) in &texts {
        tokens += annotator.annotate(text, blocks).tokens.len();
    }
    bencher.counter(ItemsCount::new(tokens)).bench_local(|| {
        for (text, blocks) in &texts {
            black_box(annotator.annotate(text, blocks));
        }
    });
}

/// The same with an annotator that has read nothing before.
#[divan::bench(sample_count = 20)]
fn annotate_cold(bencher: Bencher) {
    let model = LanguageModel::builtin().expect("the built-in model loads");
    let texts = texts();
    let count = |(text, blocks): &(String, Vec<Span>)| model.annotate(text, blocks).tokens.len();
    bencher.counter(ItemsCount::new(texts.iter().map(count).sum::<usize>())).bench_local(|| {
        let mut annotator = model.annotator();
        for (text, blocks) in &texts {
            black_box(annotator.annotate(text, blocks));
        }
    });
}

/// The same texts, each many times, shared out among threads: how near two come to twice one.
#[divan::bench(args = [1, 2], sample_count = 5)]
fn annotate_on_threads(bencher: Bencher, threads: usize) {
    use rayon::prelude::*;
    let model = LanguageModel::builtin().expect("the built-in model loads");
    let texts: Vec<(String, Vec<Span>)> = (0..8).flat_map(|_| texts()).collect();
    let count = |(text, blocks): &(String, Vec<Span>)| model.annotate(text, blocks).tokens.len();
    let tokens: usize = texts.iter().map(count).sum();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.expect("threads can be started");
    bencher
        .counter(ItemsCount::new(tokens))
        .bench_local(|| black_box(pool.install(|| texts.par_iter().map(count).sum::<usize>())));
}
