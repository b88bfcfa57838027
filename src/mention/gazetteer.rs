//! Names that the pack knows.

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::context::DetectionContext;
use super::phrase::{head_of, noun_phrase};
use super::{Mention, MentionDetector, MentionForm, MentionUse, Value};
use crate::ontology::EntityType;
use crate::pack::{GazetteerEntry, GazetteerName, NameSense, exact_form};
use crate::span::TokenRange;
use crate::text::{Dep, Pos};

/// Finds the gazetteer's names, tells homonyms apart by the model, the countries of the document
/// and size, and types them.
pub struct GazetteerDetector;

const RULE: &str = "detector:gazetteer";

/// A stretch of text with the names that it may be.
struct Match<'p> {
    tokens: TokenRange,
    names: Vec<&'p GazetteerName>,
}

impl MentionDetector for GazetteerDetector {
    fn detect(&self, context: &DetectionContext<'_, '_>, found: &mut Vec<Mention>) {
        let matches = matches(context);
        let labels: FxHashMap<TokenRange, &str> =
            context.text.entities.iter().map(|e| (e.tokens, e.label.as_str())).collect();
        let countries: FxHashSet<&str> = matches
            .iter()
            .flat_map(|m| &m.names)
            .filter(|name| !name.weak)
            .map(|name| context.pack.gazetteer.at(name.entry))
            .filter(|entry| entry.entity_type == "country")
            .map(|entry| entry.id.as_str())
            .collect();
        for candidate in &matches {
            let label = label_at(context, &labels, candidate.tokens);
            let best = candidate
                .names
                .iter()
                .filter(|name| {
                    !name.weak
                        || is_supported(context, name, candidate.tokens, label)
                        || is_body_of(context, name, candidate.tokens, &countries)
                })
                .map(|name| (rank(context, name, candidate.tokens, label, &countries), name))
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.entry.cmp(&a.1.entry)));
            if let Some((_, name)) = best {
                found.extend(mention(context, name, candidate.tokens));
            }
        }
    }
}

/// Every longest name at each token, its conditions on case met.
fn matches<'a>(context: &DetectionContext<'a, '_>) -> Vec<Match<'a>> {
    let mut matches: Vec<Match<'a>> = Vec::new();
    let gazetteer = &context.pack.gazetteer;
    for token in 0..context.text.tokens.len() {
        let words = context.words_from(token);
        let mut longest: Option<Match<'a>> = None;
        gazetteer.prefixes(words.iter().map(|w| w.surface), |length, names| {
            let Some(tokens) = context.tokens_of(token, length) else { return };
            let names: Vec<&GazetteerName> =
                names.iter().filter(|name| case_fits(context, name, tokens)).collect();
            if !names.is_empty() {
                longest = Some(Match { tokens, names });
            }
        });
        matches.extend(longest);
    }
    matches
}

/// Whether the text shows the name in the case that it must have.
fn case_fits(context: &DetectionContext<'_, '_>, name: &GazetteerName, tokens: TokenRange) -> bool {
    let text = context.text;
    let first = tokens.start as usize;
    let single = tokens.len() == 1;
    let function_word = matches!(
        text.tokens[first].pos,
        Pos::Pron | Pos::Aux | Pos::Adp | Pos::Det | Pos::Cconj | Pos::Sconj | Pos::Part
    );
    if !name.exact.is_empty() {
        let shown = exact_form(text.slice(tokens));
        if shown == name.exact {
            return !(single && function_word && context.is_shouted(first));
        }
        // The style of many newspapers: Nato, Isis.
        let mut letters = name.exact.chars();
        let titled: SmolStr =
            letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect();
        return name.exact.chars().count() >= 4
            && name.exact.chars().all(char::is_uppercase)
            && shown == titled
            && text.tokens[first].pos == Pos::Propn;
    }
    if !name.capitalised {
        return true;
    }
    if context.is_without_capitals() {
        return !name.weak && text.slice(tokens).chars().count() >= 5 && !function_word;
    }
    if single {
        let open = matches!(text.tokens[first].pos, Pos::Propn | Pos::Noun | Pos::Adj | Pos::X);
        return context.is_capitalised(first) && (open || !context.is_sentence_initial(first));
    }
    // Small words inside a name (`of`, `and`, `al`) may be lower-case, the others may not.
    let small = |t: usize| {
        let surface = text.surface(t);
        surface.chars().count() <= 3 || !surface.chars().any(char::is_alphabetic)
    };
    let (mut capitals, mut others) = (0, 0);
    for token in tokens.range() {
        if context.is_capitalised(token) {
            capitals += 1;
        } else if !small(token) {
            others += 1;
        }
    }
    capitals > others && (context.is_capitalised(first) || small(first))
}

fn label_at<'l>(
    context: &DetectionContext<'_, '_>,
    labels: &FxHashMap<TokenRange, &'l str>,
    tokens: TokenRange,
) -> Option<&'l str> {
    let exact = labels.get(&tokens).copied();
    // The model takes in the article and the possessive mark.
    exact.or_else(|| {
        let entities = &context.text.entities;
        let after = entities.partition_point(|e| e.tokens.end < tokens.end);
        let wider = entities.get(after).filter(|e| e.tokens.contains(tokens))?;
        let trimmed = super::model::trimmed(context.text, wider.tokens);
        (trimmed == Some(tokens)).then(|| labels.get(&wider.tokens).copied()).flatten()
    })
}

fn agrees(entity_type: &EntityType, label: &str) -> bool {
    match label {
        "GPE" => matches!(entity_type.as_str(), "country" | "place"),
        "LOC" => matches!(entity_type.as_str(), "place" | "facility"),
        "FAC" => matches!(entity_type.as_str(), "facility" | "place"),
        "ORG" => matches!(
            entity_type.as_str(),
            "agency" | "organization" | "threat_actor" | "facility" | "country"
        ),
        "PERSON" => entity_type == "person",
        "PRODUCT" => entity_type == "equipment",
        "NORP" => matches!(entity_type.as_str(), "country" | "threat_actor" | "organization"),
        _ => false,
    }
}

/// Whether something besides its name speaks for a weak name.
fn is_supported(
    context: &DetectionContext<'_, '_>,
    name: &GazetteerName,
    tokens: TokenRange,
    label: Option<&str>,
) -> bool {
    let entry = context.pack.gazetteer.at(name.entry);
    if label.is_some_and(|label| agrees(&entry.entity_type, label)) {
        return true;
    }
    if !matches!(entry.entity_type.as_str(), "place" | "country") || name.sense != NameSense::Name {
        return false;
    }
    let head = head_of(context.text, tokens);
    let after_place_word = context.preposition_of(head).is_some_and(|p| {
        context.pack.usage.place_prepositions.contains(&context.text.tokens[p].lower)
    });
    after_place_word && label.is_none() && context.text.tokens[head].pos == Pos::Propn
}

/// Whether a name is a body's, as it would be of another country's, and the text names the country
/// of this one: the SIS of a text about Portugal is not Britain's.
fn is_body_of(
    context: &DetectionContext<'_, '_>,
    name: &GazetteerName,
    tokens: TokenRange,
    countries: &FxHashSet<&str>,
) -> bool {
    let entry = context.pack.gazetteer.at(name.entry);
    context.pack.ontology.is_actor(entry.entity_type.as_str())
        && entry.entity_type != "person"
        // One plain word may be anything.
        && (!name.weak || !name.exact.is_empty() || tokens.len() > 1)
        && entry.country.as_deref().is_some_and(|country| countries.contains(country))
}

/// How well an entry fits where its name stands; the highest wins.
fn rank(
    context: &DetectionContext<'_, '_>,
    name: &GazetteerName,
    tokens: TokenRange,
    label: Option<&str>,
    countries: &FxHashSet<&str>,
) -> f64 {
    let entry = context.pack.gazetteer.at(name.entry);
    let head = head_of(context.text, tokens);
    let modifies = matches!(context.text.tokens[head].dep, Dep::Amod | Dep::Nmod)
        || context.text.tokens[head].pos == Pos::Adj;
    let mut rank = 0.0;
    rank += if name.weak { 0.0 } else { 4.0 };
    rank += if label.is_some_and(|label| agrees(&entry.entity_type, label)) { 3.0 } else { 0.0 };
    rank += if name.exact.is_empty() { 0.0 } else { 1.0 };
    rank += match name.sense {
        NameSense::Demonym | NameSense::People if modifies => 2.0,
        NameSense::Name if entry.entity_type == "country" => 1.5,
        NameSense::Name => 1.0,
        _ => 0.0,
    };
    if is_body_of(context, name, tokens, countries) {
        // As much as a strong name: of namesakes the text means the one whose country it names.
        rank += 5.0;
    } else if entry.country.as_deref().is_some_and(|country| countries.contains(country)) {
        rank += 1.0;
    }
    // Ten million inhabitants weigh as much as standing in a country that the text names.
    rank + entry.population.map_or(0.0, |people| (people.max(1) as f64).log10() / 7.0)
}

fn mention(
    context: &DetectionContext<'_, '_>,
    name: &GazetteerName,
    tokens: TokenRange,
) -> Option<Mention> {
    let entry: &GazetteerEntry = context.pack.gazetteer.at(name.entry);
    let text = context.text;
    let confidence = if name.weak { 0.7 } else { 0.95 };
    let typed = |entity_type: EntityType, form: MentionForm| {
        Mention::new(text, tokens, entity_type, form, RULE, confidence)
    };
    let nationality = || Some(Value::Nationality { country: entry.id.clone() });
    let head = head_of(text, tokens);
    match name.sense {
        NameSense::Name => Some(Mention {
            subtype: entry.subtype.clone(),
            entry: Some(entry.id.clone()),
            ..typed(entry.entity_type.clone(), MentionForm::Name)
        }),
        NameSense::Demonym | NameSense::People => {
            let plural = matches!(text.tokens[head].tag.as_str(), "NNS" | "NNPS");
            let heads_phrase =
                !matches!(text.tokens[head].dep, Dep::Compound | Dep::Amod | Dep::Nmod);
            // "two Britons", "an American": people, not a property.
            // "a 26-year-old Syrian stabbed": an adjective for a noun.
            let argument = matches!(
                text.tokens[head].dep,
                Dep::Nsubj | Dep::NsubjPass | Dep::Dobj | Dep::Pobj | Dep::Attr
            );
            let noun = matches!(text.tokens[head].tag.as_str(), "NN" | "NNP")
                || text.tokens[head].tag == "JJ" && argument;
            let single =
                noun && text.children_by(head, &[Dep::Det]).any(|d| {
                    name.sense == NameSense::People
                        || matches!(text.tokens[d].lower.as_str(), "a" | "an")
                }) && text.tokens.get(tokens.end as usize).is_none_or(|t| !t.tag.starts_with("NN"));
            if heads_phrase && (plural || single) {
                let whole = noun_phrase(text, head).cover(tokens);
                let kind = EntityType::from(if plural { "group" } else { "person" });
                let form = MentionForm::Nominal;
                let people = Mention::new(text, whole, kind, form, RULE, confidence);
                return Some(Mention { value: nationality(), head: head as u32, ..people });
            }
            let value = typed(EntityType::from("nationality"), MentionForm::Name);
            Some(Mention { value: nationality(), ..value })
        }
        NameSense::Seat => {
            let at_the_place = context.preposition_of(head).is_some_and(|p| {
                let preposition = &text.tokens[p].lower;
                context.pack.usage.place_prepositions.contains(preposition)
            });
            (!at_the_place).then(|| Mention {
                usage: Some(MentionUse::Actor),
                entry: Some(entry.id.clone()),
                ..typed(EntityType::from("country"), MentionForm::Name)
            })
        }
    }
}
