//! Files of a wheel: the part of the ZIP format (PKWARE's APPNOTE 6.3) that wheels use, stored
//! and deflated members without encryption or 64-bit extensions.

use rustc_hash::FxHashMap;

/// The largest member that is unpacked, in bytes: above the vectors of the large models.
const LARGEST: usize = 1 << 31;

/// A wheel's directory over its bytes.
#[derive(Debug)]
pub(super) struct Archive {
    bytes: Vec<u8>,
    members: FxHashMap<String, Member>,
}

#[derive(Clone, Copy, Debug)]
struct Member {
    method: u16,
    checksum: u32,
    packed: usize,
    unpacked: usize,
    header: usize,
}

/// Whether a file begins as a ZIP archive.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

impl Archive {
    /// Reads the directory.
    ///
    /// # Errors
    /// If it is cut short or malformed.
    pub(super) fn open(bytes: Vec<u8>) -> Result<Self, String> {
        // The directory's end is searched from the back: a comment may follow it.
        let end = bytes
            .windows(4)
            .rposition(|window| window == b"PK\x05\x06")
            .ok_or("the archive has no directory: it is cut short")?;
        let count = number(&bytes, end + 10, 2)?;
        let mut at = number(&bytes, end + 16, 4)?;
        let mut members = FxHashMap::default();
        for _ in 0..count {
            if bytes.get(at..at + 4) != Some(b"PK\x01\x02") {
                return Err("the archive's directory is malformed".into());
            }
            let field = |offset, size| number(&bytes, at + offset, size);
            let member = Member {
                method: field(10, 2)? as u16,
                checksum: field(16, 4)? as u32,
                packed: field(20, 4)?,
                unpacked: field(24, 4)?,
                header: field(42, 4)?,
            };
            let (name, extra, comment) = (field(28, 2)?, field(30, 2)?, field(32, 2)?);
            let start = at + 46;
            let name = bytes.get(start..start + name).ok_or("the archive is cut short")?;
            at = start + name.len() + extra + comment;
            members.insert(String::from_utf8_lossy(name).into_owned(), member);
        }
        Ok(Self { bytes, members })
    }

    /// The folder that holds a pipeline: the deepest with a `meta.json` beside a `config.cfg`.
    pub(super) fn pipeline_folder(&self) -> Option<&str> {
        let folders = self.members.keys().filter_map(|name| name.strip_suffix("config.cfg"));
        folders
            .filter(|folder| self.members.contains_key(&format!("{folder}meta.json")))
            .max_by_key(|folder| (folder.len(), *folder))
    }

    /// Unpacks a member.
    ///
    /// # Errors
    /// If it is missing, packed in an unknown way, or damaged.
    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>, String> {
        let member = self.members.get(name).ok_or_else(|| format!("{name}: not in the archive"))?;
        let damaged = || format!("{name}: damaged in the archive");
        let skip = number(&self.bytes, member.header + 26, 2)?
            + number(&self.bytes, member.header + 28, 2)?;
        let start = member.header + 30 + skip;
        let packed = self.bytes.get(start..start + member.packed).ok_or_else(damaged)?;
        if member.unpacked > LARGEST {
            return Err(format!("{name}: {} bytes are too many", member.unpacked));
        }
        let unpacked = match member.method {
            0 => packed.to_vec(),
            8 => miniz_oxide::inflate::decompress_to_vec_with_limit(packed, member.unpacked)
                .map_err(|_| damaged())?,
            other => return Err(format!("{name}: packing method {other} is not supported")),
        };
        let whole = unpacked.len() == member.unpacked && checksum(&unpacked) == member.checksum;
        if whole { Ok(unpacked) } else { Err(damaged()) }
    }
}

fn number(bytes: &[u8], at: usize, size: usize) -> Result<usize, String> {
    let field = bytes.get(at..at + size).ok_or("the archive is cut short")?;
    Ok(field.iter().rev().fold(0, |n, byte| n << 8 | usize::from(*byte)))
}

/// CRC-32 as in ISO 3309.
fn checksum(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut i = 0;
        while i < 256 {
            let mut crc = i as u32;
            let mut bit = 0;
            while bit < 8 {
                crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
                bit += 1;
            }
            table[i] = crc;
            i += 1;
        }
        table
    };
    !bytes.iter().fold(u32::MAX, |crc, byte| crc >> 8 ^ TABLE[(crc as u8 ^ byte) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn an_archive_that_is_cut_short_is_refused() {
        assert!(Archive::open(b"PK\x03\x04 and no more".to_vec()).is_err());
        let mut end = b"PK\x03\x04PK\x05\x06".to_vec();
        end.extend([0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0xff, 0, 0, 0, 0, 0]);
        assert!(Archive::open(end).is_err());
    }
}
