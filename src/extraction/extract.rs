//! The pack's frames over one text: finds the triggers, reads events and relations, puts
//! together what belongs together.

use jiff::civil::Date;

use crate::attribution::Attributions;
use crate::coreference::{CoreferenceChain, CoreferenceLink};
use crate::mention::{Mention, MentionForm};
use crate::ontology::{EntityType, Role, Stage, Stance};
use crate::pack::{Pack, Slot, TriggerForm, Yield};
use crate::span::{MentionId, RuleId, Span, TokenRange};
use crate::text::{AnnotatedText, Dep};

use super::assembly::assemble;
use super::clause::Clauses;
use super::event::{
    Event, Reading, Surroundings, add_dead, conditions_hold, continued, read_event, surroundings,
};
use super::fillers::MentionIndex;
use super::induction;
use super::judgement::Judge;
use super::members;
use super::phrase_heads::PhraseHeads;
use super::relations::{FoundRelation, chain_table, read_relations, trimmed, without_repeats};
use super::sameness::{self, Novelty, Telling, Things};
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

/// Reads incidents and relations. For every incident a mention of type `incident` is appended to
/// `mentions`, and for every event a chain of such mentions to `chains`; relations may name them.
/// `published` bounds what can have occurred: an incident that is dated later is planned.
#[must_use]
pub fn extract(
    text: &AnnotatedText<'_>,
    mentions: &mut Vec<Mention>,
    chains: &mut Vec<CoreferenceChain>,
    attributions: &Attributions,
    pack: &Pack,
    published: Option<Date>,
) -> Extraction {
    let mut extraction = extract_with(text, mentions, chains, attributions, pack, &|_| true);
    for incident in &mut extraction.incidents {
        let start = incident.date.and_then(|date| date.start).map(|start| start.first_day());
        if let (Stage::Occurred, Some(start), Some(published)) = (incident.stage, start, published)
            && start > published
        {
            incident.stage = Stage::Planned;
        }
    }
    extraction
}

pub(super) fn extract_with(
    text: &AnnotatedText<'_>,
    mentions: &mut Vec<Mention>,
    chains: &mut Vec<CoreferenceChain>,
    attributions: &Attributions,
    pack: &Pack,
    wanted: FrameFilter<'_>,
) -> Extraction {
    let heads = PhraseHeads::new(text, mentions, chains, &pack.ontology);
    let clauses = Clauses { text, frames: &pack.frames, heads: &heads };
    let (mut events, relation_hits) = {
        let index = MentionIndex::new(text, mentions, chains);
        let reading = Reading { clauses, index: &index, ontology: &pack.ontology };
        read_sentences(&reading, pack, wanted)
    };
    let first = mentions.len();
    for (event, _) in &events {
        let id = MentionId(mentions.len() as u32);
        mentions.push(incident_mention(id, text, pack, event));
    }
    induction::add_mentions(text, mentions, chains, &mut events);
    let chain_of = chain_table(mentions.len(), chains);
    let index = MentionIndex::new(text, mentions, chains);
    members::add_members(
        text,
        &index,
        (&pack.ontology, &pack.frames, &pack.usage),
        &chain_of,
        &mut events,
    );
    let judge = Judge { text, attributions, pack, index: &index };
    let reading = Reading { clauses, index: &index, ontology: &pack.ontology };
    let mut found = Vec::new();
    for hit in &relation_hits {
        let frame = &pack.frames.frames[hit.frame];
        read_relations(&reading, frame, hit, &chain_of, &mut found);
    }
    let mut relations = without_repeats(found);
    relations.retain_mut(|found| judge_relation(&judge, pack, found));
    let incidents = finish(&judge, mentions, chains, first, events);
    chains.extend(event_chains(&incidents));
    let relations = relations.into_iter().map(|f| f.relation).collect();
    Extraction { relations, incidents }
}

/// Judges a relation; tells whether it is kept. What holds only as a fact is dropped where it is
/// planned, tried or feared; any other is then kept with less confidence.
fn judge_relation(judge: &Judge<'_, '_>, pack: &Pack, found: &mut FoundRelation) -> bool {
    let judged = judge.judge(found.trigger, None, pack.frames.frames[found.frame].stance);
    found.relation.stance = judged.stance;
    found.relation.speaker = judged.speaker;
    found.relation.confidence *= judged.weight;
    let real = matches!(judged.stage, Stage::Occurred | Stage::Ongoing);
    if !real {
        found.relation.confidence *= 0.6;
    }
    let info = pack.ontology.relation_types.get(&found.relation.relation);
    real || !info.is_some_and(|info| info.factual)
}

/// One chain for every event, of the mentions at its triggers.
fn event_chains(incidents: &[IncidentMention]) -> Vec<CoreferenceChain> {
    let mut chains: Vec<CoreferenceChain> = Vec::new();
    let mut chain_of: Vec<usize> = Vec::with_capacity(incidents.len());
    for (i, incident) in incidents.iter().enumerate() {
        if incident.same_as == i {
            chain_of.push(chains.len());
            chains.push(CoreferenceChain {
                mentions: vec![incident.mention],
                representative: incident.mention,
                entity_type: EntityType::from("incident"),
                subtype: Some(incident.incident_type.0.clone()),
                entry: None,
                links: vec![None],
            });
        } else {
            let chain = chain_of[incident.same_as];
            chain_of.push(chain);
            chains[chain].mentions.push(incident.mention);
            chains[chain].links.push(Some(CoreferenceLink {
                antecedent: incidents[incident.same_as].mention,
                sieve: RuleId::from("sieve:same-event"),
            }));
        }
    }
    chains
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
    // Verbs that tell of an event of their own, such as "jailed"; what only tells the result of
    // another ("killed") is none.
    let event_verbs: Vec<usize> = hits
        .iter()
        .filter(|hit| {
            let frame = &pack.frames.frames[hit.frame];
            hit.form == TriggerForm::Verb
                && frame.harm.is_none()
                && !frame.needs_event
                && !frame.general
                && matches!(frame.yields, Yield::Incident(_))
                && (frame.only.is_empty()
                    || surroundings(&reading.clauses, hit).is_some_and(|around| {
                        conditions_hold(&reading.clauses, frame, hit, &around.fillers)
                    }))
        })
        .map(|hit| hit.token)
        .collect();
    for group in hits.chunk_by(|a, b| a.token == b.token) {
        let mut best: Option<((usize, usize, usize), Event)> = None;
        // What stands around a word is the same for every frame, but for phrases.
        let mut bare: Option<Option<Surroundings>> = None;
        for hit in group {
            let frame = &pack.frames.frames[hit.frame];
            match frame.yields {
                Yield::Relation(_) => relation_hits.push(hit.clone()),
                Yield::Incident(_) => {
                    let own;
                    let around = if hit.phrase.is_empty() {
                        bare.get_or_insert_with(|| surroundings(&reading.clauses, hit)).as_ref()
                    } else {
                        own = surroundings(&reading.clauses, hit);
                        own.as_ref()
                    };
                    let Some(around) = around else { continue };
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

fn incident_mention(
    id: MentionId,
    text: &AnnotatedText<'_>,
    pack: &Pack,
    event: &Event,
) -> Mention {
    let rule = pack.frames.frames[event.frame].rule.as_str();
    let incident = EntityType::from("incident");
    let form = MentionForm::Nominal;
    let mut mention = Mention::new(text, event.words, incident, form, rule, event.confidence);
    mention.id = id;
    mention.head = event.token as u32;
    mention.subtype = Some(event.incident_type.0.clone());
    mention
}

fn finish(
    judge: &Judge<'_, '_>,
    mentions: &[Mention],
    chains: &[CoreferenceChain],
    first: usize,
    events: Vec<(Event, usize)>,
) -> Vec<IncidentMention> {
    let mut tellings = Vec::with_capacity(events.len());
    let mut incidents = Vec::with_capacity(events.len());
    for (number, (event, sentence)) in events.into_iter().enumerate() {
        if is_harmless(judge, &event) {
            continue;
        }
        let i = incidents.len();
        let another = is_another(judge, &event);
        let accomplished = judge.pack.frames.frames[event.frame].accomplished;
        tellings.push(Telling {
            token: event.token,
            sentence,
            definite: event.form == TriggerForm::Noun && event.definite,
            answered: event.is_answered(judge.text, &judge.pack.frames.lists),
            plural: judge.text.tokens[event.token].tag == "NNS",
            novelty: match (another, event.form == TriggerForm::Noun && event.other) {
                (true, _) => Novelty::Beside,
                (false, true) => Novelty::Other,
                (false, false) => Novelty::Open,
            },
            bare_harm: event.harm.is_some()
                && event.general
                && !of_another(judge, &event)
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
        let incident = incident(judge, mentions, event, sentence, first + number, i);
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

/// "The mayor was not hurt": that nobody did it to him is no incident.
fn is_harmless(judge: &Judge<'_, '_>, event: &Event) -> bool {
    event.harm.is_some()
        && event.general
        && event.in_role(Role::Perpetrator).next().is_none()
        && judge.judge(event.token, event.stage, event.stance).negated
}

/// Whether nothing of it has come to pass.
fn is_unreal(stage: Stage) -> bool {
    matches!(stage, Stage::Planned | Stage::Threatened)
}

/// Whether what counts only once it is done was not: planned, feared, or tried in vain.
fn is_undone(stage: Stage) -> bool {
    is_unreal(stage) || stage == Stage::Attempted
}

/// "The rebels **also** blew up a bridge", "they have burned villages **in the past**": a deed that is
/// not one told before.
fn is_another(judge: &Judge<'_, '_>, event: &Event) -> bool {
    if event.form != TriggerForm::Verb || event.harm.is_some() {
        return false;
    }
    let text = judge.text;
    let lower = |token: usize| text.tokens[token].lower.as_str();
    let besides = &judge.pack.frames.lists.besides;
    let also = event.in_role(Role::Perpetrator).next().is_some()
        && text.children_by(event.token, &[Dep::Advmod]).any(|a| besides.contains(lower(a)));
    let mut at = event.token;
    let mut past = false;
    for _ in 0..4 {
        let phrases = text.children_by(at, &[Dep::Prep]).filter(|p| lower(*p) == "in");
        past |= phrases.flat_map(|p| text.children_by(p, &[Dep::Pobj])).any(|o| lower(o) == "past");
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
    arguments.sort_by_key(|(role, m)| (mentions[m.index()].span, *role));
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
