//! The project's own annotated reports (`tests/reports/*.case`): what an analyst reads in each,
//! and how much of it the program finds. Floors, not wishes: a change that loses facts fails.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use corkboard::document::{Block, BlockForm, Document};
use corkboard::extraction::{AnalysedIncident, DocumentAnalysis};
use corkboard::mention::Quantity;
use corkboard::pipeline::Analyst;
use corkboard::span::{DocumentId, MentionId, Span};

/// Facts that are told or found: `incident shooting occurred`, `shooting victim two officers`.
type Facts = BTreeSet<String>;

struct Report {
    name: String,
    document: Document,
    incidents: Vec<Expected>,
    relations: Vec<[String; 3]>,
}

#[derive(Default)]
struct Expected {
    head: Vec<String>,
    values: Vec<(String, String)>,
    roles: Vec<(String, String)>,
}

fn reports() -> Vec<Report> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths.retain(|path| path.extension().is_some_and(|e| e == "case"));
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Report {
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    let file = fs::read_to_string(path).unwrap();
    let (head, rest) = file.split_once("--- text\n").expect("a text");
    let (text, graph) = rest.split_once("--- graph\n").expect("a graph");
    let published = head.lines().find_map(|l| l.strip_prefix("published: "));
    let text = text.trim_end().to_owned();
    let block = Block { span: Span::new(0, text.len()), form: BlockForm::Paragraph };
    let document = Document {
        id: DocumentId::from(name.as_str()),
        published: published.map(|day| day.parse().expect("a day")),
        blocks: vec![block],
        text,
        ..Document::default()
    };
    let (mut incidents, mut relations) = (Vec::<Expected>::new(), Vec::new());
    for line in graph.lines() {
        let unquote = |part: &str| part.trim().trim_matches('"').to_owned();
        if let Some(rest) = line.strip_prefix("incident ") {
            let (values, head) =
                rest.split_whitespace().partition::<Vec<_>, _>(|w| w.contains('='));
            incidents.push(Expected {
                head: head.into_iter().map(str::to_owned).collect(),
                values: values
                    .iter()
                    .filter_map(|v| v.split_once('='))
                    .map(|(k, v)| (k.to_owned(), v.to_owned()))
                    .collect(),
                roles: Vec::new(),
            });
        } else if let Some(rest) = line.strip_prefix("relation ") {
            let parts: Vec<&str> = rest.splitn(3, "\" ").collect();
            let [subject, object] = [parts[0], parts[1]];
            let (relation, object) = object.split_once(' ').expect("a relation and its object");
            relations.push([unquote(subject), relation.to_owned(), unquote(object)]);
        } else if let Some(incident) = incidents.last_mut() {
            for part in line.split(';').filter(|p| !p.trim().is_empty()) {
                let (role, text) = part.trim().split_once(' ').expect("a role and its words");
                incident.roles.push((role.to_owned(), unquote(text)));
            }
        }
    }
    Report { name, document, incidents, relations }
}

/// Lower case, without an article.
fn bare(text: &str) -> String {
    let lower = text.to_lowercase();
    let article = ["the ", "an ", "a "].iter().find_map(|a| lower.strip_prefix(a));
    article.unwrap_or(&lower).to_owned()
}

/// All texts of the chain of a mention.
fn names(analysis: &DocumentAnalysis, mention: MentionId) -> Vec<String> {
    let chain = analysis.mentions[mention.index()].chain;
    let all = analysis.mentions.iter().filter(|m| m.chain == chain);
    all.map(|m| bare(&m.text)).collect()
}

/// Counts of what was expected and found, expected in all, found in all.
#[derive(Default, Debug, Clone, Copy)]
struct Score {
    right: usize,
    expected: usize,
    found: usize,
}

impl Score {
    fn add(&mut self, other: Score) {
        self.right += other.right;
        self.expected += other.expected;
        self.found += other.found;
    }

    fn precision(self) -> f64 {
        if self.found == 0 { 1.0 } else { self.right as f64 / self.found as f64 }
    }

    fn recall(self) -> f64 {
        if self.expected == 0 { 1.0 } else { self.right as f64 / self.expected as f64 }
    }
}

fn quantity(quantity: Option<&Quantity>) -> Option<String> {
    quantity.map(|q| format!("{}", q.value))
}

fn value(incident: &AnalysedIncident, name: &str) -> Option<String> {
    match name {
        "count" => quantity(incident.count.as_ref()),
        "killed" => quantity(incident.killed.as_ref()),
        "injured" => quantity(incident.injured.as_ref()),
        "date" => incident.date.and_then(|d| d.start).map(|d| d.to_string()),
        _ => None,
    }
}

/// Compares a report with its analysis: incidents (type, stage, stance), their parts and values,
/// and relations.
fn compare(report: &Report, analysis: &DocumentAnalysis, misses: &mut Vec<String>) -> [Score; 3] {
    // All tellings of one event are one incident.
    let mut events: BTreeMap<usize, Vec<&AnalysedIncident>> = BTreeMap::new();
    for incident in &analysis.incidents {
        events.entry(incident.same_as).or_default().push(incident);
    }
    let mut unmatched: Vec<Vec<&AnalysedIncident>> = events.into_values().collect();
    let mut scores = [Score::default(); 3];
    scores[0].found = unmatched.len();
    for expected in &report.incidents {
        scores[0].expected += 1;
        scores[1].expected += expected.roles.len() + expected.values.len();
        let fits = |event: &Vec<&AnalysedIncident>| {
            event.iter().any(|i| {
                i.incident_type.as_str() == expected.head[0]
                    && label(&i.stage) == expected.head[1]
                    && label(&i.stance) == expected.head[2]
            })
        };
        let Some(place) = unmatched.iter().position(fits) else {
            misses.push(format!("{}: incident {}", report.name, expected.head.join(" ")));
            continue;
        };
        scores[0].right += 1;
        let event = unmatched.remove(place);
        let mut told: BTreeSet<(String, usize)> = BTreeSet::new();
        for incident in &event {
            for argument in &incident.arguments {
                if argument.role.as_str() != "time" {
                    let chain = analysis.mentions[argument.mention.index()].chain;
                    told.insert((argument.role.as_str().to_owned(), chain));
                }
            }
        }
        let values = ["count", "killed", "injured"];
        let valued = values.iter().filter(|v| event.iter().any(|i| value(i, v).is_some()));
        scores[1].found += told.len() + valued.count();
        for (role, text) in &expected.roles {
            let found = event.iter().flat_map(|i| &i.arguments).any(|a| {
                a.role.as_str() == role && names(analysis, a.mention).contains(&bare(text))
            });
            scores[1].right += usize::from(found);
            if !found {
                misses.push(format!("{}: {} {role} {text:?}", report.name, expected.head[0]));
            }
        }
        for (name, wanted) in &expected.values {
            let found = event.iter().any(|i| value(i, name).as_ref() == Some(wanted));
            scores[1].right += usize::from(found);
            scores[1].found += usize::from(name == "date");
            if !found {
                misses.push(format!("{}: {} {name}={wanted}", report.name, expected.head[0]));
            }
        }
    }
    for event in unmatched {
        let i = event[0];
        misses.push(format!(
            "{}: extra {} {} {}",
            report.name,
            i.incident_type,
            label(&i.stage),
            label(&i.stance)
        ));
    }
    let mut found: Facts = Facts::new();
    for [subject, relation, object] in &report.relations {
        scores[2].expected += 1;
        let hit = analysis.relations.iter().any(|r| {
            r.relation.as_str() == relation
                && names(analysis, r.subject).contains(&bare(subject))
                && names(analysis, r.object).contains(&bare(object))
        });
        scores[2].right += usize::from(hit);
        if !hit {
            misses.push(format!("{}: relation {subject} {relation} {object}", report.name));
        }
    }
    for r in &analysis.relations {
        found.insert(format!("{:?}", (r.subject, r.relation.as_str(), r.object)));
    }
    scores[2].found = found.len();
    scores
}

fn label<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap_or_default().to_owned()
}

#[test]
fn the_reports_cover_every_incident_type_stage_and_stance() {
    let analyst = Analyst::builtin().unwrap();
    let reports = reports();
    assert!(reports.len() >= 25, "only {} reports", reports.len());
    let heads: Vec<&Vec<String>> =
        reports.iter().flat_map(|r| &r.incidents).map(|i| &i.head).collect();
    let types: BTreeSet<&str> = heads.iter().map(|h| h[0].as_str()).collect();
    for incident_type in analyst.pack().ontology.incident_types.keys() {
        assert!(types.contains(incident_type.as_str()), "no report tells of {incident_type}");
    }
    for stage in ["occurred", "ongoing", "attempted", "foiled", "planned", "threatened"] {
        assert!(heads.iter().any(|h| h[1] == stage), "no report has the stage {stage}");
    }
    for stance in ["reported", "stated", "claimed", "alleged", "denied"] {
        assert!(heads.iter().any(|h| h[2] == stance), "no report has the stance {stance}");
    }
}

#[test]
fn quality_on_the_projects_own_reports_stays_above_its_floors() {
    let analyst = Analyst::builtin().unwrap();
    let mut totals = [Score::default(); 3];
    let mut misses = Vec::new();
    for report in reports() {
        let analysis = analyst.analyse(&report.document);
        for (total, score) in totals.iter_mut().zip(compare(&report, &analysis, &mut misses)) {
            total.add(score);
        }
    }
    let names = ["incidents", "parts", "relations"];
    let table: Vec<String> = names
        .iter()
        .zip(totals)
        .map(|(n, s)| format!("{n}: precision {:.3} recall {:.3} {s:?}", s.precision(), s.recall()))
        .collect();
    let told = format!("{}\n{}", table.join("\n"), misses.join("\n"));
    // Floors: (precision, recall) of incidents, parts, relations.
    let floors = [(0.80, 0.85), (0.75, 0.80), (0.30, 0.80)];
    for ((name, total), (precision, recall)) in names.iter().zip(totals).zip(floors) {
        assert!(
            total.precision() >= precision,
            "precision of {name} fell below {precision}\n{told}"
        );
        assert!(total.recall() >= recall, "recall of {name} fell below {recall}\n{told}");
    }
}
