//! What a word does to what it acts on.

use std::sync::LazyLock;

use crate::features::group::Reading;
use crate::features::group::lexicon::VADER;
use crate::features::word_list::WordList;

/// The kinds of words of `datasets/lexicons/effects.csv`, and the polar words of VADER.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::features) enum Effect {
    /// Turns round what follows: not, without, lack of.
    Negator,
    /// Brings about what follows, and is as good or bad as that: cause, lead to.
    Causes,
    /// Furthers what follows, and is good itself: protect, improve.
    Raises,
    /// Lessens what follows, and is as good as that is bad: reduce, prevent.
    Lowers,
    /// Hurts what follows, and is bad itself: damage, threaten.
    Harms,
    /// A good thing: freedom.
    Good,
    /// A bad thing: poverty.
    Bad,
    /// Said of what is good: useful.
    Praise,
    /// Said of what is bad: unfair.
    Blame,
    /// Rated as positive in VADER.
    Positive,
    /// Rated as negative in VADER.
    Negative,
}

/// What a word does to the sign of what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Keeps,
    TurnsRound,
}

static EFFECTS: LazyLock<WordList<Effect>> = LazyLock::new(|| {
    let csv = include_str!("../../../../datasets/lexicons/effects.csv");
    WordList::new(csv, |name| Effect::ALL.into_iter().find(|effect| effect.name() == name))
});

static POLAR_WORDS: LazyLock<WordList<Effect>> = LazyLock::new(|| {
    WordList::as_written(VADER, |rating| match rating.rsplit(' ').next() {
        Some("positive") => Some(Effect::Positive),
        Some("negative") => Some(Effect::Negative),
        _ => None,
    })
});

impl Effect {
    pub(super) const ALL: [Effect; 11] = [
        Effect::Negator,
        Effect::Causes,
        Effect::Raises,
        Effect::Lowers,
        Effect::Harms,
        Effect::Good,
        Effect::Bad,
        Effect::Praise,
        Effect::Blame,
        Effect::Positive,
        Effect::Negative,
    ];

    /// The effect of the term that starts at token `at`, and the token after its last. What VADER says of a word counts
    /// where our own list is silent.
    pub(super) fn at(reading: Reading<'_>, at: usize) -> Option<(Self, usize)> {
        EFFECTS.at(reading, at).or_else(|| POLAR_WORDS.at(reading, at))
    }

    /// As in the list, and in the names of features.
    pub(super) fn name(self) -> &'static str {
        match self {
            Effect::Negator => "negator",
            Effect::Causes => "causes",
            Effect::Raises => "raises",
            Effect::Lowers => "lowers",
            Effect::Harms => "harms",
            Effect::Good => "good",
            Effect::Bad => "bad",
            Effect::Praise => "praise",
            Effect::Blame => "blame",
            Effect::Positive => "positive",
            Effect::Negative => "negative",
        }
    }

    /// Its sign where nothing acts on it: 1 or -1.
    pub(super) fn own_sign(self) -> i8 {
        match self {
            Effect::Harms | Effect::Bad | Effect::Blame | Effect::Negative | Effect::Negator => -1,
            _ => 1,
        }
    }

    /// What it does to what follows; `None` for words that act on nothing.
    pub(super) fn action(self) -> Option<Action> {
        match self {
            Effect::Negator | Effect::Lowers | Effect::Harms => Some(Action::TurnsRound),
            Effect::Causes | Effect::Raises => Some(Action::Keeps),
            _ => None,
        }
    }

    /// Whether it is good or bad by itself.
    pub(super) fn is_polar(self) -> bool {
        !matches!(self, Effect::Negator | Effect::Causes | Effect::Lowers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::word_list::Words;

    #[test]
    fn every_effect_has_words_of_its_name() {
        let mut words = Words::default();
        for (text, effect) in [
            ("hardly", Effect::Negator),
            ("led to", Effect::Causes),
            ("improving", Effect::Raises),
            ("prevents", Effect::Lowers),
            ("damaged", Effect::Harms),
            ("freedoms", Effect::Good),
            ("red tape", Effect::Bad),
            ("cost-effective", Effect::Praise),
            ("unfair", Effect::Blame),
            ("sunshine", Effect::Positive),
            ("gloomy", Effect::Negative),
        ] {
            let reading = words.read(text);
            assert_eq!(Effect::at(reading, 0), Some((effect, reading.occurrences.len())), "{text}");
        }
    }

    #[test]
    fn words_that_share_the_stem_of_a_listed_one_and_not_its_sense_are_passed_over() {
        let mut words = Words::default();
        for text in [
            "products",
            "practice",
            "position",
            "effects",
            "response",
            "generation",
            "units",
            "economics",
            "uses",
            "reasons",
            "humans",
            "over",
        ] {
            assert_eq!(Effect::at(words.read(text), 0), None, "{text}");
        }
    }
}
