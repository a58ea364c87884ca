//! Which words subordinate a clause.

/// Words after which a clause tells what goes with the main one.
const SUBORDINATORS: &[&str] = &[
    "after",
    "although",
    "amid",
    "because",
    "before",
    "despite",
    "following",
    "since",
    "though",
    "when",
    "where",
    "which",
    "while",
    "who",
    "whom",
    "whose",
];

/// Whether a lowercase word subordinates what follows in its clause.
pub(super) fn is_subordinator(word: &str) -> bool {
    SUBORDINATORS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_among_the_sorted() {
        assert!(SUBORDINATORS.is_sorted());
        assert!(is_subordinator("whose") && !is_subordinator("talks"));
    }
}
