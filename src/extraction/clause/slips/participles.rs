//! Participles that the parser hangs on the wrong word or takes for the verb of the sentence.

use crate::text::{Dep, Pos};

use super::Arc;
use crate::extraction::clause::Clauses;

impl Clauses<'_, '_> {
    /// "asked for the release of the pilot, **kidnapped** on Monday", "attended the funeral of the
    /// nurse, **killed** by rebels": the parser hangs the participle on the noun of an event that is of
    /// somebody, or on the verb that the event belongs to.
    pub(super) fn participle_astray(&self, participle: usize, arcs: &mut Vec<Arc>) {
        let text = self.text;
        let undergone = self.frames.lists.transitive.contains(self.lemma(participle))
            || self.child(participle, &[Dep::Agent]).is_some();
        if text.tokens[participle].tag != "VBN" || !undergone {
            return;
        }
        let Some(over) = text.head(participle).filter(|over| *over < participle) else { return };
        let whose = match self.dep(participle) {
            Dep::Acl => self.whose_event(over),
            Dep::Advcl if self.child(participle, &[Dep::Mark, Dep::Nsubj]).is_none() => {
                let phrases = text.children_by(over, &[Dep::Prep]);
                let nouns = phrases.flat_map(|phrase| text.children_by(phrase, &[Dep::Pobj]));
                let mut nouns = text.children_by(over, &[Dep::Dobj, Dep::NsubjPass]).chain(nouns);
                nouns.find_map(|noun| {
                    let whose = self.whose_event(noun)?;
                    let end = text.subtree(whose).end as usize;
                    (end + 1 == participle && text.surface(end) == ",").then_some(whose)
                })
            }
            _ => None,
        };
        let whose = whose.filter(|t| *t < participle);
        arcs.extend(whose.map(|whose| (participle, whose, Dep::Acl)));
    }

    /// "the **nurse**" of "the funeral of the nurse": who an event is of.
    fn whose_event(&self, event: usize) -> Option<usize> {
        if self.heads.is_actor(event) || self.heads.is_thing(event) {
            return None;
        }
        let of = self.text.children_by(event, &[Dep::Prep]).find(|p| self.lower(*p) == "of")?;
        self.child(of, &[Dep::Pobj]).filter(|whose| self.heads.is_actor(*whose))
    }

    /// "Hackers **linked** to a bank's rival **stole** millions": the parser takes the participle for the
    /// verb of the sentence, and the verb for a clause under it.
    pub(super) fn garden_path(&self, participle: usize, arcs: &mut Vec<Arc>) {
        let text = self.text;
        let under = |dep: Dep| matches!(dep, Dep::Root | Dep::Ccomp | Dep::Conj);
        if text.tokens[participle].tag != "VBN"
            || !under(self.dep(participle))
            || self.child(participle, &[Dep::Aux, Dep::AuxPass, Dep::Dobj]).is_some()
        {
            return;
        }
        let subject = self.child(participle, &[Dep::Nsubj, Dep::NsubjPass]);
        let Some(noun) = subject.filter(|noun| *noun < participle && self.is_noun(*noun)) else {
            return;
        };
        let own = [Dep::Nsubj, Dep::NsubjPass, Dep::Expl, Dep::Mark, Dep::Advmod, Dep::Aux];
        let verb = text.children_by(participle, &[Dep::Advcl, Dep::Conj, Dep::Ccomp]).find(|v| {
            *v > participle
                && text.tokens[*v].tag == "VBD"
                && !text.children_by(*v, &own).any(|c| c < *v)
                && (participle..*v).all(|t| text.tokens[t].pos != Pos::Punct || self.is_hyphen(t))
                && self.child(participle, &[Dep::Cc]).is_none()
        });
        let Some(verb) = verb else { return };
        let (over, dep) = match text.head(participle) {
            Some(over) => (over, self.dep(participle)),
            None => (verb, Dep::Root),
        };
        arcs.extend([(verb, over, dep), (noun, verb, Dep::Nsubj), (participle, noun, Dep::Acl)]);
        let last = text.children_by(participle, &[Dep::Punct]).filter(|t| *t > verb);
        arcs.extend(last.map(|mark| (mark, verb, Dep::Punct)));
    }
}
