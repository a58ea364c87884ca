//! Rows as batches: a table of text cells becomes one of string columns.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use csv::StringRecord;

use super::BATCH_ROWS;
use crate::corpus::Columns;

/// Bytes of cells after which a batch takes no further row.
const BATCH_BYTES: usize = 16 << 20;

/// One string column for each column of the table.
pub(in crate::corpus) fn schema(columns: &Columns) -> SchemaRef {
    let field = |name: &String| Field::new(name, DataType::Utf8, true);
    Arc::new(Schema::new(columns.names().iter().map(field).collect::<Vec<_>>()))
}

/// A batch that rows are added to.
pub(in crate::corpus) struct BatchOfRows {
    cells: Vec<StringBuilder>,
    n_rows: usize,
    n_bytes: usize,
}

impl BatchOfRows {
    pub(in crate::corpus) fn new(n_columns: usize) -> Self {
        let cells = std::iter::repeat_with(StringBuilder::new).take(n_columns).collect();
        BatchOfRows { cells, n_rows: 0, n_bytes: 0 }
    }

    pub(in crate::corpus) fn is_full(&self) -> bool {
        self.n_rows >= BATCH_ROWS || self.n_bytes >= BATCH_BYTES
    }

    pub(in crate::corpus) fn push(&mut self, record: &StringRecord) {
        self.cells.iter_mut().zip(record).for_each(|(column, cell)| column.append_value(cell));
        self.n_rows += 1;
        self.n_bytes += record.as_slice().len();
    }

    /// What was added; `None` if that is nothing.
    pub(in crate::corpus) fn finish(mut self, schema: SchemaRef) -> Option<RecordBatch> {
        let columns: Vec<ArrayRef> =
            self.cells.iter_mut().map(|c| Arc::new(c.finish()) as ArrayRef).collect();
        let options = RecordBatchOptions::new().with_row_count(Some(self.n_rows));
        let batch = RecordBatch::try_new_with_options(schema, columns, &options);
        (self.n_rows > 0).then(|| batch.expect("columns of strings are those of the schema"))
    }
}
