//! Whether a verb is active, passive or a command.

use crate::text::{Dep, Pos};

use super::{Clauses, DEPTH};

impl Clauses<'_, '_> {
    /// Whether a verb is passive: by its auxiliary, its subject, its agent, or as a reduced
    /// clause or headline that stands without an auxiliary.
    pub(in crate::extraction) fn is_passive(&self, verb: usize) -> bool {
        self.is_passive_within(verb, DEPTH)
    }

    /// "Four people killed, five injured": the auxiliary left out, the subject undergoes it.
    fn is_headline_passive(&self, verb: usize) -> bool {
        matches!(self.text.tokens[verb].tag.as_str(), "VBN" | "VBD")
            && self.frames.lists.transitive.contains(self.lemma(verb))
            && matches!(self.dep(verb), Dep::Root | Dep::Conj | Dep::Ccomp | Dep::Advcl)
            && self.child(verb, &[Dep::Nsubj]).is_some_and(|s| s < verb)
            && self.child(verb, &[Dep::Dobj, Dep::Ccomp, Dep::Xcomp, Dep::Aux]).is_none()
            && !self.is_followed_by_noun(verb)
            && !self.text.children_by(verb, &[Dep::Conj]).any(|c| {
                self.is_verb(c)
                    && self.child(c, &[Dep::Nsubj, Dep::NsubjPass]).is_none()
                    && self.child(c, &[Dep::Dobj]).is_some()
            })
    }

    /// Whether a noun phrase stands right behind a verb: an object, whatever the parser took it
    /// for. A time of day or of the week is none.
    fn is_followed_by_noun(&self, verb: usize) -> bool {
        let Some(next) = self.text.tokens.get(verb + 1) else { return false };
        // "kidnapped ten days ago": the number belongs to the days.
        let mut phrase = self.text.ancestry(verb + 1).take(DEPTH).take_while(|t| *t != verb);
        !phrase.any(|t| self.dep(t) == Dep::NpAdvmod)
            && (matches!(next.pos, Pos::Det | Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num)
                || next.pos == Pos::Adj && next.dep == Dep::Amod)
    }

    fn is_passive_within(&self, verb: usize, depth: usize) -> bool {
        let marks = [Dep::AuxPass, Dep::NsubjPass, Dep::CsubjPass, Dep::Agent];
        if self.child(verb, &marks).is_some() || self.is_headline_passive(verb) {
            return true;
        }
        // The lemmatiser's tag decides little between past and participle in a reduced clause:
        // there, a verb without a subject and without an object is a participle.
        let tag = self.text.tokens[verb].tag.as_str();
        // "the two wounded nuns": a participle read as an adjective.
        if tag == "JJ" {
            return self.dep(verb) == Dep::Amod;
        }
        if !matches!(tag, "VBN" | "VBD") || depth == 0 {
            return false;
        }
        let bare = self.child(verb, &[Dep::Aux]).is_none();
        let objectless = self.child(verb, &[Dep::Dobj]).is_none();
        let subjectless = self.child(verb, &[Dep::Nsubj]).is_none();
        match self.dep(verb) {
            Dep::Acl | Dep::Amod => subjectless && (tag == "VBN" || objectless),
            Dep::Advcl => tag == "VBN" && bare && subjectless,
            Dep::Conj => {
                tag == "VBN"
                    && bare
                    && subjectless
                    && self.text.head(verb).is_some_and(|h| self.is_passive_within(h, depth - 1))
            }
            // "was found shot", "was left wounded"; "were machine-gunned", read as "were tired" is
            Dep::Xcomp | Dep::Oprd | Dep::Acomp => {
                tag == "VBN" && bare && objectless && subjectless
            }
            Dep::Root => tag == "VBN" && bare && objectless,
            _ => false,
        }
    }

    /// "would have killed", "could have died": what did not come to pass.
    pub(in crate::extraction) fn is_counterfactual(&self, verb: usize) -> bool {
        let auxiliaries = || self.text.children_by(verb, &[Dep::Aux, Dep::AuxPass]);
        auxiliaries().any(|a| matches!(self.lower(a).as_str(), "would" | "could" | "might"))
            && auxiliaries().any(|a| self.lower(a) == "have")
    }

    /// A bare form without subject and auxiliary tells somebody to do it: "kick them out".
    pub(in crate::extraction) fn is_imperative(&self, verb: usize) -> bool {
        let told_to = matches!(self.dep(verb), Dep::Root | Dep::Pcomp | Dep::Pobj | Dep::Dep);
        self.text.tokens[verb].tag == "VB"
            && told_to
            && self.child(verb, &[Dep::Aux, Dep::AuxPass, Dep::Nsubj, Dep::NsubjPass]).is_none()
    }
}
