//! Appositions and phrases that name what they describe: `X, the head of Y`, `the city of X`, `the
//! X group`.

use smol_str::SmolStr;

use super::CoreferenceSieve;
use super::resolution::{Resolution, is_value};
use crate::mention::{Mention, MentionForm};
use crate::pack::fold_name;
use crate::text::{AnnotatedText, Dep};

/// Joins appositions, and nominals to the names inside or beside them.
pub(super) struct Apposition;

impl CoreferenceSieve for Apposition {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        let text = resolution.text;
        for mention in 0..resolution.mentions.len() {
            let here = &resolution.mentions[mention];
            if is_value(here) || here.form == MentionForm::Pronoun {
                continue;
            }
            let head = here.head as usize;
            if text.tokens[head].dep == Dep::Appos
                && let Some(over) = text.head(head)
                && let Some(other) = person_before(resolution, mention, over)
                    .or_else(|| resolution.mention_covering(over))
            {
                let beside = &resolution.mentions[other];
                // Two names side by side are a list or a place in its country, rarely one thing.
                let both_names = beside.form == MentionForm::Name && here.form == MentionForm::Name;
                let bracket =
                    here.tokens.start > 0 && text.surface(here.tokens.start as usize - 1) == "(";
                if (!both_names || bracket && here.entity_type == beside.entity_type)
                    && !is_value(beside)
                    && beside.form != MentionForm::Pronoun
                    && !is_coordinated(text, head)
                {
                    resolution.join(mention, other, "sieve:apposition");
                }
            }
            if here.form == MentionForm::Nominal {
                join_names_inside(resolution, mention);
                join_name_after(resolution, mention);
            }
        }
    }
}

/// "X, who paid Y, **the assassin** hired for it": the person named right before a description, where
/// the parser hangs it on the one in whose clause he is named.
fn person_before(resolution: &Resolution<'_, '_>, described: usize, over: usize) -> Option<usize> {
    let (text, here) = (resolution.text, &resolution.mentions[described]);
    let comma = (here.tokens.start as usize).checked_sub(1)?;
    let last = comma.checked_sub(1).filter(|_| text.surface(comma) == ",")?;
    let named = resolution.mention_covering(last).filter(|named| {
        let near = &resolution.mentions[*named];
        near.form == MentionForm::Name
            && near.entity_type == "person"
            && here.entity_type == "person"
            && near.head as usize > over
    })?;
    let mut above = text.ancestry(last).take_while(|t| *t != over);
    above.any(|t| text.tokens[t].dep == Dep::Relcl).then_some(named)
}

fn is_coordinated(text: &AnnotatedText<'_>, head: usize) -> bool {
    text.children_by(head, &[Dep::Conj]).next().is_some()
}

fn join_names_inside(resolution: &mut Resolution<'_, '_>, outer: usize) {
    let tokens = resolution.mentions[outer].tokens;
    let inside: Vec<usize> = resolution
        .mentions
        .iter()
        .enumerate()
        .skip(outer + 1)
        .take_while(|(_, m)| m.tokens.start < tokens.end)
        .filter(|(_, m)| m.form == MentionForm::Name && !is_value(m))
        .map(|(index, _)| index)
        .collect();
    for inner in inside {
        let (whole, name) = (&resolution.mentions[outer], &resolution.mentions[inner]);
        let usage = &resolution.pack.usage;
        let noun = &resolution.text.tokens[whole.head as usize];
        let plural = matches!(noun.tag.as_str(), "NNS" | "NNPS");
        let identity_noun = if whole.entity_type == "facility" {
            is_of_its_kind(resolution, inner, &noun.lemma)
        } else {
            usage.identity_nouns.contains(&noun.lemma)
                && (!plural || usage.plural_identity_nouns.contains(&noun.lemma))
        };
        let rule = if is_named_by_of(resolution.text, whole, name) {
            "sieve:of-name"
        } else if identity_noun && is_named_by_modifier(resolution.text, whole, name) {
            "sieve:name-modifier"
        } else {
            continue;
        };
        resolution.join(inner, outer, rule);
    }
}

/// Whether a noun is what the pack calls the thing that a mention names: `pipeline` of a gas
/// pipeline.
fn is_of_its_kind(resolution: &Resolution<'_, '_>, mention: usize, noun: &str) -> bool {
    let entry = resolution.mentions[mention].entry.as_deref();
    entry.and_then(|id| resolution.pack.gazetteer.entry(id)).is_some_and(|entry| {
        let noun = fold_name(noun).join(" ");
        let is_noun = |word: &SmolStr| *word == noun || word.trim_end_matches('s') == noun;
        entry.subtype.as_deref() == Some(noun.as_str())
            || fold_name(&entry.name).iter().any(is_noun)
    })
}

/// `the militant group X`: the nominal modifies the name that follows it.
fn join_name_after(resolution: &mut Resolution<'_, '_>, nominal: usize) {
    let text = resolution.text;
    let here = &resolution.mentions[nominal];
    let head = here.head as usize;
    let over = text.tokens[head].head as usize;
    let next = here.tokens.end as usize;
    // The parser makes of `the X service NAME has ...` a modifier of the name, or two subjects.
    let compound = text.tokens[head].dep == Dep::Compound && over >= next;
    let named = if compound {
        resolution.mention_covering(over)
    } else {
        resolution.mention_covering(next.min(text.tokens.len() - 1)).filter(|name| {
            let beside = &text.tokens[resolution.mentions[*name].head as usize];
            let here = &text.tokens[head];
            beside.dep == here.dep && beside.head == here.head && here.dep == Dep::Nsubj
        })
    };
    if matches!(text.tokens[head].tag.as_str(), "NN" | "NNP")
        && let Some(name) = named
        && resolution.mentions[name].form == MentionForm::Name
        && resolution.mentions[name].tokens.start as usize == next
        && resolution.pack.usage.identity_nouns.contains(&text.tokens[head].lemma)
    {
        resolution.join(name, nominal, "sieve:name-modifier");
    }
}

/// `the city of X`: a place by its noun, and its name.
pub(super) fn is_named_by_of(text: &AnnotatedText<'_>, outer: &Mention, inner: &Mention) -> bool {
    let name = &text.tokens[inner.head as usize];
    let preposition = name.head as usize;
    outer.entity_type == "place"
        && matches!(inner.entity_type.as_str(), "place" | "country")
        && inner.entity_type == "place"
        && name.dep == Dep::Pobj
        && text.tokens[preposition].lower == "of"
        && text.tokens[preposition].head == outer.head
        && matches!(text.tokens[outer.head as usize].tag.as_str(), "NN" | "NNP")
        && matches!(
            text.tokens[outer.head as usize].lemma.as_str(),
            "city"
                | "town"
                | "village"
                | "province"
                | "district"
                | "state"
                | "island"
                | "port"
                | "governorate"
                | "region"
                | "municipality"
                | "county"
                | "capital"
                | "suburb"
                | "settlement"
                | "hamlet"
                | "enclave"
                | "stronghold"
        )
}

/// `the X group`, `the X pipelines`: a body or a building by its noun, its name before it.
pub(super) fn is_named_by_modifier(
    text: &AnnotatedText<'_>,
    outer: &Mention,
    inner: &Mention,
) -> bool {
    let name = &text.tokens[inner.head as usize];
    matches!(name.dep, Dep::Compound | Dep::Nmod)
        && name.head == outer.head
        && (matches!(inner.entity_type.as_str(), "agency" | "organization" | "threat_actor")
            && matches!(
                outer.entity_type.as_str(),
                "agency" | "organization" | "threat_actor" | "group"
            )
            || inner.entity_type == "facility" && outer.entity_type == "facility")
        && !text.children_by(outer.head as usize, &[Dep::NumMod]).any(|c| c < inner.head as usize)
        // Directly before the noun and its other modifiers, not a possessor.
        && !text.children(inner.head as usize).any(|c| text.tokens[c].dep == Dep::Case)
}
