//! What a file holds, as a document.

use std::path::Path;

use super::{HEAD, Page, declared_charset, is_page};
use crate::decode;
use crate::error::{Error, Place, Result};
use crate::text::Document;

/// An article as it was read, and what is worth telling about that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The article.
    pub document: Document,
    /// Of a page: the length of all its text, in bytes.
    pub page_bytes: Option<usize>,
    /// How the bytes were taken, where that was not plain UTF-8.
    pub encoding: Option<String>,
}

impl Reading {
    /// Reads what the file `name` holds, unpacked: decodes it and, of a page, keeps the main text.
    ///
    /// # Errors
    /// As [`refuse_unread`] and [`decode::text`].
    pub fn of(name: &str, bytes: &[u8]) -> Result<Reading> {
        refuse_unread(Path::new(name), bytes)?;
        let is_named_page = has_extension(&without_packing(Path::new(name)), &["html", "htm", "xhtml"]);
        let is_whole_page = is_named_page || is_page(bytes);
        let charset = if is_whole_page { declared_charset(bytes) } else { None };
        let decoded = decode::text(name, bytes, charset.as_deref())?;
        let encoding = decode::remark(decoded.encoding, decoded.is_assumed, decoded.n_replaced);
        if is_whole_page || is_page(&decoded.text.as_bytes()[..decoded.text.len().min(HEAD)]) {
            let page = Page::read(name, &decoded.text);
            return Ok(Reading { document: page.document, page_bytes: Some(page.n_bytes), encoding });
        }
        Ok(Reading { document: Document::new(name, decoded.text), page_bytes: None, encoding })
    }
}

/// Extensions of what is not read.
const EXTENSIONS: [(&[&str], &str); 3] =
    [(&["mhtml", "mht"], "a web archive"), (&["pdf"], PDF), (&["doc", "docx"], "a Word document")];

/// First bytes of what is not read.
const MAGIC: [(&[u8], &str); 2] = [(b"%PDF-", PDF), (b"PK\x03\x04", "a zip archive")];

const PDF: &str = "a PDF file";

/// Refuses what looks like an article and is not read yet, by its name and its first bytes.
///
/// # Errors
/// [`Error::Table`] saying what it is.
pub fn refuse_unread(path: &Path, bytes: &[u8]) -> Result<()> {
    let by_name = EXTENSIONS.iter().find(|(e, _)| has_extension(path, e)).map(|(_, what)| *what);
    let by_magic = || MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what);
    let Some(what) = by_name.or_else(by_magic) else { return Ok(()) };
    let place = Place::file(path.display().to_string());
    Err(Error::table(place, "an article or a table", format!("{what}, which is not read yet")))
}

/// The name without ".gz" or ".zst".
fn without_packing(path: &Path) -> std::path::PathBuf {
    if has_extension(path, &["gz", "zst"]) { path.with_extension("") } else { path.to_owned() }
}

fn has_extension(path: &Path, wanted: &[&str]) -> bool {
    let extension = path.extension().and_then(|e| e.to_str());
    extension.is_some_and(|e| wanted.iter().any(|w| w.eq_ignore_ascii_case(e)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_known_by_its_name_or_its_first_bytes() {
        let page = b"<p>They met in Oman on Monday.</p>";
        assert_eq!(
            Reading::of("talks.html.gz", page).unwrap().document.text,
            "They met in Oman on Monday.\n"
        );
        assert_eq!(Reading::of("talks.txt", page).unwrap().page_bytes, None);
        let whole = [b"<!doctype html>".as_slice(), page].concat();
        assert_eq!(Reading::of("-", &whole).unwrap().page_bytes, Some(27));
    }

    #[test]
    fn what_is_not_read_is_named() {
        let message = |name, bytes| Reading::of(name, bytes).unwrap_err().to_string();
        assert_eq!(
            message("talks.txt", b"%PDF-1.7"),
            "talks.txt: expected an article or a table, found a PDF file, which is not read yet"
        );
        assert!(message("talks.docx", b"").contains("a Word document"));
    }

    #[test]
    fn an_encoding_that_was_assumed_is_told() {
        let reading = Reading::of("talks.txt", b"na\xefve talks").unwrap();
        assert_eq!(reading.encoding.as_deref(), Some("not UTF-8, read as windows-1252"));
    }
}
