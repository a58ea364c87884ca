//! The columns of a fitted vectorizer: which key is which column, and what the columns are called.

use std::collections::HashSet;
use std::sync::OnceLock;

use xxhash_rust::xxh3::xxh3_64;

use crate::slots::{Slot, Slots};

/// Exact columns, in order: groups as the spec lists them; within a group by falling document frequency, then
/// by name. Frequent columns are therefore neighbours in memory, and the order depends on nothing but the data.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Made when a column is looked up first: training never does.
    table: OnceLock<Slots<Entry>>,
    keys: Vec<u64>,
    names: Names,
}

/// A key beside its column: a look-up reads nothing else.
#[derive(Debug, Clone, Copy)]
struct Entry {
    key: u64,
    column: u32,
}

impl Slot for Entry {
    const EMPTY: Entry = Entry { key: 0, column: u32::MAX };

    #[inline]
    fn is_empty(&self) -> bool {
        self.column == u32::MAX
    }

    #[inline]
    fn probe(&self) -> u32 {
        self.column
    }
}

/// Keys whose slots are fetched together.
const BATCH: usize = 64;

/// Strings, a line each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Names {
    text: String,
    /// Where each line ends.
    ends: Vec<u32>,
}

impl Names {
    pub(super) fn push_with(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.text);
        self.ends.push(offset(self.text.len()));
        self.text.push('\n');
    }

    /// The lines of `text`, which ends with the last of them.
    fn of_lines(text: String) -> Self {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(offset).collect();
        Names { text, ends }
    }

    pub(super) fn get(&self, i: usize) -> &str {
        let start = if i == 0 { 0 } else { self.ends[i - 1] as usize + 1 };
        &self.text[start..self.ends[i] as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// What they take, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.text.len() + size_of_val(&*self.ends)
    }

    /// A line that stands twice.
    fn repeated(&self) -> Option<&str> {
        let lines = || (0..self.len()).map(|i| self.get(i));
        let hashes: Vec<u64> = lines().map(|line| xxh3_64(line.as_bytes())).collect();
        // Where no two hashes are equal, no two lines are; this is so of all but damaged files.
        table(&hashes).err()?;
        let mut seen = HashSet::with_capacity(self.len());
        lines().find(|line| !seen.insert(*line))
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("feature names stay below 4 GiB")
}

impl Vocabulary {
    /// The vocabulary whose column `i` has `keys[i]` and the `i`-th line of `names`.
    ///
    /// # Errors
    /// A sentence about the first thing that is wrong: lengths, or two columns with one name or key.
    pub fn new(keys: Vec<u64>, names: &str) -> Result<Self, String> {
        let names = Names::of_lines(names.to_owned());
        if let Some(twice) = names.repeated() {
            return Err(format!("two features are called {twice:?}"));
        }
        Self::from_names(keys, names)
    }

    /// The same of names that are known to differ.
    fn from_names(keys: Vec<u64>, names: Names) -> Result<Self, String> {
        if names.len() != keys.len() {
            return Err(format!("{} names for {} columns", names.len(), keys.len()));
        }
        let table = table(&keys).map_err(|[a, b]| {
            format!("features {:?} and {:?} share one hash", names.get(a as usize), names.get(b as usize))
        })?;
        Ok(Vocabulary { table: table.into(), keys, names })
    }

    /// The vocabulary of features that a table told apart by their keys.
    ///
    /// # Panics
    /// If there are not as many names as keys.
    pub(super) fn of_counted(keys: Vec<u64>, names: Names) -> Self {
        assert_eq!(keys.len(), names.len(), "keys against names");
        Vocabulary { table: OnceLock::new(), keys, names }
    }

    #[inline]
    fn table(&self) -> &Slots<Entry> {
        self.table.get_or_init(|| table(&self.keys).expect("no two columns share a key"))
    }

    /// Hands `emit` the column of each of `keys` (lower halves), in order.
    #[inline]
    pub(super) fn find(&self, keys: &[u64], mut emit: impl FnMut(Option<u32>)) {
        let table = self.table();
        for batch in keys.chunks(BATCH) {
            table.fetch(batch.iter().copied());
            for &key in batch {
                let entry = table.get(table.find(key, |entry| entry.key == key));
                emit(if entry.is_empty() { None } else { Some(entry.column) });
            }
        }
    }

    /// The name of a column.
    ///
    /// # Panics
    /// If there is no such column.
    pub fn name(&self, column: usize) -> &str {
        self.names.get(column)
    }

    /// The number of columns.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is no column.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The keys of all columns, in order.
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// The names of all columns, one a line.
    pub fn lines(&self) -> &str {
        &self.names.text
    }
}

/// Columns by key, or the first two that share one.
fn table(keys: &[u64]) -> Result<Slots<Entry>, [u32; 2]> {
    let mut table = Slots::default();
    table.reserve(keys.len(), |entry: &Entry| entry.key);
    for (&key, column) in keys.iter().zip(0..) {
        let at = table.find(key, |entry| entry.key == key);
        if !table.get(at).is_empty() {
            return Err([table.get(at).column, column]);
        }
        table.take(at, Entry { key, column });
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_key_and_named_in_order() {
        let (a, b, same_half_as_a) = (7 << 60, 1, 7 << 60 | 1 << 40);
        let vocabulary = Vocabulary::new(vec![b, a], "word:b\nword:a\n").unwrap();
        let mut found = Vec::new();
        vocabulary.find(&[a, same_half_as_a, b, 0, a], |column| found.extend(column));
        assert_eq!(found, [1, 0, 1]);
        assert_eq!((vocabulary.name(0), vocabulary.lines()), ("word:b", "word:b\nword:a\n"));
    }

    #[test]
    fn two_columns_never_share_a_key() {
        let error = Vocabulary::new(vec![7, 7], "word:x\nword:y\n").unwrap_err();
        assert_eq!(error, "features \"word:x\" and \"word:y\" share one hash");
        assert!(Vocabulary::new(vec![7], "").is_err());
    }
}
