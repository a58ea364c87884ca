//! Tables and their labels: spelling, numbers, strangers, one alone.

use crate::tables::{GOOD, complaint, notes, trained};

#[test]
fn case_spaces_and_aliases_of_a_label_do_not_matter() {
    let table = GOOD.replace(",favor", ", FAVOUR ").replace(",con\n", ",Anti\n");
    let run = trained("t.csv", &table);
    assert!(run.stdout.contains("6 rows (against 2, neutral 2, favor 2)"), "{run:?}");
    assert_eq!(run.stderr, "");
}

#[test]
fn labels_of_ones_own_that_differ_in_case_alone_are_one() {
    let run = trained(
        "t.csv",
        "text,stance\nThey met.,Yes\nThey met again.,no\nThey ate.,yes\nThey ate again.,NO \n",
    );
    assert!(run.stdout.contains("4 rows (NO 2, Yes 2)"), "{run:?}");
}

#[test]
fn numeric_labels_are_classes_without_a_score() {
    let table = "text,stance\nThey met.,-1\nThey met again.,0\nThey ate.,1\nThey ate again.,1\n";
    let run = trained("t.csv", table);
    assert!(run.stdout.contains("4 rows (-1 1, 0 1, 1 2)"), "{run:?}");
    assert_eq!(run.stderr, "");
}

#[test]
fn a_label_that_is_none_of_a_model_is_named_with_its_line() {
    let folder = crate::support::Folder::furnished();
    folder.write("t.csv", GOOD.replacen("against", "agianst", 1));
    assert_eq!(
        folder.run("evaluate t.csv --model stance.model").complaint(),
        "error: t.csv:3: column \"stance\": unknown label \"agianst\" (known: against, neutral, favor)\n"
    );
}

#[test]
fn a_label_beside_those_of_stance_is_told_since_it_costs_the_score() {
    assert_eq!(
        notes("t.csv", GOOD.replacen("against", "agianst", 1)),
        "t.csv: line 3, column \"stance\": \"agianst\" is none of against, neutral, favor; \
         all labels are taken as they are written, without a score\n"
    );
}

#[test]
fn an_empty_label_is_named_with_its_line() {
    assert_eq!(
        complaint("t.csv", "text,stance\na,favor\nb, \n"),
        "t.csv:3: column \"stance\": expected a label, found an empty cell"
    );
}

#[test]
fn one_class_or_one_row_is_refused() {
    for table in ["text,stance\na,pro\n", "text,stance\na,pro\nb,pro\n"] {
        assert_eq!(
            complaint("t.csv", table),
            "t.csv: column \"stance\": expected two or more different labels, found \"pro\" in every row"
        );
    }
    let two_names = "text,stance\na,pro\nb,favor\n";
    assert_eq!(
        complaint("t.csv", two_names),
        "parameter `labels`: expected 2 to 4096 different, non-empty label names, found 1 (\"favor\")"
    );
}

#[test]
fn texts_in_the_column_of_labels_are_not_all_printed() {
    let rows: String = (0..5000).map(|n| format!("a,{n} {}\n", "long ".repeat(40))).collect();
    let message = complaint("t.csv", format!("text,stance\n{rows}"));
    assert!(message.starts_with(
        "parameter `labels`: expected 2 to 4096 different, non-empty label names, found 5000 (\"0 long"
    ));
    assert!(message.len() < 400, "{message}");
}
