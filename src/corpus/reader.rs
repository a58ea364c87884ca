//! Tables, row by row.
//!
//! Comes in: a path, `-` for standard input, or any `Read`, holding CSV, its relatives, JSON lines, an Arrow stream or
//! Parquet. Goes out: a header and rows with their line numbers, one at a time, so that a table may be longer than
//! memory; [`Table`] is all of them. Knows nothing of labels.

use std::fs::File;
use std::io::{self, Chain, Cursor, Read};
use std::path::Path;

use csv::StringRecord;

#[cfg(feature = "arrow")]
use super::batch::{self, BatchOfRows, BatchRows, Batches};
use super::columns::Columns;
use super::delimited::Delimited;
use super::format::{Format, MAGIC_BYTES};
use super::input::{Text, head, open};
use super::jsonl::JsonLines;
use crate::error::{Error, Place, Result};

/// One row: as many cells as the table has columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// 1-based physical line on which the row starts; the 1-based number of the row in tables that have no lines.
    pub line: u64,
    /// The cells, in the order of the columns.
    pub record: StringRecord,
}

/// A table that is read from the front.
pub struct TableReader<R> {
    columns: Columns,
    format: Format,
    source: Source<R>,
    is_untouched: bool,
}

enum Source<R> {
    Delimited(Box<Delimited<Text<Headed<R>>>>),
    JsonLines(Box<JsonLines<Text<Headed<R>>>>),
    #[cfg(feature = "arrow")]
    Batches(Box<BatchRows<Headed<R>>>),
}

/// A stream whose first bytes were looked at.
type Headed<R> = Chain<Cursor<Vec<u8>>, R>;

impl TableReader<Box<dyn Read + Send>> {
    /// Opens a file, or standard input for `-`; gzip and zstd data are unpacked, whatever the name says.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Table`] on a folder, and as [`TableReader::new`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let name = path.display().to_string();
        if path == Path::new("-") {
            return Self::new(Box::new(io::stdin()), name);
        }
        if path.is_dir() {
            return Err(Error::table(Place::file(name), "a table", "a folder"));
        }
        let file = File::open(path).map_err(|e| Error::io(path, e))?;
        #[cfg(feature = "arrow")]
        if path.is_file() {
            return Self::of_file(file, name);
        }
        Self::new(Box::new(file), name)
    }

    /// Reads what of Parquet is asked for at its place, and all else from the front.
    #[cfg(feature = "arrow")]
    fn of_file(mut file: File, name: String) -> Result<Self> {
        use std::io::Seek;

        let io = |e| Error::io(&name, e);
        let head = first_bytes(&mut file).map_err(io)?;
        file.rewind().map_err(io)?;
        match Format::in_columns(&head) {
            Some(Format::Parquet) => Self::of_batches(Batches::parquet(file, &name)?, Format::Parquet),
            _ => Self::new(Box::new(file), name),
        }
    }
}

impl<R: Read> TableReader<R> {
    /// Reads the header. `file` names the stream in messages, and its extension helps to tell the format.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Table`] on another encoding, an empty file, a header that repeats a name, a stream in
    /// columns that is damaged or that this build does not read.
    pub fn new(mut input: R, file: impl Into<String>) -> Result<Self> {
        let file = file.into();
        let head = first_bytes(&mut input).map_err(|e| Error::read(&file, e))?;
        let in_columns = Format::in_columns(&head);
        let input = Cursor::new(head).chain(input);
        match in_columns {
            Some(format) => Self::in_columns(input, file, format),
            None => Self::of_text(input, file),
        }
    }

    fn of_text(input: Headed<R>, file: String) -> Result<Self> {
        let text = open(input, &file)?;
        let format = Format::detect(&file, head(&text));
        if is_json_array(head(&text)) {
            return Err(Error::table(Place::file(file), "one JSON object a line", "a JSON array"));
        }
        let opened = match format {
            Format::Delimited(delimiter) => Delimited::new(text, delimiter, &file)?
                .map(|(rows, c)| (Source::Delimited(Box::new(rows)), c)),
            _ => JsonLines::new(text, &file)?.map(|(rows, c)| (Source::JsonLines(Box::new(rows)), c)),
        };
        let Some((source, columns)) = opened else {
            return Err(Error::table(Place::file(file), "a header and at least one row", "an empty file"));
        };
        Ok(TableReader { columns, format, source, is_untouched: true })
    }

    #[cfg(feature = "arrow")]
    fn in_columns(mut input: Headed<R>, file: String, format: Format) -> Result<Self> {
        let batches = match format {
            Format::Parquet => {
                // Its last bytes say what the others are.
                let mut bytes = Vec::new();
                input.read_to_end(&mut bytes).map_err(|e| Error::io(&file, e))?;
                Batches::parquet(bytes::Bytes::from(bytes), &file)?
            }
            _ => {
                let is_file = input.get_ref().0.get_ref().starts_with(super::format::ARROW_FILE);
                Batches::arrow(input, &file, is_file)?
            }
        };
        Self::of_batches(batches, format)
    }

    #[cfg(feature = "arrow")]
    fn of_batches(batches: Batches<Headed<R>>, format: Format) -> Result<Self> {
        let columns = batches.columns()?;
        let source = Source::Batches(Box::new(BatchRows::new(batches)));
        Ok(TableReader { columns, format, source, is_untouched: true })
    }

    #[cfg(not(feature = "arrow"))]
    fn in_columns(_: Headed<R>, file: String, format: Format) -> Result<Self> {
        let found = format!("{format:?} data, which is read by builds with the feature `arrow`");
        Err(Error::table(Place::file(file), "CSV or JSON lines", found))
    }

    /// The header.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// How the table is written.
    pub fn format(&self) -> Format {
        self.format
    }

    /// How the bytes read so far were decoded, where that is worth telling: "not UTF-8, read as windows-1252".
    pub fn remark(&self) -> Option<String> {
        let text = match &self.source {
            Source::Delimited(rows) => rows.get_ref(),
            Source::JsonLines(rows) => rows.get_ref(),
            #[cfg(feature = "arrow")]
            Source::Batches(_) => return None,
        };
        text.get_ref().1.remark()
    }

    /// The position of a column of texts that must be there.
    ///
    /// # Errors
    /// As [`Columns::find`]; [`Error::Table`] where the table says that the column holds something else.
    pub fn text_column(&self, name: &str) -> Result<usize> {
        match &self.source {
            #[cfg(feature = "arrow")]
            Source::Batches(rows) => rows.batches().text_column(&self.columns, name),
            _ => self.columns.find(name),
        }
    }

    /// Reads the next row into `row`, reusing its memory; `false` at the end.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Table`] on a row of another width, bytes that are not UTF-8, an open quotation
    /// mark, a line that is not JSON, or a header without rows.
    pub fn read(&mut self, row: &mut Row) -> Result<bool> {
        let line = match &mut self.source {
            Source::Delimited(rows) => rows.read(&self.columns, &mut row.record)?,
            Source::JsonLines(rows) => rows.read(&self.columns, &mut row.record)?,
            #[cfg(feature = "arrow")]
            Source::Batches(rows) => rows.read(&mut row.record)?,
        };
        if line.is_none() && self.is_untouched {
            let place = Place::file(self.columns.file());
            return Err(Error::table(place, "at least one row under the header", "the header alone"));
        }
        self.is_untouched = false;
        row.line = line.unwrap_or(row.line);
        Ok(line.is_some())
    }

    /// The rows that are left, each in memory of its own; the iterator ends after an error.
    pub fn rows(&mut self) -> impl Iterator<Item = Result<Row>> {
        let mut is_over = false;
        std::iter::from_fn(move || {
            if is_over {
                return None;
            }
            let mut row = Row::default();
            let next = self.read(&mut row).map(|is_row| is_row.then_some(row)).transpose();
            is_over = !matches!(next, Some(Ok(_)));
            next
        })
    }
}

#[cfg(feature = "arrow")]
impl<R: Read> TableReader<R> {
    /// The columns with their kinds; of a table of text, strings.
    pub fn schema(&self) -> arrow_schema::SchemaRef {
        match &self.source {
            Source::Batches(rows) => rows.batches().schema().clone(),
            _ => batch::schema(&self.columns),
        }
    }

    /// The next rows as a record batch, `None` at the end: batches of an Arrow stream as they are, others of at most 8,192
    /// rows. Not to be mixed with [`TableReader::read`].
    ///
    /// # Errors
    /// As [`TableReader::read`], but that a table in columns may have no rows.
    pub fn read_batch(&mut self) -> Result<Option<arrow_array::RecordBatch>> {
        if let Source::Batches(rows) = &mut self.source {
            return rows.batches_mut().read();
        }
        let mut batch = BatchOfRows::new(self.columns.names().len());
        let mut row = Row::default();
        while !batch.is_full() && self.read(&mut row)? {
            batch.push(&row.record);
        }
        Ok(batch.finish(self.schema()))
    }
}

/// Reads the bytes that tell a table in columns from text.
fn first_bytes(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(MAGIC_BYTES);
    input.take(MAGIC_BYTES as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// Whether a file begins as an array of objects does.
fn is_json_array(head: &[u8]) -> bool {
    let inner = head.trim_ascii_start().strip_prefix(b"[");
    inner.is_some_and(|inner| inner.trim_ascii_start().starts_with(b"{"))
}

/// A whole table in memory.
#[derive(Debug, Clone)]
pub struct Table {
    /// The header.
    pub columns: Columns,
    /// How the table was written.
    pub format: Format,
    /// The rows, in file order; at least one.
    pub rows: Vec<Row>,
    /// As [`TableReader::remark`].
    pub remark: Option<String>,
}

impl Table {
    /// Reads a file, or standard input for `-`.
    ///
    /// # Errors
    /// As [`TableReader::open`] and [`TableReader::read`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Self::read(TableReader::open(path)?)
    }

    /// Reads what is left of a table.
    ///
    /// # Errors
    /// As [`TableReader::read`].
    pub fn read<R: Read>(mut reader: TableReader<R>) -> Result<Self> {
        let rows = reader.rows().collect::<Result<_>>()?;
        let remark = reader.remark();
        Ok(Table { columns: reader.columns, format: reader.format, rows, remark })
    }

    /// The cells of one column, in row order.
    ///
    /// # Errors
    /// As [`Columns::find`].
    pub fn column(&self, name: &str) -> Result<impl Iterator<Item = &str>> {
        let at = self.columns.find(name)?;
        Ok(self.rows.iter().map(move |row| &row.record[at]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(file: &str, text: &str) -> Result<Table> {
        Table::read(TableReader::new(text.as_bytes(), file)?)
    }

    #[test]
    fn the_same_rows_come_out_of_every_format() {
        let csv = table("t.csv", "\u{feff}id,text\n1,\"no; never\"\n2,b\n").unwrap();
        for other in [
            table("t.tsv", "id\ttext\r\n1\tno; never\r\n2\tb\r\n").unwrap(),
            table("-", "id;text\n1;\"no; never\"\n2;b").unwrap(),
            table("-", "{\"id\":1,\"text\":\"no; never\"}\n{\"id\":2,\"text\":\"b\"}").unwrap(),
        ] {
            assert_eq!(other.columns.names(), csv.columns.names());
            assert!(other.column("text").unwrap().eq(csv.column("text").unwrap()), "{:?}", other.format);
        }
    }

    #[test]
    fn a_table_without_rows_is_refused() {
        for (text, message) in [
            ("", "t.csv: expected a header and at least one row, found an empty file"),
            ("\n\r\n", "t.csv: expected a header and at least one row, found an empty file"),
            (" [\n {\"text\": \"a\"}]", "t.csv: expected one JSON object a line, found a JSON array"),
            ("id,text\n", "t.csv: expected at least one row under the header, found the header alone"),
        ] {
            assert_eq!(table("t.csv", text).unwrap_err().to_string(), message, "{text:?}");
        }
    }

    #[test]
    fn rows_longer_than_the_head_are_read_whole() {
        let long = "yes, ".repeat(40_000);
        let found = table("t.csv", &format!("id,text\n1,\"{long}\"\n2,b\n")).unwrap();
        assert_eq!((&found.rows[0].record[1], found.rows[1].line), (long.as_str(), 3));
    }

    #[test]
    fn the_iterator_ends_after_an_error() {
        let mut reader = TableReader::new(&b"id,text\n1,a\n2\n3,c\n"[..], "t.csv").unwrap();
        assert_eq!(reader.rows().map(|r| r.is_ok()).collect::<Vec<_>>(), [true, false]);
    }
}
