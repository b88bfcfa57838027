//! What of all that a report tells the task asks for: recent, specific acts against civilians, and
//! of their parts those that its annotators wrote down. Logistic regressions over the words of the
//! report (one for all types, one for each frequent type), the features of an incident (one with
//! what the words say of its type, which chooses incidents; one without, on which fillers lean) and
//! those of a filler; `fit.py` learns them from the train part of the yardstick alone.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use corkboard::date::Date;
use corkboard::extraction::AnalysedIncident;
use serde::Serialize;
use serde_json::{Value, json};

use super::Description;

/// An incident that may be handed in.
#[derive(Debug, Default, Serialize)]
pub(super) struct Candidate {
    pub(super) kind: &'static str,
    pub(super) stage: &'static str,
    pub(super) date: Option<Date>,
    pub(super) places: Vec<String>,
    pub(super) fillers: Vec<Filler>,
    pub(super) features: BTreeSet<String>,
}

/// Who or what fills a slot.
#[derive(Debug, Serialize)]
pub(super) struct Filler {
    pub(super) slot: &'static str,
    pub(super) name: String,
    pub(super) features: BTreeSet<String>,
}

impl Candidate {
    /// Adds a filler, or to what is known of it.
    pub(super) fn add(
        &mut self,
        slot: &'static str,
        found: Description,
        incident: &AnalysedIncident,
    ) {
        let known = self.fillers.iter().position(|f| f.slot == slot && f.name == found.name);
        let at = known.unwrap_or_else(|| {
            self.fillers.push(Filler { slot, name: found.name.clone(), features: BTreeSet::new() });
            self.fillers.len() - 1
        });
        let head = found.name.split_whitespace().last().unwrap_or_default().to_lowercase();
        let words = found.name.split_whitespace().count();
        let mut features = vec![
            format!("slot:{slot}"),
            format!("{slot}:{}:{:?}", found.entity_type, found.form).to_lowercase(),
            format!("{slot}:sub:{}", found.subtype.as_deref().unwrap_or("none")),
            format!("{slot}:rule:{}", incident.rule),
            format!("{slot}:stance:{:?}", incident.stance).to_lowercase(),
            format!("{slot}:words:{}", words.min(5)),
            format!("{slot}:mentions:{}", found.mentions.min(4)),
            format!("{slot}:head:{head}"),
        ];
        if found.pronoun {
            features.push(format!("{slot}:pronoun"));
        }
        if let Some(filler) = self.fillers.get_mut(at) {
            filler.features.extend(features);
        }
    }

    /// The form that the scorer reads.
    fn template(&self, keep: impl Fn(&Filler) -> bool) -> Value {
        let mut out = json!({"type": self.kind, "stage": self.stage});
        let mut slots: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for filler in self.fillers.iter().filter(|f| keep(f)) {
            slots.entry(filler.slot).or_default().push(&filler.name);
        }
        for (slot, names) in slots {
            out[slot] = json!(names);
        }
        if let Some(date) = self.date {
            out["date"] = json!(date.to_string());
        }
        if !self.places.is_empty() {
            out["location"] = json!(self.places);
        }
        out
    }
}

/// The words of a report, each once.
pub(super) fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() > 2);
    words.map(str::to_lowercase).collect()
}

/// The learnt weights: a feature's name holds the model before the first slash.
pub(super) struct Weights(BTreeMap<String, f64>);

impl Weights {
    /// Reads the table beside this file.
    pub(super) fn built_in() -> anyhow::Result<Self> {
        let table = include_str!("weights.csv").lines().skip(1).map(|line| {
            let (feature, weight) = line.rsplit_once(',').context("a feature and its weight")?;
            Ok((feature.to_owned(), weight.parse()?))
        });
        Ok(Self(table.collect::<anyhow::Result<_>>()?))
    }

    fn sum<'f>(&self, model: &str, features: impl Iterator<Item = &'f str>) -> f64 {
        let bias = self.0.get(&format!("{model}/bias")).copied().unwrap_or_default();
        bias + features.filter_map(|f| self.0.get(&format!("{model}/{f}"))).sum::<f64>()
    }

    fn of(&self, name: &str) -> f64 {
        self.0.get(name).copied().unwrap_or_default()
    }

    /// The incidents and fillers that the task asks for.
    pub(super) fn select(&self, words: &BTreeSet<String>, found: Vec<Candidate>) -> Vec<Value> {
        let report = self.sum("report", words.iter().map(String::as_str));
        let number = format!("n={}", found.len().min(6));
        // What the words say of each type, once; of types too rare to learn, what all words say.
        let kinds: BTreeSet<&str> = found.iter().map(|candidate| candidate.kind).collect();
        let of_kind = |kind| {
            let model = format!("report-{kind}");
            let learnt = self.0.contains_key(&format!("{model}/bias"));
            let odds = || self.sum(&model, words.iter().map(String::as_str));
            (kind, if learnt { odds() } else { report })
        };
        let kinds: BTreeMap<&str, f64> = kinds.into_iter().map(of_kind).collect();
        let mut chosen = Vec::new();
        for candidate in &found {
            let features =
                || candidate.features.iter().map(String::as_str).chain([number.as_str()]);
            let of_kind = kinds.get(candidate.kind).copied().unwrap_or_default();
            let wanted = self.sum("wanted", features())
                + self.of("wanted/report") * report
                + self.of("wanted/kind") * of_kind;
            if wanted <= self.of("wanted/threshold") {
                continue;
            }
            let incident = self.sum("incident", features()) + self.of("incident/report") * report;
            chosen.push(candidate.template(|filler| {
                let features = filler.features.iter().map(String::as_str);
                let sum = self.sum("filler", features)
                    + self.of("filler/report") * report
                    + self.of("filler/incident") * incident;
                sum > self.of("filler/threshold")
            }));
        }
        chosen
    }
}
