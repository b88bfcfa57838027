//! Who speaks: the subject of a word of saying, and the speaker of a quotation.

use super::{Attribution, Quotation, Stance};
use crate::pack::SpeechLexicon;
use crate::text::{AnnotatedText, Dep, Pos};

const SUBJECTS: [Dep; 3] = [Dep::Nsubj, Dep::Csubj, Dep::Poss];

/// How far up a verb without a subject looks for one ("said ..., adding").
const CLIMB: usize = 6;

/// Whether the verb stands in the passive.
pub(super) fn is_passive(text: &AnnotatedText<'_>, verb: usize) -> bool {
    let marked = text.children_by(verb, &[Dep::AuxPass, Dep::NsubjPass]).next().is_some();
    let participle = text.tokens[verb].tag == "VBN"
        && matches!(text.tokens[verb].dep, Dep::Acl | Dep::Amod)
        && text.children_by(verb, &[Dep::Aux]).next().is_none();
    marked || participle
}

/// The token that heads the noun phrase of whoever says what `verb` tells.
pub(super) fn of_verb(
    text: &AnnotatedText<'_>,
    lexicon: &SpeechLexicon,
    verb: usize,
) -> Option<usize> {
    if is_passive(text, verb) {
        let agent = text.children_by(verb, &[Dep::Agent]).next()?;
        return text.children_by(agent, &[Dep::Pobj]).next();
    }
    let mut at = verb;
    for _ in 0..CLIMB {
        // Of two subjects that the parser gives a verb, the nearer is its own.
        let subject = text.children_by(at, &[Dep::Nsubj]).min_by_key(|s| s.abs_diff(at));
        // "said the claim is absurd, but warned": a claim does not warn, who said it does.
        let speechless = |s: &usize| at != verb && is_said(text, lexicon, *s);
        if let Some(subject) = subject.filter(|s| !speechless(s)) {
            return named(text, lexicon, at, subject);
        }
        if is_passive(text, at) {
            // "was quoted as saying": the subject of the passive speaks.
            return text.children_by(at, &[Dep::NsubjPass]).next();
        }
        let head = text.head(at)?;
        match text.tokens[at].dep {
            Dep::Conj
            | Dep::Xcomp
            | Dep::Advcl
            | Dep::Pcomp
            | Dep::Prep
            | Dep::Ccomp
            | Dep::Dep => {}
            // "a statement saying ...", "the minister, speaking ...".
            Dep::Acl => return Some(author(text, lexicon, head)),
            Dep::Relcl => return Some(head),
            _ => return None,
        }
        at = head;
    }
    None
}

/// Whether a noun is something said, by somebody who is not the noun itself.
fn is_said(text: &AnnotatedText<'_>, lexicon: &SpeechLexicon, noun: usize) -> bool {
    let lemma = text.tokens[noun].lemma.as_str();
    lexicon.noun(lemma).is_some() && !lexicon.documents.contains(lemma)
}

/// The subject, or whom it stands for.
fn named(
    text: &AnnotatedText<'_>,
    lexicon: &SpeechLexicon,
    verb: usize,
    subject: usize,
) -> Option<usize> {
    let token = &text.tokens[subject];
    if matches!(token.lower.as_str(), "who" | "which" | "that") {
        return match text.tokens[verb].dep {
            Dep::Relcl => text.head(verb),
            // "who visited X and said": the relative clause is the first of the two.
            Dep::Conj => text
                .ancestry(verb)
                .take(CLIMB)
                .find(|t| text.tokens[*t].dep == Dep::Relcl)
                .and_then(|t| text.head(t)),
            _ => Some(subject),
        };
    }
    if token.dep == Dep::Expl || (token.lower == "it" && is_passive(text, verb)) {
        return None;
    }
    Some(author(text, lexicon, subject))
}

/// Who made a document ("a statement by the ministry" → "ministry"), else the noun itself.
fn author(text: &AnnotatedText<'_>, lexicon: &SpeechLexicon, noun: usize) -> usize {
    if !lexicon.documents.contains(text.tokens[noun].lemma.as_str()) {
        return noun;
    }
    let owner = text.children_by(noun, &[Dep::Poss]).next();
    let by = || {
        text.children_by(noun, &[Dep::Prep, Dep::Acl, Dep::Agent]).find_map(|child| {
            let preposition = if text.tokens[child].dep == Dep::Acl {
                text.children_by(child, &[Dep::Agent, Dep::Prep]).next()?
            } else {
                child
            };
            let lower = text.tokens[preposition].lower.as_str();
            lexicon.document_prepositions.contains(lower).then_some(())?;
            text.children_by(preposition, &[Dep::Pobj]).next()
        })
    };
    owner.or_else(by).unwrap_or(noun)
}

/// How many words may stand between a quotation and the word that attributes it.
const NEAR: usize = 14;

/// Finds the speaker and the verb of every quotation.
pub(super) fn of_quotations(
    text: &AnnotatedText<'_>,
    lexicon: &SpeechLexicon,
    tokens: &[Attribution],
    quotations: &mut [Quotation],
) {
    // The paragraph and the speaker of the quotation before.
    let mut last: Option<(usize, (u32, Option<u32>))> = None;
    for index in 0..quotations.len() {
        let quotation = quotations[index];
        let (first, end) = (quotation.tokens.start as usize, quotation.tokens.end as usize);
        let block = block_of(text, first);
        let found = by_tree(text, tokens, first, end)
            .or_else(|| above(text, lexicon, first, end))
            .or_else(|| beside(text, lexicon, quotations, first, end))
            .or_else(|| introduced(text, lexicon, first))
            .or_else(|| told_before(text, tokens, first))
            .or_else(|| {
                let (before, speaker) = last?;
                let goes_on = quotation.continues
                    || before == block
                    || (before + 1 == block && opens_paragraph(text, first));
                goes_on.then_some(speaker)
            });
        if let Some(speaker) = found {
            (quotations[index].speaker, quotations[index].verb) = (Some(speaker.0), speaker.1);
            last = Some((block, speaker));
        } else if end - first > super::SCARE_QUOTE {
            last = None;
        }
    }
}

fn block_of(text: &AnnotatedText<'_>, token: usize) -> usize {
    text.sentences.get(text.sentence_of(token)).map_or(0, |s| s.block as usize)
}

/// Whether the quotation opens its paragraph.
fn opens_paragraph(text: &AnnotatedText<'_>, first: usize) -> bool {
    let block = block_of(text, first);
    let sentence = text.sentences.partition_point(|s| (s.block as usize) < block);
    text.sentences.get(sentence).is_some_and(|s| first <= s.tokens.start as usize + 2)
}

/// Whom the paragraph before let speak last, for a quotation that opens the next one: `The
/// minister said that ...` and then `"We shall see."`
fn told_before(
    text: &AnnotatedText<'_>,
    tokens: &[Attribution],
    first: usize,
) -> Option<(u32, Option<u32>)> {
    if !opens_paragraph(text, first) {
        return None;
    }
    let block = block_of(text, first);
    let next = text.sentences.partition_point(|s| (s.block as usize) < block);
    let before = text.sentences.get(next.checked_sub(1)?)?;
    if before.block as usize + 1 != block {
        return None;
    }
    before.tokens.range().rev().find_map(|t| {
        let attribution = tokens.get(t)?;
        // Who accuses or denies says so in passing; who states goes on.
        let said = attribution.stance == Stance::Stated && !attribution.quoted;
        said.then_some((attribution.speaker?, attribution.verb))
    })
}

/// The speaker that the tree gives to the words of the quotation from outside it.
fn by_tree(
    text: &AnnotatedText<'_>,
    tokens: &[Attribution],
    first: usize,
    end: usize,
) -> Option<(u32, Option<u32>)> {
    // The top words of the quotation: those whose head stands outside it.
    (first..end).find_map(|t| {
        let head = text.tokens[t].head as usize;
        if (first..end).contains(&head) && head != t {
            return None;
        }
        let attribution = tokens.get(t)?;
        let verb = attribution.verb? as usize;
        let outside = !(first..end).contains(&verb);
        outside.then_some((attribution.speaker?, attribution.verb))
    })
}

/// A verb of saying above the quotation, which is but a part of what it tells: `recalled the
/// attack as a "..."`.
fn above(
    text: &AnnotatedText<'_>,
    lexicon: &SpeechLexicon,
    first: usize,
    end: usize,
) -> Option<(u32, Option<u32>)> {
    let top = (first..end).find(|t| {
        let head = text.tokens[*t].head as usize;
        !(first..end).contains(&head)
    })?;
    let sentence = text.sentence_of(top);
    text.ancestry(top)
        .skip(1)
        .take(ABOVE)
        .filter(|t| text.sentence_of(*t) == sentence && !(first..end).contains(t))
        .filter(|t| text.tokens[*t].pos == Pos::Verb)
        .find(|t| !lexicon.verb(&text.tokens[*t].lemma).is_empty())
        .and_then(|verb| Some((of_verb(text, lexicon, verb)? as u32, Some(verb as u32))))
}

/// How far above a quotation a verb of saying is looked for.
const ABOVE: usize = 8;

/// A verb of saying with its speaker before or after the quotation: `"...", she said`.
fn beside(
    text: &AnnotatedText<'_>,
    lexicon: &SpeechLexicon,
    quotations: &[Quotation],
    first: usize,
    end: usize,
) -> Option<(u32, Option<u32>)> {
    let block = block_of(text, first);
    let quoted = |t: usize| {
        let next = quotations.partition_point(|q| q.tokens.end as usize <= t);
        quotations.get(next).is_some_and(|q| q.tokens.contains_token(t))
    };
    let speaks = |verb: usize| {
        let token = &text.tokens[verb];
        if token.pos != Pos::Verb || lexicon.verb(&token.lemma).is_empty() || quoted(verb) {
            return None;
        }
        let speaker = of_verb(text, lexicon, verb)?;
        (!quoted(speaker)).then_some((speaker as u32, Some(verb as u32)))
    };
    let after = (end..text.tokens.len().min(end + NEAR))
        .take_while(|t| block_of(text, *t) == block)
        // Another sentence tells another story, unless it starts right behind the mark.
        .take_while(|t| text.sentence_of(*t) <= text.sentence_of(end.min(text.tokens.len() - 1)))
        .find_map(speaks);
    let sentence_start = text.sentences.get(text.sentence_of(first))?.tokens.start as usize;
    let before = (first.saturating_sub(NEAR).max(sentence_start)..first).rev().find_map(speaks);
    before.or(after)
}

/// A sentence before the quotation that ends with a colon: `He told reporters:`.
fn introduced(
    text: &AnnotatedText<'_>,
    lexicon: &SpeechLexicon,
    first: usize,
) -> Option<(u32, Option<u32>)> {
    let mut before = first.checked_sub(2)?;
    while text.surface(before).trim().is_empty() {
        before = before.checked_sub(1)?;
    }
    if text.surface(before) != ":" {
        return None;
    }
    let sentence = text.sentences.get(text.sentence_of(before))?;
    sentence.tokens.range().rev().filter(|t| *t <= before).find_map(|verb| {
        let token = &text.tokens[verb];
        if !matches!(token.pos, Pos::Verb) || lexicon.verb(&token.lemma).is_empty() {
            return None;
        }
        Some((of_verb(text, lexicon, verb)? as u32, Some(verb as u32)))
    })
}

/// The subject of a verb, for what only its own subject can say ("it had carried out").
pub(super) fn own_subject(text: &AnnotatedText<'_>, verb: usize) -> Option<usize> {
    text.children_by(verb, &SUBJECTS).next()
}
