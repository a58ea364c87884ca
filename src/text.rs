//! Documents, statements and the byte offsets that tie them together.

use serde::{Deserialize, Serialize};

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

/// A text with a name: an article, a page, a table cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// File name, row id or "-".
    pub name: String,
    /// The whole text, decoded.
    pub text: String,
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
