//! The compact form in which the built-in model is kept: a header with a checksum, and the
//! model's data with weights of half precision (which keeps spaCy's decisions; bfloat16 does not).

use super::data::ModelData;
use super::hashing::murmur64a;
use super::stored::Stored;

/// en_core_web_sm, written by `cargo run --example convert_model`; see MODEL.md.
pub(super) const ENGLISH: &[u8] = include_bytes!("en_core_web_sm.model");

const MAGIC: &[u8; 8] = b"CORKBLM1";
const SEED: u64 = 0x6d6f_6465_6c31;

/// Writes a model in the compact form.
pub(super) fn write(data: &ModelData) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    rmpv::encode::write_value(&mut body, &data.store()).map_err(|error| error.to_string())?;
    let mut bytes = Vec::with_capacity(body.len() + 24);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&(body.len() as u64).to_le_bytes());
    bytes.extend_from_slice(&murmur64a(&body, SEED).to_le_bytes());
    bytes.extend_from_slice(&body);
    Ok(bytes)
}

/// Whether a file begins as one in the compact form.
pub(super) fn is_compact(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC[..7])
}

/// Reads a model in the compact form.
pub(super) fn read(bytes: &[u8]) -> Result<ModelData, String> {
    let (head, body) = bytes.split_at_checked(24).ok_or("the model file is cut short")?;
    if !head.starts_with(MAGIC) {
        return Err("not a model file of format CORKBLM1".into());
    }
    let field = |at: usize| -> u64 {
        head[at..at + 8].iter().rev().fold(0, |n, byte| n << 8 | u64::from(*byte))
    };
    if body.len() as u64 != field(8) {
        return Err(format!("the model file is cut short: {} of {} bytes", body.len(), field(8)));
    }
    if murmur64a(body, SEED) != field(16) {
        return Err("the model file is altered: its checksum does not fit".into());
    }
    let value = rmpv::decode::read_value_ref(&mut &body[..])
        .map_err(|error| format!("the model file: {error}"))?;
    ModelData::restore(&value).ok_or_else(|| "the model file is of another version".into())
}
