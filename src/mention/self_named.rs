//! Names that a group gives itself: "a group calling itself the Dawn of Liberty".
//!
//! The words of such names are common words, so that no list and no model knows them for what they
//! are; the phrase before them tells.

use super::context::DetectionContext;
use super::{Mention, MentionForm, overlap};
use crate::ontology::EntityType;
use crate::span::TokenRange;
use crate::text::Dep;

const SELF_NAMED: &str = "detector:self-named";

/// The longest such name, in tokens.
const LONGEST: usize = 8;

/// Among how many mentions before the verb the phrase is looked for that the name is given to.
const BEFORE: usize = 6;

/// Adds the names that follow "calling itself", in place of what was taken for a name inside them.
/// Keeps the order of the mentions.
pub(super) fn complete(context: &DetectionContext<'_, '_>, mentions: &mut Vec<Mention>) {
    let text = context.text;
    let mut new = Vec::new();
    for link in 1..text.tokens.len() {
        let verb = link - 1;
        if !context.pack.usage.naming_verbs.contains(&text.tokens[verb].lemma) {
            continue;
        }
        let (reflexive, person) = match text.tokens[link].lower.as_str() {
            "itself" | "themselves" => (true, false),
            "himself" | "herself" => (true, true),
            // "the gang known as X", "a party called X"
            _ if matches!(text.tokens[verb].tag.as_str(), "VBN" | "VBD")
                && text.tokens[verb].dep == Dep::Acl =>
            {
                (false, false)
            }
            _ => continue,
        };
        let after = link + usize::from(reflexive || text.tokens[link].lower == "as");
        let Some(name) = name_after(context, after) else { continue };
        // The phrase that stands right before the verb.
        let before = mentions.partition_point(|m| (m.tokens.start as usize) < verb);
        let named = mentions[before.saturating_sub(BEFORE)..before].iter().filter(|m| {
            let end = m.tokens.end as usize;
            m.form == MentionForm::Nominal
                && (verb.saturating_sub(2)..=verb).contains(&end)
                && (end..verb).all(|t| text.surface(t) != ".")
        });
        let named = named.max_by_key(|m| (m.tokens.end, m.tokens.len()));
        let entity_type = match named.map(|m| m.entity_type.as_str()) {
            Some("group") if !person && reflexive => EntityType::from("threat_actor"),
            Some("threat_actor") if !person => EntityType::from("threat_actor"),
            Some("organization" | "agency") if !person => EntityType::from("organization"),
            Some("person" | "group") if person && reflexive => EntityType::from("person"),
            _ => continue,
        };
        new.push(Mention::new(text, name, entity_type, MentionForm::Name, SELF_NAMED, 0.8));
    }
    let beside = |m: &Mention| {
        let after = new.partition_point(|name: &Mention| name.tokens.start < m.tokens.end);
        after.checked_sub(1).map(|last| new[last].tokens)
    };
    // What the pack knows by that name is known better.
    let known: Vec<TokenRange> = mentions
        .iter()
        .filter(|m| m.entry.is_some())
        .filter_map(|m| beside(m).filter(|name| m.tokens.contains(*name)))
        .collect();
    mentions.retain(|m| {
        beside(m).is_none_or(|name| {
            !m.tokens.overlaps(name)
                || known.contains(&name)
                || m.form != MentionForm::Name && m.tokens.contains(name)
        })
    });
    new.retain(|name| !known.contains(&name.tokens));
    mentions.append(&mut new);
    overlap::in_text_order(mentions);
}

/// The capitalised words from a token on, an article and quotation marks before them left out.
fn name_after(context: &DetectionContext<'_, '_>, first: usize) -> Option<TokenRange> {
    let text = context.text;
    let sentence = text.sentences.get(text.sentence_of(first.min(text.tokens.len() - 1)))?;
    let last = (sentence.tokens.end as usize).min(text.tokens.len());
    let skipped = |t: usize| {
        matches!(
            text.tokens[t].lower.as_str(),
            "the" | "a" | "as" | "\"" | "'" | "``" | "\u{201c}" | "\u{2018}"
        )
    };
    let start = (first..last).take(3).find(|t| !skipped(*t))?;
    let capital = |t: usize| t < last && context.is_capitalised(t);
    let link = |t: usize| {
        t < last
            && matches!(text.tokens[t].lower.as_str(), "of" | "the" | "for" | "in" | "-" | "al")
    };
    let mut end = start;
    while end < start + LONGEST {
        if capital(end) {
            end += 1;
        } else if end > start && link(end) && capital(end + 1) {
            end += 2;
        } else if end > start && link(end) && link(end + 1) && capital(end + 2) {
            end += 3;
        } else {
            break;
        }
    }
    (end > start).then(|| TokenRange::new(start, end))
}
