//! The two halves of the main job: [`Analyst::analyse`], a document to its analysis, which
//! depends on that document, the model and the pack alone; and [`assemble`], analyses to the
//! graph, which does not depend on their order.

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::coreference::CoreferenceChain;
use crate::document::Document;
use crate::error::DataError;
use crate::extraction::{
    AnalysedIncident, AnalysedMention, AnalysedRelation, Argument, Cut, DocumentAnalysis,
    Extraction, Range,
};
use crate::graph::KnowledgeGraph;
use crate::linking::{SameAs, condense, link};
use crate::mention::{Mention, MentionForm};
use crate::order;
use crate::pack::Pack;
use crate::span::{CodePoints, DocumentId, Span};
use crate::text::{AnnotatedText, LanguageModel};

/// A language model and a pack, ready to read documents; made once, shared by all threads.
#[derive(Debug)]
pub struct Analyst {
    model: LanguageModel,
    pack: Pack,
}

impl Analyst {
    /// An analyst who reads with this model and this pack.
    #[must_use]
    pub fn new(model: LanguageModel, pack: Pack) -> Self {
        Self { model, pack }
    }

    /// The built-in model and pack.
    ///
    /// # Errors
    /// Never for a released binary: a test loads both.
    pub fn builtin() -> Result<Self, DataError> {
        let (model, pack) = rayon::join(LanguageModel::builtin, Pack::builtin);
        Ok(Self::new(model?, pack?))
    }

    /// The pack.
    #[must_use]
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The language model.
    #[must_use]
    pub fn model(&self) -> &LanguageModel {
        &self.model
    }

    /// Reads one document. Never fails: what cannot be read gives fewer facts.
    #[must_use]
    pub fn analyse(&self, document: &Document) -> DocumentAnalysis {
        let blocks: Vec<Span> = document.blocks.iter().map(|block| block.span).collect();
        // In capitals no name can be told from a word; spans hold for both forms of the text.
        let cased = crate::mention::truecase(&document.text, &blocks, &self.pack);
        let text = self.model.annotate(&cased, &blocks);
        let text = crate::mention::with_charges(text, &self.pack);
        let attributions = crate::attribution::attribute(&text, &self.pack);
        let mut mentions = crate::mention::detect(&text, document.published, &self.pack);
        let mut chains = crate::coreference::resolve(&text, &mentions, &attributions, &self.pack);
        let extraction = crate::extraction::extract(
            &text,
            &mut mentions,
            &mut chains,
            &attributions,
            &self.pack,
            document.published,
        );
        write_up(document, &text, &mentions, &chains, extraction)
    }

    /// Reads documents on all threads; the analyses are in the order of the documents.
    #[must_use]
    pub fn analyse_all(&self, documents: &[Document]) -> Vec<DocumentAnalysis> {
        let mut analyses = Vec::new();
        documents.par_iter().map(|document| self.analyse(document)).collect_into_vec(&mut analyses);
        analyses
    }
}

/// Puts what was found into the form that is written, with offsets in code points.
fn write_up(
    document: &Document,
    text: &AnnotatedText<'_>,
    mentions: &[Mention],
    chains: &[CoreferenceChain],
    extraction: Extraction,
) -> DocumentAnalysis {
    let points = CodePoints::new(&document.text);
    let quote = |span: Span| SmolStr::new(span.of(&document.text));
    let mut chain_of = vec![None; mentions.len()];
    for (number, chain) in chains.iter().enumerate() {
        for (place, mention) in chain.mentions.iter().enumerate() {
            if let Some(slot) = chain_of.get_mut(mention.index()) {
                *slot = Some((number, place));
            }
        }
    }
    let mut next_chain = chains.len();
    let mentions = mentions
        .iter()
        .map(|mention| {
            let chain = chain_of[mention.id.index()];
            let resolved = chain.map(|(number, place)| (&chains[number], place));
            // A pronoun has the type of what it stands for.
            let entity_type = match (mention.form, resolved) {
                (MentionForm::Pronoun, Some((chain, _))) => chain.entity_type.clone(),
                _ => mention.entity_type.clone(),
            };
            let (begin, end) = points.span(mention.span);
            AnalysedMention {
                id: mention.id,
                begin,
                end,
                text: quote(mention.span),
                entity_type,
                subtype: mention.subtype.clone(),
                form: mention.form,
                usage: mention.usage,
                chain: chain.map_or_else(
                    || {
                        next_chain += 1;
                        next_chain - 1
                    },
                    |(number, _)| number,
                ),
                entity: resolved
                    .and_then(|(chain, _)| chain.entry.clone())
                    .or_else(|| mention.entry.clone()),
                value: mention.value.clone(),
                name: mention.name.map(|tokens| text.slice(tokens).to_owned()),
                joined: resolved.and_then(|(chain, place)| {
                    let link = chain.links.get(place)?.as_ref()?;
                    Some((link.sieve.clone(), link.antecedent))
                }),
                rule: mention.detector.clone(),
                confidence: mention.confidence,
            }
        })
        .collect();
    let relations = extraction.relations.into_iter().map(|relation| {
        let (begin, end) = points.span(relation.span);
        AnalysedRelation {
            relation: relation.relation,
            subject: relation.subject,
            object: relation.object,
            begin,
            end,
            quote: quote(relation.span),
            stance: relation.stance,
            speaker: relation.speaker,
            date: relation.date,
            rule: relation.rule,
            confidence: relation.confidence,
        }
    });
    let incidents = extraction.incidents.into_iter().enumerate().map(|(id, incident)| {
        let (begin, end) = points.span(incident.span);
        let (first, last) = points.span(incident.trigger);
        AnalysedIncident {
            id,
            mention: incident.mention,
            incident_type: incident.incident_type,
            stage: incident.stage,
            stance: incident.stance,
            speaker: incident.speaker,
            trigger: Range { begin: first, end: last },
            begin,
            end,
            quote: quote(incident.span),
            arguments: incident
                .arguments
                .into_iter()
                .map(|(role, mention)| Argument { role, mention })
                .collect(),
            date: incident.date,
            date_text: incident.date_text,
            count: incident.count,
            killed: incident.killed,
            injured: incident.injured,
            threat: incident.threat,
            same_as: incident.same_as,
            again: incident.again,
            rule: incident.rule,
            confidence: incident.confidence,
        }
    });
    let furniture = document.furniture.iter().map(|cut| {
        let (begin, end) = points.span(cut.span);
        Cut { begin, end, reason: cut.reason }
    });
    DocumentAnalysis {
        doc: document.id.clone(),
        published: document.published,
        title: document.title.clone(),
        publisher: document.publisher.clone(),
        url: document.url.clone(),
        path: document.path.clone(),
        language: document.language.clone(),
        words: text.tokens.iter().filter(|t| t.lower.chars().any(char::is_alphanumeric)).count(),
        sentences: text.sentences.len(),
        fingerprint: document.fingerprint.clone(),
        furniture: furniture.collect(),
        warnings: document.warnings.clone(),
        mentions,
        relations: relations.collect(),
        incidents: incidents.collect(),
    }
}

/// Gathers analyses for one graph. Of each it keeps what the graph needs, so that memory grows
/// with the graph and not with the texts.
#[derive(Debug)]
pub struct Assembler<'p> {
    pack: &'p Pack,
    analyses: Vec<DocumentAnalysis>,
    /// Every long text once: copies of a report quote the same words.
    texts: FxHashSet<SmolStr>,
}

impl<'p> Assembler<'p> {
    /// An assembler that links by this pack.
    #[must_use]
    pub fn new(pack: &'p Pack) -> Self {
        Self { pack, analyses: Vec::new(), texts: FxHashSet::default() }
    }

    /// Adds the analysis of a document. The order does not matter; an analysis given twice counts
    /// once, and different analyses under one id are told apart by a number.
    pub fn add(&mut self, analysis: DocumentAnalysis) {
        let mut analysis = condense(analysis, &self.pack.ontology);
        for mention in &mut analysis.mentions {
            self.share(&mut mention.text);
            self.share(&mut mention.rule.0);
        }
        for relation in &mut analysis.relations {
            self.share(&mut relation.quote);
            self.share(&mut relation.rule.0);
        }
        for incident in &mut analysis.incidents {
            self.share(&mut incident.quote);
            self.share(&mut incident.rule.0);
        }
        self.analyses.push(analysis);
    }

    /// Lets a text stand on the memory of its equal that was there before.
    fn share(&mut self, text: &mut SmolStr) {
        if !text.is_heap_allocated() {
            return;
        }
        match self.texts.get(text) {
            Some(known) => *text = known.clone(),
            None => _ = self.texts.insert(text.clone()),
        }
    }

    /// Whether nothing has been added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.analyses.is_empty()
    }

    /// Links the documents and builds the graph.
    #[must_use]
    pub fn finish(self, name: &str, same_as: &SameAs) -> KnowledgeGraph {
        let analyses = in_order(self.analyses);
        let linked = link(&analyses, self.pack, same_as);
        crate::graph::build(name, &analyses, &linked, self.pack)
    }
}

/// Merges analyses into one graph; see [`Assembler`].
#[must_use]
pub fn assemble(
    name: &str,
    analyses: Vec<DocumentAnalysis>,
    pack: &Pack,
    same_as: &SameAs,
) -> KnowledgeGraph {
    let mut assembler = Assembler::new(pack);
    analyses.into_iter().for_each(|analysis| assembler.add(analysis));
    assembler.finish(name, same_as)
}

/// Sorts analyses by document, each under an id of its own.
fn in_order(mut analyses: Vec<DocumentAnalysis>) -> Vec<DocumentAnalysis> {
    // Documents of one id are ordered by what they say, so that the numbers do not depend on
    // the order of the files.
    let order = |a: &DocumentAnalysis, b: &DocumentAnalysis| {
        a.doc
            .cmp(&b.doc)
            .then_with(|| (&a.path, a.published).cmp(&(&b.path, b.published)))
            .then_with(|| {
                // Through the same kind of stream as the files, whose code is there anyway.
                let text = |x| {
                    let mut text = Vec::new();
                    let out: &mut dyn std::io::Write = &mut text;
                    serde_json::to_writer(out, x).map(|()| text).unwrap_or_default()
                };
                if a == b { std::cmp::Ordering::Equal } else { text(a).cmp(&text(b)) }
            })
    };
    order::by(&mut analyses, order);
    analyses.dedup();
    let mut last: Option<DocumentId> = None;
    let mut repeats = 1;
    for analysis in &mut analyses {
        if last.as_ref() == Some(&analysis.doc) {
            repeats += 1;
            analysis.doc = DocumentId::from(format!("{}~{repeats}", analysis.doc));
        } else {
            last = Some(analysis.doc.clone());
            repeats = 1;
        }
    }
    order::by(&mut analyses, order);
    analyses
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{InputItem, Inputs, ReadOptions};

    #[test]
    fn the_graph_of_condensed_analyses_is_that_of_whole_ones() {
        let analyst = Analyst::builtin().unwrap();
        let reports = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reports");
        let options = ReadOptions::default();
        let documents: Vec<Document> = Inputs::new(&[reports], &options)
            .filter_map(|item| match item {
                InputItem::Document(raw) => raw.read(&analyst.pack().furniture, &options).ok(),
                _ => None,
            })
            .collect();
        let whole = in_order(analyst.analyse_all(&documents));
        assert!(whole.len() > 10, "{}", whole.len());
        let (pack, same_as) = (analyst.pack(), SameAs::default());
        let linked = link(&whole, pack, &same_as);
        let expected = crate::graph::build("x", &whole, &linked, pack);
        let size = |all: &[DocumentAnalysis]| all.iter().map(|a| a.mentions.len()).sum::<usize>();
        let condensed: Vec<DocumentAnalysis> =
            whole.iter().map(|a| condense(a.clone(), &pack.ontology)).collect();
        assert!(size(&condensed) < size(&whole));
        for analysis in &condensed {
            assert!(analysis.clone().checked().is_ok());
            assert_eq!(&condense(analysis.clone(), &pack.ontology), analysis);
        }
        let graph = assemble("x", whole, pack, &same_as);
        let text = |graph: &KnowledgeGraph| {
            let mut bytes = Vec::new();
            let options = crate::export::ExportOptions::default();
            crate::export::write_file(graph, &pack.ontology, options, "graph.json", &mut bytes)
                .unwrap();
            String::from_utf8(bytes).unwrap()
        };
        assert_eq!(text(&graph), text(&expected));
    }
}
