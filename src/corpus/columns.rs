//! The header of a table.
//!
//! Comes in: column names. Goes out: positions, or an error that lists the columns and guesses the one meant.

use crate::error::{Error, Place, Result};

/// Column names in file order, each once, with the file they came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    file: String,
    line: u64,
    names: Vec<String>,
}

impl Columns {
    /// The columns named on `line` (1-based) of `file`.
    ///
    /// # Errors
    /// [`Error::Table`] if two columns have the same name.
    pub fn new(file: impl Into<String>, line: u64, names: Vec<String>) -> Result<Self> {
        let columns = Columns { file: file.into(), line, names };
        for (i, name) in columns.names.iter().enumerate() {
            if let Some(first) = columns.names[..i].iter().position(|n| n == name) {
                let found = format!("it as column {} and again as column {}", first + 1, i + 1);
                return Err(Error::table(columns.place().column(name), "one column of this name", found));
            }
        }
        Ok(columns)
    }

    /// The names, in file order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Name of the file or stream, for messages.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The position of a column.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|n| n == name)
    }

    /// The position of a column that must be there.
    ///
    /// # Errors
    /// [`Error::Table`] listing the columns, with the nearest name by edit distance.
    pub fn find(&self, name: &str) -> Result<usize> {
        self.position(name).ok_or_else(|| {
            let mut found = format!("the columns {}", self.names.join(", "));
            if let Some(nearest) = self.nearest(name) {
                found += &format!(" (did you mean {nearest:?}?)");
            }
            Error::table(self.place().column(name), "a column of this name", found)
        })
    }

    fn place(&self) -> Place {
        Place::file(&self.file).line(self.line)
    }

    /// The first of the names that take the fewest edits, if those are at most a third of the letters.
    fn nearest(&self, name: &str) -> Option<&str> {
        let wanted = name.trim().to_lowercase();
        let edits = |n: &str| edit_distance(&wanted, &n.trim().to_lowercase());
        let nearest = self.names.iter().min_by_key(|n| edits(n))?;
        (edits(nearest) * 3 <= wanted.chars().count().max(3)).then_some(nearest)
    }
}

/// Insertions, deletions and replacements of characters that turn `a` into `b` (Levenshtein 1966).
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, &to) in b.iter().enumerate() {
            let replace = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = replace.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Result<Columns> {
        Columns::new("t.csv", 1, names.iter().map(|&n| n.to_owned()).collect())
    }

    #[test]
    fn a_missing_column_is_answered_with_those_present_and_the_nearest() {
        let error = columns(&["id", "text", "stance"]).unwrap().find("Stanze").unwrap_err();
        assert_eq!(
            error.to_string(),
            "t.csv:1: column \"Stanze\": expected a column of this name, \
             found the columns id, text, stance (did you mean \"stance\"?)"
        );
        let error = columns(&["id", "text"]).unwrap().find("conflict").unwrap_err();
        assert!(error.to_string().ends_with("found the columns id, text"), "{error}");
    }

    #[test]
    fn a_repeated_name_is_refused() {
        let error = columns(&["text", "id", "text"]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "t.csv:1: column \"text\": expected one column of this name, \
             found it as column 1 and again as column 3"
        );
    }

    #[test]
    fn edits_are_counted_in_characters() {
        for (a, b, n) in [("", "ab", 2), ("stance", "stanec", 2), ("Größe", "Große", 1), ("x", "x", 0)] {
            assert_eq!(edit_distance(a, b), n, "{a} {b}");
        }
    }
}
