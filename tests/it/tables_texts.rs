//! Tables and their texts: none, the same twice, very long ones.

use crate::support::{Folder, Run};
use crate::tables::{GOOD, complaint, notes, scored, trained};

#[test]
fn empty_texts_stay_as_rows_without_an_answer_and_are_counted() {
    let run = scored(
        "t.csv",
        &(GOOD.to_owned() + "7,,favor\n8,\"  \u{200b}\n\",con\n9,They refused to talk.,con\n"),
    );
    let last: Vec<&str> = run.stdout.lines().rev().take(4).collect();
    assert!(last[0].starts_with("9,They refused to talk.,con,against,-0."), "{last:?}");
    assert!(last[1].ends_with("\",con,,,,,,,,,,") && last[3] == "7,,favor,,,,,,,,,,", "{last:?}");
    assert_eq!(run.stderr, "t.csv: 2 of 9 texts are empty\n");
}

#[test]
fn an_empty_text_is_null_in_json_and_a_dash_in_tables() {
    let folder = Folder::furnished();
    folder.write("t.csv", "text\n\nWe agree.\n\" \"\n");
    let lines = Run::of(&mut folder.demarche("classify t.csv --model stance.model --format jsonl")).stdout;
    let answers: Vec<bool> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["stance"].is_null())
        .collect();
    assert_eq!(answers, [false, true]);
    for format in ["table", "md"] {
        let shown = folder.run(&format!("classify t.csv --model stance.model --format {format}")).stdout;
        assert!(shown.lines().last().unwrap().contains('–'), "{shown}");
    }
}

#[test]
fn training_tells_of_empty_texts_and_an_evaluation_leaves_them_out() {
    let table = GOOD.to_owned() + "7,,favor\n";
    assert_eq!(notes("t.csv", &table), "t.csv: 1 of 7 texts are empty\n");
    let folder = Folder::furnished();
    folder.write("t.csv", table);
    let run = folder.run("evaluate t.csv --model stance.model");
    assert!(run.stdout.starts_with("stance.model: 6 rows"), "{run:?}");
    assert_eq!(
        run.stderr,
        "t.csv: 1 of 7 texts are empty\nt.csv: figures are those of the 6 rows with a text\n"
    );
    folder.write("t.csv", "text,stance\n,favor\n");
    let run = folder.run("evaluate t.csv --model stance.model");
    assert!(
        run.stderr.ends_with("error: t.csv: expected a row with a text, found 1 empty ones\n"),
        "{run:?}"
    );
}

#[test]
fn a_statement_that_is_empty_is_not_explained() {
    let run = Run::of(Folder::furnished().demarche("explain --model stance.model").arg(" \u{200b}"));
    assert_eq!(run.complaint(), "error: expected a statement, found an empty text\n");
}

#[test]
fn ids_that_stand_twice_are_told() {
    assert_eq!(
        notes("t.csv", &(GOOD.to_owned() + "1,They like talks.,favor\n")),
        "t.csv: the id \"1\" stands in 2 rows\n"
    );
    assert_eq!(
        notes("t.csv", &(GOOD.to_owned() + "3,They like talks.,favor\n2,They like rain.,none\n")),
        "t.csv: 2 ids stand in several rows each, the first is \"2\"\n"
    );
}

#[test]
fn a_text_with_different_labels_is_counted_and_told() {
    assert_eq!(
        notes("t.csv", &(GOOD.to_owned() + "7,they agreed  to talks. ,con\n8,It rained on Monday.,none\n")),
        "t.csv: 1 text in 2 rows has different labels, the first has the ids \"1\" and \"7\"; \
         such rows stay in one fold\n"
    );
}

#[test]
fn a_table_without_rows_or_without_anything_is_refused() {
    for (table, message) in [
        ("", "t.csv: expected a header and at least one row, found an empty file"),
        ("\u{feff}", "t.csv: expected a header and at least one row, found an empty file"),
        ("\n\r\n", "t.csv: expected a header and at least one row, found an empty file"),
        ("text,stance\n", "t.csv: expected at least one row under the header, found the header alone"),
    ] {
        assert_eq!(complaint("t.csv", table), message, "{table:?}");
    }
}

#[test]
fn a_line_of_five_megabytes_and_a_word_of_a_hundred_thousand_letters_are_texts() {
    let table = format!("{GOOD}7,{},favor\n8,{},con\n", "yes ".repeat(1_300_000), "y".repeat(100_000));
    assert_eq!(trained("t.csv", &table).stderr, "");
    let run = scored("t.csv", &table);
    assert_eq!((run.code, run.stdout.lines().count(), run.stderr.as_str()), (Some(0), 9, ""));
}

/// A million cells of a few kilobytes: the places where they end are what takes memory.
#[test]
#[cfg(target_os = "linux")]
fn rows_of_many_keys_and_few_bytes_take_little_memory() {
    let folder = Folder::furnished();
    let keys: String = (0..20_000).map(|i| format!(",\"k{i}\":0")).collect();
    folder.write("wide.jsonl", format!("{{\"text\":\"They agreed.\"{keys}}}\n{}", "{}\n".repeat(1_100)));
    let program = env!("CARGO_BIN_EXE_demarche");
    let args = "classify wide.jsonl --text text --model stance.model --threads 1 --format jsonl -o out";
    let script = format!("ulimit -v 120000; exec '{program}' {args}");
    let run = Run::of(assert_cmd::Command::new("sh").args(["-c", &script]).current_dir(folder.path(".")));
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), "wide.jsonl: 1100 of 1101 texts are empty\n"));
}
