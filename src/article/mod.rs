//! An article as statements: who says what, and whose stance it tells.
//!
//! Comes in: a [`Document`] and a [`Segmenter`]. Goes out: an [`Article`]: title, date, statements with speaker and
//! holders, and what is printed twice. It refuses to know what a stance is; [`actors`] gathers scores that a
//! pipeline gives to the statements.

mod attribution;
pub mod flow;
mod layout;
mod repeats;

pub mod actors;
mod scored;

pub use actors::{Actor, Figure, Kind, Opinion, Pool, TimeUnit};
pub use scored::{Answer, Models, ScoredArticle, ScoredStatement};

use jiff::civil::Date;
use serde::Serialize;

use crate::analysis::segment::Segmenter;
use crate::furniture;
use crate::text::{Document, Span, Statement};
use attribution::Passage;
pub use attribution::add_actors;
use layout::{Block, BlockKind, Layout};
use repeats::{Frame, Sentence};

/// A document taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// The document's name.
    pub name: String,
    /// The headline.
    pub title: Option<String>,
    /// When it was published: from outside, a line of the text, the dateline or the name.
    pub date: Option<Date>,
    /// Who wrote it: from outside or a line of the text ("By Ann Roe"); names without "By".
    pub byline: Option<String>,
    /// What gets a score, in document order; the headline is among them.
    pub statements: Vec<Statement>,
    /// Sentences that stand in the document before, in document order.
    pub duplicates: Vec<Duplicate>,
    /// Everyone who speaks or holds a stance, by name.
    pub figures: Vec<Figure>,
}

/// A sentence that repeats an earlier one and is not scored again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Duplicate {
    /// The words.
    pub text: String,
    /// Where they stand in the document.
    #[serde(flatten)]
    pub span: Span,
}

impl Article {
    /// Reads `document`, cut into sentences by `segmenter`.
    ///
    /// Left out are dates, captions, bylines, credits, calls to the reader, separators, lines that only announce a
    /// speaker, and bracketed asides such as "(Video)". Spans point into the document's text.
    pub fn read(document: &Document, segmenter: &dyn Segmenter) -> Article {
        let text = document.text.as_str();
        let layout = Layout::read(document);
        let is_read = |block: &Block| !matches!(block.kind, BlockKind::Furniture | BlockKind::Date);
        let (mut found, mut frames) = (Vec::new(), Vec::new());
        let mut sentences = segmenter.segment(text).into_iter().peekable();
        for (at, block) in layout.blocks.iter().enumerate() {
            frames.push(Frame {
                span: block.body,
                is_title: block.kind == BlockKind::Title,
                is_heading: block.kind == BlockKind::Heading,
            });
            while let Some(span) = sentences.next_if(|s| s.start < block.line.end) {
                let span = Span::new(span.start.max(block.body.start).min(span.end), span.end);
                if is_read(block) && !span.of(text).trim().is_empty() && !is_aside(span.of(text)) {
                    found.push(Sentence { span, block: at });
                }
            }
        }
        let is_repeat = repeats::repeats(text, &found, &frames);
        let mut duplicates = Vec::new();
        let mut kept: Vec<Vec<Span>> = vec![Vec::new(); layout.blocks.len()];
        for (sentence, is_repeat) in found.iter().zip(is_repeat) {
            let span = sentence.span;
            if is_repeat {
                duplicates.push(Duplicate { text: span.of(text).to_owned(), span });
            } else {
                kept[sentence.block].push(span);
            }
        }
        let passages: Vec<Passage> = (layout.blocks.iter().zip(kept))
            .filter(|(block, _)| is_read(block))
            .map(|(block, sentences)| Passage { span: block.body, kind: block.kind, sentences })
            .collect();
        let around: Vec<Span> =
            layout.blocks.iter().filter(|b| b.kind == BlockKind::Furniture).map(|b| b.body).collect();
        let (attributed, figures) = attribution::attribute(text, &passages, &around);
        let mut numbers = Vec::new();
        let statements = attributed
            .into_iter()
            .filter(|a| !a.is_heading)
            .map(|a| {
                if numbers.last() != Some(&a.sentence) {
                    numbers.push(a.sentence);
                }
                Statement {
                    text: a.span.of(text).to_owned(),
                    span: a.span,
                    sentence: numbers.len() - 1,
                    speaker: a.speaker,
                    holders: a.holders,
                }
            })
            .collect();
        Article {
            name: document.name.clone(),
            title: layout.title.map(|t| t.of(text).to_owned()).or_else(|| document.title.clone()),
            date: layout.date,
            byline: layout.byline,
            statements,
            duplicates,
            figures,
        }
    }
}

/// "(Video)", "(Laughter.)", "(Photo: C. Banda)": a short bracket or a credit that stands alone.
fn is_aside(sentence: &str) -> bool {
    let inner = sentence.strip_prefix(['(', '[']).and_then(|s| s.strip_suffix([')', ']']));
    inner.is_some_and(|words| words.split_whitespace().count() <= 3 || furniture::is_furniture(words))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::segment::SentenceSegmenter;

    fn read(text: &str) -> Article {
        Article::read(&Document::new("talks_2024-05-06.txt", text), &SentenceSegmenter)
    }

    #[test]
    fn what_is_printed_twice_is_scored_once() {
        let article = read(
            "Talks between Oman and Yemen go on.\nOman Weighs a New Offer\n\nOman weighs a “new offer”\n\
             The first day was long and hot. It must end.\nNo.\nThe first day was long and hot. It must end.\nNo.",
        );
        let statements: Vec<&str> = article.statements.iter().map(|s| s.text.as_str()).collect();
        let duplicates: Vec<&str> = article.duplicates.iter().map(|d| d.text.as_str()).collect();
        assert_eq!(
            statements,
            [
                "Talks between Oman and Yemen go on.",
                "Oman Weighs a New Offer",
                "The first day was long and hot.",
                "It must end.",
                "No.",
                "No."
            ]
        );
        assert_eq!(
            duplicates,
            ["Oman weighs a “new offer”", "The first day was long and hot.", "It must end."]
        );
    }

    #[test]
    fn title_and_date_are_found_and_furniture_is_left_out() {
        let article = read("Talks open\n\nLAGOS, May 3 (Agency) — They met. (Video)\n\n- They ate.\n\n###");
        assert_eq!((article.title.as_deref(), article.date), (Some("Talks open"), Some(date(2024, 5, 6))));
        let statements: Vec<&str> = article.statements.iter().map(|s| s.text.as_str()).collect();
        assert_eq!(statements, ["Talks open", "They met.", "They ate."]);
        assert_eq!(article.statements.iter().map(|s| s.sentence).collect::<Vec<_>>(), [0, 1, 2]);
    }

    #[test]
    fn a_single_line_is_a_statement() {
        assert_eq!(read("Oman is ready for talks").statements[0].holders, ["Oman"]);
        assert!(read(" \n\n").statements.is_empty());
    }

    proptest! {
        #[test]
        fn spans_are_the_statements_in_order_for_any_text(
            text in r#"([ \n.!?:,"“”()—\[\]-]|said|the|and|by|of|Mr\.|He|Oman('s)?|Omani|Ann|Roe|envoy|that|must|was|refused|\PC){0,50}"#
        ) {
            let article = read(&text);
            let mut end = 0;
            for s in &article.statements {
                prop_assert!(s.span.start >= end && s.span.of(&text) == s.text);
                end = s.span.end;
            }
        }
    }
}
