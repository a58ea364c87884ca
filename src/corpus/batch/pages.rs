//! Pages of Parquet that say more of themselves than can be true.
//!
//! Comes in: a Parquet file and what its last part says. Goes out: the same file for its crate, which makes room for what the
//! head of a page promises before anything is unpacked; a head that promises more than its bytes can hold is an error here.

use std::io::{Chain, Cursor, Read};

use bytes::Bytes;
use parquet::basic::Compression;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::{ChunkReader, Length};

use super::thrift::{NUMBER, STRUCTURE, Thrift};

/// Bytes in which the sizes of a page stand, and the number of values of a dictionary.
const HEAD: u64 = 48;

/// Bytes that any page may unpack to.
const SMALL: u64 = 1 << 20;

/// The kind of page that is a dictionary.
const DICTIONARY: u64 = 2;

/// A file whose pages hold what they promise.
pub(super) struct Pages<R> {
    input: R,
    /// Bytes that may come of one that is packed.
    most: u64,
    /// Whether what is read from a place on is always a head. Where rows hold lists it may be what stands behind one.
    is_always_head: bool,
}

impl<R> Pages<R> {
    pub(super) fn new(input: R, metadata: &ParquetMetaData) -> Self {
        let columns = metadata.row_groups().iter().flat_map(|group| group.columns());
        let most = columns.map(|column| most_of_a_byte(column.compression())).max().unwrap_or(1);
        let is_flat =
            metadata.file_metadata().schema_descr().columns().iter().all(|c| c.max_rep_level() == 0);
        Pages { input, most, is_always_head: is_flat }
    }

    fn check(&self, head: &[u8]) -> Result<()> {
        let Some(head) = Head::of(head) else {
            let refused = Err(ParquetError::General("the head of a page cannot be read".to_owned()));
            return if self.is_always_head { refused } else { Ok(()) };
        };
        let (packed, unpacked) = (head.packed, head.unpacked);
        if unpacked > SMALL.max(packed.saturating_mul(self.most)) {
            return Err(ParquetError::General(format!("a page of {packed} bytes that promises {unpacked}")));
        }
        match head.n_values.filter(|n| *n > unpacked) {
            Some(n) => Err(ParquetError::General(format!(
                "a dictionary of {unpacked} bytes that promises {n} values"
            ))),
            None => Ok(()),
        }
    }
}

/// The bytes, at most, that a codec makes of one: of a copy, a run, a block.
fn most_of_a_byte(codec: Compression) -> u64 {
    match codec {
        Compression::UNCOMPRESSED => 1,
        Compression::SNAPPY => 32,
        Compression::LZ4 | Compression::LZ4_RAW => 256,
        Compression::GZIP(_) => 1_040,
        _ => 1 << 15,
    }
}

impl<R: Length> Length for Pages<R> {
    fn len(&self) -> u64 {
        self.input.len()
    }
}

impl<R: ChunkReader> ChunkReader for Pages<R> {
    type T = Chain<Cursor<Vec<u8>>, R::T>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        let mut rest = self.input.get_read(start)?;
        let mut head = Vec::new();
        rest.by_ref().take(HEAD).read_to_end(&mut head)?;
        self.check(&head)?;
        Ok(Cursor::new(head).chain(rest))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        self.input.get_bytes(start, length)
    }
}

/// What the head of a page says first.
#[derive(Debug, PartialEq)]
struct Head {
    unpacked: u64,
    packed: u64,
    /// Of a dictionary alone.
    n_values: Option<u64>,
}

impl Head {
    fn of(bytes: &[u8]) -> Option<Self> {
        let mut head = Thrift(bytes);
        let mut number = |field| (head.field(field - 1)? == (field, NUMBER)).then(|| head.number()).flatten();
        let (kind, unpacked, packed) = (number(1)?, number(2)?, number(3)?);
        let n_values = if kind == DICTIONARY { Some(values_of_dictionary(&mut head)?) } else { None };
        Some(Head { unpacked, packed, n_values })
    }
}

/// The first field of the seventh field, which may follow on a checksum.
fn values_of_dictionary(head: &mut Thrift<'_>) -> Option<u64> {
    let (mut field, mut kind) = head.field(3)?;
    if (field, kind) == (4, NUMBER) {
        head.number()?;
        (field, kind) = head.field(4)?;
    }
    let is_first = (field, kind) == (7, STRUCTURE) && head.field(0)? == (1, NUMBER);
    is_first.then(|| head.number()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The head of a number in the next field.
    const NEXT: u8 = 0x15;

    /// A page of 5 bytes that promises 300.
    const DATA: [u8; 7] = [NEXT, 0, NEXT, 0xd8, 0x04, NEXT, 10];

    fn checked(most: u64, is_always_head: bool, head: &[u8]) -> Option<String> {
        let pages = Pages { input: Bytes::copy_from_slice(head), most, is_always_head };
        let read = pages.get_read(0).and_then(|mut read| {
            let mut bytes = Vec::new();
            read.read_to_end(&mut bytes)?;
            assert_eq!(bytes, head);
            Ok(())
        });
        read.err().map(|error| error.to_string())
    }

    #[test]
    fn a_head_says_its_sizes_and_the_values_of_a_dictionary() {
        assert_eq!(Head::of(&DATA), Some(Head { unpacked: 300, packed: 5, n_values: None }));
        let mut dictionary = DATA.to_vec();
        dictionary[1] = 4;
        assert_eq!(Head::of(&dictionary), None);
        let plain = [&dictionary[..], &[0x4c, NEXT, 6]].concat();
        assert_eq!(Head::of(&plain), Some(Head { unpacked: 300, packed: 5, n_values: Some(3) }));
        let checksum = [&dictionary[..], &[NEXT, 0xff, 1, 0x3c, NEXT, 6]].concat();
        assert_eq!(Head::of(&checksum), Head::of(&plain));
        assert_eq!(Head::of(&[NEXT, 0xff, 0xff, 0xff, 0xff, 0xff, 1]), None);
    }

    #[test]
    fn a_page_that_promises_more_than_its_bytes_can_hold_is_refused() {
        assert_eq!(checked(1, true, &DATA), None, "small");
        // 5 bytes, 16 MiB.
        let large = [NEXT, 0, NEXT, 0x80, 0x80, 0x80, 0x10, NEXT, 10];
        assert_eq!(
            checked(1_040, true, &large).unwrap(),
            "Parquet error: a page of 5 bytes that promises 16777216"
        );
        assert_eq!(checked(1 << 22, true, &large), None);
        let negative = [NEXT, 0, NEXT, 1, NEXT, 10];
        assert!(checked(1_040, true, &negative).is_some());
    }

    #[test]
    fn a_dictionary_of_more_values_than_bytes_is_refused() {
        let dictionary = [NEXT, 4, NEXT, 0xd8, 0x04, NEXT, 10, 0x4c, NEXT, 0xda, 0x04];
        assert_eq!(
            checked(1, true, &dictionary).unwrap(),
            "Parquet error: a dictionary of 300 bytes that promises 301 values"
        );
    }

    #[test]
    fn what_is_no_head_is_refused_where_only_heads_are_read() {
        assert_eq!(checked(1, true, b"text").unwrap(), "Parquet error: the head of a page cannot be read");
        assert_eq!(checked(1, false, b"text"), None);
    }
}
