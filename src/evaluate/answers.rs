//! True labels with the answers to them, whole or in part.

use ndarray::ArrayView2;
use serde::Serialize;

use crate::label::{Label, LabelSet};
use crate::metrics::{Bootstrap, ConfusionMatrix, DRAWS, most_likely};

/// A score with its bootstrap interval, both in the score's own unit.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Estimate {
    /// The score.
    pub value: Option<f64>,
    /// Lower and upper end.
    pub interval: Option<[f64; 2]>,
}

/// The scores that stand at the top of every report, of some rows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Headline {
    /// Rows.
    pub n: usize,
    /// Share of right predictions.
    pub accuracy: Estimate,
    /// Mean F1 of the classes that have rows or predictions among these rows.
    pub macro_f1: Estimate,
    /// Mean F1 of favor and against; label sets with both only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub favor_against_f1: Option<Estimate>,
}

/// True labels and probabilities of the same rows.
#[derive(Debug, Clone)]
pub struct Answers<'a> {
    pub(super) labels: &'a LabelSet,
    pub(super) truth: &'a [Label],
    pub(super) probabilities: ArrayView2<'a, f64>,
    pub(super) predicted: Vec<Label>,
    pub(super) groups: Option<&'a [u32]>,
}

impl<'a> Answers<'a> {
    /// The prediction is the most likely class, among equals the first. With `groups`, intervals come from drawing
    /// whole groups.
    ///
    /// Shape: `probabilities` is (n_samples, n_classes).
    /// # Panics
    /// If the lengths differ.
    pub fn new(
        labels: &'a LabelSet,
        truth: &'a [Label],
        probabilities: ArrayView2<'a, f64>,
        groups: Option<&'a [u32]>,
    ) -> Self {
        assert_eq!(probabilities.ncols(), labels.len(), "columns of probabilities against classes");
        assert_eq!(probabilities.nrows(), truth.len(), "rows of probabilities against true labels");
        Answers { labels, truth, probabilities, predicted: most_likely(probabilities), groups }
    }

    /// The labels favor and against, where the set has both.
    pub(super) fn poles(&self) -> Option<[Label; 2]> {
        let class = |name: &str| self.labels.names().iter().position(|n| n == name).map(Label::from_index);
        class("favor").zip(class("against")).map(|(favor, against)| [favor, against])
    }

    /// The probability of the predicted class of a row.
    pub(super) fn confidence(&self, row: usize) -> f64 {
        self.probabilities[[row, self.predicted[row].index()]]
    }

    /// Rows, the most confident first, equals in order.
    pub(super) fn by_confidence(&self) -> Vec<usize> {
        let mut rows: Vec<usize> = (0..self.truth.len()).collect();
        rows.sort_by(|&a, &b| self.confidence(b).total_cmp(&self.confidence(a)));
        rows
    }

    /// Confusion counts of `rows`.
    pub(super) fn counts(&self, rows: &[usize]) -> ConfusionMatrix {
        let pick = |labels: &[Label]| rows.iter().map(|&row| labels[row]).collect::<Vec<_>>();
        ConfusionMatrix::from_labels(&pick(self.truth), &pick(&self.predicted), self.labels.len())
    }

    /// The scores of `rows` with intervals from data sets drawn among them.
    pub(super) fn headline(&self, rows: &[usize], seed: u64) -> Headline {
        let pick = |labels: &[Label]| rows.iter().map(|&row| labels[row]).collect::<Vec<_>>();
        let groups: Option<Vec<u32>> =
            self.groups.map(|groups| rows.iter().map(|&row| groups[row]).collect());
        let (truth, predicted, n_classes) = (pick(self.truth), pick(&self.predicted), self.labels.len());
        let bootstrap = Bootstrap::new(&truth, &predicted, n_classes, groups.as_deref(), DRAWS, seed);
        let counts = ConfusionMatrix::from_labels(&truth, &predicted, n_classes);
        let estimate = |score: &dyn Fn(&ConfusionMatrix) -> Option<f64>| Estimate {
            value: score(&counts),
            interval: bootstrap.interval(score),
        };
        Headline {
            n: rows.len(),
            accuracy: estimate(&ConfusionMatrix::accuracy),
            macro_f1: estimate(&ConfusionMatrix::macro_f1),
            favor_against_f1: self.poles().map(|poles| estimate(&|counts| counts.mean_f1(&poles))),
        }
    }
}
