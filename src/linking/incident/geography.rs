//! Where places lie, as far as comparing reports asks.

use super::report::common;
use crate::linking::entity::EntityTable;
use crate::pack::Pack;

/// How narrow a place is: how much it says that two things were there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Extent {
    Country,
    Area,
    Town,
    Building,
}

/// Places and what they lie in.
pub(super) struct Geography<'a> {
    pub(super) entities: &'a EntityTable,
    pub(super) pack: &'a Pack,
}

impl Geography<'_> {
    fn kind(&self, entity: usize) -> &str {
        self.entities.entities[entity].entity_type.as_str()
    }

    /// How narrow a place is.
    pub(super) fn extent(&self, entity: usize) -> Extent {
        let subtype = self.entities.entities[entity].subtype.as_deref();
        match (self.kind(entity), subtype) {
            ("country", _) => Extent::Country,
            ("facility", _) => Extent::Building,
            (_, Some("city" | "town" | "capital") | None) => Extent::Town,
            _ => Extent::Area,
        }
    }

    /// Whether one place is the other or what the other lies in, as far as known.
    fn compatible(&self, a: usize, b: usize) -> bool {
        if a == b {
            return true;
        }
        // Which towns lie in a province is not known; only that another country's do not.
        let (one, other) = (self.extent(a), self.extent(b));
        let country = |e: usize| {
            let entry = self.entities.entities[e].entry.as_ref();
            entry.and_then(|id| self.pack.gazetteer.entry(id)?.country.as_ref())
        };
        let area_and_town = (one == Extent::Area) != (other == Extent::Area)
            && (country(a).is_none() || country(b).is_none() || country(a) == country(b));
        self.lies_in(a, b) || self.lies_in(b, a) || area_and_town
    }

    /// Whether one list names countries, the other regions or seas, and nothing is known of one lying in
    /// the other: Ukraine and the Middle East.
    pub(super) fn elsewhere(&self, a: &[usize], b: &[usize]) -> bool {
        let only = |places: &[usize], extent: Extent| {
            !places.is_empty() && places.iter().all(|place| self.extent(*place) == extent)
        };
        let apart = only(a, Extent::Country) && only(b, Extent::Area)
            || only(a, Extent::Area) && only(b, Extent::Country);
        apart && !a.iter().any(|x| b.iter().any(|y| self.lies_in(*x, *y) || self.lies_in(*y, *x)))
    }

    /// Whether a place is known to lie in another.
    fn lies_in(&self, narrow: usize, wide: usize) -> bool {
        let entry = |e: usize| self.entities.entities[e].entry.as_ref();
        let (Some(wide), Some(narrow)) = (entry(wide), entry(narrow)) else { return false };
        self.pack
            .gazetteer
            .entry(narrow)
            .is_some_and(|e| e.country.as_ref() == Some(wide) || e.part_of.as_ref() == Some(wide))
    }

    /// Whether two sorted lists of places cannot be one incident's: both name a town, a country or
    /// a building by its name, and no two of them fit.
    pub(super) fn apart(&self, a: &[usize], b: &[usize]) -> bool {
        if a.is_empty() || b.is_empty() {
            return false;
        }
        // "a warehouse" is told from no other building, a building from no town that it stands in.
        let named = |e: &&usize| self.entities.entities[**e].named;
        if common(a, b).next().is_some() {
            // Two towns of one country are two, whatever else holds both.
            let towns = |places: &[usize]| -> Vec<usize> {
                let towns = places.iter().filter(named);
                towns.copied().filter(|e| self.extent(*e) == Extent::Town).collect()
            };
            let narrower = common(a, b).any(|e| self.extent(*e) > Extent::Area);
            let (here, there) = (towns(a), towns(b));
            return !narrower
                && !here.is_empty()
                && !there.is_empty()
                && !here.iter().any(|x| there.iter().any(|y| self.compatible(*x, *y)));
        }
        let facility = |e: usize| self.kind(e) == "facility";
        let mut comparable = false;
        for x in a.iter().filter(named) {
            for y in b.iter().filter(named) {
                if self.compatible(*x, *y) {
                    return false;
                }
                comparable |= facility(*x) == facility(*y);
            }
        }
        comparable
    }
}
