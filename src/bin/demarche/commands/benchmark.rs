//! `demarche benchmark`

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result};
use demarche::corpus::ReadOptions;
use demarche::evaluate::benchmark::{
    BenchmarkReport, BenchmarkSpec, COARSE_GRID, Cache, Candidate, ChoiceOfC, Entry, benchmark,
};
use demarche::linear::LinearSpec;
use demarche::pipeline::C_GRID;
use demarche::{Corpus, render};

use super::{read_labeled, set_learner};
use crate::args::{BenchmarkArgs, LearnerArg};
use crate::output::{self, Output};

pub(crate) fn run(args: BenchmarkArgs) -> Result<bool> {
    let spec = spec(&args)?;
    let mut output = Output::open(args.output.as_deref(), [&args.data])?;
    let corpus = read(&args)?;
    let cache = match cache_folder(&args) {
        Some(folder) => Cache::open(folder)?,
        None => Cache::none(),
    };

    let bar = output::progress(0, "fits");
    let reused = AtomicUsize::new(0);
    let mut report = benchmark(&spec, &corpus, &cache, args.threads.get(), &|progress| {
        bar.set_length(progress.total as u64);
        bar.set_position(progress.done as u64);
        reused.fetch_max(progress.reused, Ordering::Relaxed);
    })?;
    let total = bar.length().unwrap_or(0);
    bar.finish_and_clear();
    if let (Some(folder), n @ 1..) = (cache.folder(), reused.into_inner()) {
        output::note(&format!("{n} of {total} results from {}", folder.display()));
    }

    report.data = Some(args.data.display().to_string());
    let written = rendered(&report, &args.format)?;
    output.write_all(written.as_bytes()).with_context(|| output.name().to_owned())?;
    output.finish()?;
    Ok(true)
}

fn rendered(report: &BenchmarkReport, format: &str) -> Result<String> {
    Ok(match format {
        "json" => serde_json::to_string_pretty(report)? + "\n",
        "csv" => render::benchmark::csv(report),
        "md" => render::benchmark::markdown(report),
        "html" => render::html::benchmark::benchmark(report),
        _ => render::benchmark::text(report),
    })
}

fn read(args: &BenchmarkArgs) -> Result<Corpus> {
    let options = ReadOptions {
        text: args.text.clone(),
        group: args.group.clone(),
        target: args.target.clone(),
        keep: args.leave_one_group_out.iter().cloned().collect(),
        ..ReadOptions::default()
    };
    read_labeled(&args.data, args.label.as_deref(), options)
}

fn spec(args: &BenchmarkArgs) -> Result<BenchmarkSpec> {
    let c = match args.c {
        Some(c) => ChoiceOfC::Fixed(c),
        None if args.search => ChoiceOfC::Search(C_GRID.to_vec()),
        None => ChoiceOfC::Search(COARSE_GRID.to_vec()),
    };
    let learners: Vec<LinearSpec> = args.learners.iter().copied().map(learner).collect();
    let entries = Entry::of(candidates(&args.feature_sets)?, &learners, &c, args.seed)?;
    Ok(BenchmarkSpec {
        folds: args.folds,
        repeats: args.repeats,
        seed: args.seed,
        learning_curve: args.learning_curve,
        leave_one_group_out: args.leave_one_group_out.clone(),
        mask_names: args.mask_names,
        ..BenchmarkSpec::new(entries)
    })
}

fn learner(arg: LearnerArg) -> LinearSpec {
    let mut spec = LinearSpec::default();
    set_learner(&mut spec, arg);
    spec
}

/// Files, folders and names as they were typed, or the ladder.
fn candidates(typed: &[String]) -> Result<Vec<Candidate>> {
    if typed.is_empty() {
        return Ok(Candidate::ladder());
    }
    let mut candidates = Vec::new();
    for name in typed {
        let path = Path::new(name);
        if path.is_dir() {
            candidates.extend(Candidate::from_folder(path)?);
        } else if path.extension().is_some_and(|e| e == "toml") {
            candidates.push(Candidate::from_path(path)?);
        } else {
            candidates.push(Candidate::named(name)?);
        }
    }
    Ok(candidates)
}

/// Where results are kept: the folder asked for, else the user's own cache, if there is a place for one.
fn cache_folder(args: &BenchmarkArgs) -> Option<PathBuf> {
    if args.no_cache {
        return None;
    }
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let own = || {
        let folder = if cfg!(windows) {
            set("LOCALAPPDATA")
        } else if cfg!(target_os = "macos") {
            set("HOME").map(|home| home.join("Library/Caches"))
        } else {
            set("XDG_CACHE_HOME").or_else(|| set("HOME").map(|home| home.join(".cache")))
        };
        folder.map(|folder| folder.join("demarche").join("benchmark"))
    };
    args.cache.clone().or_else(own)
}
