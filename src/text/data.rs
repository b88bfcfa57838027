//! What a language model consists of, as plain data between the readers and the layers.

/// Everything that a pipeline has learned or been given.
#[derive(Debug)]
pub(super) struct ModelData {
    /// Name and version, such as `en_core_web_sm 3.8.0`.
    pub(super) name: String,
    pub(super) tokenizer: TokenizerData,
    /// Norms of words by the word's id.
    pub(super) norms: Vec<(u64, String)>,
    /// Word vectors, for the pipelines that have them.
    pub(super) vectors: Option<VectorData>,
    pub(super) tok2vec: Tok2VecData,
    pub(super) tagger: TaggerData,
    pub(super) parser: TransitionData,
    pub(super) ner: TransitionData,
    /// The entity recogniser's own layers below the transitions.
    pub(super) ner_tok2vec: Tok2VecData,
    pub(super) rules: Vec<RuleData>,
    pub(super) lemmas: Vec<LemmaTable>,
}

#[derive(Debug)]
pub(super) struct TokenizerData {
    pub(super) prefix: String,
    pub(super) suffix: String,
    pub(super) infix: String,
    /// The class of characters of a top-level domain, if addresses are looked for.
    pub(super) domain: Option<String>,
    /// Chunks with the tokens they are split into.
    pub(super) exceptions: Vec<(String, Vec<ExceptionToken>)>,
}

/// A token's text, and its norm if it is given one.
pub(super) type ExceptionToken = (String, Option<String>);

/// Numbers of a layer; half precision in the embedded file.
#[derive(Clone, Debug, Default)]
pub(super) struct Tensor(pub(super) Vec<f32>);

/// An attribute of a token that enters a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    Orth,
    Lower,
    Norm,
    Shape,
    Prefix,
    Suffix,
    IsSpace,
    /// Whether a space follows: the only one that the word does not settle.
    Spacy,
}

#[derive(Debug)]
pub(super) struct EmbeddingData {
    pub(super) attribute: Attribute,
    pub(super) seed: u32,
    /// Rows of the layer's width.
    pub(super) table: Tensor,
}

/// A maxout layer with layer normalisation.
#[derive(Debug)]
pub(super) struct MaxoutData {
    pub(super) inputs: usize,
    pub(super) pieces: usize,
    /// `outputs × pieces` rows of `inputs`.
    pub(super) weights: Tensor,
    pub(super) bias: Tensor,
    pub(super) gain: Tensor,
    pub(super) shift: Tensor,
}

/// Hash embeddings, a mixing layer, and residual convolutions over a window of words.
#[derive(Debug)]
pub(super) struct Tok2VecData {
    pub(super) width: usize,
    pub(super) embeddings: Vec<EmbeddingData>,
    /// Projection of the word vectors to `width`, if they are used.
    pub(super) vectors: Option<Tensor>,
    pub(super) mix: MaxoutData,
    pub(super) convolutions: Vec<MaxoutData>,
}

#[derive(Debug)]
pub(super) struct VectorData {
    pub(super) width: usize,
    pub(super) rows: Tensor,
    /// Row of a word's id, sorted by id.
    pub(super) keys: Vec<(u64, u32)>,
}

#[derive(Debug)]
pub(super) struct LinearData {
    pub(super) inputs: usize,
    pub(super) weights: Tensor,
    pub(super) bias: Tensor,
}

#[derive(Debug)]
pub(super) struct TaggerData {
    pub(super) labels: Vec<String>,
    pub(super) output: LinearData,
}

/// A transition system and the network that scores its actions.
#[derive(Debug)]
pub(super) struct TransitionData {
    /// Move number and label, in the order of the classes.
    pub(super) actions: Vec<(u8, String)>,
    /// From the token vectors to the hidden width.
    pub(super) project: LinearData,
    /// Tokens that a state looks at.
    pub(super) features: usize,
    pub(super) pieces: usize,
    /// `features × hidden × pieces` rows of the projection's width.
    pub(super) lower: Tensor,
    pub(super) lower_bias: Tensor,
    /// Stands for a token that is not there.
    pub(super) padding: Tensor,
    pub(super) upper: LinearData,
}

/// A test that a token passes.
#[derive(Clone, Debug)]
pub(super) enum RuleTest {
    TagIn(Vec<String>),
    TagNotIn(Vec<String>),
    LowerIn(Vec<String>),
    LowerMatches(String),
    DepIn(Vec<String>),
    DepNotIn(Vec<String>),
    IsSpace(bool),
}

/// A pattern of the attribute ruler: what it sets on one token of a match.
#[derive(Debug, Default)]
pub(super) struct RuleData {
    /// Alternatives, each a sequence of tokens with their tests.
    pub(super) patterns: Vec<Vec<Vec<RuleTest>>>,
    /// The token in the match.
    pub(super) index: usize,
    pub(super) tag: Option<String>,
    pub(super) pos: Option<String>,
    pub(super) morph: Option<String>,
    pub(super) lemma: Option<String>,
    pub(super) dep: Option<String>,
}

/// The lemmatiser's tables for one part of speech.
#[derive(Debug, Default)]
pub(super) struct LemmaTable {
    /// Lower-case part of speech.
    pub(super) pos: String,
    /// Dictionary words, sorted, one a line.
    pub(super) index: String,
    /// Irregular forms, sorted, one a line: form, tab, lemmas with tabs between.
    pub(super) exceptions: String,
    /// Endings and what replaces them.
    pub(super) rules: Vec<(String, String)>,
}
