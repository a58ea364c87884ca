//! Which rows train and which are tested, the same for every entry.
//!
//! Comes in: a corpus, a number of folds and repeats, a seed. Goes out: [`Split`]s. Knows no entry.

use std::borrow::Cow;

use crate::corpus::{Corpus, complement, folds, rows_by, strata};
use crate::error::Result;
use crate::numeric::Rng;

/// Shares of the training rows that a learning curve is drawn through, besides all of them.
pub(super) const SHARES: [f64; 3] = [0.1, 0.25, 0.5];

/// Test rows, and the training rows where those are not all the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Split {
    /// Rows tested, ascending.
    pub(super) test: Vec<usize>,
    train: Option<Vec<usize>>,
}

/// One fold of one repeat.
#[derive(Debug, Clone)]
pub(super) struct Fold {
    pub(super) repeat: usize,
    pub(super) fold: usize,
    pub(super) split: Split,
}

impl Split {
    fn of(test: Vec<usize>) -> Self {
        Split { test, train: None }
    }

    /// Rows trained on, ascending; `n` is the number of all rows.
    pub(super) fn train(&self, n: usize) -> Cow<'_, [usize]> {
        match &self.train {
            Some(train) => Cow::Borrowed(train),
            None => Cow::Owned(complement(&self.test, n)),
        }
    }
}

/// Repeated folds, stratified by class (and target), grouped where the corpus has groups: repeat r is split with `seed` + r.
///
/// # Errors
/// [`crate::Error::Parameter`] if there are fewer rows or groups than folds.
pub(super) fn repeated(corpus: &Corpus, k: usize, repeats: usize, seed: u64) -> Result<Vec<Fold>> {
    let strata = match corpus.targets() {
        Some(targets) => strata(corpus.truth(), targets, corpus.labels().len()),
        None => corpus.truth().to_vec(),
    };
    let groups = corpus.fold_groups(&(0..corpus.len()).collect::<Vec<_>>());
    let mut out = Vec::with_capacity(k * repeats);
    for repeat in 0..repeats {
        let tests = folds(&strata, groups.as_deref(), k, seed.wrapping_add(repeat as u64))?;
        out.extend(tests.into_iter().enumerate().map(|(fold, test)| Fold {
            repeat,
            fold,
            split: Split::of(test),
        }));
    }
    Ok(out)
}

/// The same test rows with the first share of the training rows in a seeded order: one for each of [`SHARES`], each
/// within the next. Without groups every class keeps its share; with groups, whole groups are taken until there are
/// enough rows.
pub(super) fn shares(corpus: &Corpus, fold: &Fold, seed: u64) -> [Split; SHARES.len()] {
    let train = fold.split.train(corpus.len());
    let mut rng = Rng::stream(seed.wrapping_add(fold.repeat as u64), 1 + fold.fold as u64);
    // Pieces in the order in which they are taken: groups of rows, or single rows.
    let pieces = match corpus.groups() {
        Some(groups) => {
            let mut pieces = rows_by(train.iter().copied(), |row| groups[row] as usize);
            rng.shuffle(&mut pieces);
            pieces
        }
        None => {
            let mut placed: Vec<(f64, usize)> = Vec::with_capacity(train.len());
            for mut rows in rows_by(train.iter().copied(), |row| corpus.truth()[row].index()) {
                rng.shuffle(&mut rows);
                let n = rows.len() as f64;
                placed.extend(rows.into_iter().enumerate().map(|(i, row)| ((i as f64 + 0.5) / n, row)));
            }
            placed.sort_by(|a, b| a.0.total_cmp(&b.0));
            placed.into_iter().map(|(_, row)| vec![row]).collect()
        }
    };
    SHARES.map(|share| {
        let enough = (share * train.len() as f64).round().max(1.0) as usize;
        let mut rows = Vec::new();
        for piece in &pieces {
            if rows.len() >= enough {
                break;
            }
            rows.extend_from_slice(piece);
        }
        rows.sort_unstable();
        Split { test: fold.split.test.clone(), train: Some(rows) }
    })
}

/// Each value of a column held out once: values sorted, with their rows.
pub(super) fn left_out(values: &[String]) -> Vec<(String, Split)> {
    let mut names: Vec<&String> = values.iter().collect();
    names.sort_unstable();
    names.dedup();
    let rows = |name: &String| (0..values.len()).filter(|&row| values[row] == *name).collect();
    names.into_iter().map(|name| (name.clone(), Split::of(rows(name)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::{Label, LabelSet};

    fn corpus() -> Corpus {
        let truth: Vec<Label> = (0..90).map(|i| Label((i % 3) as u16)).collect();
        Corpus::new(LabelSet::stance(), vec!["talks".into(); 90], truth)
    }

    #[test]
    fn every_repeat_tests_every_row_once_and_splits_anew() {
        let folds = repeated(&corpus(), 3, 2, 7).unwrap();
        assert_eq!(folds.len(), 6);
        for repeat in folds.chunks(3) {
            let mut tested: Vec<usize> = repeat.iter().flat_map(|f| f.split.test.clone()).collect();
            tested.sort_unstable();
            assert!(tested.into_iter().eq(0..90));
        }
        assert_ne!(folds[0].split, folds[3].split);
        let train = folds[1].split.train(90);
        assert!(train.len() == 60 && folds[1].split.test.iter().all(|row| !train.contains(row)));
    }

    #[test]
    fn shares_are_nested_and_keep_the_classes_shares() {
        let corpus = corpus();
        let fold = &repeated(&corpus, 3, 1, 7).unwrap()[0];
        let shares = shares(&corpus, fold, 7);
        let sizes = shares.each_ref().map(|s| s.train(90).len());
        assert_eq!(sizes, [6, 15, 30]);
        for pair in shares.windows(2) {
            let larger = pair[1].train(90);
            assert!(pair[0].train(90).iter().all(|row| larger.contains(row)));
            assert_eq!(pair[0].test, fold.split.test);
        }
        let of_class = |c: usize| shares[0].train(90).iter().filter(|&&row| row % 3 == c).count();
        assert_eq!([0, 1, 2].map(of_class), [2, 2, 2]);
    }

    #[test]
    fn a_share_holds_whole_groups() {
        let groups: Vec<String> = (0..90).map(|i| format!("g{}", i / 6)).collect();
        let corpus = corpus().with_groups(&groups);
        let fold = &repeated(&corpus, 3, 1, 7).unwrap()[0];
        for share in shares(&corpus, fold, 7) {
            let train = share.train(90).into_owned();
            assert!(
                rows_by(train.iter().copied(), |row| row / 6).iter().all(|group| group.len() == 6),
                "{train:?}"
            );
        }
    }

    #[test]
    fn each_value_of_a_column_is_left_out_once() {
        let values = ["b", "a", "b"].map(String::from);
        let left_out = left_out(&values);
        assert_eq!(left_out, [("a".into(), Split::of(vec![1])), ("b".into(), Split::of(vec![0, 2]))]);
    }
}
