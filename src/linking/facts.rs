//! What one document's coreference chains say of the entity that they refer to.

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::names::{bare, common_form, folded, noun_last};
use crate::extraction::{AnalysedMention, DocumentAnalysis};
use crate::mention::{MentionForm, Value};
use crate::ontology::{EntityType, Ontology};
use crate::pack::UsageLexicon;
use crate::span::MentionId;

/// One chain of one document.
#[derive(Clone, Debug)]
pub(super) struct ChainFacts {
    /// Index of the document.
    pub(super) document: usize,
    /// Number of the chain in it.
    pub(super) chain: usize,
    pub(super) entity_type: EntityType,
    pub(super) subtype: Option<SmolStr>,
    /// Gazetteer id.
    pub(super) entry: Option<SmolStr>,
    /// Proper names as written (bare), with how often.
    pub(super) names: IndexMap<String, usize>,
    /// Descriptions as written (bare), with how often.
    pub(super) descriptions: IndexMap<String, usize>,
    pub(super) mentions: Vec<MentionId>,
    /// Where another name was joined to one before.
    pub(super) renamed: Vec<Renaming>,
    /// Whether a relation or an incident speaks of it.
    pub(super) used: bool,
    pub(super) confidence: f32,
}

/// Two names that differ and that a sieve of coreference made one.
#[derive(Clone, Debug)]
pub(super) struct Renaming {
    pub(super) name: String,
    pub(super) earlier: String,
    pub(super) sieve: SmolStr,
}

impl ChainFacts {
    /// Folded names, without doubles; each also in the one form in which all its spellings meet.
    pub(super) fn folded_names(&self, usage: &UsageLexicon) -> Vec<String> {
        let mut names: Vec<String> =
            self.names.keys().map(|n| folded(n)).filter(|n| !n.is_empty()).collect();
        let same: Vec<String> = match self.entity_type.as_str() {
            "person" => names.iter().filter_map(|name| common_form(name, usage)).collect(),
            "facility" => names.iter().filter_map(|name| noun_last(name, usage)).collect(),
            _ => Vec::new(),
        };
        names.extend(same);
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// The chains of all documents that can become nodes.
pub(super) fn all(analyses: &[DocumentAnalysis], ontology: &Ontology) -> Vec<ChainFacts> {
    analyses.iter().enumerate().flat_map(|(i, analysis)| chains(i, analysis, ontology)).collect()
}

/// The chains of a document that can become nodes: those with a name or a gazetteer entry, those
/// that a relation or an incident speaks of, and threats. Values and incidents are none.
pub(super) fn chains(
    document: usize,
    analysis: &DocumentAnalysis,
    ontology: &Ontology,
) -> Vec<ChainFacts> {
    let mut used = vec![false; analysis.mentions.len()];
    let mut mark = |id: MentionId| {
        if let Some(flag) = used.get_mut(id.index()) {
            *flag = true;
        }
    };
    for relation in &analysis.relations {
        mark(relation.subject);
        mark(relation.object);
        relation.speaker.into_iter().for_each(&mut mark);
    }
    for incident in &analysis.incidents {
        incident.arguments.iter().for_each(|a| mark(a.mention));
        incident.speaker.into_iter().for_each(&mut mark);
    }
    let mut by_chain: IndexMap<usize, Vec<&AnalysedMention>> = IndexMap::new();
    for mention in &analysis.mentions {
        let kind = mention.entity_type.as_str();
        // "Iranian-backed": a nationality that has a part in something stands for its country.
        let acts = used[mention.id.index()] && country_of(mention).is_some();
        if kind != "incident" && (acts || !ontology.is_value(kind)) {
            by_chain.entry(mention.chain).or_default().push(mention);
        }
    }
    let facts = by_chain.into_iter().map(|(chain, mentions)| {
        let mut names: IndexMap<String, usize> = IndexMap::new();
        let mut descriptions: IndexMap<String, usize> = IndexMap::new();
        for mention in &mentions {
            match mention.form {
                MentionForm::Name if country_of(mention).is_some() => {}
                MentionForm::Name => {
                    let name = bare(mention.name.as_deref().unwrap_or(&mention.text));
                    if !name.is_empty() {
                        *names.entry(one_line(name)).or_default() += 1;
                    }
                }
                MentionForm::Nominal => {
                    let text = bare(&mention.text);
                    if !text.is_empty() {
                        *descriptions.entry(one_line(text)).or_default() += 1;
                    }
                }
                MentionForm::Pronoun => {}
            }
        }
        let renamed = mentions.iter().filter_map(|m| renaming(analysis, m)).collect();
        let best = mentions.iter().min_by_key(|m| (m.form, m.id)).copied();
        ChainFacts {
            document,
            chain,
            entity_type: match best {
                Some(nationality) if country_of(nationality).is_some() => "country".into(),
                Some(best) => best.entity_type.clone(),
                None => EntityType::default(),
            },
            subtype: mentions.iter().find_map(|m| m.subtype.clone()),
            entry: mentions
                .iter()
                .find_map(|m| m.entity.clone().or_else(|| country_of(m).cloned())),
            names,
            descriptions,
            renamed,
            used: mentions.iter().any(|m| used[m.id.index()]),
            confidence: mentions.iter().map(|m| m.confidence).fold(0.0, f32::max),
            mentions: mentions.iter().map(|m| m.id).collect(),
        }
    });
    facts
        .filter(|f| {
            f.entry.is_some()
                || !f.names.is_empty()
                || f.entity_type == "threat"
                || (f.used && !f.descriptions.is_empty())
        })
        .collect()
}

/// The country that a nationality stands for.
fn country_of(mention: &AnalysedMention) -> Option<&SmolStr> {
    match &mention.value {
        Some(Value::Nationality { country }) if mention.entity_type == "nationality" => {
            Some(country)
        }
        _ => None,
    }
}

/// What joined a name to an earlier one that differs from it.
fn renaming(analysis: &DocumentAnalysis, mention: &AnalysedMention) -> Option<Renaming> {
    let (sieve, antecedent) = mention.joined.as_ref()?;
    let before = analysis.mentions.get(antecedent.index())?;
    let shown = |m: &AnalysedMention| one_line(bare(m.name.as_deref().unwrap_or(&m.text)));
    let (name, earlier) = (shown(mention), shown(before));
    let named = mention.form == MentionForm::Name && before.form == MentionForm::Name;
    let differ = named && folded(&name) != folded(&earlier);
    let sieve = sieve.0.strip_prefix("sieve:").unwrap_or(&sieve.0);
    differ.then(|| Renaming { name, earlier, sieve: sieve.into() })
}

/// A text with every run of white space made one blank.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
