//! Articles, read and scored as `demarche classify` does.

use std::path::{Path, PathBuf};

use demarche::analysis::SentenceSegmenter;
use demarche::article::Models;
use demarche::page::Reading;
use demarche::{Document, Pipeline, Span, date, decode, furniture};
use pyo3::prelude::*;

use crate::model::Model;
use crate::{Error, refusal};

/// An article with its answers, on its way to Python.
#[pyclass(frozen, get_all, module = "demarche._native")]
pub(crate) struct Article {
    /// The text that all offsets count in.
    text: String,
    /// An element of `documents` in `classify --format json`.
    json: String,
    /// Where the statements stand, in code points: first and one past the last.
    statements: Vec<(usize, usize)>,
    /// The same of what is printed twice.
    duplicates: Vec<(usize, usize)>,
    /// How the bytes were taken, where that was not plain UTF-8.
    encoding: Option<String>,
}

/// What an article is read from.
#[derive(FromPyObject)]
pub(crate) enum Source {
    Text(String),
    Bytes(Vec<u8>),
    Path(PathBuf),
}

/// Reads an article and scores its statements and actors by each model. What is said of it goes before what it says.
#[pyfunction]
#[pyo3(signature = (source, models, name=None, title=None, date=None, byline=None))]
pub(crate) fn read_article(
    py: Python<'_>,
    source: Source,
    models: Vec<Bound<'_, Model>>,
    name: Option<String>,
    title: Option<String>,
    date: Option<&str>,
    byline: Option<&str>,
) -> PyResult<Article> {
    let pipelines: Vec<&Pipeline> = models.iter().map(|model| model.get().pipeline()).collect();
    py.detach(|| {
        let Reading { mut document, encoding, .. } = read(source, name)?;
        document.title = title.or(document.title);
        if let Some(written) = date {
            let expected = "a date, such as 2019-01-24";
            let refused = || demarche::Error::parameter("date", expected, format!("{written:?}"));
            document.date = Some(date::mentions(written).next().ok_or_else(refused)?.date);
        }
        if let Some(line) = byline {
            document.byline = Some(furniture::byline(line).unwrap_or_else(|| line.to_owned()));
        }
        Ok(score(document, encoding, &pipelines))
    })
    .map_err(refusal)
}

/// Adds actors to the table that names are looked up in: `name,kind,adjectives,aliases`. Once, before the first article.
#[pyfunction]
pub(crate) fn add_actors(path: PathBuf) -> PyResult<()> {
    let add = || {
        let bytes = std::fs::read(&path).map_err(|error| demarche::Error::io(&path, error))?;
        let table = Document::from_utf8(path.display().to_string(), bytes)?;
        demarche::article::add_actors(&table.text, &table.name)
    };
    add().map_err(|error| Error::new_err(error.to_string()))
}

fn read(source: Source, name: Option<String>) -> demarche::Result<Reading> {
    let read = |name: &str, bytes| Reading::of(name, &decode::unpack(name, bytes)?);
    match source {
        Source::Text(text) => {
            let document = Document::new(name.unwrap_or_else(|| "-".to_owned()), text);
            Ok(Reading { document, page_bytes: None, encoding: None })
        }
        Source::Bytes(bytes) => read(name.as_deref().unwrap_or("-"), bytes),
        Source::Path(path) => {
            let bytes = std::fs::read(&path).map_err(|error| demarche::Error::io(Path::new(&path), error))?;
            let mut reading = read(&path.display().to_string(), bytes)?;
            reading.document.name = name.unwrap_or(reading.document.name);
            Ok(reading)
        }
    }
}

fn score(document: Document, encoding: Option<String>, pipelines: &[&Pipeline]) -> Article {
    let models = Models::new(pipelines.iter().copied());
    let article = models.score_article(&document, &SentenceSegmenter);
    let statements = article.statements.iter().map(|scored| scored.statement.span);
    let duplicates = article.duplicates.iter().map(|duplicate| duplicate.span);
    Article {
        statements: in_code_points(&document.text, statements),
        duplicates: in_code_points(&document.text, duplicates),
        json: serde_json::to_string(&article).expect("an article has only string keys"),
        text: document.text,
        encoding,
    }
}

/// Spans in order of their bytes, counted in code points.
fn in_code_points(text: &str, spans: impl Iterator<Item = Span>) -> Vec<(usize, usize)> {
    let (mut bytes, mut points) = (0, 0);
    let mut count = |to: usize| {
        points += text[bytes..to].chars().count();
        bytes = to;
        points
    };
    spans.map(|span| (count(span.start), count(span.end))).collect()
}
