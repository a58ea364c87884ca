//! CSV and its relatives (RFC 4180, any one-byte delimiter), as table rows.
//!
//! Comes in: decoded bytes and a delimiter. Goes out: records of the header's width with the line they start
//! on.

use std::io::Read;

use csv::{ErrorKind, ReaderBuilder, StringRecord};

use super::columns::Columns;
use super::input::Lines;
use crate::error::{Error, Place, Result};

/// A reader of delimited rows.
pub(super) struct Delimited<R> {
    reader: csv::Reader<Lines<R>>,
    delimiter: u8,
}

impl<R: Read> Delimited<R> {
    /// Reads the header. `None` if there is none.
    pub(super) fn new(input: R, delimiter: u8, file: &str) -> Result<Option<(Self, Columns)>> {
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(64 * 1024)
            .from_reader(Lines::new(input, file, delimiter));
        let mut rows = Delimited { reader, delimiter };
        let mut record = StringRecord::new();
        let Some(line) = rows.record(file, &mut record)? else { return Ok(None) };
        let columns = Columns::new(file, line, record.iter().map(str::to_owned).collect())?;
        Ok(Some((rows, columns)))
    }

    /// Reads one row into `record` and returns its line, or `None` at the end.
    pub(super) fn read(&mut self, columns: &Columns, record: &mut StringRecord) -> Result<Option<u64>> {
        let file = columns.file();
        let Some(line) = self.record(file, record)? else { return Ok(None) };
        let width = columns.names().len();
        if record.len() != width {
            let delimiter = match self.delimiter {
                b'\t' => "a tab".to_owned(),
                other => format!("`{}`", char::from(other)),
            };
            return Err(Error::table(
                Place::file(file).line(line),
                format!("{width} fields as in the header (a text with {delimiter} in it needs quotes)"),
                record.len().to_string(),
            ));
        }
        Ok(Some(line))
    }

    /// The stream below.
    pub(super) fn get_ref(&self) -> &R {
        self.reader.get_ref().get_ref()
    }

    /// Reads a record of any width.
    fn record(&mut self, file: &str, record: &mut StringRecord) -> Result<Option<u64>> {
        let from = self.reader.position().byte();
        self.reader.get_mut().begin_row(from);
        let outcome = self.reader.read_record(record);
        let line = self.reader.get_mut().line_of_row_after(from);
        let is_record = outcome.map_err(|e| refuse(e, file, line))?;
        Ok(line.filter(|_| is_record))
    }
}

/// Says what the parser would not read; widths are not its business here.
fn refuse(error: csv::Error, file: &str, line: Option<u64>) -> Error {
    let text = error.to_string();
    match error.into_kind() {
        ErrorKind::Io(source) => Error::read(file, source),
        _ => Error::table(Place { line, ..Place::file(file) }, "a row", text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8]) -> Result<Vec<(u64, Vec<String>)>> {
        let (mut input, columns) = Delimited::new(bytes, b',', "t.csv")?.unwrap();
        let (mut record, mut rows) = (StringRecord::new(), Vec::new());
        while let Some(line) = input.read(&columns, &mut record)? {
            rows.push((line, record.iter().map(str::to_owned).collect()));
        }
        Ok(rows)
    }

    fn message(bytes: &[u8]) -> String {
        rows(bytes).unwrap_err().to_string()
    }

    #[test]
    fn a_row_is_known_by_the_line_it_starts_on() {
        for end in ["\n", "\r\n", "\r"] {
            let lines = ["id,text", "", "1,\"a", "", "b\"", "2,\"c \"\"d\"\"\"", "", "3,"];
            let found = rows(lines.join(end).as_bytes()).unwrap();
            assert_eq!(found.iter().map(|r| r.0).collect::<Vec<_>>(), [3, 6, 8], "{end:?}");
            assert_eq!(found[0].1[1], ["a", "", "b"].join(end));
            assert_eq!(found[1].1[1], "c \"d\"");
        }
    }

    #[test]
    fn a_row_of_another_width_is_named() {
        assert_eq!(
            message(b"id,text\n1,a\n\n2,b,c\n"),
            "t.csv:4: expected 2 fields as in the header (a text with `,` in it needs quotes), found 3"
        );
    }

    #[test]
    fn a_quotation_mark_must_close_even_in_the_last_cell() {
        let open = "expected a closing quotation mark, found none to the end of the file";
        for text in ["id,text\n1,\"a\n2,b\n", "id,text\n1,\"a", "id,text\n1,\"a\n"] {
            assert_eq!(message(text.as_bytes()), format!("t.csv:2: {open}"), "{text}");
        }
        assert_eq!(message(b"id,text\n\"1\n\",\"a\n"), format!("t.csv:3: {open}"));
        for text in ["id,text\n1,\"a\"", "id,text\n1,\"a\n\"", "id,text\n1,\"a\"\r\n\r\n", "id,text\n1,a \"b"]
        {
            assert_eq!(rows(text.as_bytes()).map(|r| r.len()).unwrap(), 1, "{text}");
        }
    }

    #[test]
    fn a_quotation_mark_that_swallows_rows_is_named_where_it_opens() {
        let swallowed = "expected a closing quotation mark at the end of its cell, found text behind it (a quotation mark in a quoted text is written twice)";
        for (text, line) in [
            ("id,text\n1,\"a\n2,b\n3,\"c\n4,d\n", 2),
            ("id,text\n1,a\n2,\"They\" agreed\n", 3),
            ("id,text\n1,\"a \"\" b\"c\n", 2),
        ] {
            assert_eq!(message(text.as_bytes()), format!("t.csv:{line}: {swallowed}"), "{text}");
        }
        assert_eq!(rows(b"id,text\n1,\"a \"\"b\"\" c\"\n2,\"\"\n3,\"d\" \n").unwrap().len(), 3);
    }
}
