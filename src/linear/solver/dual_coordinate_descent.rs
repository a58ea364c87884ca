//! Dual coordinate descent: one dual variable a row, each set to its best value in turn.
//!
//! Comes in: binary problems on the same rows. Goes out: weights whose relative duality gap is within the
//! tolerance. Rows are visited in a seeded random order, drawn anew each epoch, and in one visit the row's dual
//! variables of all problems are set. Sources: Hsieh et al. 2008, A Dual Coordinate Descent
//! Method for Large-scale Linear SVM; Yu, Huang, Lin 2011, Dual Coordinate Descent Methods for Logistic
//! Regression.

use super::{BinaryProblems, BinarySolution, BinarySolver, Convergence, Weights};
use crate::linear::loss::{Logistic, Loss, SquaredHinge, dual, primal};
use crate::matrix::{FeatureMatrix, Row};
use crate::numeric::{Rng, sigmoid};

/// A loss whose one-variable dual problem can be solved.
pub(in crate::linear) trait DualStep: Loss {
    /// What is remembered of a row between epochs.
    type Dual: Copy;

    /// The dual variable 0.
    const ZERO: Self::Dual;

    /// The dual variable.
    fn alpha(dual: Self::Dual) -> f64;

    /// The best dual variable of a row whose margin under the present weights is `margin`, all others fixed;
    /// and about how much of the duality gap was this row's before.
    fn step(self, old: Self::Dual, margin: f64, cost: f64, squared_norm: f64) -> (Self::Dual, f64);
}

/// A dual variable alpha = C / (1 + e^t). The log-odds t is kept beside it: near 0 and near C, alpha alone
/// would have lost the digits that t still has.
#[derive(Debug, Clone, Copy)]
pub(in crate::linear) struct LogisticDual {
    alpha: f64,
    t: f64,
}

impl DualStep for Logistic {
    type Dual = LogisticDual;

    const ZERO: LogisticDual = LogisticDual { alpha: 0.0, t: f64::INFINITY };

    fn alpha(dual: LogisticDual) -> f64 {
        dual.alpha
    }

    /// At the optimum the margin after the step equals t, so h(t) = t - margin - ||x||^2 (alpha(t) - alpha) has
    /// its root there. h rises with a slope of at least 1, is convex below 0 and concave above: Newton steps
    /// that are kept on the root's side of 0 close in on it from there. Yu et al. solve the same equation for
    /// alpha; in t a step costs one exponential, and neither logarithms nor safeguards at the ends.
    fn step(self, old: LogisticDual, margin: f64, cost: f64, squared_norm: f64) -> (LogisticDual, f64) {
        const MAX_STEPS: usize = 50;
        let is_positive = margin + squared_norm * (0.5 * cost - old.alpha) > 0.0;
        let on_its_side = |t: f64| if is_positive { t.max(0.0) } else { t.min(0.0) };
        let mut t = on_its_side(if old.t.is_finite() { old.t } else { margin });
        for _ in 0..MAX_STEPS {
            let p = sigmoid(-t);
            let h = t - margin - squared_norm * (cost * p - old.alpha);
            let next = on_its_side(t - h / (1.0 + squared_norm * cost * p * (1.0 - p)));
            // The error of the next iterate is of the order of this step squared.
            let close = (next - t).abs() <= 1e-5;
            t = next;
            if close {
                break;
            }
        }
        let p = sigmoid(-t);
        // C times the Kullback-Leibler divergence between the label distributions at t and at the margin, to
        // second order, with the larger of the curvatures.
        let p_old = old.alpha / cost;
        let curvature = (p_old * (1.0 - p_old)).max(p * (1.0 - p));
        let gap = 0.5 * cost * curvature * (margin - old.t) * (margin - old.t);
        (LogisticDual { alpha: cost * p, t }, gap)
    }
}

impl DualStep for SquaredHinge {
    type Dual = f64;

    const ZERO: f64 = 0.0;

    fn alpha(dual: f64) -> f64 {
        dual
    }

    fn step(self, old: f64, margin: f64, cost: f64, squared_norm: f64) -> (f64, f64) {
        let diagonal = 0.5 / cost;
        let slope = margin - 1.0 + diagonal * old;
        let new = (old - slope / (squared_norm + diagonal)).max(0.0);
        let gap =
            if margin < 1.0 { cost * slope * slope } else { old * (margin - 1.0 + 0.5 * diagonal * old) };
        (new, gap)
    }
}

/// Dual coordinate descent on the given loss, stopping on the relative duality gap.
#[derive(Debug, Clone, Copy)]
pub(in crate::linear) struct DualCoordinateDescent<L> {
    pub(in crate::linear) loss: L,
    /// Largest (primal - dual) / primal to stop at. The objective is then within it of the minimum.
    pub(in crate::linear) tolerance: f64,
    pub(in crate::linear) max_epochs: usize,
    /// Seed of the order of the rows.
    pub(in crate::linear) seed: u64,
}

/// What a visit to one row needs, side by side.
struct Sample<D, const N: usize> {
    cost: f64,
    squared_norm: f64,
    signs: [f64; N],
    duals: [D; N],
}

/// Everything that changes while `N` problems are solved.
struct State<L: DualStep, const N: usize> {
    weights: Weights<N>,
    samples: Vec<Sample<L::Dual, N>>,
    /// Problems not yet within the tolerance; the others are left as they are.
    active: [bool; N],
}

impl<L: DualStep, const N: usize> State<L, N> {
    fn new(problems: &BinaryProblems<'_, N>) -> Self {
        let scaling = problems.intercept_scaling;
        let sample = |(row, &signs, cost): (Row<'_>, &[f64; N], f64)| {
            let squared_norm = row.iter().map(|(_, v)| v * v).sum::<f64>() + scaling * scaling;
            Sample { cost, squared_norm, signs, duals: [L::ZERO; N] }
        };
        State {
            weights: Weights::zeros(problems.x.n_features(), scaling),
            samples: problems.samples().map(sample).collect(),
            active: [true; N],
        }
    }

    /// Visits every row once in the given order; returns about how large the duality gaps were on the way.
    fn sweep(&mut self, loss: L, x: &FeatureMatrix, order: &[usize]) -> [f64; N] {
        let mut gaps_on_the_way = [0.0; N];
        for &i in order {
            let (row, sample) = (x.row(i), &mut self.samples[i]);
            let decisions = self.weights.decisions(row);
            let mut steps = [0.0; N];
            for lane in (0..N).filter(|&lane| self.active[lane]) {
                let (sign, old) = (sample.signs[lane], sample.duals[lane]);
                let (new, gap) = loss.step(old, sign * decisions[lane], sample.cost, sample.squared_norm);
                steps[lane] = sign * (L::alpha(new) - L::alpha(old));
                sample.duals[lane] = new;
                gaps_on_the_way[lane] += gap;
            }
            if steps != [0.0; N] {
                self.weights.add(&steps, row);
            }
        }
        gaps_on_the_way
    }

    /// The dual variables of each row.
    fn alphas(&self) -> impl Iterator<Item = [f64; N]> {
        self.samples.iter().map(|sample| sample.duals.map(L::alpha))
    }
}

impl<L: DualStep> BinarySolver for DualCoordinateDescent<L> {
    fn solve<const N: usize>(&self, problems: &BinaryProblems<'_, N>) -> [BinarySolution; N] {
        let mut state = State::<L, N>::new(problems);
        let at_zero = self.loss.value(0.0) * problems.costs.iter().sum::<f64>();
        let mut objectives = [at_zero; N];
        let mut convergence = [Convergence { epochs: 0, gap: 1.0, converged: false }; N];
        let mut order: Vec<usize> = (0..problems.x.n_samples()).collect();
        let mut rng = Rng::new(self.seed);
        for epoch in 1..=self.max_epochs {
            rng.shuffle(&mut order);
            let gaps_on_the_way = state.sweep(self.loss, problems.x, &order);
            // The exact gaps cost half an epoch. An epoch improves the gap it found tenfold or so; while even
            // that would not do, the exact one need not be known.
            let is_due = |lane: usize| gaps_on_the_way[lane] <= 10.0 * self.tolerance * objectives[lane];
            let is_last = epoch == self.max_epochs;
            if !(is_last || (0..N).any(|lane| state.active[lane] && is_due(lane))) {
                continue;
            }
            objectives = primal(self.loss, problems, &state.weights);
            let duals = dual(self.loss, problems, &state.weights, state.alphas());
            for lane in (0..N).filter(|&lane| state.active[lane]) {
                let gap = ((objectives[lane] - duals[lane]) / objectives[lane]).max(0.0);
                convergence[lane] = Convergence { epochs: epoch, gap, converged: gap <= self.tolerance };
            }
            state.active = convergence.map(|c| !c.converged);
            if state.active == [false; N] {
                break;
            }
        }
        std::array::from_fn(|lane| BinarySolution {
            coef: state.weights.coef(lane),
            intercept: state.weights.intercept(lane),
            convergence: convergence[lane],
        })
    }
}
