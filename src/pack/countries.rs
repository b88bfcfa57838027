//! `gazetteers/countries.csv`: each country with its adjectives, its people, its capital, and the
//! names that stand for its government.

use serde::Deserialize;
use smol_str::SmolStr;

use super::PackFiles;
use super::gazetteer::{Gazetteer, GazetteerEntry, NameSense};
use super::table;
use super::vocabulary::Vocabulary;
use crate::error::DataError;
use crate::ontology::EntityType;

pub(super) const PATH: &str = "gazetteers/countries.csv";

#[cfg(test)]
pub(super) const HEADER: &str =
    "id,name,aliases,demonyms,people,capital,seats,latitude,longitude,iso2\n";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: SmolStr,
    name: SmolStr,
    aliases: String,
    demonyms: String,
    people: String,
    capital: String,
    seats: String,
    latitude: Option<f64>,
    longitude: Option<f64>,
    iso2: Option<SmolStr>,
}

/// Adds the countries to a gazetteer that holds the places already. A pack without the file has
/// no countries.
pub(super) fn load(
    files: &PackFiles,
    gazetteer: &mut Gazetteer,
    vocabulary: &mut Vocabulary,
) -> Result<(), DataError> {
    let Some(text) = files.get(PATH) else { return Ok(()) };
    for (line, row) in table::rows::<Row>(PATH, text)? {
        let entry = GazetteerEntry {
            id: row.id.clone(),
            name: row.name.clone(),
            entity_type: EntityType::from("country"),
            latitude: row.latitude,
            longitude: row.longitude,
            iso2: row.iso2.filter(|code| !code.is_empty()),
            ..GazetteerEntry::default()
        };
        let index = gazetteer.add_entry(PATH, line, entry)?;
        gazetteer.add_name(PATH, line, index, NameSense::Name, &row.name, vocabulary)?;
        let columns = [
            (NameSense::Name, &row.aliases),
            (NameSense::Demonym, &row.demonyms),
            (NameSense::People, &row.people),
            (NameSense::Seat, &row.seats),
        ];
        for (sense, cell) in columns {
            for name in table::listed(cell) {
                gazetteer.add_name(PATH, line, index, sense, name, vocabulary)?;
            }
        }
        for capital in table::listed(&row.capital) {
            let Some(place) = gazetteer.index(capital) else {
                let message = format!("unknown capital {capital:?}: no gazetteer has this id");
                return Err(DataError::at(PATH, line, message));
            };
            gazetteer.set_capital(place, row.id.clone());
        }
    }
    Ok(())
}
