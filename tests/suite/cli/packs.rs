//! `check-pack`: errors with file, line, value and the values allowed.

use std::fs;
use std::path::Path;

use super::Desk;

/// A copy of the built-in pack.
fn copied(desk: &Desk) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/packs/security");
    copy(&source, &desk.path("pack"));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn mistakes_are_told_with_their_place_and_what_is_allowed() {
    let desk = Desk::new();
    copied(&desk);
    let refuses = |file: &str, from: &str, to: &str, words: &[&str]| {
        let before = desk.read(&format!("pack/{file}"));
        assert!(before.contains(from), "{file} has no {from:?}");
        desk.put(&format!("pack/{file}"), before.replacen(from, to, 1).as_bytes());
        desk.run("check-pack pack").says(2, words);
        desk.put(&format!("pack/{file}"), before.as_bytes());
    };
    refuses("ontology.toml", "[entity", "[[[entity", &["ontology.toml:"]);
    refuses(
        "frames/siege.toml",
        "perpetrator",
        "perpertator",
        &["frames/siege.toml:", "\"perpertator\"", "victim"],
    );
    refuses(
        "frames/siege.toml",
        "incident = \"siege\"",
        "incident = \"seige\"",
        &["frames/siege.toml:", "\"seige\""],
    );
    refuses(
        "gazetteers/facilities.csv",
        ",facility,",
        ",faculty,",
        &["gazetteers/facilities.csv:2", "\"faculty\"", "facility"],
    );
    refuses("lexicons/titles.csv", "phrase,form", "phrase,from", &["lexicons/titles.csv", "form"]);
    fs::remove_file(desk.path("pack/ontology.toml")).unwrap();
    desk.run("check-pack pack").says(2, &["ontology.toml: the pack lacks this file"]);
    desk.run("check-pack nowhere").says(2, &["nowhere: No such file"]);
}

#[test]
fn an_example_that_does_not_hold_is_told() {
    let desk = Desk::new();
    copied(&desk);
    // A pack of few frames, so that the test is quick.
    for entry in fs::read_dir(desk.path("pack/frames")).unwrap() {
        let path = entry.unwrap().path();
        let kept = ["siege.toml", "common.toml"].iter().any(|name| path.ends_with(name));
        if path.extension().is_some_and(|e| e == "toml") && !kept {
            fs::remove_file(path).unwrap();
        }
    }
    fs::remove_dir_all(desk.path("pack/frames/relations")).unwrap();
    let run = desk.run("check-pack pack");
    assert!(run.out.contains(" examples, "), "{}{}", run.out, run.err);
    let frame = desk.read("pack/frames/siege.toml");
    let example = "positive = [\n  { text = \"The sun rose over the sea.\" },";
    let wrong = frame.replacen("positive = [", example, 1);
    assert_ne!(frame, wrong, "{frame}");
    desk.put("pack/frames/siege.toml", wrong.as_bytes());
    desk.run("check-pack pack").says(1, &["siege", "The sun rose over the sea."]);
}
