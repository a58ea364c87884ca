//! Questions asked of a pipeline, and of the people who labeled its rows.
//!
//! Comes in: a pipeline and a labeled corpus, or truth and probabilities; or several specs and a corpus
//! ([`benchmark`]). Goes out: an [`EvaluationReport`] or its like. Knows nothing of how it will look.

pub(crate) mod agreement;
mod answers;
pub mod benchmark;
mod coverage;
mod mistakes;
pub(crate) mod report;
mod slices;
mod versus;

pub use agreement::{AgreementReport, ClassAgreement, Disagreement, MOST_LABELS, PairAgreement, agreement};
pub use answers::{Answers, Estimate, Headline};
pub use coverage::{AboveThreshold, CoveragePoint};
pub use mistakes::Mistake;
pub use report::{Baseline, Calibration, ClassReport, Confusion, EvaluationReport, Intervals};
pub use slices::{FEW_ROWS, Slice};
pub use versus::{Comparison, DiscordantRow, Versus};

use ndarray::{Array2, ArrayView1};

use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::metrics::{DRAWS, MeanOverTargets};
use crate::pipeline::Pipeline;

/// What an evaluation is asked for beside the scores.
#[derive(Debug, Clone, Copy)]
pub struct EvaluateOptions<'p> {
    /// Threads to use; the numbers are the same with any number.
    pub threads: usize,
    /// Seed of the bootstrap.
    pub seed: u64,
    /// A confidence in [0, 1]: the rows at or above it are scored apart.
    pub threshold: Option<f64>,
    /// How many of the most confident mistakes to list and explain.
    pub errors: Option<usize>,
    /// A second model with its name, to compare with on the same rows.
    pub versus: Option<(&'p str, &'p Pipeline)>,
}

impl Default for EvaluateOptions<'_> {
    fn default() -> Self {
        EvaluateOptions { threads: 1, seed: 7, threshold: None, errors: None, versus: None }
    }
}

/// Scores every row of `corpus` and compares with its labels. Intervals resample groups where the corpus has
/// them; breakdowns are by the columns that it kept. The same numbers with any number of threads.
///
/// # Errors
/// [`Error::Parameter`] if the corpus or the second model has other labels than the pipeline.
pub fn evaluate(
    pipeline: &Pipeline,
    corpus: &Corpus,
    options: &EvaluateOptions<'_>,
) -> Result<EvaluationReport> {
    let EvaluateOptions { threads, seed, .. } = *options;
    let (labels, groups) = (pipeline.labels(), corpus.groups());
    if corpus.labels() != labels {
        let found = corpus.labels().names().join(", ");
        return Err(Error::parameter("labels", labels.names().join(", "), found));
    }
    if let Some((name, other)) = options.versus
        && other.labels().names() != labels.names()
    {
        let found = format!("{} in {name}", other.labels().names().join(", "));
        return Err(Error::parameter("versus", format!("a model of {}", labels.names().join(", ")), found));
    }

    let probabilities = probabilities(pipeline, corpus, threads);
    let answers = Answers::new(labels, corpus.truth(), probabilities.view(), groups);
    let mut report = EvaluationReport::new(&answers, corpus.kept(), seed, threads);
    report.favor_against_f1_by_target = mean_over_targets(&answers, corpus, seed);
    report.threshold = options.threshold.map(|threshold| coverage::above(&answers, threshold, seed));
    report.errors = options.errors.map(|n| mistakes::mistakes(pipeline, &answers, corpus, n));
    report.versus = options.versus.map(|(name, other)| {
        let theirs = self::probabilities(other, corpus, threads);
        let theirs = Answers::new(labels, corpus.truth(), theirs.view(), groups);
        versus::versus(name, &answers, &theirs, corpus, options.errors.unwrap_or(0), seed)
    });
    Ok(report)
}

/// The probabilities of all rows. Shape: (n_samples, n_classes).
fn probabilities(pipeline: &Pipeline, corpus: &Corpus, threads: usize) -> Array2<f64> {
    let mut probabilities = Array2::zeros((corpus.len(), pipeline.labels().len()));
    let scores = pipeline.score_all(corpus.texts(), threads);
    for (mut row, score) in probabilities.rows_mut().into_iter().zip(scores) {
        row.assign(&ArrayView1::from(&score.probabilities));
    }
    probabilities
}

/// Favor/against F1 of each target, averaged; `None` where rows have no targets or the labels no poles.
fn mean_over_targets(answers: &Answers<'_>, corpus: &Corpus, seed: u64) -> Option<Estimate> {
    let (poles, targets) = (answers.poles()?, corpus.targets()?);
    let (truth, n_classes) = (answers.truth, answers.labels.len());
    let means =
        MeanOverTargets::new(truth, &answers.predicted, n_classes, targets, answers.groups, DRAWS, seed);
    let value = means.value(|counts| counts.mean_f1(&poles));
    Some(Estimate { value, interval: means.interval(|counts| counts.mean_f1(&poles)) })
}
