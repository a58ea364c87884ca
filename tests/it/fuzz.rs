//! Whatever reads bytes from outside, fed with what nobody would write. Each target is a plain function; a run is a seed and a number of
//! inputs, so that what fails fails again. `DEMARCHE_FUZZ=seed:seconds` makes it a long run (CONTRIBUTING.md).

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use demarche::analysis::{Segmenter, SentenceSegmenter};
use demarche::corpus::{DatasetCard, ReadOptions, TableReader};
use demarche::numeric::Rng;
use demarche::{Corpus, Document, FeatureSet, Pipeline, PipelineSpec, decode, page};

use crate::forge::Forge;
use crate::support::{fixture, repository, tiny};
use crate::tables::GOOD;

/// Inputs of a short run.
const SHORT: usize = 300;

struct Target {
    name: &'static str,
    /// What inputs are made of.
    seeds: Vec<Vec<u8>>,
    words: &'static [&'static str],
    run: fn(&[u8]),
}

/// Reads a table as far as it goes, then as a corpus.
fn table(bytes: &[u8]) {
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

fn packed(bytes: &[u8]) {
    let _ = decode::unpack("p", bytes.to_vec());
}

/// Reads batches as far as they go, and scores them; then the same as rows.
#[cfg(feature = "arrow")]
fn batches(bytes: &[u8]) {
    use demarche::render::batch::BatchScorer;

    table(bytes);
    let Ok(mut reader) = TableReader::new(bytes, "t") else { return };
    let Ok(text) = reader.text_column("text") else { return };
    let models = demarche::article::Models::new([tiny("stance")]);
    let scorer = BatchScorer::new(&models, &reader.schema(), text, None, 1);
    while let Ok(Some(batch)) = reader.read_batch() {
        // A dictionary that is replaced on the way may leave a batch of other kinds than the schema says.
        if let Ok(scored) = scorer.score(&batch) {
            assert_eq!(scored.batch.num_rows(), batch.num_rows());
        }
    }
}

/// Sentences and tokens of any text.
fn text(bytes: &[u8]) {
    let Ok(decoded) = decode::text("a.txt", bytes, None) else { return };
    let text = decoded.text;
    let mut end = 0;
    for span in SentenceSegmenter.segment(&text) {
        assert!(end <= span.start && span.start < span.end && text.get(span.start..span.end).is_some());
        end = span.end;
    }
    let score = tiny("stance").score(text.as_str());
    assert!((score.probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    tiny("stance").explain(text.as_str(), None);
}

fn article(bytes: &[u8]) {
    let Ok(decoded) = decode::text("a.txt", bytes, None) else { return };
    let models = demarche::article::Models::new([tiny("stance")]);
    let document = Document::new("a.txt", decoded.text);
    for scored in models.score_article(&document, &SentenceSegmenter).statements {
        let span = scored.statement.span;
        assert_eq!(document.text.get(span.start..span.end), Some(scored.statement.text.as_str()));
    }
}

fn html(bytes: &[u8]) {
    let charset = page::declared_charset(bytes);
    let Ok(decoded) = decode::text("a.html", bytes, charset.as_deref()) else { return };
    let read = page::Page::read("a.html", &decoded.text);
    assert!(read.document.text.len() <= 4 * decoded.text.len() + 64);
}

/// A model file as it comes, and one whose checksum was made right again.
fn model(bytes: &[u8]) {
    for bytes in [Some(bytes.to_vec()), Forge::resigned(bytes)].into_iter().flatten() {
        let Ok(pipeline) = Pipeline::from_bytes(&bytes, "m") else { continue };
        for text in ["", "They agreed to talks.", "no new words"] {
            let score = pipeline.score(text);
            assert!((score.probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-6, "{score:?}");
        }
        assert!(Pipeline::from_bytes(&pipeline.to_bytes(), "m").is_ok());
    }
}

fn spec(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = FeatureSet::from_toml(text, "f.toml");
    let _ = PipelineSpec::parse(text, "p.toml", &repository("tests/fixtures"));
    let _ = DatasetCard::parse(text, "card.toml");
}

fn targets() -> Vec<Target> {
    let file = |path: &str| std::fs::read(repository(path)).unwrap();
    let pages = ["blog", "broadcaster", "broken", "windows_1252"];
    vec![
        Target {
            name: "table",
            seeds: vec![
                GOOD.into(),
                GOOD.replace(',', "\t").into(),
                "id;text;stance\r\n1;\"a\r\n\"\"b\"\"\";pro\r\n2;c;con\r\n".into(),
                b"{\"text\":\"a\",\"stance\":\"pro\"}\n{\"stance\":\"con\",\"text\":[1]}\n".to_vec(),
                b"\xff\xfet\0e\0x\0t\0\n\0a\0".to_vec(),
                b"text,stance\ncaf\xe9,pro\n".to_vec(),
            ],
            words: &["\"", "\"\"", ",", ";", "\t", "\r", "\n", "\r\n", "\u{feff}", "{", "}", "é", "\0", "text", "favor", " "],
            run: table,
        },
        Target {
            name: "packed",
            seeds: vec![crate::tables_packed::gzip(GOOD.as_bytes()), crate::tables_packed::zstd(GOOD.as_bytes())],
            words: &["\u{1f}", "(\u{b5}/", "\0\0\0\0"],
            run: packed,
        },
        #[cfg(feature = "arrow")]
        Target {
            name: "batches",
            seeds: crate::arrow::seeds(),
            words: &["PAR1", "\0\0\0\0", "\u{1}\0\0\0", "\u{7f}\u{7f}\u{7f}\u{7f}", "\u{15}", "\u{18}"],
            run: batches,
        },
        Target {
            name: "text",
            seeds: vec![fixture("article.txt").into(), "اتفقوا. 和平。👨\u{200d}👩 e\u{301}".into()],
            words: &[". ", "\n\n", "Mr. ", "“", "”", "\"", "'s ", "…", "U.S.", "\u{200d}", "\u{301}", "İ", "not "],
            run: text,
        },
        Target {
            name: "article",
            seeds: vec![fixture("article.txt").into(), file("datasets/articles/april_talks.txt")],
            words: &[" said ", "“", "”", ",” ", "He ", "President ", "\n\n", "By ", " of ", ": ", " told ", "that "],
            run: article,
        },
        Target {
            name: "html",
            seeds: pages.iter().map(|name| file(&format!("tests/data/pages/{name}.html"))).collect(),
            words: &["<", ">", "</", "<p>", "<div>", "<article>", "<!--", "-->", "<script>", "&#x0;", "&amp", "<meta charset=", "<svg>", "<table>"],
            run: html,
        },
        Target {
            name: "model",
            seeds: vec![tiny("stance").to_bytes(), file("tests/fixtures/format_1.safetensors")],
            words: &["[", "]", "{", "}", ",", "0", "-1", "1e308", "null", "\"", "99999999", "true"],
            run: model,
        },
        Target {
            name: "spec",
            seeds: vec![
                file("models/stance/pipeline.toml"),
                file("datasets/negotiation/card.toml"),
                b"name = \"f\"\ngroups = [{ word_ngrams = [1, 2] }, { char_ngrams = [3, 5] }, { surface = true }]\nhashing_bits = 12\n".to_vec(),
                b"features = \"words-1\"\nsearch = [0.1, 1.0]\n[model]\nlearner = \"svm\"\nc = 0.5\n".to_vec(),
            ],
            words: &["[", "]", "{", "}", "=", "\n", "-1", "1e999", "18446744073709551615", "nan", "inf", "\"\"", "[[", "word_ngrams", "lexicon"],
            run: spec,
        },
    ]
}

/// One to eight changes of one seed.
fn mutated(rng: &mut Rng, target: &Target) -> Vec<u8> {
    let mut bytes = target.seeds[rng.below(target.seeds.len())].clone();
    for _ in 0..=rng.below(8) {
        let at = rng.below(bytes.len() + 1);
        let to = at + rng.below((bytes.len() - at).min(64) + 1);
        match rng.below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << rng.below(8),
            1 if at < bytes.len() => bytes[at] = rng.below(256) as u8,
            2 => drop(bytes.drain(at..to)),
            3 => {
                let copy = bytes[at..to].to_vec();
                let place = rng.below(bytes.len() + 1);
                bytes.splice(place..place, copy);
            }
            4 => bytes.truncate(at),
            5 => {
                let other = &target.seeds[rng.below(target.seeds.len())];
                let from = rng.below(other.len() + 1);
                let part = other[from..(from + 64).min(other.len())].to_vec();
                bytes.splice(at..at, part);
            }
            _ => {
                let word = target.words[rng.below(target.words.len())].repeat(1 << rng.below(6));
                bytes.splice(at..at, word.into_bytes());
            }
        }
    }
    bytes
}

/// Runs a target on inputs until `is_over` of their number; how many there were.
fn run(target: &Target, seed: u64, is_over: impl Fn(usize) -> bool) -> usize {
    let mut rng = Rng::new(seed);
    let mut n = 0;
    while !is_over(n) {
        let input = mutated(&mut rng, target);
        if catch_unwind(AssertUnwindSafe(|| (target.run)(&input))).is_err() {
            let path = std::env::temp_dir().join(format!("demarche-fuzz-{}-{seed}-{n}", target.name));
            std::fs::write(&path, &input).unwrap();
            panic!("target {}, seed {seed}, input {n}: kept as {}", target.name, path.display());
        }
        n += 1;
    }
    n
}

#[test]
fn no_input_makes_a_reader_panic() {
    let asked = std::env::var("DEMARCHE_FUZZ").ok();
    let asked = asked.as_deref().and_then(|asked| asked.split_once(':'));
    let asked =
        asked.map(|(seed, seconds)| (seed.parse().unwrap(), Duration::from_secs(seconds.parse().unwrap())));
    for target in targets() {
        match asked {
            None => drop(run(&target, 7, |n| n == SHORT)),
            Some((seed, most)) => {
                let started = Instant::now();
                let n = run(&target, seed, |_| started.elapsed() > most);
                let line = format!("{}: {n} inputs in {} s\n", target.name, most.as_secs());
                std::io::stderr().write_all(line.as_bytes()).unwrap();
            }
        }
    }
}
