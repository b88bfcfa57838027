//! What stands in which slot of a verb or of a noun.

use crate::pack::Slot;
use crate::text::Dep;

use super::{Clauses, DEPTH, Filler};

impl Clauses<'_, '_> {
    /// Every token that stands in a slot of a verb, in terms of the active clause.
    pub(in crate::extraction) fn verb_fillers(&self, verb: usize, out: &mut Vec<Filler>) {
        let passive = self.is_passive(verb);
        let subject_slot = if passive { Slot::Object } else { Slot::Subject };
        let first = out.len();
        let mut relative = false;
        for child in self.text.children(verb) {
            let resolved = self.coordinated_subject(verb, self.resolve_relative(child));
            relative |= resolved != child || self.text.tokens[child].tag.starts_with('W');
            match self.dep(child) {
                Dep::Nsubj | Dep::Csubj => {
                    out.push(Filler { slot: subject_slot, token: resolved });
                    self.shared_out(child, out, DEPTH);
                }
                Dep::NsubjPass | Dep::CsubjPass => {
                    out.push(Filler { slot: Slot::Object, token: resolved });
                    self.shared_out(child, out, DEPTH);
                }
                // "drones that they used to attack a port": with them, as the port is the object.
                Dep::Dobj if self.is_second_object(child, verb) => {
                    let slot = self.frames.slots.preposition("with");
                    out.extend(slot.map(|slot| Filler { slot, token: resolved }));
                }
                // "were killed over 20 stolen cows": a passive of these has no object.
                Dep::Dobj if self.is_undergone(verb) => {}
                Dep::Dobj => {
                    out.push(Filler { slot: Slot::Object, token: resolved });
                    self.phrases(child, out);
                    self.shared_out(child, out, DEPTH);
                }
                Dep::Attr | Dep::Acomp | Dep::Oprd | Dep::Xcomp => {
                    out.push(Filler { slot: Slot::Complement, token: child });
                    self.phrases(child, out);
                }
                Dep::Dative if self.child(child, &[Dep::Pobj]).is_none() => {
                    out.push(Filler { slot: Slot::Indirect, token: resolved });
                }
                Dep::Agent => {
                    for object in self.text.children_by(child, &[Dep::Pobj, Dep::Pcomp]) {
                        let token = self.resolve_relative(object);
                        out.push(Filler { slot: Slot::Subject, token });
                    }
                    self.preposition(child, out);
                }
                // "the mall **where** gunmen killed", "the town from **where** they fled".
                Dep::Advmod if self.lower(child) == "where" && self.dep(verb) == Dep::Relcl => {
                    let slot = self.frames.slots.preposition("in");
                    if let (Some(slot), Some(token)) = (slot, self.text.head(verb)) {
                        out.push(Filler { slot, token });
                    }
                }
                Dep::Prep | Dep::Dative | Dep::Advmod | Dep::Prt => {
                    relative |= self.preposition(child, out);
                }
                // "imposed on five generals and **on** two banks"
                Dep::Conj if self.text.tokens[child].tag == "IN" => {
                    relative |= self.preposition(child, out);
                }
                // "left ten people dead": the people are what is left.
                Dep::Ccomp if !self.is_verb(child) => {
                    for subject in self.text.children_by(child, &[Dep::Nsubj]) {
                        out.push(Filler { slot: Slot::Object, token: subject });
                    }
                }
                // "was found **with** his **hands** tied", "came in with **guns** drawn"
                Dep::Advcl if self.marked_with(child) => {
                    let slot = self.frames.slots.preposition("with");
                    let token = self.child(child, &[Dep::Nsubj, Dep::NsubjPass]);
                    out.extend(slot.zip(token).map(|(slot, token)| Filler { slot, token }));
                }
                // "travelled to Syria to join": the purpose completes the verb.
                Dep::Advcl if self.text.tokens[child].tag == "VB" => {
                    out.push(Filler { slot: Slot::Complement, token: child });
                }
                // "two bombs went off in Lima, **one** at a bank"
                Dep::NpAdvmod
                    if child > verb
                        && matches!(self.text.tokens[child].tag.as_str(), "CD" | "DT") =>
                {
                    self.phrase_fillers(child, out);
                    self.shared_out(child, out, DEPTH);
                }
                Dep::NpAdvmod if self.frames.lists.distances.contains(self.lemma(child)) => {
                    self.phrase_fillers(child, out);
                }
                Dep::NpAdvmod if self.is_hyphenated(child, verb) => {
                    out.push(Filler { slot: Slot::Subject, token: child });
                }
                _ => {}
            }
        }
        let with = || self.frames.slots.preposition("with");
        out.extend(self.means(verb).and_then(|token| Some(Filler { slot: with()?, token })));
        self.implied(verb, passive, relative, first, out);
    }

    /// "Three bombs exploded: one **at the bank**, another **in the station**": where each of those
    /// counted was is told of the event.
    fn shared_out(&self, counted: usize, out: &mut Vec<Filler>, depth: usize) {
        for part in self.text.children_by(counted, &[Dep::Appos, Dep::Conj]) {
            let counts = matches!(self.text.tokens[part].tag.as_str(), "CD" | "DT" | "JJ" | "JJR");
            if part < counted || !counts || depth == 0 {
                continue;
            }
            self.phrase_fillers(part, out);
            self.shared_out(part, out, depth - 1);
        }
    }

    /// Whether a verb that always has an object is in the passive, with its subject.
    fn is_undergone(&self, verb: usize) -> bool {
        self.frames.lists.transitive.contains(self.lemma(verb))
            && self.child(verb, &[Dep::NsubjPass]).is_some()
            && self.child(verb, &[Dep::AuxPass]).is_some()
    }

    fn marked_with(&self, clause: usize) -> bool {
        self.text.children_by(clause, &[Dep::Mark]).any(|mark| self.lower(mark) == "with")
    }

    /// Whether an object is a relative pronoun before the verb that has its own object behind it.
    fn is_second_object(&self, object: usize, verb: usize) -> bool {
        let relative = |t: usize| {
            self.text.tokens[t].tag.starts_with('W') || self.lower(t) == "that" && t < verb
        };
        relative(object)
            && self.text.children_by(verb, &[Dep::Dobj]).any(|o| o > verb && !relative(o))
    }

    /// Whether a dash with room on both sides, or a bar, stands between two words.
    fn is_dashed(&self, first: usize, last: usize) -> bool {
        (first + 1..last).any(|t| {
            matches!(self.text.surface(t), "\u{2013}" | "\u{2014}" | "|" | "--")
                || self.text.surface(t) == "-" && self.text.tokens[t].tag != "HYPH" && {
                    let span = self.text.tokens[t].span;
                    let around = |at: Option<char>| at.is_some_and(char::is_whitespace);
                    around(self.text.text[..span.start as usize].chars().next_back())
                        && around(self.text.text[span.end as usize..].chars().next())
                }
        })
    }

    /// `Iran` in "Iran-backed": joined to the participle by a hyphen.
    fn is_hyphenated(&self, token: usize, verb: usize) -> bool {
        verb == token + 2 && self.text.tokens[token + 1].tag == "HYPH"
            || verb == token + 2 && self.text.surface(token + 1) == "-"
    }

    /// The word that a hyphen joins to a participle before its noun: `Iran` in "Iran-backed".
    pub(in crate::extraction) fn hyphenated_subject(&self, participle: usize) -> Option<usize> {
        participle.checked_sub(2).filter(|word| self.is_hyphenated(*word, participle))
    }

    /// Arguments that the clause does not state itself: shared, controlled or relativised.
    fn implied(
        &self,
        verb: usize,
        passive: bool,
        relative: bool,
        first: usize,
        out: &mut Vec<Filler>,
    ) {
        let has = |slot: Slot, out: &[Filler]| out[first..].iter().any(|f| f.slot == slot);
        let stated = self.child(verb, &[Dep::Nsubj, Dep::NsubjPass, Dep::Csubj]).is_some();
        let head = self.text.head(verb);
        match (self.dep(verb), head) {
            (Dep::Relcl, Some(head))
                if stated && !relative && !passive && !has(Slot::Object, out) =>
            {
                out.push(Filler { slot: Slot::Object, token: head });
            }
            (Dep::Acl | Dep::Amod, Some(head)) if !stated && passive && !has(Slot::Object, out) => {
                out.push(Filler { slot: Slot::Object, token: self.accused_at(head) });
            }
            // What was done to something is told of it already.
            (Dep::Acl | Dep::Amod, Some(_)) if !stated && passive => {}
            _ if !stated => {
                if let Some(subject) = self.surface_subject(verb) {
                    let slot = if passive { Slot::Object } else { Slot::Subject };
                    if !has(slot, out) {
                        out.push(Filler { slot, token: subject });
                    }
                }
            }
            _ => {}
        }
        // "abducted and later murdered by rebels": so does the agent.
        if passive && !has(Slot::Subject, out) {
            let next = self.text.children_by(verb, &[Dep::Conj]).find(|c| self.is_verb(*c));
            let own = [Dep::Prep, Dep::Agent, Dep::NpAdvmod, Dep::Xcomp, Dep::Ccomp, Dep::Advcl];
            let bare = self.child(verb, &own).is_none();
            let elliptic = |c: usize| {
                self.child(c, &[Dep::Aux, Dep::AuxPass, Dep::Nsubj, Dep::NsubjPass]).is_none()
            };
            let agent =
                next.filter(|c| bare && elliptic(*c)).and_then(|c| self.child(c, &[Dep::Agent]));
            for object in agent.into_iter().flat_map(|by| self.text.children_by(by, &[Dep::Pobj])) {
                out.push(Filler { slot: Slot::Subject, token: self.resolve_relative(object) });
            }
            if !has(Slot::Subject, out) {
                self.stray_agent(verb, out);
            }
        }
        // "attacked and burned the village": the object stands after the last verb.
        if !passive && !has(Slot::Object, out) {
            // "to kill or harm critics": the parser may take the last for a noun, but with an object.
            let verbal = |c: usize| self.is_verb(c) || self.child(c, &[Dep::Dobj]).is_some();
            let last =
                self.text.children_by(verb, &[Dep::Conj]).next().filter(|c| {
                    verbal(*c) && self.child(*c, &[Dep::Nsubj, Dep::NsubjPass]).is_none()
                });
            let bare = self.child(verb, &[Dep::Prep, Dep::Prt, Dep::Xcomp, Dep::Ccomp]).is_none();
            if let (Some(last), true) = (last, bare)
                && !self.is_passive(last)
                && let Some(object) = self.child(last, &[Dep::Dobj])
            {
                out.push(Filler { slot: Slot::Object, token: object });
            }
        }
    }

    /// The objects of a preposition; tells whether one is a relative pronoun ("in which").
    pub(in crate::extraction) fn preposition(
        &self,
        preposition: usize,
        out: &mut Vec<Filler>,
    ) -> bool {
        let name = self.lower(preposition);
        // "300 metres **from** the palace" is near it.
        let apart = name == "from"
            && preposition
                .checked_sub(1)
                .is_some_and(|noun| self.frames.lists.distances.contains(self.lemma(noun)));
        let slot = self.frames.slots.preposition(if apart { "near" } else { name });
        let mut relative = false;
        for child in self.text.children(preposition) {
            match self.dep(child) {
                Dep::Pobj | Dep::Pcomp => {
                    let token = self.resolve_relative(child);
                    relative |= token != child;
                    if let Some(slot) = slot {
                        out.push(Filler { slot, token });
                    }
                    for inner in self.text.children_by(child, &[Dep::Prep]) {
                        let long = self.frames.slots.long_phrase(
                            name,
                            self.lower(child),
                            self.lower(inner),
                        );
                        self.objects(inner, long, out);
                    }
                }
                // "according to the ministry": nothing goes to it.
                Dep::Prep if self.frames.lists.sources.contains(name) => {}
                Dep::Prep => {
                    let long = self.frames.slots.phrase(name, self.lower(child));
                    self.objects(child, long, out);
                    relative |= self.preposition(child, out);
                }
                // "the work of the guerrillas or **of** the army"
                Dep::Conj if self.text.tokens[child].tag == "IN" => {
                    relative |= self.preposition(child, out);
                }
                _ => {}
            }
        }
        self.repeated_preposition(preposition, out);
        relative
    }

    /// The prepositional phrases of a noun: "a bus **in Lagos**".
    pub(in crate::extraction) fn phrase_fillers(&self, word: usize, out: &mut Vec<Filler>) {
        for preposition in self.text.children_by(word, &[Dep::Prep, Dep::Agent]) {
            self.preposition(preposition, out);
        }
    }

    /// "responsibility for X", "responsible for X": a word with its preposition as one slot.
    fn phrases(&self, word: usize, out: &mut Vec<Filler>) {
        for preposition in self.text.children_by(word, &[Dep::Prep]) {
            let slot = self.frames.slots.phrase(self.lemma(word), self.lower(preposition));
            self.objects(preposition, slot, out);
        }
    }

    fn objects(&self, preposition: usize, slot: Option<Slot>, out: &mut Vec<Filler>) {
        let Some(slot) = slot else { return };
        // "the work of the guerrillas or **of** the army"
        let again = self.text.children_by(preposition, &[Dep::Conj]);
        let again = again.filter(|p| self.lower(*p) == self.lower(preposition));
        for preposition in again.chain([preposition]) {
            for object in self.text.children_by(preposition, &[Dep::Pobj, Dep::Pcomp]) {
                out.push(Filler { slot, token: self.resolve_relative(object) });
            }
        }
    }

    /// Every token that stands in a slot of a noun phrase.
    pub(in crate::extraction) fn noun_fillers(&self, noun: usize, out: &mut Vec<Filler>) {
        for child in self.text.children(noun) {
            match self.dep(child) {
                Dep::Poss => {
                    let token = self.resolve_relative(child);
                    out.push(Filler { slot: Slot::Possessive, token });
                }
                // "Letter bombs and the war - minister": a dash in a headline parts two phrases.
                Dep::Compound | Dep::Amod | Dep::Nmod | Dep::NpAdvmod
                    if !self.is_verb(child)
                        && !self.is_dashed(child, noun)
                        && !self.frames.lists.distances.contains(self.lemma(child)) =>
                {
                    out.push(Filler { slot: Slot::Compound, token: child });
                }
                Dep::Prep | Dep::Agent => {
                    self.preposition(child, out);
                }
                Dep::NpAdvmod if self.frames.lists.distances.contains(self.lemma(child)) => {
                    self.phrase_fillers(child, out);
                }
                Dep::Appos => out.push(Filler { slot: Slot::Holder, token: child }),
                Dep::Acl if self.text.tokens[child].tag == "VB" => {
                    out.push(Filler { slot: Slot::Complement, token: child });
                }
                _ => {}
            }
        }
        self.phrase_behind_time(noun, out);
        self.stray_doer(noun, out);
        out.push(Filler { slot: Slot::Itself, token: noun });
        let Some(head) = self.text.head(noun) else { return };
        // "one officer, **two members of the army** and a farmer": others, not the officer.
        let counted = |t: usize| self.text.children_by(t, &[Dep::NumMod]).any(|n| n < t);
        if self.dep(noun) == Dep::Appos && counted(noun) && counted(head) {
            return;
        }
        match self.dep(noun) {
            Dep::Appos | Dep::Compound | Dep::Nmod => {
                out.push(Filler { slot: Slot::Holder, token: head });
                // "Hezbollah leader Naim Qassem": what goes with the noun may hang on the name.
                for child in self.text.children(head).filter(|c| *c < noun) {
                    match self.dep(child) {
                        Dep::Compound | Dep::Nmod | Dep::Amod => {
                            out.push(Filler { slot: Slot::Compound, token: child });
                        }
                        Dep::Poss => out.push(Filler { slot: Slot::Possessive, token: child }),
                        _ => {}
                    }
                }
                // "Inspector Ann Lee **of Scotland Yard**": so may what follows the name.
                let titled = self.dep(noun) == Dep::Compound
                    && self.text.tokens[head].tag == "NNP"
                    && self.heads.is_somebody(head);
                let mut phrases = self.text.children_by(head, &[Dep::Prep]);
                if let Some(of) = phrases.find(|p| titled && self.lower(*p) == "of") {
                    self.preposition(of, out);
                }
            }
            Dep::Attr | Dep::Oprd => {
                if let Some(subject) = self.surface_subject(head) {
                    out.push(Filler { slot: Slot::Holder, token: subject });
                }
            }
            // "The leader of the group is X": a name says who it is, a description what he is like.
            Dep::Nsubj if self.lemma(head) == "be" => {
                for who in self.text.children_by(head, &[Dep::Attr]) {
                    if who > head && self.is_noun(who) {
                        out.push(Filler { slot: Slot::Holder, token: who });
                    }
                }
            }
            // "as leader of the group, X ..."; "X served as leader".
            Dep::Pobj if self.lower(head) == "as" => {
                let governor = self.text.head(head);
                let holder = governor.and_then(|g| {
                    let object = self.child(g, &[Dep::Dobj]).filter(|_| self.is_verb(g));
                    object.or_else(|| self.surface_subject(g))
                });
                if let Some(holder) = holder {
                    out.push(Filler { slot: Slot::Holder, token: holder });
                }
            }
            _ => {}
        }
    }

    /// Phrases that the parser hangs on a noun inside the phrase though they go with its head:
    /// "the expulsion of four diplomats **by Norway**", "the arrest of two men **in Derby**".
    pub(in crate::extraction) fn nested_phrases(&self, noun: usize, out: &mut Vec<Filler>) {
        for preposition in self.text.children_by(noun, &[Dep::Prep, Dep::Agent]) {
            for object in self.text.children_by(preposition, &[Dep::Pobj]) {
                // "the murder in Lima of a journalist": a city has no murderers or victims.
                let in_place = matches!(self.lower(preposition).as_str(), "in" | "at" | "near")
                    && self.text.tokens[object].tag.starts_with("NNP");
                for inner in self.text.children_by(object, &[Dep::Prep, Dep::Agent]) {
                    let name = self.lower(inner).as_str();
                    if in_place && name == "of"
                        || matches!(name, "by" | "against" | "on" | "in" | "at" | "near" | "with")
                    {
                        self.preposition(inner, out);
                    }
                }
            }
        }
    }
}
