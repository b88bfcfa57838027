//! The pack's frames over one text: finds the triggers, reads events and relations, puts
//! together what belongs together.

use jiff::civil::Date;

use crate::coreference::CoreferenceChain;
use crate::mention::{Mention, MentionForm};
use crate::ontology::{EntityType, Role, Stage, Stance};
use crate::pack::{Pack, TriggerForm, Yield};
use crate::span::{MentionId, TokenRange};
use crate::text::AnnotatedText;

use super::assembly::assemble;
use super::clause::Clauses;
use super::event::{Event, Reading, read_event, surroundings};
use super::fillers::MentionIndex;
use super::relations::{FoundRelation, chain_table, read_relations, trimmed, without_repeats};
use super::sameness::{self, Telling};
use super::trigger::{TriggerHit, hits_at};
use super::{IncidentMention, RelationMention};

/// What the frames read in one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// The relations, in text order of their triggers.
    pub relations: Vec<RelationMention>,
    /// The incidents, in text order of their triggers.
    pub incidents: Vec<IncidentMention>,
}

/// Which frames are read; all but for tests of one frame.
pub(super) type FrameFilter<'f> = &'f dyn Fn(usize) -> bool;

/// Reads incidents and relations. A mention of type `incident` is appended to `mentions` for
/// every incident; relations may name it. `published` is not needed where dates are resolved
/// already and is kept for events that the text anchors to nothing else.
#[must_use]
pub fn extract(
    text: &AnnotatedText<'_>,
    mentions: &mut Vec<Mention>,
    chains: &[CoreferenceChain],
    pack: &Pack,
    published: Option<Date>,
) -> Extraction {
    let _ = published;
    extract_with(text, mentions, chains, pack, &|_| true)
}

pub(super) fn extract_with(
    text: &AnnotatedText<'_>,
    mentions: &mut Vec<Mention>,
    chains: &[CoreferenceChain],
    pack: &Pack,
    wanted: FrameFilter<'_>,
) -> Extraction {
    let clauses = Clauses { text, frames: &pack.frames };
    let (events, relation_hits) = {
        let index = MentionIndex::new(text, mentions);
        let reading = Reading { clauses, index: &index, ontology: &pack.ontology };
        read_sentences(&reading, pack, wanted)
    };
    let first = mentions.len();
    for (event, _) in &events {
        let id = MentionId(mentions.len() as u32);
        mentions.push(incident_mention(id, text, pack, event));
    }
    let chain_of = chain_table(mentions.len(), chains);
    let relations = {
        let index = MentionIndex::new(text, mentions);
        let reading = Reading { clauses, index: &index, ontology: &pack.ontology };
        let mut found = Vec::new();
        for hit in &relation_hits {
            let frame = &pack.frames.frames[hit.frame];
            read_relations(&reading, frame, hit, &chain_of, &mut found);
        }
        without_repeats(found)
    };
    finish(text, mentions, chains, pack, first, events, relations)
}

/// The events of every sentence with the sentence's number, and the hits of relation frames.
fn read_sentences(
    reading: &Reading<'_, '_>,
    pack: &Pack,
    wanted: FrameFilter<'_>,
) -> (Vec<(Event, usize)>, Vec<TriggerHit>) {
    let text = reading.clauses.text;
    let mut events = Vec::new();
    let mut relation_hits = Vec::new();
    let mut dates: Vec<&Mention> = Vec::new();
    let mut next_date = 0;
    let all_dates: Vec<&Mention> =
        reading.index.mentions.iter().filter(|m| m.entity_type == "date").collect();
    let mut hits: Vec<TriggerHit> = Vec::new();
    for (number, sentence) in text.sentences.iter().enumerate() {
        hits.clear();
        for token in sentence.tokens.range() {
            hits_at(&reading.clauses, reading.index, token, &mut hits);
        }
        hits.retain(|hit| wanted(hit.frame));
        if hits.is_empty() {
            continue;
        }
        dates.clear();
        while all_dates.get(next_date).is_some_and(|d| d.tokens.start < sentence.tokens.start) {
            next_date += 1;
        }
        let in_sentence = all_dates[next_date..].iter();
        dates.extend(in_sentence.take_while(|d| d.tokens.start < sentence.tokens.end));
        let found = sentence_events(reading, pack, &hits, &dates, &mut relation_hits);
        events.extend(assemble(reading, found).into_iter().map(|event| (event, number)));
    }
    (events, relation_hits)
}

/// One event for each trigger word: that of the frame that says most about it.
fn sentence_events(
    reading: &Reading<'_, '_>,
    pack: &Pack,
    hits: &[TriggerHit],
    dates: &[&Mention],
    relation_hits: &mut Vec<TriggerHit>,
) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    for group in hits.chunk_by(|a, b| a.token == b.token) {
        let mut best: Option<((usize, usize, usize), Event)> = None;
        for hit in group {
            let frame = &pack.frames.frames[hit.frame];
            match frame.yields {
                Yield::Relation(_) => relation_hits.push(hit.clone()),
                Yield::Incident(_) => {
                    let Some(around) = surroundings(&reading.clauses, hit) else { continue };
                    let read = read_event(reading, frame, hit, &around, dates);
                    let Some(event) = read else { continue };
                    let score = (
                        frame.only.len() + hit.words.len(),
                        event.roles.len(),
                        usize::MAX - hit.frame,
                    );
                    if best.as_ref().is_none_or(|(s, _)| score > *s) {
                        best = Some((score, event));
                    }
                }
            }
        }
        events.extend(best.map(|(_, event)| event));
    }
    // A longer trigger swallows one inside it: "car bombing" holds "bombing".
    let spans: Vec<(TokenRange, usize)> = events.iter().map(|e| (e.words, e.token)).collect();
    events.retain(|event| {
        !spans.iter().any(|(words, token)| {
            *token != event.token && words.len() > event.words.len() && words.contains(event.words)
        })
    });
    events.retain(|event| !is_empty_noun(event));
    events
}

/// A bare noun of which nothing is told ("fears of attacks") is a word, not an incident. With
/// "the" it may point to an incident told elsewhere.
fn is_empty_noun(event: &Event) -> bool {
    event.form == TriggerForm::Noun
        && event.roles.is_empty()
        && event.count.is_none()
        && !event.definite
}

fn incident_mention(
    id: MentionId,
    text: &AnnotatedText<'_>,
    pack: &Pack,
    event: &Event,
) -> Mention {
    Mention {
        id,
        span: text.span(event.words),
        tokens: event.words,
        head: event.token as u32,
        entity_type: EntityType::from("incident"),
        subtype: Some(event.incident_type.0.clone()),
        form: MentionForm::Nominal,
        usage: None,
        entry: None,
        value: None,
        detector: pack.frames.frames[event.frame].rule.clone(),
        name: None,
        confidence: event.confidence,
    }
}

fn finish(
    text: &AnnotatedText<'_>,
    mentions: &[Mention],
    chains: &[CoreferenceChain],
    pack: &Pack,
    first: usize,
    events: Vec<(Event, usize)>,
    relations: Vec<FoundRelation>,
) -> Extraction {
    let mut tellings = Vec::with_capacity(events.len());
    let mut incidents = Vec::with_capacity(events.len());
    for (i, (event, sentence)) in events.into_iter().enumerate() {
        tellings.push(Telling {
            sentence,
            definite: event.form == TriggerForm::Noun && event.definite,
            bare_harm: event.harm.is_some()
                && event.in_role(Role::Perpetrator).next().is_none()
                && event.in_role(Role::Place).next().is_none(),
            general: event.general,
        });
        incidents.push(incident(text, mentions, pack, event, sentence, first + i, i));
    }
    sameness::resolve(&pack.ontology, mentions, chains, &tellings, &mut incidents);
    Extraction { relations: relations.into_iter().map(|f| f.relation).collect(), incidents }
}

fn incident(
    text: &AnnotatedText<'_>,
    mentions: &[Mention],
    pack: &Pack,
    event: Event,
    sentence: usize,
    mention: usize,
    index: usize,
) -> IncidentMention {
    let frame = &pack.frames.frames[event.frame];
    let whole = text.span(text.sentences[sentence].tokens);
    let mut arguments = event.roles.clone();
    arguments.sort_by_key(|(role, m)| (mentions[m.index()].span, *role));
    let date_text = event.date_mention.map(|m| mentions[m.index()].span.of(text.text).to_owned());
    IncidentMention {
        mention: MentionId(mention as u32),
        incident_type: event.incident_type,
        stage: event.stage.unwrap_or(Stage::Occurred),
        stance: event.stance.unwrap_or(Stance::Reported),
        speaker: None,
        trigger: text.span(event.words),
        span: trimmed(text.text, whole),
        arguments,
        date: event.date,
        date_text,
        count: event.count,
        killed: event.killed,
        injured: event.injured,
        threat: None,
        rule: frame.rule.clone(),
        same_as: index,
        confidence: event.confidence,
    }
}
