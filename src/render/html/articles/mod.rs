//! Articles as one page: where each actor stands and how that went, and every article with its statements coloured.
//!
//! Comes in: documents with their scored articles, one after another, then the actors of all of them. Goes out: the
//! page in parts. Of many articles it keeps the text of [`MOST_IN_FULL`] alone.

mod overview;
mod reading;

use maud::html;

use super::{CLOSING, opening};
use crate::article::{Actor, Models, ScoredArticle, TimeUnit};
use crate::text::Document;

const STYLE: &str = include_str!("articles.css");

/// Articles that are shown in full.
pub const MOST_IN_FULL: usize = 200;

/// A page that grows article by article.
pub struct Page<'m, 'p> {
    models: &'m Models<'p>,
    lines: Vec<Line>,
    /// Articles that may be shown in full, with their numbers.
    full: Vec<(usize, Document, ScoredArticle)>,
}

/// An article in the list of all.
struct Line {
    document: String,
    title: Option<String>,
    date: Option<jiff::civil::Date>,
    statements: usize,
    repeated: usize,
    /// Statements against, neutral and in favor by the leading model.
    sides: [usize; 3],
    score: Option<f64>,
}

impl<'m, 'p> Page<'m, 'p> {
    /// Without articles; these models will have answered.
    pub fn new(models: &'m Models<'p>) -> Self {
        Page { models, lines: Vec::new(), full: Vec::new() }
    }

    /// Adds an article with the document that it was read from.
    pub fn add(&mut self, document: Document, article: ScoredArticle) {
        self.lines.push(Line::of(&article, lead(self.models)));
        self.full.push((self.lines.len() - 1, document, article));
        // Sorting seldom, and never holding more than twice as many as are shown.
        if self.full.len() >= 2 * MOST_IN_FULL {
            self.keep_most_telling();
        }
    }

    /// Drops the texts of articles beyond those shown in full: the ones with the fewest statements that take a side.
    fn keep_most_telling(&mut self) {
        let lines = &self.lines;
        self.full.sort_by_key(|(i, _, _)| (std::cmp::Reverse(lines[*i].one_sided()), *i));
        self.full.truncate(MOST_IN_FULL);
        self.full.sort_by_key(|(i, _, _)| *i);
    }

    /// The page, to be written one part after another. `actors` are those of all articles; `unit` is what divides
    /// their time.
    pub fn parts(mut self, actors: &[Actor], unit: Option<TimeUnit>) -> impl Iterator<Item = String> {
        self.keep_most_telling();
        let title = self.title();
        let first = opening(&title, STYLE)
            + &html! { h1 dir="auto" { (title) } (overview::overview(&self, actors, unit)) }.into_string();
        let models = self.models;
        let is_alone = self.lines.len() == 1;
        let read = move |(number, document, article): (usize, Document, ScoredArticle)| {
            reading::article(models, number, &document, &article, is_alone).into_string()
        };
        std::iter::once(first).chain(self.full.into_iter().map(read)).chain([CLOSING.to_owned()])
    }

    fn title(&self) -> String {
        match self.lines.as_slice() {
            [one] => one.title.clone().unwrap_or_else(|| one.document.clone()),
            all => format!("Who stands where: {} articles", all.len()),
        }
    }

    fn is_in_full(&self, number: usize) -> bool {
        self.full.binary_search_by_key(&number, |(i, _, _)| *i).is_ok()
    }
}

/// The model whose answers colour the page: the first one with scores, else the first.
fn lead<'m>(models: &'m Models<'_>) -> Option<&'m str> {
    let scored = models.iter().find(|(_, pipeline)| pipeline.labels().has_polarity());
    scored.or_else(|| models.iter().next()).map(|(name, _)| name)
}

impl Line {
    fn of(article: &ScoredArticle, lead: Option<&str>) -> Self {
        let answers = || article.statements.iter().filter_map(|s| s.answers.get(lead?));
        let of_side = |side: i8| answers().filter(|a| a.polarity == Some(side)).count();
        let scores: Vec<f64> = answers().filter_map(|a| a.score).collect();
        Line {
            document: article.document.clone(),
            title: article.title.clone(),
            date: article.date,
            statements: article.statements.len(),
            repeated: article.duplicates.len(),
            sides: [-1, 0, 1].map(of_side),
            score: (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64),
        }
    }

    fn one_sided(&self) -> usize {
        self.sides[0] + self.sides[2]
    }
}
