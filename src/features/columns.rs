//! Which column a feature has: by name, or by the leading bits of its hash.

use super::vocabulary::Vocabulary;
use crate::analysis::Key;

/// Which column a feature has.
#[derive(Debug, Clone)]
pub enum Columns {
    /// A vocabulary with names.
    Exact(Vocabulary),
    /// The leading bits of the feature's hash; no names.
    Hashed(Buckets),
}

impl Columns {
    /// Hands `emit` the columns of those `keys` (lower halves) of a group that have one, in order.
    #[inline]
    pub(super) fn for_each_column(&self, group: usize, keys: &[u64], mut emit: impl FnMut(u32)) {
        match self {
            Columns::Exact(vocabulary) => vocabulary.for_each_column(keys, emit),
            Columns::Hashed(buckets) => {
                keys.iter().filter_map(|&key| buckets.column(buckets.of(group, key))).for_each(&mut emit);
            }
        }
    }

    /// Whether a feature of `group` has this column.
    pub(super) fn has(&self, group: usize, key: Key, column: u32) -> bool {
        let mut found = None;
        self.for_each_column(group, &[key.lo], |c| found = Some(c));
        found == Some(column)
    }

    /// The number of columns.
    pub(super) fn len(&self) -> usize {
        match self {
            Columns::Exact(vocabulary) => vocabulary.len(),
            Columns::Hashed(buckets) => buckets.len(),
        }
    }

    /// The columns at `kept`, which increase, renumbered without holes.
    pub(super) fn select(&self, kept: &[usize]) -> Self {
        match self {
            Columns::Exact(vocabulary) => {
                let lines: String = kept.iter().flat_map(|&c| [vocabulary.name(c), "\n"]).collect();
                let keys = kept.iter().map(|&c| vocabulary.keys()[c]).collect();
                Columns::Exact(Vocabulary::new(keys, &lines).expect("a part of a vocabulary is one"))
            }
            Columns::Hashed(buckets) => Columns::Hashed(buckets.select(kept)),
        }
    }
}

/// 2^bits buckets a group, of which those that hold a feature are columns, in order.
///
/// A bitmap says which ones; counting the bits below finds the column. Four million buckets fit in a processor's
/// second cache, whatever the number of features.
#[derive(Debug, Clone)]
pub struct Buckets {
    bits: u32,
    taken: Vec<u64>,
    /// Taken buckets before each word of `taken`.
    before: Vec<u32>,
    len: usize,
}

impl Buckets {
    /// Buckets of `n_groups` groups, none taken.
    pub(super) fn new(bits: u32, n_groups: usize) -> Self {
        Buckets { bits, taken: vec![0; n_groups << bits >> 6], before: Vec::new(), len: 0 }
    }

    /// Buckets with a bit set for each one taken, the lowest bit of a word first.
    ///
    /// # Errors
    /// A sentence, if there are not 2^`bits` bits a group.
    pub fn from_words(bits: u32, n_groups: usize, taken: Vec<u64>) -> Result<Self, String> {
        if taken.len() != n_groups << bits >> 6 {
            return Err(format!("{} words of buckets for {n_groups} groups of 2^{bits}", taken.len()));
        }
        let mut buckets = Buckets { bits, taken, before: Vec::new(), len: 0 };
        buckets.number();
        Ok(buckets)
    }

    /// The bitmap that [`Buckets::from_words`] takes.
    pub fn words(&self) -> &[u64] {
        &self.taken
    }

    /// Binary logarithm of the buckets of a group.
    pub fn bits(&self) -> u32 {
        self.bits
    }

    /// The number of columns.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether no bucket is taken.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// What the bitmap takes, in bytes.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.taken)
    }

    /// The bucket of a key's lower half.
    #[inline]
    pub(super) fn of(&self, group: usize, key: u64) -> u32 {
        ((group as u32) << self.bits) + (key >> (u64::BITS - self.bits)) as u32
    }

    #[inline]
    pub(super) fn take(&mut self, bucket: u32) {
        let (word, bit) = (&mut self.taken[bucket as usize >> 6], 1 << (bucket & 63));
        self.len += usize::from(*word & bit == 0);
        *word |= bit;
    }

    /// Numbers the taken buckets.
    pub(super) fn number(&mut self) {
        self.len = 0;
        self.before = self
            .taken
            .iter()
            .map(|word| {
                let before = self.len as u32;
                self.len += word.count_ones() as usize;
                before
            })
            .collect();
    }

    /// The column of a bucket, if it is taken.
    #[inline]
    pub(super) fn column(&self, bucket: u32) -> Option<u32> {
        let (at, bit) = (bucket as usize >> 6, 1 << (bucket & 63));
        let word = self.taken[at];
        (word & bit != 0).then(|| self.before[at] + (word & (bit - 1)).count_ones())
    }

    /// First column of each group, and one past the last.
    pub(super) fn starts(&self) -> Vec<u32> {
        let words_a_group = 1 << self.bits >> 6;
        let firsts = self.before.iter().step_by(words_a_group).copied();
        firsts.chain([self.len as u32]).collect()
    }

    fn select(&self, kept: &[usize]) -> Self {
        let mut out =
            Buckets { bits: self.bits, taken: vec![0; self.taken.len()], before: Vec::new(), len: 0 };
        let mut kept = kept.iter().copied().peekable();
        let buckets = (0..self.taken.len() as u32 * u64::BITS).filter(|&b| self.column(b).is_some());
        for (column, bucket) in buckets.enumerate() {
            if kept.next_if_eq(&column).is_some() {
                out.take(bucket);
            }
        }
        out.number();
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taken_buckets_are_columns_in_order() {
        let mut buckets = Buckets::new(8, 2);
        [3, 200, 256, 300].into_iter().for_each(|b| buckets.take(b));
        buckets.number();
        let columns: Vec<Option<u32>> = [2, 3, 200, 256, 300].map(|b| buckets.column(b)).to_vec();
        assert_eq!(columns, [None, Some(0), Some(1), Some(2), Some(3)]);
        assert_eq!((buckets.starts(), buckets.of(1, 44 << 56)), (vec![0, 2, 4], 300));
        let part = buckets.select(&[1, 3]);
        assert_eq!(
            (part.len(), part.column(200), part.column(256), part.column(300)),
            (2, Some(0), None, Some(1))
        );
    }

    #[test]
    fn a_bitmap_comes_back_from_its_words_and_must_have_the_right_length() {
        let mut buckets = Buckets::new(8, 1);
        buckets.take(77);
        let words = buckets.words().to_vec();
        assert_eq!(Buckets::from_words(8, 1, words.clone()).unwrap().column(77), Some(0));
        assert!(Buckets::from_words(8, 2, words).is_err());
    }
}
