//! Whether a country, or a capital that stands for one, acts or is a place where it is named.

use super::context::DetectionContext;
use super::{Mention, MentionForm, MentionUse};
use crate::ontology::EntityType;
use crate::text::{Dep, Pos};

/// Tells the use of every named country, and turns the name of a capital into its country where
/// it acts.
pub(super) fn assign(context: &DetectionContext<'_, '_>, mentions: &mut [Mention]) {
    for mention in mentions.iter_mut() {
        if mention.form != MentionForm::Name {
            continue;
        }
        let country = mention.entity_type == "country";
        let capital_of = mention
            .entry
            .as_deref()
            .filter(|_| mention.entity_type == "place")
            .and_then(|id| context.pack.gazetteer.entry(id))
            .and_then(|entry| entry.capital_of.clone());
        if country && mention.usage.is_none() {
            mention.usage = Some(usage(context, mention.head as usize));
        } else if let Some(state) = capital_of
            && usage(context, mention.head as usize) == MentionUse::Actor
        {
            mention.entity_type = EntityType::from("country");
            mention.subtype = None;
            mention.entry = Some(state);
            mention.usage = Some(MentionUse::Actor);
            mention.detector = "detector:capital".into();
            mention.confidence = mention.confidence.min(0.75);
        }
    }
}

fn usage(context: &DetectionContext<'_, '_>, head: usize) -> MentionUse {
    let text = context.text;
    let words = &context.pack.usage;
    let mut head = head;
    // A coordinated name is used as the first of the row.
    for _ in 0..8 {
        match text.head(head) {
            Some(next) if text.tokens[head].dep == Dep::Conj => head = next,
            _ => break,
        }
    }
    let Some(governor) = text.head(head) else { return MentionUse::Place };
    let lemma = |t: usize| text.tokens[t].lemma.as_str();
    let actor = match text.tokens[head].dep {
        Dep::Nsubj => {
            !(words.stative_verbs.contains(lemma(governor)) && is_plain(context, governor))
        }
        Dep::Agent | Dep::Dative => true,
        Dep::Dobj => words.addressing_verbs.contains(lemma(governor)),
        Dep::NsubjPass => words.addressing_verbs.contains(lemma(governor)),
        Dep::Poss | Dep::Compound | Dep::Nmod | Dep::Amod => {
            words.actor_nouns.contains(lemma(governor))
        }
        // `Iran-backed`.
        Dep::NpAdvmod => head + 1 < text.tokens.len() && text.surface(head + 1) == "-",
        Dep::Pobj => {
            let preposition = lemma(governor);
            let over = text.head(governor);
            let about_actor = over.is_some_and(|over| {
                words.actor_nouns.contains(lemma(over))
                    || words.addressing_verbs.contains(lemma(over))
                        && text.tokens[over].pos == Pos::Verb
            }) || noun_before(context, governor)
                .is_some_and(|noun| words.actor_nouns.contains(lemma(noun)));
            let approached = preposition == "to"
                && over.is_some_and(|verb| {
                    let particle = text.children_by(verb, &[Dep::Prt]).next();
                    let whole = particle.map_or_else(
                        || text.tokens[verb].lemma.to_string(),
                        |p| format!("{} {}", text.tokens[verb].lemma, text.tokens[p].lower),
                    );
                    text.tokens[verb].pos == Pos::Verb
                        && words.approaching_verbs.contains(whole.as_str())
                });
            approached
                || text.tokens[governor].dep == Dep::Agent
                || words.actor_prepositions.contains(preposition)
                || !words.place_prepositions.contains(preposition) && about_actor
                || preposition == "from" && about_actor
        }
        _ => false,
    };
    if actor { MentionUse::Actor } else { MentionUse::Place }
}

/// The noun that stands directly before a preposition, quotation marks aside: `aggression` in
/// `facing "aggression" from X`, whatever the preposition is attached to.
fn noun_before(context: &DetectionContext<'_, '_>, preposition: usize) -> Option<usize> {
    let text = context.text;
    let start = text.sentences[text.sentence_of(preposition)].tokens.start as usize;
    let before = (start..preposition).rev().find(|t| text.tokens[*t].pos != Pos::Punct)?;
    let comma = (before + 1..preposition).any(|t| matches!(text.surface(t), "," | ":" | ";"));
    (text.tokens[before].pos == Pos::Noun && !comma).then_some(before)
}

/// Whether a verb has no further verb below it that acts: `has` in `Peru has mountains`, but not
/// in `Peru has to act`.
fn is_plain(context: &DetectionContext<'_, '_>, verb: usize) -> bool {
    !context.text.children(verb).any(|c| context.text.tokens[c].dep == Dep::Xcomp)
}
