//! Raw tokens to terms: each distinct token is normalised, stemmed and hashed once per thread.
//!
//! A [`TermTable`] remembers what an [`Analyzer`](super::Analyzer) made of every token it has seen, so that the
//! second "negotiations" costs one look-up. Nothing outside the table depends on it: a term's key is a stable
//! hash of its text, the same in every table, run and machine.

use hashbrown::HashTable;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::token::TokenKind;

/// A 128-bit stable hash. `lo` finds things; `hi` tells collisions of `lo` apart while fitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The half that look-ups use.
    pub lo: u64,
    /// The half that only collision checks use.
    pub hi: u64,
}

/// The algorithm behind [`Key`], as written into model files.
pub const KEY_ALGORITHM: &str = "xxh3-128/fold-1";

impl Key {
    /// The key of a text.
    pub fn of(text: &str) -> Self {
        let h = xxh3_128(text.as_bytes());
        Key { lo: h as u64, hi: (h >> 64) as u64 }
    }

    /// The key of the sequence `self`, `next`. Not commutative.
    #[inline]
    #[must_use]
    pub fn then(self, next: Key) -> Self {
        Key {
            lo: fold(self.lo ^ 0xa076_1d64_78bd_642f, next.lo ^ 0xe703_7ed1_a0b4_28db),
            hi: fold(self.hi ^ 0x8ebc_6af0_9c88_c6e3, next.hi ^ 0x5899_65cc_7537_4cc3),
        }
    }
}

/// The two halves of a 128-bit product, folded together (the mixing step of wyhash).
#[inline]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// What is known of a term.
#[derive(Debug, Clone, Copy)]
pub struct Term {
    /// Stable hash of its text.
    pub key: Key,
    /// Stable hash of its negated form.
    pub negated_key: Key,
    /// The same for its text before stemming; only the half that finds things.
    pub surface_key: u64,
    /// Its shape.
    pub kind: TokenKind,
    /// Whether feature groups of words see it.
    pub kept: bool,
    /// Whether it opens a negation scope.
    pub negator: bool,
    /// Whether it closes one.
    pub closes: bool,
    text: (u32, u32),
    surface: (u32, u32),
    raw: (u32, u32),
}

/// Distinct tokens of one thread. Cleared when it grows past its capacity, which costs time and changes nothing.
#[derive(Debug, Default)]
pub struct TermTable {
    ids: HashTable<u32>,
    terms: Vec<Term>,
    arena: String,
}

/// Terms a table may hold before it starts afresh.
const CAPACITY: usize = 1 << 20;

/// Bytes of text a table may hold before it starts afresh.
const ARENA_CAPACITY: usize = 1 << 26;

impl TermTable {
    /// An empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets everything if the table is full. Ids handed out before are void after `true`.
    pub fn make_room(&mut self) -> bool {
        let full = self.terms.len() >= CAPACITY || self.arena.len() >= ARENA_CAPACITY;
        if full {
            *self = Self::default();
        }
        full
    }

    /// The id of `raw`, calling `normalise` if it is new.
    #[inline]
    pub(super) fn intern(
        &mut self,
        raw: &str,
        kind: TokenKind,
        normalise: impl FnOnce(&str) -> Normalised,
    ) -> u32 {
        let hash = xxh3_64(raw.as_bytes());
        let (terms, arena) = (&self.terms, &self.arena);
        let same = |&id: &u32| {
            let term = &terms[id as usize];
            term.kind == kind && piece(arena, term.raw) == raw
        };
        if let Some(&id) = self.ids.find(hash, same) {
            return id;
        }
        self.insert(raw, kind, hash, normalise(raw))
    }

    #[cold]
    fn insert(&mut self, raw: &str, kind: TokenKind, hash: u64, normal: Normalised) -> u32 {
        let id = self.terms.len() as u32;
        let raw = append(&mut self.arena, raw);
        let text = append(&mut self.arena, &normal.text);
        let surface = append(&mut self.arena, &normal.surface);
        let key = Key::of(&normal.text);
        self.terms.push(Term {
            key,
            negated_key: Key::of("no_").then(key),
            surface_key: Key::of(&normal.surface).lo,
            kind,
            kept: normal.kept,
            negator: normal.negator,
            closes: normal.closes,
            text,
            surface,
            raw,
        });
        let (terms, arena) = (&self.terms, &self.arena);
        self.ids.insert_unique(hash, id, |&id| xxh3_64(piece(arena, terms[id as usize].raw).as_bytes()));
        id
    }

    /// The term with this id.
    #[inline]
    pub fn get(&self, id: u32) -> &Term {
        &self.terms[id as usize]
    }

    /// The normalised, possibly stemmed text of a term.
    pub fn text(&self, id: u32) -> &str {
        piece(&self.arena, self.terms[id as usize].text)
    }

    /// The normalised text of a term before stemming.
    pub fn surface(&self, id: u32) -> &str {
        piece(&self.arena, self.terms[id as usize].surface)
    }

    /// The number of distinct tokens in the table.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether the table is empty.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

/// What the filters make of one token.
#[derive(Debug)]
pub(super) struct Normalised {
    pub(super) text: String,
    pub(super) surface: String,
    pub(super) kept: bool,
    pub(super) negator: bool,
    pub(super) closes: bool,
}

#[inline]
fn piece(arena: &str, (start, end): (u32, u32)) -> &str {
    &arena[start as usize..end as usize]
}

fn append(arena: &mut String, text: &str) -> (u32, u32) {
    let start = arena.len() as u32;
    arena.push_str(text);
    (start, arena.len() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_sequence_depends_on_its_order() {
        let (a, b) = (Key::of("peace"), Key::of("talk"));
        assert_ne!(a.then(b), b.then(a));
        assert_ne!(a.then(b), Key::of("peace talk"));
    }

    #[test]
    fn keys_are_pinned() {
        // A change here breaks every model file: raise the format version and the algorithm's name.
        assert_eq!(Key::of("talk"), Key { lo: 16285793318995509206, hi: 17200963020532365199 });
        assert_eq!(Key::of("peace").then(Key::of("talk")).lo, 12102214125600075152);
    }
}
