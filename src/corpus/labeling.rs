//! What is known of rows besides their texts.
//!
//! Comes in: labels, groups and targets of rows, and of their texts what little a fit asks for. Goes out: a [`Labeling`], which is all
//! that fitting needs once features have been counted, so that texts need not be held.

use std::sync::OnceLock;

use super::marks::TextMarks;
use super::words::Repeated;
use crate::label::{Label, LabelSet};

/// The labels of rows, and what keeps rows together or tells them apart, in the order of the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labeling {
    pub(super) labels: LabelSet,
    pub(super) truth: Vec<Label>,
    pub(super) ids: Vec<String>,
    groups: Option<Groups>,
    targets: Option<Targets>,
    pub(super) kept: Vec<(String, Vec<String>)>,
    /// Of how the rows were read.
    pub(super) notes: Vec<String>,
    pub(super) texts: TextMarks,
    pub(super) conflicts: OnceLock<Vec<Vec<usize>>>,
}

/// The group of each row.
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

impl Labeling {
    /// Rows with these labels, numbered from 1, without groups or targets.
    ///
    /// # Panics
    /// If there are more texts than labels or the reverse, or a label is not of the set.
    pub(super) fn new(labels: LabelSet, truth: Vec<Label>, texts: TextMarks) -> Self {
        assert_eq!(texts.len(), truth.len(), "texts against labels");
        let highest = truth.iter().map(|l| l.index() + 1).max().unwrap_or(0);
        assert!(highest <= labels.len(), "label {highest} of a set of {}", labels.len());
        Labeling {
            ids: (1..=truth.len()).map(|n| n.to_string()).collect(),
            labels,
            truth,
            groups: None,
            targets: None,
            kept: Vec::new(),
            notes: Vec::new(),
            texts,
            conflicts: OnceLock::new(),
        }
    }

    /// # Panics
    /// If there are not as many names as rows.
    pub(super) fn set_groups(&mut self, name_of_row: Repeated) {
        assert_eq!(name_of_row.len(), self.len(), "groups against rows");
        self.groups = Some(Groups::new(name_of_row));
    }

    /// # Panics
    /// If there are not as many names as rows.
    pub(super) fn set_targets(&mut self, name_of_row: Repeated) {
        assert_eq!(name_of_row.len(), self.len(), "targets against rows");
        self.targets = Some(Targets::new(name_of_row));
        self.conflicts = OnceLock::new();
    }

    /// The label set.
    pub fn labels(&self) -> &LabelSet {
        &self.labels
    }

    /// The true labels, one a row.
    pub fn truth(&self) -> &[Label] {
        &self.truth
    }

    /// The ids, one a row.
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// The columns kept for reports: name and one value a row.
    pub fn kept(&self) -> &[(String, Vec<String>)] {
        &self.kept
    }

    /// The group of each row, an index into [`Labeling::group_names`].
    pub fn groups(&self) -> Option<&[u32]> {
        self.groups.as_ref().map(|g| g.of_row.as_slice())
    }

    /// The names of the groups, sorted; empty for rows that are a group of their own, and without groups.
    pub fn group_names(&self) -> &[String] {
        self.groups.as_ref().map_or(&[], |g| &g.names)
    }

    /// The target of each row, an index into [`Labeling::target_names`]; `None` for a row without one.
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

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.truth.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.truth.is_empty()
    }

    /// The number of rows whose text is empty: nothing that can be seen.
    pub fn empty_texts(&self) -> usize {
        self.texts.n_blank()
    }

    /// The same of `rows`, in that order, with the numbers of groups and targets that they have.
    ///
    /// # Panics
    /// If a row is out of range.
    pub(super) fn subset(&self, rows: &[usize], texts: TextMarks) -> Self {
        Labeling {
            labels: self.labels.clone(),
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
            texts,
            conflicts: OnceLock::new(),
        }
    }
}

pub(super) fn pick<T: Clone>(all: &[T], rows: &[usize]) -> Vec<T> {
    rows.iter().map(|&row| all[row].clone()).collect()
}

impl Targets {
    /// Numbers the targets in the order of their names.
    fn new(name_of_row: Repeated) -> Self {
        let (names, of_row) = name_of_row.sorted();
        Targets { names, of_row: of_row.collect() }
    }
}

impl Groups {
    /// Numbers the groups in the order of their names; each row without a name gets a number of its own.
    fn new(name_of_row: Repeated) -> Self {
        let (mut names, of_row) = name_of_row.sorted();
        let mut next = names.len();
        let number = |group: Option<u32>| {
            group.unwrap_or_else(|| {
                next += 1;
                u32::try_from(next - 1).expect("a corpus has fewer than 2^32 rows")
            })
        };
        let of_row = of_row.map(number).collect();
        names.resize(next, String::new());
        Groups { names, of_row }
    }
}
