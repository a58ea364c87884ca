//! Bytes on their way to a table parser.
//!
//! Comes in: any `Read`. Goes out: UTF-8 bytes without a byte order mark, their head visible in advance
//! ([`decode`]), and for each row the physical line on which it starts ([`Lines`]). Knows no columns.

use std::collections::VecDeque;
use std::io::{self, Chain, Cursor, Read};

use crate::decode::{byte_order_mark, is_utf16};
use crate::error::{Error, Place, Result};

/// Bytes that may be looked at before parsing starts.
const HEAD: u64 = 64 * 1024;

/// A stream of UTF-8 whose first bytes are already in memory; see [`head`].
pub(super) type Text<R> = Chain<Cursor<Vec<u8>>, R>;

/// Decides the encoding of `input`, the only function that does: UTF-8, with or without a byte order mark.
/// Invalid bytes further on are reported by the parsers, which know the line and the column.
///
/// # Errors
/// [`Error::Io`], and [`Error::Table`] on the byte order mark of another encoding.
pub(super) fn decode<R: Read>(mut input: R, file: &str) -> Result<Text<R>> {
    let mut head = Vec::new();
    input.by_ref().take(HEAD).read_to_end(&mut head).map_err(|e| Error::io(file, e))?;
    match byte_order_mark(&head) {
        Some((encoding, _)) if is_utf16(encoding) => {
            return Err(Error::table(Place::file(file), "UTF-8 text", "UTF-16 (save the file as UTF-8)"));
        }
        Some((_, length)) => drop(head.drain(..length)),
        None => {}
    }
    Ok(Cursor::new(head).chain(input))
}

/// The first bytes of a stream from which nothing has been read.
pub(super) fn head<R>(text: &Text<R>) -> &[u8] {
    text.get_ref().0.get_ref()
}

/// Whether `head` may be shorter than the stream.
pub(super) fn is_cut(head: &[u8]) -> bool {
    // A stripped byte order mark may have shortened a full head by three bytes.
    head.len() as u64 + 3 >= HEAD
}

/// Sent after the last byte: a row of its own, unless a quotation mark is still open.
const SENTINEL: &[u8] = b"\n\0";

/// A `Read` that notes where lines start, because a CSV parser counts neither blank lines nor `\r` as we do,
/// and that marks the end of the data, because a CSV parser closes an open quotation mark silently.
pub(super) struct Lines<R> {
    inner: R,
    offset: u64,
    line: u64,
    previous: u8,
    /// Offset and 1-based line number of the lines that are not blank and not yet asked for.
    starts: VecDeque<(u64, u64)>,
    end: Option<u64>,
    sentinel: &'static [u8],
}

impl<R: Read> Lines<R> {
    pub(super) fn new(inner: R) -> Self {
        Lines {
            inner,
            offset: 0,
            line: 1,
            previous: b'\n',
            starts: VecDeque::new(),
            end: None,
            sentinel: SENTINEL,
        }
    }

    /// The line of the row that a parser found when it went on reading at byte `offset`. `None` for the
    /// sentinel.
    pub(super) fn line_of_row_after(&mut self, offset: u64) -> Option<u64> {
        while self.starts.front().is_some_and(|start| start.0 < offset) {
            self.starts.pop_front();
        }
        self.starts.front().map(|start| start.1)
    }

    /// Whether a parser that stands at byte `offset` has taken more than the data and its final line end.
    pub(super) fn is_past_end(&self, offset: u64) -> bool {
        self.end.is_some_and(|end| offset > end + 1)
    }

    fn note(&mut self, bytes: &[u8]) {
        for (at, &byte) in (self.offset..).zip(bytes) {
            let is_second_half = self.previous == b'\r' && byte == b'\n';
            if at > 0 && matches!(self.previous, b'\r' | b'\n') && !is_second_half {
                self.line += 1;
            }
            if matches!(self.previous, b'\r' | b'\n') && !matches!(byte, b'\r' | b'\n') {
                self.starts.push_back((at, self.line));
            }
            self.previous = byte;
        }
        self.offset += bytes.len() as u64;
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.end.is_none() {
            let n = self.inner.read(buffer)?;
            if n > 0 || buffer.is_empty() {
                self.note(&buffer[..n]);
                return Ok(n);
            }
            self.end = Some(self.offset);
        }
        self.sentinel.read(buffer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(text: &str) -> Vec<u64> {
        let mut lines = Lines::new(text.as_bytes());
        io::copy(&mut lines, &mut io::sink()).unwrap();
        lines.starts.iter().map(|s| s.1).collect()
    }

    #[test]
    fn lines_are_counted_alike_under_every_line_end() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a", "", "b", "c", "", ""].join(end);
            assert_eq!(starts(&text), [1, 3, 4], "{end:?}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_not_text() {
        let mut text = String::new();
        decode("\u{feff}id".as_bytes(), "t").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "id");
        assert!(decode(&b"\xff\xfei\0"[..], "t").is_err());
    }
}
