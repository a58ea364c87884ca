//! Times text to terms. `cargo bench --bench analyzer`; every run checks its answer.

mod text;

use demarche::analysis::{Analyzer, AnalyzerSpec, Language, Segmenter, SentenceSegmenter, TermTable};
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

fn analyzer(stem: Option<Language>) -> Analyzer {
    let spec = AnalyzerSpec { stem, negation: 4, ..AnalyzerSpec::default() };
    Analyzer::try_from(spec).expect("the spec is sound")
}

fn read(bencher: Bencher<'_, '_>, stem: Option<Language>) {
    let (statements, analyzer) = (text::statements(1_000), analyzer(stem));
    let expected: usize = statements.iter().map(|s| analyzer.analyze(s).len()).sum();
    bencher.counter(BytesCount::new(statements.iter().map(String::len).sum::<usize>())).bench_local(|| {
        let (mut terms, mut out) = (TermTable::new(), Vec::new());
        let mut kept = 0;
        for statement in &statements {
            analyzer.read(statement, &mut terms, &mut out);
            kept += out.iter().filter(|o| terms.get(o.term).traits.kept).count();
        }
        assert_eq!(kept, expected);
    });
}

#[divan::bench(name = "words/1k")]
fn words(bencher: Bencher<'_, '_>) {
    read(bencher, None);
}

#[divan::bench(name = "stems/1k")]
fn stems(bencher: Bencher<'_, '_>) {
    read(bencher, Some(Language::English));
}

#[divan::bench(name = "sentences/1k")]
fn sentences(bencher: Bencher<'_, '_>) {
    let article = text::statements(1_000).join(" ");
    let expected = SentenceSegmenter.segment(&article).len();
    bencher.counter(BytesCount::new(article.len())).bench_local(|| {
        assert_eq!(SentenceSegmenter.segment(&article).len(), expected);
    });
}
