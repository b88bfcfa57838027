//! The `corkboard` command.

fn main() -> std::process::ExitCode {
    corkboard::cli::run()
}
