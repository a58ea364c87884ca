//! Bytes in frames, each of which is checked before any of it is believed.
//!
//! Comes in: numbers and strings, one after another, and a stream. Goes out: the same from the stream, or the first thing that is wrong
//! with it. A stream begins with a magic word and the number of its layout. A frame is a length of 4 bytes (little-endian), as many
//! bytes, at most [`MOST`], and a check of 16: the first half of BLAKE3 over the check before it, the length and the bytes. A frame of
//! no bytes is the last. So nothing can be cut off, left out, swapped or changed without being noticed, and no length is trusted
//! beyond one frame. Knows nothing of what the numbers mean.

use std::io::{self, Read, Write};

use crate::error::{Error, Place, Result};

/// Bytes of a frame at most: 1 MiB.
const MOST: usize = 1 << 20;
/// Bytes after which a frame is written.
const ENOUGH: usize = MOST / 4;
const CHECK_BYTES: usize = 16;

type Check = [u8; CHECK_BYTES];

fn check(before: &Check, payload: &[u8]) -> Check {
    let mut hasher = blake3::Hasher::new();
    hasher.update(before).update(&(payload.len() as u32).to_le_bytes()).update(payload);
    half(hasher.finalize())
}

fn half(hash: blake3::Hash) -> Check {
    let mut half = [0; CHECK_BYTES];
    half.copy_from_slice(&hash.as_bytes()[..CHECK_BYTES]);
    half
}

/// What streams of one kind begin with, and what messages call one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    /// The first bytes.
    pub(crate) magic: &'static [u8],
    /// The layout of what the frames hold, raised whenever an old one would be misread.
    pub(crate) version: u32,
    /// With its article, as in "expected a counts file".
    pub(crate) name: &'static str,
}

impl Kind {
    fn first_check(self) -> Check {
        half(blake3::hash(&[self.magic, &self.version.to_le_bytes()].concat()))
    }
}

/// Writes frames.
pub(crate) struct FrameWriter<W> {
    inner: W,
    payload: Vec<u8>,
    check: Check,
}

impl<W: Write> FrameWriter<W> {
    /// Writes what a stream of this kind begins with.
    ///
    /// # Errors
    /// As of `inner`.
    pub(crate) fn new(mut inner: W, kind: Kind) -> io::Result<Self> {
        inner.write_all(kind.magic)?;
        inner.write_all(&kind.version.to_le_bytes())?;
        Ok(FrameWriter { inner, payload: Vec::new(), check: kind.first_check() })
    }

    /// Bytes whose number the reader knows.
    ///
    /// # Errors
    /// As of the stream.
    #[inline]
    pub(crate) fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.payload.extend_from_slice(bytes);
        if self.payload.len() >= ENOUGH { self.flush() } else { Ok(()) }
    }

    /// A number, in as many bytes as it needs: seven bits each, the lowest first.
    ///
    /// # Errors
    /// As of the stream.
    #[inline]
    pub(crate) fn number(&mut self, mut number: u64) -> io::Result<()> {
        while number > 0x7f {
            self.payload.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.raw(&[number as u8])
    }

    /// A string and its length.
    ///
    /// # Errors
    /// As of the stream.
    pub(crate) fn text(&mut self, text: &str) -> io::Result<()> {
        self.number(text.len() as u64)?;
        self.raw(text.as_bytes())
    }

    fn flush(&mut self) -> io::Result<()> {
        for payload in self.payload.chunks(MOST) {
            self.check = check(&self.check, payload);
            self.inner.write_all(&(payload.len() as u32).to_le_bytes())?;
            self.inner.write_all(payload)?;
            self.inner.write_all(&self.check)?;
        }
        self.payload.clear();
        Ok(())
    }

    /// Writes the last frame and gives the stream back.
    ///
    /// # Errors
    /// As of the stream.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        self.flush()?;
        self.inner.write_all(&[0; 4])?;
        self.inner.write_all(&check(&self.check, &[]))?;
        Ok(self.inner)
    }
}

/// Reads frames; its errors name the stream, what was expected of it and what was found.
pub(crate) struct FrameReader<R> {
    inner: R,
    name: String,
    kind: Kind,
    check: Check,
    payload: Vec<u8>,
    at: usize,
    is_over: bool,
}

impl<R: Read> FrameReader<R> {
    /// Reads what a stream begins with; `name` stands for it in messages.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Table`] on a stream of another kind or layout.
    pub(crate) fn new(inner: R, name: &str, kind: Kind) -> Result<Self> {
        let check = kind.first_check();
        let mut reader = FrameReader {
            inner,
            name: name.to_owned(),
            kind,
            check,
            payload: Vec::new(),
            at: 0,
            is_over: false,
        };
        let begin = reader.bytes(kind.magic.len())?;
        if begin != kind.magic {
            return Err(reader.expected(kind.name, "a file of another kind"));
        }
        match reader.word()? {
            version if version == kind.version => Ok(reader),
            version => {
                let expected = format!("{} of layout {}", kind.name, kind.version);
                Err(reader.expected(expected, format!("layout {version}, made by another release")))
            }
        }
    }

    /// The name of the stream.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// An error about the stream.
    pub(crate) fn expected(&self, expected: impl Into<String>, found: impl Into<String>) -> Error {
        Error::table(Place::file(&self.name), expected, found)
    }

    /// An error about what stands in frames that are whole: whoever wrote them did not mean what we read.
    pub(crate) fn contradiction(&self, found: impl std::fmt::Display) -> Error {
        self.expected(self.kind.name, format!("one whose parts contradict each other ({found})"))
    }

    /// `n` bytes of the stream itself, fewer where it ends; no more than a frame.
    fn bytes(&mut self, n: usize) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let read = self.inner.by_ref().take(n.min(MOST) as u64).read_to_end(&mut bytes);
        read.map_err(|e| Error::io(&self.name, e))?;
        Ok(bytes)
    }

    fn word(&mut self) -> Result<u32> {
        let bytes = self.bytes(4)?;
        let bytes = <[u8; 4]>::try_from(bytes).map_err(|_| self.cut_short())?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn cut_short(&self) -> Error {
        self.expected(format!("{}, whole", self.kind.name), "one that is cut short")
    }

    /// Reads the next frame. There must be one: whoever asks knows that something is to come.
    fn next_frame(&mut self) -> Result<()> {
        if self.is_over {
            return Err(self.contradiction("it ends too early"));
        }
        let length = self.word()? as usize;
        if length > MOST {
            let expected = format!("frames of at most {MOST} bytes");
            return Err(self.expected(expected, format!("one of {length}: the file is damaged")));
        }
        let payload = self.bytes(length)?;
        let stated = self.bytes(CHECK_BYTES)?;
        if payload.len() < length || stated.len() < CHECK_BYTES {
            return Err(self.cut_short());
        }
        self.check = check(&self.check, &payload);
        if stated != self.check {
            return Err(self.expected(format!("{}, whole", self.kind.name), "one that is damaged"));
        }
        self.is_over = length == 0;
        (self.payload, self.at) = (payload, 0);
        Ok(())
    }

    /// What is left of the frame, after reading another one if that is nothing.
    fn rest(&mut self) -> Result<&[u8]> {
        while self.at == self.payload.len() {
            self.next_frame()?;
        }
        Ok(&self.payload[self.at..])
    }

    /// One byte.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Table`] on frames that are damaged, cut short or over.
    #[inline]
    pub(crate) fn byte(&mut self) -> Result<u8> {
        let byte = self.rest()?[0];
        self.at += 1;
        Ok(byte)
    }

    /// As many bytes as an array has.
    ///
    /// # Errors
    /// As [`FrameReader::byte`].
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut out = [0; N];
        let mut filled = 0;
        while filled < N {
            let rest = self.rest()?;
            let n = rest.len().min(N - filled);
            out[filled..filled + n].copy_from_slice(&rest[..n]);
            (filled, self.at) = (filled + n, self.at + n);
        }
        Ok(out)
    }

    /// A number.
    ///
    /// # Errors
    /// As [`FrameReader::byte`].
    #[inline]
    pub(crate) fn number(&mut self) -> Result<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(self.contradiction("a number of more than 64 bits"))
    }

    /// A number that is below `end`; `what` it numbers stands in the message.
    ///
    /// # Errors
    /// As [`FrameReader::byte`].
    #[inline]
    pub(crate) fn number_below(&mut self, end: u64, what: &str) -> Result<u64> {
        match self.number()? {
            number if number < end => Ok(number),
            number => Err(self.contradiction(format!("{what} {number} of {end}"))),
        }
    }

    /// A string, of which memory is taken as it is read.
    ///
    /// # Errors
    /// As [`FrameReader::byte`].
    pub(crate) fn text(&mut self) -> Result<String> {
        let mut text = String::new();
        self.text_into(&mut text)?;
        Ok(text)
    }

    /// The same, in the place of what `out` holds.
    ///
    /// # Errors
    /// As [`FrameReader::byte`].
    pub(crate) fn text_into(&mut self, out: &mut String) -> Result<()> {
        let mut left = self.number()?;
        let mut bytes = std::mem::take(out).into_bytes();
        bytes.clear();
        while left > 0 {
            let rest = self.rest()?;
            let n = rest.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            bytes.extend_from_slice(&rest[..n]);
            self.at += n;
            left -= n as u64;
        }
        *out = String::from_utf8(bytes).map_err(|_| self.contradiction("a string that is not UTF-8"))?;
        Ok(())
    }

    /// Makes sure that nothing is left.
    ///
    /// # Errors
    /// As [`FrameReader::byte`], and where something is left.
    pub(crate) fn finish(mut self) -> Result<()> {
        if self.at == self.payload.len() && !self.is_over {
            self.next_frame()?;
        }
        if !self.is_over {
            return Err(self.contradiction("more than it should hold"));
        }
        match self.bytes(1)?.is_empty() {
            true => Ok(()),
            false => {
                Err(self.expected(format!("{}, and nothing behind it", self.kind.name), "further bytes"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: Kind = Kind { magic: b"things\n", version: 3, name: "a file of things" };

    fn written() -> Vec<u8> {
        let mut out = FrameWriter::new(Vec::new(), KIND).unwrap();
        out.number(300).unwrap();
        out.text(&"long ".repeat(ENOUGH)).unwrap();
        out.raw(&[7; 9]).unwrap();
        out.number(u64::MAX).unwrap();
        out.finish().unwrap()
    }

    fn read(bytes: &[u8]) -> Result<()> {
        let mut frames = FrameReader::new(bytes, "t", KIND)?;
        assert_eq!(frames.number()?, 300);
        assert_eq!(frames.text()?, "long ".repeat(ENOUGH));
        assert_eq!(frames.array()?, [7; 9]);
        assert_eq!(frames.number()?, u64::MAX);
        frames.finish()
    }

    fn message(bytes: &[u8]) -> String {
        read(bytes).unwrap_err().to_string()
    }

    #[test]
    fn what_was_written_is_read_across_frames() {
        let bytes = written();
        assert!(bytes.len() > MOST);
        read(&bytes).unwrap();
    }

    #[test]
    fn what_is_wrong_is_named() {
        let whole = written();
        assert_eq!(
            message(&whole[..whole.len() - 20]),
            "t: expected a file of things, whole, found one that is cut short"
        );
        assert_eq!(
            message(b"others\nand more"),
            "t: expected a file of things, found a file of another kind"
        );
        let mut other = whole.clone();
        other[7] = 9;
        assert_eq!(
            message(&other),
            "t: expected a file of things of layout 3, found layout 9, made by another release"
        );
        let mut damaged = whole.clone();
        damaged[500] ^= 1;
        assert_eq!(message(&damaged), "t: expected a file of things, whole, found one that is damaged");
        let longer = [whole.as_slice(), b"x"].concat();
        assert_eq!(
            message(&longer),
            "t: expected a file of things, and nothing behind it, found further bytes"
        );
        let mut forged = whole[..11].to_vec();
        forged.extend(u32::MAX.to_le_bytes());
        assert!(message(&forged).contains("found one of 4294967295: the file is damaged"));
    }
}
