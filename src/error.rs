//! What can go wrong with input, settings and files, as data.
//!
//! Comes in: the place (file, line, column), what was expected and what was found. Goes out: one lowercase
//! sentence without a final stop. A broken promise between our own rooms panics instead and is not listed here.

use std::fmt;
use std::path::Path;

/// The library's result type.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Every failure that input, settings or files can cause.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The operating system refused to read or write.
    #[error("{place}: {source}")]
    Io {
        /// File or stream.
        place: String,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A table is not what it was said to be.
    #[error("{place}: expected {expected}, found {found}")]
    Table {
        /// File, line and column.
        place: Place,
        /// What would have been right, with the fix where there is one.
        expected: String,
        /// What is there.
        found: String,
    },
    /// A label is not in the label set.
    #[error("{place}: unknown label {} (known: {known})", shown(found))]
    UnknownLabel {
        /// File, line and column.
        place: Place,
        /// The label as written.
        found: String,
        /// The labels of the set, separated by commas.
        known: String,
    },
    /// A setting is outside its range.
    #[error("parameter `{name}`: expected {expected}, found {found}")]
    Parameter {
        /// Name as the user writes it.
        name: &'static str,
        /// The permitted values.
        expected: String,
        /// The value given.
        found: String,
    },
    /// A specification file cannot be understood.
    #[error("{place}: {reason}")]
    Spec {
        /// File or built-in name.
        place: String,
        /// What is wrong, with the line where the parser knows it.
        reason: String,
    },
    /// The data cannot support the fit that was asked for.
    #[error("cannot fit: {reason}")]
    Fit {
        /// What is missing.
        reason: String,
    },
    /// Training would take more memory than it may.
    #[error("training would take more than {} MB after {rows} rows{fix}", limit / 1_000_000)]
    Memory {
        /// What it may take, in bytes.
        limit: usize,
        /// Rows read by then.
        rows: usize,
        /// What to do about it, after a colon; empty where nothing can be done.
        fix: &'static str,
    },
    /// A model file was refused.
    #[error("{place}: not a usable model file: {reason}")]
    Model {
        /// The file, or what stands in for it.
        place: String,
        /// The first check that failed.
        reason: String,
    },
    /// The caller asked to stop.
    #[error("interrupted")]
    Interrupted,
    /// Raised by linfa's own dataset operations.
    #[error(transparent)]
    Linfa(#[from] linfa::Error),
}

impl Error {
    /// An operating-system error at `path`.
    pub fn io(path: impl AsRef<Path>, source: std::io::Error) -> Self {
        Error::Io { place: path.as_ref().display().to_string(), source }
    }

    /// What a `Read` failed with: an error of ours that it carries, or one of the operating system at `path`.
    pub fn read(path: impl AsRef<Path>, source: std::io::Error) -> Self {
        source.downcast::<Error>().unwrap_or_else(|source| Error::io(path, source))
    }

    /// A setting outside its range.
    pub fn parameter(name: &'static str, expected: impl Into<String>, found: impl fmt::Display) -> Self {
        Error::Parameter { name, expected: expected.into(), found: found.to_string() }
    }

    /// A specification that the TOML parser refused.
    pub fn toml(place: &str, error: &toml::de::Error) -> Self {
        Error::Spec { place: place.to_owned(), reason: error.to_string().trim().to_owned() }
    }

    /// The same, naming the file in which a setting outside its range stands.
    #[must_use]
    pub fn in_file(self, place: &str) -> Self {
        match self {
            Error::Parameter { .. } => Error::Spec { place: place.to_owned(), reason: self.to_string() },
            other => other,
        }
    }

    /// A table that breaks its contract at `place`.
    pub fn table(place: Place, expected: impl Into<String>, found: impl Into<String>) -> Self {
        Error::Table { place, expected: expected.into(), found: found.into() }
    }
}

/// A place in a table: the file, and as much of line and column as is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// File or stream.
    pub file: String,
    /// 1-based line on which the row starts.
    pub line: Option<u64>,
    /// Column name.
    pub column: Option<String>,
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Place { file: file.into(), line: None, column: None }
    }

    /// The same place, narrowed to the 1-based `line`.
    #[must_use]
    pub fn line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// The same place, narrowed to `column`.
    #[must_use]
    pub fn column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ": column {column:?}")?;
        }
        Ok(())
    }
}

/// Characters of a cell that a message shows.
const SHOWN: usize = 60;

/// What a table says, in quotation marks, on one line and cut after 60 characters.
pub fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{:?}...", &text[..end]),
        None => format!("{text:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_error_names_file_line_column_expected_and_found() {
        let place = Place::file("train.csv").line(41).column("stance");
        let error = Error::table(place, "a label", "an empty cell");
        assert_eq!(
            error.to_string(),
            "train.csv:41: column \"stance\": expected a label, found an empty cell"
        );
    }
}
