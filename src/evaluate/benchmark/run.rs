//! Fits, shared out among threads and kept between runs.
//!
//! Comes in: specs and splits. Goes out: an [`Outcome`] for each, in their order, the same at any thread count. Knows
//! nothing of means and tests.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};

use super::cache::Cache;
use super::clock::{Cost, cost};
use super::splits::Split;
use crate::corpus::Corpus;
use crate::error::Result;
use crate::label::Label;
use crate::metrics::ConfusionMatrix;
use crate::pipeline::{PipelineSpec, Trial};
use crate::threads::in_order;

/// How far a benchmark has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BenchmarkProgress {
    /// Fits done, those found in the cache included.
    pub done: usize,
    /// Fits in all.
    pub total: usize,
    /// Of those done, how many were found in the cache.
    pub reused: usize,
}

/// What one fit scored on the rows held out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Outcome {
    /// The C it was fitted with, if its learner has one.
    pub(super) c: Option<f64>,
    pub(super) n_train: usize,
    /// Counts of the test rows, one list a true class.
    confusion: Vec<Vec<u64>>,
}

impl Outcome {
    /// Counts of the test rows.
    pub(super) fn counts(&self) -> ConfusionMatrix {
        ConfusionMatrix::from_rows(&self.confusion).expect("outcomes are square, those read from files too")
    }

    /// Whether a file can have come from these test rows.
    fn fits(&self, split: &Split, n_classes: usize) -> bool {
        let counts = ConfusionMatrix::from_rows(&self.confusion);
        counts.is_some_and(|c| c.n_classes() == n_classes && c.total() == split.test.len() as u64)
    }
}

/// The fits of one benchmark.
pub(super) struct Runner<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) fingerprint: String,
    pub(super) cache: &'a Cache,
    pub(super) threads: usize,
    pub(super) total: usize,
    pub(super) done: AtomicUsize,
    pub(super) reused: AtomicUsize,
    pub(super) on_progress: &'a (dyn Fn(BenchmarkProgress) + Sync),
}

impl Runner<'_> {
    /// Fits `spec` on the training rows of each split, with this C or as the spec says, and scores the test rows.
    /// The texts are read only if a result is missing.
    ///
    /// # Errors
    /// [`crate::Error`] if the spec cannot be tried at all, or the cache cannot be written; a split whose rows cannot
    /// support the fit has an error of its own.
    pub(super) fn outcomes(
        &self,
        spec: &PipelineSpec,
        c: Option<f64>,
        splits: &[&Split],
    ) -> Result<Vec<Result<Outcome>>> {
        let n_classes = self.corpus.labels().len();
        let keys: Vec<String> = splits.iter().map(|split| self.key_of(spec, c, Some(split))).collect();
        let known = |(key, split): (&String, &&Split)| {
            self.cache.get(key).filter(|outcome: &Outcome| outcome.fits(split, n_classes))
        };
        let mut found: Vec<Option<Result<Outcome>>> =
            keys.iter().zip(splits).map(|pair| known(pair).map(Ok)).collect();
        let missing: Vec<usize> = (0..splits.len()).filter(|&i| found[i].is_none()).collect();
        self.report(splits.len() - missing.len(), true);
        if !missing.is_empty() {
            let trial = Trial::new(spec, self.corpus)?;
            let computed = in_order(missing.len(), self.threads, |i| {
                let outcome = self.outcome(&trial, spec, c, splits[missing[i]]);
                let kept = outcome.as_ref().map_or(Ok(()), |o| self.cache.put(&keys[missing[i]], o));
                self.report(1, false);
                kept.map(|()| outcome)
            });
            for (i, outcome) in missing.into_iter().zip(computed) {
                found[i] = Some(outcome?);
            }
        }
        Ok(found.into_iter().flatten().collect())
    }

    /// What a model of all rows costs with this C.
    ///
    /// # Errors
    /// As [`cost`]; [`crate::Error::Io`] if the cache cannot be written.
    pub(super) fn cost(&self, spec: &PipelineSpec, c: f64) -> Result<Cost> {
        let key = self.key_of(spec, Some(c), None);
        if let Some(known) = self.cache.get(&key) {
            self.report(1, true);
            return Ok(known);
        }
        let cost = cost(spec, c, self.corpus)?;
        self.cache.put(&key, &cost)?;
        self.report(1, false);
        Ok(cost)
    }

    fn outcome(
        &self,
        trial: &Trial<'_>,
        spec: &PipelineSpec,
        c: Option<f64>,
        split: &Split,
    ) -> Result<Outcome> {
        let train = split.train(self.corpus.len());
        let fitted = match c {
            Some(c) => trial.fit_at(&train, c)?,
            None => trial.fit(&train)?,
        };
        let truth: Vec<Label> = split.test.iter().map(|&row| self.corpus.truth()[row]).collect();
        let predicted = fitted.predictions(&split.test);
        let counts = ConfusionMatrix::from_labels(&truth, &predicted, self.corpus.labels().len());
        Ok(Outcome {
            c: spec.has_c().then_some(fitted.c()),
            n_train: train.len(),
            confusion: counts.rows().map(<[u64]>::to_vec).collect(),
        })
    }

    /// A checksum of all that a result depends on. Without a split, of what all rows cost.
    fn key_of(&self, spec: &PipelineSpec, c: Option<f64>, split: Option<&Split>) -> String {
        let spec = serde_json::to_vec(spec).expect("a spec is plain data");
        let rows =
            |rows: &[usize]| rows.iter().flat_map(|row| (*row as u64).to_le_bytes()).collect::<Vec<u8>>();
        let c = c.map_or_else(Vec::new, |c| c.to_le_bytes().to_vec());
        let (train, test) = match split {
            Some(split) => (rows(&split.train(self.corpus.len())), rows(&split.test)),
            None => (b"all".to_vec(), Vec::new()),
        };
        Cache::key(&[self.fingerprint.as_bytes(), &spec, &c, &train, &test])
    }

    fn report(&self, n: usize, is_reused: bool) {
        let reused = self.reused.fetch_add(if is_reused { n } else { 0 }, Ordering::Relaxed);
        let done = self.done.fetch_add(n, Ordering::Relaxed) + n;
        let reused = reused + if is_reused { n } else { 0 };
        (self.on_progress)(BenchmarkProgress { done, total: self.total, reused });
    }
}
