//! Names of bodies that are whole only with their country: `Norland's Security Intelligence
//! Service` is what the pack knows as `Norland Security Intelligence Service`.

use super::context::DetectionContext;
use super::located::Located;
use super::{Mention, MentionForm};
use crate::pack::NameSense;
use crate::span::TokenRange;
use crate::text::Dep;

/// Gives bodies that the pack does not know by their bare name the entry that it has under the
/// name with the country or nationality right before it.
pub(super) fn complete(context: &DetectionContext<'_, '_>, mentions: &mut [Mention]) {
    let text = context.text;
    let gazetteer = &context.pack.gazetteer;
    let located = Located::new(text, mentions);
    for index in 0..mentions.len() {
        let here = &mentions[index];
        let body = matches!(here.entity_type.as_str(), "agency" | "organization" | "threat_actor");
        if !body || here.form != MentionForm::Name || here.entry.is_some() || here.tokens.len() < 2
        {
            continue;
        }
        let Some(owner) = owner(context, mentions, &located, here) else { continue };
        let whole = format!("{} {}", text.slice(mentions[owner].tokens), text.slice(here.tokens));
        let known = gazetteer
            .lookup(&whole, &context.pack.vocabulary)
            .iter()
            .filter(|name| name.sense == NameSense::Name && !name.weak)
            .map(|name| gazetteer.at(name.entry))
            .find(|entry| entry.entity_type != "place");
        if let Some(entry) = known {
            let here = &mut mentions[index];
            here.entry = Some(entry.id.clone());
            here.entity_type = entry.entity_type.clone();
            here.subtype.clone_from(&entry.subtype);
            here.confidence = here.confidence.max(0.9);
        }
    }
}

/// The country or nationality directly before a name, a possessive mark between them or not.
fn owner(
    context: &DetectionContext<'_, '_>,
    mentions: &[Mention],
    located: &Located,
    name: &Mention,
) -> Option<usize> {
    let text = context.text;
    let mut end = name.tokens.start as usize;
    if end > 0 && text.tokens[end - 1].tag == "POS" {
        end -= 1;
    }
    let last = TokenRange::new(end.checked_sub(1)?, end);
    located.places(mentions, last).into_iter().rev().find(|place| {
        let m = &mentions[*place];
        let head = &text.tokens[m.head as usize];
        m.tokens.end as usize == end
            && matches!(m.entity_type.as_str(), "country" | "nationality")
            && matches!(head.dep, Dep::Poss | Dep::Amod | Dep::Compound | Dep::Nmod)
    })
}
