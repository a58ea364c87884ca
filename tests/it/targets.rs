//! One classifier a target, from the table to the answer.

use crate::support::Folder;

const TABLE: &str = "text,stance,about\n\
    build it now,favor,bridge\nbuild it today,favor,bridge\nleave it alone,against,bridge\nleave it today,against,bridge\n\
    build it now,against,wall\nbuild it today,against,wall\nleave it alone,favor,wall\nleave it today,favor,wall\n\
    we gladly agree,favor,\nwe never agree,against,\nmen work there,favor,pier\n";

const TRAIN: &str = "train table.csv -o m --features words-1 --target about --calibration softmax --c 10";

#[test]
fn a_row_is_answered_with_the_weights_of_its_target_and_says_so() {
    let folder = Folder::empty();
    folder.write("table.csv", TABLE);
    let run = folder.run(TRAIN);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (Some(0), "target \"pier\": 1 rows of one class get the shared weights\n")
    );
    folder.write("new.csv", "text,toward\nbuild it,bridge\nbuild it,wall\nbuild it,tower\nbuild it,\n");
    let csv = folder.stdout("classify new.csv --model m --target toward");
    let rows: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(
        rows[0],
        ["text", "toward", "stance", "stance_score", "stance_against", "stance_favor", "stance_weights"]
    );
    let answers: Vec<(&str, &str)> = rows[1..].iter().map(|row| (row[2], row[6])).collect();
    assert_eq!(answers[..2], [("favor", "own"), ("against", "own")]);
    assert_eq!([answers[2].1, answers[3].1], ["shared"; 2]);
    assert_eq!(rows[3][2..6], rows[4][2..6]);
    let line = &folder.json_lines("classify new.csv --model m --target toward --format jsonl")[0];
    assert_eq!(line["stance"]["weights"], "own");
    let lost = folder.run("classify new.csv --model m --target nowhere_else");
    assert_eq!(lost.code, Some(2));
    assert!(
        lost.stderr.contains("column \"nowhere_else\": expected a column of this name"),
        "{}",
        lost.stderr
    );
}

#[test]
fn a_model_of_targets_is_evaluated_explained_and_inspected_toward_one() {
    let folder = Folder::empty();
    folder.write("table.csv", TABLE);
    folder.run(TRAIN);
    let own = folder.json("evaluate table.csv --model m --target about --format json");
    let shared = folder.json("evaluate table.csv --model m --format json");
    assert!(own["accuracy"]["value"].as_f64() > shared["accuracy"]["value"].as_f64(), "{own} {shared}");
    let text = |args: &str| folder.stdout(args);
    assert!(text("explain build --model m --target wall").starts_with("against"));
    assert!(text("explain build --model m --target tower").contains("toward tower (shared weights)"));
    let inspected = text("inspect m --target wall --top 1");
    assert!(inspected.contains("toward       wall (4 rows, own weights)"), "{inspected}");
    assert!(inspected.contains("word:leave"), "{inspected}");
}

#[test]
fn a_benchmark_fits_each_target_by_itself() {
    let folder = Folder::empty();
    folder.write("table.csv", TABLE.lines().take(9).map(|line| format!("{line}\n")).collect::<String>());
    let benchmark =
        "benchmark table.csv --feature-sets words-1 --folds 2 --repeats 2 --c 10 --no-cache --format json";
    let macro_f1 = |more: &str| {
        // Without targets its texts contradict one another, which is told.
        let run = folder.run(&format!("{benchmark} {more}"));
        serde_json::from_str::<serde_json::Value>(&run.stdout).unwrap()["entries"][0]["macro_f1"]["mean"]
            .clone()
    };
    let (own, together) = (macro_f1("--target about"), macro_f1(""));
    assert!(own.as_f64() > together.as_f64(), "{own} {together}");
}
