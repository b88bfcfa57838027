//! Who a group is, as the sentence tells: "the dead are A and B", "two men, later identified as A and B".

use crate::mention::{Mention, MentionForm, Value};
use crate::pack::UsageLexicon;
use crate::text::{AnnotatedText, Dep, Pos};

use super::super::lists;
use super::super::mention_index::MentionIndex;

/// How many sentences back "they" may stand for people named one by one.
const WINDOW: usize = 1;

/// How far into a sentence "the other" is looked for.
const REST: usize = 4;

pub(super) struct Reader<'a, 't> {
    pub(super) text: &'a AnnotatedText<'t>,
    pub(super) index: &'a MentionIndex<'a>,
    pub(super) usage: &'a UsageLexicon,
}

impl<'a> Reader<'a, '_> {
    pub(super) fn dep(&self, token: usize) -> Dep {
        self.text.tokens[token].dep
    }

    /// Several people who are not named: a plural phrase or pronoun.
    pub(super) fn is_group(&self, mention: &Mention) -> bool {
        let head = &self.text.tokens[mention.head as usize];
        match mention.form {
            MentionForm::Name => false,
            MentionForm::Pronoun => {
                matches!(head.lower.as_str(), "they" | "them" | "their" | "these" | "those")
            }
            MentionForm::Nominal => {
                matches!(mention.entity_type.as_str(), "group" | "person" | "threat_actor")
                    && (head.tag.as_str() == "NNS"
                        || mention.subtype.as_deref() == Some("civilians"))
            }
        }
    }

    /// The group that a mention stands for where `people` of it are named: a pronoun that was
    /// resolved to a body stands for the last group of people before it, of that many where it is
    /// counted.
    pub(super) fn group_meant(&self, mention: &'a Mention, people: usize) -> Option<&'a Mention> {
        let body = mention.form == MentionForm::Pronoun
            && self
                .index
                .resolved_type(mention)
                .is_some_and(|t| !matches!(t.as_str(), "group" | "person" | "threat_actor"));
        if !body {
            return Some(mention);
        }
        let here = self.text.sentence_of(mention.head as usize);
        let before = self.index.mentions[..mention.id.index().min(self.index.mentions.len())]
            .iter()
            .rev()
            .take_while(|m| self.text.sentence_of(m.head as usize) + 1 >= here);
        before.filter(|m| m.form == MentionForm::Nominal && self.is_group(m)).find(|m| {
            match &m.value {
                Some(Value::Quantity(number)) => number.value == people as f64,
                _ => true,
            }
        })
    }

    pub(super) fn people_of(&self, mention: &Mention, alone: bool) -> Vec<&'a Mention> {
        let head = mention.head as usize;
        let mut names = self.equated(head);
        if names.is_empty() {
            names = self.part_equated(head);
        }
        if names.is_empty() {
            names = self.identified(head);
        }
        if names.is_empty() {
            names = self.in_apposition(head);
        }
        if names.is_empty() && mention.form == MentionForm::Nominal {
            names = self.counted_out(mention);
        }
        if names.is_empty() && mention.form == MentionForm::Pronoun && alone {
            names = self.coordinated_before(mention);
        }
        names
    }

    /// "The dead are A and B"; "A and B were the men killed"; "their names are A and B"; "among the
    /// injured are A and B"; "A and B are among the dead".
    fn equated(&self, group: usize) -> Vec<&'a Mention> {
        let text = self.text;
        let Some(over) = text.head(group) else { return Vec::new() };
        let subject = match self.dep(group) {
            Dep::Nsubj => Some((group, over)),
            // "the names of the dead are", "their names are"
            Dep::Poss if self.is_names(over) => text.head(over).map(|verb| (over, verb)),
            Dep::Pobj if text.tokens[over].lower == "among" => {
                let verb = text.head(over).filter(|verb| self.is_plain_be(*verb));
                let who = verb.and_then(|verb| text.children_by(verb, &[Dep::Nsubj]).next());
                return who.map_or_else(Vec::new, |who| self.one_or_several_from(who));
            }
            Dep::Pobj => text
                .head(over)
                .filter(|names| text.tokens[over].lower == "of" && self.is_names(*names))
                .and_then(|names| text.head(names).map(|verb| (names, verb))),
            Dep::Attr if self.is_plain_be(over) => {
                let subject = text.children_by(over, &[Dep::Nsubj]).next();
                return subject.map_or_else(Vec::new, |s| self.several_from(s));
            }
            _ => None,
        };
        let Some((subject, verb)) = subject else { return Vec::new() };
        let one = subject == group
            && text.tokens[group].tag == "NN"
            && crate::mention::phrase::is_definite(text, group);
        if self.dep(subject) != Dep::Nsubj || !self.is_plain_be(verb) {
            return Vec::new();
        }
        text.children_by(verb, &[Dep::Attr])
            .filter(|a| *a > verb)
            // "the wounded policeman is A"
            .map(|a| if one { self.one_or_several_from(a) } else { self.several_from(a) })
            .find(|names| !names.is_empty())
            .unwrap_or_default()
    }

    /// "The victims, **A and her daughter B**, were asleep".
    fn in_apposition(&self, group: usize) -> Vec<&'a Mention> {
        if self.text.tokens[group].tag != "NNS" {
            return Vec::new();
        }
        let mut behind = self.text.children_by(group, &[Dep::Appos]).filter(|name| *name > group);
        behind.next().map_or_else(Vec::new, |name| self.several_from(name))
    }

    /// "One of the wounded is A", "one of them was a nurse", and what follows it: "the other is B".
    fn part_equated(&self, group: usize) -> Vec<&'a Mention> {
        let text = self.text;
        let one = Some(group)
            .filter(|g| self.dep(*g) == Dep::Pobj)
            .and_then(|g| text.head(g))
            .filter(|of| text.tokens[*of].lower == "of")
            .and_then(|of| text.head(of))
            .filter(|one| text.tokens[*one].lower == "one");
        // "A, **one of the men** held for it"
        let named = one.filter(|one| self.dep(*one) == Dep::Appos).and_then(|one| text.head(one));
        if let Some(name) = named.and_then(|named| self.person_at(named)) {
            return vec![name];
        }
        let one = one.filter(|one| self.dep(*one) == Dep::Nsubj);
        let Some(verb) = one.and_then(|one| text.head(one)) else { return Vec::new() };
        if !self.is_plain_be(verb) {
            return Vec::new();
        }
        let mut found: Vec<&'a Mention> = self.somebody_equated(verb).into_iter().collect();
        let next = text.sentences.get(text.sentence_of(verb) + 1).filter(|_| !found.is_empty());
        for other in next.into_iter().flat_map(|s| s.tokens.range().take(REST)) {
            let verb = text.head(other).filter(|verb| {
                self.usage.others.contains(&text.tokens[other].lower)
                    && self.dep(other) == Dep::Nsubj
                    && self.is_plain_be(*verb)
            });
            found.extend(verb.and_then(|verb| self.somebody_equated(verb)));
        }
        found
    }

    /// Who a subject is said to be: a person by name, or described.
    fn somebody_equated(&self, verb: usize) -> Option<&'a Mention> {
        let who = |a: usize| {
            let described = || self.index.headed(a).find(|m| m.entity_type == "person");
            self.person_at(a).or_else(described)
        };
        self.text.children_by(verb, &[Dep::Attr]).filter(|a| *a > verb).find_map(who)
    }

    /// "Two men, identified as A and B"; "the dead were named as A and B"; "named the men as A".
    pub(super) fn identified(&self, group: usize) -> Vec<&'a Mention> {
        let text = self.text;
        let below = text.children_by(group, &[Dep::Acl, Dep::Relcl]);
        let above = text
            .head(group)
            .filter(|_| matches!(self.dep(group), Dep::NsubjPass | Dep::Dobj | Dep::Pobj));
        for verb in below.chain(above) {
            let gives = self.usage.naming_verbs.contains(&text.tokens[verb].lemma)
                && text.children_by(verb, &[Dep::Neg]).next().is_none();
            if !gives {
                continue;
            }
            let complements = text.children(verb).filter(|c| *c > verb).flat_map(|child| {
                let object = match self.dep(child) {
                    Dep::Prep if text.tokens[child].lower == "as" => {
                        text.children_by(child, &[Dep::Pobj]).next()
                    }
                    // "identified by police as": the parser hangs "as" on the police.
                    Dep::Agent => text
                        .children_by(child, &[Dep::Pobj])
                        .flat_map(|by| text.children_by(by, &[Dep::Prep]))
                        .filter(|p| text.tokens[*p].lower == "as")
                        .find_map(|p| text.children_by(p, &[Dep::Pobj]).next()),
                    Dep::Oprd => Some(child),
                    _ => None,
                };
                object.into_iter()
            });
            for complement in complements {
                let names = self.several_from(complement);
                if !names.is_empty() {
                    return names;
                }
            }
        }
        Vec::new()
    }

    /// "A and B were taken away. They were ...": people named one by one as the subject of the
    /// sentence before, or the only ones so named before the pronoun in its own.
    fn coordinated_before(&self, pronoun: &Mention) -> Vec<&'a Mention> {
        let text = self.text;
        let at = pronoun.tokens.start as usize;
        let here = text.sentence_of(at);
        for back in 0..=WINDOW {
            let Some(sentence) = here.checked_sub(back).and_then(|s| text.sentences.get(s)) else {
                break;
            };
            let mut lists: Vec<Vec<&'a Mention>> = Vec::new();
            for token in sentence.tokens.range().take_while(|t| *t < at) {
                let Some(name) = self.index.name_starting(token).filter(|m| lists::is_person(m))
                else {
                    continue;
                };
                let head = name.head as usize;
                let first = self.dep(head) != Dep::Conj
                    && lists.last().is_none_or(|l| !l.iter().any(|m| m.id == name.id));
                let subject = matches!(self.dep(head), Dep::Nsubj | Dep::NsubjPass);
                if first && (back == 0 || subject) {
                    let names: Vec<&Mention> =
                        lists::coordinated_from(text, self.index, name).collect();
                    if names.len() > 1 {
                        lists.push(names);
                    }
                }
            }
            if lists.len() == 1 {
                return lists.swap_remove(0);
            }
            // "**The mayor and his bodyguard** were driving home when men fired on them."
            let subjects = sentence.tokens.range().take_while(|t| *t < at).filter(|t| {
                matches!(self.dep(*t), Dep::Nsubj | Dep::NsubjPass)
                    && text.children_by(*t, &[Dep::Conj]).next().is_some()
            });
            let mut rows = subjects.map(|t| self.row_from(t)).filter(|row| row.len() > 1);
            if let (true, Some(row), None) = (lists.is_empty(), rows.next(), rows.next()) {
                return row;
            }
            if !lists.is_empty() {
                break;
            }
        }
        Vec::new()
    }

    /// The people of a row of phrases, some of them without a name: "two policemen and a nurse".
    fn row_from(&self, first: usize) -> Vec<&'a Mention> {
        let text = self.text;
        let mut row = Vec::new();
        let mut at = Some(first);
        while let Some(token) = at.filter(|_| row.len() < lists::LENGTH) {
            let people = self.index.headed(token).filter(|m| {
                m.value.is_none()
                    && m.form != MentionForm::Pronoun
                    && matches!(m.entity_type.as_str(), "person" | "group")
            });
            row.extend(people.min_by_key(|m| m.tokens.len()));
            at = text.children_by(token, &[Dep::Conj]).find(|next| *next > token);
        }
        row
    }

    /// The people of a list whose first name is headed by a token; none where it is one name.
    fn several_from(&self, token: usize) -> Vec<&'a Mention> {
        self.person_at(token).map_or_else(Vec::new, |first| self.listed(first))
    }

    /// As [`several_from`](Self::several_from), or the one person: some of a group.
    fn one_or_several_from(&self, token: usize) -> Vec<&'a Mention> {
        let several = self.several_from(token);
        if several.is_empty() { self.person_at(token).into_iter().collect() } else { several }
    }

    pub(super) fn listed(&self, first: &'a Mention) -> Vec<&'a Mention> {
        let names: Vec<&Mention> = lists::listed_from(self.text, self.index, first).collect();
        if names.len() > 1 { names } else { Vec::new() }
    }

    fn person_at(&self, token: usize) -> Option<&'a Mention> {
        self.index.name_over(token).filter(|m| lists::is_person(m))
    }

    fn is_names(&self, token: usize) -> bool {
        self.text.tokens[token].lemma == "name" && self.text.tokens[token].tag == "NNS"
    }

    /// A plain statement with "be": not denied, not asked, not with "may".
    fn is_plain_be(&self, verb: usize) -> bool {
        let text = self.text;
        text.tokens[verb].lemma == "be"
            && matches!(text.tokens[verb].pos, Pos::Verb | Pos::Aux)
            && !text
                .children(verb)
                .any(|c| matches!(self.dep(c), Dep::Neg | Dep::Expl) || text.tokens[c].tag == "MD")
    }
}
