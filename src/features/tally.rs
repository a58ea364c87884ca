//! Counting while the vocabulary still grows.
//!
//! Comes in: the keys of one statement after another. Goes out: a [`Vocabulary`] and [`Rows`] of its columns. One
//! slot of one table holds all that is known of a feature, and the slots of many occurrences are fetched together:
//! this is where reading a corpus waits for memory. A name is asked for once, when its feature has become frequent
//! enough, by a second walk over the statement ([`Tally::speller`]).

use super::group::Sink;
use super::rows::Rows;
use super::vocabulary::{Names, Vocabulary};
use crate::analysis::Key;
use crate::error::{Error, Result};
use crate::slots::{Slot, Slots};

/// Occurrences whose slots are fetched together.
const BATCH: usize = 64;

const UNNAMED: u32 = u32::MAX;

pub(super) struct Tally {
    min_document_frequency: u32,
    features: Slots<Feature>,
    /// Names of the features that are frequent enough, in the order of becoming so, and their groups.
    names: Names,
    groups: Vec<u8>,
    /// 1-based number of the statement that is being counted.
    row: u32,
    /// Ids of features, one an occurrence, and where each row of them ends.
    occurrences: Vec<u32>,
    ends: Vec<usize>,
    /// Occurrences of the last [`Tally::count`] whose features want a name.
    wanted: Vec<u32>,
    /// A name, and the index of the name of another feature with the same hash.
    collision: Option<(String, usize)>,
}

impl Tally {
    pub(super) fn new(min_document_frequency: u32) -> Self {
        Tally {
            min_document_frequency,
            features: Slots::default(),
            names: Names::default(),
            groups: Vec::new(),
            row: 1,
            occurrences: Vec::new(),
            ends: Vec::new(),
            wanted: Vec::new(),
            collision: None,
        }
    }

    /// Counts the features of one group of the present statement.
    pub(super) fn count(&mut self, keys: &[Key]) {
        self.wanted.clear();
        self.features.reserve(keys.len(), |feature| feature.key.lo);
        for (batch, first) in keys.chunks(BATCH).zip((0..).step_by(BATCH)) {
            self.features.fetch(batch.iter().map(|key| key.lo));
            for (&key, at) in batch.iter().zip(first..) {
                self.count_one(key, at);
            }
        }
    }

    #[inline]
    fn count_one(&mut self, key: Key, at: u32) {
        let slot = self.features.find(key.lo, |feature| feature.key.lo == key.lo);
        if self.features.get(slot).is_empty() {
            self.features.take(slot, Feature { key, id: self.features.len() as u32, ..Feature::EMPTY });
        }
        let feature = self.features.get_mut(slot);
        self.occurrences.push(feature.id);
        if feature.key.hi != key.hi {
            let known = feature.name;
            return self.collide(known, at);
        }
        if feature.last_row == self.row {
            return;
        }
        feature.last_row = self.row;
        feature.document_frequency += 1;
        if feature.document_frequency == self.min_document_frequency {
            feature.name = (self.names.len() + self.wanted.len()) as u32;
            self.wanted.push(at);
        }
    }

    #[cold]
    fn collide(&mut self, known: u32, at: u32) {
        if self.collision.is_some() {
            return;
        }
        let known = if (known as usize) < self.names.len() {
            self.names.get(known as usize).to_owned()
        } else {
            "a rarer feature".to_owned()
        };
        self.collision = Some((known, self.names.len() + self.wanted.len()));
        self.wanted.push(at);
    }

    /// Takes the names that the last [`Tally::count`] wants, from a walk over the same group of the same statement;
    /// `None` if it wants none.
    pub(super) fn speller<'t>(&'t mut self, group: usize, prefix: &'t str) -> Option<Speller<'t>> {
        self.groups.resize(self.names.len() + self.wanted.len(), group as u8);
        let Tally { wanted, names, .. } = self;
        (!wanted.is_empty()).then_some(Speller { wanted, at: 0, prefix, names })
    }

    pub(super) fn end_row(&mut self) {
        self.row += 1;
        self.ends.push(self.occurrences.len());
    }

    /// Drops rare features, numbers the rest, and gives them with the first column of each group (and one past the
    /// last column).
    ///
    /// # Errors
    /// [`Error::Fit`] if no feature is left, or two share a hash.
    pub(super) fn finish(self, n_groups: usize) -> Result<(Vocabulary, Vec<u32>, Rows)> {
        let Tally { features, names, groups, .. } = self;
        if let Some((a, b)) = self.collision {
            let b = names.get(b);
            let reason = format!(
                "feature {b:?} shares its 64-bit hash with {a:?}; remove one of the two from the data"
            );
            return Err(Error::Fit { reason });
        }
        let n_ids = features.len();
        let mut kept: Vec<(Rank, Feature)> = features
            .into_taken()
            .filter(|f| f.name != UNNAMED)
            .map(|f| (rank(groups[f.name as usize], f.document_frequency, names.get(f.name as usize)), f))
            .collect();
        if kept.is_empty() {
            let reason = format!("no feature occurs in {} statements or more", self.min_document_frequency);
            return Err(Error::Fit { reason });
        }
        let name = |feature: &Feature| names.get(feature.name as usize);
        kept.sort_unstable_by(|(a, x), (b, y)| a.cmp(b).then_with(|| name(x).cmp(name(y))));

        let starts = (0..=n_groups)
            .map(|g| kept.partition_point(|(_, f)| usize::from(groups[f.name as usize]) < g) as u32)
            .collect();
        let mut column_of = vec![u32::MAX; n_ids];
        let (mut keys, mut sorted) = (Vec::with_capacity(kept.len()), Names::default());
        for ((_, feature), column) in kept.iter().zip(0..) {
            column_of[feature.id as usize] = column;
            keys.push(feature.key.lo);
            sorted.push_with(|out| out.push_str(name(feature)));
        }
        drop(kept);

        let (mut rows, mut row, mut start) = (Rows::new(), Vec::new(), 0);
        for end in self.ends {
            let columns = self.occurrences[start..end].iter().map(|&id| column_of[id as usize]);
            row.clear();
            row.extend(columns.filter(|&column| column != u32::MAX));
            rows.push(&mut row);
            start = end;
        }
        let vocabulary = Vocabulary::from_names(keys, sorted).map_err(|reason| Error::Fit { reason })?;
        Ok((vocabulary, starts, rows))
    }
}

/// Spells the wanted names and passes over the others.
pub(super) struct Speller<'t> {
    wanted: &'t [u32],
    at: u32,
    prefix: &'t str,
    names: &'t mut Names,
}

impl Sink for Speller<'_> {
    #[inline]
    fn add(&mut self, _: Key, name: impl FnOnce(&mut String)) {
        if let Some((&next, rest)) = self.wanted.split_first()
            && next == self.at
        {
            self.wanted = rest;
            self.names.push_with(|out| {
                out.push_str(self.prefix);
                out.push(':');
                name(out);
            });
        }
        self.at += 1;
    }
}

/// The order of columns as one number: group, falling document frequency, the beginning of the name. Features of
/// one rank are told apart by the whole name.
type Rank = u128;

fn rank(group: u8, document_frequency: u32, name: &str) -> Rank {
    let mut bytes = [0; 16];
    bytes[0] = group;
    bytes[1..5].copy_from_slice(&(!document_frequency).to_be_bytes());
    // Names of one group begin alike, up to the colon.
    let own = name.find(':').map_or(name, |colon| &name[colon + 1..]).as_bytes();
    let shown = own.len().min(11);
    bytes[5..5 + shown].copy_from_slice(&own[..shown]);
    Rank::from_be_bytes(bytes)
}

/// All that is known of a feature: half a cache line, and never across two.
#[derive(Debug, Clone, Copy)]
#[repr(align(32))]
struct Feature {
    key: Key,
    /// Features are numbered as they come; the empty slot has the number that no feature gets.
    id: u32,
    document_frequency: u32,
    /// The row that counted it last.
    last_row: u32,
    /// Index of its name once it is frequent enough.
    name: u32,
}

impl Slot for Feature {
    const EMPTY: Feature = Feature {
        key: Key { lo: 0, hi: 0 },
        id: u32::MAX,
        document_frequency: 0,
        last_row: 0,
        name: UNNAMED,
    };

    #[inline]
    fn is_empty(&self) -> bool {
        self.id == u32::MAX
    }

    #[inline]
    fn probe(&self) -> u32 {
        self.id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(lo: u64, hi: u64) -> Key {
        Key { lo, hi }
    }

    /// Counts one row of (key, name) occurrences.
    fn count(tally: &mut Tally, row: &[(Key, &str)]) {
        let keys: Vec<Key> = row.iter().map(|o| o.0).collect();
        tally.count(&keys);
        if let Some(mut speller) = tally.speller(0, "word") {
            row.iter().for_each(|(key, name)| speller.add(*key, |out| out.push_str(name)));
        }
        tally.end_row();
    }

    #[test]
    fn features_are_numbered_by_frequency_then_name_and_rare_ones_dropped() {
        let (a, b, c) = ((key(9, 0), "a"), (key(7 << 60, 0), "b"), (key(1, 0), "c"));
        let mut tally = Tally::new(2);
        count(&mut tally, &[b, a, b]);
        count(&mut tally, &[c, b, a]);
        let (vocabulary, starts, rows) = tally.finish(1).unwrap();
        assert_eq!((vocabulary.lines(), starts), ("word:a\nword:b\n", vec![0, 2]));
        assert_eq!((rows.row(0), rows.row(1)), (&[(0, 1), (1, 2)][..], &[(0, 1), (1, 1)][..]));
    }

    #[test]
    fn the_order_of_columns_is_that_of_whole_names() {
        let names = ["letterhead one", "letterhead on", "letterhead", "letterhead t", "letter", "letters"];
        let row: Vec<(Key, &str)> = names.iter().map(|name| (Key::of(name), *name)).collect();
        let mut tally = Tally::new(1);
        count(&mut tally, &row);
        let (vocabulary, _, _) = tally.finish(1).unwrap();
        let mut sorted = names.map(|name| format!("word:{name}"));
        sorted.sort_unstable();
        assert!(vocabulary.lines().lines().eq(sorted));
    }

    #[test]
    fn a_table_that_grows_keeps_what_it_holds() {
        let mut tally = Tally::new(1);
        let names: Vec<String> = (0..10_000).map(|i| i.to_string()).collect();
        for _ in 0..2 {
            for name in &names {
                count(&mut tally, &[(Key::of(name), name)]);
            }
        }
        let (vocabulary, _, rows) = tally.finish(1).unwrap();
        assert_eq!(vocabulary.len(), 10_000);
        assert!((0..10_000).all(|i| rows.row(i) == rows.row(10_000 + i)));
    }

    #[test]
    fn two_features_with_one_hash_are_reported() {
        let mut tally = Tally::new(1);
        count(&mut tally, &[(key(1, 1), "a")]);
        count(&mut tally, &[(key(2, 2), "c"), (key(1, 2), "b")]);
        let error = tally.finish(1).unwrap_err().to_string();
        assert!(error.contains("\"word:b\" shares its 64-bit hash with \"word:a\""), "{error}");
    }
}
