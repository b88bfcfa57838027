//! Lists the files of the built-in pack, so that they can be embedded with `include_str!`. (A
//! macro that embeds a folder spells its bytes out as tokens, which the compiler then takes a
//! minute to read.)

use std::path::{Path, PathBuf};
use std::{env, fs, io};

const PACK: &str = "src/packs/security";

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed={PACK}");
    let mut files = Vec::new();
    collect(&root.join(PACK), &mut files)?;
    files.sort();
    let mut list = String::from("[\n");
    for file in files {
        let inside = file.strip_prefix(root.join(PACK)).unwrap_or(&file);
        let name = inside.to_string_lossy().replace('\\', "/");
        list.push_str(&format!(
            "    ({name:?}, include_str!({:?})),\n",
            file.display().to_string()
        ));
    }
    list.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("security_pack.rs"), list)
}

/// The files below a folder that a pack can hold.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml" || e == "csv") {
            files.push(path);
        }
    }
    Ok(())
}
