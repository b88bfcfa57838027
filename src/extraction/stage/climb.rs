//! The climb from a trigger up its tree: what has been read so far, and which step comes next.

use crate::attribution::Attributions;
use crate::ontology::Stage;
use crate::pack::StageLexicon;
use crate::text::{AnnotatedText, Dep, Pos};

use super::StageReading;

/// What has been read on the way up from a trigger.
pub(super) struct Climb<'a, 't> {
    pub(super) text: &'a AnnotatedText<'t>,
    pub(super) lexicon: &'a StageLexicon,
    /// The stage so far, and the word that gave it.
    pub(super) stage: Option<(Stage, usize)>,
    /// A modal: what it makes of the event is known at the end.
    pub(super) possible: Option<Possibility>,
    pub(super) read: StageReading,
}

/// What a modal verb makes of its event.
#[derive(Clone, Copy)]
pub(super) struct Possibility {
    /// The modal.
    pub(super) cue: usize,
    /// `will`, not `could`.
    pub(super) future: bool,
    /// `may have attacked`: perhaps it did.
    pub(super) perhaps_did: bool,
}

impl Climb<'_, '_> {
    /// What the trigger's own words say.
    pub(super) fn start(&mut self, trigger: usize) {
        let token = &self.text.tokens[trigger];
        match token.pos {
            Pos::Verb | Pos::Aux => {
                if let Some(stage) = self.lexicon.own.get(token.lemma.as_str()) {
                    self.govern(*stage, trigger);
                }
                self.clause(trigger);
            }
            _ => {
                let stage = self.lexicon.compounds.get(token.lemma.as_str());
                if let Some(stage) = stage.filter(|s| **s != Stage::Attempted) {
                    self.govern(*stage, trigger);
                }
                self.noun(trigger);
            }
        }
    }

    /// One step up from `node`; `None` where the climb ends.
    pub(super) fn step(&mut self, node: usize) -> Option<usize> {
        let head = self.text.head(node)?;
        match self.text.tokens[node].dep {
            Dep::Compound | Dep::Nmod | Dep::Amod => self.modifier(node, head),
            Dep::Xcomp => self.infinitive(node, head),
            Dep::Dobj | Dep::NsubjPass => self.object(node, head),
            Dep::Nsubj => self.subject(node, head),
            Dep::Attr => {
                // "that was not a bombing"; "X could be the attack that ..." tells of a known one.
                if !self.is_definite(node) {
                    self.clause(head);
                }
                None
            }
            Dep::Pobj | Dep::Pcomp => self.preposition(node, head),
            Dep::Acl => self.of_noun(node, head),
            Dep::Relcl if self.is_infinitive(node) => self.of_noun(node, head),
            Dep::Ccomp if !self.is_verb(head) => self.of_noun(node, head),
            Dep::Ccomp => self.said(node, head),
            Dep::Advcl => self.adverbial(node, head),
            Dep::Conj => {
                let same = self.is_verb(node) == self.is_verb(head);
                if !same {
                    return None;
                }
                // "could kidnap and kill": a modal before the first holds for the second that
                // has no subject of its own.
                if self.is_verb(node)
                    && self.text.children_by(node, &[Dep::Nsubj, Dep::NsubjPass]).next().is_none()
                {
                    self.possible = self.possible.or(self.modal(head));
                    if self.is_infinitive(head)
                        || self.text.tokens[node].tag == self.text.tokens[head].tag
                    {
                        return Some(head);
                    }
                    return None;
                }
                (!self.is_verb(node)).then_some(head)
            }
            _ => None,
        }
    }

    /// A governor's word on the stage, from the inside out.
    pub(super) fn govern(&mut self, stage: Stage, cue: usize) {
        use Stage::{Attempted, Foiled, Occurred, Ongoing, Planned, Threatened};
        self.stage = Some(match (self.stage.map(|s| s.0), stage) {
            (None | Some(Occurred | Ongoing), stage) => (stage, cue),
            (Some(_), Foiled) => (Foiled, cue),
            (Some(Attempted), Planned | Threatened) => (stage, cue),
            (Some(_), _) => return,
        });
    }

    pub(super) fn is_foiled(&self) -> bool {
        matches!(self.stage, Some((Stage::Foiled, _)))
    }

    pub(super) fn finish(mut self, trigger: usize, attributions: &Attributions) -> StageReading {
        if let Some(possible) = self.possible {
            if possible.perhaps_did {
                self.read.hypothetical = true;
                self.read.cue = self.read.cue.or(Some(possible.cue as u32));
            } else if self.stage.is_none() || matches!(self.stage, Some((Stage::Ongoing, _))) {
                self.read.hypothetical |= !possible.future;
                let own_voice = self.threatens_itself(trigger, attributions);
                let stage =
                    if possible.future && !own_voice { Stage::Planned } else { Stage::Threatened };
                self.stage = Some((stage, possible.cue));
            } else {
                self.read.hypothetical |= !possible.future;
            }
        }
        if let Some((stage, cue)) = self.stage {
            self.read.stage = stage;
            self.read.cue = self.read.cue.or(Some(cue as u32));
        }
        self.read
    }

    /// "We will attack", with marks of quotation or without, or what somebody vowed.
    pub(super) fn threatens_itself(&self, trigger: usize, attributions: &Attributions) -> bool {
        let vowed = attributions.at(trigger).verb.is_some_and(|v| {
            self.lexicon.verbs.get(self.lemma(v as usize)) == Some(&Stage::Threatened)
        });
        let own = |verb: usize| {
            let mut subjects = self.text.children_by(verb, &[Dep::Nsubj]);
            subjects.any(|s| matches!(self.lower(s), "we" | "i"))
        };
        // "we will find them and kill them"
        let first = self.text.head(trigger);
        let first = first.filter(|_| self.text.tokens[trigger].dep == Dep::Conj);
        vowed || own(trigger) || first.is_some_and(own)
    }

    pub(super) fn lemma(&self, token: usize) -> &str {
        self.text.tokens[token].lemma.as_str()
    }

    pub(super) fn lower(&self, token: usize) -> &str {
        self.text.tokens[token].lower.as_str()
    }

    pub(super) fn is_verb(&self, token: usize) -> bool {
        matches!(self.text.tokens[token].pos, Pos::Verb | Pos::Aux)
    }

    pub(super) fn is_infinitive(&self, verb: usize) -> bool {
        self.text.children_by(verb, &[Dep::Aux]).any(|a| self.lower(a) == "to")
    }

    pub(super) fn is_definite(&self, noun: usize) -> bool {
        self.text.children(noun).any(|c| {
            matches!(self.lower(c), "the" | "this" | "that" | "those" | "these")
                || self.text.tokens[c].dep == Dep::Poss
        })
    }
}
