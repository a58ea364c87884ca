//! What a model says of many texts, in columns: for callers that hold tables, not statements.

use std::sync::{Mutex, PoisonError};

use ndarray::Array2;

use super::{Pipeline, Scorer};
use crate::label::Label;
use crate::text::Passage;

/// Rows that a thread takes at a time.
const BLOCK: usize = 1024;

/// The answers for many texts, one row each.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreTable {
    /// The most probable class; `None` for a row without a text.
    pub labels: Vec<Option<Label>>,
    /// Probability times polarity, summed; in [-1, 1]. NaN for a row without a text and for a label set without polarity.
    pub scores: Vec<f64>,
    /// Shape: (n_samples, n_classes), in label order; in [0, 1]. NaN for a row without a text.
    pub probabilities: Array2<f64>,
    /// Whether the weights were those of the row's own target.
    pub own_weights: Vec<bool>,
}

impl Pipeline {
    /// Scores many texts with up to `threads` threads: the numbers of [`Pipeline::score`], with any number of threads.
    ///
    /// `go_on` is asked before every block of rows, by any thread; `None` once it has said no.
    pub fn score_table(
        &self,
        rows: &[Option<Passage<'_>>],
        threads: usize,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Option<ScoreTable> {
        let answer = |scorer: &mut Scorer<'_>, passage: Passage<'_>, probabilities: &mut [f64]| {
            let score = scorer.score(passage);
            probabilities.copy_from_slice(&score.probabilities);
            (Some(score.label), score.score.unwrap_or(f64::NAN), score.own_weights)
        };
        let (answers, probabilities) = self.fill(rows, threads, go_on, (None, f64::NAN, false), answer)?;
        Some(ScoreTable {
            labels: answers.iter().map(|answer| answer.0).collect(),
            scores: answers.iter().map(|answer| answer.1).collect(),
            probabilities,
            own_weights: answers.iter().map(|answer| answer.2).collect(),
        })
    }

    /// The decision values of many texts, as [`Pipeline::score_table`] scores them. Shape: (n_samples, n_classes); signed,
    /// unitless, NaN for a row without a text.
    pub fn decision_table(
        &self,
        rows: &[Option<Passage<'_>>],
        threads: usize,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Option<Array2<f64>> {
        let answer = |scorer: &mut Scorer<'_>, passage: Passage<'_>, values: &mut [f64]| {
            values.copy_from_slice(&scorer.decisions(passage));
        };
        self.fill(rows, threads, go_on, (), answer).map(|(_, values)| values)
    }

    /// An answer and a row of numbers for each passage; `absent` and NaN where there is none.
    fn fill<A: Clone + Send>(
        &self,
        rows: &[Option<Passage<'_>>],
        threads: usize,
        go_on: &(dyn Fn() -> bool + Sync),
        absent: A,
        answer: impl Fn(&mut Scorer<'_>, Passage<'_>, &mut [f64]) -> A + Sync,
    ) -> Option<(Vec<A>, Array2<f64>)> {
        let width = self.labels().len();
        let mut answers = vec![absent; rows.len()];
        let mut values = vec![f64::NAN; rows.len() * width];
        let blocks = rows.chunks(BLOCK).zip(answers.chunks_mut(BLOCK)).zip(values.chunks_mut(BLOCK * width));
        let blocks = Mutex::new(blocks);
        let next = || blocks.lock().unwrap_or_else(PoisonError::into_inner).next();
        let work = || {
            let mut scorer = self.scorer();
            while let Some(((rows, answers), values)) = next() {
                if !go_on() {
                    return false;
                }
                let places = answers.iter_mut().zip(values.chunks_mut(width));
                for (row, (place, values)) in rows.iter().zip(places) {
                    if let Some(passage) = *row {
                        *place = answer(&mut scorer, passage, values);
                    }
                }
            }
            true
        };
        let helpers = threads.min(rows.len().div_ceil(BLOCK)).saturating_sub(1);
        let is_whole = std::thread::scope(|scope| {
            let helpers: Vec<_> = (0..helpers).map(|_| scope.spawn(work)).collect();
            let own = work();
            let join = |helper: std::thread::ScopedJoinHandle<'_, bool>| {
                helper.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            // Each is joined, whatever the others said.
            helpers.into_iter().map(join).fold(own, |whole, helper| whole & helper)
        });
        let shape = (rows.len(), width);
        is_whole.then(|| (answers, Array2::from_shape_vec(shape, values).expect("a row of values each")))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::corpus::Corpus;
    use crate::features::FeatureSet;
    use crate::label::LabelSet;
    use crate::pipeline::PipelineSpec;

    fn pipeline() -> Pipeline {
        let texts =
            ["they agreed to talks", "they never agreed", "it rained", "talks failed", "agreed", "rain"];
        let truth = [2, 0, 1, 0, 2, 1].map(Label).to_vec();
        let corpus = Corpus::new(LabelSet::stance(), texts.map(String::from).to_vec(), truth);
        PipelineSpec::new(FeatureSet::built_in("words-1").unwrap()).fit(&corpus).unwrap()
    }

    /// Some blocks of rows, every fifth without a text.
    fn rows() -> Vec<Option<Passage<'static>>> {
        let texts = ["They agreed to talks.", "Never.", "", "Talks failed; they agreed to meet again."];
        let row = |i: usize| (i % 5 != 4).then(|| Passage::from(texts[i % 5]));
        (0..3 * BLOCK + 7).map(row).collect()
    }

    #[test]
    fn a_table_has_the_numbers_of_each_text_alone_with_any_number_of_threads() {
        let (pipeline, rows) = (pipeline(), rows());
        for threads in [0, 1, 3] {
            let table = pipeline.score_table(&rows, threads, &|| true).unwrap();
            let decisions = pipeline.decision_table(&rows, threads, &|| true).unwrap();
            for (i, row) in rows.iter().enumerate().take(12).chain(rows.iter().enumerate().skip(3 * BLOCK)) {
                match row {
                    Some(passage) => {
                        let alone = pipeline.score(*passage);
                        assert_eq!(
                            (table.labels[i], Some(table.scores[i])),
                            (Some(alone.label), alone.score)
                        );
                        assert_eq!(table.probabilities.row(i).to_vec(), alone.probabilities);
                        assert_eq!(decisions.row(i).to_vec(), pipeline.scorer().decisions(*passage));
                    }
                    None => {
                        assert_eq!((table.labels[i], table.scores[i].is_nan()), (None, true));
                        assert!(
                            table.probabilities.row(i).iter().chain(decisions.row(i)).all(|v| v.is_nan())
                        );
                    }
                }
            }
        }
        let none = pipeline.score_table(&[], 2, &|| true).unwrap();
        assert_eq!((none.labels.len(), none.probabilities.dim()), (0, (0, 3)));
    }

    #[test]
    fn who_is_told_to_stop_has_no_table() {
        let asked = AtomicUsize::new(0);
        let go_on = || asked.fetch_add(1, Ordering::Relaxed) < 2;
        assert!(pipeline().score_table(&rows(), 1, &go_on).is_none());
        assert_eq!(asked.into_inner(), 3);
    }
}
