//! Bugs that were found and fixed, one test each. A test comes here before its fix and stays.

use std::process::{Command, Stdio};

use crate::support::{Folder, demarche, fixture};

#[test]
fn a_reader_that_goes_away_is_no_failure_in_any_format() {
    let folder = Folder::furnished();
    // More than a pipe holds, so that the program must notice.
    let rows: String = fixture("talks.csv").lines().skip(1).map(|l| format!("{l}\n")).collect();
    let header = fixture("talks.csv").lines().next().unwrap().to_owned();
    folder.write("long.csv", format!("{header}\n{}", rows.repeat(40)));
    for format in ["csv", "jsonl", "json", "table", "md"] {
        let mut child = Command::new(demarche().get_program())
            .current_dir(folder.path(""))
            .args(["classify", "long.csv", "--model", "stance.model", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            (output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()),
            (Some(0), ""),
            "{format}"
        );
    }
}

#[test]
fn the_operating_system_is_quoted_once() {
    let folder = Folder::furnished();
    for args in
        ["train gone -o m", "inspect gone", "evaluate gone", "classify gone", "classify gone --text text"]
    {
        assert_eq!(
            folder.run(args).complaint(),
            "error: gone: No such file or directory (os error 2)\n",
            "{args}"
        );
    }
}

#[test]
fn spellings_of_one_label_are_one_class() {
    let folder = Folder::empty();
    folder.write(
        "one.csv",
        "text,stance\nWe agree.,pro\nWe do agree.,favour\nThey agree.,pro\nAll agree.,favor\n",
    );
    let complaint = folder.run("train one.csv -o m").complaint();
    assert!(complaint.contains("expected 2 to 4096 different, non-empty label names"), "{complaint}");
}

#[test]
fn a_single_label_is_told_with_its_file_and_column() {
    let folder = Folder::empty();
    folder.write("one.csv", "text,stance\nWe agree.,pro\nThey agree.,pro\n");
    assert_eq!(
        folder.run("train one.csv -o m").complaint(),
        "error: one.csv: column \"stance\": expected two or more different labels, found \"pro\" in every row\n"
    );
}
