//! Softmax after one scale and a bias a class. Source: Guo, Pleiss, Sun, Weinberger 2017, On Calibration of
//! Modern Neural Networks (temperature scaling; the biases make it vector scaling with a shared scale).

use ndarray::{Array1, Array2};
use serde::{Deserialize, Serialize};

use super::newton::{Local, minimise};
use crate::label::Label;
use crate::linear::loss::log_sum_exp;
use crate::numeric::exp;

/// Weight of the penalty (scale - 1)^2 / 2 + ||bias||^2 / 2 against the sum of log losses: there is a best
/// calibration even where the decision values make no mistake, or where a class has no row.
const PENALTY: f64 = 1e-3;

/// P(class k | d) is proportional to e^(scale d_k + bias_k).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Temperature {
    /// 1 / temperature, not negative.
    pub scale: f64,
    /// One a class.
    pub bias: Vec<f64>,
}

impl Temperature {
    /// The scale and biases with the smallest penalised log loss. A scale below 0, which would turn the
    /// decisions around, becomes 0: the probabilities are then the class frequencies.
    pub(super) fn fit(decisions: &Array2<f64>, truth: &[Label]) -> Self {
        let k = decisions.ncols();
        let mut start = Array1::zeros(k + 1);
        start[0] = 1.0;
        let mut found = minimise(start, |point| penalised_log_loss(decisions, truth, point));
        if found[0] < 0.0 {
            let without = Array2::zeros(decisions.raw_dim());
            found = minimise(Array1::zeros(k + 1), |point| penalised_log_loss(&without, truth, point));
            found[0] = 0.0;
        }
        Temperature { scale: found[0], bias: found.iter().skip(1).copied().collect() }
    }

    /// Decision values -> log-odds, in place.
    pub(super) fn scores(&self, decisions: &mut [f64]) {
        for (d, bias) in decisions.iter_mut().zip(&self.bias) {
            *d = self.scale * *d + bias;
        }
    }
}

/// `point` is the scale, then the biases.
fn penalised_log_loss(decisions: &Array2<f64>, truth: &[Label], point: &Array1<f64>) -> Local {
    let n = point.len();
    let mut from_prior = point.clone();
    from_prior[0] -= 1.0;
    let mut local = Local {
        value: 0.5 * PENALTY * from_prior.dot(&from_prior),
        gradient: PENALTY * &from_prior,
        hessian: PENALTY * Array2::eye(n),
    };
    let (mut scores, mut p) = (vec![0.0; n - 1], vec![0.0; n - 1]);
    for (d, label) in decisions.rows().into_iter().zip(truth) {
        for (c, score) in scores.iter_mut().enumerate() {
            *score = point[0] * d[c] + point[c + 1];
        }
        let normaliser = log_sum_exp(&scores);
        local.value += normaliser - scores[label.index()];
        local.gradient[0] -= d[label.index()];
        local.gradient[label.index() + 1] -= 1.0;
        p.iter_mut().zip(&scores).for_each(|(p, score)| *p = exp(score - normaliser));
        let mean: f64 = p.iter().zip(d).map(|(p, d)| p * d).sum();
        local.gradient[0] += mean;
        for (c, &p_c) in p.iter().enumerate() {
            local.gradient[c + 1] += p_c;
            // Variances and covariances of the decision value and of the class indicators under p.
            let from_mean = d[c] - mean;
            local.hessian[[0, 0]] += p_c * from_mean * from_mean;
            local.hessian[[0, c + 1]] += p_c * from_mean;
            local.hessian[[c + 1, 0]] += p_c * from_mean;
            local.hessian[[c + 1, c + 1]] += p_c;
            for (b, &p_b) in p.iter().enumerate() {
                local.hessian[[c + 1, b + 1]] -= p_c * p_b;
            }
        }
    }
    local
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn gradient_and_hessian_match_finite_differences() {
        let decisions = array![[1.0, -0.5, 0.2], [0.3, 0.8, -1.0], [-2.0, 0.1, 0.4], [0.0, 0.5, 0.6]];
        let truth = [Label(0), Label(1), Label(2), Label(1)];
        let point = array![0.7, 0.1, -0.3, 0.2];
        let at = |p: &Array1<f64>| penalised_log_loss(&decisions, &truth, p);
        let local = at(&point);
        for i in 0..4 {
            let mut step = Array1::zeros(4);
            step[i] = 1e-5;
            let (up, down) = (at(&(&point + &step)), at(&(&point - &step)));
            assert!(((up.value - down.value) / 2e-5 - local.gradient[i]).abs() < 1e-8);
            let change = (up.gradient - down.gradient) / 2e-5;
            assert!((change - local.hessian.row(i)).iter().all(|e| e.abs() < 1e-8));
        }
    }
}
