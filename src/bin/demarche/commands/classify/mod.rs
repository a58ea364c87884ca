//! `demarche classify`: articles in [`articles`], tables in [`tables`].

mod actor_file;
mod articles;
mod report;
mod source;
mod tables;
mod tally;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use demarche::article::{Models, TimeUnit, add_actors};
use demarche::corpus::Cells;
use demarche::text::Document;
use demarche::{Pipeline, shipped};

use super::{note_missing_targets, open_model};
use crate::args::{ClassifyArgs, TimeUnitArg};
use crate::output::{self, Output};

pub(crate) fn run(args: ClassifyArgs) -> Result<bool> {
    if let Some(path) = &args.actor_names {
        let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
        let table = Document::from_utf8(path.display().to_string(), bytes)?;
        add_actors(&table.text, &table.name)?;
    }
    let pipelines = match args.model.as_slice() {
        [] => vec![Cow::Borrowed(shipped::stance()), Cow::Borrowed(shipped::sentiment())],
        paths => {
            paths.iter().map(|path| open_model(path)).collect::<Result<Vec<Cow<'static, Pipeline>>>>()?
        }
    };
    pipelines.iter().for_each(|pipeline| note_missing_targets(pipeline, args.target.as_deref()));
    let models = Models::new(pipelines.iter().map(|p| &**p));
    let is_table = |path: &PathBuf| {
        args.text.is_some()
            || has_extension(&source::uncompressed(path), &["csv", "tsv"])
            || (source::is_lines(path) && !source::holds_articles(path))
    };
    let n_tables = args.input.iter().filter(|p| is_table(p)).count();
    if n_tables > 0 && n_tables < args.input.len() {
        bail!("expected articles or tables, found both; run the program once for each");
    }
    if n_tables > 1 {
        bail!("expected one table, found {n_tables}; run the program once for each");
    }
    let format = args.format.as_deref().unwrap_or(if n_tables == 1 { "csv" } else { "table" });
    if args.excel_safe && format != "csv" && args.actors.is_none() {
        bail!("--excel-safe is for CSV, found --format {format}");
    }
    let output =
        Output::open(args.output.as_deref(), args.input.iter().chain(&args.model).chain(&args.actor_names))?;
    let cells = if args.excel_safe { Cells::ExcelSafe } else { Cells::Plain };
    if n_tables == 1 {
        if args.actors.is_some()
            || args.actor_names.is_some()
            || args.by_time.is_some()
            || args.format.as_deref() == Some("html")
        {
            bail!("--actors, --actor-names, --by-time and --format html are for articles, found a table");
        }
        let options = tables::Options {
            text: args.text.as_deref().unwrap_or("text"),
            target: args.target.as_deref(),
            format,
            threads: args.threads.get(),
            cells,
        };
        tables::run(&args.input[0], &models, &options, output)?;
    } else {
        for path in args.input.iter().filter(|path| source::is_lines(path)) {
            let name = path.display();
            output::note(&format!("{name}: read as an article a line; to score its rows, add --text text"));
        }
        let options = report::Options {
            format: format.to_owned(),
            by_time: args.by_time.map(time_unit),
            actors: args.actors,
            cells,
            inputs: args.input.clone(),
        };
        articles::run(&args.input, &models, &options, args.threads.get(), output)?;
    }
    Ok(true)
}

fn time_unit(arg: TimeUnitArg) -> TimeUnit {
    match arg {
        TimeUnitArg::Day => TimeUnit::Day,
        TimeUnitArg::Week => TimeUnit::Week,
        TimeUnitArg::Month => TimeUnit::Month,
    }
}

fn has_extension(path: &Path, wanted: &[&str]) -> bool {
    path.extension()
        .and_then(|e| e.to_str())
        .is_some_and(|e| wanted.iter().any(|w| w.eq_ignore_ascii_case(e)))
}
