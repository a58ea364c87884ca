//! How often each class was taken for each other.
//!
//! Comes in: true and predicted labels. Goes out: counts, the only thing that the scores are computed from.

use crate::label::Label;

/// Counts of rows by true and predicted class; rows are truth, columns are predictions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfusionMatrix {
    n_classes: usize,
    counts: Vec<u64>,
}

impl ConfusionMatrix {
    /// A matrix of zeros, (n_classes, n_classes).
    pub fn zeros(n_classes: usize) -> Self {
        ConfusionMatrix { n_classes, counts: vec![0; n_classes * n_classes] }
    }

    /// Counts `truth` against `predicted`, one of each a row.
    ///
    /// # Panics
    /// If they differ in length or a label is not below `n_classes`.
    pub fn from_labels(truth: &[Label], predicted: &[Label], n_classes: usize) -> Self {
        assert_eq!(truth.len(), predicted.len(), "true labels against predictions");
        let mut matrix = Self::zeros(n_classes);
        for (&truth, &predicted) in truth.iter().zip(predicted) {
            matrix.add(matrix.cell(truth, predicted), 1);
        }
        matrix
    }

    /// The matrix of these counts, one list a true class. `None` unless it is square.
    pub fn from_rows(rows: &[Vec<u64>]) -> Option<Self> {
        let is_square = rows.iter().all(|row| row.len() == rows.len());
        is_square.then(|| ConfusionMatrix { n_classes: rows.len(), counts: rows.concat() })
    }

    /// The counts of both.
    ///
    /// # Panics
    /// If they differ in their number of classes.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        assert_eq!(self.n_classes, other.n_classes, "classes of one matrix against those of another");
        self.counts.iter_mut().zip(&other.counts).for_each(|(sum, count)| *sum += count);
        self
    }

    /// As [`ConfusionMatrix::from_labels`] where row `i` counts `times[i]` times.
    ///
    /// # Panics
    /// If the lengths differ or a label is not below `n_classes`.
    pub fn weighted(truth: &[Label], predicted: &[Label], n_classes: usize, times: &[u64]) -> Self {
        assert_eq!(truth.len(), predicted.len(), "true labels against predictions");
        assert_eq!(truth.len(), times.len(), "true labels against how often they count");
        let mut matrix = Self::zeros(n_classes);
        for ((&truth, &predicted), &times) in truth.iter().zip(predicted).zip(times) {
            matrix.add(matrix.cell(truth, predicted), times);
        }
        matrix
    }

    /// The number of classes.
    pub fn n_classes(&self) -> usize {
        self.n_classes
    }

    /// The rows of class `truth` that were predicted as class `predicted`.
    ///
    /// # Panics
    /// If a label is not below `n_classes`.
    pub fn count(&self, truth: Label, predicted: Label) -> u64 {
        self.counts[self.cell(truth, predicted)]
    }

    /// The counts, one slice a true class.
    pub fn rows(&self) -> impl Iterator<Item = &[u64]> {
        self.counts.chunks_exact(self.n_classes.max(1))
    }

    /// All rows.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Rows whose prediction is right.
    pub fn correct(&self) -> u64 {
        self.counts.iter().step_by(self.n_classes + 1).sum()
    }

    /// Rows of the class.
    ///
    /// # Panics
    /// If the label is not below `n_classes`.
    pub fn support(&self, class: Label) -> u64 {
        let start = self.cell(class, Label(0));
        self.counts[start..start + self.n_classes].iter().sum()
    }

    /// Rows predicted as the class.
    ///
    /// # Panics
    /// If the label is not below `n_classes`.
    pub fn predictions(&self, class: Label) -> u64 {
        let start = self.cell(Label(0), class);
        self.counts[start..].iter().step_by(self.n_classes).sum()
    }

    /// The labels, in order.
    pub(super) fn classes(&self) -> impl Iterator<Item = Label> + use<> {
        (0..self.n_classes).map(Label::from_index)
    }

    fn add(&mut self, cell: usize, count: u64) {
        self.counts[cell] += count;
    }

    fn cell(&self, truth: Label, predicted: Label) -> usize {
        for label in [truth, predicted] {
            assert!(label.index() < self.n_classes, "label {} of {} classes", label.0, self.n_classes);
        }
        truth.index() * self.n_classes + predicted.index()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_truth_and_columns_are_predictions() {
        let (truth, predicted) = ([0, 0, 1, 2].map(Label), [0, 1, 1, 1].map(Label));
        let matrix = ConfusionMatrix::from_labels(&truth, &predicted, 3);
        assert_eq!(matrix.rows().collect::<Vec<_>>(), [[1, 1, 0], [0, 1, 0], [0, 1, 0]]);
        assert_eq!((matrix.support(Label(1)), matrix.predictions(Label(1)), matrix.correct()), (1, 3, 2));
        assert_eq!((matrix.support(Label(0)), matrix.predictions(Label(2)), matrix.total()), (2, 0, 4));
    }

    #[test]
    fn counts_are_taken_as_they_are_and_added_up() {
        let rows = vec![vec![1, 2], vec![0, 4]];
        let matrix = ConfusionMatrix::from_rows(&rows).unwrap();
        assert!(matrix.rows().eq(rows.iter().map(Vec::as_slice)));
        let twice = matrix.clone().plus(&matrix);
        assert_eq!((twice.total(), twice.count(Label(0), Label(1))), (14, 4));
        assert_eq!(ConfusionMatrix::from_rows(&[vec![1, 2]]), None);
    }

    #[test]
    #[should_panic(expected = "label 3 of 3 classes")]
    fn a_label_out_of_range_is_a_broken_promise() {
        ConfusionMatrix::from_labels(&[Label(0)], &[Label(3)], 3);
    }
}
