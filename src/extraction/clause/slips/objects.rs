//! Objects that the parser takes for something else.

use crate::text::{Dep, Pos};

use super::Arc;
use crate::extraction::clause::Clauses;

impl Clauses<'_, '_> {
    /// "was **behind** twenty plots": a preposition that the parser takes for a word on the number.
    pub(super) fn preposition_astray(&self, word: usize) -> impl Iterator<Item = Arc> + use<> {
        let number = self.text.head(word).filter(|_| {
            self.dep(word) == Dep::Advmod
                && self.frames.lists.never_adverbs.contains(self.lower(word))
        });
        let noun = number
            .filter(|n| self.dep(*n) == Dep::NumMod)
            .and_then(|n| self.text.head(n))
            .filter(|noun| matches!(self.dep(*noun), Dep::Attr | Dep::Acomp | Dep::Dobj));
        let verb = noun.and_then(|noun| self.text.head(noun));
        let arcs =
            noun.zip(verb).map(|(noun, verb)| [(word, verb, Dep::Prep), (noun, word, Dep::Pobj)]);
        arcs.into_iter().flatten()
    }

    /// "Police detained on Monday over **40 activists**": the parser takes the word that bounds a number
    /// for a preposition, where a phrase stands between a verb and its object.
    pub(super) fn object_behind_bound(&self, word: usize, arcs: &mut Vec<Arc>) {
        let lists = &self.frames.lists;
        if self.dep(word) != Dep::Prep || !lists.bounding.contains(self.lower(word)) {
            return;
        }
        let number = self.text.tokens.get(word + 1).is_some_and(|t| t.pos == Pos::Num);
        let Some(verb) = self.text.head(word).filter(|verb| number && self.is_verb(*verb)) else {
            return;
        };
        let lemma = self.lemma(verb);
        let wants = lists.transitive.contains(lemma) || lists.refusing.contains(lemma);
        // "The militia **killed** in one night over 200 farmers": or the verb for a participle.
        let finite = self.text.tokens[verb].tag == "VBD" && self.dep(verb) == Dep::Acl;
        let lent = self.text.head(verb).filter(|noun| {
            let free = !matches!(self.dep(*noun), Dep::Nsubj | Dep::NsubjPass);
            finite && free && noun + 1 == verb
        });
        let active = self.child(verb, &[Dep::AuxPass, Dep::NsubjPass, Dep::Agent]).is_none()
            && (lent.is_some() || self.child(verb, &[Dep::Nsubj]).is_some());
        let bare = self.child(verb, &[Dep::Dobj, Dep::Ccomp, Dep::Xcomp]).is_none();
        let object = self.child(word, &[Dep::Pobj]).filter(|object| {
            self.dep(word + 1) == Dep::NumMod && self.text.head(word + 1) == Some(*object)
        });
        let Some(object) = object.filter(|_| wants && active && bare && verb + 1 < word) else {
            return;
        };
        arcs.extend([(object, verb, Dep::Dobj), (word, word + 1, Dep::Quantmod)]);
        if let Some(subject) = lent {
            let (over, dep) = match self.text.head(subject) {
                Some(over) => (over, self.dep(subject)),
                None => (verb, Dep::Root),
            };
            arcs.extend([(verb, over, dep), (subject, verb, Dep::Nsubj)]);
        }
    }

    /// "The doctor **whom rebels abducted** was freed": the parser makes the relative pronoun and the
    /// doer subjects of the main verb, and the verb of the clause a participle after the doer.
    pub(super) fn object_relative(&self, pronoun: usize, arcs: &mut Vec<Arc>) {
        let text = self.text;
        let subjects = [Dep::Nsubj, Dep::NsubjPass, Dep::Attr];
        if !matches!(text.tokens[pronoun].tag.as_str(), "WP" | "WDT")
            || !subjects.contains(&self.dep(pronoun))
        {
            return;
        }
        let Some(main) = text.head(pronoun).filter(|v| self.dep(*v) == Dep::Relcl) else { return };
        let Some(noun) = text.head(main).filter(|noun| *noun < pronoun) else { return };
        let below = text.children_by(main, &subjects);
        let doer = below.chain(text.children_by(pronoun, &[Dep::Appos])).find_map(|doer| {
            let mut told = text.children_by(doer, &[Dep::Acl]);
            let verb = told.find(|v| matches!(text.tokens[*v].tag.as_str(), "VBN" | "VBD"));
            verb.filter(|v| doer > pronoun && *v < main).map(|verb| (doer, verb))
        });
        let Some((doer, verb)) = doer else { return };
        let passive = self.child(main, &[Dep::AuxPass]).is_some();
        let (over, dep) = match text.head(noun) {
            Some(over) => (over, self.dep(noun)),
            None => (main, Dep::Root),
        };
        arcs.extend([
            (pronoun, verb, Dep::Dobj),
            (doer, verb, Dep::Nsubj),
            (verb, noun, Dep::Relcl),
            (main, over, dep),
            (noun, main, if passive { Dep::NsubjPass } else { Dep::Nsubj }),
        ]);
    }
}
