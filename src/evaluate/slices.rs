//! The scores of the rows that have one value in a column.

use std::collections::BTreeMap;

use serde::Serialize;

use super::answers::Answers;
use crate::ordered::Ordered;

/// A slice of fewer rows says little.
pub const FEW_ROWS: usize = 20;

/// The scores of some of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Slice {
    /// Rows.
    pub n: usize,
    /// Share of right predictions.
    pub accuracy: Option<f64>,
    /// Mean F1 of the classes that have rows or predictions among these rows.
    pub macro_f1: Option<f64>,
    /// Mean F1 of favor and against among these rows; label sets with both only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub favor_against_f1: Option<Option<f64>>,
    /// Interval of the accuracy.
    pub accuracy_interval: Option<[f64; 2]>,
    /// Interval of macro F1.
    pub macro_f1_interval: Option<[f64; 2]>,
    /// Whether there are fewer rows than [`FEW_ROWS`].
    pub is_small: bool,
}

/// The slices of a column, by value, sorted.
///
/// # Panics
/// If there are not as many values as rows.
pub(super) fn slices(answers: &Answers<'_>, values: &[String], seed: u64) -> Ordered<Slice> {
    assert_eq!(values.len(), answers.truth.len(), "values of a column against true labels");
    let mut rows: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (row, value) in values.iter().enumerate() {
        rows.entry(value).or_default().push(row);
    }
    let slice = |(value, rows): (&str, Vec<usize>)| {
        let scores = answers.headline(&rows, seed);
        let slice = Slice {
            n: scores.n,
            accuracy: scores.accuracy.value,
            macro_f1: scores.macro_f1.value,
            favor_against_f1: scores.favor_against_f1.map(|estimate| estimate.value),
            accuracy_interval: scores.accuracy.interval,
            macro_f1_interval: scores.macro_f1.interval,
            is_small: scores.n < FEW_ROWS,
        };
        (value.to_owned(), slice)
    };
    rows.into_iter().map(slice).collect()
}

impl Ordered<Slice> {
    /// The slices by macro F1, lowest first; those without one last.
    pub fn worst_first(&self) -> Vec<(&str, &Slice)> {
        let mut sorted: Vec<(&str, &Slice)> = self.iter().collect();
        let key = |slice: &Slice| slice.macro_f1.unwrap_or(f64::INFINITY);
        sorted.sort_by(|a, b| key(a.1).total_cmp(&key(b.1)));
        sorted
    }
}
