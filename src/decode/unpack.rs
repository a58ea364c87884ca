//! Gzip and zstd data, told by their first bytes and never by a name.
//!
//! Comes in: any bytes. Goes out: what they hold, or the bytes themselves where they are not packed. Knows no encodings.

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::error::{Error, Place, Result};

/// The first bytes of gzip data.
const GZIP: &[u8] = b"\x1f\x8b";

/// The first bytes of a zstd frame, and of one to be skipped (`0x184d2a50` to `0x184d2a5f`, little-endian).
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";
const ZSTD_SKIPPED: &[u8] = b"\x2a\x4d\x18";

/// What a whole file may hold in memory, in bytes: 1 GiB.
const LIMIT: u64 = 1 << 30;

/// How many times its own size packed data may hold beyond [`LIMIT`]: text shrinks to a tenth, a bomb to a thousandth.
const MOST_TIMES: u64 = 100;

/// What packed data holds, all members of it; other bytes as they are.
///
/// # Errors
/// [`Error::Table`] on packed data that is cut short or damaged, and on more than 1 GiB.
pub fn unpack(name: &str, bytes: Vec<u8>) -> Result<Vec<u8>> {
    unpack_up_to(LIMIT, name, bytes)
}

fn unpack_up_to(limit: u64, name: &str, bytes: Vec<u8>) -> Result<Vec<u8>> {
    let Some(packing) = Packing::of(&bytes) else { return Ok(bytes) };
    let mut out = Vec::new();
    let mut data = Unpacked::new(bytes.as_slice(), name).map_err(|e| Error::read(name, e))?.take(limit + 1);
    data.read_to_end(&mut out).map_err(|e| Error::read(name, e))?;
    if out.len() as u64 > limit {
        let expected = format!("{} of at most {limit} bytes when unpacked", packing.name());
        return Err(Error::table(Place::file(name), expected, "more"));
    }
    Ok(out)
}

#[derive(Debug, Clone, Copy)]
enum Packing {
    Gzip,
    Zstd,
}

impl Packing {
    fn of(head: &[u8]) -> Option<Self> {
        let is_skipped = head.get(1..4) == Some(ZSTD_SKIPPED) && head[0] & 0xf0 == 0x50;
        match head {
            _ if head.starts_with(GZIP) => Some(Packing::Gzip),
            _ if head.starts_with(ZSTD) || is_skipped => Some(Packing::Zstd),
            _ => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Packing::Gzip => "gzip data",
            Packing::Zstd => "zstd data",
        }
    }
}

type Source<R> = BufReader<Counted<Chain<Cursor<Vec<u8>>, R>>>;

/// A `Read` of what packed data holds, or of the bytes as they are. Its errors hold an [`Error`].
pub struct Unpacked<R> {
    inner: Inner<R>,
    name: String,
    /// Bytes handed out.
    n_out: u64,
}

enum Inner<R> {
    Plain(Chain<Cursor<Vec<u8>>, R>),
    Gzip(Box<MultiGzDecoder<Source<R>>>),
    Zstd(Box<Frames<Source<R>>>),
}

impl<R: Read> Unpacked<R> {
    /// Looks at the first bytes; `name` stands for the stream in messages.
    ///
    /// # Errors
    /// As of `input`.
    pub fn new(mut input: R, name: &str) -> io::Result<Self> {
        let mut head = Vec::new();
        input.by_ref().take(4).read_to_end(&mut head)?;
        let packing = Packing::of(&head);
        let whole = Cursor::new(head).chain(input);
        let buffered = |whole| BufReader::new(Counted { inner: whole, n: 0 });
        let inner = match packing {
            None => Inner::Plain(whole),
            Some(Packing::Gzip) => Inner::Gzip(Box::new(MultiGzDecoder::new(buffered(whole)))),
            Some(Packing::Zstd) => Inner::Zstd(Box::new(Frames::new(buffered(whole)))),
        };
        Ok(Unpacked { inner, name: name.to_owned(), n_out: 0 })
    }

    fn refuse(&self, expected: String, found: String) -> io::Error {
        io::Error::other(Error::table(Place::file(&self.name), expected, found))
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (packing, read, n_in) = match &mut self.inner {
            Inner::Plain(whole) => return whole.read(buffer),
            Inner::Gzip(data) => (Packing::Gzip, data.read(buffer), data.get_ref().get_ref().n),
            Inner::Zstd(data) => (Packing::Zstd, data.read(buffer), data.source.get_ref().n),
        };
        let kind = packing.name();
        let n = match read {
            Ok(n) => n,
            Err(error) if matches!(error.get_ref(), Some(inner) if inner.is::<Error>()) => return Err(error),
            Err(error) => {
                let found = match error.kind() {
                    io::ErrorKind::Interrupted => return Err(error),
                    io::ErrorKind::UnexpectedEof => format!("{kind} that is cut short"),
                    _ => format!("damaged {kind} ({error})"),
                };
                return Err(self.refuse(format!("a whole {} file", packing.word()), found));
            }
        };
        self.n_out += n as u64;
        if self.n_out > LIMIT && self.n_out / MOST_TIMES > n_in {
            let expected = format!("{kind} of at most 1 GiB or {MOST_TIMES} times its size when unpacked");
            return Err(self.refuse(expected, "more".to_owned()));
        }
        Ok(n)
    }
}

/// A `Read` that knows how much it has read.
struct Counted<R> {
    inner: R,
    n: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.n += n as u64;
        Ok(n)
    }
}

/// Zstd frames, one after the other; `ruzstd` reads one.
struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    is_open: bool,
}

impl<R: BufRead> Frames<R> {
    fn new(source: R) -> Self {
        Frames { source, decoder: FrameDecoder::new(), is_open: false }
    }

    /// Goes on to the next frame; `false` at the end of the data.
    fn open(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.source) {
                Ok(()) => {
                    self.is_open = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let skipped =
                        io::copy(&mut self.source.by_ref().take(u64::from(length)), &mut io::sink())?;
                    if skipped < u64::from(length) {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(self.blame(&error)),
            }
        }
        Ok(false)
    }

    /// Whether the frame holds what its checksum, if it has one, says.
    fn close(&mut self) -> io::Result<()> {
        self.is_open = false;
        match (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum()) {
            (Some(stated), Some(found)) if stated != found => Err(io::Error::other("checksum mismatch")),
            _ => Ok(()),
        }
    }

    /// Data that stop early are cut short, whatever the decoder was looking for.
    fn blame(&mut self, error: &FrameDecoderError) -> io::Error {
        match self.source.fill_buf() {
            Ok([]) => io::ErrorKind::UnexpectedEof.into(),
            Ok(_) => io::Error::other(error.to_string()),
            Err(error) => error,
        }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if self.decoder.can_collect() > 0 {
                return self.decoder.read(buffer);
            }
            if self.is_open && self.decoder.is_finished() {
                self.close()?;
            }
            if self.is_open {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                if let Err(error) = self.decoder.decode_blocks(&mut self.source, one) {
                    return Err(self.blame(&error));
                }
            } else if !self.open()? {
                return Ok(0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    const TEXT: &[u8] = b"They agreed to meet in the old town hall, and again in the old town hall.";

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        compress_to_vec(bytes, CompressionLevel::Fastest)
    }

    fn message(bytes: Vec<u8>) -> String {
        unpack("a", bytes).unwrap_err().to_string()
    }

    #[test]
    fn every_member_is_read_and_other_bytes_stay_as_they_are() {
        let skipped = [&b"\x53\x2a\x4d\x18\x03\0\0\0abc"[..], &zstd(b"one "), &zstd(b"two")].concat();
        for packed in
            [[gzip(b"one "), gzip(b"two")].concat(), [zstd(b"one "), zstd(b"two")].concat(), skipped]
        {
            assert_eq!(unpack("a", packed).unwrap(), b"one two");
        }
        for plain in [TEXT, b"", b"\x1f", b"\x28\xb5\x2f"] {
            assert_eq!(unpack("a", plain.to_vec()).unwrap(), plain);
        }
    }

    #[test]
    fn data_that_is_cut_short_anywhere_is_refused_with_the_file_in_it() {
        for (whole, kind) in [(gzip(TEXT), "gzip"), (zstd(TEXT), "zstd")] {
            for length in 4..whole.len() {
                let found = message(whole[..length].to_vec());
                assert_eq!(
                    found,
                    format!("a: expected a whole {kind} file, found {kind} data that is cut short")
                );
            }
        }
    }

    #[test]
    fn damaged_data_is_refused_and_never_a_panic() {
        for (whole, kind) in [(gzip(TEXT), "gzip"), (zstd(TEXT), "zstd")] {
            for (at, bit) in (4..whole.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
                let mut damaged = whole.clone();
                damaged[at] ^= 1 << bit;
                // A header says things that may differ, such as a time.
                if let Err(error) = unpack("a", damaged) {
                    let expected = format!("a: expected a whole {kind} file, found ");
                    assert!(error.to_string().starts_with(&expected), "{error}");
                }
            }
        }
        let mut damaged = gzip(TEXT);
        let checksum = damaged.len() - 6;
        damaged[checksum] ^= 1;
        assert!(message(damaged).contains("found damaged gzip data ("));
    }

    #[test]
    fn what_would_fill_the_memory_is_refused() {
        let error = unpack_up_to(40, "a", gzip(TEXT)).unwrap_err().to_string();
        assert_eq!(error, "a: expected gzip data of at most 40 bytes when unpacked, found more");
        assert!(unpack_up_to(TEXT.len() as u64, "a", zstd(TEXT)).is_ok());
    }
}
