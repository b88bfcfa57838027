//! Writes predictions on public yardsticks in the form that their scorers read. A thin adapter
//! each: what is a habit of a benchmark stands here, not in the library.
//!
//! ```sh
//! cargo run --release --example evaluate -- re3d re3d_dev.json predictions.jsonl
//! cargo run --release --example evaluate -- muc4 input_dev.jsonl predictions.jsonl
//! ```

mod evaluation;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["re3d", input, output] => evaluation::re3d::run(input.as_ref(), output.as_ref()),
        ["muc4", input, output] => evaluation::muc4::run(input.as_ref(), output.as_ref()),
        _ => anyhow::bail!("usage: evaluate re3d RE3D.json OUT.jsonl | muc4 INPUT.jsonl OUT.jsonl"),
    }
}
