//! Counting while the vocabulary still grows.
//!
//! Comes in: the keys of one statement after another. Goes out: a [`Vocabulary`] and [`Rows`] of its columns. One
//! slot of one table holds what has to be known of a feature while counting, a quarter of a cache line, and the slots of
//! many occurrences are fetched together: this is where reading a corpus waits for memory. A name is asked for once, when
//! its feature has become frequent enough, by a second walk over the statement ([`Tally::speller`]).

pub(super) mod part;

use std::collections::HashSet;

use super::group::Sink;
use super::rows::Rows;
use super::vocabulary::{Names, Vocabulary};
use crate::analysis::Key;
use crate::error::{Error, Result};
use crate::slots::{Slot, Slots};

/// Occurrences whose slots are fetched together.
const BATCH: usize = 64;

/// No number of a name or a column.
const NONE: u32 = u32::MAX;

pub(super) struct Tally {
    min_document_frequency: u32,
    /// Rows after which a feature gets its name and is no longer counted: the minimum, as far as a slot can count.
    named_at: u16,
    features: Slots<Feature>,
    /// Names of the features that are frequent enough, in the order of becoming so, their ids and groups.
    names: Names,
    named: Vec<u32>,
    groups: Vec<u8>,
    /// Ids of features, one an occurrence.
    rows: Rows,
    /// The features from this id on were first met in the present statement.
    first_new: u32,
    /// Older features that the present statement has counted.
    counted: HashSet<u32>,
    /// Occurrences of the last [`Tally::count`] whose features want a name.
    wanted: Vec<u32>,
    /// A name, and the index of the name of another feature with the same hash.
    collision: Option<(String, usize)>,
}

impl Tally {
    pub(super) fn new(min_document_frequency: u32) -> Self {
        Tally {
            min_document_frequency,
            named_at: u16::try_from(min_document_frequency).unwrap_or(u16::MAX),
            features: Slots::default(),
            names: Names::default(),
            named: Vec::new(),
            groups: Vec::new(),
            rows: Rows::new(),
            first_new: 0,
            counted: HashSet::new(),
            wanted: Vec::new(),
            collision: None,
        }
    }

    /// Counts the features of one group of the present statement.
    pub(super) fn count(&mut self, keys: &[Key]) {
        self.wanted.clear();
        self.features.reserve(keys.len(), |feature| feature.lo);
        for (batch, first) in keys.chunks(BATCH).zip((0..).step_by(BATCH)) {
            self.features.fetch(batch.iter().map(|key| key.lo));
            for (&key, at) in batch.iter().zip(first..) {
                self.count_one(key, at);
            }
        }
    }

    #[inline]
    fn count_one(&mut self, key: Key, at: u32) {
        let slot = self.features.find(key.lo, |feature| feature.lo == key.lo);
        if self.features.get(slot).is_empty() {
            self.features.take(slot, Feature { id: self.features.len() as u32, ..Feature::of(key) });
        }
        let feature = self.features.get_mut(slot);
        self.rows.push(feature.id);
        if feature.check != Feature::of(key).check {
            let known = feature.id;
            return self.collide(known, at);
        }
        if feature.statements >= self.named_at {
            return;
        }
        let is_counted =
            feature.statements > 0 && (feature.id >= self.first_new || !self.counted.insert(feature.id));
        if is_counted {
            return;
        }
        feature.statements += 1;
        if feature.statements == self.named_at {
            self.named.push(feature.id);
            self.wanted.push(at);
        }
    }

    #[cold]
    fn collide(&mut self, known: u32, at: u32) {
        if self.collision.is_some() {
            return;
        }
        let name = self.named.iter().position(|&id| id == known).filter(|&name| name < self.names.len());
        let known = name.map_or("a rarer feature", |name| self.names.get(name)).to_owned();
        self.collision = Some((known, self.names.len() + self.wanted.len()));
        self.named.push(NONE);
        self.wanted.push(at);
    }

    /// Takes the names that the last [`Tally::count`] wants, from a walk over the same group of the same statement;
    /// `None` if it wants none.
    pub(super) fn speller<'t>(&'t mut self, group: usize, prefix: &'t str) -> Option<Speller<'t>> {
        self.groups.resize(self.names.len() + self.wanted.len(), group as u8);
        let Tally { wanted, names, .. } = self;
        (!wanted.is_empty()).then_some(Speller { wanted, at: 0, prefix, names })
    }

    /// What the rows take, in bytes.
    pub(super) fn row_bytes(&self) -> usize {
        self.rows.bytes()
    }

    /// What the named features take, in bytes: their names twice, while they are put in order, and what orders them.
    pub(super) fn column_bytes(&self) -> usize {
        2 * self.names.bytes() + self.named.len() * (size_of::<(Rank, u32)>() + 2 * size_of::<u64>())
    }

    /// The number of features that are frequent enough.
    pub(super) fn n_named(&self) -> usize {
        self.named.len()
    }

    pub(super) fn end_row(&mut self) {
        self.rows.end_row();
        self.first_new = self.features.len() as u32;
        self.counted.clear();
    }

    /// Drops rare features, numbers the rest, and gives them with the first column of each group (and one past the
    /// last column) and the document frequency of each column.
    ///
    /// # Errors
    /// [`Error::Fit`] if no feature is left, or two share a hash.
    pub(super) fn finish(self, n_groups: usize) -> Result<(Vocabulary, Vec<u32>, Vec<u32>, Rows)> {
        self.check_collision()?;
        let Tally { features, names, named, groups, mut rows, .. } = self;
        let keys = renumber_as_named(features, &named, &mut rows);
        let frequencies = rows.document_frequencies(named.len());
        let mut kept: Vec<(Rank, u32)> = (0..named.len())
            .filter(|&name| frequencies[name] >= self.min_document_frequency)
            .map(|name| (rank(groups[name], frequencies[name], names.get(name)), name as u32))
            .collect();
        if kept.is_empty() {
            let reason = format!("no feature occurs in {} statements or more", self.min_document_frequency);
            return Err(Error::Fit { reason });
        }
        let name = |name: u32| names.get(name as usize);
        kept.sort_unstable_by(|(a, x), (b, y)| a.cmp(b).then_with(|| name(*x).cmp(name(*y))));

        let starts = (0..=n_groups)
            .map(|g| kept.partition_point(|&(_, name)| usize::from(groups[name as usize]) < g) as u32)
            .collect();
        let mut column_of = vec![NONE; named.len()];
        let (mut sorted_keys, mut sorted) = (Vec::with_capacity(kept.len()), Names::default());
        for (&(_, at), column) in kept.iter().zip(0..) {
            column_of[at as usize] = column;
            sorted_keys.push(keys[at as usize]);
            sorted.push_with(|out| out.push_str(name(at)));
        }
        rows.renumber(|name| some(column_of[name as usize]));
        rows.sort();
        let frequencies = kept.iter().map(|&(_, name)| frequencies[name as usize]).collect();
        Ok((Vocabulary::of_counted(sorted_keys, sorted), starts, frequencies, rows))
    }
}

fn some(number: u32) -> Option<u32> {
    (number != NONE).then_some(number)
}

/// Gives the features of rows the numbers of their names, leaves out those without one, and says what their keys are.
fn renumber_as_named(features: Slots<Feature>, named: &[u32], rows: &mut Rows) -> Vec<u64> {
    let mut name_of = vec![NONE; features.len()];
    named.iter().zip(0..).for_each(|(&id, name)| name_of[id as usize] = name);
    let mut keys = vec![0; named.len()];
    for feature in features.into_taken() {
        if let Some(name) = some(name_of[feature.id as usize]) {
            keys[name as usize] = feature.lo;
        }
    }
    rows.renumber(|id| some(name_of[id as usize]));
    keys
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

/// What has to be known of a feature while counting.
#[derive(Debug, Clone, Copy)]
#[repr(align(16))]
struct Feature {
    /// The lower half of its key.
    lo: u64,
    /// Features are numbered as they come; the empty slot has the number that no feature gets.
    id: u32,
    /// In how many statements it occurs, up to the number at which it is named.
    statements: u16,
    /// The leading bits of the upper half of its key. Two features of one lower half are told apart by these: of ten million
    /// features, two share all 80 bits with a probability below 10^-10.
    check: u16,
}

impl Feature {
    /// A feature without a number that no statement has counted.
    #[inline]
    fn of(key: Key) -> Self {
        Feature { lo: key.lo, id: NONE, statements: 0, check: (key.hi >> 48) as u16 }
    }
}

impl Slot for Feature {
    const EMPTY: Feature = Feature { lo: 0, id: NONE, statements: 0, check: 0 };

    #[inline]
    fn is_empty(&self) -> bool {
        self.id == NONE
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
        let (vocabulary, starts, frequencies, rows) = tally.finish(1).unwrap();
        assert_eq!((vocabulary.lines(), starts), ("word:a\nword:b\n", vec![0, 2]));
        assert_eq!(frequencies, [2, 2]);
        assert_eq!([0, 1].map(|i| rows.occurrences(i)), [&[0, 1, 1][..], &[0, 1]]);
    }

    #[test]
    fn the_order_of_columns_is_that_of_whole_names() {
        let names = ["letterhead one", "letterhead on", "letterhead", "letterhead t", "letter", "letters"];
        let row: Vec<(Key, &str)> = names.iter().map(|name| (Key::of(name), *name)).collect();
        let mut tally = Tally::new(1);
        count(&mut tally, &row);
        let (vocabulary, ..) = tally.finish(1).unwrap();
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
        let (vocabulary, _, _, rows) = tally.finish(1).unwrap();
        assert_eq!(vocabulary.len(), 10_000);
        assert!((0..10_000).all(|i| rows.occurrences(i) == rows.occurrences(10_000 + i)));
    }

    #[test]
    fn two_features_with_one_hash_are_reported() {
        let mut tally = Tally::new(1);
        count(&mut tally, &[(key(1, 1 << 60), "a")]);
        count(&mut tally, &[(key(2, 2), "c"), (key(1, 2 << 60), "b")]);
        let error = tally.finish(1).unwrap_err().to_string();
        assert!(error.contains("\"word:b\" shares its 64-bit hash with \"word:a\""), "{error}");
    }
}
