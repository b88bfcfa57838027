//! Bad input gets a clear error and loses nothing.

use std::fs;
use std::io::{BufWriter, Write as _};

use super::Desk;

#[test]
fn a_missing_path_is_told_and_the_rest_is_written() {
    let desk = Desk::with_reports();
    desk.run("build reports missing.txt -o graph")
        .says(1, &["corkboard: missing.txt: No such file"])
        .shows(&["3 read, 1 failed", "The picture is graph/graph.svg."]);
    assert!(desk.path("graph/graph.json").is_file());
    desk.run("build missing.txt -o none")
        .says(2, &["missing.txt: No such file", "no document could be read; nothing is written"]);
    assert!(!desk.path("none/graph.json").exists());
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::with_reports();
    // A link that leads nowhere cannot be read by anybody.
    std::os::unix::fs::symlink("nowhere", desk.path("reports/link.txt")).unwrap();
    desk.run("build reports -o graph").says(1, &["corkboard: reports/link.txt: "]);
    fs::remove_file(desk.path("reports/link.txt")).unwrap();
    let locked = desk.path("reports/leeds.txt");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&locked).is_ok() {
        eprintln!("skipped: this user may read every file");
        return;
    }
    desk.run("build reports -o graph")
        .says(1, &["corkboard: reports/leeds.txt: Permission denied"])
        .shows(&["2 read, 1 failed"]);
}

#[cfg(unix)]
#[test]
fn pipes_in_a_folder_are_skipped_and_do_not_block() {
    let desk = Desk::with_reports();
    let socket = std::os::unix::net::UnixListener::bind(desk.path("reports/live.txt")).unwrap();
    desk.done("build reports -o graph")
        .shows(&["3 read, 1 skipped", "skipped     reports/live.txt: not a file"]);
    drop(socket);
}

#[test]
fn an_empty_folder_is_told() {
    let desk = Desk::with_reports();
    fs::create_dir(desk.path("empty")).unwrap();
    desk.run("build empty -o graph").says(2, &["corkboard: empty: the folder holds no files"]);
    desk.run("build empty reports -o graph").says(1, &["empty: the folder holds no files"]);
}

#[test]
fn a_huge_single_line_is_refused_at_once() {
    let desk = Desk::with_reports();
    let mut file = BufWriter::new(fs::File::create(desk.path("huge.txt")).unwrap());
    // 200 MB of nothing but letters and blanks, in one line. Sparse files would be binary.
    let block = "Police arrested two men in Leeds. ".repeat(30_000);
    for _ in 0..(200_000_000 / block.len() + 1) {
        file.write_all(block.as_bytes()).unwrap();
    }
    file.flush().unwrap();
    let begun = std::time::Instant::now();
    desk.run("build huge.txt reports -o graph")
        .says(1, &["corkboard: huge.txt: 19", " MB; the limit for one document is 64 MB"])
        .shows(&["3 read, 1 failed"]);
    assert!(begun.elapsed().as_secs() < 60, "reading it all would take longer");
}

#[test]
fn a_zip_named_txt_is_told_for_what_it_is() {
    let desk = Desk::with_reports();
    desk.put("reports/report.txt", b"PK\x03\x04\x14\x00\x08\x00\x08\x00report");
    desk.put("reports/photo.png", b"\x89PNG\r\n\x1a\n");
    desk.run("build reports -o graph")
        .says(1, &["corkboard: reports/report.txt: a ZIP archive"])
        .shows(&["3 read, 1 skipped, 1 failed", "reports/photo.png: not a format that is read"]);
}

#[test]
fn malformed_lines_are_told_by_number_and_the_others_read() {
    let desk = Desk::new();
    desk.put(
        "wire.jsonl",
        b"{\"text\": \"MI5 warned of terrorism.\"}\n{broken\n\n{\"body\": \"x\"}\n[1]\n\
          {\"text\": \"Police arrested two men in Leeds.\"}\n",
    );
    desk.run("build wire.jsonl -o graph")
        .says(
            1,
            &[
                "corkboard: wire.jsonl:2: not JSON",
                "corkboard: wire.jsonl:4: no \"text\"; the keys are \"body\"",
                "corkboard: wire.jsonl:5: not a JSON object",
            ],
        )
        .shows(&["2 read, 3 failed"]);
    let out = desk.run_with("extract --stdin-jsonl", desk.read("wire.jsonl").as_bytes());
    out.says(1, &["-:2: not JSON"]);
    assert_eq!(out.out.lines().count(), 2);
}

#[test]
fn a_csv_without_its_column_says_which_there_are() {
    let desk = Desk::new();
    desk.put("wire.csv", b"title,story\nLeeds,Police arrested two men in Leeds.\n");
    desk.run("build wire.csv -o graph")
        .says(2, &["wire.csv: no column \"text\"; the columns are \"title\", \"story\""]);
    desk.done("build wire.csv --text-column story -o graph").shows(&["documents   1 read"]);
}

#[test]
fn an_output_that_cannot_be_written_is_told_before_anything_is_read() {
    let desk = Desk::with_reports();
    desk.put("taken", b"what was there");
    for output in ["taken", "taken/below"] {
        let run = desk.run(&format!("build reports missing.txt -o {output}"));
        run.says(2, &["corkboard: taken"]);
        assert!(!run.err.contains("missing.txt"), "read before it looked: {}", run.err);
    }
    assert_eq!(desk.read("taken"), "what was there");
    desk.run("extract reports -o taken/analysis.jsonl").says(2, &["taken/analysis.jsonl: "]);
    desk.run("extract missing.txt reports -o no/such/folder.jsonl").says(2, &["no/such"]);
}

#[test]
fn mistaken_arguments_are_refused_with_what_is_allowed() {
    let desk = Desk::with_reports();
    for (arguments, words) in [
        ("", "Usage: corkboard <COMMAND>"),
        ("biuld reports", "a similar subcommand exists: 'build'"),
        ("build reports", "--output <DIR>"),
        ("build -o graph", "<PATHS>"),
        ("build reports -o g --view incident", "there are full, incidents and actors"),
        ("build reports -o g --format gexf,xml", "unknown format \"xml\"; there are gexf, graphml"),
        ("build reports -o g --min-confidence 2", "a confidence is a number from 0 to 1"),
        ("build reports -o g --published 5.3.2024", "--published <DATE>"),
        ("build reports -o g --hops 3", "--focus <NAME>"),
        ("build reports -o g --focus Atlantis", "--focus: no node is called \"Atlantis\""),
        ("build reports -o g --focus Osol", "did you mean place:oslo (Oslo)?"),
        ("build reports -o g --metadata none.csv", "none.csv: No such file"),
        ("build reports -o g --same-as none.csv", "none.csv: No such file"),
        ("build reports -o g --pack none", "none: No such file"),
        ("build reports -o g --model none", "none"),
        ("explain none.json MI5", "none.json: No such file"),
        ("completions klingon", "[possible values: bash, elvish, fish, powershell, zsh]"),
    ] {
        desk.run(arguments).says(2, &[words]);
    }
    assert!(!desk.path("g/graph.json").exists());
}

#[test]
fn a_path_in_place_of_a_command_gets_the_command() {
    let desk = Desk::with_reports();
    desk.run("reports").says(2, &["To read it: corkboard build reports -o graph\n"]);
    desk.run("reports -o out").says(2, &["To read it: corkboard build reports -o out\n"]);
    let run = desk.run("nowhere");
    assert!(!run.says(2, &["unrecognized subcommand"]).err.contains("To read it"));
}

#[test]
fn metadata_that_is_wrong_says_where() {
    let desk = Desk::with_reports();
    desk.put("odd.csv", b"name,title\nlagos.txt,A title\n");
    desk.run("build reports -o g --metadata odd.csv").says(2, &["odd.csv", "path"]);
    desk.put("day.csv", b"path,published\nlagos.txt,soon\n");
    // A date that is none costs its document the date, and the run nothing.
    desk.run("build reports -o g --metadata day.csv").says(0, &["day.csv:2", "soon"]);
}
