//! Puts together what one sentence tells of one incident: a verb and a noun in one clause, a
//! deed and its dead ("..., killing 12", "killed in the attack").

use crate::ontology::{Ontology, Role, Stage};
use crate::pack::{Harm, Slot, TriggerForm};
use crate::text::Dep;

use super::clause::Filler;
use super::event::{Event, Reading};

/// How many verbs a participle may be away from the deed whose result it tells.
const REACH: usize = 4;

/// Merges the events of one sentence, in text order.
pub(super) fn assemble(reading: &Reading<'_, '_>, events: Vec<Event>) -> Vec<Event> {
    let mut open: Vec<Option<Event>> = events.into_iter().map(Some).collect();
    for i in 0..open.len() {
        let host = host_of(reading, &open, i);
        if let (Some(host), Some(part)) = (host, open[i].take_if(|_| host.is_some()))
            && let Some(into) = open[host].as_mut()
        {
            absorb(reading.ontology, into, part);
        }
    }
    open.into_iter().flatten().collect()
}

/// The event of the sentence of which event `part` tells the result or the same deed.
fn host_of(reading: &Reading<'_, '_>, open: &[Option<Event>], part: usize) -> Option<usize> {
    let clauses = &reading.clauses;
    let lists = &clauses.frames.lists;
    let event = open[part].as_ref().filter(|event| !event.is_answered(clauses.text, lists))?;
    let fits = |host: &usize, linked: &dyn Fn(&Event, &Event) -> bool| {
        *host != part
            && open[*host].as_ref().is_some_and(|other| {
                if other.is_answered(clauses.text, lists) {
                    return false;
                }
                // "51 murders, 40 attempted murders": two sets; "two Finns and two Poles": two of one
                // word.
                let sets = other.token != event.token
                    && match (&other.count, &event.count) {
                        (Some(a), Some(b)) => (a.value - b.value).abs() < 0.5,
                        _ => true,
                    };
                sets && may_merge(reading.ontology, other, event, *host < part)
                    && linked(other, event)
            })
    };
    // What names the other goes before what merely stands in one clause with it; then the nearest
    // before it, else the nearest after it.
    let named = |host: &Event, event: &Event| names(reading, host, event);
    let clause = |host: &Event, event: &Event| continued(reading, host, event);
    let find = |linked: &dyn Fn(&Event, &Event) -> bool| {
        let before = (0..part).rev().find(|host| fits(host, linked));
        before.or_else(|| (part + 1..open.len()).find(|host| fits(host, linked)))
    };
    find(&named).or_else(|| find(&clause))
}

/// Whether `event` can be a part of what `host` tells.
fn may_merge(ontology: &Ontology, host: &Event, event: &Event, before: bool) -> bool {
    let same_line = ontology.incident_is_a(&host.incident_type.0, &event.incident_type.0)
        || ontology.incident_is_a(&event.incident_type.0, &host.incident_type.0);
    match (event.harm, host.harm) {
        // "killed two guards and kidnapped the mayor": two deeds, each with its victims.
        (Some(_), None) => {
            let (of_host, of_event) = (&host.incident_type, &event.incident_type);
            let other = |a: &Event| {
                a.in_role(Role::Victim).next().is_some()
                    || a.induced.iter().any(|induced| induced.role == Role::Victim)
            };
            ontology.has_casualties(of_host.as_str())
                && (ontology.may_be_one(of_host.as_str(), of_event.as_str())
                    || !(other(host) && other(event)))
        }
        (Some(Harm::Injured), Some(Harm::Killed)) => true,
        (Some(Harm::Killed), Some(Harm::Injured)) => false,
        (Some(Harm::Killed), Some(Harm::Killed)) | (Some(Harm::Injured), Some(Harm::Injured)) => {
            before
        }
        (None, Some(_)) => false,
        (None, None) => {
            same_line && before
                || event.general
                    && (before || !host.general)
                    && ontology.has_casualties(host.incident_type.as_str())
        }
    }
}

/// Whether one of the two names the other: "the attack killed", "killed in the attack".
fn names(reading: &Reading<'_, '_>, host: &Event, event: &Event) -> bool {
    let text = reading.clauses.text;
    let in_cluster = |event: &Event, token: usize| event.cluster.contains(&token);
    // "the attack killed", "killed in the attack", "the attack in which".
    let filled_by = |event: &Event, other: &Event| {
        let mut named = event.fillers.iter().filter(|f| in_cluster(other, f.token));
        let row = |f: &Filler| opens_row(reading, f.token) || opens_row(reading, event.token);
        named.any(|f| f.slot != Slot::Holder || !row(f))
    };
    if filled_by(event, host) || filled_by(host, event) {
        return true;
    }
    // "bombed a market, killing ten, in the first **such attack** in years"
    let such = event.form == TriggerForm::Noun
        && event.general
        && event.cluster.iter().any(|noun| {
            text.children(*noun).any(|word| reading.clauses.lower(word) == "such" && word < *noun)
        });
    let told_with = |verb: &usize| {
        let head = text.head(*verb).filter(|_| reading.clauses.dep(*verb) == Dep::Advcl);
        *verb == host.token || head == Some(host.token)
    };
    if such && event.verbs.iter().any(told_with) {
        return true;
    }
    let verb = event.verbs.first().copied().unwrap_or(event.token);
    reading.clauses.dep(verb) == Dep::Relcl
        && text.head(verb).is_some_and(|h| {
            in_cluster(host, h)
                || by_doer(reading, host, h)
                || event.harm.is_some() && at_thing(reading, host, h)
        })
}

/// "the attacks on the army, **the robbery** of cars and the murder of a judge": what the parser takes
/// for another word for the first opens the rest of a row.
fn opens_row(reading: &Reading<'_, '_>, noun: usize) -> bool {
    let clauses = &reading.clauses;
    let mut next = clauses.text.children_by(noun, &[Dep::Conj]);
    clauses.dep(noun) == Dep::Appos && next.any(|n| clauses.is_event_noun(n))
}

/// "an attack on a **bus that** left six people dead": whether a noun names a thing in a phrase of the
/// event, which hurts nobody by itself.
fn at_thing(reading: &Reading<'_, '_>, host: &Event, noun: usize) -> bool {
    let clauses = &reading.clauses;
    let over = clauses.text.head(noun).filter(|_| clauses.dep(noun) == Dep::Pobj);
    let over = over.and_then(|p| clauses.text.head(p));
    clauses.heads.is_thing(noun) && over.is_some_and(|over| host.cluster.contains(&over))
}

/// "the attack by **gunmen who** killed ten", "attacks claimed by **a group, which** killed ten":
/// whether a noun names the doer of an event inside its own phrase.
fn by_doer(reading: &Reading<'_, '_>, host: &Event, noun: usize) -> bool {
    let clauses = &reading.clauses;
    let by = clauses.text.head(noun).filter(|p| clauses.lower(*p) == "by");
    let Some(over) = by.and_then(|p| clauses.text.head(p)) else { return false };
    host.cluster.contains(&over)
        || clauses.dep(over) == Dep::Acl
            && clauses.text.head(over).is_some_and(|n| host.cluster.contains(&n))
}

/// Whether the syntax says that the two are one happening: "attacked ..., killing".
fn continued(reading: &Reading<'_, '_>, host: &Event, event: &Event) -> bool {
    let verb = event.verbs.first().copied().unwrap_or(event.token);
    if begins_with(reading, host, event) {
        return true;
    }
    if event.harm.is_none() || event.harm == host.harm {
        return false;
    }
    // "attacked ..., killing", "attacked and killed", "killed when a bomb exploded".
    let host_verb = host.verbs.first().copied().unwrap_or(host.token);
    continues(reading, verb, host_verb, host, event)
        // "was killed when he tried to prevent a theft": not in the theft.
        || host.stage != Some(Stage::Foiled)
            && continues(reading, host_verb, verb, event, host)
}

/// "the attack **began when** gunmen opened fire": the clause tells how the event came about.
fn begins_with(reading: &Reading<'_, '_>, host: &Event, event: &Event) -> bool {
    let clauses = &reading.clauses;
    if host.form != TriggerForm::Noun || event.form != TriggerForm::Verb {
        return false;
    }
    let Some(began) = clauses.text.head(*host.cluster.last().unwrap_or(&host.token)) else {
        return false;
    };
    let tells = clauses.frames.lists.beginnings.contains(clauses.lemma(began));
    tells
        && event.verbs.iter().chain([&event.token]).any(|verb| {
            let mut words = clauses.text.children_by(*verb, &[Dep::Advmod, Dep::Mark]);
            clauses.dep(*verb) == Dep::Advcl
                && clauses.text.head(*verb) == Some(began)
                && words.any(|t| matches!(clauses.lower(t).as_str(), "when" | "as"))
        })
}

/// Whether verb `from`, of event `lower`, hangs on verb `to`, of event `upper`, by arcs that keep to one
/// happening.
fn continues(
    reading: &Reading<'_, '_>,
    from: usize,
    to: usize,
    upper: &Event,
    lower: &Event,
) -> bool {
    let both = [upper, lower];
    // "robbed a bank **and** killed a guard": who robs hurts nobody by that.
    let harmless = both.iter().any(|e| reading.ontology.is_harmless(e.incident_type.as_str()));
    // A deed with victims of its own, beside the result of another.
    let two_deeds = both.iter().any(|e| e.harm.is_none())
        && both.iter().all(|e| e.in_role(Role::Victim).next().is_some());
    let mut at = from;
    for _ in 0..REACH {
        let tokens = &reading.clauses.text.tokens;
        // "left three people dead and **nine** wounded"
        let counted = |at: usize| {
            let head = reading.clauses.text.head(at);
            reading.clauses.dep(at) == Dep::Amod && head.is_some_and(|h| tokens[h].tag == "CD")
        };
        let dep = reading.clauses.dep(at);
        let keeps = !(harmless && dep == Dep::Conj)
            && matches!(
                dep,
                Dep::Conj | Dep::Advcl | Dep::Xcomp | Dep::Acl | Dep::Dep | Dep::Ccomp
            )
            || counted(at);
        // "came two weeks after ten people were killed": another time.
        let text = reading.clauses.text;
        let own_subject = || text.children_by(at, &[Dep::Nsubj, Dep::NsubjPass]).next().is_some();
        let mut marks = text.children_by(at, &[Dep::Mark]);
        let apart = marks.any(|m| {
            text.children_by(m, &[Dep::NpAdvmod]).next().is_some()
                // "shot two guards before he was killed": what ended it is another deed.
                || reading.clauses.lower(m) == "before" && own_subject()
                // "a mayor was killed, while a priest was kidnapped": two deeds side by side.
                || matches!(reading.clauses.lower(m).as_str(), "while" | "whereas" | "whilst")
                    && own_subject()
                    && two_deeds
        });
        let Some(head) = text.head(at).filter(|_| keeps && !apart) else { return false };
        if head == to || upper.cluster.contains(&head) {
            return true;
        }
        at = head;
    }
    false
}

/// Adds what `part` tells to `host`.
pub(super) fn absorb(ontology: &Ontology, host: &mut Event, part: Event) {
    let narrower = ontology.incident_is_a(&part.incident_type.0, &host.incident_type.0);
    // "were **killed** as gunmen entered": what only adds to an event does not say which it is.
    let own = host.general && part.general && !host.sure && part.sure;
    if host.general && !part.general || narrower && !part.general || own {
        host.incident_type = part.incident_type.clone();
        host.general = part.general;
    }
    let known_place = host.in_role(Role::Place).next().is_some();
    let known_doer = host.in_role(Role::Perpetrator).next().is_some();
    for (role, mention) in part.roles {
        match role {
            Role::Place if known_place => {}
            Role::Perpetrator if known_doer => {}
            Role::Time if host.date_mention.is_some() => {}
            _ => host.push(role, mention),
        }
    }
    for induced in part.induced {
        if !host.induced.iter().any(|i| i.token == induced.token) {
            host.induced.push(induced);
        }
    }
    if host.date_mention.is_none() {
        host.date_mention = part.date_mention;
        host.date = part.date;
    }
    host.sure |= part.sure;
    host.killed = host.killed.take().or(part.killed);
    host.injured = host.injured.take().or(part.injured);
    host.stage = host.stage.or(part.stage);
    host.stance = host.stance.or(part.stance);
    host.cluster.extend(part.cluster);
    host.told_by.push(part.token);
    host.told_by.extend(part.told_by);
    host.confidence = host.confidence.max(part.confidence);
}
