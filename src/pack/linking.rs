//! `linking.toml`: how much it weighs that two reports agree in something, in reckoning whether they
//! tell of one incident.

use serde::Deserialize;

use super::PackFiles;
use crate::error::DataError;

const PATH: &str = "linking.toml";

/// What agreement of two reports weighs, in points; what speaks against their being one is below
/// zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementWeights {
    /// From this sum on two reports are of one incident, if they agree in something that few
    /// incidents share.
    pub enough: i32,
    /// From this sum on a report is of the only incident that it fits.
    pub few: i32,
    /// The same for reports in two tellings of one story.
    pub few_in_one_story: i32,
    /// A rival whose sum is less by this much is none.
    pub margin: i32,
    /// Both days are known, to two days at most, and agree.
    pub same_day: i32,
    /// Known to a week.
    pub same_week: i32,
    /// Known to a month.
    pub same_month: i32,
    /// Known to a year.
    pub same_year: i32,
    /// The one's day is the other's next, while their numbers of dead are the same.
    pub next_day: i32,
    /// No day is told, and the reports are of the same days.
    pub reported_within_days: i32,
    /// No day is told, and the reports are of the same weeks.
    pub reported_within_month: i32,
    /// No day is told in one, and it is of later months.
    pub reported_later: i32,
    /// One building.
    pub same_building: i32,
    /// One town.
    pub same_town: i32,
    /// One region or sea.
    pub same_area: i32,
    /// One country.
    pub same_country: i32,
    /// One names countries, the other regions that are not known to hold them.
    pub elsewhere: i32,
    /// A person whom both say that it hit.
    pub victim: i32,
    /// A person with another part in both.
    pub person: i32,
    /// A country with a part in both.
    pub country: i32,
    /// A body or group with a part in both.
    pub body: i32,
    /// What all people, countries and bodies weigh together at most.
    pub actors_at_most: i32,
    /// Each names whom it hit, and they are others.
    pub other_victims: i32,
    /// Each names the bodies that it hit, and they are others.
    pub other_targets: i32,
    /// Doers without a name that are called alike: "gunmen".
    pub doers_alike: i32,
    /// One kind of weapon.
    pub weapon: i32,
    /// The same number of dead, fifty or more.
    pub dead_from_50: i32,
    /// The same, ten to 49.
    pub dead_from_10: i32,
    /// The same, two to nine.
    pub dead: i32,
    /// One number of dead is more than three times the other.
    pub dead_apart: i32,
    /// The same number of injured.
    pub injured: i32,
    /// What was hit is called alike: "mosque".
    pub hit_alike: i32,
    /// And is counted alike: "three women".
    pub hit_counted_alike: i32,
    /// And is of one people: "a British student".
    pub hit_of_one_people: i32,
    /// One exact type.
    pub same_kind: i32,
    /// One type that says little: "attack".
    pub same_general_kind: i32,
    /// One type may be told as the other.
    pub told_as: i32,
    /// In one document: one of them is its headline's.
    pub headline: i32,
    /// In one document: the same was done to the same person.
    pub one_person: i32,
    /// The documents tell one story.
    pub one_story: i32,
}

impl AgreementWeights {
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
        let weights = AgreementWeights::load(&files).unwrap();
        assert!(weights.few < weights.enough && weights.other_victims < 0);
        let text = files.get(PATH).unwrap();
        let lacking = text.replace("weapon = 1\n", "");
        let error = AgreementWeights::load(&PackFiles::from_texts([(PATH, lacking)])).unwrap_err();
        assert!(error.to_string().contains("weapon"), "{error}");
        let unknown = text.replace("weapon = 1", "weapons = 1");
        let error = AgreementWeights::load(&PackFiles::from_texts([(PATH, unknown)])).unwrap_err();
        assert!(error.to_string().contains("weapons"), "{error}");
    }
}
