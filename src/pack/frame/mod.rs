//! Frames: what a pack says about which words tell of which incident or relation, and where its
//! parts stand in the sentence. The language is described in the pack's `frames/README.md`.
//!
//! A frame is written once, in terms of an active clause (`subject`, `object`, prepositions) or a
//! noun phrase (`of`, `by`, `possessive`, `compound`); the engine in
//! [`extraction`](crate::extraction) reads passives, relative clauses, participles and the like.

mod compile;
mod examples;
mod file;
mod slot;

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

pub use examples::{NegativeExample, PositiveExample};
pub use slot::{Slot, SlotTable};

use crate::error::DataError;
use crate::ontology::{EntityType, IncidentType, Ontology, RelationType, Role, Stage, Stance};
use crate::pack::PackFiles;
use crate::span::RuleId;

/// What a frame yields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Yield {
    /// An incident of this type.
    Incident(IncidentType),
    /// A relation of this type.
    Relation(RelationType),
}

/// A part in what a frame yields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// A role in an incident.
    Role(Role),
    /// The subject of a relation.
    Subject,
    /// The object of a relation.
    Object,
}

impl Part {
    /// The part as files write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Role(role) => role.as_str(),
            Part::Subject => "subject",
            Part::Object => "object",
        }
    }
}

/// Whose fate a verb of harm tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Harm {
    /// The victims died.
    Killed,
    /// The victims lived.
    Injured,
}

/// Where a part is looked for and what may fill it.
#[derive(Clone, Debug)]
pub struct PartSlots {
    /// The part.
    pub part: Part,
    /// Slots in which it may stand.
    pub slots: Vec<Slot>,
    /// Entity types that may fill it, with the ontology's group words; empty admits all.
    pub types: Vec<SmolStr>,
    /// Whether every incident frame looks for it, not this one in particular.
    pub inherited: bool,
}

/// Words that must, or must not, stand in a slot.
#[derive(Clone, Debug)]
pub struct WordCondition {
    /// The slot.
    pub slot: Slot,
    /// Lemmas or lower-cased surfaces.
    pub words: FxHashSet<SmolStr>,
    /// Whether any word will do: `"*"`.
    pub any: bool,
}

/// One frame, checked and compiled.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Its name as rules are cited: `frame:shooting`.
    pub rule: RuleId,
    /// What it yields.
    pub yields: Yield,
    /// Its parts in the order of the file; a filler goes to the first part that takes it.
    pub parts: Vec<PartSlots>,
    /// Every one of these slots must hold one of its words.
    pub only: Vec<WordCondition>,
    /// None of these slots may hold one of its words.
    pub never: Vec<WordCondition>,
    /// One of these parts must be filled; empty asks for nothing.
    pub require: Vec<Part>,
    /// Further parts of which one must be filled.
    pub require_also: Vec<Part>,
    /// The stage that the trigger's own meaning gives.
    pub stage: Option<Stage>,
    /// The stance that the trigger's own meaning gives.
    pub stance: Option<Stance>,
    /// The fate of the victims, where the trigger tells it.
    pub harm: Option<Harm>,
    /// Whether the trigger is a noun that counts, such as "death toll": the number of the harm is
    /// what the count is said to have come to.
    pub tally: bool,
    /// Whether the frame tells nothing on its own: an incident that meets no other telling of the
    /// same event is dropped ("the crime was committed by X", "the dead are X and Y").
    pub needs_event: bool,
    /// Whether the time told is not that of the incident: hostages are freed long after they are
    /// taken.
    pub undated: bool,
    /// Whether a participle of the verb before a noun tells of nothing: "a designated group".
    pub predicative: bool,
    /// Whether vehicles are no weapons in it: a ship that is seized is no find of arms.
    pub arms_only: bool,
    /// Whether it has no place but what a slot of its own names: who is sanctioned is somewhere, the
    /// sanction is not.
    pub unplaced: bool,
    /// Whether it is told only where it came to pass: an arrest that somebody demands is none.
    pub accomplished: bool,
    /// The stage of what the trigger tells where it is denied: a bomb that did not go off was an
    /// attempt. Without it, what is denied did not happen.
    pub when_denied: Option<Stage>,
    /// Parts that a common noun of unknown type may fill, and the type that it then has: whom one
    /// kidnaps is a person, whatever the lexicons know of the word.
    pub induce: Vec<(Part, EntityType)>,
    /// The part whose number is the incident's count ("750 diplomats were expelled").
    pub count_of: Option<Part>,
    /// Whether it tells something only with a number: "ten threats" were made, "a threat" is a
    /// danger.
    pub counted: bool,
    /// The least number that counts so: three people arrested are one arrest, a thousand are a
    /// figure of arrests.
    pub count_from: f64,
    /// Whether the trigger is too general a word to say which type of incident it was
    /// ("incident", "operation"): it takes the type of a more exact mention of the same event.
    pub general: bool,
    /// How sure one reading is, 0 to 1.
    pub confidence: f32,
    /// Texts that it must read, and how.
    pub positive: Vec<PositiveExample>,
    /// Texts that it must leave alone.
    pub negative: Vec<NegativeExample>,
    /// The file it stands in, for messages.
    pub file: String,
    /// 1-based line of the file.
    pub line: usize,
}

/// The words that set off a frame or a supporting verb, behind the first of them.
#[derive(Clone, Debug)]
pub struct Trigger {
    /// Verb or noun.
    pub form: TriggerForm,
    /// For a verb: its particle, or the preposition that must follow ("blow **up**"). For a
    /// noun: the words before it ("**car** bombing").
    pub words: Vec<SmolStr>,
    /// Index of the frame, or of the supporting verb.
    pub owner: usize,
}

/// The part of speech of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriggerForm {
    /// A verb.
    Verb,
    /// A noun.
    Noun,
}

/// Where a supporting verb sends what stands in one of its own slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// Into a slot of the event noun's frame.
    Slot(Slot),
    /// Straight into a role.
    Role(Role),
}

/// A verb that tells of an event named by a noun: "carried out", "claimed responsibility for".
#[derive(Clone, Debug)]
pub struct Support {
    /// Its slots, in one of which the event noun stands.
    pub event: Vec<Slot>,
    /// Where its own fillers go.
    pub moves: Vec<(Slot, Destination)>,
    /// The stage that it gives to the event.
    pub stage: Option<Stage>,
    /// The stance that it gives to the event.
    pub stance: Option<Stance>,
}

/// Lists of words that the engine itself reads.
#[derive(Clone, Debug, Default)]
pub struct EngineLists {
    /// Nouns that stand before "of" and pass on to what follows: number, group, series.
    pub partitive: FxHashSet<SmolStr>,
    /// Nouns that an event noun may modify without losing its event: attempt, plot, spree.
    pub eventive: FxHashSet<SmolStr>,
    /// Verbs of saying and thinking, whose dates are not those of what is said.
    pub speech: FxHashSet<SmolStr>,
    /// Verbs whose object, not subject, does what their infinitive or of-phrase tells: force,
    /// order, accuse.
    pub object_control: FxHashSet<SmolStr>,
    /// Verbs of those who have somebody do a deed for money: `hire`.
    pub hiring: FxHashSet<SmolStr>,
    /// Verbs whose object is the means of what the infinitive behind them tells: `use`.
    pub wielding: FxHashSet<SmolStr>,
    /// Verbs whose subject has the plan that their object names: "hatched a plot to kill". After
    /// any other verb the plan is somebody else's: "thwarted a plot to kill".
    pub plan_verbs: FxHashSet<SmolStr>,
    /// Subtypes of equipment that one attacks with and does not attack: explosives, firearms.
    pub weapon_subtypes: FxHashSet<SmolStr>,
    /// Verbs, with their particle, that can be told of deeds alone: perpetrate, carry out.
    pub committing: FxHashSet<SmolStr>,
    /// Verbs of what an explosive does, with their particle: explode, go off.
    pub exploding: FxHashSet<SmolStr>,
    /// Verbs of what is done to explosives alone: defuse.
    pub defusing: FxHashSet<SmolStr>,
    /// Subtypes of equipment that are weapons only where a frame says so: vehicles.
    pub vehicle_subtypes: FxHashSet<SmolStr>,
    /// Nouns that name no thing in the world: never taken as a target or a victim.
    pub abstract_nouns: FxHashSet<SmolStr>,
    /// Verbs that always have an object: without one, their past form is a headline's passive.
    pub transitive: FxHashSet<SmolStr>,
    /// Prepositions that bound a number right behind them.
    pub bounding: FxHashSet<SmolStr>,
    /// What a state has in other countries: "the U.S. embassy" is not in the United States.
    pub outposts: FxHashSet<SmolStr>,
    /// Words that open a phrase of those who share a fate: "along with a guard".
    pub sharing: FxHashSet<SmolStr>,
    /// Words that open a phrase of some of those told before: "including two children".
    pub including: FxHashSet<SmolStr>,
    /// Verbs besides the transitive ones whose object is never told by a bounding preposition.
    pub refusing: FxHashSet<SmolStr>,
    /// Words that empty a noun phrase: "no group", "none of them".
    pub none: FxHashSet<SmolStr>,
    /// Nouns for people by what they belong to: "members of X", "X guerrillas".
    pub members: FxHashSet<SmolStr>,
    /// Nouns for what comes out of a weapon: fire, a burst, a salvo.
    pub discharges: FxHashSet<SmolStr>,
    /// Units of length: what is "300 metres from" something is near it.
    pub distances: FxHashSet<SmolStr>,
    /// Participles of what is put into something: "packed with dynamite".
    pub loading: FxHashSet<SmolStr>,
    /// Participles of where something was put or found: "a bomb planted under a bus".
    pub putting: FxHashSet<SmolStr>,
    /// Who speaks for others: what such a one claims to have been done, those others did.
    pub mouthpieces: FxHashSet<SmolStr>,
    /// Verbs that tell how a weapon was brought into place, not what it did: plant, hide.
    pub preparing: FxHashSet<SmolStr>,
    /// Adjectives that tell an event apart from those told before: first, previous, other.
    pub others: FxHashSet<SmolStr>,
    /// Adverbs that tell of a further deed: also, elsewhere.
    pub besides: FxHashSet<SmolStr>,
    /// Adverbs at the head of a sentence that turn to another story: elsewhere, meanwhile.
    pub turns: FxHashSet<SmolStr>,
    /// Words in an opening phrase with "in" that turn to another story: another, separate.
    pub turns_to: FxHashSet<SmolStr>,
    /// Words after a length of time that count it from another time: after, earlier.
    pub shifts: FxHashSet<SmolStr>,
    /// Nouns for people by what they did in a deed told before: attackers, kidnappers.
    pub doers: FxHashSet<SmolStr>,
    /// Nouns for people by what was done to them in a deed told before: victims, the wounded.
    pub sufferers: FxHashSet<SmolStr>,
    /// Nouns for a trial or a charge: whoever faces one for a deed is said to have done it.
    pub proceedings: FxHashSet<SmolStr>,
    /// Nouns for what something is put into: a package, a bag, a car. What is in them counts.
    pub containers: FxHashSet<SmolStr>,
    /// Nouns for ways and open ground, on which things happen: not themselves hit, unless they
    /// are the object of the deed.
    pub open_ground: FxHashSet<SmolStr>,
    /// Parts of a land that stand for it: the north.
    pub directions: FxHashSet<SmolStr>,
    /// Where one stands accused: a participle after them tells of who stands there ("appeared in
    /// court charged with").
    pub courts: FxHashSet<SmolStr>,
    /// Where sentences are served: named without an article, or behind a term, they are no place
    /// of an event ("sentenced to ten years in prison").
    pub confinement: FxHashSet<SmolStr>,
    /// Verbs and nouns by which one deed answers another or remembers it: avenge, revenge.
    pub answers: FxHashSet<SmolStr>,
    /// Nouns for what somebody is tried for, one a deed: count.
    pub charges: FxHashSet<SmolStr>,
    /// Verbs by which an event comes about: begin, happen.
    pub beginnings: FxHashSet<SmolStr>,
    /// Verbs by which a deed is claimed, denied or laid at somebody's door; their day is not its.
    pub claiming: FxHashSet<SmolStr>,
    /// Nouns for where the event was, whatever place that is: scene.
    pub nowhere: FxHashSet<SmolStr>,
    /// Nouns for the time of a sentence: year, life, term.
    pub terms: FxHashSet<SmolStr>,
    /// Nouns for people of whom nothing is told: "the persons responsible".
    pub anyone: FxHashSet<SmolStr>,
    /// Nouns that count: number, toll. The number is what they are said to have come to.
    pub tallies: FxHashSet<SmolStr>,
    /// Words for the dead beside their number: "20 dead in a blast".
    pub dead: FxHashSet<SmolStr>,
    /// Words for the injured beside the dead: "20 dead and 40 hurt".
    pub hurt: FxHashSet<SmolStr>,
    /// Verbs by which somebody is accused or held: of what is then told, their object is the doer.
    pub accusing: FxHashSet<SmolStr>,
    /// Prepositions that the parser takes for a word on the number behind them: behind.
    pub never_adverbs: FxHashSet<SmolStr>,
    /// Words that open a phrase for where something is known or comes from ("according to"): what
    /// stands there has no part in the deed.
    pub sources: FxHashSet<SmolStr>,
    /// Conjunctions that set two deeds side by side: while, whereas.
    pub contrasting: FxHashSet<SmolStr>,
    /// Words that make a noun one more of what was just told: "the first **such** attack".
    pub likening: FxHashSet<SmolStr>,
    /// Prepositions before what a place lies beside, not in: near.
    pub beside: FxHashSet<SmolStr>,
    /// Prepositions between a place and what it lies in or beside.
    pub lying: FxHashSet<SmolStr>,
    /// Nouns behind "in the" for all that was before: past.
    pub past: FxHashSet<SmolStr>,
    /// Participles that tell who stands behind somebody: "an Iran-**backed** group", "a cell
    /// **directed** by Russia", "a network **linked** to Tehran".
    pub sponsoring: FxHashSet<SmolStr>,
    /// Participles that tell for whom somebody acts: "two men **working** for Iran".
    pub serving: FxHashSet<SmolStr>,
    /// Verbs by which somebody has others do a deed: "**hired** two men to kill".
    pub instigating: FxHashSet<SmolStr>,
    /// Penalties that are laid on somebody "for" a deed of his: sanction.
    pub penalties: FxHashSet<SmolStr>,
    /// Parts of the body: who is stabbed "in the neck" is stabbed nowhere by that.
    pub body: FxHashSet<SmolStr>,
    /// Determiners that empty a phrase in a clause that asks ("unclear if **any** hostages").
    pub if_any: FxHashSet<SmolStr>,
    /// Conjunctions of a clause that asks: if, whether.
    pub questioning: FxHashSet<SmolStr>,
    /// Nouns that a feast says the kind of, not the day: "a Christmas **market**".
    pub seasonal: FxHashSet<SmolStr>,
}

/// All frames of a pack, compiled for search.
#[derive(Clone, Debug, Default)]
pub struct FrameSet {
    /// The frames, in file order.
    pub frames: Vec<Frame>,
    /// The supporting verbs.
    pub supports: Vec<Support>,
    /// Word lists of the engine.
    pub lists: EngineLists,
    /// Names of slots.
    pub slots: SlotTable,
    /// Where the event's place may stand, whatever the frame.
    pub place: Option<PartSlots>,
    triggers: FxHashMap<SmolStr, Vec<Trigger>>,
    support_triggers: FxHashMap<SmolStr, Vec<Trigger>>,
}

impl FrameSet {
    /// Reads and compiles the files `frames/*.toml` of a pack.
    ///
    /// # Errors
    /// The first value that is not allowed, with its file, line, column and what is allowed.
    pub fn load(files: &PackFiles, ontology: &Ontology) -> Result<Self, DataError> {
        compile::compile(files, ontology)
    }

    /// The triggers whose head word is `word` (a lemma, or a lower-cased surface for nouns).
    #[must_use]
    pub fn triggers(&self, word: &str) -> &[Trigger] {
        self.triggers.get(word).map_or(&[], Vec::as_slice)
    }

    /// The supporting verbs whose lemma is `word`.
    #[must_use]
    pub fn support_triggers(&self, word: &str) -> &[Trigger] {
        self.support_triggers.get(word).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests;
