//! demarche: stance and sentiment classification.

pub mod analysis;
pub mod article;
pub mod corpus;
pub mod error;
pub mod evaluate;
pub mod features;
pub mod label;
pub mod linear;
pub mod matrix;
pub mod metrics;
pub mod numeric;
pub mod pipeline;
pub mod render;
pub mod shipped;
mod slots;
pub mod text;

pub use corpus::Corpus;
pub use error::{Error, Result};
pub use features::FeatureSet;
pub use label::{Label, LabelSet};
pub use matrix::FeatureMatrix;
pub use pipeline::{Pipeline, PipelineSpec, Score};
pub use text::{Document, Span, Statement};
