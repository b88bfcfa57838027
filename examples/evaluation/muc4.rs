//! MUC-4 (1992): attacks in Latin America, as templates. Its habits: murders and assassinations
//! are attacks; victims are named people; kidnappings and arson name no weapon, kidnappings no
//! target; fights between armies and guerrillas do not count, nor does what is older than two
//! months or told of in general.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use corkboard::document::Document;
use corkboard::extraction::{AnalysedIncident, DocumentAnalysis, Role, Stage, Stance};
use corkboard::mention::MentionForm;
use corkboard::pack::Pack;
use corkboard::pipeline::Analyst;
use corkboard::span::MentionId;
use corkboard::text::LanguageModel;
use jiff::civil::Date;
use serde_json::{Value, json};

/// Reads the reports of `input` and writes their incidents to `output`.
pub fn run(input: &Path, output: &Path, pack: Pack) -> anyhow::Result<()> {
    let analyst = Analyst::new(LanguageModel::builtin()?, pack);
    let text = fs::read_to_string(input)?;
    let documents: Vec<(String, Document)> = text
        .lines()
        .map(|line| {
            let record: Value = serde_json::from_str(line)?;
            let id = record["doc"].as_str().context("a report has an id")?;
            let body = record["text"].as_str().context("a report has a text")?;
            let mut document = Document::from_text(id, body, &analyst.pack().furniture);
            document.published = record["date"].as_str().and_then(|d| d.parse().ok());
            Ok((id.to_owned(), document))
        })
        .collect::<anyhow::Result<_>>()?;
    let mut out = BufWriter::new(File::create(output)?);
    for batch in documents.chunks(64) {
        let texts: Vec<Document> = batch.iter().map(|(_, d)| d.clone()).collect();
        for ((id, document), analysis) in batch.iter().zip(analyst.analyse_all(&texts)) {
            let incidents = templates(&analysis, document.published);
            writeln!(out, "{}", json!({"doc": id, "incidents": incidents}))?;
        }
    }
    Ok(())
}

/// The incidents of a report that the task asks for, those that the report joins as one.
fn templates(analysis: &DocumentAnalysis, published: Option<Date>) -> Vec<Value> {
    let mut events: BTreeMap<usize, Vec<&AnalysedIncident>> = BTreeMap::new();
    for incident in &analysis.incidents {
        events.entry(incident.same_as).or_default().push(incident);
    }
    events.values().filter_map(|event| template(analysis, event, published)).collect()
}

/// The task's type for one of ours, the more exact first.
fn task_type(incident_type: &str) -> Option<(&'static str, u8)> {
    Some(match incident_type {
        "bombing" => ("bombing", 3),
        "kidnapping" | "hostage_taking" => ("kidnapping", 3),
        "arson" => ("arson", 3),
        "robbery" => ("robbery", 3),
        "hijacking" => ("hijacking", 3),
        "assassination" | "killing" | "massacre" | "shooting" | "stabbing" => ("attack", 2),
        "attack" | "raid" | "sabotage" | "vehicle_attack" | "poisoning" | "threat" | "plot" => {
            ("attack", 1)
        }
        _ => return None,
    })
}

fn template(
    analysis: &DocumentAnalysis,
    event: &[&AnalysedIncident],
    published: Option<Date>,
) -> Option<Value> {
    let (kind, _) =
        event.iter().filter_map(|i| task_type(i.incident_type.as_str())).max_by_key(|(_, n)| *n)?;
    if event.iter().all(|i| i.stance == Stance::Denied) {
        return None;
    }
    if event.iter().any(|i| i.count.as_ref().is_some_and(|c| c.value > 3.0)) {
        return None;
    }
    let old = |incident: &AnalysedIncident| {
        let (Some(published), Some(end)) = (published, incident.date.and_then(|d| d.end)) else {
            return false;
        };
        end.last_day().until(published).is_ok_and(|span| span.get_days() > 75)
    };
    if event.iter().any(|i| old(i)) {
        return None;
    }
    let mut roles: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut military = false;
    for argument in event.iter().flat_map(|i| &i.arguments) {
        let Some((entity_type, form, name)) = describe(analysis, argument.mention) else {
            continue;
        };
        let slot = match (argument.role, entity_type) {
            (Role::Perpetrator, "agency" | "country") => {
                military = true;
                continue;
            }
            (Role::Perpetrator, "threat_actor" | "organization") => "perpetrator_org",
            (Role::Perpetrator, "person" | "group") => "perpetrator_individual",
            (Role::Victim | Role::Target, "person") if form == MentionForm::Name => "victim",
            (Role::Target, "facility" | "organization" | "agency" | "equipment" | "place") => {
                "target"
            }
            (Role::Weapon, _) => "weapon",
            _ => continue,
        };
        if (slot == "weapon" && matches!(kind, "arson" | "kidnapping"))
            || (slot == "target" && kind == "kidnapping")
        {
            continue;
        }
        let list = roles.entry(slot).or_default();
        if !list.contains(&name) {
            list.push(name);
        }
    }
    if military && !roles.contains_key("victim") {
        return None;
    }
    let harms_people = event
        .iter()
        .flat_map(|i| &i.arguments)
        .any(|a| matches!(a.role, Role::Victim | Role::Target));
    if !harms_people && roles.is_empty() {
        return None;
    }
    let stage = match event.iter().map(|i| i.stage).max()? {
        Stage::Occurred | Stage::Ongoing => "accomplished",
        Stage::Attempted | Stage::Foiled => "attempted",
        Stage::Planned | Stage::Threatened => "threatened",
    };
    let mut out = json!({"type": kind, "stage": stage});
    for (slot, names) in roles {
        out[slot] = json!(names);
    }
    if let Some(day) = event.iter().find_map(|i| i.date.and_then(|d| d.start)) {
        out["date"] = json!(day.first_day().to_string());
    }
    let places: Vec<String> = event
        .iter()
        .flat_map(|i| &i.arguments)
        .filter(|a| a.role == Role::Place)
        .filter_map(|a| describe(analysis, a.mention).map(|(_, _, name)| name))
        .collect();
    if !places.is_empty() {
        out["location"] = json!(places);
    }
    Some(out)
}

/// Type, form and fullest wording of what a mention refers to.
fn describe(
    analysis: &DocumentAnalysis,
    mention: MentionId,
) -> Option<(&str, MentionForm, String)> {
    let own = analysis.mentions.get(mention.index())?;
    let chain = analysis.mentions.iter().filter(|m| m.chain == own.chain);
    let best = chain.filter(|m| m.form != MentionForm::Pronoun).max_by_key(|m| {
        let words = m.name.as_ref().unwrap_or(&m.text).split_whitespace().count();
        // A name before a description; of names the fullest; of descriptions the one here.
        (
            m.form == MentionForm::Name,
            if m.form == MentionForm::Name { words } else { 0 },
            m.id == own.id,
        )
    })?;
    let name = best.name.clone().unwrap_or_else(|| best.text.clone());
    let words: Vec<&str> = name.split_whitespace().collect();
    Some((best.entity_type.as_str(), best.form, words.join(" ")))
}
