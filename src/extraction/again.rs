//! Why a telling is taken for one of an event that its document told before.

use serde::{Deserialize, Serialize};

/// Something that two tellings of one document share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Again {
    /// The same was hit.
    Hit,
    /// What was hit is described alike: "three women", "the three women".
    HitAlike,
    /// Those did it who are known by nothing else: "the gunmen".
    Band,
    /// The weapon.
    Weapon,
    /// A number of dead that no other event of the text has.
    Toll,
    /// Who did it.
    Doer,
    /// Where.
    Place,
    /// The day.
    Day,
    /// A definite noun that points back: "the attack".
    Definite,
    /// How many were killed, told again a few sentences on.
    Dead,
    /// It says how those were hurt of whom the words before it tell.
    Follows,
    /// An exact type that one text hardly tells of twice.
    Kind,
    /// A town or a building.
    Spot,
    /// Both stand where the text tells its news.
    Lead,
    /// Somebody or something with a part in it is called alike.
    Called,
}

impl Again {
    /// All of them, in order.
    pub const ALL: [Self; 15] = [
        Self::Hit,
        Self::HitAlike,
        Self::Band,
        Self::Weapon,
        Self::Toll,
        Self::Doer,
        Self::Place,
        Self::Day,
        Self::Definite,
        Self::Dead,
        Self::Follows,
        Self::Kind,
        Self::Spot,
        Self::Lead,
        Self::Called,
    ];

    /// For people: what the tellings share.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Hit => "whom or what it hit",
            Self::HitAlike => "hit alike",
            Self::Band => "the same unnamed people did it",
            Self::Weapon => "weapon",
            Self::Toll => "number of dead",
            Self::Doer => "who did it",
            Self::Place => "place",
            Self::Day => "day",
            Self::Definite => "a noun that points back",
            Self::Dead => "number of dead nearby",
            Self::Follows => "tells on what the words before tell",
            Self::Kind => "kind of incident",
            Self::Spot => "town or building",
            Self::Lead => "the head of the text",
            Self::Called => "called alike",
        }
    }
}

/// A set of what two tellings share, and how much it weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shared {
    signs: u16,
    /// The sum of the weights.
    pub(super) score: u32,
}

impl Shared {
    /// Adds a sign where it is there.
    pub(super) fn add(&mut self, there: bool, weight: u32, sign: Again) {
        if there {
            self.score += weight;
            self.signs |= 1 << sign as u16;
        }
    }

    /// The signs, in order.
    pub(super) fn signs(self) -> Vec<Again> {
        Again::ALL.into_iter().filter(|sign| self.signs & (1 << *sign as u16) != 0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_is_told_once_and_in_order() {
        let mut shared = Shared::default();
        shared.add(true, 2, Again::Day);
        shared.add(false, 4, Again::Weapon);
        shared.add(true, 4, Again::Hit);
        shared.add(true, 1, Again::Day);
        assert_eq!(shared.signs(), [Again::Hit, Again::Day]);
        assert_eq!(shared.score, 7);
        assert!(Again::ALL.is_sorted());
    }
}
