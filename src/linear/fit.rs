//! From rows and labels to a [`LinearModel`]: which solver runs on what.
//!
//! Comes in: checked settings, a matrix, one class index a row. Goes out: a model over all classes, those that
//! do not occur included.

use linfa::DatasetBase;
use linfa::dataset::AsSingleTargets;
use linfa::traits::Fit;

use crate::error::{Error, Result};
use crate::label::Label;
use crate::linear::{LinearModel, LinearValidParams};
use crate::matrix::FeatureMatrix;

impl LinearValidParams {
    /// Fits a model of `n_classes` classes to rows `x` with classes `y`.
    ///
    /// A class that does not occur in `y` gets zero weights and the intercept [`LinearModel::ABSENT`].
    ///
    /// # Errors
    /// [`Error::Fit`] if there are no rows, if they are all of one class (unless the learner is
    /// [`crate::linear::Learner::Prior`]), or if naive Bayes meets a negative value.
    ///
    /// # Panics
    /// If `x` and `y` differ in length or a label is not below `n_classes`.
    pub fn fit_rows(&self, x: &FeatureMatrix, y: &[Label], n_classes: usize) -> Result<LinearModel> {
        let _ = (x, y, n_classes);
        Err(Error::Fit { reason: "not yet".into() })
    }
}

/// linfa's `fit`. There are as many classes as the largest label says.
impl<T: AsSingleTargets<Elem = Label>> Fit<FeatureMatrix, T, Error> for LinearValidParams {
    type Object = LinearModel;

    fn fit(&self, dataset: &DatasetBase<FeatureMatrix, T>) -> Result<LinearModel> {
        let y = dataset.as_single_targets().to_vec();
        let n_classes = y.iter().max().map_or(0, |label| label.index() + 1);
        self.fit_rows(dataset.records(), &y, n_classes)
    }
}
