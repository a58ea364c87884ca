//! `demarche evaluate`

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use demarche::corpus::{Columns, ReadOptions, TableReader};
use demarche::evaluate::{EvaluateOptions, EvaluationReport, evaluate};
use demarche::render::{evaluation, html};
use demarche::text::is_blank;
use demarche::{Corpus, Pipeline, shipped};

use super::{first_column, note_missing_targets, note_remarks, open_model};
use crate::args::EvaluateArgs;
use crate::output::{self, Output};

pub(crate) fn run(args: EvaluateArgs) -> Result<bool> {
    let mut output = Output::open(
        args.output.as_deref(),
        std::iter::once(&args.data).chain(&args.model).chain(&args.versus),
    )?;
    let mut table = TableReader::open(&args.data)?;
    let (pipeline, name) = model(&args, table.columns())?;
    note_missing_targets(&pipeline, args.target.as_deref());
    let versus = args.versus.as_deref().map(open_model).transpose().context("--versus")?;
    let other = args.versus.as_ref().map(|path| path.display().to_string());
    let columns = read_options(&args, &pipeline, table.columns());
    let corpus = with_texts(Corpus::read(&mut table, &columns)?, &args.data)?;
    let options = EvaluateOptions {
        threads: args.threads.get(),
        seed: args.seed,
        threshold: args.threshold,
        errors: args.errors.filter(|n| *n > 0),
        versus: other.as_deref().zip(versus.as_deref()),
    };
    let mut report = evaluate(&pipeline, &corpus, &options)?;
    report.model = Some(name);
    let written = rendered(&report, &args.format)?;
    output.write_all(written.as_bytes()).with_context(|| output.name().to_owned())?;
    output.finish()?;
    Ok(args.min_macro_f1.is_none_or(|least| report.macro_f1.value.is_some_and(|f1| f1 >= least)))
}

/// The rows with a text: a model has no answer to an empty one, so that none is counted.
fn with_texts(corpus: Corpus, data: &Path) -> Result<Corpus> {
    note_remarks(data, &corpus);
    if corpus.empty_texts() == 0 {
        return Ok(corpus);
    }
    let rows: Vec<usize> = (0..corpus.len()).filter(|&row| !is_blank(&corpus.texts()[row])).collect();
    if rows.is_empty() {
        bail!("{}: expected a row with a text, found {} empty ones", data.display(), corpus.len());
    }
    output::note(&format!("{}: figures are those of the {} rows with a text", data.display(), rows.len()));
    Ok(corpus.subset(&rows))
}

/// The model asked for, or the shipped one for the label column, with its name.
fn model(args: &EvaluateArgs, columns: &Columns) -> Result<(Cow<'static, Pipeline>, String)> {
    if let Some(path) = &args.model {
        return Ok((open_model(path)?, path.display().to_string()));
    }
    let wanted = args.label.as_deref().or_else(|| first_column(columns, &["stance", "sentiment"]));
    let name = if wanted == Some("sentiment") { "sentiment" } else { "stance" };
    let model = if name == "sentiment" { shipped::sentiment() } else { shipped::stance() };
    Ok((Cow::Borrowed(model), name.to_owned()))
}

fn read_options(args: &EvaluateArgs, pipeline: &Pipeline, columns: &Columns) -> ReadOptions {
    let label = args.label.clone().unwrap_or_else(|| {
        let own = pipeline.labels().name();
        first_column(columns, &[own, "label"]).unwrap_or(own).to_owned()
    });
    // The figures by target are those by its column.
    let mut keep = args.by.clone();
    keep.extend(args.target.iter().filter(|target| !args.by.contains(target)).cloned());
    ReadOptions {
        text: args.text.clone(),
        label,
        group: args.group.clone(),
        target: args.target.clone(),
        label_set: Some(pipeline.labels().clone()),
        keep,
        ..ReadOptions::default()
    }
}

fn rendered(report: &EvaluationReport, format: &str) -> Result<String> {
    Ok(match format {
        "json" => serde_json::to_string_pretty(report)? + "\n",
        "md" => evaluation::markdown(report),
        "html" => html::evaluation::html(report),
        _ => evaluation::text(report),
    })
}
