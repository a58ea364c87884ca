//! Weights while they are learnt, of several binary problems at once.
//!
//! Comes in: rows. Goes out: decision values, and the weights moved along a row. The two loops below are where
//! training spends its time: with the weights of `L` problems side by side, a stored value is read once for all
//! of them.

use crate::matrix::Row;

/// w and the weight of the constant feature, a lane a problem; in `f64`, since with `f32` the duality gap is
/// noise below 3e-8.
#[derive(Debug, Clone)]
pub(in crate::linear) struct Weights<const L: usize> {
    coef: Vec<[f64; L]>,
    constant: [f64; L],
    /// Value of the constant feature; 0 for no intercept.
    scaling: f64,
}

impl<const L: usize> Weights<L> {
    /// All zero.
    pub(in crate::linear) fn zeros(n_features: usize, intercept_scaling: f64) -> Self {
        Weights { coef: vec![[0.0; L]; n_features], constant: [0.0; L], scaling: intercept_scaling }
    }

    /// w . x, the constant feature included.
    #[inline]
    pub(in crate::linear) fn decisions(&self, row: Row<'_>) -> [f64; L] {
        // Two sums, so that an addition need not wait for the one before.
        let mut even = self.constant.map(|w| w * self.scaling);
        let mut odd = [0.0; L];
        let (pairs, last) = row.indices.as_chunks::<2>();
        let (pair_values, last_value) = row.values.as_chunks::<2>();
        for (&[i, j], &[u, v]) in pairs.iter().zip(pair_values) {
            add(&mut even, f64::from(u), &self.coef[i as usize]);
            add(&mut odd, f64::from(v), &self.coef[j as usize]);
        }
        for (&j, &v) in last.iter().zip(last_value) {
            add(&mut even, f64::from(v), &self.coef[j as usize]);
        }
        add(&mut even, 1.0, &odd);
        even
    }

    /// w += step * x in every lane, the constant feature included.
    #[inline]
    pub(in crate::linear) fn add(&mut self, steps: &[f64; L], row: Row<'_>) {
        for (&j, &v) in row.indices.iter().zip(row.values) {
            add(&mut self.coef[j as usize], f64::from(v), steps);
        }
        add(&mut self.constant, self.scaling, steps);
    }

    /// ||w||^2, the weight of the constant feature included.
    pub(in crate::linear) fn squared_norms(&self) -> [f64; L] {
        let mut norms = [0.0; L];
        for w in self.coef.iter().chain([&self.constant]) {
            (0..L).for_each(|lane| norms[lane] += w[lane] * w[lane]);
        }
        norms
    }

    /// One weight a column, of one lane.
    pub(in crate::linear) fn coef(&self, lane: usize) -> Vec<f64> {
        self.coef.iter().map(|w| w[lane]).collect()
    }

    /// The intercept of one lane.
    pub(in crate::linear) fn intercept(&self, lane: usize) -> f64 {
        self.constant[lane] * self.scaling
    }
}

/// `to` += factor * `from`, lane by lane.
#[inline]
fn add<const L: usize>(to: &mut [f64; L], factor: f64, from: &[f64; L]) {
    (0..L).for_each(|lane| to[lane] += factor * from[lane]);
}
