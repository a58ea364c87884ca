//! Spec and corpus to a [`Pipeline`].
//!
//! The texts are read once. Each fold then fits columns, weights and decision values on its own training rows; the
//! decision values of the rows held out choose C and fit the calibration; the last fit sees all rows.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};

use ndarray::{Array2, Axis};
use serde::{Deserialize, Serialize};

use super::Pipeline;
use super::compress::{Compression, Halving};
use super::counted::Resources;
use super::heads::{FittedHeads, Selection};
use super::spec::{PipelineSpec, SearchMetric};
use super::watched::{Progress, Watched, listening};
use super::weights::{Heads, Weights};
use crate::corpus::{Corpus, Labeling, complement, folds};
use crate::error::{Error, Result};
use crate::features::{Counts, Fitted};
use crate::label::{Label, LabelSet};
use crate::linear::{Calibration, CalibrationKind, Convergence, Learner, LinearModel};
use crate::metrics::ConfusionMatrix;
use crate::numeric::count_distinct;
use crate::threads::in_order;

/// Held-out rows for each class after which a calibration without a search fits no further fold.
const ENOUGH_PER_CLASS: usize = 1_000;

/// What training was done on and how it went, as it stands in the model file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Training {
    /// Rows trained on.
    pub rows: usize,
    /// Rows of each class, in label order.
    pub rows_per_class: Vec<usize>,
    /// The targets of the rows, sorted by name, where there were some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<TargetRows>,
    /// Checksum of the rows ([`Labeling::fingerprint`]).
    pub data: String,
    /// Rows whose held-out decision values fitted the calibration; 0 where the data were too few.
    pub calibrated_on: usize,
    /// Values of C that were tried, with their score on the rows held out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub search: Vec<Tried>,
    /// What leaving features out cost, where the spec asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compression: Option<Compression>,
    /// How the solver ended, one entry a problem.
    pub convergence: Vec<Convergence>,
}

/// A target in training.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetRows {
    /// Its name.
    pub name: String,
    /// Rows toward it.
    pub rows: usize,
    /// Whether it has weights of its own; not where its rows are all of one class.
    pub own_weights: bool,
}

/// One value of C in a search.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tried {
    /// Weight of the losses.
    pub c: f64,
    /// Mean F1 of the classes over all rows, each scored by the fold that held it out; in [0, 1].
    pub macro_f1: f64,
    /// What the search maximises, where that is another score; in [0, 1].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
}

impl PipelineSpec {
    /// Fits on all rows of `corpus`, without progress reports.
    ///
    /// # Errors
    /// As [`PipelineSpec::fit_with`].
    pub fn fit(&self, corpus: &Corpus) -> Result<Pipeline> {
        self.fit_with(corpus, 1, &|_| {})
    }

    /// Fits on all rows of `corpus` with up to `threads` threads. The model is the same with any number.
    ///
    /// # Errors
    /// [`Error::Parameter`] on a setting out of range; [`Error::Fit`] if the data cannot support the fit: no
    /// rows, one class, no feature frequent enough.
    pub fn fit_with(
        &self,
        corpus: &Corpus,
        threads: usize,
        on_progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Pipeline> {
        self.fit_while(corpus, threads, &listening(on_progress))
    }

    /// The same for a caller that may change its mind: once `on_progress` breaks, no further statement is read and no
    /// further fit begun. A fit that has begun is finished, the last one included.
    ///
    /// # Errors
    /// As [`PipelineSpec::fit_with`]; [`Error::Interrupted`] where `on_progress` broke.
    pub fn fit_while(
        &self,
        corpus: &Corpus,
        threads: usize,
        on_progress: &(dyn Fn(Progress) -> ControlFlow<()> + Sync),
    ) -> Result<Pipeline> {
        self.fit_within(corpus, Resources { threads, memory: None }, on_progress)
    }

    /// The same with no more memory than it may take, as far as that can be foreseen, besides the corpus.
    ///
    /// # Errors
    /// As [`PipelineSpec::fit_while`]; [`Error::Memory`] as soon as training is foreseen to take more than it may.
    pub fn fit_within(
        &self,
        corpus: &Corpus,
        resources: Resources,
        on_progress: &(dyn Fn(Progress) -> ControlFlow<()> + Sync),
    ) -> Result<Pipeline> {
        let watched = Watched::by(on_progress);
        let counts = self.count(corpus, resources.memory, &watched)?;
        self.fit_counts(counts, corpus, resources.threads, &watched)
    }

    /// Fits on all rows, of which there are counts and what is known besides.
    pub(super) fn fit_counts(
        &self,
        counts: Counts,
        corpus: &Labeling,
        threads: usize,
        watched: &Watched<'_>,
    ) -> Result<Pipeline> {
        let calibrates = self.calibration != CalibrationKind::Softmax && self.model.learner != Learner::Prior;
        let held_out = self.held_out(&Selection::all(corpus))?;
        let crossed = match (self.search.is_empty() && self.compress.is_none(), calibrates) {
            (true, false) => Vec::new(),
            (true, true) => enough_to_calibrate(held_out, corpus.labels().len()),
            (false, _) => held_out,
        };
        let fits = Fits { spec: self, corpus, counts: &counts, threads, watched };
        let Choice { c, tried, decisions, halving } = fits.choose(&crossed)?;
        let all: Vec<usize> = (0..corpus.len()).collect();
        let steps = halving.as_ref().map_or(0, |halving| halving.taken);
        let (columns, n_features) = fits.halve_all(&all, c, steps)?;
        let starts = counts.starts().to_vec();
        let (x, vectorizer, kept) = counts.into_matrix(&columns);
        let heads = Selection::of(corpus, &all).fit(self, &x, &starts, c, threads)?;
        drop(x);

        let decisions = halving.as_ref().map(|halving| &halving.decisions).or(decisions.as_ref());
        let (calibration, calibrated_on) = match decisions {
            Some(decisions) if calibrates => self.calibrate(decisions, &crossed, corpus),
            _ => (Calibration::Softmax, 0),
        };
        let training = Training {
            rows: corpus.len(),
            rows_per_class: rows_per_class(corpus.truth(), corpus.labels().len()),
            targets: target_rows(corpus, &heads),
            data: corpus.fingerprint(),
            calibrated_on,
            search: tried,
            compression: halving.map(|halving| halving.report(n_features)),
            convergence: heads.convergence(),
        };
        let mut spec = self.clone();
        spec.model.c = c;
        let heads = heads.into_weights(corpus.target_names(), &kept, vectorizer.idf());
        Ok(Pipeline { spec, labels: corpus.labels().clone(), vectorizer, heads, calibration, training })
    }

    /// The folds' rows, each list held out once. Empty where the rarest class, or the groups, are too few.
    pub(super) fn held_out(&self, rows: &Selection) -> Result<Vec<Vec<usize>>> {
        let rarest = rows_per_class(&rows.truth, rows.n_classes).into_iter().filter(|&n| n > 0).min();
        let rarest = rarest.unwrap_or(0);
        let groups = rows.groups.as_deref();
        let n_groups = groups.map_or(usize::MAX, count_distinct);
        let strata = rows.strata(self.target_weights);
        let k = self.folds.min(rarest).min(n_groups);
        match (k >= 2, self.search.is_empty()) {
            (true, _) => folds(&strata, groups, k, self.model.seed),
            (false, true) => Ok(Vec::new()),
            (false, false) => {
                let reason = format!(
                    "a search needs two rows of each class and two groups; the rarest class has {rarest} rows"
                );
                Err(Error::Fit { reason })
            }
        }
    }

    /// Refuses a corpus that the spec asks more of than it has.
    pub(super) fn check_labeling(&self, corpus: &Labeling) -> Result<()> {
        if self.search_metric == SearchMetric::FavorAgainstF1 && corpus.labels().poles().is_none() {
            let found = corpus.labels().names().join(", ");
            return Err(Error::parameter("search_metric", "labels favor and against", found));
        }
        self.check_targets(corpus.targets().is_some())
    }

    /// Refuses rows without targets where features are read toward them.
    pub(super) fn check_targets(&self, has_targets: bool) -> Result<()> {
        if self.features.is_sided() && !has_targets {
            let expected = format!(
                "the column that names what each statement is toward (--target): feature set {:?} has sided groups",
                self.features.name
            );
            return Err(Error::parameter("target", expected, "none"));
        }
        Ok(())
    }

    /// How the largest of `decisions` predicts. An undefined score counts as 0.
    pub(super) fn tried(&self, c: f64, decisions: &Array2<f64>, truth: &[Label], labels: &LabelSet) -> Tried {
        let predicted: Vec<Label> = decisions.rows().into_iter().map(LinearModel::best).collect();
        let counts = ConfusionMatrix::from_labels(truth, &predicted, labels.len());
        let score = match self.search_metric {
            SearchMetric::MacroF1 => None,
            SearchMetric::Accuracy => Some(counts.accuracy()),
            SearchMetric::BalancedAccuracy => Some(counts.balanced_accuracy()),
            SearchMetric::FavorAgainstF1 => Some(labels.poles().and_then(|poles| counts.mean_f1(&poles))),
        };
        let score = score.map(|score| score.unwrap_or(0.0));
        Tried { c, macro_f1: counts.macro_f1().unwrap_or(0.0), score }
    }

    /// Fits the calibration on the rows held out by folds whose other rows have every class; a class that a fold
    /// has not seen has no decision value there.
    fn calibrate(
        &self,
        decisions: &Array2<f64>,
        crossed: &[Vec<usize>],
        corpus: &Labeling,
    ) -> (Calibration, usize) {
        let in_all = rows_per_class(corpus.truth(), corpus.labels().len());
        let is_complete = |fold: &&Vec<usize>| {
            let truth: Vec<Label> = fold.iter().map(|&row| corpus.truth()[row]).collect();
            let held_out = rows_per_class(&truth, corpus.labels().len());
            held_out.iter().zip(&in_all).all(|(out, all)| out < all || *all == 0)
        };
        let mut rows: Vec<usize> = crossed.iter().filter(is_complete).flatten().copied().collect();
        rows.sort_unstable();
        if rows.is_empty() {
            return (Calibration::Softmax, 0);
        }
        let truth: Vec<Label> = rows.iter().map(|&i| corpus.truth()[i]).collect();
        let decisions = decisions.select(Axis(0), &rows);
        (Calibration::fit(self.calibration, &decisions, &truth, corpus.labels().len()), rows.len())
    }
}

/// The first folds that hold out enough rows between them: a curve of two parameters needs no more.
fn enough_to_calibrate(mut held_out: Vec<Vec<usize>>, n_classes: usize) -> Vec<Vec<usize>> {
    let mut rows = 0;
    let enough = held_out.iter().position(|fold| {
        rows += fold.len();
        rows >= ENOUGH_PER_CLASS * n_classes
    });
    held_out.truncate(enough.map_or(held_out.len(), |last| last + 1));
    held_out
}

fn rows_per_class(truth: &[Label], n_classes: usize) -> Vec<usize> {
    let mut counts = vec![0; n_classes];
    for label in truth {
        counts[label.index()] += 1;
    }
    counts
}

/// What the rows held out have a say in.
struct Choice {
    c: f64,
    tried: Vec<Tried>,
    /// Decision values of the rows held out, with this C and all features.
    decisions: Option<Array2<f64>>,
    halving: Option<Halving>,
}

/// The fits of one training, shared out among threads.
pub(super) struct Fits<'a> {
    pub(super) spec: &'a PipelineSpec,
    pub(super) corpus: &'a Labeling,
    pub(super) counts: &'a Counts,
    pub(super) threads: usize,
    pub(super) watched: &'a Watched<'a>,
}

impl Fits<'_> {
    /// Chooses C and how many features to leave out, as far as the spec asks for it.
    fn choose(&self, held_out: &[Vec<usize>]) -> Result<Choice> {
        let PipelineSpec { model, search, compress, .. } = self.spec;
        let grid = if search.is_empty() { std::slice::from_ref(&model.c) } else { search };
        // Without a search, halving scores all features too.
        let is_scored = !search.is_empty() || compress.is_none();
        let mut decisions = if is_scored { self.cross(held_out, grid)? } else { Vec::new() };
        let (truth, labels) = (self.corpus.truth(), self.corpus.labels());
        let mut tried = Vec::new();
        if !search.is_empty() {
            let each = grid.iter().zip(&decisions);
            tried.extend(each.map(|(&c, decisions)| self.spec.tried(c, decisions, truth, labels)));
        }
        let at = best(&tried).unwrap_or(0);
        let c = grid[at];
        let halving = compress.map(|points| self.halve(held_out, c, points)).transpose()?;
        Ok(Choice { c, tried, decisions: decisions.drain(..).nth(at), halving })
    }

    /// The weights of `rows`, with columns as fitted.
    pub(super) fn on(&self, columns: &Fitted, rows: &[usize], c: f64, threads: usize) -> Result<FittedHeads> {
        let x = self.counts.transform(columns, rows);
        Selection::of(self.corpus, rows).fit(self.spec, &x, self.counts.starts(), c, threads)
    }

    /// Decision values of every row by the fold that held it out, one matrix a value of C; no matrix without
    /// folds.
    fn cross(&self, held_out: &[Vec<usize>], grid: &[f64]) -> Result<Vec<Array2<f64>>> {
        if held_out.is_empty() {
            return Ok(Vec::new());
        }
        let tasks: Vec<(usize, usize)> =
            (0..held_out.len()).flat_map(|fold| (0..grid.len()).map(move |c| (fold, c))).collect();
        let finished = AtomicUsize::new(0);
        let results = in_order(tasks.len(), self.threads, |i| {
            let (fold, c) = tasks[i];
            self.watched.check()?;
            let result = self.fold(&held_out[fold], grid[c]);
            let finished = 1 + finished.fetch_add(1, Ordering::Relaxed);
            self.watched.tell(Progress::Fitting(finished, tasks.len() + 1))?;
            result
        });
        let n_classes = self.corpus.labels().len();
        let mut out = vec![Array2::zeros((self.corpus.len(), n_classes)); grid.len()];
        for ((fold, c), result) in tasks.into_iter().zip(results) {
            for (&row, values) in held_out[fold].iter().zip(result?.rows()) {
                out[c].row_mut(row).assign(&values);
            }
        }
        Ok(out)
    }

    fn fold(&self, held_out: &[usize], c: f64) -> Result<Array2<f64>> {
        let rows = complement(held_out, self.corpus.len());
        let columns = self.counts.fit(&rows);
        let heads = self.on(&columns, &rows, c, 1)?;
        let x = self.counts.transform(&columns, held_out);
        Ok(Selection::of(self.corpus, held_out).decide(&heads, &x))
    }
}

impl Tried {
    /// What the search maximises.
    pub fn searched(&self) -> f64 {
        self.score.unwrap_or(self.macro_f1)
    }
}

/// The first, hence smallest, of equally good values: less weight on the data. `None` if none was tried.
pub(super) fn best(tried: &[Tried]) -> Option<usize> {
    (0..tried.len()).reduce(|best, i| if tried[i].searched() > tried[best].searched() { i } else { best })
}

fn target_rows(corpus: &Labeling, heads: &FittedHeads) -> Vec<TargetRows> {
    let rows = |target: usize| {
        let is_here = |t: &&Option<u32>| **t == Some(target as u32);
        corpus.targets().map_or(0, |targets| targets.iter().filter(is_here).count())
    };
    let names = corpus.target_names().iter().enumerate();
    let own = |target: usize| heads.of_target.get(target).is_some_and(Option::is_some);
    names
        .map(|(target, name)| TargetRows { name: name.clone(), rows: rows(target), own_weights: own(target) })
        .collect()
}

impl FittedHeads {
    /// The weights of the columns `kept`, whose idf is `idf`, as scoring wants them.
    fn into_weights(self, names: &[String], kept: &[usize], idf: &[f32]) -> Heads {
        let models = std::iter::once(&self.shared).chain(self.of_target.iter().flatten());
        let mirrored = models.into_iter().all(Weights::is_mirrored);
        let own = names.iter().zip(&self.of_target).filter_map(|(name, model)| {
            model.as_ref().map(|model| (name.clone(), Weights::of(model, kept, idf, mirrored)))
        });
        Heads { of_target: own.collect(), shared: Weights::of(&self.shared, kept, idf, mirrored) }
    }
}
