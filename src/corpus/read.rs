//! From a table to a corpus.
//!
//! Comes in: rows and the names of the columns that matter. Goes out: a [`Corpus`], or a [`Labeling`] with the texts handed on one
//! by one; or the line and column of the first cell that is no label.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use super::Corpus;
use super::labeling::Labeling;
use super::marks::TextMarker;
use super::reader::{Row, TableReader};
use crate::error::{Error, Place, Result, shown};
use crate::label::{Label, LabelSet};
use crate::text::Passage;

/// Which columns of a table make a corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOptions {
    /// The column of texts.
    pub text: String,
    /// The column of labels.
    pub label: String,
    /// The column of ids; by default `id` where there is one, else rows are numbered from 1.
    pub id: Option<String>,
    /// The column of groups. A row whose cell is empty is a group of its own.
    pub group: Option<String>,
    /// The column of targets, what the stance of a row is toward. A row whose cell is empty has none.
    pub target: Option<String>,
    /// The labels to read; by default those that the column holds ([`LabelSet::infer`]).
    pub label_set: Option<LabelSet>,
    /// Further columns to keep, for reports by their values.
    pub keep: Vec<String>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        ReadOptions {
            text: "text".into(),
            label: "stance".into(),
            id: None,
            group: None,
            target: None,
            label_set: None,
            keep: Vec::new(),
        }
    }
}

impl Corpus {
    /// Reads a file, or standard input for `-`.
    ///
    /// # Errors
    /// As [`TableReader::open`] and [`Corpus::read`].
    pub fn open(path: impl AsRef<Path>, options: &ReadOptions) -> Result<Self> {
        Self::read(&mut TableReader::open(path)?, options)
    }

    /// Reads what is left of a table. Empty texts are kept; see [`Labeling::empty_texts`].
    ///
    /// # Errors
    /// As [`TableReader::read`]; [`Error::Table`] on a missing column or an empty label;
    /// [`Error::UnknownLabel`]; [`Error::Table`] or [`Error::Parameter`] if the labels are to be inferred and
    /// there are fewer than two.
    pub fn read<R: Read>(reader: &mut TableReader<R>, options: &ReadOptions) -> Result<Self> {
        let mut texts = Vec::new();
        let labeling = Labeling::read(reader, options, &mut |passage| {
            texts.push(passage.text.to_owned());
            Ok(())
        })?;
        Ok(Corpus { labeling, texts })
    }
}

impl Labeling {
    /// Reads what is left of a table, and hands on each text, with its target, once its row has been read. Whether all labels are
    /// known shows at the end alone.
    ///
    /// # Errors
    /// As [`Corpus::read`], and whatever `on_text` returns.
    pub fn read<R: Read>(
        reader: &mut TableReader<R>,
        options: &ReadOptions,
        on_text: &mut dyn FnMut(Passage<'_>) -> Result<()>,
    ) -> Result<Self> {
        let columns = reader.columns();
        let file = columns.file().to_owned();
        let place = |line| Place::file(&file).line(line).column(&options.label);
        let (text, label) = (reader.text_column(&options.text)?, columns.find(&options.label)?);
        let id = options.id.as_deref().map_or(Ok(columns.position("id")), |c| columns.find(c).map(Some))?;
        let group = options.group.as_deref().map(|c| columns.find(c)).transpose()?;
        let target = options.target.as_deref().map(|c| columns.find(c)).transpose()?;
        let keep = options.keep.iter().map(|c| columns.find(c)).collect::<Result<Vec<_>>>()?;

        let (mut ids, mut groups, mut targets) = (Vec::new(), Vec::new(), Vec::new());
        let mut kept: Vec<(String, Vec<String>)> =
            options.keep.iter().map(|c| (c.clone(), Vec::new())).collect();
        let (mut words, mut texts) = (Words::default(), TextMarker::default());
        let mut row = Row::default();
        while reader.read(&mut row)? {
            let cell = |at: usize| row.record[at].to_owned();
            if row.record[label].trim().is_empty() {
                return Err(Error::table(place(row.line), "a label", "an empty cell"));
            }
            words.push(&row.record[label], row.line);
            texts.push(&row.record[text]);
            ids.push(id.map_or_else(|| texts.len().to_string(), cell));
            groups.extend(group.map(cell));
            let target = target.map(|at| row.record[at].trim());
            targets.extend(target.map(str::to_owned));
            on_text(Passage::from(&row.record[text]).toward(target.filter(|name| !name.is_empty())))?;
            kept.iter_mut().zip(&keep).for_each(|((_, values), &at)| values.push(cell(at)));
        }
        let labels = match &options.label_set {
            Some(set) => set.clone(),
            None => words.infer(&options.label, &file)?,
        };
        let truth = words.parse(&labels, place)?;
        let mut labeling = Labeling::new(labels, truth, texts.finish());
        labeling.notes.extend(reader.remark());
        if options.label_set.is_none() {
            labeling.notes.extend(words.odd_label(&labeling.labels, &options.label));
        }
        (labeling.ids, labeling.kept) = (ids, kept);
        if group.is_some() {
            labeling.set_groups(&groups);
        }
        if options.target.is_some() {
            labeling.set_targets(&targets);
        }
        Ok(labeling)
    }
}

/// A column of few different words, each kept once, with the line where it first stands.
#[derive(Default)]
struct Words {
    seen: BTreeMap<String, (usize, u64)>,
    of_row: Vec<usize>,
}

impl Words {
    fn push(&mut self, word: &str, line: u64) {
        let next = self.seen.len();
        let number = match self.seen.get(word) {
            Some(known) => known.0,
            None => {
                self.seen.insert(word.to_owned(), (next, line));
                next
            }
        };
        self.of_row.push(number);
    }

    /// The label set that the words ask for; of one word alone none can be made.
    fn infer(&self, column: &str, file: &str) -> Result<LabelSet> {
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

    /// A word that keeps the others from being labels of a shipped set, which would have polarity: a slip, perhaps.
    fn odd_label(&self, labels: &LabelSet, column: &str) -> Option<String> {
        if labels.has_polarity() {
            return None;
        }
        let set = [LabelSet::stance(), LabelSet::sentiment()].into_iter().find(|set| {
            let mut known: Vec<Label> = self.seen.keys().filter_map(|word| set.parse(word)).collect();
            known.sort_unstable();
            known.dedup();
            known.len() > 1
        })?;
        let odd = self.seen.iter().filter(|(word, _)| set.parse(word).is_none());
        let (word, (_, line)) = odd.min_by_key(|(_, (_, line))| *line)?;
        let known = set.names().join(", ");
        Some(format!(
            "line {line}, column {column:?}: {} is none of {known}; all labels are taken as they are written, without a score",
            shown(word)
        ))
    }

    /// The label of each row; an error names the first line with a word that is none.
    fn parse(&self, labels: &LabelSet, place: impl Fn(u64) -> Place) -> Result<Vec<Label>> {
        let mut in_file_order: Vec<(usize, u64, &str)> =
            self.seen.iter().map(|(word, &(number, line))| (number, line, word.as_str())).collect();
        in_file_order.sort_unstable();
        let meaning = in_file_order
            .into_iter()
            .map(|(_, line, word)| labels.parse_at(word, || place(line)))
            .collect::<Result<Vec<_>>>()?;
        Ok(self.of_row.iter().map(|&number| meaning[number]).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus(text: &str, options: &ReadOptions) -> Result<Corpus> {
        Corpus::read(&mut TableReader::new(text.as_bytes(), "t.csv")?, options)
    }

    #[test]
    fn labels_keep_their_rows_whatever_their_spelling() {
        let found = corpus("text,stance\na,Pro\nb,anti\n,favour\nd,none\n", &ReadOptions::default()).unwrap();
        assert_eq!(found.labels(), &LabelSet::stance());
        assert_eq!(found.truth(), [2, 0, 2, 1].map(Label));
        assert_eq!((found.ids().join(" "), found.empty_texts()), ("1 2 3 4".into(), 1));
    }

    #[test]
    fn a_cell_that_is_no_label_is_named() {
        let stance = ReadOptions { label_set: Some(LabelSet::stance()), ..ReadOptions::default() };
        let cases = [
            (
                "text,stance\na,pro\nb,maybe\nc,yes\n",
                "unknown label \"maybe\" (known: against, neutral, favor)",
            ),
            ("text,stance\na,pro\nb, \n", "expected a label, found an empty cell"),
        ];
        for (text, message) in cases {
            let error = corpus(text, &stance).unwrap_err().to_string();
            assert_eq!(error, format!("t.csv:3: column \"stance\": {message}"));
        }
    }

    #[test]
    fn every_named_column_must_be_there() {
        let text = "id,text,stance\nx,a,pro\ny,b,con\n";
        let found = corpus(text, &ReadOptions { keep: vec!["id".into()], ..ReadOptions::default() }).unwrap();
        assert_eq!(
            (found.ids(), found.kept()[0].1.as_slice()),
            (&["x", "y"].map(String::from)[..], found.ids())
        );
        for options in [
            ReadOptions { text: "t".into(), ..ReadOptions::default() },
            ReadOptions { id: Some("key".into()), ..ReadOptions::default() },
            ReadOptions { group: Some("conflict".into()), ..ReadOptions::default() },
            ReadOptions { keep: vec!["genre".into()], ..ReadOptions::default() },
        ] {
            assert!(corpus(text, &options).is_err(), "{options:?}");
        }
    }

    #[test]
    fn groups_are_numbered_by_name_and_an_empty_cell_stands_alone() {
        let options = ReadOptions { group: Some("g".into()), ..ReadOptions::default() };
        let found = corpus("text,stance,g\na,pro,n\nb,con,\nc,con,m\nd,pro,\ne,con,n\n", &options).unwrap();
        assert_eq!(found.groups(), Some(&[1, 2, 0, 3, 1][..]));
        assert_eq!(found.group_names(), ["m", "n", "", ""]);
    }
}
