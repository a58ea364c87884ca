//! Feature sets and learners against each other, on the same folds of the same rows.
//!
//! Comes in: a labeled corpus and [`Entry`]s. Goes out: a [`BenchmarkReport`]. Everything an entry learns, the choice of
//! C included, it learns within the training rows of a fold. The numbers are the same with any number of threads, but
//! for the seconds.
//!
//! ```
//! use demarche::evaluate::benchmark::{BenchmarkSpec, Cache, Candidate, ChoiceOfC, Entry, benchmark};
//! use demarche::linear::LinearSpec;
//! use demarche::{Corpus, Label, LabelSet};
//!
//! let texts = ["they agreed", "they refused", "we agreed", "never, we refused"].repeat(4);
//! let truth = [2, 0, 2, 0].map(Label).repeat(4);
//! let corpus = Corpus::new(LabelSet::stance(), texts.into_iter().map(String::from).collect(), truth);
//!
//! let candidates = vec![Candidate::named("words-1")?, Candidate::named("chars-3-5")?];
//! let entries = Entry::of(candidates, &[LinearSpec::default()], &ChoiceOfC::Fixed(1.0), 7)?;
//! let spec = BenchmarkSpec { folds: 2, repeats: 1, ..BenchmarkSpec::new(entries) };
//! let report = benchmark(&spec, &corpus, &Cache::none(), 1, &|_| {})?;
//! assert_eq!(report.entries[0].accuracy.mean, Some(1.0));
//! # Ok::<(), demarche::Error>(())
//! ```

mod cache;
mod candidate;
mod clock;
mod report;
mod run;
mod splits;
mod summary;
#[cfg(test)]
mod tests;

pub use cache::Cache;
pub use candidate::{COARSE_GRID, Candidate, ChoiceOfC, Entry, INNER_FOLDS, LADDER};
pub use report::{
    BenchmarkReport, CORRECTION, ChosenC, CurvePoint, EntryReport, FoldScore, GroupScore, LeftOut, MeanScore,
    NamesMasked, Pareto, TEST,
};
pub use run::BenchmarkProgress;

use std::sync::atomic::AtomicUsize;

use clock::Cost;
use run::{Outcome, Runner};
use splits::{Fold, SHARES, Split};

use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::metrics::LEVEL;
use crate::numeric::count_distinct;
use crate::pipeline::PipelineSpec;

/// A benchmark before it is run.
#[derive(Debug, Clone, PartialEq)]
pub struct BenchmarkSpec {
    /// Who takes part.
    pub entries: Vec<Entry>,
    /// Folds of a repeat, 2 or more.
    pub folds: usize,
    /// Repeats, 1 or more; each splits anew.
    pub repeats: usize,
    /// Seed of the splits.
    pub seed: u64,
    /// Whether to fit on shares of each fold's training rows too.
    pub learning_curve: bool,
    /// A column that the corpus kept, each of whose values is held out once.
    pub leave_one_group_out: Option<String>,
    /// Whether to run every entry with names hidden from it too.
    pub mask_names: bool,
}

impl BenchmarkSpec {
    /// Five folds, three times, and no extras.
    pub fn new(entries: Vec<Entry>) -> Self {
        BenchmarkSpec {
            entries,
            folds: 5,
            repeats: 3,
            seed: 7,
            learning_curve: false,
            leave_one_group_out: None,
            mask_names: false,
        }
    }
}

/// Runs every entry on the same splits and compares them. Results are taken from and put into `cache`, so that a run
/// that was interrupted goes on where it stopped.
///
/// # Errors
/// [`Error::Parameter`] on too many or too few folds, no repeats, or a column that was not kept or has one value;
/// [`Error::Fit`] naming the entry that the rows of a fold cannot support; [`Error::Io`] if the cache cannot be written.
pub fn benchmark(
    spec: &BenchmarkSpec,
    corpus: &Corpus,
    cache: &Cache,
    threads: usize,
    on_progress: &(dyn Fn(BenchmarkProgress) + Sync),
) -> Result<BenchmarkReport> {
    let plan = Plan::new(spec, corpus)?;
    let runner = Runner {
        corpus,
        fingerprint: corpus.fingerprint(),
        cache,
        threads,
        total: spec.entries.iter().map(|entry| plan.fits_of(entry)).sum(),
        done: AtomicUsize::new(0),
        reused: AtomicUsize::new(0),
        on_progress,
    };
    // One entry after the other: the counts of one are in memory at a time.
    let measured = spec
        .entries
        .iter()
        .map(|entry| plan.measure(entry, &runner).map_err(|e| of_entry(entry, e)))
        .collect::<Result<Vec<_>>>()?;
    Ok(BenchmarkReport {
        data: None,
        n: corpus.len(),
        n_groups: corpus.groups().map(count_distinct),
        labels: corpus.labels().names().to_vec(),
        folds: spec.folds,
        repeats: spec.repeats,
        inner_folds: INNER_FOLDS,
        seed: spec.seed,
        interval_level: LEVEL,
        test: TEST.to_owned(),
        correction: CORRECTION.to_owned(),
        entries: summary::entries(&measured, &plan, corpus),
    })
}

/// The splits that every entry gets.
struct Plan {
    folds: Vec<Fold>,
    /// Three splits a fold, or nothing.
    shares: Vec<[Split; SHARES.len()]>,
    left_out: Option<(String, Vec<(String, Split)>)>,
    masks_names: bool,
}

/// An entry with all that its fits gave.
struct Measured<'e> {
    entry: &'e Entry,
    folds: Vec<Outcome>,
    /// As the shares of the plan, `None` where the rows could not support a fit.
    shares: Vec<[Option<Outcome>; SHARES.len()]>,
    left_out: Option<Vec<Outcome>>,
    masked: Option<Vec<Outcome>>,
    median_c: f64,
    cost: Cost,
}

impl Plan {
    fn new(spec: &BenchmarkSpec, corpus: &Corpus) -> Result<Self> {
        if spec.repeats == 0 {
            return Err(Error::parameter("repeats", "1 or more", 0));
        }
        let folds = splits::repeated(corpus, spec.folds, spec.repeats, spec.seed)?;
        let shares = match spec.learning_curve {
            true => folds.iter().map(|fold| splits::shares(corpus, fold, spec.seed)).collect(),
            false => Vec::new(),
        };
        let left_out = spec.leave_one_group_out.as_ref().map(|column| {
            let kept = corpus.kept().iter().find(|(name, _)| name == column);
            let left_out = splits::left_out(kept.map_or(&[], |(_, values)| values));
            match left_out.len() {
                0 | 1 => {
                    let expected = "a kept column of two values or more";
                    let found = format!("{column:?} with {}", left_out.len());
                    Err(Error::parameter("leave-one-group-out", expected, found))
                }
                _ => Ok((column.clone(), left_out)),
            }
        });
        Ok(Plan { folds, shares, left_out: left_out.transpose()?, masks_names: spec.mask_names })
    }

    fn fits_of(&self, entry: &Entry) -> usize {
        let left_out = self.left_out.as_ref().map_or(0, |(_, groups)| groups.len());
        let masked = if self.masked(entry).is_some() { self.folds.len() } else { 0 };
        self.folds.len() + self.shares.len() * SHARES.len() + left_out + masked + 1
    }

    /// The entry's spec with names hidden, unless it hides them anyway.
    fn masked(&self, entry: &Entry) -> Option<PipelineSpec> {
        let mut spec = entry.spec.clone();
        let sees_names = !std::mem::replace(&mut spec.features.analyzer.fold_names, true);
        (self.masks_names && sees_names).then_some(spec)
    }

    fn measure<'e>(&self, entry: &'e Entry, runner: &Runner<'_>) -> Result<Measured<'e>> {
        let whole: Vec<&Split> = self.folds.iter().map(|fold| &fold.split).collect();
        let all: Vec<&Split> = whole.iter().copied().chain(self.shares.iter().flatten()).collect();
        let mut outcomes = runner.outcomes(&entry.spec, None, &all)?;
        let mut shares = Vec::with_capacity(self.shares.len());
        for outcomes in outcomes.split_off(whole.len()).chunks_mut(SHARES.len()) {
            let mut points = [const { None }; SHARES.len()];
            for (point, outcome) in points.iter_mut().zip(outcomes) {
                let unfit = Err(Error::Fit { reason: String::new() });
                *point = match std::mem::replace(outcome, unfit) {
                    Err(Error::Fit { .. }) => None,
                    other => Some(other?),
                };
            }
            shares.push(points);
        }
        let folds = outcomes.into_iter().collect::<Result<Vec<_>>>()?;
        let masked = self.masked(entry).map(|spec| {
            let outcomes = runner.outcomes(&spec, None, &whole)?;
            outcomes.into_iter().collect::<Result<Vec<_>>>()
        });
        let median_c = median(folds.iter().filter_map(|fold| fold.c)).unwrap_or(entry.spec.model.c);
        let left_out = self.left_out.as_ref().map(|(_, groups)| {
            let splits: Vec<&Split> = groups.iter().map(|(_, split)| split).collect();
            let outcomes = runner.outcomes(&entry.spec, Some(median_c), &splits)?;
            outcomes.into_iter().collect::<Result<Vec<_>>>()
        });
        let cost = runner.cost(&entry.spec, median_c)?;
        let (masked, left_out) = (masked.transpose()?, left_out.transpose()?);
        Ok(Measured { entry, folds, shares, left_out, masked, median_c, cost })
    }
}

/// The middle value, of an even number the lower of the two.
fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len().saturating_sub(1) / 2).copied()
}

fn of_entry(entry: &Entry, error: Error) -> Error {
    match error {
        Error::Fit { reason } => Error::Fit { reason: format!("{}: {reason}", entry.name) },
        other => other,
    }
}
