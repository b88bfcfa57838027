//! People and things that a text counts out behind their number: "three men: A, B and C", "four shops:
//! a bank, ...", "the engineers A and B".

use crate::mention::{Mention, MentionForm, Value};
use crate::ontology::Ontology;
use crate::text::Dep;

use super::super::lists;
use super::reader::Reader;

/// How many words behind a group the list of what is in it may open.
const LIST: usize = 15;

impl<'a> Reader<'a, '_> {
    /// "Police arrested two men suspected of the murder: A and B": a list at the end of the
    /// sentence counts out the last people who were counted in it.
    pub(super) fn counted_out(&self, mention: &Mention) -> Vec<&'a Mention> {
        let text = self.text;
        let head = mention.head as usize;
        let counted = text.children_by(head, &[Dep::NumMod]).next().is_some();
        let Some(sentence) = text.sentences.get(text.sentence_of(head)) else { return Vec::new() };
        let colon = (head..sentence.tokens.end as usize).find(|t| text.surface(*t) == ":");
        let Some(colon) = colon.filter(|_| counted) else { return Vec::new() };
        let other = (head + 1..colon).any(|t| {
            self.index.headed(t).any(|m| self.is_group(m) && m.form == MentionForm::Nominal)
        });
        let Some(first) = self.index.name_starting(colon + 1).filter(|_| !other) else {
            return Vec::new();
        };
        self.listed(first)
    }

    /// "charges in four shops: a bank, a hotel, a dealer's and a store": as many things behind a colon, or
    /// behind "namely", as were counted before it.
    pub(super) fn things_counted_out(
        &self,
        ontology: &Ontology,
        group: &Mention,
    ) -> Vec<&'a Mention> {
        let text = self.text;
        let head = group.head as usize;
        let in_rows = |m: &&'a Mention| {
            ontology.entity_types.get(&m.entity_type).is_some_and(|info| info.in_rows)
        };
        let counted = text.children_by(head, &[Dep::NumMod]).flat_map(|n| self.index.headed(n));
        let number = counted.into_iter().find_map(|m| match &m.value {
            Some(Value::Quantity(quantity)) => Some(quantity.value),
            _ => None,
        });
        let Some(number) = number.filter(|_| group.form == MentionForm::Nominal) else {
            return Vec::new();
        };
        let Some(sentence) = text.sentences.get(text.sentence_of(head)) else { return Vec::new() };
        let end = sentence.tokens.end as usize;
        let opens = |t: &usize| {
            text.surface(*t) == ":" || self.usage.listing_words.contains(&text.tokens[*t].lower)
        };
        let Some(opened) = (head + 1..end.min(head + LIST)).find(opens) else { return Vec::new() };
        let rows = [Dep::Conj, Dep::Appos, Dep::Dobj, Dep::Root, Dep::Dep, Dep::Attr];
        let mut found: Vec<&'a Mention> = Vec::new();
        for token in opened + 1..end {
            let thing = self.index.headed(token).filter(|m| m.value.is_none()).filter(in_rows);
            if let Some(thing) = thing.min_by_key(|m| (m.tokens.len(), m.id))
                && rows.contains(&self.dep(token))
            {
                found.push(thing);
            }
        }
        if found.len() > 1 && found.len() as f64 == number { found } else { Vec::new() }
    }

    /// "Four engineers were abducted. **The engineers A, B and C** ...": the noun by which a row of
    /// people is called, and the people.
    pub(super) fn row_called(&self, first: &'a Mention) -> Option<(&'a str, Vec<&'a Mention>)> {
        let text = self.text;
        let start = first.tokens.start as usize;
        // The noun may be part of the first name, as its title, or stand before it.
        let noun = [Some(start), start.checked_sub(1)].into_iter().flatten().find(|t| {
            matches!(text.tokens[*t].tag.as_str(), "NNS" | "NNPS")
                && *t != first.head as usize
                && self.index.headed(*t).all(|m| m.form != MentionForm::Nominal)
        })?;
        if !lists::is_person(first) {
            return None;
        }
        let names = self.listed(first);
        let lemma = text.plural_of(noun).unwrap_or(&text.tokens[noun].lemma).as_str();
        (!names.is_empty()).then_some((lemma, names))
    }
}
