//! Where an event happened.

use crate::extraction::circumstances;
use crate::extraction::circumstances::dedupe;
use crate::mention::MentionForm;
use crate::ontology::Role;
use crate::pack::TriggerForm;
use crate::span::MentionId;
use crate::text::Dep;

use super::{Event, Reading};

pub(super) fn add_place(reading: &Reading<'_, '_>, event: &mut Event) {
    let where_told = |m: &MentionId| circumstances::tells_where(&reading.index.mentions[m.index()]);
    event.roles.retain(|(role, m)| *role != Role::Place || where_told(m));
    let mut places: Vec<MentionId> = event.in_role(Role::Place).collect();
    // "Blasts were registered at the pipes months **after the invasion**": another place.
    let elsewhere = event.form == TriggerForm::Noun
        && circumstances::time_preposition(&reading.clauses, &event.cluster).is_some();
    let more = circumstances::places(
        &reading.clauses,
        reading.index,
        reading.ontology,
        &event.fillers,
        if places.is_empty() && !elsewhere { &event.verbs } else { &[] },
    );
    if places.is_empty() || !more.is_empty() {
        places.extend(more);
    }
    places.retain(where_told);
    let somewhere = |m: &MentionId| {
        let mention = &reading.index.mentions[m.index()];
        let lemma = reading.clauses.lemma(mention.head as usize);
        mention.form == MentionForm::Name || !reading.clauses.frames.lists.nowhere.contains(lemma)
    };
    let told =
        |m: &MentionId| !is_confinement(reading, *m) && !is_of_body(reading, *m) && somewhere(m);
    places.retain(told);
    event.roles.retain(|(role, m)| *role != Role::Place || told(m));
    // What was hit is not also where it was hit.
    places.retain(|place| event.roles.iter().all(|(role, m)| m != place || *role == Role::Place));
    if places.is_empty() {
        places = places_inside(reading, event);
    }
    dedupe(&mut places);
    for place in places {
        event.push(Role::Place, place);
    }
}

/// "jailed for life in **prison**", "ten years in a penal **colony**": where a sentence is served,
/// not where anything happened. "The riot in the prison" is told with an article and of no term.
fn is_confinement(reading: &Reading<'_, '_>, place: MentionId) -> bool {
    let clauses = &reading.clauses;
    let lists = &clauses.frames.lists;
    let mention = &reading.index.mentions[place.index()];
    let head = mention.head as usize;
    if mention.form != MentionForm::Nominal || !lists.confinement.contains(clauses.lemma(head)) {
        return false;
    }
    let Some(preposition) = clauses.text.head(head).filter(|_| clauses.dep(head) == Dep::Pobj)
    else {
        return false;
    };
    let bare = clauses.text.children_by(head, &[Dep::Det, Dep::Poss]).next().is_none();
    let is_term = |noun: usize| lists.terms.contains(clauses.lemma(noun));
    let governor = clauses.text.head(preposition);
    bare || governor.is_some_and(|over| {
        let mut beside = Vec::new();
        clauses.phrase_fillers(over, &mut beside);
        is_term(over) || beside.iter().any(|f| is_term(f.token))
    })
}

/// "stabbed in the neck and **upper body area**": where on somebody, not where.
fn is_of_body(reading: &Reading<'_, '_>, place: MentionId) -> bool {
    let clauses = &reading.clauses;
    let mention = &reading.index.mentions[place.index()];
    let head = mention.head as usize;
    let is_part = |t: usize| clauses.frames.lists.body.contains(clauses.lemma(t));
    mention.form == MentionForm::Nominal
        && (is_part(head)
            || is_part(clauses.first_conjunct(head))
            || clauses.text.children_by(head, &[Dep::Compound]).any(is_part))
}

/// Place names inside what was hit: "an attack on a **Moscow** concert hall".
fn places_inside(reading: &Reading<'_, '_>, event: &Event) -> Vec<MentionId> {
    let mentions = reading.index.mentions;
    let mut found = Vec::new();
    for target in event.in_role(Role::Target) {
        let target = &mentions[target.index()];
        if target.entity_type != "facility" && target.entity_type != "organization" {
            continue;
        }
        let clauses = &reading.clauses;
        let outpost = clauses.frames.lists.outposts.contains(clauses.lower(target.head as usize));
        let whole = clauses.text.subtree(target.head as usize);
        for token in whole.range().take(24) {
            let inside = reading.index.headed(token).filter(|m| {
                m.id != target.id
                    && m.form == MentionForm::Name
                    && (m.entity_type == "place" || m.entity_type == "country" && !outpost)
                    && target.tokens.contains(m.tokens)
            });
            found.extend(inside.map(|m| m.id));
        }
    }
    found
}
