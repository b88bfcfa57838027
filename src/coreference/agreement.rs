//! Number and gender of mentions, and which types may be one thing.

use crate::mention::{Mention, MentionForm};
use crate::ontology::EntityType;
use crate::pack::{Gender, NominalNumber, Pack, fold_name};
use crate::text::{AnnotatedText, Pos};

/// Grammatical number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Number {
    Singular,
    Plural,
    /// A body of many: `it` and `they` both fit.
    #[default]
    Either,
}

impl Number {
    pub(super) fn agrees(self, other: Number) -> bool {
        self == other || self == Number::Either || other == Number::Either
    }
}

/// The number of a mention, by its pronoun, its tag and the lexicon.
pub(super) fn number(text: &AnnotatedText<'_>, pack: &Pack, mention: &Mention) -> Number {
    let head = &text.tokens[mention.head as usize];
    match mention.form {
        MentionForm::Pronoun => match head.lower.as_str() {
            "they" | "them" | "their" | "theirs" | "themselves" => Number::Either,
            "we" | "us" | "our" | "ours" | "ourselves" => Number::Either,
            _ => Number::Singular,
        },
        MentionForm::Name => match mention.entity_type.as_str() {
            "person" | "place" | "equipment" => Number::Singular,
            _ => Number::Either,
        },
        MentionForm::Nominal
            if matches!(head.tag.as_str(), "NNS" | "NNPS")
                || pack.usage.counted_people.contains_key(&head.lemma) =>
        {
            Number::Plural
        }
        MentionForm::Nominal => {
            let coordinated = head.pos == Pos::Num;
            let word = pack.vocabulary.id(&fold_name(&head.lemma).join(" "));
            let nominals = pack.lexicons.nominals.get([word]);
            match nominals.first().map(|n| n.number) {
                Some(NominalNumber::Plural) => Number::Plural,
                Some(NominalNumber::Collective) => Number::Either,
                _ if coordinated => Number::Plural,
                _ if matches!(
                    mention.entity_type.as_str(),
                    "agency" | "organization" | "threat_actor" | "country"
                ) =>
                {
                    Number::Either
                }
                _ => Number::Singular,
            }
        }
    }
}

/// The gender that a mention of a person tells: by its pronoun, its title or its given name.
pub(super) fn gender(text: &AnnotatedText<'_>, pack: &Pack, mention: &Mention) -> Option<Gender> {
    let head = &text.tokens[mention.head as usize];
    if mention.form == MentionForm::Pronoun {
        return match head.lower.as_str() {
            "he" | "him" | "his" | "himself" => Some(Gender::Male),
            "she" | "her" | "hers" | "herself" => Some(Gender::Female),
            _ => None,
        };
    }
    if !matches!(mention.entity_type.as_str(), "person" | "group") {
        return None;
    }
    let name = mention.name_tokens();
    let before = mention.tokens.start as usize..name.start as usize;
    let title = before
        .chain((mention.form == MentionForm::Nominal).then_some(mention.head as usize))
        .find_map(|t| {
            let words = fold_name(text.surface(t));
            let ids = words.iter().map(|w| pack.vocabulary.id(w));
            pack.lexicons.titles.get(ids).iter().find_map(|title| title.gender)
        });
    if title.is_some() || mention.form != MentionForm::Name {
        return title.or_else(|| match head.lemma.as_str() {
            "man" | "boy" | "brother" | "father" | "son" | "husband" | "king" => Some(Gender::Male),
            "woman" | "girl" | "sister" | "mother" | "daughter" | "wife" | "queen" => {
                Some(Gender::Female)
            }
            _ => None,
        });
    }
    let given = fold_name(text.surface(name.start as usize)).join(" ");
    let gender = pack.lexicons.first_names.get(given.as_str()).copied().flatten();
    // "Judge Valencia Garcia": two family names behind a title. A man's given name may be a family
    // name too ("Prime Minister Joseph Muscat").
    let family = name.len() == 2
        && mention.name.is_some()
        && gender != Some(Gender::Male)
        && pack.lexicons.surnames.contains(given.as_str());
    gender.filter(|_| name.len() >= 2 && !family)
}

/// Whether a thing of one type may be called by a mention of the other.
pub(super) fn types_agree(a: &EntityType, b: &EntityType) -> bool {
    let body =
        |t: &EntityType| matches!(t.as_str(), "agency" | "organization" | "threat_actor" | "group");
    a == b
        || body(a) && body(b)
        || pair(a, b, "person", "group")
        || pair(a, b, "country", "agency")
        || pair(a, b, "place", "facility")
}

/// Whether two names of these types may name one thing: more is asked than of nominals.
pub(super) fn name_types_agree(a: &EntityType, b: &EntityType) -> bool {
    let body = |t: &EntityType| matches!(t.as_str(), "agency" | "organization" | "threat_actor");
    a == b || body(a) && body(b) || pair(a, b, "place", "facility")
}

fn pair(a: &EntityType, b: &EntityType, one: &str, other: &str) -> bool {
    (a.as_str() == one && b.as_str() == other) || (a.as_str() == other && b.as_str() == one)
}
