//! `demarche train`

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use demarche::linear::{CalibrationKind, ClassWeight};
use demarche::pipeline::{C_GRID, CountedRows, Progress, Resources, TargetWeights};
use demarche::{Pipeline, PipelineSpec};

use super::{note_remarks_and_conflicts, open_spec, open_training, set_learner};
use crate::args::{CalibrationArg, LabeledColumns, TrainArgs};
use crate::output::{self, Output};

pub(crate) fn run(args: TrainArgs) -> Result<bool> {
    let source = Source::of(&args)?;
    let mut spec = spec(&args, &source)?;
    let mut output = Output::open(Some(&args.output), source.files())?;

    let started = Instant::now();
    let (reading, fitting) = (output::counter("rows read"), output::progress(0, "fitting"));
    let on_progress = |progress| match progress {
        Progress::Reading(done) => reading.set_position(done as u64),
        Progress::Fitting(done, total) => {
            fitting.set_length(total as u64);
            fitting.set_position(done as u64);
        }
    };
    let resources = Resources { threads: args.threads.get(), memory: args.max_memory };
    let counted = match source.count(&spec, resources, &on_progress) {
        Err(demarche::Error::Memory { limit, rows, fix }) if source.can_hash(&spec) => {
            let error = demarche::Error::Memory { limit, rows, fix };
            let bits = Resources::HASHING_BITS;
            output::note(&format!("warning: {error}; columns are hashed to 2^{bits}, without names"));
            spec.features = spec.features.hashed(bits);
            source.count(&spec, resources, &on_progress)
        }
        counted => counted,
    };
    let rows = counted?;
    reading.finish_and_clear();
    note_remarks_and_conflicts(source.name(), rows.labeling());
    let pipeline = spec.fit_counted(rows, args.threads.get(), &on_progress)?;
    fitting.finish_and_clear();
    let (bytes, is_file) = (pipeline.to_bytes(), output.is_file());
    output.write_all(&bytes).with_context(|| args.output.display().to_string())?;
    output.finish()?;
    let report = report(&args.output, &pipeline, bytes.len(), started.elapsed().as_secs_f64());
    if is_file {
        output::print(&report)?;
    } else {
        output::note(report.trim_end());
    }
    Ok(true)
}

/// Where rows come from.
enum Source<'a> {
    Table(&'a PathBuf, &'a LabeledColumns),
    Counts(Vec<PathBuf>),
}

impl<'a> Source<'a> {
    fn of(args: &'a TrainArgs) -> Result<Self> {
        match &args.data {
            Some(data) => Ok(Source::Table(data, &args.columns)),
            None => Ok(Source::Counts(counts_files(&args.features_from)?)),
        }
    }

    fn files(&self) -> &[PathBuf] {
        match self {
            Source::Table(data, _) => std::slice::from_ref(data),
            Source::Counts(files) => files,
        }
    }

    /// What stands for it in notes.
    fn name(&self) -> &Path {
        match self.files() {
            [only] => only,
            _ => Path::new("counts"),
        }
    }

    fn count(
        &self,
        spec: &PipelineSpec,
        resources: Resources,
        on_progress: &(dyn Fn(Progress) + Sync),
    ) -> demarche::Result<CountedRows> {
        match self {
            Source::Table(data, columns) => {
                let (mut table, options) = open_training(data, columns)?;
                spec.count_table(&mut table, &options, resources, on_progress)
            }
            Source::Counts(files) => spec.merge_counts(files, resources, on_progress),
        }
    }

    /// Whether it can be read a second time, with hashed features.
    fn can_hash(&self, spec: &PipelineSpec) -> bool {
        let is_lasting = |file: &PathBuf| file.as_os_str() != "-" && file.is_file();
        spec.features.hashing_bits.is_none() && self.files().iter().all(is_lasting)
    }
}

/// The files, and of folders those named `*.counts` in the order of their names.
fn counts_files(typed: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in typed {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = std::fs::read_dir(path).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
        let entries = entries.with_context(|| path.display().to_string())?;
        let all = entries.into_iter().map(|entry| entry.path());
        let mut found: Vec<PathBuf> =
            all.filter(|file| file.extension().is_some_and(|e| e == "counts")).collect();
        if found.is_empty() {
            bail!("{}: expected a folder of files *.counts, found none", path.display());
        }
        found.sort_unstable();
        files.append(&mut found);
    }
    Ok(files)
}

/// The pipeline file, the defaults around the feature set, or what counts were made for; then whatever was typed.
fn spec(args: &TrainArgs, source: &Source<'_>) -> Result<PipelineSpec> {
    let mut spec = match (&args.features, source) {
        (Some(features), _) => open_spec(features)?,
        (None, Source::Counts(files)) => PipelineSpec::of_counts(&files[0])?,
        (None, Source::Table(..)) => open_spec("words-1-2")?,
    };
    if let Some(learner) = args.learner {
        set_learner(&mut spec.model, learner);
    }
    if let Some(calibration) = args.calibration {
        spec.calibration = match calibration {
            CalibrationArg::Sigmoid => CalibrationKind::Sigmoid,
            CalibrationArg::Temperature => CalibrationKind::Temperature,
            CalibrationArg::Isotonic => CalibrationKind::Isotonic,
            CalibrationArg::Softmax => CalibrationKind::Softmax,
        };
    }
    if args.balanced {
        spec.model.class_weight = ClassWeight::Balanced;
    }
    if args.search {
        spec.search = C_GRID.to_vec();
    }
    if let Some(c) = args.c {
        spec.model.c = c;
        spec.search.clear();
    }
    spec.compress = args.compress.or(spec.compress);
    spec.folds = args.folds.unwrap_or(spec.folds);
    spec.model.seed = args.seed.unwrap_or(spec.model.seed);
    spec.check()?;
    Ok(spec)
}

fn report(path: &Path, pipeline: &Pipeline, bytes: usize, seconds: f64) -> String {
    let training = pipeline.training();
    let classes: Vec<String> = pipeline
        .labels()
        .names()
        .iter()
        .zip(&training.rows_per_class)
        .map(|(name, rows)| format!("{name} {rows}"))
        .collect();
    let spec = pipeline.spec();
    let mut text = format!(
        "{}: {} rows ({}), {} features, C {}, {:.1} MB, {seconds:.2} s\n",
        path.display(),
        training.rows,
        classes.join(", "),
        pipeline.vectorizer().n_features(),
        spec.model.c,
        bytes as f64 / 1e6,
    );
    for tried in &training.search {
        let score = tried.score.map(|s| format!(", {s:.3} by the metric searched")).unwrap_or_default();
        text += &format!("  C {:<6} macro F1 {:.3}{score} on the rows held out\n", tried.c, tried.macro_f1);
    }
    for (at, step) in training.compression.iter().flat_map(|c| c.steps.iter().enumerate()) {
        let taken = training.compression.as_ref().is_some_and(|c| c.taken == at);
        let mark = if taken { "  taken" } else { "" };
        text += &format!(
            "  {:>9} features: accuracy {:.4} on the rows held out{mark}\n",
            step.features, step.accuracy
        );
    }
    for target in
        training.targets.iter().filter(|t| !t.own_weights && spec.target_weights != TargetWeights::Shared)
    {
        output::note(&format!(
            "target {:?}: {} rows of one class get the shared weights",
            target.name, target.rows
        ));
    }
    if let Some(open) = training.convergence.iter().find(|c| !c.converged) {
        output::note(&format!(
            "warning: the solver stopped after {} epochs with a relative gap of {:.1e}; raise max_epochs or lower C",
            open.epochs, open.gap
        ));
    }
    text
}
