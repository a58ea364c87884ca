//! What several people said about the same rows.
//!
//! Comes in: tables, or columns of one table, each the labels of one coder. Goes out: [`Annotations`], one row
//! for each id, in the order in which ids are first met. An empty cell is a label not given. Computes nothing.

use std::collections::HashMap;

use super::reader::Table;
use crate::error::{Error, Place, Result};
use crate::label::{Label, LabelSet};

/// Labels by row and coder.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotations {
    /// The labels that were given.
    pub labels: LabelSet,
    /// Who gave them: the file, the column, or both where one of them does not tell coders apart.
    pub coders: Vec<String>,
    /// The rows.
    pub rows: Vec<AnnotatedRow>,
}

/// What is known of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnotatedRow {
    /// Its id, or its number where the tables have no ids.
    pub id: String,
    /// Its text, from the first table that has one.
    pub text: Option<String>,
    /// One entry a coder; `None` where the cell is empty or the coder's table has no such row.
    pub votes: Vec<Option<Label>>,
}

/// The labels of one coder: a column of a table.
#[derive(Debug, Clone, Copy)]
pub struct CoderColumn<'t> {
    /// The table.
    pub table: &'t Table,
    /// The column of labels.
    pub label: &'t str,
}

/// Columns that are not labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedColumns {
    /// The column by which rows of different tables are matched; by default `id` where a table has one (then all
    /// must), else rows are matched by their number.
    pub id: Option<String>,
    /// The column of texts, read where a table has it.
    pub text: String,
}

impl Annotations {
    /// Reads each coder's column. The label set is the one that all the cells together ask for
    /// ([`LabelSet::infer`]), named after the first coder's column.
    ///
    /// # Errors
    /// [`Error::Table`] on a missing column, an empty id, an id that stands twice in one table, no row that two
    /// coders labeled, or one label alone; [`Error::Parameter`] on more labels than a set may have.
    ///
    /// # Panics
    /// If there are no coders.
    pub fn read(coders: &[CoderColumn<'_>], columns: &SharedColumns) -> Result<Self> {
        let has_ids = coders.iter().any(|coder| coder.table.columns.position("id").is_some());
        let id = columns.id.as_deref().or(has_ids.then_some("id"));
        let gathered = Gathered::new(coders, id, &columns.text)?;
        let words = gathered.words.iter().flatten().flatten().copied();
        let place = || Place::file(coders[0].table.columns.file()).column(coders[0].label);
        if let Some(only) = words.clone().next()
            && words.clone().all(|word| word == only)
        {
            let found = format!("{only:?} from everybody");
            return Err(Error::table(place(), "two or more different labels", found));
        }
        if !gathered.words.iter().any(|words| words.iter().flatten().count() > 1) {
            return Err(Error::table(place(), "a row that two coders labeled", "none: do the ids match?"));
        }
        let labels = LabelSet::infer(coders[0].label, words)?;
        let parse = |word: &Option<&str>| word.and_then(|word| labels.parse(word));
        let row = |((id, text), words): (&(String, Option<&str>), &Vec<_>)| AnnotatedRow {
            id: id.clone(),
            text: text.map(str::to_owned),
            votes: words.iter().map(parse).collect(),
        };
        let rows = gathered.rows.iter().zip(&gathered.words).map(row).collect();
        Ok(Annotations { coders: names(coders), rows, labels })
    }
}

#[derive(Default)]
struct Gathered<'t> {
    /// Ids and texts.
    rows: Vec<(String, Option<&'t str>)>,
    /// What each coder wrote, (n_coders) a row.
    words: Vec<Vec<Option<&'t str>>>,
    row_of: HashMap<String, usize>,
}

impl<'t> Gathered<'t> {
    fn new(coders: &[CoderColumn<'t>], id: Option<&str>, text: &str) -> Result<Self> {
        let mut gathered = Gathered::default();
        for (number, coder) in coders.iter().enumerate() {
            let columns = &coder.table.columns;
            let (label, text) = (columns.find(coder.label)?, columns.position(text));
            let id = id.map(|id| columns.find(id)).transpose()?;
            let mut first_line: HashMap<usize, u64> = HashMap::new();
            for (index, row) in coder.table.rows.iter().enumerate() {
                let key = id.map_or_else(|| (index + 1).to_string(), |at| row.record[at].trim().to_owned());
                let refuse = |found: String| {
                    let place = Place::file(columns.file()).line(row.line);
                    let place = id.iter().fold(place, |place, &at| place.column(&columns.names()[at]));
                    Err(Error::table(place, "an id of the row's own", found))
                };
                if key.is_empty() {
                    return refuse("an empty cell".into());
                }
                let found = format!("{key:?} again");
                let at = gathered.row(key, coders.len());
                if let Some(line) = first_line.insert(at, row.line) {
                    return refuse(format!("{found}, as on line {line}"));
                }
                let known = &mut gathered.rows[at].1;
                *known = known.or_else(|| text.map(|text| &row.record[text]));
                let word = row.record[label].trim();
                gathered.words[at][number] = (!word.is_empty()).then_some(word);
            }
        }
        Ok(gathered)
    }

    /// The row of this id, new where it has not been met.
    fn row(&mut self, id: String, n_coders: usize) -> usize {
        let next = self.rows.len();
        let at = *self.row_of.entry(id.clone()).or_insert(next);
        if at == next {
            self.rows.push((id, None));
            self.words.push(vec![None; n_coders]);
        }
        at
    }
}

/// The shortest of file, column and both that tells all coders apart.
fn names(coders: &[CoderColumn<'_>]) -> Vec<String> {
    let by_file = |c: &CoderColumn<'_>| c.table.columns.file().to_owned();
    let by_column = |c: &CoderColumn<'_>| c.label.to_owned();
    let by_both = |c: &CoderColumn<'_>| format!("{}:{}", c.table.columns.file(), c.label);
    let naming: [&dyn Fn(&CoderColumn<'_>) -> String; 3] = [&by_file, &by_column, &by_both];
    let all = |name: &dyn Fn(&CoderColumn<'_>) -> String| coders.iter().map(name).collect::<Vec<_>>();
    let is_telling = |names: &Vec<String>| (1..names.len()).all(|i| !names[..i].contains(&names[i]));
    naming.into_iter().map(all).find(is_telling).unwrap_or_else(|| all(&by_both))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::TableReader;

    fn table(file: &str, text: &str) -> Table {
        Table::read(TableReader::new(text.as_bytes(), file).unwrap()).unwrap()
    }

    /// The column `stance` of each table, with the default id column.
    fn read(tables: &[&str]) -> Result<Annotations> {
        let tables: Vec<Table> =
            tables.iter().enumerate().map(|(n, text)| table(&format!("{n}.csv"), text)).collect();
        let coders: Vec<CoderColumn<'_>> =
            tables.iter().map(|table| CoderColumn { table, label: "stance" }).collect();
        Annotations::read(&coders, &SharedColumns { id: None, text: "text".into() })
    }

    #[test]
    fn rows_are_matched_by_id_whatever_their_order() {
        let found = read(&["id,stance\nx,pro\ny,con\n", "text,id,stance\nNo.,y,pro\nHm.,z,\n"]).unwrap();
        let row = |id: &str, text: Option<&str>, votes: [Option<u16>; 2]| AnnotatedRow {
            id: id.to_owned(),
            text: text.map(str::to_owned),
            votes: votes.map(|v| v.map(Label)).to_vec(),
        };
        let expected = [
            row("x", None, [Some(1), None]),
            row("y", Some("No."), [Some(0), Some(1)]),
            row("z", Some("Hm."), [None, None]),
        ];
        assert_eq!((found.labels.names().join(" "), found.rows), ("against favor".into(), expected.to_vec()));
    }

    #[test]
    fn without_ids_rows_are_matched_by_number() {
        let found = read(&["stance\npro\ncon\n", "stance\npro\npro\n"]).unwrap();
        assert_eq!(found.rows.iter().map(|r| r.id.as_str()).collect::<Vec<_>>(), ["1", "2"]);
    }

    #[test]
    fn an_id_that_stands_twice_or_not_at_all_is_refused() {
        for (table, message) in [
            (
                "id,stance\nx,pro\ny,con\nx,con\n",
                "0.csv:4: column \"id\": expected an id of the row's own, found \"x\" again, as on line 2",
            ),
            (
                "id,stance\nx,pro\n ,con\n",
                "0.csv:3: column \"id\": expected an id of the row's own, found an empty cell",
            ),
        ] {
            assert_eq!(read(&[table]).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn a_coder_is_called_by_what_tells_coders_apart() {
        let (a, b) = (table("a.csv", "one,two\n1,2\n"), table("b.csv", "one,two\n1,2\n"));
        for (coders, expected) in [
            ([(&a, "one"), (&b, "one")], ["a.csv", "b.csv"]),
            ([(&a, "one"), (&a, "two")], ["one", "two"]),
            ([(&a, "one"), (&a, "one")], ["a.csv:one", "a.csv:one"]),
        ] {
            assert_eq!(names(&coders.map(|(table, label)| CoderColumn { table, label })), expected);
        }
    }
}
