//! Events to incidents: whether they happened and who says so, which of them are one, and which tell
//! nothing of their own.

use crate::attribution::negated;
use crate::coreference::CoreferenceChain;
use crate::mention::Mention;
use crate::ontology::{Role, Stage, Stance};
use crate::order;
use crate::pack::{Slot, TriggerForm, Yield};
use crate::span::{MentionId, Span};
use crate::text::{AnnotatedText, Dep};

use super::IncidentMention;
use super::event::Event;
use super::judgement::Judge;
use super::members;
use super::relations::trimmed;
use super::sameness::{self, Novelty, Telling, Things};

/// In how many words a sentence says that it turns to another story.
const OPENING: usize = 5;

/// Judges events, finds those that a text tells of twice, and drops what tells nothing.
pub(super) fn incidents(
    judge: &Judge<'_, '_>,
    mentions: &[Mention],
    chains: &[CoreferenceChain],
    first: usize,
    events: Vec<(Event, usize)>,
) -> Vec<IncidentMention> {
    let mut tellings = Vec::with_capacity(events.len());
    let mut incidents = Vec::with_capacity(events.len());
    let mut before = None;
    for (number, (event, sentence)) in events.into_iter().enumerate() {
        if is_harmless(judge, &event) || is_undenied(judge, &event) {
            continue;
        }
        let i = incidents.len();
        let of_others = event.harm.is_some() && event.general && of_another(judge, &event);
        let accomplished = judge.pack.frames.frames[event.frame].accomplished;
        tellings.push(Telling {
            token: event.token,
            sentence,
            block: judge.text.sentences.get(sentence).map_or(0, |sentence| sentence.block),
            definite: event.form == TriggerForm::Noun && event.definite,
            answered: event.is_answered(judge.text, &judge.pack.frames.lists),
            plural: judge.text.tokens[event.token].tag == "NNS",
            novelty: if is_another(judge, &event) {
                Novelty::Beside
            } else if event.form == TriggerForm::Noun && event.other {
                Novelty::Other
            } else if of_others || turns(judge, sentence) {
                Novelty::Turn
            } else {
                Novelty::Open
            },
            bare_harm: event.harm.is_some()
                && event.general
                && !of_others
                && event.in_role(Role::Perpetrator).next().is_none()
                && event.in_role(Role::Place).next().is_none(),
            // "the injured driver": how he was hurt is told elsewhere, if it was a deed at all.
            needs_event: !event.sure
                || event.form == TriggerForm::Verb && judge.text.tokens[event.token].tag == "JJ",
            general: event.general,
            prepares: judge
                .pack
                .frames
                .lists
                .preparing
                .contains(&judge.text.tokens[event.token].lemma),
        });
        let pointing = event.general && !event.sure && event.stance.is_some();
        let mut incident = incident(judge, mentions, event, sentence, first + number, i);
        if let Some(stage) = undone_before(before, sentence).filter(|_| pointing) {
            incident.stage = stage;
        }
        before = Some((sentence, incident.stage));
        if let Some(telling) = tellings.last_mut() {
            telling.needs_event |= accomplished && is_undone(incident.stage);
        }
        incidents.push(incident);
    }
    let things = Things::new(judge.text, judge.pack, judge.index, chains);
    sameness::resolve(&things, &tellings, &mut incidents);
    sameness::settle_preparations(&things, &tellings, &mut incidents);
    sameness::settle_supporters(&things, &mut incidents);
    without_orphans(incidents, &tellings)
}

/// "Chad planned the killing, he said. Chad **denied it**": what was denied, claimed or blamed on somebody
/// was planned, tried or stopped where the deed told right before was.
fn undone_before(before: Option<(usize, Stage)>, sentence: usize) -> Option<Stage> {
    let (told, stage) = before?;
    let done = matches!(stage, Stage::Occurred | Stage::Ongoing);
    (sentence - told <= 1 && !done).then_some(stage)
}

/// "The mayor was not hurt": that nobody did it to him is no incident.
fn is_harmless(judge: &Judge<'_, '_>, event: &Event) -> bool {
    event.harm.is_some()
        && event.general
        && event.in_role(Role::Perpetrator).next().is_none()
        && judge.judge(event.token, event.stage, event.stance).negated
}

/// "did **not** deny the attack", "neither confirmed nor denied it": nothing is told of whose it was.
fn is_undenied(judge: &Judge<'_, '_>, event: &Event) -> bool {
    let own = (event.form == TriggerForm::Verb).then_some(event.token);
    let mut verbs = event.verbs.iter().copied().chain(own);
    event.stance == Some(Stance::Denied) && verbs.any(|verb| negated(judge.text, verb))
}

/// Whether nothing of it has come to pass.
fn is_unreal(stage: Stage) -> bool {
    matches!(stage, Stage::Planned | Stage::Threatened)
}

/// Whether what counts only once it is done was not: planned, feared, or tried in vain.
fn is_undone(stage: Stage) -> bool {
    is_unreal(stage) || stage == Stage::Attempted
}

/// "The rebels **also** blew up a bridge", "they have burned villages **in the past**", "**another** went
/// off": a deed that is not one told before.
fn is_another(judge: &Judge<'_, '_>, event: &Event) -> bool {
    if event.form != TriggerForm::Verb || event.harm.is_some() {
        return false;
    }
    let usage = &judge.pack.usage;
    let further = event.fillers.iter().any(|filler| {
        let word = &judge.text.tokens[filler.token].lower;
        let short = usage.elliptic_words.contains(word) || usage.elliptic_adjectives.contains(word);
        short && !usage.elliptic_firsts.contains(word)
    });
    if further {
        return true;
    }
    let text = judge.text;
    let lower = |token: usize| text.tokens[token].lower.as_str();
    let lists = &judge.pack.frames.lists;
    let besides = &lists.besides;
    let also = event.in_role(Role::Perpetrator).next().is_some()
        && text.children_by(event.token, &[Dep::Advmod]).any(|a| besides.contains(lower(a)));
    let mut at = event.token;
    let mut past = false;
    for _ in 0..4 {
        let phrases = text.children_by(at, &[Dep::Prep]).filter(|p| lower(*p) == "in");
        let mut objects = phrases.flat_map(|p| text.children_by(p, &[Dep::Pobj]));
        past |= objects.any(|o| lists.past.contains(lower(o)));
        let Some(next) = text.children_by(at, &[Dep::Conj]).next() else { break };
        at = next;
    }
    also || past
}

/// "The **war** has claimed 900 lives": whether the subject names another event, whose dead are told.
fn of_another(judge: &Judge<'_, '_>, event: &Event) -> bool {
    event.fillers.iter().any(|f| {
        let token = &judge.text.tokens[f.token];
        f.slot == Slot::Subject
            && token.tag.starts_with("NN")
            && judge.pack.frames.triggers(&token.lemma).iter().any(|trigger| {
                let frame = &judge.pack.frames.frames[trigger.owner];
                trigger.form == TriggerForm::Noun
                    && trigger.words.is_empty()
                    && matches!(frame.yields, Yield::Incident(_))
            })
    })
}

/// "**Elsewhere**, ...", "**In another incident**, ...": whether a sentence begins with words that turn to
/// another story.
fn turns(judge: &Judge<'_, '_>, sentence: usize) -> bool {
    let (text, lists) = (judge.text, &judge.pack.frames.lists);
    let Some(sentence) = text.sentences.get(sentence) else { return false };
    let head: Vec<&str> = text.tokens[sentence.tokens.range()]
        .iter()
        .take(OPENING)
        .map(|t| t.lower.as_str())
        .collect();
    head.first().is_some_and(|first| lists.turns.contains(*first))
        || head.first() == Some(&"in")
            && head.iter().skip(1).any(|word| lists.turns_to.contains(*word))
}

/// Drops the incidents that tell nothing on their own and met no other telling.
fn without_orphans(incidents: Vec<IncidentMention>, tellings: &[Telling]) -> Vec<IncidentMention> {
    let mut told = vec![false; incidents.len()];
    for (incident, telling) in incidents.iter().zip(tellings) {
        told[incident.same_as] |= !telling.needs_event;
    }
    let mut place = vec![0; incidents.len()];
    let mut kept: Vec<IncidentMention> = Vec::with_capacity(incidents.len());
    // Events in the order of their first telling, which every later one names.
    for (i, mut incident) in incidents.into_iter().enumerate() {
        if told[incident.same_as] {
            place[i] = kept.len();
            incident.same_as = place[incident.same_as];
            kept.push(incident);
        }
    }
    kept
}

/// What proves an incident: the sentence of its trigger, with those after it that tell who took part
/// ("Three people were killed. **They are A and B.**").
fn told_in(text: &AnnotatedText<'_>, mentions: &[Mention], event: &Event, sentence: usize) -> Span {
    let mut whole = text.sentences[sentence].tokens;
    for (_, mention) in &event.roles {
        let there = text.sentence_of(mentions[mention.index()].head as usize);
        if there != sentence && there.abs_diff(sentence) <= members::REACH {
            whole = whole.cover(text.sentences[there].tokens);
        }
    }
    text.span(whole)
}

fn incident(
    judge: &Judge<'_, '_>,
    mentions: &[Mention],
    event: Event,
    sentence: usize,
    mention: usize,
    index: usize,
) -> IncidentMention {
    let text = judge.text;
    let frame = &judge.pack.frames.frames[event.frame];
    let whole = told_in(text, mentions, &event, sentence);
    let mut arguments = event.roles.clone();
    order::by_key(&mut arguments, |(role, m)| (mentions[m.index()].span, *role));
    let date_text = event.date_mention.map(|m| mentions[m.index()].span.of(text.text).to_owned());
    let mut judged = judge.judge(event.token, event.stage, event.stance);
    if let Some(stage) = frame.when_denied.filter(|_| judged.negated) {
        judged.stage = stage;
        judged.stance = event.stance.unwrap_or(Stance::Reported);
    }
    // A state that says that it would expel envoys does not threaten: it has decided.
    if judged.announced && judge.pack.ontology.is_lawful(event.incident_type.as_str()) {
        judged.stage = Stage::Planned;
        judged.weight = 1.0;
    }
    let by_verb = event.harm.is_some() && judged.stage == Stage::Attempted;
    let harmed = !is_unreal(judged.stage) && judged.stage != Stage::Foiled && !by_verb;
    // A noun of which only the bare fact is told may be a word in passing.
    let told = if event.has_arguments() || event.date.is_some() { 1.0 } else { 0.7 };
    IncidentMention {
        mention: MentionId(mention as u32),
        incident_type: event.incident_type,
        stage: judged.stage,
        stance: judged.stance,
        speaker: judged.speaker,
        trigger: text.span(event.words),
        span: trimmed(text.text, whole),
        arguments,
        date: event.date,
        date_text,
        count: event.count,
        // "wanted to kill two envoys": nobody is dead.
        killed: event.killed.filter(|_| harmed),
        injured: event.injured.filter(|_| harmed),
        threat: event.threat,
        rule: frame.rule.clone(),
        same_as: index,
        again: Vec::new(),
        confidence: event.confidence * judged.weight * told,
    }
}
