//! The rated words of a statement, each with its valence in this place.
//!
//! The words before a rated one, up to the window or the end of a clause, change its valence: words of degree
//! strengthen or weaken it, the less the farther off they stand; a negator turns it round and weakens it.

use std::collections::{BTreeMap, HashMap};

use super::degree;
use crate::analysis::{Analyzer, Key};
use crate::features::group::Reading;
use crate::features::group::lexicon::search::Terms;
use crate::features::group::lexicon::{Hit, Role};

/// What a negator makes of a valence (Hutto and Gilbert 2014).
const NEGATED: f64 = -0.74;

/// What a word of degree loses in effect with every further token.
const FADING: f64 = 0.05;

/// A rated word in a statement.
#[derive(Debug, Clone, Copy)]
pub(in crate::features) struct Rated {
    /// Token that it starts at.
    pub(super) at: usize,
    /// Its rating in the lexicon.
    pub(super) own: f64,
    /// Its rating after what stands before it.
    pub(super) valence: f64,
    /// Whether a negator stands before it.
    pub(super) negated: bool,
}

/// Finds rated words.
#[derive(Debug, Clone)]
pub(super) struct Rater {
    terms: Terms,
    /// The distinct ratings, to which hits point.
    ratings: Vec<f64>,
    degrees: HashMap<u64, f64>,
    window: usize,
}

impl Rater {
    pub(super) fn new(terms: &BTreeMap<String, f64>, window: usize, analyzer: &Analyzer) -> Self {
        let ratings = Self::ratings(terms);
        let index = |rating: f64| ratings.partition_point(|known| *known < rating) as u16;
        let entries = terms.iter().map(|(term, &rating)| (term.as_str(), index(rating), Role::Mark));
        Rater {
            terms: Terms::new(entries, true, analyzer),
            degrees: degree::words().map(|(word, step)| (Key::of(word).lo, step)).collect(),
            ratings,
            window,
        }
    }

    /// The distinct ratings, in order.
    pub(super) fn ratings(terms: &BTreeMap<String, f64>) -> Vec<f64> {
        let mut ratings: Vec<f64> = terms.values().copied().collect();
        ratings.sort_unstable_by(f64::total_cmp);
        ratings.dedup();
        ratings
    }

    /// Writes the rated words of a statement into `rated`, cleared first.
    pub(super) fn rate(&self, reading: Reading<'_>, hits: &mut Vec<Hit>, rated: &mut Vec<Rated>) {
        self.terms.find(reading, hits);
        rated.clear();
        rated.extend(hits.iter().map(|hit| {
            let (at, own) = (hit.start as usize, self.ratings[usize::from(hit.category)]);
            let (mut size, mut negated) = (own.abs(), false);
            for (distance, before) in reading.occurrences[..at].iter().rev().take(self.window).enumerate() {
                let term = reading.terms.get(before.term);
                if term.traits.closes {
                    break;
                }
                let degree = self.degrees.get(&term.surface_key).copied().unwrap_or(0.0);
                size += degree * (1.0 - FADING * distance as f64);
                negated |= term.traits.negator;
            }
            let turned = if negated { NEGATED } else { 1.0 };
            let valence = turned * size.max(0.0).copysign(own);
            Rated { at, own, valence, negated }
        }));
    }
}
