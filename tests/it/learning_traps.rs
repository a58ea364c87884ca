//! Corpora on which learning goes wrong elsewhere: it converges or says so, and probabilities stay probabilities.

use demarche::linear::{CalibrationKind, ClassWeight, Learner};
use demarche::{Corpus, FeatureSet, Label, LabelSet, Pipeline, PipelineSpec};

use crate::support::Folder;

fn spec() -> PipelineSpec {
    PipelineSpec::new(FeatureSet::built_in("words-1").unwrap())
}

fn corpus(rows: impl IntoIterator<Item = (String, u16)>) -> Corpus {
    let (texts, truth) = rows.into_iter().map(|(text, label)| (text, Label(label))).unzip();
    Corpus::new(LabelSet::stance(), texts, truth)
}

/// Thirty rows of each class, one class after the other.
fn sorted() -> Corpus {
    let verbs = ["refused", "rained", "agreed"];
    corpus((0..90).map(|n| (format!("they {} in place {}", verbs[n / 30], n % 7), (n / 30) as u16)))
}

const TEXTS: [&str; 6] =
    ["they agreed", "they refused to meet", "zyx wvu", "…", "they", "agreed refused rained agreed"];

fn check(pipeline: &Pipeline, what: &str) {
    for text in TEXTS {
        let score = pipeline.score(text);
        let sum: f64 = score.probabilities.iter().sum();
        assert!((sum - 1.0).abs() < 1e-9, "{what}, {text}: sum {sum}");
        assert!(score.probabilities.iter().all(|p| (0.0..=1.0).contains(p)), "{what}, {text}: {score:?}");
        assert!(score.score.unwrap().abs() <= 1.0);
    }
}

#[test]
fn rows_sorted_by_class_teach_what_shuffled_ones_do() {
    let pipeline = spec().fit(&sorted()).unwrap();
    check(&pipeline, "sorted");
    for (text, label) in [("they agreed", 2), ("they refused", 0), ("they rained", 1)] {
        assert_eq!(pipeline.score(text).label, Label(label), "{text}");
    }
}

#[test]
fn any_learner_calibration_and_c_gives_probabilities_and_tells_of_what_did_not_converge() {
    for learner in [Learner::Logistic, Learner::Svm, Learner::NaiveBayes, Learner::Prior] {
        for calibration in [
            CalibrationKind::Softmax,
            CalibrationKind::Sigmoid,
            CalibrationKind::Temperature,
            CalibrationKind::Isotonic,
        ] {
            for c in [1e-6, 1.0, 1e6] {
                let mut spec = spec();
                (spec.model.learner, spec.model.c, spec.calibration) = (learner, c, calibration);
                let pipeline = spec.fit(&sorted()).unwrap();
                check(&pipeline, &format!("{learner:?} {calibration:?} C {c}"));
                for convergence in &pipeline.training().convergence {
                    assert!(convergence.converged || convergence.gap > 0.0, "{convergence:?}");
                }
            }
        }
    }
}

#[test]
fn identical_texts_with_all_labels_get_the_shares_of_the_labels() {
    let same = corpus((0..60).map(|n| ("they met".to_owned(), [0, 1, 2, 2][n % 4])));
    let pipeline = spec().fit(&same).unwrap();
    check(&pipeline, "identical");
    let found = pipeline.score("they met").probabilities;
    for (share, expected) in found.iter().zip([0.25, 0.25, 0.5]) {
        assert!((share - expected).abs() < 0.05, "{found:?}");
    }
}

#[test]
fn every_text_with_two_labels_is_fitted_and_kept_out_of_its_own_test() {
    let texts = |n: usize| format!("they met in {} {}", ["may", "june", "july"][n % 3], n / 6);
    let both = corpus((0..60).map(|n| (texts(n / 2 * 2), [0, 2][n % 2])));
    assert_eq!(both.conflicts().iter().map(Vec::len).sum::<usize>(), 60);
    let spec = PipelineSpec { search: vec![0.1, 1.0], ..spec() };
    check(&spec.fit(&both).unwrap(), "contradicting");
}

#[test]
fn one_row_in_a_thousand_is_learnt_from() {
    let rare = corpus((0..2002).map(|n| {
        if n < 2 { ("they agreed".to_owned(), 2) } else { (format!("it rained on day {}", n % 50), 1) }
    }));
    for class_weight in [ClassWeight::None, ClassWeight::Balanced] {
        let mut spec = spec();
        spec.model.class_weight = class_weight;
        let pipeline = spec.fit(&rare).unwrap();
        check(&pipeline, "rare");
        let of = |text: &str| pipeline.score(text).probabilities[2];
        assert!(of("they agreed") > of("it rained"));
        assert_eq!(pipeline.score("they agreed").probabilities[0], 0.0, "no row is against");
    }
}

#[test]
fn a_text_of_unknown_words_gets_what_is_known_without_words() {
    let pipeline = spec().fit(&sorted()).unwrap();
    assert_eq!(pipeline.score("zyx wvu"), pipeline.score("uvw xyz"));
}

#[test]
fn a_solver_that_did_not_converge_is_told_on_standard_error() {
    let folder = Folder::furnished();
    folder.write("hard.toml", "features = \"words-1\"\n[model]\nc = 1e6\nmax_epochs = 1\n");
    let run = folder.run("train talks.csv --features hard.toml -o m");
    assert_eq!(run.code, Some(0));
    assert!(
        run.stderr.starts_with("warning: the solver stopped after 1 epochs with a relative gap of "),
        "{run:?}"
    );
}

#[test]
fn columns_are_hashed_where_names_would_take_more_memory_than_training_may() {
    let folder = Folder::empty();
    let row = |i: usize| format!("w{:0>40},{}\n", i % 30_000, ["pro", "con"][i % 2]);
    folder.write("t.csv", "text,stance\n".to_owned() + &(0..60_000).map(row).collect::<String>());
    let run = folder.run("train t.csv --features words-1 -o m --max-memory 22M");
    assert_eq!(run.code, Some(0), "{run:?}");
    let note = "hashed features take less; columns are hashed to 2^22, without names";
    assert!(run.stderr.starts_with("warning: training would take more than 22 MB after "), "{run:?}");
    assert!(run.stderr.contains(note), "{run:?}");
    assert_eq!(folder.json("inspect m --format json")["spec"]["features"]["hashing_bits"], 22);

    let run = folder.run("train t.csv --features words-1 -o m --max-memory 17M");
    assert_eq!(run.code, Some(2));
    let last = run.stderr.lines().last().unwrap();
    assert!(last.starts_with("error: training would take more than 17 MB after "), "{run:?}");
    assert!(!last.contains("hashed features"), "{run:?}");
    let wrong = folder.run("train t.csv -o m --max-memory much").complaint();
    assert!(wrong.contains("expected a size such as 500M or 2G"), "{wrong}");
}

#[test]
fn what_compression_costs_is_printed_step_by_step() {
    let folder = Folder::furnished();
    let out = folder.stdout("train talks.csv --compress=100 -o m");
    let steps: Vec<&str> = out.lines().filter(|line| line.contains(" features: accuracy ")).collect();
    assert_eq!(steps.len(), 7, "{out}");
    assert!(steps[6].ends_with("taken") && steps[..6].iter().all(|step| !step.ends_with("taken")), "{out}");
}
