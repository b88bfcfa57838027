//! The places around a trigger where an argument may stand.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// A place around a trigger, in terms of the active clause or the noun phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slot {
    /// Who does it; the by-phrase of a passive; what a participle's noun is.
    Subject,
    /// Whom or what it is done to; the subject of a passive.
    Object,
    /// To whom: "gave **them** arms".
    Indirect,
    /// "**Iran's** attack".
    Possessive,
    /// "**knife** attack", "**Israeli** raid", "**Moscow** bombing".
    Compound,
    /// Who is said to be what the noun says: "**X** is the leader", "**X**, leader of", or the
    /// person whose name the noun stands before: "Y leader **X**".
    Holder,
    /// The mention that the trigger heads itself.
    Itself,
    /// The verb or adjective that completes the trigger: "threatened to **kill**".
    Complement,
    /// Any dependent, for conditions on words.
    Any,
    /// The object of a preposition, or of a phrase that works as one ("on behalf of",
    /// "responsibility for"), by its number in the [`SlotTable`].
    Preposition(u16),
}

/// The prepositions of English in one word that a frame may name.
const PREPOSITIONS: &[&str] = &[
    "about",
    "above",
    "across",
    "after",
    "against",
    "along",
    "alongside",
    "amid",
    "among",
    "around",
    "as",
    "at",
    "before",
    "behind",
    "below",
    "beneath",
    "beside",
    "between",
    "beyond",
    "by",
    "during",
    "following",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "like",
    "near",
    "of",
    "off",
    "on",
    "onto",
    "out",
    "opposite",
    "outside",
    "over",
    "through",
    "throughout",
    "to",
    "toward",
    "towards",
    "under",
    "underneath",
    "until",
    "up",
    "upon",
    "via",
    "with",
    "within",
    "without",
    "using",
    "since",
];

const NAMED: &[(&str, Slot)] = &[
    ("any", Slot::Any),
    ("complement", Slot::Complement),
    ("compound", Slot::Compound),
    ("holder", Slot::Holder),
    ("indirect", Slot::Indirect),
    ("itself", Slot::Itself),
    ("object", Slot::Object),
    ("possessive", Slot::Possessive),
    ("subject", Slot::Subject),
];

/// The prepositional slots that a pack's frames name, numbered.
#[derive(Clone, Debug, Default)]
pub struct SlotTable {
    words: FxHashMap<SmolStr, u16>,
    single: FxHashMap<u16, Slot>,
    pair: FxHashMap<(u16, u16), Slot>,
    triple: FxHashMap<(u16, u16, u16), Slot>,
    names: Vec<SmolStr>,
}

impl SlotTable {
    /// The slot of that name, numbering it if it is new; `None` for a word that is neither a
    /// named slot nor a preposition.
    pub(super) fn intern(&mut self, name: &str) -> Option<Slot> {
        if let Some((_, slot)) = NAMED.iter().find(|(n, _)| *n == name) {
            return Some(*slot);
        }
        let words: Vec<&str> = name.split_whitespace().collect();
        if !words.last().is_some_and(|w| PREPOSITIONS.contains(w)) {
            return None;
        }
        let ids: Vec<u16> = words.iter().map(|w| self.word(w)).collect();
        let next = Slot::Preposition(self.names.len() as u16);
        let slot = match ids[..] {
            [a] => *self.single.entry(a).or_insert(next),
            [a, b] => *self.pair.entry((a, b)).or_insert(next),
            [a, b, c] => *self.triple.entry((a, b, c)).or_insert(next),
            _ => return None,
        };
        if slot == next {
            self.names.push(SmolStr::new(name));
        }
        Some(slot)
    }

    fn word(&mut self, word: &str) -> u16 {
        let next = self.words.len() as u16;
        *self.words.entry(SmolStr::new(word)).or_insert(next)
    }

    /// The slot of a preposition.
    #[must_use]
    pub fn preposition(&self, preposition: &str) -> Option<Slot> {
        self.single.get(self.words.get(preposition)?).copied()
    }

    /// The slot of a word with its preposition: `responsibility for`.
    #[must_use]
    pub fn phrase(&self, word: &str, preposition: &str) -> Option<Slot> {
        self.pair.get(&(*self.words.get(word)?, *self.words.get(preposition)?)).copied()
    }

    /// The slot of a phrase that works as a preposition: `on behalf of`.
    #[must_use]
    pub fn long_phrase(&self, first: &str, noun: &str, last: &str) -> Option<Slot> {
        let key = (*self.words.get(first)?, *self.words.get(noun)?, *self.words.get(last)?);
        self.triple.get(&key).copied()
    }

    /// The name of a slot, as files write it.
    #[must_use]
    pub fn name(&self, slot: Slot) -> &str {
        match slot {
            Slot::Preposition(number) => self.names.get(number as usize).map_or("", |n| n.as_str()),
            named => NAMED.iter().find(|(_, s)| *s == named).map_or("", |(n, _)| n),
        }
    }

    /// What a message says is allowed.
    pub(super) fn allowed() -> String {
        let named: Vec<&str> = NAMED.iter().map(|(name, _)| *name).collect();
        format!("{}, or a preposition", named.join(", "))
    }
}
