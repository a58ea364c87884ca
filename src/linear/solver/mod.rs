//! Solvers: one file each, all minimising the objective of [`crate::linear`].
//!
//! Comes in: a matrix, which class each row has, what a row costs. Goes out: weights and how far they are from
//! the best ones. A solver that runs out of epochs says so; it does not fail.

use serde::{Deserialize, Serialize};

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
    pub(crate) const CLOSED_FORM: Self = Convergence { epochs: 0, gap: 0.0, converged: true };
}
