//! From the head token of a phrase to the mentions that it stands for.

use crate::mention::{Mention, MentionForm, Value};
use crate::ontology::Ontology;
use crate::span::MentionId;
use crate::text::Dep;
use smol_str::SmolStr;

use super::clause::Clauses;
use super::mention_index::MentionIndex;

/// How far partitives and coordination are followed.
const DEPTH: usize = 6;

impl MentionIndex<'_> {
    /// The mentions that a phrase headed by `token` stands for, if their types are admitted:
    /// coordinated phrases expand, "members of X" passes on to X where it is no mention itself.
    pub(super) fn fill(
        &self,
        clauses: &Clauses<'_, '_>,
        ontology: &Ontology,
        token: usize,
        types: &[SmolStr],
        out: &mut Vec<MentionId>,
    ) {
        self.fill_within(clauses, ontology, token, types, out, DEPTH);
    }

    /// As [`fill`](Self::fill), of the phrase itself alone, without what is coordinated with it.
    pub(super) fn fill_alone(
        &self,
        ontology: &Ontology,
        token: usize,
        types: &[SmolStr],
        out: &mut Vec<MentionId>,
    ) {
        let headed = self.headed(token).filter(|m| self.admits(ontology, types, m));
        let best = headed.min_by_key(|m| (m.tokens.len(), m.id));
        out.extend(
            best.or_else(|| self.name_over(token).filter(|m| self.admits(ontology, types, m)))
                .map(|m| m.id),
        );
    }

    fn fill_within(
        &self,
        clauses: &Clauses<'_, '_>,
        ontology: &Ontology,
        token: usize,
        types: &[SmolStr],
        out: &mut Vec<MentionId>,
        depth: usize,
    ) {
        if clauses.is_none(token) {
            return;
        }
        let best = self
            .headed(token)
            .filter(|m| self.admits(ontology, types, m))
            .min_by_key(|m| (m.tokens.len(), m.id));
        let contents = clauses.contents(token).filter(|_| depth > 0);
        if let Some(contents) = contents {
            self.fill_within(clauses, ontology, contents, types, out, depth - 1);
        }
        if let Some(best) = best {
            out.push(best.id);
        } else if depth > 0 && !self.partitive(clauses, ontology, token, types, out, depth) {
            let over = self.name_over(token).filter(|m| self.admits(ontology, types, m));
            if let Some(over) = over {
                out.push(over.id);
            } else if let Some(one) = one_among(clauses, token) {
                self.fill_within(clauses, ontology, one, types, out, depth - 1);
            }
        }
        if depth == 0 {
            return;
        }
        // "two reporters, A and B", "one of the students was A": the names of those counted.
        let plural =
            matches!(clauses.text.tokens[token].tag.as_str(), "NNS" | "NNPS" | "CD" | "DT");
        for name in clauses.text.children_by(token, &[Dep::Appos]) {
            let list = plural || clauses.text.children_by(name, &[Dep::Conj]).next().is_some();
            // "Police arrested two men: A and B": those after the colon are not the police.
            let apart = !self.counts(clauses, token, name)
                && (token..name).any(|t| clauses.text.surface(t) == ":")
                && (token..name).any(|t| clauses.is_verb(t) && clauses.dep(t) != Dep::Acl);
            let listed = self.is_named(clauses, name)
                || is_among(clauses, name)
                || is_row(clauses, name)
                || is_plural_subject(clauses, token)
                || self.is_series_of_things(clauses, ontology, token, name);
            // "TV host Ann Lee", "the host, Ann Lee, was stabbed": who is described is who is named.
            let described = best.is_none()
                && self.headed(token).next().is_none()
                && self.is_named(clauses, name);
            if name > token && !apart && (list && listed || described) {
                self.fill_within(clauses, ontology, name, types, out, depth - 1);
            }
        }
        if plural && clauses.dep(token) == Dep::Nsubj {
            let verb = clauses.text.head(token).filter(|v| clauses.lemma(*v) == "be");
            for name in verb.into_iter().flat_map(|v| clauses.text.children_by(v, &[Dep::Attr])) {
                if self.is_named(clauses, name) {
                    self.fill_within(clauses, ontology, name, types, out, depth - 1);
                }
            }
        }
        // "five people, including A and B"
        for including in clauses.text.children_by(token, &[Dep::Prep]) {
            if clauses.frames.lists.including.contains(clauses.lower(including)) {
                for object in clauses.text.children_by(including, &[Dep::Pobj]) {
                    self.fill_within(clauses, ontology, object, types, out, depth - 1);
                }
            }
        }
        for other in clauses.text.children_by(token, &[Dep::Conj]) {
            if !clauses.is_verb(other) {
                self.fill_within(clauses, ontology, other, types, out, depth - 1);
            }
        }
    }

    /// "The bomb damaged the exchange, a hotel, a shop and two clinics": four things, though the
    /// parser takes the second for another word for the first. People are described in such
    /// rows ("X, a father, a friend and a teacher").
    fn is_series_of_things(
        &self,
        clauses: &Clauses<'_, '_>,
        ontology: &Ontology,
        first: usize,
        second: usize,
    ) -> bool {
        let text = clauses.text;
        let in_rows = |m: &Mention| {
            ontology.entity_types.get(&m.entity_type).is_some_and(|info| info.in_rows)
        };
        let thing = |token: usize| self.headed(token).any(in_rows);
        let opened = text.children(second).any(|c| {
            c < second && matches!(clauses.lower(c).as_str(), "a" | "an" | "several" | "some")
                || text.tokens[c].tag == "CD"
        });
        let third = text.children_by(second, &[Dep::Conj]).next();
        let fourth = third.and_then(|third| text.children_by(third, &[Dep::Conj]).next());
        // "in Konduga, a town near the border, a market and a seat": all of them one.
        let described = text.tokens[first].tag.starts_with("NNP");
        opened
            && !described
            && fourth.is_some()
            && thing(first)
            && [Some(second), third, fourth].into_iter().flatten().filter(|t| thing(*t)).count() > 1
    }

    /// "**Two groups** claimed the attack: A and B": whether so many are named as were counted.
    fn counts(&self, clauses: &Clauses<'_, '_>, group: usize, first: usize) -> bool {
        let text = clauses.text;
        let number = text.children_by(group, &[Dep::NumMod]).find_map(|n| {
            self.headed(n).find_map(|m| match &m.value {
                Some(Value::Quantity(quantity)) => Some(quantity.value),
                _ => None,
            })
        });
        let mut named = 1.0;
        let mut at = first;
        while let Some(next) = text.children_by(at, &[Dep::Conj]).next() {
            named += 1.0;
            at = next;
        }
        number == Some(named)
    }

    fn is_named(&self, clauses: &Clauses<'_, '_>, token: usize) -> bool {
        clauses.text.tokens[token].tag.starts_with("NNP") && self.name_over(token).is_some()
    }

    /// What a noun passes on to: "dozens of villagers", "members of X", "the town of Azaz", "the bank's
    /// windows", "mortar fire".
    fn partitive(
        &self,
        clauses: &Clauses<'_, '_>,
        ontology: &Ontology,
        token: usize,
        types: &[SmolStr],
        out: &mut Vec<MentionId>,
        depth: usize,
    ) -> bool {
        let text = clauses.text;
        let number = text.tokens[token].tag == "CD" || text.tokens[token].tag == "DT";
        let lists = &clauses.frames.lists;
        let lemma = clauses.lemma(token);
        let part = lists.partitive.contains(lemma);
        let before = out.len();
        // "mortar and rifle **fire**": what it came out of.
        if lists.discharges.contains(lemma) {
            for weapon in text.children_by(token, &[Dep::Compound, Dep::Nmod, Dep::Amod]) {
                self.fill_within(clauses, ontology, weapon, types, out, depth - 1);
            }
        }
        if !number && !part && !lists.members.contains(lemma) {
            return out.len() > before;
        }
        // "an FMLN column"
        if lists.members.contains(lemma) {
            let modifiers = [Dep::Compound, Dep::Nmod, Dep::Poss, Dep::Amod];
            for body in text.children_by(token, &modifiers) {
                // "Israeli jets" act for Israel; "a Russian spy" is somebody.
                // "the Danish branch **of X**" is X's.
                let of = || {
                    let mut phrases = text.children_by(token, &[Dep::Prep]);
                    phrases.any(|p| clauses.lower(p) == "of")
                };
                let nationality = || {
                    !of()
                        && self.headed(body).any(|m| m.entity_type == "nationality")
                        && !self.headed(token).any(|m| {
                            matches!(m.entity_type.as_str(), "person" | "group" | "threat_actor")
                        })
                };
                if body < token && (self.name_over(body).is_some() || nationality()) {
                    self.fill_within(clauses, ontology, body, types, out, depth - 1);
                }
            }
        }
        // "in Nigeria's north", "an attempt on the bishop's life", "the bank's windows"
        if part || lists.directions.contains(lemma) {
            for owner in text.children_by(token, &[Dep::Poss]) {
                self.fill_within(clauses, ontology, owner, types, out, depth - 1);
            }
        }
        for of in text.children_by(token, &[Dep::Prep]) {
            if matches!(clauses.lower(of).as_str(), "of" | "from" | "among") {
                for object in text.children_by(of, &[Dep::Pobj]) {
                    self.fill_within(clauses, ontology, object, types, out, depth - 1);
                }
            }
        }
        // "seized young men from the village": people, and not where they are from.
        let people = self.headed(token).any(|m| {
            m.form == MentionForm::Nominal && matches!(m.entity_type.as_str(), "person" | "group")
        });
        let mut at = 0;
        out.retain(|m| {
            at += 1;
            at <= before
                || !people
                || !ontology.is_location(self.mentions[m.index()].entity_type.as_str())
        });
        out.len() > before
    }
}

/// "Five people, **among them** A and B".
fn is_among(clauses: &Clauses<'_, '_>, name: usize) -> bool {
    let text = clauses.text;
    text.children_by(name, &[Dep::Prep]).any(|p| {
        p < name
            && (clauses.lower(p) == "among"
                || clauses.frames.lists.including.contains(clauses.lower(p)))
            && text.children_by(p, &[Dep::Pobj]).any(|o| clauses.lower(o) == "them")
    })
}

/// "Three lieutenants, **one sergeant** and two soldiers": the parser takes the second of a row for
/// another word for the first.
fn is_row(clauses: &Clauses<'_, '_>, second: usize) -> bool {
    let text = clauses.text;
    let counted = |t: usize| text.children_by(t, &[Dep::NumMod]).any(|n| n < t);
    counted(second) && text.children_by(second, &[Dep::Conj]).any(counted)
}

/// Who is meant by "among **those** killed was A": A.
fn one_among(clauses: &Clauses<'_, '_>, those: usize) -> Option<usize> {
    let text = clauses.text;
    let among = text.head(those).filter(|p| {
        clauses.dep(those) == Dep::Pobj
            && clauses.lower(*p) == "among"
            && clauses.lower(those) == "those"
    })?;
    let verb = text.head(among).filter(|verb| clauses.lemma(*verb) == "be")?;
    text.children_by(verb, &[Dep::Nsubj]).next()
}

/// Whether a singular noun is the first of several subjects, as the plural verb tells: what the
/// parser takes for an apposition in "Colonel X, two lieutenants and a corporal **are** accused".
fn is_plural_subject(clauses: &Clauses<'_, '_>, token: usize) -> bool {
    let text = clauses.text;
    let subject = matches!(clauses.dep(token), Dep::Nsubj | Dep::NsubjPass)
        && matches!(text.tokens[token].tag.as_str(), "NN" | "NNP");
    let Some(verb) = text.head(token).filter(|_| subject) else { return false };
    let mut finite = text.children_by(verb, &[Dep::Aux, Dep::AuxPass]).chain([verb]);
    finite.any(|t| clauses.lower(t) == "were" || text.tokens[t].tag == "VBP")
}
