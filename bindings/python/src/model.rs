//! A model as Python holds it.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use demarche::render::model::Report;
use demarche::{Label, Pipeline, shipped};
use numpy::{IntoPyArray, PyArray1, PyArray2};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::texts::Texts;
use crate::watch::watched;
use crate::{Error, refusal, threads};

/// Rows from which on a call is worth a thread that looks for signals.
const WATCHED_ROWS: usize = 4096;

/// A fitted pipeline; immutable, shared by threads.
#[pyclass(frozen, module = "demarche._native")]
pub(crate) struct Model {
    pipeline: Cow<'static, Pipeline>,
}

/// Label codes (-1 for none), stance scores, probabilities, and whether a target's own weights answered.
type Answers<'py> = (
    Bound<'py, PyArray1<i16>>,
    Bound<'py, PyArray1<f64>>,
    Bound<'py, PyArray2<f64>>,
    Bound<'py, PyArray1<bool>>,
);

/// Label, decision, intercept and (feature, value, weight, contribution), largest contribution first.
type Parts = (String, f64, f64, Vec<(String, f32, f64, f64)>);

#[pymethods]
impl Model {
    #[staticmethod]
    fn from_bytes(py: Python<'_>, data: &[u8], place: &str) -> PyResult<Self> {
        py.detach(|| Pipeline::from_bytes(data, place)).map(Model::of).map_err(refusal)
    }

    #[staticmethod]
    fn from_path(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        py.detach(|| Pipeline::load(path)).map(Model::of).map_err(refusal)
    }

    /// A model that is part of the package; None if none has this name.
    #[staticmethod]
    fn shipped(py: Python<'_>, name: &str) -> Option<Self> {
        py.detach(|| shipped::by_name(name)).map(|pipeline| Model { pipeline: Cow::Borrowed(pipeline) })
    }

    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &py.detach(|| self.pipeline.to_bytes()))
    }

    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        py.detach(|| self.pipeline.save(path)).map_err(refusal)
    }

    /// What the labels answer.
    #[getter]
    fn name(&self) -> &str {
        self.pipeline.labels().name()
    }

    #[getter]
    fn labels(&self) -> Vec<String> {
        self.pipeline.labels().names().to_vec()
    }

    /// -1, 0 or 1 a label; None for a label set without polarity.
    #[getter]
    fn polarity(&self) -> Option<Vec<i8>> {
        let labels = self.pipeline.labels();
        (0..labels.len()).map(|at| labels.polarity_of(Label::from_index(at))).collect()
    }

    #[getter]
    fn targets(&self) -> Vec<String> {
        self.pipeline.targets().map(str::to_owned).collect()
    }

    #[getter]
    fn n_features(&self) -> usize {
        self.pipeline.vectorizer().n_features()
    }

    /// The code of the label that `word` means; None if it is no label.
    fn code_of(&self, word: &str) -> Option<usize> {
        self.pipeline.labels().parse(word).map(Label::index)
    }

    #[pyo3(signature = (texts, targets=None, n_threads=None, with_blank=false))]
    fn score<'py>(
        &self,
        py: Python<'py>,
        texts: &Texts,
        targets: Option<&Texts>,
        n_threads: Option<usize>,
        with_blank: bool,
    ) -> PyResult<Answers<'py>> {
        let table = rows_of(py, texts, targets, with_blank, |rows, go_on| {
            self.pipeline.score_table(rows, threads(n_threads), go_on)
        })?;
        let code = |label: &Option<Label>| label.map_or(-1, |label| label.0 as i16);
        let codes: Vec<i16> = table.labels.iter().map(code).collect();
        Ok((
            codes.into_pyarray(py),
            table.scores.into_pyarray(py),
            table.probabilities.into_pyarray(py),
            table.own_weights.into_pyarray(py),
        ))
    }

    #[pyo3(signature = (texts, targets=None, n_threads=None, with_blank=false))]
    fn decisions<'py>(
        &self,
        py: Python<'py>,
        texts: &Texts,
        targets: Option<&Texts>,
        n_threads: Option<usize>,
        with_blank: bool,
    ) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let table = rows_of(py, texts, targets, with_blank, |rows, go_on| {
            self.pipeline.decision_table(rows, threads(n_threads), go_on)
        })?;
        Ok(table.into_pyarray(py))
    }

    #[pyo3(signature = (text, label=None, target=None))]
    fn explain(
        &self,
        py: Python<'_>,
        text: &str,
        label: Option<&str>,
        target: Option<&str>,
    ) -> PyResult<Parts> {
        let labels = self.pipeline.labels();
        let parse = |word: &str| {
            let known = labels.names().join(", ");
            labels
                .parse(word)
                .ok_or_else(|| Error::new_err(format!("label: unknown label {word:?} (known: {known})")))
        };
        let label = label.map(parse).transpose()?;
        let passage = demarche::text::Passage::from(text).toward(target);
        let explanation = py.detach(|| self.pipeline.explain(passage, label));
        let parts = explanation.features.into_iter().map(|f| (f.feature, f.value, f.weight, f.contribution));
        Ok((explanation.label, explanation.decision, explanation.intercept, parts.collect()))
    }

    /// What `demarche inspect --format json` prints.
    #[pyo3(signature = (name, top, target=None))]
    fn inspect(&self, py: Python<'_>, name: &str, top: usize, target: Option<&str>) -> PyResult<String> {
        let report = || serde_json::to_string(&Report::new(name, &self.pipeline, target, top));
        py.detach(report).map_err(|error| Error::new_err(error.to_string()))
    }
}

impl Model {
    pub(crate) fn of(pipeline: Pipeline) -> Self {
        Model { pipeline: Cow::Owned(pipeline) }
    }

    pub(crate) fn pipeline(&self) -> &Pipeline {
        &self.pipeline
    }
}

/// What `work` makes of the texts; many of them are watched over.
fn rows_of<R: Send>(
    py: Python<'_>,
    texts: &Texts,
    targets: Option<&Texts>,
    with_blank: bool,
    work: impl FnOnce(&[Option<demarche::text::Passage<'_>>], &(dyn Fn() -> bool + Sync)) -> Option<R> + Send,
) -> PyResult<R> {
    let rows = texts.passages(targets, with_blank)?;
    let never = AtomicBool::new(false);
    let go_on = |is_stopped: &AtomicBool| !is_stopped.load(Ordering::Relaxed);
    let table = match rows.len() < WATCHED_ROWS {
        true => py.detach(|| work(&rows, &|| go_on(&never))),
        false => watched(py, |is_stopped| work(&rows, &|| go_on(is_stopped)))?,
    };
    table.ok_or_else(|| refusal(demarche::Error::Interrupted))
}
