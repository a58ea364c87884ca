//! Which terms of a lexicon a statement holds.
//!
//! Comes in: the tokens of a statement. Goes out: [`Hit`]s from left to right that do not overlap; where several
//! terms start at one token, the longest.

use std::collections::HashMap;

use super::{Entry, Role};
use crate::analysis::{Analyzer, Occurrence, Term, TermTable};
use crate::features::group::Reading;

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
}

/// All terms, by their first word.
#[derive(Debug, Clone)]
pub(in crate::features) struct Terms {
    stems: Sequences,
    written: Sequences,
}

/// First word to the sequences that start with it, longest first.
type Sequences = HashMap<u64, Vec<Sequence>>;

#[derive(Debug, Clone)]
struct Sequence {
    rest: Vec<u64>,
    category: u16,
    role: Role,
}

impl Terms {
    /// `entries` are terms, each with a category of the caller's numbering and a role.
    pub(in crate::features::group) fn new<'e>(
        entries: impl IntoIterator<Item = (&'e str, u16, Role)>,
        as_written: bool,
        analyzer: &Analyzer,
    ) -> Self {
        let mut terms = Terms { stems: HashMap::new(), written: HashMap::new() };
        let (mut table, mut read) = (TermTable::new(), Vec::new());
        for (term, category, role) in entries {
            let (is_written, term) = match term.strip_prefix('=') {
                Some(term) => (true, term),
                None => (as_written, term),
            };
            analyzer.read(term, &mut table, &mut read);
            let keys: Vec<u64> = words(&read, &table, is_written).map(|(_, key)| key).collect();
            let Some((&first, rest)) = keys.split_first() else { continue };
            let sequences = if is_written { &mut terms.written } else { &mut terms.stems };
            let list = sequences.entry(first).or_default();
            // Two spellings with one stem are one term; the first entry decides.
            if !list.iter().any(|s| s.rest == rest) {
                list.push(Sequence { rest: rest.to_vec(), category, role });
                list.sort_by_key(|s| std::cmp::Reverse(s.rest.len()));
            }
        }
        terms
    }

    /// The terms of `entries`, and the categories that their hits point to, sorted.
    pub(in crate::features) fn of_entries(
        entries: &[Entry],
        as_written: bool,
        analyzer: &Analyzer,
    ) -> (Vec<String>, Self) {
        let mut categories: Vec<String> = entries.iter().map(|e| e.category.clone()).collect();
        categories.sort_unstable();
        categories.dedup();
        let number = |entry: &Entry| categories.partition_point(|c| *c < entry.category) as u16;
        let numbered = entries.iter().map(|e| (e.term.as_str(), number(e), e.role));
        let terms = Self::new(numbered, as_written, analyzer);
        (categories, terms)
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
            });
            at = end;
        }
    }

    /// The category of the longest term that starts at token `at`, and the token after its last.
    pub(in crate::features) fn at(&self, reading: Reading<'_>, at: usize) -> Option<(u16, usize)> {
        self.longest_at(reading, at).map(|(sequence, end)| (sequence.category, end))
    }

    #[inline]
    fn longest_at(&self, reading: Reading<'_>, at: usize) -> Option<(&Sequence, usize)> {
        let (tokens, term) = (reading.occurrences, reading.terms.get(reading.occurrences[at].term));
        let by_stem = longest(self.stems.get(&term.key.lo), tokens, at, reading.terms, false);
        let by_word = longest(self.written.get(&term.surface_key), tokens, at, reading.terms, true);
        // Among equals the word as written, which says more.
        [by_word, by_stem].into_iter().flatten().reduce(|a, b| if b.1 > a.1 { b } else { a })
    }
}

/// The first of `sequences` that goes on at `at`, with the token after its last.
fn longest<'s>(
    sequences: Option<&'s Vec<Sequence>>,
    tokens: &[Occurrence],
    at: usize,
    terms: &TermTable,
    as_written: bool,
) -> Option<(&'s Sequence, usize)> {
    sequences?.iter().find_map(|sequence| {
        let mut following = words(&tokens[at + 1..], terms, as_written);
        let mut end = at + 1;
        for want in &sequence.rest {
            let (offset, key) = following.next()?;
            if key != *want {
                return None;
            }
            end = at + 2 + offset;
        }
        Some((sequence, end))
    })
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
