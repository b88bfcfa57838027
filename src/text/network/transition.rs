//! The network that scores the actions of a transition system (Kiperwasser and Goldberg 2016,
//! with the hidden layer precomputed for every token and feature).

use super::Linear;
use super::linear::pieces_first;
use crate::text::data::{Tensor, TransitionData};

const MAX_HIDDEN: usize = 256;
const MAX_ACTIONS: usize = 256;

/// Chooses actions by the tokens that a state looks at.
#[derive(Debug)]
pub(in crate::text) struct TransitionScorer {
    project: Linear,
    lower: Linear,
    features: usize,
    pieces: usize,
    bias: Vec<f32>,
    padding: Vec<f32>,
    hidden: usize,
    actions: usize,
    /// One row for each hidden number, so that neighbouring actions are scored at once.
    upper_weights: Vec<f32>,
    upper_bias: Vec<f32>,
}

/// The precomputed layer of one batch.
#[derive(Debug, Default)]
pub(in crate::text) struct Precomputed {
    projected: Vec<f32>,
    rows: Vec<f32>,
}

impl TransitionScorer {
    pub(in crate::text) fn new(data: TransitionData) -> Result<Self, String> {
        let project = Linear::new(data.project)?;
        let (upper_weights, upper_bias) = (data.upper.weights.0, data.upper.bias.0);
        let hidden = data.upper.inputs;
        let row = hidden * data.pieces;
        let size = row * project.outputs();
        if hidden == 0
            || hidden > MAX_HIDDEN
            || data.actions.len() > MAX_ACTIONS
            || data.pieces != 2
            || data.lower.0.len() != data.features * size
            || data.lower_bias.0.len() != row
            || data.padding.0.len() != data.features * row
            || upper_weights.len() != data.actions.len() * hidden
            || upper_bias.len() != data.actions.len()
        {
            return Err(format!(
                "a transition layer of {} features, {} actions, {hidden} hidden by {} pieces",
                data.features,
                data.actions.len(),
                data.pieces
            ));
        }
        let reorder = |numbers: &[f32], row: usize| -> Vec<f32> {
            let features = numbers.chunks_exact(row);
            features.flat_map(|rows| pieces_first(rows, hidden, data.pieces)).collect()
        };
        let lower = Tensor(reorder(&data.lower.0, size));
        let lower = Linear::from_parts(project.outputs(), lower, Tensor::default())?;
        let actions = data.actions.len();
        let mut upper = vec![0.0; hidden * actions];
        for (action, weights) in upper_weights.chunks_exact(hidden).enumerate() {
            for (number, weight) in weights.iter().enumerate() {
                upper[number * actions + action] = *weight;
            }
        }
        Ok(Self {
            project,
            lower,
            features: data.features,
            pieces: data.pieces,
            bias: reorder(&data.lower_bias.0, row),
            padding: reorder(&data.padding.0, row),
            hidden,
            actions,
            upper_weights: upper,
            upper_bias,
        })
    }

    pub(in crate::text) fn features(&self) -> usize {
        self.features
    }

    pub(in crate::text) fn inputs(&self) -> usize {
        self.project.inputs()
    }

    /// The contribution of every row of `vectors` to every feature.
    pub(in crate::text) fn precompute(&self, vectors: &[f32], out: &mut Precomputed) {
        let rows = vectors.len() / self.project.inputs();
        self.project.apply(vectors, self.project.inputs(), rows, &mut out.projected);
        self.lower.apply(&out.projected, self.lower.inputs(), rows, &mut out.rows);
    }

    /// The possible action with the highest score, the first among equals. `tokens` are the rows
    /// that the state looks at, one a feature.
    pub(in crate::text) fn best(
        &self,
        precomputed: &Precomputed,
        tokens: &[Option<usize>],
        possible: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let hidden = self.hidden;
        let row = hidden * self.pieces;
        let mut sums = [0f32; 2 * MAX_HIDDEN];
        let sums = &mut sums[..row];
        sums.copy_from_slice(&self.bias);
        for (feature, token) in tokens.iter().enumerate() {
            let from = match token {
                Some(token) => {
                    let at = (token * self.features + feature) * row;
                    &precomputed.rows[at..at + row]
                }
                None => &self.padding[feature * row..(feature + 1) * row],
            };
            sums.iter_mut().zip(from).for_each(|(sum, x)| *sum += x);
        }
        let mut active = [0f32; MAX_HIDDEN];
        let active = &mut active[..hidden];
        let (first, second) = sums.split_at(hidden);
        for (active, (a, b)) in active.iter_mut().zip(first.iter().zip(second)) {
            *active = if a > b { *a } else { *b };
        }
        let mut scores = [0f32; MAX_ACTIONS];
        let scores = &mut scores[..self.actions];
        scores.copy_from_slice(&self.upper_bias);
        // Over slices of one length the compiler computes several actions at once.
        let (fours, rest) = active.as_chunks::<4>();
        let mut rows = self.upper_weights.chunks_exact(self.actions);
        for x in fours {
            let (Some(a), Some(b), Some(c), Some(d)) =
                (rows.next(), rows.next(), rows.next(), rows.next())
            else {
                break;
            };
            add_rows(scores, x, [a, b, c, d]);
        }
        for (x, row) in rest.iter().zip(rows) {
            scores.iter_mut().zip(row).for_each(|(score, weight)| *score += x * weight);
        }
        let mut best: Option<usize> = None;
        for action in 0..self.actions {
            if possible(action) && best.is_none_or(|best| scores[action] > scores[best]) {
                best = Some(action);
            }
        }
        best
    }
}

/// Adds four rows, each times its number.
fn add_rows(sums: &mut [f32], x: &[f32; 4], rows: [&[f32]; 4]) {
    let n = sums.len();
    // Slice by slice: `array::map` goes through iterators that are not inlined.
    let [a, b, c, d] = rows;
    let (a, b, c, d) = (&a[..n], &b[..n], &c[..n], &d[..n]);
    for i in 0..n {
        sums[i] += (x[0] * a[i] + x[1] * b[i]) + (x[2] * c[i] + x[3] * d[i]);
    }
}
