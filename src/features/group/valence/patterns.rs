//! Which valences come in which order: each, every two in a row, and the set of all.

use super::{Rated, Sink};
use crate::analysis::Key;

/// Ratings of this size are strong: a little more than half of VADER's scale.
const STRONG: f64 = 2.3;

/// Positive or negative, weak or strong; negated.
const SIGNS: [&str; 8] = ["P1", "P2", "N1", "N2", "NOT_P1", "NOT_P2", "NOT_N1", "NOT_N2"];

/// Sends every pattern of a statement to `sink`.
pub(super) fn extract(tag: Key, rated: &[Rated], sink: &mut impl Sink) {
    let key = |word: &Rated| Key::of(SIGNS[sign(word)]);
    for word in rated {
        sink.add(tag.then(key(word)), |out| out.push_str(SIGNS[sign(word)]));
    }
    for pair in rated.windows(2) {
        sink.add(tag.then(key(&pair[0])).then(key(&pair[1])), |out| {
            out.extend([SIGNS[sign(&pair[0])], " ", SIGNS[sign(&pair[1])]]);
        });
    }
    let all = rated.iter().fold(0u64, |all, word| all | 1 << sign(word));
    if all != 0 {
        sink.add(tag.then(Key { lo: all, hi: all }), |out| {
            let held: Vec<&str> = (0..SIGNS.len()).filter(|s| all >> s & 1 == 1).map(|s| SIGNS[s]).collect();
            out.extend(["{", &held.join(" "), "}"]);
        });
    }
}

/// Index into [`SIGNS`].
fn sign(word: &Rated) -> usize {
    usize::from(word.own.abs() >= STRONG) + 2 * usize::from(word.own < 0.0) + 4 * usize::from(word.negated)
}
