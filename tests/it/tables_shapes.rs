//! Tables and how they are written: separators, quotation marks, line ends, rows of another width.

use crate::support::Folder;
use crate::tables::{GOOD, complaint, notes, scored};

#[test]
fn commas_semicolons_tabs_and_bars_say_the_same() {
    let expected = scored("t.csv", GOOD).stdout;
    for mark in [";", "\t", "|"] {
        for name in ["t.csv", "t.tsv", "t"] {
            let run = scored(name, GOOD.replace(',', mark));
            assert_eq!(run.stdout.replace(mark, ","), expected, "{name} {mark:?}");
        }
    }
}

#[test]
fn line_ends_of_every_system_say_the_same() {
    let expected = scored("t.csv", GOOD).stdout;
    for end in ["\r\n", "\r"] {
        assert_eq!(scored("t.csv", GOOD.replace('\n', end)).stdout, expected, "{end:?}");
    }
}

#[test]
fn a_quoted_text_may_hold_line_ends_and_separators() {
    let table = GOOD.replace("They agreed to talks.", "\"They \"\"agreed\"\"\r\nto, talks;\n\"");
    assert_eq!(notes("t.csv", &table), "");
    assert!(scored("t.csv", &table).stdout.contains("1,\"They \"\"agreed\"\"\r\nto, talks;\n\",favor,"));
}

#[test]
fn a_row_of_another_width_is_named() {
    for (row, n) in [("7,a", 2), ("7,a,favor,b", 4), ("7", 1)] {
        assert_eq!(
            complaint("t.csv", format!("{GOOD}{row}\n")),
            format!(
                "t.csv:8: expected 3 fields as in the header (a text with `,` in it needs quotes), found {n}"
            )
        );
    }
}

#[test]
fn a_quotation_mark_that_never_closes_is_named_by_the_line_where_it_opens() {
    assert_eq!(
        complaint("t.csv", GOOD.replace("4,We", "4,\"We")),
        "t.csv:5: expected a closing quotation mark, found none to the end of the file"
    );
}

#[test]
fn a_quotation_mark_that_swallows_rows_is_named_by_the_line_where_it_opens() {
    assert_eq!(
        complaint("t.csv", GOOD.replace("2,They", "2,\"They").replace("4,We", "4,\"We")),
        "t.csv:3: expected a closing quotation mark at the end of its cell, found text behind it (a quotation mark in a quoted text is written twice)"
    );
}

#[test]
fn quotation_marks_inside_a_text_that_is_not_quoted_are_text() {
    let table = GOOD.replace("They agreed to talks.", "They \"agreed\" to talks.");
    assert_eq!(notes("t.csv", &table), "");
    assert!(scored("t.csv", &table).stdout.contains("\n1,\"They \"\"agreed\"\" to talks.\",favor,"));
}

#[test]
fn what_is_taken_for_a_table_is_told_by_what_it_is() {
    for (bytes, found) in [
        (&b"PK\x03\x04\x14\0\x06\0"[..], "an Excel workbook or another zip archive (save the table as CSV)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (save the table as CSV)"),
        (b"%PDF-1.4\n", "a PDF file"),
        (b"BZh91AY&SY\0", "bzip2 data (gzip and zstd are unpacked)"),
        (b"\xfd7zXZ\0\0", "xz data (gzip and zstd are unpacked)"),
    ] {
        assert_eq!(complaint("t.csv", bytes), format!("t.csv:1: expected text, found {found}"));
    }
    let array = "[{\"text\": \"a\", \"stance\": \"pro\"}]";
    let folder = Folder::furnished();
    folder.write("t.json", array);
    assert_eq!(
        folder.run("classify t.json --model stance.model").complaint(),
        "error: t.json: expected one JSON object a line, found a JSON array\n"
    );
    assert_eq!(complaint("t.json", array), "t.json: expected one JSON object a line, found a JSON array");
}
