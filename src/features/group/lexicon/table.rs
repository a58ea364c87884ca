//! Tables of terms, those that come with the library and those of a user.

use std::io::Read;
use std::path::{Path, PathBuf};

use csv::ErrorKind;
use serde::de::DeserializeOwned;

use crate::decode;
use crate::error::{Error, Place, Result};

/// The lexicons that come with the library.
const BUILT_IN: [(&str, &str); 3] = [
    ("stance", include_str!("../../../../datasets/lexicons/stance.csv")),
    ("tone", include_str!("../../../../datasets/lexicons/tone.csv")),
    ("vader", VADER),
];

/// The words of VADER, `term,category,role,valence`.
pub(in crate::features) const VADER: &str = include_str!("../../../../datasets/lexicons/vader.csv");

/// The rows of `file`, relative to `folder`; `expected` says in errors what a row is.
pub(in crate::features::group) fn of_file<T: DeserializeOwned>(
    file: PathBuf,
    folder: &Path,
    expected: &str,
) -> Result<Vec<T>> {
    let path = folder.join(file);
    let place = path.display().to_string();
    let bytes = std::fs::read(&path).map_err(|e| Error::io(&path, e))?;
    let rows: Vec<T> = rows(decode::utf8(&place, bytes)?.as_bytes(), &place, expected)?;
    if rows.is_empty() {
        return Err(Error::table(Place::file(place), expected, "no row"));
    }
    Ok(rows)
}

/// The rows of the built-in lexicon of this name.
pub(in crate::features::group) fn built_in<T: DeserializeOwned>(
    name: &str,
    expected: &str,
) -> Result<Vec<T>> {
    let Some((name, csv)) = BUILT_IN.iter().find(|(known, _)| *known == name) else {
        let known = BUILT_IN.map(|(n, _)| n).join(", ");
        let expected = format!("terms, a `file`, or one of the built-in names {known}");
        return Err(Error::parameter("lexicon", expected, format!("{name:?}")));
    };
    rows(csv.as_bytes(), name, expected)
}

/// The rows of a table with a header; lines that begin with `#` are passed over.
pub(super) fn rows<T: DeserializeOwned>(csv: impl Read, place: &str, expected: &str) -> Result<Vec<T>> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).comment(Some(b'#')).from_reader(csv);
    let rows = reader.deserialize::<T>();
    rows.map(|row| {
        row.map_err(|e| {
            let place = Place::file(place);
            let place = match e.position() {
                Some(at) => place.line(at.line()),
                None => place,
            };
            Error::table(place, expected, found(e))
        })
    })
    .collect()
}

fn found(error: csv::Error) -> String {
    match error.into_kind() {
        ErrorKind::Deserialize { err, .. } => err.to_string(),
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} cells under {expected_len} columns")
        }
        ErrorKind::Io(error) => error.to_string(),
        _ => "no CSV".to_owned(),
    }
}
