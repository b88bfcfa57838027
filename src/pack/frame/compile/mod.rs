//! Frame files to a [`FrameSet`]: checks every name against the vocabulary, numbers the slots,
//! indexes the triggers by their head word.

mod example;
mod part;
mod source;
mod trigger;

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::examples::NegativeExample;
use super::file::{Defaults, FrameEntry, FrameFile};
use super::{EngineLists, Frame, FrameSet, Harm, Part, PartSlots, TriggerForm, Yield};
use crate::error::DataError;
use crate::ontology::{EntityType, IncidentType, Ontology, RelationType, Role};
use crate::pack::placed::Placed;
use crate::pack::{PackFiles, files};
use crate::span::RuleId;
use example::positives;
use part::{frame_part, unknown_role};
use source::{Source, in_file_order, parse_name};

/// The parts that every incident frame looks for, with the types that fill each role.
#[derive(Default)]
struct Common {
    types: FxHashMap<Role, Vec<SmolStr>>,
    roles: Vec<PartSlots>,
}

struct Compiler<'a> {
    ontology: &'a Ontology,
    lists: IndexMap<String, Vec<String>>,
    common: Common,
    set: FrameSet,
    ids: FxHashMap<String, String>,
}

pub(super) fn compile(files: &PackFiles, ontology: &Ontology) -> Result<FrameSet, DataError> {
    let mut parsed: Vec<(Source<'_>, FrameFile)> = Vec::new();
    for (path, text) in files.in_folder("frames", "toml") {
        parsed.push((Source { path, text }, files::parse_toml(path, text)?));
    }
    let mut compiler = Compiler {
        ontology,
        lists: IndexMap::new(),
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
            wielding: list("wielding"),
            hiring: list("hiring"),
            plan_verbs: list("plan_verbs"),
            abstract_nouns: list("abstract"),
            transitive: list("transitive"),
            bounding: list("bounding"),
            outposts: list("outposts"),
            sharing: list("sharing"),
            including: list("including"),
            refusing: list("refusing"),
            none: list("none"),
            members: list("members"),
            discharges: list("discharges"),
            distances: list("distances"),
            loading: list("loading"),
            putting: list("putting"),
            mouthpieces: list("mouthpieces"),
            preparing: list("preparing"),
            others: list("others"),
            containers: list("containers"),
            proceedings: list("proceedings"),
            courts: list("courts"),
            directions: list("directions"),
            confinement: list("confinement"),
            answers: list("answers"),
            beginnings: list("beginnings"),
            charges: list("charges"),
            nowhere: list("nowhere"),
            claiming: list("claiming"),
            terms: list("terms"),
            anyone: list("anyone"),
            tallies: list("tallies"),
            dead: list("dead"),
            hurt: list("hurt"),
            accusing: list("accusing"),
            never_adverbs: list("never_adverbs"),
            sources: list("sources"),
            contrasting: list("contrasting"),
            likening: list("likening"),
            beside: list("beside"),
            lying: list("lying"),
            past: list("past"),
            sponsoring: list("sponsoring"),
            serving: list("serving"),
            instigating: list("instigating"),
            seasonal: list("seasonal"),
            penalties: list("penalties"),
            body: list("body"),
            if_any: list("if_any"),
            questioning: list("questioning"),
            besides: list("besides"),
            turns: list("turns"),
            turns_to: list("turns_to"),
            shifts: list("shifts"),
            doers: list("doers"),
            sufferers: list("sufferers"),
            open_ground: list("open_ground"),
            weapon_subtypes: list("weapon_subtypes"),
            vehicle_subtypes: list("vehicle_subtypes"),
            committing: list("committing"),
            exploding: list("exploding"),
            defusing: list("defusing"),
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
                let place = entry.unplaced && common.part == Part::Role(Role::Place);
                if !place && !parts.iter().any(|p| p.part == common.part) {
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
            tally: entry.tally,
            needs_event: entry.needs_event,
            undated: entry.undated,
            predicative: entry.predicative,
            unplaced: entry.unplaced,
            arms_only: entry.arms_only,
            accomplished: entry.accomplished,
            counted: entry.counted,
            count_from: entry.count_from.as_ref().map_or(0.0, |number| *number.get()),
            when_denied: parse_name(source, entry.when_denied.as_ref())?,
            general: entry.general,
            count_of: entry
                .count_of
                .as_ref()
                .map(|p| frame_part(source, &yields, p))
                .transpose()?,
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
