//! What must not change: a model with the number of threads or the form of its table, a score with its company.

use std::ops::ControlFlow;

use demarche::pipeline::Progress;
use demarche::{FeatureSet, PipelineSpec};
use serde_json::Value;

use crate::support::{Folder, fixture, talks, tiny};

#[test]
fn the_same_table_gives_the_same_model_with_any_number_of_threads() {
    let folder = Folder::furnished();
    folder
        .write("hashed.toml", "name = \"hashed\"\ngroups = [{ word_ngrams = [1, 2] }]\nhashing_bits = 10\n");
    for settings in
        ["", "--search --folds 3 --group conflict --learner svm --balanced", "--features hashed.toml"]
    {
        folder.stdout(&format!("train talks.csv {settings} --threads 1 -o first.model"));
        for threads in [1, 2, 5] {
            folder.stdout(&format!("train talks.csv {settings} --threads {threads} -o again.model"));
            assert!(
                folder.read("again.model") == folder.read("first.model"),
                "{settings}, {threads} threads"
            );
        }
    }
}

#[test]
fn the_program_and_the_library_train_the_same_model() {
    let folder = Folder::furnished();
    folder.stdout("train talks.csv -o typed.model");
    assert!(folder.read("typed.model") == tiny("stance").to_bytes());
}

#[test]
fn another_seed_or_another_row_is_another_model() {
    let folder = Folder::furnished();
    let model = |args: &str| {
        folder.stdout(&format!("train {args} -o m.model"));
        folder.read("m.model")
    };
    let first = model("talks.csv --seed 1");
    assert!(model("talks.csv --seed 2") != first);
    let fewer: Vec<String> = fixture("talks.csv").lines().take(20).map(str::to_owned).collect();
    folder.write("fewer.csv", fewer.join("\n"));
    assert!(model("fewer.csv --seed 1") != first);
}

#[test]
fn the_form_of_a_table_does_not_reach_the_model() {
    let folder = Folder::furnished();
    let lines = fixture("talks.csv");
    folder.write("crlf.csv", lines.replace('\n', "\r\n"));
    folder.write("mark.csv", format!("\u{feff}{lines}"));
    let mut rows = csv::Reader::from_reader(lines.as_bytes());
    let header = rows.headers().unwrap().clone();
    let mut tabs = csv::WriterBuilder::new().delimiter(b'\t').from_writer(Vec::new());
    tabs.write_record(&header).unwrap();
    let mut json_lines = String::new();
    for row in rows.records().map(Result::unwrap) {
        tabs.write_record(&row).unwrap();
        let cells = header.iter().zip(&row).map(|(name, cell)| (name.to_owned(), Value::from(cell)));
        json_lines += &format!("{}\n", Value::Object(cells.collect()));
    }
    folder.write("talks.tsv", tabs.into_inner().unwrap());
    folder.write("talks.jsonl", json_lines);
    for table in ["crlf.csv", "mark.csv", "talks.tsv", "talks.jsonl"] {
        folder.stdout(&format!("train {table} -o {table}.model"));
        assert!(folder.read(&format!("{table}.model")) == folder.read("stance.model"), "{table}");
    }
}

/// Sentences that an article reader takes as they are.
const SENTENCES: [&str; 4] = [
    "The dockers agreed to resume talks on Monday.",
    "The council refused the offer and quit the talks.",
    "Ferries run in September, weather permitting.",
    "The pilots welcomed the truce with joy.",
];

const ANSWERS: [&str; 2] = ["stance", "sentiment"];

#[test]
fn a_statement_has_one_score_alone_in_a_table_in_an_article_and_in_json_lines() {
    let folder = Folder::furnished();
    let models = "--model stance.model --model sentiment.model";
    let quoted: Vec<String> = SENTENCES.iter().map(|s| format!("\"{s}\"\n")).collect();
    folder.write("table.csv", format!("text\n{}", quoted.concat()));
    folder.write("article.txt", SENTENCES.join("\n\n") + "\n");
    let objects: Vec<String> = quoted.iter().map(|q| format!("{{\"text\": {}}}\n", q.trim())).collect();
    folder.write("lines.jsonl", objects.concat());

    let table = folder.json_lines(&format!("classify table.csv {models} --format jsonl"));
    let article = folder.json_lines(&format!("classify article.txt {models} --format jsonl"));
    let lines = folder.json_lines(&format!("classify lines.jsonl {models} --format jsonl --threads 3"));
    let csv = folder.stdout(&format!("classify table.csv {models}"));
    let mut cells = csv::Reader::from_reader(csv.as_bytes());
    for (i, (sentence, record)) in SENTENCES.iter().zip(cells.records().map(Result::unwrap)).enumerate() {
        assert_eq!([&table[i], &article[i], &lines[i]].map(|s| s["text"].as_str().unwrap()), [*sentence; 3]);
        let alone = ANSWERS.map(|name| tiny(name).score(*sentence));
        for (name, score) in ANSWERS.iter().zip(&alone) {
            let labels = tiny(name).labels();
            let probabilities = labels.names().iter().cloned().zip(score.probabilities.iter().copied());
            let expected = serde_json::json!({
                "label": labels.name_of(score.label),
                "score": score.score,
                "probabilities": probabilities.map(|(l, p)| (l, p.into())).collect::<serde_json::Map<_, _>>(),
            });
            for found in [&table[i], &article[i], &lines[i]] {
                assert_eq!(found[*name], expected, "{sentence}: {name}");
            }
        }
        let expected: Vec<String> = ANSWERS
            .iter()
            .zip(&alone)
            .flat_map(|(name, score)| {
                let numbers = score.score.iter().chain(&score.probabilities).map(|v| format!("{v:.4}"));
                std::iter::once(tiny(name).labels().name_of(score.label).to_owned())
                    .chain(numbers)
                    .collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(record.iter().skip(1).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn watching_a_fit_does_not_change_it() {
    let spec = PipelineSpec::new(FeatureSet::built_in("words-1-2").unwrap());
    let seen = std::sync::Mutex::new(Vec::new());
    let watched = spec.fit_with(&talks("stance"), 2, &|p| seen.lock().unwrap().push(p)).unwrap();
    assert!(watched.to_bytes() == tiny("stance").to_bytes());
    assert!(seen.into_inner().unwrap().contains(&Progress::Reading(24)));
}

#[test]
fn a_fit_ends_soon_after_it_is_told_to() {
    let mut spec = PipelineSpec::new(FeatureSet::built_in("words-1-2").unwrap());
    spec.search = vec![0.1, 1.0, 10.0];
    let fit_until = |last: Progress| {
        let heard = std::sync::Mutex::new(Vec::new());
        let fitted = spec.fit_while(&talks("stance"), 1, &|progress| {
            heard.lock().unwrap().push(progress);
            if progress == last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(matches!(fitted, Err(demarche::Error::Interrupted)), "{last:?}");
        heard.into_inner().unwrap()
    };
    assert!(fit_until(Progress::Reading(0)).iter().all(|p| matches!(p, Progress::Reading(..))));
    let mut fits =
        fit_until(Progress::Fitting(2, 16)).into_iter().filter(|p| matches!(p, Progress::Fitting(..)));
    assert_eq!(fits.next_back(), Some(Progress::Fitting(2, 16)));
}
