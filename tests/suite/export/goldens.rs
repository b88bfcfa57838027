//! The files of one small graph, byte for byte. `UPDATE_EXPECT=1 cargo test` writes them anew.

use std::path::Path;

use corkboard::export::{ExportOptions, GraphFormat, write_all, write_file};
use corkboard::graph::{KnowledgeGraph, View};
use corkboard::pack::Pack;

use super::synthetic;

fn check(graph: &KnowledgeGraph, options: ExportOptions, folder: &str) {
    let pack = Pack::builtin().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(folder);
    let mut stale = Vec::new();
    for file in GraphFormat::ALL.iter().flat_map(|(_, format)| format.files()) {
        let mut bytes = Vec::new();
        write_file(graph, &pack.ontology, options, file, &mut bytes).unwrap();
        // The version in the files is not what the goldens are about.
        let version = concat!("corkboard ", env!("CARGO_PKG_VERSION"));
        let written = String::from_utf8(bytes).unwrap().replace(version, "corkboard VERSION");
        let path = folder.join(file);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &written).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if let Some(difference) = first_difference(&expected, &written) {
            stale.push(format!("{}: {difference}", path.display()));
        }
    }
    assert!(stale.is_empty(), "{}\nUPDATE_EXPECT=1 accepts what is new", stale.join("\n"));
}

fn first_difference(expected: &str, written: &str) -> Option<String> {
    if expected == written {
        return None;
    }
    let (mut a, mut b) = (expected.lines(), written.lines());
    for line in 1.. {
        match (a.next(), b.next()) {
            (None, None) => break,
            (x, y) if x != y => return Some(format!("line {line}\n- {x:?}\n+ {y:?}")),
            _ => {}
        }
    }
    Some("line ends differ".to_owned())
}

#[test]
fn the_full_graph() {
    let pack = Pack::builtin().unwrap();
    let mut graph = synthetic::small();
    graph.arrange(View::Full, &pack.ontology);
    check(&graph, ExportOptions::default(), "full");
}

#[test]
fn the_incidents_view() {
    let pack = Pack::builtin().unwrap();
    let mut graph = synthetic::small().view(View::Incidents, &pack.ontology);
    graph.arrange(View::Incidents, &pack.ontology);
    let options = ExportOptions { view: View::Incidents, graphml_edge_labels: true };
    check(&graph, options, "incidents");
}

#[test]
fn an_empty_graph_is_written_too() {
    check(&KnowledgeGraph::new("empty"), ExportOptions::default(), "empty");
}

#[test]
fn files_are_written_whole_with_usual_permissions() {
    let pack = Pack::builtin().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("made/for/it");
    let graph = synthetic::small();
    let options = ExportOptions::default();
    let written =
        write_all(&graph, &pack.ontology, options, &inside, GraphFormat::DEFAULT).unwrap();
    let mut names: Vec<String> = std::fs::read_dir(&inside)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let mut expected: Vec<String> =
        written.iter().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    expected.sort();
    assert_eq!(names, expected, "no temporary file stays");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let plain = folder.path().join("plain");
        std::fs::write(&plain, "x").unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&written[0]), mode(&plain));
    }
    let occupied = folder.path().join("occupied");
    std::fs::write(&occupied, "a file").unwrap();
    let error = write_all(&graph, &pack.ontology, options, &occupied, &[GraphFormat::Json]);
    assert!(error.unwrap_err().to_string().contains("occupied"));
}
