//! demarche: stance and sentiment classification.

pub mod analysis;
pub mod article;
pub mod error;
pub mod label;
pub mod matrix;
pub mod numeric;
pub mod text;

pub use error::{Error, Result};
pub use label::{Label, LabelSet};
pub use matrix::FeatureMatrix;
pub use text::{Document, Span, Statement};
