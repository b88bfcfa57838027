//! re3d (Dstl, 2017): entities on defence and foreign affairs, with its own types. A country that
//! acts is an Organisation, people called by a plural are one too, articles belong to the span,
//! and of names inside a longer mention only the longer one is marked for certain.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use corkboard::attribution::Attributions;
use corkboard::coreference::CoreferenceChain;
use corkboard::extraction::Role;
use corkboard::mention::{Mention, MentionForm, MentionUse};
use corkboard::pack::Pack;
use corkboard::span::{CodePoints, MentionId, Span};
use corkboard::text::{AnnotatedText, Dep, LanguageModel, Pos};
use serde_json::{Value, json};

/// Reads the documents of `input` and writes their entities to `output`.
pub(crate) fn run(input: &Path, output: &Path, pack: &Pack) -> anyhow::Result<()> {
    let data: Value = serde_json::from_str(&fs::read_to_string(input)?)?;
    let documents = data["docs"].as_object().context("re3d holds its documents under `docs`")?;
    let model = LanguageModel::builtin()?;
    let mut out = BufWriter::new(File::create(output)?);
    for (id, document) in documents {
        let text = document["text"].as_str().context("a document has a `text`")?;
        let (entities, relations) = read(&model, pack, text);
        let entities: Vec<Value> = entities
            .into_iter()
            .map(|(begin, end, entity_type)| json!({"begin": begin, "end": end, "type": entity_type}))
            .collect();
        let relations: Vec<Value> = relations
            .into_iter()
            .map(|(a, b, name)| json!({"source": [a.0, a.1], "target": [b.0, b.1], "type": name}))
            .collect();
        writeln!(out, "{}", json!({"doc": id, "entities": entities, "relations": relations}))?;
    }
    Ok(())
}

/// A stretch of text in code points, with its type.
type Entity = (usize, usize, &'static str);

/// Two stretches of text, and what connects them.
type Relation = ((usize, usize), (usize, usize), &'static str);

fn read(model: &LanguageModel, pack: &Pack, raw: &str) -> (Vec<Entity>, BTreeSet<Relation>) {
    let blocks = lines(raw);
    let cased = corkboard::mention::truecase(raw, &blocks, pack);
    let text = corkboard::mention::with_charges(model.annotate(&cased, &blocks), pack);
    let attributions = corkboard::attribution::attribute(&text, pack);
    let mentions = corkboard::mention::detect(&text, None, pack);
    let chains = corkboard::coreference::resolve(&text, &mentions, &attributions, pack);
    let mut chain_of = vec![None; mentions.len()];
    for chain in &chains {
        for mention in &chain.mentions {
            chain_of[mention.index()] = Some(chain);
        }
    }
    let points = CodePoints::new(raw);
    let predicted: Vec<(usize, usize, &'static str)> = mentions
        .iter()
        .filter_map(|mention| {
            let chain = chain_of[mention.id.index()]?;
            let entity_type =
                re3d_type(&text, mention, chain.entity_type.as_str(), chain.mentions.len() == 1)?;
            let (begin, end) = points.span(with_article(&text, mention, entity_type));
            Some((begin, end, entity_type))
        })
        .collect();
    let is_value = |entity_type: &str| matches!(entity_type, "Quantity" | "Temporal" | "Money");
    let is_inside = |inner: &(usize, usize, &str)| {
        predicted.iter().any(|outer| {
            outer.0 <= inner.0 && inner.1 <= outer.1 && outer.1 - outer.0 > inner.1 - inner.0
        })
    };
    let entities = predicted.iter().filter(|p| is_value(p.2) || !is_inside(p)).copied().collect();
    let place = |mention: &Mention| {
        let chain = chain_of[mention.id.index()]?;
        let entity_type =
            re3d_type(&text, mention, chain.entity_type.as_str(), chain.mentions.len() == 1)?;
        Some((points.span(with_article(&text, mention, entity_type)), entity_type))
    };
    let relations = relations(&text, &mentions, &chains, &attributions, pack, place);
    (entities, relations)
}

/// The task's relation for one of ours.
fn task_relation(relation: &str) -> Option<&'static str> {
    Some(match relation {
        "leads" => "InChargeOf",
        "member_of" | "part_of" => "BelongsTo",
        "located_in" => "CoLocated",
        "fights" => "FightingAgainst",
        "allied_with" => "AlliesOf",
        "supports" => "Likes",
        "communicates_with" => "CommWith",
        "condemns" | "accuses" => "Dislikes",
        _ => return None,
    })
}

fn relations(
    text: &AnnotatedText<'_>,
    mentions: &[Mention],
    chains: &[CoreferenceChain],
    attributions: &Attributions,
    pack: &Pack,
    place: impl Fn(&Mention) -> Option<((usize, usize), &'static str)>,
) -> BTreeSet<Relation> {
    let mut all = mentions.to_vec();
    let mut resolved = chains.to_vec();
    let extraction =
        corkboard::extraction::extract(text, &mut all, &mut resolved, attributions, pack, None);
    let mut found = BTreeSet::new();
    let mut add = |a: MentionId, b: MentionId, name: &'static str| {
        let ends = mentions.get(a.index()).zip(mentions.get(b.index()));
        if let Some((a, b)) = ends
            && let (Some((a, _)), Some((b, _))) = (place(a), place(b))
            && a != b
            // A name inside another mention is part of it and has no relation to it.
            && (name == "HasAttrOf" || a.1 <= b.0 || b.1 <= a.0)
        {
            found.insert((a, b, name));
        }
    };
    for relation in &extraction.relations {
        if let Some(name) = task_relation(relation.relation.as_str()) {
            add(relation.subject, relation.object, name);
        }
    }
    for incident in &extraction.incidents {
        let with = |role: Role| {
            incident.arguments.iter().filter(move |(r, _)| *r == role).map(|(_, m)| *m)
        };
        for doer in with(Role::Perpetrator) {
            for hit in with(Role::Target).chain(with(Role::Victim)) {
                add(doer, hit, "FightingAgainst");
            }
        }
        for spot in with(Role::Place) {
            for other in with(Role::Perpetrator).chain(with(Role::Target)).chain(with(Role::Victim))
            {
                add(other, spot, "CoLocated");
            }
        }
    }
    for chain in chains {
        for (mention, link) in chain.mentions.iter().zip(&chain.links) {
            if let Some(link) = link
                && matches!(
                    link.sieve.as_str(),
                    "sieve:apposition" | "sieve:acronym" | "sieve:predicate"
                )
                && text.sentence_of(mentions[mention.index()].head as usize)
                    == text.sentence_of(mentions[link.antecedent.index()].head as usize)
            {
                add(link.antecedent, *mention, "IsSynonymOf");
            }
        }
    }
    // What something in or near a place is, is there; so is who does something there.
    let mut at_head: BTreeMap<usize, Vec<MentionId>> = BTreeMap::new();
    for mention in mentions {
        at_head.entry(mention.head as usize).or_default().push(mention.id);
    }
    for spot in mentions {
        if place(spot).is_none_or(|(_, entity_type)| entity_type != "Location") {
            continue;
        }
        let head = spot.head as usize;
        let Some(preposition) = text.head(head).filter(|_| text.tokens[head].dep == Dep::Pobj)
        else {
            continue;
        };
        let near = ["in", "at", "near", "inside", "outside", "around", "across", "of", "from"];
        if !near.contains(&text.tokens[preposition].lower.as_str()) {
            continue;
        }
        let Some(governor) = text.head(preposition) else { continue };
        let mut others: Vec<usize> = vec![governor];
        if text.tokens[governor].pos == Pos::Verb {
            others.extend(text.children_by(governor, &[Dep::Nsubj, Dep::NsubjPass, Dep::Dobj]));
        }
        for other in others.iter().filter_map(|o| at_head.get(o)).flatten() {
            add(*other, spot.id, "CoLocated");
        }
    }
    // A number belongs to what it counts.
    for number in mentions.iter().filter(|m| m.entity_type == "quantity") {
        let counted = mentions
            .iter()
            .filter(|m| m.tokens.contains(number.tokens) && m.id != number.id)
            .min_by_key(|m| m.tokens.len());
        if let Some(counted) = counted {
            add(number.id, counted.id, "HasAttrOf");
        }
    }
    found
}

/// Each line of the text is read on its own.
fn lines(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        if !content.is_empty() {
            let begin = start + line.find(content).unwrap_or(0);
            spans.push(Span::new(begin, begin + content.len()));
        }
        start += line.len();
    }
    spans
}

fn re3d_type(
    text: &AnnotatedText<'_>,
    mention: &Mention,
    chain_type: &str,
    alone: bool,
) -> Option<&'static str> {
    let entity_type = match (mention.form, text.tokens[mention.head as usize].lower.as_str()) {
        (MentionForm::Pronoun, "he" | "him" | "his" | "she" | "her" | "himself" | "herself") => {
            "person"
        }
        // An `it` that stands for no other mention is a thing or nothing.
        (MentionForm::Pronoun, "it" | "its" | "itself") if alone => return None,
        (MentionForm::Pronoun, _) => chain_type,
        _ => mention.entity_type.as_str(),
    };
    let singular = matches!(text.tokens[mention.head as usize].tag.as_str(), "NN" | "NNP");
    Some(match entity_type {
        "group"
            if mention.form == MentionForm::Nominal && singular && is_individual(text, mention) =>
        {
            "Person"
        }
        "agency" | "organization" | "threat_actor" | "group" => "Organisation",
        "person" => "Person",
        "country" if mention.usage == Some(MentionUse::Actor) => "Organisation",
        "country" if mention.form == MentionForm::Pronoun => "Organisation",
        "country" | "place" | "facility" => "Location",
        "equipment" => "Equipment",
        "nationality" => "Nationality",
        "date" => "Temporal",
        "quantity" => "Quantity",
        "money" => "Money",
        _ => return None,
    })
}

fn is_individual(text: &AnnotatedText<'_>, mention: &Mention) -> bool {
    // `A group of men` is no man.
    let head = text.tokens[mention.head as usize].lemma.as_str();
    if matches!(head, "group" | "band" | "gang" | "crew" | "crowd" | "team" | "network") {
        return false;
    }
    mention.tokens.range().any(|t| matches!(text.tokens[t].lower.as_str(), "a" | "an"))
}

/// The span with the article before a name.
fn with_article(text: &AnnotatedText<'_>, mention: &Mention, predicted: &str) -> Span {
    let first = mention.tokens.start as usize;
    let takes =
        mention.form == MentionForm::Name && matches!(predicted, "Organisation" | "Location");
    if takes
        && first > 0
        && text.tokens[first - 1].lower == "the"
        && text.sentence_of(first - 1) == text.sentence_of(first)
    {
        return text.tokens[first - 1].span.cover(mention.span);
    }
    mention.span
}
