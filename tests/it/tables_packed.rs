//! Tables in gzip and zstd data, told by their content.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use crate::tables::{GOOD, complaint, scored, trained};

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

#[test]
fn packed_tables_are_read_whatever_their_name() {
    let expected = scored("t.csv", GOOD).stdout;
    for (name, bytes) in [
        ("t.csv.gz", gzip(GOOD.as_bytes())),
        ("t.csv", gzip(GOOD.as_bytes())),
        ("t.csv.zst", zstd(GOOD.as_bytes())),
        ("t.csv", zstd(GOOD.as_bytes())),
        ("t.csv.gz", GOOD.as_bytes().to_vec()),
        ("t.csv", [gzip(&GOOD.as_bytes()[..40]), gzip(&GOOD.as_bytes()[40..])].concat()),
        ("t.csv", [zstd(&GOOD.as_bytes()[..40]), zstd(&GOOD.as_bytes()[40..])].concat()),
    ] {
        let run = scored(name, &bytes);
        assert_eq!((run.stdout, run.stderr.as_str()), (expected.clone(), ""), "{name}");
        assert!(trained(name, &bytes).stdout.contains("6 rows (against 2, neutral 2, favor 2)"), "{name}");
    }
}

#[test]
fn packed_tables_that_are_cut_short_or_damaged_are_refused() {
    for (whole, kind) in [(gzip(GOOD.as_bytes()), "gzip"), (zstd(GOOD.as_bytes()), "zstd")] {
        assert_eq!(
            complaint("t.csv", &whole[..whole.len() - 5]),
            format!("t.csv: expected a whole {kind} file, found {kind} data that is cut short")
        );
        let mut damaged = whole.clone();
        let middle = damaged.len() / 2;
        damaged[middle..middle + 8].fill(0xff);
        let message = complaint("t.csv", damaged);
        assert!(
            message.starts_with(&format!("t.csv: expected a whole {kind} file, found damaged {kind} data (")),
            "{message}"
        );
    }
}

#[test]
fn a_packed_row_without_end_is_refused_before_it_fills_the_memory() {
    let bomb = gzip(&[b"id,text,stance\n1,".to_vec(), vec![b'a'; 70 << 20]].concat());
    assert!(bomb.len() < 1 << 20);
    assert_eq!(
        complaint("t.csv.gz", bomb),
        "t.csv.gz:2: expected a row of at most 64 MiB, found more (does a quotation mark not close?)"
    );
}
