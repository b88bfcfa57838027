//! Where a part is looked for and what may fill it: `"subject, by : person, group | in : facility"`.

use smol_str::SmolStr;

use crate::error::DataError;
use crate::ontology::Role;
use crate::pack::frame::{Part, PartSlots, Slot, SlotTable, Yield};
use crate::pack::placed::Placed;

use super::Compiler;
use super::source::Source;

impl Compiler<'_> {
    pub(super) fn entity_type(
        &self,
        source: Source<'_>,
        name: &str,
        offset: usize,
    ) -> Result<SmolStr, DataError> {
        let known = matches!(name, "actor" | "location" | "any")
            || self.ontology.entity_types.contains_key(name);
        if known {
            return Ok(SmolStr::new(name));
        }
        let allowed: Vec<&str> = self.ontology.entity_types.keys().map(|t| t.as_str()).collect();
        Err(source.error(
            offset,
            format!(
                "unknown entity type {name:?}; allowed: actor, location, any, {}",
                allowed.join(", ")
            ),
        ))
    }

    pub(super) fn slot(
        &mut self,
        source: Source<'_>,
        name: &str,
        offset: usize,
    ) -> Result<Slot, DataError> {
        self.set.slots.intern(name).ok_or_else(|| {
            source
                .error(offset, format!("unknown slot {name:?}; allowed: {}", SlotTable::allowed()))
        })
    }

    /// `"subject, by"`
    pub(super) fn slots(
        &mut self,
        source: Source<'_>,
        names: &str,
        offset: usize,
    ) -> Result<Vec<Slot>, DataError> {
        let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
        names.map(|name| self.slot(source, name, offset)).collect()
    }

    /// `"subject, by : person, group | in : facility"`: slots with the types that they take, and
    /// further slots with other types.
    pub(super) fn part(
        &mut self,
        source: Source<'_>,
        part: Part,
        value: &Placed<String>,
    ) -> Result<Vec<PartSlots>, DataError> {
        let offset = value.at;
        let choices: Vec<&str> = value.get().split('|').collect();
        choices.into_iter().map(|choice| self.choice(source, part, choice, offset)).collect()
    }

    pub(super) fn choice(
        &mut self,
        source: Source<'_>,
        part: Part,
        choice: &str,
        offset: usize,
    ) -> Result<PartSlots, DataError> {
        let (slots, types) = match choice.split_once(':') {
            Some((slots, types)) => (slots, Some(types)),
            None => (choice, None),
        };
        let slots = self.slots(source, slots, offset)?;
        if slots.is_empty() {
            return Err(source.error(offset, format!("{} names no slot", part.as_str())));
        }
        let types = match (types, part) {
            (Some(types), _) => types
                .split(',')
                .map(|t| self.entity_type(source, t.trim(), offset))
                .collect::<Result<Vec<_>, _>>()?,
            (None, Part::Role(role)) => self.common.types.get(&role).cloned().unwrap_or_default(),
            (None, _) => Vec::new(),
        };
        Ok(PartSlots { part, slots, types, inherited: false })
    }
}

pub(super) fn frame_part(
    source: Source<'_>,
    yields: &Yield,
    name: &Placed<String>,
) -> Result<Part, DataError> {
    match (yields, name.get().as_str()) {
        (Yield::Relation(_), "subject") => Ok(Part::Subject),
        (Yield::Relation(_), "object") => Ok(Part::Object),
        (Yield::Relation(relation), other) => Err(source
            .error(name.at, format!("unknown role {other:?}; {relation} allows subject, object"))),
        (Yield::Incident(incident), role) => Role::from_name(role)
            .map(Part::Role)
            .ok_or_else(|| unknown_role(source, name, incident.as_str(), &Role::ALL)),
    }
}

pub(super) fn unknown_role(
    source: Source<'_>,
    name: &Placed<String>,
    what: &str,
    allowed: &[Role],
) -> DataError {
    let allowed: Vec<&str> = allowed.iter().map(|r| r.as_str()).collect();
    source.error(
        name.at,
        format!("unknown role {:?}; {what} allows {}", name.get(), allowed.join(", ")),
    )
}
