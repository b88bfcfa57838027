//! `retelling.toml`: how much it weighs that two tellings of one text agree or differ in something, in
//! reckoning whether they tell of one event.

use serde::Deserialize;

use super::PackFiles;
use crate::error::DataError;

const PATH: &str = "retelling.toml";

/// What the signs that one event of a text is another told before weigh, in points; what speaks
/// against it is below zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetellingWeights {
    /// From this sum on the later telling is of the event told before.
    pub enough: i32,
    /// The one is told first in the text, the other just after it.
    pub lead: i32,
    /// Both are of one kind that says little: two attacks.
    pub same_general_kind: i32,
    /// Both hit the same.
    pub same_hit: i32,
    /// Whom or what they hit is called and counted alike.
    pub hit_alike: i32,
    /// Some that have a part in them are called alike.
    pub called_alike: i32,
    /// It is an act of an authority.
    pub lawful: i32,
    /// The first was only told by nouns.
    pub told_by_noun: i32,
    /// The later one is told by a noun.
    pub noun: i32,
    /// The later one says by a verb who did it to whom.
    pub whole: i32,
    /// The later one has a date that comes late.
    pub looks_back: i32,
    /// The later one is dated by a month or more.
    pub long_time: i32,
    /// They are told in other places.
    pub other_place: i32,
}

impl RetellingWeights {
    /// Reads the weights of a pack.
    ///
    /// # Errors
    /// If the file is missing, or does not hold each weight, with the line.
    pub fn load(files: &PackFiles) -> Result<Self, DataError> {
        files.parse_toml(PATH)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_is_asked_for_and_no_other() {
        let files = PackFiles::builtin();
        let weights = RetellingWeights::load(&files).unwrap();
        assert!(weights.lead > 0 && weights.other_place < 0);
        let text = files.get(PATH).unwrap();
        let unknown = text.replace("looks_back =", "looks_on =");
        let error = RetellingWeights::load(&PackFiles::from_texts([(PATH, unknown)])).unwrap_err();
        assert!(error.to_string().contains("looks_"), "{error}");
    }
}
