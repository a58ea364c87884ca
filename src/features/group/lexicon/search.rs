//! Which terms of a lexicon a statement holds.
//!
//! Comes in: the tokens of a statement. Goes out: [`Hit`]s from left to right that do not overlap; where several
//! terms start at one token, the longest.

use std::cell::Cell;
use std::cmp::Reverse;
use std::ops::Range;

use super::{Entry, Role};
use crate::analysis::{Analyzer, Occurrence, Term, TermTable};
use crate::features::group::Reading;
use crate::slots::{Slot, Slots};

/// A term of the lexicon, found in a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::features) struct Hit {
    /// Index into the lexicon's categories.
    pub(in crate::features::group) category: u16,
    pub(super) role: Role,
    /// Whether it stands in the scope of a negator.
    pub(super) negated: bool,
    /// Whether one of its words is a negator, whose scope is then its own doing.
    pub(super) negates: bool,
    /// First token, and one past the last.
    pub(in crate::features::group) start: u32,
    pub(super) end: u32,
    /// Clause that it stands in.
    pub(super) clause: u32,
    /// Whether a word that subordinates stands before it in its clause.
    pub(super) subordinate: bool,
    /// Whether a topic is one of its words, after the first: "refuse to talk".
    pub(super) names_topic: bool,
}

/// The words of the terms of a lexicon as keys: what reading the terms through an analyzer comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TermKeys {
    /// Keys of the words of all terms, one term after the other.
    pub keys: Vec<u64>,
    /// Words of each term.
    pub words: Vec<u32>,
}

impl TermKeys {
    fn read<'e>(terms: impl IntoIterator<Item = &'e str>, as_written: bool, analyzer: &Analyzer) -> Self {
        let (mut table, mut read) = (TermTable::new(), Vec::new());
        let mut out = TermKeys::default();
        for term in terms {
            let (is_written, term) = spelling(term, as_written);
            analyzer.read(term, &mut table, &mut read);
            let before = out.keys.len();
            out.keys.extend(words(&read, &table, is_written).map(|(_, key)| key));
            out.words.push((out.keys.len() - before) as u32);
        }
        out
    }

    /// Whether they are those of `n_terms` terms.
    pub(in crate::features) fn is_of(&self, n_terms: usize) -> bool {
        let sum: u64 = self.words.iter().map(|&n| u64::from(n)).sum();
        self.words.len() == n_terms && sum == self.keys.len() as u64
    }
}

/// Whether a term matches as written, and the term without the mark that says so.
fn spelling(term: &str, as_written: bool) -> (bool, &str) {
    match term.strip_prefix('=') {
        Some(term) => (true, term),
        None => (as_written, term),
    }
}

/// All terms, by their first word.
#[derive(Debug, Clone)]
pub(in crate::features) struct Terms {
    stems: Sequences,
    written: Sequences,
}

/// Terms of which all match as written, or none.
#[derive(Debug, Clone, Default)]
struct Sequences {
    firsts: Slots<First>,
    /// By first word; of one first word the longest first.
    list: Vec<Sequence>,
    /// Further words of all terms.
    words: Vec<u64>,
}

/// The first word of some terms, and where they stand in the list.
#[derive(Debug, Clone, Copy)]
struct First {
    key: u64,
    start: u32,
    end: u32,
}

impl Slot for First {
    const EMPTY: First = First { key: 0, start: 0, end: 0 };

    #[inline]
    fn is_empty(&self) -> bool {
        self.end == 0
    }

    #[inline]
    fn probe(&self) -> u32 {
        self.end
    }
}

#[derive(Debug, Clone)]
struct Sequence {
    first: u64,
    /// Where its further words stand among those of all terms.
    rest: Range<u32>,
    category: u16,
    role: Role,
}

impl Sequence {
    #[inline]
    fn rest<'w>(&self, words: &'w [u64]) -> &'w [u64] {
        &words[self.rest.start as usize..self.rest.end as usize]
    }
}

impl Sequences {
    /// Adds a term of these words.
    fn push(&mut self, first: u64, rest: &[u64], category: u16, role: Role) {
        let start = self.words.len() as u32;
        self.words.extend_from_slice(rest);
        self.list.push(Sequence { first, rest: start..self.words.len() as u32, category, role });
    }

    /// Puts the terms in order and makes them known by their first words.
    fn finish(mut self) -> Self {
        let Sequences { firsts, list, words } = &mut self;
        let order = |s: &Sequence| (s.first, Reverse(s.rest.len()));
        // Short keys are faster to sort than terms.
        let mut sorted: Vec<_> = list.iter().zip(0usize..).map(|(s, i)| (order(s), i)).collect();
        sorted.sort_unstable();
        *list = sorted.into_iter().map(|(_, i)| list[i].clone()).collect();
        for alike in list.chunk_by_mut(|a, b| order(a) == order(b)) {
            alike.sort_by(|a, b| a.rest(words).cmp(b.rest(words)));
        }
        // Two spellings with one stem are one term; the first entry decides.
        list.dedup_by(|later, earlier| {
            later.first == earlier.first && later.rest(words) == earlier.rest(words)
        });
        firsts.reserve(list.len(), |first| first.key);
        let mut start = 0;
        for run in list.chunk_by(|a, b| a.first == b.first) {
            let (key, end) = (run[0].first, start + run.len() as u32);
            firsts.take(firsts.find(key, |_| false), First { key, start, end });
            start = end;
        }
        self
    }

    /// The longest term that begins with the word `first`, the one at `at`, with the token after its last.
    #[inline]
    fn longest(
        &self,
        first: u64,
        tokens: &[Occurrence],
        at: usize,
        terms: &TermTable,
        as_written: bool,
    ) -> Option<(&Sequence, usize)> {
        let found = self.firsts.get(self.firsts.find(first, |slot| slot.key == first));
        self.list[found.start as usize..found.end as usize].iter().find_map(|sequence| {
            let mut following = words(&tokens[at + 1..], terms, as_written);
            let mut end = at + 1;
            for want in sequence.rest(&self.words) {
                let (offset, key) = following.next()?;
                if key != *want {
                    return None;
                }
                end = at + 2 + offset;
            }
            Some((sequence, end))
        })
    }
}

impl Terms {
    /// `entries` are terms, each with a category of the caller's numbering and a role.
    pub(in crate::features::group) fn new<'e>(
        entries: impl IntoIterator<Item = (&'e str, u16, Role)> + Clone,
        as_written: bool,
        analyzer: &Analyzer,
    ) -> Self {
        let keys = TermKeys::read(entries.clone().into_iter().map(|entry| entry.0), as_written, analyzer);
        Self::with_keys(entries, as_written, &keys)
    }

    /// The same, where the keys of the terms are known.
    fn with_keys<'e>(
        entries: impl IntoIterator<Item = (&'e str, u16, Role)>,
        as_written: bool,
        keys: &TermKeys,
    ) -> Self {
        let (mut stems, mut written) = (Sequences::default(), Sequences::default());
        let mut rest = keys.keys.as_slice();
        for ((term, category, role), &n_words) in entries.into_iter().zip(&keys.words) {
            let (own, others) = rest.split_at(n_words as usize);
            rest = others;
            let Some((&first, own)) = own.split_first() else { continue };
            let terms = if spelling(term, as_written).0 { &mut written } else { &mut stems };
            terms.push(first, own, category, role);
        }
        Terms { stems: stems.finish(), written: written.finish() }
    }

    /// The terms of `entries`, the categories that their hits point to, sorted, and the keys of the terms: `known` ones
    /// where those are of these entries.
    pub(in crate::features) fn of_entries(
        entries: &[Entry],
        as_written: bool,
        analyzer: &Analyzer,
        known: Option<TermKeys>,
    ) -> (Vec<String>, Self, TermKeys) {
        let mut categories: Vec<&str> = entries.iter().map(|e| e.category.as_str()).collect();
        // Neighbours are of one category, mostly.
        categories.dedup();
        categories.sort_unstable();
        categories.dedup();
        let last = Cell::new(0);
        let number = |entry: &Entry| {
            if categories[last.get()] != entry.category {
                last.set(categories.partition_point(|c| *c < entry.category.as_str()));
            }
            last.get() as u16
        };
        let keys = known
            .filter(|keys| keys.is_of(entries.len()))
            .unwrap_or_else(|| TermKeys::read(entries.iter().map(|e| e.term.as_str()), as_written, analyzer));
        let numbered = entries.iter().map(|e| (e.term.as_str(), number(e), e.role));
        let terms = Self::with_keys(numbered, as_written, &keys);
        (categories.into_iter().map(str::to_owned).collect(), terms, keys)
    }

    /// Writes the hits of a statement into `hits`, cleared first.
    pub(in crate::features::group) fn find(&self, reading: Reading<'_>, hits: &mut Vec<Hit>) {
        hits.clear();
        let tokens = reading.occurrences;
        let (mut at, mut clause, mut subordinate) = (0usize, 0u32, false);
        while at < tokens.len() {
            let term = reading.terms.get(tokens[at].term);
            clause += u32::from(term.traits.closes);
            subordinate &= !term.traits.closes;
            subordinate |= term.traits.subordinates;
            let Some((sequence, end)) = self.longest_at(reading, at) else {
                at += 1;
                continue;
            };
            hits.push(Hit {
                category: sequence.category,
                role: sequence.role,
                negated: tokens[at].negated,
                negates: tokens[at..end].iter().any(|o| reading.terms.get(o.term).traits.negator),
                start: at as u32,
                end: end as u32,
                clause,
                subordinate,
                names_topic: (at + 1..end).any(|inside| self.is_topic_at(reading, inside)),
            });
            at = end;
        }
    }

    fn is_topic_at(&self, reading: Reading<'_>, at: usize) -> bool {
        self.longest_at(reading, at).is_some_and(|(sequence, _)| sequence.role == Role::Topic)
    }

    /// The category of the longest term that starts at token `at`, and the token after its last.
    pub(in crate::features) fn at(&self, reading: Reading<'_>, at: usize) -> Option<(u16, usize)> {
        self.longest_at(reading, at).map(|(sequence, end)| (sequence.category, end))
    }

    #[inline]
    fn longest_at(&self, reading: Reading<'_>, at: usize) -> Option<(&Sequence, usize)> {
        let (tokens, term) = (reading.occurrences, reading.terms.get(reading.occurrences[at].term));
        let by_stem = self.stems.longest(term.key.lo, tokens, at, reading.terms, false);
        let by_word = self.written.longest(term.surface_key, tokens, at, reading.terms, true);
        // Among equals the word as written, which says more.
        [by_word, by_stem].into_iter().flatten().reduce(|a, b| if b.1 > a.1 { b } else { a })
    }
}

/// Keys of the tokens that a lexicon's terms can be made of, with their position. Hyphens are passed over, so
/// that "walk-out" and "walk out" are one.
fn words<'a>(
    tokens: &'a [Occurrence],
    terms: &'a TermTable,
    as_written: bool,
) -> impl Iterator<Item = (usize, u64)> + 'a {
    let known = tokens.iter().enumerate().filter(|(_, o)| terms.text(o.term) != "-");
    known.map(move |(i, o)| (i, key_of(terms.get(o.term), as_written)))
}

fn key_of(term: &Term, as_written: bool) -> u64 {
    if as_written { term.surface_key } else { term.key.lo }
}
