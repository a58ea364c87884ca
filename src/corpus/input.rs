//! Bytes on their way to a table parser.
//!
//! Comes in: any `Read`. Goes out: UTF-8, its head visible in advance ([`open`]), and for each row the physical line on which it starts
//! ([`Lines`]). Knows no columns.

use std::collections::VecDeque;
use std::io::{self, Chain, Cursor, Read};

use crate::decode::Utf8Reader;
use crate::error::{Error, Place, Result};

/// Bytes that may be looked at before parsing starts.
const HEAD: u64 = 64 * 1024;

/// Bytes that one row may have: 64 MiB.
pub(super) const MOST_OF_A_ROW: u64 = 64 << 20;

/// What is found where a quotation mark opened on an earlier line, or was not written twice.
const BEHIND: &str = "text behind it (a quotation mark in a quoted text is written twice)";

/// A stream of UTF-8 whose first bytes are already in memory; see [`head`].
pub(super) type Text<R> = Chain<Cursor<Vec<u8>>, Utf8Reader<R>>;

/// Unpacks and decodes `input` as a [`Utf8Reader`] does.
///
/// # Errors
/// [`Error::Io`], and [`Error::Table`] on a first part that cannot be read.
pub(super) fn open<R: Read>(input: R, file: &str) -> Result<Text<R>> {
    let mut text = Utf8Reader::new(input, file)?;
    let mut head = Vec::new();
    text.by_ref().take(HEAD).read_to_end(&mut head).map_err(|e| Error::read(file, e))?;
    Ok(Cursor::new(head).chain(text))
}

/// The first bytes of a stream from which nothing has been read.
pub(super) fn head<R>(text: &Text<R>) -> &[u8] {
    text.get_ref().0.get_ref()
}

/// Whether `head` may be shorter than the stream.
pub(super) fn is_cut(head: &[u8]) -> bool {
    head.len() as u64 >= HEAD
}

/// A `Read` that notes where lines start, because a CSV parser counts neither blank lines nor `\r` as we do,
/// and that follows quotation marks, because a CSV parser takes those that do not match as if they were meant.
pub(super) struct Lines<R> {
    inner: R,
    file: String,
    class: [Class; 256],
    delimiter: u8,
    offset: u64,
    line: u64,
    previous: u8,
    cell: Cell,
    /// Offset and 1-based line number of the lines that are not blank and not yet asked for.
    starts: VecDeque<(u64, u64)>,
    /// Where the parser asked for a row last.
    row: u64,
}

/// What a byte may mean.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    Ordinary,
    Space,
    Quote,
    Delimiter,
    LineEnd,
}

/// Where in a cell we are.
#[derive(Clone, Copy)]
enum Cell {
    Start,
    Plain,
    /// Behind a quotation mark on this line.
    Quoted(u64),
    /// Behind what may be the closing one.
    Closed(u64),
}

impl<R: Read> Lines<R> {
    pub(super) fn new(inner: R, file: &str, delimiter: u8) -> Self {
        let mut class = [Class::Ordinary; 256];
        for (byte, meaning) in [
            (b' ', Class::Space),
            (b'"', Class::Quote),
            (b'\n', Class::LineEnd),
            (b'\r', Class::LineEnd),
            (delimiter, Class::Delimiter),
        ] {
            class[usize::from(byte)] = meaning;
        }
        Lines {
            inner,
            file: file.to_owned(),
            class,
            delimiter,
            offset: 0,
            line: 1,
            previous: b'\n',
            cell: Cell::Start,
            starts: VecDeque::new(),
            row: 0,
        }
    }

    pub(super) fn get_ref(&self) -> &R {
        &self.inner
    }

    /// Tells that a parser asks for a row from byte `offset` on.
    pub(super) fn begin_row(&mut self, offset: u64) {
        self.row = offset;
    }

    /// The line of the row that a parser found when it went on reading at byte `offset`. `None` at the end.
    pub(super) fn line_of_row_after(&mut self, offset: u64) -> Option<u64> {
        while self.starts.front().is_some_and(|start| start.0 < offset) {
            self.starts.pop_front();
        }
        self.starts.front().map(|start| start.1)
    }

    fn note(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut at = self.ordinary(bytes);
        while let Some(&byte) = bytes.get(at) {
            self.note_one(byte, self.offset + at as u64)?;
            at += 1;
            at += self.ordinary(&bytes[at..]);
        }
        self.offset += bytes.len() as u64;
        Ok(())
    }

    /// Steps over the first bytes that neither begin a line nor end a cell; how many they are.
    fn ordinary(&mut self, bytes: &[u8]) -> usize {
        let end_of_cell = match self.cell {
            _ if matches!(self.previous, b'\r' | b'\n') => return 0,
            Cell::Quoted(_) => b'"',
            Cell::Plain => self.delimiter,
            Cell::Start | Cell::Closed(_) => return 0,
        };
        let n = memchr::memchr3(end_of_cell, b'\r', b'\n', bytes).unwrap_or(bytes.len());
        self.previous = n.checked_sub(1).map_or(self.previous, |last| bytes[last]);
        n
    }

    fn note_one(&mut self, byte: u8, at: u64) -> io::Result<()> {
        let class = self.class[usize::from(byte)];
        if matches!(self.previous, b'\r' | b'\n') {
            let is_second_half = self.previous == b'\r' && byte == b'\n';
            self.line += u64::from(at > 0 && !is_second_half);
            // No row begins inside a quoted cell, which may be a million lines long.
            if class != Class::LineEnd && !matches!(self.cell, Cell::Quoted(_)) {
                self.starts.push_back((at, self.line));
            }
        }
        self.previous = byte;
        self.cell = match (self.cell, class) {
            (Cell::Start, Class::Quote) => Cell::Quoted(self.line),
            (Cell::Quoted(line), Class::Quote) => Cell::Closed(line),
            (Cell::Quoted(line), _) => Cell::Quoted(line),
            (Cell::Closed(line), Class::Quote) => Cell::Quoted(line),
            (_, Class::Delimiter | Class::LineEnd) => Cell::Start,
            (Cell::Closed(line), Class::Space) => Cell::Closed(line),
            (Cell::Closed(line), Class::Ordinary) => {
                return Err(self.refuse(line, "a closing quotation mark at the end of its cell", BEHIND));
            }
            _ => Cell::Plain,
        };
        Ok(())
    }

    fn refuse(&self, line: u64, expected: &str, found: &str) -> io::Error {
        io::Error::other(Error::table(Place::file(&self.file).line(line), expected, found))
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        match self.cell {
            Cell::Quoted(line) if n == 0 && !buffer.is_empty() => {
                return Err(self.refuse(line, "a closing quotation mark", "none to the end of the file"));
            }
            _ => self.note(&buffer[..n])?,
        }
        if self.offset - self.row > MOST_OF_A_ROW {
            let row = self.row;
            let line = self.line_of_row_after(row).unwrap_or(self.line);
            return Err(self.refuse(
                line,
                "a row of at most 64 MiB",
                "more (does a quotation mark not close?)",
            ));
        }
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(text: &str) -> Vec<u64> {
        let mut lines = Lines::new(text.as_bytes(), "t", b',');
        io::copy(&mut lines, &mut io::sink()).unwrap();
        lines.starts.iter().map(|s| s.1).collect()
    }

    #[test]
    fn lines_are_counted_alike_under_every_line_end() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a", "", "bcd efg", "c", "", ""].join(end);
            assert_eq!(starts(&text), [1, 3, 4], "{end:?}");
        }
    }

    #[test]
    fn a_row_without_end_is_refused_before_it_fills_the_memory() {
        let mut lines = Lines::new(io::repeat(b'a'), "t.csv", b',');
        let error = Error::read("t.csv", io::copy(&mut lines, &mut io::sink()).unwrap_err()).to_string();
        assert_eq!(
            error,
            "t.csv:1: expected a row of at most 64 MiB, found more (does a quotation mark not close?)"
        );
    }
}
