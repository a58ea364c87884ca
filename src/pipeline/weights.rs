//! Weights as scoring wants them.
//!
//! Comes in: fitted linear models, one for all statements and perhaps one a target. Goes out: the weights of a column,
//! for the target asked about.

use crate::label::Label;
use crate::linear::LinearModel;
use crate::numeric::to_grid;

/// The weights of a model: shared ones, and those of the targets that have their own.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Heads {
    pub(super) shared: Weights,
    /// Names sorted.
    pub(super) of_target: Vec<(String, Weights)>,
}

impl Heads {
    /// The weights for a target, and whether they are its own. Without a target, the shared ones.
    pub(super) fn of(&self, target: Option<&str>) -> (&Weights, bool) {
        let find = |name: &str| self.of_target.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok();
        match target.and_then(find) {
            Some(at) => (&self.of_target[at].1, true),
            None => (&self.shared, false),
        }
    }

    /// The targets that have weights of their own, sorted.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.of_target.iter().map(|(name, _)| name.as_str())
    }
}

/// Weights in `f32`: for each column its idf and, side by side with it, a weight an output.
///
/// A two-class model whose decision values mirror each other has one output, that of the second class.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Weights {
    pub(super) n_classes: usize,
    pub(super) n_outputs: usize,
    pub(super) intercept: Vec<f64>,
    /// Scoring waits for memory, and finds all that it asks of a column in one place.
    columns: Vec<f32>,
}

impl Weights {
    /// Whether there are two classes whose decision values mirror each other.
    pub(super) fn is_mirrored(model: &LinearModel) -> bool {
        let (coef, intercept) = (model.coef(), model.intercept());
        model.n_classes() == 2
            && to_grid(intercept[0]) == -to_grid(intercept[1])
            && coef.row(0).iter().zip(coef.row(1)).all(|(a, b)| *a == -*b)
    }

    /// Weights of 0 for columns with these idf and outputs with these intercepts.
    pub(super) fn zeros(n_classes: usize, idf: &[f32], intercept: Vec<f64>) -> Self {
        let n_outputs = intercept.len();
        let mut columns = vec![0.0; idf.len() * (1 + n_outputs)];
        columns.chunks_mut(1 + n_outputs).zip(idf).for_each(|(column, &idf)| column[0] = idf);
        Weights { n_classes, n_outputs, intercept, columns }
    }

    /// The weights of the columns `kept` of a model, rounded to the precision of the model file; of a `mirrored` one
    /// those of the second class. `idf` is that of the columns kept.
    pub(super) fn of(model: &LinearModel, kept: &[usize], idf: &[f32], mirrored: bool) -> Self {
        let outputs: Vec<usize> = if mirrored { vec![1] } else { (0..model.n_classes()).collect() };
        let intercept = outputs.iter().map(|&c| to_grid(model.intercept()[c])).collect();
        let mut out = Weights::zeros(model.n_classes(), idf, intercept);
        for (&j, column) in kept.iter().zip(0..) {
            let weights = out.of_column_mut(column).iter_mut();
            weights.zip(&outputs).for_each(|(weight, &c)| *weight = model.coef()[[c, j]] as f32);
        }
        out
    }

    /// Weights of 0 for the same columns and outputs, with these intercepts.
    pub(super) fn zeroed(&self, intercept: &[f64]) -> Self {
        let mut out = Weights { intercept: intercept.to_vec(), ..self.clone() };
        (0..out.n_columns() as u32).for_each(|column| out.of_column_mut(column).fill(0.0));
        out
    }

    /// The number of columns.
    pub(super) fn n_columns(&self) -> usize {
        self.columns.len() / (1 + self.n_outputs)
    }

    #[inline]
    pub(super) fn of_column(&self, column: u32) -> &[f32] {
        let start = column as usize * (1 + self.n_outputs);
        &self.columns[start + 1..start + 1 + self.n_outputs]
    }

    pub(super) fn of_column_mut(&mut self, column: u32) -> &mut [f32] {
        let start = column as usize * (1 + self.n_outputs);
        &mut self.columns[start + 1..start + 1 + self.n_outputs]
    }

    #[inline]
    pub(super) fn idf(&self, column: u32) -> f32 {
        self.columns[column as usize * (1 + self.n_outputs)]
    }

    /// What the columns take, in bytes.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.columns)
    }

    /// Outputs to one decision value a class.
    pub(super) fn decisions(&self, outputs: &[f64]) -> Vec<f64> {
        if self.n_outputs < self.n_classes { vec![-outputs[0], outputs[0]] } else { outputs.to_vec() }
    }

    /// The output behind a class, and its sign.
    pub(super) fn output_of(&self, label: Label) -> (usize, f64) {
        assert!(label.index() < self.n_classes, "label {} of {}", label.index(), self.n_classes);
        match (self.n_outputs < self.n_classes, label.index()) {
            (true, class) => (0, if class == 0 { -1.0 } else { 1.0 }),
            (false, class) => (class, 1.0),
        }
    }
}
