//! Batches as rows.

use std::fmt::Write;
use std::io::Read;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use csv::StringRecord;

use super::{Batches, Texts};
use crate::error::{Error, Place, Result};

/// Rows whose cells are spelt together.
const PART_ROWS: usize = 1024;

/// The rows of a table in columns; their lines are their 1-based numbers.
pub(in crate::corpus) struct BatchRows<R> {
    batches: Batches<R>,
    batch: Option<RecordBatch>,
    /// Rows of the batch before the part, and of the part those read.
    n_before: usize,
    n_read: usize,
    part: Vec<Texts>,
    n_part: usize,
    line: u64,
}

impl<R: Read> BatchRows<R> {
    pub(in crate::corpus) fn new(batches: Batches<R>) -> Self {
        BatchRows { batches, batch: None, n_before: 0, n_read: 0, part: Vec::new(), n_part: 0, line: 0 }
    }

    pub(in crate::corpus) fn batches(&self) -> &Batches<R> {
        &self.batches
    }

    pub(in crate::corpus) fn batches_mut(&mut self) -> &mut Batches<R> {
        &mut self.batches
    }

    /// Reads one row into `record` and returns its line, or `None` at the end.
    pub(in crate::corpus) fn read(&mut self, record: &mut StringRecord) -> Result<Option<u64>> {
        while self.n_read == self.n_part {
            if !self.next_part()? {
                return Ok(None);
            }
        }
        record.clear();
        self.part.iter().for_each(|cells| record.push_field(cells.get(self.n_read).unwrap_or("")));
        self.n_read += 1;
        self.line += 1;
        Ok(Some(self.line))
    }

    /// Spells the next rows; `false` at the end of the table.
    fn next_part(&mut self) -> Result<bool> {
        self.n_before += self.n_part;
        (self.n_read, self.n_part) = (0, 0);
        let batch = match self.batch.take().filter(|batch| batch.num_rows() > self.n_before) {
            Some(batch) => batch,
            None => {
                self.n_before = 0;
                let Some(batch) = self.batches.read()? else { return Ok(false) };
                batch
            }
        };
        let n = PART_ROWS.min(batch.num_rows() - self.n_before);
        let part = batch.slice(self.n_before, n);
        let texts = |(at, column): (usize, &ArrayRef)| {
            spelt(column).map_err(|reason| {
                let place = Place::file(&self.batches.file).line(self.line + 1);
                let place = place.column(batch.schema_ref().field(at).name());
                Error::table(place, "cells that can be written as text", reason)
            })
        };
        self.part = part.columns().iter().enumerate().map(texts).collect::<Result<_>>()?;
        (self.n_part, self.batch) = (n, Some(batch));
        Ok(true)
    }
}

/// The cells of a column as text: strings as they are, missing ones empty, others as Arrow writes them.
fn spelt(column: &ArrayRef) -> std::result::Result<Texts, String> {
    if let Some(texts) = Texts::of(column) {
        return Ok(texts);
    }
    let options = FormatOptions::default();
    let spelling = ArrayFormatter::try_new(column, &options).map_err(|e| e.to_string())?;
    let mut cells = StringBuilder::new();
    for row in 0..column.len() {
        if column.is_valid(row) {
            write!(cells, "{}", spelling.value(row))
                .map_err(|_| format!("a value of {}", column.data_type()))?;
        }
        cells.append_value("");
    }
    let cells: ArrayRef = std::sync::Arc::new(cells.finish());
    Texts::of(&cells).ok_or_else(|| "no strings".to_owned())
}
