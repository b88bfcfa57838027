//! The weapon that a trigger names, and the type of incident that a weapon tells.

use smol_str::SmolStr;

use crate::ontology::Role;
use crate::pack::TriggerForm;

use super::{Event, Reading};

/// The weapon that the trigger itself names: "**dynamite** attack", "**car bomb** explosion".
pub(super) fn add_named_weapon(reading: &Reading<'_, '_>, event: &mut Event) {
    if event.form != TriggerForm::Noun || event.words.len() < 2 {
        return;
    }
    let lists = &reading.clauses.frames.lists;
    let weapon = event.words.range().flat_map(|token| reading.index.headed(token)).find(|m| {
        m.entity_type == "equipment"
            && event.words.contains(m.tokens)
            && m.subtype.as_ref().is_some_and(|s| lists.weapon_subtypes.contains(s))
    });
    if let Some(weapon) = weapon {
        event.push(Role::Weapon, weapon.id);
    }
}

/// An attack with explosives is a bombing: the most exact type that the weapon tells.
pub(super) fn narrow_by_weapon(reading: &Reading<'_, '_>, event: &mut Event) {
    let mentions = reading.index.mentions;
    let subtypes: Vec<&SmolStr> =
        event.in_role(Role::Weapon).filter_map(|m| mentions[m.index()].subtype.as_ref()).collect();
    let mut narrower = reading.ontology.incident_types.iter().filter(|(name, info)| {
        info.is_a.contains(&event.incident_type)
            && **name != event.incident_type
            && subtypes.iter().any(|subtype| info.weapons.contains(subtype))
    });
    // "attacked with mortars and rifle fire": more than either.
    if let (Some((name, _)), None) = (narrower.next(), narrower.next()) {
        event.incident_type = name.clone();
    }
}
