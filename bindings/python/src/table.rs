//! The columns that a table gets, named as the program names them.

use demarche::article::Models;
use demarche::render::table;
use pyo3::prelude::*;

use crate::model::Model;

/// The columns that answers add to a table, a list a model: label, score, a probability a class, whose weights.
#[pyfunction]
pub(crate) fn answer_columns(models: Vec<PyRef<'_, Model>>) -> Vec<String> {
    table::answer_columns(&Models::new(models.iter().map(|model| model.pipeline())))
}

/// The names under which `added` may join `taken`.
#[pyfunction]
#[allow(clippy::needless_pass_by_value)] // Python hands over lists
pub(crate) fn free_names(taken: Vec<String>, added: Vec<String>) -> Vec<String> {
    demarche::corpus::free_names(&taken, &added)
}
