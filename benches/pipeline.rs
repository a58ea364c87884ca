//! Times training, loading and scoring. `cargo bench --bench pipeline`; every run checks its answer.

mod text;

use demarche::text::Passage;
use demarche::{FeatureSet, Pipeline, PipelineSpec, shipped};
use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

#[divan::bench(name = "train/words-1-2")]
fn train(bencher: Bencher<'_, '_>) {
    let corpus = text::corpus();
    let spec = PipelineSpec::new(FeatureSet::built_in("words-1-2").expect("it is built in"));
    let fit = || spec.fit(&corpus).expect("the data support it").to_bytes().len();
    let expected = fit();
    bencher.counter(ItemsCount::new(corpus.len())).bench_local(|| assert_eq!(fit(), expected));
}

#[divan::bench(name = "load/stance")]
fn load(bencher: Bencher<'_, '_>) {
    let bytes = shipped::stance().to_bytes();
    let n_features = shipped::stance().vectorizer().n_features();
    bencher.bench_local(|| {
        let pipeline = Pipeline::from_bytes(&bytes, "bench").expect("it was just written");
        assert_eq!(pipeline.vectorizer().n_features(), n_features);
    });
}

#[divan::bench(name = "score/stance/1k")]
fn score(bencher: Bencher<'_, '_>) {
    let (statements, pipeline) = (text::statements(1_000), shipped::stance());
    let passages: Vec<Passage<'_>> = statements.iter().map(Passage::from).collect();
    let expected = pipeline.score_all(&passages, 1);
    bencher.counter(ItemsCount::new(statements.len())).bench_local(|| {
        let mut scorer = pipeline.scorer();
        for (statement, answer) in statements.iter().zip(&expected) {
            assert_eq!(&scorer.score(statement), answer);
        }
    });
}
