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
    /// Models whose decision values are added up, in place of `model`; its C multiplies that of each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sum: Vec<Member>,
    /// What weights the targets of a corpus get, where it has some.
    #[serde(default, skip_serializing_if = "is_default")]
    pub target_weights: TargetWeights,
    /// Decision values to probabilities.
    #[serde(default)]
    pub calibration: CalibrationKind,
    /// Folds of the cross-validation behind calibration and the search for C.
    #[serde(default = "five")]
    pub folds: usize,
    /// Values of C to choose from over the folds; empty to take `model.c` as it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub search: Vec<f64>,
    /// What the search maximises.
    #[serde(default, skip_serializing_if = "is_default")]
    pub search_metric: SearchMetric,
    /// Features are left out while accuracy on rows held out falls by no more than this, in hundredths; absent to keep all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compress: Option<f64>,
}

/// One of the models that a pipeline adds up. A sum of linear models is one linear model: it scores as fast and can be
/// taken apart like any other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The groups of features that it sees, by the prefix of their names (`word`, `in_word`); absent for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<String>>,
    /// Factor on its decision values; finite, above 0.
    #[serde(default = "unit", skip_serializing_if = "is_unit")]
    pub weight: f64,
    /// How its weights are learnt. Its seed is the one of the pipeline's `model`.
    #[serde(default)]
    pub model: LinearSpec,
}

/// What weights the targets of a corpus get. A statement toward a target without weights of its own gets the shared
/// ones, which are learnt from all rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TargetWeights {
    /// Each its own, learnt from its rows alone.
    #[default]
    Own,
    /// A part of its own beside a shared one, learnt together (Daumé 2007).
    Augmented,
    /// The same for all.
    Shared,
}

/// What a search for C maximises, over all rows, each scored by the fold that held it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchMetric {
    /// Mean F1 of the classes.
    #[default]
    MacroF1,
    /// Share of right predictions.
    Accuracy,
    /// Mean recall of the classes.
    BalancedAccuracy,
    /// Mean F1 of favor and against, whatever other classes there are (SemEval-2016).
    FavorAgainstF1,
}

fn unit() -> f64 {
    1.0
}

fn is_unit(weight: &f64) -> bool {
    *weight == 1.0
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

fn negotiation() -> String {
    "negotiation".into()
}

fn five() -> usize {
    5
}

impl PipelineSpec {
    /// The defaults around a feature set. Where it reads what the targets say ([`FeatureSet::is_sided`]), all targets share
    /// their weights.
    pub fn new(features: FeatureSet) -> Self {
        let target_weights =
            if features.is_sided() { TargetWeights::Shared } else { TargetWeights::default() };
        PipelineSpec {
            target: negotiation(),
            features,
            model: LinearSpec::default(),
            sum: Vec::new(),
            target_weights,
            calibration: CalibrationKind::default(),
            folds: five(),
            search: Vec::new(),
            search_metric: SearchMetric::default(),
            compress: None,
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
        self.check_sum()?;
        self.check_sided()?;
        if self.folds < 2 {
            return Err(Error::parameter("folds", "2 or more", self.folds));
        }
        if !self.search.is_empty() && !self.has_c() {
            return Err(Error::parameter("search", "a learner that has a C: logistic or svm", "another"));
        }
        if let Some(points) = self.compress.filter(|points| !(0.0..=100.0).contains(points)) {
            return Err(Error::parameter("compress", "hundredths of accuracy from 0 to 100", points));
        }
        match self.search.iter().find(|c| !(c.is_finite() && **c > 0.0)) {
            Some(c) => Err(Error::parameter("search", "finite numbers above 0", c)),
            None => Ok(()),
        }
    }

    /// Naive Bayes counts, and values of sided groups may be negative.
    fn check_sided(&self) -> Result<()> {
        let counts = |model: &LinearSpec| model.learner == Learner::NaiveBayes || model.nb_ratio.is_some();
        let sees_sided = |groups: Option<&Vec<String>>| {
            let is_seen = |prefix: &str| groups.is_none_or(|groups| groups.iter().any(|g| g == prefix));
            self.features.groups.iter().any(|g| g.sided && g.prefix().is_ok_and(|prefix| is_seen(&prefix)))
        };
        let refused = match self.sum.as_slice() {
            [] => counts(&self.model) && sees_sided(None),
            members => members.iter().any(|m| counts(&m.model) && sees_sided(m.groups.as_ref())),
        };
        if refused {
            let expected =
                "logistic or svm without nb_ratio where a group is sided: its values may be negative";
            return Err(Error::parameter("learner", expected, "one that counts as naive Bayes does"));
        }
        Ok(())
    }

    /// Whether a model has a C that could be searched for.
    pub fn has_c(&self) -> bool {
        let has_c = |model: &LinearSpec| matches!(model.learner, Learner::Logistic | Learner::Svm);
        match self.sum.as_slice() {
            [] => has_c(&self.model),
            members => members.iter().any(|member| has_c(&member.model)),
        }
    }

    fn check_sum(&self) -> Result<()> {
        let prefixes = self.features.groups.iter().map(|g| g.prefix()).collect::<Result<Vec<_>>>()?;
        for member in &self.sum {
            member.model.check()?;
            if !(member.weight.is_finite() && member.weight > 0.0) {
                return Err(Error::parameter("weight", "a finite number above 0", member.weight));
            }
            let groups = member.groups.iter().flatten();
            if let Some(unknown) = groups.into_iter().find(|g| !prefixes.iter().any(|p| p == *g)) {
                let expected = format!("groups of this feature set: {}", prefixes.join(", "));
                return Err(Error::parameter("sum.groups", expected, format!("{unknown:?}")));
            }
        }
        Ok(())
    }
}
