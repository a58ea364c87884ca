//! Answers as columns on the right of a record batch.
//!
//! Comes in: models and a schema, then batches. Goes out: each batch with its columns as they were and those of
//! [`answer_columns`] behind them, row by row the same answers as on the right of a [`table`](super::table).

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::builder::{BooleanBufferBuilder, StringBuilder};
use arrow_array::{Array, ArrayRef, Float64Array, RecordBatch, RecordBatchOptions};
use arrow_buffer::NullBuffer;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};

use super::table::answer_columns;
use crate::article::Models;
use crate::corpus::{Texts, free_names};
use crate::pipeline::{Pipeline, Score, Scorer};
use crate::text::{Passage, is_blank};

/// Rows that a thread takes at a time where there are several.
const PART_ROWS: usize = 1024;

/// Scores the rows of batches of one schema, with the same numbers at any number of threads.
pub struct BatchScorer<'p> {
    schema: SchemaRef,
    places: Places,
    /// What each thread scores with, from batch to batch.
    desks: Vec<Mutex<Vec<Scorer<'p>>>>,
    pipelines: Vec<&'p Pipeline>,
}

/// Columns that are read.
#[derive(Debug, Clone, Copy)]
struct Places {
    text: usize,
    target: Option<usize>,
}

/// A batch with its answers.
#[derive(Debug, Clone)]
pub struct ScoredBatch {
    /// The columns that came, then those of the answers: labels as strings, numbers as 64-bit floats, nothing where
    /// there is no text.
    pub batch: RecordBatch,
    /// Rows whose text is missing or empty.
    pub n_empty: usize,
}

impl<'p> BatchScorer<'p> {
    /// A scorer of batches of `schema`, whose column `text` holds the texts, and `target` what each is toward. New names
    /// that are taken become `predicted_...`.
    pub fn new(
        models: &Models<'p>,
        schema: &Schema,
        text: usize,
        target: Option<usize>,
        threads: usize,
    ) -> Self {
        let pipelines: Vec<&Pipeline> = models.iter().map(|(_, pipeline)| pipeline).collect();
        let taken: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
        let names = free_names(&taken, &answer_columns(models));
        let kinds = pipelines.iter().flat_map(|pipeline| kinds(pipeline));
        let new = names.iter().zip(kinds).map(|(name, kind)| Arc::new(Field::new(name, kind, true)));
        let fields = schema.fields().iter().cloned().chain(new).collect::<Vec<_>>();
        let schema = Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone()));
        let desk = || Mutex::new(pipelines.iter().map(|pipeline| pipeline.scorer()).collect());
        let desks = std::iter::repeat_with(desk).take(threads.max(1)).collect();
        BatchScorer { schema, places: Places { text, target }, desks, pipelines }
    }

    /// The columns of every [`ScoredBatch`].
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Scores one batch.
    ///
    /// # Errors
    /// If a column of texts or targets is none of strings, or another column's kind is not that of the schema.
    pub fn score(&self, batch: &RecordBatch) -> Result<ScoredBatch, ArrowError> {
        let parts = self.parts(batch)?;
        let n_empty = parts.iter().map(|part| part.n_empty).sum();
        let mut columns = batch.columns().to_vec();
        for at in 0..self.schema.fields().len() - columns.len() {
            let pieces: Vec<&dyn Array> = parts.iter().map(|part| &*part.columns[at]).collect();
            columns.push(match parts.as_slice() {
                [only] => only.columns[at].clone(),
                _ => arrow_select::concat::concat(&pieces)?,
            });
        }
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        let batch = RecordBatch::try_new_with_options(self.schema.clone(), columns, &options)?;
        Ok(ScoredBatch { batch, n_empty })
    }

    /// The answers to all rows, in parts that follow each other; at least one.
    fn parts(&self, batch: &RecordBatch) -> Result<Vec<Part>, ArrowError> {
        let texts = |at: usize| {
            Texts::of(batch.column(at))
                .ok_or_else(|| ArrowError::InvalidArgumentError(format!("column {at} holds no strings")))
        };
        let text = texts(self.places.text)?;
        let target = self.places.target.map(texts).transpose()?;
        let n_rows = batch.num_rows();
        let share = if self.desks.len() == 1 { n_rows.max(1) } else { PART_ROWS };
        let n_parts = n_rows.div_ceil(share).max(1);
        let next = AtomicUsize::new(0);
        let done = Mutex::new(Vec::with_capacity(n_parts));
        let work = |desk: &Mutex<Vec<Scorer<'p>>>| {
            let mut scorers = desk.lock().unwrap_or_else(PoisonError::into_inner);
            while let Some(number) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|&n| n < n_parts) {
                let rows = number * share..n_rows.min((number + 1) * share);
                let mut columns: Vec<Answers> = self.pipelines.iter().map(|p| Answers::new(p)).collect();
                let mut n_empty = 0;
                for row in rows {
                    let passage = text.get(row).filter(|text| !is_blank(text)).map(|text| {
                        let target = target.as_ref().and_then(|t| t.get(row)).map(str::trim);
                        Passage::from(text).toward(target.filter(|name| !name.is_empty()))
                    });
                    n_empty += usize::from(passage.is_none());
                    for (column, scorer) in columns.iter_mut().zip(scorers.iter_mut()) {
                        column.push(passage.map(|passage| scorer.score(passage)));
                    }
                }
                let columns = columns.into_iter().flat_map(Answers::finish).collect();
                done.lock().unwrap_or_else(PoisonError::into_inner).push((number, Part { columns, n_empty }));
            }
        };
        std::thread::scope(|scope| {
            self.desks[1..].iter().take(n_parts - 1).for_each(|desk| {
                scope.spawn(|| work(desk));
            });
            work(&self.desks[0]);
        });
        let mut parts = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        parts.sort_unstable_by_key(|(number, _)| *number);
        Ok(parts.into_iter().map(|(_, part)| part).collect())
    }
}

/// Answers to neighbouring rows, a column each.
struct Part {
    columns: Vec<ArrayRef>,
    n_empty: usize,
}

/// The answers of one model, column by column.
struct Answers<'p> {
    pipeline: &'p Pipeline,
    labels: StringBuilder,
    /// The score, where the labels have polarity, and a probability a class.
    numbers: Vec<Vec<f64>>,
    weights: Option<StringBuilder>,
    present: BooleanBufferBuilder,
}

/// The kinds of one model's columns, in the order of [`answer_columns`].
fn kinds(pipeline: &Pipeline) -> Vec<DataType> {
    let mut kinds = vec![DataType::Utf8];
    kinds.extend(std::iter::repeat_n(DataType::Float64, n_numbers(pipeline)));
    kinds.extend(pipeline.targets().next().map(|_| DataType::Utf8));
    kinds
}

fn n_numbers(pipeline: &Pipeline) -> usize {
    usize::from(pipeline.labels().has_polarity()) + pipeline.labels().len()
}

impl<'p> Answers<'p> {
    fn new(pipeline: &'p Pipeline) -> Self {
        Answers {
            pipeline,
            labels: StringBuilder::new(),
            numbers: vec![Vec::new(); n_numbers(pipeline)],
            weights: pipeline.targets().next().map(|_| StringBuilder::new()),
            present: BooleanBufferBuilder::new(0),
        }
    }

    fn push(&mut self, score: Option<Score>) {
        self.present.append(score.is_some());
        let Some(score) = score else {
            self.labels.append_null();
            self.numbers.iter_mut().for_each(|column| column.push(0.0));
            self.weights.iter_mut().for_each(StringBuilder::append_null);
            return;
        };
        self.labels.append_value(self.pipeline.labels().name_of(score.label));
        let numbers = score.score.into_iter().chain(score.probabilities.iter().copied());
        self.numbers.iter_mut().zip(numbers).for_each(|(column, number)| column.push(number));
        self.weights.iter_mut().for_each(|column| column.append_value(score.weights()));
    }

    fn finish(mut self) -> Vec<ArrayRef> {
        let present = NullBuffer::new(self.present.finish());
        let mut columns: Vec<ArrayRef> = vec![Arc::new(self.labels.finish())];
        for numbers in self.numbers {
            columns.push(Arc::new(Float64Array::new(numbers.into(), Some(present.clone()))));
        }
        columns.extend(self.weights.map(|mut weights| Arc::new(weights.finish()) as ArrayRef));
        columns
    }
}
