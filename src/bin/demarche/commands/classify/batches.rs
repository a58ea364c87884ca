//! Tables out as record batches: an Arrow stream, of which each batch leaves when its rows are scored, or Parquet.

use std::path::Path;

use anyhow::{Error, Result, anyhow, bail};
use arrow_array::RecordBatch;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{ArrowError, SchemaRef};
use demarche::article::Models;
use demarche::corpus::TableReader;
use demarche::render::batch::BatchScorer;
use indicatif::ProgressBar;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use super::tables::Options;

use demarche::page::refuse_unread;

use crate::output::{self, Output};

/// Rows that Parquet keeps together; as many are in memory at a time.
const ROW_GROUP: usize = 1 << 17;

/// Scores every row, a batch out for each batch in. Missing and empty texts get no answer, and are counted on standard error.
pub(crate) fn run(path: &Path, models: &Models<'_>, options: &Options<'_>, output: Output) -> Result<()> {
    if output.is_shown() {
        bail!("--format {}: expected a file or a pipe for binary data, found a terminal", options.format);
    }
    let mut table = TableReader::open(path)?;
    refuse_unread(path, &[])?;
    let text = table.text_column(options.text)?;
    let target = options.target.map(|column| table.text_column(column)).transpose()?;
    let scorer = BatchScorer::new(models, &table.schema(), text, target, options.threads);
    let counter = if output.is_file() { output::counter("rows") } else { ProgressBar::hidden() };
    let mut sink = Sink::new(output, options.format, scorer.schema())?;
    let (mut n_rows, mut n_empty) = (0, 0);
    while let Some(batch) = table.read_batch()? {
        let scored = scorer.score(&batch).map_err(unwritten)?;
        sink.write(&scored.batch)?;
        n_rows += batch.num_rows();
        n_empty += scored.n_empty;
        counter.set_position(n_rows as u64);
    }
    counter.finish_and_clear();
    if let Some(remark) = table.remark() {
        output::note(&format!("{}: {remark}", path.display()));
    }
    if n_empty > 0 {
        output::note(&format!("{}: {n_empty} of {n_rows} texts are empty", path.display()));
    }
    sink.finish()?.finish()
}

/// Where batches go.
enum Sink {
    Stream(Box<StreamWriter<Output>>),
    Parquet(Box<ArrowWriter<Output>>),
}

impl Sink {
    fn new(output: Output, format: &str, schema: &SchemaRef) -> Result<Self> {
        if format == "arrow" {
            let mut writer = StreamWriter::try_new(output, schema).map_err(unwritten)?;
            writer.flush().map_err(unwritten)?;
            return Ok(Sink::Stream(Box::new(writer)));
        }
        // Snappy is what every reader of Parquet knows.
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(ROW_GROUP))
            .build();
        let writer = ArrowWriter::try_new(output, schema.clone(), Some(properties));
        Ok(Sink::Parquet(Box::new(writer.map_err(unwritten_parquet)?)))
    }

    /// Writes a batch; of a stream, so that its reader has all of it.
    fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        match self {
            Sink::Stream(writer) => writer.write(batch).and_then(|()| writer.flush()).map_err(unwritten),
            Sink::Parquet(writer) => writer.write(batch).map_err(unwritten_parquet),
        }
    }

    /// Writes what comes behind all batches.
    fn finish(self) -> Result<Output> {
        match self {
            Sink::Stream(writer) => writer.into_inner().map_err(unwritten),
            Sink::Parquet(writer) => writer.into_inner().map_err(unwritten_parquet),
        }
    }
}

/// What the operating system said, with its kind: a closed pipe must be known as one.
fn unwritten(error: ArrowError) -> Error {
    match error {
        ArrowError::IoError(_, source) => source.into(),
        other => anyhow!("output: expected columns that can be written, found {other}"),
    }
}

fn unwritten_parquet(error: ParquetError) -> Error {
    match error {
        ParquetError::External(source) => match source.downcast::<std::io::Error>() {
            Ok(source) => (*source).into(),
            Err(other) => anyhow!("output: expected columns that Parquet can hold, found {other}"),
        },
        other => anyhow!("output: expected columns that Parquet can hold, found {other}"),
    }
}
