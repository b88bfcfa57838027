//! Subjects that the parser hangs on another word than their verb.

use crate::text::{Dep, Pos};

use super::Arc;
use crate::extraction::clause::Clauses;

impl Clauses<'_, '_> {
    /// The subject that the parser has hung elsewhere, for a verb that has none of its own.
    pub(super) fn subject_astray(&self, verb: usize) -> Option<Arc> {
        if self.child(verb, &[Dep::Nsubj, Dep::NsubjPass, Dep::Csubj]).is_some() {
            return None;
        }
        let subject = self.subject_behind_phrase(verb).or_else(|| {
            let said = self.text.head(verb)?;
            // "Armed men raided a village, the governor said": a finite verb that is said has its own
            // subject, found by the parser or not.
            let stated = self.is_finite(verb) && self.dep(verb) == Dep::Ccomp && verb < said;
            if stated {
                return None;
            }
            self.subject_lent(verb, said).or_else(|| self.subject_before(verb))
        })?;
        let passive = self.child(verb, &[Dep::AuxPass]).is_some();
        Some((subject, verb, if passive { Dep::NsubjPass } else { Dep::Nsubj }))
    }

    /// "In a call to a paper in Lima, **the Front** claimed": the parser takes the subject for one
    /// more of what stands in the phrase before it, though no "and" joins it.
    fn subject_behind_phrase(&self, verb: usize) -> Option<usize> {
        let told = self.is_finite(verb)
            || self
                .text
                .children_by(verb, &[Dep::Aux, Dep::AuxPass])
                .any(|t| t < verb && self.is_finite(t));
        if !told || !matches!(self.dep(verb), Dep::Root | Dep::Ccomp) {
            return None;
        }
        let phrase = self.text.children_by(verb, &[Dep::Prep]).find(|p| *p < verb)?;
        // "On 3 May **Ann Lee**, a judge, was shot": read as the name of a day.
        let named = self.child(phrase, &[Dep::Pobj]).filter(|t| {
            matches!(self.lower(phrase).as_str(), "on" | "in")
                && self.text.tokens[*t].tag.starts_with("NNP")
                && self.heads.is_somebody(*t)
        });
        if named.is_some() {
            return named;
        }
        (phrase + 1..verb).rev().find(|t| {
            let unjoined = self.text.head(*t).is_some_and(|first| {
                let mut words = self.text.children_by(first, &[Dep::Cc]);
                words.all(|and| and > *t)
            });
            self.dep(*t) == Dep::Conj && self.is_noun(*t) && unjoined
                // "As a result of the attack, **a nurse**, 30, was killed"
                || self.dep(*t) == Dep::Appos
                    && self.heads.is_actor(*t)
                    && self.text.head(*t).is_some_and(|first| !self.heads.is_actor(first))
        })
    }

    /// "The report says **two men**, both farmers, were shot": the parser gives the verb of saying
    /// both subjects, and the second stands behind it.
    fn subject_lent(&self, verb: usize, said: usize) -> Option<usize> {
        if self.dep(verb) != Dep::Ccomp || said > verb || !self.is_verb(said) {
            return None;
        }
        let mut subjects = self.text.children_by(said, &[Dep::Nsubj, Dep::NsubjPass]);
        let own = subjects.next().filter(|s| *s < said);
        own.and_then(|_| subjects.find(|s| *s > said && *s < verb))
    }

    /// "They were killed with axes and **their houses** were burned": the noun right before the finite
    /// auxiliary of a verb that has no subject, whatever the parser hangs it on.
    fn subject_before(&self, verb: usize) -> Option<usize> {
        let mut auxiliaries = self.text.children_by(verb, &[Dep::Aux, Dep::AuxPass]);
        let first = auxiliaries.find(|t| *t < verb && self.is_finite(*t))?;
        let noun = first.checked_sub(1)?;
        let row = self.dep(noun) == Dep::Conj && self.dep(verb) == Dep::Conj;
        (row && self.is_noun(noun) && self.text.sentence_of(noun) == self.text.sentence_of(verb))
            .then_some(noun)
    }

    /// "Also injured were **two guards**": the parser hangs the subject on the auxiliary.
    pub(super) fn inverted_subject(&self, auxiliary: usize, arcs: &mut Vec<Arc>) {
        if self.dep(auxiliary) != Dep::AuxPass {
            return;
        }
        let Some(verb) = self.text.head(auxiliary).filter(|verb| *verb < auxiliary) else { return };
        let inverted = [Dep::Nsubj, Dep::NsubjPass, Dep::Attr];
        let subjects = self.text.children_by(auxiliary, &inverted);
        arcs.extend(subjects.map(|subject| (subject, verb, Dep::NsubjPass)));
    }

    /// "Two men were shot in Lagos, **police and witnesses** said": a row behind a comma and before a
    /// verb of saying that ends the sentence is its subject, whatever the parser hangs it on.
    pub(super) fn sources_astray(&self, verb: usize, arcs: &mut Vec<Arc>) {
        let text = self.text;
        let says = matches!(text.tokens[verb].tag.as_str(), "VBD" | "VBZ")
            && self.frames.lists.speech.contains(self.lemma(verb))
            && text.tokens.get(verb + 1).is_some_and(|t| t.pos == Pos::Punct);
        let Some(last) = verb.checked_sub(1).filter(|t| says && self.is_noun(*t)) else { return };
        if self.dep(last) != Dep::Conj || text.sentence_of(last) != text.sentence_of(verb) {
            return;
        }
        let Some(first) = text.head(last).filter(|t| *t < last && self.is_noun(*t)) else { return };
        let joined = text.children_by(first, &[Dep::Cc]).any(|and| and > first && and < last);
        let start = text.subtree(first).start as usize;
        let Some(over) = text.head(first).filter(|over| *over < start) else { return };
        let behind_comma = start > 0 && text.surface(start - 1) == ",";
        let astray = matches!(self.dep(first), Dep::Conj | Dep::Appos)
            && text.children_by(over, &[Dep::Cc]).all(|and| and > first)
            && text.subtree(first).end as usize == verb;
        if !joined || !behind_comma || !astray {
            return;
        }
        // "killed and eight others **injured** in Gao, police and witnesses said": the others are
        // whom the participle tells of.
        if let Some(own) = self.child(verb, &[Dep::Nsubj]) {
            let told = text.children_by(own, &[Dep::Acl]).find(|t| text.tokens[*t].tag == "VBN");
            let (Some(told), Some(head)) = (told.filter(|_| own == over), text.head(verb)) else {
                return;
            };
            arcs.extend([(told, head, Dep::Conj), (own, told, Dep::NsubjPass)]);
        }
        arcs.push((first, verb, Dep::Nsubj));
    }
}
