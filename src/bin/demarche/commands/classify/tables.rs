//! Tables, in batches: rows keep their order, memory does not grow with the table.

use std::io::{Read, Write};
use std::path::Path;

use anyhow::Result;
use demarche::Ordered;
use demarche::article::{Answer, Models, ScoredArticle, ScoredStatement};
use demarche::corpus::{Cells, Row, StringRecord, TableReader, TableWriter};
use demarche::page::refuse_unread;
use demarche::pipeline::{Pipeline, Score, Scorer};
use demarche::render::classification;
use demarche::render::table::{answer_columns, push_answer};
use demarche::text::{Passage, is_blank};
use indicatif::ProgressBar;

use crate::output::{self, Output};
use crate::turns::in_turns;

/// Rows that are read, scored and written together, at most.
const BATCH_ROWS: usize = 1024;

/// Bytes of text, and of the places where cells end, after which a batch takes no further row: a row may have few bytes and a
/// million cells.
const BATCH_BYTES: usize = 1 << 18;

pub(crate) struct Options<'a> {
    pub(crate) text: &'a str,
    pub(crate) target: Option<&'a str>,
    pub(crate) format: &'a str,
    pub(crate) threads: usize,
    pub(crate) cells: Cells,
}

/// Scores every row. Empty texts get no answer, and are counted on standard error.
pub(crate) fn run(path: &Path, models: &Models<'_>, options: &Options<'_>, mut output: Output) -> Result<()> {
    let mut table = TableReader::open(path)?;
    refuse_unread(path, &[])?;
    let places = Places {
        text: table.text_column(options.text)?,
        target: options.target.map(|column| table.columns().find(column)).transpose()?,
        id: table.columns().position("id"),
    };
    let counter = if output.is_shown() { ProgressBar::hidden() } else { output::counter("rows") };
    let added = answer_columns(models);
    let form = Form::new(&table, options, added.len());
    form.write_header(table.columns().names(), &added, &mut output)?;
    let (mut n_rows, mut n_empty, mut statements) = (0, 0, Vec::new());
    let mut n_read = 0;
    let read = |batch: &mut Batch| {
        batch.fill(&mut table, places.text, n_read)?;
        n_read += batch.n_rows;
        Ok(batch.n_rows > 0)
    };
    let worker = || {
        let mut desk = Desk { scorers: models.iter().map(|(n, p)| (n, p, p.scorer())).collect(), places };
        move |batch: &mut Batch| batch.answer(&mut desk, form)
    };
    let write = |batch: &mut Batch| {
        output.write_all(&batch.written)?;
        statements.append(&mut batch.statements);
        n_rows += batch.n_rows;
        n_empty += batch.n_empty;
        counter.set_position(n_rows as u64);
        Ok(())
    };
    in_turns(options.threads, read, worker, write)?;
    counter.finish_and_clear();
    if let Some(remark) = table.remark() {
        output::note(&format!("{}: {remark}", path.display()));
    }
    if n_empty > 0 {
        output::note(&format!("{}: {n_empty} of {n_rows} texts are empty", path.display()));
    }
    if matches!(form, Form::Whole) {
        write_whole(path, statements, options.format, &mut output)?;
    }
    output.finish()
}

/// Where a row has what is asked of it.
#[derive(Clone, Copy)]
struct Places {
    text: usize,
    target: Option<usize>,
    id: Option<usize>,
}

impl Places {
    fn passage(self, row: &Row) -> Passage<'_> {
        let target = self.target.map(|at| row.record[at].trim()).filter(|name| !name.is_empty());
        Passage::from(&row.record[self.text]).toward(target)
    }

    /// The name of a row: its id, or its 1-based number.
    fn name(self, row: &Row, number: usize) -> String {
        self.id.map_or_else(|| number.to_string(), |id| row.record[id].to_owned())
    }
}

/// What one thread scores with: a name, a model and its scorer each.
struct Desk<'p> {
    scorers: Vec<(&'p str, &'p Pipeline, Scorer<'p>)>,
    places: Places,
}

impl Desk<'_> {
    /// Hands `take` what each model says of a row; nothing of an empty text.
    fn score(&mut self, row: &Row, mut take: impl FnMut(&str, &Pipeline, Option<Score>)) {
        let is_empty = is_blank(&row.record[self.places.text]);
        let passage = self.places.passage(row);
        for (name, pipeline, scorer) in &mut self.scorers {
            take(name, pipeline, (!is_empty).then(|| scorer.score(passage)));
        }
    }

    fn statement(&mut self, row: &Row, number: usize) -> ScoredStatement {
        let mut answers = Vec::with_capacity(self.scorers.len());
        self.score(row, |name, pipeline, score| {
            let answer = score.map_or_else(Answer::absent, |score| Answer::new(pipeline, score));
            answers.push((name.to_owned(), answer));
        });
        ScoredStatement::of_row(
            self.places.name(row, number),
            &row.record[self.places.text],
            Ordered(answers),
        )
    }
}

/// Neighbouring rows, and what comes of them.
#[derive(Default)]
struct Batch {
    /// The first `n_rows` are of this batch, the others memory to use again.
    rows: Vec<Row>,
    n_rows: usize,
    n_empty: usize,
    /// Rows of the table before these.
    n_before: usize,
    written: Vec<u8>,
    statements: Vec<ScoredStatement>,
}

impl Batch {
    /// Reads the next rows; none at the end of the table.
    fn fill<R: Read>(&mut self, table: &mut TableReader<R>, text: usize, n_before: usize) -> Result<()> {
        (self.n_rows, self.n_empty, self.n_before) = (0, 0, n_before);
        let mut n_bytes = 0;
        while self.n_rows < BATCH_ROWS && n_bytes < BATCH_BYTES {
            if self.rows.len() == self.n_rows {
                self.rows.push(Row::default());
            }
            let row = &mut self.rows[self.n_rows];
            if !table.read(row)? {
                break;
            }
            self.n_rows += 1;
            n_bytes += row.record.as_slice().len() + size_of::<usize>() * row.record.len();
            self.n_empty += usize::from(is_blank(&row.record[text]));
        }
        Ok(())
    }

    fn answer(&mut self, desk: &mut Desk<'_>, form: Form) {
        self.written.clear();
        let written = std::mem::take(&mut self.written);
        let rows = self.rows[..self.n_rows].iter().zip(self.n_before + 1..);
        self.written = match form {
            Form::Csv { delimiter, n_columns, n_added, cells } => {
                let mut writer =
                    TableWriter::of_rows(written, "memory", delimiter, (n_columns, n_added), cells);
                let mut added = StringRecord::new();
                for (row, _) in rows {
                    added.clear();
                    desk.score(row, |_, pipeline, score| {
                        score.iter().for_each(|score| push_answer(&mut added, pipeline, score));
                    });
                    writer.write(&row.record, &added).expect(INTO_MEMORY);
                }
                writer.finish().expect(INTO_MEMORY)
            }
            Form::JsonLines => rows.fold(written, |mut written, (row, number)| {
                serde_json::to_writer(&mut written, &desk.statement(row, number)).expect(INTO_MEMORY);
                written.push(b'\n');
                written
            }),
            Form::Whole => {
                self.statements.extend(rows.map(|(row, number)| desk.statement(row, number)));
                written
            }
        };
    }
}

const INTO_MEMORY: &str = "memory takes what is written to it";

/// How rows are written.
#[derive(Clone, Copy)]
enum Form {
    Csv {
        delimiter: u8,
        n_columns: usize,
        n_added: usize,
        cells: Cells,
    },
    JsonLines,
    /// Formats for people, and JSON, need all rows at once.
    Whole,
}

impl Form {
    fn new<R: Read>(table: &TableReader<R>, options: &Options<'_>, n_added: usize) -> Self {
        match options.format {
            "csv" => Form::Csv {
                delimiter: table.format().delimiter(),
                n_columns: table.columns().names().len(),
                n_added,
                cells: options.cells,
            },
            "jsonl" => Form::JsonLines,
            _ => Form::Whole,
        }
    }

    fn write_header(self, columns: &[String], added: &[String], output: &mut Output) -> Result<()> {
        if let Form::Csv { delimiter, cells, .. } = self {
            let name = output.name().to_owned();
            TableWriter::new(output, name, delimiter, columns, added, cells)?.finish()?;
        }
        Ok(())
    }
}

fn write_whole(
    path: &Path,
    statements: Vec<ScoredStatement>,
    format: &str,
    output: &mut Output,
) -> Result<()> {
    if format == "json" {
        let documents: Vec<ScoredArticle> = statements.into_iter().map(ScoredArticle::of_row).collect();
        serde_json::to_writer_pretty(&mut *output, &serde_json::json!({ "documents": documents }))?;
        writeln!(output)?;
    } else {
        let whole = ScoredArticle::of_table(path.display().to_string(), statements);
        let colour = matches!(output, Output::Stdout(_)) && output::colour();
        let text = match format {
            "md" => classification::markdown(&whole),
            _ => classification::text(&whole, output::width(), colour),
        };
        output.write_all(text.as_bytes())?;
    }
    Ok(())
}
