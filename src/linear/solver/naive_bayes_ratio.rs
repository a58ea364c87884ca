//! NB-SVM: any binary solver, on columns scaled by their naive Bayes log-count ratio.
//!
//! Comes in: a binary problem and the solver to hand the scaled one to. Goes out: weights of the original
//! columns. Source: Wang & Manning 2012, Baselines and Bigrams: Simple, Good Sentiment and Topic Classification,
//! sections 2.1, 2.3, 2.4.

use super::{BinaryProblems, BinarySolution, BinarySolver};
use crate::matrix::FeatureMatrix;
use crate::numeric::ln;

/// Scales, solves, scales back.
#[derive(Debug, Clone, Copy)]
pub(in crate::linear) struct NaiveBayesRatio<S> {
    pub(in crate::linear) solver: S,
    /// Added to every count.
    pub(in crate::linear) smoothing: f64,
    /// The share of the learnt weights in the interpolation, in (0, 1].
    pub(in crate::linear) beta: f64,
}

/// r_j = ln((p_j / ||p||_1) / (q_j / ||q||_1)), where p_j and q_j are smoothing plus the number of rows with
/// column j in the class and outside; 0 for a column that does not occur. Rows are counted, not values summed,
/// so that the ratio does not depend on how values are weighted or whether they are negative.
///
/// Also returned: how many columns occur. The others are not of the training vocabulary.
fn log_count_ratio(problem: &BinaryProblems<'_, 1>, smoothing: f64) -> (Vec<f64>, usize) {
    let mut counts = vec![[0u32; 2]; problem.x.n_features()];
    for (row, [sign], _) in problem.samples() {
        for (j, v) in row.iter() {
            counts[j][usize::from(*sign > 0.0)] += u32::from(v != 0.0);
        }
    }
    let smoothed = |count: u32| f64::from(count) + smoothing;
    let (mut outside, mut inside, mut n_occurring) = (0.0, 0.0, 0);
    for &[q, p] in counts.iter().filter(|&&count| count != [0, 0]) {
        outside += smoothed(q);
        inside += smoothed(p);
        n_occurring += 1;
    }
    let shift = ln(inside) - ln(outside);
    let ratio = |&[q, p]: &[u32; 2]| match (q, p) {
        (0, 0) => 0.0,
        _ => ln(smoothed(p)) - ln(smoothed(q)) - shift,
    };
    (counts.iter().map(ratio).collect(), n_occurring)
}

/// ln of the total cost in the class against outside: the naive Bayes intercept.
fn log_cost_ratio(problem: &BinaryProblems<'_, 1>) -> f64 {
    let total = |class: f64| problem.samples().filter(|s| *s.1 == [class]).map(|s| s.2).sum::<f64>();
    ln(total(1.0)) - ln(total(-1.0))
}

/// The matrix with column j multiplied by `ratio[j]`.
fn scaled(x: &FeatureMatrix, ratio: &[f64]) -> FeatureMatrix {
    let mut out = FeatureMatrix::new(x.n_features());
    let mut values = Vec::new();
    for row in x.rows() {
        values.clear();
        values.extend(row.iter().map(|(j, v)| (v * ratio[j]) as f32));
        out.push_row(row.indices, &values);
    }
    out
}

impl<S: BinarySolver> NaiveBayesRatio<S> {
    /// With v the weights learnt on the scaled columns and m their mean magnitude, the weight of column j is
    /// r_j ((1 - beta) m + beta v_j). The intercept is drawn toward that of naive Bayes in the same way. The
    /// source, on two balanced classes, need not do that; on three classes of tweets (TweetEval stance, c = 1,
    /// beta 0.25) the macro F1 is .56 without it and .60 with it.
    fn solve_one(&self, problem: &BinaryProblems<'_, 1>) -> BinarySolution {
        let (ratio, n_occurring) = log_count_ratio(problem, self.smoothing);
        let x = scaled(problem.x, &ratio);
        let [mut solution] = self.solver.solve(&BinaryProblems { x: &x, ..*problem });
        let mean = solution.coef.iter().map(|w| w.abs()).sum::<f64>() / n_occurring.max(1) as f64;
        for (w, r) in solution.coef.iter_mut().zip(&ratio) {
            *w = r * ((1.0 - self.beta) * mean + self.beta * *w);
        }
        if problem.intercept_scaling > 0.0 {
            let prior = log_cost_ratio(problem);
            solution.intercept = (1.0 - self.beta) * mean * prior + self.beta * solution.intercept;
        }
        solution
    }
}

impl<S: BinarySolver> BinarySolver for NaiveBayesRatio<S> {
    /// One problem after the other: each scales the columns in its own way. The gap reported is that of the
    /// scaled problem, before the interpolation.
    fn solve<const N: usize>(&self, problems: &BinaryProblems<'_, N>) -> [BinarySolution; N] {
        std::array::from_fn(|lane| {
            let signs: Vec<[f64; 1]> = problems.signs.iter().map(|signs| [signs[lane]]).collect();
            let BinaryProblems { x, costs, intercept_scaling, .. } = *problems;
            self.solve_one(&BinaryProblems { x, signs: &signs, costs, intercept_scaling })
        })
    }
}
