//! A feature set of your own, with a lexicon of your own, against built-in ones on the same statements.
//!
//!     cargo run --release --example custom_feature_set

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::path::Path;

use demarche::corpus::ReadOptions;
use demarche::evaluate::{EvaluateOptions, evaluate};
use demarche::{Corpus, FeatureSet, PipelineSpec, Result};

/// What `train --features FILE.toml` reads. A lexicon has entries of its own, or a table beside the file
/// (`file = "mine.csv"`), or the name of a shipped one.
const MINE: &str = r#"
name = "mine"
min_document_frequency = 2
analyzer = { stem = "english", negation = 4, punctuation = "marks" }
groups = [
    { word_ngrams = [1, 2] },
    { word_char_ngrams = [3, 5], scale = 0.8 },
    { lexicon = { name = "stance" }, weighting = { tf = "binary", idf = "none", norm = "none" } },
    { lexicon = { name = "gesture", entries = [
        { term = "olive branch", category = "open" },
        { term = "hand out", category = "open" },
        { term = "cold shoulder", category = "shut" },
        { term = "door in the face", category = "shut" },
    ] } },
]
"#;

fn main() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/negotiation");
    let training = Corpus::open(folder.join("train.csv"), &ReadOptions::default())?;
    let held_out = Corpus::open(folder.join("dev.csv"), &ReadOptions::default())?;

    let sets = [
        FeatureSet::built_in("words-1")?,
        FeatureSet::built_in("stems-1-2")?,
        FeatureSet::from_toml(MINE, "mine")?,
    ];
    for set in sets {
        let name = set.name.clone();
        let pipeline = PipelineSpec::new(set).fit(&training)?;
        let f1 =
            evaluate(&pipeline, &held_out, &EvaluateOptions::default())?.macro_f1.value.unwrap_or(f64::NAN);
        println!("{name:<10} {:>6} features  macro F1 {f1:.3}", pipeline.vectorizer().n_features());
    }
    Ok(())
}
