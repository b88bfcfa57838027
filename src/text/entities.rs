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
}

impl EntityRecognizer {
    pub(super) fn new(data: TransitionData) -> Result<Self, String> {
        let moves: Vec<u8> = data.actions.iter().map(|(action, _)| *action).collect();
        let labels = data.actions.iter().map(|(_, label)| label.into()).collect();
        let scorer = TransitionScorer::new(data)?;
        if scorer.features() != 3 {
            return Err(format!("a recogniser of {} features; 3 are supported", scorer.features()));
        }
        if !moves.contains(&OUT) {
            return Err("the recogniser has no action outside entities".into());
        }
        Ok(Self { scorer, moves, labels })
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
        let mut scores = vec![0f32; self.moves.len()];
        for i in 0..n {
            let inside = open.map(|(start, _)| first + start);
            let previous = open.map(|_| first + i - 1);
            self.scorer.score(rows, &[Some(first + i), inside, previous], &mut scores);
            let goes_on = i + 1 < n && !sentence_start[i + 1];
            let same = |label: &SmolStr| open.is_some_and(|(_, a)| self.labels[a] == *label);
            let mut best: Option<usize> = None;
            for (k, action) in self.moves.iter().enumerate() {
                let label = &self.labels[k];
                let valid = match *action {
                    BEGIN => open.is_none() && goes_on && !is_space[i] && !label.is_empty(),
                    IN => goes_on && same(label),
                    LAST => same(label),
                    UNIT => open.is_none() && !label.is_empty() && !is_space[i],
                    OUT => open.is_none(),
                    _ => false,
                };
                if valid && best.is_none_or(|best| scores[k] > scores[best]) {
                    best = Some(k);
                }
            }
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
