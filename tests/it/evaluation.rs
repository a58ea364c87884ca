//! What `evaluate` can be asked for beside the scores.

use serde_json::Value;

use crate::support::{Folder, Run};

const EVERYTHING: &str =
    "--by genre --target genre --versus other.model --threshold 0.4 --errors 5 --group id --format";

/// The fixtures and a second model of stances.
fn folder() -> Folder {
    let folder = Folder::furnished();
    folder.stdout("train talks.csv --features words-1 -o other.model");
    folder
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn a_page_loads_nothing_runs_nothing_and_shows_texts_as_texts() {
    let folder = folder();
    let bad = "<script>alert(1)</script><img src=x onerror=y>";
    folder.write(
        "bad.csv",
        format!("id,text,stance,genre\n{bad},They refused talks. {bad},favor,{bad}\n2,We agree to talks.,against,wire\n"),
    );
    let page = folder.stdout(&format!("evaluate bad.csv --model stance.model {EVERYTHING} html"));
    for what in ["<script", "<img", "http:", "https:", "url(", "src="] {
        let allowed = usize::from(what == "src=") * page.matches("&lt;img src=x").count();
        assert_eq!(page.matches(what).count(), allowed, "{what}");
    }
    assert!(page.contains("&lt;script&gt;alert("), "the text is there");
    for part in ["Scores", "Coverage", "Slices", "Against other.model", "Most confident mistakes"] {
        assert!(page.contains(&format!("<h2>{part}</h2>")), "{part}");
    }
    assert!(page.contains("<mark class="), "words of a mistake are marked");
}

#[test]
fn everything_is_the_same_with_any_number_of_threads() {
    let folder = folder();
    let run = |threads| {
        folder
            .stdout(&format!("evaluate talks.csv --model stance.model {EVERYTHING} json --threads {threads}"))
    };
    assert_eq!(run(1), run(3));
}

#[test]
fn a_model_against_itself_differs_in_nothing() {
    let folder = folder();
    let report =
        folder.json("evaluate held_out.csv --model stance.model --versus stance.model --format json");
    let versus = &report["versus"];
    for score in ["accuracy", "macro_f1", "favor_against_f1"] {
        assert_eq!(versus[score]["first"], versus[score]["second"], "{score}");
        assert_eq!(versus[score]["difference"], serde_json::json!({"value": 0.0, "interval": [0.0, 0.0]}));
    }
    let found = ["only_first", "only_second", "p_value"].map(|key| number(&versus[key]));
    assert_eq!(found, [0.0, 0.0, 1.0]);
}

#[test]
fn counts_of_two_models_add_up_to_their_accuracies() {
    let folder = folder();
    let report =
        folder.json("evaluate talks.csv --model stance.model --versus other.model --errors 3 --format json");
    let versus = &report["versus"];
    let count = |key: &str| number(&versus[key]);
    let n = number(&report["n"]);
    assert_eq!(count("both_right") + count("only_first") + count("only_second") + count("both_wrong"), n);
    let first = (count("both_right") + count("only_first")) / n;
    assert!((first - number(&versus["accuracy"]["first"])).abs() < 1e-12);
    assert_eq!(versus["accuracy"]["first"], report["accuracy"]["value"]);
}

#[test]
fn the_rows_above_a_threshold_are_those_of_the_curve() {
    let folder = folder();
    let curve = folder.json("evaluate talks.csv --model stance.model --format json")["coverage"].clone();
    let point = &curve.as_array().unwrap()[3];
    let threshold = number(&point["threshold"]);
    let report = folder
        .json(&format!("evaluate talks.csv --model stance.model --threshold {threshold} --format json"));
    let above = &report["threshold"];
    for key in ["threshold", "n", "coverage"] {
        assert_eq!(above[key], point[key], "{key}");
    }
    assert_eq!(above["accuracy"]["value"], point["accuracy"]);
    assert_eq!(above["macro_f1"]["value"], point["macro_f1"]);
}

#[test]
fn mistakes_come_surest_first_with_the_features_that_led_to_them() {
    let folder = folder();
    folder.write(
        "wrong.csv",
        "text,stance\nThey refused the offer.,favor\nWe refused.,favor\nThey agreed.,against\n",
    );
    let report = folder.json("evaluate wrong.csv --model stance.model --errors 2 --format json");
    let errors = report["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 2);
    assert!(number(&errors[0]["confidence"]) >= number(&errors[1]["confidence"]));
    for error in errors {
        assert_ne!(error["truth"], error["predicted"]);
        let text = error["text"].as_str().unwrap();
        let explained =
            Run::of(folder.demarche("explain --model stance.model --format json").arg(text)).stdout();
        let explained: Value = serde_json::from_str(&explained).unwrap();
        assert_eq!(error["features"][0], explained["explanation"]["features"][0]);
        for word in error["words"].as_array().unwrap() {
            let [start, end] = ["start", "end"].map(|key| word[key].as_u64().unwrap() as usize);
            assert_eq!(text[start..end].split_whitespace().count(), 1, "{:?}", &text[start..end]);
        }
    }
    assert!(folder.json("evaluate wrong.csv --model stance.model --format json").get("errors").is_none());
}

#[test]
fn targets_weigh_the_same_however_many_rows_they_have() {
    let folder = folder();
    let rows: String = ["a", "a", "a", "b", "c"]
        .iter()
        .map(|target| format!("They refused the offer.,against,{target}\n"))
        .collect();
    folder.write("targets.csv", format!("text,stance,topic\n{rows}We agreed.,against,\n"));
    let report = folder.json("evaluate targets.csv --model stance.model --target topic --format json");
    let slices = report["by"]["topic"].as_object().unwrap();
    let of_targets: Vec<f64> =
        ["a", "b", "c"].iter().map(|t| number(&slices[*t]["favor_against_f1"])).collect();
    let mean = of_targets.iter().sum::<f64>() / 3.0;
    assert!((number(&report["favor_against_f1_by_target"]["value"]) - mean).abs() < 1e-12);
    let without = folder.json("evaluate targets.csv --model stance.model --format json");
    assert!(without.get("favor_against_f1_by_target").is_none());
}

#[test]
fn a_report_goes_to_its_file_whole_or_not_at_all() {
    let folder = folder();
    let run = folder.run("evaluate held_out.csv --model stance.model --format html -o report.html");
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "", ""));
    assert!(folder.read("report.html").ends_with(b"</html>"));
    folder.write("broken.csv", "text,stance\nYes.,maybe\n");
    let run = folder.run("evaluate broken.csv --model stance.model --format html -o broken.html");
    assert_eq!(run.code, Some(2));
    assert!(!folder.path("broken.html").exists());
}
