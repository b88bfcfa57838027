//! Trigger words, the verbs that carry a noun, and conditions on the words around.

use indexmap::IndexMap;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::error::DataError;
use crate::ontology::Role;
use crate::pack::frame::file::SupportEntry;
use crate::pack::frame::{Destination, Support, Trigger, TriggerForm, WordCondition};
use crate::pack::placed::Placed;

use super::Compiler;
use super::source::{Source, in_file_order, parse_name};

impl Compiler<'_> {
    pub(super) fn triggers(
        &mut self,
        source: Source<'_>,
        words: &[Placed<String>],
        form: TriggerForm,
        owner: usize,
        support: bool,
    ) -> Result<(), DataError> {
        for (at, trigger) in self.listed(source, words)? {
            let parts: Vec<&str> = trigger.split([' ', '-']).filter(|w| !w.is_empty()).collect();
            let lower = parts.iter().all(|w| *w == w.to_lowercase());
            if parts.is_empty() || !lower {
                let message = format!("trigger {trigger:?} must be words in lower case");
                return Err(source.error(at, message));
            }
            let (head, rest) = match form {
                TriggerForm::Verb => (parts[0], &parts[1..]),
                TriggerForm::Noun => (parts[parts.len() - 1], &parts[..parts.len() - 1]),
            };
            let index =
                if support { &mut self.set.support_triggers } else { &mut self.set.triggers };
            let entry = index.entry(SmolStr::new(head)).or_default();
            entry.push(Trigger { form, words: rest.iter().map(SmolStr::new).collect(), owner });
        }
        Ok(())
    }

    pub(super) fn support(
        &mut self,
        source: Source<'_>,
        entry: &SupportEntry,
    ) -> Result<(), DataError> {
        let event = self.slots(source, entry.event.get(), entry.event.at)?;
        let mut moves = Vec::new();
        for (from, to) in in_file_order(&entry.moves) {
            let from = self.slot(source, from.get(), from.at)?;
            let to = match Role::from_name(to.get()) {
                Some(role) => Destination::Role(role),
                None => Destination::Slot(self.slot(source, to.get(), to.at)?),
            };
            moves.push((from, to));
        }
        let owner = self.set.supports.len();
        let stage = parse_name(source, entry.stage.as_ref())?;
        let stance = parse_name(source, entry.stance.as_ref())?;
        let at = entry.event.at;
        if event.is_empty() {
            return Err(source.error(at, "event names no slot"));
        }
        if entry.verbs.is_empty() && entry.nouns.is_empty() {
            return Err(source.error(at, "a support has neither verbs nor nouns"));
        }
        self.set.supports.push(Support { event, moves, stage, stance });
        self.triggers(source, &entry.verbs, TriggerForm::Verb, owner, true)?;
        self.triggers(source, &entry.nouns, TriggerForm::Noun, owner, true)
    }

    pub(super) fn conditions(
        &mut self,
        source: Source<'_>,
        conditions: &IndexMap<Placed<String>, Vec<Placed<String>>>,
    ) -> Result<Vec<WordCondition>, DataError> {
        let mut compiled = Vec::new();
        for (name, entries) in in_file_order(conditions) {
            let slot = self.slot(source, name.get(), name.at)?;
            let words: FxHashSet<SmolStr> =
                self.listed(source, entries)?.into_iter().map(|(_, word)| word).collect();
            let any = words.contains("*");
            compiled.push(WordCondition { slot, words, any });
        }
        Ok(compiled)
    }

    /// Words with their places, those of a list in place of its name: `@combatants`.
    fn listed(
        &self,
        source: Source<'_>,
        entries: &[Placed<String>],
    ) -> Result<Vec<(usize, SmolStr)>, DataError> {
        let mut words = Vec::with_capacity(entries.len());
        for entry in entries {
            let Some(list) = entry.get().strip_prefix('@') else {
                words.push((entry.at, SmolStr::new(entry.get())));
                continue;
            };
            let found = self.lists.get(list).ok_or_else(|| {
                let known: Vec<&str> = self.lists.keys().map(String::as_str).collect();
                let message = format!("unknown list {list:?}; there are: {}", known.join(", "));
                source.error(entry.at, message)
            })?;
            words.extend(found.iter().map(|word| (entry.at, SmolStr::new(word))));
        }
        Ok(words)
    }
}
