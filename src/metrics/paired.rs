//! Whether one classifier is better than another on the same rows.
//!
//! Comes in: true labels and two predictions a row. Goes out: which rows only one gets right, the exact test of
//! McNemar, and intervals for the difference of any score.

use serde::Serialize;

use super::confusion::ConfusionMatrix;
use super::interval::middle;
use super::resample::Resample;
use crate::label::Label;

/// Rows by which of two classifiers gets them right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Discordance {
    /// Both are right.
    pub both_right: u64,
    /// Only the first is right.
    pub only_first: u64,
    /// Only the second is right.
    pub only_second: u64,
    /// Both are wrong.
    pub both_wrong: u64,
}

impl Discordance {
    /// Counts the rows.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn new(truth: &[Label], first: &[Label], second: &[Label]) -> Self {
        assert_eq!(
            (truth.len(), truth.len()),
            (first.len(), second.len()),
            "true labels against predictions"
        );
        let mut counts = [[0; 2]; 2];
        for ((truth, first), second) in truth.iter().zip(first).zip(second) {
            counts[usize::from(first == truth)][usize::from(second == truth)] += 1;
        }
        let [[both_wrong, only_second], [only_first, both_right]] = counts;
        Discordance { both_right, only_first, only_second, both_wrong }
    }

    /// The chance, if neither were better, of counts of rows that only one gets right at least as uneven as these,
    /// in (0, 1]; 1 if there are none. The two-sided exact test of McNemar 1947: both counts are binomial with
    /// one half.
    pub fn p_value(&self) -> f64 {
        let n = self.only_first + self.only_second;
        let (few, mode) = (self.only_first.min(self.only_second), n / 2);
        // Terms of the lower half, relative to the largest: nothing overflows, and what underflows is nothing.
        let (mut term, mut half, mut tail) = (1.0, 0.0, 0.0);
        for k in (0..=mode).rev() {
            half += term;
            tail += if k <= few { term } else { 0.0 };
            term *= k as f64 / (n - k + 1) as f64;
            if term == 0.0 {
                break;
            }
        }
        let all = if n.is_multiple_of(2) { 2.0 * half - 1.0 } else { 2.0 * half };
        (2.0 * tail / all).min(1.0)
    }
}

/// Confusion counts of two classifiers on the same resampled data sets.
#[derive(Debug, Clone)]
pub struct PairedBootstrap {
    draws: Vec<[ConfusionMatrix; 2]>,
}

impl PairedBootstrap {
    /// Draws as [`Bootstrap::new`](super::Bootstrap::new) does, the same rows for both.
    ///
    /// # Panics
    /// If the lengths differ or a label is not below `n_classes`.
    pub fn new(
        truth: &[Label],
        predicted: [&[Label]; 2],
        n_classes: usize,
        groups: Option<&[u32]>,
        draws: usize,
        seed: u64,
    ) -> Self {
        let answers = |row: usize| (truth[row], predicted[0][row], predicted[1][row]);
        let resample = Resample::new(truth.len(), |a, b| answers(a).cmp(&answers(b)), groups, draws, seed);
        let counts = |times: &[u64]| predicted.map(|p| ConfusionMatrix::weighted(truth, p, n_classes, times));
        PairedBootstrap { draws: resample.map(1, counts) }
    }

    /// The middle [`LEVEL`](super::LEVEL) of the first's `statistic` less the second's over the draws; draws in which
    /// either is undefined are left out. `None` if nothing is left.
    pub fn interval(&self, statistic: impl Fn(&ConfusionMatrix) -> Option<f64>) -> Option<[f64; 2]> {
        let difference =
            |[first, second]: &[ConfusionMatrix; 2]| Some(statistic(first)? - statistic(second)?);
        middle(self.draws.iter().filter_map(difference).collect())
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::metrics::DRAWS;

    #[derive(Deserialize)]
    struct Case {
        only_first: u64,
        only_second: u64,
        p_value: f64,
    }

    fn discordance(only_first: u64, only_second: u64) -> Discordance {
        Discordance { both_right: 7, only_first, only_second, both_wrong: 0 }
    }

    #[test]
    fn the_exact_test_is_the_one_of_scipy() {
        let cases: Vec<Case> = serde_json::from_str(include_str!("../../tests/parity/mcnemar.json")).unwrap();
        assert!(cases.len() >= 12);
        for case in cases {
            let ours = discordance(case.only_first, case.only_second).p_value();
            let (first, second, theirs) = (case.only_first, case.only_second, case.p_value);
            assert!((ours - theirs).abs() <= 1e-12 * theirs.max(1e-3), "{first} {second}: {ours} {theirs}");
        }
    }

    #[test]
    fn counts_of_millions_neither_overflow_nor_vanish() {
        assert_eq!(discordance(5_000_000, 5_000_000).p_value(), 1.0);
        // About 1.96 standard deviations off: the normal tail is 0.05.
        let p = discordance(5_000_000 - 3_099, 5_000_000 + 3_099).p_value();
        assert!((p - 0.05).abs() < 2e-4, "{p}");
        assert_eq!(discordance(0, 10_000_000).p_value(), 0.0);
    }

    #[test]
    fn rows_are_counted_by_who_gets_them_right() {
        let labels = |indices: [u16; 5]| indices.map(Label);
        let counts =
            Discordance::new(&labels([0, 1, 1, 0, 0]), &labels([0, 1, 0, 1, 0]), &labels([0, 0, 1, 1, 1]));
        assert_eq!(counts, Discordance { both_right: 1, only_first: 2, only_second: 1, both_wrong: 1 });
    }

    #[test]
    fn the_interval_of_a_difference_is_the_one_of_theory_and_knows_that_the_rows_are_the_same() {
        // Of 400 rows both get 300 right, only the first 60, only the second 20.
        let truth = vec![Label(0); 400];
        let right =
            |of: &dyn Fn(usize) -> bool| (0..400).map(|i| Label(u16::from(!of(i)))).collect::<Vec<_>>();
        let (first, second) = (right(&|i| i < 360), right(&|i| !(300..380).contains(&i)));
        let paired = PairedBootstrap::new(&truth, [&first, &second], 2, None, DRAWS, 1);
        let [low, high] = paired.interval(ConfusionMatrix::accuracy).unwrap();
        // Mean 0.1, variance ((60 + 20) / 400 - 0.01) / 400, hence 0.1 +- 1.96 * 0.0218.
        assert!((low - 0.0573).abs() < 0.006 && (high - 0.1427).abs() < 0.006, "{low} {high}");
        let same = PairedBootstrap::new(&truth, [&first, &first], 2, None, DRAWS, 1);
        assert_eq!(same.interval(ConfusionMatrix::accuracy), Some([0.0, 0.0]));
    }
}
