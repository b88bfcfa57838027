//! MUC-4 (1992): attacks in Latin America, as templates. Its habits: murders and assassinations
//! are attacks; victims are named people; kidnappings and arson name no weapon, kidnappings no
//! target; fights between armies and guerrillas do not count, nor does what is older than two
//! months or told of in general.

mod relevance;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use corkboard::date::Date;
use corkboard::document::Document;
use corkboard::extraction::{
    AnalysedIncident, AnalysedMention, DocumentAnalysis, Role, Stage, Stance,
};
use corkboard::mention::{MentionForm, Quantity};
use corkboard::pack::{Pack, ValueSense};
use corkboard::pipeline::Analyst;
use corkboard::span::MentionId;
use corkboard::text::LanguageModel;
use serde_json::{Value, json};

use relevance::{Candidate, Weights};

/// Reads the reports of `input` and writes their incidents to `output`; with `features`, all that
/// the program found and what relevance is learnt from (see `fit.py`).
pub(crate) fn run(input: &Path, output: &Path, pack: Pack, features: bool) -> anyhow::Result<()> {
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
    let weights = Weights::built_in()?;
    let mut out = BufWriter::new(File::create(output)?);
    for batch in documents.chunks(64) {
        let texts: Vec<Document> = batch.iter().map(|(_, d)| d.clone()).collect();
        for ((id, document), analysis) in batch.iter().zip(analyst.analyse_all(&texts)) {
            let found = incidents(&analysis, document.published, analyst.pack());
            let words = relevance::words(&document.text);
            let line = if features {
                json!({"doc": id, "words": words, "incidents": found})
            } else {
                json!({"doc": id, "incidents": weights.select(&words, found)})
            };
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// The incidents of a report that can be what the task asks for, those that the report joins as
/// one.
fn incidents(analysis: &DocumentAnalysis, published: Option<Date>, pack: &Pack) -> Vec<Candidate> {
    let mut events: BTreeMap<usize, Vec<&AnalysedIncident>> = BTreeMap::new();
    for incident in &analysis.incidents {
        events.entry(incident.same_as).or_default().push(incident);
    }
    let mut found: Vec<Candidate> =
        events.values().filter_map(|event| candidate(analysis, event, published, pack)).collect();
    // A bare "attack" beside a bombing is mostly the bombing once more.
    let kinds: Vec<&str> = found.iter().map(|c| c.kind).collect();
    for (at, candidate) in found.iter_mut().enumerate() {
        let others = kinds.iter().enumerate().filter(|(other, _)| *other != at);
        let features: Vec<String> = others
            .map(|(other, kind)| {
                let side = if other < at { "before" } else { "after" };
                format!("{}:{side}:{kind}", candidate.kind)
            })
            .collect();
        candidate.features.extend(features);
    }
    found
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

fn candidate(
    analysis: &DocumentAnalysis,
    event: &[&AnalysedIncident],
    published: Option<Date>,
    pack: &Pack,
) -> Option<Candidate> {
    let (kind, _) =
        event.iter().filter_map(|i| task_type(i.incident_type.as_str())).max_by_key(|(_, n)| *n)?;
    if event.iter().all(|i| i.stance == Stance::Denied) {
        return None;
    }
    // Whom a bomb kills was bombed, to the task, whatever else the deed is called.
    let bombs = pack.ontology.incident_types.get("bombing").map(|info| &info.weapons);
    let explosive = |m: MentionId| {
        let subtype = analysis.mentions.get(m.index()).and_then(|m| m.subtype.as_ref());
        subtype.is_some_and(|s| bombs.is_some_and(|bombs| bombs.contains(s)))
    };
    let by_bomb = event
        .iter()
        .flat_map(|i| &i.arguments)
        .any(|a| a.role == Role::Weapon && explosive(a.mention));
    let kind = if kind == "attack" && by_bomb { "bombing" } else { kind };
    // A figure is no incident: "ten attacks", "50 dead" with no word of who they were.
    let many = |number: Option<&Quantity>| number.is_some_and(|number| number.value > 3.0);
    let dead =
        |i: &AnalysedIncident| i.rule.as_str() == "frame:killing/dead" && many(i.killed.as_ref());
    if event.iter().any(|i| many(i.count.as_ref())) || event.iter().all(|i| dead(i)) {
        return None;
    }
    // What one telling says was stopped was stopped; what one says happened, happened.
    let told = |stages: &[Stage]| event.iter().any(|i| stages.contains(&i.stage));
    let stage = if told(&[Stage::Foiled]) {
        "attempted"
    } else if told(&[Stage::Occurred, Stage::Ongoing]) {
        "accomplished"
    } else if told(&[Stage::Attempted]) {
        "attempted"
    } else {
        "threatened"
    };
    let age = |incident: &&AnalysedIncident| {
        let end = incident.date.and_then(|d| d.end)?.last_day();
        Some(end.days_until(published?))
    };
    let mut out = Candidate {
        kind,
        stage,
        date: event.iter().find_map(|i| i.date.and_then(|d| d.start)).map(|d| d.first_day()),
        ..Candidate::default()
    };
    for incident in event {
        for argument in &incident.arguments {
            let Some(found) = describe(analysis, argument.mention, pack) else { continue };
            if argument.role == Role::Place {
                out.places.push(found.name.clone());
            }
            if found.entity_type == "agency" && argument.role == Role::Perpetrator {
                out.features.insert("military".to_owned());
            }
            let role = format!("r:{:?}:{}", argument.role, found.entity_type);
            // Soldiers and guerrillas who are attacked are of no interest to the task, judges are.
            let subtype = found.subtype.as_deref().unwrap_or("none");
            out.features.insert(format!("{role}:sub:{subtype}"));
            let head = found.name.split_whitespace().last().unwrap_or_default().to_lowercase();
            if found.form == MentionForm::Nominal {
                out.features.insert(format!("r:{:?}:head:{head}", argument.role));
            }
            out.features.insert(role);
            // Whose home or car is attacked is a victim to the task.
            if argument.role == Role::Target && found.entity_type != "person" {
                for owner in owners(analysis, argument.mention, pack) {
                    out.add("victim", owner, incident);
                }
            }
            if let Some(slot) = slot(argument.role, &found, kind) {
                out.add(slot, found, incident);
            }
        }
    }
    if event.iter().flat_map(|i| &i.arguments).all(|a| a.role == Role::Time) {
        return None;
    }
    out.features.extend(event_features(event, &out));
    if let Some(days) = event.iter().find_map(age) {
        let age = if days > 75 {
            "old"
        } else if days > 14 {
            "months"
        } else {
            "recent"
        };
        out.features.insert(format!("age:{age}"));
    }
    Some(out)
}

/// The task's slot for an argument.
fn slot(role: Role, found: &Description, kind: &str) -> Option<&'static str> {
    let slot = match (role, found.entity_type.as_str()) {
        (Role::Perpetrator, "agency") => "perpetrator_org",
        (Role::Perpetrator, "threat_actor" | "organization") if found.form == MentionForm::Name => {
            "perpetrator_org"
        }
        (Role::Perpetrator, "person" | "group" | "threat_actor" | "organization") => {
            "perpetrator_individual"
        }
        (Role::Victim | Role::Target, "person") if found.form == MentionForm::Name => "victim",
        (Role::Target, "facility" | "organization" | "agency" | "equipment" | "place") => "target",
        (Role::Weapon, _) => "weapon",
        _ => return None,
    };
    let left_out = slot == "weapon" && matches!(kind, "arson" | "kidnapping")
        || slot == "target" && kind == "kidnapping";
    (!left_out).then_some(slot)
}

/// What an event is told like.
fn event_features(event: &[&AnalysedIncident], found: &Candidate) -> BTreeSet<String> {
    let mut features = BTreeSet::from([format!("T:{}", found.kind), format!("S:{}", found.stage)]);
    for incident in event {
        features.insert(format!("ty:{}", incident.incident_type));
        features.insert(format!("st:{:?}", incident.stage).to_lowercase());
        features.insert(format!("sn:{:?}", incident.stance).to_lowercase());
        features.insert(format!("rule:{}", incident.rule));
        features.extend(relevance::words(&incident.quote).iter().map(|word| format!("q:{word}")));
        let trigger = incident.trigger.begin.saturating_sub(incident.begin)
            ..incident.trigger.end.saturating_sub(incident.begin);
        if let Some(words) = incident.quote.get(trigger) {
            features.insert(format!("w:{}", words.to_lowercase()));
        }
        for (told, name) in [
            (incident.date.is_some(), "dated"),
            (incident.killed.is_some(), "killed"),
            (incident.injured.is_some(), "injured"),
            (incident.count.is_some(), "count"),
            (incident.arguments.iter().any(|a| a.role == Role::Place), "place"),
        ] {
            if told {
                features.insert(name.to_owned());
            }
        }
    }
    features.insert(format!("m{}", event.len().min(4)));
    features.insert(format!("pos{}", (event[0].begin / 400).min(6)));
    for filler in &found.fillers {
        features.insert(format!("has:{}", filler.slot));
    }
    features
}

/// The people named inside the wording of a target, or right behind it: "the home of X".
fn owners(analysis: &DocumentAnalysis, target: MentionId, pack: &Pack) -> Vec<Description> {
    let Some(target) = analysis.mentions.get(target.index()) else { return Vec::new() };
    let after_of = target.end + " of ".len();
    let inside = analysis.mentions.iter().filter(|m| {
        m.form == MentionForm::Name
            && m.entity_type.as_str() == "person"
            && (m.begin >= target.begin && m.end <= target.end || m.begin == after_of)
    });
    inside
        .filter_map(|m| describe(analysis, m.id, pack))
        .map(|d| Description { subtype: Some("owner".to_owned()), ..d })
        .collect()
}

/// What a mention refers to, in its fullest wording.
struct Description {
    entity_type: String,
    subtype: Option<String>,
    form: MentionForm,
    name: String,
    /// How often the report mentions it.
    mentions: usize,
    /// Whether the argument itself is a pronoun.
    pronoun: bool,
}

fn describe(analysis: &DocumentAnalysis, mention: MentionId, pack: &Pack) -> Option<Description> {
    let own = analysis.mentions.get(mention.index())?;
    let chain = || analysis.mentions.iter().filter(|m| m.chain == own.chain);
    let best = chain().filter(|m| m.form != MentionForm::Pronoun).max_by_key(|m| {
        let words = m.name.as_deref().unwrap_or(&m.text).split_whitespace().count();
        // A name before a description; of names the fullest; of descriptions the one here.
        (
            m.form == MentionForm::Name,
            if m.form == MentionForm::Name { words } else { 0 },
            m.id == own.id,
        )
    })?;
    let name = best.name.clone().unwrap_or_else(|| best.text.to_string());
    Some(Description {
        entity_type: best.entity_type.to_string(),
        subtype: best.subtype.as_ref().map(ToString::to_string),
        form: best.form,
        name: plain(&without_body(analysis, best, &name), best.form, pack),
        mentions: chain().count(),
        pronoun: own.form == MentionForm::Pronoun,
    })
}

/// "guerrillas" for "FMLN guerrillas" and "guerrillas of the FMLN": the body has a slot of its own.
fn without_body(analysis: &DocumentAnalysis, mention: &AnalysedMention, name: &str) -> String {
    if mention.form != MentionForm::Nominal || mention.entity_type.as_str() == "facility" {
        return name.to_owned();
    }
    let body = analysis.mentions.iter().find(|m| {
        m.form == MentionForm::Name
            && matches!(m.entity_type.as_str(), "threat_actor" | "agency" | "organization")
            && m.begin >= mention.begin
            && m.end <= mention.end
            && m.text != mention.text
    });
    let Some(body) = body else { return name.to_owned() };
    let Some((before, after)) = name.split_once(body.text.as_str()) else {
        return name.to_owned();
    };
    let after = after.trim_start_matches("'s").trim();
    let before = before.trim_end_matches("the ").trim_end_matches("of ").trim();
    let members =
        before.to_lowercase().ends_with("member") || before.to_lowercase().ends_with("members");
    if after.is_empty() && members || after.is_empty() && before.is_empty() {
        return name.to_owned();
    }
    format!("{before} {after}").trim().to_owned()
}

/// A name without the acronym in brackets behind it; a description without the number and the
/// order before it.
fn plain(name: &str, form: MentionForm, pack: &Pack) -> String {
    let name = name.split_once(" (").map_or(name, |(before, _)| before);
    let mut words: Vec<&str> = name.split_whitespace().collect();
    if form == MentionForm::Nominal {
        while words.len() > 1 && is_counting(words[0], pack) {
            words.remove(0);
        }
    }
    words.join(" ")
}

/// Words before the noun of a description that the keys leave out: articles, owners, quantities
/// without a number, doubt.
const WORDS_BEFORE_NOUN: &str = include_str!("words_before_noun.txt");

/// Whether a word before a noun counts it, puts it in order, or says nothing of what it is.
fn is_counting(word: &str, pack: &Pack) -> bool {
    let lower = word.to_lowercase();
    let number = pack.values.first_word(&lower).is_some_and(|first| {
        pack.values.phrases(first).iter().any(|phrase| {
            phrase.rest.is_empty()
                && matches!(
                    phrase.sense,
                    ValueSense::Cardinal(_) | ValueSense::Ordinal(_) | ValueSense::Vague { .. }
                )
        })
    });
    number
        || WORDS_BEFORE_NOUN.split_whitespace().any(|before| before == lower)
        || lower.bytes().all(|b| b.is_ascii_digit() || b == b',')
}
