//! Everything that decides a model besides its data, as written in TOML and carried by the model file.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::features::FeatureSet;
use crate::linear::{CalibrationKind, Learner, LinearSpec};

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

    /// Reads a pipeline, or a feature set to put the defaults around. `features` may be the name of a built-in
    /// set; files that the spec names are looked up beside it.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Spec`] with the parser's words; [`Error::Parameter`] on a setting out of range.
    pub fn from_path(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
        Self::parse(&text, &path.display().to_string(), path.parent().unwrap_or(Path::new("")))
    }

    /// The same from text; `place` names it in errors, and files are looked up in `folder`.
    ///
    /// # Errors
    /// As [`PipelineSpec::from_path`].
    pub fn parse(text: &str, place: &str, folder: &Path) -> Result<Self> {
        let mut table: toml::Table = text.parse().map_err(|e| Error::toml(place, &e))?;
        let mut spec: PipelineSpec = match table.get("features") {
            None => return Ok(Self::new(FeatureSet::parse(text, place, folder)?)),
            Some(toml::Value::String(name)) => {
                let set = FeatureSet::built_in(name)?;
                let set = toml::Value::try_from(set).expect("a feature set is a TOML table");
                table.insert("features".into(), set);
                table.try_into().map_err(|e| Error::toml(place, &e))?
            }
            // From the text, so that an error shows its line.
            Some(_) => toml::from_str(text).map_err(|e| Error::toml(place, &e))?,
        };
        spec.features.resolve(folder)?;
        spec.check().map_err(|e| e.in_file(place))?;
        Ok(spec)
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
        if !self.search.is_empty() && !matches!(self.model.learner, Learner::Logistic | Learner::Svm) {
            return Err(Error::parameter("search", "a learner that has a C: logistic or svm", "another"));
        }
        match self.search.iter().find(|c| !(c.is_finite() && **c > 0.0)) {
            Some(c) => Err(Error::parameter("search", "finite numbers above 0", c)),
            None => Ok(()),
        }
    }
}
