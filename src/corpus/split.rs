//! Rows into folds.
//!
//! Comes in: labels, perhaps a group of each row, a number of folds and a seed. Goes out: the test rows of
//! each fold. Every row is tested once; classes are spread evenly; rows of one group stay together.

use std::cmp::Reverse;

use crate::error::{Error, Result};
use crate::label::Label;
use crate::numeric::Rng;

/// Splits rows into `k` folds and returns the test rows of each, ascending.
///
/// Without groups, the rows of each class are shuffled and dealt out in turn: folds differ by at most one
/// row, and by at most one row of each class. With groups, whole groups are placed greedily, each into the
/// fold where its classes are rarest (the least increase of the sum over classes of squared class shares),
/// among equals into the smallest fold. Larger groups come first; those whose sizes lie between the same
/// powers of two come in a seeded order, so that repeated splits differ.
///
/// # Errors
/// [`Error::Parameter`] if `k` is below 2 or above the number of rows, or of groups where there are groups.
/// # Panics
/// If `groups` is not as long as `labels`.
pub fn folds(labels: &[Label], groups: Option<&[u32]>, k: usize, seed: u64) -> Result<Vec<Vec<usize>>> {
    let mut rng = Rng::new(seed);
    let fold_of_row = match groups {
        None => {
            check(k, labels.len(), "rows")?;
            deal(labels, k, &mut rng)
        }
        Some(groups) => {
            assert_eq!(groups.len(), labels.len(), "groups against labels");
            let rows_of_group = rows_by(0..groups.len(), |row| groups[row] as usize);
            check(k, rows_of_group.len(), "groups")?;
            place(labels, rows_of_group, k, &mut rng)
        }
    };
    let mut folds = vec![Vec::new(); k];
    for (row, fold) in fold_of_row.into_iter().enumerate() {
        folds[fold].push(row);
    }
    Ok(folds)
}

/// What folds should spread evenly where rows have targets: the classes of each target.
pub fn strata(labels: &[Label], targets: &[Option<u32>], n_classes: usize) -> Vec<Label> {
    let stratum = |(label, target): (&Label, &Option<u32>)| {
        Label::from_index(target.map_or(0, |target| target as usize + 1) * n_classes + label.index())
    };
    labels.iter().zip(targets).map(stratum).collect()
}

/// The rows below `n` that are not among `rows`, ascending.
pub fn complement(rows: &[usize], n: usize) -> Vec<usize> {
    let mut is_in = vec![false; n];
    rows.iter().for_each(|&row| is_in[row] = true);
    (0..n).filter(|&row| !is_in[row]).collect()
}

fn check(k: usize, available: usize, unit: &str) -> Result<()> {
    if k < 2 || k > available {
        return Err(Error::parameter("folds", format!("2 to {available}, the number of {unit}"), k));
    }
    Ok(())
}

/// The rows of each key that occurs, keys ascending.
pub fn rows_by(rows: impl Iterator<Item = usize>, key: impl Fn(usize) -> usize) -> Vec<Vec<usize>> {
    let mut order: Vec<(usize, usize)> = rows.map(|row| (key(row), row)).collect();
    order.sort_unstable();
    order.chunk_by(|a, b| a.0 == b.0).map(|rows| rows.iter().map(|r| r.1).collect()).collect()
}

fn deal(labels: &[Label], k: usize, rng: &mut Rng) -> Vec<usize> {
    let mut fold_of_row = vec![0; labels.len()];
    let mut turn = 0;
    for mut rows in rows_by(0..labels.len(), |row| labels[row].index()) {
        rng.shuffle(&mut rows);
        for row in rows {
            fold_of_row[row] = turn % k;
            turn += 1;
        }
    }
    fold_of_row
}

fn place(labels: &[Label], mut groups: Vec<Vec<usize>>, k: usize, rng: &mut Rng) -> Vec<usize> {
    let n_classes = labels.iter().map(|l| l.index() + 1).max().unwrap_or(0);
    let counts = |rows: &[usize]| {
        let mut counts = vec![0usize; n_classes];
        rows.iter().for_each(|&row| counts[labels[row].index()] += 1);
        counts
    };
    let totals = counts(&(0..labels.len()).collect::<Vec<_>>());
    rng.shuffle(&mut groups);
    groups.sort_by_key(|rows| Reverse(rows.len().ilog2()));

    let mut fold_of_row = vec![0; labels.len()];
    let mut filled = vec![vec![0usize; n_classes]; k];
    for rows in groups {
        let group = counts(&rows);
        let cost = |fold: &[usize]| -> f64 {
            let terms = fold.iter().zip(&group).zip(&totals).filter(|(_, total)| **total > 0);
            terms.map(|((&f, &g), &total)| (f * g) as f64 / (total * total) as f64).sum()
        };
        let size = |fold: &[usize]| fold.iter().sum::<usize>();
        let best = (0..k)
            .min_by(|&a, &b| {
                let (a, b) = (&filled[a], &filled[b]);
                cost(a).total_cmp(&cost(b)).then_with(|| size(a).cmp(&size(b)))
            })
            .expect("there are at least two folds");
        filled[best].iter_mut().zip(&group).for_each(|(f, g)| *f += g);
        rows.iter().for_each(|&row| fold_of_row[row] = best);
    }
    fold_of_row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(indices: &[u16]) -> Vec<Label> {
        indices.iter().map(|&i| Label(i)).collect()
    }

    /// 60 rows of 12 groups of different sizes and leanings.
    fn grouped() -> (Vec<Label>, Vec<u32>) {
        let mut rng = Rng::new(5);
        (0..60)
            .map(|_| {
                let group = rng.below(12).min(rng.below(12)) as u32;
                (Label(((group as usize + rng.below(2)) % 3) as u16), group)
            })
            .unzip()
    }

    #[test]
    fn every_row_is_tested_once() {
        let (labels, groups) = grouped();
        for groups in [None, Some(groups.as_slice())] {
            let mut rows = folds(&labels, groups, 4, 7).unwrap().concat();
            rows.sort_unstable();
            assert_eq!(rows, (0..60).collect::<Vec<_>>());
        }
    }

    #[test]
    fn folds_and_their_classes_differ_by_at_most_one_row() {
        let labels = labels(&[0, 1, 2, 0, 0, 1, 0, 1, 0, 2, 0, 0, 1]);
        let folds = folds(&labels, None, 3, 1).unwrap();
        let count = |fold: &Vec<usize>, class| fold.iter().filter(|&&r| labels[r] == Label(class)).count();
        for counts in [0, 1, 2].map(|class| folds.iter().map(|f| count(f, class)).collect::<Vec<_>>()) {
            assert!(counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1, "{counts:?}");
        }
        assert_eq!(folds.iter().map(Vec::len).max(), Some(5));
    }

    #[test]
    fn rows_of_one_group_never_straddle_a_split() {
        let (labels, groups) = grouped();
        let folds = folds(&labels, Some(&groups), 3, 7).unwrap();
        for (row, group) in groups.iter().enumerate() {
            let fold = folds.iter().position(|f| f.contains(&row));
            let twin = groups.iter().position(|g| g == group).unwrap();
            assert_eq!(fold, folds.iter().position(|f| f.contains(&twin)), "group {group}");
        }
    }

    #[test]
    fn groups_are_placed_where_their_classes_are_rarest() {
        // Two groups all favor, two all against, of equal size: each of two folds wants one of both.
        let labels = labels(&[0, 0, 0, 0, 1, 1, 1, 1]);
        let folds = folds(&labels, Some(&[0, 0, 1, 1, 2, 2, 3, 3]), 2, 3).unwrap();
        for fold in folds {
            assert_eq!(fold.iter().filter(|&&r| labels[r] == Label(0)).count(), 2);
        }
    }

    #[test]
    fn the_seed_decides_and_nothing_else() {
        let (labels, groups) = grouped();
        for groups in [None, Some(groups.as_slice())] {
            let run = |seed| folds(&labels, groups, 3, seed).unwrap();
            assert_eq!(run(1), run(1));
            assert_ne!(run(1), run(2));
        }
    }

    #[test]
    fn more_folds_than_rows_or_groups_are_refused() {
        let labels = labels(&[0, 1, 0, 1]);
        assert_eq!(
            folds(&labels, Some(&[0, 0, 1, 1]), 3, 0).unwrap_err().to_string(),
            "parameter `folds`: expected 2 to 2, the number of groups, found 3"
        );
        assert!(folds(&labels, None, 5, 0).is_err() && folds(&labels, None, 1, 0).is_err());
        assert!(folds(&labels, None, 4, 0).unwrap().iter().all(|f| f.len() == 1));
    }
}
