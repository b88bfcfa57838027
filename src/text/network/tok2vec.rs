//! Vectors of tokens in context: hash embeddings of a word's attributes, a mixing layer, and
//! residual convolutions over a window of three (spaCy's `MultiHashEmbed` and
//! `MaxoutWindowEncoder`).

use super::linear::dot;
use super::maxout::MAX_WIDTH;
use super::{Linear, Maxout};
use crate::text::data::{Attribute, EmbeddingData, Tensor, Tok2VecData};
use crate::text::hashing::embedding_keys;

/// Rows of nothing that stand between sequences, as in spaCy: after the first layer they are no
/// longer zero, and a vector is influenced by four neighbours at most.
const PADDING: usize = 4;

/// The network.
#[derive(Debug)]
pub(in crate::text) struct Tok2Vec {
    width: usize,
    embeddings: Vec<EmbeddingData>,
    vectors: Option<Vec<f32>>,
    mix: Maxout,
    convolutions: Vec<Maxout>,
    /// The weights of the first convolution for each of the three places of a word in its window,
    /// one set of outputs after the other.
    neighbours: Linear,
}

/// Working memory of [`Tok2Vec::encode`].
#[derive(Debug, Default)]
pub(in crate::text) struct Scratch {
    window: Vec<f32>,
    linear: Vec<f32>,
    row: Vec<f32>,
}

impl Tok2Vec {
    pub(in crate::text) fn new(data: Tok2VecData) -> Result<Self, String> {
        let width = data.width;
        let fits = |table: &[f32]| !table.is_empty() && table.len().is_multiple_of(width);
        if width == 0 || width > MAX_WIDTH {
            return Err(format!("a width of {width}; 1 to {MAX_WIDTH} are supported"));
        }
        if !data.embeddings.iter().all(|e| fits(&e.table.0)) {
            return Err("an embedding table does not fit its width".into());
        }
        let columns = data.embeddings.len() + usize::from(data.vectors.is_some());
        if data.mix.inputs != columns * width {
            return Err(format!("{columns} embeddings enter {} inputs", data.mix.inputs));
        }
        if data.vectors.as_ref().is_some_and(|v| !fits(&v.0)) {
            return Err("the projection of the word vectors does not fit its width".into());
        }
        let mix = Maxout::new(data.mix)?;
        let convolutions =
            data.convolutions.into_iter().map(Maxout::new).collect::<Result<Vec<_>, _>>()?;
        if mix.width() != width
            || convolutions.iter().any(|c| c.width() != width || c.linear().inputs() != 3 * width)
        {
            return Err("a layer does not fit the width".into());
        }
        if convolutions.len() > PADDING {
            return Err(format!("{} convolutions, {PADDING} supported", convolutions.len()));
        }
        let vectors = data.vectors.map(|v| v.0);
        let first = convolutions.first().ok_or("no convolution")?;
        let weights = (0..3).flat_map(|part| {
            let rows = first.linear().weights().chunks_exact(3 * width);
            rows.flat_map(move |row| &row[part * width..(part + 1) * width]).copied()
        });
        let weights = Tensor(weights.collect());
        let neighbours = Linear::from_parts(width, weights, Tensor::default())?;
        Ok(Self { width, embeddings: data.embeddings, vectors, mix, convolutions, neighbours })
    }

    pub(in crate::text) fn width(&self) -> usize {
        self.width
    }

    /// Whether the vector of a word depends on the space after it.
    pub(in crate::text) fn reads_spacy(&self) -> bool {
        self.embeddings.iter().any(|e| e.attribute == Attribute::Spacy)
    }

    /// Appends what enters the mixing layer for a word: the sums of its embeddings' rows. `id`
    /// gives an attribute's value, `vector` the word's vector if the model has one for it.
    pub(in crate::text) fn embed(
        &self,
        id: impl Fn(Attribute) -> u64,
        vector: Option<&[f32]>,
        inputs: &mut Vec<f32>,
    ) {
        let width = self.width;
        for embedding in &self.embeddings {
            let start = inputs.len();
            inputs.resize(start + width, 0.0);
            let rows = embedding.table.0.len() / width;
            for key in embedding_keys(id(embedding.attribute), embedding.seed) {
                let row = key as usize % rows * width;
                let row = &embedding.table.0[row..row + width];
                inputs[start..].iter_mut().zip(row).for_each(|(x, r)| *x += r);
            }
        }
        if let Some(projection) = &self.vectors {
            let length = projection.len() / width;
            let rows = projection.chunks_exact(length);
            inputs.extend(rows.map(|w| vector.map_or(0.0, |v| dot(w, v))));
        }
    }

    /// The number of rows that sequences of these lengths take in [`Self::encode`].
    pub(in crate::text) fn rows(lengths: &[usize]) -> usize {
        PADDING + lengths.iter().map(|length| length + PADDING).sum::<usize>()
    }

    /// Where each sequence begins among the rows.
    pub(in crate::text) fn starts(lengths: &[usize]) -> impl Iterator<Item = usize> + '_ {
        lengths.iter().scan(PADDING, |at, length| {
            let start = *at;
            *at += length + PADDING;
            Some(start)
        })
    }

    /// How many numbers [`Self::learn`] gives for a word.
    pub(in crate::text) fn record(&self) -> usize {
        self.width + self.neighbours.outputs()
    }

    /// What is kept of words, from what [`Self::embed`] gave for each: their vectors out of
    /// context, and what they contribute to the first convolution as a left neighbour, as the
    /// word itself and as a right neighbour. That layer is linear before its maxout, so its
    /// products are computed once a word instead of once a token.
    pub(in crate::text) fn learn(&self, inputs: &[f32], out: &mut Vec<f32>, scratch: &mut Scratch) {
        let linear = self.mix.linear();
        let count = inputs.len() / linear.inputs();
        linear.apply(inputs, linear.inputs(), count, &mut scratch.linear);
        scratch.window.resize(count * self.width, 0.0);
        let rows = scratch.linear.chunks_exact(linear.outputs());
        for (y, out) in rows.zip(scratch.window.chunks_exact_mut(self.width)) {
            self.mix.activate::<false>(y, out);
        }
        self.neighbours.apply(&scratch.window, self.width, count, &mut scratch.linear);
        let vectors = scratch.window.chunks_exact(self.width);
        let products = scratch.linear.chunks_exact(self.neighbours.outputs());
        for (vector, products) in vectors.zip(products) {
            out.extend_from_slice(vector);
            out.extend_from_slice(products);
        }
    }

    /// Turns words into vectors in context. `records` gives what [`Self::learn`] kept of the word
    /// in each row, and nothing for the rows between sequences, which [`Self::starts`] lays out.
    pub(in crate::text) fn encode(
        &self,
        records: &[Option<&[f32]>],
        rows: &mut Vec<f32>,
        scratch: &mut Scratch,
    ) {
        let width = self.width;
        let count = records.len();
        rows.clear();
        for record in records {
            match record {
                Some(record) => rows.extend_from_slice(&record[..width]),
                None => rows.resize(rows.len() + width, 0.0),
            }
        }
        let Some((first, convolutions)) = self.convolutions.split_first() else { return };
        self.convolve_known(first, records, rows, scratch);
        for convolution in convolutions {
            // The window of a row is the row itself with its neighbours, so the matrix of windows
            // is the matrix of rows read with overlap.
            scratch.window.clear();
            scratch.window.resize(width, 0.0);
            scratch.window.extend_from_slice(rows);
            scratch.window.resize((count + 2) * width, 0.0);
            convolution.linear().apply(&scratch.window, width, count, &mut scratch.linear);
            let outputs = convolution.linear().outputs();
            for (y, row) in scratch.linear.chunks_exact(outputs).zip(rows.chunks_exact_mut(width)) {
                convolution.activate::<true>(y, row);
            }
        }
    }

    /// The first convolution, from the products that are known for each word.
    fn convolve_known(
        &self,
        layer: &Maxout,
        records: &[Option<&[f32]>],
        rows: &mut [f32],
        scratch: &mut Scratch,
    ) {
        let (width, outputs) = (self.width, layer.linear().outputs());
        for (i, row) in rows.chunks_exact_mut(width).enumerate() {
            let y = &mut scratch.row;
            y.clear();
            y.extend_from_slice(layer.linear().bias());
            let around = [i.checked_sub(1), Some(i), Some(i + 1)];
            for (part, neighbour) in around.into_iter().enumerate() {
                let record = neighbour.and_then(|n| records.get(n).copied().flatten());
                let Some(record) = record else { continue };
                let products = &record[width + part * outputs..width + (part + 1) * outputs];
                y.iter_mut().zip(products).for_each(|(y, product)| *y += product);
            }
            layer.activate::<true>(y, row);
        }
    }
}
