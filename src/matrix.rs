//! The wall between words and weights: a sparse matrix of features.
//!
//! Comes in: column indices and values, row by row. Goes out: the same, as compressed sparse rows. It knows
//! neither what a column means nor what is learnt from it.

use linfa::dataset::Records;

/// A sparse matrix in compressed rows. Shape: (n_samples, n_features); values are `f32`, indices `u32`.
///
/// Within a row, columns strictly increase.
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureMatrix {
    n_features: usize,
    indptr: Vec<usize>,
    indices: Vec<u32>,
    values: Vec<f32>,
}

/// One row of a [`FeatureMatrix`]: strictly increasing columns and their values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row<'m> {
    /// Columns, strictly increasing.
    pub indices: &'m [u32],
    /// Values, one a column.
    pub values: &'m [f32],
}

impl Row<'_> {
    /// (column, value) pairs.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = (usize, f64)> {
        self.indices.iter().zip(self.values).map(|(&j, &v)| (j as usize, f64::from(v)))
    }
}

impl FeatureMatrix {
    /// An empty matrix of `n_features` columns, to be filled with [`FeatureMatrix::push_row`].
    ///
    /// # Panics
    /// If `n_features` does not fit in 32 bits.
    pub fn new(n_features: usize) -> Self {
        assert!(n_features <= u32::MAX as usize, "{n_features} columns do not fit in 32 bits");
        FeatureMatrix { n_features, indptr: vec![0], indices: Vec::new(), values: Vec::new() }
    }

    /// Takes over the three arrays of compressed sparse rows.
    ///
    /// # Panics
    /// If the arrays do not describe such a matrix: lengths, monotonic `indptr`, columns strictly increasing
    /// within a row and below `n_features`, finite values.
    pub fn from_parts(n_features: usize, indptr: Vec<usize>, indices: Vec<u32>, values: Vec<f32>) -> Self {
        assert!(n_features <= u32::MAX as usize, "{n_features} columns do not fit in 32 bits");
        assert_eq!(indptr.first(), Some(&0), "indptr starts at 0");
        assert_eq!(indptr.last(), Some(&indices.len()), "indptr ends at the number of indices");
        assert_eq!(indices.len(), values.len(), "indices against values");
        for w in indptr.windows(2) {
            assert!(w[0] <= w[1], "indptr decreases: {} then {}", w[0], w[1]);
            let row = &indices[w[0]..w[1]];
            assert!(row.windows(2).all(|p| p[0] < p[1]), "columns of a row do not increase");
            assert!(row.last().is_none_or(|&j| (j as usize) < n_features), "column beyond {n_features}");
        }
        assert!(values.iter().all(|v| v.is_finite()), "a value is not finite");
        FeatureMatrix { n_features, indptr, indices, values }
    }

    /// Appends one row.
    ///
    /// # Panics
    /// If columns do not strictly increase, lie beyond the matrix, or differ in number from the values.
    pub fn push_row(&mut self, indices: &[u32], values: &[f32]) {
        assert_eq!(indices.len(), values.len(), "indices against values");
        assert!(indices.windows(2).all(|p| p[0] < p[1]), "columns of a row do not increase");
        assert!(
            indices.last().is_none_or(|&j| (j as usize) < self.n_features),
            "column beyond {}",
            self.n_features
        );
        self.indices.extend_from_slice(indices);
        self.values.extend_from_slice(values);
        self.indptr.push(self.indices.len());
    }

    /// The columns `kept`, renumbered in their order.
    ///
    /// # Panics
    /// If they do not strictly increase, or one lies beyond the matrix.
    #[must_use]
    pub fn select_columns(mut self, kept: &[usize]) -> Self {
        assert!(kept.windows(2).all(|p| p[0] < p[1]), "columns to keep do not increase");
        let mut place = vec![u32::MAX; self.n_features];
        kept.iter().zip(0..).for_each(|(&column, new)| place[column] = new);
        let mut end = 0;
        for row in 0..self.n_samples() {
            // `indptr[row]` is new already, the end of the row is not.
            let start = std::mem::replace(&mut self.indptr[row], end);
            for at in start..self.indptr[row + 1] {
                let new = place[self.indices[at] as usize];
                if new != u32::MAX {
                    (self.indices[end], self.values[end]) = (new, self.values[at]);
                    end += 1;
                }
            }
        }
        if let Some(last) = self.indptr.last_mut() {
            *last = end;
        }
        self.indices.truncate(end);
        self.values.truncate(end);
        self.n_features = kept.len();
        self
    }

    /// The number of rows.
    pub fn n_samples(&self) -> usize {
        self.indptr.len() - 1
    }

    /// The number of columns.
    pub fn n_features(&self) -> usize {
        self.n_features
    }

    /// The number of stored values.
    pub fn nnz(&self) -> usize {
        self.indices.len()
    }

    /// Row `i`.
    ///
    /// # Panics
    /// If there is no such row.
    #[inline]
    pub fn row(&self, i: usize) -> Row<'_> {
        let range = self.indptr[i]..self.indptr[i + 1];
        Row { indices: &self.indices[range.clone()], values: &self.values[range] }
    }

    /// All rows in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (0..self.n_samples()).map(|i| self.row(i))
    }

    /// The rows at `samples`, in that order.
    ///
    /// # Panics
    /// If there is no such row.
    #[must_use]
    pub fn select(&self, samples: &[usize]) -> Self {
        let mut out = FeatureMatrix::new(self.n_features);
        for &i in samples {
            let row = self.row(i);
            out.push_row(row.indices, row.values);
        }
        out
    }

    /// The same matrix with the values of those columns alone for which `keep` holds.
    #[must_use]
    pub fn filter(&self, keep: impl Fn(u32) -> bool) -> Self {
        let mut out = FeatureMatrix::new(self.n_features);
        for row in self.rows() {
            let kept = row.indices.iter().zip(row.values).filter(|(column, _)| keep(**column));
            let (indices, values): (Vec<u32>, Vec<f32>) = kept.unzip();
            out.push_row(&indices, &values);
        }
        out
    }
}

impl Records for FeatureMatrix {
    type Elem = f32;

    fn nsamples(&self) -> usize {
        self.n_samples()
    }

    fn nfeatures(&self) -> usize {
        self.n_features
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_left_out_and_the_others_renumbered() {
        let rows = FeatureMatrix::from_parts(
            4,
            vec![0, 3, 3, 5],
            vec![0, 1, 3, 0, 2],
            vec![1.0, 2.0, 3.0, 4.0, 5.0],
        );
        let expected = FeatureMatrix::from_parts(2, vec![0, 2, 2, 2], vec![0, 1], vec![2.0, 3.0]);
        assert_eq!(rows.clone().select_columns(&[1, 3]), expected);
        assert_eq!(rows.clone().select_columns(&[0, 1, 2, 3]), rows);
        assert_eq!(rows.select_columns(&[]).nnz(), 0);
    }

    #[test]
    fn rows_come_back_as_they_went_in() {
        let mut x = FeatureMatrix::new(4);
        x.push_row(&[1, 3], &[0.5, 2.0]);
        x.push_row(&[], &[]);
        assert_eq!((x.n_samples(), x.n_features(), x.nnz()), (2, 4, 2));
        assert_eq!(x.row(0).iter().collect::<Vec<_>>(), [(1, 0.5), (3, 2.0)]);
        assert_eq!(x.select(&[1, 0, 0]).row(2), x.row(0));
        assert_eq!(x.filter(|column| column > 1).row(0).iter().collect::<Vec<_>>(), [(3, 2.0)]);
    }

    #[test]
    #[should_panic(expected = "column beyond 4")]
    fn a_column_beyond_the_matrix_is_a_broken_promise() {
        FeatureMatrix::new(4).push_row(&[4], &[1.0]);
    }
}
