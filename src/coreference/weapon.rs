//! `The device`, `that bomb`: a weapon told before by another word.

use super::CoreferenceSieve;
use super::definite::is_pointed_at;
use super::resolution::{NEAREST, Resolution};
use crate::mention::MentionForm;

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

fn is_weapon(resolution: &Resolution<'_, '_>, mention: usize) -> bool {
    let here = &resolution.mentions[mention];
    let weapons = &resolution.pack.frames.lists.weapon_subtypes;
    here.form == MentionForm::Nominal
        && here.entity_type == "equipment"
        && here.subtype.as_ref().is_some_and(|subtype| weapons.contains(subtype))
}
