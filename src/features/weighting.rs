//! Counts to values: term frequency, inverse document frequency, norm.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::numeric;

/// How often a feature occurs in a statement, as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TermFrequency {
    /// 1 where it occurs.
    Binary,
    /// The count.
    Raw,
    /// 1 + ln(count).
    #[default]
    Sublinear,
}

/// How much rare features count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InverseDocumentFrequency {
    /// 1 for every feature.
    None,
    /// ln((1 + n) / (1 + df)) + 1, as scikit-learn's `smooth_idf`.
    #[default]
    Smooth,
}

/// What a group's part of a row is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Norm {
    /// Nothing.
    None,
    /// Its Euclidean length.
    #[default]
    L2,
}

/// Counts to values, for one group of features.
///
/// The naive Bayes log-count ratio is a weighting too, but one that depends on classes; it belongs to the
/// learner ([`LinearParams::nb_ratio`](crate::linear::LinearParams)), because this room never sees a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Weighting {
    /// Within the statement.
    pub tf: TermFrequency,
    /// Across the training statements.
    pub idf: InverseDocumentFrequency,
    /// Over the group's part of the row.
    pub norm: Norm,
}

/// 1 + ln(count) for the counts that occur: most of the cost of a row is here otherwise.
static SUBLINEAR: LazyLock<[f64; 64]> =
    LazyLock::new(|| std::array::from_fn(|count| sublinear(count as u32)));

fn sublinear(count: u32) -> f64 {
    1.0 + numeric::ln(f64::from(count))
}

impl TermFrequency {
    #[inline]
    pub(super) fn of(self, count: u32) -> f64 {
        match self {
            _ if count == 1 => 1.0,
            TermFrequency::Binary => 1.0,
            TermFrequency::Raw => f64::from(count),
            TermFrequency::Sublinear => match SUBLINEAR.get(count as usize) {
                Some(&known) => known,
                None => sublinear(count),
            },
        }
    }
}

impl InverseDocumentFrequency {
    /// Rounded to `f32`, the precision of the model file.
    pub(super) fn of(self, document_frequency: u32, n_samples: usize) -> f32 {
        match self {
            InverseDocumentFrequency::None => 1.0,
            InverseDocumentFrequency::Smooth => {
                let ratio = (1.0 + n_samples as f64) / (1.0 + f64::from(document_frequency));
                (numeric::ln(ratio) + 1.0) as f32
            }
        }
    }
}

impl Norm {
    /// The factor for a block whose squared values sum to `sum_of_squares`.
    pub(super) fn factor(self, sum_of_squares: f64) -> f64 {
        match self {
            Norm::L2 if sum_of_squares > 0.0 => 1.0 / sum_of_squares.sqrt(),
            _ => 1.0,
        }
    }
}

/// Weighs one group's part of a row: (column, count) in, (column, value) out, in the order given; columns whose idf
/// is 0 are left out. `values` is a buffer.
///
/// `scale` is the factor on every value; it may be negative.
/// Values do not depend on the order of `counts`: squares are summed on a grid.
#[inline]
pub(super) fn weigh_block(
    weighting: Weighting,
    scale: f64,
    idf: impl Fn(u32) -> f32,
    counts: &[(u32, u32)],
    values: &mut Vec<f64>,
    mut emit: impl FnMut(u32, f32),
) {
    values.clear();
    values.extend(counts.iter().map(|&(column, n)| weighting.tf.of(n) * f64::from(idf(column))));
    let squares = values.iter().map(|value| numeric::to_coarse_grid(value * value));
    let sum_of_squares = if weighting.norm == Norm::None { 0.0 } else { squares.sum() };
    let factor = scale * weighting.norm.factor(sum_of_squares);
    for (&(column, _), &mut value) in counts.iter().zip(values) {
        if value > 0.0 {
            emit(column, (value * factor) as f32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sublinear_smooth_l2_is_the_textbook_formula() {
        let idf = [InverseDocumentFrequency::Smooth.of(1, 3), InverseDocumentFrequency::Smooth.of(3, 3)];
        assert!((f64::from(idf[0]) - (2.0f64.ln() + 1.0)).abs() < 1e-7 && idf[1] == 1.0);
        let mut out = Vec::new();
        let idf = |column: u32| idf[column as usize];
        weigh_block(Weighting::default(), 1.0, idf, &[(0, 2), (1, 1)], &mut Vec::new(), |_, v| {
            out.push(f64::from(v))
        });
        let (a, b) = ((1.0 + 2.0f64.ln()) * (2.0f64.ln() + 1.0), 1.0);
        let length = (a * a + b * b).sqrt();
        assert!((out[0] - a / length).abs() < 1e-6 && (out[1] - b / length).abs() < 1e-6);
    }

    #[test]
    fn values_do_not_depend_on_the_order_of_a_row() {
        let idf: Vec<f32> = (0..200).map(|i| 1.0 + (i as f32) * 0.037).collect();
        let forward: Vec<(u32, u32)> = (0..200).map(|i| (i, 1 + i % 7)).collect();
        let backward: Vec<(u32, u32)> = forward.iter().rev().copied().collect();
        let weigh = |counts: &[(u32, u32)]| {
            let mut out = Vec::new();
            weigh_block(
                Weighting::default(),
                1.0,
                |c| idf[c as usize],
                counts,
                &mut Vec::new(),
                |c, v| out.push((c, v.to_bits())),
            );
            out.sort_unstable();
            out
        };
        assert_eq!(weigh(&forward), weigh(&backward));
    }
}
