//! Gzip data, told by its first bytes.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use crate::error::{Error, Place, Result};

/// The first bytes of gzip data.
pub const GZIP_MAGIC: &[u8] = b"\x1f\x8b";

/// What may come out of one file, in bytes: 1 GiB.
const LIMIT: u64 = 1 << 30;

/// What gzip data holds; all members of it.
///
/// # Errors
/// [`Error::Table`] on data that is cut short or damaged, and on more than 1 GiB.
pub fn gunzip(name: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    gunzip_up_to(LIMIT, name, bytes)
}

fn gunzip_up_to(limit: u64, name: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut data = MultiGzDecoder::new(bytes).take(limit + 1);
    data.read_to_end(&mut out).map_err(|error| {
        let found = match error.kind() {
            std::io::ErrorKind::UnexpectedEof => "gzip data that is cut short".to_owned(),
            _ => format!("damaged gzip data ({error})"),
        };
        Error::table(Place::file(name), "a whole gzip file", found)
    })?;
    if out.len() as u64 > limit {
        let expected = format!("gzip data of at most {limit} bytes when unpacked");
        return Err(Error::table(Place::file(name), expected, "more"));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn every_member_is_read() {
        let both = [gzip(b"one "), gzip(b"two")].concat();
        assert!(both.starts_with(GZIP_MAGIC));
        assert_eq!(gunzip("a.gz", &both).unwrap(), b"one two");
    }

    #[test]
    fn data_that_is_cut_short_damaged_or_endless_is_an_error_with_the_file_in_it() {
        let whole = gzip(b"They agreed to meet in the old town hall.");
        let cut = gunzip("a.gz", &whole[..whole.len() - 9]).unwrap_err().to_string();
        assert_eq!(cut, "a.gz: expected a whole gzip file, found gzip data that is cut short");
        let mut damaged = whole.clone();
        let checksum = damaged.len() - 6;
        damaged[checksum] ^= 1;
        let damaged = gunzip("a.gz", &damaged).unwrap_err().to_string();
        assert!(damaged.starts_with("a.gz: expected a whole gzip file, found damaged"), "{damaged}");
        let endless = gunzip_up_to(40, "a.gz", &whole).unwrap_err().to_string();
        assert_eq!(endless, "a.gz: expected gzip data of at most 40 bytes when unpacked, found more");
        assert_eq!(gunzip_up_to(41, "a.gz", &whole).unwrap().len(), 41);
    }
}
