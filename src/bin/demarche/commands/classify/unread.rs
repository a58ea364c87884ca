//! What looks like an article and is not read yet, told by its name and its first bytes.

use std::path::Path;

use anyhow::{Result, bail};

use super::has_extension;

/// Extensions of what is not read.
const EXTENSIONS: [(&[&str], &str); 3] =
    [(&["mhtml", "mht"], "a web archive"), (&["pdf"], PDF), (&["doc", "docx"], "a Word document")];

/// First bytes of what is not read.
const MAGIC: [(&[u8], &str); 2] = [(b"%PDF-", PDF), (b"PK\x03\x04", "a zip archive")];

const PDF: &str = "a PDF file";

/// Refuses what is neither text nor a table.
pub(super) fn refuse(path: &Path, bytes: &[u8]) -> Result<()> {
    let by_name = EXTENSIONS.iter().find(|(e, _)| has_extension(path, e)).map(|(_, what)| *what);
    let by_magic = || MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what);
    if let Some(what) = by_name.or_else(by_magic) {
        bail!("{}: expected an article or a table, found {what}, which is not read yet", path.display());
    }
    Ok(())
}
