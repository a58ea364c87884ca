//! A table with columns added on the right.
//!
//! Comes in: a header, names of new columns, rows with their new cells. Goes out: CSV with the delimiter
//! asked for. Input columns and their order are never touched; a new name that is taken gives way.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{self, Write};

use csv::StringRecord;

use crate::error::{Error, Result};

/// How cells are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Cells {
    /// As they are: the table that a program reads back is the one that was written.
    #[default]
    Plain,
    /// For spreadsheets, which run a cell that begins like a formula: `'` stands before such a cell, unless it is a number.
    ExcelSafe,
}

impl Cells {
    /// The cell as it is written.
    pub fn of(self, cell: &str) -> Cow<'_, str> {
        let is_formula = || {
            let first = cell.trim_start_matches([' ', '\u{a0}', '\u{feff}']).chars().next();
            // The last four are the wide forms, which East Asian settings take for the others.
            first.is_some_and(|c| "=+-@\t\r\n|%＝＋－＠".contains(c)) && !is_number(cell)
        };
        match self {
            Cells::ExcelSafe if is_formula() => Cow::Owned(format!("'{cell}")),
            _ => Cow::Borrowed(cell),
        }
    }
}

/// Digits with a sign and a point, perhaps.
fn is_number(cell: &str) -> bool {
    cell.bytes().all(|b| matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'))
        && cell.parse::<f64>().is_ok()
}

/// Writes the rows of a table, each followed by new cells.
pub struct TableWriter<W: Write> {
    inner: csv::Writer<W>,
    cells: Cells,
    place: String,
    n_columns: usize,
    n_added: usize,
}

impl<W: Write> TableWriter<W> {
    /// Writes the header: `columns`, then `added` with clashes resolved by [`free_names`]. `place` names the
    /// output in messages.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn new(
        output: W,
        place: impl Into<String>,
        delimiter: u8,
        columns: &[String],
        added: &[String],
        cells: Cells,
    ) -> Result<Self> {
        let widths = (columns.len(), added.len());
        let mut writer = Self::of_rows(output, place, delimiter, widths, cells);
        let names = free_names(columns, added);
        writer.line(columns.iter().chain(&names).map(String::as_str))?;
        Ok(writer)
    }

    /// Writes rows alone, of so many columns and so many new ones: a part of a table whose header is elsewhere.
    pub fn of_rows(
        output: W,
        place: impl Into<String>,
        delimiter: u8,
        (n_columns, n_added): (usize, usize),
        cells: Cells,
    ) -> Self {
        let inner = csv::WriterBuilder::new().delimiter(delimiter).from_writer(output);
        TableWriter { inner, cells, place: place.into(), n_columns, n_added }
    }

    /// Writes one row; without `added`, its new cells are empty.
    ///
    /// # Errors
    /// [`Error::Io`].
    /// # Panics
    /// If `record` or `added` have another width than the header.
    pub fn write(&mut self, record: &StringRecord, added: &StringRecord) -> Result<()> {
        assert_eq!(record.len(), self.n_columns, "cells of the row against columns of the table");
        if added.is_empty() {
            return self.line(record.iter().chain(std::iter::repeat_n("", self.n_added)));
        }
        assert_eq!(added.len(), self.n_added, "new cells against new columns");
        self.line(record.iter().chain(added))
    }

    /// Writes what is buffered and gives the output back.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn finish(self) -> Result<W> {
        self.inner.into_inner().map_err(|e| Error::io(&self.place, e.into_error()))
    }

    fn line<'c>(&mut self, cells: impl Iterator<Item = &'c str>) -> Result<()> {
        let how = self.cells;
        for cell in cells {
            self.inner.write_field(how.of(cell).as_bytes()).map_err(|e| Error::io(&self.place, cause(e)))?;
        }
        self.inner.write_record(None::<&[u8]>).map_err(|e| Error::io(&self.place, cause(e)))
    }
}

/// What the operating system said, with its kind: a closed pipe must be known as one.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(cause) => cause,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// The names under which `added` may join `taken`: as they are where free, else `predicted_` before them, and
/// a number behind them where that is taken too. Case tells no names apart, as it does not for Spark and DuckDB.
pub fn free_names(taken: &[String], added: &[String]) -> Vec<String> {
    let mut taken: HashSet<String> = taken.iter().map(|name| name.to_lowercase()).collect();
    let mut names: Vec<String> = Vec::with_capacity(added.len());
    for name in added {
        let is_free = |candidate: &String| !taken.contains(&candidate.to_lowercase());
        let predicted = format!("predicted_{name}");
        let numbered = (2u64..).map(|n| format!("{predicted}_{n}"));
        let free = [name.clone(), predicted.clone()].into_iter().chain(numbered).find(is_free);
        let free = free.expect("a table has fewer columns than there are numbers");
        taken.insert(free.to_lowercase());
        names.push(free);
    }
    names
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::{Table, TableReader};

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&n| n.to_owned()).collect()
    }

    #[test]
    fn a_taken_name_gives_way_to_the_column_that_was_there() {
        let added = names(&["stance", "stance_score"]);
        assert_eq!(free_names(&names(&["id", "stance"]), &added), ["predicted_stance", "stance_score"]);
        let taken = names(&["stance", "predicted_stance"]);
        assert_eq!(free_names(&taken, &added[..1]), ["predicted_stance_2"]);
        assert_eq!(free_names(&names(&["Stance"]), &added), ["predicted_stance", "stance_score"]);
    }

    #[test]
    fn cells_that_a_spreadsheet_would_run_are_guarded_and_numbers_are_not() {
        for cell in [
            "=1+1",
            "+cmd",
            "-cmd|' /C calc'!A0",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            " =1",
            "＝1",
            "-",
            "-1-1",
            "+-",
            "-inf",
        ] {
            assert_eq!(Cells::ExcelSafe.of(cell), format!("'{cell}"));
            assert_eq!(Cells::Plain.of(cell), cell);
        }
        for cell in ["", "-0.0042", "+1", "1e-9", "a=b", "They agreed.", "'=1"] {
            assert_eq!(Cells::ExcelSafe.of(cell), cell);
        }
    }

    #[test]
    fn a_row_without_answers_has_empty_new_cells() {
        let (columns, added) = (names(&["text"]), names(&["stance", "stance_score"]));
        let mut writer =
            TableWriter::new(Vec::new(), "out", b',', &columns, &added, Cells::ExcelSafe).unwrap();
        writer.write(&StringRecord::from(vec!["=1"]), &StringRecord::new()).unwrap();
        let text = String::from_utf8(writer.finish().unwrap()).unwrap();
        assert_eq!(text, "text,stance,stance_score\n'=1,,\n");
    }

    #[test]
    fn cells_are_quoted_where_the_delimiter_asks_for_it() {
        let mut writer = TableWriter::new(
            Vec::new(),
            "out",
            b';',
            &names(&["id", "text"]),
            &names(&["stance"]),
            Cells::Plain,
        )
        .unwrap();
        let record = StringRecord::from(vec!["1", "yes; \"now\", they say"]);
        writer.write(&record, &StringRecord::from(vec!["favor"])).unwrap();
        let text = String::from_utf8(writer.finish().unwrap()).unwrap();
        assert_eq!(text, "id;text;stance\n1;\"yes; \"\"now\"\", they say\";favor\n");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(rows in prop::collection::vec(["[aé,;|\"\r\n\t ]{0,6}", "[a\"\n]{0,3}"], 1..6)) {
            let mut writer =
                TableWriter::new(Vec::new(), "out", b',', &names(&["text"]), &names(&["stance"]), Cells::Plain).unwrap();
            for [text, stance] in &rows {
                writer.write(&StringRecord::from(vec![text]), &StringRecord::from(vec![stance])).unwrap();
            }
            let bytes = writer.finish().unwrap();
            let table = Table::read(TableReader::new(bytes.as_slice(), "out").unwrap()).unwrap();
            for (row, cells) in table.rows.iter().zip(&rows) {
                prop_assert_eq!(&row.record, &StringRecord::from(cells.to_vec()));
            }
            prop_assert_eq!(table.rows.len(), rows.len());
        }
    }
}
