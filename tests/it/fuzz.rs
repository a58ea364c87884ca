//! The targets of `fuzz/` on stable Rust: every seed, then blind changes of seeds. A run is a number for the changes and how many there are,
//! so that what fails fails again. `DEMARCHE_FUZZ=seed:seconds` makes it a long run (CONTRIBUTING.md).

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

#[cfg(feature = "arrow")]
use demarche::corpus::TableReader;
use demarche::numeric::Rng;

use crate::support::{repository, tiny};

#[path = "../../fuzz/src/targets.rs"]
#[allow(unreachable_pub, reason = "the crate of the fuzzers takes them from a library")]
mod targets;

/// Inputs of a short run.
const SHORT: usize = 300;

struct Target {
    name: &'static str,
    /// What inputs are made of.
    seeds: Vec<Vec<u8>>,
    words: Vec<Vec<u8>>,
    run: fn(&[u8]),
}

impl Target {
    /// The seeds and the words of `fuzz/`; `more` are seeds that lie elsewhere.
    fn new(name: &'static str, run: fn(&[u8]), more: &[&str]) -> Self {
        let mut paths: Vec<_> = std::fs::read_dir(repository("fuzz/seeds").join(name))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        paths.extend(more.iter().map(|path| repository(path)));
        let seeds = paths.iter().map(|path| std::fs::read(path).unwrap()).collect();
        Target { name, seeds, words: dictionary(&repository(&format!("fuzz/dict/{name}.dict"))), run }
    }
}

/// The words of a dictionary as libFuzzer reads it: one in quotation marks a line, `\xNN` for what is not to be printed.
fn dictionary(path: &Path) -> Vec<Vec<u8>> {
    let lines = std::fs::read_to_string(path).unwrap();
    let word = |line: &str| {
        let mut pieces = line.strip_prefix('"').unwrap().strip_suffix('"').unwrap().split("\\x");
        let mut word = pieces.next().unwrap().as_bytes().to_vec();
        for piece in pieces {
            let (code, rest) = piece.split_at(2);
            word.push(u8::from_str_radix(code, 16).unwrap());
            word.extend(rest.bytes());
        }
        word
    };
    lines.lines().map(word).collect()
}

/// Reads batches as far as they go, and scores them; then the same as rows.
#[cfg(feature = "arrow")]
fn batches(bytes: &[u8]) {
    use demarche::render::batch::BatchScorer;

    targets::table(bytes);
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

fn targets() -> Vec<Target> {
    let mut model = Target::new(
        "model",
        targets::model,
        &["tests/fixtures/format_1.safetensors", "tests/fixtures/format_1_lexicon.safetensors"],
    );
    model.seeds.push(tiny("stance").to_bytes());
    vec![
        Target::new("table", targets::table, &[]),
        #[cfg(feature = "arrow")]
        Target {
            name: "batches",
            seeds: crate::arrow::seeds(),
            words: ["PAR1", "\0\0\0\0", "\u{1}\0\0\0", "\u{7f}\u{7f}\u{7f}\u{7f}", "\u{15}", "\u{18}"]
                .map(Vec::from)
                .to_vec(),
            run: batches,
        },
        Target::new(
            "text",
            targets::text,
            &["tests/fixtures/article.txt", "datasets/articles/april_talks.txt"],
        ),
        Target::new(
            "html",
            targets::html,
            &[
                "tests/data/pages/blog.html",
                "tests/data/pages/broadcaster.html",
                "tests/data/pages/broken.html",
                "tests/data/pages/windows_1252.html",
            ],
        ),
        model,
        Target::new("spec", targets::spec, &["models/stance/pipeline.toml"]),
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
                bytes.splice(at..at, word);
            }
        }
    }
    bytes
}

/// Runs a target on an input, which is kept in the folder for temporary files if that makes it panic.
fn feed(target: &Target, input: &[u8], number: &str) {
    if catch_unwind(AssertUnwindSafe(|| (target.run)(input))).is_err() {
        let path = std::env::temp_dir().join(format!("demarche-fuzz-{}-{number}", target.name));
        std::fs::write(&path, input).unwrap();
        panic!("target {}, input {number}: kept as {}", target.name, path.display());
    }
}

/// Runs a target on its seeds, then on changes of them until `is_over` of their number; how many there were.
fn run(target: &Target, seed: u64, is_over: impl Fn(usize) -> bool) -> usize {
    for (n, input) in target.seeds.iter().enumerate() {
        feed(target, input, &format!("seed-{n}"));
    }
    let mut rng = Rng::new(seed);
    let mut n = 0;
    while !is_over(n) {
        feed(target, &mutated(&mut rng, target), &format!("{seed}-{n}"));
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
