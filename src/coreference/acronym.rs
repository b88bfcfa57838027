//! Acronyms and the names that they stand for.

use rustc_hash::{FxHashMap, FxHashSet};

use super::CoreferenceSieve;
use super::resolution::{Resolution, is_value};
use crate::mention::{MentionForm, is_acronym_of, needed_initials, shares_initials};
use crate::order;

/// Joins an acronym to the one full name of the document that it is made of.
pub(super) struct Acronym;

/// The most letters that an acronym has.
const LETTERS: usize = 8;

/// What so many names of a text fit stands for none of them.
const MOST: usize = 64;

/// How many names with the same initials are compared with an acronym.
const COMPARED: usize = 512;

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
        let by_initials = by_initials(resolution, &names);
        let mut known: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for short in &names {
            let acronym = text.slice(resolution.mentions[*short].tokens);
            let letters: String = acronym
                .chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect();
            if !(2..=LETTERS).contains(&letters.chars().count())
                || acronym.chars().any(char::is_lowercase)
            {
                continue;
            }
            let full = known
                .entry(acronym)
                .or_insert_with(|| full_names(resolution, &by_initials, acronym, &letters));
            if full.len() > MOST {
                continue;
            }
            let mut fitting = full.iter().filter(|full| resolution.may_join(*short, **full));
            let Some(first) = fitting.next().copied() else { continue };
            let chain = resolution.chain_number(first);
            if fitting.all(|other| resolution.chain_number(*other) == chain) {
                resolution.join(*short, first, "sieve:acronym");
            }
        }
    }
}

/// The names by the initials that their acronyms must have, in text order; of the same name in one
/// chain the first.
fn by_initials(resolution: &Resolution<'_, '_>, names: &[usize]) -> FxHashMap<String, Vec<usize>> {
    let mut by_initials: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    let mut seen: FxHashSet<(&str, usize)> = FxHashSet::default();
    for name in names {
        let surface = resolution.text.slice(resolution.mentions[*name].tokens);
        if !seen.insert((surface, resolution.chain_number(*name))) {
            continue;
        }
        let initials = needed_initials(surface);
        if initials.chars().count() <= LETTERS {
            by_initials.entry(initials).or_default().push(*name);
        }
    }
    by_initials
}

/// The names that an acronym may stand for, in text order, one for each chain. The needed initials of
/// each are some of the letters, in their order.
fn full_names(
    resolution: &Resolution<'_, '_>,
    by_initials: &FxHashMap<String, Vec<usize>>,
    acronym: &str,
    letters: &str,
) -> Vec<usize> {
    let letters: Vec<char> = letters.chars().take(LETTERS).collect();
    let mut tried: FxHashSet<String> = FxHashSet::default();
    let mut found = Vec::new();
    for chosen in 0..1_usize << letters.len() {
        let some = letters.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1);
        let initials: String = some.map(|(_, letter)| letter).collect();
        let Some(names) = by_initials.get(&initials) else { continue };
        if !tried.insert(initials) {
            continue;
        }
        let surface = |full: &usize| resolution.text.slice(resolution.mentions[*full].tokens);
        let compared = names.iter().copied().take(COMPARED);
        found.extend(compared.filter(|full| is_acronym_of(acronym, surface(full))));
    }
    order::ascending(&mut found);
    let mut chains: FxHashSet<usize> = FxHashSet::default();
    found.retain(|full| chains.insert(resolution.chain_number(*full)));
    found
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
