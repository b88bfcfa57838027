//! Whole runs: `build`, `extract` and `assemble`, and that they come to the same.

use std::fs;

use super::{Desk, REPORTS, assert_same};

const COMMANDS: [&str; 10] = [
    "build",
    "extract",
    "assemble",
    "explain",
    "stats",
    "path",
    "verify",
    "check-pack",
    "completions",
    "man",
];

#[test]
fn help_tells_what_there_is() {
    let desk = Desk::new();
    let help = desk.done("--help");
    help.shows(&COMMANDS);
    help.shows(&["Usage: corkboard <COMMAND>"]);
    for command in COMMANDS {
        let (short, long) =
            (desk.done(&format!("{command} -h")), desk.done(&format!("{command} --help")));
        assert!(short.out.contains(&format!("Usage: corkboard {command}")), "{}", short.out);
        assert!(short.out.len() <= long.out.len(), "-h of {command} is the short one");
        assert!(short.err.is_empty() && long.err.is_empty());
    }
    desk.done("build --help").shows(&[
        "--metadata <FILE.csv>",
        "--published <DATE>",
        "--min-confidence",
        "--view",
        "--focus",
        "--hops",
        "--format",
        "--same-as",
        "--stdin-jsonl",
        "--pack",
    ]);
    desk.done("--version").shows(&[concat!("corkboard ", env!("CARGO_PKG_VERSION"))]);
}

#[test]
fn completions_and_the_manual_name_every_command() {
    let desk = Desk::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        desk.done(&format!("completions {shell}")).shows(&COMMANDS);
    }
    let manual = desk.done("man");
    manual.shows(&[".TH corkboard 1", ".SH SYNOPSIS"]);
    manual.shows(&["corkboard\\-build(1)", "corkboard\\-check\\-pack(1)"]);
}

#[test]
fn a_build_writes_its_files_and_ends_with_a_table() {
    let desk = Desk::with_reports();
    desk.put("reports/copy.txt", REPORTS[0].1.as_bytes());
    desk.put("reports/photo.jpg", b"\xFF\xD8\xFF");
    let run = desk.done("build reports -o out/graph");
    assert_eq!(run.err, "", "no progress bar in a pipe");
    run.shows(&[
        "documents   4 read, one of them a copy, 1 skipped\n",
        "words       ",
        "sentences   ",
        "entities    ",
        "incidents   ",
        "relations   ",
        "skipped     reports/photo.jpg: not a format that is read",
        "best connected ",
        "The picture is out/graph/graph.svg.",
    ]);
    let table = run.out.split("best connected").nth(1).unwrap();
    let rows: Vec<&str> = table.lines().skip(1).take_while(|line| !line.is_empty()).collect();
    assert!((1..=10).contains(&rows.len()), "{table}");
    let degrees: Vec<usize> =
        rows.iter().map(|row| row.rsplit(' ').next().unwrap().parse().unwrap()).collect();
    assert!(degrees.is_sorted_by(|a, b| a >= b), "{degrees:?}");
    assert_eq!(
        desk.files("out/graph"),
        [
            "edges.csv",
            "evidence.csv",
            "graph.dot",
            "graph.gexf",
            "graph.graphml",
            "graph.json",
            "graph.styled.dot",
            "graph.svg",
            "nodes.csv"
        ]
    );
}

#[test]
fn formats_are_picked() {
    let desk = Desk::with_reports();
    desk.done("build reports -o one --format json").shows(&["Written: one/graph.json"]);
    assert_eq!(desk.files("one"), ["graph.json"]);
    desk.done("build reports -o two --format neo4j,yed,cytoscape,json,json");
    assert_eq!(
        desk.files("two"),
        [
            "graph.cyjs",
            "graph.json",
            "graph.yed.graphml",
            "neo4j.nodes.csv",
            "neo4j.relationships.csv"
        ]
    );
}

#[test]
fn split_runs_come_to_the_same_bytes_in_any_order_and_on_any_number_of_threads() {
    let desk = Desk::with_reports();
    desk.done("build reports -o built -j 1");
    desk.done("build reports/oslo.txt reports/lagos.txt reports/leeds.txt -o turned -j 2");
    assert_same(&desk.path("built"), &desk.path("turned"));
    for (name, _) in REPORTS {
        desk.done(&format!("extract reports/{name} -o {name}.jsonl"));
    }
    desk.done("assemble oslo.txt.jsonl lagos.txt.jsonl leeds.txt.jsonl -o apart");
    assert_same(&desk.path("built"), &desk.path("apart"));
    let all = desk.done("extract reports -j 2");
    assert_eq!(all.out.lines().count(), 3);
    let together = desk.run_with("assemble - -o piped", all.out.as_bytes());
    assert_eq!(together.code, Some(0), "{}", together.err);
    assert_same(&desk.path("built"), &desk.path("piped"));
    desk.done("assemble lagos.txt.jsonl leeds.txt.jsonl oslo.txt.jsonl lagos.txt.jsonl -o twice");
    assert_same(&desk.path("built"), &desk.path("twice"));
}

#[test]
fn assembling_tells_bad_lines_and_writes_the_rest() {
    let desk = Desk::with_reports();
    desk.done("extract reports -o good.jsonl");
    desk.put("bad.jsonl", b"\n{\"doc\": \"x\"}\n");
    desk.run("assemble bad.jsonl good.jsonl gone.jsonl -o graph")
        .says(1, &["bad.jsonl:2: not an analysis: missing field", "gone.jsonl: No such file"])
        .shows(&["documents   3"]);
    desk.run("assemble bad.jsonl -o none").says(2, &["nothing is written"]);
}

#[test]
fn standard_input_is_read() {
    let desk = Desk::new();
    let build = |arguments: &str, input: &str| {
        let run = desk.run_with(arguments, input.as_bytes());
        assert_eq!(run.code, Some(0), "{}", run.err);
        serde_json::from_str::<serde_json::Value>(&desk.read("out/graph.json")).unwrap()
    };
    let graph = build("build - -o out", REPORTS[1].1);
    assert_eq!(graph["graph"]["documents"][0]["id"], "stdin");
    let line = r#"{"id": "r7", "text": "Police arrested two men in Leeds on Friday.", "title": "Arrests", "published": "2024-03-05", "publisher": "The Crier"}"#;
    let graph = build("build --stdin-jsonl -o out", &format!("{line}\n"));
    let document = &graph["graph"]["documents"][0];
    assert_eq!(document["id"], "r7");
    assert_eq!(document["published"], "2024-03-05");
    assert_eq!(document["publisher"], "The Crier");
    let arrest = graph["nodes"].as_array().unwrap().iter().find(|n| n["type"] == "incident");
    assert_eq!(arrest.unwrap()["date_start"], "2024-03-01", "the Friday before publication");
    let run = desk.run_with("extract --stdin-jsonl", format!("{line}\n{line}\n").as_bytes());
    let ids: Vec<String> = run
        .out
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["doc"].to_string())
        .collect();
    assert_eq!(ids, [r#""r7""#, r#""r7-2""#]);
}

#[test]
fn metadata_and_the_day_of_publication_reach_the_documents() {
    let desk = Desk::with_reports();
    desk.put(
        "about.csv",
        b"path,title,publisher,published,url\n\
          reports/lagos.txt,Shooting,The Crier,2024-03-06,https://example.org/1\n",
    );
    desk.done("build reports -o out --metadata about.csv --published 2023-01-02");
    let graph: serde_json::Value = serde_json::from_str(&desk.read("out/graph.json")).unwrap();
    let document = |id: &str| {
        graph["graph"]["documents"].as_array().unwrap().iter().find(|d| d["id"] == id).unwrap()
    };
    assert_eq!(document("lagos")["title"], "Shooting");
    assert_eq!(document("lagos")["publisher"], "The Crier");
    assert_eq!(document("lagos")["published"], "2024-03-06");
    assert_eq!(document("leeds")["published"], "2023-01-02", "given for all");
    let shooting = graph["nodes"].as_array().unwrap().iter().find(|n| n["type"] == "incident");
    assert!(shooting.is_some());
    let unknown = desk.done("build reports/leeds.txt -o bare --format json");
    assert_eq!(unknown.err, "");
    let graph: serde_json::Value = serde_json::from_str(&desk.read("bare/graph.json")).unwrap();
    assert!(graph["graph"]["documents"][0]["published"].is_null());
    let arrest = graph["nodes"].as_array().unwrap().iter().find(|n| n["type"] == "incident");
    assert!(arrest.unwrap().get("date_start").is_none(), "a relative day stays text");
    assert_eq!(arrest.unwrap()["date_text"], "Friday");
}

#[test]
fn what_was_cut_is_told_with_v() {
    let desk = Desk::new();
    desk.put(
        "page.txt",
        b"Police arrested two men in Leeds on Friday.\n\nWe use cookies to improve your \
          experience. Accept all cookies\n\nThe men were held at a police station.\n",
    );
    assert_eq!(desk.done("extract page.txt").err, "");
    desk.done("extract page.txt -v -o a.jsonl").says(0, &["corkboard: page.txt: cut 45.."]);
    let analysis: serde_json::Value = serde_json::from_str(&desk.read("a.jsonl")).unwrap();
    assert_eq!(analysis["furniture"][0]["begin"], 45);
}

#[test]
fn a_failed_run_leaves_the_old_files_and_no_others() {
    let desk = Desk::with_reports();
    desk.done("build reports -o graph --format json,svg");
    let before = desk.read("graph/graph.json");
    // The picture cannot be renamed over a folder: nothing may be half new.
    fs::remove_file(desk.path("graph/graph.svg")).unwrap();
    fs::create_dir_all(desk.path("graph/graph.svg/in the way")).unwrap();
    let run = desk.run("build reports/leeds.txt -o graph --format svg,json");
    run.says(2, &["graph/graph.svg"]);
    assert_eq!(desk.read("graph/graph.json"), before);
    assert_eq!(desk.files("graph"), ["graph.json", "graph.svg"], "temporary files are gone");
    desk.put("old.jsonl", b"what was there\n");
    desk.run("extract missing.txt -o old.jsonl").says(1, &["missing.txt"]);
    assert_eq!(desk.files("."), ["graph", "old.jsonl", "reports"]);
}

#[test]
fn names_can_be_said_to_be_the_same() {
    let desk = Desk::new();
    desk.put("a.txt", b"Ann Lee warned of terrorism. Bob Rowe warned of espionage.\n");
    let people = || {
        let graph: serde_json::Value = serde_json::from_str(&desk.read("g/graph.json")).unwrap();
        graph["nodes"].as_array().unwrap().iter().filter(|n| n["type"] == "person").count()
    };
    desk.done("build a.txt -o g --format json");
    assert_eq!(people(), 2);
    desk.put("same.csv", b"name,same_as,different_from\nAnn Lee,Bob Rowe,\n");
    desk.done("build a.txt -o g --format json --same-as same.csv");
    assert_eq!(people(), 1);
}
