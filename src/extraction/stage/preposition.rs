//! An event in a prepositional phrase: "accused **of** plotting", "no sign **of** an attack".

use crate::ontology::Stage;
use crate::text::{Dep, Pos};

use super::climb::{Climb, Possibility};

impl Climb<'_, '_> {
    pub(super) fn preposition(&mut self, node: usize, preposition: usize) -> Option<usize> {
        let lower = &self.text.tokens[preposition].lower;
        if self.lexicon.negating.contains(lower) {
            self.read.denied = true;
            self.read.cue = Some(preposition as u32);
            return None;
        }
        let head = self.text.head(preposition)?;
        let takes = self.lexicon.prepositions.contains(lower);
        // "instead of attacking", "rather than attack": two prepositions.
        if self.lexicon.negating.contains(&self.text.tokens[head].lower) {
            self.read.denied = true;
            self.read.cue = Some(head as u32);
            return None;
        }
        if self.lexicon.unable.contains(&self.text.tokens[head].lower) {
            self.read.denied = true;
            self.read.cue = Some(head as u32);
            return None;
        }
        if self.lexicon.unreal.contains(&self.text.tokens[head].lower) {
            let unreal = Possibility { cue: head, future: false, perhaps_did: false };
            self.possible = self.possible.or(Some(unreal));
            return None;
        }
        if self.is_verb(head) {
            let stage = self.lexicon.verbs.get(self.lemma(head)).copied();
            // "a reward for **information leading to** the arrest": there was none yet.
            let clue = self.text.head(head).filter(|noun| {
                self.text.tokens[head].dep == Dep::Acl
                    && self.text.tokens[head].tag == "VBG"
                    && lower == "to"
                    && self.lexicon.clues.contains(self.lemma(*noun))
            });
            if let Some(clue) = clue {
                self.govern(Stage::Planned, clue);
                return None;
            }
            // "could be triggered into further attacks"
            // but "might be connected to the war"
            let further = stage.is_none() && !self.is_definite(node);
            if further && matches!(lower.as_str(), "into" | "to") {
                self.possible = self.possible.or(self.modal(head));
            }
            // "wanted for killing two men": the deed is done.
            if lower == "for" && self.lexicon.done_for.contains(self.lemma(head)) {
                return None;
            }
            return match stage {
                Some(Stage::Foiled) if lower == "from" => self.foil(node, head),
                Some(Stage::Foiled | Stage::Ongoing) | None => None,
                Some(stage) if takes => {
                    self.govern(stage, head);
                    self.clause_of_governor(head);
                    Some(head)
                }
                Some(_) => None,
            };
        }
        if !takes {
            return None;
        }
        if let Some(stage) = self.lexicon.nouns.get(self.lemma(head)).copied() {
            self.govern(stage, head);
            self.noun(head);
            return Some(head);
        }
        let partitive = lower == "of"
            && (self.lexicon.partitives.contains(self.lemma(head))
                || self.lexicon.partitives.contains(&self.text.tokens[head].lower)
                || self.text.tokens[head].pos == Pos::Num);
        if partitive {
            if self.lexicon.none.contains(&self.text.tokens[head].lower) {
                self.read.denied = true;
                self.read.cue = Some(head as u32);
            }
            self.noun(head);
            return Some(head);
        }
        None
    }
}
