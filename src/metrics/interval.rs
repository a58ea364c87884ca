//! How far a score could have come out otherwise.
//!
//! Comes in: true and predicted labels, perhaps groups. Goes out: percentile bootstrap intervals (Efron 1979)
//! of any statistic of the confusion counts. Where rows of a group are alike, whole groups are drawn.

use super::confusion::ConfusionMatrix;
use super::resample::Resample;
use crate::label::Label;

/// Draws behind an interval, unless another number is asked for.
pub const DRAWS: usize = 1_000;

/// Share of the draws inside an interval.
pub const LEVEL: f64 = 0.95;

/// Confusion counts of as many resampled data sets as were drawn.
#[derive(Debug, Clone)]
pub struct Bootstrap {
    draws: Vec<ConfusionMatrix>,
}

impl Bootstrap {
    /// Draws `draws` data sets, each of as many rows (or, with `groups`, whole groups) as there are, with
    /// replacement. The order of the rows does not matter. With fewer than two rows or groups nothing is
    /// drawn.
    ///
    /// # Panics
    /// If the lengths differ or a label is not below `n_classes`.
    pub fn new(
        truth: &[Label],
        predicted: &[Label],
        n_classes: usize,
        groups: Option<&[u32]>,
        draws: usize,
        seed: u64,
    ) -> Self {
        assert_eq!(truth.len(), predicted.len(), "true labels against predictions");
        let cell = |row: usize| (truth[row], predicted[row]);
        let resample = Resample::new(truth.len(), |a, b| cell(a).cmp(&cell(b)), groups, draws, seed);
        let counts = |times: &[u64]| ConfusionMatrix::weighted(truth, predicted, n_classes, times);
        Bootstrap { draws: resample.map(1, counts) }
    }

    /// The middle [`LEVEL`] of `statistic` over the draws, ends interpolated linearly between ordered values;
    /// draws in which it is undefined are left out. `None` if nothing is left.
    pub fn interval(&self, statistic: impl Fn(&ConfusionMatrix) -> Option<f64>) -> Option<[f64; 2]> {
        middle(self.draws.iter().filter_map(statistic).collect())
    }
}

/// The ends of the middle [`LEVEL`] of `values`; `None` without values.
pub(super) fn middle(mut values: Vec<f64>) -> Option<[f64; 2]> {
    values.sort_unstable_by(f64::total_cmp);
    let tail = (1.0 - LEVEL) / 2.0;
    Some([quantile(&values, tail)?, quantile(&values, 1.0 - tail)?])
}

/// The value below which a share `q` of the sorted `values` lies (Hyndman and Fan 1996, type 7).
fn quantile(values: &[f64], q: f64) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    let at = q * last as f64;
    let below = (at as usize).min(last);
    let above = (below + 1).min(last);
    Some(values[below] + (values[above] - values[below]) * (at - below as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(truth: &[Label], predicted: &[Label], groups: Option<&[u32]>, seed: u64) -> Option<[f64; 2]> {
        Bootstrap::new(truth, predicted, 2, groups, DRAWS, seed).interval(ConfusionMatrix::accuracy)
    }

    /// `n` rows, of which the first four in five are right.
    fn rows(n: usize) -> (Vec<Label>, Vec<Label>) {
        let truth: Vec<Label> = (0..n).map(|i| Label((i % 2) as u16)).collect();
        let predicted = (0..n).map(|i| Label(((i % 2) ^ usize::from(i * 5 >= n * 4)) as u16)).collect();
        (truth, predicted)
    }

    #[test]
    fn the_interval_of_a_share_is_the_one_of_theory() {
        let (truth, predicted) = rows(400);
        let [low, high] = interval(&truth, &predicted, None, 1).unwrap();
        // 0.8 +- 1.96 * sqrt(0.8 * 0.2 / 400) = 0.8 +- 0.0392
        assert!((low - 0.7608).abs() < 0.006 && (high - 0.8392).abs() < 0.006, "{low} {high}");
    }

    #[test]
    fn rows_that_are_copies_do_not_narrow_the_interval_of_groups() {
        let (truth, predicted) = rows(20);
        let copies = |labels: &[Label]| -> Vec<Label> { labels.iter().flat_map(|&l| [l; 10]).collect() };
        let groups: Vec<u32> = (0..200).map(|i| i / 10).collect();
        let width = |[low, high]: [f64; 2]| high - low;
        let once = width(interval(&truth, &predicted, None, 1).unwrap());
        let (truth, predicted) = (copies(&truth), copies(&predicted));
        let grouped = width(interval(&truth, &predicted, Some(&groups), 1).unwrap());
        let naive = width(interval(&truth, &predicted, None, 1).unwrap());
        assert!((grouped - once).abs() < 0.06 && naive < 0.5 * once, "{once} {grouped} {naive}");
    }

    #[test]
    fn the_interval_depends_on_the_seed_and_not_on_row_order() {
        let (mut truth, mut predicted) = rows(50);
        let forward = interval(&truth, &predicted, None, 3);
        truth.reverse();
        predicted.reverse();
        assert_eq!(interval(&truth, &predicted, None, 3), forward);
        let macro_f1 = |seed| {
            Bootstrap::new(&truth, &predicted, 2, None, DRAWS, seed).interval(ConfusionMatrix::macro_f1)
        };
        assert_ne!(macro_f1(4), macro_f1(3));
    }

    #[test]
    fn one_row_or_one_group_has_no_interval() {
        let (truth, predicted) = rows(10);
        assert_eq!(interval(&truth[..1], &predicted[..1], None, 1), None);
        assert_eq!(interval(&truth, &predicted, Some(&[7; 10]), 1), None);
        assert_eq!(Bootstrap::new(&truth, &predicted, 2, None, DRAWS, 1).interval(|_| None), None);
    }

    #[test]
    fn quantiles_are_interpolated() {
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.75), Some(3.0));
        assert_eq!((quantile(&[1.0, 2.0], 1.0), quantile(&[], 0.5)), (Some(2.0), None));
    }
}
