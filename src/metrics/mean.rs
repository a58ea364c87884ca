//! How far a mean could have come out otherwise.
//!
//! Comes in: values in columns of equal length, and the group of each row. Goes out: a percentile bootstrap interval
//! (Efron 1979) of each column's mean, all from the same draws.

use super::interval::{DRAWS, middle};
use super::resample::Resample;
use crate::numeric::to_grid;

/// The middle [`LEVEL`](super::LEVEL) of each column's mean over [`DRAWS`](super::DRAWS) data sets of as many units,
/// drawn with replacement. A unit is a group where there are two or more of them, else a row; the order of the rows
/// does not matter. `None` with fewer than two rows.
///
/// # Panics
/// If a column is not as long as `groups`.
pub fn mean_intervals(columns: &[&[f64]], groups: &[u32], seed: u64) -> Vec<Option<[f64; 2]>> {
    for column in columns {
        assert_eq!(column.len(), groups.len(), "values against groups");
    }
    let order = |a: usize, b: usize| {
        let values = |row: usize| columns.iter().map(move |column| column[row]);
        values(a)
            .zip(values(b))
            .map(|(a, b)| a.total_cmp(&b))
            .find(|o| o.is_ne())
            .unwrap_or_else(|| a.cmp(&b))
    };
    let several = groups.iter().any(|group| *group != groups[0]).then_some(groups);
    let resample = Resample::new(groups.len(), order, several, DRAWS, seed);
    // On the grid a sum is the same in any order.
    let columns: Vec<Vec<f64>> = columns.iter().map(|c| c.iter().map(|&v| to_grid(v)).collect()).collect();
    let means = |times: &[u64]| -> Vec<f64> {
        let n = times.iter().sum::<u64>() as f64;
        let sum = |column: &Vec<f64>| column.iter().zip(times).map(|(v, &t)| v * t as f64).sum::<f64>();
        columns.iter().map(|column| sum(column) / n).collect()
    };
    let draws = resample.map(1, means);
    (0..columns.len()).map(|column| middle(draws.iter().map(|means| means[column]).collect())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_mean_is_the_one_of_theory() {
        let values: Vec<f64> = (0..400).map(|i| f64::from(i % 2)).collect();
        let [low, high] = mean_intervals(&[&values], &[0; 400], 7)[0].unwrap();
        // 0.5 +- 1.96 * 0.5 / sqrt(400) = 0.5 +- 0.049
        assert!((low - 0.451).abs() < 0.006 && (high - 0.549).abs() < 0.006, "{low} {high}");
    }

    #[test]
    fn groups_are_drawn_whole_where_there_are_several() {
        // Two groups that are each of one mind: a draw has one of them twice, or both.
        let values = [1.0, 1.0, 1.0, -1.0];
        assert_eq!(mean_intervals(&[&values], &[0, 0, 0, 1], 7), [Some([-1.0, 1.0])]);
        let [low, high] = mean_intervals(&[&values], &[0; 4], 7)[0].unwrap();
        assert!(low > -1.0 && high == 1.0, "{low} {high}");
    }

    #[test]
    fn columns_share_the_draws_and_the_order_of_rows_does_not_matter() {
        let (values, opposite) = ([0.1, 0.5, 0.9], [-0.1, -0.5, -0.9]);
        let both = mean_intervals(&[&values, &opposite], &[3, 3, 3], 7);
        let ([low, high], [low_of_opposite, high_of_opposite]) = (both[0].unwrap(), both[1].unwrap());
        assert!((low + high_of_opposite).abs() < 1e-9 && (high + low_of_opposite).abs() < 1e-9);
        assert_eq!(mean_intervals(&[&[0.9, 0.1, 0.5]], &[3; 3], 7), mean_intervals(&[&values], &[3; 3], 7));
    }

    #[test]
    fn one_row_has_no_interval() {
        assert_eq!(mean_intervals(&[&[0.5]], &[0], 7), [None]);
        assert_eq!(mean_intervals(&[&[]], &[], 7), [None]);
        assert!(mean_intervals(&[], &[0, 1], 7).is_empty());
    }
}
