//! The mistakes that a model is surest of, and why it makes them.

use serde::Serialize;

use super::answers::Answers;
use crate::corpus::Corpus;
use crate::pipeline::{Contribution, Highlight, Pipeline};

/// Features shown for a mistake.
const FEATURES: usize = 8;

/// A row whose prediction is wrong.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mistake {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// The true label.
    pub truth: String,
    /// The prediction.
    pub predicted: String,
    /// The probability of the prediction, in [0, 1].
    pub confidence: f64,
    /// The features that moved the decision for the prediction most, largest first.
    pub features: Vec<Contribution>,
    /// The words of the text behind the word features, in order.
    pub words: Vec<Highlight>,
}

/// The `n` most confident mistakes, the surest first.
pub(super) fn mistakes(
    pipeline: &Pipeline,
    answers: &Answers<'_>,
    corpus: &Corpus,
    n: usize,
) -> Vec<Mistake> {
    let is_wrong = |row: &usize| answers.truth[*row] != answers.predicted[*row];
    let describe = |row: usize| {
        let (text, predicted) = (&corpus.texts()[row], answers.predicted[row]);
        let mut explanation = pipeline.explain(text, Some(predicted));
        let words = pipeline.highlight(text, &explanation);
        explanation.features.truncate(FEATURES);
        Mistake {
            id: corpus.ids()[row].clone(),
            text: text.clone(),
            truth: answers.labels.name_of(answers.truth[row]).to_owned(),
            predicted: answers.labels.name_of(predicted).to_owned(),
            confidence: answers.confidence(row),
            features: explanation.features,
            words,
        }
    };
    answers.by_confidence().into_iter().filter(is_wrong).take(n).map(describe).collect()
}
