//! Decision values -> probabilities.
//!
//! Comes in: decision values of rows that the model was not fitted on, and their true classes. Goes out: a
//! [`Calibration`] that turns one row of decision values into probabilities. It does not know where the
//! decision values come from: that they are out of fold, from folds in which every class occurs, is the
//! caller's promise. Without it the probabilities are too sure.

mod isotonic;
mod newton;
mod sigmoid;
mod temperature;

use ndarray::Array2;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::label::Label;
use crate::numeric::softmax;

pub use isotonic::Isotonic;
pub use sigmoid::Sigmoid;
pub use temperature::Temperature;

/// The ways to turn decision values into probabilities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CalibrationKind {
    /// Softmax of the decision values as they are; nothing is fitted.
    Softmax,
    /// A sigmoid a class, normalised over the classes.
    Sigmoid,
    /// Softmax after one scale and a bias a class.
    #[default]
    Temperature,
    /// A rising curve a class, normalised over the classes; wants a thousand rows or more.
    Isotonic,
}

/// A fitted map from decision values to probabilities.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "fitted")]
pub enum Calibration {
    /// Softmax of the decision values as they are: what multinomial logistic regression and naive Bayes mean.
    Softmax,
    /// One sigmoid a class. Their values are divided by their sum; far out, where all are 0 in `f64`, by the
    /// same rule on logarithms.
    Sigmoid(Vec<Sigmoid>),
    /// Softmax after one scale and a bias a class.
    Temperature(Temperature),
    /// One curve a class. Their values are divided by their sum; where all are 0, every class is as likely.
    Isotonic(Vec<Isotonic>),
}

impl Calibration {
    /// Fits a calibration to out-of-fold `decisions`, shape (n_samples, n_classes), and the `truth` of each row.
    ///
    /// # Panics
    /// If the shapes disagree or a label is not below `n_classes`.
    pub fn fit(kind: CalibrationKind, decisions: &Array2<f64>, truth: &[Label], n_classes: usize) -> Self {
        assert_eq!(decisions.dim(), (truth.len(), n_classes), "decision values against labels and classes");
        for label in truth {
            assert!(label.index() < n_classes, "label {} of {n_classes} classes", label.index());
        }
        let in_class = |c: usize| -> Vec<bool> { truth.iter().map(|label| label.index() == c).collect() };
        let columns = || decisions.columns().into_iter().enumerate();
        match kind {
            CalibrationKind::Softmax => Calibration::Softmax,
            CalibrationKind::Sigmoid => {
                Calibration::Sigmoid(columns().map(|(c, d)| Sigmoid::fit(d, &in_class(c))).collect())
            }
            CalibrationKind::Temperature => Calibration::Temperature(Temperature::fit(decisions, truth)),
            CalibrationKind::Isotonic => {
                Calibration::Isotonic(columns().map(|(c, d)| Isotonic::fit(d, &in_class(c))).collect())
            }
        }
    }

    /// Replaces the decision values of one row by its probabilities: finite, at least 0, summing to 1.
    ///
    /// # Panics
    /// If the calibration was fitted to another number of classes.
    pub fn probabilities(&self, decisions: &mut [f64]) {
        if let Some(n_classes) = self.n_classes() {
            assert_eq!(decisions.len(), n_classes, "decision values against classes of the calibration");
        }
        match self {
            Calibration::Softmax => softmax(decisions),
            Calibration::Sigmoid(sigmoids) => {
                for (d, sigmoid) in decisions.iter_mut().zip(sigmoids) {
                    *d = sigmoid.log_probability(*d);
                }
                softmax(decisions);
            }
            Calibration::Temperature(temperature) => {
                temperature.scores(decisions);
                softmax(decisions);
            }
            Calibration::Isotonic(curves) => {
                for (d, curve) in decisions.iter_mut().zip(curves) {
                    *d = curve.probability(*d);
                }
                let sum: f64 = decisions.iter().sum();
                let uniform = 1.0 / decisions.len() as f64;
                decisions.iter_mut().for_each(|p| *p = if sum > 0.0 { *p / sum } else { uniform });
            }
        }
    }

    /// Which kind it is.
    pub fn kind(&self) -> CalibrationKind {
        match self {
            Calibration::Softmax => CalibrationKind::Softmax,
            Calibration::Sigmoid(_) => CalibrationKind::Sigmoid,
            Calibration::Temperature(_) => CalibrationKind::Temperature,
            Calibration::Isotonic(_) => CalibrationKind::Isotonic,
        }
    }

    /// The number of classes it was fitted to; `None` where any number will do.
    pub fn n_classes(&self) -> Option<usize> {
        match self {
            Calibration::Softmax => None,
            Calibration::Sigmoid(sigmoids) => Some(sigmoids.len()),
            Calibration::Temperature(temperature) => Some(temperature.bias.len()),
            Calibration::Isotonic(curves) => Some(curves.len()),
        }
    }

    /// Refuses what a damaged file could hold.
    ///
    /// # Errors
    /// [`Error::Parameter`] if it is not for `n_classes` classes, a number is not finite, or a curve falls.
    pub fn check(&self, n_classes: usize) -> Result<()> {
        if self.n_classes().is_some_and(|n| n != n_classes) {
            return Err(Error::parameter("calibration", format!("{n_classes} classes"), format!("{self:?}")));
        }
        let sound = match self {
            Calibration::Softmax => true,
            Calibration::Sigmoid(s) => s.iter().all(|s| s.slope.is_finite() && s.offset.is_finite()),
            Calibration::Temperature(t) => {
                t.scale.is_finite() && t.scale >= 0.0 && t.bias.iter().all(|b| b.is_finite())
            }
            Calibration::Isotonic(curves) => curves.iter().all(Isotonic::is_sound),
        };
        if !sound {
            let expected = "finite numbers, a scale of 0 or more, rising curves within [0, 1]";
            return Err(Error::parameter("calibration", expected, format!("{self:?}")));
        }
        Ok(())
    }
}
