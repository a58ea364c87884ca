//! One rising curve a class. Source: Zadrozny & Elkan 2002, Transforming Classifier Scores into Accurate
//! Multiclass Probability Estimates; pooling of adjacent violators by Ayer et al. 1955.

use ndarray::ArrayView1;
use serde::{Deserialize, Serialize};

/// A curve that never falls: straight between its knots, flat outside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Isotonic {
    /// Decision values of the knots, strictly increasing.
    pub decisions: Vec<f64>,
    /// Probability at each knot, never decreasing.
    pub probabilities: Vec<f64>,
}

/// Neighbouring rows that share one probability.
struct Pool {
    first: f64,
    last: f64,
    in_class: f64,
    rows: f64,
}

impl Pool {
    fn mean(&self) -> f64 {
        self.in_class / self.rows
    }

    fn merge(&mut self, next: &Pool) {
        self.last = next.last;
        self.in_class += next.in_class;
        self.rows += next.rows;
    }
}

impl Isotonic {
    /// The rising curve with the smallest squared error. Rows with the same decision value count as one knot
    /// at the mean of their targets, so that their order does not matter.
    pub(super) fn fit(decisions: ArrayView1<'_, f64>, in_class: &[bool]) -> Self {
        let mut order: Vec<usize> = (0..in_class.len()).collect();
        order.sort_by(|&a, &b| decisions[a].total_cmp(&decisions[b]));
        let single = |&i: &usize| {
            let d = decisions[i];
            Pool { first: d, last: d, in_class: f64::from(u8::from(in_class[i])), rows: 1.0 }
        };
        let mut pools: Vec<Pool> = Vec::new();
        for next in tied(order.iter().map(single)) {
            pools.push(next);
            while let [.., before, last] = pools.as_slice() {
                if before.mean() < last.mean() {
                    break;
                }
                let last = pools.pop().expect("the pattern has two pools");
                pools.last_mut().expect("the pattern has two pools").merge(&last);
            }
        }
        let mut curve = Isotonic { decisions: Vec::new(), probabilities: Vec::new() };
        for pool in pools {
            let mut ends = vec![pool.first, pool.last];
            ends.dedup();
            curve.probabilities.extend(ends.iter().map(|_| pool.mean()));
            curve.decisions.extend(ends);
        }
        curve
    }

    /// Whether it is such a curve.
    pub(super) fn is_sound(&self) -> bool {
        self.decisions.len() == self.probabilities.len()
            && self.decisions.iter().all(|d| d.is_finite())
            && self.decisions.windows(2).all(|w| w[0] < w[1])
            && self.probabilities.iter().all(|p| (0.0..=1.0).contains(p))
            && self.probabilities.windows(2).all(|w| w[0] <= w[1])
    }

    /// The height of the curve, in [0, 1]; 0 for a curve without knots.
    pub(super) fn probability(&self, decision: f64) -> f64 {
        let above = self.decisions.partition_point(|&knot| knot <= decision);
        match (above.checked_sub(1), self.decisions.get(above)) {
            (None, _) => self.probabilities.first().copied().unwrap_or(0.0),
            (Some(below), None) => self.probabilities[below],
            (Some(below), Some(next)) => {
                let share = (decision - self.decisions[below]) / (next - self.decisions[below]);
                let [low, high] = [self.probabilities[below], self.probabilities[above]];
                low + share * (high - low)
            }
        }
    }
}

/// Merges neighbours with the same decision value.
fn tied(singles: impl Iterator<Item = Pool>) -> Vec<Pool> {
    let mut out: Vec<Pool> = Vec::new();
    for next in singles {
        match out.last_mut() {
            Some(last) if last.last == next.first => last.merge(&next),
            _ => out.push(next),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn ties_share_one_knot_and_violators_are_pooled() {
        let decisions = array![3.0, 1.0, 2.0, 2.0, 4.0];
        let curve = Isotonic::fit(decisions.view(), &[false, false, false, true, true]);
        // 2 (1 of 2) and 3 (0 of 1) pool to 1 of 3.
        assert_eq!(curve.decisions, [1.0, 2.0, 3.0, 4.0]);
        assert_eq!(curve.probabilities, [0.0, 1.0 / 3.0, 1.0 / 3.0, 1.0]);
    }

    #[test]
    fn the_curve_is_straight_between_knots_and_flat_outside() {
        let curve = Isotonic { decisions: vec![-1.0, 1.0], probabilities: vec![0.25, 0.75] };
        assert_eq!([-9.0, -1.0, 0.0, 1.0, 9.0].map(|d| curve.probability(d)), [0.25, 0.25, 0.5, 0.75, 0.75]);
    }
}
