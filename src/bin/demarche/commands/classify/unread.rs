//! What looks like an article and is not read yet, told by its name and its first bytes.

use std::path::Path;

use anyhow::{Result, bail};

use super::has_extension;

/// Extensions of what is not read.
const EXTENSIONS: [(&[&str], &str); 5] = [
    (&["html", "htm", "xhtml"], HTML),
    (&["gz"], GZIP),
    (&["zst"], ZSTD),
    (&["pdf"], PDF),
    (&["doc", "docx"], "a Word document"),
];

/// First bytes of what is not read.
const MAGIC: [(&[u8], &str); 4] =
    [(b"\x1f\x8b", GZIP), (b"\x28\xb5\x2f\xfd", ZSTD), (b"%PDF-", PDF), (b"PK\x03\x04", "a zip archive")];

const HTML: &str = "an HTML page";
const GZIP: &str = "gzip data";
const ZSTD: &str = "zstd data";
const PDF: &str = "a PDF file";

/// Refuses what is neither text nor a table.
pub(super) fn refuse(path: &Path, bytes: &[u8]) -> Result<()> {
    let by_name = EXTENSIONS.iter().find(|(e, _)| has_extension(path, e)).map(|(_, what)| *what);
    let by_magic = || MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what);
    if let Some(what) = by_name.or_else(by_magic).or_else(|| is_page(bytes).then_some(HTML)) {
        let name = path.display();
        bail!("{name}: expected plain text, Markdown or a table, found {what}, which is not read yet");
    }
    Ok(())
}

fn is_page(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let starts_with = |tag: &[u8]| start.get(..tag.len()).is_some_and(|s| s.eq_ignore_ascii_case(tag));
    starts_with(b"<!doctype html") || starts_with(b"<html")
}
