//! Everything that decides a model besides its data, as written in TOML and carried by the model file.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::features::FeatureSet;
use crate::linear::{CalibrationKind, LinearSpec};

/// Values of C that a search tries unless the spec lists others: steps of about a factor of three.
pub const C_GRID: [f64; 8] = [0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0];

/// A pipeline before fitting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PipelineSpec {
    /// What the stance is toward, for readers of the model.
    #[serde(default = "negotiation")]
    pub target: String,
    /// Texts to columns.
    pub features: FeatureSet,
    /// Columns to decision values.
    #[serde(default)]
    pub model: LinearSpec,
    /// Decision values to probabilities.
    #[serde(default)]
    pub calibration: CalibrationKind,
    /// Folds of the cross-validation behind calibration and the search for C.
    #[serde(default = "five")]
    pub folds: usize,
    /// Values of C to choose from by macro F1 over the folds; empty to take `model.c` as it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub search: Vec<f64>,
}

fn negotiation() -> String {
    "negotiation".into()
}

fn five() -> usize {
    5
}

impl PipelineSpec {
    /// The defaults around a feature set.
    pub fn new(features: FeatureSet) -> Self {
        PipelineSpec {
            target: negotiation(),
            features,
            model: LinearSpec::default(),
            calibration: CalibrationKind::default(),
            folds: five(),
            search: Vec::new(),
        }
    }

    /// Refuses what cannot be fitted.
    ///
    /// # Errors
    /// [`Error::Parameter`] naming the first setting outside its range.
    pub fn check(&self) -> Result<()> {
        self.features.check()?;
        self.model.check()?;
        if self.folds < 2 {
            return Err(Error::parameter("folds", "2 or more", self.folds));
        }
        match self.search.iter().find(|c| !(c.is_finite() && **c > 0.0)) {
            Some(c) => Err(Error::parameter("search", "finite numbers above 0", c)),
            None => Ok(()),
        }
    }
}
