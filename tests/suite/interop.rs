//! The output in the programs that it is for. Where one is not installed its test is skipped with
//! a visible line; with `CI=true` that is a failure. `.ci/install-interop.sh` installs them all.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use corkboard::export::{ExportOptions, GraphFormat, write_all};
use corkboard::extraction::Stance;
use corkboard::graph::{KnowledgeGraph, Node, View};
use corkboard::pack::Pack;

use crate::export::synthetic;

/// Labels that have broken some importer or other.
const NASTY: &[&str] = &[
    "=1+1",
    "a\\",
    "\"quoted\" 'text'",
    "]]> & <b>",
    "tab\tand\u{1}control",
    "שלום عالم",
    "\u{202E}over\u{202C}",
    "👩‍🚒 crew",
    "e\u{301}té",
    "x -> { y } ;",
    "日本語のラベル",
];

fn nasty() -> KnowledgeGraph {
    let mut graph = KnowledgeGraph::new("nasty <&>");
    let nodes: Vec<_> = NASTY
        .iter()
        .enumerate()
        .map(|(i, label)| {
            graph.add_node(Node { ..synthetic::node(&format!("person:n{i}"), label) })
        })
        .collect();
    for (i, label) in NASTY.iter().enumerate() {
        let edge = synthetic::edge("accuses", "alpha", i, label, Stance::Stated);
        graph.add_edge(nodes[i], nodes[(i + 1) % nodes.len()], edge);
    }
    graph
}

/// Folders with every format of several graphs, written once.
fn folders() -> &'static [PathBuf] {
    static FOLDERS: OnceLock<Vec<PathBuf>> = OnceLock::new();
    FOLDERS.get_or_init(|| {
        let pack = Pack::builtin().unwrap();
        let all: Vec<GraphFormat> = GraphFormat::ALL.iter().map(|(_, format)| *format).collect();
        let incidents = synthetic::large(200).view(View::Incidents, &pack.ontology);
        let graphs = [
            ("small", synthetic::small(), View::Full),
            ("large", synthetic::large(150), View::Full),
            ("nasty", nasty(), View::Full),
            ("incidents", incidents, View::Incidents),
        ];
        graphs
            .into_iter()
            .map(|(name, mut graph, view)| {
                let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("interop").join(name);
                graph.arrange(view, &pack.ontology);
                let options = ExportOptions { view, ..ExportOptions::default() };
                write_all(&graph, &pack.ontology, options, &folder, &all).unwrap();
                folder
            })
            .collect()
    })
}

/// Where `.ci/install-interop.sh` puts libraries.
fn installed() -> PathBuf {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from);
    variable("CORKBOARD_INTEROP").unwrap_or_else(|| {
        let cache = variable("XDG_CACHE_HOME");
        let home = || variable("HOME").unwrap_or_default().join(".cache");
        cache.unwrap_or_else(home).join("corkboard-interop")
    })
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop").join(name)
}

/// Whether the command runs and succeeds; where not, says so where it is seen.
fn present(what: &str, probe: &mut Command) -> bool {
    let found = probe.output().is_ok_and(|output| output.status.success());
    if !found {
        let ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
        assert!(!ci, "{what} is not installed; run .ci/install-interop.sh");
        // Past the test runner, which keeps what `eprintln!` says of a test that passes.
        let line = format!("interop: {what} is not installed, skipped (.ci/install-interop.sh)\n");
        std::io::stderr().write_all(line.as_bytes()).unwrap();
    }
    found
}

fn succeed(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{command:?}\n{out}\n{err}");
    output
}

fn python() -> Command {
    let own = installed().join("venv/bin/python");
    Command::new(if own.exists() { own } else { "python3".into() })
}

fn check_with_python(library: &str) {
    if present(library, python().args(["-c", &format!("import {library}")])) {
        for folder in folders() {
            succeed(python().arg(script("check.py")).arg(library).arg(folder));
        }
    }
}

fn check_with_node(library: &str, modules: &[&str]) {
    let node = || {
        let mut node = Command::new("node");
        node.env("NODE_PATH", installed().join("node_modules"));
        node
    };
    let probe: String = modules.iter().map(|module| format!("require('{module}');")).collect();
    if present(library, node().args(["-e", &probe])) {
        for folder in folders() {
            succeed(node().arg(script("check.cjs")).arg(library).arg(folder));
        }
    }
}

#[test]
fn networkx_reads_gexf_graphml_and_json() {
    check_with_python("networkx");
}

#[test]
fn igraph_reads_graphml() {
    check_with_python("igraph");
}

#[test]
fn graphology_reads_gexf_and_graphml() {
    check_with_node("graphology", &["graphology", "graphology-gexf", "graphology-graphml"]);
}

#[test]
fn cytoscape_reads_its_json() {
    check_with_node("cytoscape", &["cytoscape"]);
}

#[test]
fn graphviz_reads_both_dots() {
    if !present("Graphviz (dot)", Command::new("dot").arg("-V")) {
        return;
    }
    for folder in folders() {
        let truth: serde_json::Value =
            serde_json::from_slice(&std::fs::read(folder.join("graph.json")).unwrap()).unwrap();
        let of = |list: &str, fields: &[&str]| {
            let items = truth[list].as_array().unwrap().iter();
            let mut rows: Vec<String> = items
                .map(|item| fields.iter().map(|f| item[*f].as_str().unwrap()).collect::<Vec<_>>())
                .map(|row| row.join(" "))
                .collect();
            rows.sort();
            rows
        };
        for file in ["graph.dot", "graph.styled.dot"] {
            let path = folder.join(file);
            let output = succeed(Command::new("dot").arg("-Tdot_json").arg(&path));
            assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{file}");
            let read: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            let all: Vec<&serde_json::Value> =
                read["objects"].as_array().into_iter().flatten().collect();
            // What is not the graph's own begins with two dashes; a subgraph lists its nodes.
            let name = |i: &serde_json::Value| -> &str {
                let i = i.as_u64().unwrap();
                let of = |o: &&&serde_json::Value| o["_gvid"].as_u64() == Some(i);
                all.iter().find(of).unwrap()["name"].as_str().unwrap()
            };
            let mut nodes: Vec<&str> = all
                .iter()
                .filter(|o| o["nodes"].is_null() && o["subgraphs"].is_null())
                .map(|o| o["name"].as_str().unwrap())
                .filter(|name| !name.starts_with("--"))
                .collect();
            nodes.sort_unstable();
            assert_eq!(nodes, of("nodes", &["id"]), "{}", path.display());
            let mut edges: Vec<String> = read["edges"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|e| format!("{} {}", name(&e["tail"]), name(&e["head"])))
                .filter(|ends| !ends.starts_with("--"))
                .collect();
            edges.sort();
            assert_eq!(edges, of("edges", &["source", "target"]), "{}", path.display());
            let drawn = succeed(Command::new("dot").arg("-Tsvg").arg(&path));
            assert_eq!(String::from_utf8_lossy(&drawn.stderr), "", "{file} draws with warnings");
        }
    }
}

#[test]
fn xml_files_fit_their_schemas() {
    if !present("xmllint", Command::new("xmllint").arg("--version")) {
        return;
    }
    for folder in folders() {
        for (file, schema) in [("graph.gexf", "gexf-1.3.xsd"), ("graph.graphml", "graphml.xsd")] {
            let mut lint = Command::new("xmllint");
            lint.args(["--noout", "--nonet", "--schema"]).arg(script(schema));
            succeed(lint.arg(folder.join(file)));
        }
        for file in ["graph.yed.graphml", "graph.svg"] {
            succeed(Command::new("xmllint").args(["--noout", "--nonet"]).arg(folder.join(file)));
        }
    }
}

/// The official schemas, which tell more than those beside this test, which hold what Corkboard
/// writes and no more.
#[test]
fn xml_files_fit_the_official_schemas() {
    let schemas = installed().join("schemas");
    let lint = || {
        let mut lint = Command::new("xmllint");
        lint.args(["--noout", "--nonet"]);
        lint
    };
    let all = [schemas.join("graphml.xsd"), schemas.join("gexf.xsd")];
    if !present("GraphML's and GEXF's official schema", lint().args(&all)) {
        return;
    }
    for folder in folders() {
        succeed(lint().arg("--schema").arg(&all[0]).arg(folder.join("graph.graphml")));
        // The latest schema to be had is that of the draft of 1.2, and wants viz without prefix.
        let mut text = std::fs::read_to_string(folder.join("graph.gexf")).unwrap();
        for (new, old) in [
            ("http://gexf.net/1.3/viz", "http://www.gexf.net/1.2draft/viz"),
            ("http://gexf.net/1.3", "http://www.gexf.net/1.2draft"),
            ("version=\"1.3\"", "version=\"1.2\""),
            (" timerepresentation=\"interval\"", ""),
            ("<viz:", "<"),
        ] {
            text = text.replace(new, old);
        }
        while let Some(at) = text.find(" kind=\"") {
            let end = at + 7 + text[at + 7..].find('"').unwrap();
            text.replace_range(at..=end, "");
        }
        let draft = folder.join("graph.1.2draft.gexf");
        std::fs::write(&draft, text).unwrap();
        succeed(lint().arg("--schema").arg(&all[1]).arg(draft));
    }
}
