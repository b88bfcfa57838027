//! Maxout (Goodfellow et al. 2013) followed by layer normalisation (Ba et al. 2016).

use super::Linear;
use super::linear::{joined, pieces_first};
use crate::text::data::{MaxoutData, Tensor};

/// The widest layer that is supported.
pub(super) const MAX_WIDTH: usize = 512;

/// The layer: `pieces` linear outputs for each number, of which the largest counts.
#[derive(Debug)]
pub(in crate::text) struct Maxout {
    /// Its outputs stand as `pieces × width`.
    linear: Linear,
    pieces: usize,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl Maxout {
    pub(in crate::text) fn new(data: MaxoutData) -> Result<Self, String> {
        let (width, pieces) = (data.gain.0.len(), data.pieces);
        if pieces == 0
            || width > MAX_WIDTH
            || data.weights.0.len() != width * pieces * data.inputs
            || data.bias.0.len() != width * pieces
            || data.shift.0.len() != width
        {
            return Err(format!("a maxout layer of {width} by {pieces} does not fit its weights"));
        }
        let weights = Tensor(pieces_first(&data.weights.0, width, pieces));
        let bias = Tensor(pieces_first(&data.bias.0, width, pieces));
        let linear = Linear::from_parts(data.inputs, weights, bias)?;
        Ok(Self { linear, pieces, gain: data.gain.0, shift: data.shift.0 })
    }

    pub(in crate::text) fn width(&self) -> usize {
        self.gain.len()
    }

    pub(in crate::text) fn linear(&self) -> &Linear {
        &self.linear
    }

    /// Takes the largest piece of each number of `y`, the linear outputs of one row, and
    /// normalises. With `ADD`, the result is added to what `out` holds.
    pub(in crate::text) fn activate<const ADD: bool>(&self, y: &[f32], out: &mut [f32]) {
        let width = self.width();
        let mut best = [0f32; MAX_WIDTH];
        let best = &mut best[..width];
        best.copy_from_slice(&y[..width]);
        for piece in 1..self.pieces {
            let y = &y[piece * width..(piece + 1) * width];
            best.iter_mut()
                .zip(y)
                .for_each(|(best, y)| *best = if *y > *best { *y } else { *best });
        }
        let mean = sum(best, |x| x) / width as f32;
        let variance = sum(best, |x| (x - mean) * (x - mean)) / width as f32;
        let scale = 1.0 / (variance + 1e-8).sqrt();
        let parts = best.iter().zip(&self.gain).zip(&self.shift);
        for (out, ((x, gain), shift)) in out[..width].iter_mut().zip(parts) {
            let value = (x - mean) * scale * gain + shift;
            *out = if ADD { *out + value } else { value };
        }
    }
}

/// The sum of a function of every number, in eight strands so that it can be vectorised.
#[inline]
fn sum(numbers: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (eights, rest) = numbers.as_chunks::<8>();
    let mut sums = [0f32; 8];
    for eight in eights {
        for i in 0..8 {
            sums[i] += of(eight[i]);
        }
    }
    let mut sum = joined(sums);
    for x in rest {
        sum += of(*x);
    }
    sum
}
