//! Documents, statements and the byte offsets that tie them together.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::decode;
use crate::error::Result;

/// A half-open range of UTF-8 bytes, on character boundaries of the text it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`.
    ///
    /// # Panics
    /// If `start` is after `end`.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "span {start}..{end}");
        Span { start, end }
    }

    /// The text it covers.
    ///
    /// # Panics
    /// If the span is not within `text` or not on character boundaries.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same span, moved right by `offset` bytes.
    #[must_use]
    pub fn shifted(self, offset: usize) -> Self {
        Span { start: self.start + offset, end: self.end + offset }
    }

    /// Whether `other` lies inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A text with a name and what is known of it from outside: an article, a page, a line of a table of articles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// File name, row id or "-".
    pub name: String,
    /// The whole text, decoded.
    pub text: String,
    /// The headline, where it is known without reading the text.
    pub title: Option<String>,
    /// When it was published, where that is known without reading the text.
    pub date: Option<Date>,
    /// Who wrote it, where that is known without reading the text; names without "By".
    pub byline: Option<String>,
}

/// One unit that gets a score, cut out of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// The words.
    pub text: String,
    /// Where they stand in the document.
    pub span: Span,
    /// 0-based number of the sentence; statements split out of one sentence share it.
    pub sentence: usize,
    /// Who says it, under the fullest name that the document gives; `None` where nobody is found.
    pub speaker: Option<String>,
    /// Whose stance it is: the actors that the statement is about; empty where nobody is found.
    pub holders: Vec<String>,
}

/// What a model is asked: how this text stands, and toward what where that differs from text to text.
///
/// ```
/// use demarche::text::Passage;
///
/// let passage = Passage::from("Let them meet.").toward("the summit");
/// assert_eq!((passage.text, passage.target), ("Let them meet.", Some("the summit")));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage<'t> {
    /// The words.
    pub text: &'t str,
    /// What the stance is toward; `None` for whatever the model is about.
    pub target: Option<&'t str>,
}

impl<'t> Passage<'t> {
    /// The same text with a target.
    #[must_use]
    pub fn toward(self, target: impl Into<Option<&'t str>>) -> Self {
        Passage { target: target.into(), ..self }
    }
}

impl<'t> From<&'t str> for Passage<'t> {
    fn from(text: &'t str) -> Self {
        Passage { text, target: None }
    }
}

impl<'t> From<&'t String> for Passage<'t> {
    fn from(text: &'t String) -> Self {
        Passage::from(text.as_str())
    }
}

impl Document {
    /// A text of which only the name is known.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Document { name: name.into(), text: text.into(), ..Document::default() }
    }

    /// Decodes a document: UTF-8, with or without a byte order mark.
    ///
    /// # Errors
    /// [`Error::Table`](crate::Error::Table) naming the line of the first byte that is not UTF-8.
    pub fn from_utf8(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self> {
        let name = name.into();
        let text = decode::utf8(&name, bytes)?;
        Ok(Document::new(name, text))
    }
}

impl Statement {
    /// The holders as one name: "Russia and Ukraine"; `None` where nobody is found.
    pub fn holder(&self) -> Option<String> {
        match self.holders.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            [most @ .., last] => Some(format!("{} and {last}", most.join(", "))),
        }
    }
}

/// Whether there is nothing to see in a text: white space, control characters, and characters without width.
pub fn is_blank(text: &str) -> bool {
    let is_invisible = |c| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    text.chars().all(|c| c.is_whitespace() || c.is_control() || is_invisible(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_holders_read_as_one_name() {
        let mut s = Statement {
            text: String::new(),
            span: Span::new(0, 0),
            sentence: 0,
            speaker: None,
            holders: vec![],
        };
        assert_eq!(s.holder(), None);
        s.holders = vec!["Ruritania".into(), "Sylvania".into()];
        assert_eq!(s.holder().as_deref(), Some("Ruritania and Sylvania"));
    }
}
