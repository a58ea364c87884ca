//! Bytes to text.
//!
//! Comes in: what a file holds, whole ([`text`]) or as a stream ([`Utf8Reader`]), packed or not. Goes out: decoded text, and what had to be
//! assumed for it. It refuses to know what the text is: article, page or table.

mod stream;
mod unpack;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::error::{Error, Place, Result};

pub use stream::Utf8Reader;
pub use unpack::{Unpacked, unpack};

/// A text and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// Name of the encoding: "UTF-8", "UTF-16LE", "windows-1252".
    pub encoding: &'static str,
    /// Whether the encoding was assumed: nothing in the bytes or around them says so.
    pub is_assumed: bool,
    /// Bytes or runs of bytes that could not be read, now U+FFFD.
    pub n_replaced: usize,
}

/// Reads `bytes` by their byte order mark, else as UTF-8, else by the `declared` charset of a page, else as
/// Windows-1252. Text that is UTF-8 but for a few bytes stays UTF-8.
///
/// ```
/// let decoded = demarche::decode::text("a.txt", b"the caf\xe9s", None)?;
/// assert_eq!((decoded.text.as_str(), decoded.encoding), ("the cafés", "windows-1252"));
/// # Ok::<(), demarche::Error>(())
/// ```
///
/// # Errors
/// [`Error::Table`] on what is no text at all.
pub fn text(name: &str, bytes: &[u8], declared: Option<&str>) -> Result<Decoded> {
    if let Some((encoding, length)) = byte_order_mark(bytes) {
        return Ok(Decoded::with(encoding, &bytes[length..], false));
    }
    if let Some(at) = bytes.iter().position(|b| *b == 0) {
        let line = line_of(bytes, at);
        return Err(Error::table(Place::file(name).line(line), "text", "binary data (byte 0x00)"));
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(Decoded::with(UTF_8, bytes, false));
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    if let Some(encoding) = declared.filter(|e| *e != UTF_8 && e.is_ascii_compatible()) {
        return Ok(Decoded::with(encoding, bytes, false));
    }
    let utf8 = Decoded::with(UTF_8, bytes, false);
    let n_read = utf8.text.chars().filter(|c| !c.is_ascii()).count() - utf8.n_replaced;
    if n_read > 2 * utf8.n_replaced {
        return Ok(utf8);
    }
    Ok(Decoded::with(WINDOWS_1252, bytes, true))
}

/// What is worth saying of how bytes were read; nothing of plain UTF-8.
pub fn remark(encoding: &str, is_assumed: bool, n_replaced: usize) -> Option<String> {
    match n_replaced {
        0 if is_assumed => Some(format!("not UTF-8, read as {encoding}")),
        0 if encoding.starts_with("UTF-16") => Some(format!("read as {encoding}")),
        0 => None,
        1 => Some(format!("one character is not {encoding} and could not be read")),
        n => Some(format!("{n} characters are not {encoding} and could not be read")),
    }
}

/// Reads `bytes` as UTF-8, with or without byte order mark.
///
/// # Errors
/// [`Error::Table`] naming the line of the first byte that is not UTF-8.
pub fn utf8(name: &str, bytes: Vec<u8>) -> Result<String> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let found = format!("byte 0x{:02x}", error.as_bytes()[at]);
            let line = line_of(error.as_bytes(), at);
            Err(Error::table(Place::file(name).line(line), "UTF-8 text", found))
        }
    }
}

/// The encoding that a byte order mark tells, and the mark's length in bytes.
fn byte_order_mark(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    Encoding::for_bom(bytes)
}

/// Whether the encoding is UTF-16.
fn is_utf16(encoding: &Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// 1-based line of byte `at`.
fn line_of(bytes: &[u8], at: usize) -> u64 {
    1 + bytes[..at].iter().filter(|b| **b == b'\n').count() as u64
}

impl Decoded {
    fn with(encoding: &'static Encoding, bytes: &[u8], is_assumed: bool) -> Self {
        let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
        let n_replaced = if has_errors { text.matches('\u{fffd}').count() } else { 0 };
        Decoded { text: text.into_owned(), encoding: encoding.name(), is_assumed, n_replaced }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], declared: Option<&str>) -> (String, &'static str, usize) {
        let decoded = text("a.txt", bytes, declared).unwrap();
        (decoded.text, decoded.encoding, decoded.n_replaced)
    }

    #[test]
    fn a_byte_order_mark_decides_and_is_not_text() {
        assert_eq!(read("\u{feff}é".as_bytes(), Some("windows-1252")), ("é".into(), "UTF-8", 0));
        assert_eq!(read(b"\xff\xfea\0\xe9\0", None), ("aé".into(), "UTF-16LE", 0));
        assert_eq!(read(b"\xfe\xff\0a\0\xe9", None), ("aé".into(), "UTF-16BE", 0));
    }

    #[test]
    fn bytes_that_are_not_utf8_are_read_as_declared_or_as_windows_1252() {
        assert_eq!(read(b"na\xefve \x80", None), ("naïve €".into(), "windows-1252", 0));
        assert_eq!(read(b"\xcc\xe8\xf0", Some("windows-1251")), ("Мир".into(), "windows-1251", 0));
        assert_eq!(read(b"na\xefve", Some("no such charset")), ("naïve".into(), "windows-1252", 0));
        assert_eq!(read("naïve".as_bytes(), Some("windows-1252")), ("naïve".into(), "UTF-8", 0));
    }

    #[test]
    fn a_few_bad_bytes_do_not_make_utf8_something_else() {
        let bytes = [&b"\xe2\x80"[..], "“naïve” – café".as_bytes()].concat();
        assert_eq!(read(&bytes, None), ("\u{fffd}“naïve” – café".into(), "UTF-8", 1));
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_line() {
        let error = text("a.txt", b"one\nt\0o", None).unwrap_err();
        assert_eq!(error.to_string(), "a.txt:2: expected text, found binary data (byte 0x00)");
        let error = utf8("a.txt", b"one\ntwo \xff".to_vec()).unwrap_err();
        assert_eq!(error.to_string(), "a.txt:2: expected UTF-8 text, found byte 0xff");
    }
}
