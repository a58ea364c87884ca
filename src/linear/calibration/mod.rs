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

/// What parameters stay below in size, so that no product of one and a decision value is infinite.
const MOST: f64 = 1e9;

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
            Calibration::Sigmoid(s) => s.iter().all(|s| s.slope.abs() < MOST && s.offset.abs() < MOST),
            Calibration::Temperature(t) => {
                (0.0..MOST).contains(&t.scale) && t.bias.iter().all(|b| b.abs() < MOST)
            }
            Calibration::Isotonic(curves) => curves.iter().all(Isotonic::is_sound),
        };
        if !sound {
            let expected = "finite numbers below 1e9, a scale of 0 or more, rising curves within [0, 1]";
            return Err(Error::parameter("calibration", expected, format!("{self:?}")));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;
    use crate::numeric::Rng;

    const KINDS: [CalibrationKind; 4] = [
        CalibrationKind::Softmax,
        CalibrationKind::Sigmoid,
        CalibrationKind::Temperature,
        CalibrationKind::Isotonic,
    ];

    /// Decision values, and classes drawn with the probabilities softmax(`scale` * decision + `bias`).
    fn drawn(n: usize, scale: f64, bias: [f64; 3]) -> (Array2<f64>, Vec<Label>) {
        let mut rng = Rng::new(11);
        let mut random = move || (rng.next_u64() >> 11) as f64 / (1u64 << 53) as f64;
        let decisions = Array2::from_shape_simple_fn((n, 3), || 4.0 * random() - 2.0);
        let mut random = {
            let mut rng = Rng::new(12);
            move || (rng.next_u64() >> 11) as f64 / (1u64 << 53) as f64
        };
        let draw = |d: ndarray::ArrayView1<'_, f64>| {
            let mut p: Vec<f64> = d.iter().zip(bias).map(|(d, b)| scale * d + b).collect();
            softmax(&mut p);
            let u = random();
            Label::from_index(if u < p[0] { 0 } else { 1 + usize::from(u >= p[0] + p[1]) })
        };
        let truth = decisions.rows().into_iter().map(draw).collect();
        (decisions, truth)
    }

    fn mean_log_loss(calibration: &Calibration, decisions: &Array2<f64>, truth: &[Label]) -> f64 {
        let losses = decisions.rows().into_iter().zip(truth).map(|(d, label)| {
            let mut p = d.to_vec();
            calibration.probabilities(&mut p);
            -crate::numeric::ln(p[label.index()].max(1e-12))
        });
        losses.sum::<f64>() / truth.len() as f64
    }

    #[test]
    fn probabilities_are_finite_and_sum_to_one_however_far_out() {
        let (decisions, truth) = drawn(40, 1.0, [0.0; 3]);
        let never_third: Vec<Label> = truth.iter().map(|label| Label(label.0.min(1))).collect();
        let perfect: Vec<Label> =
            decisions.rows().into_iter().map(crate::linear::LinearModel::best).collect();
        for kind in KINDS {
            for truth in [&truth, &never_third, &perfect] {
                let calibration = Calibration::fit(kind, &decisions, truth, 3);
                calibration.check(3).unwrap();
                for row in [[0.0; 3], [-1e6, -1e6, -1e6], [1e6, -1e6, 0.0], [-1_000.0, 3.0, 2.0]] {
                    let mut p = row;
                    calibration.probabilities(&mut p);
                    assert!(p.iter().all(|p| (0.0..=1.0).contains(p)), "{kind:?} {row:?}: {p:?}");
                    assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{kind:?} {row:?}: {p:?}");
                }
            }
        }
    }

    #[test]
    fn temperature_finds_the_scale_and_the_biases() {
        let (decisions, truth) = drawn(20_000, 2.5, [0.5, 0.0, -0.5]);
        let Calibration::Temperature(found) =
            Calibration::fit(CalibrationKind::Temperature, &decisions, &truth, 3)
        else {
            panic!("another kind")
        };
        assert!((found.scale - 2.5).abs() < 0.1, "{found:?}");
        assert!((found.bias[0] - found.bias[2] - 1.0).abs() < 0.1, "{found:?}");
    }

    #[test]
    fn every_calibration_beats_decisions_that_are_too_loud() {
        let (decisions, truth) = drawn(2_000, 0.5, [1.0, 0.0, -1.0]);
        let loud = 4.0 * &decisions;
        let raw = mean_log_loss(&Calibration::Softmax, &loud, &truth);
        for kind in &KINDS[1..] {
            let calibrated = mean_log_loss(&Calibration::fit(*kind, &loud, &truth, 3), &loud, &truth);
            assert!(calibrated < 0.7 * raw, "{kind:?}: {calibrated} against {raw}");
        }
    }

    #[test]
    fn decisions_that_point_the_wrong_way_give_the_frequencies() {
        let (decisions, truth) = drawn(500, 1.0, [0.0; 3]);
        let calibration = Calibration::fit(CalibrationKind::Temperature, &-&decisions, &truth, 3);
        let mut p = [3.0, -1.0, 0.5];
        calibration.probabilities(&mut p);
        for (c, p) in p.iter().enumerate() {
            let frequency = truth.iter().filter(|label| label.index() == c).count() as f64 / 500.0;
            assert!((p - frequency).abs() < 1e-4, "class {c}: {p} against {frequency}");
        }
    }

    #[test]
    fn a_row_without_support_on_any_curve_is_uniform() {
        let decisions = array![[1.0, 1.0], [2.0, 2.0]];
        let calibration = Calibration::fit(CalibrationKind::Isotonic, &decisions, &[Label(0), Label(1)], 2);
        let mut p = [0.0, 0.0];
        calibration.probabilities(&mut p);
        assert_eq!(p, [1.0, 0.0]);
        let empty = Isotonic { decisions: vec![0.0], probabilities: vec![0.0] };
        Calibration::Isotonic(vec![empty.clone(), empty]).probabilities(&mut p);
        assert_eq!(p, [0.5, 0.5]);
    }

    #[test]
    fn a_damaged_calibration_is_refused_and_a_sound_one_comes_back_from_a_file() {
        let (decisions, truth) = drawn(60, 1.0, [0.0; 3]);
        for kind in KINDS {
            let calibration = Calibration::fit(kind, &decisions, &truth, 3);
            let text = serde_json::to_string(&calibration).unwrap();
            let back: Calibration = serde_json::from_str(&text).unwrap();
            assert_eq!(back.kind(), kind);
            assert!(back.check(3).is_ok());
            assert_eq!(back.check(2).is_err(), kind != CalibrationKind::Softmax);
        }
        let falls = Isotonic { decisions: vec![0.0, 1.0], probabilities: vec![0.5, 0.4] };
        assert!(Calibration::Isotonic(vec![falls]).check(1).is_err());
        let endless = Temperature { scale: f64::INFINITY, bias: vec![0.0] };
        assert!(Calibration::Temperature(endless).check(1).is_err());
    }
}
