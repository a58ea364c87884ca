//! The columns of a fitted vectorizer: which key is which column, and what the columns are called.

use hashbrown::HashTable;

use crate::analysis::Key;

/// Exact columns, in order: groups as the spec lists them; within a group by falling document frequency, then
/// by name. Frequent columns are therefore neighbours in memory, and the order depends on nothing but the data.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    table: HashTable<(u64, u32)>,
    keys: Vec<u64>,
    names: Names,
}

/// Strings, end to end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Names {
    text: String,
    ends: Vec<u32>,
}

impl Names {
    pub(super) fn push_with(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.text);
        self.ends.push(u32::try_from(self.text.len()).expect("feature names stay below 4 GiB"));
    }

    pub(super) fn get(&self, i: usize) -> &str {
        let start = if i == 0 { 0 } else { self.ends[i - 1] as usize };
        &self.text[start..self.ends[i] as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }
}

impl Vocabulary {
    /// The vocabulary whose column `i` has `keys[i]` and the `i`-th line of `names`.
    ///
    /// # Errors
    /// A sentence about the first thing that is wrong: lengths, or two columns with one key.
    pub fn new(keys: Vec<u64>, names: &str) -> Result<Self, String> {
        let mut list =
            Names { text: String::with_capacity(names.len()), ends: Vec::with_capacity(keys.len()) };
        for line in names.lines() {
            list.push_with(|out| out.push_str(line));
        }
        Self::from_names(keys, list)
    }

    pub(super) fn from_names(keys: Vec<u64>, names: Names) -> Result<Self, String> {
        if names.len() != keys.len() {
            return Err(format!("{} names for {} columns", names.len(), keys.len()));
        }
        let mut table = HashTable::with_capacity(keys.len());
        for (column, &key) in keys.iter().enumerate() {
            if let Some(&(_, other)) = table.find(key, |&(k, _)| k == key) {
                let (a, b) = (names.get(other as usize), names.get(column));
                return Err(format!("features {a:?} and {b:?} share one hash"));
            }
            table.insert_unique(key, (key, column as u32), |&(k, _)| k);
        }
        Ok(Vocabulary { table, keys, names })
    }

    /// The column of a feature, if it has one.
    #[inline]
    pub fn column(&self, key: Key) -> Option<u32> {
        self.table.find(key.lo, |&(k, _)| k == key.lo).map(|&(_, column)| column)
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
    pub fn lines(&self) -> String {
        let mut out = String::with_capacity(self.names.text.len() + self.len());
        for i in 0..self.len() {
            out.push_str(self.name(i));
            out.push('\n');
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_key_and_named_in_order() {
        let (a, b) = (Key::of("a"), Key::of("b"));
        let vocabulary = Vocabulary::new(vec![b.lo, a.lo], "word:b\nword:a\n").unwrap();
        assert_eq!(
            (vocabulary.column(a), vocabulary.column(b), vocabulary.column(Key::of("c"))),
            (Some(1), Some(0), None)
        );
        assert_eq!((vocabulary.name(0), vocabulary.lines().as_str()), ("word:b", "word:b\nword:a\n"));
    }

    #[test]
    fn two_columns_never_share_a_key() {
        let error = Vocabulary::new(vec![7, 7], "word:x\nword:y\n").unwrap_err();
        assert_eq!(error, "features \"word:x\" and \"word:y\" share one hash");
        assert!(Vocabulary::new(vec![7], "").is_err());
    }
}
