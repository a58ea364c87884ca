//! Matrix and class indices -> weights.
//!
//! Comes in: a [`FeatureMatrix`](crate::FeatureMatrix), one [`Label`](crate::Label) a row and checked settings.
//! Goes out: a [`LinearModel`], and a [`Calibration`] for its decision values. It knows no words: columns are
//! numbers, classes are indices.

mod calibration;
mod fit;
mod model;
mod params;
mod solver;

pub use calibration::{Calibration, CalibrationKind};
pub use model::LinearModel;
pub use params::{ClassWeight, Learner, LinearParams, LinearSpec, LinearValidParams, MultiClass};
pub use solver::Convergence;
