//! Which reports are worth comparing, so that the work grows with their number and not with its
//! square.

use rustc_hash::{FxHashMap, FxHashSet};

use super::agreement::Comparison;
use super::report::Report;
use crate::extraction::DocumentAnalysis;
use crate::linking::source::Sources;
use crate::order;

/// Two reports that agree in something, `a` before `b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) score: i32,
    /// Whether that suffices, whatever else the documents tell.
    pub(super) suffices: bool,
}

/// With how many others, next to it in time, a report is compared for one thing that they share:
/// everything happens somewhere in a country of thousands of reports.
const WINDOW: usize = 200;

/// Pairs of reports that copies of one text tell in the same words.
pub(super) fn copies(
    reports: &[Report],
    analyses: &[DocumentAnalysis],
    sources: &Sources,
) -> Vec<(usize, usize, String)> {
    let mut first: FxHashMap<(usize, &str, usize, String), usize> = FxHashMap::default();
    let mut found = Vec::new();
    for (i, report) in reports.iter().enumerate() {
        let source = sources.original(report.document);
        if !sources.has_copies(source) {
            continue;
        }
        for n in &report.incidents {
            let incident = &analyses[report.document].incidents[*n];
            let words = incident.quote.split_whitespace().collect::<Vec<_>>().join(" ");
            let at = incident.trigger.begin.saturating_sub(incident.begin);
            let key = (source, incident.incident_type.as_str(), at, words);
            let other = *first.entry(key).or_insert(i);
            let (here, there) = (reports[other].document, report.document);
            if here != there {
                let (here, there) = (&analyses[here].doc, &analyses[there].doc);
                found.push((other, i, format!("{here} and {there} print the same text")));
            }
        }
    }
    found
}

/// Pairs of reports that share an entity, a number, a story or a document whose headline is one of
/// them, and that agree in enough to be the same where nothing else fits.
pub(super) fn compared(reports: &[Report], comparison: &Comparison<'_>) -> Vec<Pair> {
    let mut blocks: FxHashMap<(u8, u64), Vec<usize>> = FxHashMap::default();
    for (i, report) in reports.iter().enumerate() {
        let mut entities: Vec<usize> = report
            .participants
            .iter()
            .map(|(_, entity)| *entity)
            .chain(report.places.iter().copied())
            .collect();
        order::unique(&mut entities);
        for entity in entities {
            blocks.entry((0, entity as u64)).or_default().push(i);
        }
        let numbers = [(1, report.count.as_slice()), (2, &report.killed), (3, &report.injured)];
        for (kind, values) in numbers {
            for value in values {
                blocks.entry((kind, *value)).or_default().push(i);
            }
        }
        blocks.entry((4, report.document as u64)).or_default().push(i);
    }
    let mut pairs: FxHashSet<(u32, u32)> = FxHashSet::default();
    for ((kind, _), block) in &mut blocks {
        let day = |i: &usize| {
            let report = &reports[*i];
            let told =
                report.days.map(|(first, last)| if first == i64::MIN { last } else { first });
            told.or(report.published).unwrap_or(i64::MAX)
        };
        order::by_key(block, |i| (day(i), *i));
        for (n, a) in block.iter().enumerate() {
            for b in block[n + 1..].iter().take(WINDOW) {
                // Within a document only its headline is compared with all that it tells.
                if *kind != 4 || reports[*a].in_headline != reports[*b].in_headline {
                    pairs.insert((*a.min(b) as u32, *a.max(b) as u32));
                }
            }
        }
    }
    let mut told: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (i, report) in reports.iter().enumerate() {
        told.entry(report.document).or_default().push(i);
    }
    for (here, there) in comparison.stories.pairs() {
        let (Some(here), Some(there)) = (told.get(&here), told.get(&there)) else { continue };
        for a in here.iter().take(WINDOW) {
            let both = there.iter().take(WINDOW).map(|b| (*a.min(b) as u32, *a.max(b) as u32));
            pairs.extend(both);
        }
    }
    let weights = comparison.weights();
    let compared = pairs.into_iter().filter_map(|(a, b)| {
        let (a, b) = (a as usize, b as usize);
        let found = comparison.agreement(&reports[a], &reports[b])?;
        let suffices = found.suffices(weights);
        (suffices || found.suffices_alone(weights)).then_some(Pair {
            a,
            b,
            score: found.score,
            suffices,
        })
    });
    compared.collect()
}
