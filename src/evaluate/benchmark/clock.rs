//! How long an entry takes and how large it is: the only place in the library that reads a clock.
//!
//! Comes in: a spec with a fixed C and a corpus. Goes out: seconds and sizes of one fit on all rows, on one thread,
//! with nothing beside it. The seconds are the only numbers of a benchmark that differ from run to run.

use std::time::Instant;

use serde::{Deserialize, Serialize};

use crate::corpus::Corpus;
use crate::error::Result;
use crate::linear::CalibrationKind;
use crate::pipeline::PipelineSpec;
use crate::text::Passage;

/// Scorings of all rows, of which the median time counts.
const SCORINGS: usize = 3;

/// What a model of all rows costs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Cost {
    /// Columns.
    pub(super) n_features: usize,
    /// Size of the model file, in bytes.
    pub(super) model_bytes: usize,
    /// Reading the texts and fitting, in seconds.
    pub(super) fit_seconds: f64,
    /// Scoring all rows from their texts, in seconds.
    pub(super) score_seconds: f64,
}

/// Fits `spec` with this C and without calibration on all rows, then scores them.
///
/// # Errors
/// As [`PipelineSpec::fit`].
pub(super) fn cost(spec: &PipelineSpec, c: f64, corpus: &Corpus) -> Result<Cost> {
    let mut spec = PipelineSpec { search: Vec::new(), calibration: CalibrationKind::Softmax, ..spec.clone() };
    spec.model.c = c;
    let (pipeline, fit_seconds) = timed(|| spec.fit(corpus));
    let pipeline = pipeline?;
    let passages: Vec<Passage<'_>> = corpus.passages().collect();
    let mut scorings: Vec<f64> =
        (0..SCORINGS).map(|_| timed(|| pipeline.score_all(&passages, 1)).1).collect();
    scorings.sort_unstable_by(f64::total_cmp);
    Ok(Cost {
        n_features: pipeline.vectorizer().n_features(),
        model_bytes: pipeline.to_bytes().len(),
        fit_seconds,
        score_seconds: scorings[SCORINGS / 2],
    })
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let started = Instant::now();
    let done = work();
    (done, started.elapsed().as_secs_f64())
}
