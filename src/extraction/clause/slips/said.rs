//! Clauses that somebody says, which the parser does not take for such.

use crate::text::{Dep, Pos};

use super::Arc;
use crate::extraction::clause::{Clauses, DEPTH};

impl Clauses<'_, '_> {
    /// "The rebels **charged** in Lima that the army killed": the parser takes the verb of saying for a
    /// participle on its subject, and what is said for a clause about the subject or for the sentence.
    pub(super) fn said_participle(&self, says: usize, arcs: &mut Vec<Arc>) {
        let text = self.text;
        let speech = &self.frames.lists.speech;
        if text.tokens[says].tag != "VBN"
            || self.dep(says) != Dep::Acl
            || !speech.contains(self.lemma(says))
        {
            return;
        }
        let Some(speaker) = text.head(says).filter(|noun| *noun < says) else { return };
        // "charged in a letter that soldiers killed": or for one about the letter.
        let phrases = text.children_by(says, &[Dep::Prep]);
        let nouns = phrases.flat_map(|phrase| text.children_by(phrase, &[Dep::Pobj]));
        let mut clauses = text
            .children_by(speaker, &[Dep::Relcl, Dep::Acl])
            .chain(nouns.flat_map(|noun| text.children_by(noun, &[Dep::Relcl])));
        let clause = clauses.find(|clause| *clause > says);
        let Some(told) = clause.or_else(|| text.head(speaker)).filter(|told| *told > says) else {
            return;
        };
        let begins = text.children_by(told, &[Dep::Mark]).find(|mark| {
            self.lower(*mark) == "that" && (says..*mark).all(|t| text.tokens[t].pos != Pos::Punct)
        });
        let own = text.children_by(told, &[Dep::Nsubj, Dep::NsubjPass]);
        if begins.is_none_or(|that| !own.clone().any(|subject| subject > that)) {
            return;
        }
        let top = if clause.is_some() { speaker } else { told };
        let (over, dep) = match text.head(top) {
            Some(over) => (over, self.dep(top)),
            None => (says, Dep::Root),
        };
        arcs.extend([(says, over, dep), (speaker, says, Dep::Nsubj), (told, says, Dep::Ccomp)]);
    }

    /// "The radio reported **the air force bombed** a suburb": the parser takes the finite verb of the
    /// clause for an adjective of its object, or for a participle on its subject, though it has an
    /// object of its own.
    pub(super) fn clause_as_object(&self, verb: usize, arcs: &mut Vec<Arc>) {
        let text = self.text;
        let is_said = |verb: usize| self.frames.lists.speech.contains(self.lemma(verb));
        if text.tokens[verb].tag == "VBN" && self.dep(verb) == Dep::Acl {
            let subject = text.head(verb).filter(|s| self.dep(*s) == Dep::Dobj && *s < verb);
            let said = subject.and_then(|s| text.head(s)).filter(|said| is_said(*said));
            let object = self.child(verb, &[Dep::Dobj]).filter(|o| *o > verb);
            if let (Some(subject), Some(said), Some(_)) = (subject, said, object) {
                arcs.extend([(verb, said, Dep::Ccomp), (subject, verb, Dep::Nsubj)]);
            }
            return;
        }
        if text.tokens[verb].tag != "VBD" || self.dep(verb) != Dep::Amod {
            return;
        }
        let Some(subject) = self.child(verb, &[Dep::NpAdvmod]).filter(|s| *s < verb) else {
            return;
        };
        let object = text.head(verb).filter(|o| *o > verb && self.dep(*o) == Dep::Dobj);
        let said =
            object.and_then(|o| text.head(o)).filter(|said| *said < subject && is_said(*said));
        let (Some(object), Some(said)) = (object, said) else { return };
        arcs.extend([
            (verb, said, Dep::Ccomp),
            (subject, verb, Dep::Nsubj),
            (object, verb, Dep::Dobj),
        ]);
    }

    /// "The union claimed in a letter **that** guards beat a driver": the parser takes the conjunction
    /// for a relative pronoun, though the clause has a subject of its own.
    pub(super) fn conjunction_astray(&self, that: usize, arcs: &mut Vec<Arc>) {
        let text = self.text;
        if text.tokens[that].tag != "WDT" || self.lower(that) != "that" {
            return;
        }
        let Some(told) = text.head(that).filter(|verb| self.dep(*verb) == Dep::Relcl) else {
            return;
        };
        let own = text.children_by(told, &[Dep::Nsubj]).find(|s| *s > that && *s < told);
        let complete = self.dep(that) == Dep::Nsubj && own.is_some();
        let noun = text.head(told).filter(|noun| *noun < that && complete);
        let mut above = noun.into_iter().flat_map(|noun| text.ancestry(noun).take(DEPTH));
        let Some(says) = above.find(|t| self.is_verb(*t)) else { return };
        let bare = self.child(says, &[Dep::Dobj, Dep::Ccomp, Dep::Xcomp]).is_none();
        if bare && self.frames.lists.speech.contains(self.lemma(says)) {
            arcs.extend([(that, told, Dep::Mark), (told, says, Dep::Ccomp)]);
        }
    }
}
