//! What the tokenizer cuts out of a text.

use std::borrow::Cow;

use crate::text::Span;

/// What a token is, by its shape alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with inner digits, apostrophes and (after a few prefixes) hyphens: `don’t`, `cease-fire`.
    Word,
    /// Letters with full stops between them: `U.S.`, `a.m.`
    Abbreviation,
    /// Digits, with inner separators: `3.5`, `1,200`, `10:30`.
    Number,
    /// A web address.
    Url,
    /// `@name`
    Mention,
    /// `#topic`
    Hashtag,
    /// An emoji sequence or an ASCII emoticon.
    Emoji,
    /// A punctuation mark or symbol; runs of `!`, `?` and full stops are one token.
    Punctuation,
    /// An HTML tag or character reference. Never a feature.
    Markup,
}

/// A token as the tokenizer sees it: a kind and a byte range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawToken {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Its shape.
    pub kind: TokenKind,
}

impl RawToken {
    /// The text it covers.
    #[inline]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }
}

/// A token after the filters: rewritten text over an untouched span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'t> {
    /// The normalised, possibly stemmed form.
    pub text: Cow<'t, str>,
    /// Where the original stands.
    pub span: Span,
    /// Its shape.
    pub kind: TokenKind,
    /// Whether it stands in the scope of a negator.
    pub negated: bool,
}
