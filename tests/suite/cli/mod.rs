//! The program as a user runs it: help, exit codes, messages, files. Text in these tests is
//! English of few words, so that they test the program and not the reading.

mod bad_input;
mod graphs;
mod packs;
mod runs;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Two reports on one event and one on another, of different publishers.
const REPORTS: [(&str, &str); 3] = [
    ("lagos.txt", "Two officers were shot by gunmen in Lagos on Monday.\n"),
    ("leeds.txt", "Police arrested two men in Leeds on Friday. MI5 warned of terrorism.\n"),
    (
        "oslo.txt",
        "Rebels allegedly attacked a police station in Oslo. Norway condemned the attack. \
         MI5 is based in London.\n",
    ),
];

/// A folder of the test's own, in which the program runs.
struct Desk {
    folder: tempfile::TempDir,
}

/// What a run said, and how it ended.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// With a folder `reports` that holds [`REPORTS`].
    fn with_reports() -> Self {
        let desk = Self::new();
        for (name, text) in REPORTS {
            desk.put(&format!("reports/{name}"), text.as_bytes());
        }
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// Names of the files in a folder, in order.
    fn files(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<String> =
            entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Runs the program with these arguments, parted by blanks.
    fn run(&self, arguments: &str) -> Run {
        self.run_with(arguments, b"")
    }

    /// The same, with standard input.
    fn run_with(&self, arguments: &str, input: &[u8]) -> Run {
        let mut child = Command::new(env!("CARGO_BIN_EXE_corkboard"))
            .args(arguments.split(' ').filter(|a| !a.is_empty()))
            .current_dir(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that does not read its input closes it early, which is no failure here.
        let _ = child.stdin.take().unwrap().write_all(input);
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { code: status.code(), out: text(stdout), err: text(stderr) }
    }

    /// Runs the program, which must end with 0.
    fn done(&self, arguments: &str) -> Run {
        let run = self.run(arguments);
        assert_eq!(run.code, Some(0), "corkboard {arguments}\n{}{}", run.out, run.err);
        run
    }
}

impl Run {
    /// Asserts how the run ended and that its diagnostics hold these words.
    #[track_caller]
    fn says(&self, code: i32, words: &[&str]) -> &Self {
        assert_eq!(self.code, Some(code), "{}{}", self.out, self.err);
        for word in words {
            assert!(self.err.contains(word), "{word:?} is not in:\n{}", self.err);
        }
        self
    }

    /// Asserts that its results hold these words.
    #[track_caller]
    fn shows(&self, words: &[&str]) -> &Self {
        for word in words {
            assert!(self.out.contains(word), "{word:?} is not in:\n{}", self.out);
        }
        self
    }
}

/// Whether two folders hold the same files with the same bytes.
#[track_caller]
fn assert_same(one: &Path, other: &Path) {
    let list = |folder: &Path| {
        let mut files: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        files
    };
    let (ones, others) = (list(one), list(other));
    let names = |files: &[PathBuf]| -> Vec<_> {
        files.iter().map(|f| f.file_name().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&ones), names(&others));
    for (a, b) in ones.iter().zip(&others) {
        assert!(fs::read(a).unwrap() == fs::read(b).unwrap(), "{} differs", a.display());
    }
}
