//! What ARCHITECTURE.md promises of the source tree: the paths it names exist, modules use only
//! those above them, and files, petgraph and printing stay where it says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Every file of the library and of the command line, with the module of the top level that it belongs to and its code
/// without comments and without tests.
fn library() -> Vec<(PathBuf, String, String)> {
    let mut paths = Vec::new();
    sources(&root().join("src"), &mut paths);
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let shown = path.strip_prefix(root().join("src")).unwrap().to_owned();
        let first = shown.iter().next().unwrap().to_str().unwrap();
        let module = first.strip_suffix(".rs").unwrap_or(first).to_owned();
        let is_test = path.file_stem().is_some_and(|s| s.to_str().unwrap().ends_with("tests"));
        if module == "main" || module == "lib" || is_test {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        files.push((shown, module, lines.collect::<Vec<_>>().join("\n")));
    }
    assert!(files.len() > 100, "found {} files only", files.len());
    files
}

/// The modules in the order of src/lib.rs, and those of the binary, which stands on it.
fn order() -> Vec<String> {
    let read = |path| fs::read_to_string(root().join(path)).unwrap();
    let both = read("src/lib.rs") + &read("src/main.rs");
    let name = |line: &str| {
        Some(line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';')?.to_owned())
    };
    both.lines().filter_map(name).collect()
}

/// The modules of the crate that some code names, as `crate::x` or inside `crate::{x, y}`.
fn uses(code: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        let listed = rest.strip_prefix('{').map(|list| list.split('}').next().unwrap_or(list));
        for item in listed.map_or(vec![rest], |list| list.split(',').collect()) {
            let word = item.trim_start().split(|c: char| !c.is_alphanumeric() && c != '_');
            named.extend(word.take(1).map(str::to_owned));
        }
    }
    named
}

#[test]
fn uses_are_seen() {
    let seen = |code| uses(code).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(seen("use crate::span::Span;\nlet x = crate::date::parse();"), "date span");
    assert_eq!(seen("use crate::{graph::Node, span};"), "graph span");
}

#[test]
fn modules_use_only_those_above_them() {
    let order = order();
    assert!(order.len() > 10, "{order:?}");
    let place = |module: &str| order.iter().position(|m| m == module);
    let mut wrong = Vec::new();
    for (path, module, code) in library() {
        let own = place(&module)
            .unwrap_or_else(|| panic!("{module} is in neither src/lib.rs nor src/main.rs"));
        for used in uses(&code) {
            if place(&used).is_some_and(|at| at > own) {
                wrong.push(format!("{}: {module} uses {used}, which is below it", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn paths_that_the_documents_name_exist() {
    for document in ["ARCHITECTURE.md", "README.md"] {
        let text = fs::read_to_string(root().join(document)).unwrap();
        let folder = root().join(document).parent().unwrap().to_owned();
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let own = |path: &&str| !path.contains("://") && !path.starts_with('#');
        let mut named: Vec<(PathBuf, &str)> =
            links.filter(own).map(|path| (folder.join(path), path)).collect();
        let tops = ["src/", "tests/", "examples/", "output/", "benches/", ".ci/"];
        for quoted in text.split('`').skip(1).step_by(2) {
            if tops.iter().any(|top| quoted.starts_with(top)) && !quoted.contains(' ') {
                named.push((root().join(quoted), quoted));
            }
        }
        assert!(!named.is_empty(), "{document} names no path");
        for (path, shown) in named {
            assert!(path.exists(), "{document} names {shown}, which is not there");
        }
    }
}

#[test]
fn every_module_is_in_the_table() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for module in order() {
        let named = [format!("`src/{module}/`"), format!("`src/{module}.rs`")];
        assert!(named.iter().any(|name| text.contains(name)), "{module} is not in the table");
    }
}

#[test]
fn files_petgraph_and_printing_stay_where_they_belong() {
    let mut wrong = Vec::new();
    for (path, module, code) in library() {
        let mut keep = |what: &str, allowed: &[&str]| {
            if code.contains(what) && !allowed.contains(&module.as_str()) {
                wrong.push(format!("{}: {what} outside {}", path.display(), allowed.join(", ")));
            }
        };
        keep("petgraph", &["graph", "export"]);
        keep("std::fs", &["document", "pack", "export", "cli", "text"]);
        keep("fs::File", &["document", "pack", "export", "cli", "text"]);
        keep("println!", &[]);
        keep("std::net", &[]);
        keep("SystemTime", &[]);
        keep("unsafe ", &[]);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
