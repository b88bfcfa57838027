//! A verb that tells of an event or governs it: its negation, modal, adverbs, and the clauses that
//! hang on it.

use crate::ontology::Stage;
use crate::text::{Dep, Pos};

use super::climb::{Climb, Possibility};

impl Climb<'_, '_> {
    /// The words on a verb that is the event or carries it.
    pub(super) fn clause(&mut self, verb: usize) {
        if let Some(cue) = self.negation(verb) {
            self.read.denied = true;
            self.read.cue = Some(cue as u32);
        }
        self.possible = self.possible.or(self.modal(verb));
        for child in self.text.children(verb) {
            let token = &self.text.tokens[child];
            match token.dep {
                Dep::Mark if self.lexicon.conditions.contains(&token.lower) => {
                    self.read.hypothetical = true;
                    self.read.cue = self.read.cue.or(Some(child as u32));
                    if self.stage.is_none() {
                        self.govern(Stage::Threatened, child);
                    }
                }
                Dep::Advmod => {
                    if let Some(stage) = self.lexicon.adverbs.get(&token.lower) {
                        self.govern(*stage, child);
                    }
                    let present = matches!(self.text.tokens[verb].tag.as_str(), "VBP" | "VBZ");
                    if present && self.lexicon.general.contains(&token.lower) {
                        self.read.hypothetical = true;
                    }
                }
                _ => {}
            }
        }
        self.inverted(verb);
        if let Some(be) = self.subjunctive(verb) {
            self.govern(Stage::Planned, be);
        }
        // "offered money to whoever kills him": nobody has.
        if let Some(anyone) = self.anyone(verb) {
            self.read.hypothetical = true;
            self.read.cue = self.read.cue.or(Some(anyone as u32));
            if self.stage.is_none() {
                self.govern(Stage::Threatened, anyone);
            }
        }
        if self.stage.is_none() && self.is_in_progress(verb) {
            self.stage = Some((Stage::Ongoing, verb));
        }
    }

    /// "**Had** the bomb gone off, dozens would have died": it had not. "**Should** they attack":
    /// they may.
    fn inverted(&mut self, verb: usize) {
        // The parser may hang the clause on "had".
        let over = self.text.head(verb).filter(|_| self.text.tokens[verb].dep == Dep::Ccomp);
        let had = over.filter(|h| self.lower(*h) == "had");
        let own = || self.text.children_by(verb, &[Dep::Aux, Dep::AuxPass]).next();
        let Some(first) = had.or_else(own) else { return };
        let clause = had.unwrap_or(verb);
        let below = matches!(self.text.tokens[clause].dep, Dep::Advcl | Dep::Ccomp);
        let main = self.text.head(clause).filter(|_| below);
        let Some(main) = main else { return };
        let subject = self.text.children_by(verb, &[Dep::Nsubj, Dep::NsubjPass]).next();
        let inverted = subject.is_some_and(|subject| first < subject) && !self.read.question;
        let marked = self
            .text
            .children_by(verb, &[Dep::Mark])
            .any(|m| self.lexicon.conditions.contains(&self.text.tokens[m].lower));
        let unreal = |modal: Possibility| !modal.future && !modal.perhaps_did;
        if self.lower(first) == "had"
            && (inverted || marked)
            && self.modal(main).is_some_and(unreal)
        {
            self.read.denied = true;
            self.read.cue = Some(first as u32);
        } else if inverted && self.lower(first) == "should" {
            self.read.hypothetical = true;
            self.govern(Stage::Threatened, first);
        }
    }

    /// "demanded that the general **be** arrested": what is asked for.
    fn subjunctive(&self, verb: usize) -> Option<usize> {
        let be = self.text.children_by(verb, &[Dep::AuxPass]).find(|a| self.lower(*a) == "be")?;
        let bare = self.text.children_by(verb, &[Dep::Aux]).next().is_none();
        let subject = self.text.children_by(verb, &[Dep::Nsubj, Dep::NsubjPass]).any(|s| s < be);
        (bare && subject && self.text.tokens[verb].dep == Dep::Ccomp).then_some(be)
    }

    /// A subject of a verb in the present that stands for whoever it may be: "whoever", "anyone
    /// who".
    fn anyone(&self, verb: usize) -> Option<usize> {
        if !matches!(self.text.tokens[verb].tag.as_str(), "VBZ" | "VBP") {
            return None;
        }
        let subject = self.text.children_by(verb, &[Dep::Nsubj]).next()?;
        let relative = self.text.tokens[verb].dep == Dep::Relcl;
        let meant = if relative { self.text.head(verb)? } else { subject };
        self.lexicon.anyone.contains(self.lower(meant)).then_some(meant)
    }

    /// "are shelling", "has been shelling", "are being attacked".
    fn is_in_progress(&self, verb: usize) -> bool {
        let being = self.text.children_by(verb, &[Dep::AuxPass]).any(|a| self.lower(a) == "being");
        if self.text.tokens[verb].tag != "VBG" && !being {
            return false;
        }
        let present = |a: usize| matches!(self.text.tokens[a].tag.as_str(), "VBP" | "VBZ");
        let auxiliaries = || self.text.children_by(verb, &[Dep::Aux]);
        // "has been shelling until" is told with "had" once it is over.
        auxiliaries()
            .any(|a| present(a) && matches!(self.lemma(a), "be" | "'s" | "'re" | "’s" | "’re"))
            || (auxiliaries().any(|a| self.lower(a) == "been")
                && auxiliaries().any(|a| present(a) && self.lemma(a) == "have"))
    }

    pub(super) fn negation(&self, verb: usize) -> Option<usize> {
        self.text.children(verb).find(|c| {
            let token = &self.text.tokens[*c];
            token.dep == Dep::Neg
                || (token.dep == Dep::Advmod && self.lexicon.none.contains(&token.lower))
                || (matches!(token.dep, Dep::Nsubj | Dep::NsubjPass)
                    && (self.lexicon.none.contains(&token.lower)
                        || self
                            .text
                            .children_by(*c, &[Dep::Det, Dep::Neg])
                            .any(|d| self.lexicon.none.contains(&self.text.tokens[d].lower))))
        })
    }

    pub(super) fn modal(&self, verb: usize) -> Option<Possibility> {
        let mut auxiliaries = self.text.children_by(verb, &[Dep::Aux, Dep::AuxPass]);
        let cue = auxiliaries.find(|a| {
            let lower = &self.text.tokens[*a].lower;
            self.lexicon.hypothetical.contains(lower) || self.lexicon.future.contains(lower)
        })?;
        let perfect = self.text.children_by(verb, &[Dep::Aux]).any(|a| self.lower(a) == "have");
        Some(Possibility {
            cue,
            future: self.lexicon.future.contains(&self.text.tokens[cue].lower),
            perhaps_did: perfect && matches!(self.lower(cue), "may" | "might" | "must"),
        })
    }

    /// Modals and negation on a verb that governs the event.
    pub(super) fn clause_of_governor(&mut self, verb: usize) {
        if let Some(cue) = self.negation(verb) {
            if self.is_foiled() {
                self.stage = None;
            } else {
                self.read.denied = true;
                self.read.cue = Some(cue as u32);
            }
        }
        if let Some(modal) = self.modal(verb) {
            if self.is_foiled() {
                // "could have been prevented": it was not; "will stop attacks": none yet.
                let perfect =
                    self.text.children_by(verb, &[Dep::Aux]).any(|a| self.lower(a) == "have");
                self.stage = (!perfect).then_some((Stage::Threatened, modal.cue));
            } else if self.stage.is_none() {
                self.possible = self.possible.or(Some(modal));
            }
        }
    }

    /// "tried to kill", "continued shelling".
    pub(super) fn infinitive(&mut self, node: usize, head: usize) -> Option<usize> {
        let lemma = self.lemma(head);
        if self.lexicon.negative_verbs.contains(lemma) {
            self.read.denied = true;
            self.read.cue = Some(head as u32);
            return None;
        }
        // "were behind a **plot to attack**": the parser may hang the infinitive on the verb.
        let before = self
            .text
            .children_by(node, &[Dep::Aux])
            .find(|to| self.lower(*to) == "to")
            .and_then(|to| to.checked_sub(1))
            .filter(|noun| *noun > head && lemma == "be");
        if let Some(stage) = before.and_then(|n| self.lexicon.nouns.get(self.lemma(n)).copied()) {
            self.govern(stage, head);
            return None;
        }
        let planned =
            self.lexicon.progressive.contains(lemma) && self.text.tokens[head].tag == "VBG";
        let predicate = self.lexicon.predicates.get(self.lower(head)).copied();
        // "The plan was **to kidnap** the envoy."
        let meant = self
            .text
            .children_by(head, &[Dep::Nsubj])
            .filter(|_| lemma == "be" && self.is_infinitive(node))
            .find_map(|subject| self.lexicon.nouns.get(self.lemma(subject)).copied());
        let stage = match predicate.filter(|_| self.text.tokens[head].pos != Pos::Verb) {
            _ if planned || self.is_to(node, head) => Some(Stage::Planned),
            _ if meant.is_some() => meant,
            Some(stage) => Some(stage),
            None => self.lexicon.verbs.get(lemma).copied(),
        };
        match stage {
            // "tried to prevent the attack", "failed to stop it": nothing was stopped.
            Some(Stage::Attempted) if self.is_foiled() => self.stage = None,
            Some(Stage::Planned | Stage::Threatened) if self.is_foiled() => {
                self.stage = None;
                self.govern(Stage::Threatened, head);
            }
            // "they stopped shelling": they had shelled.
            Some(Stage::Foiled) if self.text.tokens[node].tag == "VBG" => {}
            Some(stage) => {
                self.govern(stage, head);
                self.stopped_after(head);
            }
            None => {}
        }
        if self.lexicon.unable.contains(self.lower(head)) {
            self.read.denied = true;
            self.read.cue = Some(head as u32);
            return None;
        }
        if self.text.tokens[head].pos == Pos::Adj {
            return None;
        }
        self.clause_of_governor(head);
        Some(head)
    }

    /// "They tried to burn the mosque but **were stopped** by a guard."
    fn stopped_after(&mut self, verb: usize) {
        let stopped = self.text.children_by(verb, &[Dep::Conj]).find(|next| {
            self.lexicon.verbs.get(self.lemma(*next)) == Some(&Stage::Foiled)
                && self.text.children_by(*next, &[Dep::AuxPass, Dep::Agent]).next().is_some()
                && self.text.children_by(*next, &[Dep::Nsubj, Dep::NsubjPass]).next().is_none()
                && self.negation(*next).is_none()
                && self.modal(*next).is_none()
        });
        if let Some(stopped) = stopped {
            self.govern(Stage::Foiled, stopped);
        }
    }

    /// "the country **is to** expel ten envoys": it will.
    fn is_to(&self, node: usize, head: usize) -> bool {
        self.lemma(head) == "be"
            && matches!(self.text.tokens[head].tag.as_str(), "VBZ" | "VBP")
            && self.is_infinitive(node)
            && self.text.children_by(head, &[Dep::Acomp, Dep::Attr]).next().is_none()
    }

    /// "warned that they would attack": the clause of a verb that fears or vows.
    pub(super) fn said(&mut self, node: usize, head: usize) -> Option<usize> {
        let stage = self.lexicon.verbs.get(self.lemma(head)).copied();
        // "wants the killers **arrested**": not yet.
        let bare = self.text.tokens[node].tag == "VBN"
            && self.text.children_by(node, &[Dep::Aux, Dep::AuxPass]).next().is_none();
        if bare && stage == Some(Stage::Planned) && self.stage.is_none() {
            self.govern(Stage::Planned, head);
            return None;
        }
        let irreal = self.possible.is_some_and(|p| !p.perhaps_did) || self.read.hypothetical;
        if irreal && matches!(stage, Some(Stage::Threatened)) {
            self.possible = None;
            self.govern(Stage::Threatened, head);
        } else if irreal && matches!(stage, Some(Stage::Planned)) && self.stage.is_none() {
            self.possible = None;
            self.govern(Stage::Planned, head);
        }
        None
    }

    /// "travelled to kill", "if they attack", "..., killing ten".
    pub(super) fn adverbial(&mut self, node: usize, head: usize) -> Option<usize> {
        if self.read.hypothetical {
            return None;
        }
        let marked = self.text.children_by(node, &[Dep::Mark]).next().is_some();
        if self.text.children_by(node, &[Dep::Mark]).any(|m| self.lower(m) == "before") {
            self.before(node, head);
            return None;
        }
        if self.is_infinitive(node) {
            let stage = self.lexicon.verbs.get(self.lemma(head)).copied();
            match stage.filter(|s| *s != Stage::Foiled) {
                Some(stage) => {
                    self.govern(stage, head);
                    return Some(head);
                }
                // "used a van to kill six", "went on to kill": the deed, not its purpose.
                None if self.tells_deed(head) => return None,
                // "threw stones **to protest**": what a deed is called that was done.
                None if self.lexicon.purposes.contains(self.lemma(node))
                    && self.text.tokens[head].tag.starts_with("VBD") =>
                {
                    return None;
                }
                None => self.govern(Stage::Planned, node),
            }
            return None;
        }
        let participle = self.text.tokens[node].tag == "VBG"
            && !marked
            && self.text.children_by(node, &[Dep::Nsubj]).next().is_none();
        if participle && self.is_verb(head) {
            self.possible = self.possible.or(self.modal(head));
            let governed = matches!(self.text.tokens[head].dep, Dep::Xcomp | Dep::Acl);
            return governed.then_some(head);
        }
        None
    }

    /// "found before it exploded", "was arrested before he could strike".
    fn before(&mut self, node: usize, head: usize) {
        let lexicon = self.lexicon;
        let could = |verb: usize| {
            self.text
                .children_by(verb, &[Dep::Aux, Dep::Acomp])
                .any(|a| lexicon.before_modals.contains(self.lower(a)))
        };
        let stopped = lexicon.before.contains(self.lemma(head))
            || lexicon.verbs.get(self.lemma(head)) == Some(&Stage::Foiled);
        if could(node) || stopped && self.negation(head).is_none() {
            self.possible = None;
            self.govern(Stage::Foiled, head);
        }
    }

    /// Whether what a verb's infinitive tells was done: "use", "go on".
    fn tells_deed(&self, verb: usize) -> bool {
        let lemma = self.lemma(verb);
        let particle = self.text.children_by(verb, &[Dep::Prt]).next();
        let deeds = &self.lexicon.deeds;
        match particle {
            None => deeds.contains(lemma),
            Some(particle) => deeds
                .contains(smol_str::format_smolstr!("{lemma} {}", self.lower(particle)).as_str()),
        }
    }
}
