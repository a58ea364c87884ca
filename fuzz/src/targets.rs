//! What is fed with bytes that nobody would write: the readers of everything that comes from outside.
//!
//! A target returns, or panics where the program breaks a promise. Coverage-guided fuzzing runs them (`fuzz_targets/`), and so
//! do the tests of the crate, on seeds and on blind changes of them.

use std::path::Path;
use std::sync::LazyLock;

use demarche::analysis::{Segmenter, SentenceSegmenter};
use demarche::article::{Models, add_actors};
use demarche::corpus::{DatasetCard, ReadOptions, TableReader};
use demarche::text::Passage;
use demarche::{Corpus, Document, FeatureSet, Pipeline, PipelineSpec, decode, page};

use crate::forge::Forge;

/// Columns beyond which a set is not fitted here: it would take its time, rightly.
const MOST_HASHING_BITS: u32 = 16;

fn talks() -> &'static Corpus {
    static TALKS: LazyLock<Corpus> = LazyLock::new(|| {
        let table = include_bytes!("../../tests/fixtures/talks.csv");
        let mut reader = TableReader::new(table.as_slice(), "talks.csv").unwrap();
        Corpus::read(&mut reader, &ReadOptions::default()).unwrap()
    });
    &TALKS
}

fn stance() -> &'static Pipeline {
    static STANCE: LazyLock<Pipeline> =
        LazyLock::new(|| PipelineSpec::new(FeatureSet::built_in("stance").unwrap()).fit(talks()).unwrap());
    &STANCE
}

/// A model that reads a claim out of the target.
fn claims() -> &'static Pipeline {
    static CLAIMS: LazyLock<Pipeline> = LazyLock::new(|| {
        let claims = ["We should resume talks.", "Talks must end."].map(str::to_owned);
        let corpus = talks().clone();
        let targets: Vec<String> = claims.iter().cycle().take(corpus.len()).cloned().collect();
        PipelineSpec::new(FeatureSet::built_in("claims").unwrap())
            .fit(&corpus.with_targets(&targets))
            .unwrap()
    });
    &CLAIMS
}

fn assert_is_score(pipeline: &Pipeline, passage: Passage<'_>, tolerance: f64) {
    let probabilities = pipeline.score(passage).probabilities;
    let sum: f64 = probabilities.iter().sum();
    assert!((sum - 1.0).abs() < tolerance, "{probabilities:?}");
}

/// Bytes unpacked; a table read as far as it goes, then as a corpus.
pub fn table(bytes: &[u8]) {
    let _ = decode::unpack("p", bytes.to_vec());
    for name in ["t.csv", "t.jsonl", "-"] {
        let Ok(mut reader) = TableReader::new(bytes, name) else { continue };
        let width = reader.columns().names().len();
        for row in reader.rows() {
            let Ok(row) = row else { break };
            assert_eq!(row.record.len(), width);
            assert!(row.line > 0);
        }
        let _ = Corpus::read(&mut TableReader::new(bytes, name).unwrap(), &ReadOptions::default());
    }
}

/// Sentences and tokens of any text, its score and why; the same bytes as an article with speakers and actors.
pub fn text(bytes: &[u8]) {
    let Ok(decoded) = decode::text("a.txt", bytes, None) else { return };
    let text = decoded.text;
    let mut end = 0;
    for span in SentenceSegmenter.segment(&text) {
        assert!(end <= span.start && span.start < span.end && text.get(span.start..span.end).is_some());
        end = span.end;
    }
    let target = text.lines().next().unwrap_or_default();
    assert_is_score(stance(), Passage::from(text.as_str()), 1e-9);
    assert_is_score(claims(), Passage::from(text.as_str()).toward(Some(target)), 1e-9);
    claims().explain(Passage::from(text.as_str()).toward(Some(target)), None);
    article(Document::new("a.txt", text));
}

fn article(document: Document) {
    static MODELS: LazyLock<Models<'static>> = LazyLock::new(|| Models::new([stance()]));
    for scored in MODELS.score_article(&document, &SentenceSegmenter).statements {
        let span = scored.statement.span;
        assert_eq!(document.text.get(span.start..span.end), Some(scored.statement.text.as_str()));
    }
}

/// The main text of a page, and what is known about it.
pub fn html(bytes: &[u8]) {
    let charset = page::declared_charset(bytes);
    let Ok(decoded) = decode::text("a.html", bytes, charset.as_deref()) else { return };
    let read = page::Page::read("a.html", &decoded.text);
    assert!(read.document.text.len() <= 4 * decoded.text.len() + 64);
}

/// A model file as it comes, and one whose checksum was made right again.
pub fn model(bytes: &[u8]) {
    for bytes in [Some(bytes.to_vec()), Forge::resigned(bytes)].into_iter().flatten() {
        let Ok(pipeline) = Pipeline::from_bytes(&bytes, "m") else { continue };
        for text in ["", "They agreed to talks.", "no new words"] {
            assert_is_score(&pipeline, Passage::from(text), 1e-6);
        }
        pipeline.explain("They refused to agree to talks.", None);
        assert!(Pipeline::from_bytes(&pipeline.to_bytes(), "m").is_ok());
    }
}

/// Specs and cards in TOML, and the tables that users add: lexicons and actors.
pub fn spec(bytes: &[u8]) {
    lists(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = PipelineSpec::parse(text, "p.toml", Path::new(""));
    let _ = DatasetCard::parse(text, "card.toml");
    if let Ok(set) = FeatureSet::from_toml(text, "f.toml") {
        fit(&set);
    }
}

fn lists(bytes: &[u8]) {
    let file = std::env::temp_dir().join(format!("demarche-fuzz-{}.csv", std::process::id()));
    std::fs::write(&file, bytes).unwrap();
    for kind in ["lexicon", "valence"] {
        let spec = format!("name = \"f\"\ngroups = [{{ {kind} = {{ name = \"x\", file = {file:?} }} }}]");
        if let Ok(set) = FeatureSet::from_toml(&spec, "f.toml") {
            fit(&set);
        }
    }
    std::fs::remove_file(file).unwrap();
    if let Ok(table) = std::str::from_utf8(bytes) {
        // The table in use stays the shipped one, which the first article fixes.
        article(Document::new("a.txt", "It rained."));
        assert!(add_actors(table, "actors.csv").is_err());
    }
}

fn fit(set: &FeatureSet) {
    if set.hashing_bits.is_none_or(|bits| bits <= MOST_HASHING_BITS) {
        let _ = set.fit(["They refused to agree to talks.", "It rained on Monday, he said."]);
    }
}
