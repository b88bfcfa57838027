//! Who else took part: the company of a victim, the body to which the doers belong.

use crate::mention::{Mention, MentionForm};
use crate::ontology::{Role, Stance};
use crate::pack::{Frame, Part, PartSlots, Slot, TriggerForm};
use crate::span::MentionId;
use crate::text::Dep;

use super::{Event, Reading};

/// Where a frame looks for those in a role.
fn part_of(frame: &Frame, role: Role) -> Option<&PartSlots> {
    frame.parts.iter().find(|p| p.part == Part::Role(role))
}

/// "was killed along with two guards", "the murder of a judge together with his driver": the company
/// shares the part of the subject of a passive, else of the object. So do those "including" whom a
/// number was killed or injured, whatever the parser hangs the phrase on.
///
/// Gives those who shared another's fate; those "including" are of the number told.
pub(super) fn add_companions(
    reading: &Reading<'_, '_>,
    frame: &Frame,
    event: &mut Event,
) -> Vec<MentionId> {
    let clauses = &reading.clauses;
    let (text, lists) = (clauses.text, &clauses.frames.lists);
    let Some(part) = part_of(frame, Role::Victim) else { return Vec::new() };
    let heads = event.in_role(Role::Victim).map(|m| reading.index.mentions[m.index()].head);
    let known = heads.max().map(|head| head as usize);
    let harmed = frame.harm.is_some() && event.form == TriggerForm::Verb;
    let Some(last) = known.or_else(|| harmed.then_some(event.token)) else {
        return Vec::new();
    };
    let passive = event.form == TriggerForm::Verb && clauses.is_passive(event.token);
    let after = |t: usize| passive || t > last;
    let mut company = Vec::new();
    let mut among = Vec::new();
    // "in which ten were killed, including": hung on what the clause is about.
    let above =
        text.head(event.token).filter(|_| harmed && text.tokens[event.token].dep == Dep::Relcl);
    let above = above.into_iter().flat_map(|noun| {
        text.children(noun).filter(|t| lists.including.contains(clauses.lower(*t)))
    });
    let below = text.children(event.token).chain(text.children(last)).chain(above);
    for word in below.filter(|t| after(*t)) {
        let behind = || {
            text.children(word).chain([word + 1]).find(|t| {
                text.tokens.get(*t).is_some_and(|t| t.lower == "with" && t.dep == Dep::Prep)
            })
        };
        let opening = clauses.lower(word);
        let (found, with) = if lists.sharing.contains(opening) {
            (&mut company, behind().or(Some(word)))
        } else if harmed && lists.including.contains(opening) {
            (&mut among, Some(word))
        } else {
            continue;
        };
        for object in with.into_iter().flat_map(|with| text.children_by(with, &[Dep::Pobj])) {
            reading.index.fill(clauses, reading.ontology, object, &part.types, found);
        }
    }
    for mention in company.iter().chain(&among) {
        event.push(Role::Victim, *mention);
    }
    company
}

/// "killed by two shots fired **by a guard**", "by a bomb planted **by X**": whoever sent the weapon,
/// where the event does not say who did it.
pub(super) fn add_senders(reading: &Reading<'_, '_>, frame: &Frame, event: &mut Event) {
    let clauses = &reading.clauses;
    let Some(part) = part_of(frame, Role::Perpetrator) else { return };
    if event.in_role(Role::Perpetrator).next().is_some() {
        return;
    }
    let mut found = Vec::new();
    for weapon in event.in_role(Role::Weapon) {
        let head = reading.index.mentions[weapon.index()].head as usize;
        for participle in clauses.text.children_by(head, &[Dep::Acl]) {
            for by in clauses.text.children_by(participle, &[Dep::Agent]) {
                for doer in clauses.text.children_by(by, &[Dep::Pobj]) {
                    let (index, ontology) = (reading.index, reading.ontology);
                    index.fill(clauses, ontology, doer, &part.types, &mut found);
                }
            }
        }
    }
    for doer in found {
        event.push(Role::Perpetrator, doer);
    }
}

/// "**their** planes had bombed a camp", "hit by a missile of **the army**": whose weapon it is, where
/// the event does not say who did it.
pub(super) fn add_owners(reading: &Reading<'_, '_>, frame: &Frame, event: &mut Event) {
    let clauses = &reading.clauses;
    let Some(part) = part_of(frame, Role::Perpetrator) else { return };
    if event.form != TriggerForm::Verb || event.in_role(Role::Perpetrator).next().is_some() {
        return;
    }
    let mut found = Vec::new();
    for filler in event.fillers.iter().filter(|f| f.slot == Slot::Subject) {
        let armed = event
            .in_role(Role::Weapon)
            .any(|weapon| reading.index.mentions[weapon.index()].head as usize == filler.token);
        if armed && clauses.frames.lists.members.contains(clauses.lemma(filler.token)) {
            for owner in clauses.text.children_by(filler.token, &[Dep::Poss]) {
                reading.index.fill(clauses, reading.ontology, owner, &part.types, &mut found);
            }
        }
    }
    for owner in found {
        event.push(Role::Perpetrator, owner);
    }
}

/// "a charge found **in a plane**", "a bomb planted **under a bus** wounded ten": where the weapon was put,
/// where the event does not say at what it was aimed.
pub(super) fn add_weapon_site(reading: &Reading<'_, '_>, frame: &Frame, event: &mut Event) {
    let clauses = &reading.clauses;
    if event.in_role(Role::Target).next().is_some() {
        return;
    }
    let Some(part) = part_of(frame, Role::Target) else { return };
    let mut fillers = Vec::new();
    for weapon in event.in_role(Role::Weapon) {
        let head = reading.index.mentions[weapon.index()].head as usize;
        // "a charge of dynamite found in": of the charge.
        let whole = clauses.text.head(head).filter(|_| clauses.dep(head) == Dep::Pobj);
        let whole = whole.and_then(|of| clauses.text.head(of));
        for noun in [Some(head), whole].into_iter().flatten() {
            // "a bomb **under a bus**", "a device outside the bank"
            clauses.phrase_fillers(noun, &mut fillers);
            for participle in clauses.text.children_by(noun, &[Dep::Acl]) {
                if clauses.frames.lists.putting.contains(clauses.lemma(participle)) {
                    clauses.phrase_fillers(participle, &mut fillers);
                }
            }
        }
    }
    let mut found = Vec::new();
    for filler in fillers.iter().filter(|f| part.slots.contains(&f.slot)) {
        reading.index.fill(clauses, reading.ontology, filler.token, &part.types, &mut found);
    }
    for site in found {
        event.push(Role::Target, site);
    }
}

/// "A spokesman **for the Front** claimed responsibility": those for whom he speaks did it. Of "a
/// caller" alone nothing is told.
pub(super) fn speak_for_others(reading: &Reading<'_, '_>, frame: &Frame, event: &mut Event) {
    let clauses = &reading.clauses;
    if !matches!(event.stance, Some(Stance::Claimed | Stance::Denied)) {
        return;
    }
    let Some(part) = part_of(frame, Role::Perpetrator) else { return };
    let mentions = reading.index.mentions;
    let named = |t: usize| clauses.frames.lists.mouthpieces.contains(clauses.lemma(t));
    // "Ann Lee, **a spokeswoman** for the Front, denied it"
    let speaks = |doer: &Mention| {
        let head = doer.head as usize;
        let mut described = clauses.text.children_by(head, &[Dep::Appos]);
        match doer.form {
            MentionForm::Nominal if named(head) => Some((head, head)),
            MentionForm::Name => described.find(|t| named(*t)).map(|t| (head, t)),
            _ => None,
        }
    };
    let heads: Vec<(usize, usize)> = event
        .in_role(Role::Perpetrator)
        .filter_map(|doer| speaks(&mentions[doer.index()]))
        .collect();
    let mut found = Vec::new();
    for (doer, head) in heads {
        event.roles.retain(|(role, m)| {
            *role != Role::Perpetrator || mentions[m.index()].head as usize != doer
        });
        let below = [Dep::Compound, Dep::Nmod, Dep::Poss, Dep::Prep];
        for word in clauses.text.children_by(head, &below) {
            let phrase = clauses.dep(word) == Dep::Prep;
            let objects = clauses.text.children_by(word, &[Dep::Pobj]).filter(|_| phrase);
            for body in objects.chain(Some(word).filter(|_| !phrase)) {
                reading.index.fill(clauses, reading.ontology, body, &part.types, &mut found);
            }
        }
    }
    for body in found {
        event.push(Role::Perpetrator, body);
    }
}

/// What "FMLN guerrillas" and "members of the army" do, the FMLN and the army do.
pub(super) fn add_own_group(reading: &Reading<'_, '_>, frame: &Frame, event: &mut Event) {
    let clauses = &reading.clauses;
    // "abducted by gunmen **from the college**": where they took somebody from, not whose men they are.
    let from = clauses.frames.slots.preposition("from");
    let takes_from = from.is_some_and(|from| {
        let whence = |role: Role| matches!(role, Role::Place | Role::Target);
        frame.parts.iter().any(|part| {
            matches!(part.part, Part::Role(role) if whence(role)) && part.slots.contains(&from)
        })
    });
    let mentions = reading.index.mentions;
    let doers: Vec<MentionId> = event.in_role(Role::Perpetrator).collect();
    for doer in doers {
        let doer = &mentions[doer.index()];
        let head = doer.head as usize;
        let members = &clauses.frames.lists.members;
        let last = (doer.tokens.end as usize).saturating_sub(1).max(head);
        let of_members = |token: usize| members.contains(clauses.lemma(token));
        if doer.form != MentionForm::Nominal || !(of_members(head) || of_members(last)) {
            continue;
        }
        for token in doer.tokens.range() {
            if let Some(body) = own_body(reading, token, doer.id)
                && doer.tokens.contains(mentions[body.index()].tokens)
            {
                event.push(Role::Perpetrator, body);
            }
        }
        let mut open = vec![(head, 0)];
        while let Some((noun, depth)) = open.pop() {
            let own = clauses.text.children_by(noun, &[Dep::Compound, Dep::Nmod, Dep::Poss]);
            let mut tokens: Vec<usize> = own.filter(|t| *t < noun).collect();
            for of in clauses.text.children_by(noun, &[Dep::Prep]) {
                let word = clauses.lower(of).as_str();
                if word == "of" || word == "from" && !takes_from {
                    tokens.extend(clauses.text.children_by(of, &[Dep::Pobj]));
                }
            }
            for token in tokens {
                match own_body(reading, token, doer.id) {
                    Some(body) => event.push(Role::Perpetrator, body),
                    // "a group of FMLN members"
                    None if depth < 2
                        && clauses.frames.lists.members.contains(clauses.lemma(token)) =>
                    {
                        open.push((token, depth + 1));
                    }
                    None => {}
                }
            }
        }
    }
}

/// The name of an armed group, a force or another body at a token.
fn own_body(reading: &Reading<'_, '_>, token: usize, besides: MentionId) -> Option<MentionId> {
    let named = |m: &&Mention| {
        m.form == MentionForm::Name
            && m.id != besides
            && matches!(m.entity_type.as_str(), "threat_actor" | "agency" | "organization")
    };
    let headed = reading.index.headed(token).filter(named).min_by_key(|m| (m.tokens.len(), m.id));
    headed.or_else(|| reading.index.name_over(token).filter(named)).map(|m| m.id)
}
