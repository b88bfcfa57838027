//! Arguments that only a frame knows become mentions: whom one kidnaps is a person, whatever the
//! lexicons know of the word.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::coreference::CoreferenceChain;
use crate::mention::{Mention, MentionForm};
use crate::ontology::EntityType;
use crate::span::{MentionId, TokenRange};
use crate::text::{AnnotatedText, Dep};

use super::event::{Event, Induced};
use super::relations::chain_table;

/// The detector named on mentions that only a frame knows.
const INDUCED: &str = "detector:frame-argument";

/// Gives the events of a text, each with the number of its sentence, the arguments that their frames
/// induce: one mention for each noun, appended to `mentions`. A name that was taken for something
/// else becomes a person, with its chain.
pub(super) fn add_mentions(
    text: &AnnotatedText<'_>,
    mentions: &mut Vec<Mention>,
    chains: &mut [CoreferenceChain],
    events: &mut [(Event, usize)],
) {
    if events.iter().all(|(event, _)| event.induced.is_empty()) {
        return;
    }
    let chain_of = chain_table(mentions.len(), chains);
    let mut by_head: FxHashMap<usize, MentionId> = FxHashMap::default();
    let mut retyped: FxHashSet<usize> = FxHashSet::default();
    for (event, _) in events {
        for induced in std::mem::take(&mut event.induced) {
            let id = match induced.misread {
                Some(id) => {
                    let chain = chain_of[id.index()];
                    match chains.get_mut(chain) {
                        None => make_person(&mut mentions[id.index()]),
                        Some(known) if retyped.insert(chain) => retype(mentions, known),
                        Some(_) => {}
                    }
                    id
                }
                None => *by_head.entry(induced.token).or_insert_with(|| {
                    let id = MentionId(mentions.len() as u32);
                    mentions.push(mention(text, &induced, id));
                    id
                }),
            };
            event.push(induced.role, id);
        }
    }
}

fn mention(text: &AnnotatedText<'_>, induced: &Induced, id: MentionId) -> Mention {
    let tokens = base_phrase(text, induced.token);
    let single = text.tokens[induced.token].tag == "NN" && induced.entity_type == "group";
    let name = if single { "person" } else { induced.entity_type.as_str() };
    let entity_type = EntityType::from(name);
    let mut mention = Mention::new(text, tokens, entity_type, MentionForm::Nominal, INDUCED, 0.5);
    (mention.id, mention.head) = (id, induced.token as u32);
    mention
}

/// Makes a chain's names those of a person, unless it is known to be something else.
fn retype(mentions: &mut [Mention], chain: &mut CoreferenceChain) {
    if chain.entry.is_some() {
        return;
    }
    chain.entity_type = EntityType::from("person");
    chain.subtype = None;
    for id in &chain.mentions {
        make_person(&mut mentions[id.index()]);
    }
}

fn make_person(mention: &mut Mention) {
    if mention.form == MentionForm::Name && mention.entry.is_none() {
        mention.entity_type = EntityType::from("person");
        mention.confidence = mention.confidence.min(0.6);
    }
}

/// A noun with the words before it that belong to it.
fn base_phrase(text: &AnnotatedText<'_>, noun: usize) -> TokenRange {
    let before = [Dep::Det, Dep::Amod, Dep::Compound, Dep::Nmod, Dep::NumMod, Dep::Poss];
    let first = text.children_by(noun, &before).next().filter(|c| *c < noun).unwrap_or(noun);
    TokenRange::new(text.subtree(first).start as usize, noun + 1)
}
