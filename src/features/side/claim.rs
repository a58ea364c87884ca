//! A claim to its side.
//!
//! Comes in: the tokens of a claim and their effects. Goes out: whether it is for what it is about. English.
//!
//! A claim that says what ought to be ("... should ...", "Ban ...") takes the side of the measure that it names, turned
//! round by negators: to allow is for, to ban against. One that judges ("... is unfair") takes the sign of the first polar
//! word after its verb.

use std::sync::LazyLock;

use super::{Event, Side};
use crate::analysis::TokenKind;
use crate::features::group::Reading;
use crate::features::word_list::WordList;

/// Tokens after a modal within which the measure is named.
const REACH: usize = 7;

/// Words before the measure of a claim without a modal: "Let us not ban ...".
const LEADS: &[&str] =
    &["all", "any", "do", "it", "let", "let's", "lets", "please", "that", "the", "to", "us", "we"];

/// Verbs after which a claim says what it thinks of its subject; their negated forms too.
const VERBS: &[&str] = &[
    "are", "be", "been", "being", "can", "could", "did", "do", "does", "had", "has", "have", "is", "may",
    "was", "were", "will", "would",
];

/// What a claim wants done: the kinds of words of `datasets/lexicons/claims.csv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    /// Something ought to be: should, must.
    Deontic,
    /// For its object: allow, build.
    Propose,
    /// Against its object: ban, abolish.
    Oppose,
    /// Leaves open what its object is worth: tax, regulate.
    Neutral,
    /// Against its object, and for what comes instead.
    Replace,
}

static MEASURES: LazyLock<WordList<Measure>> = LazyLock::new(|| {
    WordList::new(include_str!("../../../datasets/lexicons/claims.csv"), |name| {
        Some(match name {
            "deontic" => Measure::Deontic,
            "propose" => Measure::Propose,
            "oppose" => Measure::Oppose,
            "neutral" => Measure::Neutral,
            "replace" => Measure::Replace,
            _ => return None,
        })
    })
});

/// The side of a claim; `None` for one without words.
pub(super) fn side(reading: Reading<'_>, events: &[Event]) -> Option<Side> {
    let claim = Claim { reading, events };
    let opening = (0..claim.len()).find(|&at| !claim.is_mark(at))?;
    let sign = match (0..claim.len()).find(|&at| claim.is_modal(at)) {
        // "Should ...?" names its subject before the measure.
        Some(modal) if modal == opening => claim.wanted(modal..claim.len()),
        Some(modal) => claim.wanted(modal..modal + REACH),
        None => claim.demanded().unwrap_or_else(|| claim.judged()),
    };
    Some(if sign < 0 { Side::Against } else { Side::For })
}

#[derive(Clone, Copy)]
struct Claim<'a> {
    reading: Reading<'a>,
    events: &'a [Event],
}

impl Claim<'_> {
    fn len(&self) -> usize {
        self.reading.occurrences.len()
    }

    fn word(&self, at: usize) -> &str {
        self.reading.terms.surface(self.reading.occurrences[at].term)
    }

    fn is_mark(&self, at: usize) -> bool {
        self.reading.occurrences[at].kind == TokenKind::Punctuation
    }

    fn negates(&self, at: usize) -> bool {
        self.reading.terms.get(self.reading.occurrences[at].term).traits.negator
    }

    fn is_modal(&self, at: usize) -> bool {
        self.measure(at) == Some(Measure::Deontic)
    }

    fn measure(&self, at: usize) -> Option<Measure> {
        MEASURES.at(self.reading, at).map(|(measure, _)| measure)
    }

    /// The sign of the first measure in `range`, turned round by the negators before it; without a measure, that of
    /// the negators.
    fn wanted(&self, range: std::ops::Range<usize>) -> i8 {
        let mut sign = 1;
        for at in range.start..range.end.min(self.len()) {
            if self.negates(at) {
                sign = -sign;
                continue;
            }
            match self.measure(at) {
                Some(Measure::Oppose) => return -sign,
                Some(Measure::Replace) if at > 0 && matches!(self.word(at - 1), "be" | "been") => {
                    return -sign;
                }
                Some(Measure::Propose | Measure::Neutral | Measure::Replace) => return sign,
                Some(Measure::Deontic) | None => {}
            }
        }
        sign
    }

    /// The sign of a claim that begins with a measure: "Abolish ...", "Let us not ban ...".
    fn demanded(&self) -> Option<i8> {
        let leads = |at: &usize| {
            self.negates(*at) || self.is_mark(*at) || LEADS.binary_search(&self.word(*at)).is_ok()
        };
        let (mut at, mut sign) = (0, 1);
        while at < self.len() && leads(&at) {
            sign = if self.negates(at) { -sign } else { sign };
            at += 1;
        }
        let measure = (at < self.len()).then(|| self.measure(at))??;
        Some(if matches!(measure, Measure::Oppose | Measure::Replace) { -sign } else { sign })
    }

    /// The sign of what the claim says of its subject.
    fn judged(&self) -> i8 {
        let verb = (1..self.len()).find(|&at| self.is_verb(at));
        let polar = |from: usize| self.events.iter().filter(move |e| e.at >= from).find_map(Event::polarity);
        match verb.and_then(polar).or_else(|| polar(0)) {
            // "It is wrong to ban ..."
            Some(sign) if verb.is_some_and(|verb| self.opposes_after(verb)) => -sign,
            Some(sign) => sign,
            None if (0..self.len()).any(|at| self.negates(at)) => -1,
            None => match (0..self.len()).find_map(|at| self.measure(at)) {
                Some(Measure::Oppose) => -1,
                _ => 1,
            },
        }
    }

    fn is_verb(&self, at: usize) -> bool {
        let word = self.word(at);
        matches!(word, "can't" | "cannot" | "won't")
            || VERBS.binary_search(&word.strip_suffix("n't").unwrap_or(word)).is_ok()
    }

    /// Whether "to" and a measure against something follow.
    fn opposes_after(&self, verb: usize) -> bool {
        (verb..self.len().saturating_sub(1))
            .any(|at| self.word(at) == "to" && self.measure(at + 1) == Some(Measure::Oppose))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_among_the_sorted() {
        assert!(LEADS.is_sorted() && VERBS.is_sorted());
    }
}
