//! The models that are part of the program, on statements that they were not trained on.

use demarche::corpus::ReadOptions;
use demarche::evaluate::{EvaluateOptions, evaluate};
use demarche::{Corpus, Pipeline, shipped};

use crate::support::repository;

/// Macro F1 on the held-out statements, and what the most frequent label would score.
fn macro_f1(pipeline: &Pipeline) -> (f64, f64) {
    let options = ReadOptions {
        label: pipeline.labels().name().to_owned(),
        label_set: Some(pipeline.labels().clone()),
        ..ReadOptions::default()
    };
    let held_out = Corpus::open(repository("datasets/negotiation/test.csv"), &options).unwrap();
    let report = evaluate(pipeline, &held_out, &EvaluateOptions::default()).unwrap();
    (report.macro_f1.value.unwrap(), report.baseline.macro_f1.unwrap())
}

#[test]
fn the_stance_model_keeps_its_quality_far_above_the_majority() {
    let (model, majority) = macro_f1(shipped::stance());
    assert!(model >= 0.70 && model > majority + 0.4, "{model:.3} against {majority:.3}");
}

#[test]
fn the_sentiment_model_keeps_its_quality_far_above_the_majority() {
    let (model, majority) = macro_f1(shipped::sentiment());
    assert!(model >= 0.72 && model > majority + 0.4, "{model:.3} against {majority:.3}");
}

#[test]
fn the_models_are_found_by_name_and_come_back_from_their_own_bytes() {
    for name in ["stance", "sentiment"] {
        let model = shipped::by_name(name).unwrap();
        assert_eq!(model.labels().name(), name);
        let file = std::fs::read(repository(&format!("models/{name}/model.safetensors"))).unwrap();
        assert!(model.to_bytes() == file, "{name}: saving what was loaded gives other bytes");
    }
    assert!(shipped::by_name("weather").is_none());
}
