//! How often each column occurs in each statement, row by row.

/// Compressed rows of (column, count) pairs, columns strictly increasing within a row.
#[derive(Debug)]
pub(super) struct Rows {
    indptr: Vec<usize>,
    entries: Vec<(u32, u32)>,
}

impl Rows {
    pub(super) fn new() -> Self {
        Rows { indptr: vec![0], entries: Vec::new() }
    }

    /// Appends a row with these occurrences, one column an occurrence. Sorts them in passing.
    pub(super) fn push(&mut self, occurrences: &mut [u32]) {
        occurrences.sort_unstable();
        let runs = occurrences.chunk_by(|a, b| a == b);
        self.entries.extend(runs.map(|run| (run[0], run.len() as u32)));
        self.indptr.push(self.entries.len());
    }

    /// Gives columns new numbers, in the same order.
    pub(super) fn renumber(&mut self, number: impl Fn(u32) -> u32) {
        self.entries.iter_mut().for_each(|entry| entry.0 = number(entry.0));
    }

    pub(super) fn len(&self) -> usize {
        self.indptr.len() - 1
    }

    pub(super) fn row(&self, i: usize) -> &[(u32, u32)] {
        &self.entries[self.indptr[i]..self.indptr[i + 1]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn occurrences_become_sorted_counts() {
        let mut rows = Rows::new();
        rows.push(&mut [7, 2, 7]);
        rows.push(&mut []);
        rows.push(&mut [1]);
        assert_eq!((rows.row(0), rows.row(1), rows.row(2)), (&[(2, 1), (7, 2)][..], &[][..], &[(1, 1)][..]));
        assert_eq!(rows.len(), 3);
    }
}
