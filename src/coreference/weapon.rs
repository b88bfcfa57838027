//! `The device`, `that bomb`: a weapon told before by another word.

use super::CoreferenceSieve;
use super::definite::is_pointed_at;
use super::resolution::{NEAREST, Resolution};
use crate::mention::MentionForm;
use crate::text::Dep;

/// Joins a definite noun for a weapon to the weapon of the same kind that was told just before, if
/// it is the only one: `Another charge of dynamite was found. That bomb was defused.`
pub(super) struct SameWeapon;

/// How many sentences back the weapon is looked for.
const WINDOW: usize = 2;

impl CoreferenceSieve for SameWeapon {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        let mut told: Vec<usize> = Vec::new();
        for mention in 0..resolution.mentions.len() {
            // The dynamite of "a dynamite charge" is no other weapon.
            let within = told.last().is_some_and(|last| {
                resolution.mentions[*last].tokens.contains(resolution.mentions[mention].tokens)
            });
            if within || !is_weapon(resolution, mention) {
                continue;
            }
            let here = resolution.sentence(mention);
            let pointed = is_pointed_at(resolution, &resolution.mentions[mention])
                && !resolution.is_resolved(mention);
            if pointed {
                let subtype = &resolution.mentions[mention].subtype;
                let recent = told.iter().rev().take(NEAREST).copied();
                let mut same = recent
                    .take_while(|m| resolution.sentence(*m) + WINDOW >= here)
                    .filter(|m| resolution.mentions[*m].subtype == *subtype);
                let nearest = same.next();
                let rival = nearest.is_some_and(|nearest| {
                    same.any(|m| resolution.chain_number(m) != resolution.chain_number(nearest))
                });
                if let Some(nearest) = nearest.filter(|_| !rival) {
                    resolution.join(mention, nearest, "sieve:same-weapon");
                }
            }
            told.push(mention);
        }
    }
}

/// Joins the `it` that went off, or that somebody defused, to the last explosive told: `they threw
/// a grenade at the consulate, but it did not go off`.
pub(super) struct ExplodingIt;

impl CoreferenceSieve for ExplodingIt {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        for pronoun in 0..resolution.mentions.len() {
            let Some(plural) = of_explosive(resolution, pronoun) else { continue };
            let here = resolution.sentence(pronoun);
            let start = resolution.mentions[pronoun].tokens.start;
            let fits = |m: &usize| {
                let mention = &resolution.mentions[*m];
                let tag = resolution.text.tokens[mention.head as usize].tag.as_str();
                is_weapon(resolution, *m)
                    && mention.tokens.end <= start
                    && matches!(tag, "NNS" | "NNPS") == plural
            };
            let found = (0..=WINDOW).find_map(|back| {
                let sentence = here.checked_sub(back)?;
                resolution.before_in(sentence, pronoun).iter().copied().rfind(fits)
            });
            if let Some(explosive) = found {
                resolution.join(pronoun, explosive, "sieve:exploding-it");
            }
        }
    }
}

/// Whether a mention is a pronoun of which something is told that only explosives do or are done,
/// and if so, whether it stands for several.
fn of_explosive(resolution: &Resolution<'_, '_>, mention: usize) -> Option<bool> {
    let here = &resolution.mentions[mention];
    if here.form != MentionForm::Pronoun || resolution.is_resolved(mention) {
        return None;
    }
    let text = resolution.text;
    let head = here.head as usize;
    let plural = match text.tokens[head].lower.as_str() {
        "it" => false,
        "they" | "them" => true,
        _ => return None,
    };
    let verb = text.head(head)?;
    let lists = &resolution.pack.frames.lists;
    let lemma = &text.tokens[verb].lemma;
    let told = match text.tokens[head].dep {
        Dep::Nsubj => {
            // "go off", not "go".
            let particle = text.children_by(verb, &[Dep::Prt]).next();
            let phrase = particle.map(|p| format!("{lemma} {}", text.tokens[p].lower));
            lists.exploding.contains(phrase.as_deref().unwrap_or(lemma))
        }
        Dep::Dobj | Dep::NsubjPass => lists.defusing.contains(lemma),
        _ => false,
    };
    told.then_some(plural)
}

fn is_weapon(resolution: &Resolution<'_, '_>, mention: usize) -> bool {
    let here = &resolution.mentions[mention];
    let weapons = &resolution.pack.frames.lists.weapon_subtypes;
    here.form == MentionForm::Nominal
        && here.entity_type == "equipment"
        && here.subtype.as_ref().is_some_and(|subtype| weapons.contains(subtype))
}
