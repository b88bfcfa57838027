//! Maxout (Goodfellow et al. 2013) followed by layer normalisation (Ba et al. 2016).

use super::Linear;
use crate::text::data::{MaxoutData, Tensor};

/// The layer: `pieces` linear outputs for each number, of which the largest counts.
#[derive(Debug)]
pub(in crate::text) struct Maxout {
    linear: Linear,
    pieces: usize,
    bias: Vec<f32>,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl Maxout {
    pub(in crate::text) fn new(data: MaxoutData) -> Result<Self, String> {
        let linear = Linear::from_parts(data.inputs, data.weights, Tensor::default())?;
        let width = data.gain.0.len();
        if data.pieces == 0
            || linear.outputs() != width * data.pieces
            || data.bias.0.len() != width * data.pieces
            || data.shift.0.len() != width
        {
            return Err(format!(
                "a maxout layer of {width} by {} has {} outputs",
                data.pieces,
                linear.outputs()
            ));
        }
        Ok(Self {
            linear,
            pieces: data.pieces,
            bias: data.bias.0,
            gain: data.gain.0,
            shift: data.shift.0,
        })
    }

    pub(in crate::text) fn width(&self) -> usize {
        self.gain.len()
    }

    pub(in crate::text) fn linear(&self) -> &Linear {
        &self.linear
    }

    /// Takes the largest piece of each number of `y`, the linear outputs of one row, and
    /// normalises; `out` gets the sum of itself and the result where `add` is set.
    pub(in crate::text) fn activate(&self, y: &[f32], out: &mut [f32], add: bool) {
        let width = self.width();
        let mut best = [0f32; 512];
        let best = &mut best[..width];
        let pieces = y.chunks_exact(self.pieces).zip(self.bias.chunks_exact(self.pieces));
        for (max, (y, bias)) in best.iter_mut().zip(pieces) {
            *max = y.iter().zip(bias).map(|(y, b)| y + b).fold(f32::NEG_INFINITY, f32::max);
        }
        let mean = best.iter().sum::<f32>() / width as f32;
        let variance = best.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / width as f32;
        let scale = 1.0 / (variance + 1e-8).sqrt();
        for (i, out) in out[..width].iter_mut().enumerate() {
            let value = (best[i] - mean) * scale * self.gain[i] + self.shift[i];
            *out = if add { *out + value } else { value };
        }
    }
}
