//! The baseline: how frequent each class is, whatever the features say.
//!
//! Comes in: the class of every row. Goes out: weights 0 and the logarithms of the class frequencies. It looks
//! neither at the matrix nor at sample weights: a balanced baseline would know nothing at all.

use ndarray::{Array1, Array2};

use super::{Convergence, Problem};
use crate::linear::LinearModel;
use crate::numeric::ln;

/// Intercepts ln(n_c / n); their softmax gives the frequencies back.
pub(in crate::linear) fn fit_prior(problem: &Problem<'_>) -> LinearModel {
    let mut counts = vec![0u32; problem.n_classes];
    for &class in problem.y {
        counts[class] += 1;
    }
    let n = problem.y.len() as f64;
    let intercept: Array1<f64> = counts.iter().map(|&count| ln(f64::from(count) / n)).collect();
    let coef = Array2::zeros((problem.n_classes, problem.x.n_features()));
    LinearModel::from_parts(coef, intercept, vec![Convergence::CLOSED_FORM])
}
