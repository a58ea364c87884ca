//! Labeled statements, on disk and in memory.
//!
//! Comes in: a table and the names of its columns. Goes out: a [`Corpus`] of texts with their labels, in row
//! order, and rows split into folds ([`folds`]); or what several people said of the same rows ([`Annotations`]). Refuses to know what a text says.

mod annotations;
#[cfg(feature = "arrow")]
mod batch;
mod card;
mod columns;
mod conflicts;
mod delimited;
mod format;
mod gathered;
mod input;
mod jsonl;
mod labeling;
mod marks;
mod read;
mod reader;
mod remarks;
mod split;
mod words;
mod writer;

pub use annotations::{AnnotatedRow, Annotations, CoderColumn, SharedColumns};
#[cfg(feature = "arrow")]
pub use batch::{Texts, is_contained};
pub use card::{CardColumns, DatasetCard, Unit};
pub use columns::Columns;
pub use csv::StringRecord;
pub use format::Format;
pub(crate) use gathered::Gathered;
pub use labeling::Labeling;
pub use read::ReadOptions;
pub use reader::{Row, Table, TableReader};
pub use split::{complement, folds, rows_by, strata};
pub use writer::{Cells, TableWriter, free_names};

use std::ops::Deref;

use crate::label::{Label, LabelSet};
use crate::text::Passage;
use labeling::pick;
use marks::TextMarks;
use words::Repeated;

/// Texts with their true labels, in the order of their rows: a [`Labeling`] whose texts are at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corpus {
    labeling: Labeling,
    texts: Vec<String>,
}

impl Corpus {
    /// A corpus of `texts` with their labels, numbered from 1, without groups.
    ///
    /// # Panics
    /// If there are more texts than labels or the reverse, or a label is not of the set.
    pub fn new(labels: LabelSet, texts: Vec<String>, truth: Vec<Label>) -> Self {
        Corpus { labeling: Labeling::new(labels, truth, TextMarks::of(&texts)), texts }
    }

    /// The same corpus with a group for each row, known by name.
    ///
    /// # Panics
    /// If there are not as many names as rows.
    #[must_use]
    pub fn with_groups(mut self, name_of_row: &[String]) -> Self {
        self.labeling.set_groups(Repeated::of(name_of_row));
        self
    }

    /// The same corpus with a target for each row, known by name; an empty name is no target.
    ///
    /// # Panics
    /// If there are not as many names as rows.
    #[must_use]
    pub fn with_targets(mut self, name_of_row: &[String]) -> Self {
        self.labeling.set_targets(Repeated::of(name_of_row));
        self
    }

    /// Forgets the texts.
    pub fn into_labeling(self) -> Labeling {
        self.labeling
    }

    /// The texts, one a row.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// The texts with their targets, one a row.
    pub fn passages(&self) -> impl ExactSizeIterator<Item = Passage<'_>> {
        self.texts.iter().enumerate().map(|(row, text)| Passage::from(text).toward(self.target(row)))
    }

    /// The corpus of `rows`, in that order, with the same label set and numbers of groups and targets.
    ///
    /// # Panics
    /// If a row is out of range.
    #[must_use]
    pub fn subset(&self, rows: &[usize]) -> Self {
        let texts = pick(&self.texts, rows);
        Corpus { labeling: self.labeling.subset(rows, TextMarks::of(&texts)), texts }
    }
}

impl Deref for Corpus {
    type Target = Labeling;

    fn deref(&self) -> &Labeling {
        &self.labeling
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus(texts: [&str; 3], truth: [u16; 3]) -> Corpus {
        Corpus::new(LabelSet::stance(), texts.map(String::from).to_vec(), truth.map(Label).to_vec())
    }

    #[test]
    fn a_subset_keeps_what_belongs_to_its_rows() {
        let all = corpus(["a", "b", "c"], [0, 1, 2]).with_groups(&["g", "h", "g"].map(String::from));
        let all = all.with_targets(&["talks", "", "war"].map(String::from));
        let part = all.subset(&[2, 0]);
        assert_eq!((part.texts().concat(), part.ids().concat()), ("ca".into(), "31".into()));
        assert_eq!((part.truth(), part.groups()), (&[2, 0].map(Label)[..], Some(&[0, 0][..])));
        assert_eq!((part.target(0), part.target(1), all.target(1)), (Some("war"), Some("talks"), None));
    }

    #[test]
    #[should_panic(expected = "label 3 of a set of 2")]
    fn a_label_of_another_set_is_a_broken_promise() {
        let two = LabelSet::new("topic", vec!["a".into(), "b".into()]).unwrap();
        Corpus::new(two, vec!["x".into()], vec![Label(2)]);
    }
}
