//! What a statement's features add up to.
//!
//! The score's meaning lives here: probabilities come from calibrated decision values, the label is the most
//! probable class, and the score is the sum of probability times polarity.

use super::Pipeline;
use super::weights::Weights;
use crate::features::Scratch;
use crate::label::Label;
use crate::numeric::to_grid;
use crate::text::Passage;

/// The answer for one statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The most probable class; of equal ones the first.
    pub label: Label,
    /// Probability of each class, in label order; in [0, 1], summing to 1.
    pub probabilities: Vec<f64>,
    /// Probability times polarity, summed; in [-1, 1]. `None` for a label set without polarity.
    pub score: Option<f64>,
    /// Whether the weights are those of the statement's own target; the shared ones otherwise.
    pub own_weights: bool,
}

/// Scores one statement after another on one thread.
#[derive(Debug)]
pub struct Scorer<'p> {
    pipeline: &'p Pipeline,
    scratch: Scratch,
    outputs: Vec<f64>,
}

impl Pipeline {
    /// A scorer for one thread.
    pub fn scorer(&self) -> Scorer<'_> {
        Scorer { pipeline: self, scratch: self.vectorizer.scratch(), outputs: Vec::new() }
    }

    /// Scores one text, perhaps toward a target. For many, take a [`Pipeline::scorer`] or [`Pipeline::score_all`].
    pub fn score<'t>(&self, passage: impl Into<Passage<'t>>) -> Score {
        self.scorer().score(passage)
    }

    /// Scores many texts with up to `threads` threads; the same numbers with any number of them.
    pub fn score_all(&self, passages: &[Passage<'_>], threads: usize) -> Vec<Score> {
        let share = passages.len().div_ceil(threads.max(1)).max(1);
        let mut out = Vec::with_capacity(passages.len());
        std::thread::scope(|scope| {
            let score = |part: &[Passage<'_>]| {
                let mut scorer = self.scorer();
                part.iter().map(|&passage| scorer.score(passage)).collect::<Vec<_>>()
            };
            let mut parts = passages.chunks(share);
            let first = parts.next().unwrap_or(&[]);
            let rest: Vec<_> = parts.map(|part| scope.spawn(move || score(part))).collect();
            out.extend(score(first));
            for part in rest {
                out.extend(part.join().expect("scoring does not panic"));
            }
        });
        out
    }
}

impl Scorer<'_> {
    /// Scores one text, perhaps toward a target.
    pub fn score<'t>(&mut self, passage: impl Into<Passage<'t>>) -> Score {
        let passage = passage.into();
        let (weights, own_weights) = self.pipeline.heads.of(passage.target);
        let mut probabilities = self.walk(passage, weights);
        self.pipeline.calibration.probabilities(&mut probabilities);
        self.pipeline.score_of(probabilities, own_weights)
    }

    /// The decision values of one passage, one a class: walks its features and adds weights, without a matrix.
    ///
    /// The same bits as [`LinearModel::decision_function`](crate::linear::LinearModel::decision_function) on the
    /// text's row, because terms are rounded to a grid on which sums are exact.
    pub fn decisions<'t>(&mut self, passage: impl Into<Passage<'t>>) -> Vec<f64> {
        let passage = passage.into();
        self.walk(passage, self.pipeline.heads.of(passage.target).0)
    }

    fn walk(&mut self, passage: Passage<'_>, weights: &Weights) -> Vec<f64> {
        self.outputs.clear();
        self.outputs.extend_from_slice(&weights.intercept);
        let outputs = &mut self.outputs;
        let idf = |column| weights.idf(column);
        self.pipeline.vectorizer.for_each_value_by(idf, passage, &mut self.scratch, |column, value| {
            for (sum, &weight) in outputs.iter_mut().zip(weights.of_column(column)) {
                *sum += to_grid(f64::from(value) * f64::from(weight));
            }
        });
        weights.decisions(outputs)
    }
}

impl Score {
    /// Whose weights answered: "own" or "shared".
    pub fn weights(&self) -> &'static str {
        if self.own_weights { "own" } else { "shared" }
    }
}

impl Pipeline {
    fn score_of(&self, probabilities: Vec<f64>, own_weights: bool) -> Score {
        let best = (0..probabilities.len())
            .reduce(|best, c| if probabilities[c] > probabilities[best] { c } else { best })
            .expect("a label set has classes");
        let score = self.labels.score(&probabilities);
        Score { label: Label::from_index(best), score, probabilities, own_weights }
    }
}
