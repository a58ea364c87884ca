//! The fitted model: one row of weights a class.
//!
//! Comes in: weights, later feature matrices. Goes out: decision values and the class with the largest one. It
//! knows no probabilities; those are [`crate::linear::Calibration`]'s.

use linfa::traits::{Predict, PredictInplace};
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

    /// The model whose decision values are `factor` times these.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        Self::from_parts(&self.coef * factor, &self.intercept * factor, self.convergence.clone())
    }

    /// The model whose decision values are those of both added up. Ended as both did.
    ///
    /// # Panics
    /// If the shapes differ.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let convergence = self.convergence.iter().chain(&other.convergence).copied().collect();
        Self::from_parts(&self.coef + &other.coef, &self.intercept + &other.intercept, convergence)
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

/// linfa's own blanket implementation covers data sets and dense arrays only.
impl Predict<&FeatureMatrix, Array1<Label>> for LinearModel {
    fn predict(&self, x: &FeatureMatrix) -> Array1<Label> {
        let mut labels = self.default_target(x);
        self.predict_inplace(x, &mut labels);
        labels
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;
    use crate::numeric::Rng;

    fn model(coef: Array2<f64>) -> LinearModel {
        let n_classes = coef.nrows();
        LinearModel::from_parts(coef, Array1::from_elem(n_classes, 0.1), Vec::new())
    }

    #[test]
    fn the_order_of_columns_changes_no_bit_of_a_decision() {
        let mut rng = Rng::new(5);
        let mut random = || (rng.next_u64() >> 11) as f64 / (1u64 << 53) as f64 - 0.5;
        let coef: Vec<f64> = (0..200).map(|_| random()).collect();
        let values: Vec<f32> = (0..200).map(|_| random() as f32).collect();
        let indices: Vec<u32> = (0..200).collect();
        let decision = |coef: &[f64], values: &[f32]| {
            let mut x = FeatureMatrix::new(200);
            x.push_row(&indices, values);
            let coef = Array2::from_shape_vec((1, 200), coef.to_vec()).unwrap();
            model(coef).decision_function(&x)[[0, 0]].to_bits()
        };
        let reversed: Vec<f64> = coef.iter().rev().copied().collect();
        let reversed_values: Vec<f32> = values.iter().rev().copied().collect();
        assert_eq!(decision(&coef, &values), decision(&reversed, &reversed_values));
    }

    #[test]
    fn the_first_of_equal_decisions_wins() {
        assert_eq!(LinearModel::best(array![-1.0, 2.0, 2.0].view()), Label(1));
        assert_eq!(LinearModel::best(array![0.0, 0.0].view()), Label(0));
    }

    #[test]
    fn weights_in_any_memory_layout_make_the_same_model() {
        let by_column = array![[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]].reversed_axes();
        let mut x = FeatureMatrix::new(3);
        x.push_row(&[0, 2], &[1.0, 2.0]);
        let decisions = model(by_column).decision_function(&x);
        assert!((decisions - array![[7.1, 16.1]]).iter().all(|d| d.abs() < 1e-9));
    }

    #[test]
    #[should_panic(expected = "columns of the matrix against those of the model")]
    fn a_matrix_of_another_width_is_a_broken_promise() {
        model(array![[1.0]]).decision_function(&FeatureMatrix::new(2));
    }
}
