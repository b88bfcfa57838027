//! `gazetteers/countries.csv`: each country with its adjectives, its people, its capital, and the
//! names that stand for its government.

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

const COLUMNS: [&str; 10] = [
    "id",
    "name",
    "aliases",
    "demonyms",
    "people",
    "capital",
    "seats",
    "latitude",
    "longitude",
    "iso2",
];

/// Adds the countries to a gazetteer that holds the places already. A pack without the file has
/// no countries.
pub(super) fn load(
    files: &PackFiles,
    gazetteer: &mut Gazetteer,
    vocabulary: &mut Vocabulary,
) -> Result<(), DataError> {
    let Some(text) = files.get(PATH) else { return Ok(()) };
    table::for_each_row(PATH, text, &COLUMNS, &mut |row| {
        let (id, line) = (SmolStr::new(row.cell(0)), row.line);
        let entry = GazetteerEntry {
            id: id.clone(),
            name: SmolStr::new(row.cell(1)),
            entity_type: EntityType::from("country"),
            latitude: row.number(7)?,
            longitude: row.number(8)?,
            iso2: row.given(9).map(SmolStr::new),
            ..GazetteerEntry::default()
        };
        let index = gazetteer.add_entry(PATH, line, entry)?;
        gazetteer.add_name(PATH, line, index, NameSense::Name, row.cell(1), vocabulary)?;
        let columns = [
            (NameSense::Name, row.cell(2)),
            (NameSense::Demonym, row.cell(3)),
            (NameSense::People, row.cell(4)),
            (NameSense::Seat, row.cell(6)),
        ];
        for (sense, cell) in columns {
            for name in table::listed(cell) {
                gazetteer.add_name(PATH, line, index, sense, name, vocabulary)?;
            }
        }
        for capital in table::listed(row.cell(5)) {
            let Some(place) = gazetteer.index(capital) else {
                return Err(
                    row.error(format!("unknown capital {capital:?}: no gazetteer has this id"))
                );
            };
            gazetteer.set_capital(place, id.clone());
        }
        Ok(())
    })
}
