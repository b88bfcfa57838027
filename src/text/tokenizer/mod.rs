//! spaCy's tokeniser: a text is split at white space, and every chunk by prefixes, suffixes,
//! exceptions, addresses and infixes (`spacy/tokenizer.pyx`).

mod affix;
mod url;

use crate::order;
pub(super) use affix::AffixPattern;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::data::TokenizerData;

/// A token inside a chunk, in bytes of the chunk.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The norm that an exception gives it.
    pub(super) norm: Option<SmolStr>,
}

/// The rules of a tokeniser.
#[derive(Debug)]
pub(super) struct Tokenizer {
    prefixes: AffixPattern,
    suffixes: AffixPattern,
    infixes: AffixPattern,
    /// Characters that may make up a top-level domain; `None` if addresses are not looked for.
    domain: Option<AffixPattern>,
    exceptions: FxHashMap<Box<str>, Box<[ExceptionPart]>>,
    longest_exception: usize,
    /// Exceptions that the affix rules would break up, by the first token they would give.
    broken: FxHashMap<Box<str>, Vec<BrokenException>>,
}

#[derive(Debug)]
struct ExceptionPart {
    length: usize,
    norm: Option<SmolStr>,
}

#[derive(Debug)]
struct BrokenException {
    text: Box<str>,
    /// Ends of the tokens into which the affix rules break it, in bytes.
    ends: Vec<usize>,
}

impl Tokenizer {
    /// Compiles the rules.
    ///
    /// # Errors
    /// A pattern that lies outside the subset that [`AffixPattern`] reads.
    pub(super) fn new(data: &TokenizerData) -> Result<Self, String> {
        let compile = |name: &str, pattern: &str| {
            AffixPattern::compile(pattern).map_err(|error| format!("{name} pattern: {error}"))
        };
        let mut exceptions = FxHashMap::default();
        for (text, parts) in &data.exceptions {
            let parts: Box<[ExceptionPart]> = parts
                .iter()
                .map(|(part, norm)| ExceptionPart {
                    length: part.len(),
                    norm: norm.as_deref().map(SmolStr::new),
                })
                .collect();
            if parts.iter().map(|part| part.length).sum::<usize>() != text.len() {
                return Err(format!("the parts of the exception {text:?} do not add up to it"));
            }
            exceptions.insert(text.as_str().into(), parts);
        }
        let mut tokenizer = Self {
            prefixes: compile("prefix", &data.prefix)?,
            suffixes: compile("suffix", &data.suffix)?,
            infixes: compile("infix", &data.infix)?,
            domain: data.domain.as_deref().map(|set| compile("domain", set)).transpose()?,
            exceptions,
            longest_exception: data
                .exceptions
                .iter()
                .map(|(text, _)| text.len())
                .max()
                .unwrap_or(0),
            broken: FxHashMap::default(),
        };
        let mut found = Vec::new();
        let mut pieces = Vec::new();
        for (text, _) in &data.exceptions {
            tokenizer.infixes.find_all(text, &mut found);
            let affected = tokenizer.prefixes.prefix(text) > 0
                || tokenizer.suffixes.suffix(text) > 0
                || !found.is_empty();
            if affected && !text.contains(' ') {
                pieces.clear();
                tokenizer.split(text, false, &mut pieces);
                let first = text[..pieces[0].end].into();
                let ends = pieces.iter().map(|piece| piece.end).collect();
                let text = text.as_str().into();
                tokenizer.broken.entry(first).or_default().push(BrokenException { text, ends });
            }
        }
        for candidates in tokenizer.broken.values_mut() {
            order::by_key(candidates, |exception| std::cmp::Reverse(exception.ends.len()));
        }
        Ok(tokenizer)
    }

    /// Walks over the chunks of a text: runs of other characters, and runs of white space except
    /// for the single spaces between them. `chunk` gets the bytes and whether a space follows.
    pub(super) fn chunks(text: &str, mut chunk: impl FnMut(usize, usize, bool)) {
        let mut start = 0;
        let mut in_space = text.chars().next().is_some_and(is_space);
        for (i, c) in text.char_indices() {
            if is_space(c) != in_space {
                if start < i {
                    chunk(start, i, c == ' ');
                }
                start = i + usize::from(c == ' ');
                in_space = !in_space;
            }
        }
        if start < text.len() {
            chunk(start, text.len(), text.ends_with(' ') && !in_space);
        }
    }

    /// Splits a chunk into tokens.
    pub(super) fn tokenize(&self, chunk: &str, pieces: &mut Vec<Piece>) {
        if let Some(parts) = self.exception(chunk) {
            push_parts(0, parts, pieces);
            return;
        }
        let first = pieces.len();
        self.split(chunk, true, pieces);
        self.mend(chunk, first, pieces);
    }

    fn exception(&self, text: &str) -> Option<&[ExceptionPart]> {
        if text.len() > self.longest_exception {
            return None;
        }
        self.exceptions.get(text).map(|parts| &**parts)
    }

    fn split(&self, chunk: &str, with_exceptions: bool, pieces: &mut Vec<Piece>) {
        let exception = |text: &str| self.exception(text).filter(|_| with_exceptions);
        let plain = |start, end| Piece { start, end, norm: None };
        let (mut start, mut end) = (0, chunk.len());
        let mut suffixes = Vec::new();
        while start < end && exception(&chunk[start..end]).is_none() {
            let rest = &chunk[start..end];
            let prefix = self.prefixes.prefix(rest);
            if prefix > 0 && exception(&rest[prefix..]).is_some() {
                pieces.push(plain(start, start + prefix));
                start += prefix;
                break;
            }
            let suffix = self.suffixes.suffix(&rest[prefix..]);
            if suffix > 0 && exception(&rest[..rest.len() - suffix]).is_some() {
                suffixes.push(plain(end - suffix, end));
                end -= suffix;
                break;
            }
            if prefix == 0 && suffix == 0 {
                break;
            }
            if prefix > 0 {
                pieces.push(plain(start, start + prefix));
                start += prefix;
            }
            if suffix > 0 {
                suffixes.push(plain(end - suffix, end));
                end -= suffix;
            }
        }
        if start < end {
            let rest = &chunk[start..end];
            if let Some(parts) = exception(rest) {
                push_parts(start, parts, pieces);
            } else if self.is_url(rest) {
                pieces.push(plain(start, end));
            } else {
                self.split_infixes(chunk, start, end, pieces);
            }
        }
        pieces.extend(suffixes.into_iter().rev());
    }

    fn is_url(&self, text: &str) -> bool {
        self.domain
            .as_ref()
            .is_some_and(|domain| url::is_url(text, |c| domain.matches(c.encode_utf8(&mut [0; 4]))))
    }

    fn split_infixes(&self, chunk: &str, start: usize, end: usize, pieces: &mut Vec<Piece>) {
        let mut infixes = Vec::new();
        self.infixes.find_all(&chunk[start..end], &mut infixes);
        let mut from = start;
        for (low, high) in infixes {
            if low == 0 {
                // An infix at the very front stays with what follows, as in spaCy.
                continue;
            }
            let (low, high) = (start + low, start + high);
            if low != from {
                pieces.push(Piece { start: from, end: low, norm: None });
            }
            pieces.push(Piece { start: low, end: high, norm: None });
            from = high;
        }
        if from < end {
            pieces.push(Piece { start: from, end, norm: None });
        }
    }

    /// Puts exceptions together again that the affix rules have broken up: longest first, then
    /// leftmost.
    fn mend(&self, chunk: &str, first: usize, pieces: &mut Vec<Piece>) {
        let starts = |piece: &Piece| self.broken.contains_key(&chunk[piece.start..piece.end]);
        if !pieces[first..].iter().any(starts) {
            return;
        }
        let mut matches = Vec::new();
        for i in first..pieces.len() {
            let from = pieces[i].start;
            for candidate in self.broken.get(&chunk[from..pieces[i].end]).into_iter().flatten() {
                let rest = pieces[i..].iter().map(|piece| piece.end - from);
                if chunk[from..].starts_with(&*candidate.text)
                    && candidate.ends.len() <= pieces.len() - i
                    && candidate.ends.iter().copied().eq(rest.take(candidate.ends.len()))
                {
                    matches.push((i, i + candidate.ends.len(), &*candidate.text));
                }
            }
        }
        order::by_key(&mut matches, |(start, end, _)| (std::cmp::Reverse(end - start), *start));
        let mut taken = vec![false; pieces.len()];
        let mut chosen = Vec::new();
        for (start, end, text) in matches {
            if !taken[start] && !taken[end - 1] {
                chosen.push((start, end, text));
            }
            taken[start..end].fill(true);
        }
        order::ascending(&mut chosen);
        let mut mended = Vec::with_capacity(pieces.len() - first);
        let mut next = first;
        for (start, end, text) in chosen {
            mended.extend_from_slice(&pieces[next..start]);
            match self.exception(text) {
                Some(parts) => push_parts(pieces[start].start, parts, &mut mended),
                None => mended.extend_from_slice(&pieces[start..end]),
            }
            next = end;
        }
        mended.extend_from_slice(&pieces[next..]);
        pieces.truncate(first);
        pieces.append(&mut mended);
    }
}

fn push_parts(start: usize, parts: &[ExceptionPart], pieces: &mut Vec<Piece>) {
    let mut from = start;
    for part in parts {
        let end = from + part.length;
        pieces.push(Piece { start: from, end, norm: part.norm.clone() });
        from = end;
    }
}

/// White space as Python's `str.isspace` has it: Unicode's, and the four ASCII separators.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}
