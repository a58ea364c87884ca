//! `demarche classify`: articles in [`articles`], tables in [`tables`], those that go out in columns in [`batches`].

mod actor_file;
mod articles;
#[cfg(feature = "arrow")]
mod batches;
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
    let in_columns = args.format.as_deref().or(format_by_name(&args)).filter(|f| IN_COLUMNS.contains(f));
    let is_table = |path: &PathBuf| {
        args.text.is_some()
            || has_extension(&source::uncompressed(path), &["csv", "tsv", "json"])
            || (in_columns.is_some() && path == Path::new("-"))
            || source::is_in_columns(path)
            || (source::is_lines(path) && !source::holds_articles(path))
    };
    let n_tables = args.input.iter().filter(|p| is_table(p)).count();
    if n_tables > 0 && n_tables < args.input.len() {
        bail!("expected articles or tables, found both; run the program once for each");
    }
    if n_tables > 1 {
        bail!("expected one table, found {n_tables}; run the program once for each");
    }
    if let (0, Some(format)) = (n_tables, in_columns) {
        bail!(
            "expected a table for {format}, found an article; if it is a table, name its column of texts with --text"
        );
    }
    let typed = args.format.as_deref().or(in_columns);
    let format = typed.unwrap_or(if n_tables == 1 { "csv" } else { "table" });
    if args.excel_safe && format != "csv" && args.actors.is_none() {
        bail!("--excel-safe is for CSV, found --format {format}");
    }
    let output =
        Output::open(args.output.as_deref(), args.input.iter().chain(&args.model).chain(&args.actor_names))?;
    let name = output.name().to_owned();
    let placed = |error| output::placed(error, &name);
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
        match in_columns {
            #[cfg(feature = "arrow")]
            Some(_) => batches::run(&args.input[0], &models, &options, output).map_err(placed)?,
            _ => tables::run(&args.input[0], &models, &options, output).map_err(placed)?,
        }
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
        articles::run(&args.input, &models, &options, args.threads.get(), output).map_err(placed)?;
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

/// Formats of tables that are read column by column.
const IN_COLUMNS: [&str; 2] = ["arrow", "parquet"];

/// The format that the name of the output asks for, where it can be nothing else.
fn format_by_name(args: &ClassifyArgs) -> Option<&'static str> {
    let path = args.output.as_deref().filter(|_| cfg!(feature = "arrow"))?;
    let by_name = |(extension, format)| has_extension(path, &[extension]).then_some(format);
    [("parquet", "parquet"), ("arrows", "arrow")].into_iter().find_map(by_name)
}

fn has_extension(path: &Path, wanted: &[&str]) -> bool {
    path.extension()
        .and_then(|e| e.to_str())
        .is_some_and(|e| wanted.iter().any(|w| w.eq_ignore_ascii_case(e)))
}
