//! A score of each target, averaged over targets.
//!
//! Comes in: true and predicted labels, and what each row is about. Goes out: the mean over targets of a statistic of
//! their confusion counts, with an interval. Each target has the same weight however many rows it has.

use super::confusion::ConfusionMatrix;
use super::interval::middle;
use super::resample::Resample;
use super::scores::mean;
use crate::label::Label;

/// Confusion counts of each target, of all rows and of resampled data sets.
#[derive(Debug, Clone)]
pub struct MeanOverTargets {
    counts: Vec<ConfusionMatrix>,
    draws: Vec<Vec<ConfusionMatrix>>,
}

impl MeanOverTargets {
    /// Counts the rows of each target; a row without one takes no part. Draws as
    /// [`Bootstrap::new`](super::Bootstrap::new) does.
    ///
    /// # Panics
    /// If the lengths differ or a label is not below `n_classes`.
    pub fn new(
        truth: &[Label],
        predicted: &[Label],
        n_classes: usize,
        targets: &[Option<u32>],
        groups: Option<&[u32]>,
        draws: usize,
        seed: u64,
    ) -> Self {
        assert_eq!((truth.len(), truth.len()), (predicted.len(), targets.len()), "true labels against rows");
        let n_targets = targets.iter().flatten().max().map_or(0, |&last| last as usize + 1);
        let rows_of: Vec<Vec<usize>> = (0..n_targets)
            .map(|target| (0..truth.len()).filter(|&row| targets[row] == Some(target as u32)).collect())
            .collect();
        let pick = |labels: &[Label], rows: &[usize]| rows.iter().map(|&row| labels[row]).collect::<Vec<_>>();
        let parts: Vec<_> =
            rows_of.iter().map(|rows| (rows, pick(truth, rows), pick(predicted, rows))).collect();
        let count = |times: &[u64]| -> Vec<ConfusionMatrix> {
            let part = |(rows, truth, predicted): &(&Vec<usize>, Vec<Label>, Vec<Label>)| {
                let times: Vec<u64> = rows.iter().map(|&row| times[row]).collect();
                ConfusionMatrix::weighted(truth, predicted, n_classes, &times)
            };
            parts.iter().map(part).collect()
        };
        let kind = |row: usize| (truth[row], predicted[row], targets[row]);
        let resample = Resample::new(truth.len(), |a, b| kind(a).cmp(&kind(b)), groups, draws, seed);
        MeanOverTargets { counts: count(&vec![1; truth.len()]), draws: resample.map(1, count) }
    }

    /// The mean of `statistic` over the targets for which it is defined. `None` if there are none.
    pub fn value(&self, statistic: impl Fn(&ConfusionMatrix) -> Option<f64>) -> Option<f64> {
        mean(self.counts.iter().filter_map(statistic))
    }

    /// The middle [`LEVEL`](super::LEVEL) of that mean over the draws. `None` if it is never defined.
    pub fn interval(&self, statistic: impl Fn(&ConfusionMatrix) -> Option<f64>) -> Option<[f64; 2]> {
        middle(self.draws.iter().filter_map(|counts| mean(counts.iter().filter_map(&statistic))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_has_the_same_weight() {
        // Target 0: against 2/2 + 1 = 2/3, favor 2/3; target 1: both right once; the last row is about nothing.
        let truth = [0, 0, 2, 0, 2, 0].map(Label);
        let predicted = [0, 2, 2, 0, 2, 2].map(Label);
        let targets = [Some(0), Some(0), Some(0), Some(1), Some(1), None];
        let means = MeanOverTargets::new(&truth, &predicted, 3, &targets, None, 200, 7);
        let poles = [Label(2), Label(0)];
        let favor_against = |counts: &ConfusionMatrix| counts.mean_f1(&poles);
        let value = means.value(favor_against).unwrap();
        assert!((value - (2.0 / 3.0 + 1.0) / 2.0).abs() < 1e-15, "{value}");
        let [low, high] = means.interval(favor_against).unwrap();
        assert!(low < value && value < high, "{low} {high}");
    }

    #[test]
    fn without_targets_there_is_no_mean() {
        let means = MeanOverTargets::new(&[Label(0)], &[Label(0)], 2, &[None], None, 10, 7);
        assert_eq!(
            (means.value(ConfusionMatrix::accuracy), means.interval(ConfusionMatrix::accuracy)),
            (None, None)
        );
    }
}
