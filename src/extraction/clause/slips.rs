//! Slips of the parser that are known and can be told from the parse itself, mended in one pass before
//! anything is read from it.

use crate::pack::FrameSet;
use crate::text::{AnnotatedText, Dep, Pos};

use super::{Clauses, DEPTH};
use crate::extraction::phrase_heads::PhraseHeads;

/// An arc as it should be: a token, its head, its label. A root is its own head.
type Arc = (usize, usize, Dep);

/// The text with its slips mended; `None` where there are none.
pub(in crate::extraction) fn mended<'t>(
    text: &AnnotatedText<'t>,
    frames: &FrameSet,
    heads: &PhraseHeads,
) -> Option<AnnotatedText<'t>> {
    let clauses = Clauses { text, frames, heads };
    let mut arcs: Vec<Arc> = Vec::new();
    for token in 0..text.tokens.len() {
        if clauses.is_verb(token) {
            arcs.extend(clauses.subject_astray(token));
        }
        arcs.extend(clauses.preposition_astray(token));
        clauses.object_behind_bound(token, &mut arcs);
        clauses.sources_astray(token, &mut arcs);
        clauses.object_relative(token, &mut arcs);
        clauses.inverted_subject(token, &mut arcs);
        clauses.participle_astray(token, &mut arcs);
        clauses.garden_path(token, &mut arcs);
        clauses.clause_as_object(token, &mut arcs);
        clauses.said_participle(token, &mut arcs);
        clauses.conjunction_astray(token, &mut arcs);
    }
    (!arcs.is_empty()).then(|| text.rehung(&arcs))
}

impl Clauses<'_, '_> {
    /// The subject that the parser has hung elsewhere, for a verb that has none of its own.
    fn subject_astray(&self, verb: usize) -> Option<Arc> {
        if self.child(verb, &[Dep::Nsubj, Dep::NsubjPass, Dep::Csubj]).is_some() {
            return None;
        }
        let subject = self.subject_behind_phrase(verb).or_else(|| {
            let said = self.text.head(verb)?;
            // "Armed men raided a village, the governor said": a finite verb that is said has its own
            // subject, found by the parser or not.
            let stated = self.is_finite(verb) && self.dep(verb) == Dep::Ccomp && verb < said;
            if stated {
                return None;
            }
            self.subject_lent(verb, said).or_else(|| self.subject_before(verb))
        })?;
        let passive = self.child(verb, &[Dep::AuxPass]).is_some();
        Some((subject, verb, if passive { Dep::NsubjPass } else { Dep::Nsubj }))
    }

    fn is_finite(&self, verb: usize) -> bool {
        matches!(self.text.tokens[verb].tag.as_str(), "VBD" | "VBZ" | "VBP")
    }

    /// "In a call to a paper in Lima, **the Front** claimed": the parser takes the subject for one
    /// more of what stands in the phrase before it, though no "and" joins it.
    fn subject_behind_phrase(&self, verb: usize) -> Option<usize> {
        let told = self.is_finite(verb)
            || self
                .text
                .children_by(verb, &[Dep::Aux, Dep::AuxPass])
                .any(|t| t < verb && self.is_finite(t));
        if !told || !matches!(self.dep(verb), Dep::Root | Dep::Ccomp) {
            return None;
        }
        let phrase = self.text.children_by(verb, &[Dep::Prep]).find(|p| *p < verb)?;
        // "On 3 May **Ann Lee**, a judge, was shot": read as the name of a day.
        let named = self.child(phrase, &[Dep::Pobj]).filter(|t| {
            matches!(self.lower(phrase).as_str(), "on" | "in")
                && self.text.tokens[*t].tag.starts_with("NNP")
                && self.heads.is_somebody(*t)
        });
        if named.is_some() {
            return named;
        }
        (phrase + 1..verb).rev().find(|t| {
            let unjoined = self.text.head(*t).is_some_and(|first| {
                let mut words = self.text.children_by(first, &[Dep::Cc]);
                words.all(|and| and > *t)
            });
            self.dep(*t) == Dep::Conj && self.is_noun(*t) && unjoined
                // "As a result of the attack, **a nurse**, 30, was killed"
                || self.dep(*t) == Dep::Appos
                    && self.heads.is_actor(*t)
                    && self.text.head(*t).is_some_and(|first| !self.heads.is_actor(first))
        })
    }

    /// "The report says **two men**, both farmers, were shot": the parser gives the verb of saying
    /// both subjects, and the second stands behind it.
    fn subject_lent(&self, verb: usize, said: usize) -> Option<usize> {
        if self.dep(verb) != Dep::Ccomp || said > verb || !self.is_verb(said) {
            return None;
        }
        let mut subjects = self.text.children_by(said, &[Dep::Nsubj, Dep::NsubjPass]);
        let own = subjects.next().filter(|s| *s < said);
        own.and_then(|_| subjects.find(|s| *s > said && *s < verb))
    }

    /// "They were killed with axes and **their houses** were burned": the noun right before the finite
    /// auxiliary of a verb that has no subject, whatever the parser hangs it on.
    fn subject_before(&self, verb: usize) -> Option<usize> {
        let mut auxiliaries = self.text.children_by(verb, &[Dep::Aux, Dep::AuxPass]);
        let first = auxiliaries.find(|t| *t < verb && self.is_finite(*t))?;
        let noun = first.checked_sub(1)?;
        let row = self.dep(noun) == Dep::Conj && self.dep(verb) == Dep::Conj;
        (row && self.is_noun(noun) && self.text.sentence_of(noun) == self.text.sentence_of(verb))
            .then_some(noun)
    }

    /// "Two men were shot in Lagos, **police and witnesses** said": a row behind a comma and before a
    /// verb of saying that ends the sentence is its subject, whatever the parser hangs it on.
    fn sources_astray(&self, verb: usize, arcs: &mut Vec<Arc>) {
        let text = self.text;
        let says = matches!(text.tokens[verb].tag.as_str(), "VBD" | "VBZ")
            && self.frames.lists.speech.contains(self.lemma(verb))
            && text.tokens.get(verb + 1).is_some_and(|t| t.pos == Pos::Punct);
        let Some(last) = verb.checked_sub(1).filter(|t| says && self.is_noun(*t)) else { return };
        if self.dep(last) != Dep::Conj || text.sentence_of(last) != text.sentence_of(verb) {
            return;
        }
        let Some(first) = text.head(last).filter(|t| *t < last && self.is_noun(*t)) else { return };
        let joined = text.children_by(first, &[Dep::Cc]).any(|and| and > first && and < last);
        let start = text.subtree(first).start as usize;
        let Some(over) = text.head(first).filter(|over| *over < start) else { return };
        let behind_comma = start > 0 && text.surface(start - 1) == ",";
        let astray = matches!(self.dep(first), Dep::Conj | Dep::Appos)
            && text.children_by(over, &[Dep::Cc]).all(|and| and > first)
            && text.subtree(first).end as usize == verb;
        if !joined || !behind_comma || !astray {
            return;
        }
        // "killed and eight others **injured** in Gao, police and witnesses said": the others are
        // whom the participle tells of.
        if let Some(own) = self.child(verb, &[Dep::Nsubj]) {
            let told = text.children_by(own, &[Dep::Acl]).find(|t| text.tokens[*t].tag == "VBN");
            let (Some(told), Some(head)) = (told.filter(|_| own == over), text.head(verb)) else {
                return;
            };
            arcs.extend([(told, head, Dep::Conj), (own, told, Dep::NsubjPass)]);
        }
        arcs.push((first, verb, Dep::Nsubj));
    }

    /// "was **behind** twenty plots": a preposition that the parser takes for a word on the number.
    fn preposition_astray(&self, word: usize) -> impl Iterator<Item = Arc> + use<> {
        let number = self.text.head(word).filter(|_| {
            self.dep(word) == Dep::Advmod
                && self.frames.lists.never_adverbs.contains(self.lower(word))
        });
        let noun = number
            .filter(|n| self.dep(*n) == Dep::NumMod)
            .and_then(|n| self.text.head(n))
            .filter(|noun| matches!(self.dep(*noun), Dep::Attr | Dep::Acomp | Dep::Dobj));
        let verb = noun.and_then(|noun| self.text.head(noun));
        let arcs =
            noun.zip(verb).map(|(noun, verb)| [(word, verb, Dep::Prep), (noun, word, Dep::Pobj)]);
        arcs.into_iter().flatten()
    }

    /// "Police detained on Monday over **40 activists**": the parser takes the word that bounds a number
    /// for a preposition, where a phrase stands between a verb and its object.
    fn object_behind_bound(&self, word: usize, arcs: &mut Vec<Arc>) {
        let lists = &self.frames.lists;
        if self.dep(word) != Dep::Prep || !lists.bounding.contains(self.lower(word)) {
            return;
        }
        let number = self.text.tokens.get(word + 1).is_some_and(|t| t.pos == Pos::Num);
        let Some(verb) = self.text.head(word).filter(|verb| number && self.is_verb(*verb)) else {
            return;
        };
        let lemma = self.lemma(verb);
        let wants = lists.transitive.contains(lemma) || lists.refusing.contains(lemma);
        // "The militia **killed** in one night over 200 farmers": or the verb for a participle.
        let finite = self.text.tokens[verb].tag == "VBD" && self.dep(verb) == Dep::Acl;
        let lent = self.text.head(verb).filter(|noun| {
            let free = !matches!(self.dep(*noun), Dep::Nsubj | Dep::NsubjPass);
            finite && free && noun + 1 == verb
        });
        let active = self.child(verb, &[Dep::AuxPass, Dep::NsubjPass, Dep::Agent]).is_none()
            && (lent.is_some() || self.child(verb, &[Dep::Nsubj]).is_some());
        let bare = self.child(verb, &[Dep::Dobj, Dep::Ccomp, Dep::Xcomp]).is_none();
        let object = self.child(word, &[Dep::Pobj]).filter(|object| {
            self.dep(word + 1) == Dep::NumMod && self.text.head(word + 1) == Some(*object)
        });
        let Some(object) = object.filter(|_| wants && active && bare && verb + 1 < word) else {
            return;
        };
        arcs.extend([(object, verb, Dep::Dobj), (word, word + 1, Dep::Quantmod)]);
        if let Some(subject) = lent {
            let (over, dep) = match self.text.head(subject) {
                Some(over) => (over, self.dep(subject)),
                None => (verb, Dep::Root),
            };
            arcs.extend([(verb, over, dep), (subject, verb, Dep::Nsubj)]);
        }
    }

    /// "Also injured were **two guards**": the parser hangs the subject on the auxiliary.
    fn inverted_subject(&self, auxiliary: usize, arcs: &mut Vec<Arc>) {
        if self.dep(auxiliary) != Dep::AuxPass {
            return;
        }
        let Some(verb) = self.text.head(auxiliary).filter(|verb| *verb < auxiliary) else { return };
        let inverted = [Dep::Nsubj, Dep::NsubjPass, Dep::Attr];
        let subjects = self.text.children_by(auxiliary, &inverted);
        arcs.extend(subjects.map(|subject| (subject, verb, Dep::NsubjPass)));
    }

    /// "asked for the release of the pilot, **kidnapped** on Monday", "attended the funeral of the
    /// nurse, **killed** by rebels": the parser hangs the participle on the noun of an event that is of
    /// somebody, or on the verb that the event belongs to.
    fn participle_astray(&self, participle: usize, arcs: &mut Vec<Arc>) {
        let text = self.text;
        let undergone = self.frames.lists.transitive.contains(self.lemma(participle))
            || self.child(participle, &[Dep::Agent]).is_some();
        if text.tokens[participle].tag != "VBN" || !undergone {
            return;
        }
        let Some(over) = text.head(participle).filter(|over| *over < participle) else { return };
        let whose = match self.dep(participle) {
            Dep::Acl => self.whose_event(over),
            Dep::Advcl if self.child(participle, &[Dep::Mark, Dep::Nsubj]).is_none() => {
                let phrases = text.children_by(over, &[Dep::Prep]);
                let nouns = phrases.flat_map(|phrase| text.children_by(phrase, &[Dep::Pobj]));
                let mut nouns = text.children_by(over, &[Dep::Dobj, Dep::NsubjPass]).chain(nouns);
                nouns.find_map(|noun| {
                    let whose = self.whose_event(noun)?;
                    let end = text.subtree(whose).end as usize;
                    (end + 1 == participle && text.surface(end) == ",").then_some(whose)
                })
            }
            _ => None,
        };
        let whose = whose.filter(|t| *t < participle);
        arcs.extend(whose.map(|whose| (participle, whose, Dep::Acl)));
    }

    /// "the **nurse**" of "the funeral of the nurse": who an event is of.
    fn whose_event(&self, event: usize) -> Option<usize> {
        if self.heads.is_actor(event) || self.heads.is_thing(event) {
            return None;
        }
        let of = self.text.children_by(event, &[Dep::Prep]).find(|p| self.lower(*p) == "of")?;
        self.child(of, &[Dep::Pobj]).filter(|whose| self.heads.is_actor(*whose))
    }

    /// "Hackers **linked** to a bank's rival **stole** millions": the parser takes the participle for the
    /// verb of the sentence, and the verb for a clause under it.
    fn garden_path(&self, participle: usize, arcs: &mut Vec<Arc>) {
        let text = self.text;
        let under = |dep: Dep| matches!(dep, Dep::Root | Dep::Ccomp | Dep::Conj);
        if text.tokens[participle].tag != "VBN"
            || !under(self.dep(participle))
            || self.child(participle, &[Dep::Aux, Dep::AuxPass, Dep::Dobj]).is_some()
        {
            return;
        }
        let subject = self.child(participle, &[Dep::Nsubj, Dep::NsubjPass]);
        let Some(noun) = subject.filter(|noun| *noun < participle && self.is_noun(*noun)) else {
            return;
        };
        let own = [Dep::Nsubj, Dep::NsubjPass, Dep::Expl, Dep::Mark, Dep::Advmod, Dep::Aux];
        let verb = text.children_by(participle, &[Dep::Advcl, Dep::Conj, Dep::Ccomp]).find(|v| {
            *v > participle
                && text.tokens[*v].tag == "VBD"
                && !text.children_by(*v, &own).any(|c| c < *v)
                && (participle..*v).all(|t| text.tokens[t].pos != Pos::Punct || self.is_hyphen(t))
                && self.child(participle, &[Dep::Cc]).is_none()
        });
        let Some(verb) = verb else { return };
        let (over, dep) = match text.head(participle) {
            Some(over) => (over, self.dep(participle)),
            None => (verb, Dep::Root),
        };
        arcs.extend([(verb, over, dep), (noun, verb, Dep::Nsubj), (participle, noun, Dep::Acl)]);
        let last = text.children_by(participle, &[Dep::Punct]).filter(|t| *t > verb);
        arcs.extend(last.map(|mark| (mark, verb, Dep::Punct)));
    }

    /// "The rebels **charged** in Lima that the army killed": the parser takes the verb of saying for a
    /// participle on its subject, and what is said for a clause about the subject or for the sentence.
    fn said_participle(&self, says: usize, arcs: &mut Vec<Arc>) {
        let text = self.text;
        let speech = &self.frames.lists.speech;
        if text.tokens[says].tag != "VBN"
            || self.dep(says) != Dep::Acl
            || !speech.contains(self.lemma(says))
        {
            return;
        }
        let Some(speaker) = text.head(says).filter(|noun| *noun < says) else { return };
        // "charged in a letter that soldiers killed": or for one about the letter.
        let phrases = text.children_by(says, &[Dep::Prep]);
        let nouns = phrases.flat_map(|phrase| text.children_by(phrase, &[Dep::Pobj]));
        let mut clauses = text
            .children_by(speaker, &[Dep::Relcl, Dep::Acl])
            .chain(nouns.flat_map(|noun| text.children_by(noun, &[Dep::Relcl])));
        let clause = clauses.find(|clause| *clause > says);
        let Some(told) = clause.or_else(|| text.head(speaker)).filter(|told| *told > says) else {
            return;
        };
        let begins = text.children_by(told, &[Dep::Mark]).find(|mark| {
            self.lower(*mark) == "that" && (says..*mark).all(|t| text.tokens[t].pos != Pos::Punct)
        });
        let own = text.children_by(told, &[Dep::Nsubj, Dep::NsubjPass]);
        if begins.is_none_or(|that| !own.clone().any(|subject| subject > that)) {
            return;
        }
        let top = if clause.is_some() { speaker } else { told };
        let (over, dep) = match text.head(top) {
            Some(over) => (over, self.dep(top)),
            None => (says, Dep::Root),
        };
        arcs.extend([(says, over, dep), (speaker, says, Dep::Nsubj), (told, says, Dep::Ccomp)]);
    }

    /// "The radio reported **the air force bombed** a suburb": the parser takes the finite verb of the
    /// clause for an adjective of its object, or for a participle on its subject, though it has an
    /// object of its own.
    fn clause_as_object(&self, verb: usize, arcs: &mut Vec<Arc>) {
        let text = self.text;
        let is_said = |verb: usize| self.frames.lists.speech.contains(self.lemma(verb));
        if text.tokens[verb].tag == "VBN" && self.dep(verb) == Dep::Acl {
            let subject = text.head(verb).filter(|s| self.dep(*s) == Dep::Dobj && *s < verb);
            let said = subject.and_then(|s| text.head(s)).filter(|said| is_said(*said));
            let object = self.child(verb, &[Dep::Dobj]).filter(|o| *o > verb);
            if let (Some(subject), Some(said), Some(_)) = (subject, said, object) {
                arcs.extend([(verb, said, Dep::Ccomp), (subject, verb, Dep::Nsubj)]);
            }
            return;
        }
        if text.tokens[verb].tag != "VBD" || self.dep(verb) != Dep::Amod {
            return;
        }
        let Some(subject) = self.child(verb, &[Dep::NpAdvmod]).filter(|s| *s < verb) else {
            return;
        };
        let object = text.head(verb).filter(|o| *o > verb && self.dep(*o) == Dep::Dobj);
        let said =
            object.and_then(|o| text.head(o)).filter(|said| *said < subject && is_said(*said));
        let (Some(object), Some(said)) = (object, said) else { return };
        arcs.extend([
            (verb, said, Dep::Ccomp),
            (subject, verb, Dep::Nsubj),
            (object, verb, Dep::Dobj),
        ]);
    }

    /// "The union claimed in a letter **that** guards beat a driver": the parser takes the conjunction
    /// for a relative pronoun, though the clause has a subject of its own.
    fn conjunction_astray(&self, that: usize, arcs: &mut Vec<Arc>) {
        let text = self.text;
        if text.tokens[that].tag != "WDT" || self.lower(that) != "that" {
            return;
        }
        let Some(told) = text.head(that).filter(|verb| self.dep(*verb) == Dep::Relcl) else {
            return;
        };
        let own = text.children_by(told, &[Dep::Nsubj]).find(|s| *s > that && *s < told);
        let complete = self.dep(that) == Dep::Nsubj && own.is_some();
        let noun = text.head(told).filter(|noun| *noun < that && complete);
        let mut above = noun.into_iter().flat_map(|noun| text.ancestry(noun).take(DEPTH));
        let Some(says) = above.find(|t| self.is_verb(*t)) else { return };
        let bare = self.child(says, &[Dep::Dobj, Dep::Ccomp, Dep::Xcomp]).is_none();
        if bare && self.frames.lists.speech.contains(self.lemma(says)) {
            arcs.extend([(that, told, Dep::Mark), (told, says, Dep::Ccomp)]);
        }
    }

    fn is_hyphen(&self, token: usize) -> bool {
        self.text.tokens[token].tag == "HYPH"
    }

    /// "The doctor **whom rebels abducted** was freed": the parser makes the relative pronoun and the
    /// doer subjects of the main verb, and the verb of the clause a participle after the doer.
    fn object_relative(&self, pronoun: usize, arcs: &mut Vec<Arc>) {
        let text = self.text;
        let subjects = [Dep::Nsubj, Dep::NsubjPass, Dep::Attr];
        if !matches!(text.tokens[pronoun].tag.as_str(), "WP" | "WDT")
            || !subjects.contains(&self.dep(pronoun))
        {
            return;
        }
        let Some(main) = text.head(pronoun).filter(|v| self.dep(*v) == Dep::Relcl) else { return };
        let Some(noun) = text.head(main).filter(|noun| *noun < pronoun) else { return };
        let below = text.children_by(main, &subjects);
        let doer = below.chain(text.children_by(pronoun, &[Dep::Appos])).find_map(|doer| {
            let mut told = text.children_by(doer, &[Dep::Acl]);
            let verb = told.find(|v| matches!(text.tokens[*v].tag.as_str(), "VBN" | "VBD"));
            verb.filter(|v| doer > pronoun && *v < main).map(|verb| (doer, verb))
        });
        let Some((doer, verb)) = doer else { return };
        let passive = self.child(main, &[Dep::AuxPass]).is_some();
        let (over, dep) = match text.head(noun) {
            Some(over) => (over, self.dep(noun)),
            None => (main, Dep::Root),
        };
        arcs.extend([
            (pronoun, verb, Dep::Dobj),
            (doer, verb, Dep::Nsubj),
            (verb, noun, Dep::Relcl),
            (main, over, dep),
            (noun, main, if passive { Dep::NsubjPass } else { Dep::Nsubj }),
        ]);
    }
}
