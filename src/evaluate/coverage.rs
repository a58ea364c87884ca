//! What is left, and how good it is, where a model may say that it does not know.

use serde::Serialize;

use super::answers::{Answers, Headline};

/// Points of the curve, at most.
const POINTS: usize = 20;

/// The rows answered with at least some confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CoveragePoint {
    /// The least probability of a predicted class, in [0, 1].
    pub threshold: f64,
    /// Rows at or above it.
    pub n: usize,
    /// Their share of all rows, in [0, 1].
    pub coverage: f64,
    /// Share of right predictions among them.
    pub accuracy: Option<f64>,
    /// Macro F1 among them.
    pub macro_f1: Option<f64>,
}

/// The scores of the rows at or above one threshold.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AboveThreshold {
    /// The least probability of a predicted class, in [0, 1].
    pub threshold: f64,
    /// The share of rows at or above it, in [0, 1]. `None` without rows.
    pub coverage: Option<f64>,
    /// Their scores.
    #[serde(flatten)]
    pub scores: Headline,
}

/// The curve by rising threshold, at confidences that occur, at about equal steps of coverage. Empty without rows.
pub(super) fn coverage_curve(answers: &Answers<'_>) -> Vec<CoveragePoint> {
    let rows = answers.by_confidence();
    let point = |step: usize| {
        let threshold = answers.confidence(rows[(rows.len() * step).div_ceil(POINTS) - 1]);
        let kept = &rows[..rows.partition_point(|&row| answers.confidence(row) >= threshold)];
        let counts = answers.counts(kept);
        CoveragePoint {
            threshold,
            n: kept.len(),
            coverage: kept.len() as f64 / rows.len() as f64,
            accuracy: counts.accuracy(),
            macro_f1: counts.macro_f1(),
        }
    };
    let steps = if rows.is_empty() { 0 } else { POINTS };
    let mut curve: Vec<CoveragePoint> = (1..=steps).rev().map(point).collect();
    curve.dedup_by_key(|point| point.n);
    curve
}

/// The rows at or above `threshold`.
pub(super) fn above(answers: &Answers<'_>, threshold: f64, seed: u64) -> AboveThreshold {
    let n = answers.truth.len();
    let rows: Vec<usize> = (0..n).filter(|&row| answers.confidence(row) >= threshold).collect();
    let coverage = (n > 0).then(|| rows.len() as f64 / n as f64);
    AboveThreshold { threshold, coverage, scores: answers.headline(&rows, seed) }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array2, arr2};

    use super::*;
    use crate::label::{Label, LabelSet};

    #[test]
    fn thresholds_rise_through_confidences_that_occur() {
        let p = Array2::from_shape_fn((100, 2), |(i, c)| {
            let p = 0.5 + i as f64 / 200.0;
            if c == 0 { p } else { 1.0 - p }
        });
        let truth: Vec<Label> = (0..100).map(|i| Label(u16::from(i < 50 && i % 2 == 0))).collect();
        let labels = LabelSet::new("l", vec!["a".into(), "b".into()]).unwrap();
        let curve = coverage_curve(&Answers::new(&labels, &truth, p.view(), None));
        assert_eq!((curve.len(), curve[0].n, curve[0].accuracy), (20, 100, Some(0.75)));
        assert!(curve.windows(2).all(|w| w[0].threshold < w[1].threshold && w[0].coverage > w[1].coverage));
        assert_eq!((curve[10].n, curve[10].accuracy), (50, Some(1.0)));
    }

    #[test]
    fn rows_of_equal_confidence_stay_together() {
        let p = arr2(&[[0.6, 0.4], [0.6, 0.4], [0.9, 0.1]]);
        let labels = LabelSet::new("l", vec!["a".into(), "b".into()]).unwrap();
        let truth = [0, 1, 0].map(Label);
        let answers = Answers::new(&labels, &truth, p.view(), None);
        assert_eq!(coverage_curve(&answers).iter().map(|p| p.n).collect::<Vec<_>>(), [3, 1]);
        let above = above(&answers, 0.9, 7);
        assert_eq!((above.scores.n, above.scores.accuracy.value), (1, Some(1.0)));
        assert_eq!(super::above(&answers, 0.95, 7).scores.accuracy.value, None);
    }
}
