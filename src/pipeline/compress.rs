//! Fewer features at almost the same accuracy.
//!
//! Comes in: counts and the most that accuracy may fall by. Goes out: how often the features can be halved before it falls further
//! on rows held out, and the halving itself. A step keeps the half of the columns with the largest weights and fits anew, so that those
//! left take over what they can (recursive feature elimination, Guyon et al. 2002). Only rows held out decide; each fold halves
//! on its own training rows.

use ndarray::Array2;
use serde::{Deserialize, Serialize};

use super::fit::Fits;
use super::heads::{FittedHeads, Selection};
use crate::corpus::{Labeling, complement};
use crate::error::{Error, Result};
use crate::features::{Counts, Fitted};
use crate::linear::LinearModel;
use crate::threads::in_order;

/// Times that the features are halved at most: a 64th is left.
const MOST_STEPS: usize = 6;

/// What halving the features cost, and how far it went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compression {
    /// All features first, then half of them, and so on.
    pub steps: Vec<CompressionStep>,
    /// The step whose features the model has.
    pub taken: usize,
}

/// A number of features.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompressionStep {
    /// Features of the fit on all rows.
    pub features: usize,
    /// Share of right answers over all rows, each scored by the fold that held it out; in [0, 1].
    pub accuracy: f64,
}

/// What the folds found.
pub(super) struct Halving {
    /// Decision values of every row by the fold that held it out, at the step taken.
    pub(super) decisions: Array2<f64>,
    /// Accuracy at each step, all features first.
    accuracy: Vec<f64>,
    pub(super) taken: usize,
}

impl Halving {
    /// The same for the report, of `n_features` before the first step.
    pub(super) fn report(self, n_features: usize) -> Compression {
        let step = |(step, accuracy)| CompressionStep { features: halved(n_features, step), accuracy };
        Compression { steps: self.accuracy.into_iter().enumerate().map(step).collect(), taken: self.taken }
    }
}

/// What is left of `n` after so many steps.
fn halved(n: usize, steps: usize) -> usize {
    (0..steps).fold(n, |n, _| n.div_ceil(2))
}

impl Fits<'_> {
    /// Tries all steps on the rows that each fold holds out, and takes the last one before accuracy has fallen by more than
    /// `most_points` hundredths.
    ///
    /// # Errors
    /// [`Error::Fit`] without folds, and as every fit.
    pub(super) fn halve(&self, held_out: &[Vec<usize>], c: f64, most_points: f64) -> Result<Halving> {
        if held_out.is_empty() {
            let reason = "compression needs two rows of each class, and two groups, to see what it costs";
            return Err(Error::Fit { reason: reason.into() });
        }
        let n_classes = self.corpus.labels().len();
        let mut decisions = vec![Array2::zeros((self.corpus.len(), n_classes)); MOST_STEPS + 1];
        let folds = in_order(held_out.len(), self.threads, |fold| self.halve_fold(&held_out[fold], c));
        for (fold, steps) in held_out.iter().zip(folds) {
            for (of_all, of_fold) in decisions.iter_mut().zip(steps?) {
                for (&row, values) in fold.iter().zip(of_fold.rows()) {
                    of_all.row_mut(row).assign(&values);
                }
            }
        }
        let accuracy: Vec<f64> = decisions.iter().map(|d| accuracy(d, self.corpus)).collect();
        let least = accuracy[0] - most_points / 100.0;
        let taken = accuracy.iter().take_while(|value| **value >= least).count() - 1;
        Ok(Halving { decisions: decisions.swap_remove(taken), accuracy, taken })
    }

    /// Decision values of the rows held out, at each step.
    fn halve_fold(&self, held_out: &[usize], c: f64) -> Result<Vec<Array2<f64>>> {
        self.watched.check()?;
        let rows = complement(held_out, self.corpus.len());
        let mut columns = self.counts.fit(&rows);
        let mut out = Vec::with_capacity(MOST_STEPS + 1);
        loop {
            let heads = self.on(&columns, &rows, c, 1)?;
            let x = self.counts.transform(&columns, held_out);
            out.push(Selection::of(self.corpus, held_out).decide(&heads, &x));
            if out.len() > MOST_STEPS {
                return Ok(out);
            }
            columns = heavier_half(self.counts, &columns, &heads);
        }
    }

    /// The columns left of those fitted on `rows` after so many steps, and how many there were.
    pub(super) fn halve_all(&self, rows: &[usize], c: f64, steps: usize) -> Result<(Fitted, usize)> {
        let mut columns = self.counts.fit(rows);
        let n_features = self.counts.kept(&columns).len();
        for _ in 0..steps {
            let heads = self.on(&columns, rows, c, self.threads)?;
            columns = heavier_half(self.counts, &columns, &heads);
        }
        Ok((columns, n_features))
    }
}

/// The half of the columns whose largest weight is largest; of equal ones the first.
fn heavier_half(counts: &Counts, columns: &Fitted, heads: &FittedHeads) -> Fitted {
    let weights = heads.largest_weights();
    let mut kept = counts.kept(columns);
    let half = halved(kept.len(), 1);
    kept.sort_by(|&a, &b| weights[b].total_cmp(&weights[a]));
    kept.truncate(half);
    kept.sort_unstable();
    columns.only(&kept)
}

/// Share of the rows whose largest decision value is that of their label.
fn accuracy(decisions: &Array2<f64>, corpus: &Labeling) -> f64 {
    let rows = decisions.rows().into_iter().zip(corpus.truth());
    rows.filter(|(values, truth)| LinearModel::best(*values) == **truth).count() as f64 / corpus.len() as f64
}

#[cfg(test)]
mod tests {
    use crate::corpus::Corpus;
    use crate::error::Error;
    use crate::features::FeatureSet;
    use crate::label::{Label, LabelSet};
    use crate::pipeline::PipelineSpec;

    /// Two words tell the classes; of the others each row has some.
    fn corpus() -> Corpus {
        let texts = (0..240).map(|i| {
            let noise: Vec<String> = (0..6).map(|k| format!("w{}", (i * 31 + k * 17 + i * k) % 89)).collect();
            format!("{} {}", ["agreed", "refused"][i % 2], noise.join(" "))
        });
        let truth = (0..240).map(|i| Label([2, 0][i % 2])).collect();
        Corpus::new(LabelSet::stance(), texts.collect(), truth)
    }

    fn spec(compress: Option<f64>) -> PipelineSpec {
        PipelineSpec { compress, ..PipelineSpec::new(FeatureSet::built_in("words-1").unwrap()) }
    }

    #[test]
    fn features_without_a_say_go_and_the_telling_ones_stay() {
        let corpus = corpus();
        let whole = spec(None).fit(&corpus).unwrap();
        let small = spec(Some(0.1)).fit(&corpus).unwrap();
        let n = whole.vectorizer().n_features();
        let compression = small.training().compression.as_ref().unwrap();
        assert!(compression.taken >= 3, "{compression:?}");
        assert_eq!((compression.steps[0].features, compression.steps[1].features), (n, n.div_ceil(2)));
        let left = &compression.steps[compression.taken];
        assert_eq!(small.vectorizer().n_features(), left.features);
        assert!(left.accuracy >= compression.steps[0].accuracy - 0.001);
        let names = small.vectorizer().feature_names().unwrap();
        assert!(names.contains(&"word:agreed") && names.contains(&"word:refused"), "{names:?}");
        assert!(small.to_bytes().len() < whole.to_bytes().len());
        for text in ["they agreed", "they refused"] {
            assert_eq!(small.score(text).label, whole.score(text).label);
        }
    }

    #[test]
    fn a_compressed_model_is_the_same_with_any_number_of_threads_and_comes_back_from_its_file() {
        let fit = |threads| spec(Some(0.5)).fit_with(&corpus(), threads, &|_| {}).unwrap().to_bytes();
        let bytes = fit(1);
        assert!(bytes == fit(3));
        assert!(crate::Pipeline::from_bytes(&bytes, "m").unwrap().to_bytes() == bytes);
    }

    #[test]
    fn what_cannot_be_compressed_is_refused() {
        let one = corpus().subset(&[0, 1]);
        assert!(
            matches!(spec(Some(0.1)).fit(&one), Err(Error::Fit { reason }) if reason.contains("compression needs"))
        );
        assert!(matches!(spec(Some(-1.0)).fit(&corpus()), Err(Error::Parameter { .. })));
    }
}
