//! The scores of probabilities and how far they could have come out otherwise.
//!
//! Comes in: true labels, a distribution a row, perhaps groups. Goes out: Brier score, log loss, calibration error,
//! ROC AUC and average precision, of all rows and of resampled data sets. What a row contributes is worked out once;
//! a data set drawn only weighs it.

use std::cmp::Ordering;

use ndarray::ArrayView2;

use super::calibration::{N_BINS, bin_of, brier_of, log_loss_of};
use super::interval::middle;
use super::most_likely;
use super::ranking::{Ranking, macro_scores, rankings};
use super::resample::Resample;
use crate::label::Label;

/// Scores of probabilities; each is `None` where it is undefined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ForecastScores {
    /// Mean over classes of the area under the ROC curve, one class against the rest, in [0, 1].
    pub roc_auc: Option<f64>,
    /// Mean over classes of average precision, one class against the rest, in (0, 1].
    pub average_precision: Option<f64>,
    /// As [`brier`](super::brier), in [0, 2].
    pub brier: Option<f64>,
    /// As [`log_loss`](super::log_loss), in nats.
    pub log_loss: Option<f64>,
    /// As [`expected_calibration_error`](super::expected_calibration_error), in [0, 1].
    pub ece: Option<f64>,
}

/// What each row contributes to the scores.
#[derive(Debug, Clone)]
pub struct Forecasts {
    rankings: Vec<Ranking>,
    rows: Vec<RowScores>,
}

#[derive(Debug, Clone, Copy)]
struct RowScores {
    brier: f64,
    log_loss: f64,
    bin: usize,
    confidence: f64,
    is_right: bool,
}

impl Forecasts {
    /// Works out the rows.
    ///
    /// Shape: `probabilities` is (n_samples, n_classes).
    /// # Panics
    /// If there are not as many rows as labels, or a label is out of range.
    pub fn new(truth: &[Label], probabilities: ArrayView2<'_, f64>) -> Self {
        let answers = probabilities.rows().into_iter().zip(most_likely(probabilities));
        let row = |(&label, (row, predicted)): (&Label, (_, Label))| {
            let row: ndarray::ArrayView1<'_, f64> = row;
            let confidence = row[predicted.index()];
            RowScores {
                brier: brier_of(label, row),
                log_loss: log_loss_of(label, row),
                bin: bin_of(confidence),
                confidence,
                is_right: label == predicted,
            }
        };
        Forecasts {
            rankings: rankings(truth, probabilities),
            rows: truth.iter().zip(answers).map(row).collect(),
        }
    }

    /// The ranking by each class.
    pub fn rankings(&self) -> &[Ranking] {
        &self.rankings
    }

    /// The scores of all rows.
    pub fn scores(&self) -> ForecastScores {
        self.weighted(&vec![1; self.rows.len()])
    }

    /// The scores where row `i` counts `times[i]` times.
    fn weighted(&self, times: &[u64]) -> ForecastScores {
        let (mut n, mut brier, mut log_loss, mut gaps) = (0, 0.0, 0.0, [0.0f64; N_BINS]);
        for (row, &times) in self.rows.iter().zip(times).filter(|(_, times)| **times > 0) {
            let weight = times as f64;
            n += times;
            brier += weight * row.brier;
            log_loss += weight * row.log_loss;
            gaps[row.bin] += weight * (f64::from(u8::from(row.is_right)) - row.confidence);
        }
        let (roc_auc, average_precision) = macro_scores(&self.rankings, |row| times[row]);
        let mean = |sum: f64| (n > 0).then(|| sum / n as f64);
        ForecastScores {
            roc_auc,
            average_precision,
            brier: mean(brier),
            log_loss: mean(log_loss),
            ece: mean(gaps.iter().map(|gap| gap.abs()).sum()),
        }
    }
}

/// The scores of as many resampled data sets as were drawn.
#[derive(Debug, Clone)]
pub struct ForecastBootstrap {
    draws: Vec<ForecastScores>,
}

impl ForecastBootstrap {
    /// Draws as [`Bootstrap::new`](super::Bootstrap::new) does, from the same rows or groups, with up to `threads`
    /// threads; the same numbers with any number of them.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn new(
        truth: &[Label],
        probabilities: ArrayView2<'_, f64>,
        groups: Option<&[u32]>,
        draws: usize,
        seed: u64,
        threads: usize,
    ) -> Self {
        let (forecasts, predicted) = (Forecasts::new(truth, probabilities), most_likely(probabilities));
        let order = |a: usize, b: usize| {
            let by_cell = (truth[a], predicted[a]).cmp(&(truth[b], predicted[b]));
            let pairs = probabilities.row(a).into_iter().zip(probabilities.row(b));
            pairs.fold(by_cell, |order, (x, y)| order.then_with(|| x.total_cmp(y)))
        };
        let order: &dyn Fn(usize, usize) -> Ordering = &order;
        let resample = Resample::new(truth.len(), order, groups, draws, seed);
        ForecastBootstrap { draws: resample.map(threads, |times| forecasts.weighted(times)) }
    }

    /// The middle [`LEVEL`](super::LEVEL) of one score over the draws; draws in which it is undefined are left out.
    /// `None` if nothing is left.
    pub fn interval(&self, score: impl Fn(&ForecastScores) -> Option<f64>) -> Option<[f64; 2]> {
        middle(self.draws.iter().filter_map(score).collect())
    }
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use super::*;
    use crate::metrics::{brier, calibration_bins, expected_calibration_error, log_loss};

    /// Rows whose first class has evenly spread probabilities that are right about as often as they say.
    fn rows(n: usize) -> (Vec<Label>, Array2<f64>) {
        let p = |i: usize| (i as f64 * 0.618_033_988_75).fract();
        let truth = (0..n).map(|i| Label(u16::from((i as f64 * 0.414_213_562).fract() > p(i)))).collect();
        (truth, Array2::from_shape_fn((n, 2), |(i, c)| if c == 0 { p(i) } else { 1.0 - p(i) }))
    }

    #[test]
    fn the_scores_are_those_of_the_functions_for_one_score() {
        let (truth, p) = rows(97);
        let scores = Forecasts::new(&truth, p.view()).scores();
        let ece = expected_calibration_error(&calibration_bins(&truth, p.view()));
        for (ours, theirs) in [
            (scores.brier, brier(&truth, p.view())),
            (scores.log_loss, log_loss(&truth, p.view())),
            (scores.ece, ece),
        ] {
            assert!((ours.unwrap() - theirs.unwrap()).abs() < 1e-12, "{ours:?} {theirs:?}");
        }
    }

    #[test]
    fn the_interval_of_a_mean_is_the_one_of_theory() {
        let (truth, p) = rows(400);
        let forecasts = Forecasts::new(&truth, p.view());
        let mean = forecasts.scores().brier.unwrap();
        let variance = forecasts.rows.iter().map(|r| (r.brier - mean).powi(2)).sum::<f64>() / 400.0;
        let half = 1.96 * (variance / 400.0).sqrt();
        let bootstrap = ForecastBootstrap::new(&truth, p.view(), None, 1000, 1, 2);
        let [low, high] = bootstrap.interval(|s| s.brier).unwrap();
        assert!((low - mean + half).abs() < 0.15 * half && (high - mean - half).abs() < 0.15 * half);
        let [low, high] = bootstrap.interval(|s| s.roc_auc).unwrap();
        let auc = forecasts.scores().roc_auc.unwrap();
        assert!(low < auc && auc < high && high - low < 0.12, "{low} {auc} {high}");
    }

    #[test]
    fn the_intervals_depend_neither_on_threads_nor_on_row_order() {
        let (truth, p) = rows(60);
        let alone = ForecastBootstrap::new(&truth, p.view(), None, 50, 1, 1);
        assert_eq!(ForecastBootstrap::new(&truth, p.view(), None, 50, 1, 3).draws, alone.draws);
        let back: Vec<Label> = truth.iter().rev().copied().collect();
        let mut p_back = p.view();
        p_back.invert_axis(ndarray::Axis(0));
        let turned = ForecastBootstrap::new(&back, p_back, None, 50, 1, 1);
        let auc = |b: &ForecastBootstrap| b.interval(|s| s.roc_auc);
        assert_eq!(auc(&turned), auc(&alone));
    }
}
