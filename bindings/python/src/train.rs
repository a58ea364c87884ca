//! Labeled texts to a model, as `demarche train` makes it of a table.

use std::ffi::CString;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::Ordering;

use demarche::error::Place;
use demarche::linear::{CalibrationKind, ClassWeight};
use demarche::pipeline::{C_GRID, Resources};
use demarche::{Corpus, Error, FeatureSet, LabelSet, PipelineSpec};
use pyo3::exceptions::PyUserWarning;
use pyo3::prelude::*;

use crate::model::Model;
use crate::texts::Texts;
use crate::watch::watched;
use crate::{refusal, threads};

/// What may be chosen, each as the program's flag of that name.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Settings {
    features: String,
    learner: Option<String>,
    c: Option<f64>,
    search: bool,
    balanced: bool,
    calibration: Option<String>,
    folds: Option<usize>,
    seed: Option<u64>,
    compress: Option<f64>,
    max_memory: Option<usize>,
}

/// Trains on labeled texts; `name` is what the labels answer where they are no stances or sentiments.
#[pyfunction]
#[pyo3(signature = (texts, labels, groups, targets, name, settings, n_threads=None))]
#[allow(clippy::too_many_arguments)] // columns, which Python passes by name
pub(crate) fn train(
    py: Python<'_>,
    texts: &Texts,
    labels: &Texts,
    groups: Option<&Texts>,
    targets: Option<&Texts>,
    name: &str,
    settings: Settings,
    n_threads: Option<usize>,
) -> PyResult<Model> {
    for column in [Some(labels), groups, targets].into_iter().flatten() {
        column.check_length(texts)?;
    }
    let fitted = watched(py, |is_stopped| {
        let mut spec = settings.spec()?;
        let corpus = corpus(texts, labels, groups, targets, name)?;
        let resources = Resources { threads: threads(n_threads), memory: settings.max_memory };
        let on_progress = |_| match is_stopped.load(Ordering::Relaxed) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        };
        match spec.fit_within(&corpus, resources, &on_progress) {
            Err(error @ Error::Memory { .. }) if spec.features.hashing_bits.is_none() => {
                let bits = Resources::HASHING_BITS;
                spec.features = spec.features.hashed(bits);
                let warning = format!("{error}; columns are hashed to 2^{bits}, without names");
                Ok((spec.fit_within(&corpus, resources, &on_progress)?, Some(warning)))
            }
            fitted => Ok((fitted?, None)),
        }
    })?;
    let (pipeline, warning) = fitted.map_err(refusal)?;
    if let Some(warning) = warning {
        let words = CString::new(warning)?;
        PyErr::warn(py, &py.get_type::<PyUserWarning>(), &words, 2)?;
    }
    Ok(Model::of(pipeline))
}

impl Settings {
    fn spec(&self) -> demarche::Result<PipelineSpec> {
        let mut spec = self.base()?;
        if let Some(learner) = &self.learner {
            spec.model.set_learner(learner)?;
        }
        if let Some(calibration) = &self.calibration {
            spec.calibration = calibration_of(calibration)?;
        }
        if self.balanced {
            spec.model.class_weight = ClassWeight::Balanced;
        }
        if self.search {
            spec.search = C_GRID.to_vec();
        }
        if let Some(c) = self.c {
            spec.model.c = c;
            spec.search.clear();
        }
        spec.compress = self.compress.or(spec.compress);
        spec.folds = self.folds.unwrap_or(spec.folds);
        spec.model.seed = self.seed.unwrap_or(spec.model.seed);
        spec.check()?;
        Ok(spec)
    }

    /// A file or a text in TOML, or the defaults around a built-in feature set.
    fn base(&self) -> demarche::Result<PipelineSpec> {
        let path = Path::new(&self.features);
        if self.features.contains('\n') {
            PipelineSpec::parse(&self.features, "features", Path::new(""))
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            PipelineSpec::from_path(path)
        } else {
            Ok(PipelineSpec::new(FeatureSet::built_in(&self.features)?))
        }
    }
}

fn calibration_of(name: &str) -> demarche::Result<CalibrationKind> {
    let parsed = serde_json::from_value(serde_json::Value::String(name.to_owned()));
    let expected = "sigmoid, temperature, isotonic or softmax";
    parsed.map_err(|_| Error::parameter("calibration", expected, format!("{name:?}")))
}

/// The corpus that a table with these columns would be.
fn corpus(
    texts: &Texts,
    labels: &Texts,
    groups: Option<&Texts>,
    targets: Option<&Texts>,
    name: &str,
) -> demarche::Result<Corpus> {
    let words = labels.rows().into_iter().enumerate().map(|(row, word)| {
        let missing = || Error::table(Place::file(labels.place(row)), "a label", "a missing value");
        word.filter(|word| !word.trim().is_empty()).ok_or_else(missing)
    });
    let words = words.collect::<demarche::Result<Vec<&str>>>()?;
    let set = match words.split_first() {
        Some((first, rest)) if rest.iter().all(|word| word == first) => {
            let found = format!("{first:?} in every row");
            return Err(Error::table(Place::file("labels"), "two or more different labels", found));
        }
        _ => LabelSet::infer(name, words.iter().copied())?,
    };
    let parse = |(row, word): (usize, &&str)| set.parse_at(word, || Place::file(labels.place(row)));
    let truth = words.iter().enumerate().map(parse).collect::<demarche::Result<_>>()?;
    let mut corpus = Corpus::new(set.clone(), texts.owned(), truth);
    if let Some(groups) = groups {
        corpus = corpus.with_groups(&groups.owned());
    }
    if let Some(targets) = targets {
        let trimmed = targets.rows().into_iter().map(|target| target.unwrap_or_default().trim().to_owned());
        corpus = corpus.with_targets(&trimmed.collect::<Vec<_>>());
    }
    Ok(corpus)
}
