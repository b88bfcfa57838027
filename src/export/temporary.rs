//! A file that is written under a temporary name and takes its own when it is whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Temporary names tried before a folder is given up: killed runs may have left files behind.
const MOST_NAMES: u32 = 10_000;

/// The number of the next temporary name of this process.
static NEXT: AtomicU32 = AtomicU32::new(0);

/// A new file under a temporary name, with the permissions of any new file. Unless it is
/// [kept](Self::persist), it is removed when dropped.
#[derive(Debug)]
pub(super) struct TemporaryFile {
    /// `None` once it is closed.
    file: Option<File>,
    path: PathBuf,
}

impl TemporaryFile {
    /// Makes a file in a folder, under a name that nothing there has.
    ///
    /// # Errors
    /// If no file can be made there.
    pub(super) fn create_in(folder: &Path) -> io::Result<Self> {
        let mut failed = io::Error::from(io::ErrorKind::AlreadyExists);
        for _ in 0..MOST_NAMES {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = folder.join(format!(".corkboard-{}-{number}", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok(Self { file: Some(file), path }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => failed = error,
                Err(error) => return Err(error),
            }
        }
        Err(failed)
    }

    /// Gives the file its own name, in place of a file that has it.
    ///
    /// # Errors
    /// If it cannot be renamed.
    pub(super) fn persist(mut self, path: &Path) -> io::Result<()> {
        // Some systems rename no open file.
        drop(self.file.take());
        fs::rename(&self.path, path)?;
        self.path = PathBuf::new();
        Ok(())
    }
}

impl Write for TemporaryFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), File::flush)
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        drop(self.file.take());
        if !self.path.as_os_str().is_empty() {
            // Nothing is left to be said if that fails.
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_kept_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let names = || fs::read_dir(folder.path()).unwrap().count();
        let target = folder.path().join("graph.gexf");
        fs::write(&target, "old").unwrap();
        let mut lost = TemporaryFile::create_in(folder.path()).unwrap();
        lost.write_all(b"part of one").unwrap();
        assert_eq!(names(), 2);
        drop(lost);
        assert_eq!((names(), fs::read_to_string(&target).unwrap().as_str()), (1, "old"));
        let (mut a, b) = (
            TemporaryFile::create_in(folder.path()).unwrap(),
            TemporaryFile::create_in(folder.path()).unwrap(),
        );
        assert_ne!(a.path, b.path);
        a.write_all(b"new").unwrap();
        a.persist(&target).unwrap();
        drop(b);
        assert_eq!((names(), fs::read_to_string(&target).unwrap().as_str()), (1, "new"));
        assert!(TemporaryFile::create_in(&folder.path().join("missing")).is_err());
    }
}
