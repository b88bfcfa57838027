//! Paths on the command line to the list of files to read, each with its identifier.

use crate::order;

use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};
use walkdir::{DirEntry, WalkDir};

use super::format::Format;

/// One file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ListedFile {
    /// Where it is.
    pub(super) path: PathBuf,
    /// Its path as given, cleaned, with `/`.
    pub(super) shown: String,
    /// Its name without extension, made unique by its folders.
    pub(super) id: String,
    /// Whether the user named the file itself, not a folder above it.
    pub(super) named: bool,
}

/// What lies below the given paths.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// Files in the order of their paths, whatever the order of the arguments.
    pub(super) files: Vec<ListedFile>,
    /// Paths that are not there or cannot be listed, with the reason.
    pub(super) failed: Vec<(PathBuf, std::io::Error)>,
    /// Files in folders that no reader is for, and why.
    pub(super) skipped: Vec<(String, String)>,
    /// Folders in which nothing to read was found.
    pub(super) empty: Vec<PathBuf>,
}

/// Lists files and folders (recursively). Hidden files below a folder are left out; ignore files
/// such as `.gitignore` have no effect.
pub(super) fn list<'p>(paths: impl Iterator<Item = &'p Path>) -> Listing {
    let mut listing = Listing::default();
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    for path in paths {
        match std::fs::metadata(path) {
            Err(error) => listing.failed.push((path.to_owned(), error)),
            Ok(found) if found.is_dir() => list_folder(path, &mut listing, &mut seen),
            Ok(_) => add(path, true, &mut listing, &mut seen),
        }
    }
    order::by(&mut listing.files, |a, b| a.shown.cmp(&b.shown));
    order::unique(&mut listing.skipped);
    name_files(&mut listing.files);
    listing
}

fn list_folder(folder: &Path, listing: &mut Listing, seen: &mut FxHashMap<String, usize>) {
    let hidden = |entry: &DirEntry| {
        entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".")
    };
    let walk = WalkDir::new(folder).follow_links(true).into_iter();
    let before = listing.files.len();
    let mut any = false;
    for entry in walk.filter_entry(|entry| !hidden(entry)) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                any = true;
                let path = entry.path();
                if path.extension().is_none() || Format::of_name(path).is_some() {
                    add(path, false, listing, seen);
                } else {
                    let reason = format!("not a format that is read ({})", Format::EXTENSIONS);
                    listing.skipped.push((clean_path(&path.to_string_lossy()), reason));
                }
            }
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                any = true;
                let reason = "not a file (a pipe, a socket or a device)".to_owned();
                listing.skipped.push((clean_path(&entry.path().to_string_lossy()), reason));
            }
            Err(error) => {
                any = true;
                let path = error.path().unwrap_or(folder).to_owned();
                listing.failed.push((path, error.into()));
            }
        }
    }
    if listing.files.len() == before && !any {
        listing.empty.push(folder.to_owned());
    }
}

fn add(path: &Path, named: bool, listing: &mut Listing, seen: &mut FxHashMap<String, usize>) {
    let shown = clean_path(&path.to_string_lossy());
    match seen.get(&shown) {
        Some(&at) => listing.files[at].named |= named,
        None => {
            seen.insert(shown.clone(), listing.files.len());
            listing.files.push(ListedFile {
                path: path.to_owned(),
                shown,
                id: String::new(),
                named,
            });
        }
    }
}

/// A path with `/` between its parts, and without `.` parts and doubled separators.
pub(super) fn clean_path(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let root = if path.starts_with('/') { "/" } else { "" };
    let parts: Vec<&str> =
        path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    format!("{root}{}", parts.join("/"))
}

/// Gives each file its identifier: its name without the extension; with the extension where
/// another file of the folder has the same; preceded by as many folders as tell it from files
/// of the same name elsewhere.
fn name_files(files: &mut [ListedFile]) {
    let mut in_folder: FxHashMap<(String, String), usize> = FxHashMap::default();
    for file in files.iter() {
        let (folder, name) = split(&file.shown);
        *in_folder.entry((folder.to_owned(), stem(name).to_owned())).or_default() += 1;
    }
    let mut groups: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (i, file) in files.iter().enumerate() {
        let (folder, name) = split(&file.shown);
        let stem = stem(name);
        let alone = in_folder[&(folder.to_owned(), stem.to_owned())] == 1;
        let base = if alone { stem } else { name };
        groups.entry(base.to_owned()).or_default().push(i);
    }
    for (base, mut open) in groups {
        let mut folders = 0;
        while !open.is_empty() {
            let name = |i: usize| {
                let (folder, _) = split(&files[i].shown);
                let kept: Vec<&str> =
                    folder.rsplit('/').filter(|p| !p.is_empty()).take(folders).collect();
                let mut parts: Vec<&str> = kept.into_iter().rev().collect();
                parts.push(&base);
                parts.join("/")
            };
            let names: Vec<(usize, String)> = open.iter().map(|i| (*i, name(*i))).collect();
            let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
            for (_, name) in &names {
                *counts.entry(name).or_default() += 1;
            }
            let depth =
                files[open[0]].shown.matches('/').count().max(
                    open.iter().map(|i| files[*i].shown.matches('/').count()).max().unwrap_or(0),
                );
            let unique: FxHashSet<usize> =
                names.iter().filter(|(_, n)| counts[n.as_str()] == 1).map(|(i, _)| *i).collect();
            for (i, name) in names {
                if unique.contains(&i) || folders > depth {
                    files[i].id = name;
                }
            }
            open.retain(|i| files[*i].id.is_empty());
            folders += 1;
        }
    }
}

fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(paths: &[&str]) -> Vec<String> {
        let mut files: Vec<ListedFile> = paths
            .iter()
            .map(|path| ListedFile {
                path: PathBuf::from(path),
                shown: clean_path(path),
                id: String::new(),
                named: true,
            })
            .collect();
        name_files(&mut files);
        files.into_iter().map(|f| f.id).collect()
    }

    #[test]
    fn identifiers_are_as_short_as_they_can_be() {
        assert_eq!(ids(&["in/a.txt", "in/b.html"]), ["a", "b"]);
        assert_eq!(ids(&["x/a.txt", "y/a.txt", "y/c.txt"]), ["x/a", "y/a", "c"]);
        assert_eq!(ids(&["x/a.txt", "x/a.html"]), ["a.txt", "a.html"]);
        assert_eq!(ids(&["p/x/a.txt", "q/x/a.txt", "q/y/a.txt"]), ["p/x/a", "q/x/a", "y/a"]);
        assert_eq!(ids(&["/x/a.txt", "x/a.txt"]).len(), 2);
    }

    #[test]
    fn paths_are_cleaned() {
        assert_eq!(clean_path("./a//b/./c.txt"), "a/b/c.txt");
        assert_eq!(clean_path("/a/../b"), "/a/../b");
    }
}
