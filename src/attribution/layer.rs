//! Words of saying to layers on what is said, and the layers passed down the tree.

use smol_str::SmolStr;

use super::speaker::{is_passive, of_verb, own_subject};
use super::{Attribution, Stance};
use crate::order;
use crate::pack::{SpeechLexicon, SpeechWord};
use crate::text::{AnnotatedText, Dep, Pos};

/// What somebody says: all below `root`, itself included, but for what is below `except`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layer {
    root: u32,
    except: Option<u32>,
    attribution: Attribution,
}

/// Clauses that a verb of saying takes.
const CLAUSES: [Dep; 3] = [Dep::Ccomp, Dep::Xcomp, Dep::Csubj];

/// All layers of a text, in the order of their roots.
pub(super) fn layers(text: &AnnotatedText<'_>, lexicon: &SpeechLexicon) -> Vec<Layer> {
    let mut reader = Reader { text, lexicon, found: Vec::new() };
    for token in 0..text.tokens.len() {
        match text.tokens[token].pos {
            Pos::Verb => {
                reader.verb(token);
                reader.source(token);
            }
            Pos::Aux => reader.copula(token),
            Pos::Noun | Pos::Propn => reader.noun(token),
            Pos::Adv => reader.adverb(token),
            Pos::Adj => reader.adjective(token),
            _ => reader.source(token),
        }
    }
    order::by_key(&mut reader.found, |layer| layer.root);
    reader.found
}

struct Reader<'a, 't> {
    text: &'a AnnotatedText<'t>,
    lexicon: &'a SpeechLexicon,
    found: Vec<Layer>,
}

impl Reader<'_, '_> {
    fn lemma(&self, token: usize) -> &str {
        self.text.tokens[token].lemma.as_str()
    }

    fn add(&mut self, root: usize, stance: Stance, speaker: Option<usize>, verb: usize) {
        self.add_except(root, None, stance, speaker, verb);
    }

    fn add_except(
        &mut self,
        root: usize,
        except: Option<usize>,
        stance: Stance,
        speaker: Option<usize>,
        verb: usize,
    ) {
        let attribution = Attribution {
            speaker: speaker.map(|s| s as u32),
            verb: Some(verb as u32),
            quoted: false,
            stance,
        };
        let except = except.map(|e| e as u32);
        self.found.push(Layer { root: root as u32, except, attribution });
    }

    /// "said that ...", "accused of ...", "claimed responsibility for ...".
    fn verb(&mut self, verb: usize) {
        let text = self.text;
        let passive = is_passive(text, verb);
        if negated(text, verb) {
            // "did not say who": nothing is said.
            return;
        }
        if let Some(stance) = self.responsibility(verb) {
            self.found.push(stance);
        }
        let words = self.lexicon.verb(self.lemma(verb));
        if words.is_empty() {
            return;
        }
        let speaker = of_verb(text, self.lexicon, verb);
        // "is believed to": what counts in the passive alone, where there is such a thing.
        let passive_alone = passive && words.iter().any(|w| w.passive);
        let fitting: Vec<&SpeechWord> =
            words.iter().filter(|w| w.passive == passive_alone).collect();
        for word in fitting {
            self.complements(verb, word, passive, speaker);
        }
    }

    fn complements(
        &mut self,
        verb: usize,
        word: &SpeechWord,
        passive: bool,
        speaker: Option<usize>,
    ) {
        let text = self.text;
        for child in text.children(verb) {
            let token = &text.tokens[child];
            match token.dep {
                // "vowed to attack", "urged them to leave": a stage, not something said.
                Dep::Xcomp
                    if word.stance == Stance::Stated
                        && !passive
                        && text
                            .children_by(child, &[Dep::Aux])
                            .all(|a| self.lemma(a) != "have") => {}
                dep if CLAUSES.contains(&dep) && word.phrases_only => {}
                dep if CLAUSES.contains(&dep) => {
                    let stance = self.stance_of_clause(word, child, speaker, dep);
                    self.add(child, stance, speaker, verb);
                }
                Dep::Dobj if word.object && !passive && !self.is_somebody(child) => {
                    self.add(child, word.stance, speaker, verb);
                }
                // "accuses the rebels of killing him": the phrase hangs on whom they accuse.
                Dep::Dobj if !word.object && !passive => {
                    let deed = |p: usize| text.children_by(p, &[Dep::Pcomp]).next().is_some();
                    // "... the soldiers and an officer of killing him": or on the last of them.
                    let mut row = vec![child];
                    row.extend(conjuncts(text, child));
                    // The parser may hang the last of them on the verb.
                    let on_verb = text.children_by(verb, &[Dep::Conj]);
                    row.extend(on_verb.filter(|t| text.tokens[*t].tag.starts_with("NN")));
                    for accused in row {
                        let all = phrases(text, accused, &word.prepositions);
                        for phrase in all.filter(|p| deed(*p)) {
                            self.add(phrase, word.stance, speaker, verb);
                        }
                    }
                }
                // "pleaded guilty to killing": unless it is "not guilty".
                Dep::Acomp | Dep::Oprd if !negated(text, child) => {
                    for phrase in phrases(text, child, &word.prepositions) {
                        self.add(phrase, word.stance, speaker, verb);
                    }
                }
                Dep::NsubjPass if word.object && passive && !self.is_somebody(child) => {
                    self.add(child, word.stance, speaker, verb);
                }
                Dep::Prep if word.prepositions.contains(&token.lower) => {
                    self.add(child, word.stance, speaker, verb);
                    // "the attack was blamed on X": that it was X is what is alleged.
                    if passive && token.lower == "on" {
                        let subject = text.children_by(verb, &[Dep::NsubjPass]).next();
                        if let Some(subject) = subject {
                            self.add(subject, word.stance, speaker, verb);
                        }
                    }
                }
                Dep::Advcl if !word.phrases_only && finite_that_clause(text, child) => {
                    self.add(child, word.stance, speaker, verb);
                }
                _ => {}
            }
        }
        // A verb of saying that the parser hung below what is said: "..., police said."
        let below = matches!(text.tokens[verb].dep, Dep::Parataxis)
            || (text.tokens[verb].dep == Dep::Advcl && starts_after_comma(text, verb));
        if below
            && !word.phrases_only
            && !passive
            && text.children_by(verb, &CLAUSES).next().is_none()
            && text.children_by(verb, &[Dep::Nsubj]).next().is_some()
            && let Some(head) = text.head(verb)
        {
            self.add_except(head, Some(verb), word.stance, speaker, verb);
        }
    }

    /// "claimed that it had done it" is the speaker's own deed, "claimed that they did" is not.
    fn stance_of_clause(
        &self,
        word: &SpeechWord,
        clause: usize,
        speaker: Option<usize>,
        dep: Dep,
    ) -> Stance {
        if !word.own_deed || dep == Dep::Xcomp {
            return word.stance;
        }
        let subject = own_subject(self.text, clause);
        let own = subject.is_some_and(|s| {
            self.text.tokens[s].pos == Pos::Pron
                || Some(self.lemma(s)) == speaker.map(|s| self.lemma(s))
        });
        let members = subject.is_some_and(|s| {
            self.text.children_by(s, &[Dep::Poss]).any(|p| self.text.tokens[p].pos == Pos::Pron)
        });
        // "admitted that the shop was burned by **their** men"
        let by_own = is_by_own(self.text, clause);
        if own || members || by_own {
            word.stance
        } else {
            word.of_others.unwrap_or(Stance::Alleged)
        }
    }

    /// Whether a noun is somebody, not something said: a pronoun or a name.
    fn is_somebody(&self, token: usize) -> bool {
        match self.text.tokens[token].pos {
            Pos::Pron => self.lemma(token) != "it",
            pos => pos == Pos::Propn,
        }
    }

    fn responsibility(&self, verb: usize) -> Option<Layer> {
        let text = self.text;
        let passive = is_passive(text, verb);
        let objects = if passive { [Dep::NsubjPass] } else { [Dep::Dobj] };
        let object = text.children_by(verb, &objects).next()?;
        let found = self.lexicon.responsibility(self.lemma(verb), self.lemma(object))?;
        if text.children_by(object, &[Dep::Det]).any(|d| self.lemma(d) == "no") {
            return None;
        }
        // "No one has claimed responsibility": nobody did.
        let speaker = of_verb(text, self.lexicon, verb);
        let nobody = speaker.is_some_and(|s| is_nobody(text, s));
        if nobody {
            return None;
        }
        let preposition = |of: usize| {
            text.children_by(of, &[Dep::Prep])
                .find(|p| found.prepositions.iter().any(|f| *f == text.tokens[*p].lower))
        };
        let deed = preposition(object).or_else(|| preposition(verb))?;
        Some(Layer {
            root: deed as u32,
            except: None,
            attribution: Attribution {
                speaker: speaker.map(|s| s as u32),
                verb: Some(verb as u32),
                quoted: false,
                stance: found.stance,
            },
        })
    }

    /// "according to X": over all that the phrase hangs on.
    fn source(&mut self, token: usize) {
        let text = self.text;
        for phrase in &self.lexicon.sources {
            let matches = phrase
                .iter()
                .enumerate()
                .all(|(i, word)| text.tokens.get(token + i).is_some_and(|t| t.lower == *word));
            if !matches {
                continue;
            }
            let last = token + phrase.len() - 1;
            let speaker = text
                .children_by(last, &[Dep::Pobj])
                .next()
                .or_else(|| text.children_by(token, &[Dep::Pobj]).next());
            let top = self.top_of_phrase(token, phrase);
            let Some(head) = text.head(top) else { return };
            self.add_except(head, Some(top), Stance::Stated, speaker, token);
            return;
        }
    }

    /// The token of a phrase whose head stands outside it.
    fn top_of_phrase(&self, token: usize, phrase: &[SmolStr]) -> usize {
        let range = token..token + phrase.len();
        range
            .clone()
            .find(|t| !range.contains(&(self.text.tokens[*t].head as usize)))
            .unwrap_or(token)
    }

    /// "the claim that ...", "allegations of ...", "X's denial".
    fn noun(&mut self, noun: usize) {
        let text = self.text;
        if text.tokens[noun].lower == "according" {
            return self.source(noun);
        }
        // "no evidence that they did it"
        if self.lexicon.denials.evidence.contains(self.lemma(noun)) && is_nobody(text, noun) {
            for child in text.children_by(noun, &[Dep::Acl, Dep::Ccomp, Dep::Relcl]) {
                if finite_that_clause(text, child) {
                    self.add(child, Stance::Denied, None, noun);
                }
            }
        }
        let lower = self.lexicon.noun(text.tokens[noun].lower.as_str());
        let Some(word) = lower.or_else(|| self.lexicon.noun(self.lemma(noun))) else { return };
        let speaker = text.children_by(noun, &[Dep::Poss]).next().or_else(|| {
            text.children_by(noun, &[Dep::Prep, Dep::Agent])
                .filter(|p| matches!(text.tokens[*p].lower.as_str(), "by" | "from"))
                .find_map(|p| text.children_by(p, &[Dep::Pobj]).next())
        });
        for child in text.children(noun) {
            let token = &text.tokens[child];
            let clause = matches!(token.dep, Dep::Acl | Dep::Ccomp | Dep::Relcl)
                && finite_that_clause(text, child);
            let of = token.dep == Dep::Prep && word.prepositions.contains(&token.lower);
            if clause || of {
                self.add(child, word.stance, speaker, noun);
            }
        }
    }

    fn adverb(&mut self, adverb: usize) {
        let Some(stance) = self.lexicon.adverb(self.lemma(adverb)) else {
            return self.source(adverb);
        };
        if self.text.tokens[adverb].dep != Dep::Advmod {
            return;
        }
        if let Some(head) = self.text.head(adverb) {
            self.add(head, stance, None, adverb);
        }
    }

    fn adjective(&mut self, adjective: usize) {
        let text = self.text;
        if let Some(stance) = self.lexicon.adjective(self.lemma(adjective))
            && text.tokens[adjective].dep == Dep::Amod
            && let Some(noun) = text.head(adjective)
        {
            self.add(noun, stance, None, adjective);
        }
        self.predicate(adjective);
        if self.lexicon.denials.adjectives.contains(self.lemma(adjective))
            && text.tokens[adjective].dep == Dep::Amod
            && let Some(noun) = text.head(adjective)
            && self.lexicon.noun(self.lemma(noun)).is_some()
        {
            self.add(noun, Stance::Denied, None, adjective);
        }
    }

    /// "pleaded not guilty to murder", "is innocent of the attack".
    fn predicate(&mut self, adjective: usize) {
        let text = self.text;
        if !matches!(text.tokens[adjective].dep, Dep::Acomp | Dep::Oprd | Dep::Ccomp) {
            return;
        }
        let Some(predicate) = self.lexicon.predicate(self.lemma(adjective)) else { return };
        let Some(verb) = text.head(adjective) else { return };
        let negated = negated(text, adjective) != negated(text, verb);
        let Some(stance) = (if negated { predicate.negated } else { predicate.stance }) else {
            return;
        };
        for phrase in phrases(text, adjective, &predicate.prepositions) {
            self.add(phrase, stance, None, adjective);
        }
    }

    /// "X's claim is silly", "it is untrue that", "it is not true that".
    fn copula(&mut self, copula: usize) {
        let text = self.text;
        if self.lemma(copula) != "be" {
            return;
        }
        let denials = &self.lexicon.denials;
        let predicate = text.children_by(copula, &[Dep::Acomp, Dep::Attr]).find(|p| {
            let lemma = self.lemma(*p);
            let denies = denials.adjectives.contains(lemma) || denials.nouns.contains(lemma);
            denies != negated(text, copula) && (denies || denials.truths.contains(lemma))
        });
        let Some(predicate) = predicate else { return };
        let subject = text.children_by(copula, &[Dep::Nsubj, Dep::Csubj]).next();
        let empty = subject.is_none_or(|s| text.tokens[s].lower == "it");
        let said: Vec<usize> = text
            .children_by(copula, &[Dep::Ccomp, Dep::Xcomp, Dep::Csubj, Dep::Advcl])
            .chain(text.children_by(predicate, &[Dep::Ccomp, Dep::Xcomp, Dep::Acl, Dep::Advcl]))
            .filter(|child| {
                finite_that_clause(text, *child) || denials.saying.contains(self.lemma(*child))
            })
            .collect();
        if empty || said.iter().any(|c| text.tokens[*c].dep == Dep::Csubj) {
            for clause in said {
                self.add(clause, Stance::Denied, None, predicate);
            }
        }
        if let Some(subject) = subject
            && self.lexicon.noun(self.lemma(subject)).is_some()
        {
            self.add(subject, Stance::Denied, None, predicate);
        }
    }
}

/// The phrases on a word that one of these prepositions opens.
fn phrases<'a>(
    text: &'a AnnotatedText<'_>,
    word: usize,
    prepositions: &'a [SmolStr],
) -> impl Iterator<Item = usize> + 'a {
    text.children_by(word, &[Dep::Prep])
        .filter(move |p| prepositions.contains(&text.tokens[*p].lower))
}

/// Whether a negation hangs on the word.
pub(crate) fn negated(text: &AnnotatedText<'_>, token: usize) -> bool {
    let not = |of: usize| {
        text.children(of).any(|child| {
            text.tokens[child].dep == Dep::Neg
                || matches!(text.tokens[child].lower.as_str(), "never" | "neither")
        })
    };
    let neither_nor = text.tokens[token].dep == Dep::Conj
        && text
            .head(token)
            .is_some_and(|first| text.children(first).any(|c| text.tokens[c].lower == "neither"));
    not(token) || neither_nor || text.children_by(token, &[Dep::Nsubj]).any(|s| is_nobody(text, s))
}

fn is_nobody(text: &AnnotatedText<'_>, token: usize) -> bool {
    let nobody =
        |t: usize| matches!(text.tokens[t].lower.as_str(), "no" | "nobody" | "none" | "neither");
    nobody(token) || text.children_by(token, &[Dep::Det, Dep::Neg]).any(nobody)
}

/// Whether a clause has a subject of its own or is introduced by "that".
fn finite_that_clause(text: &AnnotatedText<'_>, clause: usize) -> bool {
    text.children(clause).any(|child| {
        let token = &text.tokens[child];
        token.lower == "that" && matches!(token.dep, Dep::Mark | Dep::Nsubj | Dep::Dobj | Dep::Det)
    })
}

fn starts_after_comma(text: &AnnotatedText<'_>, verb: usize) -> bool {
    let start = text.subtree(verb).start as usize;
    text.children(verb).next().is_some_and(|c| text.tokens[c].dep == Dep::Nsubj)
        && start > 0
        && text.surface(start - 1) == ","
        && text.children_by(verb, &[Dep::Mark]).next().is_none()
}

/// Passes the layers down the tree; one attribution a token.
pub(super) fn pass_down(text: &AnnotatedText<'_>, layers: &[Layer]) -> Vec<Attribution> {
    let count = text.tokens.len();
    let mut inherited = vec![Attribution::default(); count];
    let mut done = vec![Attribution::default(); count];
    let mut open: Vec<usize> = (0..count).filter(|t| text.head(*t).is_none()).rev().collect();
    while let Some(token) = open.pop() {
        let own = layers.partition_point(|l| (l.root as usize) < token);
        let own = layers[own..].iter().take_while(|l| l.root as usize == token);
        let above = inherited[token];
        let here = own.clone().fold(above, |a, layer| combine(a, layer.attribution));
        done[token] = here;
        for child in text.children(token) {
            let excepted = own.clone().any(|l| l.except == Some(child as u32));
            inherited[child] =
                if text.tokens[child].dep == Dep::Relcl && here.stance > Stance::Stated {
                    // What a relative clause tells of a noun is taken for granted: whoever denies
                    // knowing "the men who shot him" does not deny that he was shot.
                    Attribution { stance: Stance::Stated, ..here }
                } else if excepted {
                    own.clone()
                        .filter(|l| l.except != Some(child as u32))
                        .fold(above, |a, layer| combine(a, layer.attribution))
                } else {
                    here
                };
            open.push(child);
        }
    }
    done
}

/// What holds where one layer lies within another: see the module's head.
fn combine(outer: Attribution, inner: Attribution) -> Attribution {
    if outer.stance >= Stance::Alleged && inner.stance < outer.stance {
        return outer;
    }
    if inner.speaker.is_none() {
        return Attribution {
            speaker: outer.speaker,
            verb: outer.verb.or(inner.verb),
            stance: outer.stance.max(inner.stance),
            ..inner
        };
    }
    inner
}

/// Whether the doer of a passive clause is told by a pronoun, or belongs to whom one stands for.
fn is_by_own(text: &AnnotatedText<'_>, clause: usize) -> bool {
    let by = text.children_by(clause, &[Dep::Agent]);
    by.flat_map(|by| text.children_by(by, &[Dep::Pobj])).any(|doer| {
        let pronoun = |t: usize| text.tokens[t].pos == Pos::Pron;
        pronoun(doer) || text.children_by(doer, &[Dep::Poss]).any(pronoun)
    })
}

/// How many phrases that are coordinated with one are followed.
const ROW: usize = 8;

/// What is coordinated with a noun: "soldiers, **a colonel** and **an officer**".
fn conjuncts(text: &AnnotatedText<'_>, noun: usize) -> impl Iterator<Item = usize> {
    let next = |t: &usize| text.children_by(*t, &[Dep::Conj]).next();
    std::iter::successors(next(&noun), next).take(ROW)
}
