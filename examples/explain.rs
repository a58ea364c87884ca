//! Takes a decision of the shipped stance model apart: which features of a statement moved it, and how far.
//!
//!     cargo run --release --example explain -- "The premier did not reject the offer."

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use demarche::{Error, Result, shipped};

fn main() -> Result<()> {
    let text = std::env::args().nth(1).unwrap_or_else(|| "The premier did not reject the offer.".to_owned());
    let model = shipped::stance();
    let against =
        model.labels().parse("against").ok_or_else(|| Error::parameter("label", "against", "none"))?;

    // The label that the statement gets, then the same statement from the side of those who are against.
    for label in [None, Some(against)] {
        let why = model.explain(&text, label);
        println!("{:+.3}  decision for {:?}, of which", why.decision, why.label);
        println!("{:+.3}    whatever the statement says", why.intercept);
        for part in why.features.iter().take(5) {
            println!("{:+.3}    {}", part.contribution, part.feature);
        }
        let sum = why.intercept + why.features.iter().map(|part| part.contribution).sum::<f64>();
        assert_eq!(sum, why.decision, "contributions add up exactly, in any order");
        println!();
    }
    Ok(())
}
