//! Times fitting and transforming. `cargo bench --bench vectorizer`; every run checks its answer.

mod text;

use demarche::FeatureSet;
use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

const SETS: [(&str, &str); 3] = [
    ("word_ngrams/1-2", "groups = [{ word_ngrams = [1, 2] }]"),
    ("word_char_ngrams/3-5", "groups = [{ word_char_ngrams = [3, 5] }]"),
    ("lexicon", "groups = [{ lexicon = { name = \"stance\" } }]"),
];

fn set(toml: &str) -> FeatureSet {
    FeatureSet::from_toml(&format!("name = \"bench\"\n{toml}"), "bench").expect("the spec is sound")
}

#[divan::bench(args = SETS.map(|(name, _)| name))]
fn fit_1k(bencher: Bencher<'_, '_>, name: &str) {
    let (statements, set) = (text::statements(1_000), set(toml(name)));
    let fit = || set.fit(statements.iter().map(String::as_str)).expect("there are features").n_features();
    let expected = fit();
    bencher.counter(ItemsCount::new(statements.len())).bench_local(|| assert_eq!(fit(), expected));
}

#[divan::bench(args = SETS.map(|(name, _)| name))]
fn transform_1k(bencher: Bencher<'_, '_>, name: &str) {
    let (statements, set) = (text::statements(1_000), set(toml(name)));
    let vectorizer = set.fit(statements.iter().map(String::as_str)).expect("there are features");
    let nnz = || vectorizer.transform(statements.iter().map(String::as_str)).nnz();
    let expected = nnz();
    bencher.counter(ItemsCount::new(statements.len())).bench_local(|| assert_eq!(nnz(), expected));
}

fn toml(name: &str) -> &'static str {
    SETS.iter().find(|(n, _)| *n == name).expect("the argument is one of the sets").1
}
