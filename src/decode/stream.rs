//! A stream of bytes as a stream of UTF-8.
//!
//! Comes in: a `Read`, packed or not, in UTF-8, UTF-16 with a byte order mark, or Windows-1252. Goes out: UTF-8 without a byte order
//! mark, and how it was read. Nothing is replaced: what cannot be read is an error with its line.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, WINDOWS_1252};

use super::unpack::Unpacked;
use super::{byte_order_mark, is_utf16};
use crate::error::{Error, Place, Result};

/// Bytes that are decoded together.
const BLOCK: usize = 64 * 1024;

/// How files begin that are taken for tables now and then, and what they are.
const KINDS: [(&[u8], &str); 5] = [
    (b"PK\x03\x04", "an Excel workbook or another zip archive (save the table as CSV)"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (save the table as CSV)"),
    (b"%PDF-", "a PDF file"),
    (b"BZh91AY&SY", "bzip2 data (gzip and zstd are unpacked)"),
    (b"\xfd7zXZ\0", "xz data (gzip and zstd are unpacked)"),
];

/// UTF-8 of whatever encoding a stream has. Its errors hold an [`Error`].
///
/// A stream without byte order mark begins as UTF-8. The first byte that is not UTF-8 decides: where all before it was ASCII, all of it
/// is Windows-1252; where not, the stream mixes encodings and is refused, as it is where UTF-8 follows later.
pub struct Utf8Reader<R> {
    input: Unpacked<R>,
    name: String,
    form: Form,
    /// Bytes that wait: the beginning of a character.
    raw: Vec<u8>,
    text: Vec<u8>,
    /// How much of `text` was handed out.
    at: usize,
    lines: Lines,
    is_begun: bool,
    is_over: bool,
}

enum Form {
    Utf8 { is_ascii: bool },
    Windows1252,
    Utf16(Decoder, &'static str),
}

impl<R: Read> Utf8Reader<R> {
    /// Reads `input`, called `name` in messages.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn new(input: R, name: &str) -> Result<Self> {
        let input = Unpacked::new(input, name).map_err(|e| Error::read(name, e))?;
        Ok(Utf8Reader {
            input,
            name: name.to_owned(),
            form: Form::Utf8 { is_ascii: true },
            raw: Vec::new(),
            text: Vec::new(),
            at: 0,
            lines: Lines::default(),
            is_begun: false,
            is_over: false,
        })
    }

    /// How the bytes read so far were taken, where that is not plain UTF-8: "not UTF-8, read as windows-1252".
    pub fn remark(&self) -> Option<String> {
        match &self.form {
            Form::Utf8 { .. } => None,
            Form::Windows1252 => super::remark(WINDOWS_1252.name(), true, 0),
            Form::Utf16(_, encoding) => super::remark(encoding, false, 0),
        }
    }

    /// Decodes the next block.
    fn fill(&mut self) -> io::Result<()> {
        let waiting = self.raw.len();
        let n = (&mut self.input).take((BLOCK - waiting) as u64).read_to_end(&mut self.raw)?;
        self.is_over = n == 0;
        self.text.clear();
        self.at = 0;
        if !self.is_begun {
            self.is_begun = true;
            self.begin()?;
        }
        let mut raw = std::mem::take(&mut self.raw);
        let n_read = self.decode(&raw)?;
        raw.drain(..n_read);
        self.raw = raw;
        self.lines.count(&self.text);
        Ok(())
    }

    /// Looks for a byte order mark, and for UTF-16 without one.
    fn begin(&mut self) -> io::Result<()> {
        if let Some(kind) = KINDS.iter().find(|(magic, _)| self.raw.starts_with(magic)) {
            return Err(self.refuse(1, "text", kind.1.to_owned()));
        }
        match byte_order_mark(&self.raw) {
            Some((encoding, length)) => {
                self.raw.drain(..length);
                if is_utf16(encoding) {
                    self.form = Form::Utf16(encoding.new_decoder_without_bom_handling(), encoding.name());
                }
            }
            None if matches!(self.raw.get(..4), Some(head) if is_utf16_rather(head)) => {
                let found = "UTF-16 without a byte order mark (save the file as UTF-8)";
                return Err(self.refuse(1, "text", found.to_owned()));
            }
            None => {}
        }
        Ok(())
    }

    /// Appends to `text` what `raw` says; how many of its bytes that took.
    fn decode(&mut self, raw: &[u8]) -> io::Result<usize> {
        if let Form::Utf16(..) = self.form {
            return self.decode_utf16(raw);
        }
        if let Some(at) = memchr::memchr(0, raw) {
            let line = self.lines.after(&raw[..at]);
            return Err(self.refuse(line, "text", "binary data (byte 0x00)".to_owned()));
        }
        let Form::Utf8 { is_ascii } = &mut self.form else { return self.decode_windows_1252(raw, 0) };
        let (n_valid, is_cut) = match std::str::from_utf8(raw) {
            Ok(_) => (raw.len(), true),
            Err(error) => (error.valid_up_to(), error.error_len().is_none() && !self.is_over),
        };
        *is_ascii = *is_ascii && raw[..n_valid].is_ascii();
        self.text.extend_from_slice(&raw[..n_valid]);
        if is_cut || n_valid == raw.len() {
            return Ok(n_valid);
        }
        if *is_ascii {
            self.form = Form::Windows1252;
            return self.decode_windows_1252(raw, n_valid);
        }
        let line = self.lines.after(&raw[..n_valid]);
        let found = format!("byte 0x{:02x} (mixed encodings: save the file as UTF-8)", raw[n_valid]);
        Err(self.refuse(line, "UTF-8 as before", found))
    }

    /// Decodes `raw` after `start`, which was ASCII.
    fn decode_windows_1252(&mut self, raw: &[u8], start: usize) -> io::Result<usize> {
        let mut end = raw.len();
        if !self.is_over && raw.last().is_some_and(|byte| *byte >= 0xc0) {
            end -= 1;
        }
        let part = &raw[start..end];
        if let Some(at) = part.iter().position(|byte| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d)) {
            let line = self.lines.after(&raw[..start + at]);
            let found = format!("byte 0x{:02x} (save the file as UTF-8)", part[at]);
            return Err(self.refuse(line, "UTF-8 or windows-1252 text", found));
        }
        if let Some(at) = part.windows(2).position(|pair| is_utf8_rather(pair[0], pair[1])) {
            let line = self.lines.after(&raw[..start + at]);
            let found = "UTF-8 (mixed encodings: save the file as UTF-8)";
            return Err(self.refuse(line, "windows-1252 as before", found.to_owned()));
        }
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(part);
        self.text.extend_from_slice(text.as_bytes());
        Ok(end)
    }

    fn decode_utf16(&mut self, raw: &[u8]) -> io::Result<usize> {
        let Form::Utf16(decoder, encoding) = &mut self.form else { return Ok(0) };
        let most = decoder.max_utf8_buffer_length_without_replacement(raw.len()).unwrap_or(4 * BLOCK);
        self.text.resize(most, 0);
        let (result, n_read, n) =
            decoder.decode_to_utf8_without_replacement(raw, &mut self.text, self.is_over);
        self.text.truncate(n);
        let encoding = *encoding;
        if let DecoderResult::Malformed(..) = result {
            let line = self.lines.after(&self.text);
            return Err(self.refuse(line, encoding, "half a character".to_owned()));
        }
        if let Some(at) = memchr::memchr(0, &self.text) {
            let line = self.lines.after(&self.text[..at]);
            return Err(self.refuse(line, "text", "binary data (character U+0000)".to_owned()));
        }
        Ok(n_read)
    }

    fn refuse(&self, line: u64, expected: &str, found: String) -> io::Error {
        io::Error::other(Error::table(Place::file(&self.name).line(line), expected, found))
    }
}

impl<R: Read> Read for Utf8Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.text.len() {
            if self.is_over || buffer.is_empty() {
                return Ok(0);
            }
            // After an error there is no next block.
            self.fill().inspect_err(|_| self.is_over = true)?;
        }
        let n = (&self.text[self.at..]).read(buffer)?;
        self.at += n;
        Ok(n)
    }
}

/// Whether every other byte is zero.
fn is_utf16_rather(head: &[u8]) -> bool {
    let is_zero = |start: usize| head.iter().skip(start).step_by(2).all(|byte| *byte == 0);
    is_zero(0) != is_zero(1)
}

/// Whether two bytes are a character of UTF-8 and not two of Windows-1252: "Ã©" is an é; a capital before a quotation mark,
/// a dash or an ellipsis is itself, unless it is one of those with which most characters of UTF-8 begin.
fn is_utf8_rather(first: u8, second: u8) -> bool {
    let is_mark = matches!(second, 0x82 | 0x84 | 0x85 | 0x8b | 0x91..=0x97 | 0x9b | 0xab | 0xbb);
    (0xc2..=0xef).contains(&first)
        && (0x80..=0xbf).contains(&second)
        && (!is_mark || matches!(first, 0xc2 | 0xc3 | 0xe2))
}

/// Counts lines, be they ended by LF, CR or both.
#[derive(Default)]
struct Lines {
    feeds: u64,
    returns: u64,
}

impl Lines {
    fn count(&mut self, bytes: &[u8]) {
        self.feeds += memchr::memchr_iter(b'\n', bytes).count() as u64;
        self.returns += memchr::memchr_iter(b'\r', bytes).count() as u64;
    }

    /// 1-based line of what follows `bytes`.
    fn after(&self, bytes: &[u8]) -> u64 {
        let mut lines = Lines { ..*self };
        lines.count(bytes);
        1 + lines.feeds.max(lines.returns)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Hands out a byte or three at a time.
    struct Drops<'b>(&'b [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let n = buffer.len().min(1 + self.0.len() % 3);
            self.0.read(&mut buffer[..n])
        }
    }

    fn read(bytes: &[u8]) -> std::result::Result<(String, Option<String>), String> {
        let mut reader = Utf8Reader::new(Drops(bytes), "t.csv").unwrap();
        let mut text = String::new();
        match reader.read_to_string(&mut text) {
            Ok(_) => Ok((text, reader.remark())),
            Err(error) => Err(Error::read("t.csv", error).to_string()),
        }
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        ['\u{feff}']
            .into_iter()
            .chain(text.chars())
            .flat_map(|c| c.encode_utf16(&mut [0; 2]).to_vec())
            .flat_map(to_bytes)
            .collect()
    }

    #[test]
    fn every_encoding_says_the_same_and_says_what_it_was() {
        let text = "id,text\n1,caf\u{e9} – 😀\n";
        assert_eq!(read(text.as_bytes()), Ok((text.to_owned(), None)));
        assert_eq!(read(format!("\u{feff}{text}").as_bytes()), Ok((text.to_owned(), None)));
        for (bytes, name) in
            [(utf16(text, u16::to_le_bytes), "UTF-16LE"), (utf16(text, u16::to_be_bytes), "UTF-16BE")]
        {
            assert_eq!(read(&bytes), Ok((text.to_owned(), Some(format!("read as {name}")))));
        }
        let note = Some("not UTF-8, read as windows-1252".to_owned());
        assert_eq!(read(b"a\n\x93caf\xe9\x94 \x96 \xc9\x85"), Ok(("a\n“café” – É…".to_owned(), note)));
    }

    #[test]
    fn what_mixes_encodings_or_is_none_is_refused_with_its_line() {
        let cases: [(&[u8], &str); 9] = [
            ("é\nb\ncaf\u{e9} ".as_bytes(), ""),
            (
                b"\xc3\xa9\nb\ncaf\xe9 x",
                "t.csv:3: expected UTF-8 as before, found byte 0xe9 (mixed encodings: save the file as UTF-8)",
            ),
            (
                b"caf\xe9\r\n\xc3\xa9",
                "t.csv:2: expected windows-1252 as before, found UTF-8 (mixed encodings: save the file as UTF-8)",
            ),
            (
                b"a\rb\r\x81",
                "t.csv:3: expected UTF-8 or windows-1252 text, found byte 0x81 (save the file as UTF-8)",
            ),
            (b"a\nb\0c", "t.csv:2: expected text, found binary data (byte 0x00)"),
            (
                b"a\0b\0",
                "t.csv:1: expected text, found UTF-16 without a byte order mark (save the file as UTF-8)",
            ),
            (
                b"\0a\0b",
                "t.csv:1: expected text, found UTF-16 without a byte order mark (save the file as UTF-8)",
            ),
            (b"\xff\xfea\0\n\0\x3d\xd8x\0", "t.csv:2: expected UTF-16LE, found half a character"),
            (b"\xff\xfea\0\n", "t.csv:1: expected UTF-16LE, found half a character"),
        ];
        for (bytes, message) in cases {
            assert_eq!(read(bytes).err().unwrap_or_default(), message, "{bytes:?}");
        }
    }

    #[test]
    fn a_character_may_stand_across_two_blocks() {
        for lead in [BLOCK - 1, BLOCK - 2, BLOCK - 3] {
            let text = "a".repeat(lead) + "😀b";
            assert_eq!(read(text.as_bytes()), Ok((text, None)));
            let bytes = [vec![b'a'; lead], b"\xe9\x74\xe9".to_vec()].concat();
            assert_eq!(read(&bytes).unwrap().0, "a".repeat(lead) + "été");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic_and_none_are_replaced(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Ok((text, _)) = read(&bytes) {
                let is_utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
                let is_replaced = text.contains('\u{fffd}') && !is_utf16 && std::str::from_utf8(&bytes).is_err();
                prop_assert!(!is_replaced);
            }
        }
    }
}
