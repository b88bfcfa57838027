//! Headlines: they drop articles, and what they name bare the first sentences name again: `Gunmen
//! storm hotel` ... `Gunmen stormed a hotel`.

use super::CoreferenceSieve;
use super::resolution::Resolution;
use crate::mention::MentionForm;
use crate::text::{AnnotatedText, Dep};

/// Joins a bare nominal of the headline to the one nominal with that noun in the lead.
pub(super) struct Headline;

/// How many sentences after the headline are the lead.
const LEAD: usize = 2;

impl CoreferenceSieve for Headline {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        let text = resolution.text;
        let Some(lead) = lead_of(text) else { return };
        let last = resolution
            .mentions
            .iter()
            .enumerate()
            .take_while(|(m, _)| resolution.sentence(*m) < lead + LEAD)
            .count();
        for mention in 0..last {
            if resolution.sentence(mention) >= lead
                || resolution.has_name(mention)
                || !is_bare(resolution, mention)
            {
                continue;
            }
            let mut twins =
                (mention + 1..last).filter(|other| is_named_again(resolution, mention, *other));
            // Two in one sentence are rivals; what comes later goes on with the first.
            if let Some(twin) = twins.next()
                && twins.all(|other| resolution.sentence(other) > resolution.sentence(twin))
            {
                resolution.join(twin, mention, "sieve:headline");
            }
        }
    }
}

/// The first sentence after the headline: the block before it is one line that ends without a full
/// stop. `None` where the text has no headline.
fn lead_of(text: &AnnotatedText<'_>) -> Option<usize> {
    let first = text.sentences.first()?.block;
    let lead = text.sentences.iter().position(|sentence| sentence.block != first)?;
    let end = text.sentences[lead - 1].tokens;
    let closed = text.slice(end).trim_end().ends_with(['.', '!', '?', ':', '"', '”']);
    (!closed && lead <= 2).then_some(lead)
}

/// A nominal without article, owner or pronoun.
fn is_bare(resolution: &Resolution<'_, '_>, mention: usize) -> bool {
    let here = &resolution.mentions[mention];
    let head = here.head as usize;
    here.form == MentionForm::Nominal
        && !matches!(here.entity_type.as_str(), "threat" | "equipment" | "incident")
        && resolution.text.children_by(head, &[Dep::Det, Dep::Poss]).next().is_none()
}

/// Whether a mention of the lead has the noun and number of one of the headline, and no other
/// count.
fn is_named_again(resolution: &Resolution<'_, '_>, headline: usize, other: usize) -> bool {
    let text = resolution.text;
    let (a, b) = (&resolution.mentions[headline], &resolution.mentions[other]);
    let (x, y) = (&text.tokens[a.head as usize], &text.tokens[b.head as usize]);
    let plural = |tag: &str| tag.ends_with('S');
    let count = |head: u32| text.children_by(head as usize, &[Dep::NumMod]).next();
    let counts_agree = match (count(a.head), count(b.head)) {
        (Some(m), Some(n)) => text.tokens[m].lower == text.tokens[n].lower,
        _ => true,
    };
    b.form == MentionForm::Nominal
        && resolution.sentence(other) > resolution.sentence(headline)
        && a.entity_type == b.entity_type
        && x.lemma.eq_ignore_ascii_case(&y.lemma)
        && plural(&x.tag) == plural(&y.tag)
        && counts_agree
        && resolution.may_join(headline, other)
}
