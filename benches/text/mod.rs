//! Statements for the benches: those of `datasets/negotiation`, repeated with a number so that no two are equal.

use std::path::Path;

use demarche::Corpus;
use demarche::corpus::ReadOptions;

/// The training statements with their stances.
pub(crate) fn corpus() -> Corpus {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/negotiation/train.csv");
    Corpus::open(path, &ReadOptions::default()).expect("the data set is part of the repository")
}

/// `n` statements.
pub(crate) fn statements(n: usize) -> Vec<String> {
    let corpus = corpus();
    corpus.texts().iter().cycle().take(n).enumerate().map(|(i, text)| format!("{text} {i}")).collect()
}
