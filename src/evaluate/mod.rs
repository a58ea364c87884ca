//! Questions asked of a pipeline, and of the people who labeled its rows.
//!
//! Comes in: a pipeline and a labeled corpus, or truth and probabilities; or several specs and a corpus
//! ([`benchmark`]). Goes out: an [`EvaluationReport`] or its like. Knows nothing of how it will look.

pub(crate) mod agreement;
pub mod benchmark;
pub(crate) mod report;

pub use agreement::{AgreementReport, ClassAgreement, Disagreement, MOST_LABELS, PairAgreement, agreement};
pub use report::{Baseline, Calibration, Confusion, Estimate, EvaluationReport, Slice};

use ndarray::Array2;

use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::pipeline::Pipeline;

/// Scores every row of `corpus` and compares with its labels. Intervals resample groups where the corpus has
/// them; breakdowns are by the columns that it kept. The same numbers with any number of threads.
///
/// # Errors
/// [`Error::Parameter`] if the corpus has other labels than the pipeline.
pub fn evaluate(pipeline: &Pipeline, corpus: &Corpus, threads: usize, seed: u64) -> Result<EvaluationReport> {
    let labels = pipeline.labels();
    if corpus.labels() != labels {
        let found = corpus.labels().names().join(", ");
        return Err(Error::parameter("labels", labels.names().join(", "), found));
    }
    let mut probabilities = Array2::zeros((corpus.len(), labels.len()));
    for (mut row, score) in
        probabilities.rows_mut().into_iter().zip(pipeline.score_all(corpus.texts(), threads))
    {
        row.assign(&ndarray::ArrayView1::from(&score.probabilities));
    }
    let (truth, groups, by) = (corpus.truth(), corpus.groups(), corpus.kept());
    Ok(EvaluationReport::new(labels, truth, probabilities.view(), groups, by, seed))
}
