//! Two models on the same rows.

use serde::Serialize;

use super::answers::{Answers, Estimate};
use crate::corpus::Corpus;
use crate::metrics::{ConfusionMatrix, DRAWS, Discordance, PairedBootstrap};

/// The first model, which the report is about, against a second.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Versus {
    /// The second model.
    pub model: String,
    /// Share of right predictions.
    pub accuracy: Comparison,
    /// Macro F1.
    pub macro_f1: Comparison,
    /// Mean F1 of favor and against; label sets with both only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub favor_against_f1: Option<Comparison>,
    /// Rows by who gets them right.
    #[serde(flatten)]
    pub discordance: Discordance,
    /// McNemar's exact test of the two counts of rows that only one gets right.
    pub p_value: f64,
    /// Rows that only one gets right, as many of each as errors were asked for, the most confident first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<DiscordantRow>,
}

/// One score of two models.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Comparison {
    /// Of the first.
    pub first: Option<f64>,
    /// Of the second.
    pub second: Option<f64>,
    /// The first less the second, with an interval from paired draws.
    pub difference: Estimate,
}

/// A row that one model gets right and the other does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiscordantRow {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// The true label.
    pub truth: String,
    /// What the first model says.
    pub first: String,
    /// What the second model says.
    pub second: String,
}

/// Compares the answers of two models to the rows of `corpus`, and lists up to `n_rows` that only the first and as many
/// that only the second gets right.
pub(super) fn versus(
    model: &str,
    first: &Answers<'_>,
    second: &Answers<'_>,
    corpus: &Corpus,
    n_rows: usize,
    seed: u64,
) -> Versus {
    let (truth, n_classes) = (first.truth, first.labels.len());
    let predicted = [first.predicted.as_slice(), second.predicted.as_slice()];
    let counts = predicted.map(|p| ConfusionMatrix::from_labels(truth, p, n_classes));
    let bootstrap = PairedBootstrap::new(truth, predicted, n_classes, first.groups, DRAWS, seed);
    let compare = |score: &dyn Fn(&ConfusionMatrix) -> Option<f64>| {
        let [first, second] = counts.each_ref().map(score);
        let value = first.zip(second).map(|(first, second)| first - second);
        Comparison { first, second, difference: Estimate { value, interval: bootstrap.interval(score) } }
    };
    let discordance = Discordance::new(truth, predicted[0], predicted[1]);
    let right_alone = |right: &Answers<'_>, wrong: &Answers<'_>| -> Vec<DiscordantRow> {
        let alone =
            |row: &usize| right.predicted[*row] == truth[*row] && wrong.predicted[*row] != truth[*row];
        let describe = |row: usize| DiscordantRow {
            id: corpus.ids()[row].clone(),
            text: corpus.texts()[row].clone(),
            truth: first.labels.name_of(truth[row]).to_owned(),
            first: first.labels.name_of(first.predicted[row]).to_owned(),
            second: first.labels.name_of(second.predicted[row]).to_owned(),
        };
        right.by_confidence().into_iter().filter(alone).take(n_rows).map(describe).collect()
    };
    Versus {
        model: model.to_owned(),
        accuracy: compare(&ConfusionMatrix::accuracy),
        macro_f1: compare(&ConfusionMatrix::macro_f1),
        favor_against_f1: first.poles().map(|poles| compare(&|counts| counts.mean_f1(&poles))),
        p_value: discordance.p_value(),
        discordance,
        rows: [right_alone(first, second), right_alone(second, first)].concat(),
    }
}
