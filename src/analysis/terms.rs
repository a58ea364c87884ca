//! Raw tokens to terms: each distinct token is normalised, stemmed and hashed once per thread.
//!
//! A [`TermTable`] remembers what an [`Analyzer`](super::Analyzer) made of every token it has seen, so that the
//! second "negotiations" costs one look-up. Nothing outside the table depends on it: a term's key is a stable
//! hash of its text, the same in every table, run and machine.

use hashbrown::HashTable;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::token::{RawToken, TokenKind};
use crate::slots::{Slot, Slots};

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
    /// What reading a text asks of it.
    pub traits: Traits,
}

/// What reading a text asks of a term, kept where it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traits {
    /// Whether feature groups of words see it.
    pub kept: bool,
    /// Whether it opens a negation scope.
    pub negator: bool,
    /// Whether it closes one.
    pub closes: bool,
    /// Whether it subordinates what follows in its clause.
    pub subordinates: bool,
}

/// Where the texts of a term stand in the arena.
#[derive(Debug, Clone, Copy)]
struct Pieces {
    text: (u32, u32),
    surface: (u32, u32),
    raw: (u32, u32),
}

/// Distinct tokens of one thread. Cleared when it grows past its capacity, which costs time and changes nothing.
#[derive(Debug, Default)]
pub struct TermTable {
    /// Tokens of up to [`MAX_SHORT`] bytes: compared without a look at the arena.
    short: Slots<Short>,
    /// The others.
    long: HashTable<(TokenKind, u32)>,
    terms: Vec<Term>,
    pieces: Vec<Pieces>,
    arena: String,
    /// The tokens of the last [`TermTable::fetch`].
    packed: Vec<Packed>,
}

/// Longest token that fits in a [`ShortToken`].
const MAX_SHORT: usize = 15;

/// The bytes of a token, then its length and kind in the last byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ShortToken([u64; 2]);

/// The bytes that a token of each length has of sixteen.
const OWN_BYTES: [[u64; 2]; MAX_SHORT + 1] = {
    let mut own = [[0; 2]; MAX_SHORT + 1];
    let mut len = 1;
    while len <= MAX_SHORT {
        let all = (1u128 << (8 * len)) - 1;
        own[len] = [all as u64, (all >> 64) as u64];
        len += 1;
    }
    own
};

impl ShortToken {
    #[inline]
    fn of(text: &str, token: RawToken) -> Option<Self> {
        let len = (token.end - token.start) as usize;
        let own = OWN_BYTES.get(len)?;
        let rest = &text.as_bytes()[token.start as usize..];
        let bytes = match rest.first_chunk::<16>() {
            Some(chunk) => u128::from_le_bytes(*chunk),
            None => rest[..len].iter().rev().fold(0, |bytes, &b| bytes << 8 | u128::from(b)),
        };
        let tag = u64::from(token.kind as u8) << 60 | (len as u64) << 56;
        Some(ShortToken([bytes as u64 & own[0], (bytes >> 64) as u64 & own[1] | tag]))
    }

    #[inline]
    fn hash(self) -> u64 {
        fold(self.0[0] ^ 0xa076_1d64_78bd_642f, self.0[1] ^ 0xe703_7ed1_a0b4_28db)
    }
}

/// A token about to be looked up: its bytes and their hash, if it is a short one.
type Packed = Option<(ShortToken, u64)>;

/// A short token and its term, side by side in half a cache line.
#[derive(Debug, Clone, Copy)]
#[repr(align(32))]
struct Short {
    token: ShortToken,
    term: u32,
    traits: Traits,
}

impl Slot for Short {
    const EMPTY: Short = Short {
        token: ShortToken([0; 2]),
        term: u32::MAX,
        traits: Traits { kept: false, negator: false, closes: false, subordinates: false },
    };

    #[inline]
    fn is_empty(&self) -> bool {
        self.term == u32::MAX
    }

    #[inline]
    fn probe(&self) -> u32 {
        self.term
    }
}

/// Terms a table may hold before it starts afresh: some ten megabytes.
const CAPACITY: usize = 1 << 16;

/// Bytes of text a table may hold before it starts afresh.
const ARENA_CAPACITY: usize = 1 << 23;

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

    /// Prepares [`TermTable::intern`] for these tokens of `text`.
    #[inline]
    pub(super) fn fetch(&mut self, text: &str, tokens: impl Iterator<Item = RawToken>) {
        self.packed.clear();
        let packed = tokens.map(|token| ShortToken::of(text, token).map(|short| (short, short.hash())));
        self.packed.extend(packed);
        self.short.fetch(self.packed.iter().flatten().map(|(_, hash)| *hash));
    }

    /// The id and traits of a token of `text`, the one at `at` of those fetched last, calling `normalise` if it is new.
    #[inline]
    pub(super) fn intern(
        &mut self,
        text: &str,
        token: RawToken,
        at: usize,
        normalise: impl FnOnce(&str) -> Normalised,
    ) -> (u32, Traits) {
        let Some((short, hash)) = self.packed[at] else {
            return self.intern_long(token.of(text), token.kind, normalise);
        };
        let at = self.short.find(hash, |slot| slot.token == short);
        let slot = self.short.get(at);
        if slot.is_empty() {
            self.add_short(short, token.of(text), normalise)
        } else {
            (slot.term, slot.traits)
        }
    }

    #[cold]
    fn add_short(
        &mut self,
        token: ShortToken,
        raw: &str,
        normalise: impl FnOnce(&str) -> Normalised,
    ) -> (u32, Traits) {
        let (term, traits) = self.push(raw, normalise(raw));
        self.short.reserve(1, |slot| slot.token.hash());
        let at = self.short.find(token.hash(), |_| false);
        self.short.take(at, Short { token, term, traits });
        (term, traits)
    }

    #[cold]
    fn intern_long(
        &mut self,
        raw: &str,
        kind: TokenKind,
        normalise: impl FnOnce(&str) -> Normalised,
    ) -> (u32, Traits) {
        let hash = xxh3_64(raw.as_bytes());
        let (pieces, arena) = (&self.pieces, &self.arena);
        let raw_of = |id: u32| piece(arena, pieces[id as usize].raw);
        if let Some(&(_, id)) = self.long.find(hash, |&(k, id)| k == kind && raw_of(id) == raw) {
            return (id, self.terms[id as usize].traits);
        }
        let (id, traits) = self.push(raw, normalise(raw));
        let (pieces, arena) = (&self.pieces, &self.arena);
        let hash_of = |&(_, id): &(TokenKind, u32)| xxh3_64(piece(arena, pieces[id as usize].raw).as_bytes());
        self.long.insert_unique(hash, (kind, id), hash_of);
        (id, traits)
    }

    fn push(&mut self, raw: &str, normal: Normalised) -> (u32, Traits) {
        let id = self.terms.len() as u32;
        let key = Key::of(&normal.text);
        self.terms.push(Term {
            key,
            negated_key: Key::of("no_").then(key),
            surface_key: Key::of(&normal.surface).lo,
            traits: normal.traits,
        });
        let mut piece = |text| append(&mut self.arena, text);
        let pieces = Pieces { raw: piece(raw), text: piece(&normal.text), surface: piece(&normal.surface) };
        self.pieces.push(pieces);
        (id, normal.traits)
    }

    /// The term with this id.
    #[inline]
    pub fn get(&self, id: u32) -> &Term {
        &self.terms[id as usize]
    }

    /// The normalised, possibly stemmed text of a term.
    pub fn text(&self, id: u32) -> &str {
        piece(&self.arena, self.pieces[id as usize].text)
    }

    /// The normalised text of a term before stemming.
    pub fn surface(&self, id: u32) -> &str {
        piece(&self.arena, self.pieces[id as usize].surface)
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
    pub(super) traits: Traits,
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
    fn short_and_long_tokens_are_told_apart_by_text_and_kind() {
        let text = "a ab fifteen-letters sixteen--letters a";
        let mut table = TermTable::new();
        let mut id = |start: u32, end: u32, kind| {
            let token = RawToken { start, end, kind };
            table.fetch(text, [token].into_iter());
            let found = table.intern(text, token, 0, |raw| Normalised {
                text: raw.to_owned(),
                surface: raw.to_owned(),
                traits: Traits { kept: true, negator: false, closes: false, subordinates: false },
            });
            found.0
        };
        let (word, mark) = (TokenKind::Word, TokenKind::Punctuation);
        assert_eq!([id(0, 1, word), id(2, 4, word), id(0, 1, mark), id(38, 39, word)], [0, 1, 2, 0]);
        assert_eq!([id(5, 20, word), id(21, 37, word), id(21, 37, mark), id(21, 37, word)], [3, 4, 5, 4]);
        assert_eq!((table.text(3), table.text(4)), ("fifteen-letters", "sixteen--letters"));
    }

    #[test]
    fn keys_are_pinned() {
        // A change here breaks every model file: raise the format version and the algorithm's name.
        assert_eq!(Key::of("talk"), Key { lo: 16285793318995509206, hi: 17200963020532365199 });
        assert_eq!(Key::of("peace").then(Key::of("talk")).lo, 12102214125600075152);
    }
}
