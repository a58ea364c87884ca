//! From rows and labels to a [`LinearModel`]: which solver runs on what.
//!
//! Comes in: checked settings, a matrix, one class index a row. Goes out: a model over all classes, those
//! included that do not occur: solvers never see them.

use linfa::DatasetBase;
use linfa::dataset::AsSingleTargets;
use linfa::traits::Fit;
use ndarray::{Array1, Array2};

use crate::error::{Error, Result};
use crate::label::Label;
use crate::linear::loss::{Logistic, SquaredHinge};
use crate::linear::one_vs_rest::one_vs_rest;
use crate::linear::solver::{
    BinarySolver, DualCoordinateDescent, NaiveBayesRatio, NewtonCg, Problem, fit_naive_bayes, fit_prior,
};
use crate::linear::{ClassWeight, Learner, LinearModel, LinearSpec, LinearValidParams, MultiClass};
use crate::matrix::FeatureMatrix;

impl LinearValidParams {
    /// Fits a model of `n_classes` classes to rows `x` with classes `y`.
    ///
    /// A class that does not occur in `y` gets zero weights and the intercept [`LinearModel::ABSENT`].
    ///
    /// # Errors
    /// [`Error::Fit`] if there are no rows, if they are all of one class (unless the learner is
    /// [`Learner::Prior`]), or if naive Bayes meets a negative value.
    ///
    /// # Panics
    /// If `x` and `y` differ in length or a label is not below `n_classes`.
    pub fn fit_rows(&self, x: &FeatureMatrix, y: &[Label], n_classes: usize) -> Result<LinearModel> {
        assert_eq!(x.n_samples(), y.len(), "rows of the matrix against labels");
        let spec = self.spec();
        let occurring = Occurring::of(y, n_classes);
        let needed = if spec.learner == Learner::Prior { 1 } else { 2 };
        if occurring.classes.len() < needed {
            let reason = format!(
                "{} rows of {} classes; rows of at least {needed} are needed",
                y.len(),
                occurring.classes.len()
            );
            return Err(Error::Fit { reason });
        }
        let problem = Problem {
            x,
            y: &occurring.y,
            n_classes: occurring.classes.len(),
            sample_weights: &occurring.sample_weights(spec.class_weight),
            c: spec.c,
            intercept_scaling: if spec.intercept { spec.intercept_scaling } else { 0.0 },
        };
        let model = match (spec.learner, spec.multi_class) {
            (Learner::Prior, _) => fit_prior(&problem),
            (Learner::NaiveBayes, _) => fit_naive_bayes(&problem, spec.smoothing)?,
            (Learner::Logistic, MultiClass::Multinomial) => {
                NewtonCg { tolerance: spec.tolerance, max_steps: spec.max_epochs }.fit(&problem)
            }
            (Learner::Logistic, MultiClass::OneVsRest) => self.fit_binary(&problem, descent(spec, Logistic)),
            (Learner::Svm, _) => self.fit_binary(&problem, descent(spec, SquaredHinge)),
        };
        Ok(occurring.expand(model, n_classes))
    }

    /// One-vs-rest with `solver`, behind the naive Bayes ratio where one is asked for.
    fn fit_binary(&self, problem: &Problem<'_>, solver: impl BinarySolver) -> LinearModel {
        match self.spec().nb_ratio {
            None => one_vs_rest(problem, &solver, self.threads()),
            Some(beta) => {
                let solver = NaiveBayesRatio { solver, smoothing: self.spec().smoothing, beta };
                one_vs_rest(problem, &solver, self.threads())
            }
        }
    }
}

fn descent<L>(spec: &LinearSpec, loss: L) -> DualCoordinateDescent<L> {
    DualCoordinateDescent { loss, tolerance: spec.tolerance, max_epochs: spec.max_epochs, seed: spec.seed }
}

/// The classes that occur, renumbered without holes.
struct Occurring {
    /// Original indices, increasing.
    classes: Vec<usize>,
    /// Rows of each class.
    counts: Vec<usize>,
    /// Renumbered class of each row.
    y: Vec<usize>,
}

impl Occurring {
    fn of(y: &[Label], n_classes: usize) -> Self {
        let mut counts = vec![0; n_classes];
        for label in y {
            let class = label.index();
            assert!(class < n_classes, "label {class} of {n_classes} classes");
            counts[class] += 1;
        }
        let classes: Vec<usize> = (0..n_classes).filter(|&c| counts[c] > 0).collect();
        let mut renumbered = vec![0; n_classes];
        for (new, &old) in classes.iter().enumerate() {
            renumbered[old] = new;
        }
        Occurring {
            counts: classes.iter().map(|&c| counts[c]).collect(),
            y: y.iter().map(|label| renumbered[label.index()]).collect(),
            classes,
        }
    }

    fn sample_weights(&self, class_weight: ClassWeight) -> Vec<f64> {
        let balanced = |&class: &usize| self.y.len() as f64 / (self.counts.len() * self.counts[class]) as f64;
        match class_weight {
            ClassWeight::None => vec![1.0; self.y.len()],
            ClassWeight::Balanced => self.y.iter().map(balanced).collect(),
        }
    }

    /// `model` over the classes that occur -> the same over all of them.
    fn expand(&self, model: LinearModel, n_classes: usize) -> LinearModel {
        if self.classes.len() == n_classes {
            return model;
        }
        let mut coef = Array2::zeros((n_classes, model.n_features()));
        let mut intercept = Array1::from_elem(n_classes, LinearModel::ABSENT);
        for (new, &old) in self.classes.iter().enumerate() {
            coef.row_mut(old).assign(&model.coef().row(new));
            intercept[old] = model.intercept()[new];
        }
        LinearModel::from_parts(coef, intercept, model.convergence().to_vec())
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
