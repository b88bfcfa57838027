//! How many words a second the whole job and each stage of it read, over reports of the project's
//! own: `cargo bench --bench stages`. One thread, but for the whole job with two.
//!
//! `items/s` are words of the text a second. `benches/beside_spacy.py` runs this beside spaCy.

use corkboard::coreference::CoreferenceChain;
use corkboard::document::{Document, InputItem, Inputs, ReadOptions};
use corkboard::export::{ExportOptions, GraphFormat, write_file};
use corkboard::extraction::DocumentAnalysis;
use corkboard::graph::{KnowledgeGraph, View};
use corkboard::linking::{SameAs, condense, link};
use corkboard::mention::Mention;
use corkboard::pipeline::{Analyst, assemble};
use corkboard::span::{DocumentId, Span};
use corkboard::text::AnnotatedText;
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use std::path::PathBuf;
use std::sync::LazyLock;

fn main() {
    divan::main();
}

/// Documents made of the example reports: enough to time, few enough to wait for.
const DOCUMENTS: usize = 60;

static ANALYST: LazyLock<Analyst> =
    LazyLock::new(|| Analyst::builtin().expect("the built-in model and pack load"));
static OPTIONS: LazyLock<ReadOptions> = LazyLock::new(ReadOptions::default);

/// The example reports, and documents that mix their paragraphs, each in a way of its own, so
/// that none is a copy of another.
static CORPUS: LazyLock<Vec<Document>> = LazyLock::new(|| {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/reports");
    let reports: Vec<Document> = Inputs::new(&[folder], &OPTIONS)
        .filter_map(|item| match item {
            InputItem::Document(raw) => raw.read(&ANALYST.pack().furniture, &OPTIONS).ok(),
            _ => None,
        })
        .collect();
    let mixed = reports.len()..DOCUMENTS;
    let mixed = mixed.map(|n| {
        let (first, stride) = (n % reports.len(), n / reports.len());
        let longest = reports.iter().map(|r| r.blocks.len()).max().unwrap_or(0);
        let paragraphs = (0..longest).filter_map(|i| {
            let report = &reports[(first + i * stride) % reports.len()];
            report.blocks.get(i).map(|block| block.span.of(&report.text))
        });
        let text = paragraphs.collect::<Vec<_>>().join("\n\n");
        let mixed = from_text(&DocumentId::from(format!("mixed-{n}")), &text);
        Document { published: reports[first].published, ..mixed }
    });
    let mixed: Vec<Document> = mixed.collect();
    reports.into_iter().chain(mixed).collect()
});

/// What the stages before leave behind for each document.
struct Read {
    document: &'static Document,
    text: AnnotatedText<'static>,
    mentions: Vec<Mention>,
    chains: Vec<CoreferenceChain>,
}

static READ: LazyLock<Vec<Read>> = LazyLock::new(|| {
    let pack = ANALYST.pack();
    CORPUS
        .iter()
        .map(|document| {
            let text = ANALYST.model().annotate(&document.text, &blocks(document));
            let text = corkboard::mention::with_charges(text, pack);
            let attributions = corkboard::attribution::attribute(&text, pack);
            let mentions = corkboard::mention::detect(&text, document.published, pack);
            let chains = corkboard::coreference::resolve(&text, &mentions, &attributions, pack);
            Read { document, text, mentions, chains }
        })
        .collect()
});

static ANALYSES: LazyLock<Vec<DocumentAnalysis>> = LazyLock::new(|| {
    let ontology = &ANALYST.pack().ontology;
    let mut analyses: Vec<DocumentAnalysis> =
        CORPUS.iter().map(|d| condense(ANALYST.analyse(d), ontology)).collect();
    analyses.sort_by(|a, b| a.doc.cmp(&b.doc));
    analyses
});

fn from_text(id: &DocumentId, text: &str) -> Document {
    Document::from_text(id.clone(), text, &ANALYST.pack().furniture)
}

fn blocks(document: &Document) -> Vec<Span> {
    document.blocks.iter().map(|block| block.span).collect()
}

fn words() -> ItemsCount {
    ItemsCount::new(CORPUS.iter().map(|d| d.text.split_whitespace().count()).sum::<usize>())
}

fn arranged() -> KnowledgeGraph {
    let mut graph = assemble("bench", ANALYSES.clone(), ANALYST.pack(), &SameAs::default());
    graph.arrange(View::Full, &ANALYST.pack().ontology);
    graph
}

fn write(graph: &KnowledgeGraph) {
    for file in GraphFormat::DEFAULT.iter().flat_map(|format| format.files()) {
        let mut bytes = Vec::new();
        write_file(graph, &ANALYST.pack().ontology, ExportOptions::default(), file, &mut bytes)
            .expect("memory can be written");
        black_box(bytes);
    }
}

fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.expect("threads can be started").install(work)
}

/// Everything from the texts to the bytes of the files, model and pack loaded.
#[divan::bench(args = [1, 2], sample_count = 5)]
fn whole_job(bencher: Bencher, threads: usize) {
    let texts: Vec<(DocumentId, &str)> =
        CORPUS.iter().map(|d| (d.id.clone(), d.text.as_str())).collect();
    let pack = ANALYST.pack();
    bencher.counter(words()).bench_local(|| {
        on_threads(threads, || {
            use rayon::prelude::*;
            let read = |(id, text): &(DocumentId, &str)| ANALYST.analyse(&from_text(id, text));
            let analyses: Vec<DocumentAnalysis> = texts.par_iter().map(read).collect();
            let mut graph = assemble("bench", analyses, pack, &SameAs::default());
            graph.arrange(View::Full, &pack.ontology);
            write(&graph);
        });
    });
}

/// Bytes to stories.
#[divan::bench(sample_count = 10)]
fn s1_document(bencher: Bencher) {
    bencher.counter(words()).bench_local(|| {
        for document in &*CORPUS {
            black_box(from_text(&document.id, &document.text));
        }
    });
}

/// Tokens, tags, arcs, lemmas, sentences and the model's entities.
#[divan::bench(sample_count = 10)]
fn s2_language(bencher: Bencher) {
    bencher.counter(words()).bench_local(|| {
        for document in &*CORPUS {
            black_box(ANALYST.model().annotate(&document.text, &blocks(document)));
        }
    });
}

/// Who says what.
#[divan::bench(sample_count = 10)]
fn s3_attribution(bencher: Bencher) {
    bencher.counter(words()).bench_local(|| {
        for read in &*READ {
            black_box(corkboard::attribution::attribute(&read.text, ANALYST.pack()));
        }
    });
}

/// Mentions of all detectors.
#[divan::bench(sample_count = 10)]
fn s4_mention(bencher: Bencher) {
    bencher.counter(words()).bench_local(|| {
        for read in &*READ {
            let published = read.document.published;
            black_box(corkboard::mention::detect(&read.text, published, ANALYST.pack()));
        }
    });
}

/// Coreference chains.
#[divan::bench(sample_count = 10)]
fn s5_coreference(bencher: Bencher) {
    let pack = ANALYST.pack();
    let said: Vec<_> =
        READ.iter().map(|r| corkboard::attribution::attribute(&r.text, pack)).collect();
    bencher.counter(words()).bench_local(|| {
        for (read, said) in READ.iter().zip(&said) {
            black_box(corkboard::coreference::resolve(&read.text, &read.mentions, said, pack));
        }
    });
}

/// Incidents and relations.
#[divan::bench(sample_count = 10)]
fn s6_extraction(bencher: Bencher) {
    let pack = ANALYST.pack();
    let said: Vec<_> =
        READ.iter().map(|r| corkboard::attribution::attribute(&r.text, pack)).collect();
    bencher.counter(words()).bench_local(|| {
        for (read, said) in READ.iter().zip(&said) {
            let (mut mentions, mut chains) = (read.mentions.clone(), read.chains.clone());
            let published = read.document.published;
            black_box(corkboard::extraction::extract(
                &read.text,
                &mut mentions,
                &mut chains,
                said,
                pack,
                published,
            ));
        }
    });
}

/// Which mentions of different documents are the same.
#[divan::bench(sample_count = 10)]
fn s7_linking(bencher: Bencher) {
    bencher
        .counter(words())
        .bench_local(|| black_box(link(&ANALYSES, ANALYST.pack(), &SameAs::default())));
}

/// The graph out of what is linked.
#[divan::bench(sample_count = 10)]
fn s8_graph(bencher: Bencher) {
    let linked = link(&ANALYSES, ANALYST.pack(), &SameAs::default());
    bencher.counter(words()).bench_local(|| {
        black_box(corkboard::graph::build("bench", &ANALYSES, &linked, ANALYST.pack()))
    });
}

/// Positions of the nodes.
#[divan::bench(sample_count = 5)]
fn s9_layout(bencher: Bencher) {
    let graph = assemble("bench", ANALYSES.clone(), ANALYST.pack(), &SameAs::default());
    bencher.counter(words()).bench_local(|| {
        let mut graph = graph.clone();
        on_threads(1, || graph.arrange(View::Full, &ANALYST.pack().ontology));
        black_box(graph)
    });
}

/// The files.
#[divan::bench(sample_count = 5)]
fn s10_export(bencher: Bencher) {
    let graph = arranged();
    bencher.counter(words()).bench_local(|| write(&graph));
}

/// Model and pack, on all threads.
#[divan::bench(sample_count = 5)]
fn load() -> Analyst {
    Analyst::builtin().expect("the built-in model and pack load")
}
