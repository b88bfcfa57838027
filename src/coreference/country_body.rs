//! Bodies that a phrase names by their country: `the Norwegian government`, which stands for the
//! country, and `Norway's domestic intelligence agency`, which only one body is.

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::mention::{Mention, MentionForm, Value};
use crate::pack::{Pack, fold_name};
use crate::span::TokenRange;
use crate::text::{AnnotatedText, Dep};

/// The entry that a phrase names by a country and what the body does. `named` are the entries
/// that the text names: where a country has several such bodies, the one of them that is named.
pub(super) fn body_of<'m>(
    text: &AnnotatedText<'_>,
    mentions: &'m [Mention],
    pack: &Pack,
    mention: &Mention,
    named: &FxHashSet<&'m SmolStr>,
) -> Option<SmolStr> {
    // `Norland's capital`, `the Norwegian capital`.
    if mention.form == MentionForm::Nominal
        && mention.entity_type == "place"
        && pack.usage.capital_nouns.contains(&text.tokens[mention.head as usize].lemma)
    {
        let (country, _) = country_in(text, mentions, mention)?;
        return pack.gazetteer.capital(&country).map(|city| city.id.clone());
    }
    if mention.form != MentionForm::Nominal || mention.entity_type != "agency" {
        return None;
    }
    if pack.usage.government_nouns.contains(&text.tokens[mention.head as usize].lemma) {
        return country_in(text, mentions, mention).map(|(country, _)| country);
    }
    let (country, told_by) = country_in(text, mentions, mention)?;
    let function = function(text, mention, told_by);
    let subtype = pack.usage.body_functions.get(function.as_str())?;
    let bodies: Vec<&SmolStr> =
        pack.gazetteer.agencies_of(&country, subtype).map(|entry| &entry.id).collect();
    if let [body] = bodies[..] {
        return Some(body.clone());
    }
    let mut known = bodies.into_iter().filter(|id| named.contains(id));
    known.next().filter(|_| known.next().is_none()).cloned()
}

/// The one country that a phrase names as owner or as an adjective, and the mention that does.
fn country_in(
    text: &AnnotatedText<'_>,
    mentions: &[Mention],
    mention: &Mention,
) -> Option<(SmolStr, TokenRange)> {
    let head = mention.head as usize;
    let first = mentions.partition_point(|m| m.tokens.start < mention.tokens.start);
    let mut countries = mentions[first..]
        .iter()
        .take_while(|m| m.tokens.start < mention.tokens.end)
        .filter(|m| mention.tokens.contains(m.tokens) && m.id != mention.id)
        .filter(|m| {
            let token = &text.tokens[m.head as usize];
            let of = token.dep == Dep::Pobj
                && text.tokens[token.head as usize].lower == "of"
                && text.tokens[token.head as usize].head as usize == head;
            of || token.head as usize == head
                && matches!(token.dep, Dep::Amod | Dep::Poss | Dep::Compound | Dep::Nmod)
        })
        .filter_map(|m| match &m.value {
            Some(Value::Nationality { country }) => Some((country.clone(), m.tokens)),
            _ => {
                let country = m.entry.clone().filter(|_| m.entity_type == "country");
                country.map(|country| (country, m.tokens))
            }
        });
    let country = countries.next()?;
    // `The Russian and Chinese governments` are two.
    countries.all(|(other, _)| other == country.0).then_some(country)
}

/// What a phrase says besides the country, folded, its head as lemma.
fn function(text: &AnnotatedText<'_>, mention: &Mention, country: TokenRange) -> String {
    let head = mention.head as usize;
    let mut words: Vec<SmolStr> = Vec::new();
    for token in mention.tokens.start as usize..=head {
        let described = &text.tokens[token];
        let aside = country.contains_token(token)
            || matches!(described.dep, Dep::Det | Dep::Case | Dep::Punct)
            || described.tag == "POS";
        if !aside {
            words.extend(fold_name(if token == head {
                &described.lemma
            } else {
                &described.lower
            }));
        }
    }
    words.join(" ")
}
