//! One sigmoid a class. Sources: Platt 1999, Probabilistic Outputs for Support Vector Machines; Lin, Lin, Weng
//! 2007, A Note on Platt's Probabilistic Outputs for Support Vector Machines.

use ndarray::{ArrayView1, array};
use serde::{Deserialize, Serialize};

use super::newton::{Local, minimise};
use crate::numeric::{ln, sigmoid, softplus};

/// P(class | d) = 1 / (1 + e^-(slope d + offset)).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sigmoid {
    /// Per unit of the decision value.
    pub slope: f64,
    /// Log-odds at decision value 0.
    pub offset: f64,
}

impl Sigmoid {
    /// The most likely sigmoid, the targets being (n+ + 1) / (n+ + 2) in the class and 1 / (n- + 2) outside:
    /// smoothed, so that it exists where decision values separate the class, or where it has no row.
    pub(super) fn fit(decisions: ArrayView1<'_, f64>, in_class: &[bool]) -> Self {
        let inside = in_class.iter().filter(|&&is| is).count() as f64;
        let outside = in_class.len() as f64 - inside;
        let [low, high] = [1.0 / (outside + 2.0), (inside + 1.0) / (inside + 2.0)];
        // Decision values of any unit make a well-conditioned problem once divided by their size.
        let size = decisions.iter().fold(0.0, |size: f64, d| size.max(d.abs())).max(f64::MIN_POSITIVE);
        let found = minimise(array![0.0, ln((inside + 1.0) / (outside + 1.0))], |point| {
            let mut value = 0.0;
            let [mut slope, mut offset] = [0.0; 2];
            let [mut slope_slope, mut slope_offset, mut offset_offset] = [0.0; 3];
            for (d, &is) in decisions.iter().zip(in_class) {
                let d = d / size;
                let target = if is { high } else { low };
                let log_odds = point[0] * d + point[1];
                let p = sigmoid(log_odds);
                value += softplus(log_odds) - target * log_odds;
                slope += (p - target) * d;
                offset += p - target;
                let curvature = p * (1.0 - p);
                slope_slope += curvature * d * d;
                slope_offset += curvature * d;
                offset_offset += curvature;
            }
            let hessian = array![[slope_slope, slope_offset], [slope_offset, offset_offset]];
            Local { value, gradient: array![slope, offset], hessian }
        });
        Sigmoid { slope: found[0] / size, offset: found[1] }
    }

    /// ln P(class | d), finite however far out.
    pub(super) fn log_probability(self, decision: f64) -> f64 {
        -softplus(-(self.slope * decision + self.offset))
    }
}
