//! Names of people told again by their family names, which a model takes for anything or misses:
//! "Ricardo Castellar ... Castellar said". Of two family names, as in Spanish and Portuguese, the
//! first may stand alone, and both may stand without the given names.

use rustc_hash::{FxHashMap, FxHashSet};

use super::context::DetectionContext;
use super::{Mention, MentionForm};
use crate::ontology::EntityType;
use crate::pack::fold_name;
use crate::span::TokenRange;

const FAMILY: &str = "detector:family-name";

/// The family names of the people whom a text names in full.
struct Families<'t> {
    /// Family names, by whether the name is of somebody whom the pack does not know.
    last: FxHashMap<&'t str, bool>,
    /// First of two family names.
    first: FxHashSet<&'t str>,
    /// Both family names.
    pairs: FxHashSet<(&'t str, &'t str)>,
}

impl<'t> Families<'t> {
    fn read(context: &DetectionContext<'t, '_>, found: &[Mention]) -> Self {
        let text = context.text;
        let lower = |t: u32| text.tokens[t as usize].lower.as_str();
        let mut families = Self {
            last: FxHashMap::default(),
            first: FxHashSet::default(),
            pairs: FxHashSet::default(),
        };
        for mention in found.iter().filter(|m| m.entity_type == "person") {
            let name = mention.name_tokens();
            if mention.form != MentionForm::Name || name.len() < 2 && mention.name.is_none() {
                continue;
            }
            let stranger = mention.entry.is_none() && name.len() > 1;
            *families.last.entry(lower(name.end - 1)).or_default() |= stranger;
            if name.len() >= 3 {
                let given = fold_name(text.surface(name.end as usize - 2)).join(" ");
                if !context.pack.lexicons.first_names.contains_key(given.as_str()) {
                    families.first.insert(lower(name.end - 2));
                    families.pairs.insert((lower(name.end - 2), lower(name.end - 1)));
                }
            }
        }
        families
    }

    /// Whether the words of a name are the family names of somebody named in full.
    fn hold(&self, words: &[&str]) -> bool {
        match words {
            [one] => self.last.contains_key(one) || self.first.contains(one),
            [first, last] => self.pairs.contains(&(*first, *last)),
            _ => false,
        }
    }
}

/// Makes people of the names that are family names of people named elsewhere in the text, and
/// adds those that no detector saw.
pub(super) fn complete(context: &DetectionContext<'_, '_>, found: &mut Vec<Mention>) {
    let text = context.text;
    let families = Families::read(context, found);
    if families.last.is_empty() {
        return;
    }
    let mut covered = vec![false; text.tokens.len()];
    for mention in found.iter_mut() {
        let name = mention.name_tokens();
        let words: Vec<&str> = name.range().map(|t| text.tokens[t].lower.as_str()).collect();
        // Somebody of the name of a known person, but not that person.
        if mention.entity_type == "person"
            && words.len() == 1
            && families.last.get(words[0]).copied().unwrap_or_default()
        {
            mention.entry = None;
        }
        let mistaken =
            matches!(mention.entity_type.as_str(), "organization" | "place" | "nationality");
        if mistaken
            && mention.entry.is_none()
            && mention.value.is_none()
            && mention.tokens.len() <= 2
            && families.hold(&words)
        {
            mention.entity_type = EntityType::from("person");
            mention.form = MentionForm::Name;
            mention.detector = FAMILY.into();
        }
        for token in mention.tokens.range() {
            covered[token] = true;
        }
    }
    let proper = |t: usize| text.tokens.get(t).is_some_and(|t| t.tag.starts_with("NNP"));
    let mut token = 0;
    while token < text.tokens.len() {
        let free = |t: usize| proper(t) && !covered[t] && context.is_capitalised(t);
        let length = (token..token + 3).take_while(|t| *t < covered.len() && free(*t)).count();
        let joined = token > 0 && (proper(token - 1) || text.surface(token - 1) == "-");
        let words: Vec<&str> =
            (token..token + length).map(|t| text.tokens[t].lower.as_str()).collect();
        let open = text.surface(token).chars().count() > 2
            && text
                .tokens
                .get(token + length)
                .is_none_or(|t| t.tag != "HYPH" && !proper(token + length));
        if !joined && open && (1..=2).contains(&length) && families.hold(&words) {
            let range = TokenRange::new(token, token + length);
            let person = EntityType::from("person");
            found.push(Mention::new(text, range, person, MentionForm::Name, FAMILY, 0.7));
        }
        token += length.max(1);
    }
}
