//! The command line: clap types, one file a command, and the messages. Results go to standard
//! output, diagnostics to standard error.

#![allow(clippy::print_stdout, reason = "the command line is where results are printed")]

mod assemble;
mod build;
mod check_pack;
mod completions;
mod explain;
mod extract;
mod options;
mod path;
mod progress;
mod stats;
mod summary;
mod verify;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use console::Term;

/// Reads news and security reports and writes the knowledge graph in them.
///
/// Corkboard finds agencies, threats and incidents, the people, groups, states and places around
/// them, who said it and whether it happened, and writes a graph for Gephi, Graphviz and the
/// tools beside them. Every node and edge carries its proof: document, offsets, quote, rule.
#[derive(Debug, Parser)]
#[command(name = "corkboard", version)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read reports and write the graph in them: the main job.
    Build(build::BuildArgs),
    /// Read reports and write one analysis a line, without building a graph.
    Extract(extract::ExtractArgs),
    /// Merge analyses into one graph.
    Assemble(assemble::AssembleArgs),
    /// Show the edges of a node, or between two, with their quotes.
    Explain(explain::ExplainArgs),
    /// Show figures about a graph.
    Stats(stats::StatsArgs),
    /// Show the shortest path between two nodes.
    Path(path::PathArgs),
    /// Find every quote of a graph again in the reports.
    Verify(verify::VerifyArgs),
    /// Check a pack: its vocabulary, names, words and frames.
    CheckPack(check_pack::CheckPackArgs),
    /// Write shell completions to standard output.
    Completions(completions::CompletionsArgs),
    /// Write the manual page to standard output.
    Man,
}

/// Columns that help takes at most, however wide the terminal: longer lines are hard to read.
const WIDEST: usize = 100;

/// How a run ended, when it did not fail as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Everything was done.
    Done,
    /// Some inputs could not be read or some checks did not hold; the rest was done.
    Incomplete,
}

/// Runs the program with the arguments of the process.
///
/// Exit codes: 0 all done, 1 some inputs failed and the rest is written, 2 a mistake in the
/// arguments or the data.
#[must_use]
pub(crate) fn run() -> ExitCode {
    let width = Term::stdout().size_checked().map_or(WIDEST, |(_, columns)| usize::from(columns));
    let matches = Cli::command().term_width(width.min(WIDEST)).try_get_matches();
    let cli = matches.and_then(|found| Cli::from_arg_matches(&found)).unwrap_or_else(|error| {
        if let Some(command) = meant(&error) {
            let _ = error.print();
            let _ = writeln!(std::io::stderr().lock(), "\nTo read it: {command}");
            std::process::exit(2);
        }
        error.exit()
    });
    let outcome = match cli.command {
        Command::Build(args) => build::run(&args),
        Command::Extract(args) => extract::run(&args),
        Command::Assemble(args) => assemble::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Stats(args) => stats::run(&args),
        Command::Path(args) => path::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::CheckPack(args) => check_pack::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man => completions::man(),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Incomplete) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            tell(format_args!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

/// The command that somebody meant who named a file or folder where a command should stand.
fn meant(error: &clap::Error) -> Option<String> {
    use clap::error::{ContextKind, ContextValue, ErrorKind};
    let word = match (error.kind(), error.get(ContextKind::InvalidSubcommand)) {
        (ErrorKind::InvalidSubcommand, Some(ContextValue::String(word))) => word,
        _ => return None,
    };
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let output = arguments.iter().any(|a| a.starts_with("-o") || a.starts_with("--output"));
    let rest = if output { "" } else { " -o graph" };
    std::path::Path::new(word)
        .exists()
        .then(|| format!("corkboard build {}{rest}", arguments.join(" ")))
}

/// Says something on standard error. That nobody reads it is no reason to stop.
fn tell(message: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr().lock(), "corkboard: {message}");
}

/// Whether the reader of our output went away, which is its right.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
