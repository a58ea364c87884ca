//! Settings of the learners, and the one place that says which values are allowed.
//!
//! Comes in: a [`LinearSpec`] out of a specification file, or builder calls on [`LinearParams`]. Goes out: a
//! [`LinearValidParams`], the only type that can be fitted. It knows nothing of the data.

use linfa::ParamGuard;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// How weights are learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Learner {
    /// Logistic regression with an L2 penalty.
    #[default]
    Logistic,
    /// Linear support vector machine: squared hinge loss with an L2 penalty.
    Svm,
    /// Multinomial naive Bayes.
    NaiveBayes,
    /// The frequencies of the classes, whatever the features say: the baseline.
    Prior,
}

/// How more than two classes are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MultiClass {
    /// One binary problem a class.
    #[default]
    OneVsRest,
    /// One softmax over all classes; logistic regression only.
    Multinomial,
}

/// How much a training row counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClassWeight {
    /// Every row counts 1.
    #[default]
    None,
    /// A row of class c counts n / (k n_c): every class has the same total. k counts the classes that occur.
    Balanced,
}

/// The settings that decide the weights, as they stand in a specification file.
///
/// Missing entries take the default; unknown ones are refused. Nothing is checked until
/// [`ParamGuard::check`] on the [`LinearParams`] made of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LinearSpec {
    /// How weights are learnt.
    pub learner: Learner,
    /// How more than two classes are told apart.
    pub multi_class: MultiClass,
    /// With [`Learner::Svm`] or one-vs-rest [`Learner::Logistic`]: multiplies every column by its naive Bayes
    /// log-count ratio first (NB-SVM). The value is the interpolation beta in (0, 1]: 1 keeps the learnt
    /// weights, smaller values draw them toward their mean magnitude; 0.25 is the value of the source.
    /// Source: Wang & Manning 2012, Baselines and Bigrams, sections 2.3 and 2.4.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nb_ratio: Option<f64>,
    /// Added to every naive Bayes count; finite and above 0, unit: the unit of the matrix values.
    pub smoothing: f64,
    /// Weight of the losses against the penalty; finite and above 0. linfa's `alpha` is 1 / c.
    pub c: f64,
    /// How much a training row counts.
    pub class_weight: ClassWeight,
    /// Training stops once the objective is within this fraction of its minimum; in [1e-12, 1).
    ///
    /// The default of 1e-4 against the exact minimum, on tf-idf rows of 2,620 and 17,224 tweets with c from 0.3
    /// to 10: up to 1.0 % of test rows change their label (1e-3: 2.1 %, 1e-2: 8.7 %). Against 1e-3 that costs
    /// up to two epochs with the logistic loss; with the squared hinge up to 2 at c = 1, 7 at 3, 40 at 10.
    pub tolerance: f64,
    /// Most passes over the rows (dual coordinate descent) or Newton steps; at least 1.
    pub max_epochs: usize,
    /// Whether the model has an intercept.
    pub intercept: bool,
    /// Value of the constant feature whose weight is the intercept; finite and above 0. Larger means less
    /// penalty on the intercept.
    pub intercept_scaling: f64,
    /// Seed of the order in which rows are visited.
    pub seed: u64,
}

impl Default for LinearSpec {
    fn default() -> Self {
        LinearSpec {
            learner: Learner::default(),
            multi_class: MultiClass::default(),
            nb_ratio: None,
            smoothing: 1.0,
            c: 1.0,
            class_weight: ClassWeight::default(),
            tolerance: 1e-4,
            max_epochs: 1_000,
            intercept: true,
            intercept_scaling: 1.0,
            seed: 7,
        }
    }
}

/// Learners by the names under which people choose them, with their [`LinearSpec::nb_ratio`].
const LEARNERS: [(&str, Learner, Option<f64>); 5] = [
    ("logistic", Learner::Logistic, None),
    ("svm", Learner::Svm, None),
    ("nb-svm", Learner::Svm, Some(0.25)),
    ("naive-bayes", Learner::NaiveBayes, None),
    ("prior", Learner::Prior, None),
];

impl LinearSpec {
    /// Learns as `name` says: logistic, svm, nb-svm, naive-bayes or prior.
    ///
    /// # Errors
    /// [`Error::Parameter`] on any other name.
    pub fn set_learner(&mut self, name: &str) -> Result<()> {
        let Some(&(_, learner, nb_ratio)) = LEARNERS.iter().find(|known| known.0 == name) else {
            let names: Vec<&str> = LEARNERS.iter().map(|known| known.0).collect();
            return Err(Error::parameter(
                "learner",
                format!("one of {}", names.join(", ")),
                format!("{name:?}"),
            ));
        };
        (self.learner, self.nb_ratio) = (learner, nb_ratio);
        Ok(())
    }

    /// Refuses values outside their range and settings that exclude each other.
    ///
    /// # Errors
    /// [`Error::Parameter`] naming the first broken rule.
    pub fn check(&self) -> Result<()> {
        let positive =
            [("c", self.c), ("smoothing", self.smoothing), ("intercept_scaling", self.intercept_scaling)];
        for (name, value) in positive {
            if !(value > 0.0 && value.is_finite()) {
                return Err(Error::parameter(name, "a finite number above 0", value));
            }
        }
        if !(1e-12..1.0).contains(&self.tolerance) {
            return Err(Error::parameter("tolerance", "1e-12 or more, below 1", self.tolerance));
        }
        if self.max_epochs == 0 {
            return Err(Error::parameter("max_epochs", "1 or more", self.max_epochs));
        }
        if self.multi_class == MultiClass::Multinomial && self.learner != Learner::Logistic {
            let expected = "one-vs-rest unless the learner is logistic";
            return Err(Error::parameter("multi_class", expected, "multinomial"));
        }
        match self.nb_ratio {
            Some(beta) if !(beta > 0.0 && beta <= 1.0) => {
                Err(Error::parameter("nb_ratio", "above 0, at most 1", beta))
            }
            Some(beta) if !self.has_binary_problems() => {
                let expected = "none unless the learner is svm or one-vs-rest logistic";
                Err(Error::parameter("nb_ratio", expected, beta))
            }
            _ => Ok(()),
        }
    }

    /// Whether fitting means solving binary problems, one a class.
    fn has_binary_problems(&self) -> bool {
        match self.learner {
            Learner::Svm => true,
            Learner::Logistic => self.multi_class == MultiClass::OneVsRest,
            Learner::NaiveBayes | Learner::Prior => false,
        }
    }
}

/// Unchecked settings: linfa's builder. `LinearParams::new().c(0.5).check()?` gives [`LinearValidParams`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LinearParams(LinearValidParams);

/// Checked settings, ready to fit.
#[derive(Debug, Clone, PartialEq)]
pub struct LinearValidParams {
    spec: LinearSpec,
    threads: usize,
}

impl Default for LinearValidParams {
    fn default() -> Self {
        LinearValidParams { spec: LinearSpec::default(), threads: 1 }
    }
}

impl LinearValidParams {
    /// The settings that decide the weights.
    pub fn spec(&self) -> &LinearSpec {
        &self.spec
    }

    /// The most threads that fitting uses.
    pub fn threads(&self) -> usize {
        self.threads
    }
}

impl From<LinearSpec> for LinearParams {
    fn from(spec: LinearSpec) -> Self {
        LinearParams(LinearValidParams { spec, threads: 1 })
    }
}

/// Consuming setters: documentation, name in [`LinearSpec`] and type of the value.
macro_rules! setters {
    ($($(#[$doc:meta])* $field:ident: $type:ty,)*) => {
        $($(#[$doc])*
        #[must_use]
        pub fn $field(mut self, $field: $type) -> Self {
            self.0.spec.$field = $field;
            self
        })*
    };
}

impl LinearParams {
    /// The defaults of [`LinearSpec`], on one thread.
    pub fn new() -> Self {
        Self::default()
    }

    setters! {
        /// How weights are learnt.
        learner: Learner,
        /// How more than two classes are told apart.
        multi_class: MultiClass,
        /// NB-SVM with this interpolation, or not at all. See [`LinearSpec::nb_ratio`].
        nb_ratio: Option<f64>,
        /// Added to every naive Bayes count.
        smoothing: f64,
        /// Weight of the losses against the penalty.
        c: f64,
        /// How much a training row counts.
        class_weight: ClassWeight,
        /// Training stops once the objective is within this fraction of its minimum.
        tolerance: f64,
        /// Most passes over the rows or Newton steps.
        max_epochs: usize,
        /// Whether the model has an intercept.
        intercept: bool,
        /// Value of the constant feature whose weight is the intercept.
        intercept_scaling: f64,
        /// Seed of the order in which rows are visited.
        seed: u64,
    }

    /// The most threads to use, at least 1. Classes are shared out among them; the weights do not change.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.0.threads = threads;
        self
    }
}

impl ParamGuard for LinearParams {
    type Checked = LinearValidParams;
    type Error = Error;

    fn check_ref(&self) -> Result<&LinearValidParams> {
        self.0.spec.check()?;
        if self.0.threads == 0 {
            return Err(Error::parameter("threads", "1 or more", self.0.threads));
        }
        Ok(&self.0)
    }

    fn check(self) -> Result<LinearValidParams> {
        self.check_ref()?;
        Ok(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_learner_goes_by_its_name() {
        let mut spec = LinearSpec::default();
        spec.set_learner("nb-svm").unwrap();
        assert_eq!((spec.learner, spec.nb_ratio), (Learner::Svm, Some(0.25)));
        spec.set_learner("logistic").unwrap();
        assert_eq!((spec.learner, spec.nb_ratio), (Learner::Logistic, None));
        assert_eq!(
            spec.set_learner("forest").unwrap_err().to_string(),
            "parameter `learner`: expected one of logistic, svm, nb-svm, naive-bayes, prior, found \"forest\""
        );
    }

    #[test]
    fn a_setting_out_of_range_is_named_with_its_range() {
        let new = LinearParams::new;
        for (params, name) in [
            (new().c(0.0), "c"),
            (new().c(f64::INFINITY), "c"),
            (new().c(f64::NAN), "c"),
            (new().smoothing(-1.0), "smoothing"),
            (new().intercept_scaling(0.0), "intercept_scaling"),
            (new().tolerance(1e-13), "tolerance"),
            (new().tolerance(1.0), "tolerance"),
            (new().max_epochs(0), "max_epochs"),
            (new().threads(0), "threads"),
            (new().learner(Learner::Svm).nb_ratio(Some(0.0)), "nb_ratio"),
            (new().learner(Learner::NaiveBayes).nb_ratio(Some(0.5)), "nb_ratio"),
            (new().learner(Learner::Svm).multi_class(MultiClass::Multinomial), "multi_class"),
        ] {
            match params.check() {
                Err(Error::Parameter { name: found, .. }) => assert_eq!(found, name),
                other => panic!("{name}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_specification_file_names_only_what_differs_from_the_defaults() {
        let spec: LinearSpec =
            toml::from_str("learner = \"naive-bayes\"\nclass_weight = \"balanced\"\nc = 2").unwrap();
        let expected = LinearSpec {
            learner: Learner::NaiveBayes,
            class_weight: ClassWeight::Balanced,
            c: 2.0,
            ..LinearSpec::default()
        };
        assert_eq!(spec, expected);
        assert_eq!(toml::from_str::<LinearSpec>(&toml::to_string(&spec).unwrap()).unwrap(), spec);
        assert!(toml::from_str::<LinearSpec>("learning_rate = 1").is_err());
    }
}
