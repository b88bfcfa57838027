//! The language model: one value that reads text, and the working memory of a thread.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use smol_str::SmolStr;

use super::annotator::{Annotator, Memory};
use super::archive::Archive;
use super::attribute_ruler::AttributeRuler;
use super::data::ModelData;
use super::entities::EntityRecognizer;
use super::lemmatizer::Lemmatizer;
use super::lexicon::Lexicon;
use super::network::{Linear, Tok2Vec};
use super::parser::Parser;
use super::tokenizer::Tokenizer;
use super::{AnnotatedText, archive, embedded, spacy_format};
use crate::error::DataError;
use crate::span::Span;

thread_local! {
    /// What [`LanguageModel::annotate`] remembers on this thread, and for which model.
    static MEMORY: Cell<Option<(usize, Memory)>> = const { Cell::new(None) };
}

static MODELS: AtomicUsize = AtomicUsize::new(0);

/// A trained pipeline for English: tokens, tags, arcs, lemmas and named entities.
///
/// It is read-only, holds no locks and can be shared by any number of threads.
#[derive(Debug)]
pub struct LanguageModel {
    name: String,
    /// Tells the models of a process apart.
    number: usize,
    pub(super) tokenizer: Tokenizer,
    pub(super) lexicon: Lexicon,
    pub(super) tok2vec: Tok2Vec,
    pub(super) tags: Vec<SmolStr>,
    pub(super) tagger: Linear,
    pub(super) parser: Parser,
    pub(super) ner_tok2vec: Tok2Vec,
    pub(super) entities: EntityRecognizer,
    pub(super) ruler: AttributeRuler,
    pub(super) lemmatizer: Lemmatizer,
}

impl LanguageModel {
    /// The model inside the program: spaCy's `en_core_web_sm`.
    ///
    /// # Errors
    /// Only if the program file is damaged: the model's checksum does not fit.
    pub fn builtin() -> Result<Self, DataError> {
        let invalid = |message: String| DataError::in_file("the built-in language model", message);
        Self::new(embedded::read(embedded::ENGLISH).map_err(invalid)?).map_err(invalid)
    }

    /// Loads a convolutional English pipeline of spaCy 3 (`en_core_web_sm`, `md` or `lg`): from a
    /// folder that holds its `meta.json` or the installed package around it, a wheel, or a file in
    /// this project's compact form.
    ///
    /// # Errors
    /// A file that is missing, cut short or altered, or a pipeline of another build.
    pub fn from_path(path: &Path) -> Result<Self, DataError> {
        let invalid = |message: String| DataError::in_file(path.display().to_string(), message);
        Self::new(read_data(path)?).map_err(invalid)
    }

    fn new(data: ModelData) -> Result<Self, String> {
        let named = |part: &'static str| move |error: String| format!("{part}: {error}");
        let tags: Vec<SmolStr> = data.tagger.labels.iter().map(SmolStr::new).collect();
        let model = Self {
            name: data.name,
            number: MODELS.fetch_add(1, Ordering::Relaxed),
            tokenizer: Tokenizer::new(&data.tokenizer).map_err(named("tokenizer"))?,
            lexicon: Lexicon::new(data.norms, data.vectors),
            tok2vec: Tok2Vec::new(data.tok2vec).map_err(named("tok2vec"))?,
            tagger: Linear::new(data.tagger.output).map_err(named("tagger"))?,
            parser: Parser::new(data.parser).map_err(named("parser"))?,
            ner_tok2vec: Tok2Vec::new(data.ner_tok2vec).map_err(named("ner"))?,
            entities: EntityRecognizer::new(data.ner).map_err(named("ner"))?,
            ruler: AttributeRuler::new(data.rules, &tags).map_err(named("attribute_ruler"))?,
            lemmatizer: Lemmatizer::new(data.lemmas),
            tags,
        };
        let width = model.tok2vec.width();
        let fits = model.tagger.inputs() == width
            && model.tagger.outputs() == model.tags.len()
            && model.parser.scorer().inputs() == width
            && model.entities.scorer().inputs() == model.ner_tok2vec.width()
            && !model.ner_tok2vec.reads_spacy();
        if fits { Ok(model) } else { Err("the components do not fit one another".into()) }
    }

    /// Name and version of the pipeline.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A reader with its own working memory: one a thread, kept from document to document.
    #[must_use]
    pub fn annotator(&self) -> Annotator<'_> {
        Annotator::new(self, Memory::default())
    }

    /// Reads the blocks of a text, each on its own and with sentence boundaries repaired (see
    /// [`Annotator::repairs_sentences`]). The working memory is the thread's.
    #[must_use]
    pub fn annotate<'t>(&self, text: &'t str, blocks: &[Span]) -> AnnotatedText<'t> {
        let kept = MEMORY.take().filter(|(model, _)| *model == self.number);
        let memory = kept.map(|(_, memory)| memory).unwrap_or_default();
        let mut annotator = Annotator::new(self, memory).repairs_sentences(true);
        let read = annotator.annotate(text, blocks);
        MEMORY.set(Some((self.number, annotator.into_memory())));
        read
    }
}

/// Rewrites a pipeline of spaCy's in this project's compact form, with weights of half precision.
///
/// # Errors
/// As [`LanguageModel::from_path`].
pub fn convert_model(path: &Path) -> Result<Vec<u8>, DataError> {
    let invalid = |message: String| DataError::in_file(path.display().to_string(), message);
    embedded::write(&read_data(path)?).map_err(invalid)
}

fn read_data(path: &Path) -> Result<ModelData, DataError> {
    let invalid = |message: String| DataError::in_file(path.display().to_string(), message);
    if path.is_dir() {
        let folder = pipeline_folder(path);
        let files = |name: &str| {
            std::fs::read(folder.join(name)).map_err(|error| format!("{name}: {error}"))
        };
        return spacy_format::read_pipeline(&files).map_err(invalid);
    }
    let bytes =
        std::fs::read(path).map_err(|error| DataError::Io { file: path.to_path_buf(), error })?;
    if archive::is_archive(&bytes) {
        let archive = Archive::open(bytes).map_err(invalid)?;
        let folder = archive.pipeline_folder();
        let folder = folder.ok_or_else(|| invalid("the wheel holds no spaCy pipeline".into()))?;
        let files = |name: &str| archive.read(&format!("{folder}{name}"));
        return spacy_format::read_pipeline(&files).map_err(invalid);
    }
    if embedded::is_compact(&bytes) {
        return embedded::read(&bytes).map_err(invalid);
    }
    Err(invalid("neither a folder with a pipeline, nor a wheel, nor a model file".into()))
}

/// The folder with the pipeline: an installed package of spaCy's holds it one level down, in a
/// folder of its own with the version.
fn pipeline_folder(path: &Path) -> PathBuf {
    let holds = |folder: &Path| folder.join("config.cfg").is_file();
    if !holds(path) {
        let inside = std::fs::read_dir(path).into_iter().flatten().filter_map(Result::ok);
        let mut inside: Vec<PathBuf> = inside.map(|e| e.path()).filter(|p| holds(p)).collect();
        if let (Some(folder), true) = (inside.pop(), inside.is_empty()) {
            return folder;
        }
    }
    path.to_path_buf()
}
