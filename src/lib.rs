//! demarche: stance and sentiment classification.

pub mod corpus;
pub mod error;
pub mod evaluate;
pub mod label;
pub mod matrix;
pub mod metrics;
pub mod numeric;
pub mod render;
pub mod text;

pub use error::{Error, Result};
pub use label::{Label, LabelSet};
pub use matrix::FeatureMatrix;
pub use text::{Document, Span, Statement};
