//! Tables in columns: Arrow streams and Parquet files.
//!
//! Comes in: bytes that begin as one of them. Goes out: record batches ([`Batches`]), rows of text cells as from any
//! other table ([`BatchRows`]), columns of strings ([`Texts`]), and rows of text as batches ([`BatchOfRows`]).

mod nesting;
mod of_rows;
mod packed;
mod pages;
mod rows;
mod texts;
mod thrift;

use std::cell::Cell;
use std::io::{self, Chain, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::RecordBatch;
use arrow_ipc::reader::StreamReader;
use arrow_schema::{ArrowError, SchemaRef};
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::errors::ParquetError;
use parquet::file::reader::ChunkReader;

pub(super) use of_rows::{BatchOfRows, schema};
pub(super) use rows::BatchRows;
pub use texts::Texts;

use self::packed::Looked;
use self::pages::Pages;
use super::columns::Columns;
use crate::error::{Error, Place, Result};

/// Rows of a batch that is made here; a stream's batches are as they come.
const BATCH_ROWS: usize = 8192;

/// A table that is read batch by batch.
pub(super) struct Batches<R> {
    file: String,
    schema: SchemaRef,
    source: Source<R>,
}

/// A stream behind its first bytes, which were read to know it.
type Stream<R> = Looked<Chain<Cursor<Vec<u8>>, R>>;

enum Source<R> {
    Stream(Box<StreamReader<Stream<R>>>),
    Parquet(Box<ParquetRecordBatchReader>),
}

impl<R: Read> Batches<R> {
    /// Reads the schema of an Arrow stream, or of an Arrow file, which is a stream between a first and a last part.
    pub(super) fn arrow(mut input: R, file: &str, is_file: bool) -> Result<Self> {
        let expected = "an Arrow stream";
        let first =
            if is_file { behind_magic(&mut input).map_err(|e| Error::io(file, e))? } else { Vec::new() };
        let input = Looked::new(Cursor::new(first).chain(input), file);
        let reader = contained(file, expected, || StreamReader::try_new(input, None).map_err(reason))?;
        Ok(Batches { file: file.into(), schema: reader.schema(), source: Source::Stream(Box::new(reader)) })
    }

    /// Reads the schema of a Parquet file.
    pub(super) fn parquet(input: impl ChunkReader + 'static, file: &str) -> Result<Self> {
        let reader = contained(file, PARQUET, || {
            nesting::check(&input).map_err(parquet_reason)?;
            let metadata = ArrowReaderMetadata::load(&input, Default::default()).map_err(parquet_reason)?;
            let pages = Pages::new(input, metadata.metadata());
            let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(pages, metadata);
            builder.with_batch_size(BATCH_ROWS).build().map_err(parquet_reason)
        })?;
        let schema = arrow_array::RecordBatchReader::schema(&reader);
        Ok(Batches { file: file.into(), schema, source: Source::Parquet(Box::new(reader)) })
    }

    pub(super) fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    pub(super) fn columns(&self) -> Result<Columns> {
        Columns::new(&self.file, None, self.schema.fields().iter().map(|f| f.name().clone()).collect())
    }

    /// The next batch; `None` at the end.
    pub(super) fn read(&mut self) -> Result<Option<RecordBatch>> {
        let (expected, next): (_, &mut dyn FnMut() -> _) = match &mut self.source {
            Source::Stream(reader) => ("an Arrow stream", &mut || reader.next()),
            Source::Parquet(reader) => (PARQUET, &mut || reader.next()),
        };
        contained(&self.file, expected, || next().transpose().map_err(reason))
    }

    /// The position of a column of strings that must be there.
    pub(super) fn text_column(&self, columns: &Columns, name: &str) -> Result<usize> {
        let at = columns.find(name)?;
        let found = self.schema.field(at).data_type();
        if Texts::is_kind(found) {
            return Ok(at);
        }
        let place = Place::file(&self.file).column(&columns.names()[at]);
        Err(Error::table(place, "a column of strings", found.to_string()))
    }
}

const PARQUET: &str = "a Parquet file";

thread_local! {
    static IS_CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic on this thread would be one of a reader's, which ends as an [`Error`]: a panic hook need not tell of it.
pub fn is_contained() -> bool {
    IS_CONTAINED.get()
}

/// What a reader says, or an error in place of a panic: what is damaged in a way that its crate does not foresee stays
/// a damaged file to us.
fn contained<T>(
    file: &str,
    expected: &str,
    read: impl FnOnce() -> std::result::Result<T, Reason>,
) -> Result<T> {
    IS_CONTAINED.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(Reason::damaged("its parts contradict each other")));
    IS_CONTAINED.set(false);
    outcome.map_err(|reason| match reason {
        Reason::Io(source) => Error::read(file, source),
        Reason::Other(found) => {
            let line = found.split_whitespace().collect::<Vec<_>>().join(" ");
            Error::table(Place::file(file), expected, format!("one that is damaged or unknown ({line})"))
        }
    })
}

/// Reads what an Arrow file begins with, and the zeros behind it, by eight bytes; the first that are of its stream.
fn behind_magic(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = [0; 8];
    input.read_exact(&mut bytes)?;
    loop {
        input.read_exact(&mut bytes)?;
        if bytes != [0; 8] {
            return Ok(bytes.to_vec());
        }
    }
}

/// Why a reader stopped.
enum Reason {
    Io(io::Error),
    Other(String),
}

impl Reason {
    fn damaged(what: &str) -> Self {
        Reason::Other(what.to_owned())
    }
}

fn reason(error: ArrowError) -> Reason {
    match error {
        ArrowError::IoError(_, source) if source.kind() != io::ErrorKind::UnexpectedEof => Reason::Io(source),
        other => Reason::Other(other.to_string()),
    }
}

fn parquet_reason(error: ParquetError) -> Reason {
    Reason::Other(error.to_string())
}
