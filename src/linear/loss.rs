//! Losses of a margin, their conjugates, and the two sides of the duality gap.
//!
//! Comes in: margins, dual variables, weights. Goes out: values of the objective and of its dual. It does not
//! know how either is optimised.

use crate::linear::solver::{BinaryProblems, Weights};
use crate::numeric::{exp, ln, softplus};

/// A convex loss of the margin m = y f(x), y in {-1, +1}.
pub(super) trait Loss: Copy + Sync {
    /// l(m).
    fn value(self, margin: f64) -> f64;

    /// The convex conjugate l*(-a) = max over m of -a m - l(m), where it is finite.
    fn conjugate(self, a: f64) -> f64;
}

/// l(m) = ln(1 + e^-m); the conjugate is finite for a in [0, 1].
#[derive(Debug, Clone, Copy)]
pub(super) struct Logistic;

impl Loss for Logistic {
    fn value(self, margin: f64) -> f64 {
        softplus(-margin)
    }

    fn conjugate(self, a: f64) -> f64 {
        let x_ln_x = |x: f64| if x > 0.0 { x * ln(x) } else { 0.0 };
        x_ln_x(a) + x_ln_x(1.0 - a)
    }
}

/// l(m) = max(0, 1 - m)^2; the conjugate is finite for a >= 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct SquaredHinge;

impl Loss for SquaredHinge {
    fn value(self, margin: f64) -> f64 {
        let shortfall = (1.0 - margin).max(0.0);
        shortfall * shortfall
    }

    fn conjugate(self, a: f64) -> f64 {
        a * (0.25 * a - 1.0)
    }
}

/// ln of the sum of e^s, without overflow; the multinomial logistic loss of class c is this minus s_c.
pub(super) fn log_sum_exp(scores: &[f64]) -> f64 {
    let max = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    max + ln(scores.iter().map(|s| exp(s - max)).sum())
}

/// The objectives at `weights`: ||w||^2 / 2 + sum of cost * loss.
pub(super) fn primal<L: Loss, const N: usize>(
    loss: L,
    problems: &BinaryProblems<'_, N>,
    weights: &Weights<N>,
) -> [f64; N] {
    let mut values = weights.squared_norms().map(|norm| 0.5 * norm);
    for (row, signs, cost) in problems.samples() {
        let decisions = weights.decisions(row);
        (0..N).for_each(|lane| values[lane] += cost * loss.value(signs[lane] * decisions[lane]));
    }
    values
}

/// The dual objectives at `alphas`, one a sample, of which `weights` are the sum of alpha * y * x.
///
/// Never above [`primal`], equal to it at the optimum: -||w||^2 / 2 - sum of cost * l*(-alpha / cost).
pub(super) fn dual<L: Loss, const N: usize>(
    loss: L,
    problems: &BinaryProblems<'_, N>,
    weights: &Weights<N>,
    alphas: impl Iterator<Item = [f64; N]>,
) -> [f64; N] {
    let mut values = weights.squared_norms().map(|norm| -0.5 * norm);
    for (&cost, alphas) in problems.costs.iter().zip(alphas) {
        (0..N).for_each(|lane| values[lane] -= cost * loss.conjugate(alphas[lane] / cost));
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fenchel and Young: l(m) + l*(-a) + a m >= 0, and 0 where a is minus the slope at m.
    fn assert_conjugate<L: Loss>(loss: L, slopes: impl Fn(f64) -> f64) {
        for m in [-6.0, -1.0, 0.0, 0.3, 0.999, 4.0] {
            let slope = slopes(m);
            let difference = (loss.value(m + 1e-6) - loss.value(m - 1e-6)) / 2e-6;
            assert!((slope - difference).abs() < 1e-6, "at {m}: slope {slope}, differences {difference}");
            let at_slope = loss.value(m) + loss.conjugate(-slope) - slope * m;
            assert!(at_slope.abs() < 1e-12, "at {m}: {at_slope}");
            for a in [0.0, 0.2, 0.7, 1.0] {
                assert!(loss.value(m) + loss.conjugate(a) + a * m > -1e-12, "at {m}, {a}");
            }
        }
    }

    #[test]
    fn the_conjugates_meet_their_losses_at_the_slope() {
        assert_conjugate(Logistic, |m| -crate::numeric::sigmoid(-m));
        assert_conjugate(SquaredHinge, |m| -2.0 * (1.0 - m).max(0.0));
    }
}
