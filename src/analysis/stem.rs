//! Words to stems, by Snowball.
//!
//! Wants lowercase input. Two habits of the implementation are guarded here: time that grows faster than the
//! word (words over [`MAX_STEMMED`] bytes pass unchanged) and slices that panic inside a character of some
//! languages (the word then passes unchanged).

use std::borrow::Cow;
use std::fmt;
use std::panic::catch_unwind;

use rust_stemmers::{Algorithm, Stemmer as Snowball};
use serde::{Deserialize, Serialize};

/// Longest word that is stemmed, in bytes.
pub const MAX_STEMMED: usize = 64;

macro_rules! languages {
    ($($variant:ident),+) => {
        /// A language that the stemmer knows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        #[allow(missing_docs)]
        pub enum Language { $($variant),+ }

        impl Language {
            /// Every language, in alphabetical order.
            pub const ALL: &'static [Language] = &[$(Language::$variant),+];

            fn algorithm(self) -> Algorithm {
                match self { $(Language::$variant => Algorithm::$variant),+ }
            }
        }
    };
}

languages!(
    Arabic, Danish, Dutch, English, Finnish, French, German, Greek, Hungarian, Italian, Norwegian,
    Portuguese, Romanian, Russian, Spanish, Swedish, Tamil, Turkish
);

/// A Snowball stemmer for one language.
pub struct Stemmer {
    language: Language,
    snowball: Snowball,
}

impl Stemmer {
    /// The stemmer of `language`.
    pub fn new(language: Language) -> Self {
        Stemmer { language, snowball: Snowball::create(language.algorithm()) }
    }

    /// The stem of a lowercase word.
    pub fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        if word.len() > MAX_STEMMED {
            return Cow::Borrowed(word);
        }
        if self.language == Language::English {
            return self.snowball.stem(word);
        }
        catch_unwind(|| self.snowball.stem(word)).unwrap_or(Cow::Borrowed(word))
    }
}

impl fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Stemmer").field(&self.language).finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn forms_of_negotiate_share_a_stem() {
        let stemmer = Stemmer::new(Language::English);
        for word in ["negotiate", "negotiation", "negotiable", "negotiating"] {
            assert_eq!(stemmer.stem(word), "negoti");
        }
    }

    #[test]
    fn a_word_beyond_the_cap_passes_unchanged() {
        let long = "y".repeat(MAX_STEMMED + 1);
        assert_eq!(Stemmer::new(Language::English).stem(&long), long);
    }

    proptest! {
        #[test]
        fn no_language_panics(word in "[a-zäöüßñçéèêåøæőűığşα-ωάέήίόύώа-яё\u{620}-\u{64a}\u{b80}-\u{bcd}]{0,20}") {
            for &language in Language::ALL {
                let _ = Stemmer::new(language).stem(&word);
            }
        }
    }
}
