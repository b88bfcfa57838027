//! A chain as the sieves build it: its mentions, and what is known of the thing that they name. All
//! of it is kept up to date as chains are joined, so that no question asks every mention again.

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::agreement::{self, Number};
use super::person_name::compatible;
use crate::mention::{Mention, MentionForm};
use crate::pack::{Gender, Pack, fold_name};
use crate::text::AnnotatedText;

/// What is known of a chain.
#[derive(Debug, Default)]
pub(super) struct Chain {
    /// Its mentions, in the order in which they joined; the first of the text is [`Chain::first`].
    pub(super) members: Vec<usize>,
    pub(super) entry: Option<SmolStr>,
    pub(super) gender: Option<Gender>,
    pub(super) number: Number,
    /// The mention that stands first in the text.
    pub(super) first: usize,
    /// The name that stands first in the text.
    pub(super) first_name: Option<usize>,
    /// The surest mention of each form: names, nominals, pronouns.
    surest: [Option<usize>; 3],
    /// The first nominal that calls it an armed group or an agency.
    told: Option<usize>,
    /// The fullest of the folded names of a person, word by word.
    names: Vec<Vec<SmolStr>>,
    /// The folded words of its names of several words.
    words: FxHashSet<SmolStr>,
}

impl Chain {
    /// The chain of one mention. `entry` is what it is known to refer to.
    pub(super) fn new(
        text: &AnnotatedText<'_>,
        pack: &Pack,
        index: usize,
        mention: &Mention,
        entry: Option<SmolStr>,
    ) -> Self {
        let name = mention.form == MentionForm::Name;
        let person = name && mention.entity_type == "person";
        let told = mention.form == MentionForm::Nominal
            && matches!(mention.entity_type.as_str(), "threat_actor" | "agency");
        let mut surest = [None; 3];
        surest[place(mention.form)] = Some(index);
        let several = name && mention.tokens.len() > 1;
        Self {
            members: vec![index],
            entry,
            gender: agreement::gender(text, pack, mention),
            number: agreement::number(text, pack, mention),
            first: index,
            first_name: name.then_some(index),
            surest,
            told: told.then_some(index),
            names: person
                .then(|| fold_name(text.slice(mention.name_tokens())))
                .into_iter()
                .collect(),
            words: several
                .then(|| fold_name(text.slice(mention.tokens)))
                .into_iter()
                .flatten()
                .collect(),
        }
    }

    /// Takes up another chain, whose mentions become the last of the members. The cost is that of
    /// the other, which therefore is the smaller.
    pub(super) fn absorb(&mut self, mut other: Chain, mentions: &[Mention]) {
        self.members.append(&mut other.members);
        self.entry = self.entry.take().or(other.entry);
        self.gender = self.gender.or(other.gender);
        if self.number == Number::Either {
            self.number = other.number;
        }
        self.first = self.first.min(other.first);
        self.first_name = earlier(self.first_name, other.first_name);
        self.told = earlier(self.told, other.told);
        for (own, gained) in self.surest.iter_mut().zip(other.surest) {
            *own = match (*own, gained) {
                (Some(a), Some(b)) => Some(surer(mentions, a, b)),
                (a, b) => a.or(b),
            };
        }
        for name in other.names {
            let longest = self.names.first().map_or(0, Vec::len);
            if name.len() > longest {
                self.names.clear();
            }
            if name.len() >= longest && !self.names.contains(&name) {
                self.names.push(name);
            }
        }
        if self.words.len() < other.words.len() {
            std::mem::swap(&mut self.words, &mut other.words);
        }
        self.words.extend(other.words);
    }

    /// The mention whose type is that of the chain where no entry tells it: the surest name, else
    /// the surest description, else the surest pronoun. A name that the pack does not know is what
    /// the text calls it: "X, a militant group".
    pub(super) fn typed_by(&self, mentions: &[Mention]) -> Option<usize> {
        let surest = self.surest.iter().copied().flatten().next()?;
        let told = self.told.filter(|_| mentions[surest].entity_type == "organization");
        Some(told.unwrap_or(surest))
    }

    /// Whether it holds a name.
    pub(super) fn has_name(&self) -> bool {
        self.first_name.is_some()
    }

    /// Whether nothing but pronouns is in it.
    pub(super) fn is_pronoun(&self) -> bool {
        matches!(self.surest, [None, None, _])
    }

    /// Whether one of its names of several words holds a folded word.
    pub(super) fn is_called(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Whether the names of people in both agree: the family names do, and no given names differ.
    /// A family name alone says no more than the fullest name of its chain.
    pub(super) fn names_agree(&self, other: &Chain) -> bool {
        self.names.iter().all(|a| other.names.iter().all(|b| compatible(a, b)))
    }
}

fn place(form: MentionForm) -> usize {
    match form {
        MentionForm::Name => 0,
        MentionForm::Nominal => 1,
        MentionForm::Pronoun => 2,
    }
}

fn earlier(a: Option<usize>, b: Option<usize>) -> Option<usize> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The surer of two mentions; of equals the earlier.
fn surer(mentions: &[Mention], a: usize, b: usize) -> usize {
    let key = |m: usize| mentions[m].confidence;
    match key(a).total_cmp(&key(b)) {
        std::cmp::Ordering::Greater => a,
        std::cmp::Ordering::Less => b,
        std::cmp::Ordering::Equal => a.min(b),
    }
}
