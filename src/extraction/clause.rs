//! The dependency tree read as active clauses: which token stands in which slot of a verb or of
//! a noun, whatever the voice or the construction. Knows no mention and no frame, only slots.
//!
//! Arcs are those of the CLEAR style (Choi and Palmer 2012).

use smol_str::SmolStr;

use crate::pack::{FrameSet, Slot, TriggerForm, Yield};
use crate::text::{AnnotatedText, Dep, Pos};

/// A token that stands in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Filler {
    /// The slot.
    pub(super) slot: Slot,
    /// Head of the phrase that stands there.
    pub(super) token: usize,
}

/// How far control, conjunction and relative clauses are followed.
const DEPTH: usize = 8;

/// Reads one text's tree with a pack's slots.
#[derive(Clone, Copy)]
pub(super) struct Clauses<'a, 't> {
    pub(super) text: &'a AnnotatedText<'t>,
    pub(super) frames: &'a FrameSet,
}

impl Clauses<'_, '_> {
    pub(super) fn dep(&self, token: usize) -> Dep {
        self.text.tokens[token].dep
    }

    pub(super) fn lemma(&self, token: usize) -> &SmolStr {
        &self.text.tokens[token].lemma
    }

    pub(super) fn lower(&self, token: usize) -> &SmolStr {
        &self.text.tokens[token].lower
    }

    pub(super) fn is_verb(&self, token: usize) -> bool {
        let token = &self.text.tokens[token];
        token.tag.starts_with("VB") || matches!(token.pos, Pos::Verb | Pos::Aux)
    }

    pub(super) fn is_noun(&self, token: usize) -> bool {
        self.text.tokens[token].tag.starts_with("NN")
    }

    /// Whether a noun tells of an incident of its own.
    pub(super) fn is_event_noun(&self, token: usize) -> bool {
        self.is_noun(token)
            && self.frames.triggers(self.lemma(token)).iter().any(|trigger| {
                trigger.form == TriggerForm::Noun
                    && trigger.words.is_empty()
                    && matches!(self.frames.frames[trigger.owner].yields, Yield::Incident(_))
            })
    }

    fn child(&self, token: usize, deps: &[Dep]) -> Option<usize> {
        self.text.children(token).find(|child| deps.contains(&self.dep(*child)))
    }

    /// Whether a verb is passive: by its auxiliary, its subject, its agent, or as a reduced
    /// clause or headline that stands without an auxiliary.
    pub(super) fn is_passive(&self, verb: usize) -> bool {
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

    /// A bare form without subject and auxiliary tells somebody to do it: "kick them out".
    pub(super) fn is_imperative(&self, verb: usize) -> bool {
        let told_to = matches!(self.dep(verb), Dep::Root | Dep::Pcomp | Dep::Pobj | Dep::Dep);
        self.text.tokens[verb].tag == "VB"
            && told_to
            && self.child(verb, &[Dep::Aux, Dep::AuxPass, Dep::Nsubj, Dep::NsubjPass]).is_none()
    }

    /// Whether a noun phrase stands for nobody: "no group", "none of the men".
    pub(super) fn is_none(&self, noun: usize) -> bool {
        let none = &self.frames.lists.none;
        none.contains(self.lower(noun))
            || self
                .text
                .children_by(noun, &[Dep::Det, Dep::Neg, Dep::Preconj, Dep::Cc])
                .filter(|c| *c < noun)
                .any(|c| none.contains(self.lower(c)))
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
            Dep::Root => tag == "VBN" && bare && objectless,
            _ => false,
        }
    }

    /// The noun that a relative pronoun stands for; any other token stands for itself.
    pub(super) fn resolve_relative(&self, token: usize) -> usize {
        let relative = matches!(self.text.tokens[token].tag.as_str(), "WDT" | "WP")
            || (self.lower(token) == "that" && self.is_clause_pronoun(token));
        if !relative {
            return token;
        }
        let clause = self.text.ancestry(token).take(DEPTH).find(|t| self.dep(*t) == Dep::Relcl);
        clause.and_then(|clause| self.text.head(clause)).unwrap_or(token)
    }

    fn is_clause_pronoun(&self, token: usize) -> bool {
        matches!(self.dep(token), Dep::Nsubj | Dep::NsubjPass | Dep::Dobj | Dep::Pobj)
    }

    /// The grammatical subject of a verb, its own or the one that it shares or is controlled by.
    pub(super) fn surface_subject(&self, verb: usize) -> Option<usize> {
        self.surface_subject_within(verb, DEPTH)
    }

    fn surface_subject_within(&self, verb: usize, depth: usize) -> Option<usize> {
        let own = [Dep::Nsubj, Dep::NsubjPass, Dep::Csubj];
        if let Some(subject) = self.child(verb, &own) {
            return Some(self.resolve_relative(subject));
        }
        if depth == 0 {
            return None;
        }
        let head = self.text.head(verb)?;
        match self.dep(verb) {
            Dep::Conj => self.surface_subject_within(head, depth - 1),
            Dep::Xcomp | Dep::Advcl | Dep::Ccomp | Dep::Pcomp => self.controller(head, depth - 1),
            Dep::Acl => match self.text.tokens[verb].tag.as_str() {
                "VB" => self.noun_subject(head, depth - 1),
                _ => Some(head),
            },
            Dep::Amod => Some(head),
            _ => None,
        }
    }

    /// Who does what an infinitive or participle under `governor` tells.
    fn controller(&self, governor: usize, depth: usize) -> Option<usize> {
        if self.is_verb(governor) {
            if self.frames.lists.object_control.contains(self.lemma(governor)) {
                let object = self.child(governor, &[Dep::Dobj, Dep::Dative, Dep::NsubjPass]);
                if let Some(object) = object {
                    return Some(self.resolve_relative(object));
                }
            }
            return self.surface_subject_within(governor, depth);
        }
        if self.is_noun(governor) {
            return self.noun_subject(governor, depth);
        }
        // A preposition or an adjective passes on to what it hangs on: "responsible for killing".
        let head = self.text.head(governor)?;
        if depth == 0 { None } else { self.controller(head, depth - 1) }
    }

    /// Who has the plan, the order or the wish that a noun names: "**their** plan to kill",
    /// "**they** hatched a plot to".
    fn noun_subject(&self, noun: usize, depth: usize) -> Option<usize> {
        if let Some(owner) = self.child(noun, &[Dep::Poss]) {
            return Some(owner);
        }
        for preposition in self.text.children_by(noun, &[Dep::Prep, Dep::Agent]) {
            if matches!(self.lower(preposition).as_str(), "by" | "of" | "from")
                && let Some(object) = self.child(preposition, &[Dep::Pobj])
            {
                return Some(object);
            }
        }
        if depth == 0 {
            return None;
        }
        let head = self.text.head(noun)?;
        match self.dep(noun) {
            // "accused the guerrillas of kidnapping": the phrase hangs on the object.
            Dep::Dobj | Dep::NsubjPass
                if self.frames.lists.object_control.contains(self.lemma(head)) =>
            {
                Some(noun)
            }
            Dep::Dobj if self.frames.lists.plan_verbs.contains(self.lemma(head)) => {
                self.surface_subject_within(head, depth - 1)
            }
            Dep::Conj => self.controller(head, depth - 1),
            // "jailed for an attempt to join", not "warned of attempts to acquire".
            Dep::Pobj => {
                let above = self.text.head(head)?;
                let lists = &self.frames.lists;
                let passes = !self.is_verb(above)
                    || lists.object_control.contains(self.lemma(above))
                    || lists.plan_verbs.contains(self.lemma(above));
                if passes { self.controller(above, depth - 1) } else { None }
            }
            _ => None,
        }
    }

    /// Every token that stands in a slot of a verb, in terms of the active clause.
    pub(super) fn verb_fillers(&self, verb: usize, out: &mut Vec<Filler>) {
        let passive = self.is_passive(verb);
        let subject_slot = if passive { Slot::Object } else { Slot::Subject };
        let first = out.len();
        let mut relative = false;
        for child in self.text.children(verb) {
            let resolved = self.resolve_relative(child);
            relative |= resolved != child || self.text.tokens[child].tag.starts_with('W');
            match self.dep(child) {
                Dep::Nsubj | Dep::Csubj => out.push(Filler { slot: subject_slot, token: resolved }),
                Dep::NsubjPass | Dep::CsubjPass => {
                    out.push(Filler { slot: Slot::Object, token: resolved });
                }
                Dep::Dobj => {
                    out.push(Filler { slot: Slot::Object, token: resolved });
                    self.phrases(child, out);
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
                Dep::Prep | Dep::Dative | Dep::Advmod | Dep::Prt => {
                    relative |= self.preposition(child, out);
                }
                // "left ten people dead": the people are what is left.
                Dep::Ccomp if !self.is_verb(child) => {
                    for subject in self.text.children_by(child, &[Dep::Nsubj]) {
                        out.push(Filler { slot: Slot::Object, token: subject });
                    }
                }
                // "travelled to Syria to join": the purpose completes the verb.
                Dep::Advcl if self.text.tokens[child].tag == "VB" => {
                    out.push(Filler { slot: Slot::Complement, token: child });
                }
                Dep::NpAdvmod if self.is_hyphenated(child, verb) => {
                    out.push(Filler { slot: Slot::Subject, token: child });
                }
                _ => {}
            }
        }
        self.implied(verb, passive, relative, first, out);
    }

    /// `Iran` in "Iran-backed": joined to the participle by a hyphen.
    fn is_hyphenated(&self, token: usize, verb: usize) -> bool {
        verb == token + 2 && self.text.tokens[token + 1].tag == "HYPH"
            || verb == token + 2 && self.text.surface(token + 1) == "-"
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
                out.push(Filler { slot: Slot::Object, token: head });
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
        // "attacked and burned the village": the object stands after the last verb.
        if !passive && !has(Slot::Object, out) {
            let last = self.text.children_by(verb, &[Dep::Conj]).next().filter(|c| {
                self.is_verb(*c) && self.child(*c, &[Dep::Nsubj, Dep::NsubjPass]).is_none()
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
    pub(super) fn preposition(&self, preposition: usize, out: &mut Vec<Filler>) -> bool {
        let name = self.lower(preposition);
        let slot = self.frames.slots.preposition(name);
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
                Dep::Prep => {
                    relative |= self.preposition(child, out);
                }
                _ => {}
            }
        }
        relative
    }

    /// The prepositional phrases of a noun: "a bus **in Lagos**".
    pub(super) fn phrase_fillers(&self, word: usize, out: &mut Vec<Filler>) {
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
        for object in self.text.children_by(preposition, &[Dep::Pobj, Dep::Pcomp]) {
            out.push(Filler { slot, token: self.resolve_relative(object) });
        }
    }

    /// Every token that stands in a slot of a noun phrase.
    pub(super) fn noun_fillers(&self, noun: usize, out: &mut Vec<Filler>) {
        for child in self.text.children(noun) {
            match self.dep(child) {
                Dep::Poss => out.push(Filler { slot: Slot::Possessive, token: child }),
                Dep::Compound | Dep::Amod | Dep::Nmod | Dep::NpAdvmod if !self.is_verb(child) => {
                    out.push(Filler { slot: Slot::Compound, token: child });
                }
                Dep::Prep | Dep::Agent => {
                    self.preposition(child, out);
                }
                Dep::Appos => out.push(Filler { slot: Slot::Holder, token: child }),
                Dep::Acl if self.text.tokens[child].tag == "VB" => {
                    out.push(Filler { slot: Slot::Complement, token: child });
                }
                _ => {}
            }
        }
        out.push(Filler { slot: Slot::Itself, token: noun });
        let Some(head) = self.text.head(noun) else { return };
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
            }
            Dep::Attr | Dep::Oprd => {
                if let Some(subject) = self.surface_subject(head) {
                    out.push(Filler { slot: Slot::Holder, token: subject });
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
    pub(super) fn nested_phrases(&self, noun: usize, out: &mut Vec<Filler>) {
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

    /// The noun with the nouns that it passes through upwards: "series" and "attempts" in "a
    /// series of attempts", "plot" in "murder plot"; the noun itself first.
    pub(super) fn noun_cluster(&self, noun: usize) -> Vec<usize> {
        let mut cluster = vec![noun];
        let mut top = noun;
        for _ in 0..DEPTH {
            let Some(head) = self.text.head(top) else { break };
            let next = match self.dep(top) {
                Dep::Pobj if matches!(self.lower(head).as_str(), "of" | "at" | "for") => {
                    let lists = &self.frames.lists;
                    let of = self.lower(head) == "of";
                    self.text.head(head).filter(|above| {
                        let lemma = self.lemma(*above);
                        lists.eventive.contains(lemma) || (of && lists.partitive.contains(lemma))
                    })
                }
                Dep::Compound | Dep::Nmod | Dep::Amod => {
                    Some(head).filter(|h| self.frames.lists.eventive.contains(self.lemma(*h)))
                }
                _ => None,
            };
            match next {
                Some(above) if !cluster.contains(&above) => {
                    cluster.push(above);
                    top = above;
                }
                _ => break,
            }
        }
        cluster
    }

    /// The verb on which a noun phrase hangs, through coordination, prepositions and adjectives.
    pub(super) fn governing_verb(&self, noun: usize) -> Option<usize> {
        let mut at = noun;
        for _ in 0..DEPTH {
            let head = self.text.head(at)?;
            if self.is_verb(head) {
                return Some(head);
            }
            match self.dep(at) {
                Dep::Conj | Dep::Pobj | Dep::Prep | Dep::Agent | Dep::Acomp | Dep::Appos => {
                    at = head
                }
                _ => return None,
            }
        }
        None
    }

    /// The verb on whose object a noun hangs by a preposition: "**blamed** the rebels of the ELN
    /// for the murder".
    pub(super) fn verb_over_object(&self, noun: usize) -> Option<usize> {
        let preposition = self.text.head(self.first_conjunct(noun))?;
        let object = self.text.head(preposition).filter(|_| self.dep(preposition) == Dep::Prep)?;
        let verb = self.text.head(object)?;
        let object = matches!(self.dep(object), Dep::Dobj | Dep::NsubjPass | Dep::Oprd);
        (object && self.is_verb(verb)).then_some(verb)
    }

    /// The first noun of the coordination that a noun is in.
    pub(super) fn first_conjunct(&self, noun: usize) -> usize {
        let mut at = noun;
        for _ in 0..DEPTH {
            match self.text.head(at) {
                Some(head) if self.dep(at) == Dep::Conj && !self.is_verb(head) => at = head,
                _ => break,
            }
        }
        at
    }
}
