//! What repeated cross-validation says of a mean score, and of the difference of two.
//!
//! Comes in: one score a fold, or one difference. Goes out: a mean with its interval and the probability of one so far
//! from zero by chance. Folds share most of their training rows, so their scores vary less than those of data sets
//! drawn anew; the corrected resampled t-test makes up for that. Knows nothing of what was scored.

use super::interval::LEVEL;
use super::student_t::StudentT;

/// A mean over folds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ResampledMean {
    /// The mean, in the unit of the values.
    pub mean: f64,
    /// The ends of the [`LEVEL`] interval. `None` for a single fold, and where all values are equal: without spread
    /// there is nothing to tell how far the mean could be off.
    pub interval: Option<[f64; 2]>,
    /// Two-sided probability of a mean at least as far from zero if the true one is zero; `None` as above.
    pub p_value: Option<f64>,
}

impl ResampledMean {
    /// The mean of one value a fold, whose test rows are `test_to_train` times as many as its training rows.
    ///
    /// With J values of sample variance s^2 the mean's variance is taken as (1 / J + test_to_train) s^2, and its ratio
    /// to that as t-distributed with J - 1 degrees of freedom. `None` without values.
    /// Source: Nadeau & Bengio 2003, Inference for the Generalization Error, section 5; for repeated folds
    /// Bouckaert & Frank 2004.
    pub fn of(values: &[f64], test_to_train: f64) -> Option<Self> {
        let n = values.len() as f64;
        let mean = (!values.is_empty()).then(|| values.iter().sum::<f64>() / n)?;
        let is_constant = values.iter().all(|v| *v == values[0]);
        if is_constant {
            return Some(ResampledMean { mean: values[0], interval: None, p_value: None });
        }
        let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
        let error = ((1.0 / n + test_to_train) * squares / (n - 1.0)).sqrt();
        let student = StudentT::new(n - 1.0);
        let reach = student.critical(1.0 - LEVEL) * error;
        Some(ResampledMean {
            mean,
            interval: Some([mean - reach, mean + reach]),
            p_value: Some(student.two_sided(mean / error)),
        })
    }
}

/// Holm's step-down adjustment: p-values that may be held against one level together. The order is kept; what is
/// undefined stays so and does not count. Source: Holm 1979.
pub fn holm(p_values: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut order: Vec<(f64, usize)> =
        p_values.iter().enumerate().filter_map(|(i, p)| p.map(|p| (p, i))).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut adjusted = vec![None; p_values.len()];
    let mut highest: f64 = 0.0;
    for (rank, &(p, i)) in order.iter().enumerate() {
        highest = highest.max(p * (order.len() - rank) as f64).min(1.0);
        adjusted[i] = Some(highest);
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variance_of_the_mean_has_the_share_of_test_rows_added() {
        let values = [0.02, 0.01, 0.03, 0.00, 0.04];
        let naive = ResampledMean::of(&values, 0.0).unwrap();
        // scipy.stats.ttest_1samp of these values.
        assert!((naive.p_value.unwrap() - 0.047_420_655_584_319_2).abs() < 1e-13, "{naive:?}");
        let corrected = ResampledMean::of(&values, 0.25).unwrap();
        // Error sqrt((1 / 5 + 1 / 4) 0.00025), t = 0.02 / error with 4 degrees of freedom.
        assert!((corrected.p_value.unwrap() - 0.132_418_922_220_249_3).abs() < 1e-13, "{corrected:?}");
        let width = |m: &ResampledMean| m.interval.unwrap()[1] - m.interval.unwrap()[0];
        assert!((width(&corrected) / width(&naive) - 1.5).abs() < 1e-12);
        assert_eq!(naive.mean, corrected.mean);
    }

    #[test]
    fn a_p_value_is_below_the_level_exactly_where_zero_is_outside_the_interval() {
        for shift in [0.0, 0.01, 0.02, 0.03, 0.05, 0.1] {
            let values = [0.02, 0.01, -0.03, 0.00, 0.04].map(|v| v + shift);
            let mean = ResampledMean::of(&values, 0.25).unwrap();
            let [low, high] = mean.interval.unwrap();
            assert_eq!(mean.p_value.unwrap() < 1.0 - LEVEL, low > 0.0 || high < 0.0, "{mean:?}");
        }
    }

    #[test]
    fn without_spread_there_is_a_mean_and_nothing_else() {
        let constant = ResampledMean { mean: 0.1, interval: None, p_value: None };
        assert_eq!(ResampledMean::of(&[0.1; 3], 0.25), Some(constant));
        assert_eq!(ResampledMean::of(&[0.1], 0.25), Some(constant));
        assert_eq!(ResampledMean::of(&[], 0.25), None);
    }

    #[test]
    fn adjusted_p_values_rise_with_the_raw_ones_and_stop_at_one() {
        let p = [Some(0.04), None, Some(0.01), Some(0.03), Some(0.9)];
        // 0.01 * 4; 0.03 * 3; 0.04 * 2, not below the one before; 0.9.
        assert_eq!(holm(&p), [Some(0.09), None, Some(0.04), Some(0.09), Some(0.9)]);
        assert_eq!(holm(&[Some(0.6), Some(0.5)]), [Some(1.0), Some(1.0)]);
        assert_eq!(holm(&[None]), [None]);
    }
}
