//! An affine layer.

use crate::text::data::{LinearData, Tensor};

/// `y = W x + b`.
#[derive(Debug)]
pub(in crate::text) struct Linear {
    inputs: usize,
    outputs: usize,
    /// `outputs` rows of `inputs`.
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// Checks the shapes; an empty bias stands for none.
    pub(in crate::text) fn new(data: LinearData) -> Result<Self, String> {
        Self::from_parts(data.inputs, data.weights, data.bias)
    }

    pub(in crate::text) fn from_parts(
        inputs: usize,
        weights: Tensor,
        bias: Tensor,
    ) -> Result<Self, String> {
        let outputs = weights.0.len().checked_div(inputs).unwrap_or(0);
        if outputs == 0 || weights.0.len() != outputs * inputs {
            return Err(format!("{} weights do not fit {inputs} inputs", weights.0.len()));
        }
        if !bias.0.is_empty() && bias.0.len() != outputs {
            return Err(format!("{} biases for {outputs} outputs", bias.0.len()));
        }
        Ok(Self { inputs, outputs, weights: weights.0, bias: bias.0 })
    }

    pub(in crate::text) fn inputs(&self) -> usize {
        self.inputs
    }

    pub(in crate::text) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Applies the layer to rows of `x` that begin `stride` numbers apart, and may overlap.
    pub(in crate::text) fn apply(&self, x: &[f32], stride: usize, rows: usize, y: &mut Vec<f32>) {
        y.clear();
        y.reserve(rows * self.outputs);
        for row in 0..rows {
            let input = &x[row * stride..row * stride + self.inputs];
            for (o, weights) in self.weights.chunks_exact(self.inputs).enumerate() {
                y.push(dot(weights, input) + self.bias.get(o).copied().unwrap_or(0.0));
            }
        }
    }
}

/// The scalar product, in eight strands so that it can be vectorised.
pub(in crate::text) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a8, a_rest) = a.as_chunks::<8>();
    let (b8, b_rest) = b.as_chunks::<8>();
    let mut sums = [0f32; 8];
    for (x, y) in a8.iter().zip(b8) {
        for i in 0..8 {
            sums[i] += x[i] * y[i];
        }
    }
    sums.iter().sum::<f32>() + a_rest.iter().zip(b_rest).map(|(x, y)| x * y).sum::<f32>()
}
