//! Arguments that no detector knows: whom one kidnaps is a person, whatever the lexicons know of
//! the word.

use crate::extraction::clause::Filler;
use crate::mention::MentionForm;
use crate::ontology::{EntityType, Role};
use crate::pack::{Frame, Part};
use crate::span::MentionId;
use crate::text::Dep;

use super::{Event, Reading};

/// An argument whose head no detector took as a mention.
#[derive(Clone, Debug)]
pub(in crate::extraction) struct Induced {
    pub(in crate::extraction) role: Role,
    pub(in crate::extraction) token: usize,
    pub(in crate::extraction) entity_type: EntityType,
    /// A mention that a detector gave another type.
    pub(in crate::extraction) misread: Option<MentionId>,
}

/// Takes common nouns of unknown type as what the frame says they must be.
pub(super) fn induce(
    reading: &Reading<'_, '_>,
    frame: &Frame,
    fillers: &[Filler],
    event: &mut Event,
) {
    let clauses = &reading.clauses;
    for (part, entity_type) in &frame.induce {
        let Part::Role(role) = part else { continue };
        let slots = frame.parts.iter().filter(|p| p.part == *part).flat_map(|p| &p.slots);
        for slot in slots {
            for filler in fillers.iter().filter(|f| f.slot == *slot) {
                let mut open = vec![filler.token];
                let conjuncts = clauses.text.children_by(filler.token, &[Dep::Conj]);
                open.extend(conjuncts.filter(|c| clauses.is_noun(*c)));
                for token in open {
                    if event.induced.iter().any(|i| i.token == token) {
                        continue;
                    }
                    let misread = misread_person(reading, entity_type, token);
                    if misread.is_some() || is_unknown_thing(reading, event, token) {
                        event.induced.push(Induced {
                            role: *role,
                            token,
                            entity_type: entity_type.clone(),
                            misread,
                        });
                    }
                }
            }
        }
    }
}

/// A name that no gazetteer knows and that the model took for an organization or a place: whom
/// one murders is a person.
fn misread_person(
    reading: &Reading<'_, '_>,
    entity_type: &EntityType,
    token: usize,
) -> Option<MentionId> {
    if !matches!(entity_type.as_str(), "group" | "person") {
        return None;
    }
    let tag = reading.clauses.text.tokens[token].tag.as_str();
    let mention = reading.index.headed(token).min_by_key(|m| (m.tokens.len(), m.id))?;
    let surface = reading.clauses.text.surface(token);
    let acronym = surface.chars().all(|c| !c.is_lowercase());
    let misread = mention.form == MentionForm::Name
        && tag == "NNP"
        && mention.entry.is_none()
        && mention.subtype.is_none()
        && matches!(mention.entity_type.as_str(), "organization" | "place")
        && !acronym;
    misread.then_some(mention.id)
}

/// Whether a token heads a common noun phrase that no detector and no frame knows.
fn is_unknown_thing(reading: &Reading<'_, '_>, event: &Event, token: usize) -> bool {
    let clauses = &reading.clauses;
    let tag = clauses.text.tokens[token].tag.as_str();
    let lemma = clauses.lemma(token);
    let lists = &clauses.frames.lists;
    // "six Jesuits", "two Marines": people named by what they belong to.
    let named_people = tag == "NNPS"
        && clauses.text.children_by(token, &[Dep::NumMod]).next().is_some()
        && reading.index.headed(token).all(|m| m.entry.is_none() && m.value.is_none());
    let unknown = matches!(tag, "NN" | "NNS")
        && reading.index.headed(token).next().is_none()
        && reading.index.name_over(token).is_none();
    (unknown || named_people)
        && !clauses.is_none(token)
        && !event.cluster.contains(&token)
        && !event.words.contains_token(token)
        && !lists.abstract_nouns.contains(lemma)
        // "detonated the vest"
        && !lists.containers.contains(lemma)
        && !lists.partitive.contains(lemma)
        && clauses.frames.triggers(lemma).is_empty()
}
