//! Spec and corpus to a [`Pipeline`].
//!
//! The texts are read once. Each fold then fits columns, weights and decision values on its own training rows; the
//! decision values of the rows held out choose C and fit the calibration; the last fit sees all rows.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use ndarray::{Array2, Axis};
use serde::{Deserialize, Serialize};

use super::Pipeline;
use super::heads::{FittedHeads, Selection};
use super::spec::{PipelineSpec, SearchMetric};
use super::weights::{Heads, Weights};
use crate::corpus::{Corpus, complement, folds};
use crate::error::{Error, Result};
use crate::features::Counts;
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
    /// Checksum of the rows ([`Corpus::fingerprint`]).
    pub data: String,
    /// Rows whose held-out decision values fitted the calibration; 0 where the data were too few.
    pub calibrated_on: usize,
    /// Values of C that were tried, with their score on the rows held out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub search: Vec<Tried>,
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

/// How far a fit has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Statements read, of how many.
    Reading(usize, usize),
    /// Fits done, of how many.
    Fitting(usize, usize),
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
        self.fit_while(corpus, threads, &|progress| {
            on_progress(progress);
            ControlFlow::Continue(())
        })
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
        self.check()?;
        self.check_corpus(corpus)?;
        let watched = Watched { on_progress, is_stopped: AtomicBool::new(false) };
        let n = corpus.len();
        let is_wanted = |i: usize| i % 256 != 0 || watched.tell(Progress::Reading(i, n)).is_ok();
        let passages = corpus.passages().enumerate();
        let passages = passages.map_while(|(i, passage)| is_wanted(i).then_some(passage));
        let counts = self.features.count(passages);
        // Texts that were left out must not become a reason why nothing can be fitted.
        watched.tell(Progress::Reading(n, n))?;
        let counts = counts?;

        let held_out = self.held_out(&Selection::all(corpus))?;
        let grid = if self.search.is_empty() { vec![self.model.c] } else { self.search.clone() };
        let calibrates = self.calibration != CalibrationKind::Softmax && self.model.learner != Learner::Prior;
        let crossed = match (self.search.is_empty(), calibrates) {
            (true, false) => Vec::new(),
            (true, true) => enough_to_calibrate(held_out, corpus.labels().len()),
            (false, _) => held_out,
        };
        let fits = Fits { spec: self, corpus, counts: &counts, threads, watched: &watched };
        let decisions = fits.cross(&crossed, &grid)?;
        let tried: Vec<Tried> = match self.search.as_slice() {
            [] => Vec::new(),
            _ => grid
                .iter()
                .zip(&decisions)
                .map(|(&c, decisions)| self.tried(c, decisions, corpus.truth(), corpus.labels()))
                .collect(),
        };
        let best = best(&tried).unwrap_or(0);

        let all: Vec<usize> = (0..n).collect();
        let (fitted, heads) = fits.one(&all, grid[best], threads)?;
        let (calibration, calibrated_on) = match decisions.get(best) {
            Some(decisions) if calibrates => self.calibrate(decisions, &crossed, corpus),
            _ => (Calibration::Softmax, 0),
        };
        let training = Training {
            rows: n,
            rows_per_class: rows_per_class(corpus.truth(), corpus.labels().len()),
            targets: target_rows(corpus, &heads),
            data: corpus.fingerprint(),
            calibrated_on,
            search: tried,
            convergence: heads.convergence(),
        };
        let mut spec = self.clone();
        spec.model.c = grid[best];
        let vectorizer = counts.into_vectorizer(&fitted.columns);
        let heads = heads.into_weights(corpus.target_names(), &fitted.kept);
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
    pub(super) fn check_corpus(&self, corpus: &Corpus) -> Result<()> {
        if self.search_metric == SearchMetric::FavorAgainstF1 && corpus.labels().poles().is_none() {
            let found = corpus.labels().names().join(", ");
            return Err(Error::parameter("search_metric", "labels favor and against", found));
        }
        if self.features.is_sided() && corpus.targets().is_none() {
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
        corpus: &Corpus,
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

/// Columns fitted on some rows.
struct FittedColumns {
    columns: crate::features::Fitted,
    /// Columns of the counts that the vectorizer keeps.
    kept: Vec<usize>,
}

/// The fits of one training, shared out among threads.
struct Fits<'a> {
    spec: &'a PipelineSpec,
    corpus: &'a Corpus,
    counts: &'a Counts,
    threads: usize,
    watched: &'a Watched<'a>,
}

/// A caller that hears how far a fit has come and may stop it.
struct Watched<'a> {
    on_progress: &'a (dyn Fn(Progress) -> ControlFlow<()> + Sync),
    is_stopped: AtomicBool,
}

impl Watched<'_> {
    /// # Errors
    /// [`Error::Interrupted`] if the caller breaks now or did so before.
    fn tell(&self, progress: Progress) -> Result<()> {
        if (self.on_progress)(progress).is_break() {
            self.is_stopped.store(true, Ordering::Relaxed);
        }
        self.check()
    }

    fn check(&self) -> Result<()> {
        if self.is_stopped.load(Ordering::Relaxed) { Err(Error::Interrupted) } else { Ok(()) }
    }
}

impl Fits<'_> {
    fn one(&self, rows: &[usize], c: f64, threads: usize) -> Result<(FittedColumns, FittedHeads)> {
        let columns = self.counts.fit(rows);
        let x = self.counts.transform(&columns, rows);
        let heads = Selection::of(self.corpus, rows).fit(self.spec, &x, self.counts.starts(), c, threads)?;
        let kept = self.counts.kept(&columns);
        Ok((FittedColumns { columns, kept }, heads))
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
        let (fitted, heads) = self.one(&rows, c, 1)?;
        let x = self.counts.transform(&fitted.columns, held_out);
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

fn target_rows(corpus: &Corpus, heads: &FittedHeads) -> Vec<TargetRows> {
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
    /// The weights of the columns `kept`, as scoring wants them.
    fn into_weights(self, names: &[String], kept: &[usize]) -> Heads {
        let models = std::iter::once(&self.shared).chain(self.of_target.iter().flatten());
        let mirrored = models.into_iter().all(Weights::is_mirrored);
        let own = names.iter().zip(&self.of_target).filter_map(|(name, model)| {
            model.as_ref().map(|model| (name.clone(), Weights::of(model, kept, mirrored)))
        });
        Heads { of_target: own.collect(), shared: Weights::of(&self.shared, kept, mirrored) }
    }
}
