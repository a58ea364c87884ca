//! Truth and predictions into numbers.
//!
//! Comes in: true labels, predicted labels or probabilities, perhaps groups. Goes out: scores
//! ([`ConfusionMatrix`]), calibration ([`brier`], [`log_loss`], [`calibration_bins`]), ranking ([`Ranking`]),
//! intervals ([`Bootstrap`], [`ForecastBootstrap`], [`mean_intervals`]), a comparison of two ([`Discordance`], [`PairedBootstrap`]), from the
//! scores of folds their mean ([`ResampledMean`]) and, from the labels of several people, their agreement ([`Votes`]).
//! Knows neither label names nor where predictions come from. What is undefined is `None`, never 0.

mod agreement;
mod calibration;
mod confusion;
mod forecast;
mod interval;
mod mean;
mod paired;
mod ranking;
mod repeated_folds;
mod resample;
mod scores;
mod student_t;
mod targets;

use ndarray::{ArrayView1, ArrayView2};

pub use agreement::{LabelPairs, Scale, Votes};
pub use calibration::{
    CalibrationBin, LOG_CLIP, N_BINS, brier, calibration_bins, expected_calibration_error, log_loss,
};
pub use confusion::ConfusionMatrix;
pub use forecast::{ForecastBootstrap, ForecastScores, Forecasts};
pub use interval::{Bootstrap, DRAWS, LEVEL};
pub use mean::mean_intervals;
pub use paired::{Discordance, PairedBootstrap};
pub use ranking::{Ranking, rankings};
pub use repeated_folds::{ResampledMean, holm};
pub use scores::ClassScores;
pub use student_t::StudentT;
pub use targets::MeanOverTargets;

use crate::label::Label;

/// The most likely class of each row, among equals the first.
///
/// Shape: (n_samples, n_classes) -> n_samples.
pub fn most_likely(probabilities: ArrayView2<'_, f64>) -> Vec<Label> {
    let top =
        |row: ArrayView1<'_, f64>| (1..row.len()).fold(0, |top, c| if row[c] > row[top] { c } else { top });
    probabilities.rows().into_iter().map(|row| Label::from_index(top(row))).collect()
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Case {
        name: String,
        truth: Vec<Label>,
        probabilities: Vec<Vec<f64>>,
        predicted: Vec<Label>,
        confusion: Vec<Vec<u64>>,
        accuracy: f64,
        balanced_accuracy: f64,
        precision: Vec<Option<f64>>,
        recall: Vec<Option<f64>>,
        f1: Vec<Option<f64>>,
        support: Vec<u64>,
        macro_f1: f64,
        micro_f1: f64,
        weighted_f1: f64,
        mcc: Option<f64>,
        kappa: Option<f64>,
        brier: f64,
        log_loss: f64,
        ece: f64,
        roc_auc: Vec<Option<f64>>,
        average_precision: Vec<Option<f64>>,
        macro_roc_auc: Option<f64>,
        macro_average_precision: Option<f64>,
    }

    /// Within 1e-12 of a reference, or both undefined.
    pub(super) fn assert_same(case: &str, figure: &str, ours: Option<f64>, theirs: Option<f64>) {
        let is_equal = match (ours, theirs) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-12,
            (a, b) => a.is_none() && b.is_none(),
        };
        assert!(is_equal, "{case}: {figure}: {ours:?} against {theirs:?}");
    }

    #[test]
    fn every_score_is_the_one_of_scikit_learn() {
        let cases: Vec<Case> = serde_json::from_str(include_str!("../../tests/parity/metrics.json")).unwrap();
        assert_eq!(cases.len(), 11);
        for case in cases {
            let k = case.confusion.len();
            let p = Array2::from_shape_vec((case.truth.len(), k), case.probabilities.concat()).unwrap();
            assert_eq!(most_likely(p.view()), case.predicted, "{}", case.name);
            let counts = ConfusionMatrix::from_labels(&case.truth, &case.predicted, k);
            assert!(counts.rows().eq(case.confusion.iter().map(Vec::as_slice)), "{}", case.name);

            let bins = calibration_bins(&case.truth, p.view());
            let mut pairs = vec![
                ("accuracy", counts.accuracy(), Some(case.accuracy)),
                ("balanced accuracy", counts.balanced_accuracy(), Some(case.balanced_accuracy)),
                ("macro F1", counts.macro_f1(), Some(case.macro_f1)),
                ("micro F1", counts.micro_f1(), Some(case.micro_f1)),
                ("weighted F1", counts.weighted_f1(), Some(case.weighted_f1)),
                ("mcc", counts.mcc(), case.mcc),
                ("kappa", counts.kappa(), case.kappa),
                ("brier", brier(&case.truth, p.view()), Some(case.brier)),
                ("log loss", log_loss(&case.truth, p.view()), Some(case.log_loss)),
                ("ece", expected_calibration_error(&bins), Some(case.ece)),
            ];
            let forecasts = Forecasts::new(&case.truth, p.view());
            let ranked = forecasts.scores();
            pairs.push(("macro ROC AUC", ranked.roc_auc, case.macro_roc_auc));
            pairs.push(("macro average precision", ranked.average_precision, case.macro_average_precision));
            for (class, ranking) in forecasts.rankings().iter().enumerate() {
                pairs.push(("ROC AUC", ranking.roc_auc(), case.roc_auc[class]));
                pairs.push(("average precision", ranking.average_precision(), case.average_precision[class]));
            }
            for class in 0..k {
                let scores = counts.scores(Label::from_index(class));
                assert_eq!(scores.support, case.support[class], "{}", case.name);
                pairs.push(("precision", scores.precision, case.precision[class]));
                pairs.push(("recall", scores.recall, case.recall[class]));
                pairs.push(("F1", scores.f1, case.f1[class]));
            }
            for (score, ours, theirs) in pairs {
                assert_same(&case.name, score, ours, theirs);
            }
        }
    }
}
