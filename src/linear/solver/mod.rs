//! Solvers: one file each, all minimising the objective of [`crate::linear`].
//!
//! Comes in: a matrix, which class each row has, what a row costs. Goes out: weights, and a proven bound on how
//! far they are from the best ones. A solver that runs out of epochs says so; it does not fail. None of them
//! knows of classes that do not occur: every class of a [`Problem`] has rows.

mod dual_coordinate_descent;
mod naive_bayes;
mod naive_bayes_ratio;
mod newton_cg;
mod prior;
mod weights;

use serde::{Deserialize, Serialize};

use crate::matrix::{FeatureMatrix, Row};

pub(super) use dual_coordinate_descent::DualCoordinateDescent;
pub(super) use naive_bayes::fit_naive_bayes;
pub(super) use naive_bayes_ratio::NaiveBayesRatio;
pub(super) use newton_cg::NewtonCg;
pub(super) use prior::fit_prior;
pub(super) use weights::Weights;

/// How the training of one problem ended.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Convergence {
    /// Passes over the rows, or Newton steps; 0 for a closed form.
    pub epochs: usize,
    /// Proven bound on the distance to the minimum, as a fraction of the objective reached; 0 for a closed form.
    pub gap: f64,
    /// Whether `gap` is within the tolerance asked for.
    pub converged: bool,
}

impl Convergence {
    /// The state of a solution that is exact by construction.
    const CLOSED_FORM: Self = Convergence { epochs: 0, gap: 0.0, converged: true };
}

/// Rows of `n_classes` classes, each with at least one row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Problem<'a> {
    pub(super) x: &'a FeatureMatrix,
    /// Class of each row, below `n_classes`.
    pub(super) y: &'a [usize],
    pub(super) n_classes: usize,
    /// How often each row counts.
    pub(super) sample_weights: &'a [f64],
    /// Weight of the losses against the penalty.
    pub(super) c: f64,
    /// Value of the constant feature; 0 for no intercept.
    pub(super) intercept_scaling: f64,
}

/// `L` binary problems on the same rows at the same cost: each asks of every row whether it is in one class.
#[derive(Debug, Clone, Copy)]
pub(super) struct BinaryProblems<'a, const L: usize> {
    pub(super) x: &'a FeatureMatrix,
    /// For each row, +1 in the lanes whose class it is in, else -1.
    pub(super) signs: &'a [[f64; L]],
    /// Factor of each row's loss, above 0.
    pub(super) costs: &'a [f64],
    /// Value of the constant feature; 0 for no intercept.
    pub(super) intercept_scaling: f64,
}

impl<const L: usize> BinaryProblems<'_, L> {
    /// Row, signs and cost of every sample.
    pub(super) fn samples(&self) -> impl Iterator<Item = (Row<'_>, &[f64; L], f64)> {
        self.x.rows().zip(self.signs).zip(self.costs).map(|((row, signs), &cost)| (row, signs, cost))
    }
}

/// Weights of one class against the rest.
#[derive(Debug, Clone)]
pub(super) struct BinarySolution {
    /// One weight a column.
    pub(super) coef: Vec<f64>,
    pub(super) intercept: f64,
    pub(super) convergence: Convergence,
}

/// Finds the weights of binary problems. The same problems give the same bits.
pub(super) trait BinarySolver: Sync {
    fn solve<const L: usize>(&self, problems: &BinaryProblems<'_, L>) -> [BinarySolution; L];
}
