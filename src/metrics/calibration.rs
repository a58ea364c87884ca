//! How far probabilities can be believed.
//!
//! Comes in: true labels and a distribution a row. Goes out: proper scores and the gap between confidence and
//! accuracy. Smaller is better throughout.

use ndarray::{ArrayView1, ArrayView2};
use serde::Serialize;

use super::most_likely;
use crate::label::Label;
use crate::numeric::ln;

/// Equal-width bins of confidence in [`calibration_bins`].
pub const N_BINS: usize = 15;

/// Probabilities are kept this far from 0 and 1 before their logarithm is taken.
pub const LOG_CLIP: f64 = f64::EPSILON;

/// Mean over rows of the squared distance to the truth, summed over classes, in [0, 2]; the form for several
/// classes of Brier 1950. `None` without rows.
///
/// Shape: `probabilities` is (n_samples, n_classes).
/// # Panics
/// If there are not as many rows as labels, or a label is out of range.
pub fn brier(truth: &[Label], probabilities: ArrayView2<'_, f64>) -> Option<f64> {
    mean_over_rows(truth, probabilities, brier_of)
}

/// What one row contributes to [`brier`].
pub(super) fn brier_of(label: Label, row: ArrayView1<'_, f64>) -> f64 {
    row.iter().enumerate().map(|(c, p)| (p - f64::from(u8::from(c == label.index()))).powi(2)).sum()
}

/// Mean over rows of -ln(probability of the true class), in nats, probabilities clipped to
/// [[`LOG_CLIP`], 1 - [`LOG_CLIP`]]. `None` without rows.
///
/// Shape: `probabilities` is (n_samples, n_classes).
/// # Panics
/// If there are not as many rows as labels, or a label is out of range.
pub fn log_loss(truth: &[Label], probabilities: ArrayView2<'_, f64>) -> Option<f64> {
    mean_over_rows(truth, probabilities, log_loss_of)
}

/// What one row contributes to [`log_loss`].
pub(super) fn log_loss_of(label: Label, row: ArrayView1<'_, f64>) -> f64 {
    -ln(row[label.index()].clamp(LOG_CLIP, 1.0 - LOG_CLIP))
}

/// Rows whose top probability falls into one bin.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CalibrationBin {
    /// The bin holds confidences above this ...
    pub low: f64,
    /// ... up to and including this.
    pub high: f64,
    /// Rows in the bin.
    pub n: u64,
    /// Mean probability of the predicted class, in [0, 1]. `None` without rows.
    pub confidence: Option<f64>,
    /// Share of right predictions, in [0, 1]. `None` without rows.
    pub accuracy: Option<f64>,
}

/// Confidence against accuracy in [`N_BINS`] bins of equal width over (0, 1]. Source: Guo et al. 2017,
/// section 2.
///
/// Shape: `probabilities` is (n_samples, n_classes).
/// # Panics
/// If there are not as many rows as labels.
pub fn calibration_bins(truth: &[Label], probabilities: ArrayView2<'_, f64>) -> Vec<CalibrationBin> {
    assert_eq!(truth.len(), probabilities.nrows(), "true labels against rows of probabilities");
    let mut sums = [(0u64, 0u64, 0.0f64); N_BINS]; // rows, right predictions, confidence
    for ((&label, row), predicted) in truth.iter().zip(probabilities.rows()).zip(most_likely(probabilities)) {
        let confidence = row[predicted.index()];
        let bin = bin_of(confidence);
        sums[bin].0 += 1;
        sums[bin].1 += u64::from(label == predicted);
        sums[bin].2 += confidence;
    }
    let bin = |(i, (n, right, confidence)): (usize, (u64, u64, f64))| CalibrationBin {
        low: edge(i),
        high: edge(i + 1),
        n,
        confidence: (n > 0).then(|| confidence / n as f64),
        accuracy: (n > 0).then(|| right as f64 / n as f64),
    };
    sums.into_iter().enumerate().map(bin).collect()
}

/// Where bin `i` begins.
fn edge(i: usize) -> f64 {
    i as f64 / N_BINS as f64
}

/// The bin that a confidence falls into.
pub(super) fn bin_of(confidence: f64) -> usize {
    (1..N_BINS).take_while(|&i| confidence > edge(i)).count()
}

/// Expected calibration error: the mean gap between confidence and accuracy over bins, weighted by rows, in
/// [0, 1]. `None` without rows.
pub fn expected_calibration_error(bins: &[CalibrationBin]) -> Option<f64> {
    let n: u64 = bins.iter().map(|b| b.n).sum();
    let gaps = bins.iter().filter_map(|b| Some((b.accuracy? - b.confidence?).abs() * b.n as f64));
    (n > 0).then(|| gaps.sum::<f64>() / n as f64)
}

fn mean_over_rows(
    truth: &[Label],
    probabilities: ArrayView2<'_, f64>,
    loss: impl Fn(Label, ArrayView1<'_, f64>) -> f64,
) -> Option<f64> {
    assert_eq!(truth.len(), probabilities.nrows(), "true labels against rows of probabilities");
    let sum: f64 = truth.iter().zip(probabilities.rows()).map(|(&label, row)| loss(label, row)).sum();
    (!truth.is_empty()).then(|| sum / truth.len() as f64)
}

#[cfg(test)]
mod tests {
    use ndarray::{Array2, arr2};

    use super::*;

    #[test]
    fn a_certain_mistake_costs_a_finite_amount() {
        let (truth, sure) = ([Label(0)], arr2(&[[0.0, 1.0]]));
        assert_eq!(brier(&truth, sure.view()), Some(2.0));
        assert_eq!(log_loss(&truth, sure.view()), Some(-ln(f64::EPSILON)));
    }

    #[test]
    fn a_bin_includes_its_upper_edge() {
        let third = 10.0 / 15.0;
        let p = arr2(&[[third, 1.0 - third], [0.0, 1.0]]);
        let bins = calibration_bins(&[Label(0), Label(0)], p.view());
        assert_eq!((bins[9].n, bins[9].accuracy, bins[9].high), (1, Some(1.0), third));
        assert_eq!((bins[14].n, bins[14].accuracy, bins[14].confidence), (1, Some(0.0), Some(1.0)));
        assert_eq!(expected_calibration_error(&bins), Some((1.0 - third + 1.0) / 2.0));
    }

    #[test]
    fn nothing_is_known_of_no_rows() {
        let none = Array2::zeros((0, 3));
        assert_eq!((brier(&[], none.view()), log_loss(&[], none.view())), (None, None));
        assert_eq!(expected_calibration_error(&calibration_bins(&[], none.view())), None);
    }
}
