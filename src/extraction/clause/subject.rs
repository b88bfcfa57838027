//! Who does what a verb tells: its own subject, the one that it shares, or the one that controls
//! it.

use crate::text::Dep;

use super::{Clauses, DEPTH};

impl Clauses<'_, '_> {
    /// The grammatical subject of a verb, its own or the one that it shares or is controlled by.
    pub(in crate::extraction) fn surface_subject(&self, verb: usize) -> Option<usize> {
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
        // "Armed men raided a village, the governor said": a finite verb that is said has its own
        // subject, found by the parser or not.
        let finite = matches!(self.text.tokens[verb].tag.as_str(), "VBD" | "VBZ" | "VBP");
        if finite && self.dep(verb) == Dep::Ccomp && verb < head {
            return None;
        }
        match self.dep(verb) {
            // "Rebels entered the village, **gathered** the people and shot them."
            Dep::Dep if self.is_verb(head) && self.text.tokens[verb].tag == "VBD" => {
                self.surface_subject_within(head, depth - 1)
            }
            // "Gunmen on a motorcycle shot and **killed**", read as a phrase and a verb
            Dep::Conj if self.is_noun(head) && self.dep(head) == Dep::Root => Some(head),
            Dep::Conj => self.surface_subject_within(head, depth - 1),
            Dep::Xcomp | Dep::Advcl | Dep::Ccomp | Dep::Pcomp => self.controller(head, depth - 1),
            // "found guilty of **spying**": a gerund that the parser takes for a noun.
            Dep::Pobj if self.text.tokens[verb].tag == "VBG" => self.controller(head, depth - 1),
            Dep::Acl => match self.text.tokens[verb].tag.as_str() {
                "VB" => self.noun_subject(head, depth - 1),
                _ => Some(self.accused_at(head)),
            },
            Dep::Amod => Some(head),
            // "was found not guilty of one, but **convicted** of the other"
            Dep::Oprd | Dep::Acomp if self.is_verb(head) => {
                self.surface_subject_within(head, depth - 1)
            }
            _ => None,
        }
    }

    /// "**France and Poland** said they would expel": what "they" in the clause of a verb of saying
    /// stands for, where several are its subject; any other token stands for itself.
    pub(super) fn coordinated_subject(&self, verb: usize, token: usize) -> usize {
        if self.dep(token) != Dep::Nsubj
            || self.dep(verb) != Dep::Ccomp
            || self.lower(token) != "they"
        {
            return token;
        }
        let said = self.text.head(verb).filter(|v| self.is_verb(*v));
        let subject = said.and_then(|v| self.child(v, &[Dep::Nsubj])).filter(|s| *s < token);
        let row = subject.filter(|s| self.child(*s, &[Dep::Conj]).is_some());
        row.unwrap_or(token)
    }

    /// Whom a participle after a noun tells of: the noun, or who stands before a court: "**five
    /// men** appeared in court charged with".
    pub(super) fn accused_at(&self, noun: usize) -> usize {
        let lists = &self.frames.lists;
        if self.dep(noun) != Dep::Pobj || !lists.courts.contains(self.lemma(noun)) {
            return noun;
        }
        let verb = self.text.head(noun).and_then(|preposition| self.text.head(preposition));
        let subject = verb.filter(|v| self.is_verb(*v)).and_then(|v| self.surface_subject(v));
        subject.unwrap_or(noun)
    }

    /// Who does what an infinitive or participle under `governor` tells.
    fn controller(&self, governor: usize, depth: usize) -> Option<usize> {
        if self.is_verb(governor) {
            // "foiled a plot by two men **to bomb** a train": the plot's purpose, whatever the
            // parser hangs it on, and not that of those who foiled it.
            let plot = self.child(governor, &[Dep::Dobj, Dep::NsubjPass]).filter(|o| {
                self.frames.lists.eventive.contains(self.lemma(*o))
                    && !self.frames.lists.plan_verbs.contains(self.lemma(governor))
            });
            if let Some(plot) = plot {
                let by = self.text.children_by(governor, &[Dep::Prep, Dep::Agent]);
                let by = by.filter(|p| *p > plot && self.lower(*p) == "by");
                let mut planner = by.filter(|_| !self.is_passive(governor));
                return self
                    .noun_subject(plot, depth)
                    .or_else(|| planner.find_map(|p| self.child(p, &[Dep::Pobj])));
            }
            // "imposed sanctions **on two firms** for attacking": those on whom they are.
            if let Some(penalised) = self.penalised(governor) {
                return Some(penalised);
            }
            if self.frames.lists.object_control.contains(self.lemma(governor)) {
                let object = self.child(governor, &[Dep::Dobj, Dep::Dative, Dep::NsubjPass]);
                let object = object.map(|object| self.resolve_relative(object));
                if let Some(object) = object.filter(|object| !self.is_lifeless(*object)) {
                    return Some(object);
                }
            }
            let subject = self.surface_subject_within(governor, depth)?;
            // "The plan **prepared by the colonel** was to kidnap": not the plan does it.
            let plan = self.lemma(governor) == "be"
                && self.frames.lists.eventive.contains(self.lemma(subject));
            return if plan { self.noun_subject(subject, depth) } else { Some(subject) };
        }
        if self.is_noun(governor) {
            return self.noun_subject(governor, depth);
        }
        // A preposition or an adjective passes on to what it hangs on: "responsible for killing".
        // "found **her** guilty of spying": of whom the adjective is said.
        if let Some(subject) = self.child(governor, &[Dep::Nsubj]) {
            return Some(self.resolve_relative(subject));
        }
        let head = self.text.head(governor)?;
        if depth == 0 {
            return None;
        }
        // "created a diversion **by** burning cars": how the verb was done, hung on its object.
        let done = self.lower(governor) == "by"
            && self.dep(head) == Dep::Dobj
            && self.is_noun(head)
            && !self.is_event_noun(head);
        let verb = self.text.head(head).filter(|verb| done && self.is_verb(*verb));
        self.controller(verb.unwrap_or(head), depth - 1)
    }

    /// "used a lorry to attack": a thing does nothing by itself, a country named may.
    fn is_lifeless(&self, object: usize) -> bool {
        self.heads.is_thing(object) && matches!(self.text.tokens[object].tag.as_str(), "NN" | "NNS")
    }

    /// With what a deed is done whose verb completes another: "used **dynamite** to blow up", "the
    /// **lorry** used to ram".
    pub(super) fn means(&self, verb: usize) -> Option<usize> {
        let completes = matches!(self.dep(verb), Dep::Xcomp | Dep::Advcl);
        let over = self.text.head(verb).filter(|over| {
            completes
                && self.text.tokens[verb].tag == "VB"
                && self.frames.lists.wielding.contains(self.lemma(*over))
        })?;
        let of_participle = || self.text.head(over).filter(|_| self.dep(over) == Dep::Acl);
        let means = self.child(over, &[Dep::Dobj, Dep::NsubjPass]).or_else(of_participle)?;
        Some(self.resolve_relative(means)).filter(|means| self.is_lifeless(*means))
    }

    /// On whom a verb lays a penalty: "announced sanctions **on a bank**".
    fn penalised(&self, verb: usize) -> Option<usize> {
        let penalty = self.child(verb, &[Dep::Dobj, Dep::NsubjPass])?;
        if !self.frames.lists.penalties.contains(self.lemma(penalty)) {
            return None;
        }
        self.laid_on(penalty).or_else(|| self.laid_on(verb))
    }

    /// What stands behind "on" or "against" in a phrase of a word.
    fn laid_on(&self, word: usize) -> Option<usize> {
        let mut phrases = self.text.children_by(word, &[Dep::Prep]);
        let on = phrases.find(|p| matches!(self.lower(*p).as_str(), "on" | "upon" | "against"))?;
        self.child(on, &[Dep::Pobj])
    }

    /// Who has the plan, the order or the wish that a noun names: "**their** plan to kill",
    /// "**they** hatched a plot to".
    fn noun_subject(&self, noun: usize, depth: usize) -> Option<usize> {
        // "sanctions **on a unit** for poisoning": the phrase may hang on either noun.
        let penalties = &self.frames.lists.penalties;
        if penalties.contains(self.lemma(noun)) {
            return self.laid_on(noun);
        }
        let over = self.text.head(noun).filter(|_| self.dep(noun) == Dep::Pobj);
        let penalised = over.and_then(|on| self.text.head(on)).is_some_and(|penalty| {
            penalties.contains(self.lemma(penalty)) && self.laid_on(penalty) == Some(noun)
        });
        if penalised {
            return Some(noun);
        }
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
        // "a plot **hatched by** two officers"
        for made in self.text.children_by(noun, &[Dep::Acl]) {
            if self.frames.lists.plan_verbs.contains(self.lemma(made))
                && let Some(by) = self.child(made, &[Dep::Agent])
                && let Some(object) = self.child(by, &[Dep::Pobj])
            {
                return Some(object);
            }
        }
        if depth == 0 {
            return None;
        }
        let head = self.text.head(noun)?;
        if self.frames.lists.proceedings.contains(self.lemma(noun)) {
            return self.defendant(noun);
        }
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
            // "jailed for an attempt to join", not "warned of attempts to acquire", nor "told of a
            // plan to kill".
            Dep::Pobj => {
                let above = self.text.head(head)?;
                let lists = &self.frames.lists;
                let passes = !self.is_verb(above)
                    || lists.accusing.contains(self.lemma(above))
                    || lists.plan_verbs.contains(self.lemma(above));
                if passes { self.controller(above, depth - 1) } else { None }
            }
            _ => None,
        }
    }

    /// Against whom a trial or a charge goes: "**he** is on trial for killing", "**she** faces
    /// charges of spying", "brought charges against **him**".
    fn defendant(&self, proceeding: usize) -> Option<usize> {
        let against = self
            .text
            .children_by(proceeding, &[Dep::Prep])
            .filter(|p| self.lower(*p) == "against")
            .find_map(|p| self.child(p, &[Dep::Pobj]));
        if against.is_some() {
            return against;
        }
        let over = self.text.head(proceeding)?;
        let verb = match self.dep(proceeding) {
            Dep::Pobj => self.text.head(over)?,
            Dep::Dobj => over,
            _ => return None,
        };
        if !self.is_verb(verb) {
            return None;
        }
        // "arrested him on charges of", but "he faces charges of".
        let object = self.child(verb, &[Dep::Dobj, Dep::NsubjPass]).filter(|o| *o != proceeding);
        object.or_else(|| self.surface_subject(verb))
    }

    /// The noun that a relative pronoun stands for; any other token stands for itself.
    pub(in crate::extraction) fn resolve_relative(&self, token: usize) -> usize {
        let relative = matches!(self.text.tokens[token].tag.as_str(), "WDT" | "WP" | "WP$")
            || (self.lower(token) == "that" && self.is_clause_pronoun(token));
        if !relative {
            return token;
        }
        let clause = self.text.ancestry(token).take(DEPTH).find(|t| self.dep(*t) == Dep::Relcl);
        let Some(mut noun) = clause.and_then(|clause| self.text.head(clause)) else { return token };
        // "four men on two motorcycles, **who** fled": not the motorcycles.
        let personal = matches!(self.lower(token).as_str(), "who" | "whom");
        while personal && self.heads.is_thing(noun) {
            let over = self.text.head(noun).filter(|_| self.dep(noun) == Dep::Pobj);
            let Some(above) = over.and_then(|p| self.text.head(p)).filter(|n| self.is_noun(*n))
            else {
                break;
            };
            noun = above;
        }
        noun
    }

    fn is_clause_pronoun(&self, token: usize) -> bool {
        matches!(self.dep(token), Dep::Nsubj | Dep::NsubjPass | Dep::Dobj | Dep::Pobj)
    }
}
