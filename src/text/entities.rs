//! Named entities: the begin-in-last-unit-out transition system of spaCy's recogniser.

use smol_str::SmolStr;

use super::data::TransitionData;
use super::network::{Precomputed, TransitionScorer};

const BEGIN: u8 = 1;
const IN: u8 = 2;
const LAST: u8 = 3;
const UNIT: u8 = 4;
const OUT: u8 = 5;

/// The trained recogniser.
#[derive(Debug)]
pub(super) struct EntityRecognizer {
    scorer: TransitionScorer,
    moves: Vec<u8>,
    labels: Vec<SmolStr>,
    /// The number of each action's label: equal numbers, equal labels. 0 is the empty label.
    label_numbers: Vec<u16>,
}

impl EntityRecognizer {
    pub(super) fn new(data: TransitionData) -> Result<Self, String> {
        let moves: Vec<u8> = data.actions.iter().map(|(action, _)| *action).collect();
        let labels: Vec<SmolStr> = data.actions.iter().map(|(_, label)| label.into()).collect();
        let first =
            |label: &SmolStr| labels.iter().position(|l| l == label).unwrap_or(0) as u16 + 1;
        let number = |label: &SmolStr| if label.is_empty() { 0 } else { first(label) };
        let label_numbers = labels.iter().map(number).collect();
        let scorer = TransitionScorer::new(data)?;
        if scorer.features() != 3 {
            return Err(format!("a recogniser of {} features; 3 are supported", scorer.features()));
        }
        if !moves.contains(&OUT) {
            return Err("the recogniser has no action outside entities".into());
        }
        Ok(Self { scorer, moves, labels, label_numbers })
    }

    pub(super) fn scorer(&self) -> &TransitionScorer {
        &self.scorer
    }

    /// Reports each entity among the tokens whose precomputed rows begin at `first`: its first
    /// token, one past its last, and its label. Entities do not cross sentences.
    pub(super) fn recognize(
        &self,
        rows: &Precomputed,
        first: usize,
        sentence_start: &[bool],
        is_space: &[bool],
        mut found: impl FnMut(usize, usize, &SmolStr),
    ) {
        let n = is_space.len();
        let mut open: Option<(usize, usize)> = None;
        for i in 0..n {
            let inside = open.map(|(start, _)| first + start);
            let previous = open.map(|_| first + i - 1);
            let goes_on = i + 1 < n && !sentence_start[i + 1];
            let current = open.map_or(0, |(_, action)| self.label_numbers[action]);
            let starts = open.is_none() && !is_space[i];
            let possible = |action: usize| {
                let label = self.label_numbers[action];
                match self.moves[action] {
                    BEGIN => starts && goes_on && label != 0,
                    IN => goes_on && current != 0 && label == current,
                    LAST => current != 0 && label == current,
                    UNIT => starts && label != 0,
                    OUT => open.is_none(),
                    _ => false,
                }
            };
            let looked_at = [Some(first + i), inside, previous];
            let best = self.scorer.best(rows, &looked_at, possible);
            let Some(best) = best else { continue };
            match self.moves[best] {
                BEGIN => open = Some((i, best)),
                UNIT => found(i, i + 1, &self.labels[best]),
                LAST => {
                    if let Some((start, action)) = open.take() {
                        found(start, i + 1, &self.labels[action]);
                    }
                }
                _ => {}
            }
        }
    }
}
