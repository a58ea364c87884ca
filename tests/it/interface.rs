//! Names that users rely on: JSON fields and CSV columns, in their order; and what a row or an offset means.
//!
//! A new field is a one-line diff here; a renamed one breaks somebody's program.

use serde_json::Value;

use crate::support::{Folder, fixture};

const BOTH: &str = "--model stance.model --model sentiment.model";

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap_or_else(|| panic!("{value} is no object")).keys().map(String::as_str).collect()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("{key} is no list"))
}

const STATEMENT: [&str; 11] = [
    "document",
    "index",
    "sentence",
    "start",
    "end",
    "text",
    "speaker",
    "holder",
    "holders",
    "stance",
    "sentiment",
];

const ACTOR: [&str; 10] = [
    "name",
    "kind",
    "represents",
    "statements",
    "self_stated",
    "reported",
    "speakers",
    "documents",
    "first",
    "last",
];

const OPINION: [&str; 6] = ["label", "score", "interval", "labels", "self_stated", "reported"];

fn assert_statement(statement: &Value) {
    assert_eq!(keys(statement), STATEMENT);
    for (model, labels) in
        [("stance", ["against", "neutral", "favor"]), ("sentiment", ["negative", "neutral", "positive"])]
    {
        let answer = &statement[model];
        assert_eq!(keys(answer), ["label", "score", "probabilities"]);
        assert_eq!(keys(&answer["probabilities"]), labels);
        let p = |label: &str| answer["probabilities"][label].as_f64().unwrap();
        assert!((labels.map(p).iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!((p(labels[2]) - p(labels[0]) - answer["score"].as_f64().unwrap()).abs() < 1e-12);
    }
}

#[test]
fn json_lines_of_an_article_are_statements_in_document_order() {
    let folder = Folder::furnished();
    let statements = folder.json_lines(&format!("classify article.txt {BOTH} --format jsonl"));
    assert_eq!(statements.len(), 6);
    for (i, statement) in statements.iter().enumerate() {
        assert_statement(statement);
        assert_eq!((&statement["document"], &statement["index"]), (&"article.txt".into(), &i.into()));
    }
    let starts: Vec<u64> = statements.iter().map(|s| s["start"].as_u64().unwrap()).collect();
    assert!(starts.is_sorted(), "{starts:?}");
}

#[test]
fn offsets_slice_the_text_out_of_the_document() {
    let folder = Folder::furnished();
    let text = fixture("article.txt");
    for statement in folder.json_lines(&format!("classify article.txt {BOTH} --format jsonl")) {
        let [start, end] = ["start", "end"].map(|key| statement[key].as_u64().unwrap() as usize);
        assert_eq!(statement["text"], text[start..end]);
    }
}

#[test]
fn json_of_articles_holds_documents_with_statements_duplicates_and_actors() {
    let folder = Folder::furnished();
    let whole = folder.json(&format!("classify article.txt {BOTH} --format json"));
    assert_eq!(keys(&whole), ["documents"]);
    let document = &list(&whole, "documents")[0];
    assert_eq!(keys(document), ["document", "title", "date", "byline", "statements", "duplicates", "actors"]);
    assert_eq!(document["title"], "Two Islands Agree to Talk About Their Strait");
    list(document, "statements").iter().for_each(assert_statement);
    let actors = list(document, "actors");
    assert!(!actors.is_empty());
    for actor in actors {
        assert_eq!(keys(actor), [&ACTOR[..], &["stance", "sentiment"]].concat());
        assert_eq!(keys(&actor["stance"]), OPINION);
        assert_eq!(keys(&actor["stance"]["self_stated"]), ["statements", "score"]);
        let several = actor["statements"].as_u64().unwrap() > 1;
        assert_eq!(actor["stance"]["interval"].as_array().map(Vec::len), several.then_some(2));
    }
}

/// A folder with the article under two dates.
fn two_dates() -> Folder {
    let folder = Folder::furnished();
    for name in ["a_2031-05-02.txt", "b_2031-06-03.txt"] {
        folder.write(name, fixture("article.txt").replace("2 May 2031\n", ""));
    }
    folder
}

#[test]
fn json_of_several_articles_ends_with_the_actors_of_all_and_their_course() {
    let folder = two_dates();
    let whole = folder.json(&format!("classify a_2031-05-02.txt b_2031-06-03.txt {BOTH} --format json"));
    assert_eq!(keys(&whole), ["documents", "actors"]);
    let actors = list(&whole, "actors");
    let alone = list(&list(&whole, "documents")[0], "actors");
    assert_eq!(actors.len(), alone.len());
    for (actor, alone) in actors.iter().zip(alone) {
        assert_eq!(keys(actor), [&ACTOR[..], &["aliases", "stance", "sentiment", "series"]].concat());
        assert_eq!((&actor["name"], &actor["documents"]), (&alone["name"], &2.into()));
        assert_eq!(actor["statements"].as_u64(), alone["statements"].as_u64().map(|n| 2 * n));
        let series = list(actor, "series");
        assert_eq!(
            series.iter().map(|p| p["period"].as_str().unwrap()).collect::<Vec<_>>(),
            ["2031-W18", "2031-W23"]
        );
        let fields = ["period", "from", "to", "statements", "self_stated", "reported", "documents"];
        assert_eq!(keys(&series[0]), [&fields[..], &["stance", "sentiment"]].concat());
        assert_eq!((&series[0]["from"], &series[0]["to"]), (&"2031-04-28".into(), &"2031-05-04".into()));
        assert_eq!(series[0]["stance"]["score"], alone["stance"]["score"]);
    }
}

#[test]
fn json_that_is_streamed_is_the_json_of_the_whole() {
    let folder = two_dates();
    let text = folder.stdout(&format!("classify a_2031-05-02.txt b_2031-06-03.txt {BOTH} --format json"));
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(text, serde_json::to_string_pretty(&value).unwrap() + "\n");
}

#[test]
fn the_table_of_actors_has_a_row_an_actor_model_and_period() {
    let folder = two_dates();
    let args = format!("classify a_2031-05-02.txt b_2031-06-03.txt {BOTH} --by-time month --format jsonl");
    folder.stdout(&format!("{args} --actors actors.csv"));
    folder.stdout(&format!("{args} --actors actors.jsonl"));
    let columns = [
        "actor",
        "kind",
        "represents",
        "model",
        "period",
        "from",
        "to",
        "documents",
        "statements",
        "self_stated",
        "reported",
        "label",
        "score",
        "low",
        "high",
        "self_stated_score",
        "reported_score",
        "n_against",
        "n_neutral",
        "n_favor",
        "n_negative",
        "n_positive",
    ];
    let csv = folder.read("actors.csv");
    let mut csv = csv::Reader::from_reader(csv.as_slice());
    assert_eq!(csv.headers().unwrap().iter().collect::<Vec<_>>(), columns);
    let csv: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    let json = String::from_utf8(folder.read("actors.jsonl")).unwrap();
    let json: Vec<Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(json.iter().all(|row| keys(row) == columns) && json.len() == csv.len());
    let quill: Vec<&csv::StringRecord> = csv.iter().filter(|r| &r[0] == "Ada B. Quill").collect();
    assert_eq!(
        quill.iter().map(|r| (&r[3], &r[4])).collect::<Vec<_>>(),
        [
            ("stance", "all"),
            ("stance", "2031-05"),
            ("stance", "2031-06"),
            ("sentiment", "all"),
            ("sentiment", "2031-05"),
            ("sentiment", "2031-06")
        ]
    );
    let number = |cell: &str| cell.parse::<usize>().unwrap();
    for row in quill {
        let counts: usize = (17..22).filter(|&i| !row[i].is_empty()).map(|i| number(&row[i])).sum();
        assert_eq!(counts, number(&row[8]), "labels add up to the statements: {row:?}");
    }
}

#[test]
fn actors_are_asked_of_articles_and_written_as_csv_or_json_lines() {
    let folder = Folder::furnished();
    let complaint = |args: &str| folder.run(&format!("classify {args} {BOTH}")).complaint();
    assert!(
        complaint("article.txt --actors actors.xlsx").contains("ends in .csv or .jsonl, found actors.xlsx")
    );
    assert!(complaint("talks.csv --actors actors.csv").contains("are for articles, found a table"));
    assert!(complaint("talks.csv --format html").contains("are for articles, found a table"));
}

#[test]
fn what_stands_twice_is_among_the_duplicates_and_scored_once() {
    let folder = Folder::furnished();
    let whole = folder.json(&format!("classify article.txt {BOTH} --format json"));
    let document = &whole["documents"][0];
    let texts = |key| list(document, key).iter().map(|s| s["text"].as_str().unwrap()).collect::<Vec<_>>();
    let (statements, duplicates) = (texts("statements"), texts("duplicates"));
    assert_eq!(duplicates.len(), 3);
    for duplicate in duplicates {
        assert_eq!(statements.iter().filter(|s| **s == duplicate).count(), 1, "{duplicate}");
        assert_eq!(fixture("article.txt").matches(duplicate).count(), 2, "{duplicate}");
    }
}

#[test]
fn a_duplicate_has_its_offsets_beside_its_text() {
    let folder = Folder::furnished();
    let text = fixture("article.txt");
    let whole = folder.json(&format!("classify article.txt {BOTH} --format json"));
    for duplicate in list(&whole["documents"][0], "duplicates") {
        assert_eq!(keys(duplicate), ["text", "start", "end"]);
        let [start, end] = ["start", "end"].map(|key| duplicate[key].as_u64().unwrap() as usize);
        assert_eq!(duplicate["text"], text[start..end]);
    }
}

#[test]
fn every_row_of_a_table_gives_one_row_in_order() {
    let folder = Folder::furnished();
    let rows = fixture("talks.csv").lines().count() - 1;
    let ids: Vec<String> = (1..=rows).map(|n| format!("t{n:02}")).collect();
    let lines = folder.json_lines(&format!("classify talks.csv {BOTH} --format jsonl"));
    assert_eq!(lines.iter().map(|s| s["document"].as_str().unwrap()).collect::<Vec<_>>(), ids);
    for line in &lines {
        assert_statement(line);
        let length = line["text"].as_str().unwrap().len();
        assert_eq!(["index", "start", "end"].map(|key| line[key].as_u64().unwrap()), [0, 0, length as u64]);
    }
    let whole = folder.json(&format!("classify talks.csv {BOTH} --format json"));
    let documents = list(&whole, "documents");
    assert_eq!(documents.iter().map(|d| d["document"].as_str().unwrap()).collect::<Vec<_>>(), ids);
    assert!(documents.iter().zip(&lines).all(|(d, line)| list(d, "statements") == [line.clone()]));
}

#[test]
fn rows_without_ids_are_numbered_and_empty_and_equal_texts_keep_their_rows() {
    let folder = Folder::furnished();
    folder.write("same.csv", "text\nWe agree.\n\"\"\nWe agree.\n");
    let run = folder.run("classify same.csv --model stance.model --format jsonl");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), "same.csv: 1 of 3 texts are empty\n"));
    let rows: Vec<Value> = run.stdout.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(rows.iter().map(|r| r["document"].as_str().unwrap()).collect::<Vec<_>>(), ["1", "2", "3"]);
    assert_eq!(rows[0]["stance"], rows[2]["stance"]);
}

#[test]
fn csv_of_a_table_is_the_table_with_new_columns() {
    let folder = Folder::furnished();
    let out = folder.stdout(&format!("classify held_out.csv {BOTH}"));
    let (header, rows) = out.split_once('\n').unwrap();
    assert_eq!(
        header,
        "id,text,stance,sentiment,genre,\
         predicted_stance,stance_score,stance_against,stance_neutral,stance_favor,\
         predicted_sentiment,sentiment_score,sentiment_negative,sentiment_neutral,sentiment_positive"
    );
    let input = fixture("held_out.csv");
    let before: Vec<&str> = input.lines().skip(1).collect();
    assert_eq!(rows.lines().count(), before.len());
    for (row, before) in rows.lines().zip(before) {
        assert!(row.starts_with(&format!("{before},")), "{row}");
    }
    folder.write("plain.csv", "text;n\nWe agree.;1\n");
    let out = folder.stdout("classify plain.csv --model stance.model");
    assert!(
        out.starts_with(
            "text;n;stance;stance_score;stance_against;stance_neutral;stance_favor\nWe agree.;1;"
        )
    );
}

#[test]
fn csv_of_an_article_has_a_row_a_statement() {
    let folder = Folder::furnished();
    let out = folder.stdout(&format!("classify article.txt {BOTH} --format csv"));
    let mut rows = csv::Reader::from_reader(out.as_bytes());
    assert_eq!(
        rows.headers().unwrap().iter().collect::<Vec<_>>().join(","),
        "document,index,sentence,start,end,text,speaker,holder,\
         stance,stance_score,stance_against,stance_neutral,stance_favor,\
         sentiment,sentiment_score,sentiment_negative,sentiment_neutral,sentiment_positive"
    );
    assert_eq!(rows.records().map(Result::unwrap).filter(|r| &r[0] == "article.txt").count(), 6);
}

#[test]
fn a_label_set_without_polarity_has_no_score() {
    let folder = Folder::furnished();
    folder.stdout("train talks.csv --label genre -o genre.model");
    let line = &folder.json_lines("classify held_out.csv --model genre.model --format jsonl")[0];
    assert_eq!(keys(&line["genre"]), ["label", "score", "probabilities"]);
    assert!(line["genre"]["score"].is_null());
    let csv = folder.stdout("classify held_out.csv --model genre.model");
    assert!(
        csv.starts_with("id,text,stance,sentiment,genre,predicted_genre,genre_background,genre_headline,")
    );
}

#[test]
fn json_of_an_evaluation() {
    let folder = Folder::furnished();
    let report = folder.json("evaluate held_out.csv --model stance.model --by genre --by id --format json");
    let fields = [
        "model",
        "n",
        "interval_level",
        "draws",
        "accuracy",
        "macro_f1",
        "favor_against_f1",
        "balanced_accuracy",
        "weighted_f1",
        "mcc",
        "kappa",
        "micro_f1",
        "roc_auc",
        "average_precision",
        "intervals",
        "per_class",
        "confusion",
        "calibration",
        "coverage",
        "baseline",
        "by",
    ];
    assert_eq!(keys(&report), fields);
    assert_eq!(report["n"], 6);
    for score in ["accuracy", "macro_f1", "favor_against_f1", "micro_f1", "roc_auc", "average_precision"] {
        assert_eq!(keys(&report[score]), ["value", "interval"]);
        assert_eq!(list(&report[score], "interval").len(), 2);
    }
    assert_eq!(keys(&report["per_class"]), ["against", "neutral", "favor"]);
    assert_eq!(
        keys(&report["per_class"]["favor"]),
        ["precision", "recall", "f1", "support", "roc_auc", "average_precision"]
    );
    assert_eq!(
        keys(&report["intervals"]),
        ["balanced_accuracy", "weighted_f1", "mcc", "kappa", "ece", "brier", "log_loss"]
    );
    let point = &list(&report, "coverage")[0];
    assert_eq!(keys(point), ["threshold", "n", "coverage", "accuracy", "macro_f1"]);
    assert_eq!(keys(&report["confusion"]), ["labels", "matrix"]);
    assert_eq!(keys(&report["calibration"]), ["ece", "brier", "log_loss", "bins"]);
    assert_eq!(keys(&report["baseline"]), ["label", "accuracy", "macro_f1"]);
    assert_eq!(keys(&report["by"]), ["genre", "id"]);
    assert_eq!(keys(&report["by"]["genre"]), ["background", "official", "wire"]);
    let slice = [
        "n",
        "accuracy",
        "macro_f1",
        "favor_against_f1",
        "accuracy_interval",
        "macro_f1_interval",
        "is_small",
    ];
    assert_eq!(keys(&report["by"]["genre"]["wire"]), slice);

    let report = folder.json("evaluate held_out.csv --model sentiment.model --format json");
    assert!(report.get("favor_against_f1").is_none());
    assert_eq!(report["by"], serde_json::json!({}));
}

#[test]
fn rows_of_the_confusion_matrix_are_truth() {
    let folder = Folder::furnished();
    // Nothing here is against, whatever the model says.
    folder.write(
        "kind.csv",
        "text,stance\nWe refused the offer.,favor\nThe council rejected it.,favor\nIn May.,neutral\n",
    );
    let report = folder.json("evaluate kind.csv --model stance.model --format json");
    assert_eq!(report["confusion"]["labels"], serde_json::json!(["against", "neutral", "favor"]));
    assert_eq!(report["confusion"]["matrix"], serde_json::json!([[0, 0, 0], [0, 1, 0], [2, 0, 0]]));
}

#[test]
fn json_of_an_explanation_adds_up() {
    let folder = Folder::furnished();
    let mut command = folder.demarche("explain --model stance.model --format json");
    let run = crate::support::Run::of(command.arg("They refused the offer."));
    let report: Value = serde_json::from_str(&run.stdout()).unwrap();
    assert_eq!(keys(&report), ["text", "label", "score", "probabilities", "explanation"]);
    let explanation = &report["explanation"];
    assert_eq!(keys(explanation), ["label", "decision", "intercept", "features"]);
    assert_eq!(explanation["label"], report["label"]);
    let features = list(explanation, "features");
    assert_eq!(keys(&features[0]), ["feature", "value", "weight", "contribution"]);
    let parts = features.iter().map(|f| f["contribution"].as_f64().unwrap());
    let sum = parts.rev().fold(explanation["intercept"].as_f64().unwrap(), |sum, part| sum + part);
    assert_eq!(sum, explanation["decision"].as_f64().unwrap());
}

#[test]
fn json_of_a_model() {
    let folder = Folder::furnished();
    let report = folder.json("inspect stance.model --top 3 --format json");
    assert_eq!(keys(&report), ["model", "labels", "n_features", "top_features", "training", "spec"]);
    assert_eq!(report["labels"], serde_json::json!({"against": -1, "neutral": 0, "favor": 1}));
    assert_eq!(keys(&report["top_features"]), ["against", "neutral", "favor"]);
    assert_eq!(report["top_features"]["favor"].as_object().unwrap().len(), 3);
    assert_eq!(keys(&report["training"]), ["rows", "rows_per_class", "data", "calibrated_on", "convergence"]);
    assert_eq!(keys(&report["spec"]), ["target", "features", "model", "calibration", "folds"]);
}

#[test]
fn json_of_a_benchmark_has_its_entries_best_first() {
    let folder = Folder::furnished();
    let args =
        "benchmark talks.csv --no-cache --folds 2 --repeats 1 --feature-sets words-1 --feature-sets stance";
    let report = folder.json(&format!("{args} --format json"));
    assert_eq!(
        keys(&report),
        [
            "data",
            "n",
            "labels",
            "folds",
            "repeats",
            "inner_folds",
            "seed",
            "interval_level",
            "test",
            "correction",
            "entries"
        ]
    );
    assert_eq!((&report["folds"], &report["data"]), (&2.into(), &"talks.csv".into()));
    let entries = list(&report, "entries");
    assert_eq!(entries.len(), 2);
    for entry in entries {
        assert_eq!(
            keys(entry),
            [
                "name",
                "learner",
                "macro_f1",
                "accuracy",
                "favor_against_f1",
                "n_features",
                "model_bytes",
                "fit_seconds",
                "score_seconds",
                "difference_to_best",
                "p_value_vs_best",
                "adjusted_p_value_vs_best",
                "c",
                "pareto",
                "per_fold"
            ]
        );
        assert_eq!(keys(&entry["macro_f1"]), ["mean", "interval"]);
        assert_eq!(list(entry, "per_fold").len(), 2);
    }
    assert!(entries[0]["p_value_vs_best"].is_null());
    let csv = folder.stdout(&format!("{args} --format csv"));
    assert!(csv.starts_with("name,learner,macro_f1,macro_f1_low,macro_f1_high,accuracy,"), "{csv}");
    assert_eq!(csv.lines().count(), 3);
}
