//! Tables, in batches: rows keep their order, memory does not grow with the table.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use demarche::Ordered;
use demarche::article::{Answer, Models, ScoredArticle, ScoredStatement};
use demarche::corpus::{Cells, Row, TableReader, TableWriter};
use demarche::render::classification;
use demarche::render::table::{answer_cells, answer_columns};
use demarche::text::{Passage, is_blank};
use indicatif::ProgressBar;

use super::unread;
use crate::output::{self, Output};

/// Rows that are read, scored and written together.
const BATCH: usize = 4096;

pub(crate) struct Options<'a> {
    pub(crate) text: &'a str,
    pub(crate) target: Option<&'a str>,
    pub(crate) format: &'a str,
    pub(crate) threads: usize,
    pub(crate) cells: Cells,
}

/// Scores every row. Empty texts get no answer, and are counted on standard error.
pub(crate) fn run(path: &Path, models: &Models<'_>, options: &Options<'_>, output: Output) -> Result<()> {
    let mut table = TableReader::open(path)?;
    unread::refuse(path, &[])?;
    let text = table.columns().find(options.text)?;
    let target = options.target.map(|column| table.columns().find(column)).transpose()?;
    let id = table.columns().position("id");
    let counter = if output.is_shown() { ProgressBar::hidden() } else { output::counter("rows") };
    let mut sink = Sink::new(&table, models, options, output)?;
    let (mut batch, mut n_rows, mut n_empty) = (Vec::new(), 0usize, 0usize);
    loop {
        let is_over = fill(&mut table, &mut batch)?;
        n_empty += batch.iter().filter(|row| is_blank(&row.record[text])).count();
        let passage = |row| passage(row, text, target);
        let passages: Vec<Passage<'_>> = batch.iter().map(passage).collect();
        let answers = models.answer_all(&passages, options.threads);
        for (row, answers) in batch.iter().zip(answers) {
            n_rows += 1;
            let document = id.map_or_else(|| n_rows.to_string(), |id| row.record[id].to_owned());
            sink.write(row, document, &row.record[text], answers)?;
        }
        counter.set_position(n_rows as u64);
        if is_over {
            break;
        }
    }
    counter.finish_and_clear();
    if let Some(remark) = table.remark() {
        output::note(&format!("{}: {remark}", path.display()));
    }
    if n_empty > 0 {
        output::note(&format!("{}: {n_empty} of {n_rows} texts are empty", path.display()));
    }
    sink.finish(path)
}

fn passage(row: &Row, text: usize, target: Option<usize>) -> Passage<'_> {
    let target = target.map(|at| row.record[at].trim()).filter(|name| !name.is_empty());
    Passage::from(&row.record[text]).toward(target)
}

/// Reads the next rows; whether they are the last.
fn fill<R: std::io::Read>(table: &mut TableReader<R>, batch: &mut Vec<Row>) -> Result<bool> {
    batch.resize_with(BATCH, Row::default);
    for i in 0..BATCH {
        if !table.read(&mut batch[i])? {
            batch.truncate(i);
            return Ok(true);
        }
    }
    Ok(false)
}

enum Sink {
    Csv(Box<TableWriter<Output>>),
    JsonLines(Output),
    /// Formats for people, and JSON, need all rows at once.
    Whole {
        statements: Vec<ScoredStatement>,
        format: String,
        output: Output,
    },
}

impl Sink {
    fn new<R: std::io::Read>(
        table: &TableReader<R>,
        models: &Models<'_>,
        options: &Options<'_>,
        output: Output,
    ) -> Result<Self> {
        Ok(match options.format {
            "csv" => {
                let (columns, delimiter) = (table.columns().names(), table.format().delimiter());
                Sink::Csv(Box::new(TableWriter::new(
                    output,
                    "output",
                    delimiter,
                    columns,
                    &answer_columns(models),
                    options.cells,
                )?))
            }
            "jsonl" => Sink::JsonLines(output),
            format => Sink::Whole { statements: Vec::new(), format: format.to_owned(), output },
        })
    }

    fn write(&mut self, row: &Row, document: String, text: &str, answers: Ordered<Answer>) -> Result<()> {
        match self {
            Sink::Csv(writer) => writer.write(&row.record, &answer_cells(&answers))?,
            Sink::JsonLines(output) => {
                serde_json::to_writer(&mut *output, &ScoredStatement::of_row(document, text, answers))?;
                writeln!(output)?;
            }
            Sink::Whole { statements, .. } => {
                statements.push(ScoredStatement::of_row(document, text, answers))
            }
        }
        Ok(())
    }

    fn finish(self, path: &Path) -> Result<()> {
        match self {
            Sink::Csv(writer) => writer.finish()?.finish(),
            Sink::JsonLines(output) => output.finish(),
            Sink::Whole { statements, format, mut output } => {
                if format == "json" {
                    let documents: Vec<ScoredArticle> =
                        statements.into_iter().map(ScoredArticle::of_row).collect();
                    serde_json::to_writer_pretty(
                        &mut output,
                        &serde_json::json!({ "documents": documents }),
                    )?;
                    writeln!(output)?;
                } else {
                    let whole = ScoredArticle::of_table(path.display().to_string(), statements);
                    let colour = matches!(output, Output::Stdout(_)) && output::colour();
                    let text = match format.as_str() {
                        "md" => classification::markdown(&whole),
                        _ => classification::text(&whole, output::width(), colour),
                    };
                    output.write_all(text.as_bytes())?;
                }
                output.finish()
            }
        }
    }
}
