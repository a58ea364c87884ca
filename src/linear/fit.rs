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

#[cfg(test)]
mod tests {
    use linfa::ParamGuard;
    use linfa::traits::Predict;
    use ndarray::{Array1, array};

    use super::*;
    use crate::linear::LinearParams;
    use crate::numeric::Rng;

    /// Rows of `n_classes` classes over twelve columns; column c leans to class c modulo `n_classes`.
    fn rows(n_samples: usize, n_classes: usize) -> (FeatureMatrix, Vec<Label>) {
        let mut rng = Rng::new(3);
        let mut x = FeatureMatrix::new(12);
        let mut y = Vec::new();
        for _ in 0..n_samples {
            let class = rng.below(n_classes);
            let columns: Vec<u32> = (0..12)
                .filter(|&j| rng.below(if j % n_classes == class { 2 } else { 4 }) == 0)
                .map(|j| j as u32)
                .collect();
            x.push_row(&columns, &vec![0.5; columns.len()]);
            y.push(Label::from_index(class));
        }
        (x, y)
    }

    fn fit(params: LinearParams, x: &FeatureMatrix, y: &[Label], n_classes: usize) -> LinearModel {
        params.check().unwrap().fit_rows(x, y, n_classes).unwrap()
    }

    /// Every learner, and every way it has.
    fn every_learner() -> Vec<LinearParams> {
        let new = LinearParams::new;
        vec![
            new(),
            new().multi_class(MultiClass::Multinomial),
            new().learner(Learner::Svm),
            new().learner(Learner::Svm).nb_ratio(Some(0.25)),
            new().learner(Learner::NaiveBayes),
            new().learner(Learner::Prior),
        ]
    }

    #[test]
    fn dual_descent_and_newton_agree_on_two_classes() {
        let (x, y) = rows(60, 2);
        let newton =
            fit(LinearParams::new().multi_class(MultiClass::Multinomial).tolerance(1e-12), &x, &y, 2);
        let dual = fit(LinearParams::new().c(2.0).tolerance(1e-12), &x, &y, 2);
        let difference = &newton.coef().row(1) - &newton.coef().row(0) - dual.coef().row(1);
        assert!(difference.iter().all(|d| d.abs() < 1e-5), "{difference}");
        let intercepts = newton.intercept();
        assert!((intercepts[1] - intercepts[0] - dual.intercept()[1]).abs() < 1e-5);
    }

    #[test]
    fn the_number_of_threads_changes_no_bit() {
        let (x, y) = rows(200, 9);
        for params in every_learner() {
            let alone = fit(params.clone(), &x, &y, 9);
            for threads in [2, 5] {
                assert_eq!(fit(params.clone().threads(threads), &x, &y, 9), alone);
            }
        }
    }

    #[test]
    fn the_seed_changes_the_way_and_not_the_answer() {
        let (x, y) = rows(80, 3);
        let [one, two] = [1, 2].map(|seed| fit(LinearParams::new().seed(seed).tolerance(1e-12), &x, &y, 3));
        assert_ne!(one, two);
        assert!((one.coef() - two.coef()).iter().all(|d| d.abs() < 1e-5));
    }

    #[test]
    fn an_absent_class_is_never_predicted_and_leaves_the_others_as_they_are() {
        let (x, y) = rows(50, 2);
        let shifted: Vec<Label> = y.iter().map(|label| Label(2 * label.0)).collect();
        for params in every_learner() {
            let model = fit(params.clone(), &x, &shifted, 3);
            let without = fit(params, &x, &y, 2);
            assert_eq!(model.coef().row(2), without.coef().row(1));
            assert_eq!(
                model.intercept(),
                &array![without.intercept()[0], LinearModel::ABSENT, without.intercept()[1]]
            );
            assert!(model.coef().row(1).iter().all(|&w| w == 0.0));
            let predicted: Array1<Label> = model.predict(&x);
            assert!(predicted.iter().all(|label| label.0 != 1));
        }
    }

    #[test]
    fn rows_that_cannot_tell_classes_apart_are_refused() {
        let (x, _) = rows(2, 2);
        let one_class = [Label(1), Label(1)];
        let valid = LinearParams::new().check().unwrap();
        let error = valid.fit_rows(&x, &one_class, 3).unwrap_err();
        assert_eq!(error.to_string(), "cannot fit: 2 rows of 1 classes; rows of at least 2 are needed");
        assert!(valid.fit_rows(&FeatureMatrix::new(4), &[], 3).is_err());
        let prior = fit(LinearParams::new().learner(Learner::Prior), &x, &one_class, 3);
        assert_eq!(prior.intercept(), &array![LinearModel::ABSENT, 0.0, LinearModel::ABSENT]);
    }

    #[test]
    fn naive_bayes_says_nothing_about_columns_that_do_not_occur() {
        let (mut x, mut wide) = (FeatureMatrix::new(1), FeatureMatrix::new(3));
        for value in [1.0, 3.0, 5.0] {
            x.push_row(&[0], &[value]);
            wide.push_row(&[0], &[value]);
        }
        let bayes = LinearParams::new().learner(Learner::NaiveBayes);
        let y = [Label(0), Label(1), Label(1)];
        let (narrow, wide) = (fit(bayes.clone(), &x, &y, 2), fit(bayes, &wide, &y, 2));
        assert_eq!(wide.coef().column(0), narrow.coef().column(0));
        assert!(wide.coef().columns().into_iter().skip(1).flatten().all(|&w| w == 0.0));
    }

    #[test]
    fn naive_bayes_refuses_negative_values_and_the_ratio_does_not() {
        let mut x = FeatureMatrix::new(1);
        x.push_row(&[0], &[1.0]);
        x.push_row(&[0], &[-1.0]);
        let y = [Label(0), Label(1)];
        let bayes = LinearParams::new().learner(Learner::NaiveBayes).check().unwrap();
        let error = bayes.fit_rows(&x, &y, 2).unwrap_err();
        assert_eq!(
            error.to_string(),
            "cannot fit: naive Bayes needs values of 0 or more; row 1, column 0 holds -1"
        );
        assert!(fit(LinearParams::new().nb_ratio(Some(1.0)), &x, &y, 2).convergence()[0].converged);
    }

    #[test]
    fn an_empty_row_is_decided_by_the_intercept() {
        let (mut x, mut y) = rows(30, 3);
        x.push_row(&[], &[]);
        y.push(Label(2));
        for params in every_learner() {
            let model = fit(params, &x, &y, 3);
            let of_empty = model.decision_function(&x).row(30).to_owned();
            assert_eq!(of_empty, model.intercept().mapv(crate::numeric::to_grid));
        }
    }

    #[test]
    fn one_column_or_none_is_enough() {
        for n_features in [0, 1] {
            let mut x = FeatureMatrix::new(n_features);
            let columns: Vec<u32> = (0..n_features as u32).collect();
            for value in [1.0, 2.0, 4.0] {
                x.push_row(&columns, &vec![value; n_features]);
            }
            for params in every_learner() {
                let model = fit(params.tolerance(1e-6), &x, &[Label(0), Label(1), Label(1)], 2);
                assert!(model.convergence()[0].converged);
                assert_eq!(LinearModel::best(model.decision_function(&x).row(2)), Label(1));
            }
        }
    }

    #[test]
    fn running_out_of_epochs_is_reported() {
        let (x, y) = rows(80, 3);
        for params in every_learner().into_iter().take(4) {
            let model = fit(params.tolerance(1e-12).max_epochs(1), &x, &y, 3);
            assert!(model.convergence().iter().all(|c| !c.converged && c.epochs == 1 && c.gap > 1e-12));
        }
    }

    #[test]
    fn a_balanced_class_weighs_as_much_as_its_rows_repeated() {
        let (x, y) = rows(40, 2);
        let of_class = |class: u16| (0..40).filter(|&i| y[i] == Label(class)).collect::<Vec<usize>>();
        let [few, many] = [of_class(0)[..5].to_vec(), of_class(1)[..10].to_vec()];
        let labels = |samples: &[usize]| samples.iter().map(|&i| y[i]).collect::<Vec<Label>>();
        let once = [few.clone(), many.clone()].concat();
        let repeated = [few.clone(), few, many].concat();
        for params in [LinearParams::new(), LinearParams::new().learner(Learner::Svm)] {
            let params = params.tolerance(1e-12);
            // 15 rows: weights 15 / (2 * 5) and 15 / (2 * 10).
            let balanced = params.clone().class_weight(ClassWeight::Balanced);
            let balanced = fit(balanced, &x.select(&once), &labels(&once), 2);
            let plain = fit(params.c(0.75), &x.select(&repeated), &labels(&repeated), 2);
            assert!((balanced.coef() - plain.coef()).iter().all(|d| d.abs() < 1e-5));
        }
    }

    #[test]
    fn linfa_fits_and_predicts_the_same_model() {
        let (x, y) = rows(30, 3);
        let dataset = DatasetBase::new(x.clone(), Array1::from(y.clone()));
        let model = LinearParams::new().fit(&dataset).unwrap();
        assert_eq!(model, fit(LinearParams::new(), &x, &y, 3));
        let predicted: Array1<Label> = model.predict(&dataset);
        let decisions = model.decision_function(&x);
        assert!(predicted.iter().zip(decisions.rows()).all(|(label, row)| *label == LinearModel::best(row)));
        assert!(LinearParams::new().c(-1.0).fit(&dataset).is_err());
    }

    #[test]
    #[should_panic(expected = "label 2 of 2 classes")]
    fn a_label_beyond_the_classes_is_a_broken_promise() {
        let (x, _) = rows(2, 2);
        let _ = LinearParams::new().check().unwrap().fit_rows(&x, &[Label(0), Label(2)], 2);
    }
}
