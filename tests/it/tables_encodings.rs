//! Tables and their bytes: encodings that are read and said so, and bytes that are no text.

use crate::tables::{GOOD, complaint, notes, scored, trained};

const CAFES: &str = "id,text,stance\n1,The caf\u{e9}s agreed \u{2013} \u{201c}at last\u{201d}.,favor\n2,The caf\u{e9}s refused.,con\n";

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

fn windows_1252(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
}

#[test]
fn utf16_with_a_byte_order_mark_is_read_and_said_so() {
    let expected = scored("t.csv", CAFES).stdout;
    let marked = format!("\u{feff}{CAFES}");
    for (bytes, name) in
        [(utf16(&marked, u16::to_le_bytes), "UTF-16LE"), (utf16(&marked, u16::to_be_bytes), "UTF-16BE")]
    {
        let run = scored("t.csv", &bytes);
        assert_eq!((run.stdout, run.stderr), (expected.clone(), format!("t.csv: read as {name}\n")));
        assert_eq!(notes("t.csv", &bytes), format!("t.csv: read as {name}\n"));
    }
}

#[test]
fn windows_1252_is_read_and_said_so() {
    let run = scored("t.csv", windows_1252(CAFES));
    assert_eq!(run.stdout, scored("t.csv", CAFES).stdout);
    assert_eq!(run.stderr, "t.csv: not UTF-8, read as windows-1252\n");
    assert_eq!(notes("t.csv", windows_1252(CAFES)), "t.csv: not UTF-8, read as windows-1252\n");
    let line = "{\"text\": \"The caf\u{e9}s agreed.\"}\n";
    assert_eq!(scored("t.jsonl", windows_1252(line)).stderr, "t.jsonl: not UTF-8, read as windows-1252\n");
}

#[test]
fn windows_1252_far_behind_the_first_lines_is_read_too() {
    let rows = "5,They agreed to talks and then to more talks.,favor\n".repeat(4000);
    let table = [GOOD.as_bytes(), rows.as_bytes(), b"6,The caf\xe9s refused.,con\n"].concat();
    let run = scored("t.csv", table);
    assert!(run.stdout.contains("\n6,The cafés refused.,con,"));
    assert_eq!(run.stderr, "t.csv: not UTF-8, read as windows-1252\n");
}

#[test]
fn a_byte_order_mark_is_not_part_of_the_first_column() {
    assert_eq!(scored("t.csv", format!("\u{feff}{CAFES}")).stdout, scored("t.csv", CAFES).stdout);
}

#[test]
fn mixed_encodings_are_refused_with_the_line_where_the_second_begins() {
    assert_eq!(
        complaint("t.csv", [CAFES.as_bytes(), b"3,The caf\xe9s closed.,none\n"].concat()),
        "t.csv:4: expected UTF-8 as before, found byte 0xe9 (mixed encodings: save the file as UTF-8)"
    );
    assert_eq!(
        complaint("t.csv", [windows_1252(CAFES), "3,The caf\u{e9}s closed.,none\n".into()].concat()),
        "t.csv:4: expected windows-1252 as before, found UTF-8 (mixed encodings: save the file as UTF-8)"
    );
}

#[test]
fn bytes_of_no_encoding_are_refused() {
    for (table, message) in [
        (
            GOOD.replace("Monday", "Mon\0day").into_bytes(),
            "t.csv:6: expected text, found binary data (byte 0x00)",
        ),
        (
            utf16(GOOD, u16::to_le_bytes),
            "t.csv:1: expected text, found UTF-16 without a byte order mark (save the file as UTF-8)",
        ),
        (
            [GOOD.as_bytes(), b"7,\x81\x8d,favor\n"].concat(),
            "t.csv:8: expected UTF-8 or windows-1252 text, found byte 0x81 (save the file as UTF-8)",
        ),
        (
            [b"\xff\xfe".to_vec(), utf16("id,text", u16::to_le_bytes), vec![0, 0xd8]].concat(),
            "t.csv:1: expected UTF-16LE, found half a character",
        ),
    ] {
        assert_eq!(complaint("t.csv", table), message);
    }
}

#[test]
fn a_replacement_character_is_only_what_the_file_itself_holds() {
    let run = trained("t.csv", GOOD.replace("Monday", "Mon\u{fffd}day"));
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
}
