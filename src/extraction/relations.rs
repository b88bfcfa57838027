//! Relation frames to relations between mentions, incidents included.

use crate::coreference::CoreferenceChain;
use crate::mention::{Mention, MentionForm};
use crate::order;
use crate::pack::{Frame, Part, Slot, Yield};
use crate::span::{MentionId, Span};

use super::RelationMention;
use super::event::{Reading, assign, conditions_hold, surroundings};
use super::trigger::TriggerHit;

/// A relation before it is judged: with the token that tells of it and the frame that read it.
#[derive(Debug)]
pub(super) struct FoundRelation {
    pub(super) relation: RelationMention,
    pub(super) trigger: usize,
    pub(super) frame: usize,
}

/// Reads one hit of a relation frame: a relation for every pair of subject and object.
pub(super) fn read_relations(
    reading: &Reading<'_, '_>,
    frame: &Frame,
    hit: &TriggerHit,
    chain_of: &[usize],
    out: &mut Vec<FoundRelation>,
) {
    let Yield::Relation(relation) = &frame.yields else { return };
    let Some(around) = surroundings(&reading.clauses, hit) else { return };
    if !conditions_hold(&reading.clauses, frame, hit, &around.fillers) {
        return;
    }
    let assigned = assign(reading, &frame.parts, &around.fillers, hit.words);
    let of = |part: Part| -> Vec<MentionId> {
        assigned.iter().filter(|a| a.part == part).map(|a| a.mention).collect()
    };
    let in_shared_slot = assigned.iter().all(|a| shared_slots(frame).any(|s| s == a.slot));
    let (mut subjects, mut objects) = (of(Part::Subject), of(Part::Object));
    // "talks between X and Y", "X and Y fought": one slot holds both sides.
    if objects.is_empty() && subjects.len() > 1 && in_shared_slot {
        objects = subjects.split_off(1);
    } else if subjects.is_empty() && objects.len() > 1 && in_shared_slot {
        subjects = vec![objects.remove(0)];
    }
    for subject in &subjects {
        for object in &objects {
            let (s, o) =
                (&reading.index.mentions[subject.index()], &reading.index.mentions[object.index()]);
            let one = chain_of
                .get(subject.index())
                .is_some_and(|c| chain_of.get(object.index()) == Some(c));
            // "the group financed itself"
            let itself = reading.clauses.lower(o.head as usize);
            let reflexive = o.form == MentionForm::Pronoun
                && (itself.ends_with("self") || itself.ends_with("selves"));
            if one || reflexive || s.tokens.overlaps(o.tokens) && s.head == o.head {
                continue;
            }
            // "Islamist" in "Islamist terrorism" says which, not whose; "Russian" says whose.
            if o.tokens.contains(s.tokens) && !matches!(as_node(s), "country" | "threat_actor") {
                continue;
            }
            let admitted =
                reading.ontology.relation_admits(relation.as_str(), as_node(s), as_node(o));
            if !admitted {
                continue;
            }
            let words = reading.clauses.text.span(hit.words);
            out.push(FoundRelation {
                relation: RelationMention {
                    relation: relation.clone(),
                    subject: *subject,
                    object: *object,
                    span: words.cover(s.span).cover(o.span),
                    stance: frame.stance.unwrap_or_default(),
                    speaker: None,
                    date: None,
                    rule: frame.rule.clone(),
                    confidence: frame.confidence * s.confidence.min(o.confidence).max(0.1),
                },
                trigger: hit.token,
                frame: hit.frame,
            });
        }
    }
}

/// The type of the node that a mention stands for: a nationality stands for its country.
fn as_node(mention: &Mention) -> &str {
    match mention.entity_type.as_str() {
        "nationality" => "country",
        other => other,
    }
}

/// The slots in which both subject and object are looked for, so that a pair there is both sides.
fn shared_slots(frame: &Frame) -> impl Iterator<Item = Slot> + '_ {
    let slots =
        |part: Part| frame.parts.iter().filter(move |p| p.part == part).flat_map(|p| &p.slots);
    slots(Part::Subject).filter(move |slot| slots(Part::Object).any(|s| s == *slot)).copied()
}

/// Drops relations told twice by one sentence: the surest stays.
pub(super) fn without_repeats(mut found: Vec<FoundRelation>) -> Vec<FoundRelation> {
    order::by(&mut found, |a, b| {
        let key = |f: &FoundRelation| {
            (f.relation.subject, f.relation.object, f.relation.relation.clone())
        };
        key(a)
            .cmp(&key(b))
            .then(b.relation.confidence.total_cmp(&a.relation.confidence))
            .then(a.trigger.cmp(&b.trigger))
    });
    found.dedup_by(|b, a| {
        a.relation.subject == b.relation.subject
            && a.relation.object == b.relation.object
            && a.relation.relation == b.relation.relation
    });
    order::by(&mut found, |a, b| {
        let place = |f: &FoundRelation| (f.trigger, f.relation.subject, f.relation.object);
        place(a).cmp(&place(b)).then_with(|| a.relation.relation.cmp(&b.relation.relation))
    });
    found
}

/// The chain of each mention. A mention in none has a number of its own, above those of the chains,
/// so that two of them are never taken for one thing.
pub(super) fn chain_table(mentions: usize, chains: &[CoreferenceChain]) -> Vec<usize> {
    let mut table: Vec<usize> = (chains.len()..chains.len() + mentions).collect();
    for (number, chain) in chains.iter().enumerate() {
        for mention in &chain.mentions {
            if let Some(slot) = table.get_mut(mention.index()) {
                *slot = number;
            }
        }
    }
    table
}

/// A span without white space at its ends.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let part = span.of(text);
    let start = span.start as usize + (part.len() - part.trim_start().len());
    Span::new(start, start + part.trim().len())
}
