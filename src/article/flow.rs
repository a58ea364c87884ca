//! A whole document in reading order: what is a statement, what repeats one, and what lies between.
//!
//! Comes in: the text and the spans of a scored article. Goes out: paragraphs whose pieces, one after another, are all
//! of their text.

use super::ScoredArticle;
use crate::analysis::segment::logical_lines;
use crate::text::Span;

/// A paragraph, headline or list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its pieces in order, without gaps.
    pub pieces: Vec<Piece>,
}

/// A piece of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// A statement, by its number.
    Statement(usize),
    /// What stands in the document before.
    Repeated(Span),
    /// Anything else: a dateline, a caption, white space.
    Other(Span),
}

/// The paragraphs of `text`, which is what `article` was read from.
///
/// # Panics
/// If a span of the article is not within the text.
pub fn paragraphs(text: &str, article: &ScoredArticle) -> Vec<Paragraph> {
    let statements = article.statements.iter().map(|s| (s.statement.span, Piece::Statement(s.index)));
    let repeated = article.duplicates.iter().map(|d| (d.span, Piece::Repeated(d.span)));
    let mut read: Vec<(Span, Piece)> = statements.chain(repeated).collect();
    read.sort_by_key(|(span, _)| *span);
    let mut read = read.into_iter().peekable();
    let mut at = 0;
    let mut out = Vec::new();
    for line in logical_lines(text) {
        let mut pieces = Vec::new();
        at = line.span.start.max(at);
        while let Some((span, piece)) = read.next_if(|(span, _)| span.start < line.span.end) {
            if span.start < at {
                continue;
            }
            pieces.extend((span.start > at).then(|| Piece::Other(Span::new(at, span.start))));
            pieces.push(piece);
            at = span.end;
        }
        pieces.extend((line.span.end > at).then(|| Piece::Other(Span::new(at, line.span.end))));
        at = at.max(line.span.end);
        if !pieces.is_empty() {
            out.push(Paragraph { pieces });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Duplicate, ScoredStatement};
    use crate::ordered::Ordered;

    fn article(text: &str, statements: &[&str], duplicates: &[&str]) -> ScoredArticle {
        let span = |words: &str| {
            let start = text.rfind(words).unwrap();
            Span::new(start, start + words.len())
        };
        let statement = |(index, words): (usize, &&str)| {
            let mut s = ScoredStatement::of_row(String::new(), words, Ordered(Vec::new()));
            (s.index, s.statement.span) = (index, span(words));
            s
        };
        let statements = statements.iter().enumerate().map(statement).collect();
        let mut article = ScoredArticle::of_table(String::new(), statements);
        article.duplicates =
            duplicates.iter().map(|d| Duplicate { text: (*d).to_owned(), span: span(d) }).collect();
        article
    }

    /// "0" for a statement, "=words" for what is repeated, "words" for what is neither.
    fn spelt(text: &str, article: &ScoredArticle) -> Vec<Vec<String>> {
        let piece = |piece: &Piece| match piece {
            Piece::Statement(n) => n.to_string(),
            Piece::Repeated(span) => format!("={}", span.of(text)),
            Piece::Other(span) => span.of(text).to_owned(),
        };
        paragraphs(text, article).iter().map(|p| p.pieces.iter().map(piece).collect()).collect()
    }

    #[test]
    fn every_word_of_the_text_is_in_one_piece() {
        let text = "LAGOS — They met. (Video) They ate.\n\nShare this\n\nThey met twice.\n";
        let article = article(text, &["They met.", "They ate."], &["They met twice."]);
        assert_eq!(
            spelt(text, &article),
            [vec!["LAGOS — ", "0", " (Video) ", "1"], vec!["Share this"], vec!["=They met twice."]]
        );
    }

    #[test]
    fn a_statement_that_crosses_lines_is_read_once() {
        let text = "They met\n\nand ate. Then left.";
        let article = article(text, &["They met\n\nand ate."], &[]);
        assert_eq!(spelt(text, &article), [vec!["0"], vec![" Then left."]]);
    }
}
