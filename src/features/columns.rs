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
    /// Writes the columns of those `keys` (lower halves) of a group that have one to `out`, in order; it is cleared first.
    #[inline]
    pub(super) fn find(&self, group: usize, keys: &[u64], out: &mut Vec<u32>) {
        // Whether a key has a column is as good as random, so that nothing here branches on it.
        out.clear();
        out.resize(keys.len(), 0);
        let mut found = 0;
        let mut put = |column: Option<u32>| {
            out[found] = column.unwrap_or(0);
            found += usize::from(column.is_some());
        };
        match self {
            Columns::Exact(vocabulary) => vocabulary.find(keys, put),
            Columns::Hashed(buckets) => {
                keys.iter().for_each(|&key| put(buckets.column(buckets.of(group, key))));
            }
        }
        out.truncate(found);
    }

    /// Whether a feature of `group` has this column.
    pub(super) fn has(&self, group: usize, key: Key, column: u32) -> bool {
        let mut found = Vec::new();
        self.find(group, &[key.lo], &mut found);
        found == [column]
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
/// A bitmap says which ones; counting the bits below finds the column. Four million buckets take a megabyte, which fits in a
/// processor's second cache, whatever the number of features.
#[derive(Debug, Clone)]
pub struct Buckets {
    bits: u32,
    blocks: Vec<Block>,
    len: usize,
}

/// Neighbouring buckets: a look-up reads nothing else.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(8))]
struct Block {
    /// Which are taken, a bit each.
    taken: u32,
    /// Taken buckets before these.
    before: u32,
}

impl Block {
    /// Binary logarithm of the buckets of a block.
    const BITS: u32 = u32::BITS.ilog2();

    #[inline]
    fn at(bucket: u32) -> usize {
        (bucket >> Self::BITS) as usize
    }

    #[inline]
    fn bit(bucket: u32) -> u32 {
        1 << (bucket & (u32::BITS - 1))
    }
}

impl Buckets {
    /// Buckets of `n_groups` groups, none taken.
    pub(super) fn new(bits: u32, n_groups: usize) -> Self {
        Buckets { bits, blocks: vec![Block::default(); Self::n_blocks(bits, n_groups)], len: 0 }
    }

    fn n_blocks(bits: u32, n_groups: usize) -> usize {
        n_groups << bits >> Block::BITS
    }

    /// Buckets with a bit set for each one taken, the lowest bit of a word first.
    ///
    /// # Errors
    /// A sentence, if there are not 2^`bits` bits a group.
    pub fn from_words(bits: u32, n_groups: usize, taken: &[u64]) -> Result<Self, String> {
        if 2 * taken.len() != Self::n_blocks(bits, n_groups) {
            return Err(format!("{} words of buckets for {n_groups} groups of 2^{bits}", taken.len()));
        }
        let halves = taken.iter().flat_map(|&word| [word as u32, (word >> u32::BITS) as u32]);
        let blocks = halves.map(|taken| Block { taken, before: 0 }).collect();
        let mut buckets = Buckets { bits, blocks, len: 0 };
        buckets.number();
        Ok(buckets)
    }

    /// The bitmap that [`Buckets::from_words`] takes.
    pub fn words(&self) -> Vec<u64> {
        let word = |pair: &[Block; 2]| u64::from(pair[0].taken) | u64::from(pair[1].taken) << u32::BITS;
        self.blocks.as_chunks().0.iter().map(word).collect()
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

    /// What they take, in bytes.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.blocks)
    }

    /// The bucket of a key's lower half.
    #[inline]
    pub(super) fn of(&self, group: usize, key: u64) -> u32 {
        ((group as u32) << self.bits) + (key >> (u64::BITS - self.bits)) as u32
    }

    #[inline]
    pub(super) fn take(&mut self, bucket: u32) {
        let (block, bit) = (&mut self.blocks[Block::at(bucket)], Block::bit(bucket));
        self.len += usize::from(block.taken & bit == 0);
        block.taken |= bit;
    }

    /// Numbers the taken buckets.
    pub(super) fn number(&mut self) {
        self.len = 0;
        for block in &mut self.blocks {
            block.before = self.len as u32;
            self.len += block.taken.count_ones() as usize;
        }
    }

    /// The column of a bucket, if it is taken.
    #[inline]
    pub(super) fn column(&self, bucket: u32) -> Option<u32> {
        let (block, bit) = (self.blocks[Block::at(bucket)], Block::bit(bucket));
        (block.taken & bit != 0).then(|| block.before + (block.taken & (bit - 1)).count_ones())
    }

    /// First column of each group, and one past the last.
    pub(super) fn starts(&self) -> Vec<u32> {
        let firsts = self.blocks.iter().step_by(Self::n_blocks(self.bits, 1)).map(|block| block.before);
        firsts.chain([self.len as u32]).collect()
    }

    fn select(&self, kept: &[usize]) -> Self {
        let mut out = Buckets { bits: self.bits, blocks: vec![Block::default(); self.blocks.len()], len: 0 };
        let mut kept = kept.iter().copied().peekable();
        let buckets = (0..self.blocks.len() as u32 * u32::BITS).filter(|&b| self.column(b).is_some());
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
        let words = buckets.words();
        assert_eq!(Buckets::from_words(8, 1, &words).unwrap().column(77), Some(0));
        assert!(Buckets::from_words(8, 2, &words).is_err());
    }
}
