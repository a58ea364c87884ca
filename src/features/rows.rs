//! Which columns occur in each statement, row by row.

use std::ops::Range;

/// Compressed rows of columns in rising order, one an occurrence: a column that occurs three times stands three times.
/// Most occur once, so that a number each would double what a corpus takes.
#[derive(Debug)]
pub(super) struct Rows {
    indptr: Vec<usize>,
    columns: Vec<u32>,
}

impl Rows {
    pub(super) fn new() -> Self {
        Rows { indptr: vec![0], columns: Vec::new() }
    }

    /// Appends an occurrence to the row that is being written.
    #[inline]
    pub(super) fn push(&mut self, column: u32) {
        self.columns.push(column);
    }

    /// Ends the row that is being written.
    pub(super) fn end_row(&mut self) {
        self.indptr.push(self.columns.len());
    }

    /// Gives columns new numbers and leaves out those for which there is none, in place.
    pub(super) fn renumber(&mut self, number: impl Fn(u32) -> Option<u32>) {
        let mut end = 0;
        self.each_in_place(|columns, row| {
            for at in row {
                if let Some(column) = number(columns[at]) {
                    columns[end] = column;
                    end += 1;
                }
            }
            end
        });
        self.columns.shrink_to_fit();
    }

    /// Writes other columns in the place of each row, no more than it has occurrences: `rewrite` gets its number, its (column, count)
    /// pairs, and what takes the columns to write.
    pub(super) fn rewrite(&mut self, mut rewrite: impl FnMut(usize, &[(u32, u32)], &mut dyn FnMut(u32))) {
        let (mut end, mut i, mut counts) = (0, 0, Vec::new());
        self.each_in_place(|columns, row| {
            count_runs(&columns[row], &mut counts);
            rewrite(i, &counts, &mut |column| {
                columns[end] = column;
                end += 1;
            });
            i += 1;
            end
        });
    }

    /// Hands `each` all columns and the place of one row after another; it says where what it made of the row ends, which is not
    /// behind the row.
    fn each_in_place(&mut self, mut each: impl FnMut(&mut [u32], Range<usize>) -> usize) {
        let mut start = 0;
        for end in &mut self.indptr[1..] {
            let row = std::mem::replace(&mut start, *end)..*end;
            *end = each(&mut self.columns, row);
        }
        self.columns.truncate(self.indptr[self.len()]);
    }

    /// Where each row begins, and one past the last; and the columns.
    pub(super) fn into_parts(self) -> (Vec<usize>, Vec<u32>) {
        (self.indptr, self.columns)
    }

    /// Sorts the columns of each row.
    pub(super) fn sort(&mut self) {
        let mut sorter = Sorter::default();
        for row in self.indptr.windows(2) {
            sorter.sort(&mut self.columns[row[0]..row[1]]);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.indptr.len() - 1
    }

    /// The number of occurrences in all rows.
    pub(super) fn n_stored(&self) -> usize {
        self.columns.len()
    }

    /// What it holds, in bytes.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.columns) + size_of_val(&*self.indptr)
    }

    /// The columns of row `i`, one an occurrence.
    #[inline]
    pub(super) fn occurrences(&self, i: usize) -> &[u32] {
        &self.columns[self.indptr[i]..self.indptr[i + 1]]
    }

    /// Writes the (column, count) pairs of row `i` to `out`, which is cleared first; of sorted rows, columns strictly increase.
    #[inline]
    pub(super) fn counts(&self, i: usize, out: &mut Vec<(u32, u32)>) {
        count_runs(self.occurrences(i), out);
    }

    /// In how many rows each of `n_columns` columns occurs.
    pub(super) fn document_frequencies(&self, n_columns: usize) -> Vec<u32> {
        // The row that counted a column last, from 1.
        let mut last = vec![0; n_columns];
        let mut frequencies = vec![0; n_columns];
        for (row, number) in self.indptr.windows(2).zip(1u32..) {
            for &column in &self.columns[row[0]..row[1]] {
                let last = &mut last[column as usize];
                frequencies[column as usize] += u32::from(*last != number);
                *last = number;
            }
        }
        frequencies
    }
}

/// Columns that stand side by side, with how often. Whether a column repeats the one before is as good as random, so that nothing
/// here branches on it.
#[inline]
fn count_runs(row: &[u32], out: &mut Vec<(u32, u32)>) {
    out.clear();
    out.resize(row.len(), (0, 0));
    let (mut end, mut count) = (0, 0);
    let mut before = row.first().map_or(0, |first| !first);
    for &column in row {
        let is_new = column != before;
        count = if is_new { 1 } else { count + 1 };
        end += usize::from(is_new);
        out[end - 1] = (column, count);
        before = column;
    }
    out.truncate(end);
}

/// Sorts rows; keeps its buffers.
#[derive(Default)]
struct Sorter {
    other: Vec<u32>,
    counts: Vec<u32>,
}

impl Sorter {
    const BITS: u32 = 11;
    /// Shorter rows are sorted by comparing.
    const LONG: usize = 160;

    fn sort(&mut self, row: &mut [u32]) {
        if row.len() < Self::LONG {
            return row.sort_unstable();
        }
        let highest = row.iter().fold(0, |all, column| all | column);
        self.other.resize(row.len(), 0);
        let mut is_in_row = true;
        for shift in (0..u32::BITS - highest.leading_zeros()).step_by(Self::BITS as usize) {
            match is_in_row {
                true => Self::pass(row, &mut self.other, shift, &mut self.counts),
                false => Self::pass(&self.other, row, shift, &mut self.counts),
            }
            is_in_row = !is_in_row;
        }
        if !is_in_row {
            row.copy_from_slice(&self.other);
        }
    }

    /// Puts `from` in the order of one digit.
    fn pass(from: &[u32], to: &mut [u32], shift: u32, counts: &mut Vec<u32>) {
        let digit = |column: u32| (column >> shift) as usize & ((1 << Self::BITS) - 1);
        counts.clear();
        counts.resize(1 << Self::BITS, 0);
        from.iter().for_each(|&column| counts[digit(column)] += 1);
        let mut before = 0;
        counts.iter_mut().for_each(|count| before += std::mem::replace(count, before));
        for &column in from {
            let place = &mut counts[digit(column)];
            to[*place as usize] = column;
            *place += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    fn rows(of: &[&[u32]]) -> Rows {
        let mut rows = Rows::new();
        for row in of {
            row.iter().for_each(|&column| rows.push(column));
            rows.end_row();
        }
        rows
    }

    fn counts(rows: &Rows) -> Vec<Vec<(u32, u32)>> {
        let mut counts = Vec::new();
        let of_row = |i| {
            rows.counts(i, &mut counts);
            counts.clone()
        };
        (0..rows.len()).map(of_row).collect()
    }

    #[test]
    fn occurrences_become_sorted_counts() {
        let mut rows = rows(&[&[7, 2, 7], &[], &[1]]);
        rows.sort();
        assert_eq!(counts(&rows), [vec![(2, 1), (7, 2)], vec![], vec![(1, 1)]]);
        assert_eq!(rows.document_frequencies(8), [0, 1, 1, 0, 0, 0, 0, 1]);
    }

    #[test]
    fn columns_are_renumbered_in_place_and_some_left_out() {
        let mut rows = rows(&[&[7, 2, 7], &[2], &[1, 7]]);
        rows.renumber(|column| (column != 2).then_some(column + 1));
        assert_eq!(counts(&rows), [vec![(8, 2)], vec![], vec![(2, 1), (8, 1)]]);
    }

    #[test]
    fn long_rows_are_sorted_as_short_ones_are() {
        let mut rng = Rng::new(3);
        for (n, most) in
            [(159, 1 << 30), (160, 7), (1000, 2000), (1000, 5000), (777, 1 << 23), (500, u32::MAX as usize)]
        {
            let row: Vec<u32> = (0..n).map(|_| rng.below(most) as u32).collect();
            let mut sorted = row.clone();
            Sorter::default().sort(&mut sorted);
            let mut expected = row;
            expected.sort_unstable();
            assert_eq!(sorted, expected);
        }
    }
}
