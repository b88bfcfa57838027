//! Predicate nominatives, `X is the head of Y`, and names that are given: `the man, named as X`.

use super::CoreferenceSieve;
use super::resolution::{Resolution, is_value};
use crate::mention::MentionForm;
use crate::text::Dep;

/// Joins the subject of `be` to the noun phrase that says what it is.
pub(super) struct PredicateNominative;

impl CoreferenceSieve for PredicateNominative {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        let text = resolution.text;
        for mention in 0..resolution.mentions.len() {
            let here = &resolution.mentions[mention];
            let head = here.head as usize;
            if here.form != MentionForm::Nominal
                || is_value(here)
                || text.tokens[head].dep != Dep::Attr
            {
                continue;
            }
            let Some(verb) = text.head(head) else { continue };
            let plain = text.tokens[verb].lemma == "be"
                && matches!(text.tokens[verb].tag.as_str(), "VBZ" | "VBP" | "VBD")
                && !text.children(verb).any(|c| {
                    matches!(text.tokens[c].dep, Dep::Neg | Dep::Expl | Dep::Mark)
                        || text.tokens[c].tag == "MD"
                })
                && !text.slice(text.sentences[resolution.sentence(mention)].tokens).ends_with('?');
            let subject = text.children_by(verb, &[Dep::Nsubj]).next();
            if plain
                && let Some(subject) = subject.and_then(|s| resolution.mention_covering(s))
                && !is_value(&resolution.mentions[subject])
                && resolution.mentions[subject].form == MentionForm::Name
            {
                resolution.join(mention, subject, "sieve:predicate");
            }
        }
    }
}

/// Joins a name to the phrase that it is given to: `the attacker, identified by police as X`.
pub(super) struct NameGiven;

impl CoreferenceSieve for NameGiven {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        give_names(resolution, &|form| form != MentionForm::Pronoun);
    }
}

/// Joins a name to the pronoun that it is given to, once it is known for whom that stands: `he was
/// identified as X`.
pub(super) struct NameGivenToPronoun;

impl CoreferenceSieve for NameGivenToPronoun {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        give_names(resolution, &|form| form == MentionForm::Pronoun);
    }
}

fn give_names(resolution: &mut Resolution<'_, '_>, to: &dyn Fn(MentionForm) -> bool) {
    for mention in 0..resolution.mentions.len() {
        let here = &resolution.mentions[mention];
        if here.form != MentionForm::Name || is_value(here) {
            continue;
        }
        let Some(named) = named_thing(resolution, here.head as usize) else { continue };
        if let Some(other) = resolution.mention_covering(named)
            && other != mention
            && !is_value(&resolution.mentions[other])
            && to(resolution.mentions[other].form)
        {
            resolution.join(mention, other, "sieve:name-given");
        }
    }
}

/// The head of what a name is given to: the noun before `named as X`, the subject of `was named
/// as X`, the object of `named the man as X`.
fn named_thing(resolution: &Resolution<'_, '_>, name: usize) -> Option<usize> {
    let text = resolution.text;
    let over = text.head(name)?;
    let verb = match text.tokens[name].dep {
        Dep::Pobj if text.tokens[over].lower == "as" => {
            let above = text.head(over)?;
            // `Named by police as X`: the parser hangs `as` on the police.
            let agent = text.head(above).filter(|by| text.tokens[*by].dep == Dep::Agent);
            agent.and_then(|by| text.head(by)).unwrap_or(above)
        }
        Dep::Oprd => over,
        _ => return None,
    };
    let giving = resolution.pack.usage.naming_verbs.contains(&text.tokens[verb].lemma);
    let denied = text.children(verb).any(|c| {
        text.tokens[c].dep == Dep::Neg || matches!(text.tokens[c].lower.as_str(), "wrongly")
    });
    if !giving || denied {
        return None;
    }
    // "a group calling itself X"
    let reflexive = |t: usize| {
        matches!(text.tokens[t].lower.as_str(), "itself" | "themselves" | "himself" | "herself")
    };
    if text.tokens[verb].dep == Dep::Acl
        && (text.children_by(verb, &[Dep::Dobj, Dep::Nsubj]).any(reflexive)
            || text.children_by(name, &[Dep::Nsubj]).any(reflexive))
    {
        return text.head(verb);
    }
    let participle = text.tokens[verb].tag == "VBN";
    let subject = text.children_by(verb, &[Dep::NsubjPass]).next();
    if participle && subject.is_some() {
        return subject;
    }
    if participle && text.tokens[verb].dep == Dep::Acl {
        return text.head(verb);
    }
    let passive = text.children_by(verb, &[Dep::AuxPass]).next().is_some();
    text.children_by(verb, &[Dep::Dobj]).next().filter(|_| !passive)
}
