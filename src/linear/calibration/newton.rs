//! Newton's method for the handful of numbers that a calibration has.
//!
//! Comes in: a smooth convex function of a few parameters. Goes out: where it is smallest.

use ndarray::{Array1, Array2};

/// A function and its derivatives at one point.
pub(super) struct Local {
    pub(super) value: f64,
    pub(super) gradient: Array1<f64>,
    /// Positive definite.
    pub(super) hessian: Array2<f64>,
}

/// Walks downhill from `start` until a Newton step promises less than 1e-14 of the value, or rounding stops it.
pub(super) fn minimise(start: Array1<f64>, at: impl Fn(&Array1<f64>) -> Local) -> Array1<f64> {
    const MAX_STEPS: usize = 100;
    let mut point = start;
    let mut local = at(&point);
    for _ in 0..MAX_STEPS {
        let direction = solve(&local.hessian, &-&local.gradient);
        let slope = local.gradient.dot(&direction);
        if -slope <= 1e-14 * local.value.abs() {
            break;
        }
        let lower = (0..40).map(|halvings| 0.5f64.powi(halvings)).find_map(|step| {
            let next = &point + &(&direction * step);
            let there = at(&next);
            (there.value <= local.value + 1e-4 * step * slope).then_some((next, there))
        });
        let Some(lower) = lower else { break };
        (point, local) = lower;
    }
    point
}

/// The solution of `a` x = `b` for a positive definite `a`, by Cholesky's factors.
fn solve(a: &Array2<f64>, b: &Array1<f64>) -> Array1<f64> {
    let n = b.len();
    let mut l = Array2::<f64>::zeros((n, n));
    for i in 0..n {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| l[[i, k]] * l[[j, k]]).sum();
            let rest = a[[i, j]] - known;
            // Rounding can take a pivot of a nearly singular matrix below 0.
            l[[i, j]] = if i == j { rest.max(1e-12 * (1.0 + a[[i, i]])).sqrt() } else { rest / l[[j, j]] };
        }
    }
    let mut x = b.clone();
    for i in 0..n {
        let known: f64 = (0..i).map(|k| l[[i, k]] * x[k]).sum();
        x[i] = (x[i] - known) / l[[i, i]];
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|k| l[[k, i]] * x[k]).sum();
        x[i] = (x[i] - known) / l[[i, i]];
    }
    x
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn a_linear_system_is_solved() {
        let a = array![[4.0, 2.0, 0.5], [2.0, 5.0, 1.0], [0.5, 1.0, 3.0]];
        let x = array![1.0, -2.0, 0.25];
        assert!((solve(&a, &a.dot(&x)) - x).iter().all(|e| e.abs() < 1e-14));
    }
}
