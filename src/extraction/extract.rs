//! The pack's frames over one text: finds the triggers, reads events and relations, puts
//! together what belongs together.

use crate::attribution::{Attributions, attribute};
use crate::coreference::{CoreferenceChain, CoreferenceLink};
use crate::date::Date;
use crate::mention::{Mention, MentionForm};
use crate::ontology::{EntityType, Stage};
use crate::pack::Pack;
use crate::span::{MentionId, RuleId};
use crate::text::AnnotatedText;

use super::belligerents::add_invaders;
use super::clause::{Clauses, mended};
use super::event::{Event, Reading};
use super::incident;
use super::induction;
use super::judgement::Judge;
use super::members;
use super::mention_index::MentionIndex;
use super::phrase_heads::PhraseHeads;
use super::relations::{FoundRelation, chain_table, read_relations, without_repeats};
use super::sentence::read_sentences;
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
    let mended = mended(text, &pack.frames, &heads);
    // Who says what hangs on the same arcs.
    let said = mended.as_ref().map(|text| attribute(text, pack));
    let attributions = said.as_ref().unwrap_or(attributions);
    let text = mended.as_ref().unwrap_or(text);
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
    add_invaders(&pack.ontology, &index, &chain_of, &mut events);
    let judge = Judge { text, attributions, pack, index: &index };
    let reading = Reading { clauses, index: &index, ontology: &pack.ontology };
    let mut found = Vec::new();
    for hit in &relation_hits {
        let frame = &pack.frames.frames[hit.frame];
        read_relations(&reading, frame, hit, &chain_of, &mut found);
    }
    let mut relations = without_repeats(found);
    relations.retain_mut(|found| judge_relation(&judge, pack, found));
    let incidents = incident::incidents(&judge, mentions, chains, first, events);
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
