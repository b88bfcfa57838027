//! `the gunman`, `the suspects`, `these men`, `the trio`: people told a second time by their part in
//! a deed, by nothing but that they are people, or by how many they are.

use super::CoreferenceSieve;
use super::resolution::{NEAREST, Resolution};
use crate::mention::{Mention, MentionForm, Value};
use crate::pack::{TriggerForm, Yield};
use crate::text::{Dep, Pos};

/// Joins them to those of whom a deed or an accusation was told shortly before, if these alone fit.
pub(super) struct DescribedPeople;

/// How many sentences back they are looked for.
const WINDOW: usize = 4;

/// What a phrase says of people.
#[derive(Clone, Copy, PartialEq)]
enum Described {
    /// Their part in a deed: `the gunman`.
    Deed,
    /// Nothing but that they are people, or their number: `the men`, `the trio`.
    Plain,
}

impl CoreferenceSieve for DescribedPeople {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        for mention in 0..resolution.mentions.len() {
            if resolution.has_name(mention)
                || resolution.is_resolved(mention)
                || resolution.chain(mention).entry.is_some()
            {
                continue;
            }
            let Some(described) = described(resolution, &resolution.mentions[mention]) else {
                continue;
            };
            if let Some(antecedent) = antecedent(resolution, mention, described) {
                resolution.join(mention, antecedent, "sieve:described-people");
            }
        }
    }
}

/// What a definite phrase says of people, if it says no more than that.
fn described(resolution: &Resolution<'_, '_>, mention: &Mention) -> Option<Described> {
    let text = resolution.text;
    let head = mention.head as usize;
    let usage = &resolution.pack.usage;
    let mut pointed = false;
    let plain = text.children(head).all(|child| {
        let token = &text.tokens[child];
        match token.dep {
            Dep::Det => {
                let word = token.lower.as_str();
                pointed |= matches!(word, "the" | "this" | "that" | "these" | "those");
                true
            }
            Dep::Amod | Dep::Compound | Dep::Nmod => usage.repeated_words.contains(&token.lower),
            Dep::NumMod | Dep::Punct => true,
            Dep::Prep => child < head || !mention.tokens.contains_token(child),
            // "The pair, **whom** rebels held for a week, are free": said of them by the way.
            Dep::Relcl => {
                let start = text.subtree(child).start as usize;
                start > 0 && text.surface(start - 1) == ","
            }
            Dep::Poss | Dep::Acl | Dep::Conj | Dep::Appos => false,
            _ => true,
        }
    });
    if mention.form != MentionForm::Nominal || !pointed || !plain {
        return None;
    }
    let lemma = &text.tokens[head].lemma;
    if usage.deed_people.contains(lemma) {
        return Some(Described::Deed);
    }
    let people = usage.plain_people.contains(lemma) || usage.counted_people.contains_key(lemma);
    people.then_some(Described::Plain)
}

/// How many a phrase for people says that there are: a number before the noun, or `the trio`.
fn counted(resolution: &Resolution<'_, '_>, mention: &Mention) -> Option<f64> {
    let text = resolution.text;
    let head = mention.head as usize;
    let word = resolution.pack.usage.counted_people.get(&text.tokens[head].lemma);
    let own = match &mention.value {
        Some(Value::Quantity(quantity)) => Some(quantity.value),
        _ => None,
    };
    let number = || {
        let before = text.children_by(head, &[Dep::NumMod]).next()?;
        let mention = resolution.mention_at(before)?;
        match &resolution.mentions[mention].value {
            Some(Value::Quantity(quantity)) => Some(quantity.value),
            _ => None,
        }
    };
    word.map(|n| f64::from(*n)).or(own).or_else(number)
}

fn is_plural(resolution: &Resolution<'_, '_>, mention: &Mention) -> bool {
    let token = &resolution.text.tokens[mention.head as usize];
    matches!(token.tag.as_str(), "NNS" | "NNPS")
        || resolution.pack.usage.counted_people.contains_key(&token.lemma)
}

fn antecedent(
    resolution: &Resolution<'_, '_>,
    mention: usize,
    described: Described,
) -> Option<usize> {
    let here = &resolution.mentions[mention];
    let (plural, number) = (is_plural(resolution, here), counted(resolution, here));
    let fits = |other: usize| {
        let before = &resolution.mentions[other];
        let entity_type = resolution.entity_type(other);
        before.form != MentionForm::Pronoun
            && matches!(entity_type.as_str(), "person" | "group")
            && before.tokens.end <= here.tokens.start
            && is_plural(resolution, before) == plural
            && (number.is_none() || counted(resolution, before) == number)
            && resolution.may_join(mention, other)
            && (is_doer(resolution, before)
                || described == Described::Plain
                    && before.form == MentionForm::Nominal
                    && is_told_of(resolution, before))
    };
    let sentence = resolution.sentence(mention);
    let recent = (0..mention).rev().take(NEAREST);
    let mut fitting = recent
        .take_while(|m| resolution.sentence(*m) + WINDOW >= sentence)
        .filter(|m| resolution.sentence(*m) <= sentence && fits(*m));
    let nearest = fitting.next()?;
    let (there, chain) = (resolution.sentence(nearest), resolution.chain_number(nearest));
    let rival = fitting
        .take_while(|m| resolution.sentence(*m) == there)
        .any(|m| resolution.chain_number(m) != chain);
    (!rival).then_some(nearest)
}

/// The first of the row in which a noun stands.
fn first_of_row(resolution: &Resolution<'_, '_>, token: usize) -> usize {
    let text = resolution.text;
    let mut at = token;
    for _ in 0..8 {
        match text.head(at) {
            Some(head)
                if text.tokens[at].dep == Dep::Conj && text.tokens[head].pos != Pos::Verb =>
            {
                at = head;
            }
            _ => break,
        }
    }
    at
}

/// Whether the text tells of somebody that he did violence, or that he is accused or held.
fn is_doer(resolution: &Resolution<'_, '_>, mention: &Mention) -> bool {
    let text = resolution.text;
    let accusing =
        |verb: usize| resolution.pack.frames.lists.accusing.contains(&text.tokens[verb].lemma);
    let head = first_of_row(resolution, mention.head as usize);
    let own = text.children_by(head, &[Dep::Relcl, Dep::Acl]).any(|verb| {
        let who = text
            .children_by(verb, &[Dep::Nsubj])
            .any(|s| matches!(text.tokens[s].lower.as_str(), "who" | "that"));
        who && is_violent(resolution, verb, TriggerForm::Verb)
            || text.tokens[verb].tag == "VBN" && accusing(verb)
    });
    let Some(governor) = text.head(head) else { return own };
    own || match text.tokens[head].dep {
        Dep::Nsubj => is_violent(resolution, governor, TriggerForm::Verb),
        Dep::NsubjPass | Dep::Dobj => accusing(governor),
        Dep::Pobj if text.tokens[governor].lower == "by" => {
            text.head(governor).is_some_and(|over| {
                is_violent(resolution, over, TriggerForm::Verb)
                    || is_violent(resolution, over, TriggerForm::Noun)
            })
        }
        _ => false,
    }
}

/// Whether a verb or noun tells of an incident in which people may be hurt.
fn is_violent(resolution: &Resolution<'_, '_>, token: usize, form: TriggerForm) -> bool {
    let pack = resolution.pack;
    let lemma = &resolution.text.tokens[token].lemma;
    pack.frames.triggers(lemma).iter().any(|trigger| {
        // To free somebody is told of a deed, and is none.
        trigger.form == form
            && !pack.frames.frames[trigger.owner].undated
            && matches!(&pack.frames.frames[trigger.owner].yields,
                Yield::Incident(kind) if pack.ontology.has_casualties(kind.as_str()))
    })
}

/// Whether somebody is whom a sentence tells of: its subject, and not because he says something.
fn is_told_of(resolution: &Resolution<'_, '_>, mention: &Mention) -> bool {
    let text = resolution.text;
    let head = first_of_row(resolution, mention.head as usize);
    let Some(verb) = text.head(head) else { return false };
    matches!(text.tokens[head].dep, Dep::Nsubj | Dep::NsubjPass)
        && !resolution.pack.frames.lists.speech.contains(&text.tokens[verb].lemma)
}
