//! Frame files to a [`FrameSet`]: checks every name against the vocabulary, numbers the slots,
//! indexes the triggers by their head word.

use std::collections::BTreeMap;
use std::fmt::Display;

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::de::DeserializeOwned;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as ValueError, StrDeserializer};
use smol_str::SmolStr;

use super::examples::{NegativeExample, PositiveExample};
use super::file::{Defaults, ExampleValue, FrameEntry, FrameFile, SupportEntry};
use super::{
    Destination, EngineLists, Frame, FrameSet, Harm, Part, PartSlots, Slot, SlotTable, Support,
    Trigger, TriggerForm, WordCondition, Yield,
};
use crate::error::DataError;
use crate::ontology::{EntityType, IncidentType, Ontology, RelationType, Role};
use crate::pack::placed::Placed;
use crate::pack::{PackFiles, files};
use crate::span::RuleId;

/// The parts that every incident frame looks for, with the types that fill each role.
#[derive(Default)]
struct Common {
    types: FxHashMap<Role, Vec<SmolStr>>,
    roles: Vec<PartSlots>,
}

struct Compiler<'a> {
    ontology: &'a Ontology,
    lists: BTreeMap<String, Vec<String>>,
    common: Common,
    set: FrameSet,
    ids: FxHashMap<String, String>,
}

/// A file under compilation, for messages.
#[derive(Clone, Copy)]
struct Source<'a> {
    path: &'a str,
    text: &'a str,
}

impl Source<'_> {
    fn position(self, offset: usize) -> (usize, usize) {
        let before = &self.text[..offset.min(self.text.len())];
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        (line, before.len() - before.rfind('\n').map_or(0, |i| i + 1) + 1)
    }

    fn error(self, offset: usize, message: impl Display) -> DataError {
        let (line, column) = self.position(offset);
        DataError::Invalid {
            file: self.path.to_owned(),
            line: Some(line),
            column: Some(column),
            message: message.to_string(),
        }
    }
}

pub(super) fn compile(files: &PackFiles, ontology: &Ontology) -> Result<FrameSet, DataError> {
    let mut parsed: Vec<(Source<'_>, FrameFile)> = Vec::new();
    for (path, text) in files.in_folder("frames", "toml") {
        parsed.push((Source { path, text }, files::parse_toml(path, text)?));
    }
    let mut compiler = Compiler {
        ontology,
        lists: BTreeMap::new(),
        common: Common::default(),
        set: FrameSet::default(),
        ids: FxHashMap::default(),
    };
    for (_, file) in &parsed {
        compiler.lists.extend(file.lists.iter().map(|(name, words)| (name.clone(), words.clone())));
    }
    compiler.set.lists = compiler.engine_lists();
    for (source, file) in &parsed {
        if let Some(defaults) = &file.defaults {
            compiler.defaults(*source, defaults)?;
        }
    }
    for (source, file) in &parsed {
        for entry in &file.support {
            compiler.support(*source, entry)?;
        }
        for entry in &file.frame {
            compiler.frame(*source, entry)?;
        }
    }
    Ok(compiler.set)
}

/// The participle of a regular verb: wounded, injured, kidnapped, buried.
fn regular_participle(verb: &str) -> SmolStr {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let mut end = verb.chars().rev();
    let (last, before, third) = (end.next(), end.next(), end.next());
    match (third, before, last) {
        (_, _, Some('e')) => smol_str::format_smolstr!("{verb}d"),
        (_, Some(b), Some('y')) if !vowel(b) => {
            smol_str::format_smolstr!("{}ied", &verb[..verb.len() - 1])
        }
        (Some(t), Some(b), Some(l))
            if !vowel(t) && vowel(b) && !vowel(l) && !matches!(l, 'w' | 'x' | 'y' | 'r' | 'n') =>
        {
            smol_str::format_smolstr!("{verb}{l}ed")
        }
        _ => smol_str::format_smolstr!("{verb}ed"),
    }
}

impl Compiler<'_> {
    fn engine_lists(&self) -> EngineLists {
        let list = |name: &str| -> FxHashSet<SmolStr> {
            self.lists.get(name).into_iter().flatten().map(SmolStr::new).collect()
        };
        EngineLists {
            partitive: list("partitive"),
            eventive: list("eventive"),
            speech: list("speech"),
            object_control: list("object_control"),
            plan_verbs: list("plan_verbs"),
            abstract_nouns: list("abstract"),
            transitive: list("transitive"),
            none: list("none"),
            members: list("members"),
            preparing: list("preparing"),
            others: list("others"),
            doers: list("doers"),
            sufferers: list("sufferers"),
            open_ground: list("open_ground"),
            courts: list("courts"),
            directions: list("directions"),
            confinement: list("confinement"),
            terms: list("terms"),
            accusing: list("accusing"),
            weapon_subtypes: list("weapon_subtypes"),
            vehicle_subtypes: list("vehicle_subtypes"),
        }
    }

    fn defaults(&mut self, source: Source<'_>, defaults: &Defaults) -> Result<(), DataError> {
        for (name, types) in &defaults.types {
            let role = Role::from_name(name.get())
                .ok_or_else(|| unknown_role(source, name, "an incident", &Role::ALL))?;
            let types = types
                .iter()
                .map(|t| self.entity_type(source, t.get(), t.at))
                .collect::<Result<Vec<_>, _>>()?;
            self.common.types.insert(role, types);
        }
        for (name, value) in in_file_order(&defaults.roles) {
            let role = Role::from_name(name.get())
                .ok_or_else(|| unknown_role(source, name, "an incident", &Role::ALL))?;
            let parts = self.part(source, Part::Role(role), value)?;
            if role == Role::Place {
                self.set.place = parts.first().cloned();
            }
            let inherited = parts.into_iter().map(|p| PartSlots { inherited: true, ..p });
            self.common.roles.extend(inherited);
        }
        Ok(())
    }

    fn entity_type(
        &self,
        source: Source<'_>,
        name: &str,
        offset: usize,
    ) -> Result<SmolStr, DataError> {
        let known = matches!(name, "actor" | "location" | "any")
            || self.ontology.entity_types.contains_key(name);
        if known {
            return Ok(SmolStr::new(name));
        }
        let allowed: Vec<&str> = self.ontology.entity_types.keys().map(|t| t.as_str()).collect();
        Err(source.error(
            offset,
            format!(
                "unknown entity type {name:?}; allowed: actor, location, any, {}",
                allowed.join(", ")
            ),
        ))
    }

    fn slot(&mut self, source: Source<'_>, name: &str, offset: usize) -> Result<Slot, DataError> {
        self.set.slots.intern(name).ok_or_else(|| {
            source
                .error(offset, format!("unknown slot {name:?}; allowed: {}", SlotTable::allowed()))
        })
    }

    /// `"subject, by : person, group | in : facility"`: slots with the types that they take, and
    /// further slots with other types.
    fn part(
        &mut self,
        source: Source<'_>,
        part: Part,
        value: &Placed<String>,
    ) -> Result<Vec<PartSlots>, DataError> {
        let offset = value.at;
        let choices: Vec<&str> = value.get().split('|').collect();
        choices.into_iter().map(|choice| self.choice(source, part, choice, offset)).collect()
    }

    fn choice(
        &mut self,
        source: Source<'_>,
        part: Part,
        choice: &str,
        offset: usize,
    ) -> Result<PartSlots, DataError> {
        let (slots, types) = match choice.split_once(':') {
            Some((slots, types)) => (slots, Some(types)),
            None => (choice, None),
        };
        let slots = slots
            .split(',')
            .map(str::trim)
            .filter(|s| !s.is_empty())
            .map(|s| self.slot(source, s, offset))
            .collect::<Result<Vec<_>, _>>()?;
        if slots.is_empty() {
            return Err(source.error(offset, format!("{} names no slot", part.as_str())));
        }
        let types = match (types, part) {
            (Some(types), _) => types
                .split(',')
                .map(|t| self.entity_type(source, t.trim(), offset))
                .collect::<Result<Vec<_>, _>>()?,
            (None, Part::Role(role)) => self.common.types.get(&role).cloned().unwrap_or_default(),
            (None, _) => Vec::new(),
        };
        Ok(PartSlots { part, slots, types, inherited: false })
    }

    fn triggers(
        &mut self,
        source: Source<'_>,
        words: &[Placed<String>],
        form: TriggerForm,
        owner: usize,
        support: bool,
    ) -> Result<(), DataError> {
        for trigger in words {
            let parts: Vec<&str> =
                trigger.get().split([' ', '-']).filter(|w| !w.is_empty()).collect();
            let lower = parts.iter().all(|w| *w == w.to_lowercase());
            if parts.is_empty() || !lower {
                return Err(source.error(
                    trigger.at,
                    format!("trigger {:?} must be words in lower case", trigger.get()),
                ));
            }
            let (head, rest) = match form {
                TriggerForm::Verb => (parts[0], &parts[1..]),
                TriggerForm::Noun => (parts[parts.len() - 1], &parts[..parts.len() - 1]),
            };
            let index =
                if support { &mut self.set.support_triggers } else { &mut self.set.triggers };
            let entry = index.entry(SmolStr::new(head)).or_default();
            let trigger = Trigger { form, words: rest.iter().map(SmolStr::new).collect(), owner };
            if form == TriggerForm::Verb && rest.is_empty() && !support {
                let participle = self.set.participles.entry(regular_participle(head)).or_default();
                participle.push(trigger.clone());
            }
            entry.push(trigger);
        }
        Ok(())
    }

    fn conditions(
        &mut self,
        source: Source<'_>,
        conditions: &IndexMap<Placed<String>, Vec<Placed<String>>>,
    ) -> Result<Vec<WordCondition>, DataError> {
        let mut compiled = Vec::new();
        for (name, entries) in in_file_order(conditions) {
            let slot = self.slot(source, name.get(), name.at)?;
            let mut words = FxHashSet::default();
            for entry in entries {
                match entry.get().strip_prefix('@') {
                    None => {
                        words.insert(SmolStr::new(entry.get()));
                    }
                    Some(list) => {
                        let found = self.lists.get(list).ok_or_else(|| {
                            let known: Vec<&str> = self.lists.keys().map(String::as_str).collect();
                            source.error(
                                entry.at,
                                format!("unknown list {list:?}; there are: {}", known.join(", ")),
                            )
                        })?;
                        words.extend(found.iter().map(SmolStr::new));
                    }
                }
            }
            compiled.push(WordCondition { slot, words });
        }
        Ok(compiled)
    }

    fn support(&mut self, source: Source<'_>, entry: &SupportEntry) -> Result<(), DataError> {
        let event = self.slot(source, entry.event.get(), entry.event.at)?;
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
        self.set.supports.push(Support { event, moves, stage, stance });
        if entry.verbs.is_empty() && entry.nouns.is_empty() {
            let at = entry.event.at;
            return Err(source.error(at, "a support has neither verbs nor nouns".to_owned()));
        }
        self.triggers(source, &entry.verbs, TriggerForm::Verb, owner, true)?;
        self.triggers(source, &entry.nouns, TriggerForm::Noun, owner, true)
    }

    fn frame(&mut self, source: Source<'_>, entry: &FrameEntry) -> Result<(), DataError> {
        let id = entry.id.get();
        let at = entry.id.at;
        if let Some(other) = self.ids.insert(id.clone(), source.path.to_owned()) {
            return Err(source.error(at, format!("frame {id:?} is already in {other}")));
        }
        if entry.verbs.is_empty() && entry.nouns.is_empty() {
            return Err(source.error(at, format!("frame {id:?} has neither verbs nor nouns")));
        }
        let yields = self.yields(source, entry)?;
        let mut parts = Vec::new();
        for (name, value) in in_file_order(&entry.roles) {
            let part = frame_part(source, &yields, name)?;
            for mut compiled in self.part(source, part, value)? {
                if compiled.types.is_empty() {
                    compiled.types = self.relation_types(&yields, part);
                }
                parts.push(compiled);
            }
        }
        if let Yield::Incident(_) = yields {
            for common in &self.common.roles {
                if !parts.iter().any(|p| p.part == common.part) {
                    parts.push(common.clone());
                }
            }
        } else {
            for part in [Part::Subject, Part::Object] {
                if !parts.iter().any(|p| p.part == part) {
                    return Err(source.error(
                        at,
                        format!("relation frame {id:?} lacks the {} role", part.as_str()),
                    ));
                }
            }
        }
        let only = self.conditions(source, &entry.only)?;
        let never = self.conditions(source, &entry.never)?;
        let named = |names: &[Placed<String>]| {
            names.iter().map(|n| frame_part(source, &yields, n)).collect::<Result<Vec<_>, _>>()
        };
        let mut induce = Vec::new();
        for (name, value) in in_file_order(&entry.induce) {
            let part = frame_part(source, &yields, name)?;
            let name = self.entity_type(source, value.get(), value.at)?;
            induce.push((part, EntityType(name)));
        }
        let frame = Frame {
            induce,
            rule: RuleId::from(format!("frame:{id}")),
            parts,
            only,
            never,
            require: named(&entry.require)?,
            require_also: named(&entry.require_also)?,
            stage: parse_name(source, entry.stage.as_ref())?,
            stance: parse_name(source, entry.stance.as_ref())?,
            harm: harm(source, entry.harm.as_ref())?,
            result_only: entry.result_only,
            needs_event: entry.needs_event,
            when_denied: parse_name(source, entry.when_denied.as_ref())?,
            general: entry.general,
            count_of: entry
                .count_of
                .as_ref()
                .map(|p| frame_part(source, &yields, p))
                .transpose()?,
            counted: entry.counted,
            count_from: entry.count_from.as_ref().map_or(0.0, |number| *number.get()),
            confidence: confidence(source, entry.confidence.as_ref())?,
            positive: positives(source, entry, &yields)?,
            negative: entry.negative.iter().map(|t| NegativeExample { text: t.clone() }).collect(),
            file: source.path.to_owned(),
            line: source.position(at).0,
            yields,
        };
        if frame.positive.is_empty() || frame.negative.is_empty() {
            let lacking = if frame.positive.is_empty() { "positive" } else { "negative" };
            return Err(source.error(at, format!("frame {id:?} has no {lacking} example")));
        }
        let owner = self.set.frames.len();
        self.set.frames.push(frame);
        self.triggers(source, &entry.verbs, TriggerForm::Verb, owner, false)?;
        self.triggers(source, &entry.nouns, TriggerForm::Noun, owner, false)
    }

    fn yields(&self, source: Source<'_>, entry: &FrameEntry) -> Result<Yield, DataError> {
        let at = entry.id.at;
        match (&entry.incident, &entry.relation) {
            (Some(name), None) => {
                let incident = IncidentType::from(name.get().as_str());
                if self.ontology.incident_types.contains_key(&incident) {
                    return Ok(Yield::Incident(incident));
                }
                let allowed: Vec<&str> =
                    self.ontology.incident_types.keys().map(|t| t.as_str()).collect();
                let message = format!(
                    "unknown incident type {:?}; allowed: {}",
                    name.get(),
                    allowed.join(", ")
                );
                Err(source.error(name.at, message))
            }
            (None, Some(name)) => {
                let relation = RelationType::from(name.get().as_str());
                if self.ontology.relation_types.contains_key(&relation) {
                    return Ok(Yield::Relation(relation));
                }
                let allowed: Vec<&str> =
                    self.ontology.relation_types.keys().map(|t| t.as_str()).collect();
                let message =
                    format!("unknown relation {:?}; allowed: {}", name.get(), allowed.join(", "));
                Err(source.error(name.at, message))
            }
            _ => Err(source.error(
                at,
                format!("frame {:?} must yield either an incident or a relation", entry.id.get()),
            )),
        }
    }

    fn relation_types(&self, yields: &Yield, part: Part) -> Vec<SmolStr> {
        let Yield::Relation(relation) = yields else { return Vec::new() };
        let info = self.ontology.relation_types.get(relation);
        match part {
            Part::Subject => info.map(|i| i.subject.clone()).unwrap_or_default(),
            Part::Object => info.map(|i| i.object.clone()).unwrap_or_default(),
            Part::Role(_) => Vec::new(),
        }
    }
}

/// TOML tables are sorted by key when parsed; the order of the file decides which part takes a
/// filler first, so it is restored from the keys' places.
fn in_file_order<V>(
    table: &IndexMap<Placed<String>, V>,
) -> impl Iterator<Item = (&Placed<String>, &V)> {
    let mut entries: Vec<(&Placed<String>, &V)> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.at);
    entries.into_iter()
}

fn unknown_role(
    source: Source<'_>,
    name: &Placed<String>,
    what: &str,
    allowed: &[Role],
) -> DataError {
    let allowed: Vec<&str> = allowed.iter().map(|r| r.as_str()).collect();
    source.error(
        name.at,
        format!("unknown role {:?}; {what} allows {}", name.get(), allowed.join(", ")),
    )
}

fn frame_part(
    source: Source<'_>,
    yields: &Yield,
    name: &Placed<String>,
) -> Result<Part, DataError> {
    match (yields, name.get().as_str()) {
        (Yield::Relation(_), "subject") => Ok(Part::Subject),
        (Yield::Relation(_), "object") => Ok(Part::Object),
        (Yield::Relation(relation), other) => Err(source
            .error(name.at, format!("unknown role {other:?}; {relation} allows subject, object"))),
        (Yield::Incident(incident), role) => Role::from_name(role)
            .map(Part::Role)
            .ok_or_else(|| unknown_role(source, name, incident.as_str(), &Role::ALL)),
    }
}

/// Reads a name of a closed scale; the message lists the scale.
fn parse_name<T: DeserializeOwned>(
    source: Source<'_>,
    name: Option<&Placed<String>>,
) -> Result<Option<T>, DataError> {
    let Some(name) = name else { return Ok(None) };
    let text: StrDeserializer<'_, ValueError> = name.get().as_str().into_deserializer();
    T::deserialize(text).map(Some).map_err(|e| source.error(name.at, e))
}

fn harm(source: Source<'_>, name: Option<&Placed<String>>) -> Result<Option<Harm>, DataError> {
    let Some(name) = name else { return Ok(None) };
    match name.get().as_str() {
        "killed" => Ok(Some(Harm::Killed)),
        "injured" => Ok(Some(Harm::Injured)),
        other => {
            Err(source.error(name.at, format!("unknown harm {other:?}; allowed: killed, injured")))
        }
    }
}

fn confidence(source: Source<'_>, value: Option<&Placed<f64>>) -> Result<f32, DataError> {
    let Some(value) = value else { return Ok(0.8) };
    let number = *value.get();
    if number > 0.0 && number <= 1.0 {
        return Ok(number as f32);
    }
    Err(source.error(value.at, format!("confidence {number} is not above 0 and up to 1")))
}

fn positives(
    source: Source<'_>,
    entry: &FrameEntry,
    yields: &Yield,
) -> Result<Vec<PositiveExample>, DataError> {
    entry.positive.iter().map(|e| positive(source, e, yields)).collect()
}

fn positive(
    source: Source<'_>,
    example: &Placed<BTreeMap<String, ExampleValue>>,
    yields: &Yield,
) -> Result<PositiveExample, DataError> {
    let at = example.at;
    let mut compiled = PositiveExample {
        text: String::new(),
        parts: Vec::new(),
        stage: None,
        stance: None,
        killed: None,
        injured: None,
        count: None,
    };
    for (key, value) in example.get() {
        let key_at = Placed::new(at, key.clone());
        let text = || match value {
            ExampleValue::Text(text) => Ok(text.clone()),
            _ => Err(source.error(at, format!("{key} of an example must be a text"))),
        };
        let number = || match value {
            ExampleValue::Number(number) => Ok(Some(*number)),
            _ => Err(source.error(at, format!("{key} of an example must be a whole number"))),
        };
        match key.as_str() {
            "text" => compiled.text = text()?,
            "stage" => compiled.stage = parse_name(source, Some(&Placed::new(at, text()?)))?,
            "stance" => compiled.stance = parse_name(source, Some(&Placed::new(at, text()?)))?,
            "killed" => compiled.killed = number()?,
            "injured" => compiled.injured = number()?,
            "count" => compiled.count = number()?,
            _ => {
                let part = frame_part(source, yields, &key_at)?;
                let fillers = match value {
                    ExampleValue::Text(one) => vec![SmolStr::new(one)],
                    ExampleValue::Texts(many) => many.iter().map(SmolStr::new).collect(),
                    ExampleValue::Number(_) => {
                        return Err(
                            source.error(at, format!("{key} must be a text or a list of texts"))
                        );
                    }
                };
                compiled.parts.push((part, fillers));
            }
        }
    }
    if compiled.text.is_empty() {
        return Err(source.error(at, "an example needs a text"));
    }
    Ok(compiled)
}
