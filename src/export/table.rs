//! CSV tables: nodes, edges and evidence.
//!
//! `nodes.csv` and `edges.csv` are for Gephi's import, which takes a backslash as an escape:
//! there every backslash is doubled. All three may meet a spreadsheet: a text cell that would run
//! as a formula gets an apostrophe before it (see [`neutral_cell`] for how to undo both: take one
//! apostrophe off cells that fit `^'+[=+\-@\t\r]`, then halve the backslashes).

use std::borrow::Cow;
use std::io::{self, Write};

use crate::date::Date;

use super::attributes::{EDGE, NODE, Value, of_edge, of_node};
use super::escape::{neutral_cell, one_line};
use super::presentation::{Days, Presentation};
use crate::graph::Evidence;

/// Columns that Gephi would read as dates, which changes its time model: they are left to
/// `Timeset` and to `Period`.
const DATES: &[&str] = &["first_seen", "last_seen", "date_start", "date_end"];

/// An edge's relation has the column `Kind`, from which Gephi takes the type of the edge.
const RELATION: &str = "relation";

/// A failure of the CSV writer as one of the stream.
pub(super) fn failed(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A text cell for Gephi and spreadsheets.
fn gephi(cell: &str) -> String {
    neutral_cell(&one_line(cell)).replace('\\', "\\\\")
}

fn cell(value: &Option<Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::Text(text)) => gephi(text),
        Some(Value::Integer(n)) => n.to_string(),
        Some(Value::Number(x)) => x.to_string(),
        Some(Value::Boolean(b)) => b.to_string(),
        Some(Value::List(items)) => gephi(&items.join(" | ")),
    }
}

fn column(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// Intervals in Gephi's form `<[first,last]>`. An open side is closed at the first or last day
/// that anything in the graph tells of, for Gephi's tables know no open intervals.
struct Timeline {
    first: Option<Date>,
    last: Option<Date>,
}

impl Timeline {
    fn of(presentation: &Presentation<'_>) -> Self {
        let nodes = presentation.nodes.iter().map(|n| n.days);
        let days: Vec<Days> = nodes.chain(presentation.edges.iter().map(|e| e.days)).collect();
        let known = || days.iter().flat_map(|d| [d.first, d.last]).flatten();
        Self { first: known().min(), last: known().max() }
    }

    fn cell(&self, days: Days) -> String {
        match (days.known(), days.first.or(self.first), days.last.or(self.last)) {
            (true, Some(first), Some(last)) => format!("<[{first},{last}]>"),
            _ => String::new(),
        }
    }
}

/// The dates as written, as an ISO 8601 interval: `2024-03/2024-05`, `2022/..`.
fn period(first: &Option<Value>, last: &Option<Value>) -> String {
    let side = |value: &Option<Value>| match value {
        Some(Value::Text(date)) => date.clone(),
        _ => "..".to_owned(),
    };
    if first.is_none() && last.is_none() {
        return String::new();
    }
    format!("{}/{}", side(first), side(last))
}

/// Writes `nodes.csv`.
pub(super) fn write_nodes(p: &Presentation<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let timeline = Timeline::of(p);
    let table: Vec<_> = NODE.iter().filter(|a| !DATES.contains(&a.name)).collect();
    let mut header = vec!["Id".to_owned(), "Label".to_owned()];
    header.extend(table.iter().map(|a| column(a.name)));
    header.extend(["Period", "Color", "Timeset"].map(str::to_owned));
    csv.write_record(&header).map_err(failed)?;
    for node in &p.nodes {
        let mut row = vec![node.id.to_string(), gephi(&node.label)];
        row.extend(table.iter().map(|a| cell(&(a.read)(node))));
        let date = |wanted| of_node(node).find(|(name, _)| *name == wanted).map(|(_, value)| value);
        let (start, end) = (date("date_start"), date("date_end"));
        row.push(if start.is_some() || end.is_some() {
            period(&start, &end)
        } else {
            period(&date("first_seen"), &date("last_seen"))
        });
        row.push(node.color.hex());
        row.push(timeline.cell(node.days));
        csv.write_record(&row).map_err(failed)?;
    }
    csv.flush()
}

/// Writes `edges.csv`.
pub(super) fn write_edges(p: &Presentation<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let timeline = Timeline::of(p);
    let table: Vec<_> =
        EDGE.iter().filter(|a| !DATES.contains(&a.name) && a.name != RELATION).collect();
    let fixed = ["Id", "Source", "Target", "Type", "Kind", "Label", "Weight"];
    let mut header: Vec<String> = fixed.map(str::to_owned).to_vec();
    header.extend(table.iter().map(|a| column(a.name)));
    header.extend(["Period", "Timeset"].map(str::to_owned));
    csv.write_record(&header).map_err(failed)?;
    for edge in &p.edges {
        let mut row = vec![
            edge.id.clone(),
            p.nodes[edge.source].id.to_string(),
            p.nodes[edge.target].id.to_string(),
            "Directed".to_owned(),
            gephi(edge.relation),
            gephi(&edge.label),
            edge.weight.to_string(),
        ];
        row.extend(table.iter().map(|a| cell(&(a.read)(edge))));
        let date = |wanted| of_edge(edge).find(|(name, _)| *name == wanted).map(|(_, value)| value);
        row.push(period(&date("first_seen"), &date("last_seen")));
        row.push(timeline.cell(edge.days));
        csv.write_record(&row).map_err(failed)?;
    }
    csv.flush()
}

/// Writes `evidence.csv`: a row for every piece of evidence of every edge, then of every node.
pub(super) fn write_evidence(p: &Presentation<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "Edge",
        "Source",
        "Relation",
        "Target",
        "Document",
        "Title",
        "Publisher",
        "Published",
        "Begin",
        "End",
        "Quote",
        "Stance",
        "Speaker",
        "Rule",
    ])
    .map_err(failed)?;
    let mut row = |what: [&str; 4], evidence: &Evidence| {
        let record = p.graph.documents.get(&evidence.document);
        let known = |text: Option<&String>| text.cloned().unwrap_or_default();
        let published = record.and_then(|r| r.published).map(|d| d.to_string());
        let cells = [
            evidence.document.to_string(),
            known(record.and_then(|r| r.title.as_ref())),
            known(record.and_then(|r| r.publisher.as_ref())),
            published.unwrap_or_default(),
            evidence.begin.to_string(),
            evidence.end.to_string(),
            evidence.quote.to_string(),
            evidence.stance.as_str().to_owned(),
            evidence.speaker.as_ref().map(ToString::to_string).unwrap_or_default(),
            evidence.rule.to_string(),
        ];
        let what = what.into_iter().map(Cow::Borrowed).chain(cells.into_iter().map(Cow::Owned));
        csv.write_record(what.map(|cell: Cow<'_, str>| neutral_cell(&cell).into_owned()))
            .map_err(failed)
    };
    for edge in &p.edges {
        let (source, target) = (&p.nodes[edge.source].id, &p.nodes[edge.target].id);
        for evidence in &edge.edge.evidence {
            row([&edge.id, source, edge.relation, target], evidence)?;
        }
    }
    for node in &p.nodes {
        for evidence in &node.node.evidence {
            row(["", &node.id, "", ""], evidence)?;
        }
    }
    csv.flush()
}
