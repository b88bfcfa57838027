//! Acronyms and the names that they stand for.

use super::CoreferenceSieve;
use super::resolution::{Resolution, is_value};
use crate::mention::{MentionForm, is_acronym_of, shares_initials};

/// Joins an acronym to the one full name of the document that it is made of.
pub(super) struct Acronym;

impl CoreferenceSieve for Acronym {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        let text = resolution.text;
        let names: Vec<usize> = (0..resolution.mentions.len())
            .filter(|m| {
                let mention = &resolution.mentions[*m];
                mention.form == MentionForm::Name
                    && !is_value(mention)
                    && mention.entity_type != "person"
            })
            .collect();
        in_brackets(resolution, &names);
        for short in &names {
            let acronym = text.slice(resolution.mentions[*short].tokens);
            let letters = acronym.chars().filter(|c| c.is_alphanumeric()).count();
            if !(2..=8).contains(&letters) || acronym.chars().any(char::is_lowercase) {
                continue;
            }
            let mut chains: Vec<usize> = names
                .iter()
                .copied()
                .filter(|full| {
                    is_acronym_of(acronym, text.slice(resolution.mentions[*full].tokens))
                        && resolution.may_join(*short, *full)
                })
                .collect();
            chains.dedup_by_key(|full| resolution.chain_number(*full));
            let one = chains
                .windows(2)
                .all(|pair| resolution.chain_number(pair[0]) == resolution.chain_number(pair[1]));
            if one && let Some(full) = chains.first() {
                resolution.join(*short, *full, "sieve:acronym");
            }
        }
    }
}

/// Joins a name to what stands in brackets right after it, where one is an acronym that shares the
/// letters of the other: the acronym of a translated name has them in another order.
fn in_brackets(resolution: &mut Resolution<'_, '_>, names: &[usize]) {
    let text = resolution.text;
    for (place, outer) in names.iter().enumerate() {
        let open = resolution.mentions[*outer].tokens.end as usize;
        if open + 2 >= text.tokens.len() || text.surface(open) != "(" {
            continue;
        }
        let first = open + 1 + usize::from(text.tokens[open + 1].lower == "the");
        let inner = names[place + 1..].iter().copied();
        let starts = |m: &usize| resolution.mentions[*m].tokens.start as usize;
        let at_bracket = inner.take_while(|m| starts(m) <= first).filter(|m| starts(m) == first);
        let inner = at_bracket.into_iter().find(|m| {
            let tokens = resolution.mentions[*m].tokens;
            text.tokens.get(tokens.end as usize).is_some()
                && text.surface(tokens.end as usize) == ")"
        });
        let Some(inner) = inner else { continue };
        let (here, there) = (
            text.slice(resolution.mentions[*outer].tokens),
            text.slice(resolution.mentions[inner].tokens),
        );
        if shares_initials(here, there) || shares_initials(there, here) {
            resolution.join(inner, *outer, "sieve:acronym-in-brackets");
        }
    }
}
