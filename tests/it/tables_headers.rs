//! Tables and their headers: columns that are missing, misspelt, doubled or spelt in another way.

use crate::tables::{GOOD, complaint, notes, scored};

#[test]
fn a_misspelt_column_is_answered_with_the_nearest_one() {
    assert_eq!(
        complaint("t.csv", GOOD.replace("stance", "stanse")),
        "t.csv:1: column \"stance\": expected a column of this name, found the columns id, text, stanse (did you mean \"stanse\"?)"
    );
}

#[test]
fn a_missing_column_is_answered_with_those_that_are_there() {
    assert_eq!(
        complaint("t.csv", "number,body\n1,They agreed.\n"),
        "t.csv:1: column \"text\": expected a column of this name, found the columns number, body"
    );
}

#[test]
fn a_table_without_header_is_asked_for_one() {
    let rows = GOOD.split_once('\n').unwrap().1;
    assert_eq!(
        complaint("t.csv", rows),
        "t.csv:1: column \"text\": expected a column of this name, found the columns 1, They agreed to talks., favor \
         (is the line with the names of the columns missing?)"
    );
}

#[test]
fn case_and_spaces_of_a_header_do_not_matter_and_stay_as_they_are() {
    let table = GOOD.replace("id,text,stance", " ID , Text ,STANCE ");
    assert_eq!(notes("t.csv", &table), "");
    assert!(scored("t.csv", &table).stdout.starts_with(" ID , Text ,STANCE ,stance,stance_score,"));
}

#[test]
fn a_doubled_column_is_refused_with_both_places() {
    assert_eq!(
        complaint("t.csv", "text,stance,text\na,favor,b\n"),
        "t.csv:1: column \"text\": expected one column of this name, found it as column 1 and again as column 3"
    );
}

#[test]
fn columns_without_names_as_spreadsheets_leave_them_are_carried_along() {
    let table = GOOD.replace('\n', ",,\n");
    assert_eq!(notes("t.csv", &table), "");
    assert!(scored("t.csv", &table).stdout.starts_with("id,text,stance,,,predicted_stance,"));
}

#[test]
fn a_header_of_a_million_columns_is_read_and_listed_in_a_line() {
    let names: Vec<String> = (0..1_000_000).map(|n| format!("c{n}")).collect();
    let table = format!("{}\n{}\n", names.join(","), ",".repeat(999_999));
    assert_eq!(
        complaint("t.csv", &table),
        "t.csv:1: column \"text\": expected a column of this name, found the columns c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, \
         c11, c12, c13, c14, c15, c16, c17, c18, c19 and 999980 more"
    );
}
