//! An article in reading order, as an analyst would mark it: statements coloured, who stands where in the margin, and
//! on each statement what moved it.

use maud::{Markup, html};

use crate::article::flow::{Paragraph, Piece, paragraphs};
use crate::article::{Answer, Models, ScoredArticle, ScoredStatement};
use crate::pipeline::{Contribution, Highlight, Pipeline};
use crate::render::classification::counted;
use crate::render::html::marked::{chip, coloured};
use crate::render::signed;
use crate::text::Document;

/// A contribution that colours a word fully, unless another word of the statement contributes more: small ones must not
/// look like reasons.
const WORD: f64 = 0.8;

/// Features shown for a statement.
const FEATURES: usize = 6;

/// The article; `number` is its place among all.
pub(super) fn article(
    models: &Models<'_>,
    number: usize,
    document: &Document,
    article: &ScoredArticle,
    is_alone: bool,
) -> Markup {
    let reader = Reader { models, number: number + 1, text: &document.text, article };
    let below = [
        article.date.map(|date| date.to_string()),
        article.byline.as_ref().map(|names| format!("By {names}")),
        Some(counted(article.statements.len(), "statement")),
        (!article.duplicates.is_empty())
            .then(|| format!("{} repeated and scored once", article.duplicates.len())),
    ];
    let below: Vec<String> = below.into_iter().flatten().collect();
    html! {
        section.article id={ "a" (reader.number) } tabindex="-1" {
            @if is_alone {
                h2 { "The article" }
            } @else {
                h2 { bdi { (article.title.as_ref().unwrap_or(&article.document)) } }
            }
            p.soft { bdi { (article.document) } " · " bdi { (below.join(" · ")) } }
            p.legend {
                span.s.favor style="--k:30" { "for" } " "
                span.s.against style="--k:30" { "against" } " "
                span.s { "neither" } " "
                span.again { "repeated" } " "
                span.other { "not scored" }
                span.soft { " · point at a statement, tap it or reach it with the Tab key" }
            }
            div.text {
                @for paragraph in paragraphs(&document.text, article) { (reader.paragraph(&paragraph)) }
            }
        }
    }
}

/// Classes of statements that take a side.
const FAVOR: &str = "s favor";
const AGAINST: &str = "s against";

struct Reader<'a, 'p> {
    models: &'a Models<'p>,
    /// Of the article, from 1.
    number: usize,
    text: &'a str,
    article: &'a ScoredArticle,
}

/// What moved a statement's score.
#[derive(Default)]
struct Moved {
    words: Vec<Highlight>,
    features: Vec<Contribution>,
}

impl Moved {
    fn of(pipeline: &Pipeline, text: &str) -> Self {
        let Some(mut explanation) = pipeline.explain_score(text) else { return Moved::default() };
        let words = pipeline.highlight(text, &explanation);
        explanation.features.truncate(FEATURES);
        Moved { words, features: explanation.features }
    }
}

impl Reader<'_, '_> {
    fn paragraph(&self, paragraph: &Paragraph) -> Markup {
        let is_title = |piece: &Piece| match piece {
            Piece::Statement(i) => {
                Some(self.article.statements[*i].statement.text.as_str()) == self.article.title.as_deref()
            }
            _ => false,
        };
        html! {
            p class=[paragraph.pieces.iter().any(is_title).then_some("title")] dir="auto" {
                @for piece in &paragraph.pieces {
                    @match piece {
                        Piece::Statement(i) => (self.statement(&self.article.statements[*i])),
                        Piece::Repeated(span) => span.again title="repeated" { (span.of(self.text)) },
                        Piece::Other(span) if span.of(self.text).trim().is_empty() => " ",
                        Piece::Other(span) => span.other { (span.of(self.text)) },
                    }
                }
            }
        }
    }

    fn statement(&self, s: &ScoredStatement) -> Markup {
        let lead =
            self.models.iter().find(|(name, _)| s.answers.get(name).is_some_and(|a| a.score.is_some()));
        let answer = lead.and_then(|(name, _)| s.answers.get(name));
        let moved = lead.map(|(_, pipeline)| Moved::of(pipeline, &s.statement.text)).unwrap_or_default();
        let side = match answer.and_then(|a| a.polarity) {
            Some(1) => Some(FAVOR),
            Some(-1) => Some(AGAINST),
            _ => None,
        };
        let score = answer.and_then(|a| a.score).unwrap_or_default();
        let id = format!("s{}-{}", self.number, s.index + 1);
        html! {
            @if let Some(side) = side { (note(s, side, score)) }
            span class=(side.unwrap_or("s")) tabindex="0" aria-describedby=(id)
                style=[side.map(|_| format!("--k:{}", strength(score)))] {
                (coloured(&s.statement.text, &moved.words, WORD))
                span.tip id=(id) role="note" { (detail(s, &moved)) }
            }
        }
    }
}

/// What an analyst writes in the margin: the side, the score, whose stance it is and who says so.
fn note(s: &ScoredStatement, side: &str, score: f64) -> Markup {
    let (holder, speaker) = (s.statement.holder(), s.statement.speaker.as_deref());
    let says = speaker.filter(|speaker| holder.as_deref() != Some(speaker));
    html! {
        span.note {
            b { (if side == AGAINST { "▼ " } else { "▲ " }) (signed(score)) }
            @if let Some(holder) = &holder { " " bdi { (holder) } }
            @if let Some(speaker) = says {
                span.soft { @if holder.is_some() { ", " } @else { " " } "says " bdi { (speaker) } }
            }
        }
    }
}

fn detail(s: &ScoredStatement, moved: &Moved) -> Markup {
    let name =
        |name: Option<&str>| html! { @if let Some(name) = name { bdi { (name) } } @else { "not found" } };
    html! {
        @for (model, answer) in s.answers.iter() { span.row { (answered(model, answer)) } }
        span.row {
            span.soft { "whose stance " } b { (name(s.statement.holder().as_deref())) }
            span.soft { " · who says it " } b { (name(s.statement.speaker.as_deref())) }
        }
        @if !moved.features.is_empty() {
            span.row { span.soft { "what moved it " } @for feature in &moved.features { (chip(feature)) } }
        }
    }
}

fn answered(model: &str, answer: &Answer) -> Markup {
    html! {
        span.soft { bdi { (model) } " " }
        b { bdi { (answer.label) } @if let Some(score) = answer.score { " " (signed(score)) } }
        span.soft {
            @for (label, p) in answer.probabilities.iter() { " · " bdi { (label) } " " (format!("{p:.2}")) }
        }
    }
}

/// Percent of the full colour: pale where the score is near zero, never so dark that the words are hard to read.
fn strength(score: f64) -> u32 {
    (8.0 + 30.0 * score.abs()).round() as u32
}
