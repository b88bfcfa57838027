//! An affine layer.

use ndarray::{ArrayView2, ArrayViewMut2, ShapeBuilder, linalg::general_mat_mul};

use crate::text::data::{LinearData, Tensor};

/// `y = W x + b`.
#[derive(Debug)]
pub(in crate::text) struct Linear {
    inputs: usize,
    outputs: usize,
    /// `outputs` rows of `inputs`.
    weights: Vec<f32>,
    /// As long as `outputs`, or empty.
    bias: Vec<f32>,
}

impl Linear {
    /// Checks the shapes.
    pub(in crate::text) fn new(data: LinearData) -> Result<Self, String> {
        Self::from_parts(data.inputs, data.weights, data.bias)
    }

    /// Checks the shapes; an empty bias stands for none.
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

    /// `outputs` rows of `inputs`.
    pub(super) fn weights(&self) -> &[f32] {
        &self.weights
    }

    pub(super) fn bias(&self) -> &[f32] {
        &self.bias
    }

    /// Applies the layer to rows of `x` that begin `stride` numbers apart, and may overlap. `y`
    /// gets one row of outputs for each.
    pub(in crate::text) fn apply(&self, x: &[f32], stride: usize, rows: usize, y: &mut Vec<f32>) {
        y.resize(rows * self.outputs, 0.0);
        let into = if self.bias.is_empty() {
            0.0
        } else {
            y.chunks_exact_mut(self.outputs).for_each(|row| row.copy_from_slice(&self.bias));
            1.0
        };
        let x = ArrayView2::from_shape((rows, self.inputs).strides((stride, 1)), x);
        let w = ArrayView2::from_shape((self.outputs, self.inputs), &self.weights);
        let y = ArrayViewMut2::from_shape((rows, self.outputs), y);
        let (Ok(x), Ok(w), Ok(mut y)) = (x, w, y) else {
            unreachable!("the caller gives as many numbers as the rows need");
        };
        general_mat_mul(1.0, &x, &w.t(), into, &mut y);
    }
}

/// The scalar product, in eight strands so that it can be vectorised.
pub(in crate::text) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let ((a8, a_rest), (b8, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0f32; 8];
    for at in 0..a8.len().min(b8.len()) {
        for i in 0..8 {
            sums[i] += a8[at][i] * b8[at][i];
        }
    }
    let mut sum = joined(sums);
    for at in 0..a_rest.len().min(b_rest.len()) {
        sum += a_rest[at] * b_rest[at];
    }
    sum
}

/// The sum of eight strands. Written out: an iterator would keep them in memory.
#[inline]
pub(super) fn joined(s: [f32; 8]) -> f32 {
    ((s[0] + s[4]) + (s[1] + s[5])) + ((s[2] + s[6]) + (s[3] + s[7]))
}

/// Reorders rows that stand as `groups × pieces` into `pieces × groups`, so that the pieces of
/// neighbouring numbers lie side by side and are compared at once.
pub(in crate::text) fn pieces_first(rows: &[f32], groups: usize, pieces: usize) -> Vec<f32> {
    let length = rows.len() / (groups * pieces).max(1);
    let mut reordered = Vec::with_capacity(rows.len());
    for piece in 0..pieces {
        for group in 0..groups {
            let at = (group * pieces + piece) * length;
            reordered.extend_from_slice(&rows[at..at + length]);
        }
    }
    reordered
}
