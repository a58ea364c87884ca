//! `demarche train`

use std::io::{Read, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use demarche::corpus::{ReadOptions, TableReader};
use demarche::linear::{CalibrationKind, ClassWeight};
use demarche::pipeline::{C_GRID, Progress, Resources, TargetWeights};
use demarche::{FeatureSet, Pipeline, PipelineSpec};

use super::{note_remarks_and_conflicts, open_labeled, set_learner};
use crate::args::{CalibrationArg, TrainArgs};
use crate::output::{self, Output};

pub(crate) fn run(args: TrainArgs) -> Result<bool> {
    let mut spec = spec(&args)?;
    let mut output = Output::open(Some(&args.output), [&args.data])?;
    let (mut table, columns) = open(&args)?;

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
    let counted = match spec.count_table(&mut table, &columns, resources, &on_progress) {
        Err(error @ demarche::Error::Memory { .. }) if can_hash(&spec, &args) => {
            output::note(&format!("warning: {error}; columns are hashed to 2^{HASHING_BITS}, without names"));
            spec.features = spec.features.hashed(HASHING_BITS);
            let (mut table, columns) = open(&args)?;
            spec.count_table(&mut table, &columns, resources, &on_progress)
        }
        counted => counted,
    };
    let rows = counted?;
    reading.finish_and_clear();
    note_remarks_and_conflicts(&args.data, rows.labeling());
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

/// Columns of features where names take too much memory.
const HASHING_BITS: u32 = 22;

/// Whether the table can be read a second time, with hashed features.
fn can_hash(spec: &PipelineSpec, args: &TrainArgs) -> bool {
    spec.features.hashing_bits.is_none() && args.data.as_os_str() != "-"
}

fn open(args: &TrainArgs) -> Result<(TableReader<Box<dyn Read + Send>>, ReadOptions)> {
    let options = ReadOptions {
        text: args.text.clone(),
        group: args.group.clone(),
        target: args.target.clone(),
        ..ReadOptions::default()
    };
    open_labeled(&args.data, args.label.as_deref(), options)
}

/// The pipeline file, or the defaults around the feature set; then whatever was typed.
fn spec(args: &TrainArgs) -> Result<PipelineSpec> {
    let path = Path::new(&args.features);
    let mut spec = if path.extension().is_some_and(|e| e == "toml") {
        PipelineSpec::from_path(path)?
    } else {
        PipelineSpec::new(FeatureSet::built_in(&args.features)?)
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
