//! Statements to counts: one pass over the texts, shared by every fold.
//!
//! [`Counts`] holds what was counted in a corpus and nothing that was learnt from it. Fitting (which columns to
//! keep, their idf) happens on a selection of rows, so that cross-validation fits again in every fold without
//! reading a text twice.

use hashbrown::HashTable;

use super::group::Sink;
use super::spec::FeatureSet;
use super::vectorizer::{Columns, Extractor, Scratch, Vectorizer};
use super::vocabulary::{Names, Vocabulary};
use super::weighting::{Weighting, weigh_block};
use crate::analysis::Key;
use crate::error::{Error, Result};
use crate::matrix::FeatureMatrix;

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
    indptr: Vec<usize>,
    entries: Vec<(u32, u32)>,
}

/// What fitting on some rows of a [`Counts`] learnt.
#[derive(Debug, Clone)]
pub struct Fitted {
    /// Inverse document frequency of each column of the counts; 0 for columns left out.
    idf: Vec<f32>,
}

impl FeatureSet {
    /// Counts the features of `texts`.
    ///
    /// # Errors
    /// As [`FeatureSet::check`]; [`Error::Fit`] where no feature is frequent enough or two features share a hash.
    pub fn count<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> Result<Counts> {
        let extractor = Extractor::new(self)?;
        match self.hashing_bits {
            Some(bits) => Ok(self.count_hashed(extractor, bits, texts)),
            None => self.count_exact(extractor, texts),
        }
    }

    /// Counts and fits on all of `texts`.
    ///
    /// # Errors
    /// As [`FeatureSet::count`].
    pub fn fit<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> Result<Vectorizer> {
        let counts = self.count(texts)?;
        let all: Vec<usize> = (0..counts.n_samples()).collect();
        let fitted = counts.fit(&all);
        Ok(counts.into_vectorizer(&fitted))
    }

    fn count_hashed<'t>(
        &self,
        extractor: Extractor,
        bits: u32,
        texts: impl IntoIterator<Item = &'t str>,
    ) -> Counts {
        let columns = Columns::Hashed { bits };
        let starts: Vec<u32> = (0..=self.groups.len() as u32).map(|g| g << bits).collect();
        let mut scratch = Scratch::new(starts[self.groups.len()] as usize);
        let (mut indptr, mut entries) = (vec![0], Vec::new());
        for text in texts {
            let first = entries.len();
            extractor.count(text, &columns, &mut scratch, |_, counts, _| {
                entries.extend_from_slice(counts);
            });
            entries[first..].sort_unstable();
            indptr.push(entries.len());
        }
        Counts { set: self.clone(), extractor, columns, starts, indptr, entries }
    }

    fn count_exact<'t>(
        &self,
        extractor: Extractor,
        texts: impl IntoIterator<Item = &'t str>,
    ) -> Result<Counts> {
        let mut tally = Tally::new(self.min_document_frequency);
        let mut scratch = Scratch::new(0);
        for text in texts {
            for (group, spec) in self.groups.iter().enumerate() {
                tally.group = group as u8;
                tally.prefix = spec.prefix()?.to_owned();
                if group == 0 {
                    extractor.read(text, &mut scratch);
                }
                extractor.extract(group, text, &mut scratch, &mut tally);
            }
            tally.end_row();
        }
        if let Some((a, b)) = tally.collision {
            let reason = format!(
                "feature {b:?} shares its 64-bit hash with {a:?}; remove one of the two from the data"
            );
            return Err(Error::Fit { reason });
        }
        let (columns, starts, indptr, entries) = tally.finish(self.groups.len())?;
        Ok(Counts { set: self.clone(), extractor, columns: Columns::Exact(columns), starts, indptr, entries })
    }
}

/// Counts while the vocabulary still grows.
struct Tally {
    min_document_frequency: u32,
    ids: HashTable<(u64, u32)>,
    features: Vec<Feature>,
    names: Names,
    group: u8,
    prefix: String,
    row: u32,
    row_start: usize,
    indptr: Vec<usize>,
    entries: Vec<(u32, u32)>,
    collision: Option<(String, String)>,
}

#[derive(Clone, Copy)]
struct Feature {
    key: Key,
    document_frequency: u32,
    last_row: u32,
    /// Where `last_row` counts it.
    slot: u32,
    /// Index of its name once it is frequent enough.
    name: u32,
    group: u8,
}

const UNNAMED: u32 = u32::MAX;

impl Tally {
    fn new(min_document_frequency: u32) -> Self {
        Tally {
            min_document_frequency,
            ids: HashTable::new(),
            features: Vec::new(),
            names: Names::default(),
            group: 0,
            prefix: String::new(),
            row: 0,
            row_start: 0,
            indptr: vec![0],
            entries: Vec::new(),
            collision: None,
        }
    }

    fn end_row(&mut self) {
        self.row += 1;
        self.row_start = self.entries.len();
        self.indptr.push(self.entries.len());
    }

    /// Drops rare features, numbers the rest, sorts the rows.
    #[allow(clippy::type_complexity)] // the four parts of one `Counts`
    fn finish(mut self, n_groups: usize) -> Result<(Vocabulary, Vec<u32>, Vec<usize>, Vec<(u32, u32)>)> {
        self.ids = HashTable::new();
        let (features, names) = (&self.features, &self.names);
        let mut order: Vec<u32> =
            (0..features.len() as u32).filter(|&i| features[i as usize].name != UNNAMED).collect();
        if order.is_empty() {
            let reason = format!("no feature occurs in {} statements or more", self.min_document_frequency);
            return Err(Error::Fit { reason });
        }
        order.sort_unstable_by(|&a, &b| {
            let (x, y) = (&features[a as usize], &features[b as usize]);
            let by_frequency = (x.group, y.document_frequency).cmp(&(y.group, x.document_frequency));
            by_frequency.then_with(|| names.get(x.name as usize).cmp(names.get(y.name as usize)))
        });
        let mut column_of = vec![u32::MAX; features.len()];
        let (mut keys, mut sorted) = (Vec::with_capacity(order.len()), Names::default());
        for (column, &id) in order.iter().enumerate() {
            let feature = &features[id as usize];
            column_of[id as usize] = column as u32;
            keys.push(feature.key.lo);
            sorted.push_with(|out| out.push_str(names.get(feature.name as usize)));
        }
        let starts = (0..=n_groups)
            .map(|g| order.partition_point(|&id| (features[id as usize].group as usize) < g) as u32)
            .collect();
        let (mut write, mut read) = (0, 0);
        for end in self.indptr.iter_mut().skip(1) {
            let first = write;
            for i in read..*end {
                let (id, count) = self.entries[i];
                let column = column_of[id as usize];
                if column != u32::MAX {
                    self.entries[write] = (column, count);
                    write += 1;
                }
            }
            read = *end;
            *end = write;
            self.entries[first..write].sort_unstable();
        }
        self.entries.truncate(write);
        self.entries.shrink_to_fit();
        let vocabulary = Vocabulary::from_names(keys, sorted).map_err(|reason| Error::Fit { reason })?;
        Ok((vocabulary, starts, self.indptr, self.entries))
    }

    fn spell(&self, name: impl FnOnce(&mut String)) -> String {
        let mut out = format!("{}:", self.prefix);
        name(&mut out);
        out
    }
}

impl Sink for Tally {
    #[inline]
    fn add(&mut self, key: Key, name: impl FnOnce(&mut String)) {
        let id = match self.ids.find(key.lo, |&(lo, _)| lo == key.lo) {
            Some(&(_, id)) => id,
            None => {
                let id = self.features.len() as u32;
                self.ids.insert_unique(key.lo, (key.lo, id), |&(lo, _)| lo);
                self.features.push(Feature {
                    key,
                    document_frequency: 0,
                    last_row: u32::MAX,
                    slot: 0,
                    name: UNNAMED,
                    group: self.group,
                });
                id
            }
        };
        let feature = &mut self.features[id as usize];
        if feature.key.hi != key.hi {
            let known = if feature.name == UNNAMED {
                "a rarer feature"
            } else {
                self.names.get(feature.name as usize)
            };
            let known = known.to_owned();
            let clash = self.spell(name);
            self.collision.get_or_insert((known, clash));
            return;
        }
        if feature.last_row == self.row {
            self.entries[self.row_start + feature.slot as usize].1 += 1;
            return;
        }
        feature.last_row = self.row;
        feature.slot = (self.entries.len() - self.row_start) as u32;
        feature.document_frequency += 1;
        if feature.document_frequency == self.min_document_frequency {
            feature.name = self.names.len() as u32;
            let prefix = &self.prefix;
            self.names.push_with(|out| {
                out.push_str(prefix);
                out.push(':');
                name(out);
            });
        }
        self.entries.push((id, 1));
    }
}

impl Counts {
    /// The number of statements.
    pub fn n_samples(&self) -> usize {
        self.indptr.len() - 1
    }

    /// The number of columns: those of every matrix made from these counts.
    pub fn n_features(&self) -> usize {
        self.starts[self.set.groups.len()] as usize
    }

    fn row(&self, i: usize) -> &[(u32, u32)] {
        &self.entries[self.indptr[i]..self.indptr[i + 1]]
    }

    /// Learns which columns to keep and their idf from the rows at `samples` alone.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn fit(&self, samples: &[usize]) -> Fitted {
        let mut frequency = vec![0u32; self.n_features()];
        for &i in samples {
            for &(column, _) in self.row(i) {
                frequency[column as usize] += 1;
            }
        }
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

    /// The columns that `fitted` keeps, which are those of its vectorizer, in order.
    pub fn kept(&self, fitted: &Fitted) -> Vec<usize> {
        let exact = matches!(self.columns, Columns::Exact(_));
        (0..self.n_features()).filter(|&c| !exact || fitted.idf[c] > 0.0).collect()
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
        let mut x = FeatureMatrix::new(self.n_features());
        let (mut indices, mut values, mut block, mut buffer) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for &i in samples {
            indices.clear();
            values.clear();
            let mut rest = self.row(i);
            for group in 0..self.set.groups.len() {
                let (here, after) = rest.split_at(rest.partition_point(|e| e.0 < self.starts[group + 1]));
                rest = after;
                block.clear();
                block.extend(here.iter().copied().filter(|e| fitted.idf[e.0 as usize] > 0.0));
                let (weighting, scale) = (self.weighting(group), self.set.groups[group].scale);
                weigh_block(weighting, scale, &fitted.idf, &block, &mut buffer, |c, v| {
                    indices.push(c);
                    values.push(v);
                });
            }
            x.push_row(&indices, &values);
        }
        x
    }

    /// The vectorizer that gives new texts the columns of `fitted`.
    pub fn into_vectorizer(self, fitted: &Fitted) -> Vectorizer {
        Vectorizer::new(self.set, self.extractor, self.columns, self.starts, fitted.idf.clone())
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

    #[test]
    fn two_features_with_one_hash_are_reported() {
        let mut tally = Tally::new(1);
        tally.prefix = "word".into();
        tally.add(Key { lo: 1, hi: 1 }, |out| out.push('a'));
        tally.add(Key { lo: 1, hi: 2 }, |out| out.push('b'));
        assert_eq!(tally.collision, Some(("word:a".into(), "word:b".into())));
    }
}
