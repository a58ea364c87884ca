//! What a statement says of the things that it names, word by word.
//!
//! Comes in: the tokens of a statement. Goes out: [`Event`]s: which word has an effect, and with what sign after what
//! acts on it. A word that acts reaches [`REACH`] words of content, and no further than the end of its clause. Actions
//! add up: "fails to prevent crime" turns crime round twice and is bad.

use super::effect::{Action, Effect};
use crate::analysis::{TokenKind, stop_words};
use crate::features::group::Reading;

/// Words of content that an action reaches.
const REACH: usize = 4;

/// Marks and words that end the reach of an action.
const BREAKS: &[&str] = &[
    "!", ".", ":", ";", "?", "although", "because", "but", "however", "if", "since", "that", "though",
    "when", "whereas", "which", "while", "who",
];

/// Words besides stop words that are not of content.
const LIGHT: &[&str] = &[
    "all", "also", "any", "can", "could", "just", "may", "might", "most", "must", "only", "other", "ought",
    "out", "over", "people", "shall", "should", "then", "under", "up", "very", "what", "where", "why",
    "will", "would",
];

/// A word with an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::features) struct Event {
    /// Its first token.
    pub(in crate::features) at: usize,
    pub(super) effect: Effect,
    /// Its own sign after what acts on it: 1 or -1.
    pub(super) sign: i8,
}

impl Event {
    /// Its sign, if the word is good or bad by itself.
    pub(in crate::features) fn polarity(&self) -> Option<i8> {
        self.effect.is_polar().then_some(self.sign)
    }
}

/// The sign that actions give to what they reach.
#[derive(Debug, Clone, Copy)]
struct Carried {
    sign: i8,
    left: usize,
}

impl Carried {
    const NOTHING: Carried = Carried { sign: 1, left: 0 };

    fn acted(self, action: Action) -> Self {
        let turn = if action == Action::TurnsRound { -1 } else { 1 };
        Carried { sign: turn * self.sign, left: REACH }
    }

    /// After one more word of content.
    fn spent(self) -> Self {
        match self.left {
            0 | 1 => Carried::NOTHING,
            left => Carried { left: left - 1, ..self },
        }
    }
}

/// Writes the events of a statement into `events`, cleared first, in the order of its words.
pub(in crate::features) fn read(reading: Reading<'_>, events: &mut Vec<Event>) {
    events.clear();
    let (mut at, mut carried) = (0, Carried::NOTHING);
    while let Some(token) = reading.occurrences.get(at) {
        let word = reading.terms.surface(token.term);
        if BREAKS.binary_search(&word).is_ok() {
            carried = Carried::NOTHING;
        } else if let Some((effect, end)) = Effect::at(reading, at) {
            events.push(Event { at, effect, sign: carried.sign * effect.own_sign() });
            carried = effect.action().map_or_else(|| carried.spent(), |action| carried.acted(action));
            at = end;
            continue;
        } else if token.kind != TokenKind::Punctuation && !is_light(word) {
            carried = carried.spent();
        }
        at += 1;
    }
}

fn is_light(word: &str) -> bool {
    stop_words::is_english(word) || LIGHT.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::word_list::Words;

    /// The signs of the polar words.
    fn polarities(text: &str) -> Vec<i8> {
        let (mut words, mut events) = (Words::default(), Vec::new());
        read(words.read(text), &mut events);
        events.iter().filter_map(Event::polarity).collect()
    }

    #[test]
    fn actions_turn_round_what_they_reach() {
        for (text, signs) in [
            ("Trams bring prosperity", vec![1]),
            ("Trams bring poverty", vec![-1]),
            ("Trams reduce poverty", vec![1]),
            ("Trams do not reduce poverty", vec![-1]),
            ("Trams fail to prevent accidents", vec![-1]),
            ("Trams threaten the freedom of walkers", vec![-1, -1]),
            ("Trams protect health", vec![1, 1]),
            ("Trams are never unfair", vec![1]),
        ] {
            assert_eq!(polarities(text), signs, "{text}");
        }
    }

    #[test]
    fn an_action_reaches_through_a_list_and_ends_with_its_clause() {
        assert_eq!(polarities("Trams reduce crime, poverty and hunger"), [1, 1, 1]);
        assert_eq!(polarities("Trams reduce traffic, but poverty stays"), [-1]);
        assert_eq!(polarities("Trams reduce traffic. Poverty stays"), [-1]);
        assert_eq!(polarities("Trams reduce streets, cars, lorries, vans, crime"), [-1]);
    }

    #[test]
    fn words_are_found_among_the_sorted() {
        assert!(BREAKS.is_sorted() && LIGHT.is_sorted());
    }
}
