//! re3d (Dstl, 2017): entities on defence and foreign affairs, with its own types. A country that
//! acts is an Organisation, people called by a plural are one too, articles belong to the span,
//! and of names inside a longer mention only the longer one is marked for certain.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use corkboard::mention::{Mention, MentionForm, MentionUse};
use corkboard::pack::Pack;
use corkboard::span::{CodePoints, Span};
use corkboard::text::{AnnotatedText, LanguageModel};
use serde_json::{Value, json};

/// Reads the documents of `input` and writes their entities to `output`.
pub(crate) fn run(input: &Path, output: &Path, pack: &Pack) -> anyhow::Result<()> {
    let data: Value = serde_json::from_str(&fs::read_to_string(input)?)?;
    let documents = data["docs"].as_object().context("re3d holds its documents under `docs`")?;
    let model = LanguageModel::builtin()?;
    let mut out = BufWriter::new(File::create(output)?);
    for (id, document) in documents {
        let text = document["text"].as_str().context("a document has a `text`")?;
        let entities: Vec<Value> = entities(&model, pack, text)
            .into_iter()
            .map(|(begin, end, entity_type)| json!({"begin": begin, "end": end, "type": entity_type}))
            .collect();
        writeln!(out, "{}", json!({"doc": id, "entities": entities}))?;
    }
    Ok(())
}

fn entities(model: &LanguageModel, pack: &Pack, raw: &str) -> Vec<(usize, usize, &'static str)> {
    let text = model.annotate(raw, &lines(raw));
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
    predicted.iter().filter(|p| is_value(p.2) || !is_inside(p)).copied().collect()
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
