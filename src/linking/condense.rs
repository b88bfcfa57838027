//! What linking and the graph need of an analysis, so that a large corpus can be held in memory.

use rustc_hash::FxHashSet;

use super::facts::chains;
use crate::extraction::{AnalysedMention, DocumentAnalysis};
use crate::mention::Value;
use crate::ontology::Ontology;
use crate::span::MentionId;

/// Leaves out of an analysis what does not reach the graph: chains of mentions that can become no
/// node and that no relation or incident speaks of, the values of mentions, and what was told to
/// the user already. The rest is numbered anew. Condensing twice is the same as condensing once,
/// and the graph is the same as without.
#[must_use]
pub fn condense(mut analysis: DocumentAnalysis, ontology: &Ontology) -> DocumentAnalysis {
    let mut kept: FxHashSet<usize> =
        chains(0, &analysis, ontology).into_iter().map(|facts| facts.chain).collect();
    let chain_of = |id: MentionId| analysis.mentions.get(id.index()).map(|m| m.chain);
    let relations = analysis.relations.iter();
    kept.extend(
        relations
            .flat_map(|r| [Some(r.subject), Some(r.object), r.speaker])
            .flatten()
            .filter_map(chain_of),
    );
    for incident in &analysis.incidents {
        let arguments = incident.arguments.iter().map(|argument| argument.mention);
        let named = arguments.chain([incident.mention]).chain(incident.speaker);
        kept.extend(named.filter_map(chain_of));
    }

    let mut numbers = vec![MentionId(0); analysis.mentions.len()];
    let mut next = 0;
    for mention in &analysis.mentions {
        if kept.contains(&mention.chain) {
            numbers[mention.id.index()] = MentionId(next);
            next += 1;
        }
    }
    let renumber = |id: &mut MentionId| *id = numbers.get(id.index()).copied().unwrap_or(*id);
    let mut mentions: Vec<AnalysedMention> = Vec::with_capacity(next as usize);
    for mut mention in std::mem::take(&mut analysis.mentions) {
        if kept.contains(&mention.chain) {
            renumber(&mut mention.id);
            mention.joined.iter_mut().for_each(|(_, antecedent)| renumber(antecedent));
            mention.value.take_if(|value| !matches!(value, Value::Nationality { .. }));
            mentions.push(mention);
        }
    }
    for relation in &mut analysis.relations {
        renumber(&mut relation.subject);
        renumber(&mut relation.object);
        relation.speaker.iter_mut().for_each(renumber);
    }
    for incident in &mut analysis.incidents {
        renumber(&mut incident.mention);
        incident.speaker.iter_mut().for_each(renumber);
        incident.arguments.iter_mut().for_each(|argument| renumber(&mut argument.mention));
    }
    analysis.mentions = mentions;
    analysis.furniture = Vec::new();
    analysis.warnings = Vec::new();
    analysis
}
