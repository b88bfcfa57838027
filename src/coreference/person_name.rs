//! People: a family name, or a name with a title, to the full name.

use smol_str::SmolStr;

use super::CoreferenceSieve;
use super::resolution::Resolution;
use crate::mention::MentionForm;
use crate::pack::fold_name;

/// Joins shorter names of people to the one longer name that they fit.
pub(super) struct PersonName;

impl CoreferenceSieve for PersonName {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        let people: Vec<(usize, Vec<SmolStr>)> = (0..resolution.mentions.len())
            .filter(|m| {
                let mention = &resolution.mentions[*m];
                mention.entity_type == "person" && mention.form == MentionForm::Name
            })
            .map(|m| (m, fold_name(resolution.text.slice(resolution.mentions[m].name_tokens()))))
            .collect();
        for (mention, name) in &people {
            let mut candidates = people.iter().filter(|(other, full)| {
                full.len() > name.len()
                    && extends(full, name)
                    && resolution.may_join(*mention, *other)
            });
            let Some((first, _)) = candidates.next() else { continue };
            let chain = resolution.chain_number(*first);
            let one = candidates.all(|(other, _)| resolution.chain_number(*other) == chain);
            if one {
                resolution.join(*mention, *first, "sieve:person-name");
            }
        }
    }
}

/// Whether `full` is a fuller form of `name`: the same family name, and the words of `name` in
/// their order. A given name alone is not enough. Of two family names, as in Spanish and
/// Portuguese, the first may stand alone: `Pablo Escobar` is `Pablo Escobar Gaviria`.
fn extends(full: &[SmolStr], name: &[SmolStr]) -> bool {
    let (Some(last), Some(family)) = (name.last(), full.last()) else { return false };
    let mut words = full.iter();
    (last == family || first_family_name(full) == Some(last))
        && name.iter().filter(|w| *w != "al").all(|word| words.any(|w| fits(w, word)))
}

/// The last but one of at least three names.
fn first_family_name(full: &[SmolStr]) -> Option<&SmolStr> {
    full.len().checked_sub(2).filter(|at| *at > 0).map(|at| &full[at])
}

/// Whether two words of given names may be one: equal, an initial of it, or a short form that
/// starts it.
fn fits(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short == long || long.starts_with(short) && (short.len() == 1 || short.len() >= 3)
}

/// Whether two names may be of one person: one extends the other, or the family names are equal,
/// and given names, where both have them, fit.
pub(super) fn compatible(a: &[SmolStr], b: &[SmolStr]) -> bool {
    let (Some(family_a), Some(family_b)) = (a.last(), b.last()) else { return true };
    if extends(a, b) || extends(b, a) {
        return true;
    }
    if family_a != family_b {
        return false;
    }
    match (a.first().filter(|_| a.len() > 1), b.first().filter(|_| b.len() > 1)) {
        (Some(given_a), Some(given_b)) if given_a != "al" && given_b != "al" => {
            fits(given_a, given_b)
        }
        _ => true,
    }
}
