//! Columns of one statement to counts.

/// Counts the columns of one block after another, in memory that grows with a statement and not with the
/// vocabulary.
#[derive(Debug)]
pub(super) struct Counter {
    /// (column, count), in order of first occurrence.
    counts: Vec<(u32, u32)>,
    /// Open addressing over `counts`: the block that took the slot, and the place of its column. A power of two,
    /// at most half taken; slots of earlier blocks are free.
    slots: Vec<(u32, u32)>,
    block: u32,
}

impl Counter {
    pub(super) fn new() -> Self {
        Counter { counts: Vec::new(), slots: vec![(0, 0); 256], block: 0 }
    }

    /// Forgets all counts.
    pub(super) fn clear(&mut self) {
        self.counts.clear();
        if self.block == u32::MAX {
            self.slots.fill((0, 0));
            self.block = 0;
        }
        self.block += 1;
    }

    /// Counts one occurrence.
    #[inline]
    pub(super) fn add(&mut self, column: u32) {
        let mut at = self.home(column);
        while self.slots[at].0 == self.block {
            let known = &mut self.counts[self.slots[at].1 as usize];
            if known.0 == column {
                known.1 += 1;
                return;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = (self.block, self.counts.len() as u32);
        self.counts.push((column, 1));
        if self.counts.len() * 2 > self.slots.len() {
            self.grow();
        }
    }

    /// The (column, count) pairs since [`Counter::clear`], in order of first occurrence.
    pub(super) fn counts(&self) -> &[(u32, u32)] {
        &self.counts
    }

    /// Neighbouring columns go to distant slots (Knuth's multiplicative hash).
    #[inline]
    fn home(&self, column: u32) -> usize {
        (column.wrapping_mul(0x9e37_79b9) >> (u32::BITS - self.slots.len().ilog2())) as usize
    }

    #[cold]
    fn grow(&mut self) {
        self.slots = vec![(0, 0); self.slots.len() * 2];
        for i in 0..self.counts.len() {
            let mut at = self.home(self.counts[i].0);
            while self.slots[at].0 == self.block {
                at = (at + 1) & (self.slots.len() - 1);
            }
            self.slots[at] = (self.block, i as u32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_come_in_order_of_first_occurrence_and_each_block_starts_afresh() {
        let mut counter = Counter::new();
        counter.clear();
        [5, 3, 5].into_iter().for_each(|c| counter.add(c));
        assert_eq!(counter.counts(), [(5, 2), (3, 1)]);
        counter.clear();
        counter.add(3);
        assert_eq!(counter.counts(), [(3, 1)]);
    }

    #[test]
    fn a_long_statement_makes_the_counter_grow() {
        let mut counter = Counter::new();
        counter.clear();
        (0..20_000u32).for_each(|i| counter.add(i % 5_000 * 64));
        assert!(counter.counts().iter().copied().eq((0..5_000).map(|i| (i * 64, 4))));
    }

    #[test]
    fn block_numbers_run_out_without_a_trace() {
        let mut counter = Counter::new();
        counter.clear();
        counter.add(7);
        counter.block = u32::MAX;
        counter.clear();
        counter.add(7);
        assert_eq!(counter.counts(), [(7, 1)]);
    }
}
