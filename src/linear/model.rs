//! The fitted model: one row of weights a class.
//!
//! Comes in: weights, later feature matrices. Goes out: decision values and the class with the largest one. It
//! knows no probabilities; those are [`crate::linear::Calibration`]'s.

use linfa::traits::PredictInplace;
use ndarray::{Array1, Array2, ArrayView1};

use crate::label::Label;
use crate::linear::Convergence;
use crate::matrix::FeatureMatrix;
use crate::numeric::to_grid;

/// Weights of a linear classifier.
#[derive(Debug, Clone, PartialEq)]
pub struct LinearModel {
    coef: Array2<f64>,
    intercept: Array1<f64>,
    convergence: Vec<Convergence>,
}

impl LinearModel {
    /// The intercept of a class that did not occur in training. Its weights are 0, so that it is never
    /// predicted; calibrate on rows of folds in which every class occurs.
    pub const ABSENT: f64 = -1_000.0;

    /// Puts a model together from `coef`, shape (n_classes, n_features), `intercept`, shape (n_classes), and
    /// one entry of `convergence` a problem solved.
    ///
    /// # Panics
    /// If the shapes disagree, there is no class, or a weight is not finite.
    pub fn from_parts(coef: Array2<f64>, intercept: Array1<f64>, convergence: Vec<Convergence>) -> Self {
        assert_eq!(coef.nrows(), intercept.len(), "rows of weights against intercepts");
        assert!(coef.nrows() > 0, "a model of 0 classes");
        assert!(coef.iter().chain(&intercept).all(|w| w.is_finite()), "a weight is not finite");
        // Rows contiguous, as `decision_function` walks them.
        let coef = if coef.is_standard_layout() { coef } else { coef.as_standard_layout().into_owned() };
        LinearModel { coef, intercept, convergence }
    }

    /// Weights. Shape: (n_classes, n_features).
    pub fn coef(&self) -> &Array2<f64> {
        &self.coef
    }

    /// Intercepts. Shape: (n_classes).
    pub fn intercept(&self) -> &Array1<f64> {
        &self.intercept
    }

    /// How training ended: one entry a class for one-vs-rest (a single one for two classes), one in all for
    /// the other learners.
    pub fn convergence(&self) -> &[Convergence] {
        &self.convergence
    }

    /// The number of classes.
    pub fn n_classes(&self) -> usize {
        self.coef.nrows()
    }

    /// The number of columns.
    pub fn n_features(&self) -> usize {
        self.coef.ncols()
    }

    /// Scores every row against every class.
    ///
    /// Shape: (n_samples, n_features) -> (n_samples, n_classes). Signed, unitless; larger means more likely.
    /// Each product of value and weight, and the intercept, is rounded by [`to_grid`] before it is added:
    /// the sum is exact on that grid, hence the same bits in whatever order the columns are walked.
    ///
    /// # Panics
    /// If `x` has another number of columns than the model.
    pub fn decision_function(&self, x: &FeatureMatrix) -> Array2<f64> {
        assert_eq!(x.n_features(), self.n_features(), "columns of the matrix against those of the model");
        let mut decisions = Array2::zeros((x.n_samples(), self.n_classes()));
        for (c, (coef, &intercept)) in self.coef.rows().into_iter().zip(&self.intercept).enumerate() {
            let coef = coef.to_slice().expect("rows are contiguous by construction");
            for (row, out) in x.rows().zip(decisions.column_mut(c)) {
                let terms = row.iter().map(|(j, v)| to_grid(v * coef[j]));
                *out = terms.fold(to_grid(intercept), |sum, term| sum + term);
            }
        }
        decisions
    }

    /// The class with the largest of `decisions`; of equal ones the first.
    ///
    /// # Panics
    /// If there are none.
    pub fn best(decisions: ArrayView1<'_, f64>) -> Label {
        let best =
            (0..decisions.len()).reduce(|best, c| if decisions[c] > decisions[best] { c } else { best });
        Label::from_index(best.expect("decisions of 0 classes have no best one"))
    }
}

/// linfa's `predict`: the class with the largest decision value.
impl PredictInplace<FeatureMatrix, Array1<Label>> for LinearModel {
    fn predict_inplace<'a>(&'a self, x: &'a FeatureMatrix, y: &mut Array1<Label>) {
        assert_eq!(x.n_samples(), y.len(), "rows of the matrix against places for labels");
        for (decisions, label) in self.decision_function(x).rows().into_iter().zip(y) {
            *label = Self::best(decisions);
        }
    }

    fn default_target(&self, x: &FeatureMatrix) -> Array1<Label> {
        Array1::from_elem(x.n_samples(), Label(0))
    }
}
