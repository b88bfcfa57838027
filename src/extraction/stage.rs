//! Did it happen? The words around an event that tell, read up the tree from its trigger.
//!
//! The reading starts at the trigger and climbs from what is governed to what governs it:
//! "accused of *plotting* to **murder**", "the *attempt* to **bomb** ... was *foiled*". Words that
//! govern further out count over those further in where they end the matter (what was plotted
//! and then foiled was foiled), else the nearest counts.

use crate::attribution::Attributions;
use crate::ontology::Stage;
use crate::pack::StageLexicon;
use crate::text::{AnnotatedText, Dep, Pos};

/// Whether an event happened, as its sentence tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StageReading {
    /// The stage; [`Stage::Threatened`] for what merely may happen.
    pub stage: Stage,
    /// Whether it is said not to have happened, to be or be planned.
    pub denied: bool,
    /// Whether it is told as a possibility, a condition or a habit, not as one event.
    pub hypothetical: bool,
    /// Whether it stands in a question.
    pub question: bool,
    /// The word that decided, if any did.
    pub cue: Option<u32>,
}

/// How many steps up the tree are read.
const STEPS: usize = 12;

/// Reads the stage of the event that the token `trigger` tells of. Takes time bounded by the words
/// of its sentence; a token that does not exist has occurred.
#[must_use]
pub fn stage_of(
    text: &AnnotatedText<'_>,
    trigger: usize,
    attributions: &Attributions,
    lexicon: &StageLexicon,
) -> StageReading {
    if trigger >= text.tokens.len() {
        return StageReading::default();
    }
    let mut climb =
        Climb { text, lexicon, stage: None, possible: None, read: StageReading::default() };
    climb.read.question = is_question(text, trigger);
    climb.start(trigger);
    let mut node = trigger;
    for _ in 0..STEPS {
        match climb.step(node) {
            Some(next) if next != node => node = next,
            _ => break,
        }
    }
    climb.finish(trigger, attributions)
}

fn is_question(text: &AnnotatedText<'_>, token: usize) -> bool {
    let Some(sentence) = text.sentences.get(text.sentence_of(token)) else { return false };
    let mut last = sentence.tokens.range().rev().map(|t| text.surface(t));
    last.by_ref()
        .take(4)
        .find(|s| !s.trim().is_empty() && !matches!(*s, "\"" | "'" | "\u{201d}" | "\u{2019}" | ")"))
        == Some("?")
}

struct Climb<'a, 't> {
    text: &'a AnnotatedText<'t>,
    lexicon: &'a StageLexicon,
    stage: Option<(Stage, usize)>,
    /// A modal: what it makes of the event is known at the end.
    possible: Option<Possibility>,
    read: StageReading,
}

#[derive(Clone, Copy)]
struct Possibility {
    cue: usize,
    /// `will`, not `could`.
    future: bool,
    /// `may have attacked`: perhaps it did.
    perhaps_did: bool,
}

impl Climb<'_, '_> {
    fn lemma(&self, token: usize) -> &str {
        self.text.tokens[token].lemma.as_str()
    }

    fn lower(&self, token: usize) -> &str {
        self.text.tokens[token].lower.as_str()
    }

    fn is_verb(&self, token: usize) -> bool {
        matches!(self.text.tokens[token].pos, Pos::Verb | Pos::Aux)
    }

    fn is_infinitive(&self, verb: usize) -> bool {
        self.text.children_by(verb, &[Dep::Aux]).any(|a| self.lower(a) == "to")
    }

    fn is_definite(&self, noun: usize) -> bool {
        self.text.children(noun).any(|c| {
            matches!(self.lower(c), "the" | "this" | "that" | "those" | "these")
                || self.text.tokens[c].dep == Dep::Poss
        })
    }

    /// A governor's word on the stage, from the inside out.
    fn govern(&mut self, stage: Stage, cue: usize) {
        use Stage::{Attempted, Foiled, Occurred, Ongoing, Planned, Threatened};
        self.stage = Some(match (self.stage.map(|s| s.0), stage) {
            (None | Some(Occurred | Ongoing), stage) => (stage, cue),
            (Some(_), Foiled) => (Foiled, cue),
            (Some(Attempted), Planned | Threatened) => (stage, cue),
            (Some(_), _) => return,
        });
    }

    /// What the trigger's own words say.
    fn start(&mut self, trigger: usize) {
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

    /// The words on a noun: "the planned attack", "no attack", "an attack foiled by police".
    fn noun(&mut self, noun: usize) {
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

    fn negation(&self, verb: usize) -> Option<usize> {
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

    fn modal(&self, verb: usize) -> Option<Possibility> {
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

    /// The words on a verb that is the event or carries it.
    fn clause(&mut self, verb: usize) {
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
                // "Should they attack, ...", "if" hung on the verb as an auxiliary.
                _ => {}
            }
        }
        if self.stage.is_none() && self.is_in_progress(verb) {
            self.stage = Some((Stage::Ongoing, verb));
        }
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

    /// One step up from `node`; `None` where the climb ends.
    fn step(&mut self, node: usize) -> Option<usize> {
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
            Dep::Ccomp => self.said(head),
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

    /// "murder plot", "bomb threat".
    fn modifier(&mut self, node: usize, head: usize) -> Option<usize> {
        if self.is_verb(node) && self.text.tokens[node].tag == "VBN" {
            return None;
        }
        let stage = *self.lexicon.compounds.get(self.lemma(head))?;
        self.govern(stage, head);
        self.noun(head);
        Some(head)
    }

    /// "tried to kill", "continued shelling".
    fn infinitive(&mut self, node: usize, head: usize) -> Option<usize> {
        let lemma = self.lemma(head);
        if self.lexicon.negative_verbs.contains(lemma) {
            self.read.denied = true;
            self.read.cue = Some(head as u32);
            return None;
        }
        let planned = self.lexicon.progressive.contains(lemma)
            && self.text.tokens[head].tag == "VBG";
        let predicate = self.lexicon.predicates.get(self.lower(head)).copied();
        let stage = match predicate.filter(|_| self.text.tokens[head].pos != Pos::Verb) {
            _ if planned => Some(Stage::Planned),
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
            Some(stage) => self.govern(stage, head),
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

    fn is_foiled(&self) -> bool {
        matches!(self.stage, Some((Stage::Foiled, _)))
    }

    /// Modals and negation on a verb that governs the event.
    fn clause_of_governor(&mut self, verb: usize) {
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

    /// "warned that they would attack": the clause of a verb that fears or vows.
    fn said(&mut self, head: usize) -> Option<usize> {
        let stage = self.lexicon.verbs.get(self.lemma(head)).copied();
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

    /// "foiled the attack", "the attack was planned", "carried out an attack".
    fn object(&mut self, node: usize, head: usize) -> Option<usize> {
        let lemma = self.lemma(head);
        if let Some(stage) = self.lexicon.verbs.get(lemma).copied() {
            if stage == Stage::Foiled {
                return self.foil(node, head);
            }
            // "ordered the assassination", "planned the attack": what is told as known came to
            // pass; "the attacks are intended to" tells their purpose.
            let known = self.is_definite(node) && self.text.tokens[node].dep == Dep::Dobj;
            let by_agent = self.is_definite(node)
                && self.text.children_by(head, &[Dep::Agent]).next().is_some();
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

    fn foil(&mut self, node: usize, verb: usize) -> Option<usize> {
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
    fn subject(&mut self, node: usize, head: usize) -> Option<usize> {
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
        if self.lexicon.occurrence.contains(lemma) {
            self.carried(node, head);
            return Some(head);
        }
        None
    }

    fn preposition(&mut self, node: usize, preposition: usize) -> Option<usize> {
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
        if self.is_verb(head) {
            let stage = self.lexicon.verbs.get(self.lemma(head)).copied();
            // "could be triggered into further attacks"
            if stage.is_none() && matches!(lower.as_str(), "into" | "to") {
                self.possible = self.possible.or(self.modal(head));
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

    /// "a plot to bomb", "weapons to kill".
    fn of_noun(&mut self, node: usize, head: usize) -> Option<usize> {
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
            self.govern(stage, head);
            self.noun(head);
            return Some(head);
        }
        if self.stage.is_none() {
            self.govern(Stage::Planned, node);
        }
        None
    }

    /// "travelled to kill", "if they attack", "..., killing ten".
    fn adverbial(&mut self, node: usize, head: usize) -> Option<usize> {
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
            self.text.children_by(verb, &[Dep::Aux, Dep::Acomp]).any(|a| lexicon.before_modals.contains(self.lower(a)))
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
            Some(particle) => {
                deeds.contains(smol_str::format_smolstr!("{lemma} {}", self.lower(particle)).as_str())
            }
        }
    }

    fn finish(mut self, trigger: usize, attributions: &Attributions) -> StageReading {
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

    /// "We will attack" in somebody's mouth, or what somebody vowed.
    fn threatens_itself(&self, trigger: usize, attributions: &Attributions) -> bool {
        let attribution = attributions.at(trigger);
        let vowed = attribution.verb.is_some_and(|v| {
            self.lexicon.verbs.get(self.lemma(v as usize)) == Some(&Stage::Threatened)
        });
        let we = attribution.quoted
            && self
                .text
                .children_by(trigger, &[Dep::Nsubj])
                .any(|s| matches!(self.lower(s), "we" | "i"));
        vowed || we
    }
}

#[cfg(test)]
#[path = "stage_tests.rs"]
mod tests;
