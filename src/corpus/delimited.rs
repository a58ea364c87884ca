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
            .from_reader(Lines::new(input));
        let mut rows = Delimited { reader, delimiter };
        let mut record = StringRecord::new();
        let Some(line) = rows.record(file, None, &mut record)? else { return Ok(None) };
        let columns = Columns::new(file, line, record.iter().map(str::to_owned).collect())?;
        Ok(Some((rows, columns)))
    }

    /// Reads one row into `record` and returns its line, or `None` at the end.
    pub(super) fn read(&mut self, columns: &Columns, record: &mut StringRecord) -> Result<Option<u64>> {
        let file = columns.file();
        let Some(line) = self.record(file, Some(columns), record)? else { return Ok(None) };
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

    /// Reads a record of any width.
    fn record(
        &mut self,
        file: &str,
        columns: Option<&Columns>,
        record: &mut StringRecord,
    ) -> Result<Option<u64>> {
        let from = self.reader.position().byte();
        let outcome = self.reader.read_record(record);
        let to = self.reader.position().byte();
        let line = self.reader.get_mut().line_of_row_after(from);
        let is_record = outcome.map_err(|e| refuse(e, file, line, columns))?;
        let (true, Some(line)) = (is_record, line) else { return Ok(None) };
        if self.reader.get_ref().is_past_end(to) {
            let place = Place::file(file).line(line);
            return Err(Error::table(place, "a closing quotation mark", "none to the end of the file"));
        }
        Ok(Some(line))
    }
}

/// Says what the parser would not read; widths are not its business here.
fn refuse(error: csv::Error, file: &str, line: Option<u64>, columns: Option<&Columns>) -> Error {
    let mut place = Place::file(file);
    place.line = line;
    let text = error.to_string();
    match error.into_kind() {
        ErrorKind::Io(source) => Error::io(file, source),
        ErrorKind::Utf8 { err, .. } => {
            place.column = match columns {
                Some(columns) => columns.names().get(err.field()).cloned(),
                None => Some((err.field() + 1).to_string()),
            };
            let found = format!("other bytes at byte {} (save the file as UTF-8)", err.valid_up_to() + 1);
            Error::table(place, "UTF-8 text", found)
        }
        _ => Error::table(place, "a row", text),
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
        let open = "t.csv:2: expected a closing quotation mark, found none to the end of the file";
        for text in ["id,text\n1,\"a\n2,b\n", "id,text\n1,\"a", "id,text\n1,\"a\n"] {
            assert_eq!(message(text.as_bytes()), open, "{text}");
        }
        for text in ["id,text\n1,\"a\"", "id,text\n1,\"a\n\"", "id,text\n1,\"a\"\r\n\r\n", "id,text\n1,\0"] {
            assert_eq!(rows(text.as_bytes()).map(|r| r.len()).unwrap(), 1, "{text}");
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_are_named() {
        assert_eq!(
            message(b"id,text\n1,a\n2,caf\xe9\n"),
            "t.csv:3: column \"text\": expected UTF-8 text, found other bytes at byte 4 (save the file as UTF-8)"
        );
        assert!(Delimited::new(&b"id,\xe9\n"[..], b',', "t.csv").is_err());
    }
}
