//! `demarche classify`: articles in [`articles`], tables in [`tables`].

mod actor_file;
mod articles;
mod report;
mod source;
mod tables;
mod tally;
mod unread;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use demarche::article::{Models, TimeUnit, add_actors};
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
            || has_extension(path, &["csv", "tsv"])
            || (has_extension(path, &["jsonl", "ndjson"]) && !source::holds_articles(path))
    };
    let n_tables = args.input.iter().filter(|p| is_table(p)).count();
    if n_tables > 0 && n_tables < args.input.len() {
        bail!("expected articles or tables, found both; run the program once for each");
    }
    if n_tables > 1 {
        bail!("expected one table, found {n_tables}; run the program once for each");
    }
    let output = Output::open(args.output.as_deref())?;
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
            format: args.format.as_deref().unwrap_or("csv"),
            threads: args.threads.get(),
        };
        tables::run(&args.input[0], &models, &options, output)?;
    } else {
        for path in args.input.iter().filter(|path| source::is_lines(path)) {
            let name = path.display();
            output::note(&format!("{name}: read as an article a line; to score its rows, add --text text"));
        }
        let options = report::Options {
            format: args.format.unwrap_or_else(|| "table".to_owned()),
            by_time: args.by_time.map(time_unit),
            actors: args.actors,
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
