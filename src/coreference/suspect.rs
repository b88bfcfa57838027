//! `The suspect`, `the detainees`: whoever was arrested shortly before.

use super::CoreferenceSieve;
use super::resolution::Resolution;
use crate::mention::MentionForm;
use crate::text::Dep;

/// Joins a definite noun for people in custody to the people whose arrest was told last, if all that
/// were arrested there stand in one phrase.
pub(super) struct Suspect;

/// How many sentences back the arrest is looked for.
const WINDOW: usize = 3;

impl CoreferenceSieve for Suspect {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        let mut arrested: Vec<usize> = Vec::new();
        for mention in 0..resolution.mentions.len() {
            let here = resolution.sentence(mention);
            if is_custodial(resolution, mention) {
                let recent = || {
                    arrested
                        .iter()
                        .rev()
                        .copied()
                        .take_while(|m| resolution.sentence(*m) + WINDOW >= here)
                };
                let last = recent().next().map(|m| resolution.sentence(m));
                let mut there = recent().filter(|m| Some(resolution.sentence(*m)) == last);
                if let (Some(one), None) = (there.next(), there.next())
                    && !resolution.is_resolved(mention)
                {
                    resolution.join(mention, one, "sieve:suspect");
                }
            }
            if is_arrested(resolution, mention) {
                arrested.push(mention);
            }
        }
    }
}

/// `the suspect`, with nothing that tells him from others.
fn is_custodial(resolution: &Resolution<'_, '_>, mention: usize) -> bool {
    let text = resolution.text;
    let here = &resolution.mentions[mention];
    let head = here.head as usize;
    here.form == MentionForm::Nominal
        && resolution.pack.usage.custody_nouns.contains(&text.tokens[head].lemma)
        && text.children_by(head, &[Dep::Det]).any(|d| text.tokens[d].lower == "the")
        && text.children_by(head, &[Dep::Prep, Dep::Relcl, Dep::NumMod, Dep::Amod]).next().is_none()
}

/// The object of a verb of arresting; of several coordinated objects each.
fn is_arrested(resolution: &Resolution<'_, '_>, mention: usize) -> bool {
    let text = resolution.text;
    let here = &resolution.mentions[mention];
    let mut head = here.head as usize;
    if here.form == MentionForm::Pronoun || !matches!(here.entity_type.as_str(), "person" | "group")
    {
        return false;
    }
    while text.tokens[head].dep == Dep::Conj {
        let Some(first) = text.head(head) else { return false };
        head = first;
    }
    matches!(text.tokens[head].dep, Dep::Dobj | Dep::NsubjPass)
        && text.head(head).is_some_and(|verb| {
            resolution.pack.usage.arrest_verbs.contains(&text.tokens[verb].lemma)
        })
}
