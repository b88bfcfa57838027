//! Who a group is: "the dead are A and B", "two men, later identified as A and B", "they" after
//! "A and B". What is told of the group is told of the people whom a text counts out.

mod counted;
mod reader;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::mention::{Mention, MentionForm};
use crate::ontology::{Ontology, Role};
use crate::order;
use crate::pack::{FrameSet, UsageLexicon};
use crate::span::MentionId;
use crate::text::{AnnotatedText, Dep};

use super::event::Event;
use super::mention_index::MentionIndex;
use reader::Reader;

/// The people of each group that a text counts out, by the group's chain, each with the sentence that
/// names him.
#[derive(Debug, Default)]
pub(super) struct GroupMembers {
    by_chain: FxHashMap<usize, Vec<(usize, MentionId)>>,
    /// The chain of each mention.
    chain_of: Vec<usize>,
}

impl GroupMembers {
    /// Reads who the groups of a text are. `chain_of` tells the chain of each mention.
    pub(super) fn read(
        text: &AnnotatedText<'_>,
        index: &MentionIndex<'_>,
        (ontology, usage): (&Ontology, &UsageLexicon),
        chain_of: &[usize],
    ) -> Self {
        let mut members = Self { by_chain: FxHashMap::default(), chain_of: chain_of.to_vec() };
        let reader = Reader { text, index, usage };
        let sentence_of = |m: &Mention| text.sentence_of(m.head as usize);
        let mut sizes: FxHashMap<usize, u32> = FxHashMap::default();
        for chain in chain_of {
            *sizes.entry(*chain).or_default() += 1;
        }
        let mut last_called: FxHashMap<&str, usize> = FxHashMap::default();
        for mention in index.mentions {
            let things = reader.things_counted_out(ontology, mention);
            if let Some(chain) = chain_of.get(mention.id.index()).filter(|_| !things.is_empty()) {
                let known = members.by_chain.entry(*chain).or_default();
                known.extend(things.iter().map(|m| (sentence_of(m), m.id)));
            }
            if let Some((noun, names)) = reader.row_called(mention)
                && let Some(chain) = last_called.get(noun)
            {
                let known = members.by_chain.entry(*chain).or_default();
                known.extend(names.iter().map(|m| (sentence_of(m), m.id)));
            }
            if !reader.is_group(mention) {
                continue;
            }
            if let (MentionForm::Nominal, Some(chain)) =
                (mention.form, chain_of.get(mention.id.index()))
            {
                last_called.insert(text.tokens[mention.head as usize].lemma.as_str(), *chain);
            }
            let Some(chain) = chain_of.get(mention.id.index()).copied() else { continue };
            let alone = sizes.get(&chain) == Some(&1);
            let names = reader.people_of(mention, alone);
            if !names.is_empty() {
                // "Police arrested three men. Their names are ...": people are no members of what
                // is not a group of people; those counted before are meant.
                let group = reader.group_meant(mention, names.len());
                let Some(chain) = group.and_then(|m| chain_of.get(m.id.index()).copied()) else {
                    continue;
                };
                let known = members.by_chain.entry(chain).or_default();
                known.extend(names.iter().map(|m| (sentence_of(m), m.id)));
            }
        }
        for known in members.by_chain.values_mut() {
            order::unique(known);
        }
        members
    }

    /// The people of whom a mention's group consists, as far as they are named near a sentence:
    /// what is told far from a deed would not stand in the quote that proves it.
    fn near(&self, mention: MentionId, sentence: usize) -> impl Iterator<Item = MentionId> + '_ {
        let chain = self.chain_of.get(mention.index());
        let known = chain.and_then(|chain| self.by_chain.get(chain)).map_or(&[][..], Vec::as_slice);
        let first = known.partition_point(|(there, _)| there + REACH < sentence);
        let last = known.partition_point(|(there, _)| *there <= sentence + REACH);
        known[first..last].iter().map(|(_, member)| *member)
    }
}

/// How many sentences after a deed "the attackers" and "the wounded" are those of that deed.
pub(super) const REACH: usize = 3;

/// Adds to the events of a text, each with the number of its sentence, the people of whom its
/// groups consist and those whom a later sentence names by their part: "the attackers fled",
/// "one of the wounded is A".
pub(super) fn add_members(
    text: &AnnotatedText<'_>,
    index: &MentionIndex<'_>,
    (ontology, frames, usage): (&Ontology, &FrameSet, &UsageLexicon),
    chain_of: &[usize],
    events: &mut [(Event, usize)],
) {
    if events.is_empty() {
        return;
    }
    let members = GroupMembers::read(text, index, (ontology, usage), chain_of);
    for (event, sentence) in events.iter_mut() {
        for (role, mention) in event.roles.clone() {
            if matches!(role, Role::Victim | Role::Target | Role::Perpetrator) {
                for member in members.near(mention, *sentence) {
                    event.push(role, member);
                }
            }
        }
    }
    // Whoever has a part already; and the events by their sentences, in which order they stand.
    let chain = |mention: MentionId| chain_of.get(mention.index()).copied();
    let mut taken: FxHashSet<Option<usize>> =
        events.iter().flat_map(|(event, _)| event.roles.iter().map(|(_, m)| chain(*m))).collect();
    for mention in index.mentions {
        let role = role_named(text, frames, mention);
        let Some(role) = role.filter(|_| mention.entity_type != "incident") else { continue };
        let here = text.sentence_of(mention.head as usize);
        if taken.contains(&chain(mention.id)) {
            continue;
        }
        let first = events.partition_point(|(_, sentence)| sentence + REACH < here);
        let end = events.partition_point(|(_, sentence)| *sentence <= here);
        let deed =
            events[first..end].iter_mut().rev().find(|(event, _)| is_violent(ontology, event));
        let Some((event, sentence)) = deed else { continue };
        match role {
            Role::Perpetrator if event.in_role(role).next().is_none() => {
                event.push(role, mention.id);
                taken.insert(chain(mention.id));
            }
            Role::Victim => {}
            _ => continue,
        }
        for member in members.near(mention.id, *sentence) {
            event.push(role, member);
            taken.insert(chain(member));
        }
    }
}

fn is_violent(ontology: &Ontology, event: &Event) -> bool {
    let family = ontology.incident_types.get(&event.incident_type).map(|i| &i.family);
    family.is_some_and(|family| family == "violent")
}

/// The part that a definite phrase names: "the attackers", "the wounded".
fn role_named(text: &AnnotatedText<'_>, frames: &FrameSet, mention: &Mention) -> Option<Role> {
    let head = mention.head as usize;
    let (lemma, lower) = (&text.tokens[head].lemma, &text.tokens[head].lower);
    let listed =
        |words: &FxHashSet<smol_str::SmolStr>| words.contains(lemma) || words.contains(lower);
    let definite = mention.form == MentionForm::Nominal
        && crate::mention::phrase::is_definite(text, head)
        && text.children_by(head, &[Dep::Poss, Dep::Relcl, Dep::Acl]).next().is_none()
        // "the killers of the judge": of that deed.
        && text.children_by(head, &[Dep::Prep]).all(|p| text.tokens[p].lower != "of");
    match () {
        () if !definite => None,
        () if listed(&frames.lists.doers) => Some(Role::Perpetrator),
        () if listed(&frames.lists.sufferers) => Some(Role::Victim),
        () => None,
    }
}
