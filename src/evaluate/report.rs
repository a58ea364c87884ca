//! What an evaluation found.
//!
//! Comes in: a label set, true labels, probabilities, perhaps groups and columns to report by. Goes out: an
//! [`EvaluationReport`] whose JSON is the one of `evaluate --format json`. An undefined number is null. Knows
//! neither texts nor models.

use std::collections::BTreeMap;

use ndarray::ArrayView2;
use serde::Serialize;

use crate::label::{Label, LabelSet};
use crate::metrics::{
    Bootstrap, CalibrationBin, ClassScores, ConfusionMatrix, DRAWS, LEVEL, brier, calibration_bins,
    expected_calibration_error, log_loss, most_likely,
};
use crate::ordered::Ordered;

/// Scores of one set of predictions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EvaluationReport {
    /// What made the predictions, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Rows.
    pub n: usize,
    /// Groups that were drawn whole for the intervals; absent where rows were drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n_groups: Option<usize>,
    /// Share of the bootstrap draws inside an interval.
    pub interval_level: f64,
    /// Bootstrap draws behind an interval.
    pub draws: usize,
    /// Share of right predictions.
    pub accuracy: Estimate,
    /// Mean F1 of the classes that have rows or predictions.
    pub macro_f1: Estimate,
    /// Mean F1 of favor and against (SemEval-2016); label sets with both only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub favor_against_f1: Option<Estimate>,
    /// Mean recall of the classes that have rows.
    pub balanced_accuracy: Option<f64>,
    /// Mean F1 weighted by support.
    pub weighted_f1: Option<f64>,
    /// Matthews correlation coefficient.
    pub mcc: Option<f64>,
    /// Cohen's kappa.
    pub kappa: Option<f64>,
    /// Scores of each class, in label order.
    pub per_class: Ordered<ClassScores>,
    /// Counts by true and predicted class.
    pub confusion: Confusion,
    /// How far the probabilities can be believed.
    pub calibration: Calibration,
    /// What always answering the most frequent true label would score.
    pub baseline: Baseline,
    /// Column, then value: the scores of the rows that have it. Columns as asked for, values sorted.
    pub by: Ordered<Ordered<Slice>>,
}

/// A score with its bootstrap interval, both in the score's own unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The score.
    pub value: Option<f64>,
    /// Lower and upper end.
    pub interval: Option<[f64; 2]>,
}

/// The confusion matrix with its label names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Confusion {
    /// Names of rows and columns.
    pub labels: Vec<String>,
    /// Counts; rows are truth, columns are predictions.
    pub matrix: Vec<Vec<u64>>,
}

/// Calibration, smaller is better.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calibration {
    /// Expected calibration error, in [0, 1].
    pub ece: Option<f64>,
    /// Brier score summed over classes, in [0, 2].
    pub brier: Option<f64>,
    /// Log loss, in nats.
    pub log_loss: Option<f64>,
    /// Confidence against accuracy.
    pub bins: Vec<CalibrationBin>,
}

/// The scores of one constant answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Baseline {
    /// The answer: the most frequent true label, among equals the first.
    pub label: String,
    /// Share of right predictions.
    pub accuracy: Option<f64>,
    /// Mean F1 of the classes that have rows or predictions.
    pub macro_f1: Option<f64>,
}

/// The scores of some of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Slice {
    /// Rows.
    pub n: usize,
    /// Share of right predictions.
    pub accuracy: Option<f64>,
    /// Mean F1 of the classes that have rows or predictions among these rows.
    pub macro_f1: Option<f64>,
}

impl EvaluationReport {
    /// Scores `probabilities` against `truth`; the prediction is the most likely class, among equals the
    /// first. With `groups`, intervals come from drawing whole groups. `by` holds columns: a name and one
    /// value a row.
    ///
    /// Shape: `probabilities` is (n_samples, n_classes).
    /// # Panics
    /// If the lengths differ or a label is not of the set.
    pub fn new(
        labels: &LabelSet,
        truth: &[Label],
        probabilities: ArrayView2<'_, f64>,
        groups: Option<&[u32]>,
        by: &[(String, Vec<String>)],
        seed: u64,
    ) -> Self {
        assert_eq!(probabilities.ncols(), labels.len(), "columns of probabilities against classes");
        let predicted = most_likely(probabilities);
        let counts = ConfusionMatrix::from_labels(truth, &predicted, labels.len());
        let bootstrap = Bootstrap::new(truth, &predicted, labels.len(), groups, DRAWS, seed);
        let estimate = |score: &dyn Fn(&ConfusionMatrix) -> Option<f64>| Estimate {
            value: score(&counts),
            interval: bootstrap.interval(score),
        };
        let bins = calibration_bins(truth, probabilities);
        let named = |(index, name): (usize, &String)| (name.clone(), counts.scores(Label::from_index(index)));

        EvaluationReport {
            model: None,
            n: truth.len(),
            n_groups: groups.map(count_distinct),
            interval_level: LEVEL,
            draws: DRAWS,
            accuracy: estimate(&ConfusionMatrix::accuracy),
            macro_f1: estimate(&ConfusionMatrix::macro_f1),
            favor_against_f1: labels.poles().map(|poles| estimate(&|counts| counts.mean_f1(&poles))),
            balanced_accuracy: counts.balanced_accuracy(),
            weighted_f1: counts.weighted_f1(),
            mcc: counts.mcc(),
            kappa: counts.kappa(),
            per_class: labels.names().iter().enumerate().map(named).collect(),
            confusion: Confusion {
                labels: labels.names().to_vec(),
                matrix: counts.rows().map(<[u64]>::to_vec).collect(),
            },
            calibration: Calibration {
                ece: expected_calibration_error(&bins),
                brier: brier(truth, probabilities),
                log_loss: log_loss(truth, probabilities),
                bins,
            },
            baseline: Baseline::of(labels, truth),
            by: by
                .iter()
                .map(|(column, values)| (column.clone(), slices(values, truth, &predicted, labels.len())))
                .collect(),
        }
    }
}

impl Baseline {
    fn of(labels: &LabelSet, truth: &[Label]) -> Self {
        let support = |label: Label| truth.iter().filter(|&&t| t == label).count();
        // Of equals `max_by_key` takes the last.
        let majority = (0..labels.len())
            .rev()
            .map(Label::from_index)
            .max_by_key(|&label| support(label))
            .expect("a label set has labels");
        let counts = ConfusionMatrix::from_labels(truth, &vec![majority; truth.len()], labels.len());
        Baseline {
            label: labels.name_of(majority).to_owned(),
            accuracy: counts.accuracy(),
            macro_f1: counts.macro_f1(),
        }
    }
}

fn slices(values: &[String], truth: &[Label], predicted: &[Label], n_classes: usize) -> Ordered<Slice> {
    assert_eq!(values.len(), truth.len(), "values of a column against true labels");
    let mut rows: BTreeMap<&str, (Vec<Label>, Vec<Label>)> = BTreeMap::new();
    for ((value, &truth), &predicted) in values.iter().zip(truth).zip(predicted) {
        let slice = rows.entry(value).or_default();
        slice.0.push(truth);
        slice.1.push(predicted);
    }
    let score = |(value, (truth, predicted)): (&str, (Vec<Label>, Vec<Label>))| {
        let counts = ConfusionMatrix::from_labels(&truth, &predicted, n_classes);
        let slice = Slice { n: truth.len(), accuracy: counts.accuracy(), macro_f1: counts.macro_f1() };
        (value.to_owned(), slice)
    };
    rows.into_iter().map(score).collect()
}

fn count_distinct(groups: &[u32]) -> usize {
    let mut groups = groups.to_vec();
    groups.sort_unstable();
    groups.dedup();
    groups.len()
}

#[cfg(test)]
pub(crate) mod tests {
    use ndarray::arr2;
    use serde_json::{Value, json};

    use super::*;

    /// Five stance rows, four of them right, by genre.
    pub(crate) fn small() -> EvaluationReport {
        let probabilities =
            arr2(&[[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.2, 0.6, 0.2], [0.1, 0.1, 0.8], [0.2, 0.5, 0.3]]);
        let truth = [0, 1, 1, 2, 2].map(Label);
        let genre = ["wire", "wire", "diary", "wire", "diary"].map(String::from).to_vec();
        EvaluationReport::new(
            &LabelSet::stance(),
            &truth,
            probabilities.view(),
            None,
            &[("genre".into(), genre)],
            7,
        )
    }

    #[test]
    fn the_json_has_the_promised_fields() {
        let report: Value = serde_json::to_value(small()).unwrap();
        assert_eq!((&report["n"], &report["accuracy"]["value"]), (&json!(5), &json!(0.8)));
        assert_eq!(report["accuracy"]["interval"].as_array().map(Vec::len), Some(2));
        assert_eq!(report["favor_against_f1"]["value"], json!((1.0 + 2.0 / 3.0) / 2.0));
        assert_eq!(
            report["per_class"]["favor"],
            json!({"precision": 1.0, "recall": 0.5, "f1": 2.0 / 3.0, "support": 2})
        );
        assert_eq!(
            report["confusion"],
            json!({"labels": ["against", "neutral", "favor"], "matrix": [[1, 0, 0], [0, 2, 0], [0, 1, 1]]})
        );
        let majority = 4.0 / 7.0 / 3.0;
        assert_eq!(report["baseline"], json!({"label": "neutral", "accuracy": 0.4, "macro_f1": majority}));
        assert_eq!(
            report["by"],
            json!({"genre": {
                "diary": {"n": 2, "accuracy": 0.5, "macro_f1": 1.0 / 3.0},
                "wire": {"n": 3, "accuracy": 1.0, "macro_f1": 1.0},
            }})
        );
        for key in ["ece", "brier", "log_loss"] {
            assert!(report["calibration"][key].is_f64(), "{key}");
        }
    }

    #[test]
    fn classes_stand_in_label_order() {
        let text = serde_json::to_string(&small().per_class).unwrap();
        let places = ["against", "neutral", "favor"].map(|name| text.find(name));
        assert!(places.is_sorted() && places[0].is_some(), "{text}");
    }

    #[test]
    fn what_is_undefined_is_null_and_what_does_not_apply_is_absent() {
        let set = LabelSet::sentiment();
        let one = arr2(&[[0.8, 0.1, 0.1]]);
        let report = EvaluationReport::new(&set, &[Label(0)], one.view(), Some(&[3]), &[], 7);
        let report = serde_json::to_value(report).unwrap();
        assert_eq!(report["accuracy"], json!({"value": 1.0, "interval": null}));
        assert_eq!(report["per_class"]["positive"]["f1"], Value::Null);
        assert_eq!((report.get("favor_against_f1"), &report["n_groups"]), (None, &json!(1)));
    }
}
