//! [`Document`](crate::document::Document) blocks to [`AnnotatedText`]: tokens, tags, lemmas,
//! arcs, sentences and the model's named entities. Knows no ontology.

mod annotator;
mod archive;
mod attribute_ruler;
mod data;
mod embedded;
mod entities;
mod hashing;
mod labels;
mod lemmatizer;
mod lexicon;
mod model;
mod network;
mod parser;
mod sentences;
mod spacy_format;
mod stored;
mod strings;
mod tokenizer;
mod tree;

pub use annotator::Annotator;
pub use labels::{Dep, Pos};
pub use model::{LanguageModel, convert_model};
use smol_str::SmolStr;
use tree::Children;
pub use tree::{Ancestry, Dependents};

use crate::span::{Span, TokenRange};

/// How long a circle is looked for that a new arc may close.
const CIRCLE: usize = 256;

/// A text with its linguistic analysis. Tokens, sentences and entities are in text order.
#[derive(Clone, Debug)]
pub struct AnnotatedText<'t> {
    /// The whole text of the document.
    pub text: &'t str,
    /// Every token, white-space tokens included, of the blocks that were read.
    pub tokens: Vec<Token>,
    /// Sentences; each lies in one block.
    pub sentences: Vec<Sentence>,
    /// The model's named entities.
    pub entities: Vec<EntitySpan>,
    children: Children,
    /// Second readings of words: the verb of an adjective that has the form of a past participle,
    /// the common noun of which a proper noun has the form of the plural; in text order.
    other_lemmas: Vec<(u32, SmolStr)>,
}

/// One token.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Its bytes.
    pub span: Span,
    /// Penn Treebank tag, such as `VBD`.
    pub tag: SmolStr,
    /// Universal part of speech.
    pub pos: Pos,
    /// Arc label to the head.
    pub dep: Dep,
    /// Index of the head token in the text; a root is its own head.
    pub head: u32,
    /// Dictionary form, as spaCy's rule lemmatiser gives it.
    pub lemma: SmolStr,
    /// Lower-cased surface.
    pub lower: SmolStr,
    /// Whether a space follows.
    pub space_after: bool,
}

/// A sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: TokenRange,
    /// Index of its block among those that were read.
    pub block: u32,
}

/// A named entity as the model marks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntitySpan {
    /// Its tokens.
    pub tokens: TokenRange,
    /// OntoNotes label, such as `GPE`.
    pub label: SmolStr,
}

impl<'t> AnnotatedText<'t> {
    /// Puts an analysis together. `tokens[i].head` must be a valid index for every `i`.
    #[must_use]
    pub fn new(
        text: &'t str,
        tokens: Vec<Token>,
        sentences: Vec<Sentence>,
        entities: Vec<EntitySpan>,
    ) -> Self {
        let children = Children::of(&tokens);
        Self { text, tokens, sentences, entities, children, other_lemmas: Vec::new() }
    }

    /// The same analysis with other arcs: each a token, its new head (itself for a root) and the label.
    /// Of two arcs for one token the last holds; an arc that would close a circle is left out.
    #[must_use]
    pub fn rehung(&self, arcs: &[(usize, usize, Dep)]) -> Self {
        let mut tokens = self.tokens.clone();
        for (token, head, dep) in arcs {
            if *token < tokens.len() && *head < tokens.len() {
                tokens[*token].head = *head as u32;
                tokens[*token].dep = *dep;
            }
        }
        for (token, ..) in arcs.iter().filter(|(token, ..)| *token < self.tokens.len()) {
            let up = |at: &usize| Some(tokens[*at].head as usize).filter(|head| head != at);
            if std::iter::successors(up(token), up).take(CIRCLE).any(|at| at == *token) {
                tokens[*token].head = self.tokens[*token].head;
                tokens[*token].dep = self.tokens[*token].dep;
            }
        }
        let mended = Self::new(self.text, tokens, self.sentences.clone(), self.entities.clone());
        Self { other_lemmas: self.other_lemmas.clone(), ..mended }
    }

    /// The verb of which an adjective has the form of a past participle: `wound` at "wounded" in
    /// "the wounded soldiers". `None` for every other token.
    #[must_use]
    pub fn participle_of(&self, token: usize) -> Option<&str> {
        self.other_lemma(token, Pos::Adj).map(SmolStr::as_str)
    }

    /// The common noun of which a proper noun has the form of the plural: `guerrilla` at "Guerrillas"
    /// in "Guerrillas fled". `None` for every other token.
    #[must_use]
    pub fn plural_of(&self, token: usize) -> Option<&SmolStr> {
        self.other_lemma(token, Pos::Propn)
    }

    fn other_lemma(&self, token: usize, pos: Pos) -> Option<&SmolStr> {
        self.tokens.get(token).filter(|t| t.pos == pos)?;
        let at = self.other_lemmas.binary_search_by_key(&(token as u32), |(at, _)| *at).ok()?;
        Some(&self.other_lemmas[at].1)
    }

    /// The surface of a token.
    #[must_use]
    pub fn surface(&self, token: usize) -> &'t str {
        self.tokens[token].span.of(self.text)
    }

    /// The bytes from the first to the last token of a range; an empty span for an empty range.
    #[must_use]
    pub fn span(&self, tokens: TokenRange) -> Span {
        match (self.tokens.get(tokens.start as usize), tokens.len()) {
            (Some(first), 1..) => first.span.cover(self.tokens[tokens.end as usize - 1].span),
            (Some(first), 0) => Span { start: first.span.start, end: first.span.start },
            (None, _) => Span::default(),
        }
    }

    /// The text of a token range.
    #[must_use]
    pub fn slice(&self, tokens: TokenRange) -> &'t str {
        self.span(tokens).of(self.text)
    }

    /// The direct dependents of a token, in text order.
    #[must_use]
    pub fn children(&self, token: usize) -> Dependents<'_> {
        Dependents { rest: self.children.row(token).iter(), tokens: &self.tokens, by: None }
    }

    /// The dependents of a token that hang on it by one of `deps`, in text order.
    #[must_use]
    pub fn children_by<'s>(&'s self, token: usize, deps: &'s [Dep]) -> Dependents<'s> {
        Dependents { by: Some(deps), ..self.children(token) }
    }

    /// The head of a token; `None` for a root.
    #[must_use]
    pub fn head(&self, token: usize) -> Option<usize> {
        let head = self.tokens[token].head as usize;
        (head != token).then_some(head)
    }

    /// The tokens from a token up to its root, the token itself first.
    pub fn ancestry(&self, token: usize) -> Ancestry<'_> {
        Ancestry { tokens: &self.tokens, next: Some(token), left: self.tokens.len().max(1) }
    }

    /// The smallest token range that holds a token and everything below it.
    #[must_use]
    pub fn subtree(&self, token: usize) -> TokenRange {
        let (mut first, mut last) = (token, token);
        let mut open: Vec<usize> = vec![token];
        let mut visited = 0;
        while let Some(t) = open.pop() {
            visited += 1;
            if visited > self.tokens.len() {
                break;
            }
            first = first.min(t);
            last = last.max(t);
            open.extend(self.children(t));
        }
        TokenRange::new(first, last + 1)
    }

    /// The index of the sentence that holds a token.
    #[must_use]
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|s| s.tokens.end as usize <= token)
    }
}

#[cfg(test)]
mod tests {
    use super::{AnnotatedText, Dep, LanguageModel};
    use crate::span::Span;

    fn read<'t>(model: &LanguageModel, text: &'t str) -> AnnotatedText<'t> {
        model.annotate(text, &[Span::new(0, text.len())])
    }

    #[test]
    fn an_arc_is_hung_anew_and_no_circle_is_closed() {
        let model = LanguageModel::builtin().unwrap();
        let text = read(&model, "Rebels burned a bus.");
        let mended = text.rehung(&[(0, 3, Dep::Compound)]);
        assert_eq!((mended.head(0), mended.tokens[0].dep), (Some(3), Dep::Compound));
        assert_eq!(mended.children(3).collect::<Vec<_>>(), [0, 2]);
        // "bus" under "a", which is under "bus", would close a circle.
        let circle = text.rehung(&[(3, 2, Dep::Dobj)]);
        assert_eq!(circle.head(3), text.head(3));
        assert_eq!(text.rehung(&[(9, 9, Dep::Root)]).tokens, text.tokens);
    }
}
