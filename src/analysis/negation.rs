//! Which words a negator reaches.
//!
//! The scope opens after a negator and closes at punctuation that ends a clause, at a contrast word ("but",
//! "although" ...), or after as many tokens as the spec says. A second negator inside the scope closes it, so
//! that "not without conditions" leaves "conditions" unmarked (Das and Chen 2001 for the marking, Pang, Lee and
//! Vaithyanathan 2002 for the scope up to punctuation).

const NEGATORS: &[&str] = &[
    "barely", "cannot", "hardly", "neither", "never", "no", "nobody", "non", "none", "nor", "not", "nothing",
    "nowhere", "rarely", "scarcely", "seldom", "without",
];

const CONTRASTS: &[&str] = &[
    "although", "because", "but", "despite", "except", "however", "though", "unless", "until", "whereas",
    "while", "yet",
];

/// Contractions written without their apostrophe, as in tweets. "Wont" and "cant" are words of
/// their own, but rare ones.
const BARE_CONTRACTIONS: &[&str] = &[
    "aint", "arent", "cant", "couldnt", "didnt", "doesnt", "dont", "hadnt", "hasnt", "havent", "isnt",
    "mustnt", "neednt", "shouldnt", "wasnt", "werent", "wont", "wouldnt",
];

/// Whether a lowercase word with straight apostrophes negates what follows.
pub fn is_negator(word: &str) -> bool {
    word.ends_with("n't")
        || NEGATORS.binary_search(&word).is_ok()
        || BARE_CONTRACTIONS.binary_search(&word).is_ok()
}

/// Whether a lowercase word or punctuation token closes a scope.
pub fn closes_scope(token: &str) -> bool {
    match token.chars().next() {
        Some('.' | ',' | ';' | ':' | '!' | '?' | '(' | ')' | '"' | '…' | '—') => true,
        _ => CONTRASTS.binary_search(&token).is_ok(),
    }
}

/// Follows the tokens of one text and says of each whether it is negated.
#[derive(Debug)]
pub struct Scope {
    reach: usize,
    left: usize,
}

impl Scope {
    /// A scope of at most `reach` tokens; 0 marks nothing.
    pub fn new(reach: usize) -> Self {
        Scope { reach, left: 0 }
    }

    /// Takes the next token and says whether it stands in a scope.
    #[inline]
    pub fn step(&mut self, negator: bool, closes: bool) -> bool {
        if closes {
            self.left = 0;
            return false;
        }
        if negator {
            self.left = if self.left > 0 { 0 } else { self.reach };
            return false;
        }
        let negated = self.left > 0;
        self.left = self.left.saturating_sub(1);
        negated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(reach: usize, text: &str) -> Vec<&str> {
        let mut scope = Scope::new(reach);
        text.split(' ').filter(|t| scope.step(is_negator(t), closes_scope(t))).collect()
    }

    #[test]
    fn a_scope_ends_at_punctuation_at_a_contrast_and_after_its_reach() {
        assert_eq!(marked(5, "we will not talk , today"), ["talk"]);
        assert_eq!(marked(5, "never talk but listen"), ["talk"]);
        assert_eq!(marked(2, "don't talk to them now"), ["talk", "to"]);
    }

    #[test]
    fn a_second_negator_closes_the_scope() {
        assert_eq!(marked(5, "not without conditions"), [""; 0]);
    }

    #[test]
    fn contractions_negate_with_an_apostrophe_without_one_and_cut_in_two() {
        assert_eq!(marked(5, "i dont talk"), ["talk"]);
        assert_eq!(marked(5, "they wo n't talk"), ["talk"]);
    }

    #[test]
    fn lists_are_sorted() {
        for list in [NEGATORS, BARE_CONTRACTIONS, CONTRASTS] {
            assert!(list.windows(2).all(|w| w[0] < w[1]));
        }
    }
}
