//! Scored articles on their way out, one after another; memory holds what the table of actors and a page need.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use demarche::Document;
use demarche::article::{Models, Pool, ScoredArticle, TimeUnit};
use demarche::corpus::{Cells, StringRecord, TableWriter};
use demarche::render::classification;
use demarche::render::html::articles::Page;
use demarche::render::table::{answer_cells, answer_columns};
use serde::Serialize;

use super::actor_file::ActorFile;
use crate::output::{self, Output};

/// What is asked for.
pub(crate) struct Options {
    pub(crate) format: String,
    pub(crate) by_time: Option<TimeUnit>,
    /// Where the table of actors goes.
    pub(crate) actors: Option<PathBuf>,
    pub(crate) cells: Cells,
    /// What the table of actors must not overwrite.
    pub(crate) inputs: Vec<PathBuf>,
}

/// Takes scored articles in order.
pub(crate) struct Report<'m, 'p> {
    sink: Sink<'m, 'p>,
    pool: Pool<'m>,
    by_time: Option<TimeUnit>,
    actor_file: Option<ActorFile>,
}

enum Sink<'m, 'p> {
    Json(Output),
    JsonLines(Output),
    Csv(Box<TableWriter<Output>>),
    Markdown(Output),
    Text { output: Output, width: usize, colour: bool },
    Html { output: Output, page: Page<'m, 'p> },
}

impl<'m, 'p> Report<'m, 'p> {
    /// Opens the table of actors, too, before any work is done.
    pub(crate) fn new(models: &'m Models<'p>, options: &Options, output: Output) -> Result<Self> {
        let actor_file = match &options.actors {
            Some(path) => Some(ActorFile::open(path, &options.inputs, options.cells)?),
            None => None,
        };
        let sink = match options.format.as_str() {
            "json" => Sink::Json(output),
            "jsonl" => Sink::JsonLines(output),
            "csv" => Sink::Csv(Box::new(statement_table(models, output, options.cells)?)),
            "md" => Sink::Markdown(output),
            "html" => Sink::Html { output, page: Page::new(models) },
            _ => {
                let colour = matches!(output, Output::Stdout(_)) && output::colour();
                Sink::Text { output, width: output::width(), colour }
            }
        };
        Ok(Report { sink, pool: Pool::new(models), by_time: options.by_time, actor_file })
    }

    pub(crate) fn write(&mut self, document: Document, article: ScoredArticle) -> Result<()> {
        let is_first = self.pool.documents() == 0;
        // Rows alone need nobody's course, and memory stays as it is.
        if self.actor_file.is_some() || !matches!(self.sink, Sink::Csv(_) | Sink::JsonLines(_)) {
            self.pool.add(&article);
        }
        match &mut self.sink {
            Sink::Json(output) => {
                write!(output, "{}", if is_first { "{\n  \"documents\": [\n" } else { ",\n" })?;
                write!(output, "    {}", indented(&article, 4)?)?;
            }
            Sink::JsonLines(output) => {
                for statement in &article.statements {
                    serde_json::to_writer(&mut *output, statement)?;
                    writeln!(output)?;
                }
            }
            Sink::Csv(writer) => write_statements(writer, &article)?,
            Sink::Markdown(output) => {
                write!(output, "{}{}", between(is_first), classification::markdown(&article))?;
            }
            Sink::Text { output, width, colour } => {
                write!(output, "{}{}", between(is_first), classification::text(&article, *width, *colour))?;
            }
            Sink::Html { page, .. } => page.add(document, article),
        }
        Ok(())
    }

    /// Writes what can be said of all articles.
    pub(crate) fn finish(self, models: &Models<'_>) -> Result<()> {
        let Report { sink, pool, by_time, actor_file } = self;
        let n = pool.documents();
        // The pool of rows alone is empty.
        let is_wanted = n > 1 || actor_file.is_some() || matches!(sink, Sink::Html { .. });
        let actors = if is_wanted { pool.actors(by_time) } else { Vec::new() };
        if let Some(file) = actor_file {
            file.write(&actors, models)?;
        }
        match sink {
            Sink::Json(mut output) => {
                write!(output, "{}", if n == 0 { "{\n  \"documents\": []" } else { "\n  ]" })?;
                if n > 1 {
                    write!(output, ",\n  \"actors\": {}", indented(&actors, 2)?)?;
                }
                writeln!(output, "\n}}")?;
                output.finish()
            }
            Sink::JsonLines(output) => output.finish(),
            Sink::Csv(writer) => writer.finish()?.finish(),
            Sink::Markdown(mut output) => {
                if n > 1 {
                    write!(output, "\n{}", classification::pooled_markdown(&actors, n))?;
                }
                output.finish()
            }
            Sink::Text { mut output, colour, .. } => {
                if n > 1 {
                    write!(output, "\n{}", classification::pooled_text(&actors, n, colour))?;
                }
                output.finish()
            }
            Sink::Html { mut output, page } => {
                for part in page.parts(&actors, by_time.or_else(|| pool.time_unit())) {
                    output.write_all(part.as_bytes())?;
                }
                output.finish()
            }
        }
    }
}

fn between(is_first: bool) -> &'static str {
    if is_first { "" } else { "\n" }
}

/// A value in JSON that stands `spaces` deep in a larger one; its first line is the caller's to indent.
fn indented(value: &impl Serialize, spaces: usize) -> Result<String> {
    Ok(serde_json::to_string_pretty(value)?.replace('\n', &format!("\n{}", " ".repeat(spaces))))
}

fn statement_table(models: &Models<'_>, output: Output, cells: Cells) -> Result<TableWriter<Output>> {
    let fixed =
        ["document", "index", "sentence", "start", "end", "text", "speaker", "holder"].map(str::to_owned);
    let name = output.name().to_owned();
    Ok(TableWriter::new(output, name, b',', &fixed, &answer_columns(models), cells)?)
}

fn write_statements(writer: &mut TableWriter<Output>, article: &ScoredArticle) -> Result<()> {
    for s in &article.statements {
        let record = StringRecord::from(vec![
            s.document.as_str(),
            &s.index.to_string(),
            &s.statement.sentence.to_string(),
            &s.statement.span.start.to_string(),
            &s.statement.span.end.to_string(),
            &s.statement.text,
            s.statement.speaker.as_deref().unwrap_or(""),
            s.statement.holder().as_deref().unwrap_or(""),
        ]);
        writer.write(&record, &answer_cells(&s.answers))?;
    }
    Ok(())
}
