//! `neo4j.nodes.csv` and `neo4j.relationships.csv`, for `neo4j-admin database import`. Quotes are
//! doubled, backslashes stand for themselves, no field has a line break, `;` parts the items of a
//! list. These are for a database, not for a spreadsheet: nothing is done about formulas.

use std::io::{self, Write};

use super::attributes::{Attribute, EDGE, NODE, Value, ValueType};
use super::escape::one_line;
use super::presentation::Presentation;
use super::table::failed;

fn header<Reader>(attribute: &Attribute<Reader>) -> String {
    let suffix = match attribute.value_type {
        ValueType::Text => "",
        ValueType::Integer => ":long",
        ValueType::Number => ":double",
        ValueType::Boolean => ":boolean",
        ValueType::List => ":string[]",
    };
    format!("{}{suffix}", attribute.name)
}

fn cell(value: Option<Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::Text(text)) => one_line(&text),
        Some(Value::Integer(n)) => n.to_string(),
        Some(Value::Number(x)) => x.to_string(),
        Some(Value::Boolean(b)) => b.to_string(),
        Some(Value::List(items)) => {
            let items: Vec<String> =
                items.iter().map(|item| one_line(item).replace(';', ",")).collect();
            items.join(";")
        }
    }
}

/// `threat_actor` as a Neo4j label: `ThreatActor`.
fn label(entity_type: &str) -> String {
    let words = entity_type.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let mut letters = word.chars();
            let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
            first + letters.as_str()
        })
        .collect()
}

/// Writes the nodes.
pub(super) fn write_nodes(p: &Presentation<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let columns = NODE.iter().map(header);
    let columns = ["id:ID".to_owned(), "name".to_owned()].into_iter().chain(columns);
    csv.write_record(columns.chain([":LABEL".to_owned()])).map_err(failed)?;
    for node in &p.nodes {
        let fixed = [node.id.to_string(), node.label.clone()].into_iter();
        let cells = NODE.iter().map(|a| cell((a.read)(node)));
        let row = fixed.chain(cells).chain([label(node.node.entity_type.as_str())]);
        csv.write_record(row).map_err(failed)?;
    }
    csv.flush()
}

/// Writes the relationships.
pub(super) fn write_relationships(p: &Presentation<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let fixed = [":START_ID", ":END_ID", ":TYPE", "weight:double"].map(str::to_owned);
    csv.write_record(fixed.into_iter().chain(EDGE.iter().map(header))).map_err(failed)?;
    for edge in &p.edges {
        let fixed = [
            p.nodes[edge.source].id.to_string(),
            p.nodes[edge.target].id.to_string(),
            one_line(edge.relation).to_uppercase(),
            edge.weight.to_string(),
        ];
        let cells = EDGE.iter().map(|a| cell((a.read)(edge)));
        csv.write_record(fixed.into_iter().chain(cells)).map_err(failed)?;
    }
    csv.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_lists_in_the_database_s_form() {
        assert_eq!(label("threat_actor"), "ThreatActor");
        let list = Value::List(vec!["a;b".to_owned(), "c\nd\\".to_owned()]);
        assert_eq!(cell(Some(list)), "a,b;c d\\");
    }
}
