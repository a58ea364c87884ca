//! Matrix and class indices -> weights.
//!
//! Comes in: a [`FeatureMatrix`](crate::FeatureMatrix), one [`Label`](crate::Label) a row and checked settings.
//! Goes out: a [`LinearModel`], and a [`Calibration`] for its decision values. It knows no words: columns are
//! numbers, classes are indices.
//!
//! # The objective
//!
//! One-vs-rest, for each class, over weights w and the weight b of a constant feature of value B
//! ([`LinearSpec::intercept_scaling`]):
//!
//! ```text
//! ||w||^2 / 2 + b^2 / 2 + sum over rows i of c s_i l(y_i (w . x_i + b B))
//! ```
//!
//! - y_i is +1 in the class and -1 outside; l(m) is ln(1 + e^-m) ([`Learner::Logistic`]) or max(0, 1 - m)^2
//!   ([`Learner::Svm`]).
//! - s_i is the weight of row i's own class ([`ClassWeight`]), the same in the problem of every class.
//! - The losses are summed, not averaged: more rows mean less penalty. linfa's `alpha` is 1 / c.
//! - The intercept is b B. It is penalised, as in LIBLINEAR; a larger B penalises it less.
//!
//! [`MultiClass::Multinomial`] has one row of weights a class in a single problem, ||W||^2 / 2 over all of them,
//! and the loss -ln(softmax(W x_i)) at row i's class. On two classes its decision values differ by those of
//! the one-vs-rest problem with twice the c.
//!
//! Every solver stops once the objective is provably within [`LinearSpec::tolerance`] of its minimum, as a
//! fraction of the objective: by the duality gap, or by the norm of the gradient.
//!
//! ```
//! use demarche::linear::{Learner, LinearParams};
//! use demarche::{FeatureMatrix, Label};
//! use linfa::prelude::*;
//!
//! let mut x = FeatureMatrix::new(2);
//! x.push_row(&[0], &[1.0]);
//! x.push_row(&[1], &[1.0]);
//! let rows = DatasetBase::new(x, ndarray::array![Label(0), Label(1)]);
//! let model = LinearParams::new().learner(Learner::Svm).c(10.0).fit(&rows)?;
//! assert_eq!(model.predict(&rows), rows.targets);
//! # Ok::<(), demarche::Error>(())
//! ```

mod calibration;
mod fit;
mod loss;
mod model;
mod one_vs_rest;
mod params;
#[cfg(test)]
mod parity;
mod solver;

pub use calibration::{Calibration, CalibrationKind, Isotonic, Sigmoid, Temperature};
pub use model::LinearModel;
pub use params::{ClassWeight, Learner, LinearParams, LinearSpec, LinearValidParams, MultiClass};
pub use solver::Convergence;
