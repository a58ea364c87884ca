//! Multinomial logistic regression by Newton's method with conjugate gradients and a line search.
//!
//! Comes in: a problem of any number of classes. Goes out: weights whose gradient proves them within the
//! tolerance. Sources: Nocedal & Wright 2006, Numerical Optimization, algorithm 7.1; Lin, Weng, Keerthi 2008,
//! Trust Region Newton Method for Large-Scale Logistic Regression, for the products with the Hessian. A diagonal
//! preconditioner was tried and left out: on tf-idf rows it needed more products, not fewer.

use ndarray::{Array1, Array2};

use super::{Convergence, Problem};
use crate::linear::LinearModel;
use crate::linear::loss::log_sum_exp;
use crate::numeric::softmax;

/// Line-search Newton-CG on the primal objective, stopping on the norm of the gradient.
#[derive(Debug, Clone, Copy)]
pub(in crate::linear) struct NewtonCg {
    /// Largest ||gradient||^2 / 2 as a fraction of the objective to stop at. The penalty makes the objective
    /// strongly convex with constant 1, so it is then within that fraction of its minimum.
    pub(in crate::linear) tolerance: f64,
    pub(in crate::linear) max_steps: usize,
}

/// Classes whose weights of one column lie side by side, so that a stored value is read once for all of them.
const LANES: usize = 4;

/// The objective and its derivatives.
///
/// Classes go in groups of [`LANES`], the last one filled up with classes whose weights stay 0. A weight vector
/// is group after group, in a group column after column, the constant feature last. What belongs to samples
/// (scores, probabilities) has `stride` numbers a sample.
struct Objective<'a> {
    problem: &'a Problem<'a>,
    costs: Vec<f64>,
    stride: usize,
}

impl<'a> Objective<'a> {
    fn new(problem: &'a Problem<'a>) -> Self {
        let costs = problem.sample_weights.iter().map(|w| problem.c * w).collect();
        Objective { problem, costs, stride: problem.n_classes.next_multiple_of(LANES) }
    }

    /// Numbers a group in a weight vector.
    fn group_len(&self) -> usize {
        (self.problem.x.n_features() + 1) * LANES
    }

    /// The weight of column `j` (`n_features` for the constant feature) for class `c`.
    fn weight(&self, w: &[f64], c: usize, j: usize) -> f64 {
        w[c / LANES * self.group_len() + j * LANES + c % LANES]
    }

    fn zero_weights(&self) -> Vec<f64> {
        vec![0.0; self.stride / LANES * self.group_len()]
    }

    fn zero_scores(&self) -> Vec<f64> {
        vec![0.0; self.problem.y.len() * self.stride]
    }

    /// X w.
    fn scores(&self, w: &[f64]) -> Vec<f64> {
        let mut scores = self.zero_scores();
        for (g, w) in w.chunks_exact(self.group_len()).enumerate() {
            let (columns, constant) = lanes(w);
            for (row, out) in self.problem.x.rows().zip(scores.chunks_exact_mut(self.stride)) {
                let mut sums = constant.map(|w| w * self.problem.intercept_scaling);
                for (&j, &v) in row.indices.iter().zip(row.values) {
                    let (v, w) = (f64::from(v), columns[j as usize]);
                    (0..LANES).for_each(|lane| sums[lane] += v * w[lane]);
                }
                out[g * LANES..][..LANES].copy_from_slice(&sums);
            }
        }
        scores
    }

    /// `out` += X' s.
    fn add_transposed(&self, s: &[f64], out: &mut [f64]) {
        for (g, out) in out.chunks_exact_mut(self.group_len()).enumerate() {
            let (columns, constant) = lanes_mut(out);
            for (row, s) in self.problem.x.rows().zip(s.chunks_exact(self.stride)) {
                let s = &s[g * LANES..][..LANES];
                for (&j, &v) in row.indices.iter().zip(row.values) {
                    let (v, out) = (f64::from(v), &mut columns[j as usize]);
                    (0..LANES).for_each(|lane| out[lane] += v * s[lane]);
                }
                (0..LANES).for_each(|lane| constant[lane] += self.problem.intercept_scaling * s[lane]);
            }
        }
    }

    /// Class, cost and numbers of each sample.
    fn samples<'s>(&'s self, of_samples: &'s [f64]) -> impl Iterator<Item = (usize, f64, &'s [f64])> {
        let numbers = of_samples.chunks_exact(self.stride).map(|s| &s[..self.problem.n_classes]);
        self.problem.y.iter().zip(&self.costs).zip(numbers).map(|((&y, &cost), s)| (y, cost, s))
    }

    /// The sum of cost times -ln(probability of the sample's class).
    fn loss(&self, scores: &[f64]) -> f64 {
        self.samples(scores).map(|(class, cost, s)| cost * (log_sum_exp(s) - s[class])).sum()
    }

    /// Scores -> probabilities; 0 for classes that fill up.
    fn probabilities(&self, scores: &[f64]) -> Vec<f64> {
        let mut p = scores.to_vec();
        p.chunks_exact_mut(self.stride).for_each(|p| softmax(&mut p[..self.problem.n_classes]));
        p
    }

    /// w + X' (cost (p - e_y)).
    fn gradient(&self, w: &[f64], probabilities: &[f64]) -> Vec<f64> {
        let mut s = probabilities.to_vec();
        for ((s, &class), cost) in s.chunks_exact_mut(self.stride).zip(self.problem.y).zip(&self.costs) {
            s[class] -= 1.0;
            s.iter_mut().for_each(|s| *s *= cost);
        }
        let mut gradient = w.to_vec();
        self.add_transposed(&s, &mut gradient);
        gradient
    }

    /// The Hessian times `direction`: d + X' (cost (p * Xd - p (p . Xd))).
    fn hessian_product(&self, probabilities: &[f64], direction: &[f64]) -> Vec<f64> {
        let mut s = self.scores(direction);
        let rows = s.chunks_exact_mut(self.stride).zip(probabilities.chunks_exact(self.stride));
        for ((s, p), cost) in rows.zip(&self.costs) {
            let mean = dot(s, p);
            s.iter_mut().zip(p).for_each(|(s, p)| *s = cost * p * (*s - mean));
        }
        let mut product = direction.to_vec();
        self.add_transposed(&s, &mut product);
        product
    }

    /// About the solution d of H d = -`gradient`: conjugate gradients until the residual is `forcing` times
    /// as long as the gradient.
    fn newton_direction(&self, probabilities: &[f64], gradient: &[f64], forcing: f64) -> Vec<f64> {
        const MAX_PRODUCTS: usize = 250;
        let mut solution = self.zero_weights();
        let mut residual: Vec<f64> = gradient.iter().map(|g| -g).collect();
        let mut p = residual.clone();
        let mut rr = dot(&residual, &residual);
        let target = forcing * forcing * rr;
        for _ in 0..MAX_PRODUCTS {
            let product = self.hessian_product(probabilities, &p);
            let step = rr / dot(&p, &product);
            add(step, &p, &mut solution);
            add(-step, &product, &mut residual);
            let rr_next = dot(&residual, &residual);
            if rr_next <= target {
                break;
            }
            let momentum = rr_next / rr;
            rr = rr_next;
            p.iter_mut().zip(&residual).for_each(|(p, r)| *p = r + momentum * *p);
        }
        solution
    }
}

/// One group of a weight vector: the lanes of every column, and those of the constant feature.
fn lanes(group: &[f64]) -> (&[[f64; LANES]], &[f64; LANES]) {
    let (constant, columns) = group.as_chunks().0.split_last().expect("the constant feature is always there");
    (columns, constant)
}

/// As [`lanes`], to be written to.
fn lanes_mut(group: &mut [f64]) -> (&mut [[f64; LANES]], &mut [f64; LANES]) {
    let chunks = group.as_chunks_mut().0;
    let (constant, columns) = chunks.split_last_mut().expect("the constant feature is always there");
    (columns, constant)
}

/// a . b, in [`LANES`] sums; both are whole groups.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; LANES];
    for (a, b) in a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0) {
        (0..LANES).for_each(|lane| sums[lane] += a[lane] * b[lane]);
    }
    sums.iter().sum()
}

/// `to` += factor * `from`.
fn add(factor: f64, from: &[f64], to: &mut [f64]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += factor * from);
}

impl NewtonCg {
    pub(in crate::linear) fn fit(&self, problem: &Problem<'_>) -> LinearModel {
        let objective = Objective::new(problem);
        let mut w = objective.zero_weights();
        let mut scores = objective.zero_scores();
        let mut value = objective.loss(&scores);
        let mut convergence = Convergence { epochs: 0, gap: 1.0, converged: false };
        loop {
            let probabilities = objective.probabilities(&scores);
            let gradient = objective.gradient(&w, &probabilities);
            convergence.gap = 0.5 * dot(&gradient, &gradient) / value;
            convergence.converged = convergence.gap <= self.tolerance;
            if convergence.converged || convergence.epochs == self.max_steps {
                break;
            }
            // Directions become exact as the gap closes (superlinear convergence), but never more exact than
            // what the tolerance can tell from the optimum.
            let enough = 0.5 * (self.tolerance / convergence.gap).sqrt();
            let forcing = convergence.gap.sqrt().max(enough).min(0.25);
            let direction = objective.newton_direction(&probabilities, &gradient, forcing);
            convergence.epochs += 1;
            let direction_scores = objective.scores(&direction);
            let slope = dot(&gradient, &direction);
            let (squared_norm, along, curvature) =
                (dot(&w, &w), dot(&w, &direction), dot(&direction, &direction));
            let accepted = (0..30).map(|halvings| 0.5f64.powi(halvings)).find_map(|step| {
                let mut trial = scores.clone();
                add(step, &direction_scores, &mut trial);
                let penalty = 0.5 * (squared_norm + step * (2.0 * along + step * curvature));
                let reached = penalty + objective.loss(&trial);
                (reached <= value + 1e-4 * step * slope).then_some((step, trial, reached))
            });
            // No step goes down: rounding is all that is left of the slope.
            let Some((step, trial, reached)) = accepted else { break };
            add(step, &direction, &mut w);
            (scores, value) = (trial, reached);
        }
        let (n, k) = (problem.x.n_features(), problem.n_classes);
        let coef = Array2::from_shape_fn((k, n), |(c, j)| objective.weight(&w, c, j));
        let intercept = Array1::from_shape_fn(k, |c| objective.weight(&w, c, n) * problem.intercept_scaling);
        LinearModel::from_parts(coef, intercept, vec![convergence])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::FeatureMatrix;

    #[test]
    fn gradient_and_hessian_match_finite_differences() {
        let mut x = FeatureMatrix::new(3);
        x.push_row(&[0, 2], &[1.0, -0.5]);
        x.push_row(&[1], &[2.0]);
        x.push_row(&[], &[]);
        // Six classes fill one group of lanes and half of another.
        let problem = Problem {
            x: &x,
            y: &[5, 0, 3],
            n_classes: 6,
            sample_weights: &[1.0, 0.5, 2.0],
            c: 1.5,
            intercept_scaling: 0.8,
        };
        let objective = Objective::new(&problem);
        let value = |w: &[f64]| 0.5 * dot(w, w) + objective.loss(&objective.scores(w));
        let gradient = |w: &[f64]| objective.gradient(w, &objective.probabilities(&objective.scores(w)));
        let filling_up = |i: usize| i / objective.group_len() == 1 && i % LANES >= 2;
        let numbers = |seed: f64, i: usize| if filling_up(i) { 0.0 } else { (seed * (i + 1) as f64).sin() };
        let w: Vec<f64> = (0..objective.zero_weights().len()).map(|i| numbers(1.0, i)).collect();
        let direction: Vec<f64> = (0..w.len()).map(|i| numbers(2.0, i)).collect();
        let moved = |step: f64| w.iter().zip(&direction).map(|(w, d)| w + step * d).collect::<Vec<f64>>();

        let slope = (value(&moved(1e-5)) - value(&moved(-1e-5))) / 2e-5;
        assert!((slope - dot(&gradient(&w), &direction)).abs() < 1e-8);
        let product = objective.hessian_product(&objective.probabilities(&objective.scores(&w)), &direction);
        let [up, down] = [gradient(&moved(1e-5)), gradient(&moved(-1e-5))];
        for i in 0..w.len() {
            assert!(((up[i] - down[i]) / 2e-5 - product[i]).abs() < 1e-8, "{i}");
            assert!(!filling_up(i) || product[i] == 0.0, "a class that fills up moves: {i}");
        }
    }
}
