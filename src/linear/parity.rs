//! Against numbers of scikit-learn and of linfa's dense estimators.
//!
//! `tests/parity/linear.json` is written by `tests/parity/generate_linear.py`, which says how the objectives
//! are made to agree.

use linfa::ParamGuard;
use linfa::prelude::{DatasetBase, Fit};
use ndarray::{Array1, Array2, Axis};
use serde::Deserialize;

use super::*;
use crate::{FeatureMatrix, Label};

#[derive(Deserialize)]
struct Reference {
    x: Vec<Vec<f32>>,
    y: Vec<u16>,
    fits: Vec<ReferenceFit>,
    calibrations: Vec<ReferenceCalibration>,
}

#[derive(Deserialize)]
struct ReferenceFit {
    name: String,
    spec: LinearSpec,
    n_classes: usize,
    coef: Vec<Vec<f64>>,
    intercept: Vec<f64>,
}

#[derive(Deserialize)]
struct ReferenceCalibration {
    kind: CalibrationKind,
    decisions: Vec<Vec<f64>>,
    truth: Vec<Label>,
    new: Vec<Vec<f64>>,
    probabilities: Vec<Vec<f64>>,
}

impl Reference {
    fn load() -> Self {
        serde_json::from_str(include_str!("../../tests/parity/linear.json")).unwrap()
    }

    fn rows(&self, fit: &ReferenceFit) -> (FeatureMatrix, Vec<Label>) {
        let is_counts = fit.spec.learner == Learner::NaiveBayes;
        let rows: Vec<Vec<f32>> = self
            .x
            .iter()
            .map(|row| row.iter().map(|v| if is_counts { v.abs() } else { *v }).collect())
            .collect();
        let y = self.y.iter().map(|&y| Label(y.min(fit.n_classes as u16 - 1))).collect();
        (sparse(&rows), y)
    }
}

fn sparse(rows: &[Vec<f32>]) -> FeatureMatrix {
    let mut x = FeatureMatrix::new(rows[0].len());
    for row in rows {
        let (indices, values): (Vec<u32>, Vec<f32>) =
            (0..).zip(row).filter(|(_, v)| **v != 0.0).map(|(j, v)| (j, *v)).unzip();
        x.push_row(&indices, &values);
    }
    x
}

fn dense(rows: &[Vec<f64>]) -> Array2<f64> {
    Array2::from_shape_fn((rows.len(), rows[0].len()), |(i, j)| rows[i][j])
}

fn fitted(params: LinearParams, x: &FeatureMatrix, y: &[Label], n_classes: usize) -> LinearModel {
    let model = params.check().unwrap().fit_rows(x, y, n_classes).unwrap();
    assert!(model.convergence().iter().all(|c| c.converged), "{:?}", model.convergence());
    model
}

#[test]
fn weights_are_those_of_scikit_learn() {
    let reference = Reference::load();
    for fit in &reference.fits {
        let (x, y) = reference.rows(fit);
        let params = LinearParams::from(LinearSpec { max_epochs: 100_000, ..fit.spec.clone() });
        let model = fitted(params.tolerance(1e-12), &x, &y, fit.n_classes);
        let coef_error = (model.coef() - &dense(&fit.coef)).mapv(f64::abs).fold(0.0, |a: f64, &b| a.max(b));
        let intercept = Array1::from(fit.intercept.clone());
        let intercept_error =
            (model.intercept() - &intercept).mapv(f64::abs).fold(0.0, |a: f64, &b| a.max(b));
        assert!(coef_error < 2e-5 && intercept_error < 2e-5, "{}: {coef_error} {intercept_error}", fit.name);
    }
}

/// The one-vs-rest objective of class `c`, written down once more, row by row.
fn objective(
    fit: &ReferenceFit,
    x: &FeatureMatrix,
    y: &[Label],
    c: usize,
    coef: &[f64],
    intercept: f64,
) -> f64 {
    let constant = intercept / fit.spec.intercept_scaling;
    let penalty = 0.5 * (coef.iter().map(|w| w * w).sum::<f64>() + constant * constant);
    let losses = x.rows().zip(y).map(|(row, label)| {
        let count = y.iter().filter(|other| *other == label).count() as f64;
        let weight = match fit.spec.class_weight {
            ClassWeight::None => 1.0,
            ClassWeight::Balanced => y.len() as f64 / (fit.n_classes as f64 * count),
        };
        let decision = intercept + row.iter().map(|(j, v)| v * coef[j]).sum::<f64>();
        let margin = if label.index() == c { decision } else { -decision };
        weight
            * match fit.spec.learner {
                Learner::Logistic => (-margin).exp().ln_1p(),
                _ => (1.0 - margin).max(0.0).powi(2),
            }
    });
    penalty + fit.spec.c * losses.sum::<f64>()
}

#[test]
fn the_objective_is_as_close_to_the_reference_optimum_as_the_gap_says() {
    let reference = Reference::load();
    let is_binary = |fit: &&ReferenceFit| {
        matches!(fit.spec.learner, Learner::Logistic | Learner::Svm)
            && fit.spec.multi_class == MultiClass::OneVsRest
            && fit.spec.nb_ratio.is_none()
    };
    let mut looked_at = 0;
    for fit in reference.fits.iter().filter(is_binary) {
        let (x, y) = reference.rows(fit);
        for tolerance in [1e-2, 1e-6] {
            let model =
                fitted(LinearParams::from(fit.spec.clone()).tolerance(tolerance), &x, &y, fit.n_classes);
            for c in 0..fit.n_classes {
                let gap = model.convergence()[if fit.n_classes == 2 { 0 } else { c }].gap;
                let coef = model.coef().row(c).to_vec();
                let reached = objective(fit, &x, &y, c, &coef, model.intercept()[c]);
                let best = objective(fit, &x, &y, c, &fit.coef[c], fit.intercept[c]);
                let distance = (reached - best) / reached;
                assert!(gap <= tolerance, "{}: {gap}", fit.name);
                assert!(distance <= gap + 1e-12, "{}: {distance} against {gap}", fit.name);
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 20);
}

#[test]
fn calibrated_probabilities_are_those_of_scikit_learn() {
    for calibration in Reference::load().calibrations {
        let decisions = dense(&calibration.decisions);
        let fitted = Calibration::fit(calibration.kind, &decisions, &calibration.truth, decisions.ncols());
        for (new, expected) in calibration.new.iter().zip(&calibration.probabilities) {
            let mut p = new.clone();
            fitted.probabilities(&mut p);
            let error = p.iter().zip(expected).map(|(p, e)| (p - e).abs()).fold(0.0, f64::max);
            assert!(error < 1e-4, "{:?}: {p:?} against {expected:?}", calibration.kind);
        }
    }
}

/// Twenty rows of the reference problem, for linfa in `f64` and dense.
fn twenty_rows(n_classes: u16) -> (FeatureMatrix, Array2<f64>, Vec<Label>) {
    let reference = Reference::load();
    let rows = &reference.x[..20];
    let dense = Array2::from_shape_fn((20, rows[0].len()), |(i, j)| f64::from(rows[i][j]));
    let y = reference.y[..20].iter().map(|&y| Label(y.min(n_classes - 1))).collect();
    (sparse(rows), dense, y)
}

#[test]
fn two_class_weights_are_those_of_linfa_logistic() {
    let (x, dense, y) = twenty_rows(2);
    let model = fitted(LinearParams::new().c(2.0).intercept(false).tolerance(1e-12), &x, &y, 2);
    let oracle = linfa_logistic::LogisticRegression::default()
        .alpha(0.5)
        .with_intercept(false)
        .gradient_tolerance(1e-10)
        .max_iterations(10_000)
        .fit(&DatasetBase::new(dense, y.iter().map(|y| y.0).collect::<Array1<u16>>()))
        .unwrap();
    // linfa's positive class is the first row's, not the larger one: compare per label.
    let positive = usize::from(oracle.labels().pos.class);
    let error = (&model.coef().row(positive) - oracle.params()).mapv(f64::abs).sum();
    assert!(error < 1e-5, "{error}");
}

#[test]
fn multinomial_probabilities_are_those_of_linfa_logistic() {
    let (x, dense, y) = twenty_rows(3);
    let params = LinearParams::new().multi_class(MultiClass::Multinomial).c(2.0).intercept(false);
    let model = fitted(params.tolerance(1e-12), &x, &y, 3);
    let oracle = linfa_logistic::MultiLogisticRegression::default()
        .alpha(0.5)
        .with_intercept(false)
        .gradient_tolerance(1e-10)
        .max_iterations(10_000)
        .fit(&DatasetBase::new(dense.clone(), y.iter().map(|y| y.0).collect::<Array1<u16>>()))
        .unwrap();
    let expected = oracle.predict_probabilities(&dense);
    let mut decisions = model.decision_function(&x);
    for mut row in decisions.axis_iter_mut(Axis(0)) {
        Calibration::Softmax.probabilities(row.as_slice_mut().unwrap());
    }
    for (c, label) in oracle.classes().iter().enumerate() {
        let error = (&decisions.column(usize::from(*label)) - &expected.column(c)).mapv(f64::abs).sum();
        assert!(error < 1e-5, "class {label}: {error}");
    }
}
