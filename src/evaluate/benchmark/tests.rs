//! The whole of a benchmark on a corpus of a few words.

use std::sync::Mutex;

use super::*;
use crate::label::{Label, LabelSet};
use crate::linear::{Learner, LinearSpec};
use crate::numeric::Rng;

/// 180 rows of five words each that lean toward their class, in 36 groups.
pub(crate) fn corpus() -> Corpus {
    let words = ["accept", "agree", "harbour", "ship", "refuse", "reject", "talks", "war", "rain", "not"];
    let mut rng = Rng::new(11);
    let truth: Vec<Label> = (0..180).map(|i| Label(i % 3)).collect();
    let word = |label: &Label, rng: &mut Rng| match rng.below(3) {
        0 => words[4 - 2 * label.index() + rng.below(2)],
        _ => words[rng.below(words.len())],
    };
    let texts =
        truth.iter().map(|l| (0..5).map(|_| word(l, &mut rng)).collect::<Vec<_>>().join(" ")).collect();
    let groups: Vec<String> = (0..180).map(|i| format!("g{}", i / 5)).collect();
    Corpus::new(LabelSet::stance(), texts, truth).with_groups(&groups)
}

fn entries(names: &[&str], learners: &[Learner]) -> Vec<Entry> {
    let candidates = names.iter().map(|name| Candidate::named(name).unwrap()).collect();
    let learners: Vec<LinearSpec> =
        learners.iter().map(|&learner| LinearSpec { learner, ..LinearSpec::default() }).collect();
    Entry::of(candidates, &learners, &ChoiceOfC::Search(vec![0.1, 1.0]), 7).unwrap()
}

/// Two feature sets, two learners, two repeats of three folds, a learning curve and the check of names.
pub(crate) fn spec() -> BenchmarkSpec {
    BenchmarkSpec {
        folds: 3,
        repeats: 2,
        learning_curve: true,
        mask_names: true,
        ..BenchmarkSpec::new(entries(&["words-1", "hashed-1-2"], &[Learner::Logistic, Learner::NaiveBayes]))
    }
}

fn run(spec: &BenchmarkSpec, cache: &Cache, threads: usize) -> (BenchmarkReport, BenchmarkProgress) {
    let last = Mutex::new(None);
    let report = benchmark(spec, &corpus(), cache, threads, &|progress| {
        let mut last = last.lock().unwrap();
        if last.is_none_or(|l: BenchmarkProgress| l.done < progress.done) {
            *last = Some(progress);
        }
    });
    (report.unwrap(), last.into_inner().unwrap().unwrap())
}

/// The report without what a clock said.
pub(crate) fn timeless(mut report: BenchmarkReport) -> BenchmarkReport {
    for entry in &mut report.entries {
        (entry.fit_seconds, entry.score_seconds, entry.pareto.speed) = (0.0, 0.0, false);
    }
    report
}

#[test]
fn the_numbers_do_not_depend_on_the_threads() {
    let report = |threads| timeless(run(&spec(), &Cache::none(), threads).0);
    let one = report(1);
    assert_eq!(one.entries.len(), 4);
    assert_eq!(report(2), one);
    assert_eq!(report(5), one);
}

#[test]
fn a_fold_s_score_is_that_of_a_pipeline_fitted_on_its_training_rows() {
    let (corpus, spec) = (corpus(), BenchmarkSpec { learning_curve: false, mask_names: false, ..spec() });
    let (report, _) = run(&spec, &Cache::none(), 1);
    let folds = splits::repeated(&corpus, 3, 2, 7).unwrap();
    for entry in &spec.entries {
        let found = report.entries.iter().find(|e| e.name == entry.name && e.learner == entry.learner);
        for (fold, score) in folds.iter().zip(&found.unwrap().per_fold) {
            let pipeline = entry.spec.fit(&corpus.subset(&fold.split.train(corpus.len()))).unwrap();
            let right = fold.split.test.iter().filter(|&&row| {
                let decisions = pipeline.scorer().decisions(&corpus.texts()[row]);
                let best = (0..3).reduce(|a, b| if decisions[b] > decisions[a] { b } else { a }).unwrap();
                best == corpus.truth()[row].index()
            });
            let accuracy = right.count() as f64 / fold.split.test.len() as f64;
            assert_eq!(score.accuracy, Some(accuracy), "{} {}", entry.name, entry.learner);
        }
    }
}

#[test]
fn a_second_run_computes_only_what_was_lost_or_damaged_and_reports_the_same() {
    let folder = tempfile::TempDir::new().unwrap();
    let cache = Cache::open(folder.path()).unwrap();
    let (first, progress) = run(&spec(), &cache, 2);
    assert_eq!((progress.done, progress.reused), (progress.total, 0));
    let mut files: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .flat_map(|sub| std::fs::read_dir(sub.unwrap().path()).unwrap())
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    assert_eq!(files.len(), progress.total);

    let (again, progress) = run(&spec(), &cache, 2);
    assert_eq!((progress.reused, progress.done), (progress.total, progress.total));
    assert_eq!(again, first);

    std::fs::remove_file(&files[3]).unwrap();
    std::fs::write(&files[5], "{").unwrap();
    // Whole, but the result of something else.
    std::fs::copy(&files[8], &files[7]).unwrap();
    let (again, progress) = run(&spec(), &cache, 2);
    assert_eq!(progress.reused, progress.total - 3);
    assert_eq!(timeless(again), timeless(first));
}

#[test]
fn more_repeats_use_the_results_of_fewer_and_another_seed_none() {
    let folder = tempfile::TempDir::new().unwrap();
    let cache = Cache::open(folder.path()).unwrap();
    let plain = BenchmarkSpec { learning_curve: false, mask_names: false, ..spec() };
    let (_, before) = run(&plain, &cache, 1);
    let (_, more) = run(&BenchmarkSpec { repeats: 3, ..plain.clone() }, &cache, 1);
    // Of each of the four entries, six folds; and what all rows cost, as long as the median C stays.
    assert!((24..=28).contains(&more.reused) && more.total == before.total + 12, "{more:?}");
    let (_, other) = run(&BenchmarkSpec { seed: 100, ..plain }, &cache, 1);
    assert!(other.reused <= 4, "{other:?}");
}

#[test]
fn the_best_comes_first_and_the_others_are_held_against_it() {
    let report = run(&spec(), &Cache::none(), 2).0;
    let means: Vec<f64> = report.entries.iter().map(|e| e.macro_f1.mean.unwrap()).collect();
    assert!(means.is_sorted_by(|a, b| a >= b), "{means:?}");
    let best = &report.entries[0];
    assert_eq!((best.difference_to_best, best.p_value_vs_best), (None, None));
    for (entry, mean) in report.entries.iter().zip(&means).skip(1) {
        let difference = entry.difference_to_best.unwrap().mean.unwrap();
        assert!((difference - (mean - means[0])).abs() < 1e-12);
        assert!(entry.adjusted_p_value_vs_best >= entry.p_value_vs_best);
    }
    for entry in &report.entries {
        let curve = entry.learning_curve.as_ref().unwrap();
        assert_eq!(curve.last().unwrap().macro_f1, entry.macro_f1);
        assert_eq!(entry.c.is_some(), entry.learner == "logistic");
        // No text has a name in it.
        assert_eq!(entry.names_masked.unwrap().difference.mean, Some(0.0));
        assert_eq!(entry.names_masked.unwrap().p_value, None);
    }
}

#[test]
fn every_group_is_left_out_once() {
    let towns: Vec<String> = (0..180).map(|i| ["ayr", "bonn", "cork"][i / 60].to_owned()).collect();
    let table: String = corpus().texts().iter().zip(corpus().truth()).zip(&towns).fold(
        "text,stance,town\n".into(),
        |t, r| {
            let ((text, truth), town) = r;
            t + &format!("{text},{},{town}\n", ["against", "neutral", "favor"][truth.index()])
        },
    );
    let options = crate::corpus::ReadOptions { keep: vec!["town".into()], ..Default::default() };
    let mut reader = crate::corpus::TableReader::new(table.as_bytes(), "t.csv").unwrap();
    let corpus = Corpus::read(&mut reader, &options).unwrap();
    let spec = BenchmarkSpec {
        folds: 3,
        repeats: 1,
        leave_one_group_out: Some("town".into()),
        ..BenchmarkSpec::new(entries(&["words-1"], &[Learner::Logistic]))
    };
    let report = benchmark(&spec, &corpus, &Cache::none(), 2, &|_| {}).unwrap();
    let left_out = report.entries[0].leave_one_group_out.as_ref().unwrap();
    assert_eq!(left_out.groups.iter().map(|(_, slice)| slice.n).collect::<Vec<_>>(), [60; 3]);
    let f1: Vec<f64> = left_out.groups.iter().map(|(_, slice)| slice.macro_f1.unwrap()).collect();
    assert!(f1.is_sorted() && (left_out.mean_macro_f1.unwrap() - f1.iter().sum::<f64>() / 3.0).abs() < 1e-12);

    let other = BenchmarkSpec { leave_one_group_out: Some("county".into()), ..spec };
    let error = benchmark(&other, &corpus, &Cache::none(), 1, &|_| {}).unwrap_err().to_string();
    assert!(error.contains("`leave-one-group-out`"), "{error}");
}

#[test]
fn one_entry_has_nothing_to_be_held_against() {
    let spec = BenchmarkSpec {
        folds: 2,
        repeats: 1,
        ..BenchmarkSpec::new(entries(&["words-1"], &[Learner::Prior]))
    };
    let report = run(&spec, &Cache::none(), 1).0;
    let json = serde_json::to_value(&report.entries[0]).unwrap();
    for key in ["p_value_vs_best", "adjusted_p_value_vs_best", "difference_to_best", "c"] {
        assert_eq!(json.get(key), Some(&serde_json::Value::Null), "{key}");
    }
    assert_eq!(json["pareto"], serde_json::json!({"size": true, "speed": true}));
}

#[test]
fn rows_that_cannot_support_a_fit_are_told_with_the_entry() {
    let texts = ["yes", "no", "yes", "no"].map(String::from).to_vec();
    let corpus = Corpus::new(LabelSet::stance(), texts, [2, 0, 2, 0].map(Label).to_vec());
    let spec = BenchmarkSpec { folds: 2, ..BenchmarkSpec::new(entries(&["words-1"], &[Learner::Logistic])) };
    let error = benchmark(&spec, &corpus, &Cache::none(), 1, &|_| {}).unwrap_err().to_string();
    assert!(error.starts_with("cannot fit: words-1: a search needs two rows of each class"), "{error}");
    let none = BenchmarkSpec { repeats: 0, ..spec };
    assert!(benchmark(&none, &corpus, &Cache::none(), 1, &|_| {}).is_err());
}
