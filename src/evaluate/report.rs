//! What an evaluation found.
//!
//! Comes in: a label set, true labels, probabilities, perhaps groups and columns to report by. Goes out: an
//! [`EvaluationReport`] whose JSON is the one of `evaluate --format json`. An undefined number is null. Knows
//! neither texts nor models.

use serde::Serialize;

use super::answers::{Answers, Estimate};
use super::coverage::{AboveThreshold, CoveragePoint, coverage_curve};
use super::mistakes::Mistake;
use super::slices::{Slice, slices};
use super::versus::Versus;
use crate::label::{Label, LabelSet};
use crate::metrics::{
    Bootstrap, CalibrationBin, ClassScores, ConfusionMatrix, DRAWS, ForecastBootstrap, ForecastScores,
    Forecasts, LEVEL, calibration_bins,
};
use crate::numeric::count_distinct;
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
    /// The same of each target, averaged over targets; only where rows have targets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub favor_against_f1_by_target: Option<Estimate>,
    /// Mean recall of the classes that have rows.
    pub balanced_accuracy: Option<f64>,
    /// Mean F1 weighted by support.
    pub weighted_f1: Option<f64>,
    /// Matthews correlation coefficient.
    pub mcc: Option<f64>,
    /// Cohen's kappa.
    pub kappa: Option<f64>,
    /// F1 over the pooled counts of all classes; with one label a row this is the accuracy.
    pub micro_f1: Estimate,
    /// Mean over classes of the area under the ROC curve, one class against the rest.
    pub roc_auc: Estimate,
    /// Mean over classes of average precision, one class against the rest.
    pub average_precision: Estimate,
    /// Intervals of the scores that are plain numbers here and under `calibration`.
    pub intervals: Intervals,
    /// Scores of each class, in label order.
    pub per_class: Ordered<ClassReport>,
    /// Counts by true and predicted class.
    pub confusion: Confusion,
    /// How far the probabilities can be believed.
    pub calibration: Calibration,
    /// What is left, and how good it is, where only confident answers count; by rising threshold.
    pub coverage: Vec<CoveragePoint>,
    /// The scores of the rows at or above the threshold asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threshold: Option<AboveThreshold>,
    /// What always answering the most frequent true label would score.
    pub baseline: Baseline,
    /// Column, then value: the scores of the rows that have it. Columns as asked for, values sorted.
    pub by: Ordered<Ordered<Slice>>,
    /// A second model on the same rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub versus: Option<Versus>,
    /// The most confident mistakes, as many as were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<Mistake>>,
}

/// Intervals of scores, each in the score's own unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Intervals {
    /// Of balanced accuracy.
    pub balanced_accuracy: Option<[f64; 2]>,
    /// Of weighted F1.
    pub weighted_f1: Option<[f64; 2]>,
    /// Of the Matthews correlation coefficient.
    pub mcc: Option<[f64; 2]>,
    /// Of Cohen's kappa.
    pub kappa: Option<[f64; 2]>,
    /// Of the expected calibration error. Noise alone makes it larger in a draw than in the rows, so it may lie
    /// above the value.
    pub ece: Option<[f64; 2]>,
    /// Of the Brier score.
    pub brier: Option<[f64; 2]>,
    /// Of the log loss.
    pub log_loss: Option<[f64; 2]>,
}

/// Scores of one class.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ClassReport {
    /// Those of its predictions.
    #[serde(flatten)]
    pub scores: ClassScores,
    /// The area under the ROC curve of its probability, against the rest; in [0, 1].
    pub roc_auc: Option<f64>,
    /// Average precision of its probability, against the rest; in (0, 1].
    pub average_precision: Option<f64>,
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

impl EvaluationReport {
    /// Scores all rows. `by` holds columns: a name and one value a row. The same numbers with any number of threads.
    ///
    /// # Panics
    /// If there are not as many values in a column as rows, or a label is not of the set.
    pub fn new(answers: &Answers<'_>, by: &[(String, Vec<String>)], seed: u64, threads: usize) -> Self {
        let Answers { labels, truth, probabilities, predicted, groups } = answers;
        let (truth, probabilities, groups, n_classes) = (*truth, *probabilities, *groups, labels.len());
        let counts = ConfusionMatrix::from_labels(truth, predicted, n_classes);
        let bootstrap = Bootstrap::new(truth, predicted, n_classes, groups, DRAWS, seed);
        let interval = |score: fn(&ConfusionMatrix) -> Option<f64>| bootstrap.interval(score);
        let estimate = |score: &dyn Fn(&ConfusionMatrix) -> Option<f64>| Estimate {
            value: score(&counts),
            interval: bootstrap.interval(score),
        };
        let forecasts = Forecasts::new(truth, probabilities);
        let forecast = forecasts.scores();
        let drawn = ForecastBootstrap::new(truth, probabilities, groups, DRAWS, seed, threads);
        let ranked = |score: fn(&ForecastScores) -> Option<f64>| Estimate {
            value: score(&forecast),
            interval: drawn.interval(score),
        };
        let class = |(index, name): (usize, &String)| {
            let ranking = &forecasts.rankings()[index];
            let report = ClassReport {
                scores: counts.scores(Label::from_index(index)),
                roc_auc: ranking.roc_auc(),
                average_precision: ranking.average_precision(),
            };
            (name.clone(), report)
        };

        EvaluationReport {
            model: None,
            n: truth.len(),
            n_groups: groups.map(count_distinct),
            interval_level: LEVEL,
            draws: DRAWS,
            accuracy: estimate(&ConfusionMatrix::accuracy),
            macro_f1: estimate(&ConfusionMatrix::macro_f1),
            favor_against_f1: answers.labels.poles().map(|poles| estimate(&|counts| counts.mean_f1(&poles))),
            favor_against_f1_by_target: None,
            balanced_accuracy: counts.balanced_accuracy(),
            weighted_f1: counts.weighted_f1(),
            mcc: counts.mcc(),
            kappa: counts.kappa(),
            micro_f1: estimate(&ConfusionMatrix::micro_f1),
            roc_auc: ranked(|s| s.roc_auc),
            average_precision: ranked(|s| s.average_precision),
            intervals: Intervals {
                balanced_accuracy: interval(ConfusionMatrix::balanced_accuracy),
                weighted_f1: interval(ConfusionMatrix::weighted_f1),
                mcc: interval(ConfusionMatrix::mcc),
                kappa: interval(ConfusionMatrix::kappa),
                ece: drawn.interval(|s| s.ece),
                brier: drawn.interval(|s| s.brier),
                log_loss: drawn.interval(|s| s.log_loss),
            },
            per_class: labels.names().iter().enumerate().map(class).collect(),
            confusion: Confusion {
                labels: labels.names().to_vec(),
                matrix: counts.rows().map(<[u64]>::to_vec).collect(),
            },
            calibration: Calibration {
                ece: forecast.ece,
                brier: forecast.brier,
                log_loss: forecast.log_loss,
                bins: calibration_bins(truth, probabilities),
            },
            coverage: coverage_curve(answers),
            threshold: None,
            baseline: Baseline::of(labels, truth),
            by: by.iter().map(|(column, values)| (column.clone(), slices(answers, values, seed))).collect(),
            versus: None,
            errors: None,
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
        let labels = LabelSet::stance();
        let answers = Answers::new(&labels, &truth, probabilities.view(), None);
        EvaluationReport::new(&answers, &[("genre".into(), genre)], 7, 1)
    }

    #[test]
    fn the_json_has_the_promised_fields() {
        let report: Value = serde_json::to_value(small()).unwrap();
        assert_eq!((&report["n"], &report["accuracy"]["value"]), (&json!(5), &json!(0.8)));
        assert_eq!(report["accuracy"]["interval"].as_array().map(Vec::len), Some(2));
        assert_eq!(report["favor_against_f1"]["value"], json!((1.0 + 2.0 / 3.0) / 2.0));
        assert_eq!(
            report["per_class"]["favor"],
            json!({"precision": 1.0, "recall": 0.5, "f1": 2.0 / 3.0, "support": 2,
                   "roc_auc": 1.0, "average_precision": 1.0})
        );
        assert_eq!(
            report["confusion"],
            json!({"labels": ["against", "neutral", "favor"], "matrix": [[1, 0, 0], [0, 2, 0], [0, 1, 1]]})
        );
        let majority = 4.0 / 7.0 / 3.0;
        assert_eq!(report["baseline"], json!({"label": "neutral", "accuracy": 0.4, "macro_f1": majority}));
        let slice = |value: &str| {
            let slice = &report["by"]["genre"][value];
            ["n", "accuracy", "macro_f1", "favor_against_f1", "is_small"].map(|key| slice[key].clone())
        };
        assert_eq!(slice("diary"), [json!(2), json!(0.5), json!(1.0 / 3.0), json!(0.0), json!(true)]);
        assert_eq!(slice("wire"), [json!(3), json!(1.0), json!(1.0), json!(1.0), json!(true)]);
        for key in ["ece", "brier", "log_loss"] {
            assert!(report["calibration"][key].is_f64() && report["intervals"][key].is_array(), "{key}");
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
        let answers = Answers::new(&set, &[Label(0)], one.view(), Some(&[3]));
        let report = EvaluationReport::new(&answers, &[], 7, 1);
        let report = serde_json::to_value(report).unwrap();
        assert_eq!(report["accuracy"], json!({"value": 1.0, "interval": null}));
        assert_eq!(report["roc_auc"], json!({"value": null, "interval": null}));
        assert_eq!(report["per_class"]["positive"]["f1"], Value::Null);
        assert_eq!((report.get("favor_against_f1"), &report["n_groups"]), (None, &json!(1)));
    }
}
