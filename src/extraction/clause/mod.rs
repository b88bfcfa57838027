//! The dependency tree read as active clauses: which token stands in which slot of a verb or of
//! a noun, whatever the voice or the construction. Knows no mention and no frame, only slots.
//!
//! Arcs are those of the CLEAR style (Choi and Palmer 2012).

mod astray;
mod slips;
mod slots;
mod subject;
mod voice;

pub(super) use slips::mended;
use smol_str::SmolStr;

use crate::pack::{FrameSet, Slot, TriggerForm, Yield};
use crate::text::{AnnotatedText, Dep, Pos};

use super::phrase_heads::PhraseHeads;

/// A token that stands in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Filler {
    /// The slot.
    pub(super) slot: Slot,
    /// Head of the phrase that stands there.
    pub(super) token: usize,
}

/// How far control, conjunction and relative clauses are followed.
const DEPTH: usize = 8;

/// Reads one text's tree with a pack's slots.
#[derive(Clone, Copy)]
pub(super) struct Clauses<'a, 't> {
    pub(super) text: &'a AnnotatedText<'t>,
    pub(super) frames: &'a FrameSet,
    /// What the head words of phrases stand for.
    pub(super) heads: &'a PhraseHeads,
}

impl Clauses<'_, '_> {
    pub(super) fn dep(&self, token: usize) -> Dep {
        self.text.tokens[token].dep
    }

    pub(super) fn lemma(&self, token: usize) -> &SmolStr {
        let word = &self.text.tokens[token];
        // "Guerrillas attacked": a common noun that is written large.
        let common = word.pos == Pos::Propn && self.heads.is_common(token);
        common.then(|| self.text.plural_of(token)).flatten().unwrap_or(&word.lemma)
    }

    pub(super) fn lower(&self, token: usize) -> &SmolStr {
        &self.text.tokens[token].lower
    }

    pub(super) fn is_verb(&self, token: usize) -> bool {
        let token = &self.text.tokens[token];
        token.tag.starts_with("VB") || matches!(token.pos, Pos::Verb | Pos::Aux)
    }

    pub(super) fn is_noun(&self, token: usize) -> bool {
        self.text.tokens[token].tag.starts_with("NN")
    }

    /// Whether a noun tells of an incident of its own.
    pub(super) fn is_event_noun(&self, token: usize) -> bool {
        self.is_noun(token)
            && self.frames.triggers(self.lemma(token)).iter().any(|trigger| {
                trigger.form == TriggerForm::Noun
                    && trigger.words.is_empty()
                    && matches!(self.frames.frames[trigger.owner].yields, Yield::Incident(_))
            })
    }

    /// What is in a container: `dynamite` for "a package containing dynamite", "a bag full of
    /// dynamite", "a car loaded with dynamite".
    pub(super) fn contents(&self, noun: usize) -> Option<usize> {
        let container = self.frames.lists.containers.contains(self.lemma(noun));
        let objects = |word: usize| self.child(word, &[Dep::Pobj, Dep::Dobj]);
        self.text.children(noun).filter(|child| *child > noun).find_map(|child| {
            // "a Volkswagen **packed with** dynamite": whatever it is.
            if !container && !self.frames.lists.loading.contains(self.lemma(child)) {
                return None;
            }
            match self.dep(child) {
                Dep::Acl if self.text.tokens[child].tag == "VBG" => objects(child),
                // "a bag of dynamite", but "the car of the governor".
                Dep::Prep if matches!(self.lower(child).as_str(), "of" | "with") => {
                    objects(child).filter(|inside| self.heads.is_thing(*inside))
                }
                Dep::Acl | Dep::Amod => self
                    .text
                    .children_by(child, &[Dep::Prep])
                    .filter(|p| matches!(self.lower(*p).as_str(), "of" | "with"))
                    .find_map(objects),
                _ => None,
            }
        })
    }

    /// Whether a noun phrase stands for nobody: "no group", "none of the men".
    pub(super) fn is_none(&self, noun: usize) -> bool {
        let none = &self.frames.lists.none;
        // "it was unclear **if any** hostages were held"
        let open = || {
            let asked = |t: usize| self.frames.lists.questioning.contains(self.lower(t));
            let mut verbs = self.text.ancestry(noun).skip(1).take(DEPTH);
            let verb = verbs.find(|t| self.is_verb(*t));
            verb.is_some_and(|v| self.text.children_by(v, &[Dep::Mark]).any(asked))
        };
        let mut words = self.text.children_by(noun, &[Dep::Det]);
        none.contains(self.lower(noun))
            || words.any(|d| self.frames.lists.if_any.contains(self.lower(d))) && open()
            || self
                .text
                .children_by(noun, &[Dep::Det, Dep::Neg, Dep::Preconj, Dep::Cc])
                .filter(|c| *c < noun)
                .any(|c| none.contains(self.lower(c)))
    }

    fn child(&self, token: usize, deps: &[Dep]) -> Option<usize> {
        self.text.children(token).find(|child| deps.contains(&self.dep(*child)))
    }

    /// The noun with the nouns that it passes through upwards: "series" and "attempts" in "a
    /// series of attempts", "plot" in "murder plot"; the noun itself first.
    pub(super) fn noun_cluster(&self, noun: usize) -> Vec<usize> {
        let mut cluster = vec![noun];
        let mut top = noun;
        for _ in 0..DEPTH {
            let Some(head) = self.text.head(top) else { break };
            let next = match self.dep(top) {
                Dep::Pobj if matches!(self.lower(head).as_str(), "of" | "at" | "for") => {
                    let lists = &self.frames.lists;
                    let of = self.lower(head) == "of";
                    self.text.head(head).filter(|above| {
                        let lemma = self.lemma(*above);
                        lists.eventive.contains(lemma) || (of && lists.partitive.contains(lemma))
                    })
                }
                Dep::Compound | Dep::Nmod | Dep::Amod => {
                    Some(head).filter(|h| self.frames.lists.eventive.contains(self.lemma(*h)))
                }
                _ => None,
            };
            match next {
                Some(above) if !cluster.contains(&above) => {
                    cluster.push(above);
                    top = above;
                }
                _ => break,
            }
        }
        cluster
    }

    /// The verb on which a noun phrase hangs, through coordination, prepositions and adjectives.
    pub(super) fn governing_verb(&self, noun: usize) -> Option<usize> {
        let mut at = noun;
        for _ in 0..DEPTH {
            let head = self.text.head(at)?;
            if self.is_verb(head) {
                return Some(head);
            }
            match self.dep(at) {
                Dep::Conj | Dep::Pobj | Dep::Prep | Dep::Agent | Dep::Acomp | Dep::Appos => {
                    at = head
                }
                _ => return None,
            }
        }
        None
    }

    /// The verb on whose object a noun hangs by a preposition: "**blamed** the rebels of the ELN
    /// for the murder".
    pub(super) fn verb_over_object(&self, noun: usize) -> Option<usize> {
        let preposition = self.text.head(self.first_conjunct(noun))?;
        let object = self.text.head(preposition).filter(|_| self.dep(preposition) == Dep::Prep)?;
        let mut object = self.first_conjunct(object);
        for _ in 0..DEPTH {
            let of = self
                .text
                .head(object)
                .filter(|of| self.dep(object) == Dep::Pobj && self.lower(*of) == "of");
            let Some(whole) = of.and_then(|of| self.text.head(of)) else { break };
            object = self.first_conjunct(whole);
        }
        let verb = self.text.head(object)?;
        let object = matches!(self.dep(object), Dep::Dobj | Dep::NsubjPass | Dep::Oprd);
        (object && self.is_verb(verb)).then_some(verb)
    }

    /// The nouns on which the parser may hang a phrase that goes with the whole: a noun, those that
    /// are coordinated with it, and those that follow "of" or "including" in any of them.
    pub(super) fn right_edge(&self, noun: usize) -> Vec<usize> {
        let mut nouns = vec![noun];
        let mut next = 0;
        while next < nouns.len() && nouns.len() < DEPTH {
            let at = nouns[next];
            let of = self.text.children_by(at, &[Dep::Prep]);
            let of = of.filter(|p| {
                self.lower(*p) == "of" || self.frames.lists.including.contains(self.lower(*p))
            });
            nouns.extend(of.filter_map(|of| self.child(of, &[Dep::Pobj])));
            nouns.extend(self.text.children_by(at, &[Dep::Conj]).filter(|c| !self.is_verb(*c)));
            next += 1;
        }
        nouns
    }

    /// The first noun of the coordination that a noun is in.
    pub(super) fn first_conjunct(&self, noun: usize) -> usize {
        let mut at = noun;
        for _ in 0..DEPTH {
            match self.text.head(at) {
                Some(head) if self.dep(at) == Dep::Conj && !self.is_verb(head) => at = head,
                _ => break,
            }
        }
        at
    }
}
