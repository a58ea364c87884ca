//! What is worth telling of labeled rows that were read.
//!
//! Comes in: a labeling. Goes out: sentences about what is odd and no error. Prints nothing.

use super::labeling::Labeling;
use crate::error::shown;

impl Labeling {
    /// What is odd about the rows, a sentence each: how they were decoded, labels beside those of a known set, empty texts, ids
    /// that stand twice.
    pub fn remarks(&self) -> Vec<String> {
        let mut out = self.notes.clone();
        let n_rows = self.len();
        match self.empty_texts() {
            0 => {}
            n => out.push(format!("{n} of {n_rows} texts are empty")),
        }
        let mut ids: Vec<(&str, usize)> = self.ids.iter().map(String::as_str).zip(0..).collect();
        ids.sort_unstable();
        let repeated = ids.chunk_by(|a, b| a.0 == b.0).filter(|rows| rows.len() > 1 && !rows[0].0.is_empty());
        let n = repeated.clone().count();
        match repeated.min_by_key(|rows| rows[0].1) {
            None => {}
            Some(rows) if n == 1 => {
                out.push(format!("the id {} stands in {} rows", shown(rows[0].0), rows.len()))
            }
            Some(rows) => {
                out.push(format!("{n} ids stand in several rows each, the first is {}", shown(rows[0].0)));
            }
        }
        out
    }

    /// What is odd about the labels of equal texts.
    pub fn remark_on_conflicts(&self) -> Option<String> {
        let conflicts = self.conflicts();
        let first = conflicts.first()?;
        let n_rows: usize = conflicts.iter().map(Vec::len).sum();
        let (texts, have) = if conflicts.len() == 1 { ("text", "has") } else { ("texts", "have") };
        Some(format!(
            "{} {texts} in {n_rows} rows {have} different labels, the first has the ids {} and {}; such rows stay in one fold",
            conflicts.len(),
            shown(&self.ids[first[0]]),
            shown(&self.ids[first[1]]),
        ))
    }
}
