//! The header of a table.
//!
//! Comes in: column names. Goes out: positions, or an error that lists the columns and guesses the one meant.

use std::collections::HashMap;

use crate::error::{Error, Place, Result, shown};

/// Column names in file order, each once, with the file they came from. Several may be empty: spreadsheets export columns that
/// nobody filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    file: String,
    line: Option<u64>,
    names: Vec<String>,
    exact: HashMap<String, usize>,
    /// By name without case and outer spaces; `None` where several columns have it.
    folded: HashMap<String, Option<usize>>,
}

/// Columns that a message lists at most.
const LISTED: usize = 20;

impl Columns {
    /// The columns named on `line` (1-based) of `file`, if they stand on a line.
    ///
    /// # Errors
    /// [`Error::Table`] if two columns have the same name.
    pub fn new(file: impl Into<String>, line: impl Into<Option<u64>>, names: Vec<String>) -> Result<Self> {
        let line = line.into();
        let mut columns =
            Columns { file: file.into(), line, names, exact: HashMap::new(), folded: HashMap::new() };
        for (i, name) in columns.names.iter().enumerate().filter(|(_, name)| !name.trim().is_empty()) {
            if let Some(first) = columns.exact.insert(name.clone(), i) {
                let found = format!("it as column {} and again as column {}", first + 1, i + 1);
                return Err(Error::table(columns.place().column(name), "one column of this name", found));
            }
            columns.folded.entry(folded(name)).and_modify(|at| *at = None).or_insert(Some(i));
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

    /// The position of a column: the one of exactly this name, else the only one that has it but for case and outer spaces.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.exact.get(name).copied().or_else(|| *self.folded.get(&folded(name))?)
    }

    /// The position of a column that must be there.
    ///
    /// # Errors
    /// [`Error::Table`] listing the columns, with the nearest name by edit distance.
    pub fn find(&self, name: &str) -> Result<usize> {
        self.position(name).ok_or_else(|| {
            let mut found = format!("the columns {}", self.listed());
            if let Some(nearest) = self.nearest(name) {
                found += &format!(" (did you mean {nearest:?}?)");
            } else if self.names.iter().any(|n| is_like_a_cell(n)) {
                found += " (is the line with the names of the columns missing?)";
            }
            Error::table(self.place().column(name), "a column of this name", found)
        })
    }

    /// The first names, and how many more there are.
    pub(super) fn listed(&self) -> String {
        let shown: Vec<String> = self.names.iter().take(LISTED).map(|name| plain(name)).collect();
        match self.names.len().saturating_sub(LISTED) {
            0 => shown.join(", "),
            more => format!("{} and {more} more", shown.join(", ")),
        }
    }

    fn place(&self) -> Place {
        Place { line: self.line, ..Place::file(&self.file) }
    }

    /// The first of the names that take the fewest edits, if those are at most a third of the letters.
    fn nearest(&self, name: &str) -> Option<&str> {
        let wanted = folded(name);
        let length = wanted.chars().count();
        // A name of twice the length takes more edits than any that is near.
        let near = self.names.iter().filter(|n| !n.is_empty() && n.len() <= 2 * wanted.len() + 8);
        let (edits, nearest) =
            near.map(|n| (edit_distance(&wanted, &folded(n)), n)).min_by_key(|(edits, _)| *edits)?;
        (edits * 3 <= length.max(3)).then_some(nearest)
    }
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

/// A name as a message shows it: on one line, not longer than a line, in quotation marks where it needs them.
fn plain(name: &str) -> String {
    let quoted = shown(name);
    if quoted.len() == name.len() + 2 && name.trim() == name && !name.is_empty() {
        name.to_owned()
    } else {
        quoted
    }
}

/// Whether this is rather a cell than the name of a column: a number or a sentence.
fn is_like_a_cell(name: &str) -> bool {
    let name = name.trim();
    name.parse::<f64>().is_ok() || name.ends_with(['.', '!', '?']) || name.split_whitespace().count() > 5
}

/// Insertions, deletions, replacements and exchanges of neighbours that turn `a` into `b` (Damerau 1964, each place once).
fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut above: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut next = vec![i + 1];
        for j in 0..b.len() {
            let replace = row[j] + usize::from(a[i] != b[j]);
            let mut edits = replace.min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && a[i - 1] == b[j] && a[i] == b[j - 1] {
                edits = edits.min(above[j - 1] + 1);
            }
            next.push(edits);
        }
        above = std::mem::replace(&mut row, next);
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
    fn case_and_outer_spaces_of_a_name_do_not_matter_where_they_tell_nothing_apart() {
        let found = columns(&[" ID ", "Text", "TEXT", "Stance\t"]).unwrap();
        assert_eq!(
            ["id", "Text", "TEXT", "STANCE"].map(|name| found.position(name)),
            [Some(0), Some(1), Some(2), Some(3)]
        );
        assert_eq!((found.position("text"), found.position("")), (None, None));
        assert!(columns(&["a", "", "", " "]).is_ok());
    }

    #[test]
    fn a_header_of_many_long_or_strange_names_is_answered_in_a_line() {
        let many: Vec<String> = (0..200_000).map(|n| format!("column {n}")).collect();
        let error = Columns::new("t.csv", 1, many).unwrap().find("text").unwrap_err().to_string();
        assert!(error.ends_with("column 18, column 19 and 199980 more"), "{error}");
        let error =
            columns(&["a\u{1b}b", &"y".repeat(100_000)]).unwrap().find("text").unwrap_err().to_string();
        assert!(error.contains("\"a\\u{1b}b\", \"yyy") && error.len() < 200, "{error}");
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
        for (a, b, n) in [
            ("", "ab", 2),
            ("stance", "stanec", 1),
            ("txet", "text", 1),
            ("ab", "ba", 1),
            ("Größe", "Große", 1),
            ("x", "x", 0),
        ] {
            assert_eq!(edit_distance(a, b), n, "{a} {b}");
        }
    }
}
