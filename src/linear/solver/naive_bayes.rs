//! Multinomial naive Bayes, written as a linear model.
//!
//! Comes in: a matrix of counts or other amounts, none negative. Goes out: weights in closed form. Source:
//! Manning, Raghavan, Schütze 2008, Introduction to Information Retrieval, section 13.2.

use ndarray::{Array1, Array2, Axis};

use super::{Convergence, Problem};
use crate::error::{Error, Result};
use crate::linear::LinearModel;
use crate::numeric::ln;

/// Weight of column j for class c: ln((N_cj + s) / (N_c + s n_features)), with N_cj the weighted sum of the
/// column over the class's rows, s the smoothing; intercept: ln of the class's share of the weight. Columns that do not
/// occur are not of the vocabulary: they do not count in n_features and weigh 0, so that a member of a sum says nothing
/// about the groups that it does not see.
///
/// The mean over classes is then taken off each column and off the intercepts. Softmax does not notice, and a
/// weight says how much a column speaks for a class rather than how rare the column is.
///
/// # Errors
/// [`Error::Fit`] if a value is negative.
pub(in crate::linear) fn fit_naive_bayes(problem: &Problem<'_>, smoothing: f64) -> Result<LinearModel> {
    let mut coef = Array2::<f64>::zeros((problem.n_classes, problem.x.n_features()));
    let mut intercept = Array1::<f64>::zeros(problem.n_classes);
    for (i, row) in problem.x.rows().enumerate() {
        let (class, weight) = (problem.y[i], problem.sample_weights[i]);
        intercept[class] += weight;
        let mut counts = coef.row_mut(class);
        for (j, v) in row.iter() {
            if v < 0.0 {
                let reason = format!("naive Bayes needs values of 0 or more; row {i}, column {j} holds {v}");
                return Err(Error::Fit { reason });
            }
            counts[j] += weight * v;
        }
    }
    let occurs = coef.sum_axis(Axis(0)).mapv(|count| count > 0.0);
    let n_features = occurs.iter().filter(|&&occurs| occurs).count();
    for mut counts in coef.rows_mut() {
        let total = ln(counts.sum() + smoothing * n_features as f64);
        counts.zip_mut_with(&occurs, |count, &occurs| {
            *count = if occurs { ln(*count + smoothing) - total } else { 0.0 };
        });
    }
    intercept.mapv_inplace(ln);
    let n_classes = problem.n_classes as f64;
    coef -= &(coef.sum_axis(Axis(0)) / n_classes);
    intercept -= intercept.sum() / n_classes;
    Ok(LinearModel::from_parts(coef, intercept, vec![Convergence::CLOSED_FORM]))
}
