//! Questions asked of a pipeline.
//!
//! Comes in: truth and probabilities. Goes out: an [`EvaluationReport`]. Knows nothing of how it will look.

mod ordered;
pub(crate) mod report;

pub use ordered::Ordered;
pub use report::{Baseline, Calibration, Confusion, Estimate, EvaluationReport, Slice};
