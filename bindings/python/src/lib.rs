//! The native half of the Python package: texts in, arrays out. Everything that a reader of the documentation sees is
//! Python, in `python/demarche/`.
//!
//! Whatever takes longer than a moment runs without the interpreter's lock and stops on Ctrl-C.

mod article;
mod model;
mod table;
mod texts;
mod train;
mod watch;

use pyo3::prelude::*;

pyo3::create_exception!(
    demarche,
    Error,
    pyo3::exceptions::PyValueError,
    "Input, settings or a file that demarche refuses, in the words of the program."
);

/// An error of the library as Python sees it.
fn refusal(error: demarche::Error) -> PyErr {
    Error::new_err(error.to_string())
}

/// Threads to work with: as many as asked for, or one a processor.
fn threads(wanted: Option<usize>) -> usize {
    let all = || std::thread::available_parallelism().map_or(1, usize::from);
    wanted.filter(|&n| n > 0).unwrap_or_else(all)
}

#[pymodule]
mod _native {
    #[pymodule_export]
    use super::Error;
    #[pymodule_export]
    use super::article::{Article, add_actors, read_article};
    #[pymodule_export]
    use super::model::Model;
    #[pymodule_export]
    use super::table::{answer_columns, free_names};
    #[pymodule_export]
    use super::texts::Texts;
    #[pymodule_export]
    use super::train::train;

    #[pymodule_init]
    fn init(module: &pyo3::Bound<'_, pyo3::types::PyModule>) -> pyo3::PyResult<()> {
        use pyo3::types::PyModuleMethods;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
