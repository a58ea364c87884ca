//! One file a subcommand: arguments in, one library call, rendered result out.
//!
//! `Ok(false)` means that a threshold the user asked for was missed.

pub(crate) mod agreement;
pub(crate) mod benchmark;
pub(crate) mod classify;
pub(crate) mod count;
pub(crate) mod evaluate;
pub(crate) mod explain;
pub(crate) mod inspect;
pub(crate) mod shell;
pub(crate) mod train;

use std::borrow::Cow;
use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;

use anyhow::Result;
use clap::ValueEnum;
use demarche::corpus::{Columns, Labeling, ReadOptions, TableReader};
use demarche::linear::LinearSpec;
use demarche::{Corpus, FeatureSet, Pipeline, PipelineSpec, shipped};

use crate::args::{LabeledColumns, LearnerArg};
use crate::output;

/// The model in a file, or a shipped one by its name where no file of that name exists.
fn open_model(path: &Path) -> Result<Cow<'static, Pipeline>> {
    match path.to_str().and_then(shipped::by_name) {
        Some(shipped) if !path.exists() => Ok(Cow::Borrowed(shipped)),
        _ => Ok(Cow::Owned(Pipeline::load(path)?)),
    }
}

/// Says so where a model reads targets and none are given.
fn note_missing_targets(pipeline: &Pipeline, target: Option<&str>) {
    if target.is_none() && pipeline.spec().features.is_sided() {
        output::note(&format!(
            "warning: the {} model reads statements toward their targets; without --target it lacks the features that do",
            pipeline.labels().name()
        ));
    }
}

/// The first of `wanted` that is a column of the table.
fn first_column<'c>(columns: &Columns, wanted: &[&'c str]) -> Option<&'c str> {
    wanted.iter().copied().find(|name| columns.position(name).is_some())
}

/// Opens a table of labeled rows; without a column of labels by `label`, its first of the usual ones.
fn open_labeled(
    data: &Path,
    label: Option<&str>,
    options: ReadOptions,
) -> demarche::Result<(TableReader<Box<dyn Read + Send>>, ReadOptions)> {
    let table = TableReader::open(data)?;
    let usual = || first_column(table.columns(), &["stance", "label", "sentiment"]);
    let label = label.or_else(usual).unwrap_or("stance").to_owned();
    Ok((table, ReadOptions { label, ..options }))
}

/// Opens a table of rows to learn from.
fn open_training(
    data: &Path,
    columns: &LabeledColumns,
) -> demarche::Result<(TableReader<Box<dyn Read + Send>>, ReadOptions)> {
    let LabeledColumns { text, label, group, target } = columns;
    let (group, target) = (group.clone(), target.clone());
    open_labeled(
        data,
        label.as_deref(),
        ReadOptions { text: text.clone(), group, target, ..ReadOptions::default() },
    )
}

/// The pipeline file, what counts were made for, or the defaults around the feature set.
fn open_spec(features: &str) -> Result<PipelineSpec> {
    let path = Path::new(features);
    match path.extension().and_then(OsStr::to_str) {
        Some("toml") => Ok(PipelineSpec::from_path(path)?),
        Some("counts") => Ok(PipelineSpec::of_counts(path)?),
        _ => Ok(PipelineSpec::new(FeatureSet::built_in(features)?)),
    }
}

/// Reads labeled rows, as [`open_labeled`] finds them.
fn read_labeled(data: &Path, label: Option<&str>, options: ReadOptions) -> Result<Corpus> {
    let (mut table, options) = open_labeled(data, label, options)?;
    let corpus = Corpus::read(&mut table, &options)?;
    note_remarks_and_conflicts(data, &corpus);
    Ok(corpus)
}

/// Says what is odd about the rows, and which contradict one another.
fn note_remarks_and_conflicts(data: &Path, rows: &Labeling) {
    note_remarks(data, rows);
    if let Some(remark) = rows.remark_on_conflicts() {
        output::note(&format!("{}: {remark}", data.display()));
    }
}

/// Says what is odd about the rows.
fn note_remarks(data: &Path, rows: &Labeling) {
    for remark in rows.remarks() {
        output::note(&format!("{}: {remark}", data.display()));
    }
}

/// Has `spec` learn as was typed.
fn set_learner(spec: &mut LinearSpec, learner: LearnerArg) {
    let typed = learner.to_possible_value().expect("every learner can be typed");
    spec.set_learner(typed.get_name()).expect("what can be typed is known");
}
