//! Statements toward claims: what a sided feature set learns, and that it keeps the promises of the others.

use demarche::corpus::ReadOptions;
use demarche::label::Label;
use demarche::text::Passage;
use demarche::{Corpus, FeatureSet, Pipeline, PipelineSpec};

use crate::support::Folder;

/// Statements that speak well or ill of something, toward claims for and against it.
const TABLE: &str = "\
text,claim,stance
Trams protect the health of the city,We should build trams,favor
Trams protect the health of the city,We should abolish trams,against
Noise harms those who live nearby,We should build trams,against
Noise harms those who live nearby,We should abolish trams,favor
Gardens improve the air,The council should allow gardens,favor
Gardens improve the air,The council should ban gardens,against
Weeds destroy the walls,The council should allow gardens,against
Weeds destroy the walls,The council should ban gardens,favor
";

fn corpus(folder: &Folder) -> Corpus {
    folder.write("claims.csv", TABLE);
    let options = ReadOptions { target: Some("claim".into()), ..ReadOptions::default() };
    Corpus::open(folder.path("claims.csv"), &options).unwrap()
}

fn pipeline() -> Pipeline {
    PipelineSpec::new(FeatureSet::built_in("claims").unwrap()).fit(&corpus(&Folder::empty())).unwrap()
}

#[test]
fn what_is_learnt_of_one_claim_holds_for_its_opposite_and_for_other_topics() {
    let pipeline = pipeline();
    let label = |text: &str, claim: &str| {
        let score = pipeline.score(Passage::from(text).toward(claim));
        pipeline.labels().name_of(score.label).to_owned()
    };
    for (text, claim, stance) in [
        ("Dams protect villages", "We should permit dams", "favor"),
        ("Dams protect villages", "We should not permit dams", "against"),
        ("Dams destroy villages", "We should permit dams", "against"),
        ("Dams destroy villages", "Dams must be prohibited", "favor"),
    ] {
        assert_eq!(label(text, claim), stance, "{text} / {claim}");
    }
}

#[test]
fn scores_toward_claims_are_the_same_alone_and_in_a_batch_and_after_a_round_trip() {
    let (folder, pipeline) = (Folder::empty(), pipeline());
    let corpus = corpus(&folder);
    let passages: Vec<Passage<'_>> = corpus.passages().collect();
    let again = Pipeline::from_bytes(&pipeline.to_bytes(), "m").unwrap();
    let batch = again.score_all(&passages, 3);
    for (passage, score) in passages.iter().zip(batch) {
        assert_eq!(pipeline.score(*passage), score);
    }
}

#[test]
fn contributions_of_sided_features_add_up_exactly() {
    let pipeline = pipeline();
    let passage = Passage::from("Trams protect walkers").toward("Trams should be banned");
    for class in 0..pipeline.labels().len() {
        let explanation = pipeline.explain(passage, Some(Label::from_index(class)));
        assert!(explanation.features.iter().any(|f| f.feature == "sided_effects:raises+" && f.value < 0.0));
        let sum = explanation.intercept + explanation.features.iter().map(|f| f.contribution).sum::<f64>();
        assert_eq!(
            (sum, explanation.decision),
            (explanation.decision, pipeline.scorer().decisions(passage)[class])
        );
    }
}

#[test]
fn training_on_claims_asks_for_the_column_that_holds_them() {
    let folder = Folder::empty();
    folder.write("claims.csv", TABLE);
    let complaint = folder.run("train claims.csv --features claims -o my.model").complaint();
    assert!(complaint.contains("parameter `target`") && complaint.contains("--target"), "{complaint}");
    for learner in ["nb-svm", "naive-bayes"] {
        let complaint = folder
            .run(&format!(
                "train claims.csv --features claims --target claim --learner {learner} -o my.model"
            ))
            .complaint();
        assert!(complaint.contains("may be negative"), "{complaint}");
    }
    assert_eq!(folder.names(), ["claims.csv"]);
}

#[test]
fn a_model_of_claims_says_when_it_is_not_told_the_claim() {
    let folder = Folder::empty();
    folder.write("claims.csv", TABLE);
    folder.stdout("train claims.csv --features claims --target claim -o my.model");
    folder.stdout("evaluate claims.csv --target claim --model my.model");
    assert!(folder.stdout("inspect my.model").contains("4 targets, which share their weights"));
    for args in ["evaluate claims.csv --model my.model", "explain trams --model my.model"] {
        let run = folder.run(args);
        assert_eq!(run.code, Some(0));
        assert!(run.stderr.contains("without --target"), "{args}: {}", run.stderr);
    }
}
