//! Statements to counts: one pass over the texts, shared by every fold.
//!
//! [`Counts`] holds what was counted in a corpus and nothing that was learnt from it. Fitting (which columns to
//! keep, their idf) happens on a selection of rows, so that cross-validation fits again in every fold without
//! reading a text twice.

use super::columns::{Buckets, Columns};
use super::rows::Rows;
use super::side::Side;
use super::spec::FeatureSet;
use super::tally::Tally;
use super::vectorizer::{Extractor, Scratch, Vectorizer};
use super::weighting::{Weighting, weigh_block};
use crate::analysis::Key;
use crate::error::Result;
use crate::matrix::FeatureMatrix;
use crate::text::Passage;

/// How often each feature occurs in each statement of a corpus.
///
/// Only features that reach the minimum document frequency in the whole corpus are held: no selection of rows
/// can lift the others above it.
#[derive(Debug)]
pub struct Counts {
    set: FeatureSet,
    extractor: Extractor,
    columns: Columns,
    /// First column of each group, and one past the last column.
    starts: Vec<u32>,
    /// The column here of each column of `columns`, where they are numbered otherwise: hashed ones stand in the order of their
    /// hashes there, and by falling document frequency here, so that frequent ones are neighbours in memory.
    numbers: Option<Vec<u32>>,
    /// In how many statements each column occurs.
    frequencies: Vec<u32>,
    rows: Rows,
    /// The side of each row's target; empty where no group asks for it.
    sides: Vec<Option<Side>>,
}

/// Document frequencies above which hashed columns keep the order of their hashes.
const MOST_TOLD_APART: u32 = 1 << 10;

/// What fitting on some rows of a [`Counts`] learnt.
#[derive(Debug, Clone)]
pub struct Fitted {
    /// Inverse document frequency of each column of the counts; 0 for columns left out.
    idf: Vec<f32>,
}

/// Takes passages one at a time and counts their features; [`Counting::finish`] gives the [`Counts`].
pub struct Counting {
    pub(super) set: FeatureSet,
    extractor: Extractor,
    scratch: Scratch,
    pub(super) sides: Vec<Option<Side>>,
    pub(super) columns: Growing,
}

/// Columns while they become known, and the rows of them.
pub(super) enum Growing {
    Exact { tally: Box<Tally>, prefixes: Vec<String>, keys: Vec<Key> },
    Hashed { buckets: Buckets, rows: Rows, keys: Vec<u64> },
}

impl Fitted {
    /// The same with the columns `kept` alone, which increase.
    #[must_use]
    pub fn only(&self, kept: &[usize]) -> Self {
        let mut idf = vec![0.0; self.idf.len()];
        kept.iter().for_each(|&column| idf[column] = self.idf[column]);
        Fitted { idf }
    }
}

impl FeatureSet {
    /// Begins to count.
    ///
    /// # Errors
    /// As [`FeatureSet::check`].
    pub fn counting(&self) -> Result<Counting> {
        let extractor = Extractor::new(self)?;
        let columns = match self.hashing_bits {
            Some(bits) => Growing::Hashed {
                buckets: Buckets::new(bits, self.groups.len()),
                rows: Rows::new(),
                keys: Vec::new(),
            },
            None => Growing::Exact {
                tally: Box::new(Tally::new(self.min_document_frequency)),
                prefixes: self.groups.iter().map(|g| Ok(g.prefix()?.into_owned())).collect::<Result<_>>()?,
                keys: Vec::new(),
            },
        };
        let scratch = Scratch::new(&extractor);
        Ok(Counting { set: self.clone(), extractor, scratch, sides: Vec::new(), columns })
    }

    /// Counts the features of passages: texts, perhaps with their targets.
    ///
    /// # Errors
    /// As [`FeatureSet::counting`] and [`Counting::finish`].
    pub fn count<'t, P: Into<Passage<'t>>>(&self, passages: impl IntoIterator<Item = P>) -> Result<Counts> {
        let mut counting = self.counting()?;
        passages.into_iter().for_each(|passage| counting.push(passage));
        counting.finish()
    }

    /// Counts and fits on all passages.
    ///
    /// # Errors
    /// As [`FeatureSet::count`].
    pub fn fit<'t, P: Into<Passage<'t>>>(&self, passages: impl IntoIterator<Item = P>) -> Result<Vectorizer> {
        let counts = self.count(passages)?;
        let all: Vec<usize> = (0..counts.n_samples()).collect();
        let fitted = counts.fit(&all);
        Ok(counts.into_vectorizer(&fitted))
    }
}

impl Counting {
    /// Counts the features of one more passage.
    pub fn push<'t>(&mut self, passage: impl Into<Passage<'t>>) {
        let passage = passage.into();
        let Counting { set, extractor, scratch, sides, columns } = self;
        extractor.read(passage, scratch);
        if set.is_sided() {
            sides.push(scratch.side());
        }
        match columns {
            Growing::Exact { tally, prefixes, keys } => {
                for (group, prefix) in prefixes.iter().enumerate() {
                    keys.clear();
                    extractor.extract(group, passage, scratch, keys);
                    tally.count(keys);
                    if let Some(mut speller) = tally.speller(group, prefix) {
                        extractor.extract(group, passage, scratch, &mut speller);
                    }
                }
                tally.end_row();
            }
            Growing::Hashed { buckets, rows, keys } => {
                for group in 0..set.groups.len() {
                    keys.clear();
                    extractor.extract(group, passage, scratch, keys);
                    for &key in keys.iter() {
                        let bucket = buckets.of(group, key);
                        buckets.take(bucket);
                        rows.push(bucket);
                    }
                }
                rows.end_row();
            }
        }
    }

    /// Whether columns have names.
    pub fn is_exact(&self) -> bool {
        matches!(self.columns, Growing::Exact { .. })
    }

    /// About how many bytes fitting on what was counted so far takes at most, with one matrix at a time: the rows, a matrix of
    /// them, and for each column what tells, orders and weighs it. While counting, less is held.
    pub fn bytes_to_fit(&self) -> usize {
        const MATRIX_TO_ROWS: usize = 2;
        const WEIGHTS: usize = 40;
        let (rows, columns) = match &self.columns {
            Growing::Exact { tally, .. } => (tally.row_bytes(), tally.column_bytes()),
            Growing::Hashed { buckets, rows, .. } => (rows.bytes(), 2 * buckets.bytes()),
        };
        rows * (1 + MATRIX_TO_ROWS) + columns + self.n_columns() * WEIGHTS
    }

    fn n_columns(&self) -> usize {
        match &self.columns {
            Growing::Exact { tally, .. } => tally.n_named(),
            Growing::Hashed { buckets, .. } => buckets.len(),
        }
    }

    /// What was counted.
    ///
    /// # Errors
    /// [`crate::Error::Fit`] where no feature is frequent enough or two features share a hash.
    pub fn finish(self) -> Result<Counts> {
        let Counting { set, extractor, sides, columns, .. } = self;
        match columns {
            Growing::Exact { tally, .. } => {
                let (vocabulary, starts, frequencies, rows) = tally.finish(set.groups.len())?;
                let columns = Columns::Exact(vocabulary);
                Ok(Counts { set, extractor, columns, starts, numbers: None, frequencies, rows, sides })
            }
            Growing::Hashed { mut buckets, mut rows, .. } => {
                buckets.number();
                rows.renumber(|bucket| buckets.column(bucket));
                let starts = buckets.starts();
                let (numbers, frequencies) =
                    by_falling_frequency(&starts, &rows.document_frequencies(buckets.len()));
                rows.renumber(|column| Some(numbers[column as usize]));
                rows.sort();
                let (columns, numbers) = (Columns::Hashed(buckets), Some(numbers));
                Ok(Counts { set, extractor, columns, starts, numbers, frequencies, rows, sides })
            }
        }
    }
}

/// New numbers for columns, within their groups by falling document frequency, and the frequencies in the new order. Frequencies
/// beyond [`MOST_TOLD_APART`] are alike: it is neighbourhood in memory that is wanted.
fn by_falling_frequency(starts: &[u32], frequencies: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let rank = |column: usize| MOST_TOLD_APART - frequencies[column].min(MOST_TOLD_APART);
    let (mut numbers, mut ordered) = (vec![0; frequencies.len()], vec![0; frequencies.len()]);
    for group in starts.windows(2) {
        let columns = || group[0] as usize..group[1] as usize;
        let mut next = vec![0; MOST_TOLD_APART as usize + 1];
        columns().for_each(|column| next[rank(column) as usize] += 1);
        let mut before = group[0];
        next.iter_mut().for_each(|next| before += std::mem::replace(next, before));
        for column in columns() {
            let number = &mut next[rank(column) as usize];
            (numbers[column], ordered[*number as usize]) = (*number, frequencies[column]);
            *number += 1;
        }
    }
    (numbers, ordered)
}

impl Counts {
    /// The number of statements.
    pub fn n_samples(&self) -> usize {
        self.rows.len()
    }

    /// The number of columns: those of every matrix made from these counts.
    pub fn n_features(&self) -> usize {
        self.starts[self.set.groups.len()] as usize
    }

    /// Learns which columns to keep and their idf from the rows at `samples` alone.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn fit(&self, samples: &[usize]) -> Fitted {
        let frequency = self.frequencies_in(samples);
        let mut least = if self.set.hashing_bits.is_some() { 1 } else { self.set.min_document_frequency };
        let mut spare = 0;
        if let Some(most) = self.set.max_features {
            let mut sorted: Vec<u32> = frequency.iter().copied().filter(|&f| f >= least).collect();
            sorted.sort_unstable_by(|a, b| b.cmp(a));
            if sorted.len() > most {
                least = sorted[most - 1];
                spare = most - sorted.partition_point(|&f| f > least);
            }
        }
        let limited = self.set.max_features.is_some() && spare > 0;
        let mut idf = vec![0.0; frequency.len()];
        for group in 0..self.set.groups.len() {
            let weighting = self.weighting(group);
            for column in self.starts[group] as usize..self.starts[group + 1] as usize {
                let f = frequency[column];
                // Of features as frequent as the last one kept, the first columns stay.
                let kept = if limited && f == least {
                    let room = spare > 0;
                    spare = spare.saturating_sub(1);
                    room
                } else {
                    f >= least.max(1)
                };
                if kept {
                    idf[column] = weighting.idf.of(f, samples.len());
                }
            }
        }
        Fitted { idf }
    }

    /// In how many of the rows at `samples` each column occurs. Where they are most of all rows, the others are counted.
    fn frequencies_in(&self, samples: &[usize]) -> Vec<u32> {
        let mut is_out = vec![true; self.n_samples()];
        samples.iter().for_each(|&i| is_out[i] = false);
        let out: Vec<usize> = (0..is_out.len()).filter(|&i| is_out[i]).collect();
        let is_distinct = out.len() + samples.len() == is_out.len();
        if is_distinct && out.len() < samples.len() {
            let mut frequencies = self.frequencies.clone();
            self.for_each_column(&out, |column| frequencies[column] -= 1);
            frequencies
        } else {
            let mut frequencies = vec![0; self.n_features()];
            self.for_each_column(samples, |column| frequencies[column] += 1);
            frequencies
        }
    }

    /// Hands `emit` the columns of each of the rows at `samples`, each once a row.
    #[inline]
    fn for_each_column(&self, samples: &[usize], mut emit: impl FnMut(usize)) {
        let mut counts = Vec::new();
        for &i in samples {
            self.rows.counts(i, &mut counts);
            counts.iter().for_each(|&(column, _)| emit(column as usize));
        }
    }

    /// First column of each group, and one past the last column.
    pub fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// The columns that `fitted` keeps, in order.
    pub fn kept(&self, fitted: &Fitted) -> Vec<usize> {
        (0..self.n_features()).filter(|&c| fitted.idf[c] > 0.0).collect()
    }

    fn weighting(&self, group: usize) -> Weighting {
        self.set.groups[group].weighting.unwrap_or(self.set.weighting)
    }

    /// The weighted rows at `samples`, with columns as fitted. Shape: (samples, n_features).
    ///
    /// # Panics
    /// If there is no such row, or `fitted` comes from other counts.
    pub fn transform(&self, fitted: &Fitted, samples: &[usize]) -> FeatureMatrix {
        assert_eq!(fitted.idf.len(), self.n_features(), "columns fitted against columns counted");
        let most = samples.iter().map(|&i| self.rows.occurrences(i).len()).sum();
        let (mut indptr, mut indices, mut values) =
            (vec![0], Vec::with_capacity(most), Vec::with_capacity(most));
        let (mut counts, mut buffer) = (Vec::new(), Vec::new());
        for &i in samples {
            self.rows.counts(i, &mut counts);
            self.weigh(fitted, i, &counts, &mut buffer, |column, value| {
                indices.push(column);
                values.push(value);
            });
            indptr.push(indices.len());
        }
        FeatureMatrix::from_parts(self.n_features(), indptr, indices, values)
    }

    /// The weighted rows, all of them, in the memory of the counts; the vectorizer that gives new texts the columns of
    /// `fitted`; and for each of its columns the one of the matrix, which has all columns of the counts.
    ///
    /// # Panics
    /// If `fitted` comes from other counts.
    pub fn into_matrix(mut self, fitted: &Fitted) -> (FeatureMatrix, Vectorizer, Vec<usize>) {
        assert_eq!(fitted.idf.len(), self.n_features(), "columns fitted against columns counted");
        let mut rows = std::mem::replace(&mut self.rows, Rows::new());
        let mut values = Vec::with_capacity(rows.n_stored());
        let mut buffer = Vec::new();
        rows.rewrite(|i, counts, write| {
            self.weigh(fitted, i, counts, &mut buffer, |column, value| {
                write(column);
                values.push(value);
            });
        });
        let (indptr, indices) = rows.into_parts();
        let x = FeatureMatrix::from_parts(self.n_features(), indptr, indices, values);
        let kept = self.in_order().filter(|&column| fitted.idf[column] > 0.0).collect();
        (x, self.into_vectorizer(fitted), kept)
    }

    /// All columns, in the order of a vectorizer.
    fn in_order(&self) -> impl Iterator<Item = usize> {
        (0..self.n_features()).map(|column| self.numbers.as_ref().map_or(column, |n| n[column] as usize))
    }

    /// Hands `emit` the weighted columns of row `i`, whose counts these are.
    #[inline]
    fn weigh(
        &self,
        fitted: &Fitted,
        i: usize,
        counts: &[(u32, u32)],
        buffer: &mut Vec<f64>,
        mut emit: impl FnMut(u32, f32),
    ) {
        let mut rest = counts;
        let side = self.sides.get(i).copied().flatten();
        for (group, spec) in self.set.groups.iter().enumerate() {
            let end = self.starts[group + 1];
            // The last group has the rest, of which nothing need be read to know it.
            let is_last = group + 1 == self.set.groups.len();
            let n = if is_last { rest.len() } else { rest.partition_point(|e| e.0 < end) };
            let (here, after) = rest.split_at(n);
            rest = after;
            let idf = |column: u32| fitted.idf[column as usize];
            weigh_block(self.weighting(group), spec.factor(side), idf, here, buffer, &mut emit);
        }
    }

    /// The vectorizer that gives new texts the columns of `fitted`.
    pub fn into_vectorizer(self, fitted: &Fitted) -> Vectorizer {
        let idf = self.in_order().map(|column| fitted.idf[column]).collect();
        Vectorizer::new(self.set, self.extractor, self.columns, self.starts, idf)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(rest: &str) -> FeatureSet {
        FeatureSet::from_toml(&format!("name = \"t\"\nanalyzer = {{ stem = \"english\", negation = 4, punctuation = \"marks\" }}\n{rest}"), "t").unwrap()
    }

    const TEXTS: [&str; 4] = ["talks talks now", "talks later", "war now", "talks"];

    #[test]
    fn columns_fall_by_document_frequency_then_rise_by_name() {
        let vectorizer = set("groups = [{ word_ngrams = [1, 1] }]").fit(TEXTS).unwrap();
        assert_eq!(vectorizer.feature_names().unwrap(), ["word:talk", "word:now", "word:later", "word:war"]);
    }

    #[test]
    fn rare_features_are_left_out_and_the_most_frequent_kept() {
        let names = |rest: &str| {
            let set = set(&format!("groups = [{{ word_ngrams = [1, 1] }}]\n{rest}"));
            set.fit(TEXTS).unwrap().feature_names().unwrap().join(" ")
        };
        assert_eq!(names("min_document_frequency = 2"), "word:talk word:now");
        assert_eq!(names("max_features = 3"), "word:talk word:now word:later");
        assert!(set("groups = [{ word_ngrams = [1, 1] }]\nmin_document_frequency = 9").fit(TEXTS).is_err());
    }

    #[test]
    fn rows_of_counts_keep_the_sides_of_their_targets() {
        let targets = [Some("Allow talks"), Some("Ban talks"), None, Some("Talks must end")];
        let passages = TEXTS.iter().zip(targets).map(|(text, target)| Passage::from(*text).toward(target));
        let passages: Vec<Passage<'_>> = passages.collect();
        for hashing in ["", "\nhashing_bits = 16"] {
            let set = set(&format!(
                "groups = [{{ word_ngrams = [1, 1] }}, {{ word_ngrams = [1, 1], sided = true }}]{hashing}"
            ));
            let counts = set.count(passages.iter().copied()).unwrap();
            let fitted = counts.fit(&[0, 1, 2, 3]);
            let order = [3, 1, 2, 0];
            let shuffled = counts.transform(&fitted, &order);
            let (x, vectorizer, columns) = counts.into_matrix(&fitted);
            let y = vectorizer.transform(passages.iter().copied());
            for (i, mine) in x.rows().enumerate() {
                let mut of_new: Vec<(usize, f64)> = y.row(i).iter().map(|(c, v)| (columns[c], v)).collect();
                of_new.sort_unstable_by_key(|(column, _)| *column);
                assert!(mine.iter().eq(of_new), "row {i}");
                let at = order.iter().position(|&row| row == i).unwrap();
                assert_eq!(shuffled.row(at), mine);
                let sum: f64 = mine.iter().map(|(_, v)| v.signum()).sum();
                let plain = TEXTS[i].split(' ').collect::<std::collections::BTreeSet<_>>().len() as f64;
                let sided = [1.0, -1.0, 0.0, -1.0][i];
                assert_eq!(sum, plain * (1.0 + sided), "row {i}");
            }
        }
    }

    #[test]
    fn hashed_columns_stand_by_falling_frequency_within_their_groups() {
        let groups = "groups = [{ word_ngrams = [1, 1] }, { word_ngrams = [2, 2], name = \"pair\" }]\nhashing_bits = 16";
        let counts = set(groups).count(TEXTS).unwrap();
        for group in counts.starts.windows(2) {
            let frequencies = &counts.frequencies[group[0] as usize..group[1] as usize];
            assert!(frequencies.is_sorted_by(|a, b| a >= b), "{frequencies:?}");
        }
        assert_eq!(counts.frequencies[..2], [3, 2]);
    }

    #[test]
    fn frequencies_of_most_rows_are_those_of_all_less_the_others() {
        for hashing in ["", "\nhashing_bits = 16"] {
            let counts =
                set(&format!("groups = [{{ word_ngrams = [1, 2] }}]{hashing}")).count(TEXTS).unwrap();
            for rows in [&[0, 1, 3][..], &[2, 0, 1, 3], &[1], &[0, 0, 1, 3]] {
                let mut expected = vec![0; counts.n_features()];
                counts.for_each_column(rows, |column| expected[column] += 1);
                assert_eq!(counts.frequencies_in(rows), expected, "{rows:?}");
            }
        }
    }

    #[test]
    fn a_fold_is_fitted_on_its_own_rows() {
        for max_features in ["", "max_features = 2\n"] {
            let set = set(&format!("{max_features}groups = [{{ word_ngrams = [1, 2] }}]"));
            let counts = set.count(TEXTS).unwrap();
            let fold = [0, 3];
            let shared = counts.transform(&counts.fit(&fold), &[0, 3, 2]);
            let alone = set.fit(fold.map(|i| TEXTS[i])).unwrap();
            let own = alone.transform([TEXTS[0], TEXTS[3], TEXTS[2]]);
            for (a, b) in shared.rows().zip(own.rows()) {
                let values = |row: crate::matrix::Row<'_>| {
                    let mut v: Vec<u32> = row.values.iter().map(|v| v.to_bits()).collect();
                    v.sort_unstable();
                    v
                };
                assert_eq!(values(a), values(b));
            }
        }
    }
}
