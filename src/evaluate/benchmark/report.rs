//! What a benchmark found.
//!
//! The JSON of `benchmark --format json`. Scores are in [0, 1], differences in [-1, 1], sizes in bytes, times in
//! seconds; an undefined number is null. Knows nothing of how it came about.

use serde::Serialize;

use crate::ordered::Ordered;

/// The test behind p-values and intervals.
pub const TEST: &str = "corrected resampled t-test (Nadeau and Bengio 2003)";

/// The correction for several comparisons with the best entry.
pub const CORRECTION: &str = "Holm 1979";

/// Entries on shared folds, best first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BenchmarkReport {
    /// The table, where its name is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
    /// Rows.
    pub n: usize,
    /// Groups that no fold splits; absent where rows were dealt out one by one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n_groups: Option<usize>,
    /// Class names, in label order.
    pub labels: Vec<String>,
    /// Folds of a repeat.
    pub folds: usize,
    /// Repeats, each with folds of its own.
    pub repeats: usize,
    /// Folds within the training rows among which C is chosen.
    pub inner_folds: usize,
    /// Seed of the folds and of the solvers.
    pub seed: u64,
    /// Probability with which an interval is meant to hold the mean.
    pub interval_level: f64,
    /// [`TEST`].
    pub test: String,
    /// [`CORRECTION`].
    pub correction: String,
    /// By falling mean macro F1; of equals in the order in which they were given.
    pub entries: Vec<EntryReport>,
}

/// One entry's scores and costs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntryReport {
    /// What the features are called.
    pub name: String,
    /// What the learner is called.
    pub learner: String,
    /// Mean F1 of the classes, mean over the folds.
    pub macro_f1: MeanScore,
    /// Share of right predictions, mean over the folds.
    pub accuracy: MeanScore,
    /// Mean F1 of favor and against, mean over the folds; label sets with both only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub favor_against_f1: Option<MeanScore>,
    /// Columns of the model of all rows.
    pub n_features: usize,
    /// Size of its file, in bytes.
    pub model_bytes: usize,
    /// Reading all texts and fitting once without calibration, on one thread, in seconds.
    pub fit_seconds: f64,
    /// Scoring all rows from their texts on one thread, median of three, in seconds.
    pub score_seconds: f64,
    /// Macro F1 less that of the best entry, fold by fold; null for the best itself.
    pub difference_to_best: Option<MeanScore>,
    /// Two-sided p of that difference; null for the best itself, and where all folds have the same difference.
    pub p_value_vs_best: Option<f64>,
    /// The same, adjusted over all entries by [`CORRECTION`].
    pub adjusted_p_value_vs_best: Option<f64>,
    /// Which C it was fitted with; null where the learner has none.
    pub c: Option<ChosenC>,
    /// Whether no other entry is as good and cheaper, or better and as cheap.
    pub pareto: Pareto,
    /// Scores of each fold, repeat after repeat.
    pub per_fold: Vec<FoldScore>,
    /// Macro F1 by the share of the training rows; absent unless asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learning_curve: Option<Vec<CurvePoint>>,
    /// Scores of groups that the fit has not seen; absent unless asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leave_one_group_out: Option<LeftOut>,
    /// The same entry with names hidden from it; absent unless asked for, and where the entry hides them anyway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub names_masked: Option<NamesMasked>,
}

/// A mean over folds with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MeanScore {
    /// The mean of the folds in which the score is defined.
    pub mean: Option<f64>,
    /// Lower and upper end; null where the folds do not differ.
    pub interval: Option<[f64; 2]>,
}

/// Values of C, one a fold.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChosenC {
    /// The middle one, of an even number the lower; the model of all rows has it.
    pub median: f64,
    /// What was chosen from; empty where C was fixed.
    pub grid: Vec<f64>,
}

/// Membership of the Pareto fronts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Pareto {
    /// Of macro F1 and size of the model.
    pub size: bool,
    /// Of macro F1 and time to score.
    pub speed: bool,
}

/// One fold.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FoldScore {
    /// Repeat, from 0.
    pub repeat: usize,
    /// Fold, from 0.
    pub fold: usize,
    /// Rows trained on.
    pub n_train: usize,
    /// Rows tested.
    pub n_test: u64,
    /// The C chosen or fixed; null where the learner has none.
    pub c: Option<f64>,
    /// Mean F1 of the classes that have rows or predictions.
    pub macro_f1: Option<f64>,
    /// Share of right predictions.
    pub accuracy: Option<f64>,
    /// Mean F1 of favor and against; null where it does not apply.
    pub favor_against_f1: Option<f64>,
}

/// A point of a learning curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CurvePoint {
    /// Share of each fold's training rows, in (0, 1].
    pub share: f64,
    /// Rows trained on, mean over the folds that could be fitted; null if none could.
    pub n_train: Option<f64>,
    /// Folds that could be fitted: few rows may lack a class.
    pub n_folds: usize,
    /// Macro F1 on the whole test rows.
    pub macro_f1: MeanScore,
}

/// Each group held out once, fitted on all others with the median C of the folds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeftOut {
    /// The column that names the groups.
    pub column: String,
    /// Macro F1 of all rows, each predicted without its group.
    pub pooled_macro_f1: Option<f64>,
    /// Accuracy of all rows likewise.
    pub pooled_accuracy: Option<f64>,
    /// Mean of the groups' macro F1.
    pub mean_macro_f1: Option<f64>,
    /// The groups, worst macro F1 first.
    pub groups: Ordered<GroupScore>,
}

/// The scores of one group by a model of all others.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct GroupScore {
    /// Rows.
    pub n: usize,
    /// Share of right predictions.
    pub accuracy: Option<f64>,
    /// Mean F1 of the classes that have rows or predictions in the group.
    pub macro_f1: Option<f64>,
}

/// The check whether a model knows its answers by the names in the text.
///
/// Names become one term for word features and lexicons; features of characters still see them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct NamesMasked {
    /// Macro F1 with names hidden.
    pub macro_f1: MeanScore,
    /// That less macro F1 with names, fold by fold: negative where the entry leans on names.
    pub difference: MeanScore,
    /// Two-sided p of the difference; null where all folds have the same.
    pub p_value: Option<f64>,
    /// The same, adjusted over all entries by [`CORRECTION`].
    pub adjusted_p_value: Option<f64>,
}
