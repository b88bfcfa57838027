//! Vectors of tokens in context: hash embeddings of a word's attributes, a mixing layer, and
//! residual convolutions over a window of three (spaCy's `MultiHashEmbed` and
//! `MaxoutWindowEncoder`).

use super::Maxout;
use super::linear::dot;
use super::maxout::MAX_WIDTH;
use crate::text::data::{Attribute, EmbeddingData, Tok2VecData};
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
}

/// Working memory of [`Tok2Vec::encode`].
#[derive(Debug, Default)]
pub(in crate::text) struct Scratch {
    window: Vec<f32>,
    linear: Vec<f32>,
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
        Ok(Self { width, embeddings: data.embeddings, vectors, mix, convolutions })
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

    /// The vectors of words out of context, from what [`Self::embed`] gave for each.
    pub(in crate::text) fn mix(&self, inputs: &[f32], out: &mut Vec<f32>, scratch: &mut Scratch) {
        let linear = self.mix.linear();
        let count = inputs.len() / linear.inputs();
        linear.apply(inputs, linear.inputs(), count, &mut scratch.linear);
        out.resize(count * self.width, 0.0);
        let rows = scratch.linear.chunks_exact(linear.outputs());
        for (y, out) in rows.zip(out.chunks_exact_mut(self.width)) {
            self.mix.activate::<false>(y, out);
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

    /// Turns the vectors of words into vectors in context, in place. `rows` holds sequences of
    /// tokens with rows of zeros around them, laid out as [`Self::starts`] tells.
    pub(in crate::text) fn encode(&self, rows: &mut [f32], scratch: &mut Scratch) {
        let width = self.width;
        let count = rows.len() / width;
        for convolution in &self.convolutions {
            // The window of a row is the row itself with its neighbours, so the matrix of windows
            // is the matrix of rows read with overlap.
            scratch.window.clear();
            scratch.window.resize((count + 2) * width, 0.0);
            scratch.window[width..(count + 1) * width].copy_from_slice(rows);
            convolution.linear().apply(&scratch.window, width, count, &mut scratch.linear);
            let outputs = convolution.linear().outputs();
            for (y, row) in scratch.linear.chunks_exact(outputs).zip(rows.chunks_exact_mut(width)) {
                convolution.activate::<true>(y, row);
            }
        }
    }
}
