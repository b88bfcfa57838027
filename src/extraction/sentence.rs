//! The events that a sentence tells of: its triggers, and for each the frame that says most.

use crate::mention::Mention;
use crate::pack::{Pack, TriggerForm, Yield};
use crate::span::TokenRange;

use super::assembly::assemble;
use super::event::{
    Event, Reading, Surroundings, add_dead, conditions_hold, continued, read_event, surroundings,
};
use super::extract::FrameFilter;
use super::trigger::{TriggerHit, hits_at};

/// The events of every sentence with the sentence's number, and the hits of relation frames.
pub(super) fn read_sentences(
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
    let around = read_around(reading, pack, hits);
    let mut events: Vec<Event> = Vec::new();
    // Verbs that tell of an event of their own, such as "jailed"; what only tells the result of
    // another ("killed") is none.
    let event_verbs: Vec<usize> = hits
        .iter()
        .enumerate()
        .filter(|(i, hit)| {
            let frame = &pack.frames.frames[hit.frame];
            hit.form == TriggerForm::Verb
                && frame.harm.is_none()
                && !frame.needs_event
                && !frame.general
                && matches!(frame.yields, Yield::Incident(_))
                && (frame.only.is_empty()
                    || around.of(*i).is_some_and(|around| {
                        conditions_hold(&reading.clauses, frame, hit, &around.fillers)
                    }))
        })
        .map(|(_, hit)| hit.token)
        .collect();
    let mut first = 0;
    for group in hits.chunk_by(|a, b| a.token == b.token) {
        let mut best: Option<((usize, usize, usize), Event)> = None;
        for (i, hit) in group.iter().enumerate() {
            let frame = &pack.frames.frames[hit.frame];
            match frame.yields {
                Yield::Relation(_) => relation_hits.push(hit.clone()),
                Yield::Incident(_) => {
                    let Some(around) = around.of(first + i) else { continue };
                    let read = read_event(reading, frame, hit, around, dates, &event_verbs);
                    let Some(event) = read else { continue };
                    let score = (
                        frame.only.len() + hit.length(),
                        event.roles.len(),
                        usize::MAX - hit.frame,
                    );
                    if best.as_ref().is_none_or(|(s, _)| score > *s) {
                        best = Some((score, event));
                    }
                }
            }
        }
        first += group.len();
        if let Some((_, mut event)) = best {
            let frame = &pack.frames.frames[event.frame];
            let row = continued(reading, frame, &mut event);
            events.push(event);
            events.extend(row);
        }
    }
    // A longer trigger swallows one inside it: "car bombing" holds "bombing".
    let spans: Vec<(TokenRange, usize)> = events.iter().map(|e| (e.words, e.token)).collect();
    events.retain(|event| {
        !spans.iter().any(|(words, token)| {
            *token != event.token && words.len() > event.words.len() && words.contains(event.words)
        })
    });
    events.retain(|event| !is_empty_noun(event));
    if let Some(first) = hits.first() {
        let sentence = reading.clauses.text.sentence_of(first.token);
        let tokens = reading.clauses.text.sentences[sentence].tokens;
        add_dead(reading, tokens, &mut events);
    }
    events
}

/// A bare noun of which nothing is told ("fears of attacks") is a word, not an incident. With
/// "the" it may point to an incident told elsewhere.
fn is_empty_noun(event: &Event) -> bool {
    event.form == TriggerForm::Noun
        && event.roles.is_empty()
        && event.induced.is_empty()
        && event.count.is_none()
        && event.killed.is_none()
        && event.injured.is_none()
        && !event.definite
}

/// What stands around the hits of incident frames in a sentence, each read once.
struct Around {
    read: Vec<Option<Surroundings>>,
    /// For each hit which of them; what relation frames hit is not read here.
    of_hit: Vec<Option<usize>>,
}

impl Around {
    fn of(&self, hit: usize) -> Option<&Surroundings> {
        self.read[self.of_hit[hit]?].as_ref()
    }
}

fn read_around(reading: &Reading<'_, '_>, pack: &Pack, hits: &[TriggerHit]) -> Around {
    let mut around = Around { read: Vec::new(), of_hit: Vec::with_capacity(hits.len()) };
    // What stands around a word is the same for every frame, but for phrases.
    let mut bare: Option<(usize, usize)> = None;
    for hit in hits {
        let known = bare.filter(|(token, _)| *token == hit.token && hit.phrase.is_empty());
        let place = match (&pack.frames.frames[hit.frame].yields, known) {
            (Yield::Relation(_), _) => None,
            (Yield::Incident(_), Some((_, known))) => Some(known),
            (Yield::Incident(_), None) => {
                let place = around.read.len();
                around.read.push(surroundings(&reading.clauses, hit));
                if hit.phrase.is_empty() {
                    bare = Some((hit.token, place));
                }
                Some(place)
            }
        };
        around.of_hit.push(place);
    }
    around
}
