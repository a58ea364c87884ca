//! Words of degree: "very" strengthens what follows, "slightly" weakens it.
//!
//! Words and amount are those of Hutto and Gilbert 2014, section 3.3.

/// What a word of degree adds to the size of a valence on VADER's scale, or takes from it.
const STEP: f64 = 0.293;

const STRONGER: &str = "absolutely amazingly awfully completely considerably decidedly deeply enormously entirely \
    especially exceptionally extremely fabulously fully greatly highly hugely incredibly intensely majorly more most \
    particularly purely quite really remarkably so substantially such thoroughly too totally tremendously true \
    unbelievably unusually utterly very";

const WEAKER: &str = "almost barely hardly kind kinda less little marginally occasionally partly scarcely slightly \
    somewhat sort sorta";

/// Every word of degree, with what it adds to the size of a valence.
pub(super) fn words() -> impl Iterator<Item = (&'static str, f64)> {
    let stronger = STRONGER.split_whitespace().map(|word| (word, STEP));
    stronger.chain(WEAKER.split_whitespace().map(|word| (word, -STEP)))
}
