//! Data sets drawn from one data set.
//!
//! Comes in: how many rows there are, which of them are one unit, a seed. Goes out: how often each row is in each data
//! set drawn, so that any score that can weigh rows gets its bootstrap distribution from the same draws.

use std::cmp::Ordering;

use crate::numeric::Rng;

/// Data sets of as many units as there are, drawn with replacement; a unit is a row, or a group of rows.
#[derive(Debug, Clone)]
pub(super) struct Resample {
    unit_of_row: Vec<usize>,
    n_units: usize,
    draws: u64,
    seed: u64,
}

impl Resample {
    /// Rows are numbered by `order`, groups by their number, so that the order in which they come does not matter. With
    /// fewer than two units nothing is drawn.
    ///
    /// # Panics
    /// If there are not as many groups as rows.
    pub(super) fn new(
        n_rows: usize,
        order: impl Fn(usize, usize) -> Ordering,
        groups: Option<&[u32]>,
        draws: usize,
        seed: u64,
    ) -> Self {
        let mut rows: Vec<usize> = (0..n_rows).collect();
        let mut unit_of_row = vec![0; n_rows];
        match groups {
            None => rows.sort_by(|&a, &b| order(a, b)),
            Some(groups) => {
                assert_eq!(n_rows, groups.len(), "rows against groups");
                rows.sort_by_key(|&row| groups[row]);
            }
        }
        let same = |a: &usize, b: &usize| groups.is_some_and(|groups| groups[*a] == groups[*b]);
        let mut n_units = 0;
        for unit in rows.chunk_by(same) {
            unit.iter().for_each(|&row| unit_of_row[row] = n_units);
            n_units += 1;
        }
        Resample { unit_of_row, n_units, draws: if n_units < 2 { 0 } else { draws as u64 }, seed }
    }

    /// `statistic` of each data set, given how often each row is in it; the same with any number of threads.
    pub(super) fn map<T: Send>(&self, threads: usize, statistic: impl Fn(&[u64]) -> T + Sync) -> Vec<T> {
        let part = |streams: std::ops::Range<u64>| -> Vec<T> {
            let (mut of_unit, mut of_row) = (vec![0; self.n_units], vec![0; self.unit_of_row.len()]);
            streams
                .map(|stream| {
                    draw(&mut of_unit, self.n_units, |unit| unit, self.seed, stream);
                    of_row
                        .iter_mut()
                        .zip(&self.unit_of_row)
                        .for_each(|(times, &unit)| *times = of_unit[unit]);
                    statistic(&of_row)
                })
                .collect()
        };
        let share = self.draws.div_ceil(threads.max(1) as u64).max(1);
        let ends = |start: u64| start..(start + share).min(self.draws);
        std::thread::scope(|scope| {
            let part = &part;
            let spawn = |start: u64| scope.spawn(move || part(ends(start)));
            let others: Vec<_> =
                (1..).map(|i| i * share).take_while(|&s| s < self.draws).map(spawn).collect();
            let mut all = part(ends(0));
            all.extend(others.into_iter().flat_map(|other| other.join().expect("drawing does not panic")));
            all
        })
    }
}

/// Data sets as [`Resample`] draws them where only the kind of a unit matters. Comes in how many units are of each
/// kind, goes out how often each kind was drawn; no data set of fewer than two units.
pub(super) fn resampled(units: &[u64], draws: usize, seed: u64) -> impl Iterator<Item = Vec<u64>> {
    let of_unit: Vec<usize> = units.iter().enumerate().flat_map(|(p, &n)| (0..n).map(move |_| p)).collect();
    let (n_kinds, draws) = (units.len(), if of_unit.len() < 2 { 0 } else { draws as u64 });
    (0..draws).map(move |stream| {
        let mut drawn = vec![0; n_kinds];
        draw(&mut drawn, of_unit.len(), |unit| of_unit[unit], seed, stream);
        drawn
    })
}

/// Fills `times` with how often each kind is among `n` units drawn from `n`.
fn draw(times: &mut [u64], n: usize, kind_of: impl Fn(usize) -> usize, seed: u64, stream: u64) {
    times.fill(0);
    let mut rng = Rng::stream(seed, stream);
    (0..n).for_each(|_| times[kind_of(rng.below(n))] += 1);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(resample: &Resample, threads: usize) -> Vec<Vec<u64>> {
        resample.map(threads, <[u64]>::to_vec)
    }

    #[test]
    fn rows_are_drawn_as_their_kinds_are() {
        let kinds = [1usize, 0, 1, 1, 0];
        let rows = Resample::new(5, |a, b| kinds[a].cmp(&kinds[b]), None, 40, 3);
        let of_kind = |times: &Vec<u64>| {
            (0..2)
                .map(|kind| (0..5).filter(|&r| kinds[r] == kind).map(|r| times[r]).sum())
                .collect::<Vec<u64>>()
        };
        let by_row: Vec<_> = times(&rows, 1).iter().map(of_kind).collect();
        assert_eq!(by_row, resampled(&[2, 3], 40, 3).collect::<Vec<_>>());
    }

    #[test]
    fn the_draws_are_the_same_with_any_number_of_threads() {
        let resample = Resample::new(6, |a, b| a.cmp(&b), None, 11, 7);
        let alone = times(&resample, 1);
        assert!(alone.len() == 11 && alone.iter().all(|t| t.iter().sum::<u64>() == 6));
        for threads in [2, 3, 11, 40] {
            assert_eq!(times(&resample, threads), alone, "{threads} threads");
        }
    }

    #[test]
    fn rows_of_a_group_are_drawn_together() {
        let resample = Resample::new(4, |a, b| a.cmp(&b), Some(&[5, 2, 5, 9]), 20, 7);
        assert!(times(&resample, 1).iter().all(|t| t[0] == t[2] && t[0] + t[1] + t[3] == 3));
        assert!(times(&Resample::new(2, |a, b| a.cmp(&b), Some(&[4, 4]), 20, 7), 1).is_empty());
    }
}
