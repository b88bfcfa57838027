//! A noun that tells of an event, or names a plan or a try at one: the words on it, and the verbs
//! of which it is subject or object.

use crate::ontology::Stage;
use crate::text::Dep;

use super::climb::{Climb, Possibility};

impl Climb<'_, '_> {
    /// The words on a noun: "the planned attack", "no attack", "an attack foiled by police".
    pub(super) fn noun(&mut self, noun: usize) {
        for child in self.text.children(noun) {
            let token = &self.text.tokens[child];
            match token.dep {
                Dep::Det | Dep::Neg if self.lexicon.none.contains(&token.lower) => {
                    self.read.denied = true;
                    self.read.cue = Some(child as u32);
                }
                Dep::Amod | Dep::Compound | Dep::Nmod => {
                    if let Some(stage) = self.lexicon.adjectives.get(&token.lower) {
                        self.govern(*stage, child);
                    } else if token.lower == "be" || self.hyphenated_would_be(child) {
                        self.govern(Stage::Planned, child);
                    }
                }
                Dep::Acl if token.tag == "VBN" => self.said_of(child),
                Dep::Relcl => {
                    let passive = self.text.children_by(child, &[Dep::NsubjPass]).next();
                    let object = self.text.children_by(child, &[Dep::Dobj]).next();
                    let relative = |t: usize| matches!(self.lower(t), "which" | "that");
                    let of_noun = passive.is_some_and(relative)
                        || (passive.is_none() && object.is_none_or(relative));
                    if of_noun && !self.is_verb_governed(child) {
                        self.said_of(child);
                    }
                }
                _ => {}
            }
        }
    }

    fn hyphenated_would_be(&self, token: usize) -> bool {
        token >= 2
            && self.lower(token) == "be"
            && self.lower(token - 1) == "-"
            && self.lower(token - 2) == "would"
    }

    /// Whether a relative clause's verb is itself under another: "which police tried to stop".
    fn is_verb_governed(&self, verb: usize) -> bool {
        self.text.children_by(verb, &[Dep::Xcomp, Dep::Ccomp]).next().is_some()
    }

    /// A participle or relative clause that tells the stage of its noun.
    fn said_of(&mut self, verb: usize) {
        let Some(stage) = self.lexicon.verbs.get(self.lemma(verb)).copied() else { return };
        // "an offensive intended to find out" has a purpose; it is not itself intended.
        let has_purpose = self.text.children_by(verb, &[Dep::Xcomp]).next().is_some();
        if has_purpose || self.negation(verb).is_some() || self.modal(verb).is_some() {
            return;
        }
        // "the attack that failed" and "the planned attack"; what one feared or expected
        // happened all the same.
        if matches!(stage, Stage::Foiled | Stage::Planned) {
            self.govern(stage, verb);
        }
    }

    /// "murder plot", "bomb threat".
    pub(super) fn modifier(&mut self, node: usize, head: usize) -> Option<usize> {
        if self.is_verb(node) && self.text.tokens[node].tag == "VBN" {
            return None;
        }
        let stage = *self.lexicon.compounds.get(self.lemma(head))?;
        self.govern(stage, head);
        self.noun(head);
        Some(head)
    }

    /// "foiled the attack", "the attack was planned", "carried out an attack".
    pub(super) fn object(&mut self, node: usize, head: usize) -> Option<usize> {
        let lemma = self.lemma(head);
        if let Some(stage) = self.lexicon.verbs.get(lemma).copied() {
            if stage == Stage::Foiled {
                return self.foil(node, head);
            }
            // "ordered the assassination", "planned the attack": what is told as known came to
            // pass; "the attacks are intended to" tells their purpose.
            let known = self.is_definite(node) && self.text.tokens[node].dep == Dep::Dobj;
            let by_agent = self.is_definite(node)
                && (self.text.children_by(head, &[Dep::Agent]).next().is_some()
                    || self.text.children_by(head, &[Dep::Prep]).any(|p| self.lower(p) == "from"));
            let purpose = self.text.tokens[node].dep == Dep::NsubjPass
                && self.text.children_by(head, &[Dep::Xcomp]).next().is_some();
            if stage == Stage::Planned && (known || by_agent || purpose) {
                return None;
            }
            self.govern(stage, head);
            self.clause_of_governor(head);
            return Some(head);
        }
        if self.lexicon.light.contains(lemma) {
            self.carried(node, head);
            return Some(head);
        }
        None
    }

    /// The clause of a verb that carries its event or says that it happens. A possibility in the
    /// past of a known event ("the attack could have been carried out by") is about how, not
    /// whether.
    fn carried(&mut self, noun: usize, verb: usize) {
        let before = self.possible;
        self.clause(verb);
        let perfect = self.text.children_by(verb, &[Dep::Aux]).any(|a| self.lower(a) == "have");
        if before.is_none() && perfect && self.is_definite(noun) {
            self.possible = self.possible.map(|p| Possibility { perhaps_did: true, ..p });
        }
    }

    pub(super) fn foil(&mut self, node: usize, verb: usize) -> Option<usize> {
        if self.negation(verb).is_some() {
            return None;
        }
        let past = matches!(self.text.tokens[verb].tag.as_str(), "VBD" | "VBN");
        if !past && self.lexicon.cease.contains(self.lemma(verb)) {
            return None;
        }
        let before = self.stage;
        self.govern(Stage::Foiled, verb);
        self.clause_of_governor(verb);
        // The purpose of something else: "measures to prevent attacks" prevented none yet.
        let purpose = self.is_infinitive(verb)
            && matches!(self.text.tokens[verb].dep, Dep::Acl | Dep::Advcl | Dep::Relcl);
        if purpose && self.is_foiled() {
            self.stage = before;
            if !self.is_definite(node) {
                self.govern(Stage::Threatened, verb);
            }
            return None;
        }
        Some(verb)
    }

    /// "the attack failed", "fighting continues", "no attack took place".
    pub(super) fn subject(&mut self, node: usize, head: usize) -> Option<usize> {
        let lemma = self.lemma(head);
        if let Some(stage) = self.lexicon.subjects.get(lemma).copied() {
            let past = matches!(self.text.tokens[head].tag.as_str(), "VBD" | "VBN");
            if stage != Stage::Ongoing || !past {
                self.govern(stage, head);
            }
            return None;
        }
        if lemma == "be" {
            let predicate = self.text.children_by(head, &[Dep::Acomp]).next();
            if let Some(p) = predicate
                && let Some(stage) = self.lexicon.adjectives.get(&self.text.tokens[p].lower)
                && self.negation(head).is_none()
            {
                self.govern(*stage, p);
            }
            // "the attack could be a reply" doubts the reply, not the attack.
            if !self.is_definite(node) {
                self.possible = self.possible.or(self.modal(head));
            }
            return None;
        }
        // "Should the militia attack again": the parser takes the verb for a noun.
        if self.lower(head) == "should" && head < node && !self.read.question {
            self.read.hypothetical = true;
            self.govern(Stage::Threatened, head);
            return None;
        }
        if self.lexicon.occurrence.contains(lemma) {
            self.carried(node, head);
            return Some(head);
        }
        None
    }

    /// "a plot to bomb", "weapons to kill".
    pub(super) fn of_noun(&mut self, node: usize, head: usize) -> Option<usize> {
        if !self.is_infinitive(node) {
            // "the risk that it triggers attacks", "fears that they would strike"
            let that = self.text.children_by(node, &[Dep::Mark]).any(|m| self.lower(m) == "that");
            let stage = self.lexicon.nouns.get(self.lemma(head)).copied();
            if let Some(Stage::Threatened) = stage.filter(|_| that) {
                self.govern(Stage::Threatened, head);
                self.possible = None;
            }
            return None;
        }
        if let Some(stage) = self.lexicon.nouns.get(self.lemma(head)).copied() {
            if stage == Stage::Planned && self.is_fulfilled(head) {
                return None;
            }
            self.govern(stage, head);
            self.noun(head);
            return Some(head);
        }
        if self.stage.is_none() {
            self.govern(Stage::Planned, node);
        }
        None
    }

    /// "**carried out** the order to kill the judge": a plan of which the past of a verb says that it
    /// was done.
    fn is_fulfilled(&self, plan: usize) -> bool {
        let token = &self.text.tokens[plan];
        let verb = self.text.head(plan).filter(|_| matches!(token.dep, Dep::Dobj | Dep::NsubjPass));
        verb.is_some_and(|verb| {
            self.lexicon.fulfilling.contains(self.lemma(verb))
                && matches!(self.text.tokens[verb].tag.as_str(), "VBD" | "VBN")
                && self.negation(verb).is_none()
                && self.modal(verb).is_none()
        })
    }
}
