//! Phrases that the parser hangs on a word beside the one that they go with.

use crate::pack::Slot;
use crate::text::Dep;

use super::{Clauses, DEPTH, Filler};

/// How many words behind a verb its doer is looked for.
const AGENT: usize = 20;

/// How many words a day or a span may have: "in the small hours of last Monday".
const TIME: usize = 5;

impl Clauses<'_, '_> {
    /// "riddled with bullets **by gunmen**"; "the mayor, who was kidnapped in May, apparently **by
    /// rebels**, was found": the by-phrase of a passive, hung on a noun.
    pub(super) fn stray_agent(&self, verb: usize, out: &mut Vec<Filler>) {
        let by = self.by_behind(verb, &[Dep::Cc, Dep::Mark]);
        let Some(by) = by.filter(|by| self.may_stray(verb, *by)) else { return };
        for doer in self.text.children_by(by, &[Dep::Pobj]).filter(|t| self.heads.is_actor(*t)) {
            out.push(Filler { slot: Slot::Subject, token: self.resolve_relative(doer) });
        }
    }

    /// "looked into the burning of five buses **by rebels**": the by-phrase of a deed, hung on the verb
    /// above, which is active and has no doer in such a phrase.
    pub(super) fn stray_doer(&self, deed: usize, out: &mut Vec<Filler>) {
        if !self.is_event_noun(deed) {
            return;
        }
        let by = self.by_behind(deed, &[Dep::Cc, Dep::Mark, Dep::Punct]);
        let hung = by.filter(|by| {
            let over = self.text.head(*by).filter(|over| *over < deed && self.is_verb(*over));
            over.is_some_and(|over| {
                !self.is_passive(over)
                    && self.text.ancestry(deed).take(DEPTH).any(|above| above == over)
            })
        });
        let Some(by) = hung else { return };
        if self.text.children_by(by, &[Dep::Pobj]).any(|doer| self.heads.is_actor(doer)) {
            self.preposition(by, out);
        }
    }

    /// The first "by" behind a word, before any verb and any of the words that end what is read.
    fn by_behind(&self, word: usize, ends: &[Dep]) -> Option<usize> {
        (word + 1..(word + AGENT).min(self.text.tokens.len()))
            .take_while(|t| !self.is_verb(*t) && !ends.contains(&self.dep(*t)))
            .find(|t| self.lower(*t) == "by" && self.dep(*t) == Dep::Prep)
    }

    /// Whether a by-phrase on a noun may be that of a verb before it: the noun tells of no deed of its
    /// own and stands in the verb's phrases, or the verb stands in a clause about it.
    fn may_stray(&self, verb: usize, by: usize) -> bool {
        let Some(noun) = self.text.head(by).filter(|noun| self.is_noun(*noun)) else {
            return false;
        };
        let below = || self.text.ancestry(by).take(DEPTH).any(|t| t == verb);
        // "who was kidnapped in May, apparently by": said behind the clause.
        let behind = || {
            self.dep(verb) == Dep::Relcl
                && self.text.ancestry(verb).take(DEPTH).any(|t| t == noun)
                && self.text.children_by(by, &[Dep::Advmod]).next().is_some()
        };
        !self.is_event_noun(noun) && (noun > verb && below() || noun < verb && behind())
    }

    /// "the killings last week **of a judge**": the parser hangs the phrase on the day.
    pub(super) fn phrase_behind_time(&self, noun: usize, out: &mut Vec<Filler>) {
        let tokens = &self.text.tokens;
        let timed = |t: usize| {
            self.text.ancestry(t).take(DEPTH).any(|above| self.dep(above) == Dep::NpAdvmod)
        };
        let last = (noun + 1 + TIME).min(tokens.len());
        let of = (noun + 1..last).find(|t| !timed(*t) || self.lower(*t) == "of");
        let Some(of) = of.filter(|of| *of > noun + 1 && self.lower(*of) == "of") else { return };
        if self.text.head(of) != Some(noun) {
            self.preposition(of, out);
        }
    }

    /// "the murders of A, B and **of C**": one more of what the preposition before it has.
    pub(super) fn repeated_preposition(&self, preposition: usize, out: &mut Vec<Filler>) {
        let row = self.text.children_by(preposition, &[Dep::Pobj]);
        for first in row {
            let mut last = first;
            for _ in 0..DEPTH {
                let next = self.text.children_by(last, &[Dep::Conj, Dep::Appos]).next_back();
                let Some(next) = next else { break };
                last = next;
            }
            let again = self.text.children_by(last, &[Dep::Prep]).find(|again| {
                self.lower(*again) == self.lower(preposition)
                    && again.checked_sub(1).is_some_and(|and| self.dep(and) == Dep::Cc)
            });
            if let Some(again) = again {
                self.preposition(again, out);
            }
        }
    }
}
