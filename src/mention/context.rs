//! What every detector sees: the analysed text, the pack, and the text's words in folded form.

use crate::date::Date;

use crate::pack::{
    Pack, PhraseTrie, UNKNOWN, WordForms, fold_words, is_apostrophe, is_arabic_article,
};
use crate::span::TokenRange;
use crate::text::{AnnotatedText, Dep, Pos};

/// A document as the detectors see it. The folded words are made once for all of them.
pub struct DetectionContext<'a, 't> {
    /// The analysed text.
    pub text: &'a AnnotatedText<'t>,
    /// The pack.
    pub pack: &'a Pack,
    /// Day of publication.
    pub published: Option<Date>,
    words: Vec<WordForms>,
    token_of: Vec<u32>,
    first_word: Vec<u32>,
    shouted: Vec<bool>,
    muttered: bool,
}

impl<'a, 't> DetectionContext<'a, 't> {
    /// Folds the words of a text.
    #[must_use]
    pub fn new(text: &'a AnnotatedText<'t>, pack: &'a Pack, published: Option<Date>) -> Self {
        let mut context = Self {
            text,
            pack,
            published,
            words: Vec::with_capacity(text.tokens.len() + text.sentences.len()),
            token_of: Vec::new(),
            first_word: Vec::with_capacity(text.tokens.len() + 1),
            shouted: Vec::new(),
            muttered: false,
        };
        context.fold();
        context.shouted = text.sentences.iter().map(|s| is_shouted(text, s.tokens)).collect();
        let first_letters =
            || text.tokens.iter().filter_map(|t| t.span.of(text.text).chars().next());
        context.muttered = first_letters().filter(|c| c.is_lowercase()).count() > 8
            && !first_letters().any(char::is_uppercase);
        context
    }

    fn fold(&mut self) {
        let text = self.text;
        let stop = WordForms { surface: UNKNOWN, lemma: UNKNOWN };
        let mut next_sentence = 0;
        let mut previous: Option<(usize, smol_str::SmolStr)> = None;
        for (i, token) in text.tokens.iter().enumerate() {
            if text.sentences.get(next_sentence).is_some_and(|s| s.tokens.start as usize == i) {
                next_sentence += 1;
                self.push(stop, i);
                previous = None;
            }
            self.first_word.push(self.words.len() as u32);
            let surface = token.span.of(text.text);
            match token.pos {
                Pos::Space => continue,
                _ if is_joint(text, i) => continue,
                _ => {}
            }
            let mut count = 0;
            fold_words(surface, |folded| {
                if let Some((at, article)) = &previous
                    && is_arabic_article(article, &folded)
                {
                    let id = self.pack.vocabulary.id("al");
                    self.words[*at] = WordForms { surface: id, lemma: id };
                }
                let id = self.pack.vocabulary.id(&folded);
                previous = Some((self.words.len(), folded));
                self.words.push(WordForms { surface: id, lemma: id });
                self.token_of.push(i as u32);
                count += 1;
            });
            match count {
                0 if surface.chars().all(|c| is_apostrophe(c) || c == '.') => {}
                0 => {
                    self.push(stop, i);
                    previous = None;
                }
                // "Guerrillas attacked": the large letter is that of the sentence's start.
                1 if self.is_common_plural(i) => {
                    let at = self.words.len() - 1;
                    let noun = text.plural_of(i).map(|noun| self.pack.vocabulary.id(noun));
                    self.words[at].lemma = noun.unwrap_or(self.words[at].lemma);
                }
                1 if token.lemma != token.lower => {
                    let at = self.words.len() - 1;
                    let pack = self.pack;
                    let mut lemma = UNKNOWN;
                    fold_words(&token.lemma, |folded| lemma = pack.vocabulary.id(&folded));
                    self.words[at].lemma = lemma;
                }
                _ => {}
            }
        }
        self.first_word.push(self.words.len() as u32);
    }

    /// Whether a token that the model takes for a name is the plural of a common noun: the first
    /// word of its sentence, or one behind a nationality or a common word ("Colombian Guerrillas",
    /// "drug Mafias"), where no name goes on behind it.
    pub(super) fn is_common_plural(&self, token: usize) -> bool {
        let text = self.text;
        text.plural_of(token).is_some()
            && !text.tokens.get(token + 1).is_some_and(|next| next.pos == Pos::Propn)
            && text
                .sentences
                .get(text.sentence_of(token))
                .is_some_and(|s| s.tokens.start as usize == token || self.follows_modifier(token))
    }

    /// Whether the word before a token is a nationality, or a common noun or adjective that
    /// modifies it.
    fn follows_modifier(&self, token: usize) -> bool {
        let text = self.text;
        let Some(before) = token.checked_sub(1) else { return false };
        let modifies = text.head(before) == Some(token)
            && matches!(text.tokens[before].dep, Dep::Compound | Dep::Amod | Dep::Nmod);
        let common = || {
            matches!(text.tokens[before].tag.as_str(), "JJ" | "NN" | "VBN")
                && !self.is_capitalised(before)
        };
        let national = || {
            let after = text.entities.partition_point(|e| e.tokens.start as usize <= before);
            let entity = after.checked_sub(1).map(|at| &text.entities[at]);
            entity.is_some_and(|e| e.label == "NORP" && e.tokens.end as usize > before)
        };
        modifies && (common() || national())
    }

    fn push(&mut self, word: WordForms, token: usize) {
        self.words.push(word);
        self.token_of.push(token as u32);
    }

    /// The folded words from token `token` to the end of the text. A word of no phrase stands
    /// where a sentence or a punctuation mark ends a phrase.
    #[must_use]
    pub fn words_from(&self, token: usize) -> &[WordForms] {
        &self.words[self.first_word[token] as usize..]
    }

    /// The tokens from `token` on that `length` words cover, if they end where a token ends.
    #[must_use]
    pub fn tokens_of(&self, token: usize, length: usize) -> Option<TokenRange> {
        let first = self.first_word[token] as usize;
        let last = first + length - 1;
        let last_token = *self.token_of.get(last)? as usize;
        let ends = self.token_of.get(last + 1).is_none_or(|next| *next as usize != last_token);
        (ends && self.token_of[first] as usize == token)
            .then(|| TokenRange::new(token, last_token + 1))
    }

    /// The longest phrase of a lexicon that starts at a token, as written or by its lemmas.
    #[must_use]
    pub fn phrase_at<V>(
        &self,
        trie: &'a PhraseTrie<V>,
        token: usize,
    ) -> Option<(TokenRange, &'a [V])> {
        let words = self.words_from(token);
        let (length, values) = trie.longest(&words[..words.len().min(12)])?;
        self.tokens_of(token, length).map(|tokens| (tokens, values))
    }

    /// The longest phrase of a lexicon, of at most four tokens, that ends with token `last`.
    #[must_use]
    pub fn phrase_ending_at<V>(
        &self,
        trie: &'a PhraseTrie<V>,
        last: usize,
    ) -> Option<(TokenRange, &'a [V])> {
        let sentence = self.text.sentences.get(self.text.sentence_of(last))?.tokens;
        let earliest = last.saturating_sub(4).max(sentence.start as usize);
        let end = *self.first_word.get(last + 1)? as usize;
        (earliest..=last).find_map(|first| {
            let begin = self.first_word[first] as usize;
            if begin >= end || self.token_of[begin] as usize != first {
                return None;
            }
            let words = &self.words[begin..end.min(self.words.len())];
            // A sentence mark may stand between this token's words and the next token's.
            let length =
                words.iter().rposition(|w| w.surface != UNKNOWN || w.lemma != UNKNOWN)? + 1;
            let (found, values) = trie.longest(&words[..length])?;
            let tokens = self.tokens_of(first, found)?;
            (tokens.end as usize == last + 1).then_some((tokens, values))
        })
    }

    /// Whether the token is written with a capital or as a number.
    #[must_use]
    pub fn is_capitalised(&self, token: usize) -> bool {
        self.text.surface(token).chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric())
    }

    /// Whether the token is the first word of its sentence, where a capital tells nothing.
    #[must_use]
    pub fn is_sentence_initial(&self, token: usize) -> bool {
        let start = self.text.sentences[self.text.sentence_of(token)].tokens.start as usize;
        (start..token).all(|t| matches!(self.text.tokens[t].pos, Pos::Punct | Pos::Space))
    }

    /// Whether the token's sentence is written in capitals throughout.
    #[must_use]
    pub fn is_shouted(&self, token: usize) -> bool {
        self.shouted.get(self.text.sentence_of(token)).copied().unwrap_or(false)
    }

    /// Whether the whole text holds no capital.
    #[must_use]
    pub fn is_without_capitals(&self) -> bool {
        self.muttered
    }

    /// The preposition that a token, or the noun that it is coordinated with, depends on.
    #[must_use]
    pub fn preposition_of(&self, token: usize) -> Option<usize> {
        let mut token = token;
        for _ in 0..8 {
            let head = self.text.head(token)?;
            match self.text.tokens[token].dep {
                Dep::Pobj | Dep::Pcomp => return Some(head),
                Dep::Conj | Dep::Appos => token = head,
                _ => return None,
            }
        }
        None
    }
}

/// A hyphen that joins two words of one name: no blank on either side.
fn is_joint(text: &AnnotatedText<'_>, token: usize) -> bool {
    matches!(text.surface(token), "-" | "‐" | "‑" | "–")
        && token > 0
        && !text.tokens[token].space_after
        && !text.tokens[token - 1].space_after
}

fn is_shouted(text: &AnnotatedText<'_>, tokens: TokenRange) -> bool {
    let slice = text.slice(tokens);
    let (mut upper, mut lower) = (0, 0);
    for character in slice.chars() {
        upper += usize::from(character.is_uppercase());
        lower += usize::from(character.is_lowercase());
    }
    upper > 8 && upper > 6 * lower
}
