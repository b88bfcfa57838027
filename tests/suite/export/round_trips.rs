//! What is written can be read again, by the project and by other parsers, whatever is in it.

use corkboard::export::{ExportOptions, GraphFormat, json, write_file};
use corkboard::graph::{KnowledgeGraph, View};
use corkboard::pack::Pack;

use super::synthetic;

fn written(graph: &KnowledgeGraph, file: &str) -> String {
    let pack = Pack::builtin().unwrap();
    let mut bytes = Vec::new();
    write_file(graph, &pack.ontology, ExportOptions::default(), file, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn json_comes_back_as_it_was() {
    let pack = Pack::builtin().unwrap();
    for mut graph in [synthetic::small(), synthetic::large(120), KnowledgeGraph::new("")] {
        graph.arrange(View::Full, &pack.ontology);
        let text = written(&graph, "graph.json");
        let again = json::read("graph.json", &text).unwrap();
        assert!(again == graph);
        assert_eq!(written(&again, "graph.json"), text);
    }
}

#[test]
fn json_errors_name_line_and_value() {
    let text = written(&synthetic::small(), "graph.json");
    let error = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        json::read("g.json", &text.replacen(from, to, 1)).unwrap_err().to_string()
    };
    let line = |needle: &str| text.lines().position(|line| line.contains(needle)).unwrap() + 1;

    let message = error("\"target\":\"threat:sabotage\"", "\"target\":\"threat:none\"");
    let at = line("\"target\":\"threat:sabotage\"");
    assert_eq!(message, format!("g.json:{at}: the target \"threat:none\" is not a node's id"));

    let message = error("\"stage\":\"foiled\"", "\"stage\":\"maybe\"");
    let at = line("\"stage\":\"foiled\"");
    assert!(message.starts_with(&format!("g.json:{at}:")), "{message}");
    assert!(message.contains("`maybe`") && message.contains("`planned`"), "{message}");

    let message = error("{\"id\":\"place:westport\"", "{\"id\":\"agency:port-police\"");
    assert!(message.contains("\"agency:port-police\" occurs twice"), "{message}");
    let message = error("\"weight\":1.0", "\"weight\":0");
    assert!(message.contains("weight 0 is not above 0"), "{message}");
    let message = error("\"confidence\":0.75", "\"confidence\":7");
    assert!(message.contains("confidence 7 is not between 0 and 1"), "{message}");
    let message = error("\"nodes\"", "\"knots\"");
    assert!(message.contains("`nodes`"), "{message}");
    let message = json::read("g.json", &text[..text.len() / 2]).unwrap_err().to_string();
    assert!(message.starts_with("g.json:"), "{message}");
}

#[test]
fn bytes_do_not_depend_on_the_order_of_building() {
    let pack = Pack::builtin().unwrap();
    let graph = synthetic::large(60);
    let mut backwards = KnowledgeGraph::new(graph.name.clone());
    for record in graph.documents.values().rev() {
        backwards.add_document(record.clone());
    }
    for (_, node) in graph.nodes().into_iter().rev() {
        backwards.add_node(node.clone());
    }
    for edge in graph.edges().into_iter().rev() {
        let end = |id: &str| backwards.node_index(id).unwrap();
        let (source, target) = (end(edge.source.id.as_str()), end(edge.target.id.as_str()));
        backwards.add_edge(source, target, edge.edge.clone());
    }
    let (mut a, mut b) = (graph, backwards);
    a.arrange(View::Full, &pack.ontology);
    b.arrange(View::Full, &pack.ontology);
    for file in GraphFormat::ALL.iter().flat_map(|(_, format)| format.files()) {
        assert!(written(&a, file) == written(&b, file), "{file}");
    }
}
