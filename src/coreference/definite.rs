//! Definite nominals: `the agency`, `the group`, `the country` to the nearest thing that they fit;
//! and repeated definite phrases.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::CoreferenceSieve;
use super::agreement::{Number, number};
use super::resolution::{NEAREST, Resolution};
use crate::mention::{Mention, MentionForm, Value};
use crate::pack::fold_name;
use crate::text::{Dep, Pos};

/// Joins a definite nominal to the nearest antecedent, if exactly one fits there.
pub(super) struct DefiniteNominal;

/// How many sentences back an antecedent is looked for.
const WINDOW: usize = 6;

/// How many sentences back one of the very kind is preferred.
const KIND_WINDOW: usize = 3;

impl CoreferenceSieve for DefiniteNominal {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        for mention in 0..resolution.mentions.len() {
            if resolution.has_name(mention)
                || resolution.is_resolved(mention)
                || resolution.chain(mention).entry.is_some()
                || !is_anaphoric(resolution, &resolution.mentions[mention])
            {
                continue;
            }
            // "Europol warned of X. The group had planned ...": of the bodies named shortly before, the
            // one that is such a group.
            let same_kind = |m: usize| resolution.entity_type(m) == "threat_actor";
            let of_kind = (resolution.mentions[mention].entity_type == "threat_actor")
                .then(|| antecedent(resolution, mention, KIND_WINDOW, &same_kind))
                .flatten();
            let found = of_kind.or_else(|| antecedent(resolution, mention, WINDOW, &|_| true));
            if let Some(antecedent) = found {
                resolution.join(mention, antecedent, "sieve:definite");
            }
        }
    }
}

/// `the` or `this` before a singular noun that nothing else tells apart.
pub(super) fn is_anaphoric(resolution: &Resolution<'_, '_>, mention: &Mention) -> bool {
    let text = resolution.text;
    let head = mention.head as usize;
    let pointed = text
        .children_by(head, &[Dep::Det])
        .any(|d| matches!(text.tokens[d].lower.as_str(), "the" | "this" | "that"));
    let own = text.children(head).all(|child| {
        let token = &text.tokens[child];
        match token.dep {
            Dep::Det | Dep::Punct | Dep::Case => true,
            Dep::Amod | Dep::Compound | Dep::Nmod => {
                !resolution.pack.usage.contrasting_words.contains(&token.lower)
                    && token.pos != Pos::Num
            }
            // What comes after the noun tells apart: `the group that ...`, `the agency in charge`.
            Dep::Poss | Dep::NumMod | Dep::Relcl | Dep::Acl | Dep::Conj | Dep::Appos => false,
            Dep::Prep => {
                child < head
                    || !mention.tokens.contains_token(child)
                        && !matches!(token.lower.as_str(), "of" | "for" | "behind" | "in")
            }
            _ => true,
        }
    });
    mention.form == MentionForm::Nominal
        && pointed
        && own
        && matches!(text.tokens[head].tag.as_str(), "NN" | "NNP")
        && !matches!(text.tokens[head].dep, Dep::Compound | Dep::Appos | Dep::Attr)
}

fn antecedent(
    resolution: &Resolution<'_, '_>,
    mention: usize,
    window: usize,
    admits: &dyn Fn(usize) -> bool,
) -> Option<usize> {
    let here = resolution.sentence(mention);
    let start = resolution.mentions[mention].tokens.start;
    for back in 0..=window {
        let sentence = here.checked_sub(back)?;
        let before = resolution.before_in(sentence, mention).iter().copied();
        let fitting: Vec<usize> = before
            .filter(|m| {
                resolution.mentions[*m].tokens.end <= start
                    && admits(*m)
                    && fits(resolution, mention, *m)
            })
            .collect();
        let Some(first) = fitting.first().copied() else { continue };
        let chain = resolution.chain_number(first);
        if fitting.iter().all(|m| resolution.chain_number(*m) == chain) {
            return fitting.last().copied();
        }
        // Several: the subject of the sentence, if one of them is.
        let subjects: Vec<usize> =
            fitting.iter().copied().filter(|m| is_subject(resolution, *m)).collect();
        let chain = resolution.chain_number(*subjects.first()?);
        let one = subjects.iter().all(|m| resolution.chain_number(*m) == chain);
        return one.then(|| subjects[0]);
    }
    None
}

pub(super) fn is_subject(resolution: &Resolution<'_, '_>, mention: usize) -> bool {
    let head = resolution.mentions[mention].head as usize;
    matches!(resolution.text.tokens[head].dep, Dep::Nsubj | Dep::NsubjPass)
}

/// Whether a nominal may stand for what a named mention names.
pub(super) fn fits(resolution: &Resolution<'_, '_>, nominal: usize, candidate: usize) -> bool {
    let text = resolution.text;
    let usage = &resolution.pack.usage;
    let here = &resolution.mentions[nominal];
    if resolution.mentions[candidate].form == MentionForm::Pronoun
        || !resolution.has_name(candidate)
        || !resolution.may_join(nominal, candidate)
        || number(text, resolution.pack, &resolution.mentions[candidate]) == Number::Plural
    {
        return false;
    }
    let lemma = &text.tokens[here.head as usize].lemma;
    let found = resolution.entity_type(candidate);
    let entry = resolution.chain(candidate).entry.as_deref();
    let entry = entry.and_then(|id| resolution.pack.gazetteer.entry(id));
    let in_name = || resolution.chain(candidate).is_called(&fold_name(lemma).join(" "));
    let subtype_says =
        || entry.and_then(|e| e.subtype.as_deref()).is_some_and(|s| s.contains(lemma.as_str()));
    let type_fits = match here.entity_type.as_str() {
        "place" | "country"
            if matches!(
                lemma.as_str(),
                "country" | "nation" | "state" | "kingdom" | "republic"
            ) =>
        {
            found == "country"
        }
        "place" => {
            found == "place"
                && (in_name()
                    || subtype_says()
                    || matches!(lemma.as_str(), "city" | "town" | "village")
                        && entry
                            .and_then(|e| e.subtype.as_deref())
                            .is_none_or(|s| matches!(s, "city" | "town" | "village" | "capital"))
                    || lemma == "capital" && entry.is_some_and(|e| e.capital_of.is_some()))
        }
        "agency" if usage.government_nouns.contains(lemma) => {
            found == "country" && is_subject(resolution, candidate)
        }
        "agency" => {
            matches!(found.as_str(), "agency" | "organization")
                && (usage.identity_nouns.contains(lemma) || in_name() || subtype_says())
        }
        "threat_actor" | "group" => {
            matches!(found.as_str(), "threat_actor" | "organization")
                && (usage.identity_nouns.contains(lemma) || in_name() || subtype_says())
        }
        "organization" => {
            // A newspaper, a bank, a party is of its own kind; "the body" may be any.
            let own_kind = here.subtype.is_some() && found != "organization";
            matches!(found.as_str(), "agency" | "organization" | "threat_actor")
                && (usage.identity_nouns.contains(lemma) && !own_kind
                    || in_name()
                    || subtype_says())
        }
        "facility" => found == "facility" && in_name(),
        _ => false,
    };
    type_fits && nationality_fits(resolution, here, entry.and_then(|e| e.country.as_deref()))
}

/// `the Lebanese group` is no group of another country.
fn nationality_fits(
    resolution: &Resolution<'_, '_>,
    nominal: &Mention,
    country: Option<&str>,
) -> bool {
    let mut told = resolution
        .mentions
        .iter()
        .skip(nominal.id.index())
        .take_while(|m| m.tokens.start < nominal.tokens.end)
        .filter_map(|m| match &m.value {
            Some(Value::Nationality { country }) => Some(country.as_str()),
            _ => None,
        });
    country.is_none_or(|country| told.all(|nationality| nationality == country))
}

/// Joins `the gunman` to `a masked gunman` shortly before: the same noun, and nothing new said.
pub(super) struct SameHead;

/// How many sentences back the noun is looked for.
const HEAD_WINDOW: usize = 4;

impl CoreferenceSieve for SameHead {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        let text = resolution.text;
        for mention in 0..resolution.mentions.len() {
            let here = &resolution.mentions[mention];
            let kind = |mention: &Mention| {
                matches!(
                    mention.entity_type.as_str(),
                    "person" | "group" | "facility" | "threat_actor" | "organization" | "equipment"
                )
            };
            if !kind(here)
                || resolution.is_resolved(mention)
                || resolution.has_name(mention) && resolution.chain(mention).first != mention
                || !is_pointed_at(resolution, here)
            {
                continue;
            }
            let earliest = resolution.sentence(mention).saturating_sub(HEAD_WINDOW);
            let said = modifiers(text, here);
            let mut nearest: Option<usize> = None;
            let mut rival = false;
            for other in (0..mention).rev().take(NEAREST) {
                if resolution.sentence(other) < earliest
                    || nearest.is_some_and(|n| resolution.sentence(other) < resolution.sentence(n))
                {
                    break;
                }
                let before = &resolution.mentions[other];
                let (x, y) = (&text.tokens[here.head as usize], &text.tokens[before.head as usize]);
                if before.form != MentionForm::Nominal
                    || !kind(before)
                    || x.lemma != y.lemma
                    || x.tag.ends_with('S') != y.tag.ends_with('S')
                    || before.tokens.end > here.tokens.start
                {
                    continue;
                }
                let known = modifiers(text, before);
                if said.iter().all(|word| known.contains(word))
                    && resolution.may_join(mention, other)
                {
                    rival |= nearest.is_some_and(|n| {
                        resolution.chain_number(n) != resolution.chain_number(other)
                    });
                    nearest = nearest.or(Some(other));
                }
            }
            if let Some(antecedent) = nearest.filter(|_| !rival) {
                resolution.join(mention, antecedent, "sieve:same-head");
            }
        }
    }
}

/// `the` or `those` before a noun that no clause, number or owner tells apart.
pub(super) fn is_pointed_at(resolution: &Resolution<'_, '_>, mention: &Mention) -> bool {
    let text = resolution.text;
    let head = mention.head as usize;
    let mut pointed = false;
    let plain = text.children(head).all(|child| {
        let token = &text.tokens[child];
        match token.dep {
            Dep::Det => {
                pointed |=
                    matches!(token.lower.as_str(), "the" | "this" | "that" | "these" | "those");
                true
            }
            Dep::Amod | Dep::Compound => {
                !resolution.pack.usage.contrasting_words.contains(&token.lower)
            }
            Dep::Punct => true,
            Dep::Prep => child < head || !mention.tokens.contains_token(child),
            Dep::Poss | Dep::NumMod | Dep::Relcl | Dep::Acl | Dep::Conj | Dep::Appos => false,
            _ => true,
        }
    });
    mention.form == MentionForm::Nominal && pointed && plain
}

/// The words before the head of a phrase that describe it.
fn modifiers<'t>(text: &'t crate::text::AnnotatedText<'_>, mention: &Mention) -> Vec<&'t str> {
    (mention.tokens.start as usize..mention.head as usize)
        .map(|t| &text.tokens[t])
        .filter(|t| matches!(t.pos, Pos::Noun | Pos::Propn | Pos::Adj))
        .map(|t| t.lower.as_str())
        .collect()
}

/// Joins definite phrases that are the same word for word.
pub(super) struct SameNominal;

impl CoreferenceSieve for SameNominal {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        let mut last: FxHashMap<Vec<SmolStr>, usize> = FxHashMap::default();
        for mention in 0..resolution.mentions.len() {
            let here = &resolution.mentions[mention];
            let text = resolution.text;
            if here.form != MentionForm::Nominal
                || here.value.is_some()
                || !crate::mention::phrase::is_definite(text, here.head as usize)
                || holds_pronoun(resolution, here)
            {
                continue;
            }
            let mut phrase = fold_name(text.slice(here.tokens));
            if phrase
                .first()
                .is_some_and(|w| matches!(w.as_str(), "the" | "this" | "that" | "these" | "those"))
            {
                phrase.remove(0);
            }
            let plural = matches!(text.tokens[here.head as usize].tag.as_str(), "NNS" | "NNPS");
            // A bare plural is any of its sort: `the militants` of two places are not one group.
            if plural && phrase.len() < 2 || here.entity_type == "equipment" {
                continue;
            }
            if let Some(earlier) = last.insert(phrase, mention) {
                // Both were resolved by surer means, to the same thing or not.
                let settled = resolution.is_resolved(mention) || resolution.has_name(mention);
                if !settled && !has_rival(resolution, earlier, mention) {
                    resolution.join(mention, earlier, "sieve:same-phrase");
                }
            }
        }
    }
}

fn holds_pronoun(resolution: &Resolution<'_, '_>, mention: &Mention) -> bool {
    mention.tokens.range().any(|t| resolution.text.tokens[t].pos == Pos::Pron)
}

/// Whether something that the second phrase would fit better was named between the two, shortly
/// before the second where they stand far apart.
fn has_rival(resolution: &Resolution<'_, '_>, earlier: usize, later: usize) -> bool {
    (earlier + 1..later).rev().take(NEAREST).any(|m| {
        resolution.mentions[m].form == MentionForm::Name
            && resolution.chain_number(m) != resolution.chain_number(earlier)
            && fits(resolution, later, m)
    })
}
