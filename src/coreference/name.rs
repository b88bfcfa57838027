//! Names: the same gazetteer entry, or the same words once folded.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::CoreferenceSieve;
use super::resolution::{Resolution, is_value};
use crate::mention::{MentionForm, Value};
use crate::pack::fold_name;
use crate::span::TokenRange;

/// Mentions of one entry of the gazetteer.
pub(super) struct SameEntry;

impl CoreferenceSieve for SameEntry {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        let mut first: FxHashMap<SmolStr, usize> = FxHashMap::default();
        for mention in 0..resolution.mentions.len() {
            if is_value(&resolution.mentions[mention]) {
                continue;
            }
            let Some(entry) = resolution.chain(mention).entry.clone() else { continue };
            match first.get(&entry) {
                Some(antecedent) => {
                    resolution.join(mention, *antecedent, "sieve:same-entry");
                }
                None => {
                    first.insert(entry, mention);
                }
            }
        }
    }
}

/// Names that are the same once folded.
pub(super) struct SameName;

impl CoreferenceSieve for SameName {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        let mut earlier: FxHashMap<Vec<SmolStr>, Vec<usize>> = FxHashMap::default();
        for mention in 0..resolution.mentions.len() {
            let here = &resolution.mentions[mention];
            if here.form != MentionForm::Name || is_value(here) {
                continue;
            }
            let mut name = fold_name(resolution.text.slice(here.name_tokens()));
            // The article and a possessive mark do not make another name.
            if name.last().is_some_and(|word| word == "s") {
                name.pop();
            }
            if name.len() > 1 && name[0] == "al" {
                name.remove(0);
            }
            if let Some(known) = under_country(resolution, mention) {
                name = known;
            }
            let antecedents = earlier.entry(name).or_default();
            if !antecedents
                .iter()
                .any(|antecedent| resolution.join(mention, *antecedent, "sieve:same-name"))
            {
                antecedents.push(mention);
            }
        }
    }
}

/// A name that begins with that of a country, under that country: `the US embassy` and `the United
/// States embassy`, `the British Museum` and `the UK Museum` are the same words then.
fn under_country(resolution: &Resolution<'_, '_>, mention: usize) -> Option<Vec<SmolStr>> {
    let here = resolution.mentions[mention].name_tokens();
    let within = resolution.mentions[mention + 1..].iter();
    let mut within = within.take_while(|inner| inner.tokens.start == here.start);
    let country = within.find_map(|inner| {
        let country = match &inner.value {
            Some(Value::Nationality { country }) => Some(country),
            _ => inner.entry.as_ref().filter(|_| inner.entity_type == "country"),
        };
        country.filter(|_| inner.tokens.end < here.end).map(|country| (country, inner.tokens.end))
    });
    let (country, end) = country?;
    let rest = TokenRange::new(end as usize, here.end as usize);
    let mut name = vec![country.clone()];
    name.extend(fold_name(resolution.text.slice(rest)));
    Some(name)
}

/// Names in which a digit stands for the letter that looks like it, as recognition of print and
/// hasty typing leave them: `M15` for `MI5`, where the text has that name too.
pub(super) struct MistakenDigit;

impl CoreferenceSieve for MistakenDigit {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        // The first of the known names of each look; none where they are names of several things.
        let mut known: FxHashMap<String, Option<usize>> = FxHashMap::default();
        let names: Vec<usize> = (0..resolution.mentions.len())
            .filter(|m| {
                let mention = &resolution.mentions[*m];
                mention.form == MentionForm::Name && mention.tokens.len() == 1 && !is_value(mention)
            })
            .collect();
        for mention in &names {
            if resolution.chain(*mention).entry.is_some() {
                let surface = resolution.text.slice(resolution.mentions[*mention].tokens);
                let first = known.entry(look(surface)).or_insert(Some(*mention));
                let chain = resolution.chain_number(*mention);
                *first = first.filter(|twin| resolution.chain_number(*twin) == chain);
            }
        }
        for mention in names {
            let surface = resolution.text.slice(resolution.mentions[mention].tokens);
            let digits = surface.chars().any(|c| c.is_ascii_digit());
            if resolution.chain(mention).entry.is_some() || !digits || surface.chars().count() < 3 {
                continue;
            }
            if let Some(Some(twin)) = known.get(&look(surface)) {
                resolution.join(mention, *twin, "sieve:mistaken-digit");
            }
        }
    }
}

/// A name with the digits that are taken for letters written as those letters.
fn look(surface: &str) -> String {
    let letter = |c: char| match c {
        '0' => 'o',
        '1' | '|' | 'l' | 'L' => 'i',
        '5' => 's',
        '8' => 'b',
        c => c.to_ascii_lowercase(),
    };
    surface.chars().map(letter).collect()
}
