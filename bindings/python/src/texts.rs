//! Columns of texts, as Python or Arrow hold them: read where they are, not copied.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, make_array};
use arrow_data::ArrayData;
use arrow_pyarrow::FromPyArrow;
use arrow_schema::DataType;
use demarche::text::{Passage, is_blank};
use pyo3::exceptions::{PyTypeError, PyUnicodeEncodeError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyFloat, PyString};

use crate::Error;

/// A column of texts; some may be missing.
#[pyclass(frozen, module = "demarche._native")]
pub(crate) struct Texts {
    /// What the column is called in messages.
    name: String,
    column: Column,
}

enum Column {
    Strings(Vec<Option<PyBackedStr>>),
    Arrays(Vec<ArrayRef>),
}

#[pymethods]
impl Texts {
    /// A column of Python strings; None, NaN, NaT and pandas.NA are missing.
    #[staticmethod]
    fn of_strings(name: String, values: Vec<Bound<'_, PyAny>>) -> PyResult<Self> {
        let read = |(at, value)| text_of(&name, at, value);
        let strings = values.iter().enumerate().map(read).collect::<PyResult<_>>()?;
        Ok(Texts { name, column: Column::Strings(strings) })
    }

    /// A column of Arrow arrays, one after another, each with `__arrow_c_array__`.
    #[staticmethod]
    fn of_arrays(name: String, arrays: Vec<Bound<'_, PyAny>>) -> PyResult<Self> {
        let read = |array| array_of(&name, array);
        let arrays = arrays.iter().map(read).collect::<PyResult<_>>()?;
        Ok(Texts { name, column: Column::Arrays(arrays) })
    }

    fn __len__(&self) -> usize {
        match &self.column {
            Column::Strings(strings) => strings.len(),
            Column::Arrays(arrays) => arrays.iter().map(|array| array.len()).sum(),
        }
    }

    /// The first row, counted from 0, that has no text.
    fn first_missing(&self) -> Option<usize> {
        self.rows().iter().position(Option::is_none)
    }
}

impl Texts {
    /// The texts in order, `None` where one is missing.
    pub(crate) fn rows(&self) -> Vec<Option<&str>> {
        match &self.column {
            Column::Strings(strings) => strings.iter().map(Option::as_deref).collect(),
            Column::Arrays(arrays) => {
                let mut rows = Vec::with_capacity(self.__len__());
                arrays.iter().for_each(|array| push_rows(array, &mut rows));
                rows
            }
        }
    }

    /// The texts in order as a corpus has them: empty where one is missing.
    pub(crate) fn owned(&self) -> Vec<String> {
        self.rows().into_iter().map(|text| text.unwrap_or_default().to_owned()).collect()
    }

    /// What a model is asked; nothing where a text is missing or, unless `with_blank`, nothing of it can be seen.
    pub(crate) fn passages<'t>(
        &'t self,
        targets: Option<&'t Texts>,
        with_blank: bool,
    ) -> PyResult<Vec<Option<Passage<'t>>>> {
        let is_asked = |text: &&str| with_blank || !is_blank(text);
        let mut rows: Vec<Option<Passage<'t>>> =
            self.rows().into_iter().map(|text| text.filter(is_asked).map(Passage::from)).collect();
        if let Some(targets) = targets {
            targets.check_length(self)?;
            let known = |target: &str| Some(target.trim()).filter(|name| !name.is_empty()).is_some();
            for (row, target) in rows.iter_mut().zip(targets.rows()) {
                *row = row.map(|passage| passage.toward(target.filter(|t| known(t)).map(str::trim)));
            }
        }
        Ok(rows)
    }

    /// Refuses a column that is not as long as the texts it stands beside.
    pub(crate) fn check_length(&self, beside: &Texts) -> PyResult<()> {
        let (expected, found) = (beside.__len__(), self.__len__());
        if expected == found {
            return Ok(());
        }
        let (name, other) = (&self.name, &beside.name);
        Err(Error::new_err(format!(
            "{name}: expected {expected} values, one for each of the {other}, found {found}"
        )))
    }

    /// The name and 0-based number of a row, as messages have it: `texts[3]`.
    pub(crate) fn place(&self, row: usize) -> String {
        format!("{}[{row}]", self.name)
    }
}

fn text_of(name: &str, at: usize, value: &Bound<'_, PyAny>) -> PyResult<Option<PyBackedStr>> {
    if let Ok(text) = value.cast::<PyString>() {
        let text = PyBackedStr::try_from(text.clone());
        return text.map(Some).map_err(|error| {
            match error.is_instance_of::<PyUnicodeEncodeError>(value.py()) {
                true => {
                    Error::new_err(format!("{name}[{at}]: expected text, found a lone surrogate: {error}"))
                }
                false => error,
            }
        });
    }
    if is_missing(value)? {
        return Ok(None);
    }
    let found = value.get_type().name()?;
    Err(PyTypeError::new_err(format!("{name}[{at}]: expected a str or a missing value, found {found}")))
}

fn is_missing(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    if value.is_none() {
        return Ok(true);
    }
    if let Ok(number) = value.cast::<PyFloat>() {
        return Ok(number.extract::<f64>()?.is_nan());
    }
    // pandas.NA and pandas.NaT, without importing pandas.
    let kind = value.get_type().name()?;
    Ok(kind == "NAType" || kind == "NaTType")
}

fn array_of(name: &str, array: &Bound<'_, PyAny>) -> PyResult<ArrayRef> {
    // An array may come from anyone: the import checks that it is what it says, UTF-8 included.
    let data = ArrayData::from_pyarrow_bound(array).map_err(|error| {
        Error::new_err(format!("{name}: expected a sound Arrow array, found: {}", error.value(array.py())))
    })?;
    if !is_strings(data.data_type()) {
        let found = data.data_type();
        return Err(PyTypeError::new_err(format!(
            "{name}: expected strings, found an Arrow array of {found}"
        )));
    }
    Ok(make_array(data))
}

fn is_strings(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => true,
        DataType::Dictionary(_, values) => is_strings(values),
        _ => false,
    }
}

fn push_rows<'a>(array: &'a ArrayRef, rows: &mut Vec<Option<&'a str>>) {
    match array.data_type() {
        DataType::Utf8 => rows.extend(array.as_string::<i32>()),
        DataType::LargeUtf8 => rows.extend(array.as_string::<i64>()),
        DataType::Utf8View => rows.extend(array.as_string_view()),
        DataType::Dictionary(..) if array.null_count() < array.len() => {
            let dictionary = array.as_any_dictionary();
            let mut values = Vec::with_capacity(dictionary.values().len());
            push_rows(dictionary.values(), &mut values);
            let keys = dictionary.normalized_keys();
            let row = |(at, key): (usize, usize)| values[key].filter(|_| array.is_valid(at));
            rows.extend(keys.into_iter().enumerate().map(row));
        }
        // A dictionary without values, or an array of the null type.
        _ => rows.extend(std::iter::repeat_n(None, array.len())),
    }
}
