//! Which kind of table a stream holds.
//!
//! Comes in: a file name and the first bytes. Goes out: a [`Format`]. Decides by asking the CSV parser
//! itself, so that a delimiter inside quotes never gets a vote.

use std::path::Path;

use super::input::is_cut;

/// How the rows of a table are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180 with this delimiter.
    Delimited(u8),
    /// One JSON object a line.
    JsonLines,
    /// An Arrow stream, or the file that holds one.
    Arrow,
    /// A Parquet file.
    Parquet,
}

/// What the tables in columns begin with: the mark before a stream's messages, the names of the others.
const MAGIC: [(&[u8], Format); 3] =
    [(&[0xff; 4], Format::Arrow), (ARROW_FILE, Format::Arrow), (b"PAR1", Format::Parquet)];

/// What an Arrow file begins with; a stream follows.
pub(super) const ARROW_FILE: &[u8] = b"ARROW1\0\0";

/// Bytes by which [`Format::in_columns`] decides.
pub(super) const MAGIC_BYTES: usize = ARROW_FILE.len();

impl Format {
    /// The delimiter for CSV output in the manner of this input: its own, or a comma.
    pub fn delimiter(self) -> u8 {
        match self {
            Format::Delimited(delimiter) => delimiter,
            _ => b',',
        }
    }

    /// The format of a table in columns, by its first eight bytes; `None` for what is text.
    pub fn in_columns(head: &[u8]) -> Option<Self> {
        MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, format)| *format)
    }

    /// Chooses by the extension where it says `jsonl` or `ndjson`, by a first `{` where it does not say `csv`
    /// or `tsv`, and otherwise puts the delimiter to the vote.
    pub(super) fn detect(file: &str, head: &[u8]) -> Self {
        let path = Path::new(file);
        let is_packed =
            path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz") || e.eq_ignore_ascii_case("zst"));
        let path = if is_packed { path.with_extension("") } else { path.to_owned() };
        let extension = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
        match extension.as_deref() {
            Some("jsonl" | "ndjson") => Format::JsonLines,
            Some("csv" | "tsv") => Format::Delimited(vote(head)),
            _ if head.trim_ascii_start().starts_with(b"{") => Format::JsonLines,
            _ => Format::Delimited(vote(head)),
        }
    }
}

/// Candidates, the likelier first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Rows that take part in a vote, the header included.
const VOTERS: usize = 50;

/// The delimiter under which the largest share of the first rows has as many fields as the header, at least
/// two; among equals the one with more fields, then the likelier. A table of one column is a comma's.
fn vote(head: &[u8]) -> u8 {
    let mut best = (0, 1, 1, b','); // agreeing rows, rows, fields, delimiter
    for delimiter in DELIMITERS {
        let counts = field_counts(head, delimiter);
        let Some((&fields, rows)) = counts.split_first().filter(|(fields, _)| **fields > 1) else { continue };
        let agreeing = 1 + rows.iter().filter(|&&n| n == fields).count();
        let (share, record) = (agreeing * best.1, best.0 * counts.len());
        if share > record || (share == record && fields > best.2) {
            best = (agreeing, counts.len(), fields, delimiter);
        }
    }
    best.3
}

fn field_counts(head: &[u8], delimiter: u8) -> Vec<usize> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(head);
    let mut counts: Vec<usize> =
        reader.byte_records().map_while(Result::ok).take(VOTERS + 1).map(|r| r.len()).collect();
    if counts.len() > 1 && (counts.len() > VOTERS || is_cut(head)) {
        counts.pop(); // the last row may have been cut
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_that_splits_every_row_alike_wins() {
        for (text, winner) in [
            ("id,text\n1,\"a;b|c\"\n", b','),
            ("id;text\n1;yes, we will\n2;no, never, no\n", b';'),
            ("id\ttext\n1\tyes, we; will\n", b'\t'),
            ("id|text|n\n1|a,b|2\n", b'|'),
            ("id;\"text, as said\"\n1;\"a, b, c\"\n", b';'),
        ] {
            assert_eq!(vote(text.as_bytes()), winner, "{text}");
        }
    }

    #[test]
    fn one_column_stays_with_the_comma() {
        assert_eq!(vote(b"text\nyes; we will\nno\tnever\n"), b',');
    }

    #[test]
    fn a_ragged_row_does_not_change_the_delimiter() {
        assert_eq!(vote(b"id,text\n1,a\n2,b,c\n3,d\n"), b',');
    }

    #[test]
    fn content_decides_where_the_extension_does_not() {
        let json = b" {\"text\": \"a\"}";
        assert_eq!(Format::detect("-", json), Format::JsonLines);
        assert_eq!(Format::detect("t.csv", json), Format::Delimited(b','));
        assert_eq!(Format::detect("t.JSONL", b"id,text"), Format::JsonLines);
    }
}
