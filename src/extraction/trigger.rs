//! Where in a text the triggers of the pack's frames stand.

use crate::pack::{Trigger, TriggerForm};
use crate::span::TokenRange;
use crate::text::{Dep, Pos};

use super::clause::Clauses;
use super::mention_index::MentionIndex;

/// A trigger found in a text.
#[derive(Clone, Debug)]
pub(super) struct TriggerHit {
    /// The frame.
    pub(super) frame: usize,
    /// The head word.
    pub(super) token: usize,
    /// Verb or noun.
    pub(super) form: TriggerForm,
    /// First to last word of the trigger.
    pub(super) words: TokenRange,
    /// The words of a verb phrase after its verb ("fire" in "opened fire").
    pub(super) phrase: Vec<usize>,
}

impl TriggerHit {
    /// How many words the trigger has, those between them not counted.
    pub(super) fn length(&self) -> usize {
        match self.form {
            TriggerForm::Verb => self.phrase.len() + 1,
            TriggerForm::Noun => self.words.len(),
        }
    }
}

/// Finds the triggers at a token.
pub(super) fn hits_at(
    clauses: &Clauses<'_, '_>,
    index: &MentionIndex<'_>,
    token: usize,
    out: &mut Vec<TriggerHit>,
) {
    let t = &clauses.text.tokens[token];
    if !matches!(t.pos, Pos::Verb | Pos::Noun | Pos::Propn | Pos::Adj | Pos::Aux) {
        return;
    }
    let mut look = |triggers: &[Trigger]| {
        for trigger in triggers {
            if let Some(hit) = match_trigger(clauses, token, trigger)
                && !inside_name(index, &hit)
            {
                out.push(hit);
            }
        }
    };
    look(clauses.frames.triggers(&t.lemma));
    if t.lower != t.lemma {
        look(clauses.frames.triggers(&t.lower));
    }
    // "the wounded soldiers": taggers take a participle before a noun for an adjective.
    if t.tag == "JJ"
        && t.dep == Dep::Amod
        && let Some(verb) = clauses.text.participle_of(token)
    {
        look(clauses.frames.triggers(verb));
    }
}

/// A trigger inside a longer name is part of the name: "Counter Terrorism Command", "the War
/// Office". A name that is itself the trigger's phrase ("leader") never is longer than it.
fn inside_name(index: &MentionIndex<'_>, hit: &TriggerHit) -> bool {
    index.name_over(hit.token).is_some_and(|name| {
        name.entity_type != "incident"
            && name.entity_type != "threat"
            && (hit.form == TriggerForm::Verb
                || name.head as usize == hit.token
                || !matches!(name.entity_type.as_str(), "person"))
            && name.tokens.len() > hit.words.len()
    })
}

/// Matches one trigger whose head word is at `token`.
pub(super) fn match_trigger(
    clauses: &Clauses<'_, '_>,
    token: usize,
    trigger: &Trigger,
) -> Option<TriggerHit> {
    let tag = clauses.text.tokens[token].tag.as_str();
    match trigger.form {
        TriggerForm::Verb => {
            let participle = tag == "JJ"
                && clauses.dep(token) == Dep::Amod
                && clauses.text.participle_of(token).is_some();
            if !tag.starts_with("VB") && !participle {
                return None;
            }
            if tag.starts_with("VB") && acts_as_noun(clauses, token) && trigger.words.is_empty() {
                return None;
            }
            let phrase = phrase_words(clauses, token, &trigger.words)?;
            let first = phrase.iter().copied().min().unwrap_or(token).min(token);
            let last = phrase.iter().copied().max().unwrap_or(token).max(token);
            let words = TokenRange::new(first, last + 1);
            Some(TriggerHit { frame: trigger.owner, token, form: trigger.form, words, phrase })
        }
        TriggerForm::Noun => {
            let noun = tag.starts_with("NN")
                || tag.starts_with("JJ") && clauses.dep(token) == Dep::Pobj
                || tag == "VBG" && acts_as_noun(clauses, token);
            if !noun {
                return None;
            }
            let first = words_before(clauses, token, &trigger.words)?;
            let words = TokenRange::new(first, token + 1);
            Some(TriggerHit {
                frame: trigger.owner,
                token,
                form: trigger.form,
                words,
                phrase: Vec::new(),
            })
        }
    }
}

/// A gerund with an article, an owner or an of-phrase is a noun: "the bombing of X".
fn acts_as_noun(clauses: &Clauses<'_, '_>, token: usize) -> bool {
    let text = clauses.text;
    text.tokens[token].tag == "VBG"
        && text.children(token).any(|child| match clauses.dep(child) {
            Dep::Det | Dep::Poss | Dep::NumMod => true,
            Dep::Prep => child > token && clauses.lower(child) == "of",
            Dep::Compound => true,
            _ => false,
        })
}

/// Each word of a verb phrase must hang on the verb or on a word already found.
fn phrase_words(
    clauses: &Clauses<'_, '_>,
    verb: usize,
    words: &[smol_str::SmolStr],
) -> Option<Vec<usize>> {
    let mut found: Vec<usize> = Vec::new();
    for word in words {
        let fits = |t: &usize| {
            !found.contains(t) && (clauses.lower(*t) == word || clauses.lemma(*t) == word)
        };
        // A noun after a preposition of the phrase must be that preposition's: "set **on fire**".
        let after_preposition = found.last().copied().filter(|t| clauses.dep(*t) == Dep::Prep);
        if let Some(preposition) = after_preposition {
            found.push(clauses.text.children(preposition).find(|child| fits(child))?);
            continue;
        }
        // "A bomb left ten people dead" leaves no bomb: what does something is not what it is done to.
        let does = |child: usize| {
            clauses.dep(child) == Dep::Nsubj
                && clauses.text.children_by(verb, &[Dep::Dobj, Dep::Oprd]).next().is_some()
        };
        let below = found.iter().rev().chain([&verb]).find_map(|parent| {
            clauses.text.children(*parent).find(|child| fits(child) && !does(*child))
        });
        // "took twelve people hostage" may hang the word on the object; "was found guilty" on
        // a participle: one step further down is looked at last.
        let deeper = || {
            clauses
                .text
                .children_by(
                    verb,
                    &[
                        Dep::Dobj,
                        Dep::Prep,
                        Dep::NsubjPass,
                        Dep::Ccomp,
                        Dep::Xcomp,
                        Dep::Oprd,
                        Dep::NpAdvmod,
                    ],
                )
                .flat_map(|child| clauses.text.children(child))
                .find(|t| fits(t))
        };
        // "left six people hospitalised": the parser may hang the last word on any verb.
        let after_object = || {
            let object = clauses.text.children_by(verb, &[Dep::Dobj]).next()?;
            Some(clauses.text.subtree(object).end as usize)
                .filter(|t| *t < clauses.text.tokens.len() && clauses.text.tokens[*t].tag == "VBN")
                .filter(fits)
        };
        found.push(below.or_else(deeper).or_else(after_object)?);
    }
    // "pleaded not guilty" is not "pleaded guilty".
    let denied = |word: &usize| {
        *word != verb && clauses.text.children_by(*word, &[Dep::Neg]).next().is_some()
    };
    (!found.iter().any(denied)).then_some(found)
}

/// The words that must stand right before a noun, hyphens skipped; gives the first.
fn words_before(
    clauses: &Clauses<'_, '_>,
    noun: usize,
    words: &[smol_str::SmolStr],
) -> Option<usize> {
    let mut at = noun;
    for word in words.iter().rev() {
        at = at.checked_sub(1)?;
        if clauses.text.surface(at) == "-" {
            at = at.checked_sub(1)?;
        }
        if clauses.lower(at) != word && clauses.lemma(at) != word {
            return None;
        }
    }
    Some(at)
}
