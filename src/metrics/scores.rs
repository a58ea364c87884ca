//! Scores of single-label predictions.
//!
//! Comes in: a [`ConfusionMatrix`]. Goes out: numbers, `None` where a definition divides by zero. Conventions
//! are scikit-learn's: F1 = 2 tp / (2 tp + fp + fn), so a class with rows but without predictions has F1 0
//! (and no precision); a class with neither has no F1 and takes no part in an average.

use serde::Serialize;

use super::confusion::ConfusionMatrix;
use crate::label::Label;

/// Scores of one class, each in [0, 1].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ClassScores {
    /// Right predictions among the predictions; `None` without predictions.
    pub precision: Option<f64>,
    /// Right predictions among the rows; `None` without rows.
    pub recall: Option<f64>,
    /// Harmonic mean of the two; `None` without rows and predictions.
    pub f1: Option<f64>,
    /// Rows of the class.
    pub support: u64,
}

impl ConfusionMatrix {
    /// The share of right predictions, in [0, 1]. `None` without rows.
    pub fn accuracy(&self) -> Option<f64> {
        ratio(self.correct(), self.total())
    }

    /// Mean recall of the classes that have rows, in [0, 1]. `None` without rows.
    pub fn balanced_accuracy(&self) -> Option<f64> {
        mean(self.classes().filter_map(|class| self.scores(class).recall))
    }

    /// Precision, recall, F1 and support of one class.
    ///
    /// # Panics
    /// If the label is not below `n_classes`.
    pub fn scores(&self, class: Label) -> ClassScores {
        let (support, predictions) = (self.support(class), self.predictions(class));
        let hits = self.count(class, class);
        ClassScores {
            precision: ratio(hits, predictions),
            recall: ratio(hits, support),
            f1: ratio(2 * hits, support + predictions),
            support,
        }
    }

    /// Mean F1 of the classes that have rows or predictions, in [0, 1]. `None` without rows.
    pub fn macro_f1(&self) -> Option<f64> {
        mean(self.classes().filter_map(|class| self.scores(class).f1))
    }

    /// F1 over the pooled counts of all classes, in [0, 1]; with one label a row this is the accuracy.
    pub fn micro_f1(&self) -> Option<f64> {
        self.accuracy()
    }

    /// Mean F1 of the classes weighted by their support, in [0, 1]. `None` without rows.
    pub fn weighted_f1(&self) -> Option<f64> {
        let scores = self.classes().map(|class| self.scores(class));
        let sum: f64 = scores.map(|s| s.f1.map_or(0.0, |f1| f1 * s.support as f64)).sum();
        (self.total() > 0).then(|| sum / self.total() as f64)
    }

    /// Mean F1 of `classes`, in [0, 1], of those that have rows or predictions. For favor and against this is
    /// the metric of SemEval-2016 task 6 (Mohammad et al. 2016). `None` if none of them has.
    ///
    /// # Panics
    /// If a label is not below `n_classes`.
    pub fn mean_f1(&self, classes: &[Label]) -> Option<f64> {
        mean(classes.iter().filter_map(|&class| self.scores(class).f1))
    }

    /// Matthews correlation coefficient for several classes, in [-1, 1]. `None` if truth or predictions are
    /// constant. Source: Gorodkin 2004, R_K.
    pub fn mcc(&self) -> Option<f64> {
        let (n, agreement) = self.chance_products();
        let (mut of_truth, mut of_predictions) = (n * n, n * n);
        for class in self.classes() {
            let (support, predictions) = (self.support(class) as f64, self.predictions(class) as f64);
            of_truth -= support * support;
            of_predictions -= predictions * predictions;
        }
        let spread = of_truth.sqrt() * of_predictions.sqrt();
        (spread > 0.0).then(|| (self.correct() as f64 * n - agreement) / spread)
    }

    /// Cohen's kappa, agreement beyond chance, at most 1. `None` if truth and predictions are the same
    /// constant. Source: Cohen 1960.
    pub fn kappa(&self) -> Option<f64> {
        let products = self.classes().map(|class| self.support(class) * self.predictions(class));
        kappa(self.total(), self.correct(), products.sum())
    }

    /// The number of rows n, and n^2 times the agreement expected by chance.
    fn chance_products(&self) -> (f64, f64) {
        let product = |class| self.support(class) as f64 * self.predictions(class) as f64;
        (self.total() as f64, self.classes().map(product).sum())
    }
}

/// Cohen's kappa of `n` rows of which `equal` agree; `products` is the sum over classes of the rows that one and
/// that the other put there, multiplied.
pub(super) fn kappa(n: u64, equal: u64, products: u64) -> Option<f64> {
    let (n, equal, agreement) = (n as f64, equal as f64, products as f64);
    let beyond = n * n - agreement;
    (beyond > 0.0).then(|| (equal * n - agreement) / beyond)
}

pub(super) fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

pub(super) fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (n, sum) = values.fold((0u32, 0.0), |(n, sum), value| (n + 1, sum + value));
    (n > 0).then(|| sum / f64::from(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(truth: &[u16], predicted: &[u16]) -> ConfusionMatrix {
        let labels = |indices: &[u16]| indices.iter().map(|&i| Label(i)).collect::<Vec<_>>();
        ConfusionMatrix::from_labels(&labels(truth), &labels(predicted), 3)
    }

    #[test]
    fn precision_divides_by_predictions_and_recall_by_rows() {
        // Predictions [T, T, T, F] for truth [T, F, F, F].
        let scores = matrix(&[1, 0, 0, 0], &[1, 1, 1, 0]).scores(Label(1));
        assert_eq!((scores.precision, scores.recall, scores.f1), (Some(1.0 / 3.0), Some(1.0), Some(0.5)));
    }

    #[test]
    fn a_class_without_rows_and_predictions_is_left_out_and_one_without_predictions_is_zero() {
        let counts = matrix(&[0, 0, 1], &[0, 0, 0]);
        assert_eq!(counts.scores(Label(1)).f1, Some(0.0));
        assert_eq!(counts.scores(Label(1)).precision, None);
        assert_eq!(counts.scores(Label(2)).f1, None);
        assert_eq!(counts.macro_f1(), Some(0.4));
        assert_eq!(counts.mean_f1(&[Label(0), Label(2)]), Some(0.8));
        assert_eq!(counts.mean_f1(&[Label(2)]), None);
    }

    #[test]
    fn nothing_is_known_of_no_rows() {
        let none = matrix(&[], &[]);
        let scores = [
            none.accuracy(),
            none.balanced_accuracy(),
            none.macro_f1(),
            none.weighted_f1(),
            none.mcc(),
            none.kappa(),
        ];
        assert_eq!(scores, [None; 6]);
    }

    #[test]
    fn correlation_with_a_constant_is_undefined() {
        let constant = matrix(&[0, 1, 2], &[1, 1, 1]);
        assert_eq!((constant.mcc(), constant.kappa()), (None, Some(0.0)));
        assert_eq!(matrix(&[1, 1], &[1, 1]).kappa(), None);
    }
}
