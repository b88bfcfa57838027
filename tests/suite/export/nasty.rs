//! Whatever text a report brings, every file stays readable and keeps it.

use std::collections::BTreeMap;

use corkboard::export::{ExportOptions, GraphFormat, json, write_file};
use corkboard::graph::{Alias, KnowledgeGraph, Node};
use corkboard::pack::Pack;
use proptest::prelude::*;
use quick_xml::events::Event;

use super::synthetic;

/// Text that formats trip over, or any text at all.
fn nasty() -> impl Strategy<Value = String> {
    let special = prop::sample::select(vec![
        "",
        " ",
        "=1+1",
        "'=x",
        "@",
        "\\",
        "a\\",
        "\"",
        "]]>",
        "<b>&amp;",
        "a\u{0}b\u{1}c",
        "line\nbreak\r\n\ttab",
        "\u{FEFF}\u{FFFE}\u{FFFF}",
        "שלום עולם",
        "\u{202E}reversed\u{202C}",
        "👩‍🚒🏴‍☠️",
        "e\u{301}",
        "INF",
        "null",
        "a;b|c,d",
        "digraph -> { x }",
        "--",
    ]);
    prop_oneof![special.prop_map(str::to_owned), ".{0,12}", "\\PC{0,12}"]
}

fn graph() -> impl Strategy<Value = KnowledgeGraph> {
    let nodes = prop::collection::vec((nasty(), nasty(), nasty()), 1..6);
    let edges = prop::collection::vec((0..6usize, 0..6usize, nasty(), nasty()), 0..8);
    (nasty(), nodes, edges).prop_map(|(name, nodes, edges)| {
        let mut graph = KnowledgeGraph::new(name);
        let mut indices = Vec::new();
        for (id, label, alias) in nodes.into_iter().filter(|(id, ..)| !id.is_empty()) {
            let aliases = vec![Alias { name: alias.clone(), count: 2 }];
            let subtype = Some(alias.into());
            let node = Node { aliases, subtype, ..synthetic::node("person:x", &label) };
            indices.push(graph.add_node(Node { id: id.into(), ..node }));
        }
        for (a, b, relation, quote) in edges.into_iter().filter(|_| !indices.is_empty()) {
            let (a, b) = (indices[a % indices.len()], indices[b % indices.len()]);
            let stance = corkboard::extraction::Stance::Reported;
            graph.add_edge(a, b, synthetic::edge(&relation, &quote, 0, &quote, stance));
        }
        graph
    })
}

fn write(graph: &KnowledgeGraph, file: &str) -> String {
    let pack = Pack::builtin().unwrap();
    let mut bytes = Vec::new();
    write_file(graph, &pack.ontology, ExportOptions::default(), file, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// A label as files show it: on one line, without what XML forbids.
fn shown(label: &str) -> String {
    let blank =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{FFFE}'..='\u{FFFF}');
    label.split(blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The labels that files should show, by number; a blank one gives way to the id.
fn labels(graph: &KnowledgeGraph) -> Vec<Option<String>> {
    let shown = graph.nodes().into_iter().map(|(_, node)| shown(&node.label));
    shown.map(|label| Some(label).filter(|label| !label.is_empty())).collect()
}

fn same_labels(expected: &[Option<String>], found: &[String]) {
    assert_eq!(expected.len(), found.len());
    for (expected, found) in expected.iter().zip(found) {
        match expected {
            Some(label) => assert_eq!(label, found),
            None => assert!(!found.trim().is_empty()),
        }
    }
}

fn is_nmtoken(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_:".contains(&b))
}

/// The elements of an XML file: name, attributes, text right inside.
fn elements(xml: &str) -> Vec<(String, BTreeMap<String, String>, String)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut done, mut open) = (Vec::new(), Vec::<usize>::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                let attributes = start
                    .attributes()
                    .map(|a| {
                        let a = a.unwrap();
                        let key = a.key.as_ref().to_owned();
                        let raw = a.value.to_string();
                        (key, quick_xml::escape::unescape(&raw).unwrap().into_owned())
                    })
                    .collect();
                open.push(done.len());
                done.push((name, attributes, String::new()));
            }
            Event::End(_) => {
                open.pop().expect("an element is open");
            }
            Event::Text(text) => {
                let text = text.to_string();
                if let Some(at) = open.last() {
                    done[*at].2.push_str(&text);
                }
            }
            Event::CData(text) => {
                let text = text.to_string();
                done[*open.last().unwrap()].2.push_str(&text);
            }
            Event::GeneralRef(reference) => {
                let name = format!("&{};", &*reference);
                let text = quick_xml::escape::unescape(&name).unwrap().into_owned();
                done[*open.last().unwrap()].2.push_str(&text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    let allowed = |c: char| !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    assert!(xml.chars().all(allowed), "a character that XML forbids");
    done
}

/// Ids are tokens, unique over nodes and edges; edges join nodes.
fn check_ids(xml: &[(String, BTreeMap<String, String>, String)], graph: &KnowledgeGraph) {
    let of = |name: &str| xml.iter().filter(move |e| e.0 == name).map(|e| &e.1).collect::<Vec<_>>();
    let (nodes, edges) = (of("node"), of("edge"));
    assert_eq!((nodes.len(), edges.len()), (graph.node_count(), graph.edge_count()));
    let mut ids: Vec<&str> = nodes.iter().chain(&edges).map(|e| e["id"].as_str()).collect();
    assert!(ids.iter().all(|id| is_nmtoken(id)), "{ids:?}");
    ids.sort_unstable();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{ids:?}");
    for edge in edges {
        for end in ["source", "target"] {
            assert!(nodes.iter().any(|node| node["id"] == edge[end]));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn json_loses_nothing(graph in graph()) {
        let again = json::read("graph.json", &write(&graph, "graph.json")).unwrap();
        prop_assert!(again == graph);
        let value: serde_json::Value = serde_json::from_str(&write(&graph, "graph.cyjs")).unwrap();
        let nodes = value["elements"]["nodes"].as_array().unwrap();
        let found: Vec<String> =
            nodes.iter().map(|n| n["data"]["label"].as_str().unwrap().to_owned()).collect();
        same_labels(&labels(&graph), &found);
    }

    #[test]
    fn xml_stays_well_formed(graph in graph()) {
        let gexf = elements(&write(&graph, "graph.gexf"));
        check_ids(&gexf, &graph);
        let found: Vec<String> =
            gexf.iter().filter(|e| e.0 == "node").map(|e| e.1["label"].clone()).collect();
        same_labels(&labels(&graph), &found);

        let graphml = elements(&write(&graph, "graph.graphml"));
        check_ids(&graphml, &graph);
        let is_label = |e: &&(String, BTreeMap<String, String>, String)| {
            e.0 == "data" && e.1["key"] == "label"
        };
        let found: Vec<String> = graphml.iter().filter(is_label).map(|e| e.2.clone()).collect();
        same_labels(&labels(&graph), &found);

        check_ids(&elements(&write(&graph, "graph.yed.graphml")), &graph);
        elements(&write(&graph, "graph.svg"));
    }

    #[test]
    fn tables_keep_their_columns(graph in graph()) {
        for file in GraphFormat::ALL.iter().flat_map(|(_, f)| f.files()).filter(|f| f.ends_with("csv")) {
            let text = write(&graph, file);
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
            if *file == "nodes.csv" {
                // As the documentation says: first the backslashes, then the apostrophe.
                let undone = |cell: &str| {
                    let cell = cell.replace("\\\\", "\\");
                    match cell.strip_prefix('\'') {
                        Some(rest) if rest.trim_start_matches('\'').starts_with(['=', '+', '-', '@']) => {
                            rest.to_owned()
                        }
                        _ => cell,
                    }
                };
                let found: Vec<String> = rows.iter().map(|row| undone(&row[1])).collect();
                same_labels(&labels(&graph), &found);
            }
            if !file.starts_with("neo4j") {
                for cell in rows.iter().flat_map(|row| row.iter()) {
                    let number = cell.parse::<f64>().is_ok();
                    prop_assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
                }
            }
        }
    }

    #[test]
    fn dot_strings_close(graph in graph()) {
        let text = write(&graph, "graph.dot");
        let mut lines = text.lines();
        prop_assert!(lines.next().unwrap().starts_with("// ") && text.contains('—'));
        prop_assert_eq!(lines.next(), Some("digraph \"G\" {"));
        let mut found = Vec::new();
        for line in lines.filter(|line| *line != "}") {
            let strings = quoted(line);
            prop_assert!(line.ends_with("\"];"), "{}", line);
            if !line.contains("\" -> \"") {
                found.push(strings[1].clone());
            }
        }
        same_labels(&labels(&graph), &found);
    }
}

/// The quoted strings of a line of DOT, unescaped; outside of them there must be no odd quote.
fn quoted(line: &str) -> Vec<String> {
    let (mut strings, mut inside) = (Vec::new(), None::<String>);
    let mut letters = line.chars();
    while let Some(c) = letters.next() {
        match (&mut inside, c) {
            (Some(text), '\\') => text.extend(letters.next()),
            (Some(_), '"') => strings.extend(inside.take()),
            (Some(text), c) => text.push(c),
            (None, '"') => inside = Some(String::new()),
            (None, _) => {}
        }
    }
    assert!(inside.is_none(), "{line}");
    strings
}
