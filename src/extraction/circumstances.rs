//! Where and when an event happened, from the phrases of its clause.

use crate::date::DateInterval;
use crate::mention::{Mention, MentionForm, Value};
use crate::ontology::Ontology;
use crate::pack::Slot;
use crate::span::MentionId;
use crate::text::Dep;

use super::clause::{Clauses, Filler};
use super::mention_index::MentionIndex;

/// How many phrases within phrases are looked through for a place.
const DEPTH: usize = 4;

/// The verbs in whose clause an event is told: its own or governing verb first, then those of
/// which that verb is a mere continuation ("attacked ..., killing").
pub(super) fn clause_verbs(clauses: &Clauses<'_, '_>, trigger: usize) -> Vec<usize> {
    let mut verbs = Vec::new();
    let mut at = trigger;
    if clauses.is_verb(trigger) {
        verbs.push(trigger);
    } else if let Some(verb) = clauses.governing_verb(trigger) {
        verbs.push(verb);
        at = verb;
    }
    for _ in 0..3 {
        let Some(head) = clauses.text.head(at) else { break };
        let continues = matches!(clauses.dep(at), Dep::Xcomp | Dep::Advcl | Dep::Conj)
            && clauses.is_verb(head)
            && clauses.text.children_by(at, &[Dep::Nsubj, Dep::NsubjPass]).next().is_none();
        if !continues {
            break;
        }
        verbs.push(head);
        at = head;
    }
    verbs
}

/// The places of an event that its own slots do not give: inside its other arguments ("a bus in
/// Lagos"), then around the verbs of its clause.
pub(super) fn places(
    clauses: &Clauses<'_, '_>,
    index: &MentionIndex<'_>,
    ontology: &Ontology,
    fillers: &[Filler],
    verbs: &[usize],
) -> Vec<MentionId> {
    let Some(part) = &clauses.frames.place else { return Vec::new() };
    let mut found = Vec::new();
    let take = |tokens: &[Filler], found: &mut Vec<MentionId>| {
        for filler in tokens {
            if matches!(filler.slot, Slot::Preposition(_)) && part.slots.contains(&filler.slot) {
                place_at(clauses, index, ontology, filler.token, found);
            }
        }
    };
    take(fillers, &mut found);
    // "**In India**, rebels shot dead a village head **in Bijapur**": the town too, and first.
    let wide = |found: &[MentionId]| {
        found.iter().all(|m| index.mentions[m.index()].entity_type == "country")
    };
    let before = std::mem::take(&mut found);
    if wide(&before) {
        let argument =
            |slot: Slot| matches!(slot, Slot::Object | Slot::Preposition(_) | Slot::Subject);
        let mut layer: Vec<Filler> = fillers.iter().copied().filter(|f| argument(f.slot)).collect();
        for _ in 0..DEPTH - 1 {
            let mut inner = Vec::new();
            // "expelled ten diplomats over the poisoning **in Salisbury**": its own place.
            // "arrested **during raids in** Lille": one place.
            let during = clauses.frames.slots.preposition("during");
            let open = |f: &&Filler| {
                !clauses.is_verb(f.token)
                    // "in revenge for Muslims **in Gaza**": not where it was.
                    && !clauses.frames.lists.answers.contains(clauses.lemma(f.token))
                    && (!clauses.is_event_noun(f.token) || Some(f.slot) == during)
            };
            for filler in layer.iter().filter(open) {
                clauses.phrase_fillers(filler.token, &mut inner);
                for part in clauses.text.children_by(filler.token, &[Dep::Conj, Dep::Appos]) {
                    clauses.phrase_fillers(part, &mut inner);
                }
            }
            take(&inner, &mut found);
            if !found.is_empty() || inner.is_empty() {
                break;
            }
            // Deep inside stands where somebody is from, more often than where it was.
            if !before.is_empty() {
                break;
            }
            layer = inner;
        }
    }
    found.extend(before);
    let mut around = Vec::new();
    for verb in verbs {
        if !found.is_empty() {
            break;
        }
        around.clear();
        clauses.verb_fillers(*verb, &mut around);
        // What stands inside the verb's objects belongs to the event only if it is told there.
        let objects: Vec<usize> =
            around.iter().filter(|f| f.slot == Slot::Object).map(|f| f.token).collect();
        for object in objects {
            clauses.phrase_fillers(object, &mut around);
        }
        take(&around, &mut found);
    }
    found
}

/// A place with those that it lies in: "in the village of X, near Y, in Z province".
pub(super) fn place_at(
    clauses: &Clauses<'_, '_>,
    index: &MentionIndex<'_>,
    ontology: &Ontology,
    token: usize,
    found: &mut Vec<MentionId>,
) {
    let types = clauses.frames.place.as_ref().map_or(&[][..], |p| &p.types[..]);
    let before = found.len();
    index.fill(clauses, ontology, token, types, found);
    if found.len() == before {
        return;
    }
    let lists = &clauses.frames.lists;
    let is_named =
        |at: usize| clauses.text.tokens[at].tag.starts_with("NNP") && index.name_over(at).is_some();
    // "in the city of Perth, near the sea"
    let has_name = |found: &[MentionId]| {
        found[before..].iter().any(|m| index.mentions[m.index()].form == MentionForm::Name)
    };
    let mut open = vec![(token, 0)];
    while let Some((at, depth)) = open.pop() {
        if depth >= DEPTH {
            continue;
        }
        // "in Perth, a town near the sea": what is named lies beside it; "in a village near Goma".
        let named = is_named(at);
        for child in clauses.text.children(at) {
            match clauses.dep(child) {
                Dep::Prep
                    if (named || has_name(found))
                        && lists.beside.contains(clauses.lower(child)) => {}
                Dep::Appos | Dep::NpAdvmod | Dep::Conj
                    if depth > 0 || clauses.dep(child) != Dep::Conj =>
                {
                    named_place(clauses, index, ontology, child, types, found);
                    open.push((child, depth + 1));
                }
                // "in Tongapal, 500 km **south of** Raipur": not there.
                Dep::Prep
                    if lists.directions.contains(clauses.lemma(at))
                        && clauses.dep(at) != Dep::Pobj => {}
                Dep::Prep if lists.lying.contains(clauses.lower(child)) => {
                    for object in clauses.text.children_by(child, &[Dep::Pobj]) {
                        named_place(clauses, index, ontology, object, types, found);
                        open.push((object, depth + 1));
                    }
                }
                _ => {}
            }
        }
    }
    dedupe(found);
}

fn named_place(
    clauses: &Clauses<'_, '_>,
    index: &MentionIndex<'_>,
    ontology: &Ontology,
    token: usize,
    types: &[smol_str::SmolStr],
    found: &mut Vec<MentionId>,
) {
    let mut inner = Vec::new();
    index.fill(clauses, ontology, token, types, &mut inner);
    found.extend(inner.into_iter().filter(|m| {
        let mention = &index.mentions[m.index()];
        mention.form == MentionForm::Name && mention.entity_type != "person"
    }));
}

/// Whether a mention says where: "countries around the world" does not.
pub(super) fn tells_where(mention: &Mention) -> bool {
    mention.form != MentionForm::Nominal || mention.entity_type != "country"
}

pub(super) fn dedupe(ids: &mut Vec<MentionId>) {
    let mut seen = Vec::with_capacity(ids.len());
    ids.retain(|id| {
        let new = !seen.contains(id);
        seen.push(*id);
        new
    });
}

/// The date of an event: the date mention that hangs on its trigger, else on a verb of its
/// clause, else on a verb above that is not one of saying nor tells of another event.
pub(super) fn date<'m>(
    clauses: &Clauses<'_, '_>,
    dates: &[&'m Mention],
    cluster: &[usize],
    verbs: &[usize],
    other_events: &[usize],
) -> Option<&'m Mention> {
    let text = clauses.text;
    // "a **Christmas** market": which one it is, not when something happened there.
    let seasonal = |date: &Mention| {
        let next = text.tokens.get(date.tokens.end as usize);
        next.is_some_and(|t| {
            t.tag.starts_with("NN") && clauses.frames.lists.seasonal.contains(&t.lemma)
        })
    };
    let dates: Vec<&Mention> = dates.iter().copied().filter(|d| !seasonal(d)).collect();
    let governors: Vec<usize> = dates.iter().map(|date| governor(clauses, date, cluster)).collect();
    let hanging = |wanted: &dyn Fn(usize) -> bool| {
        (0..dates.len()).find(|d| wanted(governors[*d])).map(|d| dates[d])
    };
    if let Some(date) = hanging(&|g| cluster.contains(&g)) {
        return Some(date);
    }
    // "gave the toll on Saturday, a day **after** the attack": another day.
    let before = time_preposition(clauses, cluster);
    // "**two weeks** after the attack": how far from it, which tells it from what is told there.
    if let Some(preposition) = before {
        let mut distance = dates.iter().copied();
        return distance.rfind(|d| text.head(d.head as usize) == Some(preposition));
    }
    // "claimed responsibility on Saturday for the attack": a day of words, not of the deed.
    let own = |g: usize| {
        verbs.contains(&g)
            && (cluster.contains(&g) || !clauses.frames.lists.claiming.contains(clauses.lemma(g)))
    };
    if let Some(date) = hanging(&own) {
        return Some(date);
    }
    let lowest = verbs.last().or(cluster.first()).copied()?;
    let mut at = lowest;
    for above in text.ancestry(lowest).skip(1).take(6) {
        // "confessed on Sunday to killing": the day of the words.
        let speech = clauses.frames.lists.speech.contains(clauses.lemma(above))
            || clauses.frames.lists.claiming.contains(clauses.lemma(above));
        // A relative clause or an apposition tells of another time than its main clause.
        let elsewhere = matches!(clauses.dep(at), Dep::Relcl | Dep::Appos | Dep::Amod);
        // "conspired in May to kill": the day of the plan, where no other is told.
        let planned = clauses.dep(at) == Dep::Xcomp && text.tokens[at].tag == "VB";
        if elsewhere || !planned && other_events.contains(&above) {
            return None;
        }
        if clauses.is_verb(above)
            && !speech
            && let Some(date) = hanging(&|g| g == above)
        {
            return Some(date);
        }
        at = above;
    }
    None
}

/// The "after" or "since" by which the noun of an event tells when something else was.
pub(super) fn time_preposition(clauses: &Clauses<'_, '_>, cluster: &[usize]) -> Option<usize> {
    let top = *cluster.last()?;
    let mut up = clauses.text.ancestry(top).skip(1).take(4).take_while(|t| !clauses.is_verb(*t));
    up.find(|t| {
        clauses.dep(*t) == Dep::Prep
            && matches!(clauses.lower(*t).as_str(), "after" | "following" | "since" | "before")
    })
}

/// "since **April 2009**, when ten men were held": the date right before the "when" of a clause.
pub(super) fn date_of_when<'m>(
    clauses: &Clauses<'_, '_>,
    dates: &[&'m Mention],
    verbs: &[usize],
) -> Option<&'m Mention> {
    let text = clauses.text;
    let when = verbs.iter().find_map(|verb| {
        let mut adverbs = text.children_by(*verb, &[Dep::Advmod]);
        adverbs.find(|t| clauses.lower(*t) == "when" && t < verb)
    })?;
    let comma = when > 0 && text.surface(when - 1) == ",";
    let end = when - usize::from(comma);
    dates.iter().find(|date| date.tokens.end as usize == end).copied()
}

/// The verb, or the noun of the cluster, on which a date hangs.
fn governor(clauses: &Clauses<'_, '_>, date: &Mention, cluster: &[usize]) -> usize {
    let mut at = date.head as usize;
    for above in clauses.text.ancestry(date.head as usize).take(8) {
        at = above;
        // "the siege **of 2008**": what stands in the phrase of an event is of that event.
        let other_event = above != date.head as usize && clauses.is_event_noun(above);
        if cluster.contains(&above)
            || other_event
            || (clauses.is_verb(above) && above != date.head as usize)
        {
            break;
        }
    }
    at
}

/// When a date mention says that something was.
pub(super) fn interval(date: &Mention) -> Option<DateInterval> {
    match &date.value {
        Some(Value::Date { interval }) => *interval,
        _ => None,
    }
}
