//! How well probabilities order the rows, one class against the rest.
//!
//! Comes in: true labels and a distribution a row, perhaps how often each row counts. Goes out: ROC AUC and average
//! precision. Only the order matters; rows of equal probability share their rank.

use ndarray::ArrayView2;

use super::scores::mean;
use crate::label::Label;

/// The rows of an evaluation in the order in which one class is more and more likely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    /// Rows, most likely first, with whether they are of the class.
    rows: Vec<(u32, bool)>,
    /// One past the last row of each run of equal probabilities.
    ends: Vec<usize>,
}

impl Ranking {
    /// Orders the rows by the probability of `class`.
    ///
    /// Shape: `probabilities` is (n_samples, n_classes).
    /// # Panics
    /// If there are not as many rows as labels, or the class is out of range.
    pub fn new(truth: &[Label], probabilities: ArrayView2<'_, f64>, class: Label) -> Self {
        assert_eq!(truth.len(), probabilities.nrows(), "true labels against rows of probabilities");
        let p = probabilities.column(class.index());
        let mut order: Vec<usize> = (0..truth.len()).collect();
        order.sort_by(|&a, &b| p[b].total_cmp(&p[a]));
        let runs = order.chunk_by(|&a, &b| p[a] == p[b]);
        let ends = runs.scan(0, |end, run| {
            *end += run.len();
            Some(*end)
        });
        Ranking { ends: ends.collect(), rows: order.iter().map(|&i| (i as u32, truth[i] == class)).collect() }
    }

    /// The chance that a row of the class gets a higher probability of it than another row, ties counted half, in
    /// [0, 1]; 0.5 is no better than chance. `None` if there are no rows of the class or no others. Source: Hanley
    /// and McNeil 1982 (the Mann-Whitney form of the area under the ROC curve).
    pub fn roc_auc(&self) -> Option<f64> {
        self.scores(|_| 1).0
    }

    /// The mean precision at the ranks of the rows of the class, in (0, 1]: the sum over falling probabilities of
    /// precision times the step in recall, without interpolation. `None` without rows of the class.
    pub fn average_precision(&self) -> Option<f64> {
        self.scores(|_| 1).1
    }

    /// ROC AUC and average precision where row `i` counts `times(i)` times.
    pub(super) fn scores(&self, times: impl Fn(usize) -> u64) -> (Option<f64>, Option<f64>) {
        // Twice the pairs in the wrong order, so that half a pair is a whole number.
        let (mut hits, mut others, mut wrong, mut steps, mut start) = (0u64, 0u64, 0u128, 0.0, 0);
        for &end in &self.ends {
            let (mut new_hits, mut new_others) = (0, 0);
            for &(row, is_hit) in &self.rows[start..end] {
                *(if is_hit { &mut new_hits } else { &mut new_others }) += times(row as usize);
            }
            wrong += u128::from(new_hits) * u128::from(2 * others + new_others);
            hits += new_hits;
            others += new_others;
            if new_hits > 0 {
                steps += new_hits as f64 * (hits as f64 / (hits + others) as f64);
            }
            start = end;
        }
        let pairs = hits as f64 * others as f64;
        let auc = (pairs > 0.0).then(|| 1.0 - wrong as f64 / (2.0 * pairs));
        (auc, (hits > 0).then(|| steps / hits as f64))
    }
}

/// The rankings by every class.
///
/// # Panics
/// As [`Ranking::new`].
pub fn rankings(truth: &[Label], probabilities: ArrayView2<'_, f64>) -> Vec<Ranking> {
    (0..probabilities.ncols())
        .map(|class| Ranking::new(truth, probabilities, Label::from_index(class)))
        .collect()
}

/// Mean ROC AUC and mean average precision of the classes that have them.
pub(super) fn macro_scores(
    rankings: &[Ranking],
    times: impl Fn(usize) -> u64 + Copy,
) -> (Option<f64>, Option<f64>) {
    let (auc, precision): (Vec<_>, Vec<_>) = rankings.iter().map(|r| r.scores(times)).unzip();
    (mean(auc.into_iter().flatten()), mean(precision.into_iter().flatten()))
}

#[cfg(test)]
mod tests {
    use ndarray::arr2;

    use super::*;

    #[test]
    fn a_tie_between_the_class_and_another_counts_half() {
        let p = arr2(&[[0.5, 0.5], [0.5, 0.5], [0.9, 0.1]]);
        let ranking = Ranking::new(&[1, 0, 0].map(Label), p.view(), Label(1));
        assert_eq!((ranking.roc_auc(), ranking.average_precision()), (Some(0.75), Some(0.5)));
    }

    #[test]
    fn a_row_that_counts_twice_is_two_rows() {
        let one = arr2(&[[0.2, 0.8], [0.6, 0.4], [0.3, 0.7]]);
        let two = arr2(&[[0.2, 0.8], [0.2, 0.8], [0.6, 0.4], [0.3, 0.7]]);
        let once = Ranking::new(&[0, 1, 1].map(Label), one.view(), Label(1));
        let twice = Ranking::new(&[0, 0, 1, 1].map(Label), two.view(), Label(1));
        assert_eq!(once.scores(|row| if row == 0 { 2 } else { 1 }), twice.scores(|_| 1));
        assert_ne!(once.average_precision(), twice.average_precision());
    }

    #[test]
    fn a_class_that_is_alone_or_absent_has_no_area() {
        let p = arr2(&[[0.2, 0.8], [0.6, 0.4]]);
        let ranking = |class| Ranking::new(&[1, 1].map(Label), p.view(), Label(class));
        assert_eq!((ranking(1).roc_auc(), ranking(1).average_precision()), (None, Some(1.0)));
        assert_eq!((ranking(0).roc_auc(), ranking(0).average_precision()), (None, None));
    }
}
