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
mod input;
mod jsonl;
mod read;
mod reader;
mod remarks;
mod split;
mod writer;

pub use annotations::{AnnotatedRow, Annotations, CoderColumn, SharedColumns};
#[cfg(feature = "arrow")]
pub use batch::{Texts, is_contained};
pub use card::{CardColumns, DatasetCard, Unit};
pub use columns::Columns;
pub use csv::StringRecord;
pub use format::Format;
pub use read::ReadOptions;
pub use reader::{Row, Table, TableReader};
pub use split::{complement, folds, rows_by, strata};
pub use writer::{Cells, TableWriter, free_names};

use std::sync::OnceLock;

use crate::label::{Label, LabelSet};
use crate::text::{Passage, is_blank};

/// Texts with their true labels, in the order of their rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corpus {
    labels: LabelSet,
    texts: Vec<String>,
    truth: Vec<Label>,
    ids: Vec<String>,
    groups: Option<Groups>,
    targets: Option<Targets>,
    kept: Vec<(String, Vec<String>)>,
    /// Of how the rows were read.
    notes: Vec<String>,
    conflicts: OnceLock<Vec<Vec<usize>>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Groups {
    names: Vec<String>,
    of_row: Vec<u32>,
}

/// What the stance of each row is toward.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Targets {
    names: Vec<String>,
    of_row: Vec<Option<u32>>,
}

impl Corpus {
    /// A corpus of `texts` with their labels, numbered from 1, without groups.
    ///
    /// # Panics
    /// If there are more texts than labels or the reverse, or a label is not of the set.
    pub fn new(labels: LabelSet, texts: Vec<String>, truth: Vec<Label>) -> Self {
        assert_eq!(texts.len(), truth.len(), "texts against labels");
        let highest = truth.iter().map(|l| l.index() + 1).max().unwrap_or(0);
        assert!(highest <= labels.len(), "label {highest} of a set of {}", labels.len());
        let ids = (1..=texts.len()).map(|n| n.to_string()).collect();
        Corpus {
            labels,
            texts,
            truth,
            ids,
            groups: None,
            targets: None,
            kept: Vec::new(),
            notes: Vec::new(),
            conflicts: OnceLock::new(),
        }
    }

    /// The same corpus with a group for each row, known by name.
    ///
    /// # Panics
    /// If there are not as many names as rows.
    #[must_use]
    pub fn with_groups(mut self, name_of_row: &[String]) -> Self {
        assert_eq!(name_of_row.len(), self.len(), "groups against rows");
        self.groups = Some(Groups::new(name_of_row));
        self
    }

    /// The same corpus with a target for each row, known by name; an empty name is no target.
    ///
    /// # Panics
    /// If there are not as many names as rows.
    #[must_use]
    pub fn with_targets(mut self, name_of_row: &[String]) -> Self {
        assert_eq!(name_of_row.len(), self.len(), "targets against rows");
        self.targets = Some(Targets::new(name_of_row));
        self.conflicts = OnceLock::new();
        self
    }

    /// The label set.
    pub fn labels(&self) -> &LabelSet {
        &self.labels
    }

    /// The texts, one a row.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// The texts with their targets, one a row.
    pub fn passages(&self) -> impl ExactSizeIterator<Item = Passage<'_>> {
        self.texts.iter().enumerate().map(|(row, text)| Passage::from(text).toward(self.target(row)))
    }

    /// The true labels, one a row.
    pub fn truth(&self) -> &[Label] {
        &self.truth
    }

    /// The ids, one a row.
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// The group of each row, an index into [`Corpus::group_names`].
    pub fn groups(&self) -> Option<&[u32]> {
        self.groups.as_ref().map(|g| g.of_row.as_slice())
    }

    /// The names of the groups, sorted; empty for rows that are a group of their own, and without groups.
    pub fn group_names(&self) -> &[String] {
        self.groups.as_ref().map_or(&[], |g| &g.names)
    }

    /// The target of each row, an index into [`Corpus::target_names`]; `None` for a row without one.
    pub fn targets(&self) -> Option<&[Option<u32>]> {
        self.targets.as_ref().map(|t| t.of_row.as_slice())
    }

    /// The names of the targets, sorted; empty without targets.
    pub fn target_names(&self) -> &[String] {
        self.targets.as_ref().map_or(&[], |t| &t.names)
    }

    /// The name of a row's target, if it has one.
    ///
    /// # Panics
    /// If the row is out of range.
    pub fn target(&self, row: usize) -> Option<&str> {
        let targets = self.targets.as_ref()?;
        targets.of_row[row].map(|target| targets.names[target as usize].as_str())
    }

    /// The columns kept for reports: name and one value a row.
    pub fn kept(&self) -> &[(String, Vec<String>)] {
        &self.kept
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The number of rows whose text is empty: nothing that can be seen.
    pub fn empty_texts(&self) -> usize {
        self.texts.iter().filter(|text| is_blank(text)).count()
    }

    /// The corpus of `rows`, in that order, with the same label set and numbers of groups and targets.
    ///
    /// # Panics
    /// If a row is out of range.
    #[must_use]
    pub fn subset(&self, rows: &[usize]) -> Self {
        fn pick<T: Clone>(all: &[T], rows: &[usize]) -> Vec<T> {
            rows.iter().map(|&row| all[row].clone()).collect()
        }
        Corpus {
            labels: self.labels.clone(),
            texts: pick(&self.texts, rows),
            truth: pick(&self.truth, rows),
            ids: pick(&self.ids, rows),
            groups: self
                .groups
                .as_ref()
                .map(|g| Groups { names: g.names.clone(), of_row: pick(&g.of_row, rows) }),
            targets: self
                .targets
                .as_ref()
                .map(|t| Targets { names: t.names.clone(), of_row: pick(&t.of_row, rows) }),
            kept: self.kept.iter().map(|(name, values)| (name.clone(), pick(values, rows))).collect(),
            notes: Vec::new(),
            conflicts: OnceLock::new(),
        }
    }

    /// A checksum (BLAKE3, 64 hex digits) of everything that training reads: the label set, and the texts,
    /// labels, groups and targets in row order. Ids and kept columns do not enter.
    pub fn fingerprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        let mut field = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        };
        field(b"corpus 1");
        field(self.labels.name().as_bytes());
        field(&(self.labels.len() as u64).to_le_bytes());
        for (index, name) in self.labels.names().iter().enumerate() {
            field(name.as_bytes());
            let polarity = self.labels.polarity_of(Label::from_index(index));
            field(&polarity.map_or_else(Vec::new, |p| p.to_le_bytes().to_vec()));
        }
        if self.targets.is_some() {
            field(b"targets");
        }
        for (row, text) in self.texts.iter().enumerate() {
            field(text.as_bytes());
            field(&self.truth[row].0.to_le_bytes());
            if let Some(groups) = self.groups() {
                field(&groups[row].to_le_bytes());
                field(self.group_names()[groups[row] as usize].as_bytes());
            }
            if self.targets.is_some() {
                field(self.target(row).unwrap_or("").as_bytes());
            }
        }
        hasher.finalize().to_hex().to_string()
    }
}

impl Targets {
    /// Numbers the targets in the order of their names.
    fn new(name_of_row: &[String]) -> Self {
        let names = distinct(name_of_row);
        let number = |name: &String| names.binary_search(name).ok().map(|at| at as u32);
        Targets { of_row: name_of_row.iter().map(number).collect(), names }
    }
}

/// The names that are not empty, each once, sorted.
fn distinct(name_of_row: &[String]) -> Vec<String> {
    let mut names: Vec<String> = name_of_row.iter().filter(|n| !n.is_empty()).cloned().collect();
    names.sort_unstable();
    names.dedup();
    names
}

impl Groups {
    /// Numbers the groups in the order of their names; each row without a name gets a number of its own.
    fn new(name_of_row: &[String]) -> Self {
        let mut names = distinct(name_of_row);
        let mut next = names.len();
        let number = |name: &String| {
            let group = names.binary_search(name).unwrap_or_else(|_| {
                next += 1;
                next - 1
            });
            u32::try_from(group).expect("a corpus has fewer than 2^32 rows")
        };
        let of_row = name_of_row.iter().map(number).collect();
        names.resize(next, String::new());
        Groups { names, of_row }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus(texts: [&str; 3], truth: [u16; 3]) -> Corpus {
        Corpus::new(LabelSet::stance(), texts.map(String::from).to_vec(), truth.map(Label).to_vec())
    }

    #[test]
    fn the_fingerprint_sees_whatever_training_reads() {
        let base = corpus(["a", "b", "c"], [0, 1, 2]);
        let grouped = |names: [&str; 3]| base.clone().with_groups(&names.map(String::from));
        let mut prints = vec![
            base.fingerprint(),
            corpus(["ab", "", "c"], [0, 1, 2]).fingerprint(),
            corpus(["a", "b", "c"], [0, 2, 2]).fingerprint(),
            base.subset(&[1, 0, 2]).fingerprint(),
            grouped(["g", "g", "h"]).fingerprint(),
            grouped(["g", "h", "h"]).fingerprint(),
            base.clone().with_targets(&["g", "h", "h"].map(String::from)).fingerprint(),
        ];
        assert!(prints.iter().all(|p| p.len() == 64));
        prints.sort_unstable();
        prints.dedup();
        assert_eq!(prints.len(), 7);
        assert_eq!(corpus(["a", "b", "c"], [0, 1, 2]).fingerprint(), base.fingerprint());
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
