//! Commands that read a graph back: `explain`, `path`, `stats`, `verify`, and the parts of a
//! graph that `build` can be asked for.

use serde_json::Value;

use super::Desk;

fn built() -> Desk {
    let desk = Desk::with_reports();
    desk.done("build reports -o graph");
    desk
}

fn json(desk: &Desk, folder: &str) -> Value {
    serde_json::from_str(&desk.read(&format!("{folder}/graph.json"))).unwrap()
}

/// Values of a field of all nodes.
fn each<'v>(graph: &'v Value, list: &str, field: &str) -> Vec<&'v str> {
    graph[list].as_array().unwrap().iter().map(|n| n[field].as_str().unwrap()).collect()
}

#[test]
fn edges_are_explained_by_their_quotes() {
    let desk = built();
    desk.done("explain graph/graph.json mi5").shows(&[
        "MI5 (agency, security-service)  agency:mi5",
        "MI5 —warns_of→ terrorism",
        "“MI5 warned of terrorism",
        "leeds[44..67]",
        "  reported",
    ]);
    desk.done("explain graph/graph.json gunmen").shows(&["—perpetrates→ shooting"]);
    let between = desk.done("explain graph/graph.json MI5 terrorism");
    assert_eq!(between.out.matches("→").count(), 1, "{}", between.out);
    desk.done("explain graph/graph.json Lagos terrorism").shows(&["No edge joins the two"]);
    desk.run("explain graph/graph.json Legos")
        .says(2, &["no node is called \"Legos\"; did you mean place:lagos (Lagos)?"]);
    desk.run("explain reports/lagos.txt MI5").says(2, &["reports/lagos.txt:1:1"]);
}

#[test]
fn stance_is_explained() {
    let desk = built();
    desk.done("explain graph/graph.json rebels").shows(&["alleged"]);
}

#[test]
fn what_a_document_tells_again_is_explained() {
    let desk = built();
    desk.done("explain graph/graph.json incident:attack-oslo").shows(&[
        "one node because: in oslo \"attack\" tells again of \"attacked\": a noun that points back",
    ]);
}

#[test]
fn paths_are_shown_with_their_proof() {
    let desk = built();
    desk.done("path graph/graph.json gunmen Lagos").shows(&[
        "gunmen\n  —perpetrates→ shooting",
        "—occurred_in→ Lagos",
        "“Two officers were shot by gunmen in Lagos on Monday.” (lagos)",
    ]);
    desk.run("path graph/graph.json gunmen terrorism").says(1, &["no path joins gunmen and"]);
    desk.run("path graph/graph.json gunmen Nowhere").says(2, &["no node is called"]);
}

#[test]
fn figures_agree_with_the_graph() {
    let desk = built();
    let graph = json(&desk, "graph");
    let (nodes, edges) = (each(&graph, "nodes", "id").len(), each(&graph, "edges", "key").len());
    desk.done("stats graph/graph.json").shows(&[
        &format!("3 documents, {nodes} nodes, {edges} edges"),
        "\nnodes\n",
        "\nincidents\n",
        "\nedges\n",
        "\nstances\n",
        "best connected",
    ]);
    assert_eq!(desk.done("stats graph").out, desk.done("stats graph/graph.json").out);
}

#[test]
fn verify_finds_every_quote_or_ends_with_one() {
    let desk = built();
    let run = desk.done("verify graph/graph.json reports");
    let (found, total) = run.out.trim().split_once(" of ").unwrap();
    assert_eq!(total, format!("{found} quotes found"));
    assert!(found.parse::<usize>().unwrap() > 5);
    let text = desk.read("reports/lagos.txt");
    desk.put("reports/lagos.txt", text.replace("gunmen", "bandits").as_bytes());
    desk.run("verify graph/graph.json reports")
        .says(1, &["corkboard: lagos[26..32] is not \"gunmen\", the proof of group:gunmen"]);
    desk.run("verify graph/graph.json reports/leeds.txt")
        .says(1, &["document lagos with ", "document oslo with "]);
}

#[test]
fn verify_finds_documents_that_assembling_renamed() {
    let desk = Desk::with_reports();
    desk.put("other/lagos.txt", b"Three soldiers were shot by rebels in Lagos on Sunday.\n");
    desk.done("extract reports -o one.jsonl");
    desk.done("extract other -o two.jsonl");
    desk.done("assemble one.jsonl two.jsonl -o graph").shows(&["documents   4"]);
    desk.done("verify graph/graph.json reports other");
}

#[test]
fn views_show_their_part() {
    let desk = built();
    desk.done("build reports -o incidents --view incidents");
    let graph = json(&desk, "incidents");
    let types = each(&graph, "nodes", "type");
    assert!(!types.is_empty());
    assert!(types.iter().all(|t| ["agency", "threat", "incident"].contains(t)), "{types:?}");
    desk.done("build reports -o actors --view actors");
    let graph = json(&desk, "actors");
    assert!(each(&graph, "nodes", "type").iter().all(|t| !["incident", "threat"].contains(t)));
}

#[test]
fn a_focus_keeps_its_neighbourhood() {
    let desk = built();
    let ids = |arguments: &str| {
        desk.done(&format!("build reports -o part --format json {arguments}"));
        each(&json(&desk, "part"), "nodes", "id").iter().map(|s| s.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(ids("--focus Lagos --hops 0"), ["place:lagos"]);
    let one = ids("--focus Lagos --hops 1");
    assert!(one.len() == 2 && one.iter().any(|id| id.starts_with("incident:shooting")), "{one:?}");
    let two = ids("--focus Lagos");
    assert!(two.len() > 2 && two.iter().any(|id| id.contains("gunmen")), "{two:?}");
    assert!(!two.iter().any(|id| id.contains("mi5")));
}

#[test]
fn confidence_cuts() {
    let desk = built();
    let edges = |floor: &str| {
        desk.done(&format!("build reports -o part --format json --min-confidence {floor}"));
        let graph = json(&desk, "part");
        let sure =
            graph["edges"].as_array().unwrap().iter().map(|e| e["confidence"].as_f64().unwrap());
        let floor: f64 = floor.parse().unwrap();
        sure.inspect(|c| assert!(*c >= floor)).count()
    };
    assert!(edges("0") > 0);
    assert_eq!(edges("1"), 0);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    use std::process::{Command, Stdio};
    let desk = built();
    let mut child = Command::new(env!("CARGO_BIN_EXE_corkboard"))
        .args(["stats", "graph/graph.json"])
        .current_dir(desk.folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}
