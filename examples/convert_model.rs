//! Rewrites a spaCy pipeline in the compact form that is built into the program:
//! `cargo run --release --example convert_model -- FOLDER src/text/en_core_web_sm.model`.

use std::path::Path;
use std::process::ExitCode;

use corkboard::text::convert_model;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [from, to] = &arguments[..] else {
        eprintln!("usage: convert_model FOLDER-OR-WHEEL FILE");
        return ExitCode::from(2);
    };
    let written = convert_model(Path::new(from))
        .map_err(|error| error.to_string())
        .and_then(|bytes| std::fs::write(to, bytes).map_err(|error| format!("{to}: {error}")));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
