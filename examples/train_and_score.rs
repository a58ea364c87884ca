//! Trains on one table, measures on another, scores a sentence.
//!
//!     cargo run --release --example train_and_score

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::path::Path;

use demarche::corpus::ReadOptions;
use demarche::evaluate::{EvaluateOptions, evaluate};
use demarche::render::evaluation;
use demarche::{Corpus, FeatureSet, PipelineSpec, Result};

fn main() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/negotiation");
    let training = Corpus::open(folder.join("train.csv"), &ReadOptions::default())?;

    let pipeline = PipelineSpec::new(FeatureSet::built_in("stems-1-2")?).fit(&training)?;
    pipeline.save(std::env::temp_dir().join("train_and_score.model"))?;

    // Reading with the model's own labels makes an unknown one in the table an error.
    let options = ReadOptions { label_set: Some(pipeline.labels().clone()), ..ReadOptions::default() };
    let held_out = Corpus::open(folder.join("dev.csv"), &options)?;
    println!("{}", evaluation::text(&evaluate(&pipeline, &held_out, &EvaluateOptions::default())?));

    let sentence = "The miners' union will not come back to the table this winter.";
    let score = pipeline.score(sentence);
    println!("{sentence}");
    for (name, probability) in pipeline.labels().names().iter().zip(&score.probabilities) {
        println!("  {name:<8} {probability:.2}");
    }
    Ok(())
}
