//! A hash table that can be asked to fetch.
//!
//! Comes in: 64-bit hashes, and a test that tells the right slot. Goes out: places of slots. Hashes may be chosen by whoever
//! wrote a text or a model file: each table mixes them in a way of its own, so that nobody can choose them to meet in
//! one place and make every search a long one. What is found does not depend on it. Open addressing, step by step, in a power of two of slots of which five eighths are taken at
//! most. Where many hashes are looked up, most of the cost is memory: [`Slots::fetch`] loads the slots at which the
//! searches begin, so that the processor waits for all of them at once.

use std::hash::{BuildHasher, RandomState};

/// What a table is made of.
pub(crate) trait Slot: Copy {
    /// A slot that nothing has taken.
    const EMPTY: Self;

    /// Whether nothing has taken it.
    fn is_empty(&self) -> bool;

    /// Any number that takes reading the slot.
    fn probe(&self) -> u32;
}

/// The table.
#[derive(Debug, Clone)]
pub(crate) struct Slots<S> {
    slots: Vec<S>,
    len: usize,
    /// A secret odd number: the leading bits of a product with it are spread evenly (multiply-shift, Dietzfelbinger et al. 1997).
    odd: u64,
}

impl<S: Slot> Default for Slots<S> {
    fn default() -> Self {
        Slots { slots: vec![S::EMPTY; 16], len: 0, odd: RandomState::new().hash_one(0) | 1 }
    }
}

impl<S: Slot> Slots<S> {
    /// The number of slots taken.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Makes room for `more` slots; `hash` says again what the hash of a taken one was.
    #[inline]
    pub(crate) fn reserve(&mut self, more: usize, hash: impl Fn(&S) -> u64) {
        if (self.len + more) * 8 > self.slots.len() * 5 {
            self.grow(more, hash);
        }
    }

    #[cold]
    fn grow(&mut self, more: usize, hash: impl Fn(&S) -> u64) {
        let n_slots = ((self.len + more) * 8).div_ceil(5).next_power_of_two();
        let old = std::mem::replace(&mut self.slots, vec![S::EMPTY; n_slots]);
        for slot in old.into_iter().filter(|s| !s.is_empty()) {
            let at = self.find(hash(&slot), |_| false);
            self.slots[at] = slot;
        }
    }

    #[inline]
    fn home(&self, hash: u64) -> usize {
        (hash.wrapping_mul(self.odd) >> (u64::BITS - self.slots.len().ilog2())) as usize
    }

    /// Loads the slots where the searches for `hashes` begin.
    #[inline]
    pub(crate) fn fetch(&self, hashes: impl Iterator<Item = u64>) {
        let seen = hashes.fold(0, |seen, hash| seen ^ self.slots[self.home(hash)].probe());
        // The numbers mean nothing; without a use of them the loads would be left out.
        std::hint::black_box(seen);
    }

    /// The place of the slot that `is_it`, or of the empty one where it belongs.
    #[inline]
    pub(crate) fn find(&self, hash: u64, is_it: impl Fn(&S) -> bool) -> usize {
        let mut at = self.home(hash);
        while !self.slots[at].is_empty() && !is_it(&self.slots[at]) {
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }

    /// The slot at a place that [`Slots::find`] gave.
    #[inline]
    pub(crate) fn get(&self, at: usize) -> &S {
        &self.slots[at]
    }

    /// The same, to change it; its hash must stay.
    #[inline]
    pub(crate) fn get_mut(&mut self, at: usize) -> &mut S {
        &mut self.slots[at]
    }

    /// Takes an empty slot, for which there is room since [`Slots::reserve`].
    #[inline]
    pub(crate) fn take(&mut self, at: usize, slot: S) {
        debug_assert!(self.slots[at].is_empty() && !slot.is_empty());
        self.slots[at] = slot;
        self.len += 1;
    }

    /// The slots that are taken, in no order that means anything.
    pub(crate) fn into_taken(self) -> impl Iterator<Item = S> {
        self.slots.into_iter().filter(|s| !s.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Slot for (u64, u32) {
        const EMPTY: Self = (0, u32::MAX);

        fn is_empty(&self) -> bool {
            self.1 == u32::MAX
        }

        fn probe(&self) -> u32 {
            self.1
        }
    }

    #[test]
    fn hashes_that_are_chosen_to_meet_are_spread() {
        let (mut slots, looked_at) = (Slots::<(u64, u32)>::default(), std::cell::Cell::new(0));
        let n = 20_000;
        for hash in 1..=n {
            slots.reserve(1, |s| s.0);
            let at = slots.find(hash, |_| {
                looked_at.set(looked_at.get() + 1);
                false
            });
            slots.take(at, (hash, 0));
        }
        // One behind the other they would be 200 million.
        assert!(looked_at.get() < 50 * n, "{} slots passed", looked_at.get());
    }

    #[test]
    fn what_was_put_in_is_found_before_and_after_growing() {
        // Many share their leading bits, at both ends of the table.
        let hashes: Vec<u64> =
            (0..1000).map(|i| if i % 3 == 0 { u64::MAX - i } else { i << (i % 60) }).collect();
        let mut slots: Slots<(u64, u32)> = Slots::default();
        for (&hash, number) in hashes.iter().zip(0..) {
            slots.reserve(1, |s| s.0);
            let at = slots.find(hash, |s| s.0 == hash);
            if slots.get(at).is_empty() {
                slots.take(at, (hash, number));
            }
        }
        slots.fetch(hashes.iter().copied());
        for &hash in &hashes {
            let slot = slots.get(slots.find(hash, |s| s.0 == hash));
            assert_eq!((slot.0, hashes[slot.1 as usize]), (hash, hash));
        }
        assert!(slots.get(slots.find(123_456, |s| s.0 == 123_456)).is_empty());
        let distinct: std::collections::BTreeSet<u64> = hashes.into_iter().collect();
        assert_eq!(slots.len(), distinct.len());
        assert!(slots.into_taken().map(|s| s.0).collect::<std::collections::BTreeSet<u64>>() == distinct);
    }
}
