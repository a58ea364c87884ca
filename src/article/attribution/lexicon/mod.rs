//! The word lists of attribution, in lower case.
//!
//! Comes in: a word in lower case. Goes out: whether it is of a kind. Verbs have a table of their own, `verbs.txt`, as
//! have the actors known by name, `actors.csv`. It refuses to know what stands beside the word.

mod bodies;
mod function_words;
mod speech;
mod titles;

pub(super) use bodies::*;
pub(super) use function_words::*;
pub(super) use speech::*;
pub(super) use titles::*;

/// Makes of each list, which has to be sorted, a question whether a word is on it.
macro_rules! word_lists {
    ($($(#[$doc:meta])* $name:ident => [$($word:literal,)*];)*) => {
        $($(#[$doc])*
        pub(in crate::article::attribution) fn $name(lower: &str) -> bool {
            const WORDS: &[&str] = &[$($word),*];
            const SLOTS: super::Slots = super::slots(WORDS);
            const { assert!(super::is_sorted(WORDS), stringify!($name is out of order)) };
            super::may_hold(&SLOTS, lower) && WORDS.binary_search(&lower).is_ok()
        })*
    };
}
use word_lists;

/// Makes of each list of stems a question whether a word begins with one.
macro_rules! stem_lists {
    ($($(#[$doc:meta])* $name:ident => [$($stem:literal,)*];)*) => {
        $($(#[$doc])*
        pub(in crate::article::attribution) fn $name(lower: &str) -> bool {
            const STEMS: &[&str] = &[$($stem),*];
            STEMS.iter().any(|stem| lower.starts_with(stem))
        })*
    };
}
use stem_lists;

/// A bit for each way in which a word of a list begins, ends and is long: most words are on no list, and most of these are
/// told by one bit instead of eight comparisons.
type Slots = [u64; 16];

const fn slots(words: &[&str]) -> Slots {
    let mut slots = [0; 16];
    let mut i = 0;
    while i < words.len() {
        let slot = slot(words[i].as_bytes());
        slots[slot / 64] |= 1 << (slot % 64);
        i += 1;
    }
    slots
}

const fn slot(word: &[u8]) -> usize {
    match word {
        [] => 0,
        [only] => *only as usize,
        [first, .., last] => (*first as usize * 131 + *last as usize * 31 + word.len() * 7) % 1024,
    }
}

fn may_hold(slots: &Slots, word: &str) -> bool {
    let slot = slot(word.as_bytes());
    slots[slot / 64] >> (slot % 64) & 1 == 1
}

/// Whether each word stands before the next in order of bytes, checked while compiling.
const fn is_sorted(words: &[&str]) -> bool {
    let mut i = 1;
    while i < words.len() {
        if !is_before(words[i - 1].as_bytes(), words[i].as_bytes()) {
            return false;
        }
        i += 1;
    }
    true
}

const fn is_before(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i < b.len() && (i == a.len() || a[i] < b[i])
}
