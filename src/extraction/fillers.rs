//! From the head token of a phrase to the mentions that it stands for.

use crate::coreference::CoreferenceChain;
use crate::mention::{Mention, MentionForm, Value};
use crate::ontology::{EntityType, Ontology};
use crate::order;
use crate::span::MentionId;
use crate::text::{AnnotatedText, Dep};
use smol_str::SmolStr;

use super::clause::Clauses;

const NONE: u32 = u32::MAX;

/// How far partitives and coordination are followed.
const DEPTH: usize = 6;

/// The mentions of a text by their head token.
pub(super) struct MentionIndex<'m> {
    pub(super) mentions: &'m [Mention],
    starts: Vec<u32>,
    by_head: Vec<u32>,
    covering: Vec<u32>,
    /// What the chain of each mention refers to, where it is in one.
    chain_types: Vec<Option<&'m EntityType>>,
    /// Whether a mention is a country's letters: "US", "U.K.".
    letters: Vec<bool>,
}

impl<'m> MentionIndex<'m> {
    pub(super) fn new(
        text: &AnnotatedText<'_>,
        mentions: &'m [Mention],
        chains: &'m [CoreferenceChain],
    ) -> Self {
        let mut chain_types = vec![None; mentions.len()];
        for chain in chains.iter().filter(|c| c.mentions.len() > 1) {
            for mention in &chain.mentions {
                if let Some(slot) = chain_types.get_mut(mention.index()) {
                    *slot = Some(&chain.entity_type);
                }
            }
        }
        let tokens = text.tokens.len();
        let mut starts = vec![0u32; tokens + 1];
        let heads =
            || mentions.iter().map(|m| m.head as usize).enumerate().filter(|(_, h)| *h < tokens);
        for (_, head) in heads() {
            starts[head + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut by_head = vec![0u32; starts[tokens] as usize];
        for (mention, head) in heads() {
            by_head[next[head] as usize] = mention as u32;
            next[head] += 1;
        }
        // Smallest name over each token: written from the longest to the shortest.
        let mut covering = vec![NONE; tokens];
        let mut names: Vec<usize> = (0..mentions.len())
            .filter(|m| mentions[*m].form == MentionForm::Name && mentions[*m].value.is_none())
            .collect();
        order::by_key(&mut names, |m| std::cmp::Reverse(mentions[*m].tokens.len()));
        for name in names {
            for token in mentions[name].tokens.range() {
                if let Some(slot) = covering.get_mut(token) {
                    *slot = name as u32;
                }
            }
        }
        let letters = mentions
            .iter()
            .map(|m| {
                m.entity_type == "country"
                    && m.form == MentionForm::Name
                    && m.span.of(text.text).chars().all(|c| c.is_ascii_uppercase() || c == '.')
            })
            .collect();
        Self { mentions, starts, by_head, covering, chain_types, letters }
    }

    /// The mentions whose head is `token`.
    pub(super) fn headed(&self, token: usize) -> impl Iterator<Item = &'m Mention> + '_ {
        let range = self.starts[token] as usize..self.starts[token + 1] as usize;
        self.by_head[range].iter().map(|m| &self.mentions[*m as usize])
    }

    /// The smallest name that begins at `token`.
    pub(super) fn name_starting(&self, token: usize) -> Option<&'m Mention> {
        self.name_over(token).filter(|m| m.tokens.start as usize == token)
    }

    /// The smallest name that ends before `token`.
    pub(super) fn name_ending(&self, token: usize) -> Option<&'m Mention> {
        let last = token.checked_sub(1)?;
        self.name_over(last).filter(|m| m.tokens.end as usize == token)
    }

    /// The smallest name that covers `token`, values left out.
    pub(super) fn name_over(&self, token: usize) -> Option<&'m Mention> {
        let mention = *self.covering.get(token)?;
        (mention != NONE).then(|| &self.mentions[mention as usize])
    }

    /// Whether a mention is a country's letters, which stand for its adjective: "the US raid".
    pub(super) fn is_letters(&self, mention: MentionId) -> bool {
        self.letters.get(mention.index()) == Some(&true)
    }

    /// What the chain of a mention refers to, where it is in one.
    pub(super) fn resolved_type(&self, mention: &Mention) -> Option<&'m EntityType> {
        self.chain_types.get(mention.id.index()).copied().flatten()
    }

    /// Whether a mention may fill a part that takes these types. A pronoun or a nominal may have
    /// the type of what it stands for; a pronoun that stands for nothing known may be any actor.
    pub(super) fn admits(&self, ontology: &Ontology, types: &[SmolStr], mention: &Mention) -> bool {
        if mention.form == MentionForm::Name {
            // "the US raid": the letters of a country stand for its adjective.
            let adjective = self.is_letters(mention.id) && types.iter().any(|t| t == "nationality");
            return adjective || admits(ontology, types, mention);
        }
        let resolved = self.chain_types.get(mention.id.index()).copied().flatten();
        match (resolved, mention.form) {
            (Some(resolved), MentionForm::Pronoun) => {
                admits_type(ontology, types, resolved.as_str())
            }
            (Some(resolved), _) => {
                admits(ontology, types, mention) || admits_type(ontology, types, resolved.as_str())
            }
            (None, MentionForm::Pronoun) => {
                let guesses = [mention.entity_type.as_str(), "group", "agency", "person"];
                // "before it exploded": "it" is typed as a body until it stands for a thing.
                let thing = mention.entity_type == "organization";
                guesses.iter().any(|guess| admits_type(ontology, types, guess))
                    || thing && admits_type(ontology, types, "equipment")
            }
            (None, _) => admits(ontology, types, mention),
        }
    }

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
            if clauses.lower(including) == "including" {
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
            && matches!(clauses.lower(p).as_str(), "among" | "including")
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

/// Whether a mention may fill a part that takes these types. A nationality stands for its
/// country; a date or number fills only a part that names its type.
fn admits(ontology: &Ontology, types: &[SmolStr], mention: &Mention) -> bool {
    // "Shiite" is no country's.
    if mention.entity_type == "nationality" && mention.value.is_none() {
        return types.iter().any(|t| t == "nationality" && types.len() == 1);
    }
    let subtype = mention.subtype.as_deref().unwrap_or_default();
    admits_type(ontology, types, mention.entity_type.as_str())
        || ontology.is_located(mention.entity_type.as_str(), subtype)
            && types.iter().any(|t| t == "location")
}

fn admits_type(ontology: &Ontology, types: &[SmolStr], name: &str) -> bool {
    if name == "nationality" {
        return ontology.admits(types, "country") || types.iter().any(|t| t == name);
    }
    if ontology.is_value(name) || name == "incident" {
        return types.iter().any(|t| t == name);
    }
    ontology.admits(types, name)
}
