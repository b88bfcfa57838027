//! Writes predictions on public yardsticks in the form that their scorers read. A thin adapter
//! each: what is a habit of a benchmark stands here, not in the library.
//!
//! ```sh
//! cargo run --release --example evaluate -- re3d re3d_dev.json predictions.jsonl
//! cargo run --release --example evaluate -- muc4 input_dev.jsonl predictions.jsonl
//! ```
//!
//! A folder after these is read as the pack in place of the built-in one.

mod evaluation;

use corkboard::pack::{Pack, PackFiles};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let pack = match arguments.get(3) {
        Some(folder) => Pack::load(&PackFiles::from_directory(folder.as_ref())?)?,
        None => Pack::builtin()?,
    };
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["re3d", input, output, ..] => {
            evaluation::re3d::run(input.as_ref(), output.as_ref(), &pack)
        }
        ["muc4", input, output, ..] => {
            evaluation::muc4::run(input.as_ref(), output.as_ref(), pack, false)
        }
        ["muc4-features", input, output, ..] => {
            evaluation::muc4::run(input.as_ref(), output.as_ref(), pack, true)
        }
        _ => anyhow::bail!("usage: evaluate re3d|muc4|muc4-features INPUT OUT.jsonl [PACK]"),
    }
}
