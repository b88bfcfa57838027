//! The sieves that join chains of different documents, a sieve per file.

mod description;
mod entry;
mod forced;
mod initials;
mod likeness;
mod longer_name;
mod name;
mod office;
mod surname;

use super::linker::Linker;

/// One way of telling that chains of different documents refer to one thing. Each sieve sees the
/// sets that those before it made.
pub(super) trait LinkingSieve: Sync {
    /// Joins chains.
    fn apply(&self, linker: &mut Linker<'_>);
}

/// The sieves, the most certain first; the analyst's word is last as it may overrule them.
pub(super) const IN_ORDER: [&dyn LinkingSieve; 9] = [
    &entry::SameEntry,
    &name::SameName,
    &description::SameDescription,
    &initials::Initials,
    &longer_name::LongerPersonName,
    &surname::Surname,
    &likeness::Likeness,
    &office::Office,
    &forced::Forced,
];
