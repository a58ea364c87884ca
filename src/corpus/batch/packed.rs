//! Compressed batches of an Arrow stream, looked at before they are unpacked.
//!
//! Comes in: the bytes of a stream. Goes out: the same bytes, or an error in place of a batch that says that it holds far more than its size
//! makes likely: its reader takes that memory before it unpacks a byte. Batches that are not compressed pass by as they are.

use std::io::{self, Cursor, Read};

use arrow_ipc::{Message, RecordBatch, root_as_message};

use crate::error::{Error, Place};

/// Bytes that the buffers of a batch may hold whatever its size.
const ALWAYS: u64 = 64 << 20;
/// How many times its own size a batch may hold beyond that.
const MOST_TIMES: u64 = 1000;
/// Where a buffer says how much it holds, in bytes.
const PREFIX: usize = 8;
/// What stands before the length of a message, but in streams of before 2019.
const CONTINUATION: [u8; 4] = [0xff; 4];

/// A `Read` of a stream whose compressed batches do not hold too much.
pub(super) struct Looked<R> {
    input: R,
    file: String,
    /// What was read to be looked at.
    seen: Cursor<Vec<u8>>,
    /// Bytes behind it that need no look.
    unseen: u64,
    is_over: bool,
}

impl<R: Read> Looked<R> {
    pub(super) fn new(input: R, file: &str) -> Self {
        Looked { input, file: file.to_owned(), seen: Cursor::default(), unseen: 0, is_over: false }
    }

    /// Reads the next message as far as it is to be looked at. What is no message is left to the reader, who knows what to say of it.
    fn look(&mut self) -> io::Result<()> {
        let mut bytes = Vec::new();
        let mut read = |bytes: &mut Vec<u8>, n: u64| -> io::Result<bool> {
            Ok(self.input.by_ref().take(n).read_to_end(bytes)? as u64 == n)
        };
        let mut is_whole = read(&mut bytes, 4)?;
        if is_whole && bytes == CONTINUATION {
            is_whole = read(&mut bytes, 4)?;
        }
        let begin = bytes.len();
        let length = bytes.last_chunk::<4>().map_or(0, |length| u32::from_le_bytes(*length));
        let is_message = is_whole && length > 0 && read(&mut bytes, length.into())?;
        self.is_over = !is_message;
        if let Some(message) = is_message.then(|| root_as_message(&bytes[begin..]).ok()).flatten() {
            let body = u64::try_from(message.bodyLength()).unwrap_or(0);
            match compressed(&message) {
                None => self.unseen = body,
                Some(batch) => {
                    let mut packed = Vec::new();
                    if read(&mut packed, body)? {
                        self.check(held(&batch, &packed), body)?;
                    }
                    bytes.append(&mut packed);
                }
            }
        }
        self.seen = Cursor::new(bytes);
        Ok(())
    }

    fn check(&self, held: u64, body: u64) -> io::Result<()> {
        if held > ALWAYS && held / MOST_TIMES > body {
            let expected = format!(
                "compressed batches of at most {} MiB or {MOST_TIMES} times their size",
                ALWAYS >> 20
            );
            let found = format!("one of {body} bytes that is said to hold {held}");
            return Err(io::Error::other(Error::table(Place::file(&self.file), expected, found)));
        }
        Ok(())
    }
}

impl<R: Read> Read for Looked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let n = self.seen.read(out)?;
            if n > 0 || out.is_empty() {
                return Ok(n);
            }
            if self.unseen > 0 {
                let n = self.input.by_ref().take(self.unseen).read(out)?;
                self.unseen = if n == 0 { 0 } else { self.unseen - n as u64 };
                self.is_over |= n == 0;
                return Ok(n);
            }
            if self.is_over {
                return Ok(0);
            }
            self.look()?;
        }
    }
}

/// The batch that a message holds, if it is compressed.
fn compressed<'m>(message: &Message<'m>) -> Option<RecordBatch<'m>> {
    let dictionary = || message.header_as_dictionary_batch().and_then(|dictionary| dictionary.data());
    message.header_as_record_batch().or_else(dictionary).filter(|batch| batch.compression().is_some())
}

/// What all buffers of a batch say that they hold.
fn held(batch: &RecordBatch<'_>, body: &[u8]) -> u64 {
    let buffers = batch.buffers();
    let held = buffers.iter().flatten().filter_map(|buffer| {
        let at = usize::try_from(buffer.offset()).ok()?;
        let prefix = body.get(at..)?.first_chunk::<PREFIX>().filter(|_| buffer.length() > 0)?;
        // Less than nothing says that it is not compressed.
        u64::try_from(i64::from_le_bytes(*prefix)).ok()
    });
    held.fold(0, u64::saturating_add)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, RecordBatch, StringArray};
    use arrow_ipc::CompressionType;
    use arrow_ipc::reader::StreamReader;
    use arrow_ipc::writer::{IpcWriteOptions, StreamWriter};

    use super::*;

    fn stream(compression: Option<CompressionType>) -> (Vec<RecordBatch>, Vec<u8>) {
        let column = |rows: usize| -> ArrayRef {
            Arc::new(StringArray::from_iter_values((0..rows).map(|i| format!("they agreed {}", i % 7))))
        };
        let batches: Vec<RecordBatch> =
            [3000, 2].map(|n| RecordBatch::try_from_iter([("text", column(n))]).unwrap()).to_vec();
        let options = IpcWriteOptions::default().try_with_compression(compression).unwrap();
        let schema = batches[0].schema();
        let mut writer = StreamWriter::try_new_with_options(Vec::new(), &schema, options).unwrap();
        batches.iter().for_each(|batch| writer.write(batch).unwrap());
        (batches, writer.into_inner().unwrap())
    }

    fn read(bytes: &[u8]) -> Result<Vec<RecordBatch>, String> {
        let reader = StreamReader::try_new(Looked::new(bytes, "t"), None).map_err(|e| e.to_string())?;
        reader.collect::<Result<_, _>>().map_err(|e| e.to_string())
    }

    #[test]
    fn streams_are_read_as_they_are_whatever_their_compression() {
        for compression in [None, Some(CompressionType::LZ4_FRAME), Some(CompressionType::ZSTD)] {
            let (batches, bytes) = stream(compression);
            assert_eq!(read(&bytes).unwrap(), batches);
            let (mut whole, mut passed) = (bytes.clone(), Vec::new());
            whole.extend(b"behind the end");
            Looked::new(whole.as_slice(), "t").read_to_end(&mut passed).unwrap();
            assert_eq!(passed, bytes);
            for length in (0..bytes.len()).step_by(7) {
                let mut passed = Vec::new();
                Looked::new(&bytes[..length], "t").read_to_end(&mut passed).unwrap();
                assert_eq!(passed, bytes[..length]);
            }
        }
    }

    #[test]
    fn a_batch_that_is_said_to_hold_too_much_is_refused_before_it_is_unpacked() {
        let (_, bytes) = stream(Some(CompressionType::ZSTD));
        let said = (3000i64 * 13).to_le_bytes();
        let at = bytes.windows(PREFIX).position(|window| window == said).unwrap();
        for (held, is_refused) in [(i64::MAX, true), (1 << 40, true), (1 << 20, false)] {
            let mut forged = bytes.clone();
            forged[at..at + PREFIX].copy_from_slice(&held.to_le_bytes());
            let message = read(&forged).unwrap_err();
            assert_eq!(
                message.contains("expected compressed batches of at most 64 MiB"),
                is_refused,
                "{message}"
            );
        }
    }
}
