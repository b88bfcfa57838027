//! Who stands behind the doers: "a **Russian**-directed cell", "two men working for **Iran**".

use smol_str::SmolStr;

use crate::mention::MentionForm;
use crate::ontology::Role;
use crate::pack::{Slot, TriggerForm};
use crate::span::MentionId;
use crate::text::Dep;

use super::{Event, Reading};

/// Of what a group does, whoever the text says stands behind the group is the supporter. Lawful
/// acts have none: a Western-backed government that arrests somebody does so by itself.
pub(super) fn add_sponsors(reading: &Reading<'_, '_>, event: &mut Event) {
    let info = reading.ontology.incident_types.get(&event.incident_type);
    if !info.is_some_and(|info| matches!(info.family.as_str(), "violent" | "state-hostile")) {
        return;
    }
    let doers: Vec<usize> = event
        .in_role(Role::Perpetrator)
        .map(|m| &reading.index.mentions[m.index()])
        .filter(|m| m.form == MentionForm::Nominal)
        .map(|m| m.head as usize)
        .collect();
    let mut found = Vec::new();
    for doer in doers {
        for phrase in reading.clauses.right_edge(doer) {
            sponsors_at(reading, phrase, &mut found);
        }
    }
    if let Some(instigator) = instigator(reading, event) {
        let types = [SmolStr::new_static("actor")];
        reading.index.fill(&reading.clauses, reading.ontology, instigator, &types, &mut found);
    }
    let doing: Vec<MentionId> = event.in_role(Role::Perpetrator).collect();
    for sponsor in found.into_iter().filter(|m| !doing.contains(m)) {
        event.push(Role::Supporter, sponsor);
    }
}

/// Those whom the participles on a noun name.
fn sponsors_at(reading: &Reading<'_, '_>, noun: usize, found: &mut Vec<MentionId>) {
    let clauses = &reading.clauses;
    let text = clauses.text;
    let lists = &clauses.frames.lists;
    let slots = &clauses.frames.slots;
    let behind = [slots.preposition("to"), slots.preposition("with")];
    let for_whom =
        [slots.preposition("for"), slots.phrase("behalf", "of"), slots.phrase("behest", "of")];
    let bodies = [SmolStr::new_static("country"), "agency".into(), "threat_actor".into()];
    let anybody = [SmolStr::new_static("actor")];
    let mut fill = |token: usize, types: &[SmolStr]| {
        let before = found.len();
        reading.index.fill(clauses, reading.ontology, token, types, found);
        found.len() > before
    };
    let mut around = Vec::new();
    for participle in text.children_by(noun, &[Dep::Amod, Dep::Acl, Dep::Relcl]) {
        let word = &text.tokens[participle];
        let lemma = text.participle_of(participle).unwrap_or(&word.lemma);
        around.clear();
        if lists.sponsoring.contains(lemma) && clauses.is_passive(participle) {
            clauses.verb_fillers(participle, &mut around);
            let who = clauses.hyphenated_subject(participle);
            around.retain(|f| f.slot == Slot::Subject || behind.contains(&Some(f.slot)));
            // "Chinese **state**-backed hackers": whose state stands before the noun.
            if let Some(who) = who.filter(|who| !fill(*who, &bodies)) {
                let before = text.children_by(noun, &[Dep::Amod, Dep::Compound, Dep::Poss]);
                for owner in before.filter(|owner| *owner < who) {
                    fill(owner, &bodies);
                }
            }
        } else if lists.serving.contains(lemma) && word.tag == "VBG" {
            clauses.verb_fillers(participle, &mut around);
            around.retain(|f| for_whom.contains(&Some(f.slot)));
        }
        // Anybody may hire a killer; whose link to a man is told of is not thereby his.
        let types = if lists.hiring.contains(lemma) { &anybody[..] } else { &bodies };
        for filler in &around {
            fill(filler.token, types);
        }
    }
}

/// Who had it done: "**Tehran** hired two men to kill the exile".
fn instigator(reading: &Reading<'_, '_>, event: &Event) -> Option<usize> {
    let clauses = &reading.clauses;
    let infinitive = event.form == TriggerForm::Verb
        && clauses.text.tokens[event.token].tag == "VB"
        && matches!(clauses.dep(event.token), Dep::Xcomp | Dep::Advcl | Dep::Ccomp);
    let verb = clauses.text.head(event.token).filter(|_| infinitive)?;
    if !clauses.frames.lists.instigating.contains(clauses.lemma(verb)) {
        return None;
    }
    if clauses.is_passive(verb) {
        let by = clauses.text.children_by(verb, &[Dep::Agent]).next()?;
        return clauses.text.children_by(by, &[Dep::Pobj]).next();
    }
    clauses.text.children_by(verb, &[Dep::Dobj]).next()?;
    clauses.surface_subject(verb)
}
