//! The body that a person speaks for: `the organisation` in what its head says, `his agency`.

use super::CoreferenceSieve;
use super::definite::{fits, is_anaphoric};
use super::resolution::Resolution;
use super::role::Bodies;
use crate::mention::MentionForm;
use crate::text::Dep;

/// Joins a nominal for a body to the one body that its possessor or speaker heads, where nothing
/// nearer was found.
pub(super) struct SpeakersBody;

impl CoreferenceSieve for SpeakersBody {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        let mut bodies = Bodies::default();
        for mention in 0..resolution.mentions.len() {
            let here = &resolution.mentions[mention];
            if here.form != MentionForm::Nominal
                || !matches!(here.entity_type.as_str(), "agency" | "organization")
                || resolution.has_name(mention)
                || resolution.chain(mention).entry.is_some()
            {
                continue;
            }
            let Some(person) = person_of(resolution, mention) else { continue };
            if resolution.entity_type(person) != "person" {
                continue;
            }
            let Some(body) = bodies.only(resolution, person) else { continue };
            let name = resolution.chain_numbered(body).and_then(|chain| chain.first_name);
            if let Some(name) = name.filter(|name| fits(resolution, mention, *name)) {
                resolution.join(mention, name, "sieve:speakers-body");
            }
        }
    }
}

/// Whose body a nominal names: its possessor, or who says a sentence with `the organisation` in it
/// that nothing before answers.
fn person_of(resolution: &Resolution<'_, '_>, mention: usize) -> Option<usize> {
    let text = resolution.text;
    let here = &resolution.mentions[mention];
    let head = here.head as usize;
    let owner = text.children_by(head, &[Dep::Poss]).next();
    if let Some(owner) = owner {
        let plain = text.tokens[head].tag == "NN"
            && text.children_by(head, &[Dep::Amod, Dep::Compound, Dep::NumMod]).next().is_none();
        let pronoun = resolution.mention_at(owner)?;
        return (plain && resolution.mentions[pronoun].form == MentionForm::Pronoun)
            .then_some(pronoun);
    }
    if resolution.is_resolved(mention) || !is_anaphoric(resolution, here) {
        return None;
    }
    let speaker = resolution.attributions.at(head).speaker?;
    resolution.mention_covering(speaker as usize)
}
