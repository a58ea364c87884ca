//! Columns of words that repeat.
//!
//! Comes in: the cells of a column, row by row. Goes out: each word once, and its number in each row; of labels also where they stand
//! and what they mean.

use std::collections::{BTreeMap, HashMap};

use crate::error::{Error, Place, Result, shown};
use crate::label::{Label, LabelSet};

/// A column of names, each kept once; an empty one is none.
#[derive(Debug, Default)]
pub(super) struct Repeated {
    numbers: HashMap<String, u32>,
    of_row: Vec<u32>,
}

impl Repeated {
    pub(super) fn of(name_of_row: &[String]) -> Self {
        let mut out = Repeated::default();
        name_of_row.iter().for_each(|name| out.push(name));
        out
    }

    pub(super) fn push(&mut self, name: &str) {
        let number = self.number(name);
        self.of_row.push(number);
    }

    /// The number of a name, a new one where it has none.
    pub(super) fn number(&mut self, name: &str) -> u32 {
        match self.numbers.get(name) {
            Some(&number) => number,
            None => {
                let number = self.numbers.len() as u32;
                self.numbers.insert(name.to_owned(), number);
                number
            }
        }
    }

    /// A row with the name of this number.
    pub(super) fn push_number(&mut self, number: u32) {
        self.of_row.push(number);
    }

    pub(super) fn of_row(&self) -> &[u32] {
        &self.of_row
    }

    pub(super) fn len(&self) -> usize {
        self.of_row.len()
    }

    /// The names by their numbers.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names: Vec<(u32, &str)> = self.numbers.iter().map(|(name, &n)| (n, name.as_str())).collect();
        names.sort_unstable();
        names.into_iter().map(|(_, name)| name).collect()
    }

    /// The names that are not empty, sorted, and which of them each row has.
    pub(super) fn sorted(self) -> (Vec<String>, impl Iterator<Item = Option<u32>>) {
        let Repeated { numbers, of_row } = self;
        let mut rank = vec![None; numbers.len()];
        let mut names: Vec<(String, u32)> =
            numbers.into_iter().filter(|(name, _)| !name.is_empty()).collect();
        names.sort_unstable();
        for ((_, number), at) in names.iter().zip(0..) {
            rank[*number as usize] = Some(at);
        }
        let names = names.into_iter().map(|(name, _)| name).collect();
        (names, of_row.into_iter().map(move |number| rank[number as usize]))
    }
}

/// Where a word first stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct First {
    pub(super) number: u32,
    /// Which of the tables, and the line there.
    pub(super) table: u32,
    pub(super) line: u64,
}

/// The words of a column of labels, each kept once.
#[derive(Debug, Default)]
pub(super) struct Words {
    seen: BTreeMap<String, First>,
    of_row: Vec<u32>,
}

impl Words {
    pub(super) fn push(&mut self, word: &str, line: u64) {
        let number = self.number(word, 0, line);
        self.of_row.push(number);
    }

    /// The number of a word, a new one where it has none.
    pub(super) fn number(&mut self, word: &str, table: u32, line: u64) -> u32 {
        match self.seen.get(word) {
            Some(known) => known.number,
            None => {
                let number = self.seen.len() as u32;
                self.seen.insert(word.to_owned(), First { number, table, line });
                number
            }
        }
    }

    /// A row with the word of this number.
    pub(super) fn push_number(&mut self, number: u32) {
        self.of_row.push(number);
    }

    pub(super) fn of_row(&self) -> &[u32] {
        &self.of_row
    }

    /// The words by their numbers.
    pub(super) fn in_order(&self) -> Vec<(First, &str)> {
        let mut words: Vec<(First, &str)> = self.seen.iter().map(|(word, &at)| (at, word.as_str())).collect();
        words.sort_unstable();
        words
    }

    /// The label set that the words ask for; of one word alone none can be made.
    pub(super) fn infer(&self, column: &str, file: &str) -> Result<LabelSet> {
        let words = || self.seen.keys().map(String::as_str);
        match (words().next(), self.seen.len()) {
            (Some(only), 1) => {
                let place = Place::file(file).column(column);
                Err(Error::table(
                    place,
                    "two or more different labels",
                    format!("{} in every row", shown(only)),
                ))
            }
            _ => LabelSet::infer(column, words()),
        }
    }

    /// A word that keeps the others from being labels of a shipped set, which would have polarity: a slip, perhaps; with where it
    /// first stands.
    pub(super) fn odd_label(&self, labels: &LabelSet) -> Option<(First, &str, LabelSet)> {
        if labels.has_polarity() {
            return None;
        }
        let set = [LabelSet::stance(), LabelSet::sentiment()].into_iter().find(|set| {
            let mut known: Vec<Label> = self.seen.keys().filter_map(|word| set.parse(word)).collect();
            known.sort_unstable();
            known.dedup();
            known.len() > 1
        })?;
        let (at, word) = self.in_order().into_iter().find(|(_, word)| set.parse(word).is_none())?;
        Some((at, word, set))
    }

    /// The label of each row; an error names the first place with a word that is none.
    pub(super) fn parse(&self, labels: &LabelSet, place: impl Fn(First) -> Place) -> Result<Vec<Label>> {
        let meaning = self
            .in_order()
            .into_iter()
            .map(|(at, word)| labels.parse_at(word, || place(at)))
            .collect::<Result<Vec<_>>>()?;
        Ok(self.of_row.iter().map(|&number| meaning[number as usize]).collect())
    }
}
