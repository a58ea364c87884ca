//! Whether a statement asks.
//!
//! Comes in: the tokens of a statement. Goes out: the name of a feature, or none. English.

use crate::analysis::TokenKind;
use crate::features::group::Reading;

/// Words that a question can begin with, perhaps after one other word ("And is ...", "Q What ...").
const INTERROGATIVES: &[&str] = &[
    "any", "are", "can", "could", "did", "do", "does", "has", "have", "how", "is", "should", "was", "were",
    "what", "when", "where", "which", "who", "why", "will", "would",
];

/// A question mark, and the beginning of a question.
pub(super) const ASKS: &str = "=asks";

/// [`ASKS`] for a statement with a question mark that begins like a question, `=question` for another with one.
pub(super) fn kind(reading: Reading<'_>) -> Option<&'static str> {
    let surface = |at: usize| reading.terms.surface(reading.occurrences[at].term);
    let of_kind =
        |kind| (0..reading.occurrences.len()).filter(move |&at| reading.occurrences[at].kind == kind);
    if !of_kind(TokenKind::Punctuation).any(|at| surface(at).starts_with('?')) {
        return None;
    }
    let mut opening = of_kind(TokenKind::Word).take(2);
    let asks = opening.any(|at| INTERROGATIVES.binary_search(&surface(at)).is_ok());
    Some(if asks { ASKS } else { "=question" })
}
