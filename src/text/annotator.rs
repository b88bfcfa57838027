//! Reading text with a model: the order of the components, and what a thread keeps between
//! documents.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::attribute_ruler::{Attributes, RuledToken};
use super::lexicon::Word;
use super::model::LanguageModel;
use super::network::{Precomputed, Scratch, Tok2Vec};
use super::sentences::{line_breaks, repair};
use super::tokenizer::{Piece, Tokenizer};
use super::{AnnotatedText, Dep, EntitySpan, Pos, Sentence, Token};
use crate::span::{Span, TokenRange};

/// Numbers kept of words (64 MiB); when there are more, the memory starts anew.
const MAX_NUMBERS: usize = 1 << 24;
/// Chunks kept in memory.
const MAX_CHUNKS: usize = 65_536;
/// Stands for a record that has not been computed.
const UNKNOWN: u32 = u32::MAX;
/// Tokens that are read as one sequence; a longer block is cut, so that memory stays bounded.
const LONGEST: usize = 16_384;
/// Tokens that are put through the networks together, if the blocks allow.
const BATCH: usize = 512;

/// Reads text with one model; holds working memory, so that each thread keeps its own.
#[derive(Debug)]
pub struct Annotator<'m> {
    model: &'m LanguageModel,
    repairs_sentences: bool,
    memory: Memory,
}

/// What is remembered from document to document. It makes no difference to what is read.
#[derive(Debug, Default)]
pub(super) struct Memory {
    words: Vec<Word>,
    word_numbers: FxHashMap<(SmolStr, Option<SmolStr>), u32>,
    /// What the networks keep of words (see [`Tok2Vec::learn`]).
    records: Vec<f32>,
    /// Where the records of each word begin: of the shared network without and with a space
    /// after, and of the entity recogniser's.
    known: Vec<[u32; 3]>,
    chunks: FxHashMap<Box<str>, (u32, u32)>,
    chunk_tokens: Vec<(u32, u32)>,
    lemmas: FxHashMap<(u32, Pos, super::attribute_ruler::Morph), SmolStr>,
    pieces: Vec<Piece>,
    scratch: Scratch,
}

/// A token before it is analysed.
#[derive(Clone, Copy, Debug)]
struct Form {
    word: u32,
    span: Span,
    space_after: bool,
}

impl<'m> Annotator<'m> {
    pub(super) fn new(model: &'m LanguageModel, memory: Memory) -> Self {
        Self { model, repairs_sentences: false, memory }
    }

    pub(super) fn into_memory(self) -> Memory {
        self.memory
    }

    /// Whether to repair sentence boundaries where news breaks the parser's: headlines and list
    /// lines without a full stop, closing quotes, reporting clauses. Off by default, for then the
    /// analysis is spaCy's.
    #[must_use]
    pub fn repairs_sentences(mut self, repairs: bool) -> Self {
        self.repairs_sentences = repairs;
        self
    }

    /// Reads the blocks of a text, each on its own: no sentence crosses from one to the next.
    /// Blocks must be in text order and must not overlap; what lies between them is not read.
    pub fn annotate<'t>(&mut self, text: &'t str, blocks: &[Span]) -> AnnotatedText<'t> {
        if self.memory.records.len() > MAX_NUMBERS || self.memory.chunks.len() > MAX_CHUNKS {
            self.memory = Memory::default();
        }
        let mut forms = Vec::new();
        let mut sequences: Vec<Sequence> = Vec::with_capacity(blocks.len());
        for (number, block) in blocks.iter().enumerate() {
            let mut start = forms.len();
            self.tokenize(text, *block, &mut forms);
            let mut breaks = if self.repairs_sentences {
                let surfaces: Vec<&str> = forms[start..].iter().map(|f| f.span.of(text)).collect();
                line_breaks(&surfaces)
            } else {
                Vec::new()
            };
            breaks.iter_mut().for_each(|at| *at += start);
            let mut breaks = breaks.into_iter().peekable();
            while start < forms.len() {
                let line = breaks.next_if(|at| *at - start <= LONGEST);
                let end = line.unwrap_or(forms.len().min(start + LONGEST));
                sequences.push(Sequence { block: number as u32, start, end });
                start = end;
            }
        }
        let mut out = Analysis::default();
        let mut rest = &sequences[..];
        while let Some(first) = rest.first() {
            let fitting = rest.partition_point(|s| s.end - first.start <= BATCH).max(1);
            let (batch, later) = rest.split_at(fitting);
            self.analyze(&forms, batch, &mut out);
            rest = later;
        }
        let mut annotated = AnnotatedText::new(text, out.tokens, out.sentences, out.entities);
        annotated.other_lemmas = out.other_lemmas;
        annotated
    }

    fn tokenize(&mut self, text: &str, block: Span, forms: &mut Vec<Form>) {
        let base = block.start as usize;
        let block = block.of(text);
        Tokenizer::chunks(block, |start, end, space_after| {
            let chunk = &block[start..end];
            let (low, high) = match self.memory.chunks.get(chunk) {
                Some(range) => *range,
                None => self.learn_chunk(chunk),
            };
            let mut at = base + start;
            for (word, length) in &self.memory.chunk_tokens[low as usize..high as usize] {
                let span = Span::new(at, at + *length as usize);
                at += *length as usize;
                forms.push(Form { word: *word, span, space_after: false });
            }
            if let Some(last) = forms.last_mut() {
                last.space_after = space_after;
            }
        });
    }

    fn learn_chunk(&mut self, chunk: &str) -> (u32, u32) {
        let mut pieces = std::mem::take(&mut self.memory.pieces);
        pieces.clear();
        self.model.tokenizer.tokenize(chunk, &mut pieces);
        let low = self.memory.chunk_tokens.len() as u32;
        for piece in &pieces {
            let surface = &chunk[piece.start..piece.end];
            let word = self.word(surface, piece.norm.as_ref());
            self.memory.chunk_tokens.push((word, surface.len() as u32));
        }
        self.memory.pieces = pieces;
        let range = (low, self.memory.chunk_tokens.len() as u32);
        self.memory.chunks.insert(chunk.into(), range);
        range
    }

    fn word(&mut self, surface: &str, norm: Option<&SmolStr>) -> u32 {
        let key = (SmolStr::new(surface), norm.cloned());
        *self.memory.word_numbers.entry(key).or_insert_with(|| {
            let word = self.model.lexicon.word(surface, norm.map(SmolStr::as_str));
            self.memory.words.push(word);
            self.memory.known.push([UNKNOWN; 3]);
            (self.memory.words.len() - 1) as u32
        })
    }

    /// Puts sequences through the networks together, and turns their tokens out.
    fn analyze(&mut self, forms: &[Form], sequences: &[Sequence], out: &mut Analysis) {
        let model = self.model;
        let (Some(first), Some(last)) = (sequences.first(), sequences.last()) else { return };
        let batch = &forms[first.start..last.end];
        let lengths: Vec<usize> = sequences.iter().map(|s| s.end - s.start).collect();

        let shared = self.encode(&model.tok2vec, 0, batch, &lengths);
        let own = self.encode(&model.ner_tok2vec, 2, batch, &lengths);
        let mut scores = Vec::new();
        let width = model.tok2vec.width();
        model.tagger.apply(&shared, width, shared.len() / width, &mut scores);
        let (mut for_parser, mut for_entities) = (Precomputed::default(), Precomputed::default());
        model.parser.scorer().precompute(&shared, &mut for_parser);
        model.entities.scorer().precompute(&own, &mut for_entities);

        let mut attributes = Vec::new();
        for (sequence, row) in sequences.iter().zip(Tok2Vec::starts(&lengths)) {
            let forms = &forms[sequence.start..sequence.end];
            let first_token = out.tokens.len();
            let spaces: Vec<bool> =
                forms.iter().map(|form| self.memory.words[form.word as usize].is_space).collect();
            let tags: Vec<usize> =
                (0..forms.len()).map(|i| best(&scores, row + i, model.tags.len())).collect();
            let mut parse = model.parser.parse(&for_parser, row, &spaces);
            if self.repairs_sentences {
                let words = forms.iter().map(|form| &*self.memory.words[form.word as usize].text);
                let tags = tags.iter().map(|tag| &*model.tags[*tag]);
                let (words, tags): (Vec<&str>, Vec<&str>) = words.zip(tags).unzip();
                repair(&mut parse, &words, &tags);
            }
            let ruled: Vec<RuledToken> = forms
                .iter()
                .enumerate()
                .map(|(i, form)| RuledToken {
                    tag: tags[i],
                    lower: &self.memory.words[form.word as usize].lower,
                    dep: &parse.labels[i],
                    is_space: spaces[i],
                })
                .collect();
            model.ruler.apply(&ruled, &mut attributes);
            for (i, (form, attributes)) in forms.iter().zip(&attributes).enumerate() {
                let lemma = self.lemma(form.word, attributes);
                let lower = &self.memory.words[form.word as usize].lower;
                let other = match attributes.pos {
                    Pos::Adj => model.lemmatizer.verb_of_participle(lower),
                    Pos::Propn if i == 0 || parse.sentence_start[i] || lower.ends_with('s') => {
                        model.lemmatizer.noun_of_plural(lower)
                    }
                    _ => None,
                };
                if let Some(other) = other {
                    out.other_lemmas.push((out.tokens.len() as u32, other.into()));
                }
                let dep = attributes.dep.as_ref().unwrap_or(&parse.labels[i]);
                out.tokens.push(Token {
                    span: form.span,
                    tag: attributes.tag.clone().unwrap_or_else(|| model.tags[tags[i]].clone()),
                    pos: attributes.pos,
                    dep: Dep::from_label(dep),
                    head: (first_token + parse.heads[i]) as u32,
                    lemma,
                    lower: lower.clone(),
                    space_after: form.space_after,
                });
            }
            push_sentences(&parse.sentence_start, first_token, sequence.block, &mut out.sentences);
            let starts = &parse.sentence_start;
            model.entities.recognize(&for_entities, row, starts, &spaces, |start, end, label| {
                out.entities.push(EntitySpan {
                    tokens: TokenRange::new(first_token + start, first_token + end),
                    label: label.clone(),
                });
            });
        }
    }

    fn encode(
        &mut self,
        network: &Tok2Vec,
        slot: usize,
        batch: &[Form],
        lengths: &[usize],
    ) -> Vec<f32> {
        self.learn_words(network, slot, batch);
        let slot_of = |form: &Form| slot + usize::from(form.space_after && network.reads_spacy());
        let memory = &mut self.memory;
        let mut records: Vec<Option<&[f32]>> = vec![None; Tok2Vec::rows(lengths)];
        let mut forms = batch.iter();
        for (start, length) in Tok2Vec::starts(lengths).zip(lengths) {
            for (record, form) in records[start..start + length].iter_mut().zip(forms.by_ref()) {
                let at = memory.known[form.word as usize][slot_of(form)] as usize;
                *record = memory.records.get(at..at + network.record());
            }
        }
        let mut rows = Vec::with_capacity(records.len() * network.width());
        network.encode(&records, &mut rows, &mut memory.scratch);
        rows
    }

    /// Computes what is not known yet of the words of a batch, all at once.
    fn learn_words(&mut self, network: &Tok2Vec, slot: usize, batch: &[Form]) {
        let memory = &mut self.memory;
        let mut inputs = Vec::new();
        let mut next = memory.records.len();
        for form in batch {
            let spaced = form.space_after && network.reads_spacy();
            let known = &mut memory.known[form.word as usize][slot + usize::from(spaced)];
            if *known != UNKNOWN {
                continue;
            }
            *known = next as u32;
            next += network.record();
            let word = &memory.words[form.word as usize];
            let vector = word.vector.and_then(|row| self.model.lexicon.vector(row));
            network.embed(|attribute| word.id(attribute, spaced), vector, &mut inputs);
        }
        if !inputs.is_empty() {
            network.learn(&inputs, &mut memory.records, &mut memory.scratch);
        }
    }

    fn lemma(&mut self, word: u32, attributes: &Attributes) -> SmolStr {
        if let Some(lemma) = &attributes.lemma {
            return lemma.clone();
        }
        let key = (word, attributes.pos, attributes.morph);
        let word = &self.memory.words[word as usize];
        let lemmatizer = &self.model.lemmatizer;
        self.memory
            .lemmas
            .entry(key)
            .or_insert_with(|| {
                lemmatizer
                    .lemmatize(&word.text, &word.lower, attributes.pos, attributes.morph)
                    .into()
            })
            .clone()
    }
}

/// A block's tokens, or a part of a block that is longer than [`LONGEST`].
#[derive(Clone, Copy, Debug)]
struct Sequence {
    block: u32,
    start: usize,
    end: usize,
}

#[derive(Debug, Default)]
struct Analysis {
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    entities: Vec<EntitySpan>,
    other_lemmas: Vec<(u32, SmolStr)>,
}

/// The first of the highest numbers in a row.
fn best(scores: &[f32], row: usize, width: usize) -> usize {
    let row = &scores[row * width..(row + 1) * width];
    (1..width).fold(0, |best, i| if row[i] > row[best] { i } else { best })
}

fn push_sentences(starts: &[bool], first: usize, block: u32, sentences: &mut Vec<Sentence>) {
    let mut begin = 0;
    for end in 1..=starts.len() {
        if end == starts.len() || starts[end] {
            let tokens = TokenRange::new(first + begin, first + end);
            sentences.push(Sentence { tokens, block });
            begin = end;
        }
    }
}
